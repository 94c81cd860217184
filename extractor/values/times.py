"""Deadline expressions in a text, as `gold/GUIDELINES.md` defines them: pieces of time, joined and limited by words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from extractor.patterns import TIMEOUT, patterns, table
from extractor.values.folding import level, squeeze
from extractor.values.pieces import Piece, convert, repeating, yearly
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


@dataclass(frozen=True, slots=True)
class _Group:
    """Pieces that say one time together; `spans` are those of its points, `relation` that of the words before it."""

    start: int
    end: int
    pieces: tuple[Piece, ...]
    points: tuple[Point, ...]
    ranged: bool = False
    relation: str | None = None
    rrule: str | None = None
    repeated: bool = False  # "hằng năm" stands beside it
    onward: bool = False
    sure: bool = False  # a label or a limiting word says that it is a time


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
    levelled = level(text[:LONGEST])
    if not whole and not _cues().search(levelled):
        return []
    groups = _groups(levelled, whole)
    if standing is None:
        standing = not whole and bool(_REPORTING.search(levelled))
    calendar = _Calendar(_period_year(period), _iso(issued_on), standing)
    return [time for group in groups for time in _times(text, group, calendar)]


_REPORTING = re.compile(r"báo cáo|gửi|định kỳ")


@cache
def _cues() -> re.Pattern[str]:
    words = {word for kind in ("before", "by", "in", "from") for word in table("times")["limits"][kind]} - {"đến", "tới", "từ", "trong", "vào", "hết"}
    near = r"(?:đến|tới|từ|trong|vào|hết)[\s:]{1,3}(?:\w+\s){0,2}(?:ngày|tháng|quý|năm|\d)"
    rest = r"hằng|hàng\s(?:ngày|tuần|tháng|quý|năm)|mỗi|định kỳ|thường xuyên|liên tục|khi|theo (?:thời|tiến|lộ)|lần|thời (?:gian|hạn)"
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words)))}|{near}|{rest})")


# ---- pieces ----------------------------------------------------------------------------------------------------

_NEEDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "day": ("/", ".", "-"),
        "day_words": ("tháng",),
        "day_month": ("/",),
        "days": ("/", "tháng"),
        "day_of": ("ngày",),
        "day_only": ("ngày",),
        "months": ("tháng",),
        "month_figures": ("/", "-"),
        "quarters": ("quý",),
        "half": ("tháng", "nửa"),
        "months_in": ("tháng",),
        "years": ("năm", "giai đoạn", "nhiệm kỳ"),
        "year_figures": ("20",),
        "this_year": ("năm",),
        "every": ("hằng", "hàng", "mỗi", "định kỳ"),
        "times_per": ("lần",),
        "weekday": ("tuần",),
        "continuous": ("thường xuyên", "liên tục"),
        "regular": ("định kỳ",),
        "after": ("khi ",),
        "per": ("theo ",),
        "within": ("ngày", "tháng", "tuần", "giờ", "năm"),
    }
)
_WHOLE_ONLY = frozenset({"year_figures", "this_year"})


def _pieces(levelled: str, whole: bool) -> list[Piece]:
    """What the patterns find, the earliest and then the longest first, none overlapping."""
    found = []
    for pattern in patterns("times"):
        if any(need in levelled for need in _NEEDS.get(pattern.id, ("",))):
            for match in pattern.regex.finditer(levelled, timeout=TIMEOUT):
                piece = convert(pattern.id, pattern.value or "", match)
                if piece is not None and (whole or _speaks(levelled, piece)):
                    found.append(piece)
    found.sort(key=lambda piece: (piece.start, -piece.end))
    kept: list[Piece] = []
    for piece in found:
        if not kept or piece.start >= kept[-1].end:
            kept.append(_cut(levelled, piece, found))
    return kept


def _cut(levelled: str, piece: Piece, others: Iterable[Piece]) -> Piece:
    """An event's words without the limit that follows it: "sau khi có quyết định, trước ngày 30/6"."""
    if piece.trigger is None:
        return piece
    first, end = piece.trigger
    for other in others:
        if first < other.start < end and other.points:
            start, relation = _limit(levelled, other.start)
            if relation in ("before", "by") and levelled[:start].rstrip().endswith((",", ";", "-")):
                end = start
                break
    for word in () if piece.source == "after" else table("times")["ends"]["words"]:
        at = levelled.find(word, first, end)
        end = at if at > 0 else end
    end = first + len(levelled[first:end].rstrip(" ,;.-"))
    return replace(piece, end=end, trigger=(first, end))


