"""Numbers and symbols of documents (`76/NQ-CP`, `48-KL/TW`, `33/2023/NĐ-CP`) and the types they stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from extractor.patterns import patterns, table, time_limit
from extractor.values.folding import bare, fold, squeeze

_PARTS = re.compile(r"[-/.&\s]+")
_LETTER = re.compile(r"[A-ZĐƯ][A-Za-zĐđƯư\d.&-]*(?:[-/][A-ZĐƯ\d][A-Za-zĐđƯư\d.&-]*)+")
_PREFIX = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,2}\s?[:.]?\s?(?=\d)")
_SHARED = re.compile(r"(?:(?<!\d)\d{1,5}\s*(?:,|;|và)\s*){1,9}$")


@dataclass(frozen=True, slots=True)
class Symbol:
    """A document's number in a text: `text` as printed, `number` its normal form, `doc_type` the code or None.

    Of numbers that share a symbol ("18,19-NQ/TW") each is one, the first with its digits alone as `text`.
    """

    start: int
    end: int
    text: str
    number: str
    doc_type: str | None


def read_symbol(text: str) -> str | None:
    """The number a text is, blanks removed and Ð as Đ: `395 /KH-UBND` is `395/KH-UBND`; None where it is none.

    Letters stay as printed (an OCR'd `QD-UBND` too); a leading "Số:" is allowed.
    """
    plain = squeeze(text).rstrip(" .,;") if len(text) <= 120 else ""
    head = _PREFIX.match(plain)
    if head is not None and fold(head[0]).rstrip(" :.") in table("doctypes")["prefix"]["words"]:
        plain = plain[head.end() :]
    (pattern,) = patterns("doctypes")
    return convert(pattern.regex.fullmatch(plain, timeout=time_limit(len(plain))))


def find_symbols(text: str) -> list[Symbol]:
    """Every document number with a symbol in a text, in order; dates and ratios are none."""
    found = _scan(text)
    shared = [extra for symbol in found for extra in _sharing(text, symbol)]
    return sorted(found + shared, key=lambda symbol: symbol.start) if shared else found


def _scan(text: str) -> list[Symbol]:
    if "/" not in text and "-" not in text:
        return []
    (pattern,) = patterns("doctypes")
    found = []
    for match in pattern.regex.finditer(text, timeout=time_limit(len(text)), concurrent=False):
        number = convert(match)
        if number is not None:
            found.append(Symbol(match.start(), match.end(), match[0], number, doc_type_of(number)))
    return found


def _sharing(text: str, symbol: Symbol) -> list[Symbol]:
    head = _SHARED.search(text, max(0, symbol.start - 60), symbol.start)
    if head is None:
        return []
    tail = symbol.number.lstrip("0123456789")
    if tail[:1] not in "/-":
        return []
    return [Symbol(head.start() + m.start(), head.start() + m.end(), m[0], m[0] + tail, symbol.doc_type) for m in re.finditer(r"\d+", head[0])]


def convert(match: re.Match[str] | None) -> str | None:
    """The normal form of a match of the pattern `number` of `doctypes.toml`, None where its symbol cannot be one."""
    if match is None:
        return None
    number = re.sub(r"\s+", "", match[0]).replace("Ð", "Đ")
    symbol = re.sub(r"\s+", "", match["symbol"]).replace("Ð", "Đ")
    if not re.search(r"[-/.]", symbol.rstrip(".")) and not match["year"]:
        return number if symbol in table("doctypes")["single"]["symbols"] else None
    return number


def doc_type_of(text: str) -> str | None:
    """The code of the type a name ("Kế hoạch"), a symbol ("QĐ-UBND") or a whole number ("76/NQ-CP") stands for, or None.

    A symbol without a type names a letter's author: CV. Codes: Decree 30/2020/NĐ-CP, annex III, and legal documents.
    """
    if len(text) > 80:
        return None
    name = _names().get(fold(text).strip(" .:,"))
    if name is not None:
        return name
    symbol = re.sub(r"^\s*\d+[a-zđ]?\s*(?:/\s*(?:19|20)\d\d)?\s*[-/]\s*", "", text).strip().replace("Ð", "Đ")
    first = _PARTS.split(symbol, maxsplit=1)[0]
    code = _codes().get(first) or _codes().get(first.upper() if first.isupper() or first[1:].islower() else first)
    if code is not None:
        return code
    body = table("doctypes")["bodies"].get(first.rstrip("0123456789"))
    if body is not None:
        return str(body)
    return "CV" if _LETTER.fullmatch(re.sub(r"\s*([-/])\s*", r"\1", symbol)) else None


@cache
def _names() -> Mapping[str, str]:
    """Folded names to codes, and the same without diacritics where no two types share them."""
    rows = [(name, row["code"]) for row in table("doctypes")["type"] for name in row["names"]]
    plain = {bare(name): code for name, code in reversed(rows)}
    return MappingProxyType(plain | {fold(name): code for name, code in rows})


@cache
def _codes() -> Mapping[str, str]:
    """Spellings in symbols to codes: the code itself, listed ones, and those an OCR'd D for Đ leaves, if free."""
    exact: dict[str, str] = {}
    loose: dict[str, str] = {}
    for row in table("doctypes")["type"]:
        for spelling in row.get("symbols", [row["code"]]):
            exact[spelling] = row["code"]
        exact.setdefault(row["code"], row["code"]) if row["code"] != "QH" else None
        loose.setdefault(row["code"].replace("Đ", "D"), row["code"])
        loose.setdefault(row["code"].upper(), row["code"])
    return MappingProxyType({spelling: code for spelling, code in loose.items() if spelling not in table("doctypes")["bodies"]} | exact)
