"""File → document, one file per format. `READERS` says which function reads which media type."""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from extractor.errors import CrashedFile, EmptyFile, MissingFile, ReadError, UnknownFormat
from extractor.model import Document
from extractor.readers import formats
from extractor.readers.formats import ReadOptions, Source

if TYPE_CHECKING:
    from extractor.layout.pieces import Draft, Piece


# media type → module:function, imported only when such a file comes (a text-only run never loads a PDF engine)
READERS: Mapping[str, str] = MappingProxyType(
    {
        formats.TEXT: "extractor.readers.text:read_text",
        formats.DOCX: "extractor.readers.docx:read_docx",
        formats.PDF: "extractor.readers.pdf:read_pdf",
        formats.HTML: "extractor.readers.html:read_html",
        formats.MHTML: "extractor.readers.html:read_mhtml",
        formats.XLSX: "extractor.readers.excel:read_xlsx",
        formats.XLS: "extractor.readers.excel:read_xls",
        formats.DOC: "extractor.readers.office:read_office",
        formats.RTF: "extractor.readers.office:read_office",
        formats.ODT: "extractor.readers.office:read_office",
        formats.WORD_XML: "extractor.readers.office:read_office",
        formats.ODS: "extractor.readers.office:read_office",
        formats.EXCEL_XML: "extractor.readers.office:read_office",
        formats.XLSB: "extractor.readers.office:read_office",
        **dict.fromkeys((formats.PNG, formats.JPEG, formats.TIFF, formats.BMP, formats.GIF, formats.WEBP), "extractor.readers.image:read_image"),
        formats.ENCRYPTED_OFFICE: "extractor.readers.office:refuse_encrypted",
    }
)
EMBEDDED = frozenset({formats.TEXT, formats.HTML, formats.MHTML, formats.DOCX})  # what a document may carry inside itself
CONTAINERS: Mapping[str, str] = MappingProxyType(
    {
        formats.ZIP: "extractor.readers.containers:open_zip",
        formats.EML: "extractor.readers.containers:open_mail",
    }
)


def load(path: str | Path) -> Source:
    """The bytes of a file.

    Raises: MissingFile, EmptyFile.
    """
    try:
        data = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "cannot be opened"
        raise MissingFile(reason, file=str(path), remedy="check the path and its permissions") from error
    if not data:
        raise EmptyFile("the file is empty", file=str(path), remedy="get it again from its source")
    return Source(str(path), data)


def open_sources(path: str | Path) -> Iterator[Source | ReadError]:
    """The documents in a file: itself, or, of a container (ZIP, e-mail), those in it, however deep, in their order.

    A document inside has the path `a.zip!/inner/b.docx`. What cannot be opened comes as its error, which names it; nothing is raised.
    """
    try:
        source = load(path)
    except ReadError as error:
        yield error
        return
    yield from inner_sources(source)


def inner_sources(source: Source) -> Iterator[Source | ReadError]:
    """As `open_sources`, for bytes already in hand."""
    opener = CONTAINERS.get(formats.sniff(source) or "")
    if opener is None:
        yield source
        return
    module, name = opener.split(":")
    yield from getattr(importlib.import_module(module), name)(source)


def is_container(source: Source) -> bool:
    """Whether `inner_sources` would look for documents inside."""
    return formats.sniff(source) in CONTAINERS


def read(source: Source, options: ReadOptions = ReadOptions()) -> Document:
    """The document in `source`.

    Raises: ReadError (which one says why: see `extractor.errors`).
    """
    from extractor.layout.assemble import lay_out  # here, as who only hands files on to other processes does without it

    media_type = formats.sniff(source)
    draft = draft_of(source, media_type, options)
    text, blocks, tables, words = lay_out(draft)
    if not draft.page_count and not text.strip():
        raise EmptyFile("there is no word in it", file=source.path, remedy="look whether its text is in pictures")
    return Document(
        path=source.path,
        sha256=hashlib.sha256(source.data).hexdigest(),
        size_bytes=len(source.data),
        media_type=media_type or "",
        text=text,
        blocks=blocks,
        tables=tables,
        words=words,
        page_count=draft.page_count,
        pages=draft.pages,
        text_source=draft.text_source,  # type: ignore[arg-type]
        notices=draft.notices,
        properties=draft.properties,
    )


def pieces_inside(source: Source) -> list[Piece] | None:
    """The pieces of a part that a document carries in another format, None where it is of no format we read.

    Raises: ReadError.
    """
    media_type = formats.sniff(source)
    return list(draft_of(source, media_type).pieces) if media_type in EMBEDDED else None


def draft_of(source: Source, media_type: str | None, options: ReadOptions = ReadOptions()) -> Draft:
    """What the reader for `media_type` makes of `source`, every failure turned into ours.

    Raises: ReadError.
    """
    if media_type in CONTAINERS:
        raise UnknownFormat(f"{media_type} holds documents and is none itself", file=source.path, remedy="give the file to extract, which opens it")
    if media_type is None or media_type not in READERS:
        remedy = "convert it to PDF, DOCX, XLSX, HTML or plain text"
        raise UnknownFormat(f"no reader for {media_type or 'this content'}", file=source.path, remedy=remedy)
    module, name = READERS[media_type].split(":")
    try:
        return getattr(importlib.import_module(module), name)(source, options)  # type: ignore[no-any-return]
    except ReadError as error:
        error.file = error.file or source.path
        raise
    except (Exception, RecursionError) as error:  # a library met what nobody foresaw: one row with its reason
        reason = f"unforeseen {type(error).__name__}: {error}" if str(error) else f"unforeseen {type(error).__name__}"
        raise CrashedFile(reason, file=source.path, remedy="report the file to the maintainers") from error
