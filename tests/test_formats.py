"""Formats are told by content; the name only decides where the content cannot."""

from __future__ import annotations

import io
import zipfile

import pytest

from extractor.errors import BrokenFile, CrashedFile, EmptyFile, EncryptedFile, MissingFile, ReadError, UnknownFormat
from extractor.readers import CONTAINERS, READERS, formats, load, open_sources, read
from extractor.readers.formats import Source, decode_head, sniff

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zip_of(*names: str, **contents: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
        for name, content in contents.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.doc", b"%PDF-1.7\n", formats.PDF),
        ("a.pdf", b"junk before\n%PDF-1.4", formats.PDF),
        ("a.doc", zip_of("[Content_Types].xml", "word/document2.xml"), formats.DOCX),
        ("a.docx", zip_of("[Content_Types].xml", "xl/workbook.xml"), formats.XLSX),
        ("a.xlsx", zip_of("[Content_Types].xml", "xl/workbook.bin"), formats.XLSB),
        ("a.docx", zip_of("readme.txt"), formats.ZIP),
        ("a.docx", zip_of(mimetype=formats.ODT.encode()), formats.ODT),
        ("a.zip", zip_of(mimetype=formats.ODS.encode()), formats.ODS),
        ("a.doc", b"{\\rtf1\\ansi x}", formats.RTF),
        ("a.doc", b"<html><body><p>x", formats.HTML),
        ("a.xls", b"\xef\xbb\xbf  <!DOCTYPE html>\n<html>", formats.HTML),
        ("a.xls", "<html>".encode("utf-16"), formats.HTML),
        ("a.doc", b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument>', formats.WORD_XML),
        ("a.xls", b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook>', formats.EXCEL_XML),
        ("a.doc", b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\nFrom: Word\n\n", formats.MHTML),
        ("a.txt", b"From: a@b\nTo: c@d\nSubject: x\nDate: y\n\nbody", formats.EML),
        ("a.png", b"\xff\xd8\xff\xe0", formats.JPEG),
        ("a.jpg", b"\x89PNG\r\n\x1a\n", formats.PNG),
        ("a.pdf", b"II*\0\x08\0\0\0", formats.TIFF),
        ("a.txt", "Kế hoạch\n<ul><li>một</li></ul>".encode(), formats.TEXT),
        ("a.md", b"<ul><li>x</li></ul>", formats.TEXT),
        ("a.txt", "Kế hoạch".encode("utf-16"), formats.TEXT),
        ("a.bin", "Kế hoạch".encode("utf-16-le") * 20, formats.TEXT),
        ("a.txt", b"Rar!\x1a\x07\0", "application/vnd.rar"),
        ("a.txt", b"\x00\x01\x02\x03" * 50, None),
        ("a.txt", b"Note: this is text\nnot: mail\nat: all\n", formats.TEXT),
    ],
)
def test_content_decides(name, content, expected):
    assert sniff(Source(name, content)) == expected


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        ("WordDocument", formats.DOC),
        ("Workbook", formats.XLS),
        ("EncryptedPackage", formats.ENCRYPTED_OFFICE),
        ("Nothing", "application/x-ole-storage"),
    ],
)
def test_compound_files_by_their_streams_even_when_damaged(stream, expected):
    assert sniff(Source("a.bin", OLE + b"\0" * 600 + stream.encode("utf-16-le") + b"\0" * 100)) == expected


def test_an_encrypted_office_file_asks_for_the_password():
    with pytest.raises(EncryptedFile, match="password"):
        read(Source("a.docx", OLE + b"\0" * 600 + "EncryptedPackage\0".encode("utf-16-le")))


def test_every_reader_and_opener_exists():
    import importlib

    for target in (*READERS.values(), *CONTAINERS.values()):
        module, name = target.split(":")
        assert callable(getattr(importlib.import_module(module), name))


def test_what_is_not_read_says_what_it_is(tmp_path):
    with pytest.raises(UnknownFormat, match="rar"):
        read(Source("a.rar", b"Rar!\x1a\x07\0"))
    with pytest.raises(UnknownFormat, match="this content"):
        read(Source("a.dat", b"\x00\x01\x02\x03" * 50))


def test_missing_and_empty_files_are_named(tmp_path):
    with pytest.raises(MissingFile, match=r"gone\.docx"):
        load(tmp_path / "gone.docx")
    (tmp_path / "empty.docx").touch()
    with pytest.raises(EmptyFile, match=r"empty\.docx"):
        load(tmp_path / "empty.docx")
    with pytest.raises(MissingFile):
        load(tmp_path)
    assert [type(found) for found in open_sources(tmp_path / "gone.docx")] == [MissingFile]


def test_a_wrong_suffix_changes_nothing(tmp_path):
    page = "<html><body><p>Kế hoạch cải cách hành chính</p></body></html>".encode()
    for name in ("a.html", "a.doc", "a.xls"):
        (tmp_path / name).write_bytes(page)
        assert read(load(tmp_path / name)).text.strip() == "Kế hoạch cải cách hành chính"


def test_an_unforeseen_error_becomes_ours(monkeypatch):
    from extractor.readers import html

    def fails(*_):
        raise RuntimeError("odd")

    monkeypatch.setattr(html, "parse", fails)
    with pytest.raises(CrashedFile, match=r"a\.html: unforeseen RuntimeError: odd"):
        read(Source("a.html", b"<html>"))


def test_a_page_without_a_word_is_empty():
    with pytest.raises(EmptyFile):
        read(Source("a.html", b"<html><body><script>x</script></body></html>"))


def test_the_beginning_of_a_text_file():
    assert decode_head(b"") == ""
    assert decode_head(b"\x00" * 100) is None
    assert decode_head("Số".encode("utf-16")) == "Số"


MAIL = b"MIME-Version: 1.0\nFrom: x\nTo: y\n"
HEADS = [b"PK\x03\x04", OLE, b"%PDF-", b"{\\rtf", b"<html>", b"\xff\xd8\xff", b"II*\0", b"\x89PNG\r\n\x1a\n", MAIL]


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
@pytest.mark.parametrize("head", HEADS)
def test_a_head_and_garbage_ends_in_one_of_our_errors(head, monkeypatch):
    monkeypatch.setattr("extractor.readers.office.find_office", lambda: None)
    found = []
    for source in [Source("x", head + bytes(range(256)) * 4), Source("y.docx", head)]:
        try:
            found.append(read(source))
        except ReadError as error:
            found.append(error)
    assert not any(isinstance(x, CrashedFile) for x in found), found


def test_a_broken_package_is_not_taken_for_an_archive():
    whole = zip_of("[Content_Types].xml", "word/document.xml")
    with pytest.raises(BrokenFile):
        read(Source("a", whole[:60] + b"word/document.xml"))
