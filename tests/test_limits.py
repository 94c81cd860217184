"""Bad input of every kind ends soon, in little memory, with a clear answer; and a text-only run loads nothing heavy."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile

import pytest

from extractor.errors import EmptyFile, EncryptedFile, LimitExceeded, VanbanError
from extractor.readers import formats, inner_sources, read
from extractor.readers.formats import ReadOptions, Source
from tests import hostile

EMPTY_ROWS = 200_000  # a sheet has room for 1,048,576: that many take four seconds
HEAVY = ("cv2", "tesserocr", "PIL", "pypdfium2", "pdfplumber", "openpyxl", "lxml", "docx", "pyhanko", "duckdb", "scipy")


def loaded_by(*lines: str) -> set[str]:
    """Which of the heavy libraries, and whether LibreOffice's door, a fresh process has loaded after running `lines`."""
    names = [*HEAVY, "extractor.readers.office", "extractor.readers.scan"]
    code = "\n".join((*lines, "import json, sys", f"print(json.dumps([n for n in {names!r} if n in sys.modules]))"))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_a_text_only_run_loads_no_ocr_no_office_and_no_pdf(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(hostile.PLAN, encoding="utf-8")
    assert loaded_by("from extractor import pipeline", "from extractor.readers import load", f"pipeline.run(load({str(path)!r}))") == set()


def test_a_born_digital_pdf_loads_no_ocr_and_no_signatures(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(hostile.pdf())
    assert loaded_by("from extractor.readers import load, read", f"read(load({str(path)!r}))") == {"pypdfium2"}


def xlsm() -> bytes:
    """A workbook with a macro project beside its sheet."""
    types = zipfile.ZipFile(io.BytesIO(hostile.xlsx())).read("[Content_Types].xml").decode()
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macro = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    return hostile.repacked(
        hostile.xlsx(), {"[Content_Types].xml": types.replace(main, macro).encode()}, {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 200}
    )


def test_a_workbook_with_macros_is_read_and_they_are_not_run():
    document = read(Source("form.xlsm", xlsm()))
    assert document.media_type == formats.XLSX
    assert "Tỷ lệ hồ sơ đúng hạn" in document.text
    assert not any("vba" in part.casefold() for part in document.properties)


def test_a_sheet_of_endless_empty_rows_is_its_filled_ones():
    rows = "".join(f'<row r="{n}"/>' for n in range(3, EMPTY_ROWS))
    filled = '<row r="1"><c r="A1" t="inlineStr"><is><t>Chỉ tiêu</t></is></c><c r="B1" t="inlineStr"><is><t>Số liệu</t></is></c></row>'
    filled += '<row r="2"><c r="A2" t="inlineStr"><is><t>Hồ sơ</t></is></c><c r="B2"><v>15</v></c></row>'
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{filled}{rows}</sheetData></worksheet>'
    document = read(Source("rows.xlsx", hostile.repacked(hostile.xlsx(), {"xl/worksheets/sheet1.xml": sheet.encode()})))
    assert document.text.split() == ["Chỉ", "tiêu", "Số", "liệu", "Hồ", "sơ", "15"]


def test_archives_in_archives_give_their_documents_down_to_a_limit():
    content = hostile.PLAN.encode()
    for depth in range(3):
        content = hostile.zipped({f"{depth}.zip" if depth else "plan.txt": content})
    (found,) = inner_sources(Source("a.zip", content))
    assert isinstance(found, Source)
    assert found.data.decode() == hostile.PLAN
    for depth in range(12):
        content = hostile.zipped({f"{depth}.zip": content})
    (refused,) = inner_sources(Source("a.zip", content))
    assert isinstance(refused, LimitExceeded)


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("locked.pdf", hostile.pdf(encrypt="secret"), EncryptedFile),
        ("nopages.pdf", hostile.pdf_of("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>"), VanbanError),
        ("blank.html", b"<html><body><script>document.write('x')</script></body></html>", EmptyFile),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(name, content, error):
    with pytest.raises(error) as caught:
        read(Source(name, content))
    assert caught.value.file == name
    assert caught.value.remedy


def test_a_page_with_scripts_is_its_text_and_nothing_is_fetched(monkeypatch):
    import socket

    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("something was fetched"))
    page = hostile.html("<script>while(1);document.write('giả')</script><img src=http://127.0.0.1:9/x><iframe src=file:///etc/passwd></iframe>")
    document = read(Source("page.html", page))
    assert "Sở Nội vụ" in document.text
    assert "document.write" not in document.text


def test_a_file_of_many_pages_stops_at_its_limit_and_says_so():
    document = read(Source("long.pdf", hostile.pdf(30)), ReadOptions(max_pages=4))
    assert document.page_count == 30
    assert max(document.words.page) == 4
    assert [(n.rule, n.severity) for n in document.notices] == [("pages_not_read", "error")]
