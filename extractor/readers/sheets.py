"""A worksheet's cells → pieces: tables where the rulings or the filled cells show them, paragraphs around."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractor.layout.pieces import Furniture, Grid, GridCell, Paragraph, Passage, Piece
from extractor.readers.drawn import is_letterhead_text, is_signature_text
from extractor.readers.fonts import join_runs
from extractor.readers.legacy import Decoder
from extractor.readers.tidy import lines

MAX_BLANK_ROWS = 100  # ruled rows without a word that are kept behind the last word, as blanks of a form
MAX_BOXES = 1_000
MAX_FILLED_OUT = 200_000  # positions up to which a table's empty cells are written out


@dataclass(slots=True)
class SheetCell:
    """`runs`: text with the font it is set in; `ruled`: a border on at least one side."""

    runs: Sequence[tuple[str, str | None]] = ()
    bold: bool = False
    centred: bool = False
    ruled: bool = False


BLANK = SheetCell(ruled=True)


@dataclass(slots=True)
class Range:
    """Rows `[top, bottom)`, columns `[left, right)`, 0-based."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, col: int) -> bool:
        return self.top <= row < self.bottom and self.left <= col < self.right


@dataclass(slots=True)
class Sheet:
    """A worksheet: filled or ruled cells by (row, column), 0-based; `merges` each with its words in the top left cell."""

    name: str
    hidden: bool = False
    cells: dict[tuple[int, int], SheetCell] = field(default_factory=dict)
    merges: list[Range] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)  # words of shapes drawn over it


@dataclass(slots=True)
class Laid:
    """A sheet ready to be cut up: texts by position, how far each reaches, and which positions are ruled."""

    sheet: Sheet
    texts: dict[tuple[int, int], str]
    reach: dict[tuple[int, int], tuple[int, int]]  # top left of a merge → rows, columns
    ruled: dict[int, list[tuple[int, int]]]  # row → intervals of ruled columns
    rows: dict[int, list[int]]  # row → columns where a text begins


def sheet_pieces(sheet: Sheet, decoders: Mapping[str, Decoder]) -> list[Piece]:
    """Tables and paragraphs from top to bottom; of a hidden sheet, flagged tables and furniture."""
    laid = _lay(sheet, decoders)
    boxes = _ruled_boxes(laid)
    for box in boxes:
        _extend(laid, box)
    boxes = _apart(boxes)
    parts: list[tuple[int, int, list[Piece]]] = [(box.top, box.left, _table(laid, box)) for box in boxes]
    for band in _bands(laid, boxes):
        parts += _band_parts(laid, band)
    pieces = [piece for _, _, found in sorted(parts, key=lambda part: part[:2]) for piece in found]
    pieces += [Furniture(Passage(text), "text_box") for text in sheet.boxes]
    if not sheet.hidden:
        return pieces
    return [Furniture(p.passage, "hidden") if isinstance(p, Paragraph) else p for p in pieces]


def _lay(sheet: Sheet, decoders: Mapping[str, Decoder]) -> Laid:
    texts: dict[tuple[int, int], str] = {}
    rows: dict[int, list[int]] = {}
    ruled: dict[int, list[int]] = {}
    covered: dict[tuple[int, int], tuple[int, int]] = {}
    for merge in sheet.merges:
        if (merge.bottom - merge.top) * (merge.right - merge.left) <= 100_000:
            covered |= {(r, c): (merge.top, merge.left) for r in range(merge.top, merge.bottom) for c in range(merge.left, merge.right)}
    for place in sorted(sheet.cells):
        cell = sheet.cells[place]
        if cell.ruled:
            ruled.setdefault(place[0], []).append(place[1])
        if cell.runs and covered.get(place, place) == place:
            text = "\n".join(lines(join_runs(cell.runs, decoders)))
            if text:
                texts[place] = text
                rows.setdefault(place[0], []).append(place[1])
    reach = {(m.top, m.left): (m.bottom - m.top, m.right - m.left) for m in sheet.merges}
    for (row, col), (height, width) in reach.items():  # a merge is ruled where its first cell is
        first = sheet.cells.get((row, col))
        if first is not None and first.ruled and height * width <= 100_000:
            for r in range(row, row + height):
                ruled.setdefault(r, []).extend(range(col, col + width))
    return Laid(sheet, texts, reach, {r: _intervals(cols) for r, cols in ruled.items()}, rows)


def _intervals(columns: Iterable[int]) -> list[tuple[int, int]]:
    """Runs of neighbouring columns as half-open intervals."""
    found: list[tuple[int, int]] = []
    for column in sorted(set(columns)):
        if found and found[-1][1] == column:
            found[-1] = (found[-1][0], column + 1)
        else:
            found.append((column, column + 1))
    return found


