"""Ruling lines and words → the cells of drawn tables.

Lines are snapped together, grouped where they cross, and every group with at least two lines each way is a table: its
lines span a lattice, and lattice squares that no line parts belong to one cell. So a missing stretch of line is a merged
cell, and a table cut by the end of a page still closes its last row.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MOST_CROSSINGS, MOST_SQUARES = 4_000_000, 40_000  # beyond that the lines are a drawing
SNAP = 3.0  # points within which ends meet
ALIGN = 2.0  # points within which lines beside each other are one: a table within a cell may keep less than 4 from its border


@dataclass(frozen=True, slots=True)
class PageRules:
    """The straight lines of a page in points from the top left; pictures of pages can give them as well as PDF can.

    `level`: (n, 3) y, x0, x1 of horizontal lines; `plumb`: (n, 3) x, top, bottom of vertical ones; `fills`: (n, 4)
    x0, top, x1, bottom of filled areas.
    """

    width: float
    height: float
    level: Floats
    plumb: Floats
    fills: Floats

    @classmethod
    def none(cls, width: float, height: float) -> PageRules:
        """A page of that size without lines."""
        return cls(width, height, np.zeros((0, 3)), np.zeros((0, 3)), np.zeros((0, 4)))

    def turned(self, turns: int) -> PageRules:
        """The rules of the page turned clockwise by quarter turns."""
        rules = self
        for _ in range(turns % 4):
            y, x0, x1 = rules.level.T
            x, top, bottom = rules.plumb.T
            high = rules.height
            fills = rules.fills
            level = np.column_stack((x, high - bottom, high - top))
            plumb = np.column_stack((high - y, x0, x1))
            fills = np.column_stack((high - fills[:, 3], fills[:, 0], high - fills[:, 1], fills[:, 2]))
            rules = PageRules(high, rules.width, level, plumb, fills)
        return rules


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn table: borders of its columns and rows, and for each lattice square the number of its cell (-1: outside).

    `cells`: (n, 4) row, col, row_span, col_span of each cell.
    """

    xs: Floats
    ys: Floats
    owner: Ints
    cells: Ints

    @property
    def box(self) -> tuple[float, float, float, float]:
        """x0, top, x1, bottom of the table."""
        return float(self.xs[0]), float(self.ys[0]), float(self.xs[-1]), float(self.ys[-1])

    def part(self, rows: slice, cols: slice) -> Drawn:
        """The table cut down to some of its rows and columns."""
        owner = self.owner[rows, cols]
        _, first, renamed = np.unique(owner, return_index=True, return_inverse=True)
        renamed = renamed.reshape(owner.shape)
        row, col = np.divmod(first, owner.shape[1])
        ends = np.array([np.argwhere(renamed == k).max(axis=0) + 1 for k in range(len(first))])
        cells = np.column_stack((row, col, ends[:, 0] - row, ends[:, 1] - col))
        low, left = rows.start or 0, cols.start or 0
        return Drawn(self.xs[left : left + owner.shape[1] + 1], self.ys[low : low + owner.shape[0] + 1], renamed, cells)

    def cell_of(self, x: Floats, y: Floats) -> Ints:
        """The cell in which each point lies, or -1."""
        col = np.searchsorted(self.xs, x) - 1
        row = np.searchsorted(self.ys, y) - 1
        rows, cols = self.owner.shape
        inside = (col >= 0) & (col < cols) & (row >= 0) & (row < rows)
        found: Ints = np.where(inside, self.owner[row.clip(0, rows - 1), col.clip(0, cols - 1)], -1)
        return found


def joined(lines: Floats, gap: float = SNAP) -> Floats:
    """Lines (position, start, end) with those that lie on one another and touch made one; sorted by position, start."""
    if not len(lines):
        return lines
    lines = lines[np.argsort(lines[:, 0], kind="stable")]
    group = np.concatenate(([0], np.cumsum(np.diff(lines[:, 0]) > min(gap, ALIGN))))
    middle = (np.bincount(group, lines[:, 0]) / np.bincount(group))[group]
    apart = group * (lines[:, 2].max() - lines[:, 1].min() + 2 * gap)  # so that lines of one group never reach into the next
    order = np.lexsort((lines[:, 1], group))
    start, end = (lines[:, 1] + apart)[order], (lines[:, 2] + apart)[order]
    reach = np.maximum.accumulate(end)
    first = np.flatnonzero(np.concatenate(([True], start[1:] > reach[:-1] + gap)))
    lines = lines[order]
    return np.column_stack((middle[first], lines[first, 1], np.maximum.reduceat(lines[:, 2], first)))


