"""Pieces of time that say one time together: lists, stretches, a date and its recurrence, and the words that limit them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Any

from extractor.patterns import Pattern, patterns, table, time_limit
from extractor.values.limits import guarded, labelled, limit, opens
from extractor.values.pieces import Piece, convert
from extractor.values.points import Point, first_day, last_day, real

MOST = 24  # times that one list may hold


@dataclass(frozen=True, slots=True)
class Group:
    """One time: code points `[start, end)` with the words that limit it (`relation`), its points or recurrence.

    `repeated`: "hằng năm" stands beside it. `shift`: "năm sau" (1) or "năm trước" (-1) does. `onward`: it has no end.
    `sure`: a label or a time cell vouches for it.
    """

    start: int
    end: int
    pieces: tuple[Piece, ...]
    points: tuple[Point, ...]
    ranged: bool = False
    relation: str | None = None
    rrule: str | None = None
    repeated: bool = False
    shift: int = 0
    onward: bool = False
    sure: bool = False

    @property
    def source(self) -> str:
        return self.pieces[0].source


# ---- pieces ----------------------------------------------------------------------------------------------------

# what must stand in a text before a pattern is tried on it
_NEEDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "day_words": ("tháng",),
        "day_of": ("ngày",),
        "day_only": ("ngày",),
        "months": ("ng",),
        "quarters": ("quý", "quy i", "quy v", "quỹ i", "quỹ v", "quỷ i", "quỷ v", "q1", "q2", "q3", "q4", "qi", "qv"),
        "half": ("tháng", "nửa"),
        "months_in": ("tháng",),
        "years": ("năm", "giai đoạn", "nhiệm kỳ"),
        "this_year": ("năm",),
        "every": ("hằng", "hàng", "mỗi", "định kỳ"),
        "every_list": ("tháng", "quý"),
        "times_per": ("lần",),
        "weekday": ("tuần",),
        "continuous": ("thường xuyên", "liên tục"),
        "regular": ("định kỳ",),
        "after": ("khi ",),
        "after_noun": ("sau ",),
        "since": ("từ ",),
        "per": ("theo ",),
    }
)
_NO_FIGURES = frozenset(
    {"quarters", "this_year", "every", "times_per", "weekday", "continuous", "regular", "after", "per", "day_of", "every_list", "after_noun", "since"}
)
_IN_FIGURES = frozenset({"day", "day_month", "days", "month_figures", "stretch"})
_WHOLE_ONLY = frozenset({"year_figures", "this_year", "every_list", "after_noun", "since"})
_COUNTED = ("kể từ", "từ ngày", "từ khi", "tính từ", "sau khi", "sau ngày", "trước khi", "trước ngày")  # days counted from what
_FIGURE = re.compile(r"\d")
_FIGURES = re.compile(r"\d\s?[/.,-]\s?\d|đến\s|tháng|và")


@cache
def _wanting() -> tuple[tuple[Pattern, tuple[str, ...]], ...]:
    return tuple((pattern, _NEEDS.get(pattern.id, ("",))) for pattern in patterns("times"))


def tried(levelled: str, whole: bool) -> list[Pattern]:
    """The patterns of `times.toml` that may find something in a levelled text: all of it (`whole`) a time, or prose."""
    figure = _FIGURE.search(levelled) is not None
    figures = figure and _FIGURES.search(levelled) is not None
    has, found = levelled.__contains__, []
    for pattern, needs in _wanting():
        if (not figure and pattern.id not in _NO_FIGURES) or (not figures and pattern.id in _IN_FIGURES):
            continue
        if not whole and ((pattern.id in _WHOLE_ONLY and "thời" not in levelled) or (pattern.id == "within" and not any(map(has, _COUNTED)))):
            continue
        if any(map(has, needs)):
            found.append(pattern)
    return found


def _pieces(levelled: str, whole: bool) -> list[Piece]:
    """What the patterns find, the earliest and then the longest first, none overlapping."""
    found = []
    timeout = time_limit(len(levelled))
    for pattern in tried(levelled, whole):
        for match in pattern.regex.finditer(levelled, timeout=timeout):
            piece = convert(pattern.id, pattern.value or "", match)
            if piece is not None and (whole or _speaks(levelled, piece)):
                found.append(piece)
    found.sort(key=lambda piece: (piece.start, -piece.end))
    kept: list[Piece] = []
    for piece in found:
        if not kept or piece.start >= kept[-1].end:
            kept.append(_cut(levelled, piece, found, whole))
    return kept


@cache
def _clause_end() -> re.Pattern[str]:
    """The comma before a main clause: one that only goes on with a row of bodies or verbs is none."""
    return re.compile(rf",\s(?!(?:{'|'.join(table('times')['ends']['rows'])})\b)")


def _ends(levelled: str, piece: Piece, end: int, whole: bool) -> int:
    """Where an event's clause ends; one that opens a sentence ends before the main clause."""
    first = piece.trigger[0] if piece.trigger else end
    if piece.source == "after":
        comma = None if whole or not opens(levelled, piece.start) else _clause_end().search(levelled, first, end)
        return end if comma is None else comma.start()
    found = [at for word in table("times")["ends"]["words"] if (at := levelled.find(word, first, end)) > 0]
    return min(found, default=end)


