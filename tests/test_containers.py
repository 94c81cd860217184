"""Archives and e-mail: every document inside is a source of its own, and nothing leads out."""

from __future__ import annotations

import io
import stat
import zipfile
from email.message import EmailMessage

import pytest

from extractor.errors import BrokenFile, EmptyFile, EncryptedFile, LimitExceeded, MissingFile, ReadError, UnknownFormat
from extractor.readers import containers, inner_sources, is_container, open_sources, package, read
from extractor.readers.formats import Source

TEXT = "Kế hoạch cải cách hành chính năm 2024".encode()


def zip_of(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def inside(name: str, data: bytes) -> list[Source | ReadError]:
    return list(inner_sources(Source(name, data)))


def shown(found: list[Source | ReadError]) -> list[tuple[str | None, str]]:
    return [(x.file, type(x).__name__) if isinstance(x, ReadError) else (x.path, "ok") for x in found]


def test_an_ordinary_file_is_its_own_source(tmp_path):
    (tmp_path / "a.txt").write_bytes(TEXT)
    (source,) = open_sources(tmp_path / "a.txt")
    assert isinstance(source, Source)
    assert source.data == TEXT
    assert not is_container(source)


def test_documents_in_an_archive_have_paths_inside(tmp_path):
    (tmp_path / "a.zip").write_bytes(zip_of({"b.txt": TEXT, "sub/c.txt": TEXT, "sub/": b"", "__MACOSX/x": b"y", "~$d.docx": b"z", "Thumbs.db": b"t"}))
    found = list(open_sources(tmp_path / "a.zip"))
    assert [str(x.path) for x in found] == [f"{tmp_path / 'a.zip'}!/b.txt", f"{tmp_path / 'a.zip'}!/sub/c.txt"]
    assert read(found[1]).text.startswith("Kế hoạch")


def test_archives_in_archives_up_to_a_depth():
    data = TEXT
    for level in range(5):
        data = zip_of({f"{level}.{'zip' if level else 'txt'}": data})
    ((path, kind),) = shown(inside("a.zip", data))
    assert (path, kind) == ("a.zip!/4.zip!/3.zip!/2.zip", "LimitExceeded")
    data = zip_of({"x.zip": zip_of({"y.zip": zip_of({"z.txt": TEXT})})})
    assert shown(inside("a.zip", data)) == [("a.zip!/x.zip!/y.zip!/z.txt", "ok")]


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/passwd", "a/../../b.txt", "C:\\x.txt", "..\\..\\x.txt"])
def test_names_that_lead_out_are_refused_and_the_rest_is_read(name):
    found = inside("a.zip", zip_of({name: TEXT, "good.txt": TEXT}))
    assert [kind for _, kind in shown(found)] == ["BrokenFile", "ok"]


def test_links_are_not_followed():
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert [type(x) for x in inside("a.zip", out.getvalue())] == [BrokenFile]


def test_limits_hold_for_all_together(monkeypatch):
    monkeypatch.setattr(containers, "MAX_ENTRIES", 3)
    many = zip_of({f"{k}.txt": TEXT for k in range(10)})
    found = inside("a.zip", zip_of({"a.zip": many, "b.zip": many}))
    assert [kind for _, kind in shown(found)] == ["ok", "ok", "LimitExceeded"]


def test_total_and_part_sizes_are_bounded(monkeypatch):
    monkeypatch.setattr(containers, "MAX_TOTAL", 100)
    assert [kind for _, kind in shown(inside("a.zip", zip_of({"a.txt": b"x" * 90, "b.txt": b"x" * 90})))] == ["ok", "LimitExceeded"]
    monkeypatch.undo()
    monkeypatch.setattr(package, "MAX_PART", 50)
    assert [type(x) for x in inside("a.zip", zip_of({"a.txt": b"x" * 90}))] == [LimitExceeded]


def test_a_bomb_is_refused_without_being_unpacked():
    assert [type(x) for x in inside("a.zip", zip_of({"bomb.txt": b"\0" * (40 << 20), "good.txt": TEXT}))] == [LimitExceeded, Source]


def test_damaged_locked_and_empty_entries_are_named():
    data = bytearray(zip_of({"locked.txt": TEXT}))
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.find(mark) + offset] |= 1
    assert shown(inside("a.zip", bytes(data)))[0][1] == EncryptedFile.__name__
    hurt = bytearray(zip_of({"hurt.txt": TEXT * 50, "good.txt": TEXT}))
    hurt[60] ^= 0xFF
    assert [kind for _, kind in shown(inside("a.zip", bytes(hurt)))] == ["BrokenFile", "ok"]
    assert shown(inside("a.zip", zip_of({"void.txt": b""}))) == [("a.zip!/void.txt", "EmptyFile")]
    assert shown(inside("a.zip", zip_of({}))) == [("a.zip", "EmptyFile")]
    whole = zip_of({"a.txt": TEXT})
    assert shown(inside("a.zip", whole[:-30])) == [("a.zip", "BrokenFile")]


