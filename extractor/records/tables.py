"""A table seen by the meaning of its columns: which rows are header, what each column holds, what kind of table it is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from typing import Literal

import regex

from extractor.model import Cell, Document, Table
from extractor.values.areas import read_status
from extractor.values.dates import read_period
from extractor.values.folding import fold
from extractor.values.headings import AGENCY_ROLES, SUPERSCRIPT, role_of, unit_of
from extractor.values.numbers import is_money, read_quantity

Kind = Literal["tasks", "indicators", "other"]
DURATION = regex.compile(r"(?:^|\s|\()[\d.,/½¼]+\s*(?:giờ|ngày|phút|tháng)(?:\s+làm việc)?(?=$|\W)", regex.IGNORECASE)
CLOCK = regex.compile(r"(?:từ\s+)?\d{1,2}\s*(?:h|g|giờ|:)\s*\d{0,2}(?!\d)", regex.IGNORECASE)
NUMBERING = regex.compile(r"\(?(?:\d{1,2}|[A-E])\)?(?:\s*=.{1,30})?")  # a row of column numbers: (1), A, 4=3/2
DOTTED = regex.compile(r"\d{1,3}(?:\.\d{1,3})*\.?")
UNIT_LINE = regex.compile(r"(?:đơn\s+vị(?:\s+tính)?|đvt)\s*:\s*(?P<unit>[^()\n;]{1,40})", regex.IGNORECASE)
MEASURED = frozenset({"", "task", "indicator", "money", "product", "status", "deadline"})  # roles of columns that may hold values of a form
DOTS = regex.compile(r"[\s.…_\-]*")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its role (see patterns/headers.toml; "" where no phrase fits), heading as printed, the period and unit it names."""

    index: int
    role: str
    heading: str
    period: str | None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class View:
    """`rows[r][c]` is the cell that covers body row r and column c, or None; merged cells stand in every place they cover."""

    table: Table
    kind: Kind
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell | None, ...], ...]

    def column(self, role: str) -> Column | None:
        """The first column of that role."""
        return next((c for c in self.columns if c.role == role), None)

    def by_role(self, *roles: str) -> list[Column]:
        return [c for c in self.columns if c.role in roles]


def clean(text: str) -> str:
    """White space folded to single blanks, footnote marks and list bullets in front left out."""
    return " ".join(SUPERSCRIPT.sub("", text).split())


def cell_text(document: Document, cell: Cell | None) -> str:
    """The cell's words, white space folded; "" for no cell."""
    return "" if cell is None else " ".join(document.quote(cell.span).split())


def tidy_code(text: str) -> str | None:
    """A row's number; colons and commas that OCR reads for its dots are dots again ("2:1." is "2.1."). None for none."""
    dotted = text.replace(":", ".").replace(",", ".").replace(" ", "")
    return dotted if DOTTED.fullmatch(dotted) else text or None


def is_empty(text: str) -> bool:
    """Nothing but dots, dashes or underscores: a place to be filled in (a lone "-" is a printed value, not a blank)."""
    return text != "-" and DOTS.fullmatch(text) is not None


def view(document: Document, table: Table) -> View:
    """The table by the meaning of its columns.

    `kind` is "tasks" where somebody is to do something, "indicators" where something is measured (or is to be), else "other".
    """
    matrix = _matrix(table)
    header = _header_count(document, table, matrix)
    rows = tuple(tuple(row) for row in matrix[header:])
    columns = _columns(document, matrix[:header], table.n_cols)
    kind = _kind(document, columns, rows)
    if kind == "other" and _lists_money(document, table, columns, rows):
        kind = "indicators"
    return View(table, kind, tuple(_settle(document, columns, rows, kind)), rows)


def lines_above(document: Document, table: Table, *, framed: bool = False) -> Iterator[str]:
    """The lines right above a table, nearest first, none beyond the table before it; `framed`: those in a table of one column too."""
    at = bisect_left(document.block_starts, table.span.start)
    for block in reversed(document.blocks[max(0, at - 4) : at]):
        if block.kind == "table" and not (framed and block.table_id is not None and document.tables[block.table_id].n_cols == 1):
            return
        yield document.quote(block.span)


