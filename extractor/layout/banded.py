"""Tables without vertical rules: rows told by shading or by rules between them, columns by the white that all rows share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extractor.layout.lines import PageWords
from extractor.layout.ruled import Drawn, Floats, PageRules, find_tables

LEAST_ROWS = 3
WIDE = 0.35  # of the page: no narrower band is a row of a table
GAP = 0.7  # of the size: white that parts columns is at least that wide
SPANNING = 0.1  # of the rows may have text across the white (headings over all columns)
SAME = 3.0  # points
TALLEST = 400.0  # points: shading higher than that is a background, not a row


def find_banded(rules: PageRules, words: PageWords, taken: Sequence[Drawn]) -> list[Drawn]:
    """Shaded or lined tables besides those already `taken`."""
    if len(rules.fills) < LEAST_ROWS and len(rules.level) <= LEAST_ROWS:
        return []
    found: list[Drawn] = []
    for x0, x1, ys in [*_shaded(rules.fills, rules.width), *_lined(rules.level, rules.width)]:
        box = (x0, ys[0], x1, ys[-1])
        if len(ys) > LEAST_ROWS and not any(_overlap(box, table.box) for table in [*taken, *found]):
            found += _with_columns(box, np.array(ys), words)
    return found


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _shaded(fills: Floats, width: float) -> list[tuple[float, float, list[float]]]:
    """x0, x1 and row borders of shaded areas stacked on each other; areas side by side make one row."""
    rows: dict[tuple[int, int], list[float]] = {}
    for x0, top, x1, bottom in fills.tolist():
        if bottom - top > TALLEST:
            continue
        row = rows.setdefault((round(top), round(bottom)), [x0, x1])
        row[:] = min(row[0], x0), max(row[1], x1)
    stacks: dict[tuple[int, int], list[float]] = defaultdict(list)
    for (top, bottom), (x0, x1) in rows.items():
        if x1 - x0 > WIDE * width:
            stacks[round(x0 / SAME), round(x1 / SAME)] += [float(top), float(bottom)]
    return [(x0 * SAME, x1 * SAME, _apart(ys)) for (x0, x1), ys in stacks.items()]


def _lined(level: Floats, width: float) -> list[tuple[float, float, list[float]]]:
    """The same of horizontal rules of one length."""
    stacks: dict[tuple[int, int], list[float]] = defaultdict(list)
    for y, x0, x1 in level.tolist():
        if x1 - x0 > WIDE * width:
            stacks[round(x0 / SAME), round(x1 / SAME)].append(y)
    return [(x0 * SAME, x1 * SAME, _apart(ys)) for (x0, x1), ys in stacks.items()]


def _apart(ys: list[float]) -> list[float]:
    """The borders in order, those within a hair of each other once."""
    kept: list[float] = []
    for y in sorted(ys):
        if not kept or y - kept[-1] > SAME:
            kept.append(y)
    return kept


def _with_columns(box: tuple[float, float, float, float], ys: Floats, words: PageWords) -> list[Drawn]:
    """The table in a box with those row borders, or none where its words do not stand in columns."""
    x0, top, x1, bottom = box
    middle = (words.top + words.bottom) / 2
    inside = np.flatnonzero((middle > top) & (middle < bottom) & (words.x0 > x0 - SAME) & (words.x1 < x1 + SAME))
    if len(inside) < LEAST_ROWS:
        return []
    covered = np.zeros((len(ys) - 1, int(x1 - x0) + 2), bool)
    rows = np.searchsorted(ys, middle[inside]) - 1
    for row, start, end in zip(rows.tolist(), (words.x0[inside] - x0).tolist(), (words.x1[inside] - x0).tolist(), strict=True):
        covered[row, max(int(start), 0) : max(int(end) + 1, 0)] = True
    filled = covered.any(axis=1).sum()
    borders = _white(covered, SPANNING * filled, GAP * float(np.median(words.size[inside])))
    if filled < LEAST_ROWS or len(borders) < 2:
        return []
    return _drawn((x0, x1), ys, covered, borders)


def _white(covered: NDArray[np.bool_], most: float, least: float) -> list[tuple[int, int]]:
    """From where to where the columns of white go that (nearly) no row has text in, those at the outer edges left out."""
    free = covered.sum(axis=0) <= most
    edges = np.flatnonzero(np.diff(np.concatenate(([False], free, [False])).astype(int)))
    pairs = [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return [(a, b) for a, b in pairs if b - a >= least and a > 0 and b < covered.shape[1]]


def _drawn(box: tuple[float, float], ys: Floats, covered: NDArray[np.bool_], borders: Sequence[tuple[int, int]]) -> list[Drawn]:
    """The table as if its rules were drawn; rows with text across a border have no line there."""
    x0, x1 = box
    level = np.array([(y, x0, x1) for y in ys])
    plumb = [(x, ys[0], ys[-1]) for x in (x0, x1)]
    for start, end in borders:
        x = x0 + (start + end) / 2
        plumb += [(x, ys[r], ys[r + 1]) for r in range(len(ys) - 1) if not covered[r, start:end].any()]
    return find_tables(PageRules(x1, float(ys[-1]), level, np.array(plumb), np.zeros((0, 4))))
