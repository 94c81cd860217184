"""Broken and hostile files, built by script: `python -m tests.hostile FOLDER` writes them, `FILES` names the makers.

Each maker gives bytes, or writes something that is no plain file. What must come of a file is written beside it: "ok" (read like
any other), a set of error codes of which one must be told, or None where any clear answer will do.
"""

from __future__ import annotations

import base64
import io
import os
import random
import struct
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SEED = 20261121
PLAN = (
    "UBND TỈNH HÀ NAM\nSố: 15/KH-UBND\nHà Nam, ngày 5 tháng 3 năm 2024\nKẾ HOẠCH\nCải cách hành chính năm 2024\n"
    "Căn cứ Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ.\n1. Sở Nội vụ: báo cáo trước ngày 15/3/2024.\n"
)
DAMAGE = frozenset({"E_BROKEN", "E_FORMAT", "E_EMPTY", "E_LIMIT", "E_ENCRYPTED"})


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file to be made: its name, its bytes, and what must come of it."""

    name: str
    content: bytes
    expected: str | frozenset[str] | None = None


# ---- whole files, small, to be damaged


def docx(body: str | None = None, extra: dict[str, bytes] | None = None) -> bytes:
    """A Word file whose document.xml holds `body`, by default the plan and a table."""
    import docx as word

    made = word.Document()
    for line in PLAN.splitlines():
        made.add_paragraph(line)
    table = made.add_table(2, 3)
    for row, cells in zip(table.rows, (("TT", "Nhiệm vụ", "Cơ quan chủ trì"), ("1", "Báo cáo", "Sở Nội vụ")), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    stream = io.BytesIO()
    made.save(stream)
    return repacked(stream.getvalue(), {"word/document.xml": body.encode()} if body is not None else {}, extra or {})


def repacked(package: bytes, instead: dict[str, bytes], extra: dict[str, bytes] | None = None) -> bytes:
    """An Office package with some parts replaced and others added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, instead.get(name, old.read(name)))
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    return out.getvalue()


def xlsx() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for row in (("TT", "Chỉ tiêu", "Đơn vị tính", "Kết quả"), (1, "Tỷ lệ hồ sơ đúng hạn", "%", 99.1)):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def pdf(pages: int = 2, encrypt: str | None = None) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen import canvas

    stream = io.BytesIO()
    made = canvas.Canvas(stream, pagesize=A4, encrypt=encrypt)
    for number in range(pages):
        made.drawString(72, 700, f"Ke hoach so 15/KH-UBND, trang {number + 1}")
        made.grid([72, 200, 400], [500, 550, 600])
        made.showPage()
    made.save()
    return stream.getvalue()


def picture(kind: str, size: tuple[int, int] = (60, 40), frames: int = 1) -> bytes:
    from PIL import Image

    image = Image.new("1" if size[0] * size[1] > 10**7 else "L", size, 1)
    stream = io.BytesIO()
    more = {"save_all": True, "append_images": [image] * (frames - 1)} if frames > 1 else {}
    image.save(stream, kind, **more)
    return stream.getvalue()


def zipped(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return stream.getvalue()


def mail(body: bytes = PLAN.encode(), attachment: bytes = b"", name: str = "a.pdf") -> bytes:
    parts = b"--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + body
    if attachment:
        head = "\r\n--x\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n"
        head += f'Content-Disposition: attachment; filename="{name}"'
        parts += head.encode() + b"\r\n\r\n" + base64.encodebytes(attachment)
    return (
        b'From: a@b\r\nTo: c@d\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n' + parts + b"\r\n--x--\r\n"
    )


def html(body: str = "") -> bytes:
    paragraphs = "".join(f"<p>{line}</p>" for line in PLAN.splitlines())
    return f"<!DOCTYPE html><html><head><meta charset=utf-8><title>x</title></head><body>{paragraphs}{body}</body></html>".encode()


def sources() -> dict[str, bytes]:
    """A whole file of every kind, by suffix."""
    letters = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in PLAN).replace("\n", "\\par\n")
    return {
        "txt": PLAN.encode(),
        "docx": docx(),
        "xlsx": xlsx(),
        "pdf": pdf(),
        "html": html("<table><tr><td>1<td>2</table>"),
        "eml": mail(attachment=pdf(1)),
        "zip": zipped({"a.txt": PLAN.encode(), "b/c.docx": docx()}),
        "png": picture("PNG"),
        "tiff": picture("TIFF", frames=3),
        "rtf": b"{\\rtf1\\ansi " + letters.encode() + b"}",
    }


# ---- what can be done to them