def unit_above(document: Document, table: Table) -> str | None:
    """The unit stated above the table for all of it ("Đơn vị tính: triệu đồng")."""
    for text in lines_above(document, table, framed=True):
        found = UNIT_LINE.search(text)
        if found:
            unit: str = found["unit"]
            return unit.strip(" .")
    return None


def _matrix(table: Table) -> list[list[Cell | None]]:
    matrix: list[list[Cell | None]] = [[None] * table.n_cols for _ in range(table.n_rows)]
    for cell in table.cells:
        for row in range(cell.row, min(cell.row + cell.row_span, table.n_rows)):
            for col in range(cell.col, min(cell.col + cell.col_span, table.n_cols)):
                matrix[row][col] = cell
    return matrix


def _header_count(document: Document, table: Table, matrix: Sequence[Sequence[Cell | None]]) -> int:
    """Rows the reader marked as header; else the leading rows in which most filled cells are known headings."""
    marked = {c.row + c.row_span - 1 for c in table.cells if c.is_header}
    if marked:
        return max(marked) + 1
    count = 0
    for row in matrix[:4]:
        texts = {cell_text(document, c) for c in row if c is not None} - {""}
        known = sum(bool(role_of(t)) or read_period(t) is not None for t in texts)
        if not texts or known * 2 < len(texts) or (count and len(texts) < 2):
            break
        count += 1
    return count


def _columns(document: Document, header: Sequence[Sequence[Cell | None]], n_cols: int) -> list[Column]:
    columns = []
    for index in range(n_cols):
        cells = dict.fromkeys(row[index] for row in header if row[index] is not None)
        parts = [t for t in dict.fromkeys(clean(cell_text(document, c)) for c in cells) if t and not NUMBERING.fullmatch(t)]
        heading = parts[-1] if parts else ""
        role = next((r for r in map(role_of, reversed(parts)) if r), "")
        period = next((p for p in map(_heading_period, reversed(parts)) if p), None)
        role = "value" if period and role in {"", "value", "indicator"} else role
        columns.append(Column(index, role, heading, period, _heading_unit(document, cells)))
    return columns


def _heading_unit(document: Document, cells: Iterable[Cell | None]) -> str | None:
    """The unit in the heading's brackets, its own or that of the heads above it."""
    return next((u for u in (unit_of(cell_text(document, cell)) for cell in reversed(list(cells))) if u), None)


def _heading_period(heading: str) -> str | None:
    return read_period(heading) if any(ch.isdigit() for ch in heading) else None


def _kind(document: Document, columns: Sequence[Column], rows: Sequence[Sequence[Cell | None]]) -> Kind:
    roles = {c.role for c in columns}
    label = roles & {"task", "indicator"}
    if label and roles & AGENCY_ROLES and not (roles & {"unit"} and any(c.period for c in columns)):
        return "tasks"
    if "deadline" in roles and ("task" in roles or _assigns_objects(roles)) and not _durations(document, columns, rows):
        return "tasks"
    if "task" in roles and "product" in roles and not roles & {"unit", "money", "deadline"}:
        return "tasks"
    if (label and (roles & {"unit", "value"})) or ("indicator" in roles and len(columns) > 2):
        return "indicators"
    measured = "unit" in roles or sum(c.period is not None for c in columns) > 1
    return "indicators" if measured and "value" in roles and _label_by_place(document, columns, rows) else "other"


def _assigns_objects(roles: Set[str]) -> bool:
    """Projects or documents by name, with the bodies that draw them up, lay them before somebody or examine them."""
    return "object" in roles and bool(roles & {*AGENCY_ROLES, "submitter"})


def _lists_money(document: Document, table: Table, columns: Sequence[Column], rows: Sequence[Sequence[Cell | None]]) -> bool:
    """Projects by name with what they cost: a column of sums whose unit stands in its head or above the table."""
    if not any(c.role == "object" for c in columns):
        return False
    above = unit_above(document, table)
    sums = [c for c in columns if c.role == "money" and _is_value_column(document, c, rows, True)]
    return any(is_money(unit) for c in sums if (unit := c.unit or above))


