"""Tables as plain text draws them: rows of `|`, rows of tabs, cells fenced by lines that hold a single `|`."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.layout.heads import heading_role, is_code
from extractor.layout.markup import is_bold, plain
from extractor.layout.pieces import Grid, GridCell, Passage

RULE = regex.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-*:?\s*)*\|?")
BAR = regex.compile(r"(?<!\\)\|")
MOST_COLUMNS = 400


def is_pipe_row(line: str) -> bool:
    """A row of a Markdown table: it begins with a bar and holds another."""
    text = line.strip()
    return text.startswith("|") and text.count("|") > 1


def is_fence(line: str) -> bool:
    return line.strip() == "|"


def is_tab_row(line: str) -> bool:
    """At least three cells, or two of which the first is empty."""
    return line.count("\t") >= 2 and bool(line.strip())


def pipe_grid(lines: Sequence[str]) -> Grid | None:
    """The grid of a run of Markdown rows; the row above the first rule is its head."""
    rows, rule = [], None
    for line in lines:
        text = line.strip()
        if RULE.fullmatch(text) and "-" in text:
            rule = len(rows) if rule is None else rule
            continue
        if text.endswith("|") and not text.endswith("\\|"):
            text = text[:-1]
        rows.append([cell.replace("\\|", "|") for cell in BAR.split(text[1:])][:MOST_COLUMNS])
    return grid_of(rows)


def tab_grid(lines: Sequence[str]) -> Grid | None:
    return grid_of([line.rstrip("\r\n").split("\t")[:MOST_COLUMNS] for line in lines])


def grid_of(rows: Sequence[Sequence[str]], spans: dict[tuple[int, int], tuple[int, int]] | None = None) -> Grid | None:
    """A grid of raw cell texts, rows padded to one width; None where no cell has text."""
    width = max((len(row) for row in rows), default=0)
    cells = []
    some = False
    for r, row in enumerate(rows):
        for c in range(width):
            raw = row[c] if c < len(row) else ""
            text = plain(raw) if raw and not raw.isspace() else ""
            some = some or bool(text)
            depth, breadth = (spans or {}).get((r, c), (1, 1))
            cells.append(GridCell(r, c, depth, breadth, Passage(text), is_bold(raw) if text and "*" in raw else None))
    return Grid(cells, len(rows), width) if some else None


# ---- fenced cells: "|", a cell, "|", a cell … ------------------------------------------------------------------


def fenced_cells(lines: Sequence[str]) -> list[str]:
    """The cells between lines that hold one bar; "" between two such lines (an empty cell, or the end of a row)."""
    cells: list[str] = []
    parts: list[str] = []
    for line in lines[1:]:
        if is_fence(line):
            cells.append("\n".join(parts))
            parts = []
        elif line.strip():
            parts.append(line.strip())
    if parts:
        cells.append("\n".join(parts))
    return cells


def fenced_rows(cells: Sequence[str]) -> list[list[str]]:
    """Rows of fenced cells. A gap is either an empty cell or the end of a row: the widest head row gives the width, and
    rows are cut so that most of them have it and row numbers come first (least-cost cut, linear in the number of cells).
    """
    width = _width(cells)
    if width < 2:
        return [[c] for c in cells if c]
    size = len(cells)
    best = [0.0] * (size + 2)
    cut = [size + 1] * (size + 2)
    for start in range(size - 1, -1, -1):
        best[start] = 1e9
        for end in range(start + 1, min(start + width, size) + 1):
            if end < size and cells[end]:
                continue  # a row ends at a gap or at the very end
            cost = _row_cost(cells, start, end, width) + (best[end + 1] if end + 1 <= size else 0.0)
            if cost < best[start]:
                best[start], cut[start] = cost, end
    rows, start = [], 0
    while start < size:
        end = min(cut[start], size)
        rows.append(list(cells[start:end]))
        start = end + 1
    return rows


def _width(cells: Sequence[str]) -> int:
    """How many cells a full row has: the longest run of filled cells (a row of column numbers, a filled row)."""
    longest = run = 0
    for cell in cells:
        run = run + 1 if cell else 0
        longest = max(longest, run)
    return min(longest, MOST_COLUMNS)


def _row_cost(cells: Sequence[str], start: int, end: int, width: int) -> float:
    """How odd these cells are as one row: short rows, rows without text, numbers away from the first place."""
    first = cells[start]
    size = end - start
    cost = 0.0 if size == width else 1.5 if size == 1 and first and not is_code(first) else 2.0 + 0.2 * (width - size)
    if first and (is_code(first) or heading_role(" ".join(plain(first).split())) == "ordinal"):
        cost -= 0.6
    elif not first:
        cost += 0.5
    if not any(cells[start:end]):
        cost += 3.0
    return cost


def fenced_grid(cells: Sequence[str]) -> Grid | None:
    """The grid of fenced cells. A row of one cell covers the whole width; a second head row stands under the merged head."""
    rows = fenced_rows(cells)
    width = max((len(r) for r in rows), default=0)
    if rows and width > 1:
        rows, spans = _settle_heads(rows, width)
        rows = [r for r in rows if any(r)]
        for index, row in enumerate(rows):
            if len(row) == 1 and index:
                spans[index, 0] = (1, width)
        return _without_covered(grid_of(rows, spans), spans)
    return None


def _settle_heads(rows: list[list[str]], width: int) -> tuple[list[list[str]], dict[tuple[int, int], tuple[int, int]]]:
    """A first row with fewer cells than the table: one of its heads is merged over the cells of the second row."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    first = rows[0]
    if len(rows) < 2 or len(first) >= width or len(first) < 2 or not rows[1]:
        return rows, spans
    under = [c for c in rows[1] if c]
    missing = width - len(first)
    if len(under) != missing + 1 or is_code(rows[1][0]):
        return rows, spans
    place = _merged_head(first, under)
    spread = first[: place + 1] + [""] * missing + first[place + 1 :]
    below = [""] * width
    below[place : place + missing + 1] = under
    for col in range(width):
        spans[0, col] = (1, missing + 1) if col == place else (1, 1) if place < col <= place + missing else (2, 1)
    return [spread, below, *rows[2:]], spans


def _merged_head(first: Sequence[str], under: Sequence[str]) -> int:
    """Which head of the first row the second row's heads stand under."""
    roles = [heading_role(" ".join(plain(c).split())) for c in first]
    for wanted in ("period", "value", ""):
        for index, role in enumerate(roles):
            if role == wanted and index > 0:
                return index
    return len(first) - 1


def _without_covered(grid: Grid | None, spans: dict[tuple[int, int], tuple[int, int]]) -> Grid | None:
    if grid is None or not spans:
        return grid
    gone = {(r + i, c + j) for (r, c), (depth, width) in spans.items() for i in range(depth) for j in range(width) if i or j}
    return Grid([c for c in grid.cells if (c.row, c.col) not in gone or c.passage.text], grid.n_rows, grid.n_cols)