def _cut(levelled: str, piece: Piece, others: Sequence[Piece], whole: bool) -> Piece:
    """An event's words without the limit that follows them: "sau khi có quyết định, trước ngày 30/6"."""
    if piece.trigger is None:
        return piece
    first, end = piece.trigger
    for other in others:
        if first < other.start < end and other.points:
            start, relation = limit(levelled, other.start)
            if relation in ("before", "by") and levelled[:start].rstrip().endswith((",", ";", "-")):
                end = start
                break
    end = _ends(levelled, piece, end, whole)
    end = first + len(levelled[first:end].rstrip(" ,;.-" if "(" in levelled[first:end] else " ,;.-)"))
    return replace(piece, end=end, trigger=(first, end))


# ---- what speaks of time in prose ------------------------------------------------------------------------------

_NEXT = re.compile(r"[\s*_]*\w")
_BESIDE = re.compile(r"(?:\d|\bnăm|\bquý|[ivx])[\s*_,]*$")
_SCHEDULE = re.compile(r"(?:thời gian|thời hạn|thời điểm)(?! thực\b(?! hiện))")  # "thời gian thực" is real time
_PACE = re.compile(r"tiến độ|lộ trình")
_EVENT = re.compile(r"(?:có|được|nhận)\b")


def _speaks(levelled: str, piece: Piece) -> bool:
    """Whether a piece that is no date may be a time in prose, where the same words often name things."""
    if piece.points or labelled(levelled, piece.start):
        return True
    test = _SPEAKS.get(piece.source)
    return test is None or test(levelled, piece)


def _speaks_per(levelled: str, piece: Piece) -> bool:
    """ "Theo thời gian quy định …"; "hoàn thành theo tiến độ …", since other work too goes so; an occasional report "theo yêu cầu …"."""
    if piece.trigger is None:
        return False
    if levelled.startswith("yêu cầu", piece.trigger[0]):
        return "báo cáo đột xuất" in levelled[levelled.rfind(". ", 0, piece.start) + 1 : piece.start]
    paced = levelled[max(0, piece.start - 12) : piece.start].rstrip().endswith("hoàn thành")
    return (_PACE if paced else _SCHEDULE).match(levelled, piece.trigger[0]) is not None


def _speaks_after(levelled: str, piece: Piece) -> bool:
    """ "Ngay khi …" always; "sau khi có / được / nhận …" names an event, other verbs name a state of things."""
    if not piece.weak:
        return True
    return levelled.startswith("sau", piece.start) and piece.trigger is not None and _EVENT.match(levelled, piece.trigger[0]) is not None


