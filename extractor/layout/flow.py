"""Pages of words and rules → pieces in reading order. PDF text layers and OCR both end here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

import numpy as np
import regex

from extractor.layout import asides
from extractor.layout.aligned import ORDINAL_HEADS, find_aligned
from extractor.layout.banded import find_banded
from extractor.layout.cell_lines import cell_passage
from extractor.layout.columns import Stretch, find_stretches
from extractor.layout.lines import RAISED, Ints, Line, PageWords, Run, find_lines, find_runs, passage, raise_marks
from extractor.layout.paragraphs import Margins, group_lines, has_room, is_centred, is_marked, margins, paragraph
from extractor.layout.pieces import EMPTY, Footnote, Furniture, Grid, GridCell, Paragraph, Passage, Piece, WordColumns
from extractor.layout.ruled import Drawn, PageRules, find_tables

CELL_PADDING = 5.4  # points between a table's border and its text, as Word sets it
ENOUGH_LINES = 8  # that show where a page's text begins and ends
SLIVER = 8.0  # points: a column or row at a table's edge that is narrower and empty parts two borders
ENOUGH_WORDS = 20  # that show how large a page's text is
WATERMARK = 2.5  # of the size of the text
_MARKS = regex.compile("[⁰¹²³⁴-⁹]+")


@dataclass(slots=True)
class Leaf:
    """A page, its tables read, its other words in lines; measured on the page turned so that its text is upright."""

    page: int
    width: float
    height: float
    lines: list[Line]
    grids: list[tuple[float, Grid]] = field(default_factory=list)  # with the y where each starts
    rules: list[tuple[float, float, float]] = field(default_factory=list)  # y, x0, x1 of horizontal lines outside tables
    margin: list[Run] = field(default_factory=list)  # words that run another way than the page's text
    stamp: list[Run] = field(default_factory=list)  # what a digital signature printed


def make_leaf(words: PageWords, rules: PageRules, columns: WordColumns) -> Leaf:
    """A page's words and rules as lines and tables; its words are appended to `columns` as the page is shown."""
    turns = main_direction(words)
    words, rules = raise_marks(words.turned(turns)), rules.turned(turns)
    first = words.turned(-turns).add_to(columns)
    tables, place = _tables(words, rules)
    margin, place = _margin(words, place, first)
    runs, places = find_runs(words, first, place)
    where: dict[int, list[Run]] = defaultdict(list)
    for run, cell in zip(runs, places, strict=True):
        where[cell].append(run)
    texts = columns.text
    grids = []
    offset = 0
    for table in tables:
        grids.append((float(table.ys[0]), _grid(table, offset, where, (texts, words.page))))
        offset += len(table.cells)
    free = [(y, x0, x1) for y, x0, x1 in rules.level.tolist() if not any(t.ys[0] - 1 < y < t.ys[-1] + 1 for t in tables)]
    stamp = asides.stamp_runs(where[-1], texts) + _watermarks(where[-1], words)
    printed = {id(run) for run in stamp}
    lines = find_lines([run for run in where[-1] if id(run) not in printed])
    return Leaf(words.page, words.width, words.height, lines, grids, free, margin, stamp)


def _watermarks(runs: Sequence[Run], words: PageWords) -> list[Run]:
    """The runs in letters far larger than the page's text ("DỰ THẢO" across it)."""
    if len(words.text) < ENOUGH_WORDS:
        return []
    most = WATERMARK * float(np.median(words.size))
    return [run for run in runs if run.size > most]


def _margin(words: PageWords, place: Ints, first: int) -> tuple[list[Run], Ints]:
    """The words outside tables that run another way than the page's, and `place` with -2 for them."""
    if words.direction is None or not words.direction.any():
        return [], place
    aside = (words.direction != 0) & (place < 0)
    margin = [Run([first + k], *_box(words, k), float(words.size[k]), False, 0.0) for k in np.flatnonzero(aside).tolist()]
    return margin, np.where(aside, -2, place)


