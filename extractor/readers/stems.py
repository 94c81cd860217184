"""Roman numerals counted in the picture: Tesseract reads "III" as "II", "IH" or "HI", and a quarter is then another quarter.

A numeral of I alone is so many upright strokes. They are counted from the left, up to the first sign that has none (the
slash of "III/2024").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import regex
from numpy.typing import NDArray

Picture = NDArray[Any]

LIKE_ROMAN = regex.compile(r"[IlH1|!ÍÌ]{1,4}(?=$|[^\w])(?<=[^1].{0,3})")
NUMBERING = regex.compile(r"(?=.?[HI]|l[IlH])(?:[IlH1|]{2,4}|H)[.)]?")  # "H.", "IH", "Il" at the beginning of a line or cell
QUARTER = regex.compile(r"[Qq]u[ýyíi]|QU[ÝYÍI]")
ENLARGED = 3
STROKE = 0.8  # of a sign's height, top and bottom left out: a column as black is part of a stroke
SERIFS = 0.18  # of the height, left out at top and bottom
TALL = 0.7  # of the tallest: smaller signs (commas, specks) are no letters


@dataclass(slots=True)
class Watch:
    """Follows the words of a part of the page as they are read: where a numeral is due, it is counted."""

    quarter: bool = False

    def read(self, text: str, first: bool, word: Picture) -> str:
        """The word as it is, or with its numeral counted in `word`, its picture; `first` on its line."""
        due = self.quarter or (first and NUMBERING.fullmatch(text) is not None)
        counted = as_counted(text, word) if due and LIKE_ROMAN.match(text) else text
        goes_on = text[-1] in ",-–;" or text in {"và", "đến"}
        self.quarter = QUARTER.fullmatch(text) is not None or (self.quarter and goes_on)
        return counted


def as_counted(text: str, word: Picture) -> str:
    """`text` with the Roman numeral at its beginning as it is counted in the picture of the word; unchanged where that is not clear."""
    found = LIKE_ROMAN.match(text)
    count = found and strokes(word)
    return text if not found or not count else "I" * count + text[found.end() :]


def strokes(word: Picture) -> int | None:
    """How many strokes (1–3) a word picture (grey) begins with; None where there are none or more, or they are joined as in H."""
    large = cv2.resize(word, None, fx=ENLARGED, fy=ENLARGED, interpolation=cv2.INTER_CUBIC)
    black = (cv2.threshold(large, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1] > 0).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(black)
    if len(stats) < 2:
        return None
    tallest = int(stats[1:, 3].max())
    signs = sorted((x, y, wide, high, k) for k, (x, y, wide, high, _) in enumerate(stats.tolist()) if k and high >= TALL * tallest)
    total = 0
    for x, y, wide, high, k in signs:
        count = _strokes_of(labels[y : y + high, x : x + wide] == k)
        if count is None:
            return None
        if not count:
            break
        total += count
    return total if 1 <= total <= 3 else None


def _strokes_of(sign: NDArray[np.bool_]) -> int | None:
    """Upright strokes of one connected sign; None for two that a bar joins (H)."""
    high = sign.shape[0]
    cut = round(SERIFS * high)
    column = sign[cut : high - cut].mean(axis=0) >= STROKE
    edges = np.flatnonzero(np.diff(np.concatenate(([0], column.astype(np.int8), [0]))))
    starts, ends = edges[::2], edges[1::2]
    if len(starts) > 1:
        middle = sign[high * 2 // 5 : high * 3 // 5]
        gaps = [middle[:, a:b] for a, b in zip(ends[:-1], starts[1:], strict=True)]
        if any(gap.all(axis=1).any() for gap in gaps):
            return None
    return len(starts)
