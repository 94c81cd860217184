"""The parts of a data set: `TABLE/part-ID.parquet`, and the commits that say which of them count.

A batch of documents becomes one part per table, all under one id. The parts are written first, then one small file
`_commits/NUMBER.json` that names them: only then do they exist for readers. So a data set is whole at any moment, and
what a stopped run left unnamed is swept away by the next one.

A commit may also declare documents rows `gone` (the file changed or was deleted) and a document's rows `stale` (extracted
anew): those rows are dead in every part that counted before. Compaction writes the living rows into new parts.
"""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from extractor.dataset.columns import TABLES, arrow_schema
from extractor.dataset.places import TEMPORARY, Place
from extractor.dataset.rows import Rows
from extractor.errors import DatasetError

COMMITS = "_commits"
SMALL = 2000  # documents; parts with fewer are merged
FOLD = 50  # commits; more are folded into one


@dataclass(frozen=True)
class Snapshot:
    """Which parts count: id → its tables; and in each of them the dead rows, by file (`gone`) or document (`stale`)."""

    number: int = 0
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    gone: Mapping[str, frozenset[str]] = field(default_factory=dict)
    stale: Mapping[str, frozenset[str]] = field(default_factory=dict)
    commits: int = 0

    def paths(self, table: str) -> list[str]:
        """The part files of a table, oldest first."""
        return [part_name(table, part) for part, tables in sorted(self.parts.items()) if table in tables]


def part_name(table: str, part: str) -> str:
    return f"{table}/part-{part}.parquet"


def read_snapshot(place: Place) -> Snapshot:
    """What counts now. A writer may fold commits meanwhile: then it is read again.

    Raises: DatasetError where there is no data set, or its commits cannot be read.
    """
    for attempt in range(5):
        try:
            return _fold(place)
        except FileNotFoundError:
            time.sleep(0.05 * attempt)
    raise DatasetError("its commits change faster than they can be read", file=place.url, remedy="try again")


def _fold(place: Place) -> Snapshot:
    numbers = sorted(int(name[:-5]) for name in place.names(COMMITS) if name.endswith(".json") and name[:-5].isdigit())
    records: list[dict[str, Any]] = []
    for number in reversed(numbers):
        records.append(_read_commit(place, number))
        if records[-1].get("base"):
            break
    snapshot = Snapshot()
    for record in reversed(records):
        snapshot = _apply(snapshot, record)
    return Snapshot(snapshot.number, snapshot.parts, snapshot.gone, snapshot.stale, len(numbers))


def _read_commit(place: Place, number: int) -> dict[str, Any]:
    name = f"{COMMITS}/{number:08d}.json"
    try:
        record: dict[str, Any] = json.loads(place.read(name))
        return record
    except ValueError as error:
        raise DatasetError(f"{name} is damaged: {error}", file=place.url, remedy="extract again into a new folder") from error


def _apply(before: Snapshot, record: Mapping[str, Any]) -> Snapshot:
    base, drop = bool(record.get("base")), set(record.get("drop", ()))
    kept = {} if base else {part: tables for part, tables in before.parts.items() if part not in drop}
    gone = _mark({} if base else before.gone, kept, record.get("gone", ()))
    stale = _mark({} if base else before.stale, kept, record.get("stale", ()))
    kept |= {part: tuple(tables) for part, tables in record.get("add", {}).items()}
    if base:
        gone = {part: frozenset(files) for part, files in record.get("dead_files", {}).items()}
        stale = {part: frozenset(ids) for part, ids in record.get("dead_docs", {}).items()}
    return Snapshot(record["number"], kept, gone, stale)


def _mark(dead: Mapping[str, frozenset[str]], parts: Iterable[str], more: Collection[str]) -> dict[str, frozenset[str]]:
    extra = frozenset(more)
    marked = {part: dead.get(part, frozenset()) | extra for part in parts}
    return {part: keys for part, keys in marked.items() if keys}


def to_arrow(rows: Rows) -> dict[str, Any]:
    """Rows as Arrow tables with the contract's columns; a column no row has is NULL."""
    import pyarrow as pa

    tables = {}
    for table, found in rows.items():
        schema = arrow_schema(table)
        columns = [pa.array([row.get(name) for row in found], type=kind) for name, kind in zip(schema.names, schema.types, strict=True)]
        tables[table] = pa.Table.from_arrays(columns, schema=schema)
    return tables


class Writer:
    """Writes batches into a place; one at a time, under the run's lock.

    `snapshot` is what counts now. Raises (all methods): DatasetError; OSError where the disk is full.
    """

    def __init__(self, place: Place) -> None:
        self.place = place
        self.snapshot = read_snapshot(place)

    def sweep(self) -> int:
        """Remove what stopped runs left behind; the number of files removed."""
        named = {path for table in TABLES for path in self.snapshot.paths(table)}
        swept = 0
        for table in TABLES:
            for name in self.place.names(table):
                path = f"{table}/{name}"
                if path not in named and (name.startswith(("part-", TEMPORARY))):
                    self.place.remove(path)
                    swept += 1
        for name in self.place.names(COMMITS):
            if name.startswith(TEMPORARY):
                self.place.remove(f"{COMMITS}/{name}")
        return swept

    def commit(self, tables: Mapping[str, Any], gone: Collection[str] = (), stale: Collection[str] = (), drop: Collection[str] = ()) -> str:
        """Add a batch (Arrow tables by name); `gone` files and `stale` doc_ids are dead in all older parts. The part's id."""
        number = self.snapshot.number + 1
        part = f"{number:08d}"
        first = not self.snapshot.parts
        names = [name for name, table in tables.items() if first or table.num_rows]
        for name in names:
            self.place.write(part_name(name, part), _parquet(tables[name]))
        record = {"number": number, "add": {part: names} if names else {}, "gone": sorted(gone), "stale": sorted(stale), "drop": sorted(drop)}
        self._record(record)
        return part

    def _record(self, record: dict[str, Any]) -> None:
        self.place.write(f"{COMMITS}/{record['number']:08d}.json", json.dumps(record, ensure_ascii=False).encode())
        before = self.snapshot
        after = _apply(before, record)
        self.snapshot = Snapshot(after.number, after.parts, after.gone, after.stale, before.commits + 1)

    def fold(self) -> None:
        """One commit in place of many; the older ones are removed afterwards."""
        now = self.snapshot
        number = now.number + 1
        record = {
            "number": number,
            "base": True,
            "add": {part: list(tables) for part, tables in now.parts.items()},
            "dead_files": {part: sorted(files) for part, files in now.gone.items()},
            "dead_docs": {part: sorted(ids) for part, ids in now.stale.items()},
        }
        self._record(record)
        for name in self.place.names(COMMITS):
            if name.endswith(".json") and int(name[:-5]) < number:
                self.place.remove(f"{COMMITS}/{name}")
        self.snapshot = Snapshot(self.snapshot.number, now.parts, now.gone, now.stale, 1)


def _parquet(table: Any) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue()