# ---- tables by their rulings -----------------------------------------------------------------------------------


def _ruled_boxes(laid: Laid) -> list[Range]:
    """The areas that hang together by ruled cells, at least 2 × 2, with a word in them."""
    done: list[Range] = []
    open_boxes: list[Range] = []
    for row in sorted(laid.ruled):
        still: list[Range] = []
        for box in open_boxes:
            (still if box.bottom >= row else done).append(box)
        open_boxes = still
        for left, right in laid.ruled[row]:
            touching = [b for b in open_boxes if b.left < right and left < b.right]
            merged = Range(row, left, row + 1, right)
            for box in touching:
                merged = Range(min(merged.top, box.top), min(merged.left, box.left), row + 1, max(merged.right, box.right))
            open_boxes = [b for b in open_boxes if b not in touching]
            open_boxes.append(merged)
    done += open_boxes
    return _apart([box for box in map(_trimmed, done, [laid] * len(done)) if box is not None])


def _trimmed(box: Range, laid: Laid) -> Range | None:
    """The box without the ruled emptiness behind its last word; None where no table is left."""
    filled = [r for r in range(box.top, box.bottom) if any(box.left <= c < box.right for c in laid.rows.get(r, ()))]
    if not filled:
        return None
    bottom = min(box.bottom, filled[-1] + 1 + MAX_BLANK_ROWS)
    columns = {c for r in filled for c in laid.rows[r] if box.left <= c < box.right}
    return Range(box.top, box.left, bottom, box.right) if bottom - box.top > 1 and len(columns) > 1 else None


def _apart(boxes: list[Range]) -> list[Range]:
    """Overlapping boxes made one, top to bottom; of more boxes than any form has, one that holds all."""
    if len(boxes) > MAX_BOXES:
        return [Range(min(b.top for b in boxes), min(b.left for b in boxes), max(b.bottom for b in boxes), max(b.right for b in boxes))]
    done: list[Range] = []
    for box in sorted(boxes, key=lambda b: (b.top, b.left)):
        for other in [o for o in done if o.top < box.bottom and box.top < o.bottom and o.left < box.right and box.left < o.right]:
            done.remove(other)
            box = Range(min(box.top, other.top), min(box.left, other.left), max(box.bottom, other.bottom), max(box.right, other.right))
        done.append(box)
    return done


def _extend(laid: Laid, box: Range) -> None:
    """Takes in the rows under a box of which only the head is ruled, and an unruled column at its side."""
    if box.bottom - box.top <= 3:
        while len(columns := laid.rows.get(box.bottom, ())) > 1 and all(box.left <= c < box.right for c in columns):
            box.bottom += 1
    height = box.bottom - box.top
    beside = sum(box.right in laid.rows.get(r, ()) for r in range(box.top, box.bottom))
    if beside >= max(2, 0.3 * height):
        box.right += 1


# ---- what the rulings leave ------------------------------------------------------------------------------------


def _bands(laid: Laid, boxes: Sequence[Range]) -> list[dict[int, list[int]]]:
    """Runs of rows with words outside the ruled boxes, no empty row and no box between them: row → columns."""
    bands: list[dict[int, list[int]]] = []
    last = -2
    edge = 0
    tops = sorted(box.top for box in boxes)
    beside: dict[int, list[Range]] = {}
    for box in boxes:
        for row in range(box.top, box.bottom):
            beside.setdefault(row, []).append(box)
    for row in sorted(laid.rows):
        free = [c for c in laid.rows[row] if not any(box.holds(row, c) for box in beside.get(row, ()))]
        if not free:
            continue
        while edge < len(tops) and tops[edge] <= row:
            edge += 1
            last = -2
        if row != last + 1 and not _bridged(laid, last, row):
            bands.append({})
        bands[-1][row] = free
        last = row + max((laid.reach.get((row, c), (1, 1))[0] for c in free), default=1) - 1 if len(free) == 1 else row
    return bands


def _bridged(laid: Laid, last: int, row: int) -> bool:
    """Whether a merged cell of the row above reaches over the empty rows between."""
    return last >= 0 and any(last + laid.reach.get((last, c), (1, 1))[0] >= row for c in laid.rows.get(last, ()))


