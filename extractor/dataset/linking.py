"""Citations of documents that the data set holds: their `target_id` written into the parts, for other programs to read."""

from __future__ import annotations

from typing import Any

from extractor.dataset.opening import Dataset
from extractor.dataset.parts import encode, part_name
from extractor.dataset.places import Place

_KEYS = ("number", "doc_type", "issued_on")


def write_links(place: Place) -> int:
    """Bring the stored `target_id` of every citation up to date; the number of parts that had to change.

    Only under the run's lock, when the parts have no dead rows. A part of `citations` is replaced whole, by one that differs
    in nothing else, so that readers never see it in between.
    """
    with Dataset(place) as dataset:
        found = {tuple(row[key] for key in _KEYS): row["target_id"] for row in dataset.arrow("SELECT * FROM links").to_pylist()}
        parts = [part for part, tables in dataset.snapshot.parts.items() if "citations" in tables]
    return sum(_link(place, part_name("citations", part), found) for part in parts)


def _link(place: Place, name: str, found: dict[tuple[Any, ...], str]) -> bool:
    import pyarrow as pa
    import pyarrow.parquet as pq

    with pq.ParquetFile(place.local(name)) as file:
        table = file.read()
    if not {*_KEYS, "target_id"} <= set(table.schema.names):
        return False
    keys = zip(*(table[key].to_pylist() for key in _KEYS), strict=True)
    links = pa.chunked_array([pa.array([found.get(key) for key in keys], pa.string())])
    if links.to_pylist() == table["target_id"].to_pylist():
        return False
    place.write(name, encode(table.set_column(table.schema.get_field_index("target_id"), "target_id", links)))
    return True
