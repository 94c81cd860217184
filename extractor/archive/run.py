"""An archive run: what is new or changed under the inputs goes into the data set, and nothing else is touched."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

from extractor import dataset, patterns
from extractor.archive.batch import Batch, failed
from extractor.archive.engines import Cluster, Engine, Local
from extractor.archive.failures import is_disk_full
from extractor.archive.index import Index, Known
from extractor.archive.inputs import Found, discover, exists, load
from extractor.archive.lock import locked
from extractor.archive.supervised import Limits, Outcome, Task
from extractor.errors import ReadError, VanbanError
from extractor.readers.formats import ReadOptions

COPIES = 500  # files recognised as moved or doubled whose rows are looked up together
# failures that another day or machine may not have: a program was missing, the file was out of reach
_PASSING = frozenset({"E_TOOL", "E_MISSING"})
_LIMITED = frozenset({"E_LIMIT", "partial"})

Watch = Callable[[dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How to run. `read`: what readers get; `scheduler`: a Dask cluster's address, else `jobs` processes of this machine do it.

    `force`: everything anew; `verify`: trust no date, compare contents; `prune`: forget deleted files; `retry_failed`: try again what
    failed or came out in part; `exclude`: name patterns passed over.
    """

    read: ReadOptions = field(default_factory=ReadOptions)
    limits: Limits = field(default_factory=Limits)
    jobs: int = 1
    force: bool = False
    verify: bool = False
    prune: bool = False
    retry_failed: bool = False
    scheduler: str | None = None
    exclude: tuple[str, ...] = ()


@dataclass(slots=True)
class Summary:
    """What a run did. Counts are files but for `documents`; `failures`: (path, reason) of every document failed in this run;

    `slowest`: (seconds, path), at most ten; `missing`: files of the data set that are no longer there; `stopped`: why it ended early, if it did.
    """

    found: int = 0
    unchanged: int = 0
    moved: int = 0
    read: int = 0
    documents: int = 0
    ok: int = 0
    partial: int = 0
    pruned: int = 0
    missing: int = 0
    deaths: int = 0
    pages: int = 0
    seconds: float = 0.0
    failures: list[tuple[str, str]] = field(default_factory=list)
    slowest: list[tuple[float, str]] = field(default_factory=list)
    stopped: str | None = None


def run(inputs: Sequence[str], out: str, options: RunOptions = RunOptions(), watch: Watch = lambda event: None) -> Summary:
    """Extract the files under `inputs` (paths and URLs) into the data set at `out`; `watch` hears of everything as it happens.

    A file that cannot be read is a `failed` row. Interrupted, out of disk or killed, the run can be repeated and goes on where it was.
    Raises: DatasetLocked where another run writes to `out`; DatasetError; VanbanError where no process or cluster can be had.
    """
    started, place = time.perf_counter(), dataset.open_place(out)
    with locked(place), _stop_signal() as stop:
        job = Run(place, options, watch, stop)
        try:
            job.go(inputs)
        except OSError as error:
            if not is_disk_full(error) and error.errno not in (errno.EROFS, errno.EIO, errno.EACCES):
                raise
            job.summary.stopped = f"cannot write to {out}: {error.strerror}"
        except VanbanError:
            job.keep_what_is_done()
            raise
        finally:
            job.close()
    job.summary.seconds = time.perf_counter() - started
    watch({"event": "end", "stopped": job.summary.stopped, "seconds": job.summary.seconds})
    return job.summary


