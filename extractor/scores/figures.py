"""Scores of many documents: sums, rates, intervals, and the figures that the project promises."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np

from extractor.scores.counts import MATCHERS, Counts, Key, Tally, add, pick
from extractor.scores.judge import Outcome

ROUNDS = 1000
Rate = Callable[[Counts], float | None]
LAYER_ORDER = ("header", "tasks", "assignments", "deadlines", "indicators", "citations", "duties")


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """One document's counts. `source` names its gold file: renderings of one document share it and are never resampled apart."""

    source: str
    sha256: str
    path: str
    format: str
    text_source: str
    split: str
    status: str
    tally: Tally
    outcomes: tuple[Outcome, ...] = ()
    error: str | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """All documents judged; `machine` says on what and in what time."""

    documents: tuple[DocumentScore, ...]
    machine: Mapping[str, Any] = field(default_factory=dict)

    @property
    def tally(self) -> dict[Key, Counts]:
        return add(d.tally for d in self.documents)

    @property
    def failures(self) -> list[tuple[str, str]]:
        """Documents that could not be read (path, reason); their gold records all count as missed."""
        return [(d.path, d.error or d.status) for d in self.documents if d.status == "failed"]

    def by(self, dimension: str) -> dict[str, Score]:
        """Parts of the score by `path`, `source`, `format`, `text_source` or `split`; their counts add up to the whole."""
        names = sorted({str(getattr(d, dimension)) for d in self.documents})
        return {n: Score(tuple(d for d in self.documents if str(getattr(d, dimension)) == n), self.machine) for n in names}


@dataclass(frozen=True, slots=True)
class Figure:
    """A rate with what it rests on: `counts`, macro mean over documents, 95 % interval; `goal` is what was promised."""

    name: str
    value: float | None
    counts: Counts
    macro: float | None
    low: float | None
    high: float | None
    goal: float | None = None

    @property
    def met(self) -> bool | None:
        if self.goal is None or self.value is None:
            return None
        return self.value <= self.goal if self.name in AT_MOST else self.value >= self.goal


def f1(counts: Counts) -> float | None:
    """The harmonic mean of precision and recall, 0–1."""
    return counts.f1


def accuracy(counts: Counts) -> float | None:
    """The share of compared pairs that are equal, 0–1."""
    return counts.accuracy


def false_share(counts: Counts) -> float | None:
    """The share of found records that answer no gold record at all, 0–1."""
    return (counts.found - counts.pairs) / counts.found if counts.found else None


# name → (layer, origin, field, rate, goal); judged by the alike matcher
HEADLINES: Mapping[str, tuple[str, str | None, str, Rate, float]] = MappingProxyType(
    {
        "header fields right": ("header", "", "record", accuracy, 0.97),
        "table tasks F1": ("tasks", "table", "record", f1, 0.98),
        "table tasks: lead pairs F1": ("assignments", "table", "lead", f1, 0.97),
        "table tasks: support pairs F1": ("assignments", "table", "support", f1, 0.97),
        "table tasks: due_on F1": ("deadlines", "table", "due_on", f1, 0.97),
        "table tasks: edtf F1": ("deadlines", "table", "edtf", f1, 0.97),
        "table indicators F1 (label, value)": ("indicators", "table", "record", f1, 0.98),
        "table indicators: unit right": ("indicators", "table", "unit", accuracy, 0.97),
        "citations F1 (type, number, date)": ("citations", "", "record", f1, 0.96),
        "citations with relation F1": ("citations", "", "record+relation", f1, 0.93),
        "narrative tasks F1": ("tasks", "narrative", "record", f1, 0.90),
        "narrative tasks: lead pairs F1": ("assignments", "narrative", "lead", f1, 0.90),
        "narrative tasks: support pairs F1": ("assignments", "narrative", "support", f1, 0.80),
        "narrative tasks: deadlines F1": ("deadlines", "narrative", "record", f1, 0.88),
        "narrative tasks: false share": ("tasks", "narrative", "record", false_share, 0.03),
        "duties F1 (who, what)": ("duties", "", "record", f1, 0.75),
        "duties: deadlines F1": ("deadlines", "duty", "record", f1, 0.88),
        "narrative indicators F1 (value, unit)": ("indicators", "narrative", "record", f1, 0.90),
    }
)
AT_MOST = frozenset({"narrative tasks: false share"})


