"""Tables set by white alone: a head that begins with "STT" or "TT", rows under it in the same columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import regex

from extractor.layout.banded import with_columns
from extractor.layout.lines import Line, PageWords, find_lines, find_runs
from extractor.layout.ruled import Drawn

ORDINAL_HEADS = frozenset({"STT", "TT", "Stt", "Tt"})
CODE = regex.compile(r"(?:\d{1,3}(?:\.\d{1,3})*|[IVXL]{1,5}|[A-Za-zĐđ]|[-+*•])[.)]?")
LEAST_PHRASES = 3
ROW_GAP = 0.35  # of the size: more white above a line than within a cell
FAR = 2.5  # of the size: white that ends the table


def find_aligned(words: PageWords, taken: Sequence[Drawn]) -> list[Drawn]:
    """Tables without rules and shades, besides those already `taken`."""
    heads = np.array([word in ORDINAL_HEADS for word in words.text], bool)
    if not heads.any():
        return []
    free = np.ones(len(words.text), bool)
    for table in taken:
        free &= table.cell_of((words.x0 + words.x1) / 2, (words.top + words.bottom) / 2) < 0
    if not (heads & free).any():
        return []
    rest = words.only(free)
    runs, _ = find_runs(rest, 0)
    lines = find_lines(runs)
    found: list[Drawn] = []
    k = 0
    while k < len(lines):
        end = _end(lines, k, rest.text) if _is_head(lines[k], rest.text) else k
        tables = _table(lines[k:end], rest) if end - k >= LEAST_PHRASES else []
        found += tables
        k = end if tables else k + 1
    return found


def _is_head(line: Line, texts: Sequence[str]) -> bool:
    """Whether a line has several phrases, far apart, and begins with the head of a column of numbers."""
    wide = [gap for gap in line.gaps if gap[1] - gap[0] > line.size]
    return len(wide) >= LEAST_PHRASES - 1 and texts[line.ids[0]] in ORDINAL_HEADS


def _end(lines: Sequence[Line], k: int, texts: Sequence[str]) -> int:
    """The number behind the table's last line: what follows stands apart, sticks out, or runs across the columns."""
    left, right = lines[k].x0, lines[k].x1
    second = lines[k].runs[1].x0
    end = k + 1
    while end < len(lines):
        line = lines[end]
        if _is_head(line, texts) or abs(line.size - lines[k].size) > 0.12 * line.size:
            break
        outside = line.x0 < left - 2 * line.size or line.x1 > right + 4 * line.size
        if outside or _is_prose(line, lines[k]) or line.top - lines[end - 1].bottom > FAR * line.size:
            break
        right = max(right, line.x1)
        end += 1
    while end > k + 1 and lines[end - 1].bold and len(lines[end - 1].runs) == 1 and lines[end - 1].x0 > second:
        end -= 1  # the caption of a table that follows
    return end


def _is_prose(line: Line, head: Line) -> bool:
    """Whether a phrase runs on under several heads, as no cell's text does; headings across a table are bold."""
    starts = [run.x0 for run in head.runs[1:]]
    return not line.bold and any(sum(run.x0 < x - line.size and run.x1 > x + 2 * line.size for x in starts) > 1 for run in line.runs)


def _table(lines: Sequence[Line], words: PageWords) -> list[Drawn]:
    left, right = min(x.x0 for x in lines) - 3.0, max(x.x1 for x in lines) + 3.0
    first = lines[0].runs[1].x0
    ys = [lines[0].top - 1.0]
    heads = 1
    while heads < len(lines) and lines[heads].bold and lines[heads - 1].bold:
        heads += 1
    for before, line in pairwise(lines[heads - 1 :]):
        numbered = line.runs[0].x1 < first and CODE.fullmatch(words.text[line.ids[0]]) is not None
        if numbered or line.top - before.bottom > ROW_GAP * line.size:
            ys.append((before.bottom + line.top) / 2)
    ys.append(max(x.bottom for x in lines) + 1.0)
    return with_columns((left, ys[0], right, ys[-1]), np.array(ys), words)
