"""One file read in a process of its own, which is ended when it takes too long, too much memory, or dies.

The same call serves a local run and a cluster: there it runs inside the cluster's worker.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from queue import Empty, SimpleQueue
from typing import IO, Any

from extractor.archive import failures
from extractor.errors import ReadError, VanbanError
from extractor.readers.formats import ReadOptions

TICK = 0.2  # seconds between two looks at a working process
START_SECONDS = 120.0  # a process that is not ready by then never will be
TRIES, KILLED_TRIES = 2, 3  # of a document whose process ends by itself or has to be ended, or is killed by others
START_TRIES = 3
GRACE_SECONDS = 5.0  # beyond `max_seconds`, for a reader that ends in time by itself to say so


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: seconds; bytes of memory, of its file, of its tables. A worker is replaced after `recycle` files."""

    max_seconds: float = 600.0
    max_memory: int = 2 << 30
    max_bytes: int = 1 << 30
    max_output: int = 512 << 20
    recycle: int = 1000


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read: `name` opens it, `path` is what its row shows, `size` in bytes."""

    name: str
    path: str
    size: int = 0
    mtime_ns: int = 0


@dataclass(slots=True)
class Outcome:
    """What came of a task: `documents` rows and, in `body`, the other tables (`tables`: name → bytes, one after the other).

    `digest`: SHA-256 of the file, where it could be read. `stop`: why the whole run cannot go on, if so. `deaths`: processes it cost.
    """

    task: Task
    documents: list[dict[str, Any]] = field(default_factory=list)
    tables: dict[str, int] = field(default_factory=dict)
    body: bytes = b""
    digest: str | None = None
    seconds: float = 0.0
    resident: int = 0
    stop: str | None = None
    deaths: int = 0


class Stopped(Exception):
    """The run is being stopped; the file in hand is left for the next one."""


class Process:
    """A reading process, and the thread that listens to it."""

    def __init__(self, limits: Limits) -> None:
        self.limits, self.files, self.resident = limits, 0, 0
        self.folder = tempfile.mkdtemp(prefix="vanban-")
        self.errors = tempfile.TemporaryFile(dir=self.folder if os.name == "posix" else None)  # noqa: SIM115 (closed by `end`)
        quiet = {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1"}
        places = {"VANBAN_TEMPORARY": self.folder, "TMPDIR": self.folder, "TEMP": self.folder, "TMP": self.folder}
        apart: dict[str, Any] = {"start_new_session": True} if os.name == "posix" else {"creationflags": 0x200}  # CREATE_NEW_PROCESS_GROUP
        self.child = subprocess.Popen(
            [sys.executable, "-m", "extractor.archive.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            env={**os.environ, **quiet, **places},
            **apart,
        )
        self.inbox: SimpleQueue[tuple[dict[str, Any], bytes] | None] = SimpleQueue()
        threading.Thread(target=_listen, args=(self.child.stdout, self.inbox), daemon=True).start()
        self.tell({"kind": "settings", "max_memory": limits.max_memory})
        self.ready = False

    def tell(self, frame: dict[str, Any]) -> None:
        """Send a frame; that the process is dead shows when it does not answer."""
        with contextlib.suppress(OSError):
            assert self.child.stdin is not None
            self.child.stdin.write(json.dumps(frame).encode() + b"\n")
            self.child.stdin.flush()

    def last_words(self) -> str:
        """The end of what it wrote to standard error."""
        self.errors.seek(max(0, os.fstat(self.errors.fileno()).st_size - 2000))
        return self.errors.read().decode("utf-8", "replace")

    def memory(self, family: bool) -> int:
        """Bytes held by the process and, with `family`, by the programs it started."""
        import psutil

        held = 0
        with contextlib.suppress(psutil.Error):
            own = psutil.Process(self.child.pid)
            held = own.memory_info().rss
            for other in own.children(recursive=True) if family else ():
                held += other.memory_info().rss
        return held

    def end(self, kindly: bool = False) -> int | None:
        """End the process and the programs it started, and remove its temporary files; its exit code."""
        if kindly:
            self.tell({"kind": "end"})
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.child.wait(timeout=5)
        if self.child.returncode is None:  # once it is waited for, its number may be another's
            _kill_family(self.child)
            self.child.wait()
        for stream in (self.child.stdin, self.errors):
            with contextlib.suppress(OSError):
                assert stream is not None
                stream.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        return self.child.returncode


def _kill_family(child: subprocess.Popen[bytes]) -> None:
    if os.name == "posix":
        with contextlib.suppress(OSError):
            os.killpg(child.pid, signal.SIGKILL)
        return
    import psutil

    with contextlib.suppress(psutil.Error):
        for other in (*psutil.Process(child.pid).children(recursive=True), child):
            other.kill()


def _listen(answers: IO[bytes], inbox: SimpleQueue[tuple[dict[str, Any], bytes] | None]) -> None:
    """Pass frames on; None at the end of the stream, whole or torn."""
    with contextlib.suppress(OSError, ValueError), answers:
        for line in answers:
            head = json.loads(line)
            body = answers.read(head["bytes"])
            if len(body) < head["bytes"]:
                break
            inbox.put((head, body))
    inbox.put(None)


class Supervisor:
    """Reads files one at a time in a process that is replaced when it dies or has to be ended."""

    def __init__(self, limits: Limits, options: ReadOptions, stopped: Callable[[], bool] = lambda: False) -> None:
        self.limits, self.options, self.stopped = limits, options, stopped
        self.process: Process | None = None

    def start(self) -> None:
        """Start a process without waiting for it."""
        self.process = Process(self.limits)

    def read(self, task: Task) -> Outcome:
        """What came of a file. A document whose process dies is tried once more in a fresh one, then failed; never raises for a file.

        One whose process was killed is tried twice more: whoever kills (an operator, a system short of memory) may hit it again by chance.
        Raises: Stopped; VanbanError where no process can be started at all.
        """
        skip: dict[str, str] = {}
        tries: Counter[str] = Counter()
        deaths, started = 0, time.perf_counter()
        while True:
            outcome = self._attempt(task, skip)
            if isinstance(outcome, Outcome):
                self._recycle(outcome)
                outcome.deaths = deaths
                return outcome
            path, error, allowed = outcome
            deaths += 1
            tries[path] += 1
            if tries[path] < allowed:
                continue
            if path == task.path:
                return Outcome(task, [_failed(task, error, time.perf_counter() - started)], deaths=deaths)
            skip[path] = f"{error.code}: {error}"

    def _attempt(self, task: Task, skip: dict[str, str]) -> Outcome | tuple[str, ReadError, int]:
        """One try: an outcome, or the document that ended it, why, and how many tries that leaves a document in all."""
        process = self._ready()
        fresh = process.files == 0
        process.files += 1
        process.tell(task_frame(task, self.limits, self.options, skip))
        current, error = task.path, None
        clock, tick = time.monotonic(), 0
        while error is None:
            frame = self._next(process)
            if frame is None:
                code = self._discard()
                return current, failures.died(code), KILLED_TRIES if failures.is_killed(code) else TRIES
            head, body = frame
            if head.get("kind") == "begin":
                current, clock = head["path"], time.monotonic()
            elif head:
                return outcome_of(task, head, body)
            tick += 1
            error = self._overdue(process, clock, tick)
        self._discard()
        return current, error, 1 if fresh or error.reason.startswith("not read in") else TRIES

    def _next(self, process: Process) -> tuple[dict[str, Any], bytes] | None:
        """The next frame; an empty one when a tick has passed; None when the process is dead."""
        try:
            return process.inbox.get(timeout=TICK)
        except Empty:
            if self.stopped():
                self._discard()
                raise Stopped from None
            return {}, b""

    def _overdue(self, process: Process, clock: float, tick: int) -> ReadError | None:
        if time.monotonic() - clock > self.limits.max_seconds + GRACE_SECONDS:
            return failures.too_slow(self.limits.max_seconds)
        if process.memory(family=tick % 5 == 0) > self.limits.max_memory:
            return failures.too_hungry(self.limits.max_memory)
        return None

    def _ready(self) -> Process:
        """A process that waits for a file. One that dies before it is ready is replaced; where that goes on, none can be had."""
        words = ""
        for _ in range(START_TRIES):
            if self.process is None:
                self.start()
            process, deadline = self.process, time.monotonic() + START_SECONDS
            assert process is not None
            while not process.ready and time.monotonic() < deadline:
                frame = self._next(process)
                if frame is None:
                    break
                process.ready = frame[0].get("kind") == "ready"
            if process.ready:
                return process
            words = process.last_words() or words
            self._discard()
        raise VanbanError(f"no reading process can be started: {words.strip()[-500:]}", remedy="check the installation")

    def _recycle(self, outcome: Outcome) -> None:
        """Replace a process that has read many files, or holds much memory still."""
        process = self.process
        if process is not None and (process.files >= self.limits.recycle or outcome.resident > self.limits.max_memory // 2):
            self.end()

    def _discard(self) -> int | None:
        process, self.process = self.process, None
        return None if process is None else process.end()

    def end(self) -> None:
        """Let the process go; it is idle."""
        process, self.process = self.process, None
        if process is not None:
            process.end(kindly=True)


def task_frame(task: Task, limits: Limits, options: ReadOptions, skip: dict[str, str]) -> dict[str, Any]:
    """The frame that asks for a file; `skip`: documents inside it that are not to be tried again, and why."""
    asked = {"name": task.name, "path": task.path, "skip": skip, "options": asdict(options)}
    return {"kind": "task", **asked, "max_bytes": limits.max_bytes, "max_output": limits.max_output}


def outcome_of(task: Task, head: dict[str, Any], body: bytes) -> Outcome:
    """What the answering frame says."""
    if head["kind"] == "disk_full":
        return Outcome(task, stop=head["reason"])
    return Outcome(task, head["documents"], head["tables"], body, head["digest"], head["seconds"], head["resident"])


def _failed(task: Task, error: ReadError, seconds: float) -> dict[str, Any]:
    from extractor import __version__, dataset

    known = {} if not task.size else {"size_bytes": task.size}
    return dataset.failed_row(task.path, error, seconds=seconds, extractor_version=__version__, **known)
