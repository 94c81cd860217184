"""How fast born-digital PDFs are read, as ratios to named peers measured in the same run.

    python -m tests.bench.pdf_speed [--rounds 3] [--json FILE] [PDF …]

Peers: pypdfium2's bare text pass (the limit: whatever reads a PDF with pdfium does at least that) and pdfplumber's
`extract_words` with `find_tables` (what most programs use). The passes take turns over all files, in one process and one
thread, as in an archive: each file comes once a round, and what extraction remembers of texts is forgotten before each.
Times are processor seconds, so that other programs on the machine count little; per file the best round counts.
"""

from __future__ import annotations

import argparse
import functools
import gc
import io
import json
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pdfplumber
import pypdfium2

from extractor.pipeline import run
from extractor.readers.formats import ReadOptions, Source
from extractor.readers.pdf import read_pdf
from tests.bench import archives

ROOT = Path(__file__).parent.parent.parent
OPTIONS = ReadOptions(ocr="never")
Row = dict[str, float]  # "pages", and milliseconds per page of each pass


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


def forget() -> None:
    """Empties what extraction remembers of texts (caches of limited size); patterns once compiled stay."""
    for found in gc.get_objects():
        if isinstance(found, functools._lru_cache_wrapper) and str(found.__module__).startswith("extractor") and found.cache_parameters()["maxsize"]:
            found.cache_clear()


def measure(paths: Sequence[Path], rounds: int) -> dict[Path, Row]:
    """Milliseconds per page of each pass over each file; pdfplumber goes over them once."""
    contents = {path: path.read_bytes() for path in paths}
    best = {path: dict.fromkeys(PASSES, float("inf")) for path in paths}
    for turn in range(rounds):
        for name, work in PASSES.items():
            if name == "pdfplumber" and turn:
                continue
            forget()
            for path, content in contents.items():
                best[path][name] = min(best[path][name], seconds(work, content))
    pages = {path: len(pypdfium2.PdfDocument(content)) for path, content in contents.items()}
    return {path: {"pages": pages[path], **{name: 1000 * value / pages[path] for name, value in row.items()}} for path, row in best.items()}


def default_files() -> dict[str, list[Path]]:
    """The seeds as rendered and the born-digital real PDFs, where these stand beside the project, and the project's own samples."""
    shared = ROOT / ".." / "shared" / "corpus"
    rendered = [path for n in range(5) if (path := shared / "rendered" / f"00{n}.pdf").exists()]
    real = [path for path in sorted((shared / "real" / "pdf").glob("*.pdf")) if "scan" not in path.stem]
    groups = {"rendered": rendered, "real": real, "samples": archives.samples(("pdf",))}
    return {name: paths for name, paths in groups.items() if paths}


def report(groups: dict[str, list[Path]], rows: dict[Path, Row]) -> dict[str, Row]:
    """Prints a line per file and per group; comes back with the figures of the groups, and of the rendered and real ones together."""
    print(f"{'file':44} pages " + " ".join(f"{name:>11}" for name in PASSES) + "   ms/page")
    for path, row in rows.items():
        print(_line(path.name, row))
    if len(groups) == 3:
        groups = groups | {"rendered and real": groups["rendered"] + groups["real"]}
    figures = {}
    for name, paths in groups.items():
        figures[name] = _together([rows[path] for path in paths])
        print(_line(name, figures[name]))
        for ratio, value in list(figures[name].items())[1 + len(PASSES) :]:
            print(f"    {ratio:34} {value:6.1f}")
    return figures


def _line(name: str, row: Row) -> str:
    return f"{name[:44]:44} {row['pages']:5.0f} " + " ".join(f"{row[key]:11.2f}" for key in PASSES)


def _together(rows: Sequence[Row]) -> Row:
    """The passes over all pages of some files, and their ratios."""
    pages = sum(row["pages"] for row in rows)
    whole = {key: sum(row[key] * row["pages"] for row in rows) / pages for key in PASSES}
    return {
        "pages": pages,
        **whole,
        "reader_to_text": whole["reader"] / whole["text"],
        "extraction_to_text": whole["extraction"] / whole["text"],
        "pdfplumber_to_reader": whole["pdfplumber"] / whole["reader"],
        "pdfplumber_to_extraction": whole["pdfplumber"] / whole["extraction"],
        "median_extraction_to_text": statistics.median(row["extraction"] / row["text"] for row in rows),
        "median_pdfplumber_to_extraction": statistics.median(row["pdfplumber"] / row["extraction"] for row in rows),
    }


def run_all(groups: dict[str, list[Path]], rounds: int) -> dict[str, dict[str, Row]]:
    """Measures and prints; figures by file and by group."""
    rows = measure([path for paths in groups.values() for path in paths], rounds)
    figures = report(groups, rows)
    return {"files": {f"{name}/{path.name}": rows[path] for name, paths in groups.items() for path in paths}, "groups": figures}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    figures = run_all({"given": options.files} if options.files else default_files(), options.rounds)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
