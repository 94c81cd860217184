"""Document → mentions: every agency, date, quantity and document that its words and cells name, in normal form."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal

from extractor.finders.citations import Cite
from extractor.finders.marks import Marks
from extractor.finders.quantities import Amount
from extractor.model import Document, Evidence, Mention, Span
from extractor.patterns import Pattern, patterns, time_limit
from extractor.values.agencies import normal_agency, split_agencies
from extractor.values.folding import level, squeeze
from extractor.values.groups import tried
from extractor.values.pieces import Piece, convert
from extractor.values.points import edtf_of

Kind = Literal["agency", "date", "quantity", "document"]
# patterns of `times.toml` that name dates, those that say most first
DATES = ("stretch", "days", "day", "day_words", "months", "month_figures", "quarters", "half", "months_in", "years", "year_figures")


def find_mentions(document: Document, marks: Marks | None = None) -> tuple[Mention, ...]:
    """The mentions in reading order; `value` is the normal form:

    agency: lower case, abbreviations spelt out (`sở nội vụ`); date: EDTF (`2024-03-15`, `2024-33` for a quarter); quantity: number
    or ratio and unit (`74 quyết định`, `62.28 %`); document: type and number (`QĐ 12/QĐ-UBND`).
    """
    marks = marks or Marks(document)
    return tuple(mention for span in _spans(document) for mention in _in_span(marks, span))


def _spans(document: Document) -> Iterator[Span]:
    for block in document.blocks:
        if block.table_id is not None:
            yield from (cell.span for cell in document.tables[block.table_id].cells)
        elif block.kind != "furniture":
            yield block.body


def _in_span(marks: Marks, span: Span) -> list[Mention]:
    text = marks.text(span)
    if len(text) < 3:
        return []
    found = [*_agencies(marks, span, text), *_documents(marks, span)]
    if any(map(text.__contains__, "0123456789")):
        found += [*_dates(marks, span, text), *_quantities(marks, span)]
    return sorted(found, key=lambda mention: (mention.evidence.span.start, mention.kind))


def _mention(marks: Marks, kind: Kind, value: str, place: tuple[int, int, int]) -> Mention:
    base, start, end = place
    span = Span(base + start, base + end)
    return Mention(kind, value, Evidence(span, marks.document.confidence(span), f"mentions.{kind}"))


def _agencies(marks: Marks, span: Span, text: str) -> Iterator[Mention]:
    for bodies in marks.bodies(span):
        for agency in split_agencies(text[bodies.start : bodies.end]):
            place = (span.start + bodies.start, agency.start, agency.end)
            yield _mention(marks, "agency", normal_agency(agency.name), place)


def _documents(marks: Marks, span: Span) -> Iterator[Mention]:
    for cite in marks.citations(span):
        yield _mention(marks, "document", document_value(cite), (span.start, cite.start, cite.end))


def document_value(cite: Cite) -> str:
    """Type and number of a cited document, as far as they are said."""
    return squeeze(f"{cite.doc_type or ''} {cite.number or ''}")


def _dates(marks: Marks, span: Span, text: str) -> Iterator[Mention]:
    for start, end in marks.dates(span):
        value = date_value(text[start:end])
        if value is not None:
            yield _mention(marks, "date", value, (span.start, start, end))


@lru_cache(maxsize=4096)
def date_value(words: str) -> str | None:
    """The EDTF form of a date's words, None where they leave the year open or the calendar has no such day."""
    levelled = level(words)
    may_find = {pattern.id for pattern in tried(levelled, whole=True)}
    pieces = [piece for pattern in _patterns() if pattern.id in may_find for piece in _pieces(pattern, levelled)]
    whole = [piece for piece in pieces if piece.points and all(point.year is not None for point in piece.points)]
    best = max(whole, key=lambda piece: piece.end - piece.start, default=None)
    return None if best is None else edtf_of(best.points, best.ranged)


@cache
def _patterns() -> tuple[Pattern, ...]:
    known = {pattern.id: pattern for pattern in patterns("times")}
    return tuple(known[name] for name in DATES)


def _pieces(pattern: Pattern, levelled: str) -> Iterator[Piece]:
    for match in list(pattern.regex.finditer(levelled, timeout=time_limit(len(levelled)))):
        piece = convert(pattern.id, pattern.value or "", match)
        if piece is not None:
            yield piece


def _quantities(marks: Marks, span: Span) -> Iterator[Mention]:
    for amount in marks.amounts(span):
        yield _mention(marks, "quantity", quantity_value(amount), (span.start, amount.start, max(amount.end, amount.noun_end)))


def quantity_value(amount: Amount) -> str:
    """Number, ratio or range and unit: "74 quyết định", "38/38 nhiệm vụ", "62.28 %", "25..26 %"."""
    if amount.low is not None:
        figure = f"{amount.low:.15g}..{amount.high:.15g}"
    else:
        figure = f"{amount.value:.15g}" if amount.value is not None else f"{amount.numerator:.15g}/{amount.denominator:.15g}"
    return f"{figure} {squeeze(level(amount.unit))}"
