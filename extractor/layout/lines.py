"""Placed words → lines of text, whatever they come from (a PDF's text layer or OCR)."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from extractor.layout.pieces import Passage, WordColumns

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
MANY = 200  # runs of a line from which on only the last is looked at
RUN_GAP = 0.7  # of the size: a wider gap ends a run of words


@dataclass(slots=True)
class PageWords:
    """The words of a page as parallel columns, in points from the top left of the page, in reading or stream order.

    `size`: font size in points (for OCR: height of the line). `direction`: quarter turns counter-clockwise that the
    text runs away from the horizontal. `font` numbers `fonts`, their names; `confidence` is 0–1.
    """

    page: int
    width: float
    height: float
    text: list[str]
    x0: Floats
    top: Floats
    x1: Floats
    bottom: Floats
    size: Floats
    bold: NDArray[np.bool_]
    confidence: Floats | None = None
    direction: Ints | None = None
    font: Ints | None = None
    fonts: list[str] = field(default_factory=list)
    invisible: float = 0.0  # share of words that are laid invisibly under a picture of the page

    @classmethod
    def empty(cls, page: int, width: float, height: float) -> PageWords:
        """A page of that size without words."""
        none = np.zeros(0)
        return cls(page, width, height, [], none, none, none, none, none, np.zeros(0, bool))

    def turned(self, turns: int) -> PageWords:
        """The same words on the page turned clockwise by quarter turns."""
        turns %= 4
        if not turns:
            return self
        width, height = self.width, self.height
        x0, top, x1, bottom = self.x0, self.top, self.x1, self.bottom
        for _ in range(turns):
            x0, top, x1, bottom = height - bottom, x0, height - top, x1
            width, height = height, width
        direction = None if self.direction is None else (self.direction - turns) % 4
        x0, top, x1, bottom = (np.round(v, 3) for v in (x0, top, x1, bottom))
        return replace(self, width=width, height=height, direction=direction, x0=x0, top=top, x1=x1, bottom=bottom)

    def only(self, keep: NDArray[np.bool_]) -> PageWords:
        """The words for which `keep` is true."""
        if keep.all():
            return self
        which = np.flatnonzero(keep)
        text = [self.text[k] for k in which]
        x0, top, x1, bottom, size = (v[which] for v in (self.x0, self.top, self.x1, self.bottom, self.size))
        confidence = None if self.confidence is None else self.confidence[which]
        direction = None if self.direction is None else self.direction[which]
        font = None if self.font is None else self.font[which]
        made = replace(self, text=text, x0=x0, top=top, x1=x1, bottom=bottom, size=size, bold=self.bold[which])
        return replace(made, confidence=confidence, direction=direction, font=font)

    def add_to(self, columns: WordColumns) -> int:
        """Appends the words to a document's columns; comes back with the number of the first."""
        first = len(columns.text)
        columns.text += self.text
        columns.page += [self.page] * len(self.text)
        columns.x0 += self.x0.tolist()
        columns.top += self.top.tolist()
        columns.x1 += self.x1.tolist()
        columns.bottom += self.bottom.tolist()
        columns.confidence += [1.0] * len(self.text) if self.confidence is None else self.confidence.tolist()
        return first


    def glued(self, torn: NDArray[np.bool_]) -> PageWords:
        """The same with word k + 1 made part of word k wherever `torn[k]`."""
        if not torn.any():
            return self
        text = list(self.text)
        for k in np.flatnonzero(torn)[::-1].tolist():
            text[k] += text[k + 1]
        starts = np.flatnonzero(np.concatenate(([True], ~torn)))
        made = replace(self, text=text).only(np.concatenate(([True], ~torn)))
        made.x0, made.x1 = np.minimum.reduceat(self.x0, starts), np.maximum.reduceat(self.x1, starts)
        made.top, made.bottom = np.minimum.reduceat(self.top, starts), np.maximum.reduceat(self.bottom, starts)
        return made