def _speaks(levelled: str, piece: Piece) -> bool:
    """Whether a piece that is no date may be a time in prose, where the same words often name things."""
    if piece.points:
        return True
    if piece.source == "per":
        return levelled.startswith(("thời ", "tiến độ", "lộ trình"), piece.trigger[0] if piece.trigger else 0) or _labelled(levelled, piece.start)
    if piece.source == "after":
        return not piece.weak or levelled.startswith("sau", piece.start) or _labelled(levelled, piece.start)
    if piece.source == "within":
        return piece.trigger is not None
    if piece.source == "every":
        return bool(_OPENING.search(levelled, max(0, piece.start - 40), piece.start)) or _several(levelled, piece) or _dated(levelled, piece)
    if piece.source in ("continuous", "regular"):
        return _adverbial(levelled, piece)
    return True


_OPENING = re.compile(r"(?:^|[.;:,(*\n+-]|\bvà|\bphải)[\s*_]*$")
_NEXT = re.compile(r"[\s*_]*(\w+)")
_BESIDE = re.compile(r"(?:\d|\bnăm|\bquý|[ivx])[\s*_,]*$")


def _several(levelled: str, piece: Piece) -> bool:
    words = levelled[piece.start : piece.end]
    return words.startswith("định kỳ") or "," in words


def _dated(levelled: str, piece: Piece) -> bool:
    """Whether a recurrence stands right behind a date it may belong to ("15/11 hằng năm")."""
    return bool(_BESIDE.search(levelled, max(0, piece.start - 20), piece.start))


def _adverbial(levelled: str, piece: Piece) -> bool:
    """Whether "thường xuyên", "định kỳ" says how often something is done, and is no attribute of a noun."""
    if _labelled(levelled, piece.start):
        return True
    follows = _NEXT.match(levelled, piece.end)
    opens = bool(_OPENING.search(levelled, max(0, piece.start - 40), piece.start))
    return opens and follows is not None


# ---- limiting words --------------------------------------------------------------------------------------------

_STRENGTH = MappingProxyType({"before": 5, "by": 4, "after": 3, "from": 2, "in": 1, "plain": 0})


@cache
def _limits() -> tuple[tuple[str, ...], Mapping[str, str]]:
    words = {word: kind for kind, row in table("times")["limits"].items() for word in row}
    return tuple(sorted(words, key=len, reverse=True)), MappingProxyType(words)


def _limit(levelled: str, at: int) -> tuple[int, str | None]:
    """Where the limiting words before `at` begin, and the relation they set; `(at, None)` where there are none."""
    phrases, kinds = _limits()
    start, cursor, relation = at, at, None
    for _ in range(5):
        head = levelled[max(0, cursor - 24) : cursor].rstrip(" *_")
        if not head.endswith(phrases):
            break
        phrase = next((p for p in phrases if head.endswith(p) and not head[: -len(p)][-1:].isalnum()), None)
        if phrase is None:
            break
        kind = kinds[phrase]
        cursor = max(0, cursor - 24) + len(head) - len(phrase)
        if kind != "plain":
            start = cursor
            relation = kind if relation is None or _STRENGTH[kind] > _STRENGTH[relation] else relation
    return start, relation


@cache
def _label() -> re.Pattern[str]:
    words = "|".join(sorted(table("times")["labels"]["words"], key=len, reverse=True))
    return re.compile(rf"\b(?:{words})\b[^:.;\n]{{0,50}}:[\s*_]*(?:(?:dự kiến|hoàn thành|thực hiện|triển khai|bắt đầu|trong|từ|vào)[\s:]*){{0,2}}$")


