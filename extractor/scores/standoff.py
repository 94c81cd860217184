"""Labels without the words: strings as offsets into a document that stays outside, and back.

A string becomes `{"ref": [[start, end], …], "sha256": …}`: half-open code points of the document's reference text, and the first
16 hexadecimal digits of the SHA-256 of the string, so that a label never silently points at other words. Where white space of the
label and of the document differ, `blanks` gives the places of the label's blanks in its letters; where a page shows another letter
than its characters say (a font without a table of characters), `mend` gives the letters the page shows, by place.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import regex

from extractor.scores import fold

DROPPED = regex.compile(r"[\s|*_`\uFFFE\uFEFF\u200b]|</?[A-Za-z][^<>]*>")  # what stands between letters without being any
HYPHEN = "\x02"  # PDFium's hyphen at a line's end
# values in normal form, which are facts and not words of the document
NORMAL = frozenset(
    {
        "doc", "sha256", "complete", "split", "source", "labelled_by", "made_by", "reference", "twins", "doc_type", "number", "place", "issued_on",
        "signing_mode", "period", "origin", "code", "area", "status", "relation", "edtf", "due_on", "start_on", "rrule", "value", "numerator",
        "denominator", "blank", "value_text", "approx",
    }
)  # fmt: skip
# short names that may stay as they are where the document spells them differently ("các sở: Tư pháp, Tài chính")
NAMES = frozenset({"issuer", "addressees", "lead", "support", "who", "to", "via", "unit"})
PIECES = 8  # a label torn into more parts than this is not the document's own words
MENDED = 6  # at most one letter in so many may be other than the file's characters say


@dataclass(frozen=True)
class Letters:
    """A text without blanks and marks; `places[i]` is where its letter i stands in the text."""

    letters: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Letters:
        kept: list[str] = []
        places: list[int] = []
        last = 0
        for gap in [*DROPPED.finditer(text), None]:
            start = gap.start() if gap else len(text)
            kept.append(text[last:start])
            places.extend(range(last, start))
            last = gap.end() if gap else start
        return cls("".join(kept).replace(HYPHEN, "-"), tuple(places))


def digest(text: str) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of a string."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def locate(string: str, text: Letters, after: int = 0) -> list[list[int]] | None:
    """Where a string stands in a text, tolerant to white space and marks: one part, or several where it is torn.

    The first place at or behind offset `after` is taken, else the first at all. None where it is not there.
    """
    wanted, start = str(DROPPED.sub("", fold.printed(string))).replace(HYPHEN, "-"), bisect_left(text.places, after)
    parts: list[list[int]] = []
    while wanted and len(parts) < PIECES:
        size, place = _longest(wanted, text.letters, start)
        if size < min(2, len(wanted)):
            return None
        parts.append([text.places[place], text.places[place + size - 1] + 1])
        wanted, start = wanted[size:], place + size
    return parts if parts and not wanted else None


def _longest(wanted: str, letters: str, start: int) -> tuple[int, int]:
    """The longest head of `wanted` in `letters` (size, place), behind `start` where it is there, by halving."""
    low, high, place = 0, len(wanted), -1
    size = high
    while low < high:
        found = letters.find(wanted[:size], start)
        found = letters.find(wanted[:size]) if found < 0 else found
        low, high, place = (size, high, found) if found >= 0 else (low, size - 1, place)
        size = (low + high + 1) // 2
    return low, place


def written(parts: list[list[int]], text: str) -> str:
    """The words at some offsets, marks dropped and white space folded."""
    return fold.printed(fold.MARKS.sub("", " ".join(text[s:e] for s, e in parts)).replace(HYPHEN, "-"))


def to_ref(string: str, text: str, letters: Letters, after: int = 0) -> dict[str, Any] | None:
    """A string as a reference into `text`, or None where its words are not there."""
    plain = fold.printed(string)
    parts, mend = locate(string, letters, after), list[list[Any]]()
    if parts is None or len(parts) > 1:  # a whole stretch with a letter or two named wrong says more than shreds from here and there
        whole, mend = misread(plain, letters, after)
        parts = whole or parts
    if parts is None:
        return None
    ref: dict[str, Any] = {"ref": parts, "sha256": digest(plain)}
    if mend:
        ref["mend"] = mend
    if mend or written(parts, text) != plain:
        ref["blanks"] = _blanks(plain)
    return ref if resolve(ref, text) == plain else None


def misread(plain: str, text: Letters, after: int = 0) -> tuple[list[list[int]] | None, list[list[Any]]]:
    """Where a string stands whose letters the file partly names wrong, and those letters as (place, letter).

    The stretch must have the same length, and wrong letters stand alone (two in a row are other words); it is found by its longest
    head that is named right. None where there is none.
    """
    wanted = str(DROPPED.sub("", plain))
    size, place = _longest(wanted, text.letters, bisect_left(text.places, after))
    if size < min(len(wanted), MENDED):
        return None, []
    found = text.letters[place : place + len(wanted)]
    mend: list[list[Any]] = [[n, right] for n, (right, wrong) in enumerate(zip(wanted, found, strict=False)) if right != wrong]
    in_a_row = any(right[0] - left[0] == 1 for left, right in pairwise(mend))
    if len(found) < len(wanted) or in_a_row or len(mend) * MENDED > len(wanted):
        return None, []
    return [[text.places[place], text.places[place + len(wanted) - 1] + 1]], mend


def _blanks(plain: str) -> list[int]:
    places, letters = [], 0
    for character in plain:
        if character == " ":
            places.append(letters)
        else:
            letters += 1
    return places


def resolve(ref: Mapping[str, Any], text: str) -> str | None:
    """The string a reference stands for; None where other words stand there now.

    Raises: IndexError where its offsets are outside the text.
    """
    parts = ref["ref"]
    if any(not 0 <= s < e <= len(text) for s, e in parts):
        raise IndexError(f"offsets {parts} outside the text of {len(text)} characters")
    string = written(parts, text)
    if "blanks" in ref:
        letters = "".join(Letters.of(text[s:e]).letters for s, e in parts)
        for place, letter in ref.get("mend", ()):
            letters = letters[:place] + letter + letters[place + 1 :]
        cuts = [0, *ref["blanks"], len(letters)]
        string = " ".join(letters[a:b] for a, b in pairwise(cuts))
    return string if digest(string) == ref["sha256"] else None


def is_ref(value: Any) -> bool:
    """Whether a value is a reference in place of a string."""
    return isinstance(value, Mapping) and "ref" in value


def walk(value: Any, change: Callable[[str, str, Any], Any], where: str = "", name: str = "") -> Any:
    """A copy of nested labels in which `change(where, field, value)` has replaced every string and reference."""
    if is_ref(value) or isinstance(value, str):
        return change(where, name, value)
    if isinstance(value, Mapping):
        return {key: walk(item, change, f"{where}.{key}" if where else key, key) for key, item in value.items()}
    if isinstance(value, list):
        return [walk(item, change, f"{where}[{n}]", name) for n, item in enumerate(value)]
    return value


def to_standoff(gold: Mapping[str, Any], text: str) -> tuple[dict[str, Any], list[str]]:
    """Labels with their words replaced by references, and what could not be replaced (`where: words`).

    Records keep reading order, so each record is looked for behind the start of the one before it in its layer.
    """
    letters, problems = Letters.of(text), list[str]()
    behind: dict[str, int] = {}

    def change(where: str, name: str, value: Any) -> Any:
        if name in NORMAL or is_ref(value):
            return value
        layer = where.partition("[")[0]
        ref = to_ref(value, text, letters, behind.get(layer, 0))
        if ref is None:
            if name not in NAMES:
                problems.append(f"{where}: {value}")
            return value
        if name in ("text", "label", "what") and where.count(".") == 1:
            behind[layer] = ref["ref"][0][0]
        return ref

    made = walk(gold, change)
    return made, problems


def from_standoff(gold: Mapping[str, Any], text: str) -> tuple[dict[str, Any], list[str]]:
    """Labels with their words back in place, and every reference that does not hold."""
    problems: list[str] = []

    def change(where: str, name: str, value: Any) -> Any:
        if not is_ref(value):
            return value
        try:
            string = resolve(value, text)
        except IndexError as error:
            problems.append(f"{where}: {error}")
            return None
        if string is None:
            problems.append(f"{where}: other words stand at {value['ref']}")
        return string

    return walk(gold, change), problems


def has_refs(gold: Any) -> bool:
    """Whether labels need their document to be read."""
    found: list[str] = []
    walk(gold, lambda where, name, value: found.append(where) if is_ref(value) else None)
    return bool(found)
