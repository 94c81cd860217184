"""Lines → paragraphs: by indent, by spacing, by the room a line left, by list markers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import regex

from extractor.layout.lines import Line, passage, words_of
from extractor.layout.pieces import Paragraph

_MARKER = regex.compile(
    r"[IVXL]{1,6}[.)]|[A-ZĐ][.)]|\d{1,2}(?:\.\d{1,2}){1,4}[.)]?|\d{1,2}[.)]|[a-zđ]\d?[.)]|[-–+*•▪➢✓❖]"
    r"|(?:Điều|ĐIỀU|Khoản|Chương|CHƯƠNG|Mục|MỤC|Phần|PHẦN|Phụ|PHỤ|Biểu|BIỂU|Mẫu|MẪU)"
)
_RAISED = regex.compile("[⁰¹²³⁴-⁹]")
_STOPPED = regex.compile("[.;:!?][⁰¹²³⁴-⁹]*$")
_GOES_ON = regex.compile(r"\w[,-]$")
_NAMED = regex.compile(r"(?:\d{1,3}|[IVXL]{1,6}|LỤC|lục|mẫu|MẪU|số|thứ)[.:)]?")


FEW = 5  # lines that do not show how wide their column is


@dataclass(frozen=True, slots=True)
class Margins:
    """Left and right edge that the text of a stretch keeps to, in points; its usual pitch from line to line."""

    left: float
    right: float
    pitch: float
    centred: bool = False  # a column of lines each centred on the others, as in letterheads
    indents: frozenset[int] = frozenset()  # left edges, in whole points, that several lines have
    narrow: bool = False  # a column beside another
    room: float | None = None  # how wide the column can be, where that is known
    first_lines: float | None = None  # where the first lines of paragraphs start, if further right than the others


def margins(lines: Sequence[Line], page: tuple[float, float], limit: float | None = None, narrow: bool = False) -> Margins:
    """The edges of lines under each other; those of the page, or of the column (`narrow`) up to `limit`, where they are few."""
    left, right = min(x.x0 for x in lines), max(x.x1 for x in lines)
    if not narrow:
        left, right = min(left, page[0]), max(right, page[1])
    elif limit is not None and (len(lines) < FEW or sum(right - x.x1 < 1.5 * x.size for x in lines) < 0.4 * len(lines)):
        right = max(right, limit - 0.5 * lines[0].size)
    steps = [b.bottom - a.bottom for a, b in pairwise(lines) if 0 < b.bottom - a.bottom < 2.2 * b.size]
    starts = Counter(round(x.x0) for x in lines)
    indents = frozenset(x for x, count in starts.items() if count > 2)
    pitch = median(steps) if steps else 1.5 * lines[0].size
    room = limit - 0.5 * lines[0].size - min(left, page[0]) if narrow and limit is not None else None
    return Margins(left, right, pitch, narrow and _on_one_axis(lines), indents, narrow, room, _first_lines(lines, left))


def _first_lines(lines: Sequence[Line], left: float) -> float | None:
    """The indent of first lines, told by at least two of them that are followed by a line at the left edge."""
    steps = Counter(round(a.x0) for a, b in pairwise(lines) if a.x0 > left + a.size and abs(b.x0 - left) < 2)
    return next((float(x) for x, count in steps.most_common(1) if count > 1), None)


def _on_one_axis(lines: Sequence[Line]) -> bool:
    """Whether lines of different length have their middles above each other."""
    middles, starts = [x.x0 + x.x1 for x in lines], [x.x0 for x in lines]
    axis = median(middles)
    near = sum(abs(m - axis) < 2.5 * x.size for m, x in zip(middles, lines, strict=True))
    return len(lines) > 1 and near >= 0.7 * len(lines) and max(starts) - min(starts) > 0.15 * lines[0].size


def is_marked(line: Line, texts: Sequence[str]) -> bool:
    """Whether a line starts with what starts a list item or a heading."""
    ids = line.runs[0].ids
    head = texts[ids[0]]
    if not _MARKER.match(head):
        return False
    following = texts[ids[1]] if len(ids) > 1 else texts[line.runs[1].ids[0]] if len(line.runs) > 1 else ""
    if head in {"-", "–", "+", "*"} or head[0] in "-–+*•▪➢✓❖":
        rest = head[1:] or following
        return bool(rest) and not rest[0].isdigit()
    if head[0].isalpha() and len(head) > 2 and head[-1] not in ".)":
        return bool(_NAMED.fullmatch(following))
    return bool(_MARKER.fullmatch(head))


def is_centred(line: Line, edges: Margins) -> bool:
    """Whether a line stands in the middle with room on both sides."""
    if edges.centred:
        return True
    if min(line.x0 - edges.left, edges.right - line.x1) <= 1.5 * line.size or any(abs(line.x0 - x) < 2.5 for x in edges.indents):
        return False
    return _is_balanced(line, edges)


def _is_balanced(line: Line, edges: Margins) -> bool:
    before, after = line.x0 - edges.left, edges.right - line.x1
    return abs(before - after) < max(1.5 * line.size, 0.06 * (before + after))


def _in_title(last: Line, line: Line, edges: Margins) -> bool:
    """Whether two lines are centred, be it that one of them fills the width, as a long title's may."""
    if is_centred(last, edges):
        return is_centred(line, edges) or (line.bold and last.bold and _is_balanced(line, edges))
    return is_centred(line, edges) and line.bold and last.bold and _is_balanced(last, edges)


