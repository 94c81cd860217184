"""The part each body of a cell plays: by labels inside the cell, by verbs, by tags, else by its column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import Literal

from extractor.patterns import table
from extractor.values.bodies import BULLET, Agency, items, split_agencies
from extractor.values.folding import level
from extractor.values.names import LONGEST, Words, field_at, matches, one_of

Role = Literal["lead", "support"]
Column = Literal["lead", "support", "lead_support"]
Part = tuple[Role, Agency]

_BOTH = re.compile(r"(?<!\w)chủ trì,?\s*(?:và\s+)?phối hợp(?:\s+(?:với|cùng))?(?!\w)|(?<!\w)(?:chủ trì,?\s*)?phối hợp\s+(?:với|cùng)(?!\w)")
_TAGGED = re.compile(r"\(\s*(?:cơ quan\s+|đơn vị\s+)?(?P<role>chủ trì|phối hợp)\s*\)")


def split_roles(text: str, default: Column = "lead") -> list[Part]:
    """The bodies of a cell with the part each plays: by labels inside the cell, else `default` (the column's role).

    `lead_support` is a merged head ("Cơ quan chủ trì/ phối hợp"): the first part leads, the rest supports. Beside a
    labelled lead, a further item without label supports.
    """
    return list(_roles(text[:LONGEST], default))


@lru_cache(maxsize=8192)
def _roles(text: str, default: Column) -> tuple[Part, ...]:
    words = Words(text, level(text))
    marks = list(_labels().finditer(words.level)) if ":" in text else []
    if marks:
        return tuple(_labelled(words, marks, default))
    both = _BOTH.search(words.level) if "phối hợp" in words.level else None
    if both is not None and both.start() > 0:
        return (*_placed(words, (0, both.start()), "lead"), *_placed(words, (both.end(), len(text)), "support"))
    if "(" in text and _TAGGED.search(words.level):
        return tuple(_tagged(words, default))
    if default == "lead_support":
        return tuple(_first_leads(words))
    return tuple(_placed(words, (0, len(text)), default))


@cache
def _labels() -> re.Pattern[str]:
    roles = table("agencies")["roles"]
    return re.compile(rf"(?<!\w)(?:(?P<lead>{one_of(roles['lead'])})|(?P<support>{one_of(roles['support'])}))\s*[*_]*:[*_]*")


def _labelled(words: Words, marks: Sequence[re.Match[str]], default: Column) -> Iterator[Part]:
    yield from _placed(words, (0, _before(words.printed, marks[0].start())), "support" if default == "support" else "lead")
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        end = _before(words.printed, following.start()) if following else len(words.printed)
        role: Role = "lead" if mark["lead"] else "support"
        for index, span in enumerate(_bulleted(words, mark.end(), end)):
            yield from _placed(words, span, role if index == 0 else "support")


def _bulleted(words: Words, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The items after a label: the first is its own, those behind further bullets have none."""
    for match in BULLET.finditer(words.printed, start, end):
        at = match.end()
        opens = matches("openers", words.level, at, end) or (words.printed[at].isupper() and matches("named", words.level, at, end))
        if opens and words.printed[start : match.start()].strip() and not field_at(words.level, at, end):
            yield start, match.start()
            start = at
    yield start, end


def _before(text: str, at: int) -> int:
    """The end of what stands before a label: without the bullet that opens it."""
    return len(text[:at].rstrip().rstrip("-–+•*_").rstrip())


def _placed(words: Words, span: tuple[int, int], role: Column) -> list[Part]:
    part: Role = "support" if role == "support" else "lead"
    start, end = span
    found = split_agencies(words.printed[start:end]) if start < end else []
    return [(part, replace(agency, start=agency.start + start, end=agency.end + start)) for agency in found]


def _tagged(words: Words, default: Column) -> Iterator[Part]:
    """ "Sở Nội vụ (chủ trì); Sở Tài chính (phối hợp)": a tag holds for the bodies between the tag before and itself."""
    start = 0
    for mark in _TAGGED.finditer(words.level):
        yield from _placed(words, (start, mark.start()), "lead" if mark["role"] == "chủ trì" else "support")
        start = mark.end()
    yield from _placed(words, (start, len(words.printed)), "support" if start else default)


def _first_leads(words: Words) -> Iterator[Part]:
    spans = [(start, end) for start, end in items(words) if words.printed[start:end].strip(" .-")]
    found = [_placed(words, span, "lead") for span in spans]
    if len(found) == 1:
        found = [[part] for part in found[0]]
    for index, parts in enumerate(found):
        yield from (("lead" if index == 0 else "support", agency) for _, agency in parts)
