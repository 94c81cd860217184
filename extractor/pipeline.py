"""The rooms in order, for one file; nothing else."""

from __future__ import annotations

from extractor.model import Document, Header, Records
from extractor.readers import ReadOptions, Source, read


def record(document: Document) -> Records:
    """What the document says."""
    return Records(Header())


def run(source: Source, options: ReadOptions = ReadOptions()) -> tuple[Document, Records]:
    """Read a file and record what it says.

    Raises: ReadError where the file cannot be read at all.
    """
    document = read(source, options)
    return document, record(document)
