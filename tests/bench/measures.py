"""What `make bench` measures, each as a function that gives plain figures; see docs/bench.md for what they mean."""

from __future__ import annotations

import io
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pypdfium2

from tests.bench import archives, pdf_speed

Figures = dict[str, Any]


def machine() -> Figures:
    """What the figures were measured on."""
    versions = {name: _version(name) for name in ("pypdfium2", "pdfplumber", "pyarrow", "duckdb")}
    busy = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    return {"cores": os.cpu_count(), "system": platform.platform(), "python": platform.python_version(), "load": busy, **versions}


def _version(name: str) -> str:
    from importlib.metadata import version

    return version(name)


def _vanban(*arguments: object) -> tuple[float, float, str]:
    """Wall and processor seconds of one command, children included, and what it said."""
    command = [sys.executable, "-m", "extractor.cli", *map(str, arguments)]
    before, start = os.times(), time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - start, spent, done.stdout + done.stderr


def start_up(rounds: int = 5) -> Figures:
    """Seconds until `--help` is there, and until one small text is extracted by a cold command (best and median)."""
    with tempfile.TemporaryDirectory() as folder:
        small = min(archives.samples(("txt",)), key=lambda path: path.stat().st_size)
        helped = [_vanban("--help")[0] for _ in range(rounds)]
        cold = [_vanban("extract", small, "--out", Path(folder) / str(n))[0] for n in range(rounds)]
    return {
        "help_seconds": {"best": min(helped), "median": statistics.median(helped)},
        "cold_text_seconds": {"best": min(cold), "median": statistics.median(cold)},
    }


def peers(rounds: int = 3) -> Figures:
    """Milliseconds of processor time per page: the bare text pass, our reader, our whole extraction, pdfplumber; and ratios."""
    return {**pdf_speed.run_all(pdf_speed.default_files(), rounds), "heavier": heavier_peers()}