def _speaks_every(levelled: str, piece: Piece) -> bool:
    words = levelled[piece.start : piece.end]
    if words.startswith("định kỳ") or "," in words or opens(levelled, piece.start):
        return True
    return _BESIDE.search(levelled[max(0, piece.start - 20) : piece.start]) is not None


def _speaks_how(levelled: str, piece: Piece) -> bool:
    """Whether "thường xuyên", "định kỳ" opens a clause, and so says how often; after a noun it is its attribute."""
    return opens(levelled, piece.start) and _NEXT.match(levelled, piece.end) is not None


def _speaks_within(levelled: str, piece: Piece) -> bool:
    return piece.trigger is not None


_SPEAKS = MappingProxyType(
    {"per": _speaks_per, "after": _speaks_after, "within": _speaks_within, "every": _speaks_every, "continuous": _speaks_how, "regular": _speaks_how}
)


# ---- joining ---------------------------------------------------------------------------------------------------

_LIMITED = frozenset({"day_of", "day_only"})


def find_groups(levelled: str, whole: bool) -> list[Group]:
    """The times a levelled text sets, in order; in prose (not `whole`) only those that words around them vouch for."""
    groups: list[Group] = []
    for piece in _pieces(levelled, whole):
        start, relation = limit(levelled, piece.start) if piece.points or piece.source in _LIMITED else (piece.start, None)
        if groups and start < groups[-1].end:
            start = max(groups[-1].end, min(start, piece.start))
        new = Group(start, piece.end, (piece,), piece.points, piece.ranged, relation, piece.rrule, sure=whole)
        joined = _joined(levelled, groups[-1], new) if groups else None
        if joined is None:
            groups.append(_parted(levelled, groups, new))
        else:
            groups[-1] = joined
    rooms = [*(group.start for group in groups[1:]), len(levelled)]
    return [done for group, room in zip(groups, rooms, strict=False) if (done := _settled(levelled, group, whole, room)) is not None]


def _parted(levelled: str, groups: list[Group], new: Group) -> Group:
    """`new` without a limit that only ties it to the time before it ("tháng 3, 4 và tháng 9 đến tháng 11")."""
    if groups and groups[-1].points and new.points and levelled[groups[-1].end : new.pieces[0].start].strip() in table("times")["joins"]["range"]:
        return replace(new, start=new.pieces[0].start, relation=None)
    return new


def _joined(levelled: str, old: Group, new: Group) -> Group | None:
    """`old` and `new` as one time, or None where they are two."""
    joins = table("times")["joins"]
    if old.points and new.points and not old.ranged and not old.repeated and old.source != "continuous":
        gap = levelled[old.end : new.pieces[0].start].strip(" *_")
        if gap in joins["range"]:
            return _stretched(old, new) if len(old.points) == 1 and not new.ranged else None
        if gap in joins["list"] and _alike(old, new):
            return replace(old, end=new.end, pieces=old.pieces + new.pieces, points=_shared(old.points + new.points))
    gap = levelled[old.end : new.start].strip(" *_")
    return _recurring(old, new, gap) or _lasting(old, new, gap)


def _alike(old: Group, new: Group) -> bool:
    """Whether two times of a list are one set: of one grain, the second without a limit of its own."""
    same = old.points[0].grain == new.points[0].grain and not new.ranged and len(old.points) < MOST
    return same and (new.relation is None or old.relation == new.relation == "in")