def _label_by_place(document: Document, columns: Sequence[Column], rows: Sequence[Sequence[Cell | None]]) -> Column | None:
    """Where no heading names what is measured ("Cấp học", "Đối tượng"): the first column before the values that holds words."""
    first = next((c.index for c in columns if c.role in {"value", "unit"}), 0)
    for column in columns[:first]:
        texts = [t for t in (cell_text(document, row[column.index]) for row in rows) if t]
        if column.role in {"", "object"} and texts and sum(len(t) > 3 and read_quantity(t) is None for t in texts) * 2 > len(texts):
            return column
    return None


def _durations(document: Document, columns: Sequence[Column], rows: Sequence[Sequence[Cell | None]]) -> bool:
    """Whether the time column says how long a step takes (a procedure) or at what o'clock (an agenda), not when it is due."""
    index = next(c.index for c in columns if c.role == "deadline")
    texts = [t for t in (cell_text(document, row[index]) for row in rows) if t]
    return sum(DURATION.search(t) is not None or CLOCK.match(t) is not None for t in texts) * 2 > len(texts) > 0


def _settle(document: Document, columns: Sequence[Column], rows: Sequence[Sequence[Cell | None]], kind: Kind) -> list[Column]:
    """Headings that mean one thing in a task table and another in a form get their meaning here."""
    if kind == "tasks":
        return _settle_tasks(document, columns, rows)
    return _settle_indicators(document, columns, rows) if kind == "indicators" else list(columns)


def _settle_tasks(document: Document, columns: Sequence[Column], rows: Sequence[Sequence[Cell | None]]) -> list[Column]:
    roles = {c.role for c in columns}
    settled = []
    for column in columns:
        role = column.role
        if role == "value" and fold(column.heading).startswith(("kết quả", "kết qủa")):
            texts = [t for t in (cell_text(document, row[column.index]) for row in rows) if t]
            states = sum(read_status(t) is not None and len(t) < 60 for t in texts)
            role = "status" if "product" in roles or states * 2 > len(texts) else "product"
        if role == "indicator":
            role = "task" if "task" not in roles else ""
        if role == "object":
            role = "task" if not roles & {"task", "indicator"} else ""
        if role == "submitter":
            role = "lead" if not roles & {"lead", "lead_support"} else ""
        if role == "unit" and "lead" not in roles and "lead_support" not in roles:
            role = "lead"
        settled.append(replace(column, role=role))
    return settled


def _settle_indicators(document: Document, columns: Sequence[Column], rows: Sequence[Sequence[Cell | None]]) -> list[Column]:
    named = (c for role in ("indicator", "task", "object") for c in columns if c.role == role)
    label = next(named, None) or _label_by_place(document, columns, rows)
    if label is None:
        return list(columns)
    known = any(c.role == "value" for c in columns)
    settled = []
    for column in columns:
        role = column.role
        if column.index == label.index:
            role = "label"
        elif role == "unit" and not _is_unit_column(document, column, rows):
            role = ""
        elif role in MEASURED and column.index > label.index and (label.role != "object" or role == "money" or column.unit):
            role = "value" if column.heading and _is_value_column(document, column, rows, known) else role
        settled.append(replace(column, role=role))
    return settled


def _is_unit_column(document: Document, column: Column, rows: Sequence[Sequence[Cell | None]]) -> bool:
    """ "Đơn vị" heads a column of units only where what stands in it is short and no row's own name."""
    return fold(column.heading) != "đơn vị" or any(0 < len(cell_text(document, row[column.index])) < 20 for row in rows)


def _is_value_column(document: Document, column: Column, rows: Sequence[Sequence[Cell | None]], known: bool) -> bool:
    """Numbers in at least half of its filled cells; or empty throughout (to be filled in) where no heading tells the values (`known`)."""
    texts = [t for t in (cell_text(document, row[column.index]) for row in rows) if not is_empty(t)]
    if not texts:
        return not known
    return sum(read_quantity(t) is not None for t in texts) * 2 >= len(texts)
