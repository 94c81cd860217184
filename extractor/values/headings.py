"""A column's heading → what the column holds, by the wordings of patterns/headers.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import regex
from rapidfuzz import fuzz

from extractor.patterns import table
from extractor.values.folding import bare, fold
from extractor.values.numbers import is_unit

BRACKETS = regex.compile(r"\([^()]{0,200}\)?|\[[^\[\]]{0,40}\]|\*")
SUPERSCRIPT = regex.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
AGENCY_ROLES = frozenset({"lead", "support", "lead_support"})
SIMILAR = 90  # of 100: how alike, without tone marks, a heading and a phrase must be to count as an OCR variant
LONGEST = 80  # code points: no heading is longer


@dataclass(frozen=True, slots=True)
class Phrase:
    """A wording of patterns/headers.toml: folded to words, without tone marks, its role, and whether it must be the whole heading."""

    words: str
    plain: str
    role: str
    whole: bool


@cache
def _phrases() -> tuple[Phrase, ...]:
    """All wordings, longest first."""
    lists: Mapping[str, list[str]] = table("headers")
    rows = (Phrase(_words(fold(p)), bare(p.lstrip("=")), role, p.startswith("=")) for role, phrases in lists.items() for p in phrases)
    return tuple(sorted(rows, key=lambda p: -len(p.words)))


@lru_cache(maxsize=4096)
def role_of(heading: str) -> str:
    """The role of the longest phrase that the heading is, begins with or holds; "" where none fits.

    A heading that names a leading and a supporting agency is `lead_support`. OCR variants are met by similarity.
    """
    text = fold(BRACKETS.sub(" ", SUPERSCRIPT.sub("", heading)))
    words = _words(text)
    if not words or len(text) > LONGEST:
        return ""
    if words.replace(" ", "") in {"tt", "stt", "sốtt"}:
        return "ordinal"
    agency = {p.role for p in _phrases() if p.role in AGENCY_ROLES and f" {p.words} " in f" {words} "}
    if {"lead", "support"} <= agency or "lead_support" in agency or ("lead" in agency and "phối hợp" in text):
        return "lead_support"
    exact = next((p.role for p in _phrases() if p.words == words), "")
    begins = exact or next((p.role for p in _phrases() if not p.whole and words.startswith(f"{p.words} ")), "")
    return begins or next((p.role for p in _phrases() if not p.whole and " " in p.words and f" {p.words} " in f" {words} "), "") or _similar(text)


_IN_BRACKETS = regex.compile(r"\((?:\s*(?:đơn vị(?: tính)?|đvt)\s*:)?(?P<unit>[^()]{1,40})\)", regex.IGNORECASE)


def unit_of(heading: str) -> str | None:
    """The unit a heading gives in brackets ("Số lượng (mẫu)", "Tần suất (đợt/tháng)"), as printed; None where they hold none."""
    found = (" ".join(match["unit"].split()).strip(" .:") for match in _IN_BRACKETS.finditer(heading))
    return next((unit for unit in found if is_unit(unit)), None)


@cache
def _words(phrase: str) -> str:
    words: str = regex.sub(r"[^\w%]+", " ", phrase)
    return words.strip()


def _similar(text: str) -> str:
    key = bare(text)
    if len(key) < 6:
        return ""
    score, role = max((fuzz.ratio(key, p.plain), p.role) for p in _phrases())
    return role if score >= SIMILAR else ""