def find_tables(rules: PageRules) -> list[Drawn]:
    """The drawn tables of a page, top to bottom, each with at least two cells side by side."""
    if len(rules.level) < 2 or len(rules.plumb) < 2:
        return []
    level, plumb = joined(rules.level), joined(rules.plumb)
    level, plumb = level[level[:, 2] - level[:, 1] > SNAP], plumb[plumb[:, 2] - plumb[:, 1] > SNAP]
    if len(level) < 2 or len(plumb) < 2 or len(level) * len(plumb) > MOST_CROSSINGS:
        return []
    y, x0, x1 = (level[:, k, None] for k in range(3))
    x, top, bottom = (plumb[None, :, k] for k in range(3))
    cross = (x >= x0 - SNAP) & (x <= x1 + SNAP) & (y >= top - SNAP) & (y <= bottom + SNAP)
    tables = []
    for rows, cols in _groups(cross):
        drawn = _lattice(level[rows], plumb[cols])
        if drawn is not None:
            tables.append(drawn)
    return sorted(tables, key=lambda t: (t.ys[0], t.xs[0]))


def _groups(cross: NDArray[np.bool_]) -> list[tuple[Ints, Ints]]:
    """Which horizontal and vertical lines hang together, of a matrix of what crosses what."""
    left = set(np.flatnonzero(cross.sum(axis=1) > 1).tolist())  # a line that crosses fewer than two bounds no cell
    groups = []
    while left:
        rows = np.zeros(cross.shape[0], bool)
        rows[left.pop()] = True
        cols = np.asarray(cross[rows].any(axis=0))
        while True:
            more = cross[:, cols].any(axis=1)
            if (more == rows).all():
                break
            rows = np.asarray(more)
            cols = np.asarray(cross[rows].any(axis=0))
        left -= set(np.flatnonzero(rows).tolist())
        if rows.sum() >= 2 and cols.sum() >= 2:
            groups.append((np.flatnonzero(rows), np.flatnonzero(cols)))
    return groups


def _lattice(level: Floats, plumb: Floats) -> Drawn | None:
    xs, ys = np.unique(plumb[:, 0]), np.unique(level[:, 0])
    top, bottom = plumb[:, 1].min(), plumb[:, 2].max()
    ys = np.concatenate(([top] if top < ys[0] - 2 * SNAP else [], ys, [bottom] if bottom > ys[-1] + 2 * SNAP else []))
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > MOST_SQUARES:
        return None
    middle_x, middle_y = (xs[:-1] + xs[1:]) / 2, (ys[:-1] + ys[1:]) / 2
    above = np.zeros((len(ys), len(middle_x)), bool)  # a line runs along the upper border of the square
    beside = np.zeros((len(middle_y), len(xs)), bool)
    covers = (middle_x > level[:, 1:2]) & (middle_x < level[:, 2:])
    np.logical_or.at(above, np.searchsorted(ys, level[:, 0] - 0.01), covers)
    covers = (middle_y > plumb[:, 1:2]) & (middle_y < plumb[:, 2:])
    np.logical_or.at(beside.T, np.searchsorted(xs, plumb[:, 0] - 0.01), covers)
    owner, cells = _cells(above, beside)
    return Drawn(xs, ys, owner, cells) if len(cells) > 1 else None


def _cells(above: NDArray[np.bool_], beside: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Squares joined where no line parts them, as rectangles; squares open to the outside on two sides are outside."""
    rows, cols = beside.shape[0], above.shape[1]
    if beside[:, 1:-1].all() and above[1:-1].all():
        row, col = np.divmod(np.arange(rows * cols), cols)
        return np.arange(rows * cols).reshape(rows, cols), np.column_stack((row, col, np.ones_like(row), np.ones_like(col)))
    parted_above, parted_beside = above.tolist(), beside.tolist()
    owner = [[-1] * cols for _ in range(rows)]
    cells: list[tuple[int, int, int, int]] = []
    for r in range(rows):
        for c in range(cols):
            if owner[r][c] >= 0:
                continue
            right = c + 1
            while right < cols and not parted_beside[r][right] and owner[r][right] < 0:
                right += 1
            low = r + 1
            while low < rows and _joins(low, (c, right), (parted_above, parted_beside), owner):
                low += 1
            for line in owner[r:low]:
                line[c:right] = [len(cells)] * (right - c)
            cells.append((r, c, low - r, right - c))
    return np.array(owner), np.array(cells)


def _joins(row: int, cols: tuple[int, int], parted: tuple[list[list[bool]], list[list[bool]]], owner: list[list[int]]) -> bool:
    """Whether the squares of that row between two columns belong to the cell above them."""
    (first, end), (above, beside) = cols, parted
    return not any(above[row][first:end]) and not any(beside[row][first + 1 : end]) and all(n < 0 for n in owner[row][first:end])
