"""The head of a table: which of its leading rows name the columns, told by the words in them and by where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise
from types import MappingProxyType

import regex
from rapidfuzz import fuzz, process

from extractor.layout.pieces import EMPTY, Grid, GridCell
from extractor.patterns import table as pattern_table
from extractor.values.folding import bare

SIMILAR = 88  # of 100: an OCR variant of a known heading
LONGEST = 90  # characters: no heading is longer
CODE = regex.compile(r"(?:[IVXLC]{1,7}|[A-HĐ]|\d{1,3}(?:\.\d{1,2}){0,5}|[a-zđ]\d?(?=[.)]))[.)]?|[-–+*•]")
PERIOD = regex.compile(
    r"""(?:năm|quý|tháng|giai\ đoạn|kỳ|lũy\ kế|ước|kế\ hoạch|thực\ hiện|\d{1,2}\ tháng|từ)?\W*(?:đầu\ năm\W*|cuối\ năm\W*)?
    (?:[IVX]{1,3}\s*[/-]\s*)?(?:19|20)\d\d\b""",
    regex.IGNORECASE | regex.VERBOSE,
)
NUMBERED = regex.compile(r"\(?(?:\d{1,2}|[A-E])\)?(?:\s*=.{1,30})?")
WORD = regex.compile(r"[a-z0-9%]+")
BRACKETED = regex.compile(r"\([^()]{0,200}\)?|\[[^\]]{0,40}\]|[⁰¹²³⁴⁵⁶⁷⁸⁹*]")


@lru_cache(maxsize=16384)
def key(text: str) -> str:
    """Letters, digits and % only, without tone marks, in lower case: what OCR variants are compared by."""
    return " ".join(WORD.findall(text.translate(_plain_letters())))


@cache
def _plain_letters() -> dict[int, str]:
    """Every Vietnamese letter (as one code point) → the small letter without marks."""
    letters = [chr(k) for k in (*range(0x41, 0x5B), *range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))]
    return {ord(letter): bare(letter) for letter in letters}


@cache
def _known() -> MappingProxyType[str, str]:
    """Folded heading → role (see patterns/headers.toml)."""
    return MappingProxyType({key(p): role for role, phrases in pattern_table("headers").items() for p in phrases})


@lru_cache(maxsize=8192)
def heading_role(text: str) -> str:
    """The role of a column heading (a key of patterns/headers.toml, or "period" for years and quarters); "" for other text."""
    if not text or len(text) > LONGEST:
        return ""
    if PERIOD.match(text) and len(text) <= 40:
        return "period"
    name = key(BRACKETED.sub(" ", text))
    if not name:
        return ""
    known = _known()
    if name in known:
        return known[name]
    words = name.split()
    if len(words) > 8:
        return ""
    for count in range(len(words) - 1, 1, -1):
        role = known.get(" ".join(words[:count]))
        if role:
            return role
    found = process.extractOne(name, known.keys(), scorer=fuzz.ratio, score_cutoff=SIMILAR) if len(name) > 4 else None
    return known[found[0]] if found else ""


def is_code(text: str) -> bool:
    """Whether a cell holds only a row's number or mark: "I", "2.1", "3.", "a)", "-"."""
    return len(text) < 16 and CODE.fullmatch(text) is not None


def rows_of(grid: Grid) -> list[list[GridCell]]:
    """The cells by the row they begin in, in column order."""
    rows: list[list[GridCell]] = [[] for _ in range(grid.n_rows)]
    for cell in grid.cells:
        if cell.row < grid.n_rows:
            rows[cell.row].append(cell)
    for row in rows:
        row.sort(key=lambda c: c.col)
    return rows


def header_rows(grid: Grid) -> int:
    """How many leading rows are header: named columns, the second row of a two-row head, a row of column numbers; 0 for none."""
    rows = rows_of(grid)
    marked = grid.header_rows or 0
    count = marked if 0 < marked < max(grid.n_rows, 2) else _first_head(rows)
    if not count:
        return 0
    while count < min(grid.n_rows, 5) and (_is_under_head(rows, count) or _is_numbering(rows[count], grid.n_cols)):
        count += 1
    return count


