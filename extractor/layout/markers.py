"""What stands in front of a heading or list item: "I.", "1.2.", "a)", "-", "Điều 3.", "Phần thứ nhất"."""

from __future__ import annotations

from types import MappingProxyType
from typing import NamedTuple

import regex


class Marker(NamedTuple):
    """A marker as printed, its style, its value in the count (None for dashes), and where the text behind it begins.

    `path` holds the numbers of "1.2.3" as (1, 2, 3).
    """

    text: str
    style: str
    value: int | None
    end: int
    path: tuple[int, ...] = ()


_WORDS = MappingProxyType(
    {"nhất": 1, "một": 1, "hai": 2, "nhì": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10}
)
_CAPITALS = frozenset("ABCDĐEGH")  # "P. Nội vụ", "Q. Ba Đình" and "X. Ea Kao" are a ward, a district, a commune
_LETTERS = "abcdđeghiklmnopqrstuvxy"  # Vietnamese lists have no f, j, w, z (Decree 30/2020/NĐ-CP, annex I)
NAMED = regex.compile(
    r"""(?P<name>phần|chương|mục|tiểu\ mục|[đð]iều)\s+
    (?:thứ\s+(?P<word>\p{L}+)|(?P<roman>(?-i:[IVXL]{1,7}))|(?P<number>\d{1,3})[a-zđ]?)(?P<tail>\s*[.:–-]|\b)\s*""",
    regex.IGNORECASE | regex.VERBOSE,
)
ROMAN = regex.compile(r"(?P<roman>[IVXLl1]{1,6}|[A-ZĐ])(?P<tail>[.)/,]|\s?-)\s*(?=\S)")
NUMBER = regex.compile(r"\(?(?P<path>\d{1,2}(?:\.\d{1,2}){0,5})(?P<tail>[.)/]|\s?-(?=\s)|,(?=\s\p{Lu}))?(?P<gap>\s*)(?=(?P<next>\S))")
LETTER = regex.compile(r"\(?(?P<letter>[a-zđ])\d?\s?(?P<tail>[.)/])\s*(?=\S)")
DOTTED_LETTER = regex.compile(r"(?P<letter>[a-zđ])\.(?P<number>\d{1,2})(?P<tail>[.)/])\s*(?=\S)")
BULLET = regex.compile(r"(?P<mark>[-–—−+*•●○▪■►▸✓✔➢➤·∙◦]|(?=)|\uf0b7|o(?=\s\p{Lu}))(?P<gap>\s*)(?=(?P<next>\S))")
NEGATIVE = regex.compile(r"\d+([.,]\d+)?\s*(%|đồng|tỷ|triệu)?$")
_DASHES = "-–—−"
_ROMAN_VALUES = MappingProxyType({"I": 1, "V": 5, "X": 10, "L": 50, "C": 100})


def find_marker(text: str) -> Marker | None:
    """The marker that `text` begins with, or None."""
    first = text[:1]
    if not first:
        return None
    if first.isdigit():
        return _number(text)
    if first in "+*•●○▪■►▸✓✔➢➤·∙◦\uf0b7" or first in _DASHES or first == "o":
        return _bullet(text)
    if first == "(":
        return _number(text) or _letter(text)
    if first.isupper():
        return _named(text) or _capital(text)
    misread = _capital(text) if first == "l" and text[1:2] in ".," else None
    return _named(text) or misread or _letter(text) or (_capital(text) if first == "l" else None)


def _number(text: str) -> Marker | None:
    found = NUMBER.match(text)
    if not found:
        return None
    path = tuple(map(int, found["path"].split(".")))
    tail, follows = found["tail"] or "", found["next"]
    if text[0] == "(" and tail != ")":
        return None
    if not tail and (len(path) == 1 or not found["gap"] or not (follows.isupper() or follows in '“"-')):
        return None
    if not found["gap"] and not (follows.isupper() or follows in '“"('):
        return None
    if tail in {"/", ","} and not (follows.isupper() and (found["gap"] or text[found.end() + 1 : found.end() + 2].islower())):
        return None  # "71/NQ-CP" is a document's number
    if len(path) > 1 and path[-1] == 0:
        return None
    end = found.end()
    inner = BULLET.match(text, end) if len(path) > 1 else None  # "5.1. - Kết quả": the number counts
    if inner and inner["mark"] in _DASHES and inner["gap"]:
        end = inner.end()
    style = f"number{len(path)}" if tail != ")" or len(path) > 1 else "bracket"
    return Marker(text[: found.start("gap")], style, path[-1], end, path)


