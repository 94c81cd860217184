"""A data set → one file or folder that other programs open."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from types import MappingProxyType
from typing import Any

from extractor.dataset.calendars import write_ics
from extractor.dataset.columns import TABLES
from extractor.dataset.opening import Dataset
from extractor.errors import DatasetError

SHEET_ROWS = 1_048_576  # what a sheet of an .xlsx file holds, heading row included
CELL_LETTERS = 32_767  # and a cell of it, in UTF-16 units
NARROW = 12  # letters a column of a sheet shows at least
WIDTHS: Mapping[str, int] = MappingProxyType(
    {"text": 60, "quote": 60, "message": 60, "label": 45, "title": 45, "product": 40, "what": 40, "path": 40, "agency": 40, "issuer": 40}
)
BATCH = 20_000  # rows taken from the data set at once

# A spreadsheet runs a cell of a CSV file that begins so as a formula (OWASP, "CSV Injection"); full-width forms too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def export(dataset: Dataset, to: str | os.PathLike[str], tables: Sequence[str] = (), *, events: bool = False) -> list[str]:
    """Write the data set to `to`; its suffix says how: see `FORMATS`. `tables` limits it to some (all by default). A calendar holds
    tasks to do (VTODO), or with `events` all-day events (VEVENT), for programs that show no tasks (Google Calendar).

    What stood there under that name is replaced, whole or not at all. Returns one line for each thing that did not fit the format.
    Raises: DatasetError for an unknown suffix or table, or where `to` cannot be written.
    """
    target = Path(to)
    write = _ics_events if events and target.suffix.lower() == ".ics" else FORMATS.get(target.suffix.lower())
    unknown = [table for table in tables if table not in TABLES]
    if write is None or unknown:
        reason = f"no table {unknown[0]!r}" if unknown else f"no export to {target.suffix or 'a name without suffix'}"
        raise DatasetError(reason, file=str(to), remedy=f"one of: {', '.join(TABLES if unknown else FORMATS)}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".tmp-", dir=target.parent) as folder:
            draft = Path(folder) / target.name
            notes = write(dataset, draft, tuple(tables) or tuple(TABLES))
            _replace(draft, target)
    except _faults() as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DatasetError(reason, file=str(to), remedy="close it elsewhere, make room, or choose another place") from error
    return notes


def _faults() -> tuple[type[Exception], ...]:
    """How a full disk or a locked file shows itself, by the library that meets it."""
    import duckdb
    from xlsxwriter.exceptions import XlsxWriterException

    return OSError, sqlite3.Error, duckdb.Error, XlsxWriterException


def _replace(draft: Path, target: Path) -> None:
    if not draft.is_dir():
        os.replace(draft, target)
        return
    if target.exists() and not target.is_dir():
        raise FileExistsError(17, "a file of that name stands in the way", str(target))
    target.mkdir(exist_ok=True)
    for file in draft.iterdir():
        os.replace(file, target / file.name)


def _rows(dataset: Dataset, table: str) -> Iterator[dict[str, Any]]:
    for batch in dataset.table(table).to_batches(max_chunksize=BATCH):
        yield from batch.to_pylist()


def harmless(value: object) -> object:
    """A CSV cell that no spreadsheet takes for a formula: an apostrophe in front of a text that would be one."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _csv(dataset: Dataset, folder: Path, tables: Sequence[str]) -> list[str]:
    """One .csv per table: UTF-8 with mark (Excel needs it), lists as JSON, every field quoted."""
    folder.mkdir()
    for table in tables:
        names = [name for name, _ in TABLES[table]]
        with open(folder / f"{table}.csv", "w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_NOTNULL if hasattr(csv, "QUOTE_NOTNULL") else csv.QUOTE_MINIMAL)
            writer.writerow(names)
            for row in _rows(dataset, table):
                writer.writerow([harmless(_flat(row[name])) for name in names])
    return []


def _flat(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


def _jsonl(dataset: Dataset, folder: Path, tables: Sequence[str]) -> list[str]:
    folder.mkdir()
    for table in tables:
        with open(folder / f"{table}.jsonl", "w", encoding="utf-8", newline="\n") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in _rows(dataset, table))
    return []


def _xlsx(dataset: Dataset, path: Path, tables: Sequence[str]) -> list[str]:
    """One sheet per table; text stays text (no formula, link or number is ever made of it)."""
    import xlsxwriter

    safe = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "tmpdir": str(path.parent)}
    notes: list[str] = []
    with xlsxwriter.Workbook(str(path), safe) as book:
        bold = book.add_format({"bold": True})
        for table in tables:
            notes += _sheet(book.add_worksheet(table), dataset, table, bold)
    return notes


