"""Forms in which gold and found values are compared: printed, soft, and normal per kind of value.

None of this changes what is stored; it only decides when two values are the same.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import regex

from extractor.values.agencies import normal_agency

SPACE = regex.compile(r"\s+")
MARKS = regex.compile(r"[*_|`]+|</?[A-Za-z][^<>]*>")  # what Markdown and HTML leave in a text
TIGHT = regex.compile(r"\s*([^\w\s])\s*")  # blanks beside punctuation carry no meaning
WORD = regex.compile(r"\w+")
ENDS = " .,;:-–+•"
# the tone of a final -oa, -oe, -uy stands on either vowel: hòa = hoà
TONE_PAIRS = ["òaoà", "óaoá", "ỏaoả", "õaoã", "ọaoạ", "òeoè", "óeoé", "ỏeoẻ", "õeoẽ", "ọeoẹ", "ùyuỳ", "úyuý", "ủyuỷ", "ũyuỹ", "ụyuỵ"]
TONES = MappingProxyType({pair[:2]: pair[2:] for pair in TONE_PAIRS})
TONE = regex.compile("|".join(TONES))
ALIKE_LETTERS = str.maketrans({"ð": "đ", "–": "-", "—": "-", "‑": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "\u00ad": None})
# written out and short forms that no reader tells apart; longest first
SHORT = MappingProxyType(
    {
        "uỷ ban mặt trận tổ quốc việt nam": "ubmttqvn",
        "uỷ ban mặt trận tổ quốc": "ubmttq",
        "uỷ ban nhân dân": "ubnd",
        "hội đồng nhân dân": "hđnd",
        "hội đồng nd": "hđnd",
        "hdnd": "hđnd",
        "thông tin và truyền thông": "tt&tt",
        "cải cách hành chính": "cchc",
        "thủ tục hành chính": "tthc",
        "công nghệ thông tin": "cntt",
    }
)
SHORTS = regex.compile("|".join(SHORT))


@lru_cache(maxsize=1 << 17)
def printed(text: str) -> str:
    """NFC with white space folded to single blanks: the strict form."""
    return str(SPACE.sub(" ", unicodedata.normalize("NFC", text))).strip()


@lru_cache(maxsize=1 << 17)
def bare(text: str) -> str:
    """Case, white space, tone-mark placement, end punctuation and dashes folded."""
    text = printed(MARKS.sub("", text)).casefold().translate(ALIKE_LETTERS)
    text = TONE.sub(lambda m: TONES[m[0]], text)
    return str(TIGHT.sub(r"\1", text)).strip(ENDS)


@lru_cache(maxsize=1 << 17)
def soft(text: str) -> str:
    """As `bare`, with common abbreviations folded too."""
    return str(SHORTS.sub(lambda m: SHORT[m[0]], bare(text)))


@lru_cache(maxsize=1 << 15)
def agency(text: str) -> str:
    """The normal form of an agency's name, or its soft form where no normal form is known."""
    return soft(normal_agency(text) or text)


@lru_cache(maxsize=1 << 15)
def code(text: str) -> str:
    """Row codes and document numbers: blanks and final dots do not count."""
    return str(SPACE.sub("", unicodedata.normalize("NFC", text))).rstrip(".")


@lru_cache(maxsize=1 << 12)
def rrule(text: str) -> str:
    """A recurrence rule with its parts in one order (RFC 5545 allows any)."""
    parts = (part.partition("=") for part in code(text).upper().removeprefix("RRULE:").split(";"))
    return ";".join(sorted(f"{key}={','.join(sorted(value.split(',')))}" for key, _, value in parts if (key, value) != ("INTERVAL", "1")))


def normal(value: Any) -> Any:
    """Values that are right or wrong with nothing between: numbers as floats, the rest as it is."""
    if isinstance(value, bool) or value is None:
        return value or None  # a flag that is not set says nothing
    if isinstance(value, (int, float)):
        return round(float(value), 9)
    return printed(value) if isinstance(value, str) else value


def words(text: str) -> list[str]:
    """Soft-folded words, for asking whether a quote holds them."""
    return [str(word) for word in WORD.findall(soft(text))]