def _labelled(levelled: str, at: int) -> bool:
    head = levelled[max(0, at - 90) : at]
    return ":" in head and _label().search(head) is not None


def _guarded(levelled: str, start: int, end: int) -> bool:
    """Whether the words around say that the time is a cut-off, an entry into force or the past."""
    guards = table("times")["guards"]
    head = levelled[max(0, start - 24) : start].rstrip()
    word = next((g for g in guards["before"] if head.endswith(g)), None)
    if word is not None and not head[: -len(word)][-1:].isalnum():
        return True
    return levelled[end : end + 20].lstrip(" ,").startswith(tuple(guards["after"]))


# ---- joining ---------------------------------------------------------------------------------------------------


def _groups(levelled: str, whole: bool) -> list[_Group]:
    groups: list[_Group] = []
    for piece in _pieces(levelled, whole):
        start, relation = _limit(levelled, piece.start) if piece.points or piece.source in ("day_of", "day_only") else (piece.start, None)
        new = _Group(start, piece.end, (piece,), piece.points, piece.ranged, relation, piece.rrule, sure=whole)
        joined = _joined(levelled, groups[-1], new) if groups else None
        if joined is None:
            groups.append(new)
        else:
            groups[-1] = joined
    return [done for group in groups if (done := _settled(levelled, group, whole)) is not None]


def _joined(levelled: str, old: _Group, new: _Group) -> _Group | None:
    """`old` and `new` as one time, or None where they are two."""
    piece = new.pieces[0]
    gap = levelled[old.end : piece.start].strip(" *_")
    joins = table("times")["joins"]
    if old.points and new.points and not old.ranged and not old.repeated:
        if gap in joins["range"] and not new.ranged and len(old.points) == 1:
            return _stretched(old, new)
        if gap in joins["list"] and _alike(old, new):
            points = _shared(old.points + new.points)
            return replace(old, end=new.end, pieces=old.pieces + new.pieces, points=points)
    return _recurring(old, new, levelled[old.end : new.start].strip(" *_")) or _lasting(old, new, levelled[old.end : new.start].strip(" *_"))


def _alike(old: _Group, new: _Group) -> bool:
    return old.points[0].grain == new.points[0].grain and not new.ranged and new.relation is None or _same_in(old, new)


def _same_in(old: _Group, new: _Group) -> bool:
    return old.relation == new.relation == "in" and old.points[0].grain == new.points[0].grain and not new.ranged