def damaged(chance: random.Random, rounds: int = 5) -> Iterator[Hostile]:
    """Cut short, bits flipped, stretches blanked or doubled: any clear answer will do, for much may still be readable."""
    for suffix, content in sources().items():
        few = 1 if suffix == "rtf" else rounds  # each of them costs a LibreOffice
        for number in range(few):
            yield Hostile(f"cut-{number}.{suffix}", content[: chance.randrange(1, len(content))])
            yield Hostile(f"flipped-{number}.{suffix}", flipped(content, chance))
        for number in range(few // 2):
            start = chance.randrange(len(content))
            end = min(len(content), start + chance.randrange(1, 400))
            yield Hostile(f"blank-{number}.{suffix}", content[:start] + bytes(end - start) + content[end:])
            yield Hostile(f"doubled-{number}.{suffix}", content[:end] + content[start:])


def flipped(content: bytes, chance: random.Random) -> bytes:
    made = bytearray(content)
    for _ in range(max(1, len(made) // 500)):
        made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def misnamed() -> Iterator[Hostile]:
    """Formats are told by content, whatever the suffix says."""
    whole = sources()
    readable = ("txt", "docx", "xlsx", "pdf", "html")
    for suffix in readable:
        for other in ("pdf", "docx", "xlsx", "jpg", "exe", "doc"):
            if other != suffix:
                yield Hostile(f"{suffix}-as.{other}", whole[suffix], "ok" if suffix != "txt" else None)
    yield Hostile("no-suffix", whole["pdf"], "ok")
    for name, content in (
        ("program.pdf", b"MZ" + bytes(2000)),
        ("elf.docx", b"\x7fELF" + bytes(2000)),
        ("archive.rar", b"Rar!\x1a\x07\x00" + bytes(100)),
        ("archive.7z", b"7z\xbc\xaf\x27\x1c" + bytes(100)),
        ("noise.pdf", random.Random(SEED).randbytes(5000)),
        ("noise.docx", random.Random(SEED + 1).randbytes(5000)),
    ):
        yield Hostile(name, content, DAMAGE)


def empty() -> Iterator[Hostile]:
    yield Hostile("empty.pdf", b"", frozenset({"E_EMPTY"}))
    for name, content in (("space.txt", b" \r\n\t"), ("mark.txt", b"\xef\xbb\xbf"), ("mark16.txt", b"\xff\xfe")):
        yield Hostile(name, content, frozenset({"E_EMPTY"}))
    for name, content in (("head.pdf", b"%PDF-1.7"), ("head.docx", b"PK\x03\x04"), ("ole.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
        yield Hostile(name, content, DAMAGE)
    yield Hostile("byte.txt", b"\x00")
    yield Hostile("nothing.zip", zipped({}), DAMAGE)
    yield Hostile("folders.zip", zipped({"a/": b"", "b/c/": b""}), DAMAGE)
    yield Hostile("nopages.pdf", pdf_of("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>"), DAMAGE)
    yield Hostile("blank.html", b"<html><body></body></html>", DAMAGE)


WORD = '<?xml version="1.0"?>{}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


def bombs() -> Iterator[Hostile]:
    """Small files that want to be large: decompression, entities, nesting, counts that lie."""
    limit = frozenset({"E_LIMIT", "E_BROKEN"})
    zeros = bytes(1 << 20)
    big = io.BytesIO()
    with zipfile.ZipFile(big, "w", zipfile.ZIP_DEFLATED) as file, file.open("word/document.xml", "w", force_zip64=True) as part:
        for _ in range(200):
            part.write(zeros)
    yield Hostile("bomb.docx", big.getvalue(), limit)
    yield Hostile("bomb.zip", zipped({f"{n}.txt": zeros * 40 for n in range(30)}), limit)
    nested = PLAN.encode()
    for depth in range(12):
        nested = zipped({f"{depth}.zip" if depth else "a.txt": nested})
    yield Hostile("nested.zip", nested, limit)
    yield Hostile("many.zip", zipped({f"{n}": b"" for n in range(30_000)}, zipfile.ZIP_STORED), limit)
    laughs = "<!DOCTYPE x [" + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10)) + "]>"
    yield Hostile("laughs.docx", docx(WORD.format(laughs, "<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>")), None)
    secret = '<!DOCTYPE x [<!ENTITY s SYSTEM "file:///etc/passwd"><!ENTITY n SYSTEM "http://127.0.0.1:9/x">]>'
    yield Hostile("secret.docx", docx(WORD.format(secret, "<w:p><w:r><w:t>&s;&n; xin chào</w:t></w:r></w:p>")), None)
    yield Hostile("deep.docx", docx(WORD.format("", "<w:tbl><w:tr><w:tc>" * 3000 + "</w:tc></w:tr></w:tbl>" * 3000)), None)
    yield Hostile("deeper.docx", docx(WORD.format("", "<w:a>" * 200_000 + "</w:a>" * 200_000)), None)
    yield Hostile("span.docx", docx(WORD.format("", cell_spanning(2**31 - 1))), None)
    yield Hostile("deep.html", html("<div>" * 50_000 + "x"), None)
    yield Hostile("tables.html", html("<table><tr><td>" * 2000 + "x"), None)
    yield Hostile("span.html", html("<table><tr><td colspan=999999999 rowspan=999999999>x<td>y</table>"), None)
    yield Hostile("entities.html", html("&nosuch;" * 20_000 + "&#xD800;&#0;&#x110000;"), None)
    yield Hostile(
        "script.html",
        html("<script>while(1);</script><img src=http://127.0.0.1:9/x><meta http-equiv=refresh content='0;url=file:///etc/passwd'>"),
        "ok",
    )
    book = xlsx()
    sheet = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/>'
    sheet += "<sheetData>{}</sheetData>{}</worksheet>"
    rows = "".join(f'<row r="{n}"/>' for n in range(1, 200_000))
    yield Hostile("rows.xlsx", repacked(book, {"xl/worksheets/sheet1.xml": sheet.format(rows, "").encode()}), None)
    merge = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>chào</t></is></c></row>'
    yield Hostile("merged.xlsx", repacked(book, {"xl/worksheets/sheet1.xml": sheet.format(cell, merge).encode()}), None)
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>xa</t></is></c></row>'
    yield Hostile("far.xlsx", repacked(book, {"xl/worksheets/sheet1.xml": sheet.format(far, "").encode()}), None)
    index = '<row r="1"><c r="A1" t="s"><v>99999999</v></c><c r="B1" t="s"><v>-1</v></c><c r="C1"><v>1e999</v></c></row>'
    yield Hostile("index.xlsx", repacked(book, {"xl/worksheets/sheet1.xml": sheet.format(index, "").encode()}), None)


def cell_spanning(count: int) -> str:
    return f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="{count}"/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr></w:tbl>'


def pdf_of(*objects: str | bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    made, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode() + (content.encode("latin-1") if isinstance(content, str) else content) + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    tail = f"{table}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(made)}\n%%EOF"
    return made + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{tail}".encode()


def stream(content: bytes, entries: str = "") -> bytes:
    packed = zlib.compress(content, 9)
    return f"<<{entries}/Filter/FlateDecode/Length {len(packed)}>>stream\n".encode() + packed + b"\nendstream"


def page(box: str = "[0 0 595 842]", more: str = "") -> str:
    font = "/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>/XObject<</X 5 0 R>>>>"
    return f"<</Type/Page/Parent 2 0 R/MediaBox{box}/Contents 4 0 R{font}{more}>>"


def pdfs() -> Iterator[Hostile]:
    top, pages = "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>"
    words = b"BT /F 12 Tf 72 700 Td (Ke hoach so 15) Tj ET"
    form = stream(
        b"/X Do " + words,
        "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X 5 0 R>>/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>",
    )
    yield Hostile("encrypted.pdf", pdf(encrypt="secret"), frozenset({"E_ENCRYPTED"}))
    yield Hostile("loop-kids.pdf", pdf_of(top, "<</Type/Pages/Kids[2 0 R]/Count 1>>"), None)
    yield Hostile("loop-form.pdf", pdf_of(top, pages, page(), stream(b"/X Do " + words), form), None)
    yield Hostile("count-lies.pdf", pdf_of(top, "<</Type/Pages/Kids[3 0 R]/Count 2000000000>>", page(), stream(words)), None)
    for name, box in (
        ("huge", "[0 0 1e9 1e9]"),
        ("wide", "[0 0 200000 3]"),
        ("flat", "[0 0 0 0]"),
        ("upside", "[595 842 0 0]"),
        ("nan", "[0 0 x y]"),
        ("far", "[1e38 1e38 2e38 2e38]"),
    ):
        yield Hostile(f"box-{name}.pdf", pdf_of(top, pages, page(box), stream(words)), None)
    yield Hostile("bomb.pdf", pdf_of(top, pages, page(), stream(b" " * (60 << 20) + words)), None)
    yield Hostile("ops.pdf", pdf_of(top, pages, page(), stream(b"0 0 m 9 9 l S " * 300_000)), None)
    yield Hostile(
        "lines.pdf", pdf_of(top, pages, page(), stream(b"".join(b"%d %d 400 0.5 re f " % (n % 500, n % 800) for n in range(20_000)) + words)), None
    )
    letters = b"".join(b"BT /F 9 Tf %d %d Td (x) Tj ET " % (n % 590, n // 590) for n in range(60_000))
    yield Hostile("letters.pdf", pdf_of(top, pages, page(), stream(letters)), None)
    yield Hostile("deep.pdf", pdf_of(top, pages, page(more="/X" + "[" * 100_000 + "]" * 100_000), stream(words)), None)
    yield Hostile("q.pdf", pdf_of(top, pages, page(), stream(b"q " * 200_000 + words)), None)
    yield Hostile("script.pdf", pdf_of("<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(while(1);)>>>>", pages, page(), stream(words)), "ok")
    yield Hostile("launch.pdf", pdf_of("<</Type/Catalog/Pages 2 0 R/OpenAction<</S/Launch/F(/bin/sh)>>>>", pages, page(), stream(words)), "ok")
    yield Hostile("rotate.pdf", pdf_of(top, pages, page(more="/Rotate 37"), stream(words)), None)
    whole = pdf()
    yield Hostile("loop-prev.pdf", whole.replace(b"trailer\n<<", b"trailer\n<< /Prev %d" % whole.rfind(b"xref\n0"), 1), None)
    yield Hostile("behind-noise.pdf", b"\x00noise\n" * 50 + whole, None)
    yield Hostile("thousand.pdf", pdf_of(top, f"<</Type/Pages/Kids[{'3 0 R ' * 1000}]/Count 1000>>", page(), stream(words)), None)


def texts() -> Iterator[Hostile]:
    line = "Sở Nội vụ báo cáo trước ngày 15/3/2024, "
    for name, content in (
        ("line.txt", line * 25_000),
        ("items.txt", PLAN + "".join(f"- Mục {n}: Sở Nội vụ báo cáo\n" for n in range(20_000))),
        ("numbers.txt", PLAN + "1." * 100_000),
        ("digits.txt", PLAN + "1" * 500_000),
        ("brackets.txt", PLAN + "(" * 100_000),
        ("commas.txt", PLAN + "Sở Nội vụ" + ", , ;" * 50_000),
        ("pipes.txt", PLAN + "|" * 200_000),
        ("pipes-rows.txt", PLAN + ("| a | b |\n" * 10_000)),
        ("and.txt", PLAN + "Sở Nội vụ" + " và Sở Tài chính" * 20_000),
        ("days.txt", PLAN + "ngày 31/02/2024 " * 20_000),
        ("years.txt", PLAN + "quý I, II, III, IV năm 99999999999 " * 10_000),
        ("signs.txt", PLAN + "số 15/KH-UBND" * 20_000),
        ("dashes.txt", PLAN + "-" * 300_000),
        ("spaces.txt", PLAN + "Sở" + " " * 300_000 + "Nội vụ"),
        ("marks.txt", "a" + "\u0301" * 100_000),
        ("turned.txt", PLAN + "\u202egnuht gnart\u202c \u2066x\u2069"),
        ("escapes.txt", PLAN + "1. Sở Nội vụ: \x1b]0;pwned\x07 \x1b[2J \x1b[31mđỏ\x9b31m\n"),
        ("formulas.txt", PLAN + "1. Sở Nội vụ: =cmd|'/c calc'!A1\n2. Sở Tài chính: @SUM(1+1)\n"),
        ("headings.txt", "".join(f"{'I' * (n % 30 + 1)}. MỤC {n}\n" for n in range(5_000))),
        ("emoji.txt", PLAN + "👩‍👩‍👧‍👦𝔘𝔅" * 2_000),
    ):
        yield Hostile(name, content.encode("utf-8", "surrogatepass"), None)
    yield Hostile("utf16.txt", PLAN.encode("utf-16"), "ok")
    yield Hostile("cp1258.txt", PLAN.replace("Ả", "A").encode("cp1258", "ignore"), None)
    yield Hostile("broken-utf8.txt", PLAN.encode() + b"\xff\xfe\xfa S\xe1\xbb", None)
    yield Hostile("lone-surrogate.txt", PLAN.encode() + "\ud800".encode("utf-8", "surrogatepass"), None)
    yield Hostile("nul.txt", PLAN.encode().replace(b" ", b"\x00"), None)
    yield Hostile("controls.txt", PLAN.encode() + bytes(range(1, 32)), None)


def containers() -> Iterator[Hostile]:
    plan = PLAN.encode()
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(link, "/etc/passwd")
        file.writestr("../../up.txt", plan)
        file.writestr("/etc/cron.d/abs.txt", plan)
        file.writestr("C:\\windows\\drive.txt", plan)
        file.writestr("good.txt", plan)
    yield Hostile("paths.zip", out.getvalue(), frozenset({"E_BROKEN"}))
    wrong = bytearray(zipped({"a.txt": plan}, zipfile.ZIP_STORED))
    wrong[60] ^= 0xFF
    yield Hostile("crc.zip", bytes(wrong), frozenset({"E_BROKEN", "E_EMPTY"}))
    locked = bytearray(zipped({"a.txt": plan}))
    locked[6] |= 1
    locked[locked.rfind(b"PK\x01\x02") + 8] |= 1
    yield Hostile("locked.zip", bytes(locked), frozenset({"E_ENCRYPTED"}))
    yield Hostile("names.zip", zipped({"a\x1b[31m.txt": plan, "b\n.txt": plan, "=c.txt": plan, "d" * 300 + ".txt": plan}), None)
    nameless = bytearray(zipped({"q": plan, "good.txt": plan}, zipfile.ZIP_STORED))
    for place in (26, nameless.find(b"PK\x01\x02") + 28):  # the letter of its name becomes an extra field
        nameless[place : place + 4] = struct.pack("<HH", 0, 1)
    yield Hostile("nameless.zip", bytes(nameless), None)
    deep = plan
    for _ in range(60):
        deep = b"Content-Type: message/rfc822\r\nFrom: a@b\r\n\r\n" + deep
    yield Hostile("deep.eml", b"From: a@b\r\nMIME-Version: 1.0\r\nSubject: x\r\n" + deep, None)
    yield Hostile("name.eml", mail(attachment=plan, name="../../etc/passwd"), None)
    yield Hostile("junk.eml", mail(attachment=b"x").replace(b"eA==", b"\xff!!not base64!!"), None)
    yield Hostile("header.eml", b"Subject: " + b"=?utf-8?B?" + b"A" * 50_000 + b"?=\r\nFrom: x\r\nTo: y\r\n\r\n" + plan, None)
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w:gz") as file:
        file.addfile(tarfile.TarInfo("../x"), io.BytesIO())
    yield Hostile("archive.tar.gz", tar.getvalue(), DAMAGE)


def pictures() -> Iterator[Hostile]:
    yield Hostile("dot.png", picture("PNG", (1, 1)), None)
    yield Hostile("vast.png", picture("PNG", (20_000, 20_000)), None)
    yield Hostile("frames.tiff", picture("TIFF", (8, 8), 300), None)
    lie = bytearray(picture("PNG"))
    lie[16:24] = struct.pack(">II", 2**31 - 1, 2**31 - 1)
    lie[29:33] = struct.pack(">I", zlib.crc32(bytes(lie[12:29])))
    yield Hostile("lie.png", bytes(lie), None)
    yield Hostile("loop.tiff", b"II*\x00\x08\x00\x00\x00\x00\x00\x08\x00\x00\x00", DAMAGE | {"E_TOOL"})
    yield Hostile("picture.pdf", picture("JPEG"), None)


def names() -> Iterator[Hostile]:
    """Names that shells, terminals, spreadsheets or paths could stumble over; the contents are sound."""
    plain = [
        "-rf.txt",
        "=cmd.txt",
        "a'b\"c.txt",
        "a;b&c.txt",
        "$(x).txt",
        "%s%n.txt",
        "Kế hoạch số 15.txt",
        "ke\u0302\u0301 hoa\u0323ch.txt",
        "x" * 240 + ".txt",
        "a..b.txt",
        "!bang!.txt",
    ]
    posix = ["two\nlines.txt", "esc\x1b[31m.txt", "back\\slash.txt", "tab\t.txt", "end.", "space .txt ", "con.txt", "\u202etxt.exe"]
    for number, name in enumerate(plain + (posix if os.name == "posix" else [])):
        yield Hostile(name, PLAN.replace("15/KH", f"{number}/KH").encode(), "ok")


MAKERS = (damaged, misnamed, empty, bombs, pdfs, texts, containers, pictures, names)


def build(folder: Path) -> dict[str, Hostile]:
    """Write every hostile file into a folder of its maker's name; by path relative to `folder`, with "/"."""
    made = {}
    for maker in MAKERS:
        home = folder / maker.__name__
        home.mkdir(parents=True)
        for hostile in maker(random.Random(SEED)) if maker is damaged else maker():  # type: ignore[operator]
            (home / hostile.name).write_bytes(hostile.content)
            made[f"{maker.__name__}/{hostile.name}"] = hostile
    return made


if __name__ == "__main__":
    print(len(build(Path(sys.argv[1]))), "files")
