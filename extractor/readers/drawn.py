"""Tables as a file draws them → a grid, or, where the table only places text on the page, the paragraphs in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

import regex

from extractor import patterns
from extractor.layout.pieces import Footnote, Furniture, Grid, GridCell, Paragraph, Passage, Piece
from extractor.readers.tidy import tidy

SLIVER = 4.0  # points: columns narrower than this that no cell stands in come from borders a hair out of line
_BLOCK_ROWS = 8  # letterheads and signature blocks have few rows


@dataclass(slots=True)
class DrawnCell:
    """A cell with the pieces that stand in it; `ruled`: a line is drawn on at least one of its sides."""

    row: int
    col: int
    row_span: int
    col_span: int
    pieces: list[Piece]
    ruled: bool = True

    def paragraphs(self) -> Iterator[Paragraph]:
        return (p for p in self.pieces if isinstance(p, Paragraph))

    @property
    def text(self) -> str:
        return "\n".join(p.passage.text for p in self.paragraphs())


@dataclass(slots=True)
class Drawn:
    """A table before it is known to be one; cells in reading order, none overlapping."""

    cells: list[DrawnCell]
    n_rows: int
    n_cols: int
    edges: tuple[float, ...] = ()
    header_rows: int | None = None
    caption: str | None = None
    nested: list[Piece] = field(default_factory=list)


def table_pieces(drawn: Drawn) -> list[Piece]:
    """The table as a `Grid`, footnotes and inner tables behind it; or the paragraphs of a table that only places text."""
    filled = [cell for cell in drawn.cells if cell.pieces]
    if not filled:
        return []
    if only_places_text(drawn):
        return [piece for cell in _reading_order(drawn, filled) for piece in cell.pieces]
    narrowed = narrow(drawn)
    behind: list[Piece] = []
    cells = [GridCell(c.row, c.col, c.row_span, c.col_span, *_cell_text(c, behind)) for c in narrowed.cells]
    return [Grid(cells, narrowed.n_rows, narrowed.n_cols, None, narrowed.edges, narrowed.header_rows, narrowed.caption), *behind]


def _reading_order(drawn: Drawn, filled: list[DrawnCell]) -> list[DrawnCell]:
    """Row by row; but column by column where every line of the letterhead or signature block has a row of its own."""
    columns = sorted({cell.col for cell in filled})
    if drawn.n_rows < 3 or len(columns) not in (2, 3) or sum(len(cell.pieces) > 1 for cell in filled) > 1:
        return filled
    return sorted(filled, key=lambda cell: (cell.col, cell.row))


def _cell_text(cell: DrawnCell, behind: list[Piece]) -> tuple[Passage, bool | None]:
    """A cell's lines as one passage and whether they are all bold; what is no line of its own goes behind the table."""
    texts: list[str] = []
    bold: list[bool | None] = []
    for piece in cell.pieces:
        if isinstance(piece, Paragraph):
            texts.append(piece.passage.text)
            bold.append(piece.bold)
        elif isinstance(piece, Grid) and not _is_real(piece):
            texts += _flat(piece)
        else:
            behind.append(piece)
    return Passage("\n".join(texts)), all(bold) if bold else None


def _is_real(grid: Grid) -> bool:
    """An inner table worth a table of its own: at least 2 × 2 and mostly filled."""
    return grid.n_rows > 1 and grid.n_cols > 1 and 2 * sum(bool(c.passage.text) for c in grid.cells) >= len(grid.cells)


def _flat(grid: Grid) -> list[str]:
    rows: dict[int, list[str]] = {}
    for cell in grid.cells:
        if cell.passage.text:
            rows.setdefault(cell.row, []).append(cell.passage.text)
    return [" ".join(row) for row in rows.values()]


# ---- tables that only place text -------------------------------------------------------------------------------


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(patterns.table("layout")["layout_table"][name])