def _sheet(sheet: Any, dataset: Dataset, table: str, bold: Any) -> list[str]:
    names = [name for name, _ in TABLES[table]]
    for column, name in enumerate(names):
        sheet.set_column(column, column, WIDTHS.get(name, max(NARROW, len(name) + 2)))
    sheet.write_row(0, 0, names, bold)
    sheet.freeze_panes(1, 0)
    cut = left = number = 0
    for number, row in enumerate(_rows(dataset, table), start=1):
        if number >= SHEET_ROWS:
            left += 1
            continue
        for column, name in enumerate(names):
            cut += _write_cell(sheet, (number, column), _flat(row[name]))
    sheet.autofilter(0, 0, min(number, SHEET_ROWS - 1), len(names) - 1)
    notes = [f"{table}: {left} rows do not fit a sheet and were left out"] if left else []
    return notes + ([f"{table}: {cut} cells are longer than a sheet allows and were cut to {CELL_LETTERS} letters"] if cut else [])


def _write_cell(sheet: Any, at: tuple[int, int], value: Any) -> bool:
    """Write one cell by the value's own type; whether it had to be cut."""
    if isinstance(value, str):
        short = value if len(value) <= CELL_LETTERS // 2 else _shorten(value)
        sheet.write_string(*at, short)
        return len(short) < len(value)
    if isinstance(value, bool):
        sheet.write_boolean(*at, value)
    elif value is not None:
        sheet.write_number(*at, value)
    return False


def _shorten(text: str) -> str:
    return text.encode("utf-16-le")[: 2 * CELL_LETTERS].decode("utf-16-le", errors="ignore")


def _duckdb(dataset: Dataset, path: Path, tables: Sequence[str]) -> list[str]:
    import duckdb

    with duckdb.connect(str(path)) as connection:
        for table in tables:
            connection.register("incoming", dataset.table(table))
            connection.execute(f'CREATE TABLE "{table}" AS SELECT * FROM incoming')  # noqa: S608 (a name out of TABLES)
            connection.unregister("incoming")
    return []


_SQLITE: Mapping[str, str] = MappingProxyType({"text": "TEXT", "int": "INTEGER", "real": "REAL", "flag": "INTEGER", "texts": "TEXT", "reals": "TEXT"})


def _sqlite(dataset: Dataset, path: Path, tables: Sequence[str]) -> list[str]:
    """Lists become JSON text (`json_each` reads them); flags 0 and 1."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for table in tables:
            names = [name for name, _ in TABLES[table]]
            columns = ", ".join(f'"{name}" {_SQLITE[kind]}' for name, kind in TABLES[table])
            connection.execute(f'CREATE TABLE "{table}" ({columns})')
            marks = ", ".join("?" * len(names))
            rows = ([_flat(row[name]) for name in names] for row in _rows(dataset, table))
            connection.executemany(f'INSERT INTO "{table}" VALUES ({marks})', rows)  # noqa: S608 (a name out of TABLES)
            if "doc_id" in names:
                connection.execute(f'CREATE INDEX "{table}_doc" ON "{table}" (doc_id)')
    return []


def _ics(dataset: Dataset, path: Path, tables: Sequence[str]) -> list[str]:
    return write_ics(dataset, path)


def _ics_events(dataset: Dataset, path: Path, tables: Sequence[str]) -> list[str]:
    return write_ics(dataset, path, events=True)


# suffix of the target → what writes it
FORMATS: Mapping[str, Callable[[Dataset, Path, Sequence[str]], list[str]]] = MappingProxyType(
    {".xlsx": _xlsx, ".csv": _csv, ".jsonl": _jsonl, ".duckdb": _duckdb, ".sqlite": _sqlite, ".ics": _ics}
)