def headlines(score: Score, matcher: str = "alike", rounds: int = ROUNDS) -> list[Figure]:
    """The promised figures, in one list."""
    made = []
    for name, (layer, origin, part, rate, goal) in HEADLINES.items():
        made.append(figure(score, name, (layer, origin, part, matcher), rate, rounds=rounds, goal=goal))
    return made


def figure(
    score: Score, name: str, place: tuple[str, str | None, str, str], rate: Rate = f1, *, rounds: int = ROUNDS, goal: float | None = None
) -> Figure:
    """One rate: micro value, macro mean over the documents that have such items, 95 % interval by resampling sources."""
    layer, origin, part, matcher = place
    counts = [pick(d.tally, layer, part, matcher, origin=origin) for d in score.documents]
    own = [value for value in map(rate, counts) if value is not None]
    low, high = interval(list(zip((d.source for d in score.documents), counts, strict=True)), rate, rounds)
    total = sum(counts, Counts())
    return Figure(name, rate(total), total, sum(own) / len(own) if own else None, low, high, goal)


def interval(counts: Sequence[tuple[str, Counts]], rate: Rate, rounds: int = ROUNDS) -> tuple[float | None, float | None]:
    """The 2.5 and 97.5 percentiles of a rate when whole sources are drawn with replacement (fixed seed).

    None where fewer than two sources have such items: one document says nothing about the next.
    """
    sums: dict[str, Counts] = {}
    for source, row in counts:
        sums[source] = sums.get(source, Counts()) + row
    rows = np.array([[c.tp, c.fp, c.fn, c.same, c.pairs] for c in sums.values() if rate(c) is not None]).reshape(-1, 5)
    if rounds == 0 or len(rows) < 2:
        return None, None
    draws = np.random.default_rng(0).multinomial(len(rows), [1 / len(rows)] * len(rows), size=rounds)
    values = [value for value in (rate(Counts(*map(int, row))) for row in draws @ rows) if value is not None]
    if not values:
        return None, None
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def layers(score: Score, rounds: int = ROUNDS) -> list[dict[str, Any]]:
    """A row per layer and origin: support, found, and P, R, F1 of its records under the three matchers, with interval."""
    places = sorted({(k.layer, k.origin) for k in score.tally if k.field == "record"}, key=lambda p: (LAYER_ORDER.index(p[0]), p[1]))
    return [_row(score, (layer, origin, "record"), rounds) for layer, origin in places]


def fields(score: Score, layer: str, origin: str | None = None) -> list[dict[str, Any]]:
    """A row per field of a layer."""
    names = list(dict.fromkeys(k.field for k in score.tally if k.layer == layer and origin in (None, k.origin)))
    return [_row(score, (layer, origin, name), 0) for name in names]


def _row(score: Score, place: tuple[str, str | None, str], rounds: int) -> dict[str, Any]:
    row: dict[str, Any] = {"layer": place[0], "origin": place[1] or "", "field": place[2]}
    for matcher in MATCHERS:
        made = figure(score, "", (*place, matcher), f1, rounds=rounds if matcher == "alike" else 0)
        if matcher == "strict":
            row |= {"support": made.counts.support, "found": made.counts.found}
        row[matcher] = {"precision": made.counts.precision, "recall": made.counts.recall, "f1": made.value, "macro_f1": made.macro}
        if matcher == "alike":
            row |= {"low": made.low, "high": made.high, "same": made.counts.same, "pairs": made.counts.pairs}
    return row


def outcomes(score: Score) -> Iterable[tuple[DocumentScore, Outcome]]:
    """Every outcome with its document."""
    return ((document, outcome) for document in score.documents for outcome in document.outcomes)
