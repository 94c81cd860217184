"""Words put together from single characters, for pages whose text is drawn out of order.

Where a font lacks letters, programs draw the line with gaps and then the missing letters from another font: pdfium gives
"K ho ch … ế ạ" for "Kế hoạch". Sorted by where they stand, the characters say what one reads.
"""

from __future__ import annotations

from itertools import repeat

import numpy as np

from extractor.layout.lines import PageWords
from extractor.readers import pdf_calls as pdfium
from extractor.readers.pdf_words import ASCENT, DESCENT, HYPHEN, Frame, clean, merged, page_text, read_styles

SPACE = 0.3  # of the font size: a wider gap parts words even where no space is drawn
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
    drawn = np.fromiter(map(pdfium.call("FPDFText_IsGenerated"), repeat(textpage), indexes), np.int64, len(indexes)) != 1
    indexes = [k for k, keep in zip(indexes, drawn.tolist(), strict=True) if keep]
    styles = read_styles(textpage, indexes)
    upright = styles.runs[styles.of] == 0
    indexes = [k for k, keep in zip(indexes, upright.tolist(), strict=True) if keep]
    of = styles.of[upright]
    width, height = frame.shown
    if not indexes:
        return PageWords.empty(page, width, height)
    boxes, base, size = pdfium.loose_boxes(textpage, indexes), pdfium.origins(textpage, indexes), styles.size[of]
    order = np.argsort(-base[:, 1], kind="stable")
    step = -np.diff(base[order, 1]) > SAME_LINE * size[order][1:]
    line = np.empty(len(order), np.int64)
    line[order] = np.concatenate(([0], np.cumsum(step)))
    order = np.lexsort((base[:, 0], line))
    letters = np.array([text[k] for k in indexes])[order]
    blank = np.char.isspace(letters)
    boxes, base, size, line, of = boxes[order], base[order], size[order], line[order], of[order]
    gap = boxes[1:, 0] - boxes[:-1, 2] > SPACE * np.minimum(size[1:], size[:-1])
    breaks = np.concatenate(([True], gap | (line[1:] != line[:-1]) | blank[1:] | blank[:-1]))
    starts = np.flatnonzero(breaks)
    low, high = base[:, 1] - DESCENT * size, base[:, 1] + ASCENT * size
    edges = (np.minimum.reduceat(boxes[:, 0], starts), low[starts], np.maximum.reduceat(boxes[:, 2], starts), high[starts])
    words = [clean("".join(part)) for part in np.split(letters, starts[1:])]
    made = PageWords(page, width, height, words, *frame.boxes(*edges), size[starts], styles.bold[of[starts]])
    made.font, made.fonts, made.direction = styles.font[of[starts]], styles.names, np.zeros(len(starts), np.int64)
    return merged(made.only(~blank[starts]))
