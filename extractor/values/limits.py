"""The words around a time: those that limit it, labels before it, and those that make it no deadline."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from extractor.patterns import table

_STRENGTH = MappingProxyType({"before": 5, "by": 4, "after": 3, "from": 2, "in": 1})
_REACH = 26  # code points before a time in which one limiting word must end
_HOUR = re.compile(r"\d{1,2}\s?(?:giờ|h)(?:\s?\d{1,2}(?:\s?phút)?)?(?:\s+của)?$")  # "trước 12 giờ ngày 27/9": the day counts
_PLAIN = re.compile(r"(?:^|[.;:,(*+-]|\bvà|\bphải)[\s*_]*$")


@cache
def _limits() -> tuple[tuple[str, ...], Mapping[str, str]]:
    words = {word: kind for kind, row in table("times")["limits"].items() for word in row}
    return tuple(sorted(words, key=len, reverse=True)), MappingProxyType(words)


def limit(levelled: str, at: int) -> tuple[int, str | None]:
    """Where the limiting words before `at` begin, and the relation they set; `(at, None)` where there are none.

    Of several ("chậm nhất là trước") the strongest sets it: before, by, after, from, in.
    """
    phrases, kinds = _limits()
    start, cursor, relation = at, at, None
    for _ in range(5):
        floor = max(0, cursor - _REACH)
        head = levelled[floor:cursor].rstrip(" *_")
        head = _without_hour(head)
        phrase = next((p for p in phrases if head.endswith(p) and not head[: -len(p)][-1:].isalnum()), None) if head.endswith(phrases) else None
        if phrase is None:
            break
        before, cursor, kind = cursor, floor + len(head) - len(phrase), kinds[phrase]
        if kind == "edge" and before == start:
            start = cursor
        if kind not in ("plain", "edge"):
            start = cursor
            relation = kind if relation is None or _STRENGTH[kind] > _STRENGTH[relation] else relation
    return start, relation


def _without_hour(head: str) -> str:
    if not (head[-1:].isdigit() or head.endswith(("giờ", "h", "phút", "của"))):
        return head
    hour = _HOUR.search(head)
    return head if hour is None else head[: hour.start()].rstrip(" *_")


@cache
def _label() -> re.Pattern[str]:
    words = "|".join(sorted(table("times")["labels"]["words"], key=len, reverse=True))
    return re.compile(rf"\b(?:{words})\b[^:.;]{{0,50}}:[\s*_]*(?:(?:dự kiến|hoàn thành|thực hiện|triển khai|bắt đầu|trong|từ|vào)[\s:]*){{0,2}}$")


def labelled(levelled: str, at: int) -> bool:
    """Whether "Thời gian …:", "Thời hạn …:" stands right before `at`."""
    head = levelled[max(0, at - 90) : at]
    return ":" in head and _label().search(head) is not None


def opens(levelled: str, at: int) -> bool:
    """Whether a clause begins at `at`."""
    return _PLAIN.search(levelled[max(0, at - 8) : at]) is not None


def guarded(levelled: str, start: int, end: int) -> bool:
    """Whether the words around say that the time is a cut-off, an entry into force, part of a name, or the past."""
    guards = table("times")["guards"]
    head = levelled[max(0, start - _REACH) : start].rstrip()
    urgent = levelled.startswith(tuple(guards["urgent"]), start)
    if _barred(head, urgent, guards) or levelled[end : end + 20].lstrip(" ,").startswith(tuple(guards["after"])):
        return True
    words = levelled[start:end]
    if not words.startswith(("từ", "kể", "đến", "tới", "hết", "cho đến")):
        return False
    sentence = levelled[max(levelled.rfind(". ", 0, start), levelled.rfind(";", 0, start)) + 1 : start]
    if any(word in sentence for word in guards["sentence"]):
        return True
    to_year = re.match(r"(?:từ|đến|tới|cho đến)\s+(?:hết\s+)?năm\b", words)
    return to_year is not None and (_ends_with(head, guards["outlook"]) or any(name in sentence for name in guards["names"]))


def _barred(head: str, urgent: bool, guards: Mapping[str, list[str]]) -> bool:
    """Whether the words before bar a deadline; urgency lifts that ("thành lập xong trước …"), save after a cut-off."""
    if not _ends_with(head, guards["before"]) or _ends_with(head, guards["verbs"]):
        return False
    return not urgent or _ends_with(head, guards["cutoff"])


def _ends_with(head: str, words: list[str]) -> bool:
    word = next((w for w in words if head.endswith(w)), None)
    return word is not None and not head[: -len(word)][-1:].isalnum()
