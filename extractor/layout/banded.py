"""Tables without vertical rules: rows told by shading or by rules between them, columns by the white that all rows share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractor.layout.lines import PageWords, find_runs
from extractor.layout.ruled import Drawn, Floats, Ints, PageRules, find_tables

LEAST_ROWS = 3
WIDE = 0.35  # of the page: no narrower band is a row of a table
GAP = 0.8  # of the size: white that parts columns is at least that wide
SPANNING = 0.1  # of the rows may have text across the white (headings over all columns)
SAME = 3.0  # points
TALLEST = 400.0  # points: shading higher than that is a background, not a row


def find_banded(rules: PageRules, words: PageWords, taken: Sequence[Drawn]) -> list[Drawn]:
    """Shaded or lined tables besides those already `taken`."""
    if len(rules.fills) < LEAST_ROWS and len(rules.level) <= LEAST_ROWS:
        return []
    found: list[Drawn] = []
    shaded = [(x0, x1, _with_last_row(x0, x1, ys, words)) for x0, x1, ys in _shaded(rules.fills, rules.width)]
    for x0, x1, ys in [*shaded, *_lined(rules.level, rules.width)]:
        if len(ys) <= LEAST_ROWS:
            continue
        box = (x0, ys[0], x1, ys[-1])
        if not any(_overlap(box, table.box) for table in [*taken, *found]):
            found += with_columns(box, np.array(ys), words)
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


def _with_last_row(x0: float, x1: float, ys: list[float], words: PageWords) -> list[float]:
    """The row borders with one more for a last row that is not shaded, as every other one is not: text right below."""
    inside = np.flatnonzero((words.x0 > x0 - SAME) & (words.x1 < x1 + SAME) & (words.top > ys[-1] - SAME))
    end = ys[-1]
    for k in inside[np.argsort(words.top[inside])].tolist():
        if words.top[k] - end > 0.8 * words.size[k]:
            break
        end = max(end, float(words.bottom[k]))
    tallest = max((b - a for a, b in pairwise(ys)), default=0.0)
    return [*ys, end + 1.0] if SAME < end - ys[-1] < 1.5 * tallest else ys


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


@dataclass(frozen=True, slots=True)
class _Body:
    """The phrases between a table's outer borders: their edges, the row each is in, and the size of the print."""

    x0: Floats
    x1: Floats
    top: Floats
    bottom: Floats
    row: Ints
    size: float


def with_columns(box: tuple[float, float, float, float], ys: Floats, words: PageWords) -> list[Drawn]:
    """The table in a box with those row borders, or none where its words do not stand in columns."""
    x0, top, x1, bottom = box
    middle = (words.top + words.bottom) / 2
    inside = (middle > top) & (middle < bottom) & (words.x0 > x0 - SAME) & (words.x1 < x1 + SAME)
    if inside.sum() < LEAST_ROWS:
        return []
    runs, _ = find_runs(words.only(inside), 0)
    edges = np.array([(r.x0, r.x1, r.top, r.bottom) for r in runs]).T
    row = np.searchsorted(ys, (edges[2] + edges[3]) / 2) - 1
    body = _Body(edges[0], edges[1], edges[2], edges[3], row, float(np.median(words.size[inside])))
    borders = find_borders(body, x0, GAP * body.size)
    if len(np.unique(row)) < LEAST_ROWS or len(borders) < 2:
        return []
    return _drawn((x0, x1), ys, body, borders)


def find_borders(body: _Body, left: float, least: float) -> list[float]:
    """Where columns part, from `left` on: the middle of the white that at most a few rows have text across.

    Of the first row only the lowest heads count, as others stand over several columns. `least`: how wide the white must be.
    """
    head = body.row.min()
    covered = np.zeros((int(body.row.max()) + 1, int((body.x1 - left).max()) + 2), bool)
    for k, number in enumerate(body.row.tolist()):
        if number != head or _is_lowest(body, k, head):
            covered[number, max(int(body.x0[k] - left), 0) : max(int(body.x1[k] - left) + 1, 0)] = True
    count = covered.sum(axis=0) + len(covered) * covered[head]
    borders = []
    for start, end in _stretches(count <= SPANNING * covered.any(axis=1).sum()):
        if end - start >= least and start > int((body.x0 - left).min()) and end < len(count) - 1:
            clear = max(_stretches(count[start:end] == count[start:end].min()), key=lambda s: s[1] - s[0])
            borders.append(left + start + (clear[0] + clear[1]) / 2)
    return borders


