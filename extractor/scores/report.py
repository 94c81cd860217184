"""A score as flat rows for a terminal, a notebook or a data frame: rates in percent, one decimal; counts beside every rate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any

from extractor.scores.changes import Change
from extractor.scores.counts import MATCHERS
from extractor.scores.figures import HEADLINES, ROUNDS, Figure, Score, fields, headlines, layers

Row = dict[str, Any]


def percent(value: float | None) -> float | None:
    """0–1 as percent with one decimal; None stays."""
    return None if value is None else round(100 * value, 1)


def headline_rows(score: Score, old: Score | None = None, rounds: int = ROUNDS) -> list[Row]:
    """The promised figures: value, macro mean, 95 % interval, what was promised, counts; with `old` the value before, too."""
    before: Sequence[Figure | None] = headlines(old, rounds=0) if old else [None] * len(HEADLINES)
    rows = []
    for figure, was in zip(headlines(score, rounds=rounds), before, strict=True):
        c = figure.counts
        row: Row = {"figure": figure.name, "%": percent(figure.value)}
        row |= {"before %": percent(was.value)} if was else {}
        row |= {"low": percent(figure.low), "high": percent(figure.high), "macro %": percent(figure.macro), "promised %": percent(figure.goal)}
        rows.append(row | {"gold": c.support, "found": c.found, "right": c.tp, "pairs": c.pairs, "same": c.same})
    return rows


def layer_rows(score: Score, rounds: int = ROUNDS) -> list[Row]:
    """Precision, recall and F1 of every layer and origin under the three matchers; the interval is that of F1 under `alike`."""
    return [_flat(row, rounds) for row in layers(score, rounds)]


def field_rows(score: Score, layer: str, origin: str | None = None) -> list[Row]:
    """The same for the fields of one layer."""
    return [_flat(row, 0) for row in fields(score, layer, origin)]


def _flat(row: Row, rounds: int) -> Row:
    flat = {name: row[name] for name in ("layer", "origin", "field", "support", "found")}
    for matcher in MATCHERS:
        flat |= {f"{matcher} {short}": percent(row[matcher][rate]) for short, rate in (("P", "precision"), ("R", "recall"), ("F1", "f1"))}
    flat["macro F1"] = percent(row["alike"]["macro_f1"])
    return flat | ({"low": percent(row["low"]), "high": percent(row["high"])} if rounds else {})


def part_rows(score: Score, dimension: str) -> list[Row]:
    """The promised figures side by side for the parts of a score: by `path`, `source`, `format`, `text_source` or `split`."""
    columns: dict[str, Score] = {"all": score, **score.by(dimension)}
    figures = {name: headlines(part, rounds=0) for name, part in columns.items()}
    return [{"figure": name, **{part: percent(column[n].value) for part, column in figures.items()}} for n, name in enumerate(HEADLINES)]


def change_rows(changes: Iterable[Change]) -> list[Row]:
    """One row per gain, loss or error: where, what, gold and found in short, and the document's words."""
    return [_change_row(change) for change in changes]


def _change_row(c: Change) -> Row:
    row: Row = {"turned": c.turned, "document": PurePath(c.path).name, "layer": f"{c.layer}.{c.origin}".rstrip("."), "error": c.error}
    row |= {"gold": _short(c, c.gold), "before": _short(c, c.before), "now": _short(c, c.after)}
    return row | {"words": " ".join((c.words or "").split())[:120] or None}


def _short(change: Change, fact: Row | None) -> str | None:
    if fact is None:
        return None
    names = (change.error, "text", "label", "what")
    value = next((fact[name] for name in names if fact.get(name)), None)
    if isinstance(value, list):
        value = "; ".join(str(item.get("text") if isinstance(item, dict) else item) for item in value)
    return None if value is None else str(value)[:120]


def failure_rows(score: Score) -> list[Row]:
    """Labelled documents that could not be read, with the reason."""
    return [{"document": path, "reason": reason} for path, reason in score.failures]