def raise_marks(words: PageWords) -> PageWords:
    """The words with small raised digits that are words of their own, as footnote marks drawn apart, written as superscripts
    and made part of the word that they touch."""
    text = words.text
    torn = np.zeros(max(len(text) - 1, 0), bool)
    for k in [k for k, w in enumerate(text) if len(w) <= 2 and w.isdigit() and w.isascii()]:
        if not any(0 <= n < len(text) and not text[n].isdigit() and _is_raised(words, k, n) for n in (k - 1, k + 1)):
            continue
        text[k] = text[k].translate(RAISED)
        touch = 0.12 * words.size[k]
        if k and _is_raised(words, k, k - 1) and abs(words.x0[k] - words.x1[k - 1]) < touch:
            torn[k - 1] = True
        if k + 1 < len(text) and text[k + 1][0] in ".,;:)" and abs(words.x0[k + 1] - words.x1[k]) < touch:
            torn[k] = True
    return words.glued(torn)


def _is_raised(words: PageWords, k: int, n: int) -> bool:
    """Whether word `k` is a small one beside the head of word `n`."""
    size = words.size[n]
    level = words.top[n] - 0.5 * size < words.top[k] < (words.top[n] + words.bottom[n]) / 2 and words.bottom[k] < words.bottom[n] - 0.1 * size
    near = min(abs(words.x0[k] - words.x1[n]), abs(words.x0[n] - words.x1[k])) < 0.8 * size
    return bool(words.size[k] < 0.88 * size and level and near)


@dataclass(slots=True)
class Run:
    """Words of one line with no wide gap between them; `ids` number the document's words. `lead`: width of the first one."""

    ids: Sequence[int]
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    lead: float


@dataclass(slots=True)
class Line:
    """The words of a line, left to right."""

    runs: list[Run]
    ids: Sequence[int]  # numbers of its words
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool  # all of it but a sign or two

    @property
    def gaps(self) -> list[tuple[float, float]]:
        """The white between its runs, as x from and to."""
        return [(a.x1, b.x0) for a, b in zip(self.runs, self.runs[1:], strict=False)]

    @classmethod
    def of(cls, runs: Iterable[Run]) -> Line:
        """The line that runs side by side make."""
        runs = list(runs)
        if len(runs) == 1:
            run = runs[0]
            return cls(runs, run.ids, run.x0, run.top, run.x1, run.bottom, run.size, run.bold)
        runs.sort(key=lambda r: r.x0)
        widest = max(runs, key=lambda r: r.x1 - r.x0)
        top, bottom = min(r.top for r in runs), max(r.bottom for r in runs)
        x0, x1 = runs[0].x0, max(r.x1 for r in runs)
        light = sum(r.x1 - r.x0 for r in runs if not r.bold)
        return cls(runs, [i for run in runs for i in run.ids], x0, top, x1, bottom, widest.size, light < 0.06 * (x1 - x0))


def find_runs(words: PageWords, first: int, place: Ints | None = None) -> tuple[list[Run], list[int]]:
    """Runs of words that follow each other on a line, and the `place` (table cell, or -1) that each run is in.

    `first`: the document's number of the page's first word.
    """
    count = len(words.text)
    if not count:
        return [], []
    x0, top, x1, bottom, size = words.x0, words.top, words.x1, words.bottom, words.size
    breaks = _breaks(words)
    if place is not None:
        breaks |= place[1:] != place[:-1]
    starts = np.concatenate(([0], np.flatnonzero(breaks) + 1))
    ends = np.concatenate((starts[1:], [count]))
    columns = (
        np.minimum.reduceat(x0, starts).tolist(),
        np.minimum.reduceat(top, starts).tolist(),
        np.maximum.reduceat(x1, starts).tolist(),
        np.maximum.reduceat(bottom, starts).tolist(),
        np.maximum.reduceat(size, starts).tolist(),
        words.bold[starts].tolist(),
        (x1[starts] - x0[starts]).tolist(),
    )
    spans = zip(starts.tolist(), ends.tolist(), strict=True)
    runs = [Run(range(first + s, first + e), *rest) for (s, e), *rest in zip(spans, *columns, strict=True)]
    places = [-1] * len(runs) if place is None else place[starts].tolist()
    return runs, places


