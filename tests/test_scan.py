"""Scans: pictures made here are read as what was drawn; what is judged before and after the OCR is tested without it."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from matplotlib import get_data_path
from PIL import Image, ImageChops, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from extractor.errors import EmptyFile, LimitExceeded, MissingTool, ReadError
from extractor.layout.pieces import Grid, Paragraph
from extractor.readers import draft_of, formats, ocr_cache, pdf, read, scan, stems, text_layer
from extractor.readers.formats import ReadOptions, Source
from extractor.readers.pdf_signatures import signature_properties

FONTS = Path(get_data_path()) / "fonts" / "ttf"
DPI = 200
PAGE = (1654, 1000)  # pixels: an A4 sheet's width, less than half its height


def _has_tesseract() -> bool:
    try:
        with scan._tesseract():
            return True
    except MissingTool:
        return False


ocr = pytest.mark.skipif(not _has_tesseract(), reason="Tesseract with its Vietnamese model is not installed")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("VANBAN_CACHE", str(tmp_path / "cache"))


def font(size: float, name: str = "DejaVuSerif") -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"{name}.ttf"), size)


LINES = ("ỦY BAN NHÂN DÂN TỈNH HÀ NAM", "Thực hiện kế hoạch cải cách hành chính năm 2024 của tỉnh", "Các sở, ngành báo cáo trước ngày 15/3/2024")
ROWS = (("TT", "Nhiệm vụ", "Thời gian"), ("1.1.", "Xây dựng kế hoạch", "Quý III/2024"), ("1.2.", "Tổng kết", ""))
XS, YS = (160, 300, 1000, 1480), (420, 500, 580, 660)


def sheet(table: bool = True) -> Image.Image:
    """A page with three lines and, below them, a ruled table."""
    image = Image.new("RGB", PAGE, "white")
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(LINES):
        draw.text((160, 120 + 80 * number), line, font=font(36), fill="black")
    if table:
        for y in YS:
            draw.line((XS[0], y, XS[-1], y), fill="black", width=3)
        for x in XS:
            draw.line((x, YS[0], x, YS[-1]), fill="black", width=3)
        for row, cells in enumerate(ROWS):
            for x, text in zip(XS, cells, strict=False):
                draw.text((x + 15, YS[row] + 18), text, font=font(34), fill="black")
    return image


def noisy(image: Image.Image) -> Image.Image:
    """The same on greyish paper with specks."""
    chance = np.random.default_rng(3)
    pixels = np.asarray(image, float) * 0.94 + chance.normal(0, 8, (*np.asarray(image).shape[:2], 1))
    pixels[chance.random(pixels.shape[:2]) < 0.0004] = 0
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


def as_pdf(*images: Image.Image, layer: str = "", hidden: bool = True) -> bytes:
    held = io.BytesIO()
    canvas = Canvas(held)
    pdfmetrics.registerFont(TTFont("DejaVuSans", str(FONTS / "DejaVuSans.ttf")))
    for image in images:
        width, height = image.width * 72 / DPI, image.height * 72 / DPI
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(image), 0, 0, width, height)
        for number, line in enumerate(layer.split("\n") if layer else ()):
            text = canvas.beginText(30, height - 30 - 14 * number)
            text.setTextRenderMode(3 if hidden else 0)
            text.setFont("DejaVuSans", 10)
            text.textOut(line)
            canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return held.getvalue()


def read_pdf(content: bytes, **options):
    return draft_of(Source("scan.pdf", content), formats.PDF, ReadOptions(**options))


def paragraphs(draft) -> str:
    return " ".join(p.passage.text for p in draft.pieces if isinstance(p, Paragraph))


def table_rows(draft) -> list[list[str]]:
    (grid,) = [p for p in draft.pieces if isinstance(p, Grid)]
    found = [[""] * grid.n_cols for _ in range(grid.n_rows)]
    for cell in grid.cells:
        found[cell.row][cell.col] = cell.passage.text
    return found


# ---- read ------------------------------------------------------------------------------------------------------------


@ocr
def test_lines_and_table_of_a_scan_on_greyish_paper():
    draft = read_pdf(as_pdf(noisy(sheet())))
    assert draft.text_source == "ocr"
    assert paragraphs(draft) == " ".join(LINES)
    assert table_rows(draft) == [list(row) for row in ROWS]
    assert all(0 < c < 1 for c in draft.columns.confidence)


@ocr
@pytest.mark.parametrize("turns", [1, 2, 3])
def test_turned_pages_come_out_upright_with_boxes_on_the_page_as_shown(turns):
    image = sheet()
    upright, turned = read_pdf(as_pdf(image)), read_pdf(as_pdf(image.rotate(-90 * turns, expand=True)))
    assert paragraphs(turned) == paragraphs(upright)
    assert table_rows(turned) == table_rows(upright)
    width, height = upright.pages[0]
    assert turned.pages[0] == pytest.approx((width, height) if turns == 2 else (height, width), abs=0.5)
    k, n = upright.columns.text.index("Nhiệm"), turned.columns.text.index("Nhiệm")
    x, y = (upright.columns.x0[k] + upright.columns.x1[k]) / 2, (upright.columns.top[k] + upright.columns.bottom[k]) / 2
    x, y = {1: (height - y, x), 2: (width - x, height - y), 3: (y, width - x)}[turns]
    assert turned.columns.x0[n] - 2 < x < turned.columns.x1[n] + 2
    assert turned.columns.top[n] - 2 < y < turned.columns.bottom[n] + 2


@ocr
def test_pages_read_side_by_side_are_the_same_in_the_same_order(monkeypatch):
    monkeypatch.setenv("VANBAN_CACHE", "off")
    images = [sheet(table=False) for _ in range(3)]
    for number, image in enumerate(images, 1):
        ImageDraw.Draw(image).text((160, 500), f"Trang {number}", font=font(36), fill="black")
    content = as_pdf(*images)
    one, two = read_pdf(content, jobs=1), read_pdf(content, jobs=2)
    assert one.columns == two.columns
    assert [w for w in two.columns.text if w in {"1", "2", "3"}] == ["1", "2", "3"]


@ocr
def test_a_picture_file_of_several_pages():
    held = io.BytesIO()
    pages = [page.convert("L").point(lambda value: 255 * (value > 150)).convert("1") for page in (sheet(), sheet(table=False))]
    pages[0].save(held, "TIFF", save_all=True, append_images=pages[1:], dpi=(DPI, DPI))
    document = read(Source("scan.tiff", held.getvalue()), ReadOptions(jobs=2))
    assert document.page_count == 2
    assert document.text_source == "ocr"
    assert len(document.tables) == 1
    assert document.text.count(LINES[0]) == 2


@ocr
def test_what_was_read_is_kept_and_found_again(monkeypatch):
    content = as_pdf(sheet())
    first = read_pdf(content)
    monkeypatch.setattr(scan, "read_now", lambda *_: pytest.fail("read again"))
    assert read_pdf(content).columns == first.columns


@ocr
def test_a_red_seal_over_text_is_no_text():
    image = sheet(table=False)
    seal = Image.new("RGB", PAGE, "white")
    for radius in (150, 140, 90):
        ImageDraw.Draw(seal).ellipse((1150 - radius, 280 - radius, 1150 + radius, 280 + radius), outline=(200, 30, 40), width=6)
    image = ImageChops.darker(image, seal)
    assert paragraphs(read_pdf(as_pdf(image))) == " ".join(LINES)


# ---- text layers -----------------------------------------------------------------------------------------------------

GOOD = "\n".join(("Thực hiện kế hoạch của Ủy ban nhân dân tỉnh về cải cách hành chính năm 2024", "các sở, ngành báo cáo trước ngày 15 tháng 3"))
LOST = "".join(c if ord(c) < 128 else " " for c in GOOD)
PLAIN = "Thuc hien ke hoach cua Uy ban nhan dan tinh ve cai cach hanh chinh nam 2024 cac so nganh bao cao truoc ngay 15"
ENGLISH = "The Government of the Socialist Republic and the Ministry of Finance agree on the terms that are set out in this letter"


@pytest.mark.parametrize(
    ("text", "invisible", "doubtful"),
    [
        (GOOD, False, False),
        (GOOD, True, False),
        (GOOD.upper(), False, False),
        (LOST, False, True),
        (GOOD.encode().decode("latin-1"), True, True),
        (PLAIN, True, True),  # somebody's OCR without Vietnamese
        (PLAIN, False, False),  # typed so
        (ENGLISH, False, False),
        ("15 16 17 18 19 20 21 22 23 24 25", False, False),
        ("UBND HĐND CNTT TTHC UBND HĐND CNTT TTHC TTg", False, False),
        ("Wkhr qjkl txbhw vr edq qjdqk fxd Wkx wxrqj Fklqk skx", False, True),
    ],
)
def test_text_layers_are_judged_by_their_language(text, invisible, doubtful):
    assert text_layer.is_doubtful(text.split(), invisible) is doubtful


def test_what_is_nearer_to_vietnamese_is_better():
    good, lost, plain = GOOD.split(), LOST.split(), PLAIN.split()
    assert text_layer.is_better(good, lost)
    assert text_layer.is_better(good, plain)
    assert not text_layer.is_better(lost, good)
    assert not text_layer.is_better(plain, good)
    assert not text_layer.is_better(good[:5], good * 10)


@ocr
def test_a_garbled_layer_is_read_anew_and_a_good_one_is_kept():
    garbled = read_pdf(as_pdf(sheet(), layer=LOST))
    assert garbled.text_source == "ocr"
    assert paragraphs(garbled) == " ".join(LINES)
    assert [n.rule for n in garbled.notices] == ["text_layer_garbled"]
    kept = read_pdf(as_pdf(sheet(), layer=GOOD, hidden=False))
    assert kept.text_source == "digital"
    assert "báo cáo trước ngày 15 tháng 3" in paragraphs(kept)


def test_a_garbled_layer_without_ocr_is_named():
    draft = read_pdf(as_pdf(sheet(), layer=LOST), ocr="never")
    assert [(n.rule, n.severity, n.page) for n in draft.notices] == [("text_layer_garbled", "warning", 1)]


def test_files_in_other_languages_are_asked_about_a_few_times_only(monkeypatch):
    asked = []
    real = text_layer.is_doubtful
    monkeypatch.setattr(text_layer, "is_doubtful", lambda *a: asked.append(1) or real(*a))
    monkeypatch.setattr(text_layer, "FOREIGN", 2.0)
    monkeypatch.setattr(
        scan, "read_picture", lambda picture, page, size: scan.Read(pdf.PageWords.empty(page, *size), pdf.PageRules.none(*size), 0.0, 0)
    )
    blank = [Image.new("RGB", (200, 200), "white")] * 9
    draft = read_pdf(as_pdf(*blank, layer="Wkhr qjkl txbhw vr edq qjdqk fxd Wkx wxrqj Fklqk skx ehw dqk gxf", hidden=False))
    assert draft.text_source == "digital"
    assert len(asked) < 2 * 9


# ---- the picture -----------------------------------------------------------------------------------------------------


def test_seals_go_and_red_or_blue_handwriting_stays():
    image = Image.new("RGB", (1600, 2200), "white")
    draw = ImageDraw.Draw(image)
    draw.ellipse((900, 1500, 1180, 1780), outline=(210, 20, 30), width=8)
    draw.text((300, 200), "203", font=font(50), fill=(210, 20, 30))
    draw.line((300, 1600, 700, 1500), fill=(30, 40, 200), width=6)
    clean = scan.without_seal(np.asarray(image))
    assert clean[1490:1790, 890:1190].min() > 200
    assert clean[200:270, 300:420].min() < 130
    assert clean[1495:1605, 300:700].min() < 130


def test_specks_go_and_dots_of_letters_stay():
    page = np.full((200, 200), 255, np.uint8)
    page[50:80, 50:70] = 0  # a letter
    page[84:86, 58:60] = 0  # the dot below it
    page[150:152, 150:152] = 0  # dirt
    clean = scan.without_specks(page, 72 / 200)
    assert clean[84:86, 58:60].max() == 0
    assert clean[150:152, 150:152].min() == 255


def test_paper_is_made_white_wherever_the_light_falls():
    page = np.tile(np.linspace(150, 245, 800), (400, 1)).astype(np.uint8)
    page[100:130, ::40] = 30
    white = scan.whitened(page)
    assert white[200:].min() == 255
    assert white[100:130, ::40].max() < 90


def test_lines_that_a_letter_makes_longer_are_cut_back_to_the_one_they_cross():
    level = np.array([[100.0, 0.0, 400.0], [200.0, 0.0, 400.0]])
    plumb = np.array([[150.0, 85.0, 200.0], [250.0, 100.0, 200.0], [350.0, 10.0, 200.0]])
    cut = scan._trimmed(plumb, level, 40.0)
    assert cut[:, 1].tolist() == [100.0, 100.0, 10.0]
    assert cut[:, 2].tolist() == [200.0, 200.0, 200.0]


def test_a_side_left_open_is_closed_where_the_rows_end():
    level = np.array([[y, 100.0, 700.0] for y in (100.0, 150.0, 200.0, 250.0)])
    plumb = np.array([[100.0, 100.0, 250.0], [300.0, 100.0, 250.0]])
    assert scan._closed(level, plumb)[:, 0].tolist() == [100.0, 300.0, 700.0]
    assert len(scan._closed(level[:2], plumb)) == 2


@pytest.mark.parametrize(("text", "count"), [("I", 1), ("II", 2), ("III", 3), ("III/2024", 3), ("II/2021", 2), ("H", None), ("V", None)])
@pytest.mark.parametrize("face", ["DejaVuSerif", "STIXGeneral"])
def test_roman_numerals_are_counted_by_their_strokes(text, count, face):
    image = Image.new("L", (320, 70), 255)
    ImageDraw.Draw(image).text((12, 12), text, font=font(36, face), fill=0)
    assert stems.strokes(np.asarray(image)) == count


@pytest.mark.parametrize(
    ("read_as", "printed", "first", "after", "gives"),
    [
        ("IH/2024", "III/2024", False, "Quý", "III/2024"),
        ("II/2024", "III/2024", False, "quý", "III/2024"),
        ("H", "II", True, "", "II"),
        ("H.", "II.", True, "", "II."),
        ("H.", "H.", True, "", "H."),
        ("11", "11", True, "", "11"),
        ("IH/2024", "III/2024", False, "bảng", "IH/2024"),
        ("IV/2024", "IV/2024", False, "Quý", "IV/2024"),
    ],
)
def test_numerals_are_counted_where_one_is_due(read_as, printed, first, after, gives):
    image = Image.new("L", (320, 70), 255)
    ImageDraw.Draw(image).text((12, 12), printed, font=font(36), fill=0)
    watch = stems.Watch()
    if after:
        watch.read(after, True, np.asarray(image))
    assert watch.read(read_as, first, np.asarray(image)) == gives


# ---- bad input -------------------------------------------------------------------------------------------------------


def picture(size, kind="PNG", mode="L", frames=1, **more) -> bytes:
    image = Image.new(mode, size, 255)
    held = io.BytesIO()
    more |= {"save_all": True, "append_images": [image] * (frames - 1)} if frames > 1 else {}
    image.save(held, kind, **more)
    return held.getvalue()


def test_a_dot_is_no_page():
    with pytest.raises(EmptyFile, match="1 × 1"):
        read(Source("dot.png", picture((1, 1))))


@pytest.mark.parametrize("size", [(20_000, 20_000), (9_933, 14_043)])  # and an A0 sheet at 300 dpi
def test_pictures_too_large_are_refused_before_they_are_unpacked(size):
    content = picture(size, mode="1")
    with pytest.raises(LimitExceeded, match="fewer dots"):
        read(Source("vast.png", content))


def test_pages_of_a_picture_file_are_counted_against_the_limit(monkeypatch):
    asked = []
    empty = scan.PageWords.empty
    monkeypatch.setattr(
        scan, "read_picture", lambda picture, page, size: asked.append(page) or scan.Read(empty(page, *size), scan.PageRules.none(*size), 0.0, 0)
    )
    content = picture((60, 60), "TIFF", frames=500)
    with pytest.raises(EmptyFile, match="no words"):
        read(Source("long.tiff", content), ReadOptions(max_pages=40))
    assert asked == list(range(1, 41))


def test_a_picture_with_a_wrong_name_is_told_by_its_content():
    assert formats.sniff(Source("scan.pdf", picture((60, 60), "JPEG"))) == formats.JPEG


def test_pictures_without_ocr_are_refused_with_the_remedy():
    with pytest.raises(ReadError, match="OCR is switched off"):
        read(Source("scan.png", picture((60, 60))), ReadOptions(ocr="never"))


def test_a_sheet_as_large_as_a_wall_is_rendered_small():
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(14_000, 14_000))
    canvas.rect(100, 100, 500, 500)
    canvas.save()
    assert pdf.render(pypdfium2.PdfDocument(held.getvalue())[0], 200).size <= 3 * 1.01 * pdf.LARGEST


def test_a_cache_that_cannot_be_written_is_as_good_as_none(tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("VANBAN_CACHE", str(blocked))
    words, rules = scan.PageWords.empty(1, 595, 842), scan.PageRules.none(595, 842)
    ocr_cache.keep("0" * 64, words, rules, mean=0.5, turns=0)
    assert ocr_cache.fetch("0" * 64, 1) is None


# ---- signatures ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def signed() -> bytes:
    """A PDF signed with a certificate made for this test."""
    from datetime import UTC, datetime, timedelta

    from asn1crypto import keys
    from asn1crypto import x509 as asn1
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.x509.oid import NameOID
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Nguyễn Văn Mẫu")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
    today = datetime.now(UTC)
    made = made.not_valid_before(today).not_valid_after(today + timedelta(days=2)).sign(key, hashes.SHA256())
    private = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    signer = signers.SimpleSigner(
        signing_cert=asn1.Certificate.load(made.public_bytes(serialization.Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore(),
    )
    held = io.BytesIO()
    canvas = Canvas(held)
    canvas.drawString(72, 700, "Ke hoach so 15/KH-UBND")
    canvas.save()
    writer = IncrementalPdfFileWriter(io.BytesIO(held.getvalue()))
    return signers.sign_pdf(writer, signers.PdfSignatureMetadata(field_name="A"), signer=signer).getvalue()


def properties(content: bytes) -> dict[str, str]:
    return signature_properties(pypdfium2.PdfDocument(content), content)


def test_who_signed_when_and_that_it_holds(signed):
    found = properties(signed)
    assert found["signed_by"] == "Nguyễn Văn Mẫu"
    assert found["signed_at"].startswith("20")
    assert found["signature_intact"] == "yes"
    document = read(Source("signed.pdf", signed))
    assert dict(document.properties) | found == dict(document.properties)


def test_a_byte_changed_after_signing_shows(signed):
    at = signed.index(b"ReportLab")
    changed = signed[:at] + b"r" + signed[at + 1 :]
    assert properties(changed)["signature_intact"] == "no"
    document = read(Source("changed.pdf", changed))
    assert "signature_broken" in [n.rule for n in document.notices]


def test_a_page_exchanged_behind_the_signature_shows(signed):
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(signed), strict=False)
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    assert properties(out.getvalue())["signature_intact"] == "no"


def test_particulars_added_behind_the_signature_do_no_harm(signed):
    """As programs that pass documents on do: one new information dictionary."""
    import regex

    root = regex.findall(rb"/Root\s+(\d+ \d+ R)", signed)[-1]
    last = regex.findall(rb"startxref\s+(\d+)", signed)[-1]
    size = int(regex.findall(rb"/Size\s+(\d+)", signed)[-1])
    place = len(signed) + 1
    new = b"\n%d 0 obj\n<</Title(x)>>\nendobj\n" % size
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size %d/Root %s/Info %d 0 R/Prev %s>>\nstartxref\n%d\n%%%%EOF\n" % (
        size, place, size + 1, root, size, last, len(signed) + len(new),
    )  # fmt: skip
    assert properties(signed + new + table)["signature_intact"] == "yes"


def test_a_digest_named_without_its_empty_parameter_holds_and_another_does_not():
    import hashlib

    from asn1crypto import cms, keys
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    from extractor.readers.pdf_signatures import _is_valid_but_for_a_null

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    attributes = cms.CMSAttributes([{"type": "content_type", "values": ["data"]}])
    stated = bytes.fromhex("302f300b0609608648016503040201") + b"\x04\x20" + hashlib.sha256(attributes.dump()).digest()
    block = b"\0\1" + b"\xff" * (256 - len(stated) - 3) + b"\0" + stated
    numbers = key.private_numbers()
    der = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)

    class Certificate:
        public_key = keys.PublicKeyInfo.load(der)

    def holds(content: bytes) -> bool:
        signature = pow(int.from_bytes(content, "big"), numbers.d, numbers.public_numbers.n).to_bytes(256, "big")
        info = {"digest_algorithm": cms.DigestAlgorithm({"algorithm": "sha256"}), "signature_algorithm": {"algorithm": "rsassa_pkcs1v15"}}
        return _is_valid_but_for_a_null(cms.SignerInfo(info | {"signed_attrs": attributes, "signature": signature}), Certificate)

    assert holds(block)
    assert not holds(block[:-1] + bytes([block[-1] ^ 1]))


def test_files_without_signatures_say_nothing():
    assert properties(as_pdf(Image.new("RGB", (50, 50)))) == {}


# ---- what is doubtful in a scan ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("sure", "found"), [(0.4, ["number_uncertain"]), (0.9, [])])
def test_a_number_hardly_read_is_a_finding(sure, found):
    from extractor.layout.assemble import lay_out
    from extractor.layout.pieces import Draft, Passage, WordColumns
    from extractor.model import Document
    from extractor.pipeline import record

    lines = ["UBND TỈNH HÀ NAM", "Số: 203 /QĐ-UBND", "QUYẾT ĐỊNH", "Về việc phân công nhiệm vụ"]
    columns, pieces = WordColumns(), []
    for line in lines:
        words, first = line.split(), len(columns.text)
        starts = [sum(len(w) + 1 for w in words[:k]) for k in range(len(words))]
        for word in words:
            columns.text.append(word)
            columns.confidence.append(sure if word == "203" else 0.95)
            for column in (columns.x0, columns.top, columns.x1, columns.bottom):
                column.append(1.0)
            columns.page.append(1)
        pieces.append(Paragraph(Passage(line, range(first, first + len(words)), starts), 1))
    text, blocks, tables, placed = lay_out(Draft(pieces, columns, page_count=1, text_source="ocr"))
    document = Document("a.pdf", "0" * 64, 1, formats.PDF, text, blocks, tables, placed, 1, ((595.0, 842.0),), "ocr")
    records = record(document)
    assert records.header.number == "203/QĐ-UBND"
    assert [f.rule for f in records.findings if f.rule == "number_uncertain"] == found
