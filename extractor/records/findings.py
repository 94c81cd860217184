"""What in a document does not add up, or could not be understood. One function a check; `CHECKS` lists them all."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from extractor.model import Cell, Document, Evidence, Finding, Records, Span
from extractor.records.tables import Column, View, cell_text, clean, is_empty
from extractor.records.tasks import is_doubtful_quarter

HARDLY_READ = 0.6  # confidence of digits below which they are likely handwriting


@dataclass(frozen=True, slots=True)
class Case:
    """All that a check may look at."""

    document: Document
    records: Records
    views: Sequence[View]


def record_findings(document: Document, records: Records, views: Sequence[View]) -> tuple[Finding, ...]:
    """The findings of every check, in the order of `CHECKS`."""
    case = Case(document, records, views)
    return tuple(finding for check in CHECKS for finding in check(case))


def read_in_part(case: Case) -> Iterator[Finding]:
    """What the reader could not do or had to assume."""
    for notice in case.document.notices:
        span = notice.span or Span(0, 0)
        yield Finding(notice.rule, notice.severity, notice.message, Evidence(span, 1.0, "reader"), page=notice.page)


def table_not_understood(case: Case) -> Iterator[Finding]:
    """A table with filled cells whose columns have no known meaning: it is in `cells`, not in `tasks` or `indicators`."""
    for view in case.views:
        if view.kind == "other" and view.table.n_rows > 1 and view.table.n_cols > 1:
            headings = ", ".join(repr(c.heading) for c in view.columns if c.heading)[:200]
            message = f"table {view.table.table_id}: neither tasks nor indicators by its headings {headings}"
            yield Finding("table_not_understood", "info", message, Evidence(view.table.span, 1.0, "headings"))


def task_without_lead(case: Case) -> Iterator[Finding]:
    """A row of a task table that has a column for the leading agency, and nobody in it."""
    with_lead = {v.table.table_id: v for v in case.views if v.kind == "tasks" and v.by_role("lead", "lead_support")}
    spans = [(v.table.span.start, v.table.span.end) for v in with_lead.values()]
    for task in case.records.tasks:
        led = task.origin != "table" or any(a.role == "lead" for a in task.assignments)
        if not led and any(s <= task.evidence.span.start < e for s, e in spans):
            yield Finding("task_without_lead", "warning", "no leading agency is named for this task", task.evidence)


def time_not_read(case: Case) -> Iterator[Finding]:
    """A time cell with words from which no deadline could be read."""
    starts = sorted(d.evidence.span.start for t in case.records.tasks for d in t.deadlines)
    for column, cell in _time_cells(case):
        text = cell_text(case.document, cell)
        at = bisect_left(starts, cell.span.start)
        if is_empty(text) or len(text) < 2 or (at < len(starts) and starts[at] < cell.span.end):
            continue
        evidence = Evidence(cell.span, 1.0, f"column {column.heading!r}")
        yield Finding("time_not_read", "warning", f"no deadline could be read from {text[:80]!r}", evidence, actual=text)


def _time_cells(case: Case) -> Iterator[tuple[Column, Cell]]:
    for view in case.views:
        for column in view.by_role("deadline") if view.kind == "tasks" else ():
            cells = dict.fromkeys(row[column.index] for row in view.rows if row[column.index] != row[0])  # no heading across the table
            yield from ((column, cell) for cell in cells if cell is not None)


def number_not_read(case: Case) -> Iterator[Finding]:
    """A value with digits in it that is no number."""
    for indicator in case.records.indicators:
        text = indicator.value_text
        if indicator.origin == "table" and text and any(c.isdigit() for c in text) and indicator.value is None and indicator.numerator is None:
            message = f"{text[:60]!r} could not be read as a number ({clean(indicator.label)[:80]})"
            yield Finding("number_not_read", "warning", message, indicator.evidence, actual=text)


def date_unlikely(case: Case) -> Iterator[Finding]:
    """The document is dated before the state whose documents these are (1945), or after 2100: a misprint or a misread digit."""
    issued = case.records.header.issued_on
    if issued and not "1945" <= issued[:4] <= "2100":
        yield Finding("date_unlikely", "warning", f"the document is dated {issued}", case.records.header.evidence["issued_on"], actual=issued)


def number_uncertain(case: Case) -> Iterator[Finding]:
    """The document's number was read by OCR, hardly: it is written by hand where the rest is printed, and mostly read wrong."""
    evidence = case.records.header.evidence.get("number")
    words, text = case.document.words, case.document.text
    if evidence is None or not words.confidence:
        return
    digits = [words.confidence[k] for k in words.between(evidence.span) if any(c.isdigit() for c in text[words.start[k] : words.end[k]])]
    if digits and min(digits) < HARDLY_READ:
        number = case.records.header.number
        message = f"the number {number!r} is likely written by hand: compare it with the page"
        yield Finding("number_uncertain", "warning", message, evidence, actual=number)


def quarter_uncertain(case: Case) -> Iterator[Finding]:
    """A deadline by quarter that was read by OCR: compare it with the page."""
    for task in case.records.tasks:
        for deadline in task.deadlines:
            if is_doubtful_quarter(case.document, deadline):
                message = f"{deadline.text!r} was read by OCR; Roman quarters are often misread"
                yield Finding("quarter_uncertain", "warning", message, deadline.evidence, actual=deadline.edtf)


def ratio_off(case: Case) -> Iterator[Finding]:
    """A printed percentage that its own printed ratio does not give ("98% (17/19)"); half a unit of the last place is allowed."""
    for indicator in case.records.indicators:
        value, numerator, denominator = indicator.value, indicator.numerator, indicator.denominator
        if value is None or numerator is None or not denominator or "%" not in (indicator.value_text or ""):
            continue
        expected = 100 * numerator / denominator
        places = len(str(value).partition(".")[2].rstrip("0"))
        if abs(expected - value) > 0.5 * 10**-places + 1e-9:
            shown = f"{expected:.{places + 2}f}"
            message = f"{numerator:g}/{denominator:g} is {shown} %, printed is {value:g} %"
            yield Finding("ratio_off", "warning", message, indicator.evidence, shown, f"{value:g}")


def deadline_before_issue(case: Case) -> Iterator[Finding]:
    """A plan's task that fell due more than a year before the plan was issued: a misprint or a misread date."""
    issued = case.records.header.issued_on
    for task in case.records.tasks if issued and case.records.header.doc_type != "BC" else ():
        for deadline in task.deadlines:
            if deadline.due_on and issued and int(deadline.due_on[:4]) < int(issued[:4]) - 1:
                message = f"due {deadline.due_on}, but the document is of {issued}"
                yield Finding("deadline_before_issue", "warning", message, deadline.evidence, actual=deadline.due_on)


CHECKS: tuple[Callable[[Case], Iterator[Finding]], ...] = (
    read_in_part,
    table_not_understood,
    task_without_lead,
    time_not_read,
    number_not_read,
    date_unlikely,
    number_uncertain,
    quarter_uncertain,
    ratio_off,
    deadline_before_issue,
)
