"""What is named in each block of a document, found once and shared by everything that records it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from extractor.finders.agencies import Bodies, find_bodies
from extractor.finders.citations import Cite, find_citations
from extractor.finders.quantities import Amount, find_dates, find_quantities
from extractor.model import Document, Span
from extractor.values.dates import Time, find_times
from extractor.values.folding import level

LONGEST = 100_000  # code points of one paragraph or cell that are searched; what is behind is reported as not read
MASK = "§"  # stands for the letters of a citation, so that its date is no time
Found = TypeVar("Found")


@dataclass(slots=True)
class Marks:
    """Citations, times, quantities and bodies by place in the document's text, found on first asking.

    `period` and `issued_on` are the document's own: they supply the year that a time does not say. All offsets that come back
    count from the start of the span asked for. `unread`: what took too long to search, and for what.
    """

    document: Document
    period: str | None = None
    issued_on: str | None = None
    unread: list[tuple[Span, str]] = field(default_factory=list)
    kept: dict[str, object] = field(default_factory=dict)  # what else is worked out once per document, by name
    _plain: dict[int, str] = field(default_factory=dict)
    _found: dict[tuple[str, int], Any] = field(default_factory=dict)  # by what was looked for and where

    def text(self, span: Span) -> str:
        """The words of `span`, as many as are searched."""
        return self.document.text[span.start : min(span.end, span.start + LONGEST)]

    def plain(self, span: Span) -> str:
        """The same words levelled."""
        known = self._plain.get(span.start)
        if known is None:
            known = self._plain[span.start] = level(self.text(span))
        return known

    def citations(self, span: Span) -> list[Cite]:
        """The documents named in `span`."""
        return self._once(span, "citations", lambda: find_citations(self.text(span)))

    def times(self, span: Span) -> list[Time]:
        """The times set in the running text of `span`; dates of cited documents are none."""
        return self._once(span, "times", lambda: self._find_times(span))

    def dates(self, span: Span) -> list[tuple[int, int]]:
        """Where `span` says days, months, quarters and years, those of cited documents too."""
        return self._once(span, "dates", lambda: find_dates(self.text(span)))

    def amounts(self, span: Span) -> list[Amount]:
        """The quantities in `span`; numbers of documents are none."""
        return self._once(span, "quantities", lambda: self._find_amounts(span))

    def bodies(self, span: Span) -> list[Bodies]:
        """The lists of bodies named in `span`."""
        return self._once(span, "agencies", lambda: find_bodies(self.text(span), self.plain(span)))

    def _once(self, span: Span, what: str, find: Callable[[], list[Found]]) -> list[Found]:
        known: list[Found] | None = self._found.get((what, span.start))
        if known is None:
            known = self._found[what, span.start] = self.bounded(span, what, find)
        return known

    def bounded(self, span: Span, what: str, find: Callable[[], list[Found]]) -> list[Found]:
        """What `find` finds; nothing, and a note in `unread`, where a pattern takes too long on the text of `span`."""
        try:
            return find()
        except TimeoutError:
            self.unread.append((span, what))
            return []

    def masked(self, span: Span) -> str:
        """The text of `span` with every citation made unreadable, letter for letter."""
        text, pieces, end = self.text(span), [], 0
        for cite in self.citations(span):
            if cite.start >= end:
                pieces += [text[end : cite.start], MASK * (cite.end - cite.start)]
                end = cite.end
        return "".join((*pieces, text[end:]))

    def _find_times(self, span: Span) -> list[Time]:
        return find_times(self.masked(span), period=self.period, issued_on=self.issued_on)

    def _find_amounts(self, span: Span) -> list[Amount]:
        cited = [(cite.start, cite.end) for cite in self.citations(span)]
        return find_quantities(self.text(span), cited, self.dates(span), self.plain(span))
