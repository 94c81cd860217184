# ruff: noqa: E501 - tables and markup read better unbroken
"""Files that other programs make: LibreOffice (PDF, DOC), Chromium (PDF), Ghostscript (PDF), and page images (scans).

They are not the same byte for byte from one build to the next, so they are committed and only built anew on request.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import tempfile
from pathlib import Path

from corpus import as_docx, as_html, as_pdf, as_rtf
from corpus.write import Source


def write(source: Source, options: dict) -> bytes:
    """The bytes made by the program that `options["by"]` names, from `options["of"]` (docx, html, rtf, pdf)."""
    said = dict(options)
    return _MAKERS[said.pop("by")](source, said)


def _office(source: Source, said: dict) -> bytes:
    """LibreOffice: `to` is pdf, doc or rtf."""
    of = said.pop("of", "docx")
    made = {"docx": as_docx, "html": as_html, "rtf": as_rtf}[of].write(source, {key: value for key, value in said.items() if key != "to"})
    to = said.get("to", "pdf")
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / f"{source.id}.{of}"
        given.write_bytes(made)
        form = {"pdf": "pdf", "doc": "doc:MS Word 97", "rtf": "rtf", "docx": "docx:MS Word 2007 XML"}[to]
        _run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", form, "--outdir", f"{folder}/out", str(given)])
        return (Path(folder) / "out" / f"{source.id}.{to}").read_bytes()


def _chromium(source: Source, said: dict) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        page, out = Path(folder) / "page.html", Path(folder) / "out.pdf"
        page.write_bytes(as_html.write(source, {"font": "Tinos", **said}))
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={folder}/profile"]
        _run(["chromium", *flags, f"--print-to-pdf={out}", f"file://{page}"])
        return out.read_bytes()


def _ghostscript(source: Source, said: dict) -> bytes:
    """LibreOffice's PDF written anew (of ReportLab's, Ghostscript loses which letters its codes mean)."""
    with tempfile.TemporaryDirectory() as folder:
        given, out = Path(folder) / "in.pdf", Path(folder) / "out.pdf"
        given.write_bytes(_office(source, said))
        _run(["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=pdfwrite", "-dPDFSETTINGS=/prepress", f"-sOutputFile={out}", str(given)])
        return out.read_bytes()


def _run(command: list[str]) -> None:
    if shutil.which(command[0]) is None:
        raise SystemExit(f"{command[0]} is not installed; without it the committed file stays as it is")
    subprocess.run(command, check=True, capture_output=True, timeout=180)


# ---- scans -----------------------------------------------------------------------------------------------------


def _scan(source: Source, said: dict) -> bytes:
    """Page images of a PDF: `dpi`, `skew` (degrees), `noise`, `stamp` (page), `to` (pdf, tiff, png), `layer` (none, stamp, good, garbage)."""
    import io

    look = {"dpi": 150, "skew": 0.6, "noise": 7, "stamp": True, "to": "pdf", "layer": "none", "quality": 42, "turned": False, "seed": 1}
    look |= {key: said.pop(key) for key in list(said) if key in look}
    pages = [_aged(image, index, look) for index, image in enumerate(_pictures(as_pdf.write(source, said), look["dpi"]))]
    _sign(pages, source, look)
    if look["to"] == "tiff":
        out = io.BytesIO()
        pages = [page.convert("L").point(lambda value: 255 if value > 150 else 0).convert("1") for page in pages]
        pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], compression="group4", dpi=(look["dpi"],) * 2)
        return out.getvalue()
    if look["to"] == "png":
        if len(pages) > 1:
            raise ValueError(f"{source.id} does not fit on one picture: {len(pages)} pages")
        out = io.BytesIO()
        pages[0].convert("L").quantize(16).save(out, "PNG", optimize=True, dpi=(look["dpi"],) * 2)
        return out.getvalue()
    return _bound(pages, source, look)


def _pictures(raw: bytes, dpi: int) -> list:
    import pypdfium2

    document = pypdfium2.PdfDocument(raw)
    return [document[index].render(scale=dpi / 72).to_pil().convert("RGB") for index in range(len(document))]


def _aged(image: object, index: int, look: dict) -> object:
    """A page as a scanner sees it: turned a little, speckled, not quite white."""
    import numpy
    from PIL import Image, ImageFilter

    rng = numpy.random.default_rng(look["seed"] * 100 + index)
    skew = look["skew"] * (1 if index % 2 else -1) * rng.uniform(0.6, 1.0)
    turned = image.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=(255, 255, 255)).filter(ImageFilter.GaussianBlur(0.45))
    if look["turned"] and turned.width > turned.height:
        turned = turned.rotate(90, expand=True)
    pixels = numpy.asarray(turned, dtype=numpy.float32) * 0.96
    pixels += rng.normal(0, look["noise"], pixels.shape[:2])[:, :, None]
    for _ in range(60):
        y, x = rng.integers(0, pixels.shape[0] - 3), rng.integers(0, pixels.shape[1] - 3)
        pixels[y : y + rng.integers(1, 3), x : x + rng.integers(1, 3)] = 60
    return Image.fromarray(numpy.clip(pixels, 0, 255).astype(numpy.uint8))


def _sign(pages: list, source: Source, look: dict) -> None:
    """A red stamp and a blue signature where the document is signed, over its words."""
    if not look["stamp"]:
        return
    where = _signature_at(source, look)
    page, x, y = where
    image = pages[page].convert("RGB")
    scale = look["dpi"] / 72
    _stamp(image, (x - 70) * scale, (y - 55) * scale, 42 * scale)
    _scrawl(image, (x - 30) * scale, (y - 28) * scale, scale, look["seed"])
    pages[page] = image


def _signature_at(source: Source, look: dict) -> tuple[int, float, float]:
    """Page and place (points) of the signer's name on the clean PDF."""
    import pypdfium2

    document = pypdfium2.PdfDocument(as_pdf.write(source, look.get("pdf", {})))
    for index in range(len(document)):
        text = document[index].get_textpage()
        found = text.search(source.signer or "Nơi nhận").get_next()
        if found:
            left, bottom, right, _top = text.get_rect(text.count_rects(*found) - 1)
            return index, (left + right) / 2, document[index].get_height() - bottom
    return 0, 380, 600


