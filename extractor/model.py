"""The frozen model: one text per document, everything else a span over it.

Offsets are half-open `[start, end)` in Unicode code points of `Document.text` (NFC). Pages are 1-based.
Boxes are `[x0, top, x1, bottom]` in points, origin at the top left of the page as it is shown.
Nothing here has behaviour beyond lookup.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

TextSource = Literal["digital", "ocr", "mixed", "native"]
BlockKind = Literal["heading", "paragraph", "list_item", "table", "footnote", "furniture"]
Origin = Literal["table", "narrative"]


class Span(NamedTuple):
    """Code points `[start, end)` of a document's text."""

    start: int
    end: int


class Box(NamedTuple):
    """A rectangle on a page, in points from the top left."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Words:
    """Where each placed word of the text stands: parallel columns, ordered by `start`.

    Empty for formats without pages. `confidence` is 0–1 (1.0 for digital text).
    """

    start: Sequence[int] = ()
    end: Sequence[int] = ()
    page: Sequence[int] = ()
    x0: Sequence[float] = ()
    top: Sequence[float] = ()
    x1: Sequence[float] = ()
    bottom: Sequence[float] = ()
    confidence: Sequence[float] = ()

    def between(self, span: Span) -> range:
        """Indexes of the words that overlap `span`."""
        return range(bisect_right(self.end, span.start), bisect_left(self.start, span.end))


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a logical table; `row` and `col` are 0-based, `span` its words in the document's text (may be empty)."""

    row: int
    col: int
    row_span: int
    col_span: int
    span: Span
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A logical table: the parts that page breaks tore are joined. `cells` in reading order, none overlapping.

    `page` is the page it starts on. `hidden` rows or sheets of a workbook are kept and flagged.
    """

    table_id: int
    span: Span
    n_rows: int
    n_cols: int
    cells: tuple[Cell, ...]
    page: int | None = None
    caption: str | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item, table, footnote or piece of page furniture, in reading order.

    `span` covers the whole block, `marker` ("1.1.", "a)", "-", "¹") included; `body` leaves the marker out.
    `level` is the depth in the outline (1 = top) for headings and list items; `parent_id` the block it stands under.
    `bold` and `centred` are None where the format does not tell.
    """

    block_id: int
    kind: BlockKind
    span: Span
    body: Span
    level: int | None = None
    marker: str | None = None
    parent_id: int | None = None
    table_id: int | None = None
    page: int | None = None
    bold: bool | None = None
    centred: bool | None = None
    furniture: str | None = None  # "header", "footer", "page_number", "stamp", "text_box", "margin"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a reader could not do or had to assume; becomes a finding, never a log line.

    `severity` is "error" where content is missing from the document, "warning" where it may be wrong, else "info".
    """

    rule: str
    message: str
    severity: Literal["error", "warning", "info"] = "warning"
    page: int | None = None
    span: Span | None = None


@dataclass(frozen=True)
class Document:
    """What a reader returns: the text, fixed from now on, and what stands where in it."""

    path: str
    sha256: str
    size_bytes: int
    media_type: str
    text: str
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    words: Words = field(default_factory=Words)
    page_count: int | None = None
    pages: tuple[tuple[float, float], ...] = ()  # width and height of each page in points
    text_source: TextSource = "native"
    notices: tuple[Notice, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)  # what the file says of itself: author, signatures …

    @property
    def doc_id(self) -> str:
        """First 16 hexadecimal digits of the SHA-256 of the file's bytes."""
        return self.sha256[:16]

    def quote(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def boxes(self, span: Span) -> list[Box]:
        """One box per page that `span` touches, in page order; empty where the format has no pages."""
        w = self.words
        found: dict[int, tuple[float, float, float, float]] = {}
        for i in w.between(span):
            page, box = w.page[i], (w.x0[i], w.top[i], w.x1[i], w.bottom[i])
            old = found.get(page, box)
            found[page] = (min(old[0], box[0]), min(old[1], box[1]), max(old[2], box[2]), max(old[3], box[3]))
        return [Box(page, *found[page]) for page in sorted(found)]

    def page_of(self, span: Span) -> int | None:
        """The page on which `span` starts, or None where the format has no pages."""
        index = bisect_right(self.words.end, span.start)
        if not self.words.page:
            return None
        return self.words.page[min(index, len(self.words.page) - 1)]

    def confidence(self, span: Span) -> float:
        """Mean reading confidence of the words in `span` (1.0 where the text is digital)."""
        if self._is_sure:
            return 1.0
        w = self.words
        scores = [w.confidence[i] for i in w.between(span)] if w.confidence else []
        return sum(scores) / len(scores) if scores else 1.0

    @cached_property
    def _is_sure(self) -> bool:
        """Whether every word was read with full confidence, as digital text is."""
        return set(self.words.confidence) <= {1.0}

    @cached_property
    def block_starts(self) -> list[int]:
        return [b.span.start for b in self.blocks]

    def block_at(self, offset: int) -> Block | None:
        """The block whose span covers `offset`."""
        index = bisect_right(self.block_starts, offset) - 1
        return self.blocks[index] if index >= 0 and offset < self.blocks[index].span.end else None

    def ancestors(self, block: Block) -> list[Block]:
        """The headings and items a block stands under, nearest first."""
        path, parent = [], block.parent_id
        while parent is not None:
            path.append(self.blocks[parent])
            parent = path[-1].parent_id
        return path


# ---- what the finders and the records return -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact stands (`span`), how sure it is (0–1), and what made it (`source`: a pattern's id or a column)."""

    span: Span
    confidence: float = 1.0
    source: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """An agency, date, quantity or document named in the text; `value` is its normal form."""

    kind: Literal["agency", "date", "quantity", "document"]
    value: str
    evidence: Evidence
    ref_id: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    text: str
    doc_type: str | None
    number: str | None
    issued_on: str | None
    issuer: str | None
    relation: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time set for a task or duty; see gold/GUIDELINES.md for `relation`, `edtf`, `rrule`, `trigger`. Dates are ISO days."""

    text: str
    relation: str
    edtf: str | None
    start_on: str | None
    due_on: str | None
    rrule: str | None
    trigger: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Assignment:
    role: Literal["lead", "support"]
    agency: str
    agency_id: str | None
    is_group: bool
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Task:
    origin: Origin
    code: str | None
    text: str
    area: str | None
    parent: str | None
    product: str | None
    status: str | None
    status_text: str | None
    assignments: tuple[Assignment, ...]
    deadlines: tuple[Deadline, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Indicator:
    """A value of a measured indicator, or (`blank`) a row to be filled in whose value columns are `columns`."""

    origin: Origin
    form: str | None
    code: str | None
    label: str
    unit: str | None
    period: str | None
    value_text: str | None
    value: float | None
    numerator: float | None
    denominator: float | None
    approx: str | None
    note: str | None
    blank: bool
    columns: tuple[str, ...]
    evidence: Evidence
    indicator_id: str | None = None
    subject: str | None = None  # the agency or place the value is said of, where the text says so


@dataclass(frozen=True, slots=True)
class Duty:
    who: tuple[str, ...]
    what: str
    to: str | None
    via: str | None
    cutoff: str | None
    forms: tuple[str, ...]
    deadlines: tuple[Deadline, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the document that does not add up, or that could not be understood."""

    rule: str
    severity: Literal["error", "warning", "info"]
    message: str
    evidence: Evidence
    expected: str | None = None
    actual: str | None = None
    refs: tuple[str, ...] = ()
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """The document's own particulars (Decree 30/2020/NĐ-CP, annex I); `evidence` maps a field's name to where it stands."""

    doc_type: str | None = None
    number: str | None = None
    title: str | None = None
    issuer: str | None = None
    issuer_id: str | None = None
    place: str | None = None
    place_id: str | None = None
    issued_on: str | None = None
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signer: str | None = None
    signer_title: str | None = None
    signing_mode: str | None = None
    period: str | None = None
    evidence: Mapping[str, Evidence] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Records:
    """Everything a document says, in reading order."""

    header: Header
    citations: tuple[Citation, ...] = ()
    tasks: tuple[Task, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    duties: tuple[Duty, ...] = ()
    mentions: tuple[Mention, ...] = ()
    findings: tuple[Finding, ...] = ()
