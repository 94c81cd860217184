"""A source as what stands on its pages, in order: the one form every format is written from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.labels import merged_in
from corpus.markup import Marked, Run, parse
from corpus.write import Block, Source, Table

MARK = "VĂN BẢN MẪU – không có giá trị pháp lý"


@dataclass
class Line:
    """A paragraph: `kind` is heading, item, paragraph, title or furniture."""

    kind: str
    marked: Marked
    marker: str = ""
    level: float = 9
    align: str = "left"
    look: str = ""

    @property
    def runs(self) -> list[Run]:
        """The runs with the marker before them."""
        lead = [Run(self.marker + " ")] if self.marker else []
        style = {"bold": {"bold"}, "italic": {"italic"}, "": set()}[self.look]
        return [Run(run.text, run.style | style, run.note) for run in lead + self.marked.runs]

    @property
    def plain(self) -> str:
        return "".join(run.text for run in self.runs if "deleted" not in run.style)


@dataclass
class Front:
    """The letterhead's two columns, line by line, and number and dateline under them."""

    left: list[str]
    right: list[str]
    number: str
    dateline: str
    subject: str = ""


@dataclass
class Grid:
    """A table as cells: (row, column, rows, columns) → text; `head` rows come first."""

    table: Table
    head: int
    columns: int
    cells: dict[tuple[int, int], tuple[int, int, Marked]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return self.head + len(self.table.rows)


@dataclass
class Closing:
    """Recipients on the left, signature on the right."""

    recipients: list[str]
    signing: list[str]
    signer: str | None


@dataclass
class Page:
    """A new page, from here on upright or landscape."""

    landscape: bool = False


@dataclass
class Box:
    """A text box with its lines."""

    lines: list[Line]


Item = Line | Front | Grid | Closing | Page | Box


def flow(source: Source) -> Iterator[Item]:
    """What stands on the pages of `source`, without the sample mark and page numbers."""
    yield from _opening(source)
    for block in source.body:
        yield _item(block)
    yield Closing([parse(line).plain for line in source.recipients], source.signing, source.signer)
    for annex in source.annexes:
        yield Page(annex.landscape)
        for text in annex.lines:
            yield Line("title", parse(text), align="centre", look="bold")
        if annex.tie:
            yield Line("title", parse(annex.tie), align="centre", look="italic")
        for block in annex.body:
            yield _item(block)


def _opening(source: Source) -> Iterator[Item]:
    number = source.no_label + source.number if source.number else source.no_label.rstrip()
    letter = not source.type_name
    dateline = f"{source.place}, {source.dated}" if source.dated else ""
    subject = " ".join(source.title) if letter else ""
    if source.org or dateline:
        yield Front(source.org, source.motto if source.org else [], number, dateline, subject)
    if not letter:
        yield Line("title", parse(source.type_name), align="centre", look="bold")
        for text in source.title:
            yield Line("title", parse(text), align="centre", look="bold")
    for text in source.authority:
        yield Line("title", parse(text), align="centre", look="bold")
    if len(source.addressees) == 1:
        yield Line("paragraph", parse(f"{source.address_word} {source.addressees[0]}"), align="centre")
    elif source.addressees:
        yield Line("paragraph", parse(source.address_word), align="centre")
        for text in source.addressees:
            yield Line("addressee", parse(f"- {text}"))


def _item(block: Block) -> Item:
    if block.kind == "table":
        return grid(block.table)
    if block.kind == "box":
        return Box([_line(one) for one in block.inside])
    return _line(block)


def _line(block: Block) -> Line:
    look = block.look or ("bold" if block.kind == "heading" else "")
    return Line(block.kind, parse(block.text), block.marker, block.level, block.align, look.replace("plain", ""))


def grid(table: Table) -> Grid:
    """The cells of a table with their spans."""
    made = Grid(table, len(table.head), len(table.roles))
    taken: set[tuple[int, int]] = set()
    for level, row in enumerate(table.head):
        at = 0
        for cell in row:
            text, wide, deep = (cell, 1, 1) if isinstance(cell, str) else cell
            while (level, at) in taken:
                at += 1
            taken |= {(level + down, at + across) for down in range(deep) for across in range(wide)}
            made.cells[level, at] = (deep, wide, parse(text))
            at += wide
    deep_at = {(column, first): rows for column, first, rows in table.merges}
    for index, row in enumerate(table.rows):
        for column, text in enumerate(row.cells):
            if merged_in(table, index, column) is None:
                made.cells[made.head + index, column] = (deep_at.get((column, index), 1), 1, parse(text))
    return made
