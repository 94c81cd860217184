"""Tables that assign work → tasks, who does them, and by when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import regex

from extractor.model import Assignment, Cell, Deadline, Document, Evidence, Header, Span, Task
from extractor.records.tables import View, cell_text, clean, is_empty, tidy_code
from extractor.values.agencies import normal_agency, split_roles
from extractor.values.areas import area_of, read_status
from extractor.values.dates import Time, find_times, read_period
from extractor.values.folding import fold

AREA_CODE = regex.compile(r"(?:[IVXLC]+|[A-ZĐ])[.)]?(?=\s|$)")
CODE = regex.compile(r"[IVXLC]+[.)]?|[A-ZĐ][.)]?|\d{1,3}(?:\.\d{1,3})*[.)]?|[a-zđ][.)]?|[-–+*•]")
LEADING_CODE = regex.compile(r"(?P<code>(?:[IVXLC]+|[A-ZĐ]|\d{1,3}(?:\.\d{1,3})*)[.)]|[-–+])\s+(?=\S)")
ROMAN_QUARTER = regex.compile(r"[Qq]u[ýyíi]\s*[IVl1|]")
QUARTER_BY_OCR = 0.5  # measured on scans of known text: about 7 in 10 quarters right, whatever the engine says of itself
VISION = regex.compile(r"(?:định\s+hướng|tầm\s+nhìn)\s+(?:đến\s+)?(?:hết\s+)?năm\s+\d{4}", regex.IGNORECASE)
REFERENCE = ("theo phân công", "theo quy định", "theo chức năng", "theo kế hoạch", "như trên")


@dataclass(frozen=True, slots=True)
class Context:
    """What stands above a row: the area it belongs to, the nearest area heading, and the open parent rows."""

    area: str | None = None
    heading: str | None = None
    parents: tuple[tuple[str, str], ...] = ()  # (code, text), outermost first


@dataclass(frozen=True, slots=True)
class Row:
    """A body row by roles: `cells[role]` the first filled cell of a role; `filled` how many different cells hold text."""

    code: str | None
    cells: dict[str, Cell]
    texts: dict[str, str]
    filled: int


def record_table_tasks(document: Document, views: Sequence[View], header: Header) -> tuple[Task, ...]:
    """One task per row of every task table, in reading order; heading rows become `area` and `parent`."""
    tasks: list[Task] = []
    for view in views:
        if view.kind == "tasks":
            tasks += _tasks_of(document, view, header)
    return tuple(tasks)


def reported_year(header: Header) -> str | None:
    """The period a document's own figures and bare times ("trong năm") belong to.

    Of "2022/2023" in a report it is 2022; of "năm 2025 và định hướng đến năm 2027" the years planned for, 2025.
    """
    planned = _planned(header.title or "")
    if planned:
        return planned
    first, _, last = (header.period or "").partition("/")
    if header.doc_type == "BC" and last and last.isdigit() and first.isdigit() and int(last) == int(first) + 1:
        return first
    return header.period


@lru_cache(maxsize=256)
def _planned(title: str) -> str | None:
    """The years of a title that also looks further ahead; None where it does not."""
    return read_period(VISION.sub(" ", title)) if VISION.search(title) else None


def _tasks_of(document: Document, view: View, header: Header) -> Iterator[Task]:
    context = Context(area=area_of(view.table.caption or ""))
    for cells in view.rows:
        row = read_row(document, view, cells)
        if "task" not in row.texts:
            continue
        if is_heading(row):
            context = step(context, row)
        else:
            context = leave(context, row.code)
            yield _task(document, view, row, context, header=header)


def read_row(document: Document, view: View, cells: Sequence[Cell | None]) -> Row:
    """The row by roles. A code printed in front of the task itself counts where the number column is empty or missing."""
    found: dict[str, Cell] = {}
    texts: dict[str, str] = {}
    for column in view.columns:
        cell = cells[column.index]
        text = cell_text(document, cell)
        if cell is not None and column.role and column.role not in found and not is_empty(text):
            found[column.role], texts[column.role] = cell, text
    distinct = {id(c) for c in cells if c is not None and not is_empty(cell_text(document, c))}
    code = tidy_code(texts.get("ordinal", ""))
    if code is not None and not CODE.fullmatch(code):
        code = _repair(found, texts, code)
    if "task" not in texts and len(distinct) == 1 and found:
        role = next(iter(found))
        found["task"], texts["task"] = found[role], texts[role]
        code = None if role == "ordinal" else code
    return Row(code, found, texts, len(distinct))


def _repair(found: dict[str, Cell], texts: dict[str, str], code: str) -> str | None:
    """Text in the number column: a heading that spans the row ("II. Cải cách thể chế"), or a number with more behind it."""
    if "task" not in texts or found["task"] == found["ordinal"]:
        found["task"], texts["task"] = found["ordinal"], texts["ordinal"]
        return None
    return code


def is_heading(row: Row) -> bool:
    """Only number and heading are filled (gold/GUIDELINES.md, tasks): an area or a parent, not a task."""
    others = [role for role in row.texts if role not in {"ordinal", "task"} and row.cells[role] != row.cells["task"]]
    return not others and row.filled <= 2


def step(context: Context, row: Row) -> Context:
    """The context below a heading row: roman or lettered ones and unnumbered ones open an area, numbered ones a parent."""
    text = row.texts["task"]
    lead = LEADING_CODE.match(text) if row.code is None else None
    code, text = (lead["code"], text[lead.end() :]) if lead else (row.code, text)
    text = clean(text).rstrip(" :.;")
    if code is None or AREA_CODE.fullmatch(code):
        return Context(area_of(text) or (context.area if context.heading is None else None), text)
    return replace(leave(context, code), parents=(*leave(context, code).parents, (code, text)))


def leave(context: Context, code: str | None) -> Context:
    """Close the parents that `code` does not stand under ("3" closes "2", "2.4" does not)."""
    kept = tuple((c, t) for c, t in context.parents if code is None or _under(code, c))
    return context if kept == context.parents else replace(context, parents=kept)


def _under(code: str, parent: str) -> bool:
    code, parent = code.rstrip(".)"), parent.rstrip(".)")
    return not code[:1].isdigit() or (code.startswith(parent + ".") and parent[:1].isdigit())


def _task(document: Document, view: View, row: Row, context: Context, *, header: Header) -> Task:
    cell = row.cells["task"]
    text = row.texts["task"]
    lead = LEADING_CODE.match(text) if row.code is None else None
    code = lead["code"] if lead else row.code
    parent = context.parents[-1][1] if context.parents else context.heading
    status_text = row.texts.get("status")
    return Task(
        origin="table",
        code=code,
        text=text[lead.end() :] if lead else text,
        area=context.area,
        parent=parent,
        product=row.texts.get("product"),
        status=read_status(status_text) if status_text else None,
        status_text=status_text,
        assignments=tuple(_assignments(document, view, row)),
        deadlines=tuple(_deadlines(document, view, row, header)),
        evidence=Evidence(cell.span, 1.0, _source(view, "task")),
    )


def _source(view: View, role: str) -> str:
    column = view.column(role)
    return f"table {view.table.table_id}, column {column.heading!r}" if column else f"table {view.table.table_id}"


def _assignments(document: Document, view: View, row: Row) -> Iterator[Assignment]:
    for role in ("lead", "lead_support", "support"):
        cell = row.cells.get(role)
        if cell is None or fold(row.texts[role]).startswith(REFERENCE):
            continue
        for part, agency in split_roles(document.quote(cell.span), role):
            span = Span(cell.span.start + agency.start, cell.span.start + agency.end)
            evidence = Evidence(span, 1.0, _source(view, role))
            yield Assignment("lead" if part == "lead" else "support", agency.name, normal_agency(agency.name), agency.is_group, evidence)


def _deadlines(document: Document, view: View, row: Row, header: Header) -> Iterator[Deadline]:
    cell = row.cells.get("deadline")
    if cell is None:
        return
    source = _source(view, "deadline")
    for time in find_times(document.quote(cell.span), period=reported_year(header), issued_on=header.issued_on, whole=True):
        found = deadline_of(time, cell.span.start, source)
        yield replace(found, evidence=replace(found.evidence, confidence=QUARTER_BY_OCR)) if is_doubtful_quarter(document, found) else found


def is_doubtful_quarter(document: Document, deadline: Deadline) -> bool:
    """A quarter in Roman numerals that OCR read: its stems are miscounted so often that no engine's word for it counts."""
    return ROMAN_QUARTER.search(deadline.text) is not None and document.confidence(deadline.evidence.span) < 1.0


def deadline_of(time: Time, offset: int, source: str) -> Deadline:
    """A deadline record of a time found in a text that begins at `offset`."""
    span = Span(offset + time.start, offset + time.end)
    evidence = Evidence(span, 1.0, f"{source}; {time.source}")
    return Deadline(" ".join(time.text.split()), time.relation, time.edtf, time.start_on, time.due_on, time.rrule, time.trigger, evidence)
