"""Pieces of time found in a text: what each pattern of `times.toml` means. The grammar that joins them is in `times`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from extractor.values.points import Grain, Point, real

_ROMAN = MappingProxyType({"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4})
_WORDS = MappingProxyType({"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "chín": 9})
_WEEKDAYS = MappingProxyType(
    {"hai": "MO", "2": "MO", "ba": "TU", "3": "TU", "tư": "WE", "4": "WE", "năm": "TH", "5": "TH", "sáu": "FR", "6": "FR", "bảy": "SA", "7": "SA"}
    | {"nhật": "SU"}
)
_MONTHS_OF = MappingProxyType({"tháng": 1, "quý": 3, "năm": 12})


@dataclass(frozen=True, slots=True)
class Piece:
    """What one match means: points in time, or a recurrence (`rrule`), or an event's words (`trigger`).

    `start` is where the match stands, offsets in code points. A `weak` piece needs a limiting word, a list or a time cell.
    """

    start: int
    end: int
    source: str
    points: tuple[Point, ...] = ()
    ranged: bool = False
    weak: bool = False
    rrule: str | None = None
    trigger: tuple[int, int] | None = None

    @property
    def grain(self) -> Grain | None:
        return self.points[0].grain if self.points else None


def convert(pattern_id: str, kind: str, match: Any) -> Piece | None:
    """The piece a match of the pattern `pattern_id` stands for, or None where no such time exists (31 February)."""
    found = CONVERTERS[kind](match)
    if found is None:
        return None
    names = match.re.groupindex
    weak = "mark" in names and match["mark"] is None
    return Piece(match.start(), match.end(), pattern_id, weak=weak, **found)


def _at(points: list[Point], ranged: bool = False) -> dict[str, Any] | None:
    if not points or not all(real(point) for point in points):
        return None
    if ranged and (len(points) < 2 or _order(points[-1]) <= _order(points[0])):
        return None
    return {"points": tuple(points), "ranged": ranged}


def _order(point: Point) -> tuple[int, int, int]:
    return (point.year or 0, point.part, point.day)


def _year(match: Any) -> int | None:
    text = match["year"]
    return None if text is None else int(text) + (2000 if len(text) == 2 else 0)


def _day(match: Any) -> dict[str, Any] | None:
    year = _year(match) if "year" in match.re.groupindex else None
    return _at([Point("day", year, int(match["month"]), int(match["day"]))])


def _days(match: Any) -> dict[str, Any] | None:
    year, month = _year(match), int(match["month"])
    points = [Point("day", year, month, int(match[name])) for name in ("day", "last")]
    return _at(points, match["join"].strip() in ("-", "đến"))


def _stretch(match: Any) -> dict[str, Any] | None:
    """From a day or month to another, both in figures; the first takes the year of the second where it has none."""
    until, end = int(match["until"]), int(match["end"])
    year, month = _year(match) or until, int(match["month"])
    if match["day"] is None:
        return _at([Point("month", year, month), Point("month", until, end)], ranged=True)
    return _at([Point("day", year, month, int(match["day"])), Point("day", until, end, int(match["last"]))], ranged=True)


def _many(text: str, make: Callable[[str], Point | None]) -> dict[str, Any] | None:
    """Points of a list ("i, ii và iv") or a stretch ("04-10")."""
    words = re.findall(r"[\w|]+", re.sub(r"\b(?:và|đến|năm)(?=\b|\d)", " ", text))
    points = [make(word) for word in words]
    if None in points:
        return None
    ranged = len(points) == 2 and bool(re.search(r"-|\bđến\b|\d/\d", text))
    return _at([point for point in points if point is not None], ranged)


def _months(match: Any) -> dict[str, Any] | None:
    return _many(match["list"], lambda word: Point("month", _year(match), int(word)) if word.isdecimal() else None)


def _quarters(match: Any) -> dict[str, Any] | None:
    def quarter(word: str) -> Point | None:
        number = _ROMAN.get(word) or _ROMAN.get(re.sub(r"[l1|]", "i", word))
        return None if number is None else Point("quarter", _year(match), number)

    return _many("".join(match.captures("list")), quarter)


def _half(match: Any) -> dict[str, Any] | None:
    return _at([Point("half", _year(match), 1 if match["which"] == "đầu" else 2)])


def _months_in(match: Any) -> dict[str, Any] | None:
    count = int(match["mark"].split()[0]) if match["mark"][0].isdecimal() else _WORDS[match["mark"].split()[0]]
    first = 13 - count if match["which"] == "cuối" else 1
    year = _year(match)
    return _at([Point("month", year, first), Point("month", year, first + count - 1)], ranged=True)


def _years(match: Any) -> dict[str, Any] | None:
    return _many(match["list"], lambda word: Point("year", int(word)) if word.isdecimal() else None)


def _this_year(match: Any) -> dict[str, Any] | None:
    return _at([Point("year", None)])


def monthly(day: int) -> str:
    """The RRULE of a day of every month; days that short months lack fall on their last one."""
    if day >= 31 or day == -1:
        return "FREQ=MONTHLY;BYMONTHDAY=-1"
    if day > 28:
        return f"FREQ=MONTHLY;BYMONTHDAY={','.join(str(d) for d in range(28, day + 1))};BYSETPOS=-1"
    return f"FREQ=MONTHLY;BYMONTHDAY={day}"


def yearly(month: int, day: int) -> str:
    """The RRULE of a day of every year; `day` -1 is the month's last."""
    return f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={-1 if (month, day) == (2, 29) else day}"


