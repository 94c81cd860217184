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
PART_BYTES = 128 << 20  # compressed bytes of one batch's tables; parts below a quarter of it are small
ROWS = 20_000  # rows held at once while parts are merged
MANY = 8  # small parts; as many are merged


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


def to_stream(table: Any) -> Any:
    """An Arrow table in Arrow's own stream format, as bytes."""
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return sink.getvalue()


def from_stream(content: Any) -> Any:
    """The Arrow table in such bytes; nothing is copied."""
    import pyarrow as pa

    return pa.ipc.open_stream(content).read_all()


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

    def compact(self) -> int:
        """Merge small parts where there are many, and rewrite those with dead rows without them; the number of parts replaced."""
        sizes = {part: self._size(part) for part in self.snapshot.parts}
        dead = {part for part in sizes if part in self.snapshot.gone or part in self.snapshot.stale}
        small = {part for part, size in sizes.items() if size < PART_BYTES // 4}
        chosen = sorted(dead | (small if len(small) >= MANY else set()))
        replaced = 0
        for group in _groups(chosen, sizes):
            if len(group) > 1 or group[0] in dead:
                self._rewrite(group)
                replaced += len(group)
        return replaced

    def _size(self, part: str) -> int:
        return sum(self.place.size(part_name(table, part)) for table in self.snapshot.parts[part])

    def _rewrite(self, group: list[str]) -> None:
        number = self.snapshot.number + 1
        part, names = f"{number:08d}", []
        for table in TABLES:
            sources = [p for p in group if table in self.snapshot.parts[p]]
            if sources:
                draft = self.place.draft(part_name(table, part))
                self._copy_living(table, sources, str(draft))
                self.place.write_file(part_name(table, part), draft)
                names.append(table)
        self._record({"number": number, "add": {part: names}, "drop": group, "gone": [], "stale": []})
        for old in group:
            for table in TABLES:
                self.place.remove(part_name(table, old))

    def _copy_living(self, table: str, sources: list[str], draft: str) -> None:
        import pyarrow as pa
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        key, dead = ("file", self.snapshot.gone) if table == "documents" else ("doc_id", self.snapshot.stale)
        schema = arrow_schema(table)
        with pq.ParquetWriter(draft, schema, compression="zstd") as writer:
            for part in sources:
                with pq.ParquetFile(self.place.local(part_name(table, part))) as file:
                    for batch in file.iter_batches(batch_size=ROWS):
                        rows = _as(pa.Table.from_batches([batch]), schema)
                        if part in dead:
                            rows = rows.filter(pc.invert(pc.is_in(rows[key], pa.array(sorted(dead[part]), pa.string()))))
                        writer.write_table(rows)

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


def _groups(parts: Iterable[str], sizes: Mapping[str, int]) -> list[list[str]]:
    """Neighbouring parts that together make one of good size."""
    groups: list[list[str]] = []
    room = 0
    for part in parts:
        if not groups or sizes[part] > room:
            groups.append([])
            room = PART_BYTES
        groups[-1].append(part)
        room -= sizes[part]
    return groups


def _as(table: Any, schema: Any) -> Any:
    """A table with exactly the columns of `schema`: those an older version did not write are NULL."""
    import pyarrow as pa

    columns = [table[f.name].cast(f.type) if f.name in table.schema.names else pa.nulls(table.num_rows, f.type) for f in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def _parquet(table: Any) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue()
