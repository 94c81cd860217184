"""What a table is called: the form's number ("Biểu mẫu 3", "Phụ lục 1") or the title right above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extractor.layout.pieces import Grid, Paragraph, Piece

FORM = regex.compile(
    r"""(?:biểu\ mẫu|mẫu\ biểu|phụ\ biểu|biểu\ số|biểu|mẫu\ số|mẫu|phụ\ lục|bảng)\s*(?:số|sô)?\s*[:.]?\s*
    (?:\d{1,3}(?:[./-]\d{1,2})?[a-zđ]?|(?-i:[IVXLC]{1,5}))(?:[-/](?-i:[A-ZĐ])+)*(?![\p{L}\d])""",
    regex.IGNORECASE | regex.VERBOSE,
)
FORM_CODE = regex.compile(r"(?:BM|MB|PL|M)\s?[-.]?\s?\d{1,3}[A-Za-z]?(?:[-/][A-ZĐ]+)*")  # "BM-01" alone on its line
ASIDE = regex.compile(r"\(|(?:đơn vị(?: tính)?|đvt)\s*:", regex.IGNORECASE)  # "(Kèm theo …)", "Đơn vị tính: triệu đồng": no title
ANNEX = regex.compile(r"(?:phụ lục|phụ biểu|biểu mẫu|mẫu biểu)\s*(?:kèm theo)?[.:]?", regex.IGNORECASE)
NUMBERED = regex.compile(r"[IVXLC]+[.)]|\d")
LONGEST = 400  # characters of a title
LOCAL = regex.compile(r"bảng", regex.IGNORECASE)  # "Bảng 2" names the next table only, a form or annex all up to the next


def caption_grids(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with `Grid.caption` set where it was not."""
    out = list(pieces)
    current: str | None = None
    title: list[str] = []
    for index, piece in enumerate(out):
        if isinstance(piece, Paragraph):
            current, title = _read(piece, current, title)
        elif isinstance(piece, Grid):
            name = current or " ".join(title) or None
            if piece.caption is None and name:
                out[index] = replace(piece, caption=name)
            current = None if current and LOCAL.match(current) else name
            title = []
    return out


def form_name(text: str) -> str | None:
    """ "Biểu mẫu 3" at the start of a caption line; None for a sentence that begins so."""
    if len(text) < 16 and FORM_CODE.fullmatch(text):
        return text
    found = FORM.match(text)
    if not found or len(text) > LONGEST:
        return None
    rest = text[found.end() :].lstrip()
    sentence = rest[:1].islower() or (rest.endswith((".", ";")) and not rest.isupper() and len(rest) > 60)
    return None if sentence else " ".join(found[0].split())


def _read(piece: Paragraph, current: str | None, title: list[str]) -> tuple[str | None, list[str]]:
    """What is known of the next table's name after this paragraph."""
    text = " ".join(piece.passage.text.split())
    form = form_name(text)
    if form:
        return form, []
    if ANNEX.fullmatch(text):
        return None, []
    if ASIDE.match(text):
        return current, title
    if text.isupper() and 3 < len(text) <= LONGEST and not NUMBERED.match(text):
        return (current, title) if current else (None, [*title[-3:], text])
    if current and (len(text) < LONGEST):
        return current, []
    return None, []
