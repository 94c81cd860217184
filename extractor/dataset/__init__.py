"""Records → a data set of Parquet parts, queries over it, and exports of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractor.dataset.columns import KEYS, TABLES, arrow_schema
from extractor.dataset.explaining import Explained, explain
from extractor.dataset.exports import FORMATS, export
from extractor.dataset.linking import write_links
from extractor.dataset.listing import Wanted, list_rows
from extractor.dataset.opening import Dataset, open_dataset, to_frame
from extractor.dataset.parts import Snapshot, Writer, from_message, read_snapshot, to_arrow, to_message
from extractor.dataset.places import Place, is_url, open_place, open_store
from extractor.dataset.rows import Rows, failed_row, to_rows

if TYPE_CHECKING:
    from extractor.dataset.extraction import Extraction, extract

__all__ = [
    "FORMATS",
    "KEYS",
    "TABLES",
    "Dataset",
    "Explained",
    "Extraction",
    "Place",
    "Rows",
    "Snapshot",
    "Wanted",
    "Writer",
    "arrow_schema",
    "explain",
    "export",
    "extract",
    "failed_row",
    "from_message",
    "is_url",
    "list_rows",
    "open_dataset",
    "open_place",
    "open_store",
    "read_snapshot",
    "to_arrow",
    "to_frame",
    "to_message",
    "to_rows",
    "write_links",
]


def __getattr__(name: str) -> Any:
    """`Extraction` and `extract` bring the readers with them; whoever only queries a data set need not wait for those."""
    if name not in ("Extraction", "extract"):
        raise AttributeError(f"module 'extractor.dataset' has no attribute {name!r}")
    from extractor.dataset import extraction

    return getattr(extraction, name)