def _breaks(words: PageWords) -> NDArray[np.bool_]:
    """Between which words a run ends: another line, a wide gap, another weight or size."""
    top, bottom, size = words.top, words.bottom, words.size
    least = np.minimum(size[1:], size[:-1])
    shared = np.minimum(bottom[1:], bottom[:-1]) - np.maximum(top[1:], top[:-1])
    high = np.minimum(bottom[1:] - top[1:], bottom[:-1] - top[:-1])
    gap = words.x0[1:] - words.x1[:-1]
    breaks: NDArray[np.bool_] = (shared < 0.5 * high) | (gap > RUN_GAP * least) | (gap < -0.5 * least)
    breaks |= (words.bold[1:] != words.bold[:-1]) | (np.abs(size[1:] - size[:-1]) > 0.1 * least)
    return breaks


def find_lines(runs: Iterable[Run]) -> list[Line]:
    """Runs side by side as lines, top to bottom."""
    runs = list(runs)
    if all(a.bottom <= b.top + 0.2 * b.size for a, b in pairwise(runs)):
        return [Line.of((run,)) for run in runs]
    groups: list[list[Run]] = []
    spans: list[tuple[float, float, float]] = []  # top, bottom and width of the widest run of each group
    for run in sorted(runs, key=lambda r: r.top + r.bottom):
        for k in range(len(groups) - 1, max(len(groups) - 4, -1), -1):
            top, bottom, width = spans[k]
            if min(bottom, run.bottom) - max(top, run.top) >= 0.5 * min(bottom - top, run.bottom - run.top) and _beside(groups[k], run):
                groups[k].append(run)
                if run.x1 - run.x0 > width:
                    spans[k] = run.top, run.bottom, run.x1 - run.x0
                break
        else:
            groups.append([run])
            spans.append((run.top, run.bottom, run.x1 - run.x0))
    order = sorted(range(len(groups)), key=lambda k: spans[k][0] + spans[k][1])
    return [Line.of(groups[k]) for k in order]


def _beside(runs: list[Run], run: Run) -> bool:
    """Whether `run` covers none of `runs` (printed over each other, they are different lines)."""
    if run.x0 >= runs[-1].x1 and len(runs) > MANY:
        return True
    return all(min(r.x1, run.x1) - max(r.x0, run.x0) <= 0.5 * min(r.x1 - r.x0, run.x1 - run.x0) for r in runs)


def passage(lines: Iterable[Line], texts: Sequence[str], glued: Container[int] = (), broken: Container[int] = ()) -> Passage:
    """The text of lines in one; a hyphen that ends a line holds its word together.

    `glued`: numbers of the lines that go on with the word before; `broken`: of those before which a line feed stays.
    """
    ids: list[int] = []
    starts: list[int] = []
    text = ""
    for number, line in enumerate(lines):
        here = line.ids
        words = _texts(here, texts)
        if ids:
            last = texts[ids[-1]]
            torn = number in glued or (last[-1] == "-" and last[-2:-1].isalnum() and words[0][0].isalnum())
            text += "" if torn else "\n" if number in broken else " "
        ids += here
        starts += accumulate([len(w) + 1 for w in words[:-1]], initial=len(text))
        text += " ".join(words)
    return Passage(text, ids, starts)


def words_of(line: Line, texts: Sequence[str]) -> str:
    """A line's text."""
    return " ".join(_texts(line.ids, texts))


def _texts(ids: Sequence[int], texts: Sequence[str]) -> Sequence[str]:
    return texts[ids.start : ids.stop] if isinstance(ids, range) else [texts[i] for i in ids]
