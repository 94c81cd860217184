"""A heading → the area of administrative reform it names; a result column's words → the state of a task."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from extractor.patterns import table
from extractor.values.folding import bare, fold

HEADING_WORDS = 25  # a longer text is a sentence that may name several areas in passing


@cache
def _phrases(name: str) -> tuple[tuple[str, str], ...]:
    """(phrase, code), longest first."""
    lists: Mapping[str, list[str]] = table(name)
    return tuple(sorted(((fold(p), code) for code, phrases in lists.items() for p in phrases), key=lambda x: -len(x[0])))


@cache
def _bare_phrases(name: str) -> tuple[tuple[str, str], ...]:
    return tuple((bare(phrase), code) for phrase, code in _phrases(name) if " " in phrase)


@lru_cache(maxsize=4096)
def area_of(heading: str) -> str | None:
    """`direction`, `institutions`, `procedures`, … (gold/GUIDELINES.md), or None where the heading tells none."""
    folded = f" {fold(heading)} "
    if folded.count(" ") > HEADING_WORDS:
        return None
    found = [(folded.find(phrase), -len(phrase), code) for phrase, code in _phrases("areas") if phrase in folded]
    if not found:  # OCR loses and changes tone marks ("Cải cách thế chế"); few phrases of several words are others without them
        plain = bare(folded)
        found = [(plain.find(phrase), -len(phrase), code) for phrase, code in _bare_phrases("areas") if phrase in plain]
    return min(found)[2] if found else None


@lru_cache(maxsize=4096)
def read_status(text: str) -> str | None:
    """`done`, `in_progress`, `late`, `not_done`, `not_due`, or None where the words say no state.

    "Hoàn thành" says done; a negation or delay near it outweighs it, so the longer and the more negative phrase wins.
    """
    folded = fold(text)
    codes = {code for phrase, code in _phrases("status") if phrase in folded}
    return next((code for code in ("not_due", "late", "not_done", "in_progress", "done") if code in codes), None)
