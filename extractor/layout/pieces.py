"""Pieces: what a reader hands to the layout before the text is fixed.

A reader turns a file into a list of pieces in reading order; `layout.assemble` joins what page breaks tore,
finds the outline and lays all text out as one string. A `Passage` is text plus, for formats with pages, the
words it is made of: `ids` index the reader's `WordColumns`, `starts` say where in `text` each of them begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.model import Notice


@dataclass(slots=True)
class WordColumns:
    """The placed words of a file as parallel columns (points from the top left; page is 1-based; confidence 0–1)."""

    text: list[str] = field(default_factory=list)
    page: list[int] = field(default_factory=list)
    x0: list[float] = field(default_factory=list)
    top: list[float] = field(default_factory=list)
    x1: list[float] = field(default_factory=list)
    bottom: list[float] = field(default_factory=list)
    confidence: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Passage:
    """Text with, where known, the placed words in it: word `ids[k]` begins at `text[starts[k]]`."""

    text: str
    ids: Sequence[int] = ()
    starts: Sequence[int] = ()


EMPTY = Passage("")


def join(passages: Sequence[Passage], separator: str = " ") -> Passage:
    """One passage of several, in order; empty ones leave no separator behind."""
    kept = [p for p in passages if p.text]
    if len(kept) == 1:
        return kept[0]
    ids: list[int] = []
    starts: list[int] = []
    offset = 0
    for p in kept:
        ids += p.ids
        starts += [s + offset for s in p.starts]
        offset += len(p.text) + len(separator)
    return Passage(separator.join(p.text for p in kept), ids, starts)


def cut(passage: Passage, start: int, end: int) -> Passage:
    """`passage[start:end]`, with the words that begin inside it."""
    keep = [k for k, s in enumerate(passage.starts) if start <= s < end]
    return Passage(passage.text[start:end], [passage.ids[k] for k in keep], [passage.starts[k] - start for k in keep])


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, heading or list item as the file gives it; its marker, where automatic, already written out in the text.

    `level`: the file's own outline level (Word heading styles), if any. `indent`: left edge in points, if known.
    `complete`: False where the reader knows that the text goes on in the next paragraph piece (a page break tore it).
    """

    passage: Passage
    page: int | None = None
    level: int | None = None
    indent: float | None = None
    bold: bool | None = None
    centred: bool | None = None
    complete: bool = True


@dataclass(frozen=True, slots=True)
class GridCell:
    """One drawn cell of a table; 0-based `row` and `col`."""

    row: int
    col: int
    row_span: int
    col_span: int
    passage: Passage
    bold: bool | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, or the part of one that stands on a page. `edges`: x of the column borders in points, where known.

    `header_rows`: how many leading rows the file itself marks as header (w:tblHeader, <th>), else None.
    """

    cells: Sequence[GridCell]
    n_rows: int
    n_cols: int
    page: int | None = None
    edges: tuple[float, ...] = ()
    header_rows: int | None = None
    caption: str | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote's text with its mark in front ("¹ UBND cấp xã …")."""

    passage: Passage
    marker: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Furniture:
    """Text that is not part of the running text: page header, footer, page number, stamp, text box, margin note."""

    passage: Passage
    kind: str
    page: int | None = None


Piece = Paragraph | Grid | Footnote | Furniture


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reader makes of a file: pieces in reading order, before tears are mended and the text is fixed.

    `pages`: width and height of each page in points. `text_source`: see `model.TextSource`.
    """

    pieces: Sequence[Piece]
    columns: WordColumns = field(default_factory=WordColumns)
    pages: tuple[tuple[float, float], ...] = ()
    page_count: int | None = None
    text_source: str = "native"
    notices: tuple[Notice, ...] = ()
    properties: dict[str, str] = field(default_factory=dict)
