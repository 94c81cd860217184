"""One file, all its tables, in this process."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from extractor import __version__, pipeline
from extractor.dataset.columns import TABLES
from extractor.dataset.opening import rows_to_frame
from extractor.dataset.rows import Rows, to_rows
from extractor.model import Document, Records
from extractor.readers import load
from extractor.readers.formats import ReadOptions

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Extraction:
    """What one file says. `extraction.tasks`, `extraction["tasks"]`: a table of the contract as a pandas DataFrame."""

    document: Document
    records: Records
    seconds: float

    @cached_property
    def rows(self) -> Rows:
        """The rows of every table, as plain dictionaries."""
        return to_rows(self.document, self.records, seconds=self.seconds, version=__version__)

    def __getitem__(self, table: str) -> pd.DataFrame:
        return rows_to_frame(table, self.rows[table])

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name in TABLES:
            return self[name]
        raise AttributeError(name)

    def __repr__(self) -> str:
        return f"<Extraction {self.document.path}: {len(self.records.tasks)} tasks, {len(self.records.indicators)} indicators>"


def extract(path: str | os.PathLike[str], options: ReadOptions = ReadOptions()) -> Extraction:
    """Read one file and record what it says, in this process and without limits beyond those of `options`.

    Raises: ReadError (which one says why) where the file cannot be read at all.
    """
    started = time.perf_counter()
    document, records = pipeline.run(load(os.fspath(path)), options)
    return Extraction(document, records, time.perf_counter() - started)