def only_places_text(drawn: Drawn) -> bool:
    """Whether the table is a letterhead, a signature block or a frame, told by its rulings and by what its cells hold."""
    n_cols = len({cell.col for cell in drawn.cells if cell.pieces})
    if n_cols <= 1 and (drawn.n_rows == 1 or not _mostly_ruled(drawn)):
        return True
    if n_cols > 4 or drawn.n_rows > _BLOCK_ROWS:
        return False
    if _is_letterhead(drawn) or _is_signature(drawn):
        return True
    return not _mostly_ruled(drawn) and (drawn.n_rows <= 2 or (n_cols <= 2 and drawn.n_rows <= 3)) and not drawn.header_rows


def _mostly_ruled(drawn: Drawn) -> bool:
    return 2 * sum(cell.ruled for cell in drawn.cells) >= len(drawn.cells)


def is_letterhead_text(text: str) -> bool:
    """Whether `text` holds the national motto or its second line, as a letterhead does."""
    low = text[:400].lower()
    return any(word in low for word in _words("motto"))


def _is_letterhead(drawn: Drawn) -> bool:
    return any(is_letterhead_text(cell.text) for cell in drawn.cells if cell.row < 3 and cell.pieces)


def is_signature_text(text: str) -> bool:
    """Whether `text` begins as a signer ("KT. CHỦ TỊCH", "NGƯỜI LẬP BIỂU") or the recipients beside one."""
    text = text[:400].lstrip("\n -*")
    if text.lower().startswith(_words("recipients")):
        return True
    signs = (*_words("signing"), *_words("signers"))
    return any(line.startswith(signs) and line.upper() == line for line in text.split("\n")[:3])


def _is_signature(drawn: Drawn) -> bool:
    """Recipients beside a signer, or signers side by side; a larger ruled table only counts where both stand in it."""
    recipients = signers = places = 0
    for cell in drawn.cells:
        text = cell.text[:2000].lstrip("\n -*")
        named = text.lower().startswith(_words("recipients"))
        recipients += named
        signers += not named and is_signature_text(text)
        places += any(line.lower().startswith(_words("sign_here")) for line in text.split("\n"))
    if drawn.n_rows <= 3:
        return bool(recipients or places) or (drawn.n_rows == 1 and signers > 0)
    return bool(recipients and signers) or (signers > 0 and not _mostly_ruled(drawn))


# ---- columns that are no columns -------------------------------------------------------------------------------


def narrow(drawn: Drawn) -> Drawn:
    """The same table without grid columns that only exist because borders of different rows are a hair out of line."""
    used = {0, drawn.n_cols} | {c.col for c in drawn.cells} | {c.col + c.col_span for c in drawn.cells}
    if len(used) == drawn.n_cols + 1 and not _has_slivers(drawn.edges):
        return drawn
    single = {c.col for c in drawn.cells if c.col_span == 1 and c.pieces}
    kept: list[int] = []
    place: dict[int, int] = {}
    for column in sorted(used):
        sliver = bool(kept and drawn.edges) and _close(drawn.edges, kept[-1], column) and single.isdisjoint(range(kept[-1], column))
        if sliver and column == drawn.n_cols and len(kept) > 1:
            kept[-1] = column  # the table's right edge stays
        elif not sliver or column == drawn.n_cols:
            kept.append(column)
        place[column] = len(kept) - 1
    cells = _moved(drawn.cells, place)
    edges = tuple(drawn.edges[k] for k in kept) if drawn.edges else ()
    return replace(drawn, cells=cells, n_cols=len(kept) - 1, edges=edges)


def _moved(cells: Sequence[DrawnCell], place: dict[int, int]) -> list[DrawnCell]:
    moved = []
    for cell in cells:
        start, end = place[cell.col], place[cell.col + cell.col_span]
        if end > start:
            moved.append(DrawnCell(cell.row, start, cell.row_span, end - start, cell.pieces, cell.ruled))
    return moved


def _has_slivers(edges: tuple[float, ...]) -> bool:
    return any(b - a < SLIVER for a, b in pairwise(edges))


