"""XLSX: each annex (or the whole document) as a sheet, with what spreadsheets do to forms."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from corpus.flow import MARK, Front, Grid, Line, flow
from corpus.markup import number
from corpus.write import Source

DEFAULTS = {
    "numbers": "text",  # text: as printed; stored: as numbers, shown in the sheet's own format
    "hidden_sheet": False,  # a hidden sheet of codes
    "hidden_rows": False,  # a hidden working row under the tables
    "one_sheet": False,  # all tables on one sheet, one under the other
}


def write(source: Source, options: dict) -> bytes:
    """The bytes of the workbook."""
    import xlsxwriter

    said = DEFAULTS | options
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": source.id, "subject": MARK, "author": "vanban", "created": datetime(2020, 1, 1, tzinfo=UTC)})
    _Book(book, said).fill(source)
    book.close()
    return out.getvalue()


class _Book:
    """The sheet being written and its next free row."""

    def __init__(self, book: object, said: dict):
        self.book, self.said, self.row, self.sheet, self.count = book, said, 0, None, 0
        rule = {"border": 1, "text_wrap": True, "valign": "top", "font_name": "Times New Roman", "font_size": 12}
        self.plain = book.add_format({"font_name": "Times New Roman", "font_size": 12})
        self.bold = book.add_format({"font_name": "Times New Roman", "font_size": 12, "bold": True})
        self.cell = book.add_format(rule)
        self.head = book.add_format({**rule, "bold": True, "align": "center"})
        self.whole = book.add_format({**rule, "num_format": "#,##0"})
        self.part = book.add_format({**rule, "num_format": "#,##0.0#"})
        self.code = book.add_format({**rule, "num_format": "@"})

    def fill(self, source: Source) -> None:
        self.open(source.id[:28])
        for item in flow(source):
            if isinstance(item, Front):
                for index, text in enumerate([*item.left, item.number, item.subject]):
                    self.put(self.row + index, 0, text, self.bold)
                for index, text in enumerate([*item.right, item.dateline]):
                    self.put(self.row + index, 3, text, self.bold)
                self.row += 5
            elif isinstance(item, Line):
                self.line(item)
            elif isinstance(item, Grid):
                self.table(item)
            elif item.__class__.__name__ == "Closing":
                self.closing(item)
            elif item.__class__.__name__ == "Page" and not self.said["one_sheet"]:
                self.mark()
                self.open(f"Bieu {self.count}")
        self.mark()
        if self.said["hidden_sheet"]:
            sheet = self.book.add_worksheet("Danh muc ma")
            sheet.write_column(0, 0, ["Mã", "01", "02", "03"], self.plain)
            sheet.write_column(0, 1, ["Đơn vị", "Phòng Một", "Phòng Hai", "Phòng Ba"], self.plain)
            sheet.hide()

    def open(self, name: str) -> None:
        self.sheet, self.row = self.book.add_worksheet(name), 0
        self.count += 1

    def put(self, row: int, column: int, text: str, form: object) -> None:
        if text:
            self.sheet.write_string(row, column, text, form)

    def mark(self) -> None:
        self.put(self.row + 1, 0, MARK, self.plain)
        self.row += 3

    def line(self, line: Line) -> None:
        self.put(self.row, 0, line.plain, self.bold if line.kind in {"heading", "title"} else self.plain)
        self.row += 1

    def closing(self, closing: object) -> None:
        for index, text in enumerate(["Nơi nhận:", *(f"- {one}" for one in closing.recipients)] if closing.recipients else []):
            self.put(self.row + 1 + index, 0, text, self.plain)
        for index, text in enumerate([*closing.signing, "", closing.signer or ""]):
            self.put(self.row + 1 + index, 3, text, self.bold)
        self.row += 3 + max(len(closing.recipients) + 1, len(closing.signing) + 2)

    def table(self, grid: Grid) -> None:
        self.row += 1
        for column, width in enumerate(grid.table.widths):
            self.sheet.set_column(column, column, 100 * width / sum(grid.table.widths))
        for (row, column), (deep, wide, marked) in grid.cells.items():
            at, form = self.row + row, self.head if row < grid.head else self.cell
            if deep > 1 or wide > 1:
                self.sheet.merge_range(at, column, at + deep - 1, column + wide - 1, marked.plain, form)
            else:
                self.value(at, column, marked.plain, form, grid.table.roles[column] if row >= grid.head else "")
        if self.said["hidden_rows"]:
            self.put(self.row + grid.rows, 1, "Dòng kiểm tra nội bộ", self.plain)
            self.sheet.set_row(self.row + grid.rows, None, None, {"hidden": True})
        self.row += grid.rows + 2

    def value(self, row: int, column: int, text: str, form: object, role: str) -> None:
        if self.said["numbers"] == "stored" and role.startswith("value") and text:
            try:
                value = number(text)
            except ValueError:
                value = None
            if value is not None and "%" not in text and not (text.startswith("0") and len(text) > 1):
                self.sheet.write_number(row, column, value, self.whole if isinstance(value, int) else self.part)
                return
        if role == "code":
            form = self.code
        if text:
            self.sheet.write_string(row, column, text, form)
        else:
            self.sheet.write_blank(row, column, None, form)
