"""Scores kept in files: whole (with every outcome, for a later comparison) or as counts alone (to be recorded beside the gold)."""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from extractor.errors import GoldError
from extractor.scores.counts import MATCHERS, Counts, Key
from extractor.scores.facts import Row, Sheet, from_rows
from extractor.scores.figures import DocumentScore, Score
from extractor.scores.gold import Gold, GoldSet, pair, read_gold
from extractor.scores.judge import Outcome, judge

VERSION = 1
PLACE = ("source", "sha256", "path", "format", "text_source", "split", "status", "error", "seconds")


def machine(seconds: float | None = None) -> dict[str, Any]:
    """What the scores were made on; `seconds` is the time that scoring itself took."""
    made: dict[str, Any] = {"system": platform.platform(), "processor": _processor(), "cores": os.cpu_count(), "python": platform.python_version()}
    return made if seconds is None else {**made, "score_seconds": round(seconds, 2)}


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def score_tables(
    tables: Mapping[str, Iterable[Row]], paths: Iterable[Path], documents: Sequence[Path] = (), *, manifest: Path | None = None, partial: bool = False
) -> tuple[Score, GoldSet]:
    """The rows of a data set (by table) judged against labels in files and folders; see `read_gold` for the rest.

    The labels come back too: say loudly which of them were skipped.

    Raises: GoldError.
    """
    start = time.perf_counter()
    sheets = from_rows(tables)
    gold = read_gold(paths, documents, manifest=manifest, sheets=sheets, partial=partial)
    score = score_documents(pair(gold, sheets), {})
    return Score(score.documents, machine(time.perf_counter() - start)), gold


def score_documents(pairs: Sequence[tuple[Gold, Sheet]], on: Mapping[str, Any] | None = None) -> Score:
    """Every labelled document judged. A document that could not be read has missed everything."""
    return Score(tuple(score_document(gold, sheet) for gold, sheet in pairs), on if on is not None else machine())


def score_document(gold: Gold, sheet: Sheet) -> DocumentScore:
    """One labelled document judged."""
    tally, outcomes = judge(gold.facts, sheet)
    place = (gold.group, sheet.sha256, sheet.path, sheet.format, sheet.text_source, gold.split, sheet.status)
    return DocumentScore(*place, tally, outcomes, sheet.error, sheet.seconds)


def to_plain(score: Score, whole: bool = True) -> dict[str, Any]:
    """The score as JSON can hold it. Not `whole`: counts and hashes only, none of the documents' words."""
    return {"version": VERSION, "machine": dict(score.machine), "documents": [_document(d, whole) for d in score.documents]}


def _document(document: DocumentScore, whole: bool) -> dict[str, Any]:
    names = PLACE if whole else ("sha256", "source", "format", "split", "status")
    made: dict[str, Any] = {name: getattr(document, name) for name in names}
    made["counts"] = _counts(document.tally)
    if whole:
        made["outcomes"] = [asdict(outcome) for outcome in document.outcomes]
    return made


def _counts(tally: Mapping[Key, Counts]) -> dict[str, list[list[int]]]:
    """`layer|origin|field` → for each matcher tp, fp, fn, same, pairs; once where all matchers count the same."""
    made = {}
    for place in sorted({key[:3] for key in tally}):
        rows = [list(_numbers(tally.get(Key(*place, matcher), Counts()))) for matcher in MATCHERS]
        made["|".join(place)] = rows[:1] if rows[0] == rows[1] == rows[2] else rows
    return made


def _numbers(c: Counts) -> tuple[int, ...]:
    return (c.tp, c.fp, c.fn, c.same, c.pairs)


def from_plain(content: Mapping[str, Any]) -> Score:
    """The score that `to_plain` made.

    Raises: GoldError where the content is something else.
    """
    if content.get("version") != VERSION or not isinstance(content.get("documents"), list):
        raise GoldError("these are no scores of this version", remedy="write them again with `vanban score --json`")
    return Score(tuple(_scored(row) for row in content["documents"]), content.get("machine", {}))


def _scored(row: Mapping[str, Any]) -> DocumentScore:
    tally = {
        Key(*_place(place), matcher): Counts(*numbers)
        for place, parts in row["counts"].items()
        for matcher, numbers in zip(MATCHERS, parts * 3 if len(parts) == 1 else parts, strict=True)
    }
    outcomes = tuple(Outcome(**{**o, "right": tuple(o["right"]), "wrong": tuple(o["wrong"])}) for o in row.get("outcomes", ()))
    place: dict[str, Any] = {name: row.get(name, "") for name in PLACE[:-2]}
    return DocumentScore(**place, tally=tally, outcomes=outcomes, error=row.get("error"), seconds=row.get("seconds"))


def _place(text: str) -> tuple[str, str, str]:
    layer, origin, field = text.split("|")
    return layer, origin, field


def load_score(path: Path) -> Score:
    """A score from a file.

    Raises: GoldError.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GoldError(f"cannot be read as scores: {error}", file=str(path), remedy="write them again with `vanban score --json`") from error
    return from_plain(content)


def save_score(score: Score, path: Path, whole: bool = True) -> None:
    """Write a score. Not `whole`: counts only, a line each, so that a comparison of two versions shows what changed."""
    plain = to_plain(score, whole)
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True) if whole else _lines(plain)
    path.write_text(text + "\n", encoding="utf-8")


def _lines(plain: Mapping[str, Any]) -> str:
    documents = []
    for document in plain["documents"]:
        head = json.dumps({name: value for name, value in document.items() if name != "counts"}, ensure_ascii=False, sort_keys=True)
        counts = ",\n".join(f"  {json.dumps(name)}: {json.dumps(rows)}" for name, rows in document["counts"].items())
        documents.append(f'{head[:-1]}, "counts": {{\n{counts}}}}}')
    rest = json.dumps({name: value for name, value in plain.items() if name != "documents"}, ensure_ascii=False, sort_keys=True)
    body = ",\n".join(documents)
    return f'{rest[:-1]}, "documents": [\n{body}\n]}}'
