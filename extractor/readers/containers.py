"""ZIP archives and e-mail → the documents inside, each a source of its own with its path inside.

Nothing is written to disk. Limits hold for all that one outermost file unpacks to, however deep it is nested.
"""

from __future__ import annotations

import email
import email.policy
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage, MIMEPart
from pathlib import PurePosixPath

import regex

from extractor.errors import BrokenFile, EmptyFile, LimitExceeded, ReadError
from extractor.readers import formats
from extractor.readers.formats import Source
from extractor.readers.package import MAX_PART, unpack

MAX_DEPTH = 3  # containers inside each other
MAX_ENTRIES = 20_000
MAX_TOTAL = 4 * 1024 * 1024 * 1024  # bytes unpacked
# what operating systems and office programs leave behind
_LITTER = regex.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$|\._)", regex.IGNORECASE)
_UNSAFE = regex.compile(r"(?:^|[\\/])\.\.(?:[\\/]|$)|^[\\/]|^[A-Za-z]:[\\/]|\0")


@dataclass(slots=True)
class Budget:
    """What may still be unpacked of one outermost file."""

    entries: int = field(default_factory=lambda: MAX_ENTRIES)
    total: int = field(default_factory=lambda: MAX_TOTAL)

    def spend(self, size: int, path: str) -> None:
        """Raises: LimitExceeded."""
        self.entries -= 1
        self.total -= size
        if self.entries < 0:
            raise LimitExceeded(f"more than {MAX_ENTRIES} files inside", file=path, remedy="unpack it and give the folder")
        if self.total < 0:
            raise LimitExceeded(f"unpacks to more than {MAX_TOTAL >> 30} GiB", file=path, remedy="unpack it and give the folder")


def open_zip(source: Source) -> Iterator[Source | ReadError]:
    """The documents in a ZIP archive; what cannot be read comes as its error, which names it."""
    yield from _opened(source, Budget(), 1)


def open_mail(source: Source) -> Iterator[Source | ReadError]:
    """The message's text and its attachments."""
    yield from _opened(source, Budget(), 1)


def _opened(source: Source, budget: Budget, depth: int) -> Iterator[Source | ReadError]:
    """The documents in a container, containers inside it opened in their turn."""
    inside = _zip_entries(source, budget) if formats.sniff(source) == formats.ZIP else _mail_parts(source, budget)
    for found in inside:
        if isinstance(found, ReadError):
            yield found
            if isinstance(found, LimitExceeded) and (budget.entries < 0 or budget.total < 0):
                return
        elif formats.sniff(found) not in (formats.ZIP, formats.EML):
            yield found
        elif depth >= MAX_DEPTH:
            yield LimitExceeded(f"containers more than {MAX_DEPTH} deep are not opened", file=found.path, remedy="unpack it and give the folder")
        else:
            yield from _opened(found, budget, depth + 1)
            if budget.entries < 0 or budget.total < 0:
                return


# ---- ZIP -------------------------------------------------------------------------------------------------------


def _zip_entries(source: Source, budget: Budget) -> Iterator[Source | ReadError]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(source.data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        yield BrokenFile(f"the archive is damaged or cut short: {error}", file=source.path, remedy="get it again from its source")
        return
    found = False
    for entry in entries:
        name = _name(entry)
        if name.endswith("/") or _LITTER.search(name):  # not `is_dir`, which stumbles over an empty name
            continue
        found = True
        try:
            yield _unpacked(source, archive, entry, budget)
        except ReadError as error:
            yield error
            if budget.entries < 0 or budget.total < 0:
                return
    if not found:
        yield EmptyFile("the archive holds no file", file=source.path, remedy="get it again from its source")


def _unpacked(source: Source, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget) -> Source:
    name = _name(entry)
    path = f"{source.path}!/{name}"
    if _UNSAFE.search(name):
        raise BrokenFile("its name leads out of the archive, as in an attack", file=path, remedy="do not unpack this archive")
    if entry.external_attr >> 16 & 0o170000 == 0o120000:
        raise BrokenFile("it is a symbolic link, which is not followed", file=path)
    budget.spend(entry.file_size, path)
    data = unpack(archive, entry, path)
    if not data:
        raise EmptyFile("the file is empty", file=path, remedy="get it again from its source")
    return Source(path, data)


def _name(entry: zipfile.ZipInfo) -> str:
    """The entry's name; archives made on Windows store UTF-8 or Vietnamese code pages without saying so."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "cp1258"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


# ---- e-mail ----------------------------------------------------------------------------------------------------


def _mail_parts(source: Source, budget: Budget) -> Iterator[Source | ReadError]:
    """The body (HTML where there is one, else text) and every attachment; pictures inside the text are left out."""
    try:
        message = email.message_from_bytes(source.data, policy=email.policy.default)
        body = message.get_body(("html", "plain")) if isinstance(message, EmailMessage) else None
        attachments = list(message.iter_attachments()) if isinstance(message, EmailMessage) and message.is_multipart() else []
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError) as error:
        yield BrokenFile(f"the message is damaged: {error}", file=source.path, remedy="save its attachments by hand")
        return
    parts: list[tuple[MIMEPart, str]] = [(part, f"attachment-{index}") for index, part in enumerate(attachments, 1)]
    if body is not None:
        parts.insert(0, (body, "message.html" if body.get_content_type() == "text/html" else "message.txt"))
    found = False
    for part, name in parts:
        if part is not body and part.get_content_disposition() != "attachment" and part.get_content_maintype() == "image":
            continue
        try:
            inner = _part(source, part, name, budget)
        except ReadError as error:
            yield error
            continue
        found = found or inner is not None
        if inner is not None:
            yield inner
    if not found:
        yield EmptyFile("the message has neither text nor attachment", file=source.path)


def _part(source: Source, part: MIMEPart, name: str, budget: Budget) -> Source | None:
    """A part's bytes under its own name, text as UTF-8; None for one without a word."""
    name = PurePosixPath((part.get_filename() or name).replace("\\", "/")).name or name
    path = f"{source.path}!/{name}"
    try:
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload(0)
            data = inner.as_bytes() if isinstance(inner, EmailMessage) else b""
            path = path if path.endswith(".eml") else f"{path}.eml"
        elif part.get_content_maintype() == "text" and part.get_content_disposition() != "attachment":
            data = b"\xef\xbb\xbf" + str(part.get_content()).encode("utf-8", "replace")
            data = b"" if not data[3:].strip() else data
        else:
            payload = part.get_payload(decode=True)
            data = payload if isinstance(payload, bytes) else b""
    except (LookupError, ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError) as error:
        raise BrokenFile(f"the attachment is damaged: {error}", file=path) from error
    if not data:
        return None
    budget.spend(len(data), path)
    if len(data) > MAX_PART:
        raise LimitExceeded(f"an attachment of {len(data) >> 20} MiB, at most {MAX_PART >> 20} are read", file=path)
    return Source(path, data)