def _first_head(rows: Sequence[Sequence[GridCell]]) -> int:
    """1 (or how deep the first row's cells all reach) if the first row names columns, else 0."""
    if not rows:
        return 0
    filled = [c for c in rows[0] if c.passage.text.strip()]
    if len(filled) < 2 or (is_code(filled[0].passage.text.strip()) and filled[0].col == 0):
        return 0
    if any(c.row_span > 1 or c.col_span > 1 for c in filled) and len(rows) > 1 and not is_code(flat(rows[1][0]) if rows[1] else ""):
        below = [heading_role(flat(c)) for c in rows[1]]
        if sum(map(bool, below)) * 2 >= max(len(below), 2):
            return 2
    roles = [heading_role(flat(c)) for c in filled]
    known = sum(bool(r) for r in roles)
    named = (known >= 2 and known * 2 >= len(filled)) or (roles[0] == "ordinal" and known >= 1)
    named = named or (known >= 2 and _all_names(rows))
    bold = all(c.bold for c in filled) and len(rows) > 1 and not all(c.bold for c in rows[1] if c.passage.text.strip())
    if not named and not bold:
        return 0
    return min(len(rows), min(c.row_span for c in filled))


def _all_names(rows: Sequence[Sequence[GridCell]]) -> bool:
    """A first row of short names over a row that is not wholly filled with names."""
    first = [flat(c) for c in rows[0]]
    below = [flat(c) for c in rows[1]] if len(rows) > 1 else []
    return all(t and len(t) <= LONGEST and not t[0].isdigit() for t in first) and (not all(below) or any(t[0].isdigit() for t in below if t))


def flat(cell: GridCell) -> str:
    """The cell's words on one line."""
    return " ".join(cell.passage.text.split())


def _is_under_head(rows: Sequence[Sequence[GridCell]], row: int) -> bool:
    """A second head row: nothing in the first column, short texts that stand under merged or known heads, no row number."""
    filled = [c for c in rows[row] if c.passage.text.strip()]
    if not filled or filled[0].col == 0 or any(len(c.passage.text) > LONGEST for c in filled):
        return False
    above = [c for r in rows[:row] for c in r if c.row + c.row_span >= row and c.passage.text.strip()]
    if any(a.col == c.col and a.col_span == 1 == c.col_span for a in above if a.row_span == 1 for c in filled[:1] if c.col < 2):
        return False  # the first filled cell stands right under an unmerged head: a body row without number
    merged = [a for a in above if a.col_span > 1]
    if merged:
        return all(any(a.col <= c.col < a.col + a.col_span for a in merged) for c in filled)
    open_columns = {c.col for c in filled}
    taken = {a.col for a in above}
    roles = [heading_role(flat(c)) for c in filled]
    return sum(map(bool, roles)) * 2 >= len(filled) and bool(open_columns - taken)


def _is_numbering(row: Sequence[GridCell], n_cols: int) -> bool:
    """A row of column numbers: "(1) (2) (3)", "A B 1 2 3=1+2"."""
    filled = [flat(c) for c in row if c.passage.text.strip()]
    if len(filled) < 3 or len(filled) * 2 < n_cols or not all(NUMBERED.fullmatch(t) for t in filled):
        return False
    numbers = [int(found[1]) for t in filled if (found := regex.match(r"\(?(\d+)", t))]
    return len(numbers) > 1 and all(0 < b - a <= 2 for a, b in pairwise(numbers))


def spread_heads(grid: Grid, head: int) -> Grid:
    """In a head of two rows and more without merged cells (text formats cannot draw them), merge what the gaps show was merged.

    A head over empty neighbours with texts below them covers them; a head over nothing reaches down.
    """
    if head < 2 or any(c.col_span > 1 or c.row_span > 1 for c in grid.cells if c.row < head):
        return grid
    texts = {(c.row, c.col): flat(c) for c in grid.cells if c.row < head}
    spans, gone = {}, set()
    for (row, col), text in texts.items():
        if not text or row == head - 1:
            continue
        width, depth = 1, 1
        if texts.get((row + 1, col)):
            while col + width < grid.n_cols and not texts.get((row, col + width)) and texts.get((row + 1, col + width)):
                width += 1
        else:
            while row + depth < head and not texts.get((row + depth, col)):
                depth += 1
        spans[row, col] = (depth, width)
        gone |= {(row + i, col + j) for i in range(depth) for j in range(width)} - {(row, col)}
    cells = []
    for cell in grid.cells:
        if (cell.row, cell.col) in gone and cell.passage == EMPTY:
            continue
        depth, width = spans.get((cell.row, cell.col), (1, 1)) if cell.row < head else (cell.row_span, cell.col_span)
        cells.append(replace(cell, row_span=depth, col_span=width))
    return replace(grid, cells=tuple(cells))
