"""Rows of forms and statistical tables → lines: code, label, unit, and the cells that hold values.

Typed and flattened tables lose cells: a label or number slides by a column, a unit comes to stand among the values, two rows run into one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import regex

from extractor.model import Cell, Document
from extractor.records.tables import Column, View, cell_text, clean, is_empty, tidy_code
from extractor.records.tasks import LEADING_CODE
from extractor.values.areas import read_status
from extractor.values.folding import fold
from extractor.values.headings import role_of
from extractor.values.numbers import is_money, is_unit, read_quantity

LETTER = regex.compile(r"[a-zđ][.)]?")  # the number of a row below numbered ones
SUM = regex.compile(r"(?:tổng(?!\s+cục)|cộng)(?!\w)", regex.IGNORECASE)
CROSS = "x"  # ticks a box


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a form: its code, label and unit, and the value columns in which something is printed, with what."""

    code: str | None
    label: str
    label_cell: Cell
    unit: str | None
    note: str | None
    given: tuple[tuple[Column, Cell], ...]


@dataclass(frozen=True)
class Rows:
    """A view read row by row; what a column mostly holds is told from all of its cells."""

    document: Document
    view: View

    @cached_property
    def values(self) -> list[Column]:
        return self.view.by_role("value")

    @cached_property
    def counted(self) -> frozenset[int]:
        """The value columns in which most of what is printed holds figures."""
        texts = {c.index: [t for t in (cell_text(self.document, row[c.index]) for row in self.view.rows) if not is_empty(t)] for c in self.values}
        return frozenset(index for index, column in texts.items() if sum(map(_has_digit, column)) * 2 > len(column))

    @cached_property
    def usual(self) -> dict[int, float]:
        """The greatest number of each value column in full rows, those that give more than half of their values."""
        greatest: dict[int, float] = {}
        for row in self.view.rows:
            numbers = {c.index: n for c in self.values if (n := _number(self.document, row[c.index])) is not None}
            for index, number in numbers.items() if len(numbers) * 2 > len(self.values) else ():
                greatest[index] = max(number, greatest.get(index, number))
        return greatest


def lines_of(document: Document, view: View) -> list[Line]:
    """The lines of a table, top down: one per row that has a label, two where a row holds a second one."""
    label, rows = view.column("label"), Rows(document, view)
    if label is None:
        return []
    if role_of(label.heading) == "object" and view.column("ordinal"):
        return list(_items(rows))
    return [line for cells in view.rows for line in _lines(rows, cells)]


def _items(rows: Rows) -> list[Line]:
    """The lines of a numbered list of things by name: a row without number right under an item goes on with it."""
    items: list[Line] = []
    closed = True
    for cells in rows.view.rows:
        more = None if closed else _continued(rows, items[-1], cells)
        if more is not None:
            items[-1] = more
            continue
        items += _lines(rows, cells)
        closed = not items or not items[-1].code or all(is_empty(cell_text(rows.document, cell)) for cell in cells)
    return items


def _continued(rows: Rows, item: Line, cells: Sequence[Cell | None]) -> Line | None:
    """The item with the words and values of a row that has no number; None where the row is another item, or both have values."""
    label, ordinal = rows.view.column("label"), rows.view.column("ordinal")
    assert label is not None
    assert ordinal is not None
    words = clean(cell_text(rows.document, cells[label.index]))
    given = tuple(_filled(rows, cells))
    if not is_empty(cell_text(rows.document, cells[ordinal.index])) or (given and (item.given or words)):
        return None
    return replace(item, label=f"{item.label} {words}".strip(), given=item.given + given)


def _filled(rows: Rows, cells: Sequence[Cell | None]) -> Iterator[tuple[Column, Cell]]:
    """The value columns in which a row has something printed, with what."""
    return ((c, cell) for c in rows.values if (cell := cells[c.index]) is not None and not is_empty(cell_text(rows.document, cell)))


def _lines(rows: Rows, cells: Sequence[Cell | None]) -> Iterator[Line]:
    line = _line(rows, cells)
    if line is None:
        return
    filled = [(c, cell) for c, cell in _filled(rows, cells) if cell != line.label_cell]
    at = next((i for i in range(len(filled) - 1) if _begins_line(rows, filled, i)), len(filled))
    code = cell_text(rows.document, filled[at - 1][1]) if 0 < at < len(filled) else ""
    coded = bool(LETTER.fullmatch(code))
    yield _with_values(rows, line, filled[: at - coded])
    if at < len(filled):
        cell = filled[at][1]
        below = Line(tidy_code(code) if coded else None, clean(cell_text(rows.document, cell)), cell, None, None, ())
        yield _with_values(rows, below, filled[at + 1 :])


