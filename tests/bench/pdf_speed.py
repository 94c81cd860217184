"""How fast born-digital PDFs are read, as ratios to named peers measured in the same run.

    python -m tests.bench.pdf_speed [--rounds 3] [--json FILE] [PDF …]

Peers: pypdfium2's bare text pass (the limit: whatever reads a PDF with pdfium does at least that) and pdfplumber's
`extract_words` with `find_tables` (what most programs use). The passes take turns on each file, in one process and one
thread; times are processor seconds, so that other programs on the machine do not count; per file the best round counts.
"""

from __future__ import annotations

import argparse
import io
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdfium2

from extractor.pipeline import run
from extractor.readers.formats import ReadOptions, Source
from extractor.readers.pdf import read_pdf

ROOT = Path(__file__).parent.parent.parent
OPTIONS = ReadOptions(ocr="never")


def bare_text(data: bytes) -> None:
    """pdfium's text of every page, and nothing else."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    document.close()


def plumber(data: bytes) -> None:
    """pdfplumber's words and tables of every page."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_words()
            page.find_tables()
            page.close()


PASSES: dict[str, Callable[[bytes], object]] = {
    "text": bare_text,
    "reader": lambda data: read_pdf(Source("bench.pdf", data), OPTIONS),
    "extraction": lambda data: run(Source("bench.pdf", data), OPTIONS),
    "pdfplumber": plumber,
}


def seconds(work: Callable[[bytes], object], data: bytes) -> float:
    """Processor seconds of one pass."""
    start = time.process_time()
    work(data)
    return time.process_time() - start


def measure(path: Path, rounds: int) -> dict[str, float]:
    """Milliseconds per page of each pass over a file."""
    data = path.read_bytes()
    pages = len(pypdfium2.PdfDocument(data))
    best = {name: float("inf") for name in PASSES}
    for turn in range(rounds):
        for name, work in PASSES.items():
            if name != "pdfplumber" or turn == 0:
                best[name] = min(best[name], seconds(work, data))
    return {"pages": pages, **{name: 1000 * value / pages for name, value in best.items()}}


def default_files() -> list[Path]:
    """The sample PDFs of the project, and the rendered and born-digital real ones beside it where they are."""
    shared = ROOT / ".." / "shared" / "corpus"
    rendered = [shared / "rendered" / f"00{n}.pdf" for n in range(5)]
    real = [p for p in sorted((shared / "real" / "pdf").glob("*.pdf")) if "scan" not in p.stem]
    return [p for p in [*sorted((ROOT / "corpus" / "pdf").glob("*.pdf")), *rendered, *real] if p.exists()]


def report(rows: dict[str, dict[str, float]]) -> dict[str, float]:
    """Prints a line per file and the whole; comes back with the ratios over all pages."""
    print(f"{'file':44} pages " + " ".join(f"{name:>11}" for name in PASSES) + "   ms/page")
    for name, row in rows.items():
        print(f"{name[:44]:44} {row['pages']:5.0f} " + " ".join(f"{row[key]:11.2f}" for key in PASSES))
    pages = sum(row["pages"] for row in rows.values())
    whole = {key: sum(row[key] * row["pages"] for row in rows.values()) / pages for key in PASSES}
    print(f"{'all':44} {pages:5.0f} " + " ".join(f"{whole[key]:11.2f}" for key in PASSES))
    ratios = {
        "reader_to_text": whole["reader"] / whole["text"],
        "extraction_to_text": whole["extraction"] / whole["text"],
        "pdfplumber_to_reader": whole["pdfplumber"] / whole["reader"],
        "pdfplumber_to_extraction": whole["pdfplumber"] / whole["extraction"],
        "median_extraction_to_text": statistics.median(row["extraction"] / row["text"] for row in rows.values()),
        "median_pdfplumber_to_extraction": statistics.median(row["pdfplumber"] / row["extraction"] for row in rows.values()),
    }
    for key, value in ratios.items():
        print(f"{key:34} {value:6.1f}")
    return ratios


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    rows = {path.name: measure(path, options.rounds) for path in options.files or default_files()}
    ratios = report(rows)
    if options.json:
        options.json.write_text(json.dumps({"files": rows, "ratios": ratios}, indent=1, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
