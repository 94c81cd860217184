"""Dates and periods; `Time` and `find_times` are told of in `times`."""

from __future__ import annotations

import re

from extractor.patterns import patterns, time_limit
from extractor.values.folding import level
from extractor.values.pieces import Piece, convert
from extractor.values.points import edtf
from extractor.values.times import Time, find_times

__all__ = ["Time", "find_times", "read_date", "read_period"]


def read_date(text: str) -> str | None:
    """The ISO day of the first whole date in `text`, or None: a blank or impossible day is no date."""
    levelled = level(text[:400])
    found = [piece for pattern in _of("day", "day_words") for piece in _found(pattern, levelled)]
    found = [piece for piece in found if piece.points[0].year is not None]
    return edtf(min(found, key=lambda piece: piece.start).points[0]) if found else None


def read_period(text: str) -> str | None:
    """The years a title, heading or column stands for: `2024`, or `2021/2025` for a stretch; None where it names none.

    A year and the next one named after it are a stretch too ("năm 2022 và phương hướng năm 2023"); what a year is only
    compared with ("so với năm 2015") and cut-off days in brackets do not count.
    """
    levelled = re.sub(r"\((?:tính|số liệu|đến)[^)]*\)", " ", level(text[:400]))
    levelled = re.sub(r"(?<=\d{4})\s*/\s*(?=\d{4})", "-", re.sub(r"so với (?:cùng kỳ )?(?:năm )?\d{4}", " ", levelled))
    found = [piece for pattern in _of("years", "year_figures") for piece in _found(pattern, levelled)]
    if found:
        found.sort(key=lambda piece: (piece.start, -piece.end))
        points = found[0].points
        later = found[-1].points
        if len(points) == len(later) == 1 and later[0].year == (points[0].year or 0) + 1:
            points += later
        first, last = min(points), max(points)
        return edtf(first) if first == last else f"{edtf(first)}/{edtf(last)}"
    dated = [p for pattern in _of("months", "month_figures", "quarters", "half", "months_in", "day", "day_words") for p in _found(pattern, levelled)]
    return next((str(p.year) for piece in dated for p in piece.points if p.year is not None), None)


def _of(*names: str) -> list[object]:
    return [pattern for pattern in patterns("times") if pattern.id in names]


def _found(pattern: object, levelled: str) -> list[Piece]:
    matches = pattern.regex.finditer(levelled, timeout=time_limit(len(levelled)))  # type: ignore[attr-defined]
    return [piece for match in matches if (piece := convert(pattern.id, pattern.value, match)) is not None]  # type: ignore[attr-defined]
