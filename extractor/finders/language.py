"""The finders as a spaCy pipeline, for those who work with spaCy: `doc.spans["agencies"]`, `["times"]`, `["citations"]`, …

The components call the same functions as extraction does and fill the same places. Tokens are syllables, numbers and marks: spans
found by offsets then always fall on token borders, which word segmentation cannot promise. spaCy is loaded on first use only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import regex

from extractor.finders.agencies import find_bodies
from extractor.finders.citations import find_citations
from extractor.finders.quantities import find_quantities
from extractor.finders.roles import find_support, read_subject
from extractor.values.agencies import split_agencies
from extractor.values.dates import find_times

TOKEN = regex.compile(r"[\p{L}\p{M}]+|\d+|[^\s]")
MARKED = regex.compile(r"\s*(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[a-zđ][.)]|[IVX]+\.|[-–+])\s+")  # an item's own mark
Place = tuple[int, int, str]  # code points [start, end) of the text, and a label


def pipeline(period: str | None = None, issued_on: str | None = None) -> Any:
    """A spaCy `Language` whose documents carry span groups `agencies`, `times`, `citations`, `quantities` and `roles`.

    `period` and `issued_on` (of the document the text is from) supply the year that a time does not say. A span's `label_` is the
    normal form of a time, the number of a document, the unit of a quantity, `lead` or `support` of a role.
    """
    import spacy
    from spacy.tokens import Doc

    language = spacy.blank("xx")
    language.tokenizer = _syllables(Doc, language.vocab)
    for name in FINDERS:
        _component(name)
        language.add_pipe(f"vanban_{name}", config={"period": period, "issued_on": issued_on})
    return language


def find_agencies(text: str) -> list[Place]:
    """The bodies named in a text, lists taken apart; the label says whether one is a group."""
    lists = ((bodies.start, split_agencies(text[bodies.start : bodies.end])) for bodies in find_bodies(text))
    return [(at + a.start, at + a.end, "group" if a.is_group else "body") for at, agencies in lists for a in agencies]


def find_roles(text: str) -> list[Place]:
    """The bodies a sentence tells to act (`lead`) and those they are to act with (`support`)."""
    marked = MARKED.match(text)
    at = marked.end() if marked else 0
    subject = read_subject(text[at:])
    lead = [(at + subject.bodies.start, at + subject.bodies.end, "lead")] if subject else []
    return lead + [(b.start, b.end, "support") for b in find_support(text)]


def _syllables(make: Any, vocab: Any) -> Callable[[str], Any]:
    def tokenize(text: str) -> Any:
        words: list[str] = []
        spaces: list[bool] = []
        end = 0
        for match in TOKEN.finditer(text):
            gap = text[end : match.start()]
            if gap and words and gap[0] == " ":
                spaces[-1], gap = True, gap[1:]
            if gap:  # further white space is a token of its own, as in spaCy's tokenizers
                words.append(gap)
                spaces.append(False)
            words.append(match[0])
            spaces.append(False)
            end = match.end()
        rest = text[end:]
        if rest:
            words.append(rest)
            spaces.append(False)
        return make(vocab, words=words, spaces=spaces)

    return tokenize


def _times(text: str, period: str | None, issued_on: str | None) -> list[Place]:
    return [(t.start, t.end, t.edtf or t.rrule or t.relation) for t in find_times(text, period=period, issued_on=issued_on)]


def _citations(text: str) -> list[Place]:
    return [(c.start, c.end, c.number or "") for c in find_citations(text)]


def _quantities(text: str) -> list[Place]:
    return [(a.start, a.end, a.unit) for a in find_quantities(text, [(c.start, c.end) for c in find_citations(text)])]


# span group → what fills it: (text, period, issued on) → places
FINDERS: Mapping[str, Callable[[str, str | None, str | None], list[Place]]] = MappingProxyType(
    {
        "agencies": lambda text, *_: find_agencies(text),
        "times": _times,
        "citations": lambda text, *_: _citations(text),
        "quantities": lambda text, *_: _quantities(text),
        "roles": lambda text, *_: find_roles(text),
    }
)


@cache
def _component(group: str) -> None:
    """Tells spaCy of the component that fills `doc.spans[group]`."""
    from spacy.language import Language

    def create(nlp: Any, name: str, period: str | None, issued_on: str | None) -> Callable[[Any], Any]:
        def fill(doc: Any) -> Any:
            places = FINDERS[group](doc.text, period, issued_on)
            spans = (doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in places)
            doc.spans[group] = [span for span in spans if span is not None]
            return doc

        return fill

    Language.factory(f"vanban_{group}", default_config={"period": None, "issued_on": None}, func=create)
