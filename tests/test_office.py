"""Old office formats through LibreOffice, and what happens without it or when it hangs."""

from __future__ import annotations

import http.server
import io
import json
import os
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import docx
import psutil
import pytest

from extractor.errors import BrokenFile, EncryptedFile, LimitExceeded, MissingTool
from extractor.layout.pieces import Grid, Paragraph
from extractor.readers import formats, load, office, read
from extractor.readers.docx import read_docx
from extractor.readers.formats import ReadOptions, Source
from extractor.readers.office import convert, find_office, read_office

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus"
shared = pytest.mark.skipif(not SHARED.exists(), reason="the rendered and real documents are not beside the project")
installed = pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def document() -> Source:
    made = docx.Document()
    made.add_paragraph("KẾ HOẠCH")
    made.add_paragraph("một", style="List Number")
    table = made.add_table(3, 2, style="Table Grid")
    for row, texts in zip(table.rows, [("STT", "Nhiệm vụ"), ("1", "Soạn"), ("2", "Trình")], strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    made.add_paragraph("hết")
    out = io.BytesIO()
    made.save(out)
    return Source("made.docx", out.getvalue())


@installed
@pytest.mark.parametrize(("target", "media_type"), [("doc", formats.DOC), ("rtf", formats.RTF)])
def test_an_old_document_gives_what_the_new_one_gives(document, target, media_type):
    old = Source(f"made.{target}", convert(document, "docx", target))
    assert formats.sniff(old) == media_type
    draft = read_office(old)
    assert [x.passage.text for x in draft.pieces if isinstance(x, Paragraph)] == ["KẾ HOẠCH", "1. một", "hết"]
    assert [(g.n_rows, g.n_cols) for g in draft.pieces if isinstance(g, Grid)] == [(3, 2)]


@installed
def test_a_sheet_saved_as_xml_is_read():
    cell = "<Row><Cell><Data ss:Type='String'>{}</Data></Cell><Cell><Data ss:Type='Number'>{}</Data></Cell></Row>"
    rows = cell.format("STT", 1) + cell.format("a", 2) + cell.format("b", 3)
    book = (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        f'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="S"><Table>{rows}</Table></Worksheet></Workbook>'
    )
    assert [g.n_rows for g in read_office(Source("a.xls", book.encode())).pieces if isinstance(g, Grid)] == [3]


def test_without_libreoffice_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setattr(office, "find_office", lambda: None)
    with pytest.raises(MissingTool, match=r"old\.rtf: LibreOffice is needed .*install libreoffice"):
        read(Source("old.rtf", b"{\\rtf1 x}"))


def test_an_encrypted_word_file_asks_for_the_password(monkeypatch):
    monkeypatch.setattr(office, "is_encrypted_doc", lambda source: True)
    monkeypatch.setattr(formats, "sniff", lambda source: formats.DOC)
    with pytest.raises(EncryptedFile, match=r"a\.doc.*password"):
        read_office(Source("a.doc", b"x"))


@installed
def test_a_cut_or_scrambled_word_file_is_refused(document):
    whole = convert(document, "docx", "doc")
    for data in (whole[: len(whole) // 2], whole[:700], whole.replace(b"\xec\xa5", b"\0\0")):
        with pytest.raises(BrokenFile, match=r"cut\.doc.*(damaged|cut short)"):
            read_office(Source("cut.doc", data))


@installed
def test_damaged_xml_is_not_read_as_text():
    with pytest.raises(BrokenFile):
        read(Source("a.xml", b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="x"><w:body>'))


@installed
def test_a_linked_picture_is_not_fetched():
    """Bare LibreOffice does ask for the picture in this document."""
    asked = []

    class Ask(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Ask) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        names = 'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
        link = f'<draw:image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="http://127.0.0.1:{server.server_address[1]}/a.png"/>'
        office_names = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:mimetype="application/vnd.oasis.opendocument.text"'
        body = f"<office:body><office:text><text:p>một<draw:frame>{link}</draw:frame></text:p></office:text></office:body>"
        flat = f'<?xml version="1.0"?><office:document {office_names} office:version="1.2" {names}>{body}</office:document>'
        made = convert(Source("a.fodt", flat.encode()), "fodt", "docx")
        server.shutdown()
    assert [x.passage.text for x in read_docx(Source("a.docx", made)).pieces] == ["một"]
    assert asked == []


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_a_conversion_that_hangs_is_killed_with_its_children(monkeypatch, tmp_path):
    stand_in = tmp_path / "soffice"
    stand_in.write_text(f"#!/bin/sh\nsleep 987 &\necho $! > {tmp_path}/child\nwait\n")
    stand_in.chmod(0o755)
    monkeypatch.setattr(office, "find_office", lambda: str(stand_in))
    with pytest.raises(LimitExceeded, match="more than 1 s"):
        read_office(Source("a.rtf", b"{\\rtf1 x}"), ReadOptions(max_seconds=1))
    child = int((tmp_path / "child").read_text())
    for _ in range(50):
        if not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE:
            break
        time.sleep(0.1)
    assert not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_the_profile_is_private_forbids_macros_and_is_removed(monkeypatch, tmp_path):
    stand_in = tmp_path / "soffice"
    stand_in.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/said\ncp -r "$HOME" {tmp_path}/kept\nstat -c %a "$HOME" > {tmp_path}/mode\n')
    stand_in.chmod(0o755)
    monkeypatch.setattr(office, "find_office", lambda: str(stand_in))
    with pytest.raises(BrokenFile):
        convert(Source("a.rtf", b"{\\rtf1 x}"), "rtf", "docx")
    said = (tmp_path / "said").read_text()
    folder = said.split("-env:UserInstallation=file://")[1].split("/profile")[0]
    settings = (tmp_path / "kept" / "profile" / "user" / "registrymodifications.xcu").read_text(encoding="utf-8")
    assert "--headless" in said
    assert "DisableMacrosExecution" in settings
    assert (tmp_path / "mode").read_text().strip() == "700"
    assert not os.path.exists(folder)


@installed
@shared
@pytest.mark.parametrize("name", ["003.doc", "004.rtf"])
def test_drawn_tables_survive_the_conversion(name):
    drawn = json.loads((SHARED / "rendered" / f"{name[:3]}.tables.json").read_text(encoding="utf-8"))
    found = [g for g in read_office(load(SHARED / "rendered" / "office" / name)).pieces if isinstance(g, Grid)]
    assert [(g.n_rows, g.n_cols) for g in found] == [(len(t["rows"]), len(t["rows"][0])) for t in drawn]
    for grid, table in zip(found, drawn, strict=True):
        at = {(c.row, c.col): " ".join(c.passage.text.split()) for c in grid.cells}
        for r, row in enumerate(table["rows"]):
            assert [at.get((r, c), "") for c in range(len(row))] == [" ".join(text.split()) for text in row]


@installed
@shared
@pytest.mark.parametrize("name", ["x_qd522_angiang_tcvn3", "x_qd991_binhphuoc_vni", "x_mau_bc_bhld_dongnai_vni"])
def test_legacy_documents_lose_no_letter(name):
    gold = (SHARED / "real" / "transcripts" / f"{name}.gold.txt").read_text(encoding="utf-8").lower()
    wanted, found = (Counter(c for c in text if c.isalpha()) for text in (gold, read(load(SHARED / "real" / "doc" / f"{name}.doc")).text.lower()))
    assert sum((wanted - found).values()) <= 0.005 * sum(wanted.values())
