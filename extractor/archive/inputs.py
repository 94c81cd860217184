"""What there is to read: files under the paths and URLs given, found one after the other, and their bytes."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from itertools import chain, islice

from extractor import dataset
from extractor.errors import EmptyFile, LimitExceeded, MissingFile, ReadError
from extractor.readers.formats import Source

IGNORE = ".vanbanignore"  # a file of name patterns, one a line, that are passed over in its folder and below
# what programs leave beside documents and no one wants read
LITTER = ("~$*", ".~lock.*", "Thumbs.db", "desktop.ini", ".DS_Store", IGNORE)
_SORTED = 50_000  # names of one folder that are sorted; a folder with more is taken as the disk gives them


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read: `name` opens it, `path` is what its row shows (the same, in letters that can be stored, with "/").

    `problem` says why it cannot be read, where that is known already. Times are nanoseconds, 0 where the store tells none.
    """

    name: str
    path: str
    size: int = 0
    mtime_ns: int = 0
    problem: ReadError | None = None


def shown(name: str) -> str:
    """A file name as stored in a data set: "/" between folders, bytes that are no letters written out as \\xNN."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return text if dataset.is_url(name) else os.path.normpath(text).replace(os.sep, "/")


def discover(inputs: Sequence[str], exclude: Sequence[str] = (), out: str | None = None) -> Iterator[Found]:
    """Every file under `inputs`, in the order of its name; nothing is held in memory but the folders on the way.

    `exclude`: name patterns passed over; `out`: the data set being written, passed over too. Links are not followed
    out of the folder given, and links to folders not at all: each is a `problem`.
    """
    ours = None if out is None or dataset.is_url(out) else os.path.realpath(out)
    patterns = (*LITTER, *exclude)
    for given in inputs:
        if dataset.is_url(given):
            yield from _remote(given, patterns)
        elif os.path.isdir(given):
            yield from _walk(given, os.path.realpath(given), patterns, ours)
        else:
            yield _look(given, None)


def count_files(inputs: Sequence[str]) -> int | None:
    """About how many files `discover` will find, for a progress bar; None where that is not known quickly."""
    if any(dataset.is_url(given) for given in inputs):
        return None
    return sum(sum(len(names) for _, _, names in os.walk(given)) if os.path.isdir(given) else 1 for given in inputs)


def _walk(folder: str, root: str, patterns: tuple[str, ...], ours: str | None) -> Iterator[Found]:
    """Depth first, over a stack of our own: folders may be nested deeper than calls may."""
    stack = [_entries(folder, root, patterns)]
    while stack:
        entry = next(stack[-1], None)
        if entry is None:
            stack.pop()
        elif isinstance(entry, Found):
            yield entry
        elif ours is None or os.path.realpath(entry[0]) != ours:
            stack.append(_entries(entry[0], root, entry[1]))


def _entries(folder: str, root: str, patterns: tuple[str, ...]) -> Iterator[Found | tuple[str, tuple[str, ...]]]:
    """What stands in a folder: files as `Found`, folders as their path and the patterns that hold there."""
    patterns = (*patterns, *_ignored(folder))
    try:
        with os.scandir(folder) as entries:
            names = (entry.name for entry in entries)
            first = sorted(islice(names, _SORTED))
            for name in chain(first, names) if len(first) == _SORTED else first:
                path = os.path.join(folder, name)
                if any(fnmatch(name, pattern) for pattern in patterns):
                    continue
                if os.path.isdir(path) and not os.path.islink(path):
                    yield path, patterns
                else:
                    yield _look(path, root)
    except OSError as error:
        yield Found(folder, shown(folder), problem=MissingFile(error.strerror or "cannot be opened", remedy="check the folder's permissions"))


def _ignored(folder: str) -> list[str]:
    try:
        with open(os.path.join(folder, IGNORE), encoding="utf-8", errors="replace") as file:
            lines = (line.strip() for line in file)
            return [line for line in lines if line and not line.startswith("#")]
    except OSError:
        return []


def _look(path: str, root: str | None) -> Found:
    """A file as it stands on the disk; `root` is the real folder that links may not lead out of."""
    try:
        if root is not None and os.path.islink(path):
            real = os.path.realpath(path)
            if os.path.isdir(real) or os.path.commonpath([real, root]) != root:
                reason = "a link to a folder" if os.path.isdir(real) else "a link that leads out of the folder given"
                return Found(path, shown(path), problem=MissingFile(reason, remedy="give its target as a path of its own"))
        state = os.stat(path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return Found(path, shown(path), problem=MissingFile(reason, remedy="check the path and its permissions"))
    if not stat.S_ISREG(state.st_mode):
        return Found(path, shown(path), problem=MissingFile("neither a file nor a folder", remedy="give files and folders"))
    return Found(path, shown(path), state.st_size, state.st_mtime_ns)


def _remote(url: str, patterns: tuple[str, ...]) -> Iterator[Found]:
    files, root = dataset.open_store(url)
    scheme = url.split("://", 1)[0]
    if files.isfile(root):
        yield _described(scheme, files.info(root))
        return
    if not files.exists(root):
        yield Found(url, url, problem=MissingFile("no such file or folder", remedy="check the URL"))
        return
    for _, _, entries in files.walk(root, detail=True):
        for name, entry in sorted(entries.items()):
            if name and not any(fnmatch(name, pattern) for pattern in patterns):
                yield _described(scheme, entry)


def _described(scheme: str, entry: dict[str, object]) -> Found:
    changed = entry.get("LastModified") or entry.get("last_modified") or entry.get("mtime") or 0
    moment = changed.timestamp() if hasattr(changed, "timestamp") else float(str(changed))
    name = f"{scheme}://{entry['name']}"
    return Found(name, name, int(str(entry.get("size") or 0)), int(moment * 1e9))


def exists(name: str) -> bool:
    """Whether a file found earlier is still there."""
    if not dataset.is_url(name):
        return os.path.exists(name)
    files, root = dataset.open_store(name)
    return bool(files.exists(root))


def load(name: str, path: str, max_bytes: int) -> Source:
    """The bytes of a file, local or remote, under the path its row shows.

    Raises: MissingFile, EmptyFile, LimitExceeded where it has more than `max_bytes`.
    """
    try:
        content = _bytes(name, max_bytes + 1)
    except OSError as error:
        raise MissingFile(error.strerror or str(error) or "cannot be opened", file=path, remedy="check the path and its permissions") from error
    if len(content) > max_bytes:
        raise LimitExceeded(f"the file has more than {max_bytes >> 20} MB", file=path, remedy="raise --max-bytes, or split it")
    if not content:
        raise EmptyFile("the file is empty", file=path, remedy="get it again from its source")
    return Source(path, content)


def _bytes(name: str, most: int) -> bytes:
    if dataset.is_url(name):
        files, root = dataset.open_store(name)
        with files.open(root, "rb") as remote:
            content: bytes = remote.read(most)
            return content
    with open(name, "rb") as file:
        return file.read(most)
