"""Forms and statistical tables → indicators: one per row and value column, or one per row of a form to be filled in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from extractor.model import Cell, Document, Evidence, Header, Indicator
from extractor.records.rows import Line, lines_of
from extractor.records.tables import Column, View, cell_text, clean, lines_above, unit_above
from extractor.records.tasks import reported_year
from extractor.values.folding import fold, level
from extractor.values.headings import SUPERSCRIPT
from extractor.values.numbers import Quantity, is_money, is_unit, read_quantity

FORM = regex.compile(
    r"(?P<form>(?:biểu\s+mẫu|biểu\s+số|mẫu\s+biểu|mẫu\s+số|mẫu|phụ\s+lục|phụ\s+biểu|biểu|bảng)\s*(?:số\s*)?:?\s*(?:\d{1,3}(?:[.\-/]?\d{1,2}|[A-Za-z])?|[IVX]+)(?:[-/][A-ZĐ\d-]+)?)(?!\w)",
    regex.IGNORECASE,
)
UNNUMBERED = regex.compile(r"(?P<form>phụ\s+lục|phụ\s+biểu|biểu\s+mẫu)\s*[:.]?", regex.IGNORECASE)
QUANTITY = regex.compile(
    r"(?:tổng\s+)?(?:số(?!\s+(?:hóa|hoá|liệu|nhà))|tỷ\s+lệ|tỉ\s+lệ|mức\s+độ|mức|diện\s+tích|"
    r"kinh\s+phí|giá\s+trị|tổng|chỉ\s+số|điểm|kế\s+hoạch\s+được\s+giao)(?!\w)",
    regex.IGNORECASE,
)
BREAKDOWN = ("chia theo", "trong đó", "bao gồm", "cụ thể", "gồm")


def record_table_indicators(document: Document, views: Sequence[View], header: Header) -> tuple[Indicator, ...]:
    """The indicators of every form and statistical table, in reading order."""
    found: list[Indicator] = []
    for view in views:
        if view.kind == "indicators":
            found += _indicators_of(document, view, header)
    return tuple(found)


def form_of(document: Document, view: View) -> str | None:
    """The form's name ("Biểu mẫu 3") from the title above the table or a line over that, else the title, else None."""
    caption = view.table.caption
    for text in (caption or "", *lines_above(document, view.table)):
        named = FORM.match(text) or UNNUMBERED.fullmatch(text.strip())
        if named:
            return " ".join(named["form"].split())
    return caption


def _indicators_of(document: Document, view: View, header: Header) -> Iterator[Indicator]:
    lines = lines_of(document, view)
    form, shared_unit = form_of(document, view), unit_above(document, view.table)
    filled = any(line.given for line in lines)
    blank_columns = tuple(clean(c.heading) for c in view.by_role("value"))
    for index, line in enumerate(lines):
        if line.given:
            for column, cell in line.given:
                yield _value(document, view, (line, column, cell), shared=(form, shared_unit, header))
        elif line.unit or (not filled and _to_be_filled_in(lines, index)):
            period = reported_year(header) if filled else None
            yield _blank(view, line, (form, shared_unit, period), () if filled else blank_columns)


def _to_be_filled_in(lines: Sequence[Line], index: int) -> bool:
    """Whether a row of a blank form is an indicator: its label names a quantity, or nothing hangs under it and it is no mere heading."""
    line = lines[index]
    folded = fold(line.label)
    if folded.startswith(BREAKDOWN):
        return False
    if QUANTITY.match(line.label):
        return True
    if line.code is None and any(x.code for x in lines):
        above = next((x for x in reversed(lines[:index]) if x.code), None)
        return above is not None and above.code not in {"-", "+"} and QUANTITY.match(above.label) is not None
    return not _has_children(lines, index)


def _has_children(lines: Sequence[Line], index: int) -> bool:
    below = next((x for x in lines[index + 1 :] if x.code), None)
    if below is None or lines[index].code is None:
        return False
    return _depth(below.code) > _depth(lines[index].code)


def _depth(code: str | None) -> int:
    code = (code or "").rstrip(".)")
    if code[:1].isdigit():
        return 10 + code.count(".")
    return 30 if code in {"+", "*"} else 20 if not code[:1].isupper() else 5


def _value(document: Document, view: View, place: tuple[Line, Column, Cell], *, shared: tuple[str | None, str | None, Header]) -> Indicator:
    (line, column, cell), (form, unit, header) = place, shared
    text = SUPERSCRIPT.sub("", cell_text(document, cell)).strip()
    quantity = read_quantity(text)
    return Indicator(
        origin="table",
        form=form,
        code=line.code,
        label=line.label,
        unit=_unit(line, column, text, quantity) or unit,
        period=column.period or reported_year(header),
        value_text=text,
        value=quantity.value if quantity else None,
        numerator=quantity.numerator if quantity else None,
        denominator=quantity.denominator if quantity else None,
        approx=quantity.approx if quantity else None,
        note=line.note,
        blank=False,
        columns=(),
        evidence=Evidence(cell.span, 1.0, f"table {view.table.table_id}, column {column.heading!r}"),
    )


def _unit(line: Line, column: Column, text: str, quantity: Quantity | None) -> str | None:
    """A value's unit: that of a head which counts money or gives a share, else the cell's own, the row's, the head's."""
    head = column.unit
    if head and (is_money(head) or head == "%"):
        return head
    percent = "%" if quantity is not None and quantity.percent else None
    return _printed_unit(text, quantity) or line.unit or head or percent


def _printed_unit(text: str, quantity: Quantity | None) -> str | None:
    """The unit that stands behind the number in the cell itself, in its own letters."""
    if quantity is None or not quantity.unit or not is_unit(quantity.unit):
        return None
    at = level(text).find(quantity.unit)
    return text[at : at + len(quantity.unit)] if at >= 0 else quantity.unit


def _blank(view: View, line: Line, shared: tuple[str | None, str | None, str | None], columns: tuple[str, ...]) -> Indicator:
    form, unit, period = shared
    evidence = Evidence(line.label_cell.span, 1.0, f"table {view.table.table_id}, row to be filled in")
    nothing = (None,) * 5  # value_text, value, numerator, denominator, approx
    return Indicator("table", form, line.code, line.label, line.unit or unit, period, *nothing, line.note, True, columns, evidence)
