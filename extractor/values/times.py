"""Deadline expressions in a text, as `gold/GUIDELINES.md` defines them: what each time that is set means."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from extractor.values.folding import level, squeeze
from extractor.values.groups import Group, find_groups
from extractor.values.pieces import repeating, yearly
from extractor.values.points import Point, edtf_of, first_day, last_day, last_month, real

LONGEST = 20_000  # code points of one text that are searched; callers give paragraphs and cells


@dataclass(frozen=True, slots=True)
class Time:
    """A time set for something. `start`, `end`: code points of the text given; `text`: as printed, blanks folded.

    `start_on` and `due_on` are ISO days, `edtf` ISO 8601-2, `rrule` RFC 5545, `source` the pattern that found it.
    """

    start: int
    end: int
    text: str
    relation: str
    edtf: str | None
    start_on: str | None
    due_on: str | None
    rrule: str | None
    trigger: str | None
    source: str


def find_times(
    text: str, *, period: str | None = None, issued_on: str | None = None, whole: bool = False, standing: bool | None = None
) -> list[Time]:
    """Every time set in `text`, in order, without overlaps.

    `whole`: the text is a time cell, so bare dates, months, quarters and years count; in prose only what a limiting word
    ("trước", "chậm nhất", "trong" …), a label ("Thời gian:") or an adverb ("thường xuyên", "hằng quý") marks as a time.
    Citations should be masked in prose. `period` (a year, or an interval of years) and `issued_on` (ISO day) are the
    document's own and supply a year that is not said. `standing`: days without a year recur every year; by default they
    do in prose that speaks of reporting. What is due before a month or year is due on the day before it begins.
    """
    return list(_find(text[:LONGEST], period, issued_on, (whole, standing)))


@lru_cache(maxsize=4096)
def _find(text: str, period: str | None, issued_on: str | None, how: tuple[bool, bool | None]) -> tuple[Time, ...]:
    levelled, (whole, standing) = level(text), how
    if not whole and not _cued(levelled):
        return ()
    groups = find_groups(levelled, whole)
    if not groups:
        return ()
    if standing is None:
        standing = not whole and _REPORTING.search(levelled) is not None
    calendar = _Calendar(_period_year(period), _iso(issued_on), standing)
    return tuple(time for group in groups for time in _times(text, group, calendar))


_REPORTING = re.compile(r"báo cáo|gửi|định kỳ")
_DATED = re.compile(r"\d|quý\s[iv1l|]")
_LIMITS = ("trước", "trưóc", "truớc", "chậm", "muộn", "quá", "hạn", "đến", "tới", "xong", "trong", "vào", "từ", "hết", "bắt đầu", "thời")
_ADVERBS = ("hằng", "hàng ", "định kỳ", "thường xuyên", "liên tục", "khi ", "lần", "mỗi", "theo t", "theo l", "theo y", "thời gian", "thời hạn")


def _cued(levelled: str) -> bool:
    """Whether prose may set a time at all: a quick look before any pattern."""
    has = levelled.__contains__
    return any(map(has, _ADVERBS)) or (_DATED.search(levelled) is not None and any(map(has, _LIMITS)))


# ---- years that are not said -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Calendar:
    """What supplies a year that is not said: the document's one year, else the first that lets it come after issue."""

    year: int | None
    issued: date | None
    standing: bool

    def place(self, points: tuple[Point, ...], shift: int = 0) -> tuple[Point, ...]:
        """`points` with the year they lack; `shift` is 1 for "năm sau", -1 for "năm trước"."""
        if self.year is not None or self.issued is None or shift:
            year = self.year if self.year is not None or self.issued is None else self.issued.year
            return tuple(point.in_year(None if year is None else year + shift) for point in points)
        placed = tuple(point.in_year(self.issued.year) for point in points)
        end = last_day(placed[-1]) if real(placed[-1]) else None
        if end is None or end >= self.issued:
            return placed
        return tuple(point.in_year(self.issued.year + 1) for point in points)


def _period_year(period: str | None) -> int | None:
    """The one year of a period; of a report on one year with the outlook on the next, the first."""
    years = [int(year) for year in re.findall(r"\d{4}", period or "")]
    if not years:
        return None
    return years[0] if years[-1] - years[0] <= 1 else None