def heavier_peers() -> Figures:
    """Milliseconds (processor) and characters per page of larger programs over the same files, in an interpreter that has them:

    the one that VANBAN_PEERS names, else this one.
    """
    python = os.environ.get("VANBAN_PEERS", sys.executable)
    groups = pdf_speed.default_files()
    paths = [path for name in ("rendered", "real") for path in groups.get(name, ())] or groups["samples"]
    pages = sum(len(pypdfium2.PdfDocument(path)) for path in paths)
    found: Figures = {"pages": pages}
    for name in ("markitdown", "unstructured", "docling"):
        command = [python, str(Path(__file__).with_name("peer.py")), name, *map(str, paths)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
        except subprocess.TimeoutExpired:
            found[name] = "longer than 900 s"
            continue
        found[name] = _per_page(done.stdout, pages) if done.returncode == 0 else (done.stderr.strip().splitlines() or ["failed"])[-1]
    return found


def _per_page(told: str, pages: int) -> Figures:
    """Milliseconds and characters per page; a program that gives no text has read nothing, however fast."""
    total = json.loads(told.splitlines()[-1])
    return {"ms_per_page": 1000 * total["seconds"] / pages, "characters_per_page": total["characters"] / pages}


def growth(sizes: tuple[int, ...] = (1, 10, 50, 100, 250, 500), rounds: int = 2) -> Figures:
    """Milliseconds of processor time per page of the same pages, as documents of 1 to 500 pages each: is a long one dearer than many short ones?"""
    from extractor.pipeline import run
    from extractor.readers.formats import ReadOptions, Source

    figures = {str(size): float("inf") for size in sizes}
    for _ in range(rounds):
        for size in sizes:
            pdf_speed.forget()
            parts = long_pdfs(max(sizes), size)
            spent = sum(pdf_speed.seconds(lambda data: run(Source("long.pdf", data), ReadOptions(ocr="never")), content) for content in parts)
            figures[str(size)] = min(figures[str(size)], 1000 * spent / max(sizes))
    flat = [value for size, value in figures.items() if int(size) >= 10]
    return {"ms_per_page": figures, "largest_to_smallest_from_10_pages": max(flat) / min(flat)}


def long_pdfs(pages: int, size: int) -> list[bytes]:
    """So many pages, the documents of `pdf_speed` one after the other, again and again, cut into PDFs of `size` pages each."""
    paths = [path for group in pdf_speed.default_files().values() for path in group]
    sources = [pypdfium2.PdfDocument(path) for path in paths]
    order = [(source, page) for source in sources for page in range(len(source))]
    made = []
    for first in range(0, pages, size):
        document = pypdfium2.PdfDocument.new()
        for number in range(first, first + size):
            source, page = order[number % len(order)]
            document.import_pages(source, [page])
        stream = io.BytesIO()
        document.save(stream)
        made.append(stream.getvalue())
    return made


def archive_run(count: int, jobs: int, folder: Path) -> Figures:
    """A run over `count` files: files and pages a second, processor seconds, and the memory the reading processes held."""
    source, out, log = folder / "in", folder / f"out-{jobs}", folder / f"log-{jobs}"
    if not source.exists():
        archives.build(source, count)
    shutil.rmtree(out, ignore_errors=True)
    wall, spent, said = _vanban("extract", source, "--out", out, "--jobs", jobs, "--ocr", "never", "--log", log, "-q")
    events = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    documents = [event for event in events if event["event"] == "document"]
    resident = [event["resident"] / 2**20 for event in documents if event["resident"]]
    tenth = max(1, len(resident) // 10)
    return {
        "files": len(documents),
        "jobs": jobs,
        "seconds": wall,
        "processor_seconds": spent,
        "processor_seconds_in_documents": sum(event["seconds"] or 0 for event in documents),
        "files_a_second": len(documents) / wall,
        "pages_a_second": sum(event["page_count"] or 0 for event in documents) / wall,
        "failed": sum(event["status"] == "failed" for event in documents),
        "resident_mb": {
            "first_tenth": statistics.mean(resident[:tenth]),
            "last_tenth": statistics.mean(resident[-tenth:]),
            "largest": max(resident),
            "every_hundredth": resident[:: max(1, len(resident) // 100)],
        },
        "said": said.strip().splitlines()[-3:],
    }


_SPIN = """
import sys, time
from extractor.pipeline import run
from extractor.readers.formats import ReadOptions, Source
from tests.bench import archives
work = [Source(path.name, path.read_bytes()) for path in archives.samples(("txt", "docx", "pdf"))]
run(work[0], ReadOptions(ocr="never"))
print("ready", flush=True)
sys.stdin.readline()
start = time.perf_counter()
for source in work:
    run(source, ReadOptions(ocr="never"))
print(time.perf_counter() - start)
"""


def ceiling(rounds: int = 3) -> Figures:
    """What this machine gains from a second process: the same samples read by one, and by two at once that share nothing.

    Cores that are threads of one core, or a shared cache, keep that below 2; no archive run can gain more.
    """
    one, two = (min(statistics.mean(_spin(count)) for _ in range(rounds)) for count in (1, 2))
    return {"one_seconds": one, "two_seconds": two, "gain": 2 * one / two}


def _spin(count: int) -> list[float]:
    """Seconds of each of `count` processes that begin together."""
    command = [sys.executable, "-c", _SPIN]
    made = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(count)]
    for process in made:
        assert process.stdout is not None
        process.stdout.readline()
    for process in made:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    return [float(process.communicate()[0]) for process in made]


def rerun(folder: Path, jobs: int) -> Figures:
    """A run over an archive that has not changed: files a second."""
    wall, _, said = _vanban("extract", folder / "in", "--out", folder / f"out-{jobs}", "--jobs", jobs, "--ocr", "never", "-q")
    count = sum(len(files) for _, _, files in os.walk(folder / "in"))
    return {"files": count, "seconds": wall, "files_a_second": count / wall, "said": said.strip().splitlines()[-1]}


def archive_runs(count: int) -> Figures:
    """One job, two jobs, and a rerun."""
    with tempfile.TemporaryDirectory(prefix="vanban-bench-") as name:
        one, two = archive_run(count, 1, Path(name)), archive_run(count, 2, Path(name))
        gain = one["seconds"] / two["seconds"]
        return {"ceiling": ceiling(), "two_jobs_to_one": gain, "one": one, "two": two, "rerun": rerun(Path(name), 2)}


def disk_and_memory() -> Figures:
    """What this machine has."""
    return {"memory_gb": psutil.virtual_memory().total / 2**30, "disk_free_gb": shutil.disk_usage(tempfile.gettempdir()).free / 2**30}


MEASURES: dict[str, Callable[[bool], Figures]] = {
    "start_up": lambda quick: start_up(3 if quick else 7),
    "peers": lambda quick: peers(1 if quick else 3),
    "growth": lambda quick: growth((1, 10, 50), 1) if quick else growth(),
    "archive": lambda quick: archive_runs(100 if quick else 5000),
}
