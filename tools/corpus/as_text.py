"""Plain text and Markdown as readers of paper leave them: wrapped or not, with torn tables and footnotes in the way."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from corpus import legacy
from corpus.flow import MARK, Box, Closing, Front, Grid, Line, Page, flow
from corpus.markup import Marked, Run
from corpus.write import Source

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
DEFAULTS = {
    "width": None,  # characters per line, None: a paragraph is a line
    "double": False,  # a blank line between wrapped lines too
    "table": "tab",  # tab, pipe, flat (a cell per line), cells (a cell per line between bars), none of them ruled
    "head": "stacked",  # stacked, columns, cells
    "page": None,  # virtual lines per page: page numbers and footnotes interrupt the text there
    "marks": "",  # "md": bold and italic are marked with asterisks
    "bullets": False,  # dashes inside cells become <ul><li>
    "junk": (),  # lines that stamps and margins leave at the foot of pages
    "tears": (),  # where tables are torn: {"table": n, "row": n, "keep": {column: words}, "head": {column: text} | None}
    "newline": "\n",
    "legacy": "",  # viqr: letters and their marks typed as in e-mails of the time
    "typos": (),  # (right, wrong) pairs applied to the whole text
}


def write(source: Source, options: dict) -> bytes:
    """The UTF-8 bytes of the text file."""
    said = DEFAULTS | options
    lines = list(_Paper(said).lines(source))
    text = "\n".join(lines).strip("\n")
    text = (legacy.viqr(text) if said["legacy"] else text) + f"\n\n{MARK}\n"
    for right, wrong in said["typos"]:
        if right not in text:
            raise ValueError(f"{source.id}: nothing to misread: {right!r}")
        text = text.replace(right, wrong)
    return text.replace("\n", said["newline"]).encode()


class _Paper:
    """Counts lines so that pages end where they would, footnotes and all."""

    def __init__(self, said: dict):
        self.said, self.used, self.number, self.tables = said, 0, 1, 0
        self.notes: list[tuple[str, Marked]] = []

    def lines(self, source: Source) -> Iterator[str]:
        for item in flow(source):
            if isinstance(item, Line):
                yield from self._paragraph(item)
            elif isinstance(item, Box):
                for line in item.lines:
                    yield from self._paragraph(line)
            elif isinstance(item, Front):
                yield from _front(item, self.said)
            elif isinstance(item, Closing):
                yield from _closing(item, self.said)
            elif isinstance(item, Page):
                yield from self._foot()
            else:
                yield from self._table(item)
        yield from self._foot(last=True)

    def _paragraph(self, line: Line) -> Iterator[str]:
        text = self._words(line.runs)
        width = self.said["width"] or 92
        held: list[str] = []
        for piece in textwrap.wrap(text, width, break_on_hyphens=False) or [""]:
            held.append(piece)
            self.used += 1
            if self.said["page"] and self.used >= self.said["page"]:
                yield from self._out(held)
                held = []
                yield from self._foot()
        yield from self._out(held)
        self.notes += [(mark, note) for mark, note in line.marked.notes.items() if (mark, note) not in self.notes]

    def _out(self, held: list[str]) -> Iterator[str]:
        if not held:
            return
        if self.said["width"] is None:
            yield " ".join(held)
        elif self.said["double"]:
            for piece in held[:-1]:
                yield piece + " "
                yield ""
            yield held[-1] + " "
        else:
            yield from held
        yield ""

    def _words(self, runs: list[Run]) -> str:
        text = ""
        for run in runs:
            if "deleted" in run.style:
                continue
            text += (_marked(run) if self.said["marks"] == "md" else run.text).replace("\n", " ")
            text += run.note.translate(RAISED) if run.note else ""
        return text

    def _foot(self, last: bool = False) -> Iterator[str]:
        """The end of a page: its footnotes, what else stands at its foot, and the number of the next."""
        self.used = 0
        for mark, note in self.notes:
            yield f"{mark.translate(RAISED)} {note.plain}"
            yield ""
        self.notes = []
        if self.said["junk"]:
            yield self.said["junk"][self.number % len(self.said["junk"])]
            yield ""
        self.number += 1
        if self.said["page"] and not last:
            yield str(self.number)
            yield ""

    def _table(self, grid: Grid) -> Iterator[str]:
        tears = {tear["row"]: tear for tear in self.said["tears"] if tear["table"] == self.tables}
        self.tables += 1
        head = [_row(grid, row) for row in range(grid.head)]
        if grid.table.note:
            yield grid.table.note
            yield ""
        part = [*head]
        for index in range(grid.head, grid.rows):
            cells = [self._cell(cell) for cell in _row(grid, index)]
            tear = tears.get(index - grid.head)
            if tear is None:
                part.append(cells)
                continue
            kept, rest = _torn(cells, tear["keep"])
            yield from self._printed([*part, kept] if tear["keep"] else part, grid)
            yield from self._foot()
            part = [*_damaged(head, tear["head"]), rest if tear["keep"] else cells]
        yield from self._printed(part, grid)
        for cell in grid.cells.values():
            self.notes += cell[2].notes.items()
        yield from (f"{mark.translate(RAISED)} {note.plain}" for mark, note in self.notes)
        self.notes = []
        yield ""

    def _cell(self, text: str) -> str:
        if self.said["bullets"] and text.startswith("- "):
            return '<ul style="list-style-type: none;"><li>' + text.replace(" - ", "</li><li>- ") + "</li></ul>"
        return text

    def _printed(self, rows: list[list[str]], grid: Grid) -> Iterator[str]:
        yield from _TABLES[self.said["table"]](rows, grid.head)
        yield ""


def _marked(run: Run) -> str:
    text = run.text
    for style, mark in (("bold", "**"), ("italic", "*")):
        if style in run.style and text.strip():
            text = f"{mark}{text.strip()}{mark}" + (" " if text.endswith(" ") else "")
    return text


def _row(grid: Grid, row: int) -> list[str]:
    cells = []
    for column in range(grid.columns):
        cell = grid.cells.get((row, column))
        if cell is None:
            cells.append("")
            continue
        notes = "".join((run.note or "").translate(RAISED) for run in cell[2].runs)
        cells.append(cell[2].plain.replace("\n", " ") + notes)
    return cells


def _torn(cells: list[str], keep: dict[int, int]) -> tuple[list[str], list[str]]:
    """A row's words on this page and on the next; cells not named stay whole on this page."""
    kept, rest = [], []
    for column, text in enumerate(cells):
        words = text.split(" ")
        at = keep.get(column, len(words))
        kept.append(" ".join(words[:at]))
        rest.append(" ".join(words[at:]))
    return kept, rest


