"""OOXML packages (DOCX, XLSX): a zip opened within limits, its XML parsed without entities, DTDs or network."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from extractor.errors import BrokenFile, EncryptedFile, LimitExceeded
from extractor.readers.formats import Source

MAX_ENTRIES = 20_000  # parts of one package
MAX_PART = 160 * 1024 * 1024  # bytes of one part, unpacked
MAX_XML = 64 * 1024 * 1024  # bytes of a part whose tree is built: about 4,000 pages, ten times as much in memory
MAX_TOTAL = 1024 * 1024 * 1024  # bytes of all parts, unpacked
MAX_RATIO = 400  # unpacked : packed, asked only of parts over 8 MiB (a table of blanks packs 100 : 1)

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# "Strict" packages say the same with other names
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, KeyError)


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a relationship of a part points: `kind` is the last word of its type ("header", "footnotes", …)."""

    kind: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class Package:
    """An open package; `part` and `xml` are bounded by the limits above."""

    path: str
    archive: zipfile.ZipFile
    names: Mapping[str, str]  # lower-case name → name as stored

    def part(self, name: str) -> bytes | None:
        """The bytes of a part, or None where there is none.

        Raises: BrokenFile, LimitExceeded, EncryptedFile.
        """
        stored = self.names.get(name.lstrip("/").lower())
        return None if stored is None else unpack(self.archive, self.archive.getinfo(stored), self.path)

    def xml(self, name: str) -> etree._Element | None:
        """The root element of a part, or None where there is no such part.

        Raises: BrokenFile, LimitExceeded, EncryptedFile.
        """
        data = self.part(name)
        if data is not None and len(data) > MAX_XML:
            raise LimitExceeded(f"{name} unpacks to {len(data) >> 20} MiB, at most {MAX_XML >> 20} are read", file=self.path)
        return None if data is None else parse_xml(data, f"{self.path}: {name}")

    def relations(self, name: str) -> dict[str, Relation]:
        """The relationships of a part ("" = of the package) by id; targets are names inside the package unless external."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, Relation] = {}
        for relation in root if root is not None else ():
            target, kind = relation.get("Target", ""), relation.get("Type", "").rsplit("/", 1)[-1]
            external = relation.get("TargetMode") == "External"
            place = target if external else posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[relation.get("Id", "")] = Relation(kind, place, external)
        return found


def open_package(source: Source) -> Package:
    """The package in `source`.

    Raises: BrokenFile where it is no whole zip, LimitExceeded where it unpacks to too much.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(source.data))
    except _DAMAGE as error:
        raise BrokenFile(f"the package is damaged or cut short: {error}", file=source.path, remedy="get the file again from its source") from error
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise LimitExceeded(f"{len(entries)} parts, at most {MAX_ENTRIES} are read", file=source.path)
    total = sum(entry.file_size for entry in entries)
    if total > MAX_TOTAL:
        raise LimitExceeded(f"unpacks to {total >> 20} MiB, at most {MAX_TOTAL >> 20} are read", file=source.path)
    return Package(source.path, archive, {entry.filename.lstrip("/").lower(): entry.filename for entry in entries})


def unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str) -> bytes:
    """The bytes of one entry of a zip.

    Raises: BrokenFile, LimitExceeded, EncryptedFile.
    """
    if entry.flag_bits & 1:
        raise EncryptedFile(f"{entry.filename} needs a password", file=path, remedy="remove the password and try again")
    if entry.file_size > MAX_PART:
        raise LimitExceeded(f"{entry.filename} unpacks to {entry.file_size >> 20} MiB, at most {MAX_PART >> 20} are read", file=path)
    if entry.file_size > 8 << 20 and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
        raise LimitExceeded(f"{entry.filename} is packed more than {MAX_RATIO} : 1, as in a zip bomb", file=path)
    try:
        with archive.open(entry) as stream:  # reads no more than the size the directory declares
            return stream.read(entry.file_size)
    except (*_DAMAGE, RuntimeError) as error:
        raise BrokenFile(f"{entry.filename} is damaged: {error}", file=path, remedy="get the file again from its source") from error


def parse_xml(data: bytes, where: str) -> etree._Element:
    """The root element. Entities are never expanded, DTDs refused (OOXML has none), nothing is fetched.

    Raises: BrokenFile.
    """
    if b"purl.oclc.org/ooxml" in data:
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BrokenFile(f"damaged XML: {error}", file=where, remedy="open and save it again in Word or LibreOffice") from error
    if getattr(root.getroottree().docinfo, "doctype", None):
        raise BrokenFile("the XML carries a document type definition, which no office program writes", file=where)
    return root