def _shared(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """Points of a list, a year said once holding for those before and after that have none."""
    for turn in (1, 2):
        year, filled = None, []
        for point in reversed(points):
            year = point.year if point.year is not None else year
            filled.append(point.in_year(year))
        points = tuple(filled)
        if turn == 2:
            break
    return points


def _stretched(old: Group, new: Group) -> Group | None:
    first, last = _shared((old.points[0], new.points[-1]))
    begin, end = first_day(first) if real(first) else None, last_day(last) if real(last) else None
    if begin is not None and end is not None and begin > end and old.points[0].year is None and first.year is not None:
        first = first._replace(year=first.year - 1)  # "tháng 11 đến tháng 3/2025"
        begin = first_day(first) if real(first) else None
    if begin is not None and end is not None and begin > end:
        return None
    relation = "between" if old.relation in ("from", "in") else old.relation
    sure = old.sure or old.relation is not None
    return replace(old, end=new.end, pieces=old.pieces + new.pieces, points=(first, last), ranged=True, relation=relation, sure=sure)


def _recurring(old: Group, new: Group, gap: str) -> Group | None:
    """A date and the recurrence beside it ("15/11 hằng năm", "hằng tháng, trước ngày 25")."""
    if gap not in ("", ",", "vào", "là", "("):
        return None
    if old.source in ("every", "regular") and len(old.pieces) == 1:
        every, dated = old, new
    elif new.source == "every":
        every, dated = new, old
    else:
        return None
    undated = bool(dated.points) and all(point.year is None for point in dated.points)
    if dated.source == "day_only":
        rrule = _day_in(every.rrule, dated.rrule)
    elif every.source == "regular" and (dated.points or dated.source == "day_of"):
        return replace(dated, start=old.start)
    elif undated and every.rrule == "FREQ=YEARLY":
        rrule = None
    else:
        return None
    start = old.start if every is old and gap != "," else dated.start
    return replace(dated, start=start, end=new.end, rrule=rrule, repeated=True, sure=dated.sure or dated.relation is not None or every is old)


def _day_in(every: str | None, day: str | None) -> str | None:
    if every == "FREQ=MONTHLY;INTERVAL=3" and day is not None:
        return f"FREQ=YEARLY;BYMONTH=3,6,9,12;{day.split(';')[1]}"
    return day if every == "FREQ=MONTHLY" else None


def _lasting(old: Group, new: Group, gap: str) -> Group | None:
    """ "Thường xuyên" and the time for which it holds ("trong năm", "từ quý II/2024")."""
    if old.source != "continuous" or old.points or not new.points or new.relation not in (None, "in", "from", "between"):
        return None
    if gap and not (gap == "," and new.relation == "in"):
        return None
    return replace(old, end=new.end, points=new.points, ranged=new.ranged, onward=new.relation == "from", pieces=old.pieces + new.pieces)


def _settled(levelled: str, group: Group, whole: bool, room: int) -> Group | None:
    """The group with its last words, or None where nothing says that it is a time that is set."""
    group = _followed(levelled[:room], group) if group.points else group
    if group.source == "day_only" and not group.repeated:
        return None
    if whole or not (group.points or group.source in _LIMITED) or labelled(levelled, group.start):
        return group
    return group if _limited(levelled, group) else None


def _followed(levelled: str, group: Group) -> Group:
    """The group with the words behind it that carry it on ("và các năm tiếp theo") or to another year ("năm sau")."""
    joins, rest = table("times")["joins"], levelled[group.end : group.end + 40].lstrip(" ,")
    for kind, change in _FOLLOWING.items():
        words = max((w for w in joins[kind] if rest.startswith(w)), key=len, default=None)
        if words is not None and (kind == "onward" or any(point.year is None for point in group.points)):
            return replace(group, end=levelled.index(words, group.end) + len(words), **change)
    return group


_FOLLOWING: Mapping[str, dict[str, Any]] = MappingProxyType({"onward": {"onward": True}, "next": {"shift": 1}, "last": {"shift": -1}})


def _limited(levelled: str, group: Group) -> bool:
    """Whether the words around a date in prose make it a time that is set."""
    piece = group.pieces[0]
    if piece.source == "continuous":
        return True
    if group.relation is None or piece.source in _WHOLE_ONLY or guarded(levelled, group.start, group.end):
        return group.repeated and group.sure
    if piece.source == "years" and levelled.startswith(("giai", "nhiệm", "năm học"), piece.start):
        return False
    return not piece.weak or piece.source != "day_month" or group.relation in ("before", "by", "between") or group.repeated
