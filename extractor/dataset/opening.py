"""An open data set: its tables as DataFrames, and SQL over them that can read nothing else."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from extractor.dataset.columns import TABLES, arrow_schema
from extractor.dataset.parts import COMMITS, Snapshot, part_name, read_snapshot
from extractor.dataset.places import Place, open_place
from extractor.errors import DatasetError

if TYPE_CHECKING:
    import pandas as pd

# A cited document is one of the data set's where exactly one fits its number and, as far as told, its type and day.
_LINKS = """
CREATE VIEW links AS SELECT k.number, k.doc_type, k.issued_on, min(d.doc_id) AS target_id
FROM (SELECT DISTINCT number, doc_type, issued_on FROM stored_citations WHERE number IS NOT NULL) k
JOIN (SELECT DISTINCT doc_id, number, doc_type, issued_on FROM documents WHERE number IS NOT NULL) d
  ON upper(replace(d.number, ' ', '')) = upper(replace(k.number, ' ', ''))
 AND coalesce(d.doc_type = k.doc_type, true) AND coalesce(d.issued_on = k.issued_on, true)
GROUP BY ALL HAVING count(DISTINCT d.doc_id) = 1
"""
# Links are found anew whenever a data set is opened: those stored in its parts are those of the last finished run.
_CITATIONS = """
CREATE VIEW citations AS SELECT c.* REPLACE (l.target_id AS target_id) FROM stored_citations c
LEFT JOIN links l ON l.number = c.number AND l.doc_type IS NOT DISTINCT FROM c.doc_type AND l.issued_on IS NOT DISTINCT FROM c.issued_on
"""

# the order of a table's rows: by document, then as they stand in it
ORDER: Mapping[str, str] = MappingProxyType(
    {
        "documents": "path",
        "texts": "doc_id",
        "blocks": "doc_id, len(block_id), block_id",
        "cells": 'doc_id, len(table_id), table_id, "row", col',
        "mentions": "doc_id, char_start, char_end, kind, value",
        "citations": "doc_id, seq",
        "tasks": "doc_id, seq",
        "assignments": "doc_id, len(task_id), task_id, seq",
        "deadlines": "doc_id, len(owner_id), owner_id, seq",
        "indicators": "doc_id, seq",
        "duties": "doc_id, seq",
        "findings": "doc_id, seq",
    }
)


def open_dataset(path: str | os.PathLike[str]) -> Dataset:
    """The data set in a folder or under an fsspec URL, as it is now; what is written later is seen only where a run
    has merged parts meanwhile.

    Raises: DatasetError where there is none.
    """
    place = open_place(path)
    if not place.names(COMMITS):
        remedy = "extract something into it first" if place.exists() else "check the path"
        raise DatasetError("holds no data set", file=place.url, remedy=remedy)
    return Dataset(place)


class Dataset:
    """A data set that is being read. `dataset.tasks`, `dataset["tasks"]`: a table as a pandas DataFrame; `query`: SQL."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._spill = tempfile.TemporaryDirectory(prefix="vanban-")
        self._connect()

    def _connect(self) -> None:
        self.snapshot = read_snapshot(self.place)
        for attempt in range(5):
            try:
                self._connection = _connect(self.place, self.snapshot, self._spill.name)
                return
            except Exception as error:  # a compaction took parts away between the two readings
                later = read_snapshot(self.place)
                if attempt == 4 or later.parts == self.snapshot.parts:
                    reason = f"its parts cannot be read: {' '.join(str(error).split('LINE 1:')[0].split())}"
                    remedy = "check their permissions; where one is damaged, extract into a new folder"
                    raise DatasetError(reason, file=self.place.url, remedy=remedy) from error
                self.snapshot = later

    def query(self, sql: str, parameters: Sequence[object] = ()) -> pd.DataFrame:
        """The answer to one SELECT over the tables of the data set (DuckDB's SQL); `?` stands for a parameter.

        Raises: DatasetError where it is no single SELECT, does not hold, or reaches for files or the network.
        """
        return to_frame(self.arrow(sql, parameters))

    def arrow(self, sql: str, parameters: Sequence[object] = ()) -> Any:
        """The same as `query`, as an Arrow table."""
        import duckdb

        _single_select(self._connection, sql)
        try:
            return _run(self._connection, sql, parameters)
        except duckdb.Error as error:
            if read_snapshot(self.place).parts.keys() >= self.snapshot.parts.keys():
                raise _refused(error) from error
        self._connect()  # parts were merged since the data set was opened: read the new ones
        try:
            return _run(self._connection, sql, parameters)
        except duckdb.Error as error:
            raise _refused(error) from error

    def table(self, name: str) -> Any:
        """A table as an Arrow table: rows ordered by document, then as they stand in it."""
        if name not in TABLES:
            raise DatasetError(f"no table {name!r}", remedy=f"tables: {', '.join(TABLES)}")
        return self.arrow(f'SELECT * FROM "{name}" ORDER BY {ORDER[name]}')  # noqa: S608 (a name out of TABLES)

    def __getitem__(self, name: str) -> pd.DataFrame:
        return to_frame(self.table(name))

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name in TABLES:
            return self[name]
        raise AttributeError(name)

    def __enter__(self) -> Dataset:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self._connection.close()
        self._spill.cleanup()

    def __repr__(self) -> str:
        return f"<Dataset {self.place.url}: {', '.join(TABLES)}>"