@contextlib.contextmanager
def _stop_signal() -> Iterator[threading.Event]:
    """An event that Ctrl-C (or a batch system's SIGTERM) sets; a second one interrupts at once."""
    stop = threading.Event()

    def on_signal(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, old in before.items():
            signal.signal(number, old)


class Run:
    """One run over one data set, which is locked."""

    def __init__(self, place: dataset.Place, options: RunOptions, watch: Watch, stop: threading.Event) -> None:
        self.place, self.options, self.watch, self.stop = place, options, watch, stop
        self.summary = Summary()
        self.writer = dataset.Writer(place)
        self.writer.sweep()
        self.began = self.writer.snapshot.number
        self.before = dataset.Dataset(place) if self.writer.snapshot.parts else None
        self.index = Index(self.before)
        read, limits = options.read, options.limits
        shape = f"ocr={read.ocr} max_pages={read.max_pages} patterns={patterns_digest()}"
        bounds = f"max_seconds={limits.max_seconds:g} max_memory={limits.max_memory} max_bytes={limits.max_bytes} max_output={limits.max_output}"
        self.batch = Batch(self.writer, self.index, shape, bounds)
        self.bounds = bounds
        self.copies: list[tuple[Found, Known]] = []
        self.engine: Engine | None = None
        self.waiting: list[Task] = []
        self.pending = 0

    def go(self, inputs: Sequence[str]) -> None:
        """Everything, to the end or until stopped."""
        for found in discover(inputs, self.options.exclude, self.place.url):
            if self.stop.is_set():
                break
            if self.index.see(found.path):
                self.summary.found += 1
                self._take(found)
            self._settle(0.0)
        if self.engine is None and not self.stop.is_set():
            self._start()
        while self.pending and not self.stop.is_set():
            self._settle(0.2)
        self._finish(inputs)

    def _finish(self, inputs: Sequence[str]) -> None:
        if self.stop.is_set():
            self.summary.stopped = "interrupted"
            if self.engine is not None:
                self.engine.stop()
                while (outcome := self.engine.next(0.0)) is not None:
                    self._keep(outcome)
                self.engine = None
        self._copy()
        if self.summary.stopped is None:
            self._forget(inputs)
        self._commit()
        if self.summary.stopped is None:
            self._tidy()

    def keep_what_is_done(self) -> None:
        """Commit what was finished before the run failed, as far as that can be done."""
        with contextlib.suppress(VanbanError, OSError):
            self.batch.commit()

    def close(self) -> None:
        """Let go of processes and files, whatever happened."""
        if self.engine is not None:
            self.engine.stop() if self.pending else self.engine.close()
        if self.before is not None:
            self.before.close()

    # ---- what to do with a file

    def _take(self, found: Found) -> None:
        if found.problem is not None:
            self._keep(failed(found))
            return
        known = None if self.options.force else self.index.file(found.path)
        current = known is not None and known.stored and self._is_current(known)
        if current and known is not None and not self.options.verify and _same_stamp(found, known):
            self.summary.unchanged += 1
            self.watch({"event": "unchanged", "path": found.path})
            return
        twin = self._twin(found) if not self.options.force and self.index.has_size(found.size) else None
        if twin is not None:
            self.copies.append((found, twin))
            self.index.hold(found.path, twin.file)
            if len(self.copies) >= COPIES:
                self._copy()
            return
        self._submit(found)

    def _is_current(self, known: Known) -> bool:
        """Whether extracting the same bytes again would change nothing."""
        if known.key != self.batch.key or known.state in _PASSING:
            return False
        if known.state != "ok" and self.options.retry_failed:
            return False
        return known.state not in _LIMITED or known.limits == self.bounds

    def _twin(self, found: Found) -> Known | None:
        """A file of the same bytes (and suffix, which may decide how text is read) whose rows hold for this one too."""
        try:
            content = load(found.name, found.path, self.options.limits.max_bytes).data
        except ReadError:
            return None
        twin = self.index.twin(hashlib.sha256(content).hexdigest())
        if twin is None or not self._is_current(twin) or _suffix(twin.file) != _suffix(found.path):
            return None
        return twin

    def _copy(self) -> None:
        """Give files known by their content the rows of their twins; where the twin is gone, the file was moved."""
        if not self.copies or self.before is None:
            return
        names = sorted({twin.file for _, twin in self.copies})
        marks = ", ".join("?" * len(names))
        rows: dict[str, list[dict[str, Any]]] = {}
        for row in self.before.arrow(f"SELECT * FROM documents WHERE file IN ({marks})", names).to_pylist():  # noqa: S608 (only marks)
            rows.setdefault(row["file"], []).append(row)
        for found, twin in self.copies:
            told = {"file": found.path, "file_size": found.size, "file_mtime_ns": found.mtime_ns}
            moved = [{**row, **told, "path": found.path + row["path"].removeprefix(twin.file)} for row in rows[twin.file]]
            self.batch.add_rows(moved)
            self.summary.moved += found.path != twin.file
            self.summary.unchanged += found.path == twin.file
            self.watch({"event": "moved", "path": found.path, "from": twin.file})
            if twin.file != found.path and not twin.seen and self.index.file(twin.file) and not exists(twin.file):
                self.batch.bury([twin.file])
        self.copies = []

    def _submit(self, found: Found) -> None:
        task = Task(found.name, found.path, found.size, found.mtime_ns)
        if self.engine is None:  # with fewer files than cores, each file may use several: so the first ones wait for each other
            self.waiting.append(task)
            if len(self.waiting) >= self.options.jobs:
                self._start()
            return
        while self.pending >= self.engine.capacity and not self.stop.is_set():
            self._settle(0.2)
        self.engine.submit(task)
        self.pending += 1

    def _start(self) -> None:
        options, tasks = self.options, self.waiting
        if not tasks:
            return
        read = replace(options.read, jobs=max(1, options.jobs // len(tasks)))
        cluster = options.scheduler
        self.engine = Local(options.jobs, options.limits, read) if cluster is None else Cluster(cluster, options.limits, options.read)
        for task in tasks:
            self.engine.submit(task)
        self.pending, self.waiting = len(tasks), []
        for library in ("pyarrow.parquet", "pyarrow.compute", "duckdb"):  # needed at the end; loaded while the first files are read
            import_module(library)

    # ---- what came of it

    def _settle(self, patience: float) -> None:
        """Take in what is done, waiting up to `patience` seconds for the first; commit when it is time."""
        while self.engine is not None and self.pending and (outcome := self.engine.next(patience)) is not None:
            self.pending -= 1
            if outcome.stop is not None:
                raise OSError(errno.ENOSPC, outcome.stop)
            self._keep(outcome)
            patience = 0.0
        if self.batch.due():
            self._commit()

    def _keep(self, outcome: Outcome) -> None:
        self.batch.add(outcome)
        summary = self.summary
        summary.read += 1
        summary.deaths += outcome.deaths
        for row in outcome.documents:
            summary.documents += 1
            summary.ok += row["status"] == "ok"
            summary.partial += row["status"] == "partial"
            summary.pages += row.get("page_count") or 0
            if row["status"] == "failed":
                summary.failures.append((row["path"], row["error"]))
            told = {name: row.get(name) for name in ("path", "status", "error", "page_count", "seconds")}
            self.watch({"event": "document", **told, "deaths": outcome.deaths, "resident": outcome.resident})
        summary.slowest = sorted([*summary.slowest, (outcome.seconds, outcome.task.path)], reverse=True)[:10]

    def _commit(self) -> None:
        count = self.batch.commit()
        if count:
            self.watch({"event": "commit", "documents": count})

    def _forget(self, inputs: Sequence[str]) -> None:
        """Files of the data set that stood under the inputs and are there no more."""
        lost = [file for file in self.index.unseen() if any(_is_under(file, given) for given in inputs)]
        lost = [file for file in lost if not exists(file)]
        if self.options.prune:
            self.batch.bury(lost)
            self.summary.pruned = len(lost)
        else:
            self.summary.missing = len(lost)

    def _tidy(self) -> None:
        replaced = self.writer.tidy()
        if self.writer.snapshot.number != self.began:
            dataset.write_links(self.place)
        self.watch({"event": "tidied", "parts": replaced})


def _same_stamp(found: Found, known: Known) -> bool:
    return found.size == known.size and found.mtime_ns == known.mtime_ns != 0


def _suffix(path: str) -> str:
    return Path(path).suffix.lower()


def _is_under(file: str, given: str) -> bool:
    from extractor.archive.inputs import shown

    root = shown(given).rstrip("/")
    return root == "." or file == root or file.startswith(root + "/")


def patterns_digest() -> str:
    """What stands for the state of `patterns/`: when an expert changes a pattern, everything is to be extracted anew."""
    digest = hashlib.sha256()
    for file in sorted(patterns.folder().glob("*.toml")):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:12]
