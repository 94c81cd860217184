"""Pieces → the document's text, with every block, cell and word a span over it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from operator import add, gt, itemgetter
from typing import TypeVar

from extractor.layout.outline import Entry, find_outline
from extractor.layout.pieces import Draft, Footnote, Furniture, Grid, Paragraph, Passage, Piece, WordColumns
from extractor.layout.torn import mend
from extractor.model import Block, Cell, Span, Table, Words

T = TypeVar("T")


class Sheet:
    """The text under construction: appends passages, remembers where each placed word came to stand."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.ids: list[int] = []
        self.starts: list[int] = []

    def write(self, passage: Passage) -> Span:
        start = self.length
        self.parts.append(passage.text)
        self.length += len(passage.text)
        self.ids += passage.ids
        self.starts += [s + start for s in passage.starts]
        return Span(start, self.length)

    def space(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def words(self, columns: WordColumns) -> Words:
        """The word columns in text order; a word cut short by the end of its passage keeps its box."""
        ids, starts = self.ids, self.starts
        if any(map(gt, starts, islice(starts, 1, None))):
            order = sorted(range(len(ids)), key=starts.__getitem__)
            ids, starts = [ids[k] for k in order], [starts[k] for k in order]
        ends = list(map(add, starts, map(len, _picked(columns.text, ids))))
        boxes = (_picked(c, ids) for c in (columns.x0, columns.top, columns.x1, columns.bottom, columns.confidence))
        return Words(starts, ends, _picked(columns.page, ids), *boxes)


def _picked(column: Sequence[T], ids: Sequence[int]) -> list[T]:
    """The column's values at `ids`, in their order."""
    return list(itemgetter(*ids)(column)) if len(ids) > 1 else [column[i] for i in ids]


def lay_out(draft: Draft) -> tuple[str, tuple[Block, ...], tuple[Table, ...], Words]:
    """The text and what stands in it; page furniture comes after the running text."""
    pieces = mend(draft.pieces)
    running = [p for p in pieces if not isinstance(p, Furniture)]
    entries = iter(find_outline([p for p in running if isinstance(p, Paragraph)], _behind_tables(running)))
    sheet = Sheet()
    blocks: list[Block] = []
    tables: list[Table] = []
    block_of_paragraph: list[int] = []
    for piece in [*running, *(p for p in pieces if isinstance(p, Furniture))]:
        if isinstance(piece, Paragraph):
            block_of_paragraph.append(len(blocks))
            entry = next(entries)
            parent = None if entry.parent is None else block_of_paragraph[entry.parent]
            blocks.append(_paragraph(sheet, piece, entry, (len(blocks), parent)))
        elif isinstance(piece, Grid):
            tables.append(_table(sheet, piece, len(tables)))
            span = tables[-1].span
            above = blocks[block_of_paragraph[-1]] if block_of_paragraph else None
            under = None if above is None else above.block_id if above.kind == "heading" else above.parent_id
            blocks.append(Block(len(blocks), "table", span, span, parent_id=under, table_id=len(tables) - 1, page=piece.page))
        else:
            blocks.append(_aside(sheet, piece, len(blocks)))
        sheet.space("\n")
    return "".join(sheet.parts), tuple(blocks), tuple(tables), sheet.words(draft.columns)


def _behind_tables(pieces: Sequence[Piece]) -> set[int]:
    """Which paragraphs (counted among the paragraphs) a table stands right before."""
    found: set[int] = set()
    count, table = 0, False
    for piece in pieces:
        if isinstance(piece, Paragraph):
            if table:
                found.add(count)
            count += 1
        table = isinstance(piece, Grid)
    return found


def _paragraph(sheet: Sheet, piece: Paragraph, entry: Entry, place: tuple[int, int | None]) -> Block:
    """The paragraph's block; `place`: its number and its parent's."""
    span = sheet.write(piece.passage)
    number, parent = place
    body = Span(span.start + entry.body, span.end)
    return Block(number, entry.kind, span, body, entry.level, entry.marker, parent, None, piece.page, piece.bold, piece.centred)


def _aside(sheet: Sheet, piece: Footnote | Furniture, number: int) -> Block:
    span = sheet.write(piece.passage)
    if isinstance(piece, Furniture):
        return Block(number, "furniture", span, span, page=piece.page, furniture=piece.kind)
    text, mark = piece.passage.text, piece.marker or ""
    skip = len(mark) if text.startswith(mark) else 0
    skip += len(text[skip:]) - len(text[skip:].lstrip())
    return Block(number, "footnote", span, Span(span.start + skip, span.end), marker=piece.marker, page=piece.page)


def _table(sheet: Sheet, grid: Grid, number: int) -> Table:
    """Cells in reading order: tab between the cells of a row, line feed between rows."""
    start, cells, row = sheet.length, [], None
    for cell in sorted(grid.cells, key=lambda c: (c.row, c.col)):
        if row is not None:
            sheet.space("\t" if cell.row == row else "\n")
        row = cell.row
        span = sheet.write(cell.passage)
        header = grid.header_rows is not None and cell.row < grid.header_rows
        cells.append(Cell(cell.row, cell.col, cell.row_span, cell.col_span, span, header))
    return Table(number, Span(start, sheet.length), grid.n_rows, grid.n_cols, tuple(cells), grid.page, grid.caption, grid.hidden)
