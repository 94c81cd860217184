"""Points of the calendar, as fine as they are said: EDTF (ISO 8601-2, level 2) and first and last days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

Grain = Literal["day", "month", "quarter", "half", "year"]
_MONTHS = {"month": 1, "quarter": 3, "half": 6}  # how many months one takes
_SEASON = {"quarter": 32, "half": 39}  # EDTF: quarters are "months" 33..36, half-years 40 and 41


class Point(NamedTuple):
    """A day, month, quarter, half-year or year; `part` counts from 1 within the year, `year` is None where it is not said."""

    grain: Grain
    year: int | None
    part: int = 0
    day: int = 0

    def in_year(self, year: int | None) -> Point:
        """The same point of `year`, where it has none of its own."""
        return self._replace(year=year) if self.year is None else self


def real(point: Point) -> bool:
    """Whether the calendar has the point (31 February it has not; 29 February only in no year or a leap year)."""
    if point.grain == "year":
        return point.year is None or 1900 <= point.year <= 2199
    if point.year is not None and not 1900 <= point.year <= 2199:
        return False
    if point.grain == "day":
        return 1 <= point.part <= 12 and 1 <= point.day <= monthrange(2024 if point.year is None else point.year, point.part)[1]
    return 1 <= point.part <= 12 // _MONTHS[point.grain]


def edtf(point: Point) -> str:
    """EDTF of a point; `XXXX` stands for a year that is not said."""
    year = "XXXX" if point.year is None else f"{point.year:04d}"
    if point.grain == "year":
        return year
    part = f"{year}-{point.part + _SEASON.get(point.grain, 0):02d}"
    return f"{part}-{point.day:02d}" if point.grain == "day" else part


def edtf_of(points: Sequence[Point], ranged: bool) -> str:
    """EDTF of one point, of a stretch (`2022-04/2022-10`) or of a set (`{2022-33,2022-34}`)."""
    parts = [edtf(point) for point in points]
    if ranged:
        return f"{parts[0]}/{parts[-1]}"
    return parts[0] if len(parts) == 1 else "{" + ",".join(parts) + "}"


def first_day(point: Point) -> date | None:
    """The day a point begins, None where its year is not known."""
    if point.year is None:
        return None
    if point.grain in ("day", "year"):
        return date(point.year, point.part or 1, point.day or 1)
    return date(point.year, (point.part - 1) * _MONTHS[point.grain] + 1, 1)


def last_day(point: Point) -> date | None:
    """The day a point ends, None where its year is not known."""
    if point.year is None:
        return None
    if point.grain == "day":
        return date(point.year, point.part, point.day)
    month = 12 if point.grain == "year" else point.part * _MONTHS[point.grain]
    return date(point.year, month, monthrange(point.year, month)[1])


def last_month(point: Point) -> int:
    """The month (1–12) in which a point ends, whatever the year."""
    return 12 if point.grain == "year" else point.part if point.grain == "day" else point.part * _MONTHS[point.grain]
