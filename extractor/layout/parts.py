"""Parts of tables torn by page breaks → one logical table each.

A part goes on with the table before it where nothing but footnotes, page furniture and dirt stands between and it
repeats the head (also damaged) or has the same columns and no head of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import regex
from rapidfuzz import fuzz

from extractor.layout.heads import flat, header_rows, heading_role, is_code, key, rows_of, spread_heads
from extractor.layout.markers import find_marker
from extractor.layout.pieces import EMPTY, Furniture, Grid, GridCell, Paragraph, Passage, Piece, cut, join
from extractor.layout.sentences import glue, hangs, is_open, shouts, small

SAME_HEAD = 78  # of 100: a repeated head, damaged by OCR or not
SAME_START = 92  # of 100: a head of unknown words that comes again
EDGE = 4.0  # points by which the same column border may stand elsewhere on the next page
STRAY = 14  # characters: longer text between two parts of a table is no scanner's dirt
CONTINUED = regex.compile(r"\(?\s*(?:tiếp theo|tiếp|còn nữa)\s*\)?\.?", regex.IGNORECASE)
NAMED_NUMBER = regex.compile(r"\p{L}{2,}\s+\S*[\dIVX]")  # "Biểu 1", "Phụ lục II"


@dataclass(slots=True)
class Whole:
    """A table under construction: the first part with its head, and the rows gathered since."""

    grid: Grid
    head: int
    rows: list[list[GridCell]]
    raw_cols: int
    last_page: int | None
    parts: int = 1
    ordinal: int | None = None
    filled: list[int] = field(default_factory=list)
    typical: int = 1  # cells that a numbered row fills beside its number
    deepest: int = 1  # rows that the most deeply merged cell covers
    unnumbered: int = 0

    @property
    def body(self) -> Sequence[list[GridCell]]:
        return self.rows[self.head :]


def join_tables(pieces: Sequence[Piece]) -> list[Piece]:
    """Parts of one table joined into one grid; what stood between them (footnotes, page furniture, dirt) comes after it."""
    out: list[Piece | Whole] = []
    whole: Whole | None = None
    between: list[int] = []
    for piece in pieces:
        if isinstance(piece, Grid):
            part = trim(piece)
            head = header_rows(part)
            plan = _plan(whole, part, head) if whole else None
            if whole and plan:
                _append(whole, part, plan)
                for index in between:
                    stray = out[index]
                    if isinstance(stray, Paragraph):
                        out[index] = Furniture(stray.passage, "stamp", stray.page)
            else:
                whole = _begin(part, head, piece.n_cols)
                out.append(whole)
            between = []
            continue
        if isinstance(piece, Paragraph):
            if _is_stray(piece):
                between.append(len(out))
            else:
                whole = None
        out.append(piece)
    return [_finish(p) if isinstance(p, Whole) else p for p in out]


def trim(grid: Grid) -> Grid:
    """The grid without trailing columns in which no cell has text; where borders are known, every column is real."""
    if grid.edges:
        return grid
    used = max((c.col + c.col_span for c in grid.cells if c.passage.text), default=0)
    if not 0 < used < grid.n_cols:
        return grid
    cells = [c if c.col + c.col_span <= used else replace(c, col_span=used - c.col) for c in grid.cells if c.col < used]
    return replace(grid, cells=cells, n_cols=used)


def _begin(part: Grid, head: int, raw_cols: int) -> Whole:
    rows = rows_of(part)
    whole = Whole(part, head, rows, raw_cols, part.page)
    whole.ordinal = _ordinal(whole)
    _count(whole, rows[head:])
    whole.rows = rows[:head]
    _add(whole, rows[head:])
    return whole


def _add(whole: Whole, rows: Sequence[list[GridCell]]) -> None:
    """Add body rows; one that surely goes on with the row above is joined to it (a tear that the file itself did not mend)."""
    for row in rows:
        if len(whole.rows) > whole.head:
            if _surely_goes_on(whole, row):
                _join_row(whole, row)
                continue
            _return_brackets(whole, row)
        whole.rows.append(row)


def _surely_goes_on(whole: Whole, row: Sequence[GridCell]) -> bool:
    """No number where rows have one, few cells, and every one of them begins small behind an unfinished text."""
    if whole.ordinal is None or any(c.col <= whole.ordinal and c.passage.text for c in row):
        return False
    filled = [(c.col, flat(c)) for c in row if c.passage.text.strip()]
    above = {c.col: flat(c) for c in whole.rows[-1] if c.row_span == 1}
    typical = whole.typical
    return 0 < len(filled) <= max(1, typical // 2) and all(small(t) and is_open(above.get(col, "")) for col, t in filled)


def _join_row(whole: Whole, row: Sequence[GridCell]) -> None:
    """Give a row's texts to the row above; a repeated dash in the number column is left out."""
    for cell in row:
        if cell.passage.text.strip() and not (cell.col == whole.ordinal and is_code(flat(cell))):
            _extend(whole, cell.col, cell.passage)