def _close(edges: tuple[float, ...], left: int, right: int) -> bool:
    return edges[right] - edges[left] < SLIVER


# ---- notes written by hand -------------------------------------------------------------------------------------

_MARK = regex.compile(r"(?<!\b[kcdm]?m)(?<![⁰¹²³⁴-⁹])[⁰¹²³⁴-⁹]{1,3}(?![⁰¹²³⁴-⁹])")  # but "m²" is a unit
_RAISED = tuple("⁰¹²³⁴⁵⁶⁷⁸⁹")
_NOTE = regex.compile(r"([⁰¹²³⁴-⁹]{1,3})\s*(?=\S)")


def notes_apart(pieces: list[Piece]) -> list[Piece]:
    """The pieces with paragraphs that begin with a raised number, as typed notes at the end of a text do, made footnotes.

    Every note comes to stand behind what refers to it (the nearest before it that bears its mark), where a reader looks for it.
    """
    pieces = [_note_of(p) if isinstance(p, Paragraph) and p.passage.text.startswith(_RAISED) else p for p in pieces]
    if not any(isinstance(p, Footnote) for p in pieces):
        return pieces
    marked: dict[str, list[int]] = {}
    for index, piece in enumerate(pieces):
        for mark in () if isinstance(piece, Footnote | Furniture) else _MARK.findall(_text_of(piece)):
            marked.setdefault(mark, []).append(index)
    places = list(range(len(pieces)))
    for index, piece in enumerate(pieces):
        found = marked.get(piece.marker or "", ()) if isinstance(piece, Footnote) else ()
        before = bisect_left(found, index)
        if before:
            places[index] = found[before - 1]
    return [pieces[k] for k in sorted(range(len(pieces)), key=lambda k: (places[k], k))]


def _text_of(piece: Piece) -> str:
    return "\n".join(cell.passage.text for cell in piece.cells) if isinstance(piece, Grid) else piece.passage.text


def _note_of(piece: Paragraph) -> Piece:
    mark = _NOTE.match(piece.passage.text)
    return piece if mark is None else Footnote(piece.passage, mark[1], piece.page)


# ---- letterheads set with tabs ---------------------------------------------------------------------------------

# not the blank left for a number or a day ("ngày      tháng")
_GAP = regex.compile(r"(?<!(?:ngày|tháng|năm|số|số:|số :)\s*)(?:[ \u00a0]*\t[ \u00a0\t]*|[ \u00a0]{4,})", regex.IGNORECASE)


def gap(raw: str) -> tuple[str, str] | None:
    """A line that a tab or many blanks part in two ("UBND TỈNH X      CỘNG HÒA …"), at its widest gap; None for one without."""
    if "\t" not in raw and "    " not in raw and "\u00a0\u00a0" not in raw:
        return None
    line = raw.strip().replace("\n", " ")
    if len(line) > 300:
        return None
    widest = max(_GAP.finditer(line), key=lambda m: len(m[0]) + 8 * m[0].count("\t"), default=None)
    return None if widest is None else (tidy(line[: widest.start()]), tidy(line[widest.end() :]))


def part_letterhead(pieces: list[Piece], parted: Mapping[int, tuple[str, str]]) -> list[Piece]:
    """The pieces with each letterhead whose two columns are set side by side with tabs read column by column.

    `parted`: by `id` of a paragraph, what stands left and right of its gap.
    """
    done: list[Piece] = []
    right: list[Piece] = []
    for piece in pieces:
        sides = parted.get(id(piece))
        opens = sides is not None and is_letterhead_text(sides[1]) and not is_letterhead_text(sides[0])
        if sides is None or not isinstance(piece, Paragraph) or not (opens or right):
            if not isinstance(piece, Furniture):
                done += right
                right = []
            done.append(piece)
            continue
        if sides[0]:
            done.append(replace(piece, passage=Passage(sides[0])))
        if sides[1]:
            right.append(replace(piece, passage=Passage(sides[1])))
    return [*done, *right]
