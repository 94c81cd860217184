"""A PDF page as pdfplumber reads it, in the same form: the second opinion, for pages that pdfium cannot open, and in tests.

About twenty times slower than pdfium, but another parser altogether (pdfminer.six), so that it fails on other files.
"""

from __future__ import annotations

import io
import unicodedata
from typing import Any

import numpy as np

from extractor.errors import BrokenFile
from extractor.layout.lines import PageWords
from extractor.layout.ruled import PageRules

GAP = 0.15  # of the font size: white that parts words


def read_with_pdfplumber(data: bytes, number: int) -> tuple[PageWords, PageRules]:
    """Words and rules of the page with that 0-based number.

    Raises: BrokenFile where pdfplumber cannot read it either.
    """
    import pdfplumber

    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            page = document.pages[number]
            return page_words(page), page_rules(page)
    except Exception as error:  # pdfminer raises whatever it meets in a damaged file
        raise BrokenFile(f"pdfplumber: {type(error).__name__}: {error}", page=number + 1) from error


def page_words(page: Any) -> PageWords:
    """The words of a pdfplumber page."""
    found = page.extract_words(x_tolerance_ratio=GAP, extra_attrs=["size", "fontname"])
    if not found:
        return PageWords.empty(page.page_number, float(page.width), float(page.height))
    x0, top, x1, bottom, size = (np.array([float(w[key]) for w in found]).round(3) for key in ("x0", "top", "x1", "bottom", "size"))
    bold = np.array(["bold" in w["fontname"].lower() for w in found])
    text = [unicodedata.normalize("NFC", w["text"]) for w in found]
    words = PageWords(page.page_number, float(page.width), float(page.height), text, x0, top, x1, bottom, size, bold)
    words.direction = np.array([0 if w["upright"] else 1 for w in found])
    return words


def page_rules(page: Any) -> PageRules:
    """The straight lines of a pdfplumber page, edges of boxes included."""
    edges = page.edges
    level = [((e["top"] + e["bottom"]) / 2, e["x0"], e["x1"]) for e in edges if e["orientation"] == "h"]
    plumb = [((e["x0"] + e["x1"]) / 2, e["top"], e["bottom"]) for e in edges if e["orientation"] == "v"]
    lines = [np.array(part, float).reshape(-1, 3).round(3) for part in (level, plumb)]
    return PageRules(float(page.width), float(page.height), lines[0], lines[1], np.zeros((0, 4)))