def _bullet(text: str) -> Marker | None:
    found = BULLET.match(text)
    if not found or not found["mark"]:
        return None
    follows = found["next"]
    if not found["gap"] and not follows.isupper() and not (follows.islower() and found["mark"] != "o"):
        return None
    if follows.isdigit() and found["mark"] in _DASHES and NEGATIVE.match(text, found.end()):
        return None
    if text[:3] in {"---", "–––", "***"} or follows in _DASHES:
        return None
    mark = found["mark"]
    return Marker(mark, "-" if mark in _DASHES else mark, None, found.end())


def _letter(text: str) -> Marker | None:
    dotted = DOTTED_LETTER.match(text)
    if dotted:
        path = (_LETTERS.find(dotted["letter"]) + 1, int(dotted["number"]))
        return Marker(text[: dotted.end("tail")], "letter2", path[1], dotted.end(), path)
    found = LETTER.match(text)
    if not found or (text[0] == "(" and found["tail"] != ")"):
        return None
    if found["tail"] in "./" and not (text[found.end("tail") : found.end("tail") + 1].isspace() or text[found.end()].isupper()):
        return None
    return Marker(text[: found.end("tail")], "letter", _LETTERS.find(found["letter"]) + 1, found.end())


def _capital(text: str) -> Marker | None:
    found = ROMAN.match(text)
    if not found:
        return None
    sign, tail = found["roman"], found["tail"]
    body = text[found.end() :]
    spaced = found.end() > found.end("tail")
    if tail in ",/" or tail.endswith("-") or not spaced:
        # "II, NỘI DUNG" and "I- MỤC ĐÍCH" are numbers only before a heading; "V/v", "A/H5N1", "X-quang" are none
        loud = body[:12].isupper() and len(body) > 5
        if not body[:1].isupper() or (tail in ",/" and not loud) or (tail.endswith("-") and not loud and not spaced):
            return None
        if len(sign) == 1 and sign not in "IVX" and tail != ".":
            return None
    if sign == "l" and not body[:8].isupper():
        return Marker(text[: found.end("tail")], "number1", 1, found.end(), (1,))  # OCR: "l. Mục đích"
    roman = sign.replace("l", "I").replace("1", "I")
    if roman.strip("IVXL") == "" and sign not in {"L", "l"} and (sign.isupper() or not sign.isdigit()) and roman_value(roman):
        if sign.isdigit():
            return None
        return Marker(text[: found.end("tail")], "roman", roman_value(roman), found.end())
    if sign in _CAPITALS:
        if tail == "." and not spaced and not body[:2].isupper():
            return None
        return Marker(text[: found.end("tail")], "capital", _LETTERS.find(sign.lower()) + 1, found.end())
    return None


def _named(text: str) -> Marker | None:
    found = NAMED.match(text)
    if not found:
        return None
    name = found["name"].lower().replace("ð", "đ")
    word, number = found["word"], found["number"]
    value = _WORDS.get(word.lower()) if word else int(number) if number else roman_value(found["roman"])
    body = text[found.end() :]
    if value is None or (body and not found["tail"].strip() and not body[:1].isupper() and body[0] not in '(“"'):
        return None
    stopped = found["tail"].strip() in {".", ":"}
    loud = body[:8].isupper() or (name == "điều" and body[:1].isupper())
    if text[:1].islower() or (body and not stopped and not loud and name in {"mục", "điều", "phần"}):
        return None  # "Mục 2 phần II", "Điều 5 Luật …" in running text
    return Marker(text[: found.end("tail")].rstrip(), name, value, found.end())


def roman_value(text: str) -> int | None:
    """The number a Roman numeral writes, None for letters that write none ("IIX", "VV")."""
    if not text:
        return None
    values = [_ROMAN_VALUES.get(c, 0) for c in text]
    total = sum(-v if v < n else v for v, n in zip(values, [*values[1:], 0], strict=True))
    return total if total > 0 and write_roman(total) == text else None


def write_roman(number: int) -> str:
    """1 → "I", 4 → "IV" (up to 399)."""
    parts = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    text = ""
    for value, sign in parts:
        count, number = divmod(number, value)
        text += sign * count
    return text
