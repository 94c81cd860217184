"""Where a record comes from: its row with all evidence, what hangs on it, and the headings it stands under."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from extractor.dataset.opening import Dataset
from extractor.errors import DatasetError

# what an id's last part begins with → the table, and the column that holds the id (None: the row's `seq` in its document)
_BY_LETTER: Mapping[str, tuple[str, str | None]] = MappingProxyType(
    {
        "t": ("tasks", "task_id"),
        "d": ("duties", "duty_id"),
        "b": ("blocks", "block_id"),
        "x": ("cells", "table_id"),
        "i": ("indicators", None),
        "c": ("citations", None),
        "f": ("findings", None),
    }
)
_HANGING = (("assignments", "task_id"), ("deadlines", "owner_id"))
_ID = re.compile(r"(?P<doc>[0-9a-f]{16})(?::(?P<letter>[a-z])(?P<number>\d+))?")

_HEADINGS = """
WITH RECURSIVE up AS (
    SELECT block_id, parent_id, text, marker, 0 AS step FROM blocks WHERE block_id = (
        SELECT block_id FROM blocks WHERE doc_id = $1 AND char_start <= $2 AND char_end > $2 ORDER BY char_end - char_start LIMIT 1)
    UNION ALL SELECT b.block_id, b.parent_id, b.text, b.marker, up.step + 1 FROM blocks b JOIN up ON b.block_id = up.parent_id WHERE up.step < 50
) SELECT concat_ws(' ', marker, text) AS heading FROM up WHERE step > 0 ORDER BY step DESC
"""


@dataclass(frozen=True, slots=True)
class Explained:
    """A row of `table`; `documents`: (path, number) of the files it stands in; `headings`: what it stands under, outermost first."""

    table: str
    row: Mapping[str, Any]
    documents: tuple[tuple[str, str | None], ...]
    headings: tuple[str, ...] = ()


def explain(dataset: Dataset, record: str) -> list[Explained]:
    """The record of an id (of a document, task, duty, block, table; or `DOC_ID:i3` for its fourth indicator, `c`: citation, `f`: finding).

    The record comes first, then the rows that hang on it: assignments and deadlines. Header fields come with their own evidence.
    Raises: DatasetError where there is no such record.
    """
    found = _ID.fullmatch(record)
    rows = _rows(dataset, found, record) if found else []
    if not rows or found is None:
        raise DatasetError(f"no record {record!r}", file=dataset.place.url, remedy="`vanban show` lists ids")
    papers = dataset.arrow("SELECT path, number FROM documents WHERE doc_id = ? ORDER BY path", [found["doc"]]).to_pylist()
    files = tuple((paper["path"], paper["number"]) for paper in papers)
    return [Explained(table, row, files, _headings(dataset, row) if n == 0 else ()) for n, (table, row) in enumerate(rows)]


def _rows(dataset: Dataset, found: re.Match[str], record: str) -> list[tuple[str, dict[str, Any]]]:
    letter = found["letter"]
    if letter is None:
        return [("documents", _with_fields(row)) for row in _select(dataset, "documents", "doc_id", [record])]
    if letter not in _BY_LETTER:
        return []
    table, column = _BY_LETTER[letter]
    if column is None:
        return [(table, row) for row in _select(dataset, table, "doc_id = ? AND seq", [found["doc"], int(found["number"])])]
    rows = [(table, row) for row in _select(dataset, table, column, [record])]
    return rows + [(other, row) for other, owner in _HANGING for row in _select(dataset, other, owner, [record])]


def _select(dataset: Dataset, table: str, column: str, values: list[object]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = dataset.arrow(f"SELECT * FROM {table} WHERE {column} = ?", values).to_pylist()  # noqa: S608 (our own words)
    return rows


def _with_fields(row: dict[str, Any]) -> dict[str, Any]:
    """A documents row with the evidence of each header field spelt out, as columns `FIELD: evidence`."""
    fields = json.loads(row.pop("field_evidence") or "{}")
    return row | {f"{name}: evidence": _evidence(found) for name, found in fields.items() if not name.startswith("_")}


def _evidence(found: Mapping[str, Any]) -> str:
    page = f", page {found['page']}" if found.get("page") else ""
    box = f", box {found['bbox']}" if found.get("bbox") else ""
    return f"“{found['quote']}” ({found['char_start']}-{found['char_end']}{page}{box}, {found['source'] or 'no source'})"


def _headings(dataset: Dataset, row: Mapping[str, Any]) -> tuple[str, ...]:
    if row.get("char_start") is None:
        return ()
    return tuple(found["heading"] for found in dataset.arrow(_HEADINGS, [row["doc_id"], row["char_start"]]).to_pylist())
