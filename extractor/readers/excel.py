"""Workbooks (XLSX, XLS) → pieces: every sheet's tables with merged cells, numbers as shown, hidden parts flagged.

XLSX is read from its XML in one pass per sheet (ECMA-376 part 1, chapter 18), XLS by xlrd. Macros are never looked at.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex
from lxml import etree

from extractor.errors import BrokenFile, EncryptedFile
from extractor.layout.pieces import Draft, Piece
from extractor.model import Notice
from extractor.readers.excel_format import BUILT_IN, is_date, moment_of, show_number
from extractor.readers.fonts import FontTexts, settle
from extractor.readers.formats import ReadOptions, Source
from extractor.readers.package import Package, R, open_package, parse_xml
from extractor.readers.sheets import BLANK, MAX_BLANK_ROWS, Range, Sheet, SheetCell, sheet_pieces
from extractor.readers.tidy import raised, tidy

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
MAX_CELLS = 2_000_000  # with a word in them, per workbook
MAX_COLUMNS = 256  # to the right of which only words count, not rulings
MAX_STORED = 500  # stored values noted beside what is shown
_CELL = regex.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")


@dataclass(slots=True)
class Book:
    """What is gathered over the sheets of one workbook."""

    sheets: list[Sheet] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    stored: dict[str, str] = field(default_factory=dict)
    unvalued: list[str] = field(default_factory=list)  # formulas without a stored result
    filled: int = 0
    since_1904: bool = False

    def show(self, value: float, code: str, place: str) -> str:
        """The number as shown; where that hides part of it, the stored value is noted."""
        shown = show_number(value, code, self.since_1904)
        if len(self.stored) < MAX_STORED:
            if is_date(code):
                moment = moment_of(value, self.since_1904)
                if moment is not None:
                    self.stored[place] = moment.date().isoformat() if value == int(value) else moment.isoformat()
            elif not value.is_integer() and len(repr(abs(value))) > len(shown) + (3 if "%" in shown else 0):
                self.stored[place] = repr(value)
        return shown


@dataclass(frozen=True, slots=True)
class Look:
    """A cell format: font name, bold, number format, ruled, centred."""

    font: str | None = None
    bold: bool = False
    code: str = "General"
    ruled: bool = False
    centred: bool = False


PLAIN = Look()


def _draft(book: Book, properties: dict[str, str]) -> Draft:
    gathered = FontTexts()
    for sheet in book.sheets:
        for cell in sheet.cells.values():
            gathered.add(cell.runs)
    decoders = gathered.decoders()
    pieces: list[Piece] = []
    for sheet in book.sheets:
        pieces += sheet_pieces(sheet, decoders)
        book.notices += _hidden_notices(sheet)
    if book.unvalued:
        where = ", ".join(book.unvalued[:5])
        message = f"{len(book.unvalued)} formulas carry no result ({where}): open and save it in Excel"
        book.notices.append(Notice("formula_without_value", message))
    if book.stored:
        properties["stored_values"] = json.dumps(book.stored, ensure_ascii=False)
    pieces, mended = settle(pieces)
    return Draft(pieces, notices=(*book.notices, *mended), properties=properties)


def _hidden_notices(sheet: Sheet) -> Iterator[Notice]:
    if sheet.hidden and sheet.cells:
        yield Notice("hidden_sheet", f"sheet {sheet.name!r} is hidden; it is read and flagged", "info")
    filled_rows = {row for row, _ in sheet.cells}
    rows = [r + 1 for r in sheet.hidden_rows if r in filled_rows]
    if rows and not sheet.hidden:
        yield Notice("hidden_rows", f"sheet {sheet.name!r}: rows {_ranges(rows)} are hidden; they are read", "info")
    columns = [c + 1 for c in sheet.hidden_columns]
    if columns and not sheet.hidden and any(col + 1 in set(columns) for _, col in sheet.cells):
        yield Notice("hidden_columns", f"sheet {sheet.name!r}: columns {_ranges(columns)} are hidden; they are read", "info")


def _ranges(numbers: Sequence[int]) -> str:
    """[3, 4, 5, 9] → "3–5, 9", cut short after ten parts."""
    parts: list[list[int]] = []
    for number in sorted(set(numbers)):
        if parts and parts[-1][1] == number - 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in parts[:10]) + (" …" if len(parts) > 10 else "")


# ---- XLSX ------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Workbook:
    """The parts of an XLSX that its sheets refer to."""

    package: Package
    book: Book
    strings: list[list[tuple[str, str | None]]]
    looks: list[Look]


def read_xlsx(source: Source, options: ReadOptions = ReadOptions()) -> Draft:
    """Every sheet in order, hidden ones too.

    Raises: BrokenFile, EncryptedFile, LimitExceeded.
    """
    package = open_package(source)
    name = next((r.target for r in package.relations("").values() if r.kind == "officeDocument" and not r.external), "xl/workbook.xml")
    root = package.xml(name)
    if root is None or root.find(f"{S}sheets") is None:
        raise BrokenFile(f"the package has no {name} with sheets", file=source.path, remedy="open and save it again in Excel or LibreOffice")
    relations = package.relations(name)
    parts = {r.kind: r.target for r in relations.values() if not r.external}
    settings = root.find(f"{S}workbookPr")
    book = Book(since_1904=settings is not None and settings.get("date1904") in {"1", "true"})
    looks = _looks(package.xml(parts.get("styles", "")))
    workbook = Workbook(package, book, _strings(package.xml(parts.get("sharedStrings", ""))), looks)
    for element in root.iterfind(f"{S}sheets/{S}sheet"):
        relation = relations.get(element.get(f"{R}id", ""))
        part = package.part(relation.target) if relation is not None and not relation.external and relation.kind == "worksheet" else None
        if part is not None:
            sheet = Sheet(element.get("name", ""), element.get("state", "visible") != "visible")
            book.sheets.append(sheet)
            _read_sheet(workbook, sheet, part)
            sheet.boxes = _text_boxes(package, relation.target if relation is not None else "")
    return _draft(book, {})


def _text_boxes(package: Package, sheet: str) -> list[str]:
    """The words of the shapes drawn over a sheet, one text per shape."""
    found = []
    for relation in package.relations(sheet).values():
        root = package.xml(relation.target) if relation.kind == "drawing" and not relation.external else None
        for body in root.iter(f"{DRAWING}txBody") if root is not None else ():
            lines = ("".join(t.text or "" for t in line.iter(f"{A}t")) for line in body.iter(f"{A}p"))
            found.append("\n".join(line for line in map(tidy, lines) if line))
    return [text for text in found if text]


def _strings(root: etree._Element | None) -> list[list[tuple[str, str | None]]]:
    return [_rich(item) for item in root.iterchildren(f"{S}si")] if root is not None else []


def _rich(item: etree._Element) -> list[tuple[str, str | None]]:
    """The runs of a string; phonetic guides (rPh) are not part of it."""
    runs: list[tuple[str, str | None]] = []
    for child in item:
        if child.tag == f"{S}t":
            runs.append((child.text or "", None))
        elif child.tag == f"{S}r":
            text = "".join(t.text or "" for t in child.iterchildren(f"{S}t"))
            font, vertical = child.find(f"{S}rPr/{S}rFont"), child.find(f"{S}rPr/{S}vertAlign")
            if vertical is not None and vertical.get("val") == "superscript":
                text = raised(text)
            runs.append((text, None if font is None else font.get("val")))
    return runs


def _looks(root: etree._Element | None) -> list[Look]:
    if root is None:
        return []
    codes = {_index(e, "numFmtId"): e.get("formatCode", "General") for e in root.iterfind(f"{S}numFmts/{S}numFmt")}
    fonts = [(_attribute(e, "name"), (_attribute(e, "b", "1") or "0") not in {"0", "false"}) for e in root.iterfind(f"{S}fonts/{S}font")]
    ruled = [any(side.get("style", "none") != "none" for side in e if side.tag != f"{S}diagonal") for e in root.iterfind(f"{S}borders/{S}border")]
    looks = []
    for xf in root.iterfind(f"{S}cellXfs/{S}xf"):
        number, font, border = (_index(xf, name) for name in ("numFmtId", "fontId", "borderId"))
        name, bold = fonts[font] if font < len(fonts) else (None, False)
        align = xf.find(f"{S}alignment")
        centred = align is not None and align.get("horizontal") in {"center", "centerContinuous"}
        looks.append(Look(name, bold, codes.get(number, BUILT_IN.get(number, "General")), border < len(ruled) and ruled[border], centred))
    return looks


def _attribute(element: etree._Element, name: str, default: str | None = None) -> str | None:
    """The val of a child; `default` where the child says none; None where there is no such child."""
    child = element.find(f"{S}{name}")
    return None if child is None else child.get("val", default)


def _index(element: etree._Element, name: str) -> int:
    text = element.get(name, "0")
    return _whole(text)


def _whole(text: str) -> int:
    """A row, column or style number; 0 for what is none."""
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _read_sheet(workbook: Workbook, sheet: Sheet, part: bytes) -> None:
    """Reads the sheet row by row; its tree is never whole in memory."""
    if b"<!DOCTYPE" in part[:4096] or b"purl.oclc.org/ooxml" in part[:4096]:
        part = etree.tostring(parse_xml(part, workbook.package.path))  # refuses a DTD, renames the strict names
    tags = (f"{S}row", f"{S}mergeCell", f"{S}col")
    events = etree.iterparse(io.BytesIO(part), tag=tags, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    number, blank = -1, 0
    try:
        for _, element in events:
            if element.tag == f"{S}row":
                stated = element.get("r")
                number = max(_whole(stated), 1) - 1 if stated else number + 1
                if element.get("hidden") in {"1", "true"} and len(sheet.hidden_rows) < 100_000:
                    sheet.hidden_rows.append(number)
                if len(element):
                    filled = _read_row(workbook, sheet, element, (number, blank < MAX_BLANK_ROWS))
                    blank = 0 if filled else blank + 1
            elif element.tag == f"{S}mergeCell":
                _add_merge(sheet, element.get("ref", ""))
            elif element.get("hidden") in {"1", "true"}:
                first, last = _index(element, "min"), _index(element, "max")
                sheet.hidden_columns += range(first - 1, min(last, first + MAX_COLUMNS))
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise BrokenFile(f"sheet {sheet.name!r}: damaged XML: {error}", file=workbook.package.path, remedy="save it again in Excel") from error


def _read_row(workbook: Workbook, sheet: Sheet, row: etree._Element, at: tuple[int, bool]) -> bool:
    """Adds the cells of a row; whether it holds a word comes back. Ruled blanks count only near words."""
    number, keep_blanks = at
    book, looks, column, filled = workbook.book, workbook.looks, -1, False
    blanks: list[int] = []
    for cell in row:
        place = cell.get("r", "")
        column = _column(place) if place else column + 1
        style = cell.get("s")
        look = looks[_whole(style)] if style and _whole(style) < len(looks) else PLAIN
        runs = _cell_runs(workbook, sheet, cell, look) if len(cell) else []
        if runs and column >= 0:
            if book.filled >= MAX_CELLS:
                if book.filled == MAX_CELLS:
                    book.notices.append(Notice("cut_short", f"sheet {sheet.name!r}: only the first {MAX_CELLS} filled cells are read", "error"))
                book.filled += 1
                return filled
            book.filled += 1
            filled = True
            sheet.cells[number, column] = SheetCell(runs, look.bold, look.centred, look.ruled)
        elif look.ruled and column < MAX_COLUMNS:
            blanks.append(column)
    if filled or keep_blanks:
        for column in blanks:
            sheet.cells[number, column] = BLANK
    return filled


def _cell_runs(workbook: Workbook, sheet: Sheet, cell: etree._Element, look: Look) -> list[tuple[str, str | None]]:
    """What a cell shows, as runs with their fonts; [] for nothing."""
    kind, value = cell.get("t", "n"), cell.find(f"{S}v")
    if kind == "inlineStr":
        inline = cell.find(f"{S}is")
        runs = _rich(inline) if inline is not None else []
        return _in_font(runs, look.font)
    text = value.text if value is not None else None
    if not text:
        if cell.find(f"{S}f") is not None and kind != "str":
            workbook.book.unvalued.append(f"{sheet.name}!{cell.get('r', '')}")
        return []
    if kind == "s":
        index = _whole(text) if text.isdecimal() else -1
        return _in_font(workbook.strings[index], look.font) if 0 <= index < len(workbook.strings) else []
    if kind == "n":
        return _number_runs(workbook.book, text, look, f"{sheet.name}!{cell.get('r', '')}")
    if kind == "b":
        return [("TRUE" if text == "1" else "FALSE", None)]
    return [(text, look.font)]


def _number_runs(book: Book, text: str, look: Look, place: str) -> list[tuple[str, str | None]]:
    try:
        number = float(text)
    except ValueError:
        return [(text, look.font)]
    if number != number or number in (float("inf"), float("-inf")):
        return [(text, None)]
    shown = book.show(number, look.code, place)
    return [(shown, None)] if shown else []


def _in_font(runs: list[tuple[str, str | None]], font: str | None) -> list[tuple[str, str | None]]:
    return [(text, own or font) for text, own in runs] if any(text.strip() for text, _ in runs) else []


def _add_merge(sheet: Sheet, reference: str) -> None:
    ends = [(_column(m[1]), max(int(m[2]), 1) - 1) for m in _CELL.finditer(reference)]
    if len(ends) == 2 and len(sheet.merges) < 200_000:
        (left, top), (right, bottom) = ends
        sheet.merges.append(Range(min(top, bottom), min(left, right), max(top, bottom) + 1, max(left, right) + 1))


def _column(place: str) -> int:
    """"AB12" → 27; -1 where there is no column in it."""
    number = 0
    for letter in place:
        if not "A" <= letter <= "Z":
            break
        number = number * 26 + ord(letter) - 64
    return min(number, 16_384) - 1


# ---- XLS -------------------------------------------------------------------------------------------------------


def read_xls(source: Source, options: ReadOptions = ReadOptions()) -> Draft:
    """Every sheet of an Excel 5–2003 workbook.

    Raises: BrokenFile, EncryptedFile.
    """
    import xlrd

    try:
        workbook = xlrd.open_workbook(file_contents=source.data, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise EncryptedFile("the workbook needs a password", file=source.path, remedy="save it without a password and try again") from error
        raise BrokenFile(str(error), file=source.path, remedy="open and save it again in Excel or LibreOffice") from error
    except Exception as error:  # xlrd meets damage with whatever its own code raises
        raise BrokenFile(f"damaged workbook: {type(error).__name__}: {error}", file=source.path, remedy="open and save it again in Excel") from error
    book = Book(since_1904=bool(workbook.datemode))
    looks = [_xls_look(workbook, xf) for xf in workbook.xf_list]
    for given in workbook.sheets():
        sheet = Sheet(given.name, given.visibility != 0)
        book.sheets.append(sheet)
        _read_xls_sheet(book, sheet, given, (workbook, looks))
    properties = {"author": workbook.user_name.strip()} if workbook.user_name and workbook.user_name.strip() else {}
    return _draft(book, properties)


def _xls_look(workbook, xf) -> Look:  # type: ignore[no-untyped-def]
    font = workbook.font_list[xf.font_index] if xf.font_index < len(workbook.font_list) else None
    given = workbook.format_map.get(xf.format_key)
    code = BUILT_IN.get(xf.format_key) or (given.format_str if given is not None else "General")
    border = xf.border
    ruled = any((border.top_line_style, border.bottom_line_style, border.left_line_style, border.right_line_style))
    bold = font is not None and (bool(font.bold) or font.weight >= 600)
    return Look(font.name if font is not None else None, bold, code, ruled, xf.alignment.hor_align in (2, 6))


def _read_xls_sheet(book: Book, sheet: Sheet, given, shared) -> None:  # type: ignore[no-untyped-def]
    workbook, looks = shared
    sheet.merges = [Range(top, left, bottom, right) for top, bottom, left, right in given.merged_cells]
    sheet.hidden_rows = [r for r, row in given.rowinfo_map.items() if row.hidden]
    sheet.hidden_columns = [c for c, column in given.colinfo_map.items() if column.hidden]
    blank = 0
    for row in range(given.nrows):
        filled, blanks = False, []
        for column, kind in enumerate(given.row_types(row)):
            if kind == 0:  # nothing stands there, not even a border
                continue
            cell = given.cell(row, column)
            look = looks[cell.xf_index] if cell.xf_index is not None and cell.xf_index < len(looks) else PLAIN
            runs = _xls_runs(book, cell, look, (sheet.name, row, column))
            if runs and kind == 1:
                runs = _xls_rich(workbook, runs[0][0], given.rich_text_runlist_map.get((row, column)), look.font)
            if runs:
                filled = True
                sheet.cells[row, column] = SheetCell(runs, look.bold, look.centred, look.ruled)
            elif look.ruled:
                blanks.append(column)
        blank = 0 if filled else blank + 1
        if blank <= MAX_BLANK_ROWS:
            sheet.cells.update(dict.fromkeys(((row, column) for column in blanks), BLANK))


def _xls_runs(book: Book, cell, look: Look, place: tuple[str, int, int]) -> list[tuple[str, str | None]]:  # type: ignore[no-untyped-def]
    kind, value = cell.ctype, cell.value
    if kind == 1:
        return [(value, look.font)] if value.strip() else []
    if kind in (2, 3):
        name, row, column = place
        shown = book.show(float(value), look.code, f"{name}!{_letters(column)}{row + 1}")
        return [(shown, None)] if shown else []
    if kind == 4:
        return [("TRUE" if value else "FALSE", None)]
    if kind == 5:
        from xlrd.biffh import error_text_from_code

        return [(error_text_from_code.get(value, "#N/A"), None)]
    return []


def _xls_rich(workbook, text: str, runs, font: str | None) -> list[tuple[str, str | None]]:  # type: ignore[no-untyped-def]
    """The text cut where its font changes; superscript digits raised."""
    if not runs:
        return [(text, font)]
    cuts = [(0, None), *runs]
    found = []
    for (start, index), end in zip(cuts, [start for start, _ in runs] + [len(text)], strict=True):
        own = workbook.font_list[index] if index is not None and index < len(workbook.font_list) else None
        part = text[start:end]
        if own is not None and own.escapement == 1:
            part = raised(part)
        if part:
            found.append((part, own.name if own is not None else font))
    return found


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
