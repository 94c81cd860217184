"""File → document, one file per format. `READERS` says which function reads which media type."""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from extractor.errors import EmptyFile, MissingFile, ReadError, UnknownFormat
from extractor.layout.assemble import lay_out
from extractor.layout.pieces import Draft
from extractor.model import Document
from extractor.readers import formats
from extractor.readers.formats import ReadOptions, Source

Reader = Callable[[Source, ReadOptions], Draft]

# media type → module:function, imported only when such a file comes (a text-only run never loads a PDF engine)
READERS: Mapping[str, str] = MappingProxyType(
    {
        formats.TEXT: "extractor.readers.text:read_text",
        formats.DOCX: "extractor.readers.docx:read_docx",
        formats.PDF: "extractor.readers.pdf:read_pdf",
    }
)


def load(path: str | Path) -> Source:
    """The bytes of a file.

    Raises: MissingFile, EmptyFile.
    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise MissingFile(error.strerror or "cannot be opened", file=str(path), remedy="check the path and its permissions") from error
    if not data:
        raise EmptyFile("the file is empty", file=str(path), remedy="get it again from its source")
    return Source(str(path), data)


def read(source: Source, options: ReadOptions = ReadOptions()) -> Document:
    """The document in `source`.

    Raises: ReadError (which one says why: see `extractor.errors`).
    """
    media_type = formats.sniff(source)
    if media_type not in READERS:
        raise UnknownFormat(f"no reader for {media_type or 'this content'}", file=source.path, remedy=f"readable: {', '.join(READERS)}")
    module, name = READERS[media_type].split(":")
    try:
        draft = getattr(importlib.import_module(module), name)(source, options)
    except ReadError as error:
        error.file = error.file or source.path
        raise
    text, blocks, tables, words = lay_out(draft)
    return Document(
        path=source.path,
        sha256=hashlib.sha256(source.data).hexdigest(),
        size_bytes=len(source.data),
        media_type=media_type,
        text=text,
        blocks=blocks,
        tables=tables,
        words=words,
        page_count=draft.page_count,
        pages=draft.pages,
        text_source=draft.text_source,
        notices=draft.notices,
        properties=draft.properties,
    )
