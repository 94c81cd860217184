"""What is named in each block of a document, found once and shared by everything that records it."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.finders.agencies import Bodies, find_bodies
from extractor.finders.citations import Cite, find_citations
from extractor.model import Document, Span
from extractor.values.dates import Time, find_times

LONGEST = 100_000  # code points of one paragraph or cell that are searched; what is behind is reported as not read
MASK = "§"  # stands for the letters of a citation, so that its date is no time


@dataclass(slots=True)
class Marks:
    """Citations, times and bodies by place in the document's text, found on first asking.

    `period` and `issued_on` are the document's own: they supply the year that a time does not say.
    """

    document: Document
    period: str | None = None
    issued_on: str | None = None
    kept: dict[str, object] = field(default_factory=dict)  # what else is worked out once per document, by name
    _citations: dict[int, list[Cite]] = field(default_factory=dict)
    _times: dict[int, list[Time]] = field(default_factory=dict)
    _bodies: dict[int, list[Bodies]] = field(default_factory=dict)

    def text(self, span: Span) -> str:
        """The words of `span`, as many as are searched."""
        return self.document.text[span.start : min(span.end, span.start + LONGEST)]

    def citations(self, span: Span) -> list[Cite]:
        """The documents named in `span`, offsets relative to its start."""
        found = self._citations.get(span.start)
        if found is None:
            found = self._citations[span.start] = find_citations(self.text(span))
        return found

    def times(self, span: Span) -> list[Time]:
        """The times set in the running text of `span`, offsets relative to its start; dates of cited documents are none."""
        found = self._times.get(span.start)
        if found is None:
            found = self._times[span.start] = find_times(self.masked(span), period=self.period, issued_on=self.issued_on)
        return found

    def bodies(self, span: Span) -> list[Bodies]:
        """The lists of bodies named in `span`, offsets relative to its start."""
        found = self._bodies.get(span.start)
        if found is None:
            found = self._bodies[span.start] = find_bodies(self.text(span))
        return found

    def masked(self, span: Span) -> str:
        """The text of `span` with every citation made unreadable, letter for letter."""
        text, pieces, end = self.text(span), [], 0
        for cite in self.citations(span):
            if cite.start >= end:
                pieces += [text[end : cite.start], MASK * (cite.end - cite.start)]
                end = cite.end
        return "".join((*pieces, text[end:]))
