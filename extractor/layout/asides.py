"""What is on a page besides the running text: running heads, page numbers, signature stamps, footnotes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from statistics import median

import regex

from extractor.layout.lines import Line, Run, words_of
from extractor.patterns import patterns

SMALL = 10.5  # points: what signing programs print is no larger
_MARK = regex.compile(r"([¹²³⁰⁴-⁹]{1,3}|\d{1,3}|\*{1,3})(?:[.)]?)(?=$|\p{L})|([¹²³⁰⁴-⁹]{1,3}|\d{1,3})$")
MARGIN = 0.13  # of the height of a page
EDGE_LINES = 3  # so many lines at the top and bottom of a page may be furniture
_NUMBERED = regex.compile(r"(?P<before>\d{1,4}) (?P<rest>.{12,})|(?P<rest>.{12,}) (?P<after>\d{1,4})")


@cache
def _patterns() -> Mapping[str, regex.Pattern[str]]:
    return {pattern.id: pattern.regex for pattern in patterns("furniture")}


def find_furniture(pages: Sequence[tuple[float, Sequence[Line]]], texts: Sequence[str]) -> list[dict[int, str]]:
    """For each page (its height and lines, top to bottom): which lines are furniture, and of what kind."""
    found: list[dict[int, str]] = [{} for _ in pages]
    repeats: dict[tuple[str, str], list[tuple[int, int, float]]] = defaultdict(list)
    numbers: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    shown = _patterns()["page_number"]
    for number, (height, lines) in enumerate(pages):
        for k, edge, rank in _edge_lines(lines, height):
            text = words_of(lines[k], texts)
            printed = shown.fullmatch(text)
            if printed and rank < 2:
                numbers[edge, int(printed["value"]) - number].append((number, k))
            elif len(text) < 200:
                for form in {text, _without_number(text, number)}:
                    repeats[edge, form].append((number, k, lines[k].top))
    least = max(2, min(3, len(pages) // 3))
    for (edge, _), places in repeats.items():
        if len({p for p, _, _ in places}) >= least and _level(places):
            for page, k, _ in places:
                found[page][k] = edge
    for (_, shift), spots in numbers.items():
        if len(spots) > 1 or len(pages) <= 3 or 0 <= shift <= 1:
            for page, k in spots:
                found[page][k] = "page_number"
    return found


def _without_number(text: str, page: int) -> str:
    """A running head without the page number at its start or end; the number written as its distance from the page's."""
    found = _NUMBERED.fullmatch(text)
    if not found:
        return text
    return f"{found['rest']} #{int(found['before'] or found['after']) - page}"


def _edge_lines(lines: Sequence[Line], height: float) -> list[tuple[int, str, int]]:
    """(line, "header" or "footer", how many lines from the edge) of the lines in the upper and lower margin of a page."""
    top = [(k, "header", k) for k in range(min(EDGE_LINES, len(lines)))]
    low = [(k, "footer", len(lines) - 1 - k) for k in range(max(len(lines) - EDGE_LINES, 0), len(lines))]
    middles = [(line.top + line.bottom) / 2 / height for line in lines]
    return [e for e in top if middles[e[0]] <= MARGIN] + [e for e in low if middles[e[0]] >= 1 - MARGIN]


def _level(places: Sequence[tuple[int, int, float]]) -> bool:
    """Whether a repeated line stands at about the same height: most within a line of the median."""
    middle = median(top for _, _, top in places)
    return sum(abs(top - middle) < 12 for _, _, top in places) >= 0.7 * len(places)


def stamp_runs(runs: Sequence[Run], texts: Sequence[str]) -> list[Run]:
    """The runs that a digital signature printed ("Ký bởi: …", name, address, time), in reading order."""
    how = _patterns()
    small = [(run, " ".join([texts[i] for i in run.ids])) for run in runs if run.size < SMALL]
    stamp = [run for run, text in small if how["stamp"].search(text) or how["clock"].search(text)]
    found = {id(run) for run in stamp}
    for one in stamp:  # grows while it is walked
        for run, _ in small:
            if id(run) not in found and _touches(one, run):
                found.add(id(run))
                stamp.append(run)
    return sorted(stamp, key=lambda r: (round(r.top), r.x0))


def _touches(one: Run, other: Run) -> bool:
    """Whether two runs of one size stand under or beside each other without a gap."""
    across = max(one.x0, other.x0) - min(one.x1, other.x1)
    down = max(one.top, other.top) - min(one.bottom, other.bottom)
    return abs(one.size - other.size) < 0.1 * one.size and across < one.size and down < 0.6 * one.size


def find_footnotes(lines: Sequence[Line], body: float, rules: Sequence[tuple[float, float, float]], texts: Sequence[str]) -> tuple[int, int]:
    """First and behind-last number of a page's footnote lines; equal where it has none.

    They stand at the end of the page or over a signature block, under a short rule or in smaller print, and begin with
    a mark. `body`: size of the running text; `rules`: y, x0, x1 of the page's horizontal lines.
    """
    small = len(lines)
    while small and lines[small - 1].size < 0.93 * body:
        small -= 1
    ruled = [k for k in range(len(lines)) if _is_under_rule(lines, k, rules)]
    start = next((k for k in ruled if k >= small or mark_of(lines[k], texts)), None)
    if start is None:
        start = next((k for k in range(small, len(lines)) if mark_of(lines[k], texts)), len(lines))
    end = start + 1
    while end < len(lines) and _is_note(lines[end - 1], lines[end], mark_of(lines[end], texts)):
        end += 1
    return start, min(end, len(lines))


def _is_under_rule(lines: Sequence[Line], k: int, rules: Sequence[tuple[float, float, float]]) -> bool:
    """Whether the short rule that parts footnotes from the text stands between a line and the one before."""
    line = lines[k]
    ceiling = lines[k - 1].bottom - 0.3 * line.size if k else 0.0
    return any(ceiling <= y <= line.top + 0.4 * line.size and 30 < x1 - x0 < 260 and abs(x0 - line.x0) < 40 for y, x0, x1 in rules)


def _is_note(before: Line, line: Line, mark: str | None) -> bool:
    """Whether a line goes on with the footnotes: print of one size, near the line before, nothing beside it."""
    wide = any(b - a > 3 * line.size for a, b in line.gaps)
    near = line.top - before.bottom < (2.5 if mark else 0.7) * line.size
    return near and not wide and not line.bold and line.size < 1.25 * before.size


def mark_of(line: Line, texts: Sequence[str]) -> str | None:
    """The footnote mark that a line starts with ("1", "²", "*"), if any."""
    ids = line.ids
    head = texts[ids[0]]
    found = _MARK.match(head)
    if not found:
        return None
    if head == found[0] and len(ids) > 1 and not (texts[ids[1]][0].isalpha() or texts[ids[1]][0].isdigit() or texts[ids[1]][0] in "([“\""):
        return None
    mark: str | None = found[1] or found[2]
    return mark