def _run(connection: Any, sql: str, parameters: Sequence[object]) -> Any:
    found = connection.sql(sql, params=list(parameters))
    return found.to_arrow_table()


def _refused(error: Exception) -> DatasetError:
    return DatasetError(f"the query was refused: {error}", remedy="one SELECT over the tables of the data set; `DESCRIBE tasks` lists columns")


def _single_select(connection: Any, sql: str) -> None:
    import duckdb

    try:
        statements = connection.extract_statements(sql)
    except duckdb.Error as error:
        raise _refused(error) from error
    kinds = [statement.type.name for statement in statements]
    if kinds != ["SELECT"]:  # not EXPLAIN either: EXPLAIN ANALYZE COPY would write
        raise DatasetError(f"only one SELECT may be asked, not {' + '.join(kinds) or 'nothing'}", remedy="the data set is read only")


def _connect(place: Place, snapshot: Snapshot, spill: str) -> Any:
    """A private in-memory database with one view per table, then locked: no files but the parts, no network, no settings."""
    import duckdb

    connection = duckdb.connect(":memory:")
    parts = {t: {p: str(place.local(part_name(t, p))) for p, has in sorted(snapshot.parts.items()) if t in has} for t in TABLES}
    for table in TABLES:
        name = f"stored_{table}" if table == "citations" else table
        connection.execute(f'CREATE VIEW "{name}" AS {_living(connection, table, parts[table], snapshot)}')
    connection.execute(_LINKS)
    connection.execute(_CITATIONS)
    allowed = ", ".join(_quoted(path) for files in parts.values() for path in files.values())
    connection.execute(f"SET temp_directory = {_quoted(spill)}")
    if allowed:
        connection.execute(f"SET allowed_paths = [{allowed}]")
    for setting in ("python_enable_replacements", "autoinstall_known_extensions", "autoload_known_extensions", "enable_external_access"):
        connection.execute(f"SET {setting} = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _living(connection: Any, table: str, parts: dict[str, str], snapshot: Snapshot) -> str:
    """SQL for the rows of a table that are not dead; an empty table keeps its columns."""
    columns = ", ".join(f'CAST(NULL AS {_SQL[kind]}) AS "{name}"' for name, kind in TABLES[table])
    nothing = f"SELECT {columns} WHERE false"
    if not parts:
        return nothing
    files = ", ".join(_quoted(path) for path in parts.values())
    rows = f"FROM read_parquet([{files}], union_by_name = true, filename = 'part_file') p"
    column, dead = snapshot.dead(table)
    where = ""
    if dead:
        connection.execute(f"CREATE TABLE dead_{table} (name VARCHAR, number BIGINT)")
        _insert(connection, f"dead_{table}", dead)
        part = "CAST(regexp_extract(p.part_file, 'part-([0-9]+)[.]parquet$', 1) AS BIGINT)"
        where = f'WHERE NOT EXISTS (FROM dead_{table} d WHERE d.name = p."{column}" AND d.number > {part})'
    return f"{nothing} UNION ALL BY NAME SELECT * EXCLUDE (part_file) {rows} {where}"


def _insert(connection: Any, table: str, dead: Mapping[str, int]) -> None:
    import pyarrow as pa

    incoming = pa.table({"name": pa.array(list(dead), pa.string()), "number": pa.array(list(dead.values()), pa.int64())})
    connection.register("incoming", incoming)
    connection.execute(f"INSERT INTO {table} FROM incoming")
    connection.unregister("incoming")


_SQL = MappingProxyType({"text": "VARCHAR", "int": "BIGINT", "real": "DOUBLE", "flag": "BOOLEAN", "texts": "VARCHAR[]", "reals": "DOUBLE[]"})


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def to_frame(table: Any) -> pd.DataFrame:
    """An Arrow table as a DataFrame: whole numbers and flags that may be absent keep their type, lists are Python lists."""
    import pandas as pd
    import pyarrow as pa

    kinds = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
    lists = [f.name for f in table.schema if pa.types.is_list(f.type)]
    frame: pd.DataFrame = table.drop_columns(lists).to_pandas(types_mapper=kinds.get)
    for place, name in enumerate(table.schema.names):
        if name in lists:
            frame.insert(place, name, pd.Series(table[name].to_pylist(), dtype=object, index=frame.index))
    return frame


def rows_to_frame(table: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows of `to_rows` as the DataFrame that the data set would give."""
    import pyarrow as pa

    schema = arrow_schema(table)
    return to_frame(pa.Table.from_pylist(rows, schema=schema))
