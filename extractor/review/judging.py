"""A data set held against labels, and against an older one."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.dataset import Dataset, open_dataset
from extractor.errors import GoldError
from extractor.scores import (
    Change,
    GoldSet,
    Score,
    changes,
    errors,
    from_rows,
    load_score,
    machine,
    pair,
    read_gold,
    score_documents,
    strangers,
)

TABLES = ("texts", "tasks", "assignments", "deadlines", "indicators", "citations", "duties")


@dataclass(frozen=True, slots=True)
class Judged:
    """A score with the labels it rests on; `turned` are gains and losses against `old`, or all errors where there is no old score.

    `strangers` are documents that only one of the two scores has.
    """

    score: Score
    gold: GoldSet
    old: Score | None
    turned: tuple[Change, ...]
    strangers: tuple[str, ...] = ()


def judge_dataset(
    data: str,
    labels: Sequence[Path],
    documents: Sequence[Path] = (),
    *,
    manifest: Path | None = None,
    against: str | None = None,
    partial: bool = False,
) -> Judged:
    """The data set in a folder or under a URL, judged against labels (files or folders; see `extractor.scores.read_gold`).

    `against` is an older data set, or a score kept as JSON.

    Raises: GoldError, DatasetError.
    """
    score, gold = _score(data, labels, documents, manifest=manifest, partial=partial)
    if against is None:
        return Judged(score, gold, None, tuple(errors(score)))
    if Path(against).is_file():
        old = load_score(Path(against))
        if not any(document.outcomes for document in old.documents):
            raise GoldError("holds counts only, not what became of each record", file=against, remedy="compare with one that --json wrote")
    else:
        old, _ = _score(against, labels, documents, manifest=manifest, partial=True)
    return Judged(score, gold, old, tuple(changes(old, score)), tuple(strangers(old, score)))


def _score(data: str, labels: Sequence[Path], documents: Sequence[Path], *, manifest: Path | None, partial: bool) -> tuple[Score, GoldSet]:
    with open_dataset(data) as opened:
        given = from_rows({"documents": opened.table("documents").to_pylist()})
        gold = read_gold(labels, documents, manifest=manifest, sheets=given, partial=partial)
        tables = rows_of(opened, sorted({sheet.sha256[:16] for _, sheet in pair(gold, given)}))
    start = time.perf_counter()
    judged = score_documents(pair(gold, from_rows(tables)), {})
    return Score(judged.documents, machine(time.perf_counter() - start)), gold


def rows_of(opened: Dataset, doc_ids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """The rows of some documents by table; of `documents` every row, so that missing ones can be named."""
    rows = {"documents": opened.table("documents").to_pylist()}
    for name in TABLES:
        rows[name] = opened.arrow(f'SELECT * FROM "{name}" WHERE doc_id IN (SELECT unnest(?::VARCHAR[]))', [list(doc_ids)]).to_pylist()  # noqa: S608
    return rows
