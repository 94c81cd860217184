"""Reading order: where text stands side by side (letterhead, signatures, two-column pages), it is read column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from extractor.layout.lines import Line, Run, find_lines

WIDE = 2.0  # of the size: no narrower gap parts columns
DEEPEST = 3
NEAR = 60  # lines that are looked at around one
ADDRESSING = ("Kính", "KÍNH")  # "Kính gửi: …" ends the letterhead (Decree 30/2020/NĐ-CP, annex I, form 1.5)
Band = tuple[int, int, tuple[float, float]]  # first and last line, and from where to where it is free between the columns
_MARKER = regex.compile(r"(?:\p{L}{1,5}|\d{1,3}(?:\.\d{1,3})*)?[.)/:]?|[-–+*•▪➢✓❖]")


@dataclass(slots=True)
class Stretch:
    """Lines that stand under each other and are read without interruption.

    `whole`: they have the page's full width; else `limit` is where the next column starts, if one follows.
    """

    lines: list[Line]
    whole: bool = True
    limit: float | None = None


def find_stretches(lines: Sequence[Line], texts: Sequence[str], depth: int = 0) -> list[Stretch]:
    """Lines of a page (or column) in reading order."""
    found: list[Stretch] = []
    start = k = 0
    while k < len(lines):
        corridor = _corridor(lines[k], texts) if depth < DEEPEST else None
        band = corridor and _band(lines, k, corridor, (start, texts))
        if not band:
            k += 1
            continue
        first, last, (left, right) = band
        if first > start:
            found.append(Stretch(list(lines[start:first]), depth == 0))
        middle = (left + right) / 2
        runs = [run for line in lines[first : last + 1] for run in line.runs]
        for limit, side in ((right, [r for r in runs if r.x0 < middle]), (None, [r for r in runs if r.x0 >= middle])):
            found += [Stretch(part.lines, False, part.limit or limit) for part in find_stretches(find_lines(side), texts, depth + 1)]
        start = k = last + 1
    if start < len(lines):
        found.append(Stretch(list(lines[start:]), depth == 0))
    return found


def _corridor(line: Line, texts: Sequence[str]) -> tuple[float, float] | None:
    """The wide white gap that parts a line in two, if it is one: not behind a list marker, not in a stretched line."""
    if len(line.runs) < 2:
        return None
    gaps = line.gaps
    widest = max(range(len(gaps)), key=lambda k: gaps[k][1] - gaps[k][0])
    left, right = gaps[widest]
    if right - left < WIDE * line.size or _stretched(line, right - left):
        return None
    before = [i for run in line.runs[: widest + 1] for i in run.ids]
    if len(before) == 1 and _MARKER.fullmatch(texts[before[0]]):
        return None
    return left, right


def _stretched(line: Line, gap: float) -> bool:
    """A justified line whose words were drawn apart: its other gaps are as wide."""
    others = sorted(b - a for a, b in line.gaps if b - a > line.size)
    return len(others) > 2 and others[-2] > 0.7 * gap


def _band(lines: Sequence[Line], k: int, corridor: tuple[float, float], doc: tuple[int, Sequence[str]]) -> Band | None:
    """The lines that leave the corridor free; None where it is only a gap in a line."""
    start, texts = doc
    left, right = corridor
    last, both, side = k, 1, ""
    ends = {"left": lines[k].bottom, "right": lines[k].bottom}
    for n in range(k + 1, len(lines)):
        narrowed = _narrowed(lines[n], left, right)
        if narrowed is None or lines[n].top - max(ends.values()) > 6 * lines[n].size or texts[lines[n].runs[0].ids[0]] in ADDRESSING:
            break
        side, left_here, right_here = narrowed
        if side == "both":
            if lines[n].top - max(ends.values()) > 1.8 * lines[n].size:
                break
        elif not _goes_on(lines, (k, n), (side, left, right), ends[side]):
            break
        left, right, last = left_here, right_here, n
        both += side == "both"
        ends.update(dict.fromkeys(("left", "right") if side == "both" else (side,), lines[n].bottom))
    first = _upwards(lines, k, start, (left, right))
    if both < 2 and last == k and right - left < 1.5 * WIDE * lines[k].size:
        return None
    if _are_rows(lines[first : last + 1], (left + right) / 2, texts):
        return None
    return first, last, (left, right)


def _are_rows(lines: Sequence[Line], middle: float, texts: Sequence[str]) -> bool:
    """Whether what looks like two columns is a list of labels with their values ("- Dân số:   374.125 người")."""
    rows = 0
    for line in lines:
        label, value = ([i for r in line.runs for i in r.ids if (r.x0 < middle) == left] for left in (True, False))
        if value and not (label and any(c.isdigit() for i in value for c in texts[i]) and _is_label(label, texts)):
            return False
        rows += bool(value)
    return rows > 1


def _is_label(ids: Sequence[int], texts: Sequence[str]) -> bool:
    return len(ids) > 1 and (texts[ids[0]] in {"-", "–", "+", "•"} or texts[ids[-1]].endswith(":"))


def _narrowed(line: Line, left: float, right: float) -> tuple[str, float, float] | None:
    """On which sides of the corridor a line has text, and what it leaves free of it; None if it crosses."""
    least = 0.4 * line.size
    if line.x1 <= right - least and line.x0 < left:
        return "left", max(left, line.x1), right
    if line.x0 >= left + least and line.x1 > right:
        return "right", left, min(right, line.x0)
    for a, b in line.gaps:
        free = max(a, left), min(b, right)
        if free[1] - free[0] >= least:
            return "both", *free
    return None


def _goes_on(lines: Sequence[Line], numbers: tuple[int, int], where: tuple[str, float, float], end: float) -> bool:
    """Whether a line on one side only goes on with that side's column: near it, and within its width."""
    (k, n), (side, left, right) = numbers, where
    line = lines[n]
    near = lines[max(k, n - NEAR) : n]
    own = [r for x in near for r in x.runs if (r.x1 <= right if side == "left" else r.x0 >= left)]
    own = [r for r in own if (r.x0 < left) == (side == "left")]
    if not own:
        return False
    x0, x1 = min(r.x0 for r in own), max(r.x1 for r in own)
    around = lines[max(0, n - NEAR) : n + NEAR]
    page = min(x.x0 for x in around) + max(x.x1 for x in around)
    if abs(line.x0 + line.x1 - page) < line.size < abs(line.x0 + line.x1 - x0 - x1) / 2:
        return False  # in the middle of the page: a title
    inside = line.x0 >= x0 - line.size and line.x1 <= x1 + line.size
    centred = abs(line.x0 + line.x1 - x0 - x1) < line.size
    starts = abs(line.x0 - x0) < 0.5 * line.size
    close = line.top - end < 1.6 * line.size
    return (close and (inside or centred or starts)) or (inside and side == "right" and any(x.x1 < left for x in lines[n + 1 : n + 6]))


def _upwards(lines: Sequence[Line], k: int, start: int, corridor: tuple[float, float]) -> int:
    """The first line of the band: lines above that stand on the right only belong to it, and what is left beside them."""
    first, n = k, k - 1
    while n >= start and n >= k - 6:
        narrowed = _narrowed(lines[n], *corridor)
        if narrowed is None or lines[n + 1].top - lines[n].bottom > 2 * lines[n].size:
            break
        if narrowed[0] != "left":
            first = n
        n -= 1
    return first


def all_runs(stretches: Sequence[Stretch]) -> list[Run]:
    """The runs of stretches, in reading order."""
    return [run for stretch in stretches for line in stretch.lines for run in line.runs]
