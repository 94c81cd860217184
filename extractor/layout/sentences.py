"""Whether a piece of text is finished or goes on: what page breaks and line breaks are judged by."""

from __future__ import annotations

from functools import cache

import regex

from extractor.layout.markers import find_marker
from extractor.layout.pieces import Passage, join
from extractor.patterns import table as pattern_table

FINAL = regex.compile(r"[.;:!?…][”\"')\]*⁰¹²³⁴⁵⁶⁷⁸⁹]*$|\.\s*/\s*\.?\S{0,6}$")
LETTER = regex.compile(r"\p{L}")
TORN_NUMBER = regex.compile(r"[/\d]\p{Lu}*-$")
OPENERS = "([“"
CLOSERS = ")]”"


def glue(first: Passage, second: Passage) -> Passage:
    """Two halves as one: no blank after a hyphen inside a document's number ("1708/QĐ-" "UBND")."""
    torn_number = TORN_NUMBER.search(first.text) is not None and second.text[:1].isupper()
    return join([first, second], "" if torn_number else " ")


def small(text: str) -> bool:
    """Whether the first letter is small (or the text begins with what only goes on: a closing bracket, a comma)."""
    first = LETTER.search(text)
    return bool(text) and (text[0] in ",;)" or (first is not None and first[0].islower() and not find_marker(text)))


def shouts(text: str) -> bool:
    """All capitals."""
    return text.isupper() and len(text) > 3


def is_open(text: str) -> bool:
    """Whether a text does not look finished: no final mark."""
    return bool(text) and FINAL.search(text) is None


@cache
def _open_words() -> frozenset[str]:
    return frozenset(pattern_table("outline")["open_words"])


def hangs(text: str) -> bool:
    """Whether a text surely goes on: it ends on a comma, an open bracket or a word no sentence ends on."""
    if not text or FINAL.search(text):
        return False
    words = text[-40:].lower().split()
    return text.endswith((",", "-", "/", "(")) or words[-1] in _open_words() or unclosed(text)


def unclosed(text: str) -> bool:
    """Whether a bracket or quotation mark is left open."""
    return any(text.count(o) > text.count(c) for o, c in zip(OPENERS, CLOSERS, strict=True))
