"""The finders as a spaCy pipeline, for those who want spans in a `Doc`: a syllable tokeniser and five components.

The components call the same functions as the extraction does, line by line. spaCy is imported only here, on the first call.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from extractor.finders.agencies import Bodies, find_bodies
from extractor.finders.citations import find_citations
from extractor.finders.marks import LONGEST, MASK
from extractor.finders.mentions import document_value, quantity_value
from extractor.finders.quantities import find_quantities
from extractor.finders.roles import find_support, orders, read_subject
from extractor.layout.markers import find_marker
from extractor.values.agencies import normal_agency, split_agencies
from extractor.values.dates import find_times

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

LONGEST_DOC = 20_000_000  # code points
TOKEN = re.compile(r"(?P<word>[^\W_]+|\s+|\S)(?P<blank> ?)")
LINE = re.compile(rf"[^\n]{{1,{LONGEST}}}")
Found = tuple[int, int, str, str]  # start and end in the text, label, normal form
Find = Callable[[str, list[tuple[int, int]]], Iterator[Found]]  # of a line and the citations in it


def pipeline(period: str | None = None, issued_on: str | None = None) -> Language:
    """A spaCy `Language` that fills `doc.spans` with what Vietnamese administrative prose names:

    `agencies` (label `agency` or `group`, `kb_id_` the normal form), `times` (label the relation, `kb_id_` EDTF or RRULE),
    `citations` (label the relation, `kb_id_` type and number), `quantities` (`kb_id_` number and unit), `roles` (label `lead` or
    `support`, `kb_id_` the agency). `period` and `issued_on` (ISO) supply the year that a time does not say.
    """
    import spacy

    _register()
    nlp = spacy.blank("xx")
    nlp.max_length = LONGEST_DOC
    nlp.tokenizer = Syllables(nlp.vocab)
    for name in ORDER:
        nlp.add_pipe(f"vanban_{name}", config={"period": period, "issued_on": issued_on} if name == "times" else {})
    return nlp


class Syllables:
    """text → Doc: a token for each syllable, each mark and each run of white space that is more than one blank."""

    def __init__(self, vocab: Any) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        from spacy.tokens import Doc

        found = [(match["word"], match["blank"] != "") for match in TOKEN.finditer(text)]
        return Doc(self.vocab, words=[word for word, _ in found], spaces=[blank for _, blank in found])


@cache
def _register() -> None:
    """Make the components known to spaCy, once per process."""
    from spacy.language import Language

    for name, find in FINDERS.items():
        Language.component(f"vanban_{name}", func=_component(name, find))
    Language.factory("vanban_times", default_config={"period": None, "issued_on": None}, func=_times_component)


def _times_component(nlp: Language, name: str, period: str | None, issued_on: str | None) -> Callable[[Doc], Doc]:
    def find(line: str, cites: list[tuple[int, int]]) -> Iterator[Found]:
        for start, end in cites:
            line = line[:start] + MASK * (end - start) + line[end:]
        for time in find_times(line, period=period, issued_on=issued_on):
            yield time.start, time.end, time.relation, time.edtf or time.rrule or ""

    return _component("times", find)


def _component(name: str, find: Find) -> Callable[[Doc], Doc]:
    def fill(doc: Doc) -> Doc:
        cites = [(span.start_char, span.end_char) for span in doc.spans.get("citations", ())]
        found = [place for line in LINE.finditer(doc.text) for place in _in_line(find, line, cites)]
        spans = (doc.char_span(start, end, label=label, kb_id=value, alignment_mode="expand") for start, end, label, value in found)
        doc.spans[name] = [span for span in spans if span is not None]
        return doc

    return fill


def _in_line(find: Find, line: re.Match[str], cites: list[tuple[int, int]]) -> Iterator[Found]:
    base, end = line.span()
    within = [(a - base, b - base) for a, b in cites if base <= a and b <= end]
    for start, stop, label, value in find(line[0], within):
        yield base + start, base + stop, label, value


# ---- the finders, a line at a time -------------------------------------------------------------------------------


def _citations(line: str, cites: list[tuple[int, int]]) -> Iterator[Found]:
    for cite in find_citations(line):
        yield cite.start, cite.end, cite.relation, document_value(cite)


def _agencies(line: str, cites: list[tuple[int, int]]) -> Iterator[Found]:
    for bodies in find_bodies(line):
        for start, end, is_group, value in _each(line, bodies):
            yield start, end, "group" if is_group else "agency", value


def _quantities(line: str, cites: list[tuple[int, int]]) -> Iterator[Found]:
    for amount in find_quantities(line, cites):
        yield amount.start, max(amount.end, amount.noun_end), "quantity", quantity_value(amount)


def _roles(line: str, cites: list[tuple[int, int]]) -> Iterator[Found]:
    blank = len(line) - len(line.lstrip())
    marker = find_marker(line[blank:])
    item = blank + (marker.end if marker else 0)
    subject = read_subject(line[item:])
    if subject is not None and (subject.form != "plain" or orders(line[item:], subject.rest)):
        yield from ((item + start, item + end, "lead", value) for start, end, _, value in _each(line[item:], subject.bodies))
    for bodies in find_support(line):
        yield from ((start, end, "support", value) for start, end, _, value in _each(line, bodies))


def _each(line: str, bodies: Bodies) -> Iterator[tuple[int, int, bool, str]]:
    for agency in split_agencies(line[bodies.start : bodies.end]):
        yield bodies.start + agency.start, bodies.start + agency.end, agency.is_group, normal_agency(agency.name)


FINDERS: Mapping[str, Find] = {"citations": _citations, "agencies": _agencies, "quantities": _quantities, "roles": _roles}
# in the order they run: citations first, since their dates and numbers are no times and quantities
ORDER = ("citations", "agencies", "times", "quantities", "roles")
