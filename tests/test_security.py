"""Documents are hostile: nothing they hold is run, fetched or followed, and none of them stops a run or exceeds its limits."""

import http.server
import re
import socket
import threading

import pytest

from extractor import archive, pipeline
from extractor.archive import supervised
from extractor.dataset import open_dataset, to_rows
from extractor.errors import ReadError
from extractor.readers.formats import ReadOptions, Source
from tests import hostile

NO_OCR = ReadOptions(ocr="never")
SECONDS = 3  # that a hostile file may take


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    """Every hostile file put through one archive run: what was built, the documents rows by file, the summary."""
    home = tmp_path_factory.mktemp("hostile")
    built = hostile.build(home / "in")
    patch = pytest.MonkeyPatch()
    patch.setattr(supervised, "GRACE_SECONDS", 0.5)
    limits = archive.Limits(SECONDS, max_memory=900 << 20, max_bytes=64 << 20, max_output=64 << 20)
    summary = archive.run([str(home / "in")], str(home / "out"), archive.RunOptions(ReadOptions(max_seconds=SECONDS), limits, jobs=2))
    patch.undo()
    rows = {}
    with open_dataset(home / "out") as opened:
        for row in opened.table("documents").to_pylist():
            rows.setdefault(row["file"].removeprefix(f"{home.as_posix()}/in/"), []).append(row)
    return built, rows, summary


def test_every_hostile_file_ends_in_a_row(outcome):
    built, rows, summary = outcome
    assert len(built) >= 200
    assert summary.stopped is None
    assert set(rows) == set(built)


def test_every_failure_has_a_clear_reason(outcome):
    _, rows, _ = outcome
    failed = [row for found in rows.values() for row in found if row["status"] == "failed"]
    assert [row["path"] for row in failed if not re.match(r"E_[A-Z]+: \S", row["error"] or "")] == []
    crashed = {row["path"]: row["error"] for row in failed if row["error"].startswith("E_CRASH")}
    assert crashed == {}, "an unforeseen error is no clear reason"


def test_files_come_out_as_they_must(outcome):
    built, rows, _ = outcome
    wrong = {}
    for name, file in built.items():
        told = [row["error"].split(":")[0] if row["status"] == "failed" else "ok" for row in rows[name]]
        if file.expected == "ok" and set(told) != {"ok"}:
            wrong[name] = told
        if isinstance(file.expected, frozenset) and not file.expected & set(told):
            wrong[name] = told
    assert wrong == {}


def test_no_file_exceeds_its_time(outcome):
    _, rows, _ = outcome
    slow = {name: sum(row["seconds"] or 0 for row in found) for name, found in rows.items()}
    ends = 2 * (SECONDS + 0.5) + 30  # a try and its retry, each started afresh on a busy machine
    assert {name: seconds for name, seconds in slow.items() if seconds > ends} == {}


def test_nothing_outside_a_document_is_read_into_it(outcome, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("BÍ MẬT 31337")
    entity = f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
    for content in (
        hostile.docx(hostile.WORD.format(entity, "<w:p><w:r><w:t>&s; xin chào</w:t></w:r></w:p>")),
        hostile.html(f'<iframe src="{secret.as_uri()}"></iframe><object data="{secret.as_uri()}"></object><embed src="{secret}">'),
        f'<?xml version="1.0"?>{entity}<html><body>&s; xin chào</body></html>'.encode(),
    ):
        try:
            document, _ = pipeline.run(Source("x", content), NO_OCR)
        except ReadError:
            continue
        assert "31337" not in document.text


def test_nothing_is_fetched(monkeypatch):
    """A server that documents point to hears nothing, and no connection is even tried."""
    asked, tried = [], []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_HEAD = do_GET

    server = http.server.HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(socket.socket, "connect", lambda self, address: tried.append(address))
    url = f"http://127.0.0.1:{server.server_port}"
    tags = (
        f'<img src="{url}/1"><link rel=stylesheet href="{url}/2"><script src="{url}/3"></script><iframe src="{url}/4"></iframe><base href="{url}/5">'
    )
    uri = f"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/URI/URI({url}/6)>>>>"
    entity = f'<!DOCTYPE x PUBLIC "a" "{url}/7.dtd" [<!ENTITY s SYSTEM "{url}/8">]>'
    words = hostile.stream(b"BT /F 12 Tf 72 700 Td (Ke hoach so 15) Tj ET")
    for name, content in {
        "a.html": hostile.html(tags),
        "a.pdf": hostile.pdf_of(uri, "<</Type/Pages/Kids[3 0 R]/Count 1>>", hostile.page(), words),
        "a.docx": hostile.docx(hostile.WORD.format(entity, "<w:p><w:r><w:t>&s; xin chào</w:t></w:r></w:p>")),
        "a.eml": hostile.mail(body=tags.encode()),
        **{f"plain.{suffix}": content for suffix, content in hostile.sources().items() if suffix not in ("png", "tiff", "rtf", "zip")},
    }.items():
        try:
            document, records = pipeline.run(Source(name, content), NO_OCR)
            to_rows(document, records, seconds=0, version="1")
        except ReadError:
            continue
    server.shutdown()
    assert asked == []
    assert tried == []


def test_names_and_texts_that_steer_terminals_are_disarmed(outcome, capsys):
    from extractor.cli import plain

    _, rows, _ = outcome
    texts = [row["path"] for found in rows.values() for row in found] + ["\x1b]0;x\x07", "\x9b31m", "a\u202eb", "a\rb", "\x00"]
    for text in texts:
        assert re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", plain(text)) is None
    assert plain("\x1b[31mđỏ") == "\\x1b[31mđỏ"