def has_room(line: Line, following: Line, edges: Margins) -> bool:
    """Whether the first word of the following line would have fitted at the end of this one."""
    return edges.right - line.x1 > following.runs[0].lead + 0.55 * following.size


def starts_anew(group: list[Line], line: Line, edges: Margins, texts: Sequence[str]) -> bool:
    """Whether `line` starts a paragraph rather than going on with the one whose lines are `group`."""
    last, first, size = group[-1], group[0], line.size
    if abs(last.size - size) > 0.12 * max(last.size, size) or _is_apart(last, line, edges, texts):
        return True
    if (first.bold and last.bold and not line.runs[0].bold) or (line.bold and not last.runs[-1].bold):
        return True
    step = 0.7 * size
    marked = is_marked(line, texts)
    if _in_title(last, line, edges):
        return _starts_title(group, line, edges, texts)
    if has_room(last, line, edges):
        return marked or not _item_goes_on(group, line, edges, texts)
    if len(group) == 1:
        if line.x0 > first.x0 + step:
            return not is_marked(first, texts)
        if edges.first_lines is not None and abs(line.x0 - edges.first_lines) < 2 and abs(first.x0 - edges.first_lines) < 2:
            return True
        return marked and line.x0 > first.x0 - step
    second = group[1]
    if line.x0 > second.x0 + step or line.x0 < second.x0 - step:
        return True
    return marked and abs(line.x0 - first.x0) < step


def _is_apart(last: Line, line: Line, edges: Margins, texts: Sequence[str]) -> bool:
    """Whether there is more space above a line than lines of a paragraph have; raised marks push lines apart a little."""
    pitch = line.bottom - last.bottom
    if pitch <= edges.pitch + 0.3 * line.size:
        return False
    before = words_of(last, texts)
    return pitch > edges.pitch + 0.6 * line.size or _STOPPED.search(before) is not None or not _RAISED.search(before + words_of(line, texts))


def _item_goes_on(group: list[Line], line: Line, edges: Margins, texts: Sequence[str]) -> bool:
    """Whether, in a narrow column (recipients, subject), an item that no stop ends goes on in the next line."""
    if not edges.narrow or texts[group[-1].runs[-1].ids[-1]][-1] in ".;:":
        return False
    return texts[group[0].runs[0].ids[0]][0] in "-–+" or texts[line.runs[0].ids[0]][0].islower()


def _starts_title(group: list[Line], line: Line, edges: Margins, texts: Sequence[str]) -> bool:
    """The same among centred lines: a title of several lines goes on in its own case, where the line before was long."""
    last, first = group[-1], texts[group[0].runs[0].ids[0]]
    head, tail = texts[line.runs[0].ids[0]], texts[last.runs[-1].ids[-1]]
    if head[0].islower() or _GOES_ON.search(tail) or first.lower() == "v/v":
        return False
    if is_marked(line, texts):
        return True
    if edges.centred:
        wraps = edges.room is not None and last.x1 - last.x0 + line.runs[0].lead + 0.3 * line.size > edges.room
        return not (wraps and last.bold == line.bold and words_of(last, texts).isupper() and words_of(line, texts).isupper())
    long = last.x1 - last.x0 > 0.55 * (edges.right - edges.left)
    return not (long and words_of(last, texts).isupper() == words_of(line, texts).isupper())


def group_lines(lines: Iterable[Line], edges: Margins, texts: Sequence[str]) -> list[list[Line]]:
    """Lines of one stretch as the lines of its paragraphs."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not starts_anew(groups[-1], line, edges, texts):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def paragraph(lines: Sequence[Line], edges: Margins, texts: Sequence[str], page: int) -> Paragraph:
    """A paragraph piece of its lines."""
    centred = edges.centred or (any(is_centred(line, edges) for line in lines) and all(_is_balanced(line, edges) for line in lines))
    bold = all(line.bold for line in lines)
    return Paragraph(passage(lines, texts), page, indent=round(lines[0].x0, 2), bold=bold, centred=centred)
