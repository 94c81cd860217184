"""Running text, footnotes and task cells → narrative indicators: quantities that report a result or set a target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from extractor.finders.agencies import find_bodies
from extractor.finders.marks import Marks
from extractor.finders.quantities import Amount, find_quantities, is_measured
from extractor.model import Block, Document, Evidence, Header, Indicator, Span
from extractor.records.tables import view
from extractor.records.tasks import reported_year
from extractor.values.folding import level, squeeze

RESULTS = frozenset({"results"})  # parts in which every count is a result
TARGETS = frozenset({"purpose"})  # parts in which every count is a target
PLANNED = frozenset({"tasks", "directions", "organisation", "content", "body", "funding", "basis"})  # in which shares and known units are
YEAR = regex.compile(r"(?:năm|trong)\s+(?P<year>(?:19|20)\d\d)(?!\s*[-–]\s*\d)")
LEVEL = regex.compile(r"(?:^|[.;:]\s*)(?P<level>Cấp (?:tỉnh|huyện|xã))\s*:")


def record_quantities(document: Document, parts: Sequence[str | None], header: Header, marks: Marks | None = None) -> tuple[Indicator, ...]:
    """One indicator per quantity, in reading order: in results and targets all, elsewhere those in units that measure."""
    marks = marks or Marks(document, reported_year(header), header.issued_on)
    year = reported_year(header)
    return tuple(_indicator(document, span, amount, year) for span, amount in _amounts(document, parts, marks))


def _amounts(document: Document, parts: Sequence[str | None], marks: Marks) -> Iterator[tuple[Span, Amount]]:
    for block in document.blocks:
        part = parts[block.block_id]
        if block.kind == "table":
            yield from _in_task_cells(document, block, marks)
        elif block.kind != "furniture" and part in RESULTS | TARGETS | PLANNED:
            for amount in _of(document, block.body, marks):
                if part not in PLANNED or is_measured(amount):
                    yield block.body, amount


def _of(document: Document, span: Span, marks: Marks) -> list[Amount]:
    text = document.quote(span)
    return find_quantities(text, [(c.start, c.end) for c in marks.citations(span)])


def _in_task_cells(document: Document, block: Block, marks: Marks) -> Iterator[tuple[Span, Amount]]:
    """Shares and counts in the task column of a table that assigns work; figures in other columns and tables are the table's."""
    table = document.tables[block.table_id] if block.table_id is not None else None
    if table is None:
        return
    seen = view(document, table)
    if seen.kind != "tasks":
        return
    columns = [column.index for column in seen.columns if column.role in ("task", "product")]
    for row in seen.rows:
        for index in columns:
            cell = row[index]
            if cell is not None:
                yield from ((cell.span, amount) for amount in _of(document, cell.span, marks) if is_measured(amount))


def _indicator(document: Document, within: Span, amount: Amount, year: str | None) -> Indicator:
    text = document.quote(within)
    span = Span(within.start + amount.start, within.start + max(amount.end, amount.noun_end))
    return Indicator(
        origin="narrative",
        form=None,
        code=None,
        label=_level_before(text, amount.start) + amount.label,
        unit=amount.unit,
        period=_year_of(text, amount.start) or year,
        value_text=squeeze(text[amount.start : amount.end]),
        value=amount.value,
        numerator=amount.numerator,
        denominator=amount.denominator,
        approx=amount.approx,
        note=None,
        blank=False,
        columns=(),
        evidence=Evidence(span, document.confidence(span), "quantities.figure"),
        subject=_subject(text, amount.start),
    )


def _year_of(text: str, at: int) -> str | None:
    """The year said last in the same sentence before the figure."""
    sentence = regex.split(r"[.;]\s", text[max(0, at - 300) : at])[-1]
    found = list(YEAR.finditer(level(sentence)))
    return found[-1]["year"] if found else None


def _level_before(text: str, at: int) -> str:
    """ "Cấp tỉnh: …; 42 đơn vị …": the level that a footnote's counts are given for."""
    found = list(LEVEL.finditer(text, 0, at))
    return f"{found[-1]['level']}: " if found else ""


def _subject(text: str, at: int) -> str | None:
    """The body named last in the same sentence before the figure."""
    sentence = regex.split(r"[.;]\s", text[max(0, at - 250) : at])[-1]
    found = find_bodies(sentence)
    return squeeze(sentence[found[-1].start : found[-1].end]) if found else None
