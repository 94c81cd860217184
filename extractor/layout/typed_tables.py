"""Tables as plain text draws them: rows of `|`, rows of tabs, cells fenced by lines that hold a single `|`."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.layout.heads import heading_role, is_code
from extractor.layout.markup import is_bold, plain
from extractor.layout.pieces import Grid, GridCell, Passage

RULE = regex.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-*:?\s*)*\|?")
BAR = regex.compile(r"(?<!\\)\|")
NUMBER = regex.compile(r"[\s*]*-?\d[\d.,/% ]*[\s*]*")
YEAR = regex.compile(r"\b(?:19|20)\d\d\b")
MOST_COLUMNS = 400
MOST_FENCED = 60  # columns of a table whose rows have to be found


def is_pipe_row(line: str) -> bool:
    """A row of a Markdown table: it begins with a bar and holds another."""
    text = line.strip()
    return text.startswith("|") and text.count("|") > 1


def is_fence(line: str) -> bool:
    """A line that holds one bar and nothing else."""
    return line.strip() == "|"


def is_tab_row(line: str) -> bool:
    """At least three cells, or two of which the first is empty."""
    return line.count("\t") >= 2 and bool(line.strip())


def pipe_grid(lines: Sequence[str]) -> Grid | None:
    """The grid of a run of Markdown rows. The rule under the first row says little: OCR puts one under every part's first row."""
    rows: list[list[str]] = []
    for line in lines:
        text = line.strip()
        if RULE.fullmatch(text) and "-" in text:
            continue
        if text.endswith("|") and not text.endswith("\\|"):
            text = text[:-1]
        rows.append([cell.replace("\\|", "|") for cell in BAR.split(text[1:])][:MOST_COLUMNS])
    return grid_of(rows)


def tab_grid(lines: Sequence[str]) -> Grid | None:
    """The grid of rows whose cells tabs part; None where no cell has text."""
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
    bare = [" ".join(plain(c).split()) for c in cells]
    width = _width(bare)
    if width < 2:
        return [[c] for c in cells if c]
    size = len(cells)
    best = [0.0] * (size + 2)
    cut = [size + 1] * (size + 2)
    for start in range(size - 1, -1, -1):
        best[start] = 1e9
        for end in range(start + 1, min(start + width, size) + 1):
            if end < size and bare[end]:
                continue  # a row ends at a gap or at the very end
            cost = _row_cost(bare, start, end, width) + (best[end + 1] if end + 1 <= size else 0.0)
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
    return min(longest, MOST_FENCED)


def _row_cost(cells: Sequence[str], start: int, end: int, width: int) -> float:
    """How odd these cells are as one row: short rows, rows without text, row numbers away from the first place."""
    first = cells[start]
    size = end - start
    cost = 0.0 if size == width else 1.2 if size == 1 and first and not is_code(first) else 1.5 + 0.1 * (width - size)
    if first and (is_code(first) or heading_role(first) == "ordinal"):
        cost -= 0.6
    elif not first:
        cost += 0.5
    if size > 1 and NUMBER.fullmatch(cells[start + 1]) and not NUMBER.fullmatch(cells[end - 1] or "-"):
        cost += 1.2
    if not any(cells[start:end]):
        cost += 3.0
    # a number and its label behind a gap: a new row
    return cost + sum(4.0 for k in range(start + 1, end - 1) if not cells[k - 1] and _opens_row(cells[k], cells[k + 1]))


def _opens_row(first: str, second: str) -> bool:
    """A row number and its label."""
    return is_code(first) and len(second) > 8 and not NUMBER.fullmatch(second)


def fenced_grid(cells: Sequence[str]) -> Grid | None:
    """The grid of fenced cells. A row of one cell covers the whole width; a second head row stands under the merged heads."""
    rows = [r for r in fenced_rows(cells) if any(r)]
    width = max((len(r) for r in rows), default=0)
    if not rows or width < 2:
        return None
    rows, spans = _settle_heads(rows, width)
    columns: list[set[str]] = [set() for _ in range(width)]
    for row in rows:
        if len(row) == width:
            for column, text in zip(columns, row, strict=True):
                column.add(text)
    for index, row in enumerate(rows[1:], 1):
        if len(row) == 1:
            spans[index, 0] = (1, width)
        elif 1 < len(row) < width and row[0] and not is_code(plain(row[0])) and index > 1:
            rows[index] = _shifted(row, columns)
    return _without_covered(grid_of(rows, spans), spans)


def _shifted(row: list[str], columns: Sequence[set[str]]) -> list[str]:
    """A row whose first cells are merged into the row above, moved to where its texts stand elsewhere."""
    if sum(is_code(plain(t)) for t in columns[0]) * 2 < len(columns[0]):
        return row
    offsets = range(1, len(columns) - len(row) + 1)
    best = max(offsets, key=lambda o: (sum(t in columns[o + k] for k, t in enumerate(row) if t), -o), default=0)
    return [""] * best + row