def main_direction(words: PageWords) -> int:
    """Quarter turns clockwise that bring most of a page's letters upright."""
    if words.direction is None or not words.direction.any():
        return 0
    letters = np.bincount(words.direction, [len(w) for w in words.text], 4)
    return int(letters.argmax())


def _box(words: PageWords, k: int) -> tuple[float, float, float, float]:
    return float(words.x0[k]), float(words.top[k]), float(words.x1[k]), float(words.bottom[k])


def _tables(words: PageWords, rules: PageRules) -> tuple[list[Drawn], Ints]:
    """The page's tables, and for each word the number of its cell, counted through all tables (-1: none)."""
    place = np.full(len(words.text), -1)
    tables: list[Drawn] = []
    offset = 0
    x, y = (words.x0 + words.x1) / 2, (words.top + words.bottom) / 2
    ruled = find_tables(rules)
    unruled = find_banded(rules, words, ruled)
    unruled += find_aligned(words, [*ruled, *unruled])
    for found in sorted([*ruled, *unruled], key=lambda t: t.ys[0]) if unruled else ruled:
        table = _without_frame(found, words)
        cell = table.cell_of(x, y)
        filled = np.unique(cell[cell >= 0])
        if len(filled) < 2:
            continue
        place = np.where(cell >= 0, cell + offset, place)
        tables.append(table)
        offset += len(table.cells)
    return tables, place


def _without_frame(table: Drawn, words: PageWords) -> Drawn:
    """A table that stands in the cell of another, without the outer one's borders and the lines of text above its head."""
    rows, cols = table.owner.shape
    x, y = (words.x0 + words.x1) / 2, (words.top + words.bottom) / 2
    inside = (x > table.xs[0]) & (x < table.xs[-1]) & (y > table.ys[0]) & (y < table.ys[-1])
    left = int(table.xs[1] - table.xs[0] < SLIVER and not (inside & (x < table.xs[1])).any())
    right = int(table.xs[-1] - table.xs[-2] < SLIVER and not (inside & (x > table.xs[-2])).any())
    low = int(rows > 2 and table.ys[-1] - table.ys[-2] < SLIVER and not (inside & (y > table.ys[-2])).any())
    top = 0
    while top < rows - low - 1 and cols > 2 and (table.owner[top] == table.owner[top, 0]).all():
        top += 1
    if top and not ORDINAL_HEADS.intersection(words.text[k] for k in np.flatnonzero(inside & (y > table.ys[top]) & (y < table.ys[top + 1]))):
        top = 0
    if not (left or right or low or top) or cols - left - right < 2:
        return table
    return table.part(slice(top, rows - low), slice(left, cols - right))


def _grid(table: Drawn, offset: int, where: dict[int, list[Run]], of: tuple[Sequence[str], int]) -> Grid:
    texts, page = of
    cells = []
    for number, (row, col, row_span, col_span) in enumerate(table.cells.tolist()):
        runs = where.get(offset + number)
        if not runs:
            cells.append(GridCell(row, col, row_span, col_span, EMPTY))
            continue
        text = cell_passage(find_lines(runs), table.xs[col + col_span] - table.xs[col], texts)
        cells.append(GridCell(row, col, row_span, col_span, text, all(r.bold for r in runs)))
    rows, cols = table.owner.shape
    return Grid(cells, rows, cols, page, tuple(round(x, 2) for x in table.xs.tolist()))


