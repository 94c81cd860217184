"""Mends what page breaks tear: table parts become one logical table, paragraph halves one paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import takewhile

import regex
from rapidfuzz import fuzz

from extractor.layout.captions import caption_grids
from extractor.layout.flattened import find_flattened
from extractor.layout.heads import flat, header_rows, heading_role, is_code, key, rows_of, spread_heads
from extractor.layout.markers import find_marker
from extractor.layout.pieces import EMPTY, Footnote, Furniture, Grid, GridCell, Paragraph, Passage, Piece, cut, join
from extractor.patterns import table as pattern_table

SAME_HEAD = 78  # of 100: a repeated head, damaged by OCR or not
EDGE = 4.0  # points by which the same column border may stand elsewhere on the next page
STRAY = 14  # characters: longer text between two parts of a table is no scanner's dirt
FINAL = regex.compile(r"[.;:!?…][”\"')\]*⁰¹²³⁴⁵⁶⁷⁸⁹]*$|\.\s*/\s*\.?\S{0,6}$")
CONTINUED = regex.compile(r"\(?\s*(?:tiếp theo|tiếp|còn nữa)\s*\)?\.?", regex.IGNORECASE)
LETTER = regex.compile(r"\p{L}")
OPENERS = "([“"
CLOSERS = ")]”"


def mend(pieces: Sequence[Piece]) -> list[Piece]:
    """The same pieces with torn tables and paragraphs joined, heads of tables marked and their captions set."""
    return caption_grids(join_paragraphs(join_tables(raise_flattened(pieces))))


def raise_flattened(pieces: Sequence[Piece]) -> list[Piece]:
    """Runs of paragraphs that are a table printed one cell a paragraph made a grid; page furniture among them comes behind."""
    out: list[Piece] = []
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        if isinstance(piece, Paragraph) and len(piece.passage.text) <= 12 and heading_role(piece.passage.text) == "ordinal":
            run = list(takewhile(lambda k: not isinstance(pieces[k], Grid), range(index, len(pieces))))
            lines = [(k, p) for k in run if isinstance(p := pieces[k], Paragraph)]
            found = find_flattened([p.passage for _, p in lines], 0)
            if found:
                last = lines[found[1] - 1][0]
                out.append(replace(found[0], page=piece.page))
                out += [p for p in pieces[index : last + 1] if not isinstance(p, Paragraph)]
                index = last + 1
                continue
        out.append(piece)
        index += 1
    return out


# ---- tables ----------------------------------------------------------------------------------------------------


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
    """The grid without trailing columns in which no cell has text and that no merged head covers."""
    used = max((c.col + c.col_span for c in grid.cells if c.passage.text), default=0)
    if not 0 < used < grid.n_cols:
        return grid
    cells = [c if c.col + c.col_span <= used else replace(c, col_span=used - c.col) for c in grid.cells if c.col < used]
    return replace(grid, cells=cells, n_cols=used, edges=grid.edges[: used + 1])


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
        if len(whole.rows) > whole.head and _surely_goes_on(whole, row):
            _join_row(whole, row)
        else:
            whole.rows.append(row)


def _surely_goes_on(whole: Whole, row: Sequence[GridCell]) -> bool:
    """No number where rows have one, few cells, and every one of them begins small behind an unfinished text."""
    if whole.ordinal is None or any(c.col <= whole.ordinal and c.passage.text for c in row):
        return False
    filled = [(c.col, flat(c)) for c in row if c.passage.text.strip()]
    above = {c.col: flat(c) for c in whole.rows[-1] if c.row_span == 1}
    typical = sorted(whole.filled)[len(whole.filled) // 2] if whole.filled else 1
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
    if head and not (whole.head == 0 and whole.parts and _alike_rows(rows[0], whole.rows[0])):
        return None
    if part.page is not None and part.page == whole.last_page and whole.parts == 1 and part.page == whole.grid.page and part.edges:
        return None  # two tables on one page
    columns = _columns(whole, part)
    return None if columns == () else Plan(0, (), columns)


def _alike_rows(a: Sequence[GridCell], b: Sequence[GridCell]) -> bool:
    return fuzz.ratio(key(" ".join(map(flat, a))), key(" ".join(map(flat, b)))) >= SAME_HEAD


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
    found = [m.start() for m in regex.finditer(r"\S+", text)]
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
        widths = zip(zip(base, base[1:], strict=False), zip(edges, edges[1:], strict=False), strict=True)
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
    elif rows and len(whole.rows) > whole.head:
        _return_brackets(whole, rows[0])
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
    for depth, row in enumerate(reversed(whole.rows[whole.head :])):
        for index, cell in enumerate(row):
            if cell.col <= col < cell.col + cell.col_span and depth < cell.row_span:
                row[index] = replace(cell, passage=glue(cell.passage, passage))
                return
    whole.rows[last].append(GridCell(last, col, 1, 1, passage))
    whole.rows[last].sort(key=lambda c: c.col)


def glue(first: Passage, second: Passage) -> Passage:
    """Two halves as one: no blank after a hyphen inside a document's number ("1708/QĐ-" "UBND")."""
    torn_number = regex.search(r"[/\d]\p{Lu}*-$", first.text) is not None and second.text[:1].isupper()
    return join([first, second], "" if torn_number else " ")


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
    typical = sorted(whole.filled)[len(whole.filled) // 2] if whole.filled else 1
    main = min(filled)
    if lower * 2 >= len(filled):
        return small(filled[main]) or len(filled) * 2 <= typical or main > (whole.ordinal + 1)
    if len(filled) * 2 > typical and (typical > 1 or not hangs(above.get(main, ""))):
        return False
    return not shouts(filled[main]) and (main > whole.ordinal + 1 or whole.unnumbered * 5 < len(whole.body) or hangs(above.get(main, "")))


def small(text: str) -> bool:
    """Whether the first letter is small (or the text begins with what only goes on: a closing bracket, a comma)."""
    first = LETTER.search(text)
    return bool(text) and (text[0] in ",;)" or (first is not None and first[0].islower() and not find_marker(text)))


def shouts(text: str) -> bool:
    """All capitals."""
    return text.isupper() and len(text) > 3


def is_open(text: str) -> bool:
    """Whether a text does not look finished: no final mark."""
    return bool(text) and FINAL.search(text) is None


@cache
def _open_words() -> frozenset[str]:
    return frozenset(pattern_table("outline")["open_words"])


def hangs(text: str) -> bool:
    """Whether a text surely goes on: it ends on a comma, an open bracket or a word no sentence ends on."""
    if not text or FINAL.search(text):
        return False
    words = text[-40:].lower().split()
    return text.endswith((",", "-", "/", "(")) or words[-1] in _open_words() or unclosed(text)


def unclosed(text: str) -> bool:
    return any(text.count(o) > text.count(c) for o, c in zip(OPENERS, CLOSERS, strict=True))


def _return_brackets(whole: Whole, row: list[GridCell]) -> None:
    """The end of a bracket opened in the row above that slipped behind this row's own text goes back up."""
    above = {c.col: c.passage.text for c in whole.rows[-1]}
    for index, cell in enumerate(row):
        text = cell.passage.text
        before = above.get(cell.col, "")
        if before.count("(") <= before.count(")") or text.count(")") <= text.count("("):
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
    return CONTINUED.fullmatch(text) is not None or (len(text) <= STRAY and len(text.split()) <= 2 and find_marker(text) is None and not regex.search(r"\p{L}{2,}\s+\S*[\dIVX]", text))


def _finish(whole: Whole) -> Grid:
    cells = [replace(c, row=r, row_span=min(c.row_span, len(whole.rows) - r)) for r, row in enumerate(whole.rows) for c in row]
    n_cols = max((c.col + c.col_span for c in cells), default=whole.grid.n_cols)
    grid = replace(whole.grid, cells=cells, n_rows=len(whole.rows), n_cols=max(n_cols, whole.grid.n_cols), header_rows=whole.head or whole.grid.header_rows)
    return spread_heads(grid, whole.head)


# ---- paragraphs ------------------------------------------------------------------------------------------------


def join_paragraphs(pieces: Sequence[Piece]) -> list[Piece]:
    """Halves of paragraphs joined; footnotes and furniture that stood between them come after."""
    out: list[Piece] = []
    last: int | None = None  # where in `out` the paragraph stands that the next one may go on with
    for piece in pieces:
        if isinstance(piece, Paragraph):
            before = out[last] if last is not None else None
            if isinstance(before, Paragraph) and last is not None and is_torn(before, piece, apart=last < len(out) - 1):
                out[last] = replace(before, passage=glue(before.passage, piece.passage), complete=piece.complete)
                continue
            last = len(out)
        elif isinstance(piece, Grid):
            last = None
        out.append(piece)
    return out


def is_torn(first: Paragraph, second: Paragraph, apart: bool) -> bool:
    """Whether `second` goes on with `first`; `apart`: a page's foot or head stood between them."""
    a, b = first.passage.text.rstrip(), second.passage.text.lstrip()
    if not a or not b:
        return False
    if not first.complete:
        return True
    if find_marker(b) or shouts(a) or shouts(b) or (bool(first.bold) != bool(second.bold) and len(a) < 150) or second.level is not None:
        return False
    if unclosed(a) and not FINAL.search(a) and 0 <= b.find(")") < (b.find("(") if "(" in b else len(b)):
        return True
    apart = apart or (first.page is not None and second.page is not None and second.page > first.page)
    if FINAL.search(a):
        return apart and a.endswith(";") and small(b) and len(a) > 60
    if small(b):
        return len(a) > 40 or apart
    return apart and (len(a) > 120 or (len(a) > 60 and hangs(a)))
