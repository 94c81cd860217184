"""What names of public bodies are made of (`agencies.toml`), and the one form that equal names share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from extractor.patterns import table
from extractor.values.folding import bare, level, squeeze

LONGEST = 2_000  # code points of a list of bodies that are looked at
NOTE = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"[\w&]+")


class Words(NamedTuple):
    """A text as printed and levelled: the same offsets hold for both."""

    printed: str
    level: str

    def squeezed(self, start: int, end: int) -> str:
        return squeeze(self.level[start:end])

    def name(self, start: int, end: int) -> str:
        return squeeze(self.printed[start:end])


def phrases(name: str) -> tuple[str, ...]:
    """The list `name` of `agencies.toml`, levelled."""
    return _levelled(name)


@cache
def _levelled(name: str) -> tuple[str, ...]:
    return tuple(squeeze(level(phrase)) for phrase in table("agencies")[name])


def one_of(names: Iterable[str]) -> str:
    """A regex for any of the phrases, longest first, blanks and dashes as loose as print has them."""
    words = sorted({squeeze(level(name)) for name in names}, key=lambda word: (-len(word), word))
    return "|".join(_loose(re.escape(word)) for word in words)


def _loose(word: str) -> str:
    return word.replace(r"\ và\ ", r"\s*(?:(?<=\s)và\s|&\s?)\s*").replace(r"\ \-\ ", r"\s*-\s*").replace(r",\ ", r"\s*,\s*").replace(r"\ ", r"\s+")


@cache
def word(name: str) -> re.Pattern[str]:
    """Any phrase of the list `name`, as whole words."""
    return re.compile(rf"(?:{one_of(phrases(name))})(?![\w&])")


@cache
def _first_words(name: str) -> frozenset[str]:
    return frozenset(match[0] for phrase in phrases(name) if (match := _WORD.match(phrase)))


def matches(name: str, levelled: str, at: int, end: int) -> int:
    """Where a phrase of the list `name` that begins at `at` ends; 0 where none does."""
    first = _WORD.match(levelled, at, end)
    if first is None or first[0] not in _first_words(name):
        return 0
    match = word(name).match(levelled, at, end)
    return match.end() if match else 0


def field_at(levelled: str, at: int, end: int) -> int:
    """Where a known field ("Nội vụ", "Văn hóa, Thể thao và Du lịch") that begins at `at` or after blanks ends; else 0."""
    while at < end and levelled[at].isspace():
        at += 1
    return matches("fields", levelled, at, end)


@cache
def _whole_fields() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{one_of(f for f in phrases('fields') if re.search(r',| và |-', f))})(?!\w)")


def whole_fields(levelled: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where fields stand whose own commas, "và" and dashes take nothing apart."""
    if not any(joint in levelled for joint in (" và ", "&", "-", ",")):
        return []
    return [match.span() for match in _whole_fields().finditer(levelled, start, end)]


def capital_at(printed: str, at: int, end: int) -> bool:
    """Whether the next letter at or after `at` is a capital."""
    while at < end and (printed[at].isspace() or printed[at] == "/"):
        at += 1
    return at < end and printed[at].isupper()


# ---- one form --------------------------------------------------------------------------------------------------


@cache
def _spelt() -> tuple[re.Pattern[str], Mapping[str, str]]:
    words = MappingProxyType({squeeze(level(short)): full for short, full in table("agencies")["abbreviations"].items()})
    return re.compile(rf"(?<![\w&])(?:{one_of(words)})(?![\w&])"), words


@cache
def _accented() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Phrases without diacritics and what they stand for."""
    known = [p for name in ("fields", "complete", "named", "kinds", "places") for p in phrases(name)]
    plain: dict[str, str] = {}
    for phrase in [*known, *table("agencies")["abbreviations"].values()]:
        if len(phrase) > 3 or phrase in ("sở", "bộ", "xã"):
            plain.setdefault(bare(phrase), phrase)
    return re.compile(rf"(?<!\w)(?:{one_of(plain)})(?!\w)"), MappingProxyType(plain)


@lru_cache(maxsize=8192)
def normal_agency(name: str) -> str:
    """`name` in the form that equal bodies share: lower case, abbreviations spelt out, no "các", no notes in brackets.

    `UBND tỉnh`, `Uỷ ban nhân dân tỉnh` and `Uy ban nhan dan tinh` are equal.
    """
    plain = squeeze(NOTE.sub(" ", level(name[:LONGEST]))).strip(" .,;:-*_")
    if plain.isascii():
        pattern, words = _accented()
        plain = pattern.sub(lambda found: words.get(squeeze(found[0]), found[0]), plain)
    pattern, words = _spelt()
    plain = pattern.sub(lambda found: words.get(squeeze(found[0]), found[0]), plain).replace("&", " và ")
    plain = re.sub(r"\s*-\s*", " - ", re.sub(r"\s*,\s*", ", ", plain)).replace(".", " ")
    opener = matches("openers", plain, 0, len(plain))
    return squeeze(plain[opener:] if opener < len(plain) else plain)