def flow(leaves: Sequence[Leaf], texts: Sequence[str]) -> list[Piece]:
    """All pages' pieces in reading order: furniture and footnotes set apart, paragraphs that a page tears marked."""
    furniture = asides.find_furniture([(leaf.height, leaf.lines) for leaf in leaves], texts)
    body = _body_size(leaves)
    pieces: list[Piece] = []
    ends: list[_End] = []
    edges = _page_edges(leaves, furniture)
    for leaf, kinds, sides in zip(leaves, furniture, edges, strict=True):
        lines = [line for k, line in enumerate(leaf.lines) if k not in kinds]
        first, last = asides.find_footnotes(lines, body, leaf.rules, texts)
        start = len(pieces)
        pieces.extend(_running(leaf, lines[:first] + lines[last:], sides, (texts, ends)))
        _mark_torn(pieces, start, ends, texts)
        pieces += _footnotes(lines[first:last], texts, leaf.page)
        pieces += [Furniture(passage([leaf.lines[k]], texts), kind, leaf.page) for k, kind in sorted(kinds.items())]
        for kind, runs in (("stamp", leaf.stamp), ("margin", leaf.margin)):
            if runs:
                pieces.append(Furniture(passage([Line.of([run]) for run in runs], texts), kind, leaf.page))
    return _with_endnotes(pieces)


def _with_endnotes(pieces: list[Piece]) -> list[Piece]:
    """Notes gathered at the end of a document put behind the paragraphs of earlier pages that bear their marks."""
    notes = [p for p in pieces if isinstance(p, Footnote) and p.marker and p.marker[0] in "⁰¹²³⁴⁵⁶⁷⁸⁹"]
    if not notes:
        return pieces
    marks: dict[str, Paragraph | None] = {}  # None where several paragraphs bear a mark
    pages: dict[str, set[int | None]] = defaultdict(set)
    for piece in pieces:
        if isinstance(piece, (Paragraph, Grid)):
            text = piece.passage.text if isinstance(piece, Paragraph) else " ".join(c.passage.text for c in piece.cells)
            for mark in set(_MARKS.findall(text)):
                marks[mark] = piece if isinstance(piece, Paragraph) and mark not in marks else None
                pages[mark].add(piece.page)
    behind: dict[int, list[Footnote]] = defaultdict(list)
    for note in notes:
        home = marks.get(note.marker or "")
        if home is not None and note.page not in pages[note.marker or ""]:
            behind[id(home)].append(note)
    moved = {id(note) for group in behind.values() for note in group}
    return [p for piece in pieces if id(piece) not in moved for p in (piece, *behind.get(id(piece), ()))]


@dataclass(slots=True)
class _End:
    """First and last line of a page's running text, where both belong to whole-width paragraphs."""

    first: Line | None = None
    last: Line | None = None
    edges: Margins | None = None
    first_piece: int = -1
    last_piece: int = -1


def _body_size(leaves: Sequence[Leaf]) -> float:
    """The size most letters of the running text have."""
    sizes: Counter[float] = Counter()
    for leaf in leaves:
        for line in leaf.lines:
            sizes[round(line.size * 2) / 2] += int(line.x1 - line.x0)
    return sizes.most_common(1)[0][0] if sizes else 12.0


def _page_edges(leaves: Sequence[Leaf], furniture: Sequence[dict[int, str]]) -> list[tuple[float, float]]:
    """For each page the edges that its text and tables keep to; where it has little, those usual on pages of its width."""
    own: list[tuple[float, float] | None] = []
    usual: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for leaf, kinds in zip(leaves, furniture, strict=True):
        runs = [run for k, line in enumerate(leaf.lines) if k not in kinds for run in line.runs]
        spans = [(r.x0, r.x1) for r in runs if r.x1 - r.x0 > 0.55 * leaf.width] or [(r.x0, r.x1) for r in runs]
        edges = (min(x for x, _ in spans), max(x for _, x in spans)) if spans else None
        if edges:
            usual[round(leaf.width)].append(edges)
        wide = [grid.edges for _, grid in leaf.grids if grid.edges[-1] - grid.edges[0] > 0.55 * leaf.width]
        if edges and wide:
            edges = min(edges[0], wide[0][0] + CELL_PADDING), max(edges[1], wide[0][-1] - CELL_PADDING)
        own.append(edges if edges and (wide or len(leaf.lines) >= ENOUGH_LINES) else None)
    medians = {w: (median(a for a, _ in e), median(b for _, b in e)) for w, e in usual.items()}
    return [e or medians.get(round(leaf.width), (0.0, leaf.width)) for e, leaf in zip(own, leaves, strict=True)]