def _damaged(head: list[list[str]], damage: dict[int, str] | None) -> list[list[str]]:
    if damage is None:
        return []
    last = len(head) - 1
    return [[damage.get(column, text) if level == last else text for column, text in enumerate(row)] for level, row in enumerate(head)]


def _tab(rows: list[list[str]], _head: int) -> Iterator[str]:
    yield from ("\t".join(row) for row in rows)


def _pipe(rows: list[list[str]], head: int) -> Iterator[str]:
    for index, row in enumerate(rows):
        yield "| " + " | ".join(row) + " |"
        if index == 0 and head:
            yield "|" + "|".join("-" * max(3, min(len(cell), 24)) for cell in row) + "|"


def _flat(rows: list[list[str]], _head: int) -> Iterator[str]:
    for row in rows:
        for cell in row:
            if cell:
                yield cell
                yield ""


def _cells(rows: list[list[str]], _head: int) -> Iterator[str]:
    for row in rows:
        for cell in row:
            yield "|"
            yield from textwrap.wrap(cell, 60, break_on_hyphens=False) or [""]
        yield "|"


_TABLES = {"tab": _tab, "pipe": _pipe, "flat": _flat, "cells": _cells}


def _front(front: Front, said: dict) -> Iterator[str]:
    subject = front.subject
    if said["head"] == "columns":
        left, right = [*front.left, "", front.number, *textwrap.wrap(subject, 40)], [*front.right, "", front.dateline]
        for index in range(max(len(left), len(right))):
            one = left[index] if index < len(left) else ""
            yield one.ljust(44) + (right[index] if index < len(right) else "")
    elif said["head"] == "cells":
        yield from ("|", *front.left, "-------", "|", *front.right, "---------------", "|", "|", front.number, *([subject] if subject else []))
        yield from ("|", front.dateline, "|")
    else:
        for line in [*front.left, *front.right, front.number, subject, front.dateline]:
            if line:
                yield from (line, "")
    yield ""


def _closing(closing: Closing, said: dict) -> Iterator[str]:
    signature = [*closing.signing, "", *([closing.signer] if closing.signer else [])]
    notes = ["Nơi nhận:", *(f"- {line}" for line in closing.recipients)] if closing.recipients else []
    if said["head"] == "columns":
        for index in range(max(len(notes), len(signature))):
            one = notes[index] if index < len(notes) else ""
            yield (one.ljust(50) + (signature[index] if index < len(signature) else "")).rstrip()
    else:
        yield from notes
        yield ""
        yield from signature
    yield ""
