"""Numbers as Vietnamese documents print them: `.` groups thousands, `,` is the decimal mark, percent stays percent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

import regex

from extractor.patterns import TIMEOUT, patterns, table
from extractor.values.folding import level, squeeze

LONGEST = 400  # code points of a cell that may be a quantity; longer ones are text
_MARK = regex.compile(r"(?<!m)[¹²³⁰⁴-⁹*]+$")  # footnote marks; "m²" is a unit


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a cell or phrase says: `value` (percent stays percent), a printed ratio, and the word that bends it.

    `unit` is what follows the number ("triệu đồng", "văn bản"), None where nothing does. `low` and `high` hold a range,
    which has no one `value`.
    """

    text: str
    value: float | None
    numerator: float | None
    denominator: float | None
    approx: str | None
    percent: bool
    unit: str | None = None
    low: float | None = None
    high: float | None = None


def read_number(text: str) -> float | None:
    """The number `text` is, or None where it cannot be one: `1.762` is 1762, `62.28` 62.28, `12.16%` 12.16, `05` 5.

    A dot before exactly three digits groups thousands, unless a percent sign follows.
    """
    if len(text) > 40 or not any(map(str.isdecimal, text)):
        return None
    if text.isascii() and text.isdecimal():
        return float(text)
    plain = _MARK.sub("", squeeze(level(text))).rstrip(" .,;")
    percent = plain.endswith("%")
    plain = plain.removesuffix("%").rstrip()
    if plain.startswith("(") and plain.endswith(")"):  # bookkeepers' minus
        plain = "-" + plain[1:-1].strip()
    if not plain.isascii() or plain.startswith("-("):
        return None
    if percent and plain.count(".") == 1 and "," not in plain:
        return _decimal(plain)
    return next((number for row in patterns("numbers") if (number := convert(row.id, row.regex.fullmatch(plain))) is not None), None)


def convert(pattern_id: str, match: Any) -> float | None:
    """The value of a match of one of the patterns of `numbers.toml`; None for no match."""
    return None if match is None else CONVERTERS[pattern_id](match[0])


def _decimal(text: str) -> float | None:
    digits = text.lstrip("+-").replace(".", "", 1)
    return float(text) if digits.isdecimal() and text[-1] != "." else None


def _vietnamese(text: str) -> float:
    return float(text.replace(".", "").replace(" ", "").replace(",", "."))


def _english(text: str) -> float:
    return float(text.replace(",", ""))


CONVERTERS: Mapping[str, Any] = MappingProxyType(
    {
        "grouped": _vietnamese,
        "decimal_comma": _vietnamese,
        "decimal_dot": float,
        "plain": float,
        "foreign": _english,
        "spaced": _vietnamese,
    }
)

_NUMBER = r"[+-]?\d+(?:[.,]\d+)*(?:\ \d{3}(?!\d))*(?:,\d+)?"


@cache
def _grammar() -> Any:
    words = table("numbers")

    def one_of(phrases: Any) -> str:
        return "|".join(regex.escape(p, special_only=True) for p in sorted(phrases, key=len, reverse=True))

    return regex.compile(
        rf"(?:(?:{one_of(words['lead_in'])})\s+)*(?:(?P<approx>{one_of(words['approx'])})\s*)?"
        rf"(?P<first>{_NUMBER})\s*(?P<percent1>%)?"
        rf"(?:\s*/\s*(?P<under>{_NUMBER})(?![\d/])|\s*(?:-|đến)\s*(?P<last>{_NUMBER}))?\s*(?P<percent>%)?"
        rf"(?:\s*(?P<scale>{one_of(words['scale'])})\b)?"
        rf"(?:\s*\(\s*(?P<unit>[^\W\d_][^\d()]{{0,30}})\)|(?P<unit>\s*[^\W\d_][^\d(%,;:]{{0,60}}))??"
        rf"\s*(?P<after>{one_of(words['approx_after'])})?"
        rf"(?:\s*[,;(]\s*(?:(?:đạt|tỷ lệ|tỉ lệ|chiếm|là)\s*)*"
        rf"(?:(?P<num>{_NUMBER})\s*/\s*(?P<den>{_NUMBER})|(?P<share>{_NUMBER})\s*%)[^\d]{{0,60}}?\)?)?"
        r"\s*[.;,]?"
    )