def _stamp(image: object, x: float, y: float, radius: float) -> None:
    from PIL import Image, ImageDraw

    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    red = (200, 30, 40, 150)
    for part in (1.0, 0.93, 0.6):
        draw.ellipse([x - radius * part, y - radius * part, x + radius * part, y + radius * part], outline=red, width=max(2, int(radius / 22)))
    points = [(0, -0.45), (0.12, -0.14), (0.43, -0.14), (0.18, 0.06), (0.27, 0.37), (0, 0.18), (-0.27, 0.37), (-0.18, 0.06), (-0.43, -0.14), (-0.12, -0.14)]
    draw.polygon([(x + radius * a, y + radius * b) for a, b in points], fill=red)
    image.paste(layer, (0, 0), layer)


def _scrawl(image: object, x: float, y: float, scale: float, seed: int) -> None:
    import math

    from PIL import ImageDraw

    rng = random.Random(seed)  # noqa: S311 - a scrawl, not a secret
    phase, points = rng.random() * 3, []
    for step in range(160):
        t = step / 160
        points.append((x + 90 * scale * t + 14 * scale * math.sin(17 * t + phase), y + 16 * scale * math.sin(31 * t + phase) * (1 - t) - 8 * scale * t))
    ImageDraw.Draw(image).line(points, fill=(40, 60, 170), width=max(2, int(1.3 * scale)), joint="curve")


def _bound(pages: list, source: Source, look: dict) -> bytes:
    """The page images as a PDF; its text layer is none, a signing stamp's, the right words, or garbage."""
    import io

    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.setTitle(source.id)
    canvas.setSubject(as_pdf.MARK)
    words = _words(source, look) if look["layer"] in {"good", "garbage"} else []
    for index, page in enumerate(pages):
        width, height = page.width * 72 / look["dpi"], page.height * 72 / look["dpi"]
        canvas.setPageSize((width, height))
        colour = page.mode == "RGB" and look["stamp"] and _coloured(page)
        held = io.BytesIO()
        (page if colour else page.convert("L")).save(held, "JPEG", quality=look["quality"], dpi=(look["dpi"],) * 2)
        if look["layer"] in {"good", "garbage"}:
            _lay(canvas, words[index], look, height)
        canvas.drawImage(ImageReader(held), 0, 0, width, height)
        if look["layer"] == "stamp" and index == 0:
            as_pdf._register("Tinos")
            canvas.setFont("Tinos-Regular", 7)
            for row, line in enumerate(("Ký bởi: Văn phòng", "Ngày ký: 02.01.2020 09:15:00 +07:00")):
                canvas.drawString(width - 170, height - 16 - 8 * row, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _coloured(page: object) -> bool:
    import numpy

    pixels = numpy.asarray(page, dtype=numpy.int16)
    return bool(((pixels[:, :, 0] - pixels[:, :, 1]) > 60).sum() > 200)


def _words(source: Source, look: dict) -> list[list[tuple[str, float, float]]]:
    """The lines of each page with their places (points from the bottom left)."""
    import pypdfium2

    document = pypdfium2.PdfDocument(as_pdf.write(source, look.get("pdf", {})))
    pages = []
    for index in range(len(document)):
        text = document[index].get_textpage()
        rects = [text.get_rect(at) for at in range(text.count_rects())]
        pages.append([(text.get_text_bounded(*rect).strip(), rect[0], rect[1]) for rect in rects])
    return pages


def _lay(canvas: object, lines: list[tuple[str, float, float]], look: dict, _height: float) -> None:
    """Words under the picture, as scanners with hidden OCR leave them; or the same through a wrong code page."""
    as_pdf._register("Tinos")
    for text, x, y in lines:
        printed = text if look["layer"] == "good" else text.encode("utf-8").decode("latin-1").translate(dict.fromkeys(range(127, 161), " "))
        held = canvas.beginText(x, y)
        held.setTextRenderMode(3)
        held.setFont("Tinos-Regular" if look["layer"] == "good" else "Helvetica", 10.5)
        held.textOut(printed)
        canvas.drawText(held)


def _signed(source: Source, said: dict) -> bytes:
    """A PDF with a digital signature of a certificate made for this one file and thrown away."""
    import io
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.x509.oid import NameOID
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{source.signer} (mẫu)"), x509.NameAttribute(NameOID.COUNTRY_NAME, "VN")])
    today = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(x509.random_serial_number())
    made = made.not_valid_before(today).not_valid_after(today + timedelta(days=3650)).sign(key, hashes.SHA256())
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / "key.pem", Path(folder) / "cert.pem"]
        files[0].write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
        files[1].write_bytes(made.public_bytes(serialization.Encoding.PEM))
        signer = signers.SimpleSigner.load(*map(str, files))
    writer = IncrementalPdfFileWriter(io.BytesIO(as_pdf.write(source, said)))
    about = signers.PdfSignatureMetadata(field_name="Signature1", reason="Phát hành văn bản mẫu", location=source.place)
    return signers.sign_pdf(writer, about, signer=signer).getvalue()


_MAKERS = {"libreoffice": _office, "chromium": _chromium, "ghostscript": _ghostscript, "scan": _scan, "signed": _signed}