def _line(rows: Rows, cells: Sequence[Cell | None]) -> Line | None:
    """The row's own code, label, unit and note; None where it has no label."""
    document, view = rows.document, rows.view
    at, ordinal, unit, note = (view.column(role) for role in ("label", "ordinal", "unit", "note"))
    assert at is not None
    cell, slipped = cells[at.index], False
    text = clean(cell_text(document, cell))
    if not text:
        cell, text, slipped = _slipped_label(document, cells)
    code = cell_text(document, cells[ordinal.index]) if ordinal and cells[ordinal.index] != cell else ""
    if not code and LETTER.fullmatch(text) and (beside := _label_beside(rows, cells, at.index)):
        code, cell, text = text, beside, clean(cell_text(document, beside))
    if cell is None or not text:
        return None
    unit_text = clean(cell_text(document, cells[unit.index])) if unit and not slipped and cells[unit.index] != cell else ""
    note_text = cell_text(document, cells[note.index]) if note and cells[note.index] != cell else ""
    note_text = note_text if any(map(str.isalnum, note_text)) else ""
    marked = LEADING_CODE.match(text) if not code else None
    code, text = (marked["code"], text[marked.end() :]) if marked else (code, text)
    return Line(tidy_code(code), text, cell, unit_text or None, note_text or None, ())


def _label_beside(rows: Rows, cells: Sequence[Cell | None], at: int) -> Cell | None:
    """The cell right of a letter in the label's place, where it holds words among figures: code and label have slid."""
    beside = cells[at + 1] if at + 1 in rows.counted else None
    return beside if beside is not None and _is_words(cell_text(rows.document, beside)) else None


def _slipped_label(document: Document, cells: Sequence[Cell | None]) -> tuple[Cell | None, str, bool]:
    """The label column is empty and one other cell holds words, not a number: the label stands one column off."""
    filled = {id(c): c for c in cells if c is not None and not is_empty(cell_text(document, c))}
    only = next(iter(filled.values())) if len(filled) == 1 else None
    text = clean(cell_text(document, only))
    return (only, text, True) if len(text.split()) > 2 and read_quantity(text) is None else (None, "", False)


def _begins_line(rows: Rows, filled: Sequence[tuple[Column, Cell]], at: int) -> bool:
    """Whether a second row begins among the values: words with a letter before them, or a sum, and a figure behind."""
    column, cell = filled[at]
    text = cell_text(rows.document, cell)
    if column.index not in rows.counted or not _is_words(text) or not _has_digit(cell_text(rows.document, filled[at + 1][1])):
        return False
    return bool(SUM.match(text)) or (at > 0 and bool(LETTER.fullmatch(cell_text(rows.document, filled[at - 1][1]))))


def _with_values(rows: Rows, line: Line, filled: Sequence[tuple[Column, Cell]]) -> Line:
    """The line with its values; a unit that stands among them is the line's, other words and marks are none."""
    given = []
    for column, cell in filled:
        text = cell_text(rows.document, cell)
        if column.index not in rows.counted or _is_value(text):
            given.append((column, cell))
        elif line.unit is None and is_unit(text):
            line = replace(line, unit=text)
    return replace(line, given=tuple(_summed(rows, given)))


def _summed(rows: Rows, given: Sequence[tuple[Column, Cell]]) -> Sequence[tuple[Column, Cell]]:
    """A row's only number, greater than any that full rows have in its place, is a sum: it belongs to the last column of money."""
    money = [c for c in rows.values if c.unit and is_money(c.unit)]
    if len(given) != 1 or not money or given[0][0] == money[-1]:
        return given
    number, usual = _number(rows.document, given[0][1]), rows.usual.get(given[0][0].index)
    return [(money[-1], given[0][1])] if number is not None and usual is not None and number > usual else given


def _number(document: Document, cell: Cell | None) -> float | None:
    quantity = read_quantity(cell_text(document, cell)) if cell is not None else None
    return quantity.value if quantity else None


def _has_digit(text: str) -> bool:
    return any(c.isdigit() for c in text)


def _is_words(text: str) -> bool:
    """Several words without a figure among them, and no unit."""
    return len(text.split()) > 1 and not _has_digit(text) and not is_unit(text)


def _is_value(text: str) -> bool:
    """What a value cell among figures may hold: a figure, a dash, a word on progress, an answer in one word; no mark, letter or unit."""
    if _has_digit(text) or text in {"-", "–"} or fold(text) == CROSS or read_status(text) is not None:
        return True
    return any(c.isalpha() for c in text) and " " not in text and not LETTER.fullmatch(text) and not is_unit(text)
