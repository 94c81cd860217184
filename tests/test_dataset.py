"""The data set: rows of the contract, parts that count only when committed, queries that read nothing else, exports."""

import csv
import datetime as dt
import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import duckdb
import icalendar
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.dataset import (
    FORMATS,
    TABLES,
    Wanted,
    Writer,
    export,
    failed_row,
    from_message,
    list_rows,
    open_dataset,
    open_place,
    read_snapshot,
    to_arrow,
    to_message,
    to_rows,
    write_links,
)
from extractor.dataset import parts as parts_module
from extractor.dataset.exports import harmless
from extractor.errors import BrokenFile, DatasetError
from extractor.model import (
    Assignment,
    Block,
    Cell,
    Citation,
    Deadline,
    Document,
    Duty,
    Evidence,
    Finding,
    Header,
    Indicator,
    Mention,
    Notice,
    Records,
    Span,
    Table,
    Task,
    Words,
)

CONTRACT = Path(__file__).parent.parent.parent / "shared" / "CONTRACT.md"
TEXT = "Sở Nội vụ báo cáo trước ngày 15/3/2020.\n=1+1\tchào"


def words_of(text, pages, confidence=1.0):
    """Every word 10 points wide, a line 20 points high; `pages` says on which page each line stands."""
    columns = {name: [] for name in ("start", "end", "page", "x0", "top", "x1", "bottom", "confidence")}
    offset = 0
    for line, page in zip(text.split("\n"), pages, strict=True):
        at = offset
        for number, word in enumerate(line.replace("\t", " ").split(" ")):
            row = (at, at + len(word), page, 10.0 * number, 100.0, 10.0 * number + 9, 112.0, confidence)
            for column, value in zip(columns.values(), row, strict=True):
                column.append(value)
            at += len(word) + 1
        offset += len(line) + 1
    return Words(**columns)


def document(digest="ab" * 32, path="plan.pdf", confidence=1.0, notices=()):
    cells = (Cell(0, 0, 1, 1, Span(40, 44), True), Cell(0, 1, 1, 1, Span(45, 49)))
    return Document(
        path,
        digest,
        123,
        "application/pdf",
        TEXT,
        (Block(0, "paragraph", Span(0, 39), Span(0, 39)), Block(1, "table", Span(40, 49), Span(40, 49), table_id=0, parent_id=0)),
        (Table(0, Span(40, 49), 1, 2, cells),),
        words_of(TEXT, [1, 2], confidence),
        2,
        text_source="digital",
        notices=notices,
    )