def _is_lowest(body: _Body, k: int, row: int) -> bool:
    """Whether nothing of the same row stands below a phrase."""
    below = (body.row == row) & (body.top > body.bottom[k] - 0.3 * body.size) & (body.x0 < body.x1[k]) & (body.x1 > body.x0[k])
    return not below.any()


def _stretches(which: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """From where to where (behind the last) a condition holds."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], which, [False])).astype(int)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _drawn(box: tuple[float, float], ys: Floats, body: _Body, borders: Sequence[float]) -> list[Drawn]:
    """The table as if its rules were drawn: text across a border is a cell over several columns."""
    x0, x1 = box
    level = [(float(y), x0, x1) for y in ys]
    plumb = [(x, float(ys[0]), float(ys[-1])) for x in (x0, x1)]
    level += _heads_over(body, [x0, *borders, x1])
    heads = level[len(ys) :]
    for row in range(len(ys) - 1):
        here = body.row == row
        for x in borders:
            head = next((h for h in heads if h[1] < x < h[2]), None) if row == 0 else None
            if head is not None:
                plumb.append((x, head[0], float(ys[row + 1])))
                continue
            across = here & (body.x0 < x) & (body.x1 > x)
            if not across.any():
                plumb.append((x, float(ys[row]), float(ys[row + 1])))
                continue
            under = _under(body, here, across, [x0, *borders, x1])
            if under is not None:
                level.append(under)
                plumb.append((x, under[0], float(ys[row + 1])))
    return find_tables(PageRules(x1, float(ys[-1]), np.array(level), np.array(plumb), np.zeros((0, 4))))


def _under(body: _Body, here: NDArray[np.bool_], across: NDArray[np.bool_], borders: Sequence[float]) -> tuple[float, float, float] | None:
    """The rule (y, x0, x1) to think of under a head over several columns whose own heads stand below it in the same band."""
    left = max(b for b in borders if b <= body.x0[across].min() + SAME)
    right = min(b for b in borders if b >= body.x1[across].max() - SAME)
    y = float(body.bottom[across].max())
    below = here & (body.top > y - 0.3 * body.size) & (body.x1 > left) & (body.x0 < right)
    return (y, left, right) if below.any() else None


def _heads_over(body: _Body, borders: Sequence[float]) -> list[tuple[float, float, float]]:
    """Rules (y, x0, x1) to think of under short heads that stand in the middle above the heads of several columns."""
    here = np.flatnonzero(body.row == body.row.min())
    upper = [k for k in here.tolist() if body.top[k] < body.top[here].min() + 0.5 * body.size]
    lower = [k for k in here.tolist() if k not in upper]
    column = np.searchsorted(borders, (body.x0 + body.x1) / 2) - 1
    found = []
    for group in _runs_of(sorted({int(column[k]) for k in lower})):
        over = [k for k in upper if group[0] <= column[k] <= group[-1]]
        left, right = borders[group[0]], borders[group[-1] + 1]
        if len(group) > 1 and len(over) == 1 and abs(body.x0[over[0]] + body.x1[over[0]] - left - right) < 0.3 * (right - left):
            found.append((float(body.bottom[over[0]]), left, right))
    return found


def _runs_of(numbers: Sequence[int]) -> list[list[int]]:
    """Consecutive numbers together."""
    groups: list[list[int]] = []
    for number in numbers:
        if groups and number == groups[-1][-1] + 1:
            groups[-1].append(number)
        else:
            groups.append([number])
    return groups