def _iso(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


# ---- meaning ---------------------------------------------------------------------------------------------------

_RELATIONS = MappingProxyType(
    {"every": "every", "times_per": "every", "weekday": "every", "regular": "every", "every_list": "every"}
    | {"continuous": "continuous", "after": "after", "after_noun": "after", "since": "from", "per": "per"}
)


def _times(text: str, group: Group, calendar: _Calendar) -> list[Time]:
    if not group.points:
        return [_undated(text, group)]
    missing = any(point.year is None for point in group.points)
    days = not group.ranged and all(point.grain == "day" for point in group.points)
    recurs = group.repeated or (missing and days and calendar.standing and group.relation in ("before", "by"))
    if missing and not recurs:
        group = replace(group, points=calendar.place(group.points, group.shift))
    if days and len(group.points) > 1 and (recurs or group.relation in ("before", "by")):
        return [_dated(text, part, recurs) for part in _parts(group)]
    return [_dated(text, group, recurs)]


def _parts(group: Group) -> list[Group]:
    """One group per day of a list that shares a limit ("trước ngày 01/6 và 15/11 hằng năm")."""
    if len(group.pieces) < len(group.points):
        return [replace(group, points=(point,)) for point in group.points]
    starts = [group.start, *(piece.start for piece in group.pieces[1:])]
    ends = [*(piece.end for piece in group.pieces[: len(group.points) - 1]), group.end]
    rows = zip(starts, ends, group.points, group.pieces, strict=False)
    return [replace(group, start=start, end=end, points=(point,), pieces=(piece,)) for start, end, point, piece in rows]


def _undated(text: str, group: Group) -> Time:
    piece = group.pieces[0]
    relation = _RELATIONS.get(piece.source) or group.relation or "in"
    if piece.source == "within":
        words = level(text[piece.start : piece.end])
        relation = "after" if words.startswith("sau") else "by" if re.match("chậm|không|tối|thời gian chậm", words) else "in"
    trigger = None if piece.trigger is None else squeeze(text[piece.trigger[0] : piece.trigger[1]])
    return Time(group.start, group.end, squeeze(text[group.start : group.end]), relation, None, None, None, group.rrule, trigger, piece.source)


def _dated(text: str, group: Group, recurs: bool) -> Time:
    points, relation = group.points, _relation(group)
    words = squeeze(text[group.start : group.end])
    if recurs:
        return Time(group.start, group.end, words, relation, None, None, None, _rule(group), None, group.source)
    if not all(point.year is not None and real(point) for point in points):
        return Time(group.start, group.end, words, relation, None, None, None, None, None, group.source)
    value = edtf_of(points, group.ranged)
    begin = _begin(points, relation)
    due = _due(points, relation)
    if relation == "from" or group.onward:
        value, due = f"{edtf_of(points[:1], False) if group.ranged else value}/..", None
    return Time(group.start, group.end, words, relation, value, _shown(begin), _shown(due), None, None, group.source)


def _relation(group: Group) -> str:
    if group.source == "continuous":
        return "continuous"
    if group.onward:
        return "from"
    if group.ranged and group.relation in (None, "in", "from"):
        return "between"
    return group.relation or "in"


def _shown(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _begin(points: tuple[Point, ...], relation: str) -> date | None:
    if relation in ("before", "by"):
        return None
    end = last_day(points[-1]) if relation == "after" else None
    return first_day(points[0]) if end is None else end + timedelta(days=1)


def _due(points: tuple[Point, ...], relation: str) -> date | None:
    if relation == "after":
        return None
    if relation == "before" and points[0].grain != "day":
        begin = first_day(points[0])
        return begin and begin - timedelta(days=1)
    return max((end for point in points if (end := last_day(point)) is not None), default=None)


def _rule(group: Group) -> str | None:
    """The yearly recurrence of dates without a year: the day itself, or the last day of the months they end in; none of a span."""
    if group.rrule:
        return group.rrule
    if _relation(group) == "between":
        return None
    points = group.points[-1:] if group.ranged else group.points
    if points[0].grain == "day":
        return yearly(points[0].part, points[0].day)
    if points[0].grain == "year":
        return repeating(12)
    return f"FREQ=YEARLY;BYMONTH={','.join(str(last_month(point)) for point in points)};BYMONTHDAY=-1"
