"""The command line: what it says and how it leaves."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractor import cli
from extractor.dataset import TABLES, Writer, open_place, to_arrow
from extractor.errors import VanbanError
from tests.test_archive import Here, run_module, text_of
from tests.test_dataset import rows


def vanban(*arguments, **environment):
    """Run the command in a process of its own."""
    command = [sys.executable, "-m", "extractor.cli", *map(str, arguments)]
    env = {**os.environ, **environment}
    return subprocess.run(command, capture_output=True, text=True, env=env, encoding="utf-8", check=False)


@pytest.fixture
def here(monkeypatch):
    monkeypatch.setattr(run_module, "Local", Here)
    monkeypatch.setattr(run_module, "patterns_digest", lambda: "these")
    monkeypatch.setenv("COLUMNS", "200")

    def call(*arguments):
        try:
            return CliRunner().invoke(cli.app, list(map(str, arguments)), catch_exceptions=False)
        except VanbanError as error:
            return error

    return call


@pytest.fixture
def dataset(tmp_path):
    Writer(open_place(tmp_path / "out")).commit(to_arrow(rows()))
    return tmp_path / "out"


def test_help_lists_every_command():
    said = vanban("--help").stdout
    assert [word for word in ("extract", "show", "query", "export", "explain", "score") if f"  {word}" not in said] == []


def test_help_loads_no_heavy_library():
    code = "import sys, extractor.cli; print([m for m in ('pandas', 'pyarrow', 'duckdb', 'numpy', 'regex', 'rich', 'lxml') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_names_of_the_package_are_lazy_and_complete():
    import extractor

    code = "import sys, extractor; print([m for m in ('pandas', 'pyarrow', 'duckdb', 'regex') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    for name in extractor.__all__:
        assert getattr(extractor, name) is not None
    with pytest.raises(AttributeError):
        extractor.nonsense  # noqa: B018


def test_extract_ends_with_0_or_1_and_one_line_for_each_failure(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(text_of(1), encoding="utf-8")
    done = vanban("extract", tmp_path / "in", "--out", tmp_path / "out", "-j", 1)
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 files: 1 ok, 0 partial, 0 failed" in done.stdout

    (tmp_path / "in" / "empty.pdf").touch()
    (tmp_path / "in" / "b.docx").write_bytes(b"PK\x03\x04 no zip")
    (tmp_path / "in" / "noise.pdf").write_bytes(bytes(range(256)) * 20)
    done = vanban("extract", tmp_path / "in", tmp_path / "nowhere.txt", "--out", tmp_path / "out", "-j", 1, "--failures", tmp_path / "failures")
    assert done.returncode == 1
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 4
    for name, code in (("empty.pdf", "E_EMPTY"), ("b.docx", "E_BROKEN"), ("noise.pdf", "E_FORMAT"), ("nowhere.txt", "E_MISSING")):
        line = next(line for line in lines if name in line)
        assert f"{name}: {code}: " in line
        assert line.endswith(")"), "and what to do about it"
    listed = (tmp_path / "failures").read_text(encoding="utf-8").splitlines()
    assert {Path(line.split("\t")[0]).name for line in listed} == {"empty.pdf", "b.docx", "noise.pdf", "nowhere.txt"}

    again = vanban("extract", "--from", tmp_path / "failures", "--out", tmp_path / "out", "--retry-failed", "-j", 1)
    assert again.returncode == 1
    assert "4 files: 0 ok, 0 partial, 4 failed" in again.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("extract",),
        ("extract", "x"),
        ("extract", "--out", "y"),
        ("extract", "x", "--out", "y", "--ocr", "maybe"),
        ("extract", "x", "--out", "y", "--engine", "dask"),
        ("extract", "x", "--out", "y", "--scheduler", "tcp://127.0.0.1:1"),
        ("extract", "x", "--out", "y", "--jobs", "-1"),
        ("extract", "--from", "nowhere", "--out", "y"),
        ("show", "DATA", "--table", "nonsense"),
        ("show", "DATA", "--due-before", "tomorrow"),
        ("show",),
        ("query", "DATA"),
        ("query", "DATA", "SELECT 1", "--format", "xml"),
        ("nonsense",),
    ],
)
def test_wrong_usage_ends_with_2(here, dataset, arguments):
    done = here(*(dataset if word == "DATA" else word for word in arguments))
    assert done.exit_code == 2, done.output


def test_what_cannot_be_done_ends_with_1_and_one_line(tmp_path):
    done = vanban("show", tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"vanban: {tmp_path}: holds no data set (extract something into it first)\n"


def test_a_file_that_cannot_be_written_is_one_line(tmp_path, dataset):
    (tmp_path / "a.txt").write_text(text_of(1), encoding="utf-8")
    for option in ("--log", "--failures"):
        done = vanban("extract", tmp_path / "a.txt", "--out", tmp_path / "o", "--quiet", option, tmp_path / "none" / "f")
        assert done.returncode == 1
        assert done.stderr.splitlines() == [
            f"vanban: {tmp_path / 'none' / 'f'}: No such file or directory (check the path, its permissions and the room left)"
        ]


def test_a_part_that_cannot_be_read_is_one_line(tmp_path, dataset):
    for part in dataset.glob("tasks/*.parquet"):
        part.write_bytes(b"not parquet")
    done = vanban("show", dataset)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "its parts cannot be read" in done.stderr


def test_days_are_not_broken_on_a_narrow_terminal(here, dataset, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert "2020-03-15" in here("show", dataset).output
    assert max(map(len, here("show", dataset, "-t", "documents").output.splitlines())) <= 80


def test_log_is_json_lines(here, tmp_path):
    (tmp_path / "a.txt").write_text(text_of(1), encoding="utf-8")
    assert here("extract", tmp_path / "a.txt", "--out", tmp_path / "out", "--log", tmp_path / "log").exit_code == 0
    events = [json.loads(line) for line in (tmp_path / "log").read_text(encoding="utf-8").splitlines()]
    assert [event["event"] for event in events] == ["document", "commit", "tidied", "end"]
    assert events[0]["status"] == "ok"
    assert all("time" in event for event in events)


@pytest.mark.parametrize("table", sorted(TABLES))
def test_show_every_table(here, dataset, table):
    done = here("show", dataset, "--table", table)
    assert done.exit_code == 0
    assert table in done.output


def test_show_filters_and_says_what_it_left_out(here, dataset):
    assert "Sở Nội vụ" in here("show", dataset, "--agency", "nội vụ", "--due-before", "2020-12-31").output
    assert "no rows" in here("show", dataset, "--due-after", "2021-01-01").output
    assert "only the first 1 rows" in here("show", dataset, "-t", "cells", "--limit", 1).output
    refused = here("show", dataset, "-t", "cells", "--agency", "x")
    assert isinstance(refused, VanbanError)


def test_query_in_three_forms(here, dataset):
    sql = 'SELECT task_id, "text", NULL AS nothing FROM tasks'
    assert "calc" in here("query", dataset, sql).output
    assert here("query", dataset, sql, "-f", "csv").output.splitlines()[1] == f"{'ab' * 8}:t0,'=cmd|'/c calc'!A1,"
    assert json.loads(here("query", dataset, sql, "-f", "jsonl").output)["text"] == "=cmd|'/c calc'!A1"
    assert isinstance(here("query", dataset, "DROP VIEW tasks"), VanbanError)


def test_export_says_what_it_wrote(here, dataset, tmp_path):
    assert "written" in here("export", dataset, "--to", tmp_path / "o.xlsx").output
    assert isinstance(here("export", dataset, "--to", tmp_path / "o.doc"), VanbanError)


def test_schema_lists_every_column(here):
    said = here("schema").output
    assert [name for table in TABLES for name, _ in TABLES[table] if f"{name} (" not in said] == []
    assert here("schema", "tasks").output.startswith("tasks: doc_id (text), task_id (text)")
    assert here("schema", "nonsense").exit_code == 2


def test_explain_shows_quote_page_box_and_source(here, dataset):
    said = here("explain", dataset, f"{'ab' * 8}:t0").output
    shown = ("plan.pdf", "60/KH-UBND", "Sở Nội vụ báo cáo", "page           1", "bbox           0; 100; 79; 112", "tasks.table", "deadline.before")
    assert [part for part in shown if part not in said] == []


@pytest.mark.parametrize("part", ["", ":t0", ":d0", ":b1", ":x0", ":i0", ":c0", ":f0"])
def test_explain_any_record(here, dataset, part):
    assert "plan.pdf" in here("explain", dataset, "ab" * 8 + part).output


def test_explain_a_document_with_the_evidence_of_its_fields(here, dataset):
    assert "number: evidence “Sở Nội vụ” (0-9, page 1" in here("explain", dataset, "ab" * 8).output


@pytest.mark.parametrize("record", ["nonsense", "ab" * 8 + ":t9", "ab" * 8 + ":q1", "cd" * 8, "' OR 1=1 --"])
def test_explain_no_such_record(here, dataset, record):
    assert "no record" in str(here("explain", dataset, record))


def test_escapes_in_documents_do_not_reach_the_terminal(here, tmp_path):
    source = tmp_path / "a\x1b[31m.txt" if os.name == "posix" else tmp_path / "a.txt"
    source.write_text(text_of(1) + "- Sở Nội vụ: \x1b]0;owned\x07\x9b31m trước ngày 1/2/2024\n", encoding="utf-8")
    here("extract", source, "--out", tmp_path / "out")
    seen = [here("show", tmp_path / "out", "-t", table).output for table in TABLES]
    seen += [here("query", tmp_path / "out", 'SELECT quote AS "a\x1b[31m" FROM blocks').output]
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as file:
        file.writestr("x\x1b[2J.txt", "")
    seen.append(here("extract", tmp_path / "b.zip", "--out", tmp_path / "out2").output)
    for said in seen:
        assert "\x1b" not in said
        assert "\x9b" not in said


def test_a_closed_pipe_is_no_error(dataset):
    command = f'"{sys.executable}" -m extractor.cli query "{dataset}" "SELECT * FROM range(200000)" -f csv'
    reader = f'"{sys.executable}" -c "import sys; sys.stdin.readline()"'
    done = subprocess.run(f"{command} | {reader}", shell=True, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
