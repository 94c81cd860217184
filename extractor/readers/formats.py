"""What a file is, told by its content; the suffix only decides between kinds of plain text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from types import MappingProxyType

import regex

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOC = "application/msword"
XLS = "application/vnd.ms-excel"
RTF = "application/rtf"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
WORD_XML = "application/vnd.ms-word.xml"  # "Word 2003 XML document", one flat file
EXCEL_XML = "application/vnd.ms-excel.xml"  # "XML Spreadsheet 2003"
XLSB = "application/vnd.ms-excel.sheet.binary.macroenabled.12"
ENCRYPTED_OFFICE = "application/x-encrypted-office"
PDF = "application/pdf"
HTML = "text/html"
MHTML = "multipart/related"
EML = "message/rfc822"
ZIP = "application/zip"
TEXT = "text/plain"
PNG = "image/png"
JPEG = "image/jpeg"
TIFF = "image/tiff"
BMP = "image/bmp"
GIF = "image/gif"
WEBP = "image/webp"

# known, but not read: named so that the message can say what the file is
_UNREAD_MAGIC = (
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
    (b"SQLite format 3\0", "application/vnd.sqlite3"),
    (b"PAR1", "application/vnd.apache.parquet"),
)
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
    (b"II+\0", TIFF),
    (b"MM\0+", TIFF),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"{\\rtf", RTF),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OPEN_DOCUMENT: Mapping[bytes, str] = MappingProxyType(
    {ODT.encode(): ODT, ODS.encode(): ODS, (ODT + "-template").encode(): ODT, (ODS + "-template").encode(): ODS}
)
# by stream of an OLE compound file, in order of weight
_OLE_STREAMS = (
    ("EncryptedPackage", ENCRYPTED_OFFICE),
    ("WordDocument", DOC),
    ("Workbook", XLS),
    ("Book", XLS),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("__properties_version1.0", "application/vnd.ms-outlook"),
)
_TAGS = regex.compile(r"<(?:!doctype\s+html|html|head|body|meta|table|div|p|span|style|title)\b", regex.IGNORECASE)
_MAIL_HEADER = regex.compile(r"(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2}")
_MAIL_NAMES = regex.compile(r"(?im)^(?:from|to|subject|date|received|mime-version|message-id|return-path|delivered-to|content-type):")


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
    """The media type, or None for content of no format we know."""
    data = source.data
    head = data[:2048]
    if b"%PDF-" in head[:1024]:
        return PDF
    if head[:2] == b"PK":
        return _sniff_zip(source)
    if head[:8] == _OLE:
        return _sniff_ole(source)
    for magic, media_type in (*_MAGIC, *_UNREAD_MAGIC):
        if head.startswith(magic):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[:2] == b"BM" and len(data) >= 26 and head[14] in (12, 40, 52, 56, 64, 108, 124):
        return BMP
    return _sniff_text(source)


def _sniff_zip(source: Source) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            names = set(archive.namelist())
            kind = archive.read("mimetype")[:200].strip() if "mimetype" in names and archive.getinfo("mimetype").file_size < 200 else b""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return _sniff_broken_zip(source)
    if kind in _OPEN_DOCUMENT:
        return _OPEN_DOCUMENT[kind]
    if "[Content_Types].xml" not in names:
        return ZIP
    folders = {name.split("/", 1)[0] for name in names}
    if "word" in folders:
        return DOCX
    if "xl" in folders:
        return XLSB if "xl/workbook.bin" in names else XLSX
    return "application/vnd.openxmlformats-officedocument.presentationml.presentation" if "ppt" in folders else ZIP


def _sniff_broken_zip(source: Source) -> str:
    """A package cut short has lost its directory at the end; the names of its parts still stand before each of them, and so may its own."""
    suffix = PurePath(source.path).suffix.lower()
    for mark, suffixes, media_type in ((b"word/", (".docx", ".docm", ".dotx"), DOCX), (b"xl/", (".xlsx", ".xlsm"), XLSX)):
        if mark in source.data or suffix in suffixes:
            return media_type
    return ZIP


def _sniff_ole(source: Source) -> str:
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(source.data)) as file:
            names = {entry[0] for entry in file.listdir(streams=True, storages=True)}
    except Exception:  # a broken directory raises anything; the readers say what is wrong
        names = {stream for stream, _ in _OLE_STREAMS if f"{stream}\0".encode("utf-16-le") in source.data}
    named = next((media_type for stream, media_type in _OLE_STREAMS if stream in names), None)
    by_suffix = {".doc": DOC, ".dot": DOC, ".xls": XLS} if not names else {}
    return named or by_suffix.get(PurePath(source.path).suffix.lower(), "application/x-ole-storage")


def _sniff_text(source: Source) -> str | None:
    suffix = PurePath(source.path).suffix.lower()
    text = decode_head(source.data[:16384])
    if text is None:
        return None
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        markup = _sniff_markup(start, suffix)
        if markup:
            return markup
    if _MAIL_HEADER.match(start.replace("\r\n", "\n")) and len(set(_MAIL_NAMES.findall(start[:4096]))) >= 2:
        web_page = "multipart/related" in start[:4096].lower() and not regex.search(r"(?im)^(?:received|to|delivered-to):", start[:4096])
        return MHTML if web_page else EML
    return HTML if suffix in {".html", ".htm", ".xhtml"} and _TAGS.search(text) else TEXT


def _sniff_markup(start: str, suffix: str) -> str | None:
    if "schemas.microsoft.com/office/word/2003/wordml" in start or 'progid="Word.Document"' in start[:1000]:
        return WORD_XML
    if 'progid="Excel.Sheet"' in start[:1000] or ("urn:schemas-microsoft-com:office:spreadsheet" in start[:2000] and "<Workbook" in start):
        return EXCEL_XML
    first = _TAGS.search(start)
    if first is None:
        return None
    # a page says so at once; a fragment ("<ul><li>" in a text file) does not make a page of it
    named = regex.search(r"<(?:!doctype\s+html|html|head|body)\b", start, regex.IGNORECASE)
    return HTML if named or suffix in {".html", ".htm", ".xhtml", ".doc", ".xls"} else None


def decode_head(head: bytes) -> str | None:
    """The beginning of a text file, good enough to tell its kind; None where the bytes are no text."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    if b"\0" in head:
        return _decode_wide(head)
    controls = sum(head.count(code) for code in (*range(1, 9), *range(14, 27), *range(28, 32)))
    return None if controls > max(2, len(head) // 50) else head.decode("utf-8", "replace")


def wide_encoding(head: bytes) -> str | None:
    """Which UTF-16 the zero bytes of `head` speak for, None for neither."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) <= len(head) // 10 or min(even, odd) * 4 > max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _decode_wide(head: bytes) -> str | None:
    """UTF-16 without a byte order mark, told by where its zero bytes stand; None for anything else."""
    encoding = wide_encoding(head)
    if encoding is None:
        return None
    text = head[: len(head) // 2 * 2].decode(encoding, "replace")
    return text if 10 * sum(c.isprintable() or c in "\r\n\t\ufeff" for c in text) >= 9 * len(text) else None