def _band_parts(laid: Laid, band: dict[int, list[int]]) -> list[tuple[int, int, list[Piece]]]:
    """A band as a table with the lines over and under it, or as lines."""
    words = [laid.texts[r, c] for r, columns in band.items() for c in columns]
    placed = any(map(is_letterhead_text, words)) or any(map(is_signature_text, words))
    wide = [r for r, columns in band.items() if len(columns) > 1]
    if placed or len(wide) < 3:
        return [(min(band), 0, _lines(laid, band, placed))]
    top, bottom = wide[0], wide[-1] + 1
    columns = [c for r, cs in band.items() if top <= r < bottom for c in cs]
    box = Range(top, min(columns), bottom, max(c + laid.reach.get((r, c), (1, 1))[1] for r, cs in band.items() if top <= r < bottom for c in cs))
    box.bottom = max(box.bottom, *(r + laid.reach.get((r, c), (1, 1))[0] for r, cs in band.items() if top <= r < bottom for c in cs))
    over = {r: cs for r, cs in band.items() if r < top}
    under = {r: cs for r, cs in band.items() if r >= box.bottom}
    parts = [(top, box.left, _table(laid, box))]
    return [*parts, *((min(rest), 0, _lines(laid, rest, False)) for rest in (over, under) if rest)]


def _lines(laid: Laid, band: Mapping[int, Sequence[int]], placed: bool) -> list[Piece]:
    """One paragraph per row; column by column where a letterhead or signature block is placed in columns."""
    if placed:
        cells = sorted(((c, r) for r, columns in band.items() for c in columns), key=lambda cr: (_side(laid, band, cr[0]), cr[1], cr[0]))
        return [_paragraph(laid, [(r, c)]) for c, r in cells]
    return [_paragraph(laid, [(r, c) for c in columns]) for r, columns in sorted(band.items())]


def _side(laid: Laid, band: Mapping[int, Sequence[int]], column: int) -> int:
    """Which column of the block a cell belongs to: cells that begin within three columns of each other stand together."""
    starts = sorted({c for columns in band.values() for c in columns})
    side = 0
    for before, start in pairwise(starts):
        side += start - before > 2 or is_letterhead_text(" ".join(laid.texts.get((r, start), "") for r in band))
        if start > column:
            break
        if start == column:
            return side
    return 0 if column == starts[0] else side


def _paragraph(laid: Laid, places: Sequence[tuple[int, int]]) -> Paragraph:
    cells = [laid.sheet.cells[place] for place in places]
    text = " ".join(laid.texts[place].replace("\n", " ") for place in places)
    return Paragraph(Passage(text), bold=all(c.bold for c in cells), centred=all(c.centred for c in cells))


def _table(laid: Laid, box: Range) -> list[Piece]:
    """The table in a box; rows of one cell over its head ("Đơn vị tính: …", a title inside the frame) as paragraphs."""
    over: list[Piece] = []
    while box.bottom - box.top > 2 and len(over) < 5:
        columns = [c for c in laid.rows.get(box.top, ()) if box.left <= c < box.right]
        if len(columns) > 1 or any(laid.reach.get((box.top, c), (1, 1))[0] > 1 for c in columns):
            break
        over += [_paragraph(laid, [(box.top, c)]) for c in columns]
        box = Range(box.top + 1, box.left, box.bottom, box.right)
    return [*over, _grid(laid, box)]


def _grid(laid: Laid, box: Range) -> Grid:
    """The table in a box; columns in which no text begins anywhere are no columns of it."""
    starts = sorted({c for r in range(box.top, box.bottom) for c in laid.rows.get(r, ()) if box.left <= c < box.right})
    index = {c: k for k, c in enumerate(starts)}
    n_rows, n_cols = box.bottom - box.top, len(starts)
    cells: list[GridCell] = []
    taken: set[tuple[int, int]] = set()
    for row in range(box.top, box.bottom):
        for col in (c for c in laid.rows.get(row, ()) if c in index):
            height, width = laid.reach.get((row, col), (1, 1))
            height = min(height, box.bottom - row)
            span = bisect_left(starts, col + width) - index[col]
            cell = laid.sheet.cells[row, col]
            cells.append(GridCell(row - box.top, index[col], height, span, Passage(laid.texts[row, col]), cell.bold))
            if height > 1 or span > 1:
                taken |= {(r, c) for r in range(row - box.top, row - box.top + height) for c in range(index[col], index[col] + span)}
            else:
                taken.add((row - box.top, index[col]))
    if n_rows * n_cols <= MAX_FILLED_OUT:
        cells += [GridCell(r, c, 1, 1, Passage("")) for r in range(n_rows) for c in range(n_cols) if (r, c) not in taken]
    name = laid.sheet.name
    caption = None if name.lower().startswith("sheet") else name
    return Grid(sorted(cells, key=lambda c: (c.row, c.col)), n_rows, n_cols, caption=caption, hidden=laid.sheet.hidden)
