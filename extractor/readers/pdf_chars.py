"""Words put together from single characters, for pages whose text is drawn out of order.

Where a font lacks letters, programs draw the line with gaps and then the missing letters from another font: pdfium gives
"K ho ch … ế ạ" for "Kế hoạch". Sorted by where they stand, the characters say what one reads.
"""

from __future__ import annotations

from itertools import repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractor.layout.lines import PageWords
from extractor.readers import pdf_calls as pdfium
from extractor.readers.pdf_legacy import HYPHEN, recode
from extractor.readers.pdf_words import (
    ASCENT,
    DESCENT,
    RAISED,
    Floats,
    Frame,
    Ints,
    Styles,
    clean,
    merged,
    page_text,
    read_styles,
    visible,
)

SPACE = 0.12  # of the font size: a wider gap parts words even where no space is drawn
SAME_LINE = 0.25  # of the font size: baselines nearer than that are one
BACKWARDS = 5  # so many steps back on a line, and the page is read character by character


def out_of_order(words: PageWords) -> bool:
    """Whether words of a line do not follow each other from left to right."""
    if len(words.text) < 2:
        return False
    size = words.size[1:]
    level = np.abs(words.bottom[1:] - words.bottom[:-1]) < 0.1 * size
    return int((level & (words.x0[1:] < words.x1[:-1] - 0.5 * size)).sum()) >= BACKWARDS


def read_chars(textpage: int, page: int, frame: Frame) -> PageWords:
    """The upright words of a page, line by line, made of its characters."""
    text = page_text(textpage)
    indexes = [k for k, c in enumerate(text) if c not in "\r\n\t" and (c == HYPHEN or c.isprintable() or c == "\xa0")]
    drawn = map(pdfium.call("FPDFText_IsGenerated"), repeat(textpage), indexes)
    indexes = [k for k, generated in zip(indexes, drawn, strict=True) if generated != 1]
    width, height = frame.shown
    if not indexes:
        return PageWords.empty(page, width, height)
    styles = read_styles(textpage, indexes)
    boxes, base = pdfium.loose_boxes(textpage, indexes), pdfium.origins(textpage, indexes)
    x0, top, x1, bottom = frame.boxes(boxes[:, 0], boxes[:, 3], boxes[:, 2], boxes[:, 1])
    seen = visible((x0 + x1) / 2, (top + bottom) / 2, (styles.objects, styles.of), frame) & (styles.runs[styles.of] == 0)
    letters = np.array([text[k] for k in indexes])[seen]
    made = _words(_Letters(letters, boxes[seen], base[seen], styles.of[seen], styles), page, frame)
    return merged(made)


class _Letters(NamedTuple):
    """Characters with their boxes (left, top, right, bottom), where they stand (x, y of the baseline) and their styles."""

    text: NDArray[np.str_]
    boxes: Floats
    base: Floats
    of: Ints
    styles: Styles


def _words(letters: _Letters, page: int, frame: Frame) -> PageWords:
    text, boxes, base, of, styles = letters
    size = styles.size[of]
    line, raised = _lines(base, size)
    for k in np.flatnonzero(raised).tolist():
        text[k] = str(text[k]).translate(RAISED)
    order = np.lexsort((base[:, 0], line))
    text, boxes, base, size, line, of = text[order], boxes[order], base[order], size[order], line[order], of[order]
    blank = np.char.isspace(text)
    ends = np.maximum(base[:, 0] + size * _advances(text, of, styles), boxes[:, 2])
    gap = base[1:, 0] - ends[:-1] > SPACE * np.minimum(size[1:], size[:-1])
    starts = np.flatnonzero(np.concatenate(([True], gap | (line[1:] != line[:-1]) | blank[1:] | blank[:-1])))
    level, full = base[starts, 1], np.maximum.reduceat(size, starts)
    edges = np.minimum.reduceat(boxes[:, 0], starts), level - DESCENT * full, np.maximum.reduceat(boxes[:, 2], starts), level + ASCENT * full
    words = ["".join(part) for part in np.split(text, starts[1:])]
    made = PageWords(page, *frame.shown, words, *frame.boxes(*edges), full, styles.bold[of[starts]])
    made.font, made.fonts, made.direction = styles.font[of[starts]], styles.names, np.zeros(len(starts), np.int64)
    recode(made)
    made.text = [clean(word) for word in made.text]
    return made.only(~blank[starts])


def _lines(base: Floats, size: Floats) -> tuple[Ints, NDArray[np.bool_]]:
    """The line each character is on, counted from the top, and which are small and raised above theirs."""
    usual = float(np.median(size))
    small = size < 0.8 * usual
    order = np.argsort(-base[:, 1], kind="stable")
    step = -np.diff(base[order, 1]) > SAME_LINE * size[order][1:]
    line = np.empty(len(order), np.int64)
    line[order] = np.concatenate(([0], np.cumsum(step)))
    raised = np.zeros(len(order), bool)
    for k in np.flatnonzero(small).tolist():
        below = base[k, 1] - base[:, 1]
        beside = ~small & (below > 0.1 * usual) & (below < 0.6 * usual) & (np.abs(base[:, 0] - base[k, 0]) < 2 * usual)
        if beside.any():
            line[k], raised[k] = line[beside][0], True
    return line, raised


def _advances(letters: NDArray[np.str_], of: Ints, styles: Styles) -> Floats:
    """How far each letter moves on, in font sizes."""
    fonts = [pdfium.call("FPDFTextObj_GetFont")(o) or 0 if o else 0 for o in styles.objects]
    pairs = [(fonts[k], letter) for k, letter in zip(of.tolist(), letters.tolist(), strict=True)]
    known = {pair: pdfium.advance(*pair) if pair[0] else 0.0 for pair in set(pairs)}
    return np.array([known[pair] for pair in pairs])