def read_quantity(text: str) -> Quantity | None:
    """What a whole table cell or phrase says, or None where it is text, a dash or empty.

    `100% (17/17)` is value 100 with 17 of 17; `26/26` has no value of its own; `hơn 30%` is 30 bent by "hơn"; a bare
    `15 triệu` is 15,000,000, but `15 triệu đồng` 15 with unit "triệu đồng"; a range has `low` and `high`.
    """
    plain = squeeze(level(text)) if len(text) <= LONGEST else ""
    if not plain or not any(c.isdecimal() for c in plain):
        return None
    number = read_number(text)
    if number is not None:
        return Quantity(squeeze(text), number, None, None, None, "%" in plain)
    try:
        match = _grammar().fullmatch(_MARK.sub("", plain), timeout=TIMEOUT)
    except TimeoutError:
        return None
    return None if match is None else _quantity(squeeze(text), match)


def _is_unit(words: str, number: float) -> bool:
    """Whether `words` after `number` say what is counted; "2.1 sở nội vụ" is a numbered line."""
    if number.is_integer():
        return words.count(" ") < 4 or any(words.startswith(unit + " ") for unit in units())
    return words in units() or any(words.startswith(unit + " ") for unit in units("measure"))


@cache
def units(kind: str | None = None) -> tuple[str, ...]:
    """The units and counted nouns of `units.toml` (or of one list of it), levelled, longest first."""
    lists = table("units").values() if kind is None else [table("units")[kind]]
    return tuple(sorted({squeeze(level(name)) for names in lists for name in names}, key=lambda name: (-len(name), name)))


_MANY = regex.compile(r"(?:1[.,]?000(?:[.,]?000)*|nghìn|ngàn|vạn|triệu|tỷ|tỉ)\s*(?=\p{L})")
_SHORT = MappingProxyType({"đ": "đồng", "tr.đồng": "triệu đồng"})


@lru_cache(maxsize=4096)
def is_unit(text: str) -> bool:
    """Whether `text` is a unit and nothing else: a known one, a multiple of it ("1000đ"), or one per another ("đợt/năm")."""
    parts = [squeeze(part) for part in level(text).split("/")]
    first = parts[0] if parts[0] in units() else _MANY.sub("", parts[0], count=1)
    return all(_SHORT.get(part, part) in units() for part in (first, *parts[1:]))


@lru_cache(maxsize=4096)
def is_money(unit: str) -> bool:
    """Whether a unit counts money ("triệu đồng", "1000đ", "đồng/người")."""
    first = squeeze(level(unit).split("/")[0])
    plain = _MANY.sub("", first, count=1)
    return not {first, plain, _SHORT.get(plain, plain)}.isdisjoint(units("money"))


def _quantity(text: str, match: Any) -> Quantity | None:
    first, under, last = (read_number(match[name]) if match[name] else None for name in ("first", "under", "last"))
    num, den, share = (read_number(match[name]) if match[name] else None for name in ("num", "den", "share"))
    if first is None or (match["under"] and under is None) or (match["last"] and last is None) or (match["under"] and match["num"]):
        return None
    percent = bool(match["percent"] or match["percent1"] or match["share"])
    unit, scale = squeeze(match["unit"] or "") or None, match["scale"]
    if unit and not scale and not _is_unit(unit, first):
        return None
    if scale and unit:
        unit = f"{scale} {unit}"
    elif scale:
        factor = table("numbers")["scale"][scale]
        first, last = first * factor, last and last * factor
    approx = match["approx"] or match["after"]
    if last is not None:
        return Quantity(text, None, None, None, approx, percent, unit, first, last) if first < last else None
    if under is not None:
        return Quantity(text, share, first, under, approx, percent, unit)
    return Quantity(text, first, num, den, approx, percent, unit)