def _shared(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """Points of a list, a year said once holding for those before and after that have none."""
    later, filled = None, []
    for point in reversed(points):
        later = point.year if point.year is not None else later
        filled.append(point.in_year(later))
    earlier, result = None, []
    for point in reversed(filled):
        earlier = point.year if point.year is not None else earlier
        result.append(point.in_year(earlier))
    return tuple(result)


def _stretched(old: _Group, new: _Group) -> _Group | None:
    first, last = _shared((old.points[0], new.points[-1]))
    begin, end = first_day(first), last_day(last)
    if begin is not None and end is not None and begin > end and old.points[0].year is None and first.year is not None:
        first = first._replace(year=first.year - 1)  # "tháng 11 đến tháng 3/2025"
        begin = first_day(first) if real(first) else None
    if begin is not None and end is not None and begin > end:
        return None
    relation = "between" if old.relation in (None, "from", "in") else old.relation
    return replace(old, end=new.end, pieces=old.pieces + new.pieces, points=(first, last), ranged=True, relation=relation, sure=old.sure or old.relation is not None)


def _recurring(old: _Group, new: _Group, gap: str) -> _Group | None:
    """A date and the recurrence beside it ("15/11 hằng năm", "hằng tháng, trước ngày 25")."""
    every = [group for group in (old, new) if group.pieces[0].source in ("every", "regular") and len(group.pieces) == 1]
    if len(every) != 1 or gap not in ("", ",", "vào", "là"):
        return None
    dated = new if every[0] is old else old
    if dated.pieces[0].source == "day_only":
        rrule = _day_in(every[0].rrule, dated.rrule)
    elif dated.points and all(point.year is None for point in dated.points) and (every[0].rrule == "FREQ=YEARLY" or every[0] is old and not every[0].rrule):
        rrule = None
    elif every[0].pieces[0].source == "regular" and (dated.points or dated.rrule):
        return replace(dated, start=old.start)
    else:
        return None
    start = old.start if every[0] is old and gap != "," else dated.start
    return replace(dated, start=start, end=new.end, rrule=rrule, repeated=bool(every[0].rrule), sure=dated.sure or dated.relation is not None or every[0] is old)


def _day_in(every: str | None, day: str | None) -> str | None:
    if every == "FREQ=MONTHLY;INTERVAL=3" and day is not None:
        return f"FREQ=YEARLY;BYMONTH=3,6,9,12;{day.split(';')[1]}"
    return day if every == "FREQ=MONTHLY" else None


def _lasting(old: _Group, new: _Group, gap: str) -> _Group | None:
    """ "Thường xuyên" and the time for which it holds ("trong năm", "từ quý II/2024")."""
    if old.pieces[0].source != "continuous" or old.points or not new.points or new.relation not in (None, "in", "from", "between"):
        return None
    if gap and not (gap == "," and new.relation == "in"):
        return None
    return replace(old, end=new.end, points=new.points, ranged=new.ranged, onward=new.relation == "from", pieces=old.pieces + new.pieces)


def _settled(levelled: str, group: _Group, whole: bool) -> _Group | None:
    """The group with its relation, or None where nothing says that it is a time."""
    rest = levelled[group.end : group.end + 40].lstrip(" ,")
    onward = next((w for w in table("times")["joins"]["onward"] if rest.startswith(w)), None)
    if onward is not None and group.points:
        group = replace(group, onward=True, end=levelled.index(onward, group.end) + len(onward))
    piece = group.pieces[0]
    if piece.source == "day_only" and not group.repeated:
        return None
    if whole or not (group.points or piece.source in ("day_of", "day_only")):
        return group
    if _labelled(levelled, group.start):
        return replace(group, sure=True)
    return group if _limited(levelled, group) else None


def _limited(levelled: str, group: _Group) -> bool:
    """Whether the words around a date in prose make it a time that is set."""
    piece = group.pieces[0]
    if piece.source == "continuous":
        return True
    if group.relation is None or piece.source in _WHOLE_ONLY or _guarded(levelled, group.start, group.end):
        return group.repeated and group.sure
    if piece.source == "years" and levelled.startswith(("giai", "nhiệm", "năm học"), piece.start):
        return False
    return not piece.weak or piece.source != "day_month" or group.relation in ("before", "by", "between") or group.repeated


# ---- meaning ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Calendar:
    """What supplies a year that is not said."""

    year: int | None
    issued: date | None
    standing: bool

    def place(self, points: tuple[Point, ...]) -> tuple[Point, ...]:
        if self.year is not None:
            return tuple(p.in_year(self.year) for p in points)
        if self.issued is None or points[0].grain == "year":
            return tuple(p.in_year(self.issued.year) for p in points) if self.issued and points[0].grain == "year" else points
        placed = tuple(p.in_year(self.issued.year) for p in points)
        end = last_day(placed[-1]) if real(placed[-1]) else None
        return placed if end is None or end >= self.issued else tuple(p.in_year(self.issued.year + 1) if q.year is None else p for p, q in zip(points, points, strict=True))


def _period_year(period: str | None) -> int | None:
    """The one year of a period; of a report on one year with the outlook on the next, the first."""
    years = [int(y) for y in re.findall(r"\d{4}", period or "")]
    if not years:
        return None
    return years[0] if len(years) == 1 or years[1] - years[0] <= 1 else None


def _iso(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


_RELATIONS = MappingProxyType(
    {"every": "every", "times_per": "every", "weekday": "every", "regular": "every", "continuous": "continuous", "after": "after", "per": "per"}
)


def _times(text: str, group: _Group, calendar: _Calendar) -> list[Time]:
    piece = group.pieces[0]
    if piece.source in ("after", "per", "within") or not group.points:
        return [_undated(text, group)]
    missing = any(point.year is None for point in group.points)
    days = all(point.grain == "day" for point in group.points) and not group.ranged
    recurs = group.repeated or (missing and days and calendar.standing and group.relation in ("before", "by"))
    if missing and not recurs:
        group = replace(group, points=calendar.place(group.points))
    if days and len(group.points) > 1 and (recurs or group.relation in ("before", "by")):
        return [_dated_time(text, part, recurs) for part in _parts(group)]
    return [_dated_time(text, group, recurs)]


def _parts(group: _Group) -> list[_Group]:
    """One group per day of a list that shares a limit ("trước ngày 01/6 và 15/11 hằng năm")."""
    if len(group.pieces) != len(group.points):
        return [replace(group, points=(point,)) for point in group.points]
    starts = [group.start] + [piece.start for piece in group.pieces[1:]]
    ends = [piece.end for piece in group.pieces[:-1]] + [group.end]
    return [replace(group, start=s, end=e, points=(p,), pieces=(q,)) for s, e, p, q in zip(starts, ends, group.points, group.pieces, strict=True)]


def _undated(text: str, group: _Group) -> Time:
    piece = group.pieces[0]
    relation = _RELATIONS.get(piece.source) or group.relation or "in"
    if piece.source == "within":
        words = level(text[piece.start : piece.end])
        relation = "after" if words.startswith("sau") else "by" if re.match("chậm|không|tối|thời gian chậm", words) else "in"
    trigger = None if piece.trigger is None else squeeze(text[piece.trigger[0] : piece.trigger[1]])
    return Time(group.start, group.end, squeeze(text[group.start : group.end]), relation, None, None, None, group.rrule, trigger, piece.source)


def _dated_time(text: str, group: _Group, recurs: bool) -> Time:
    source, points = group.pieces[0].source, group.points
    relation = "continuous" if source == "continuous" else group.relation or ("between" if group.ranged else "in")
    relation = "between" if group.ranged and relation in ("in", "from") else relation
    if group.onward and relation != "continuous":
        relation = "from"
    words = squeeze(text[group.start : group.end])
    if recurs:
        return Time(group.start, group.end, words, relation, None, None, None, _rule(group), None, source)
    known = all(point.year is not None and real(point) for point in points)
    value = edtf_of(points, group.ranged) if known else None
    open_end = relation == "from" or (group.onward and value is not None)
    begin = first_day(points[0]) if known and relation not in ("before", "by") else None
    due = None if not known or open_end or relation == "after" else _due(points, relation)
    value = f"{value}/.." if value and open_end and not group.ranged else value
    return Time(group.start, group.end, words, relation, value, begin and begin.isoformat(), due and due.isoformat(), None, None, source)


def _due(points: tuple[Point, ...], relation: str) -> date | None:
    if relation == "before" and points[0].grain != "day":
        begin = first_day(points[0])
        return begin and begin - timedelta(days=1)
    return max((end for point in points if (end := last_day(point)) is not None), default=None)


def _rule(group: _Group) -> str | None:
    """The yearly recurrence of dates without a year: the day itself, or the last day of the months they end in."""
    if group.rrule:
        return group.rrule
    if group.ranged or not group.points:
        return "FREQ=YEARLY" if group.repeated else None
    if group.points[0].grain == "day":
        return yearly(group.points[0].part, group.points[0].day)
    if group.points[0].grain == "year":
        return repeating(12)
    return f"FREQ=YEARLY;BYMONTH={','.join(str(last_month(point)) for point in group.points)};BYMONTHDAY=-1"
