"""Files → a data set, one after the other."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from extractor import __version__, dataset, pipeline
from extractor.errors import CrashedFile, ReadError
from extractor.readers import load
from extractor.readers.formats import ReadOptions


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How to run; `read` is what the readers get."""

    read: ReadOptions = field(default_factory=ReadOptions)
    jobs: int = 1


@dataclass(slots=True)
class Summary:
    """What a run did: files by status, and each failure as (path, reason)."""

    files: int = 0
    ok: int = 0
    partial: int = 0
    failures: list[tuple[str, str]] = field(default_factory=list)
    seconds: float = 0.0


def run(inputs: Sequence[str], out: str, options: RunOptions = RunOptions(), watch: Callable[[str, str, str | None], None] | None = None) -> Summary:
    """Extract every file under `inputs` into the data set at `out`; `watch` hears of each file: path, status, error."""
    writer, summary, started = dataset.Writer(dataset.open_place(out)), Summary(), time.perf_counter()
    writer.sweep()
    for path in discover(inputs):
        rows = _extract(path, options.read)
        for row in rows["documents"]:
            summary.files += 1
            summary.ok += row["status"] == "ok"
            summary.partial += row["status"] == "partial"
            if row["status"] == "failed":
                summary.failures.append((path, row["error"]))
            if watch:
                watch(path, row["status"], row.get("error"))
        writer.commit(dataset.to_arrow(rows))
    writer.fold()
    summary.seconds = time.perf_counter() - started
    return summary


def discover(inputs: Sequence[str]) -> Iterator[str]:
    for given in inputs:
        if not os.path.isdir(given):
            yield given
            continue
        for folder, folders, names in os.walk(given):
            folders.sort()
            for name in sorted(names):
                yield os.path.join(folder, name)


def _extract(path: str, options: ReadOptions) -> dataset.Rows:
    started = time.perf_counter()
    empty: dataset.Rows = {table: [] for table in dataset.TABLES}
    try:
        document, records = pipeline.run(load(path), options)
    except ReadError as error:
        return empty | {"documents": [dataset.failed_row(path, error, seconds=time.perf_counter() - started, extractor_version=__version__)]}
    except Exception as error:
        crash = CrashedFile(f"{type(error).__name__}: {error}", remedy="please report it")
        return empty | {"documents": [dataset.failed_row(path, crash, seconds=time.perf_counter() - started, extractor_version=__version__)]}
    return dataset.to_rows(document, records, seconds=time.perf_counter() - started, version=__version__)