def _running(leaf: Leaf, lines: list[Line], floor: tuple[float, float], doc: tuple[Sequence[str], list[_End]]) -> Iterator[Piece]:
    """Paragraphs and tables of a page, top to bottom."""
    texts, ends = doc
    end = _End()
    ends.append(end)
    start = 0
    count = 0
    for top, grid in [*leaf.grids, (float("inf"), None)]:
        stop = start
        while stop < len(lines) and (lines[stop].top + lines[stop].bottom) / 2 < top:
            stop += 1
        for stretch in find_stretches(lines[start:stop], texts):
            for made, group, edges in _paragraphs(stretch, floor, texts, leaf.page):
                _note(end, (count, group, edges), stretch.whole)
                count += 1
                yield made
        start = stop
        if grid is not None:
            _note(end, (count, [], None), False)
            count += 1
            yield grid


def _note(end: _End, piece: tuple[int, list[Line], Margins | None], whole: bool) -> None:
    count, group, edges = piece
    if count == 0 and whole and group:
        end.first, end.first_piece = group[0], 0
    if whole and group:
        end.last, end.edges, end.last_piece = group[-1], edges, count
    else:
        end.last = None


def _paragraphs(stretch: Stretch, floor: tuple[float, float], texts: Sequence[str], page: int) -> Iterator[tuple[Paragraph, list[Line], Margins]]:
    edges = margins(stretch.lines, floor, stretch.limit, not stretch.whole)
    for group in group_lines(stretch.lines, edges, texts):
        yield paragraph(group, edges, texts, page), group, edges


def _mark_torn(pieces: list[Piece], start: int, ends: list[_End], texts: Sequence[str]) -> None:
    """Marks the last paragraph of the page before as incomplete where this page goes on with it."""
    if len(ends) < 2:
        return
    last, edges, line = ends[-2].last, ends[-2].edges, ends[-1].first
    if last is None or edges is None or line is None:
        return
    index = next((k for k in range(start - 1, -1, -1) if isinstance(pieces[k], Paragraph)), None)
    if index is None:
        return
    piece = pieces[index]
    assert isinstance(piece, Paragraph)
    lower = texts[line.runs[0].ids[0]][0].islower()
    stopped = piece.passage.text[-1] in ".;:!?"
    full = not has_room(last, line, edges) and last.x0 < edges.left + 0.3 * (edges.right - edges.left) and last.bold == line.bold
    if is_marked(line, texts) or is_centred(line, edges) or is_centred(last, edges) or abs(last.size - line.size) > 0.12 * last.size:
        return
    if (lower and not stopped) or (full and (lower or not stopped)):
        pieces[index] = Paragraph(piece.passage, piece.page, piece.level, piece.indent, piece.bold, piece.centred, False)


def _footnotes(lines: Sequence[Line], texts: Sequence[str], page: int) -> list[Piece]:
    """Footnote pieces; one that goes on from the page before has no marker."""
    groups: list[tuple[str | None, list[Line]]] = []
    for line in lines:
        mark = asides.mark_of(line, texts)
        if mark and groups and not _next_mark(groups[-1][0], mark):
            mark = None
        if mark or not groups:
            groups.append((mark, [line]))
        else:
            groups[-1][1].append(line)
    return [_footnote(mark, group, texts, page) for mark, group in groups]


def _next_mark(before: str | None, mark: str) -> bool:
    plain = mark.translate(PLAIN)
    if before is None or not plain.isdigit() or mark != plain:
        return True
    before = before.translate(PLAIN)
    return before.isdigit() and int(plain) == int(before) + 1


PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def _footnote(mark: str | None, lines: Sequence[Line], texts: Sequence[str], page: int) -> Footnote:
    whole = passage(lines, texts)
    if mark is None:
        return Footnote(whole, None, page)
    raised = mark.translate(RAISED)
    text = raised + whole.text[len(mark) :]
    return Footnote(Passage(text, whole.ids, whole.starts), raised, page)
