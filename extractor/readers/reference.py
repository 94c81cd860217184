"""A file's bare characters, for labels that point into documents which may not be copied.

This text is no reading of the document: no order, no tables, no clean-up. It depends on as little of our own code as can be,
so that offsets into it stay true while the readers change.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
from pathlib import Path

from extractor.errors import BrokenFile, MissingFile, UnknownFormat

TEXTS = (".txt", ".md", ".html", ".htm", ".csv")
PARTS = {".docx": ("word/document.xml", "word/footnotes.xml"), ".xlsx": ("xl/sharedStrings.xml",)}
BREAKS = ("p", "tr", "si", "br")  # elements of WordprocessingML and SpreadsheetML after which a line ends


def reference_text(path: Path) -> str:
    """The characters of a file in NFC: text files decoded as they stand (markup included), PDF pages joined by form feeds,
    the text nodes of DOCX and XLSX.

    Raises: MissingFile, BrokenFile; UnknownFormat where a format has no such text.
    """
    try:
        data, suffix = path.read_bytes(), path.suffix.casefold()
    except OSError as error:
        raise MissingFile(error.strerror or "cannot be opened", file=str(path), remedy="check the path and its permissions") from error
    try:
        return unicodedata.normalize("NFC", _characters(data, suffix, str(path)))
    except (UnicodeDecodeError, zipfile.BadZipFile, KeyError, SyntaxError) as error:
        raise BrokenFile(f"no characters can be taken from it: {error}", file=str(path), remedy="get it again from its source") from error


def _characters(data: bytes, suffix: str, name: str) -> str:
    if suffix in TEXTS:
        return data.decode("utf-8-sig")
    if suffix == ".pdf":
        from extractor.readers.pdf_reference import page_texts

        return "\f".join(page_texts(data, name))
    if suffix in PARTS:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return "\f".join(_nodes(package.read(part)) for part in PARTS[suffix] if part in package.namelist())
    raise UnknownFormat(f"{suffix or 'this format'} has no reference text", file=name, remedy="name a text file as the labels' reference")


def _nodes(xml: bytes) -> str:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    pieces = []
    for element in etree.fromstring(xml, parser).iter():
        kind = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if kind == "t":
            pieces.append(element.text or "")
        elif kind in BREAKS or kind == "tab":
            pieces.append("\n")
    return "".join(pieces)