def _day_of(match: Any) -> dict[str, Any] | None:
    day = int(match["day"]) if match["day"].isdecimal() else -1
    which = match["which"]
    if not 1 <= day <= 31 and day != -1:
        return None
    if "năm" in which:
        return {"rrule": yearly(1 if "đầu" in which else 12, day)}
    if "quý" in which or "kỳ" in which:
        months = "1,4,7,10" if "đầu" in which else "3,6,9,12"
        return {"rrule": f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={-1 if day > 30 else day}"}
    if day != -1 and not re.search("hằng|hàng|mỗi|sau|tiếp|liền", which):
        return None  # "ngày 15 tháng …": no day of every month unless that is said
    return {"rrule": monthly(day)}


def _day_only(match: Any) -> dict[str, Any] | None:
    day = int(match["day"])
    return {"rrule": monthly(day)} if 1 <= day <= 31 else None


def repeating(months: int) -> str:
    """The RRULE of something due every so many months."""
    if months % 12 == 0:
        return "FREQ=YEARLY" + (f";INTERVAL={months // 12}" if months > 12 else "")
    return "FREQ=MONTHLY" + (f";INTERVAL={months}" if months > 1 else "")


def _months_of(unit: str) -> int | None:
    words = unit.split()
    if len(words) == 1:
        return _MONTHS_OF.get(unit)
    count = int(words[0]) if words[0].isdecimal() else _WORDS.get(words[0], 1)
    each = _MONTHS_OF.get(words[1])
    return None if each is None else count * each


def _every(match: Any) -> dict[str, Any] | None:
    units = match.captures("unit")
    if units[0] in ("ngày", "tuần"):
        return {"rrule": "FREQ=DAILY" if units[0] == "ngày" else "FREQ=WEEKLY"}
    months = [length for unit in units if (length := _months_of(unit)) is not None]
    return {"rrule": repeating(min(months)) if months else None}


def _times_per(match: Any) -> dict[str, Any] | None:
    unit, count, times = match["unit"], match["count"], match["times"]
    number = next((int(n) if n.isdecimal() else _WORDS[n] for n in (count, times) if n), 1)
    if unit == "tuần":
        return {"rrule": "FREQ=WEEKLY" + (f";INTERVAL={number}" if count and number > 1 else "")}
    months = _MONTHS_OF[unit]
    if count or not times:
        return {"rrule": repeating(months * number)} if number else None
    if number == 0 or months % number:
        return {"rrule": None}
    return {"rrule": repeating(months // number)}


def _weekday(match: Any) -> dict[str, Any] | None:
    return {"rrule": f"FREQ=WEEKLY;BYDAY={_WEEKDAYS[match['day'].split()[-1]]}"}


def _event(match: Any) -> dict[str, Any] | None:
    return {"trigger": match.span("trigger")}


def _within(match: Any) -> dict[str, Any] | None:
    return {"trigger": None if match["trigger"] is None else match.span("trigger")}


def _nothing(match: Any) -> dict[str, Any] | None:
    return {}


CONVERTERS: Mapping[str, Callable[[Any], dict[str, Any] | None]] = MappingProxyType(
    {
        "day": _day,
        "days": _days,
        "stretch": _stretch,
        "day_of": _day_of,
        "day_only": _day_only,
        "months": _months,
        "quarters": _quarters,
        "half": _half,
        "months_in": _months_in,
        "years": _years,
        "this_year": _this_year,
        "every": _every,
        "times_per": _times_per,
        "weekday": _weekday,
        "continuous": _nothing,
        "regular": _nothing,
        "event": _event,
        "within": _within,
    }
)
