"""Plain text and Markdown → pieces."""

from __future__ import annotations

import unicodedata

from extractor.layout.pieces import Draft, Paragraph, Passage
from extractor.readers.formats import ReadOptions, Source


def read_text(source: Source, options: ReadOptions) -> Draft:
    """One paragraph per line, tables not yet."""
    text = unicodedata.normalize("NFC", source.data.decode("utf-8-sig", "replace"))
    return Draft([Paragraph(Passage(line.strip())) for line in text.splitlines() if line.strip()])
