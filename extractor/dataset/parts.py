"""The parts of a data set: `TABLE/part-ID.parquet`, and the commits that say which of them count.

A batch of documents becomes one part per table, all under one id. The parts are written first, then one small file
`_commits/NUMBER.json` that names them: only then do they exist for readers. So a data set is whole at any moment, and
what a stopped run left unnamed is swept away by the next one.

A commit may also declare the `documents` rows of a file `gone` (it changed, moved or was deleted) and the other rows of a
document `stale` (extracted anew, or given up): they are dead in every older part. The end of a run writes the living rows
of such parts anew, so that other programs, which know nothing of commits, find no dead ones.
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


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Which parts count (id → its tables), and which rows in them are dead: file or doc_id → the number of the commit that says so.

    A row is dead where its part is older than that. `commits`: files that were read to learn this.
    """

    number: int = 0
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    gone: Mapping[str, int] = field(default_factory=dict)
    stale: Mapping[str, int] = field(default_factory=dict)
    commits: int = 0

    def paths(self, table: str) -> list[str]:
        """The part files of a table, oldest first."""
        return [part_name(table, part) for part, tables in sorted(self.parts.items()) if table in tables]

    def dead(self, table: str) -> tuple[str, Mapping[str, int]]:
        """The column that tells which rows of a table are dead, and its dead values."""
        return ("file", self.gone) if table == "documents" else ("doc_id", self.stale)


def part_name(table: str, part: str) -> str:
    """The file of a table in a part, relative to the data set."""
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
    if record.get("base"):
        before = Snapshot()
    number, drop = record["number"], set(record.get("drop", ()))
    parts = {part: tables for part, tables in before.parts.items() if part not in drop}
    parts |= {part: tuple(tables) for part, tables in record.get("add", {}).items()}
    gone, stale = (dict.fromkeys(record.get(name, ()), number) for name in ("gone", "stale"))
    return Snapshot(number, parts, {**before.gone, **gone}, {**before.stale, **stale})


def to_arrow(rows: Rows) -> dict[str, Any]:
    """Rows as Arrow tables with the contract's columns; a column no row has is NULL."""
    import pyarrow as pa

    tables = {}
    for table, found in rows.items():
        schema = arrow_schema(table)
        columns = [pa.array([row.get(name) for row in found], type=kind) for name, kind in zip(schema.names, schema.types, strict=True)]
        tables[table] = pa.Table.from_arrays(columns, schema=schema)
    return tables


def to_message(table: Any) -> Any:
    """The rows of an Arrow table as one message of Arrow's own format, as bytes; its columns are those of the contract."""
    batch = table.combine_chunks().to_batches()[0]
    return batch.serialize()


def from_message(name: str, content: Any) -> Any:
    """The Arrow table that such a message holds; `name` says which. Nothing is copied."""
    import pyarrow as pa

    schema = arrow_schema(name)
    return pa.Table.from_batches([pa.ipc.read_record_batch(pa.py_buffer(content), schema)], schema)


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
            self.place.write(part_name(name, part), encode(tables[name]))
        record = {"number": number, "add": {part: names} if names else {}, "gone": sorted(gone), "stale": sorted(stale), "drop": sorted(drop)}
        self._record(record)
        return part

    def _record(self, record: dict[str, Any]) -> None:
        self.place.write(f"{COMMITS}/{record['number']:08d}.json", json.dumps(record, ensure_ascii=False).encode())
        before = self.snapshot
        after = _apply(before, record)
        self.snapshot = Snapshot(after.number, after.parts, after.gone, after.stale, before.commits + 1)

    def tidy(self) -> int:
        """Merge small parts where there are many, rewrite parts with dead rows without them, and make one commit of all.

        Returns the number of parts replaced.
        """
        sizes = {part: self._size(part) for part in self.snapshot.parts}
        dead = {part for part in sizes if self._has_dead(part)}
        small = {part for part, size in sizes.items() if size < PART_BYTES // 4}
        chosen = sorted(dead | (small if len(small) >= MANY else set()))
        groups = [group for group in _groups(chosen, sizes) if len(group) > 1 or group[0] in dead]
        for group in groups:
            self._rewrite(group)
        if self.snapshot.commits > 1 or self.snapshot.gone or self.snapshot.stale:
            self._fold()
        return sum(map(len, groups))

    def _size(self, part: str) -> int:
        return sum(self.place.size(part_name(table, part)) for table in self.snapshot.parts[part])

    def _has_dead(self, part: str) -> bool:
        """Whether any row of a part is dead; every document with content has a row in `texts`."""
        import pyarrow.parquet as pq

        for table in ("documents", "texts"):
            column, dead = self.snapshot.dead(table)
            if table in self.snapshot.parts[part] and any(number > int(part) for number in dead.values()):
                keys = pq.read_table(self.place.local(part_name(table, part)), columns=[column])[column].to_pylist()
                if any(dead.get(key, 0) > int(part) for key in keys):
                    return True
        return False

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
        self._record({"number": number, "add": {part: names}, "drop": group})
        for old in group:
            for table in TABLES:
                self.place.remove(part_name(table, old))

    def _copy_living(self, table: str, sources: list[str], draft: str) -> None:
        import pyarrow as pa
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        column, dead = self.snapshot.dead(table)
        schema = arrow_schema(table)
        with pq.ParquetWriter(draft, schema, compression="zstd") as writer:
            for part in sources:
                buried = pa.array([key for key, number in dead.items() if number > int(part)], pa.string())
                with pq.ParquetFile(self.place.local(part_name(table, part))) as file:
                    for batch in file.iter_batches(batch_size=ROWS):
                        rows = _as(pa.Table.from_batches([batch]), schema)
                        writer.write_table(rows.filter(pc.invert(pc.is_in(rows[column], buried))) if len(buried) else rows)

    def _fold(self) -> None:
        """One commit in place of many, when no part has dead rows any more; the older ones are removed afterwards."""
        number, parts = self.snapshot.number + 1, self.snapshot.parts
        self._record({"number": number, "base": True, "add": {part: list(tables) for part, tables in parts.items()}})
        for name in self.place.names(COMMITS):
            if name.endswith(".json") and int(name[:-5]) < number:
                self.place.remove(f"{COMMITS}/{name}")
        self.snapshot = Snapshot(number, parts, commits=1)


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


def encode(table: Any) -> Any:
    """An Arrow table as the bytes of a Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue()