def _ordinal(whole: Whole) -> int | None:
    """The column of row numbers: so headed, or filled mostly with codes."""
    for row in whole.rows[: whole.head]:
        for cell in row:
            if cell.col <= 1 and heading_role(flat(cell)) == "ordinal":
                return cell.col
    first = [flat(c) for row in whole.body for c in row if c.col == 0]
    filled = [t for t in first if t]
    return 0 if len(filled) > 1 and sum(map(is_code, filled)) * 5 >= len(filled) * 4 else None


def _count(whole: Whole, rows: Sequence[Sequence[GridCell]]) -> None:
    """Keep how many cells numbered rows fill and how many rows have no number."""
    for row in rows:
        texts = [c.col for c in row if c.passage.text.strip()]
        if whole.ordinal in texts:
            if len(texts) > 2:
                whole.filled.append(len(texts) - 1)
        elif texts:
            whole.unnumbered += 1
        whole.deepest = max(whole.deepest, *(c.row_span for c in row), 1)
    whole.typical = sorted(whole.filled)[len(whole.filled) // 2] if whole.filled else 1


@dataclass(frozen=True, slots=True)
class Plan:
    """How a part goes on: its leading rows that repeat the head, words that slipped into them, where its columns belong."""

    repeated: int
    slipped: tuple[tuple[int, Passage], ...]
    columns: tuple[int, ...] | None


def _plan(whole: Whole, part: Grid, head: int) -> Plan | None:
    """Whether and how `part` goes on with `whole`."""
    if whole.last_page is not None and part.page is not None and part.page < whole.last_page:
        return None
    rows = rows_of(part)
    if whole.head:
        repeat = _repeat(whole, rows, max(head, whole.head))
        if repeat:
            columns = _columns(whole, part)
            return None if columns == () else Plan(*repeat, columns)
    else:
        same = _same_start(whole, rows)
        if same:  # a head of unknown words, told by its coming again
            whole.head = same
            whole.ordinal = _ordinal(whole)
            columns = _columns(whole, part)
            return None if columns == () else Plan(same, (), columns)
    if head:
        return None
    if part.page is not None and part.page == whole.last_page and whole.parts == 1 and part.page == whole.grid.page and part.edges:
        return None  # two tables on one page
    columns = _columns(whole, part)
    return None if columns == () else Plan(0, (), columns)


def _same_start(whole: Whole, rows: Sequence[Sequence[GridCell]]) -> int:
    """How many leading rows of a part are the very first rows of the table again."""
    count = 0
    while count < min(3, len(rows) - 1, len(whole.rows) - 1) and _alike_rows(rows[count], whole.rows[count]):
        count += 1
    return count


def _alike_rows(a: Sequence[GridCell], b: Sequence[GridCell]) -> bool:
    first, second = key(" ".join(map(flat, a))), key(" ".join(map(flat, b)))
    return len(first) > 8 and fuzz.ratio(first, second) >= SAME_START


def _repeat(whole: Whole, rows: Sequence[Sequence[GridCell]], most: int) -> tuple[int, tuple[tuple[int, Passage], ...]] | None:
    """How many leading rows repeat the head, and the words in them that belong to the row above."""
    base = [(c.col, flat(c)) for row in whole.rows[: whole.head] for c in row if flat(c)]
    wanted = key(" ".join(text for _, text in base))
    best = (0, 0.0)
    for count in range(1, min(most, len(rows)) + 1):
        found = key(" ".join(flat(c) for row in rows[:count] for c in row if flat(c)))
        score = fuzz.token_sort_ratio(wanted, found)
        if score > best[1]:
            best = (count, score)
    count, score = best
    if score < SAME_HEAD:
        return None
    heads = {text: col for col, text in base}
    slipped = [s for row in rows[:count] for cell in row if (s := _slip(cell, heads))]
    if score < 100 and not slipped and score < SAME_HEAD + 4 and count < whole.head:
        return None
    return count, tuple(slipped)


def _slip(cell: GridCell, heads: dict[str, int]) -> tuple[int, Passage] | None:
    """Words behind a repeated heading: "Cơ quan phối hợp thành phố" gives "thành phố"."""
    text = flat(cell)
    if not text or text in heads:
        return None
    words = text.split()
    for head, col in heads.items():
        size = len(head.split())
        if size < len(words) and key(" ".join(words[:size])) == key(head) and col == cell.col:
            rest = " ".join(words[size:])
            if heading_role(text) and heading_role(rest):
                return None
            start = _offset(cell.passage.text, size)
            return cell.col, cut(cell.passage, start, len(cell.passage.text))
    return None


def _offset(text: str, words: int) -> int:
    """Where the word after the first `words` words begins."""
    found: list[int] = [m.start() for m in regex.finditer(r"\S+", text)]
    return found[words]


def _columns(whole: Whole, part: Grid) -> tuple[int, ...] | None:
    """For each column of the part the column it belongs to; None where they are the same, () where it does not fit."""
    if part.edges and whole.grid.edges and len(part.edges) == part.n_cols + 1 and len(whole.grid.edges) == whole.grid.n_cols + 1:
        return _by_edges(whole.grid.edges, part.edges)
    if part.n_cols == whole.grid.n_cols:
        return None
    raw = part.n_cols <= whole.grid.n_cols or (whole.grid.n_cols < part.n_cols <= whole.raw_cols)
    near = abs(part.n_cols - whole.grid.n_cols) <= max(1, whole.grid.n_cols // 3)
    return None if raw and (near or not whole.grid.edges) else ()


def _by_edges(base: Sequence[float], edges: Sequence[float]) -> tuple[int, ...] | None:
    """Columns by where their left borders stand (the whole part may have moved sideways by one distance)."""
    if len(base) == len(edges):
        shift = edges[0] - base[0]
        widths = zip(pairwise(base), pairwise(edges), strict=True)
        if all(abs((b - a) - (d - c)) <= max(EDGE, 0.12 * (b - a)) for (a, b), (c, d) in widths) or all(
            abs(b - a - shift) <= EDGE * 2 for a, b in zip(base, edges, strict=True)
        ):
            return None
        return None if abs((base[-1] - base[0]) - (edges[-1] - edges[0])) <= 0.1 * (base[-1] - base[0]) else ()
    shift = edges[0] - base[0]
    if abs((edges[-1] - edges[0]) - (base[-1] - base[0])) > 0.06 * (base[-1] - base[0]):
        return ()
    places = []
    for edge in edges[:-1]:
        near = min(range(len(base) - 1), key=lambda k: abs(base[k] + shift - edge))
        if abs(base[near] + shift - edge) > EDGE * 2 and len(edges) < len(base):
            return ()
        places.append(near)
    return tuple(places)


def _append(whole: Whole, part: Grid, plan: Plan) -> None:
    """Add the rows of a part; what belongs to the row above goes there."""
    rows = rows_of(part)[plan.repeated :]
    if plan.columns:
        rows = [[replace(c, col=plan.columns[c.col]) for c in row] for row in rows]
        rows = [_one_per_column(row) for row in rows]
    for col, passage in plan.slipped:
        _extend(whole, plan.columns[col] if plan.columns else col, passage)
    while rows and not any(c.passage.text.strip() for c in rows[0]) and len(rows) > 1:
        rows = rows[1:]
    if rows and len(whole.rows) > whole.head and goes_on(whole, rows[0]):
        _join_row(whole, rows[0])
        rows = rows[1:]
    _count(whole, rows)
    _add(whole, rows)
    whole.parts += 1
    whole.last_page = part.page if part.page is not None else whole.last_page


def _one_per_column(row: Sequence[GridCell]) -> list[GridCell]:
    """Cells that came to stand in one column joined."""
    merged: dict[int, GridCell] = {}
    for cell in row:
        old = merged.get(cell.col)
        merged[cell.col] = cell if old is None else replace(old, passage=join([old.passage, cell.passage]))
    return list(merged.values())


def _extend(whole: Whole, col: int, passage: Passage) -> None:
    """Add text to the last row's cell in that column, or to the cell merged down into it."""
    last = len(whole.rows) - 1
    for depth, row in enumerate(reversed(whole.rows[max(whole.head, last + 1 - whole.deepest) :])):
        for index, cell in enumerate(row):
            if cell.col <= col < cell.col + cell.col_span and depth < cell.row_span:
                row[index] = replace(cell, passage=glue(cell.passage, passage))
                return
    whole.rows[last].append(GridCell(last, col, 1, 1, passage))
    whole.rows[last].sort(key=lambda c: c.col)


def goes_on(whole: Whole, row: Sequence[GridCell]) -> bool:
    """Whether the first row of a part goes on with the last row of the one before.

    A row without number goes on where it fills few columns or begins in the middle of sentences; a row that fills its
    own lead, time and result is a row of its own whose number is missing.
    """
    filled = {c.col: flat(c) for c in row if c.passage.text.strip()}
    code = filled.pop(whole.ordinal, "") if whole.ordinal is not None else ""
    above = {c.col: flat(c) for c in whole.rows[-1]}
    if not filled:
        return False
    if code:
        texts = [(col, t) for col, t in filled.items() if above.get(col)]
        return code in "-–+*•" and above.get(whole.ordinal or 0) == code and bool(texts) and all(small(t) and is_open(above[col]) for col, t in texts)
    lower = sum(small(t) for t in filled.values())
    if whole.ordinal is None:
        return lower * 2 >= len(filled) and lower > 0 and all(small(t) or is_open(above.get(col, "")) for col, t in filled.items())
    typical = whole.typical
    main = min(filled)
    if lower * 2 >= len(filled):
        return small(filled[main]) or len(filled) * 2 <= typical or main > (whole.ordinal + 1)
    if len(filled) * 2 > typical and (typical > 1 or not hangs(above.get(main, ""))):
        return False
    return not shouts(filled[main]) and (main > whole.ordinal + 1 or whole.unnumbered * 5 < len(whole.body) or hangs(above.get(main, "")))


def _return_brackets(whole: Whole, row: list[GridCell]) -> None:
    """The end of a bracket opened in the row above that slipped behind this row's own text goes back up."""
    open_cells = {c.col: c.passage.text for c in whole.rows[-1] if c.passage.text.count("(") > c.passage.text.count(")")}
    for index, cell in enumerate(row):
        text = cell.passage.text
        if cell.col not in open_cells or text.count(")") <= text.count("("):
            continue
        end = text.rfind(")") + 1
        start = max(text.rfind(mark, 0, end) for mark in (". ", "; ", "\n")) + 1
        start += len(text[start:]) - len(text[start:].lstrip())
        if "(" in text[start:end] or text[end:].strip(" ."):
            continue
        _extend(whole, cell.col, cut(cell.passage, start, end))
        row[index] = replace(cell, passage=cut(cell.passage, 0, len(text[:start].rstrip())) if start else EMPTY)


def _is_stray(paragraph: Paragraph) -> bool:
    """Dirt, a stamp's letters or "(tiếp theo)" between two parts: short, no heading, no item, no caption."""
    text = paragraph.passage.text.strip()
    if CONTINUED.fullmatch(text):
        return True
    return len(text) <= STRAY and len(text.split()) <= 2 and find_marker(text) is None and not NAMED_NUMBER.search(text)


def _placed(cell: GridCell, row: int, n_rows: int) -> GridCell:
    depth = min(cell.row_span, n_rows - row)
    if cell.row == row and cell.row_span == depth:
        return cell
    return GridCell(row, cell.col, depth, cell.col_span, cell.passage, cell.bold)


def _finish(whole: Whole) -> Grid:
    n_rows = len(whole.rows)
    cells = [_placed(c, r, n_rows) for r, row in enumerate(whole.rows) for c in row]
    n_cols = max((c.col + c.col_span for c in cells), default=0)
    head = whole.head or whole.grid.header_rows
    grid = replace(whole.grid, cells=cells, n_rows=n_rows, n_cols=max(n_cols, whole.grid.n_cols), header_rows=head)
    return spread_heads(grid, whole.head)
