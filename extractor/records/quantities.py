"""Running text, footnotes and task cells → narrative indicators: quantities that report a result or set a target."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import regex

from extractor.finders.marks import Marks
from extractor.finders.quantities import Amount, is_compared, is_measured, said
from extractor.model import Block, Document, Evidence, Header, Indicator, Span
from extractor.records.reading import seen_table
from extractor.records.tasks import reported_year
from extractor.values.folding import level, squeeze

RESULTS = frozenset({"results"})  # parts in which every count is a result
TARGETS = frozenset({"purpose"})  # parts in which every count is a target
PLANNED = frozenset({"tasks", "directions", "organisation", "content", "body", "funding", "basis"})  # in which shares and known units are
BACK = 300  # code points before a figure in which its sentence is looked for
STOP = regex.compile(r"[.;]\s")
FIGURE = regex.compile(r"\d")


def record_quantities(document: Document, parts: Sequence[str | None], header: Header, marks: Marks | None = None) -> tuple[Indicator, ...]:
    """One indicator per quantity, in reading order: in results and targets all, elsewhere those in units that measure."""
    marks = marks or Marks(document, reported_year(header), header.issued_on)
    years = {part: _default_year(header, part) for part in set(parts)} | {None: reported_year(header)}
    return tuple(_indicator(marks, span, amount, years[part]) for span, amount, part in _amounts(parts, marks))


def _default_year(header: Header, part: str | None) -> str | None:
    """The period of figures that name none: the document's own; what a plan says of the present state holds for the year of its issue."""
    year = reported_year(header)
    issued = (header.issued_on or "")[:4]
    first, _, last = (year or "").partition("/")
    looks_back = part in RESULTS and header.doc_type != "BC" and issued
    return issued if looks_back and issued <= first and issued < last else year


def _amounts(parts: Sequence[str | None], marks: Marks) -> Iterator[tuple[Span, Amount, str | None]]:
    for block in marks.document.blocks:
        part = parts[block.block_id]
        if block.kind == "table":
            yield from ((span, amount, None) for span, amount in _in_task_cells(block, marks))
        elif block.kind != "furniture" and part in RESULTS | TARGETS | PLANNED:
            for amount in _of(block.body, marks):
                if part not in PLANNED or is_measured(amount):
                    yield block.body, amount, part


def _of(span: Span, marks: Marks) -> list[Amount]:
    return marks.amounts(span) if FIGURE.search(marks.text(span)) else []


def _in_task_cells(block: Block, marks: Marks) -> Iterator[tuple[Span, Amount]]:
    """Shares and counts in what a table's rows order and bring about; figures in other columns and tables are the table's."""
    seen = seen_table(marks, block.table_id)
    if seen is None or seen.kind != "tasks":
        return
    columns = [column.index for column in seen.columns if column.role in ("task", "product")]
    for cell in dict.fromkeys(row[index] for row in seen.rows for index in columns):
        if cell is not None:
            yield from ((cell.span, amount) for amount in _of(cell.span, marks) if is_measured(amount))


def _indicator(marks: Marks, within: Span, amount: Amount, year: str | None) -> Indicator:
    text = marks.text(within)
    span = Span(within.start + amount.start, within.start + max(amount.end, amount.noun_end))
    sentence = _sentence_start(text, amount.start)
    return Indicator(
        origin="narrative",
        form=None,
        code=None,
        label=_level_before(text, amount.start) + amount.label,
        unit=amount.unit,
        period=_year_of(text[sentence : amount.start]) or year,
        value_text=squeeze(text[amount.start : amount.end]),
        value=amount.value,
        numerator=amount.numerator,
        denominator=amount.denominator,
        approx=amount.approx,
        note=None,
        blank=False,
        columns=(),
        evidence=Evidence(span, marks.document.confidence(span), "quantities.figure"),
        subject=_subject(marks, within, sentence, amount.start),
    )


def _sentence_start(text: str, at: int) -> int:
    low = max(0, at - BACK)
    return max((m.end() for m in STOP.finditer(text, low, at)), default=low)


def _year_of(before: str) -> str | None:
    """The year said last in the sentence before the figure, but for one compared with; else the years that the sentence opens with."""
    plain = level(before)
    found = [match["year"] for match in said("year_said", plain) if not is_compared(plain[: match.start()])]
    if found:
        return str(found[-1])
    spans = said("span_opens", plain.lstrip(" -+*•"))
    return f"{spans[0]['first']}/{spans[0]['last']}" if spans else None


def _level_before(text: str, at: int) -> str:
    """ "Cấp tỉnh: …; 42 đơn vị …": the level that a footnote's counts are given for."""
    found = said("level_said", text[max(0, at - 4 * BACK) : at])
    return f"{found[-1]['level']}: " if found else ""


def _subject(marks: Marks, within: Span, start: int, at: int) -> str | None:
    """The body named last in the sentence before the figure."""
    named = marks.bodies(within)
    last = bisect_right(named, at, key=lambda bodies: bodies.end) - 1
    if last < 0 or named[last].start < start:
        return None
    return squeeze(marks.text(within)[named[last].start : named[last].end])
