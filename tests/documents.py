"""Small documents made of lines, as a text reader would give them."""

from __future__ import annotations

from extractor.layout.assemble import lay_out
from extractor.layout.pieces import Draft, Paragraph, Passage
from extractor.model import Document


def document_of(*lines: str) -> Document:
    """One paragraph per line, the outline found by the layout."""
    text, blocks, tables, words = lay_out(Draft([Paragraph(Passage(line)) for line in lines]))
    return Document("made.txt", "0" * 64, len(text), "text/plain", text, blocks, tables, words)
