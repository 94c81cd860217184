"""The process that reads: one file at a time, told over its standard input, answered on its standard output.

A frame is a line of JSON and, after it, as many bytes as its `bytes` says. Nothing that could run code is ever unpickled:
what comes back from a process that hostile files have been through is JSON and Arrow only. Libraries that print cannot
disturb it: the real standard output is set aside before anything is imported, and theirs goes nowhere.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.errors import ReadError
    from extractor.readers.formats import Source

Frame = dict[str, Any]


def main() -> None:
    """Answer tasks until told to end. When the parent dies, this process and the programs it started go too."""
    tasks, answers = _take_over_streams()
    inbox: SimpleQueue[Frame | None] = SimpleQueue()
    threading.Thread(target=_listen, args=(tasks, inbox), daemon=True).start()
    settings = inbox.get() or {}
    _warm_up()
    _limit_address_space(settings["max_memory"])
    _send(answers, {"kind": "ready"})
    while (task := inbox.get()) is not None:
        head, body = answer(task, lambda path: _send(answers, {"kind": "begin", "path": path}))
        _send(answers, head, body)


def _take_over_streams() -> tuple[IO[bytes], IO[bytes]]:
    tasks = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return tasks, answers


def _listen(tasks: IO[bytes], inbox: SimpleQueue[Frame | None]) -> None:
    """Pass tasks on. An end of the stream that was not announced means that the parent was killed."""
    for line in tasks:
        frame = json.loads(line)
        if frame["kind"] == "end":
            inbox.put(None)
            return
        inbox.put(frame)
    shutil.rmtree(tempfile.gettempdir() if "VANBAN_TEMPORARY" in os.environ else "", ignore_errors=True)
    _end_family()


def _end_family() -> None:
    if os.name == "posix" and os.getpgrp() == os.getpid():  # the parent made us the leader of a group of our own
        os.killpg(0, signal.SIGKILL)
    import psutil

    for child in psutil.Process().children(recursive=True):
        child.kill()
    os._exit(1)


def _warm_up() -> None:
    """Import what every file needs before the clock of the first one starts."""
    import faulthandler
    import gc

    faulthandler.enable()

    import pyarrow as pa

    from extractor import dataset, pipeline  # noqa: F401 (imported for the time it takes)
    from extractor.layout import assemble  # noqa: F401

    pa.set_cpu_count(1)
    gc.collect()
    gc.freeze()


def _limit_address_space(max_memory: int) -> None:
    """A backstop to the parent's watch: one huge allocation fails at once, before the watch could see it."""
    if not sys.platform.startswith("linux"):
        return
    import resource

    with open("/proc/self/statm", encoding="ascii") as file:
        now = int(file.read().split()[0]) * resource.getpagesize()
    room = now + max(4 << 30, 2 * max_memory)
    resource.setrlimit(resource.RLIMIT_AS, (room, room))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _send(answers: IO[bytes], head: Frame, body: Any = b"") -> None:
    answers.write(json.dumps({**head, "bytes": len(body)}).encode() + b"\n")
    answers.write(body)
    answers.flush()


def answer(task: Frame, announce: Callable[[str], None]) -> tuple[Frame, bytes]:
    """The rows of every document in a file: its `documents` rows and, as Arrow messages one after the other, the other tables.

    `announce` hears the path of each document inside a container before it is read.
    """
    from extractor.archive.failures import is_disk_full

    started = time.perf_counter()
    try:
        found, digest = _collect(task, announce)
        head, body = _pack(found, task["max_output"])
    except OSError as error:
        if not is_disk_full(error):
            raise
        return {"kind": "disk_full", "reason": str(error)}, b""
    return {**head, "kind": "done", "digest": digest, "seconds": time.perf_counter() - started, "resident": _resident()}, body


@dataclass(slots=True)
class Collected:
    """What a file gave so far: `documents` rows, and pieces of the other tables."""

    documents: list[dict[str, Any]] = field(default_factory=list)
    tables: dict[str, list[Any]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    size: int = 0

    def take(self, document: dict[str, Any], tables: dict[str, Any]) -> None:
        """Add a document; the content of one that is in the container twice is taken once."""
        self.documents.append(document)
        if document["doc_id"] in self.taken or document["status"] == "failed":
            return
        self.taken.add(document["doc_id"])
        for table, rows in tables.items():
            self.tables.setdefault(table, []).append(rows)
            self.size += rows.nbytes


def _collect(task: Frame, announce: Callable[[str], None]) -> tuple[Collected, str | None]:
    from extractor.archive.failures import is_disk_full
    from extractor.archive.inputs import load
    from extractor.errors import ReadError
    from extractor.readers import inner_sources

    collected, digest = Collected(), None
    try:
        outer = load(task["name"], task["path"], task["max_bytes"])
        digest = hashlib.sha256(outer.data).hexdigest()
        for source in inner_sources(outer):
            path = str(source.file) if isinstance(source, ReadError) else source.path
            if path != task["path"]:
                announce(path)
            collected.take(*_read(source, task))
            if collected.size > task["max_output"]:
                break
    except Exception as error:
        if is_disk_full(error):
            raise
        collected.take(_failed(task["path"], error, None, 0.0), {})
    return collected, digest


def _read(source: Source | ReadError, task: Frame) -> tuple[dict[str, Any], dict[str, Any]]:
    """The `documents` row of one document and its other tables, or its `failed` row; `source` may be the error in its place."""
    from extractor import __version__, dataset, pipeline
    from extractor.archive.failures import is_disk_full
    from extractor.errors import ReadError
    from extractor.readers.formats import ReadOptions

    started = time.perf_counter()
    if isinstance(source, ReadError):
        return _failed(str(source.file), source, None, 0.0), {}
    try:
        if source.path in task["skip"]:
            return _failed(source.path, task["skip"][source.path], source.data, 0.0), {}
        document, records = pipeline.run(source, ReadOptions(**task["options"]))
        rows = dataset.to_rows(document, records, seconds=time.perf_counter() - started, version=__version__)
        row = rows.pop("documents")[0]
        return row, dataset.to_arrow({table: found for table, found in rows.items() if found})
    except Exception as error:
        if is_disk_full(error):
            raise
        return _failed(source.path, error, source.data, time.perf_counter() - started), {}


def _failed(path: str, error: Exception | str, content: bytes | None, seconds: float) -> dict[str, Any]:
    from extractor import __version__, dataset
    from extractor.archive.failures import reason_of

    known = {} if content is None else {"sha256": hashlib.sha256(content).hexdigest(), "size_bytes": len(content)}
    reason = error if isinstance(error, str) else reason_of(error)
    return dataset.failed_row(path, reason, extractor_version=__version__, seconds=seconds, **known)


def _pack(found: Collected, most: int) -> tuple[Frame, bytes]:
    import pyarrow as pa

    from extractor import dataset
    from extractor.archive.failures import too_large

    if found.size > most:
        return {"documents": [too_large(row, found.size, most) for row in found.documents], "tables": {}}, b""
    messages = {table: dataset.to_message(pa.concat_tables(pieces)) for table, pieces in found.tables.items()}
    return {"documents": found.documents, "tables": {table: len(message) for table, message in messages.items()}}, b"".join(messages.values())


def _resident() -> int:
    """Bytes of memory this process holds."""
    import psutil

    resident: int = psutil.Process().memory_info().rss
    return resident


if __name__ == "__main__":
    main()