def test_names_from_windows_archives():
    raw = "Kế hoạch.txt".encode()
    entry = zipfile.ZipInfo("x" * len(raw))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(entry, TEXT)
    data = out.getvalue().replace(b"x" * len(raw), raw)
    assert shown(inside("a.zip", data)) == [("a.zip!/Kế hoạch.txt", "ok")]


def test_a_container_read_as_a_document_says_what_to_do():
    with pytest.raises(UnknownFormat, match="holds documents"):
        read(Source("a.zip", zip_of({"a.txt": TEXT})))


def test_a_missing_container_is_an_error_not_an_exception(tmp_path):
    assert [type(x) for x in open_sources(tmp_path / "no.zip")] == [MissingFile]


def mail() -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "so@x.gov.vn", "ubnd@x.gov.vn", "Kế hoạch"
    message.set_content("Kính gửi: Các đơn vị\n")
    return message


def test_the_text_and_the_attachments_of_a_message():
    message = mail()
    message.add_attachment(TEXT, maintype="application", subtype="octet-stream", filename="kế hoạch.txt")
    message.add_attachment(zip_of({"b.txt": TEXT}), maintype="application", subtype="zip", filename="../x.zip")
    message.add_attachment(mail())
    found = inside("a.eml", message.as_bytes())
    assert [path for path, _ in shown(found)] == [
        "a.eml!/message.txt",
        "a.eml!/kế hoạch.txt",
        "a.eml!/x.zip!/b.txt",
        "a.eml!/attachment-3.eml!/message.txt",
    ]
    assert read(found[0]).text.strip() == "Kính gửi: Các đơn vị"
    assert read(found[1]).text.startswith("Kế hoạch")


def test_the_page_of_a_message_is_taken_before_its_text():
    message = mail()
    message.add_alternative("<html><body><p>Kính gửi</p></body></html>", subtype="html")
    message.get_payload()[1].add_related(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", cid="<logo>")
    assert [path for path, _ in shown(inside("a.eml", message.as_bytes()))] == ["a.eml!/message.html"]


@pytest.mark.parametrize("data", [b"From: a\nTo: b\nSubject: c\n\n", b"From: a\nTo: b\nContent-Type: multipart/mixed; boundary=x\n\n--x\n"])
def test_a_message_without_anything_is_empty(data):
    assert [type(x) for x in inside("a.eml", data)] == [EmptyFile]


def test_damaged_messages_end_in_sources_or_errors():
    message = mail()
    message.add_attachment(TEXT, maintype="application", subtype="pdf", filename="a.pdf")
    whole = message.as_bytes()
    for at in range(60, len(whole), 23):
        assert all(isinstance(x, Source | ReadError) for x in inside("a.eml", whole[:at] + b"\xff\x00=?" + whole[at + 4 :]))
