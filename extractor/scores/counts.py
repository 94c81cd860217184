"""Counts are kept, rates are derived: so the scores of parts add up to the whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

MATCHERS = ("strict", "soft", "alike")


class Key(NamedTuple):
    """What is counted: a layer's `record` or one field of it, by the origin of the record ("" where it has none)."""

    layer: str
    origin: str
    field: str
    matcher: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Right (`tp`), wrongly found (`fp`) and missed (`fn`) items; of `pairs` compared side by side, `same` were equal (both absent too)."""

    tp: int = 0
    fp: int = 0
    fn: int = 0
    same: int = 0
    pairs: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn, self.same + other.same, self.pairs + other.pairs)

    @property
    def support(self) -> int:
        """How many items the gold has."""
        return self.tp + self.fn

    @property
    def found(self) -> int:
        return self.tp + self.fp

    @property
    def precision(self) -> float | None:
        """0–1, or None where nothing was found."""
        return self.tp / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """0–1, or None where the gold has nothing."""
        return self.tp / self.support if self.support else None

    @property
    def f1(self) -> float | None:
        """0–1; None where there is neither gold nor found."""
        total = self.support + self.found
        return 2 * self.tp / total if total else None

    @property
    def accuracy(self) -> float | None:
        """The share of compared pairs that are equal, 0–1."""
        return self.same / self.pairs if self.pairs else None


Tally = Mapping[Key, Counts]


def add(tallies: Iterable[Tally]) -> dict[Key, Counts]:
    """The sum of several tallies."""
    total: dict[Key, Counts] = {}
    for tally in tallies:
        for key, counts in tally.items():
            total[key] = total[key] + counts if key in total else counts
    return total


def pick(tally: Tally, layer: str, field: str, matcher: str, *, origin: str | None = None) -> Counts:
    """The counts of one field over all origins, or over one."""
    rows = (c for k, c in tally.items() if (k.layer, k.field, k.matcher) == (layer, field, matcher) and origin in (None, k.origin))
    return sum(rows, Counts())
