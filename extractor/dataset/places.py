"""Where a data set lives: a folder, or a prefix on an object store named by an fsspec URL.

A name inside a place is relative and uses "/". A write is whole or not at all: local files are written beside their name,
flushed to the disk and moved into place; object stores make an object visible only when it is complete.
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from pathlib import Path
from typing import Any, Protocol

from extractor.errors import DatasetError

_URL = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
TEMPORARY = ".tmp-"  # how the names of unfinished files begin


class Place(Protocol):
    """What a data set needs of the storage it lives on."""

    url: str

    def read(self, name: str) -> bytes: ...

    def write(self, name: str, content: Any) -> None: ...

    def write_file(self, name: str, file: Path) -> None:
        """Move a finished local file into the place."""
        ...

    def names(self, folder: str) -> list[str]: ...

    def remove(self, name: str) -> None: ...

    def size(self, name: str) -> int: ...

    def exists(self) -> bool: ...

    def local(self, name: str) -> Path:
        """A local file with the content of `name`: the file itself, or a copy that lasts as long as this object."""
        ...

    def draft(self, name: str) -> Path:
        """Where to write a file that `write_file` will move to `name`."""
        ...


def is_url(path: str | os.PathLike[str]) -> bool:
    """Whether `path` names something on a remote store (`s3://…`) and not a local file."""
    return _URL.match(os.fspath(path)) is not None


def open_place(path: str | os.PathLike[str]) -> Place:
    """The place at a local path or fsspec URL; nothing is created yet.

    Raises: DatasetError where the URL's protocol is unknown or its driver is not installed.
    """
    text = os.fspath(path)
    return Remote(text) if is_url(text) and not text.startswith("file://") else Folder(text.removeprefix("file://"))


class Folder:
    """A place on the local disk."""

    def __init__(self, path: str) -> None:
        self.url = path
        self.path = Path(path)

    def read(self, name: str) -> bytes:
        return (self.path / name).read_bytes()

    def write(self, name: str, content: Any) -> None:
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.parent / f"{TEMPORARY}{os.getpid()}-{target.name}"
        try:
            with open(temporary, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, target)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
        _flush_folder(target.parent)

    def write_file(self, name: str, file: Path) -> None:
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with open(file, "rb+") as handle:
            os.fsync(handle.fileno())
        os.replace(file, target)
        _flush_folder(target.parent)

    def names(self, folder: str) -> list[str]:
        try:
            return sorted(os.listdir(self.path / folder))
        except FileNotFoundError:
            return []

    def remove(self, name: str) -> None:
        with contextlib.suppress(FileNotFoundError, PermissionError):  # open elsewhere on Windows: the next run sweeps it away
            os.unlink(self.path / name)

    def size(self, name: str) -> int:
        return (self.path / name).stat().st_size

    def exists(self) -> bool:
        return self.path.exists()

    def local(self, name: str) -> Path:
        return self.path / name

    def draft(self, name: str) -> Path:
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        return target.parent / f"{TEMPORARY}{os.getpid()}-{target.name}"


def _flush_folder(folder: Path) -> None:
    """Make a rename last through a power cut; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Remote:
    """A place on a store that fsspec knows; objects appear there whole or not at all."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self.files, self.root = open_store(self.url)
        self.copies = tempfile.TemporaryDirectory(prefix="vanban-")

    def read(self, name: str) -> bytes:
        self.files.invalidate_cache()
        content: bytes = self.files.cat_file(f"{self.root}/{name}")
        return content

    def write(self, name: str, content: Any) -> None:
        self.files.pipe_file(f"{self.root}/{name}", bytes(content))

    def write_file(self, name: str, file: Path) -> None:
        self.files.put_file(str(file), f"{self.root}/{name}")
        file.unlink()

    def names(self, folder: str) -> list[str]:
        self.files.invalidate_cache()
        try:
            return sorted(path.rsplit("/", 1)[-1] for path in self.files.ls(f"{self.root}/{folder}", detail=False))
        except FileNotFoundError:
            return []

    def remove(self, name: str) -> None:
        with contextlib.suppress(FileNotFoundError):
            self.files.rm_file(f"{self.root}/{name}")

    def size(self, name: str) -> int:
        return int(self.files.size(f"{self.root}/{name}"))

    def exists(self) -> bool:
        self.files.invalidate_cache()
        return bool(self.files.exists(self.root))

    def local(self, name: str) -> Path:
        target = Path(self.copies.name) / name
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(self.read(name))
        return target

    def draft(self, name: str) -> Path:
        return Path(self.copies.name) / f"{TEMPORARY}{name.replace('/', '-')}"


def open_store(url: str) -> tuple[Any, str]:
    """The fsspec file system of a URL, and the path inside it.

    Raises: DatasetError where the protocol is unknown or its driver is not installed.
    """
    import fsspec

    try:
        files, root = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise DatasetError(str(error), file=url, remedy="install the driver: pip install 'vanban[cluster]' for s3://") from error
    return files, root