def records():
    when = Deadline("trước ngày 15/3/2020", "before", "2020-03-15", None, "2020-03-15", None, None, Evidence(Span(18, 38), 0.9, "deadline.before"))
    yearly = Deadline("hằng năm", "every", None, None, None, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28", None, Evidence(Span(18, 38)))
    who = Assignment("lead", "Sở Nội vụ", "so-noi-vu", False, Evidence(Span(0, 9), 1.0, "lead"))
    task = Task(
        "table", "1", "=cmd|'/c calc'!A1", "direction", None, None, None, None, (who,), (when, yearly), Evidence(Span(0, 39), 0.8, "tasks.table")
    )
    return Records(
        Header("KH", "60/KH-UBND", "Về việc", issued_on="2020-01-02", addressees=("Sở Nội vụ",), evidence={"number": Evidence(Span(0, 9))}),
        (Citation("Kế hoạch số 60/KH-UBND", "KH", "60/KH-UBND", "2020-01-02", None, "basis", Evidence(Span(0, 9))),),
        (task,),
        (Indicator("table", "BM 1", "1", "Tỷ lệ", "%", "2020", "62,28", 62.28, None, None, None, None, False, ("a", "b"), Evidence(Span(45, 49))),),
        (Duty(("Sở Nội vụ",), "báo cáo", "UBND tỉnh", None, None, (), (when,), Evidence(Span(0, 39))),),
        (Mention("agency", "Sở Nội vụ", Evidence(Span(0, 9)), "so-noi-vu"),),
        (Finding("row-without-lead", "warning", "no lead", Evidence(Span(0, 39)), refs=("t0",)),),
    )


def rows(**changes):
    return to_rows(document(**changes), records(), seconds=1.5, version="9.9")


@pytest.fixture
def dataset(tmp_path):
    Writer(open_place(tmp_path / "out")).commit(to_arrow(rows()))
    with open_dataset(tmp_path / "out") as opened:
        yield opened


# ---- rows


@pytest.mark.shared
def test_tables_have_the_columns_of_the_contract():
    if not CONTRACT.exists():
        pytest.skip("the contract is not beside the project: nothing to compare with")
    import re

    listed = [line.split("|")[1:4] for line in CONTRACT.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert [row[0].strip(" `") for row in listed] == list(TABLES)
    for table, _, columns in listed:
        named = [name for name in re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", columns)) if name != "owner"]
        assert set(named) <= {name for name, _ in TABLES[table.strip(" `")]}, table


def test_rows_have_only_the_columns_of_their_table():
    for table, found in rows().items():
        assert found, table
        for row in found:
            assert set(row) <= {name for name, _ in TABLES[table]}, table


def test_evidence_is_written_out():
    deadline = rows()["deadlines"][0]
    assert deadline["quote"] == TEXT[18:38] == "trước ngày 15/3/2020"
    assert (deadline["char_start"], deadline["char_end"], deadline["page"], deadline["source"]) == (18, 38, 1, "deadline.before")
    assert deadline["bbox"] == [50.0, 100.0, 79.0, 112.0]


def test_box_is_that_of_the_first_page():
    notice = Notice("half-read", "page 2 is torn", span=Span(36, 49))
    row = rows(notices=(notice,))["findings"][1]
    assert (row["page"], row["bbox"]) == (1, [70.0, 100.0, 79.0, 112.0])


def test_confidence_is_that_of_reading_and_of_finding():
    assert rows(confidence=0.5)["tasks"][0]["confidence"] == pytest.approx(0.4)
    assert rows()["tasks"][0]["confidence"] == pytest.approx(0.8)


def test_ids_name_their_owners():
    made = rows()
    assert made["tasks"][0]["task_id"] == made["assignments"][0]["task_id"] == "ab" * 8 + ":t0"
    assert [row["owner_id"][-3:] for row in made["deadlines"]] == [":t0", ":t0", ":d0"]
    assert made["blocks"][1]["table_id"] == made["cells"][0]["table_id"]
    assert made["blocks"][1]["parent_id"] == made["blocks"][0]["block_id"]


def test_what_a_reader_notices_becomes_a_finding_once():
    told = Notice("row-without-lead", "no lead")
    new = Notice("page-unread", "page 3 cannot be read", "error", page=3)
    made = rows(notices=(told, new))
    assert [(row["rule"], row["page"]) for row in made["findings"]] == [("row-without-lead", 1), ("page-unread", 3)]
    assert made["documents"][0]["status"] == "partial"
    assert made["documents"][0]["error"] == "E_PARTIAL: page 3 cannot be read"


def test_a_failed_file_is_a_row_with_its_reason():
    row = failed_row("a/b.pdf", BrokenFile("no page tree", file="a/b.pdf", page=2, remedy="get it again"), sha256="cd" * 32, size_bytes=5)
    assert row["error"] == "E_BROKEN: page 2: no page tree (get it again)"
    assert (row["status"], row["doc_id"], row["path"]) == ("failed", "cd" * 8, "a/b.pdf")


def test_nul_letters_do_not_cut_texts():
    doc = Document("x.txt", "0" * 64, 3, "text/plain", "a\0b", (Block(0, "paragraph", Span(0, 3), Span(0, 3)),))
    made = to_rows(doc, Records(Header()), seconds=0, version="1")
    assert made["texts"][0]["text"] == made["blocks"][0]["quote"] == "a�b"


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
@settings(max_examples=200, deadline=None)
def test_evidence_agrees_with_the_documents_own_lookups(a, b):
    span, doc = Span(min(a, b), max(a, b)), document(confidence=0.5)
    found = Records(Header(), mentions=(Mention("date", "x", Evidence(span)),))
    row = to_rows(doc, found, seconds=0, version="1")["mentions"][0]
    boxes = doc.boxes(span)
    assert row["quote"] == doc.quote(span)
    if boxes:
        assert (row["page"], row["bbox"]) == (boxes[0].page, list(boxes[0][1:]))
        assert row["confidence"] == pytest.approx(doc.confidence(span))


# ---- parts


def test_rows_come_back_as_they_were(dataset):
    for table, found in rows().items():
        assert sorted(map(str, dataset.table(table).select(list(found[0])).to_pylist())) == sorted(map(str, found)) or table == "citations"


def test_empty_tables_are_readable(tmp_path):
    doc = Document("x.txt", "0" * 64, 3, "text/plain", "abc")
    Writer(open_place(tmp_path)).commit(to_arrow(to_rows(doc, Records(Header()), seconds=0, version="1")))
    with open_dataset(tmp_path) as opened:
        assert len(opened.tasks) == 0
        assert list(opened.tasks.columns) == [name for name, _ in TABLES["tasks"]]
    for table in TABLES:
        assert pq.read_table(tmp_path / table).num_rows >= 0, "other programs read the folder too"


def test_parts_that_were_not_committed_do_not_count(tmp_path):
    writer = Writer(open_place(tmp_path))
    writer.commit(to_arrow(rows()))
    stray = tmp_path / "tasks" / "part-00000007.parquet"
    stray.write_bytes((tmp_path / "tasks" / "part-00000001.parquet").read_bytes())
    (tmp_path / "texts" / ".tmp-1-part-00000008.parquet").write_bytes(b"torn")
    with open_dataset(tmp_path) as opened:
        assert len(opened.tasks) == 1
    assert Writer(open_place(tmp_path)).sweep() == 2
    assert not stray.exists()


def test_a_newer_version_takes_the_place_of_the_older(tmp_path):
    writer = Writer(open_place(tmp_path))
    writer.commit(to_arrow(rows()))
    writer.commit(to_arrow(rows(path="other.pdf", digest="cd" * 32)))
    writer.commit(to_arrow(rows()), gone=["plan.pdf"], stale=["ab" * 8])
    with open_dataset(tmp_path) as opened:
        before = {table: sorted(map(str, opened.table(table).to_pylist())) for table in TABLES}
    assert len(before["documents"]) == len(before["tasks"]) == 2
    assert writer.tidy() == 1, "the part with dead rows, and no other"
    assert writer.sweep() == 0
    with open_dataset(tmp_path) as opened:
        assert {table: sorted(map(str, opened.table(table).to_pylist())) for table in TABLES} == before
    assert pq.read_table(tmp_path / "tasks").num_rows == 2, "dead rows are gone for every reader"


def test_small_parts_are_merged(tmp_path, monkeypatch):
    writer = Writer(open_place(tmp_path))
    for number in range(9):
        writer.commit(to_arrow(rows(path=f"{number}.pdf", digest=f"{number:02}" * 32)))
    assert writer.tidy() == 9
    assert len(read_snapshot(open_place(tmp_path)).parts) == 1
    with open_dataset(tmp_path) as opened:
        assert sorted(opened.documents["path"]) == [f"{number}.pdf" for number in range(9)]
    monkeypatch.setattr(parts_module, "PART_BYTES", 1)
    assert writer.tidy() == 0, "a part of good size is left alone"


def test_a_dataset_opened_before_a_compaction_still_answers(tmp_path):
    writer = Writer(open_place(tmp_path))
    for number in range(9):
        writer.commit(to_arrow(rows(path=f"{number}.pdf", digest=f"{number:02}" * 32)))
    with open_dataset(tmp_path) as opened:
        writer.tidy()
        assert len(opened.tasks) == 9


def test_an_older_data_set_lacks_columns_only(tmp_path):
    writer = Writer(open_place(tmp_path))
    tables = to_arrow(rows())
    tables["tasks"] = tables["tasks"].drop_columns(["area", "source"])
    writer.commit(tables)
    writer.commit(to_arrow(rows(path="b.pdf", digest="cd" * 32)), stale=["ab" * 8])
    writer.commit(to_arrow(rows()))
    with open_dataset(tmp_path) as opened:
        assert sorted(opened.tasks["area"].fillna("-")) == ["direction", "direction"]
    writer.tidy()
    with open_dataset(tmp_path) as opened:
        assert list(opened.tasks.columns) == [name for name, _ in TABLES["tasks"]]


def test_rows_become_tables_without_pandas_and_frames_all_the_same():
    code = """
import sys
from extractor.dataset import to_arrow, to_frame
table = to_arrow({"texts": [{"doc_id": "x", "bbox": [1.0]}]})["texts"]
assert "pandas" not in sys.modules
assert to_frame(table)["doc_id"].tolist() == ["x"]
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_messages_carry_tables():
    table = to_arrow(rows())["tasks"]
    assert from_message("tasks", to_message(table)).equals(table)


def test_no_data_set_is_an_error(tmp_path):
    with pytest.raises(DatasetError, match="holds no data set"):
        open_dataset(tmp_path)
    with pytest.raises(DatasetError, match="check the path"):
        open_dataset(tmp_path / "nowhere")


def test_a_damaged_commit_is_an_error(tmp_path):
    Writer(open_place(tmp_path)).commit(to_arrow(rows()))
    (tmp_path / "_commits" / "00000001.json").write_text("{")
    with pytest.raises(DatasetError, match="damaged"):
        open_dataset(tmp_path)


# ---- queries


def test_frames_keep_types(dataset):
    blocks = dataset.blocks
    assert str(blocks["page"].dtype) == "Int64"
    assert blocks["bbox"][0] == [0.0, 100.0, 79.0, 112.0]
    assert dataset["indicators"]["value"][0] == 62.28
    assert dataset.duties["who"][0] == ["Sở Nội vụ"]
    assert pd.isna(dataset.tasks["parent"][0])


def test_query_with_parameters(dataset):
    found = dataset.query('SELECT t."text", l.due_on FROM tasks t JOIN deadlines l ON l.owner_id = t.task_id WHERE l.due_on < ?', ["2020-04-01"])
    assert found["due_on"].tolist() == ["2020-03-15"]


def test_citations_are_linked_within_the_data_set(tmp_path):
    writer = Writer(open_place(tmp_path))
    writer.commit(to_arrow(rows()))
    other = to_rows(document("cd" * 32, "b.pdf"), Records(Header("BC", "7/BC"), citations=records().citations), seconds=1, version="1")
    writer.commit(to_arrow(other))
    with open_dataset(tmp_path) as opened:
        assert opened.citations["target_id"].tolist() == ["ab" * 8, "ab" * 8]
        assert set(opened.citations.columns) == {name for name, _ in TABLES["citations"]}
    assert write_links(writer.place) == 2
    assert pq.read_table(tmp_path / "citations")["target_id"].to_pylist() == ["ab" * 8, "ab" * 8], "for other programs too"
    assert write_links(writer.place) == 0

    writer.commit(to_arrow({}), gone=["plan.pdf"], stale=["ab" * 8])
    with open_dataset(tmp_path) as opened:
        assert opened.citations["target_id"].isna().all(), "a link to a document that is gone is gone"


@pytest.mark.parametrize(
    ("doc_type", "issued_on", "linked"), [("KH", None, True), (None, None, True), ("QĐ", None, False), ("KH", "2021-01-01", False)]
)
def test_links_need_all_that_is_told_to_fit(tmp_path, doc_type, issued_on, linked):
    cited = Citation("x", doc_type, "60 / KH-ubnd", issued_on, None, "basis", Evidence(Span(0, 2)))
    writer = Writer(open_place(tmp_path))
    writer.commit(to_arrow(rows()))
    writer.commit(to_arrow(to_rows(document("cd" * 32, "b.pdf"), Records(Header(), citations=(cited,)), seconds=1, version="1")))
    with open_dataset(tmp_path) as opened:
        found = opened.query("SELECT target_id FROM citations WHERE doc_id = ?", ["cd" * 8])["target_id"]
    assert found.notna().tolist() == [linked]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM glob('/*')",
        "SELECT * FROM read_parquet('https://example.org/x.parquet')",
        "SELECT * FROM frame",
        "COPY tasks TO 'stolen.csv'",
        "EXPLAIN ANALYZE COPY tasks TO 'stolen.csv'",
        "ATTACH 'x.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "DROP VIEW tasks",
        "CREATE TABLE x AS SELECT 1",
        "INSERT INTO tasks SELECT * FROM tasks",
        "PRAGMA database_list",
        "SELECT 1; DROP VIEW tasks",
        "SELECT getenv('HOME')",
        "nonsense",
        "",
    ],
)
def test_queries_reach_nothing_but_the_tables(dataset, sql, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    frame = pd.DataFrame({"a": [1]})
    with pytest.raises(DatasetError):
        dataset.query(sql)
    assert len(frame) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]
    assert len(dataset.tasks) == 1, "and the data set is as it was"


def test_parts_cannot_be_overwritten_by_a_query(dataset, tmp_path):
    part = tmp_path / "out" / "tasks" / "part-00000001.parquet"
    before = part.read_bytes()
    for form in ("", ", USE_TMP_FILE false"):
        with pytest.raises(DatasetError):
            dataset.query(f"COPY (SELECT 1) TO '{part}' (FORMAT parquet{form})")
    assert part.read_bytes() == before


def test_a_quote_in_the_path_is_no_sql(tmp_path):
    place = tmp_path / "o'ut; DROP"
    Writer(open_place(place)).commit(to_arrow(rows()))
    with open_dataset(place) as opened:
        assert len(opened.tasks) == 1


@pytest.mark.parametrize(
    ("table", "wanted", "count"),
    [
        ("tasks", Wanted(), 1),
        ("tasks", Wanted(doc="plan"), 1),
        ("tasks", Wanted(doc="60/KH"), 1),
        ("tasks", Wanted(doc="other"), 0),
        ("tasks", Wanted(agency="nội VỤ"), 1),
        ("tasks", Wanted(agency="Tài chính"), 0),
        ("tasks", Wanted(due_before="2020-03-15"), 1),
        ("tasks", Wanted(due_after="2020-03-16"), 0),
        ("duties", Wanted(due_after="2020-01-01", due_before="2020-12-31"), 1),
        ("assignments", Wanted(agency="Sở"), 1),
        ("cells", Wanted(), 2),
    ],
)
def test_lists_are_filtered(dataset, table, wanted, count):
    assert len(list_rows(dataset, table, wanted, 10)) == count


def test_every_table_can_be_listed(dataset):
    for table in TABLES:
        assert list_rows(dataset, table, Wanted(doc="plan"), 5)
    with pytest.raises(DatasetError, match="no day they are due"):
        list_rows(dataset, "cells", Wanted(due_after="2020-01-01"), 5)
    with pytest.raises(DatasetError, match="name no agency"):
        list_rows(dataset, "cells", Wanted(agency="x"), 5)


# ---- exports


def test_xlsx_has_every_table_and_no_formula(dataset, tmp_path):
    assert export(dataset, tmp_path / "o.xlsx") == []
    book = openpyxl.load_workbook(tmp_path / "o.xlsx")
    assert book.sheetnames == list(TABLES)
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    head = [cell.value for cell in book["tasks"][1]]
    assert book["tasks"].cell(2, head.index("text") + 1).value == "=cmd|'/c calc'!A1"


def test_xlsx_says_what_it_cut(tmp_path):
    doc = Document("x.txt", "0" * 64, 3, "text/plain", "ă" * 40_000)
    Writer(open_place(tmp_path / "out")).commit(to_arrow(to_rows(doc, Records(Header()), seconds=0, version="1")))
    with open_dataset(tmp_path / "out") as opened:
        assert export(opened, tmp_path / "o.xlsx") == ["texts: 1 cells are longer than a sheet allows and were cut to 32767 letters"]


def test_csv_is_safe_to_open(dataset, tmp_path):
    export(dataset, tmp_path / "o.csv")
    with open(tmp_path / "o.csv" / "tasks.csv", encoding="utf-8-sig", newline="") as file:
        read = list(csv.DictReader(file))
    assert read[0]["text"] == "'=cmd|'/c calc'!A1"
    with open(tmp_path / "o.csv" / "cells.csv", encoding="utf-8-sig", newline="") as file:
        assert [row["text"] for row in csv.DictReader(file)] == ["'=1+1", "chào"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠"])
def test_every_start_of_a_formula_is_disarmed(start):
    assert str(harmless(f"{start}1+1")).startswith("'")
    assert harmless(-1.5) == -1.5


def test_jsonl_gives_rows_back(dataset, tmp_path):
    export(dataset, tmp_path / "o.jsonl", ["duties"])
    assert [path.name for path in (tmp_path / "o.jsonl").iterdir()] == ["duties.jsonl"]
    line = json.loads((tmp_path / "o.jsonl" / "duties.jsonl").read_text(encoding="utf-8"))
    assert (line["who"], line["to"], line["via"]) == (["Sở Nội vụ"], "UBND tỉnh", None)


def test_databases_hold_every_table(dataset, tmp_path):
    export(dataset, tmp_path / "o.duckdb")
    export(dataset, tmp_path / "o.sqlite")
    with duckdb.connect(str(tmp_path / "o.duckdb")) as database:
        assert {name for (name,) in database.execute("SHOW TABLES").fetchall()} == set(TABLES)
        assert database.execute("SELECT who FROM duties").fetchone() == (["Sở Nội vụ"],)
    database = sqlite3.connect(tmp_path / "o.sqlite")
    assert database.execute("SELECT value FROM duties, json_each(who)").fetchall() == [("Sở Nội vụ",)]
    assert database.execute("SELECT quote, page, is_header FROM cells").fetchall() == [("=1+1", 2, 1), ("chào", 2, 0)]
    database.close()


def test_calendar_comes_back(dataset, tmp_path):
    assert export(dataset, tmp_path / "o.ics") == []
    calendar = icalendar.Calendar.from_ical((tmp_path / "o.ics").read_bytes())
    todos = calendar.walk("VTODO")
    assert len(todos) == 3
    assert len({str(todo["UID"]) for todo in todos}) == 3
    plain = next(todo for todo in todos if "RRULE" not in todo and "task" in todo.categories)
    assert plain.decoded("DUE") == dt.date(2020, 3, 15)
    assert "DTSTART" not in plain, "DUE must be later than DTSTART (RFC 5545, 3.8.2.3)"
    assert str(plain["SUMMARY"]) == "=cmd|'/c calc'!A1"
    assert "Chủ trì: Sở Nội vụ" in str(plain["DESCRIPTION"])
    assert "60/KH-UBND" in str(plain["DESCRIPTION"])
    assert plain.decoded("DTSTAMP").tzinfo is not None
    yearly = next(todo for todo in todos if "RRULE" in todo)
    assert dict(yearly["RRULE"]) == {"FREQ": ["YEARLY"], "BYMONTH": [2], "BYMONTHDAY": [28]}
    assert yearly.decoded("DTSTART") == yearly.decoded("DUE") == dt.date(2020, 2, 28), "the first day after the document's own"


def test_calendar_of_events_for_programs_without_tasks(dataset, tmp_path):
    export(dataset, tmp_path / "o.ics", events=True)
    calendar = icalendar.Calendar.from_ical((tmp_path / "o.ics").read_bytes())
    assert calendar.walk("VTODO") == []
    assert sorted(event.decoded("DTSTART") for event in calendar.walk("VEVENT")) == [dt.date(2020, 2, 28), dt.date(2020, 3, 15), dt.date(2020, 3, 15)]


@pytest.mark.parametrize("rule", ["FREQ=NEVER", "BYDAY=XX", "FREQ=YEARLY;BYMONTH=13", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "", "đừng"])
def test_odd_recurrences_do_not_stop_a_calendar(tmp_path, rule):
    odd = Deadline("x", "every", None, None, None, rule, None, Evidence(Span(0, 2)))
    task = Task("table", None, "a\x00b\x1b[31m", None, None, None, None, None, (), (odd,), Evidence(Span(0, 2)))
    Writer(open_place(tmp_path / "out")).commit(to_arrow(to_rows(document(), Records(Header(), tasks=(task,)), seconds=0, version="1")))
    with open_dataset(tmp_path / "out") as opened:
        notes = export(opened, tmp_path / "o.ics")
    assert len(notes) == 1
    icalendar.Calendar.from_ical((tmp_path / "o.ics").read_bytes())


def test_unknown_exports_are_refused(dataset, tmp_path):
    with pytest.raises(DatasetError, match=r"no export to \.docx"):
        export(dataset, tmp_path / "o.docx")
    with pytest.raises(DatasetError, match="no table 'x'"):
        export(dataset, tmp_path / "o.xlsx", ["x"])


@pytest.mark.parametrize("suffix", sorted(FORMATS))
def test_an_export_replaces_the_older_one_and_leaves_nothing_else(dataset, tmp_path, suffix):
    for _ in range(2):
        export(dataset, tmp_path / f"o{suffix}")
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"o{suffix}", "out"]


def test_an_export_that_cannot_be_written_says_so(dataset, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(DatasetError):
        export(dataset, tmp_path / "file" / "o.xlsx")
    (tmp_path / "o.csv").write_text("x")
    with pytest.raises(DatasetError):
        export(dataset, tmp_path / "o.csv")
    assert (tmp_path / "o.csv").read_text() == "x"
