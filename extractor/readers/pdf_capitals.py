"""Capitals by font where the font hides its name: small letters that are drawn as capitals (".VnTimeH" as "F1H").

TCVN3 writes capitals with marks as small letters in a font of capitals. Such a font shows in the height of its letters:
those without ascender (a, c, e, n, o, …) stand 0.45–0.53 of the font size high, capitals 0.66–0.73.
"""

from __future__ import annotations

import numpy as np

from extractor.layout.lines import PageWords
from extractor.readers import pdf_calls as pdfium
from extractor.readers.pdf_legacy import BY_LANGUAGE
from extractor.readers.pdf_words import page_text, read_styles

LOW = frozenset("acemnorsuvwxz")
SAMPLE = 400  # characters of a page that are measured
FEW = 3  # characters of a font: fewer do not judge it
CAPITAL = 0.6  # of the font size: what is higher is no small letter


def raise_capitals(textpage: int, words: PageWords) -> None:
    """Writes words in capitals whose font, told to be TCVN3 by its language, draws small letters as capitals."""
    suspects = {name[: -len(BY_LANGUAGE)]: number for number, name in enumerate(words.fonts) if name.endswith(BY_LANGUAGE)}
    if not suspects or words.font is None:
        return
    low = [k for k, c in enumerate(page_text(textpage)) if c in LOW]
    low = low[:: max(1, len(low) // SAMPLE)]
    if not low:
        return
    styles = read_styles(textpage, low)
    boxes = pdfium.tight_boxes(textpage, low)
    high = (boxes[:, 3] - boxes[:, 2]) / styles.size[styles.of]
    names = np.array(styles.names)[styles.font[styles.of]]
    for name, number in suspects.items():
        own = high[names == name]
        if len(own) >= FEW and float(np.median(own)) > CAPITAL:
            for k in np.flatnonzero(words.font == number).tolist():
                words.text[k] = words.text[k].upper()
