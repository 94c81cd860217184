"""What a file is, told by its content; the suffix only decides between kinds of plain text."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
TEXT = "text/plain"


@dataclass(frozen=True, slots=True)
class Source:
    """A file's bytes and where they came from; `path` of a file inside an archive is `archive.zip!/inner/name.docx`."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read: `ocr` is "auto" (pages without usable text), "never" or "always"; limits are per file."""

    ocr: str = "auto"
    max_pages: int = 2000
    max_seconds: float = 600.0
    jobs: int = 1


def sniff(source: Source) -> str | None:
    """The media type, or None for content of no format we read."""
    head = source.data[:2048]
    if head.lstrip()[:5] == b"%PDF-" or b"%PDF-" in head[:1024]:
        return PDF
    if head[:4] == b"PK\x03\x04":
        return _sniff_zip(source.data)
    return TEXT if PurePath(source.path).suffix.lower() in {".txt", ".md", ".text", ""} or b"\0" not in head else None


def _sniff_zip(data: bytes) -> str | None:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return "application/zip"
    if "word/document.xml" in names:
        return DOCX
    return XLSX if "xl/workbook.xml" in names else "application/zip"
