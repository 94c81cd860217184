"""Every real and rendered file read once, as a Markdown table: `python tools/format_table.py [FOLDER …] > table.md`.

One process, one file after the other. Words of page pictures come from the OCR cache where it holds them (VANBAN_CACHE=off
reads them anew); files that did come from it are marked. Without FOLDER: ../shared/corpus/real and ../shared/corpus/rendered.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

from extractor import pipeline
from extractor.errors import VanbanError
from extractor.model import Document
from extractor.readers import load, ocr_cache

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "corpus"
DOCUMENTS = {".pdf", ".docx", ".doc", ".rtf", ".odt", ".xls", ".xlsx", ".html", ".htm", ".txt", ".md", ".png", ".jpg", ".jpeg", ".tif", ".tiff"}
HEADS = ("file", "status", "source", "pages", "seconds", "tasks", "indicators", "citations", "type", "number", "date")


def files(folders: list[Path]) -> Iterator[tuple[Path, Path]]:
    """(folder, file) of every document below the folders; transcripts and other truth are none."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix.lower() in DOCUMENTS and path.parent.name != "transcripts":
                yield folder, path


def row(path: Path) -> tuple[list[str], str | None]:
    """The table's cells for a file, and what is missing from it, if anything."""
    from_cache: list[bool] = []
    fetch = ocr_cache.fetch

    def seen(key: str, page: int) -> object:
        kept = fetch(key, page)
        from_cache.append(kept is not None)
        return kept

    ocr_cache.fetch = seen  # type: ignore[assignment]
    start = time.perf_counter()
    try:
        document, records = pipeline.run(load(path))
    except VanbanError as error:
        return ["failed", "", "", f"{time.perf_counter() - start:.2f}", "", "", "", "", "", ""], f"{error.code}: {error}"
    finally:
        ocr_cache.fetch = fetch
    seconds = time.perf_counter() - start
    header = records.header
    counts = [str(len(part)) for part in (records.tasks, records.indicators, records.citations)]
    pages = "" if document.page_count is None else str(document.page_count)
    spent = f"{seconds:.2f}" + ("*" if any(from_cache) else "")
    status, reason = state_of(document)
    return [status, document.text_source, pages, spent, *counts, header.doc_type or "", header.number or "", header.issued_on or ""], reason


def state_of(document: Document) -> tuple[str, str | None]:
    lost = [notice.message for notice in document.notices if notice.severity == "error"]
    return ("partial", "; ".join(lost)) if lost else ("ok", None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    folders = parser.parse_args().folders or [SHARED / "real", SHARED / "rendered"]
    print("| " + " | ".join(HEADS) + " |\n|" + "---|" * len(HEADS))
    reasons, states = [], []
    for folder, path in files(folders):
        cells, reason = row(path)
        name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
        states.append(cells[0])
        print("| " + " | ".join((name, *cells)) + " |", flush=True)
        if reason:
            reasons.append(f"- `{name}`: {reason}")
    print(f"\n{len(states)} files: " + ", ".join(f"{states.count(state)} {state}" for state in sorted(set(states))) + ".\n")
    print("\n".join(reasons))


if __name__ == "__main__":
    main()
