"""The tables of a data set and their columns, in order; the contract that data sets of different years share.

A kind is "text", "int", "real", "flag", "texts" (list of text) or "reals" (list of numbers). Dates are ISO 8601 days and
kept as text, so that looser times (EDTF) and days sort and join alike. A table may gain columns; none is renamed.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

Columns = tuple[tuple[str, str], ...]

# where a row's words stand, how sure they are, and the pattern or column that made the row
EVIDENCE: Columns = (
    ("quote", "text"),
    ("char_start", "int"),
    ("char_end", "int"),
    ("page", "int"),
    ("bbox", "reals"),
    ("confidence", "real"),
    ("source", "text"),
)

_DOCUMENTS: Columns = (
    ("doc_id", "text"),
    ("path", "text"),
    ("sha256", "text"),
    ("size_bytes", "int"),
    ("media_type", "text"),
    ("page_count", "int"),
    ("text_source", "text"),
    ("status", "text"),
    ("error", "text"),
    ("doc_type", "text"),
    ("number", "text"),
    ("title", "text"),
    ("issuer", "text"),
    ("issuer_id", "text"),
    ("place", "text"),
    ("place_id", "text"),
    ("issued_on", "text"),
    ("addressees", "texts"),
    ("recipients", "texts"),
    ("signer", "text"),
    ("signer_title", "text"),
    ("signing_mode", "text"),
    ("period", "text"),
    ("extractor_version", "text"),
    ("seconds", "real"),
    # beyond the contract: where each header field stands (JSON: field → evidence), what the file says of itself (JSON),
    ("field_evidence", "text"),
    ("properties", "text"),
    # … who signed it digitally, when each first did (ISO 8601), both by time and parted by "; ", and whether the signatures hold
    ("signed_by", "text"),
    ("signed_at", "text"),
    ("signature_intact", "flag"),
    # … and the file on disk the document came in (an archive, a letter with attachments, or the document itself)
    ("file", "text"),
    ("file_sha256", "text"),
    ("file_size", "int"),
    ("file_mtime_ns", "int"),
    ("options", "text"),
)

TABLES: Mapping[str, Columns] = MappingProxyType(
    {
        "documents": _DOCUMENTS,
        "texts": (("doc_id", "text"), ("text", "text"), *EVIDENCE),
        "blocks": (
            ("doc_id", "text"),
            ("block_id", "text"),
            ("kind", "text"),
            ("level", "int"),
            ("marker", "text"),
            ("text", "text"),
            ("parent_id", "text"),
            ("table_id", "text"),
            ("furniture", "text"),
            *EVIDENCE,
        ),
        "cells": (
            ("doc_id", "text"),
            ("table_id", "text"),
            ("row", "int"),
            ("col", "int"),
            ("row_span", "int"),
            ("col_span", "int"),
            ("is_header", "flag"),
            ("text", "text"),
            ("hidden", "flag"),
            *EVIDENCE,
        ),
        "mentions": (("doc_id", "text"), ("kind", "text"), ("value", "text"), ("ref_id", "text"), *EVIDENCE),
        "citations": (
            ("doc_id", "text"),
            ("seq", "int"),
            ("text", "text"),
            ("doc_type", "text"),
            ("number", "text"),
            ("issued_on", "text"),
            ("issuer", "text"),
            ("relation", "text"),
            ("target_id", "text"),
            *EVIDENCE,
        ),
        "tasks": (
            ("doc_id", "text"),
            ("task_id", "text"),
            ("seq", "int"),
            ("origin", "text"),
            ("code", "text"),
            ("text", "text"),
            ("area", "text"),
            ("parent", "text"),
            ("product", "text"),
            ("status", "text"),
            ("status_text", "text"),
            *EVIDENCE,
        ),
        "assignments": (
            ("doc_id", "text"),
            ("task_id", "text"),
            ("seq", "int"),
            ("role", "text"),
            ("agency", "text"),
            ("agency_id", "text"),
            ("is_group", "flag"),
            *EVIDENCE,
        ),
        "deadlines": (
            ("doc_id", "text"),
            ("owner_id", "text"),
            ("seq", "int"),
            ("text", "text"),
            ("relation", "text"),
            ("edtf", "text"),
            ("start_on", "text"),
            ("due_on", "text"),
            ("rrule", "text"),
            ("trigger", "text"),
            *EVIDENCE,
        ),
        "indicators": (
            ("doc_id", "text"),
            ("indicator_id", "text"),
            ("seq", "int"),
            ("origin", "text"),
            ("form", "text"),
            ("code", "text"),
            ("label", "text"),
            ("unit", "text"),
            ("period", "text"),
            ("value_text", "text"),
            ("value", "real"),
            ("numerator", "real"),
            ("denominator", "real"),
            ("approx", "text"),
            ("note", "text"),
            ("blank", "flag"),
            ("columns", "texts"),
            ("subject", "text"),
            *EVIDENCE,
        ),
        "duties": (
            ("doc_id", "text"),
            ("duty_id", "text"),
            ("seq", "int"),
            ("who", "texts"),
            ("what", "text"),
            ("to", "text"),
            ("via", "text"),
            ("cutoff", "text"),
            ("forms", "texts"),
            *EVIDENCE,
        ),
        "findings": (
            ("doc_id", "text"),
            ("seq", "int"),
            ("rule", "text"),
            ("severity", "text"),
            ("message", "text"),
            ("expected", "text"),
            ("actual", "text"),
            ("refs", "texts"),
            *EVIDENCE,
        ),
    }
)

# the column of a table that names one of its rows
KEYS: Mapping[str, str] = MappingProxyType({"tasks": "task_id", "duties": "duty_id", "blocks": "block_id", "documents": "doc_id"})


class _NoPandas:
    """Stands before the import system for a moment and says that there is no pandas."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        """Raises: ImportError for pandas."""
        if name == "pandas":
            raise ImportError(name)


@cache
def _spare_pandas() -> None:
    """Let pyarrow find out that there is no pandas, if nobody has loaded it yet.

    On its first conversion pyarrow loads pandas (0.2 s, 40 MB for each reading process) only to ask whether a list is a Series.
    It looks again when a DataFrame is really wanted.
    """
    import pyarrow as pa

    if "pandas" in sys.modules:
        return
    finder: Any = _NoPandas()
    sys.meta_path.insert(0, finder)
    try:
        pa.array([])
    finally:
        sys.meta_path.remove(finder)


@cache
def arrow_schema(table: str) -> Any:
    """The Arrow schema of a table; every column may be NULL."""
    import pyarrow as pa

    _spare_pandas()
    kinds = {
        "text": pa.string(),
        "int": pa.int64(),
        "real": pa.float64(),
        "flag": pa.bool_(),
        "texts": pa.list_(pa.string()),
        "reals": pa.list_(pa.float64()),
    }
    return pa.schema([(name, kinds[kind]) for name, kind in TABLES[table]])