def _settle_heads(rows: list[list[str]], width: int) -> tuple[list[list[str]], dict[tuple[int, int], tuple[int, int]]]:
    """A first row with fewer cells than the table: some of its heads are merged over the cells of the second row."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    first = rows[0]
    while first and not first[-1]:
        first = first[:-1]
    under = [c for c in rows[1] if c] if len(rows) > 1 else []
    merged = len(first) - (width - len(under))
    if not 2 <= len(first) < width or not 1 <= merged < len(under) or _opens_row(plain(rows[1][0]), plain("".join(rows[1][1:2]))):
        return rows, spans
    shares = _shares(first, under, merged, rows[2:])
    spread, below, col, taken = [""] * width, [""] * width, 0, 0
    for index, head in enumerate(first):
        share = shares.get(index, 0)
        spread[col] = head
        spans[0, col] = (1, share) if share else (2, 1)
        below[col : col + share] = under[taken : taken + share]
        taken += share
        col += share or 1
    return [spread, below, *rows[2:]], spans


def _shares(first: Sequence[str], under: Sequence[str], merged: int, body: Sequence[Sequence[str]]) -> dict[int, int]:
    """For each merged head of the first row how many heads of the second stand under it."""
    roles = [heading_role(" ".join(plain(c).split())) for c in first]
    free = [k for k in range(1, len(first)) if roles[k] not in {"ordinal", "task", "indicator", "unit", "note", "lead", "support"}]
    if len(free) < merged:
        free = list(range(1, len(first)))
    if merged == 1:
        share = len(under)
        numeric = _numeric_columns(body)
        years = [role in {"period", "value"} or bool(YEAR.search(text)) for role, text in zip(roles, first, strict=True)]
        return {max(free, key=lambda k: (sum(k <= c < k + share for c in numeric), years[k], -k)): share}
    groups = _groups(under)
    sizes = groups if len(groups) == merged else [len(under) // merged + (k < len(under) % merged) for k in range(merged)]
    return dict(zip(free[-merged:], sizes, strict=True))


def _groups(under: Sequence[str]) -> list[int]:
    """Runs of heads that are years and of heads that are none."""
    sizes: list[int] = []
    last = None
    for text in under:
        kind = heading_role(" ".join(plain(text).split())) == "period"
        sizes = [*sizes[:-1], sizes[-1] + 1] if kind == last and sizes else [*sizes, 1]
        last = kind
    return sizes


def _numeric_columns(body: Sequence[Sequence[str]]) -> set[int]:
    """Columns with numbers in most of their filled cells."""
    width = max((len(r) for r in body), default=0)
    columns = [[r[c] for r in body if len(r) == width and r[c]] for c in range(width)]
    return {c for c, texts in enumerate(columns) if texts and sum(NUMBER.fullmatch(t) is not None for t in texts) * 2 > len(texts)}


def _without_covered(grid: Grid | None, spans: dict[tuple[int, int], tuple[int, int]]) -> Grid | None:
    if grid is None or not spans:
        return grid
    gone = {(r + i, c + j) for (r, c), (depth, width) in spans.items() for i in range(depth) for j in range(width) if i or j}
    return Grid([c for c in grid.cells if (c.row, c.col) not in gone or c.passage.text], grid.n_rows, grid.n_cols)


# ---- HTML tables inside Markdown -------------------------------------------------------------------------------

ROW = regex.compile(r"<tr(?:\s[^<>]{0,400})?>", regex.IGNORECASE)
CELL = regex.compile(
    r"<t(?P<kind>[dh])(?P<marks>\s[^<>]{0,400})?>(?P<text>.*?)(?=<t[dhr][\s>]|</t[dhr]>|</?table|$)", regex.IGNORECASE | regex.DOTALL
)
SPAN = regex.compile(r"(?P<way>row|col)span\s*=\s*[\"']?(?P<count>\d{1,3})", regex.IGNORECASE)


def html_grid(text: str) -> Grid | None:
    """The grid of a `<table>` written into Markdown, with merged cells; inner tables become text of their cell."""
    cells: list[GridCell] = []
    taken: set[tuple[int, int]] = set()
    rows = ROW.split(text)[1:]
    heads = 0
    for row, part in enumerate(rows):
        col = 0
        found = list(CELL.finditer(part))
        if found and row == heads and all(f["kind"] in "hH" for f in found):
            heads += 1
        for cell in found:
            while (row, col) in taken:
                col += 1
            counts = {s["way"].lower(): int(s["count"]) for s in SPAN.finditer(cell["marks"] or "")}
            depth, width = min(counts.get("row", 1) or 1, len(rows) - row), min(counts.get("col", 1) or 1, MOST_COLUMNS)
            taken |= {(row + i, col + j) for i in range(depth) for j in range(width)}
            cells.append(GridCell(row, col, depth, width, Passage(plain(cell["text"]))))
            col += width
    if not any(c.passage.text for c in cells):
        return None
    return Grid(cells, len(rows), max(c.col + c.col_span for c in cells), header_rows=heads or None)
