"""Legacy fonts for the PDF writer: Tinos with its Vietnamese letters moved to the codes that TCVN3 gives them.

What such a PDF says of its text is what was typed (`ñy ban`), as with the fonts of the time; the second font (.VnTimeH) draws
lower-case letters as capitals. Tinos is under the Apache licence.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from corpus import legacy
from corpus.as_pdf import STAND_IN


@cache
def register(folder: Path, hidden: bool) -> str:
    """Registers both families with ReportLab, under their own names or names that hide them; the first one's is returned."""
    from reportlab.lib.fonts import addMapping
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    plain = "F1" if hidden else ".VnTime"
    for family, capitals in ((plain, False), (plain + "H", True)):
        for bold, italic, face in ((0, 0, "Regular"), (1, 0, "Bold"), (0, 1, "Italic"), (1, 1, "BoldItalic")):
            name = f"{family}-{face}"
            pdfmetrics.registerFont(TTFont(name, io.BytesIO(_moved(folder / f"Tinos-{face}.ttf", name, capitals))))
            addMapping(family, bold, italic, name)
    return plain


def _moved(path: Path, name: str, capitals: bool) -> bytes:
    """The font file with its letters at the legacy codes."""
    from fontTools.ttLib import TTFont

    font = TTFont(path, recalcTimestamp=False)
    glyphs = font.getBestCmap()
    shown = str.upper if capitals else str
    moved = {code: glyphs[ord(shown(chr(code)))] for code in glyphs if code < 0x7F}
    moved |= {ord(code): glyphs[ord(shown(letter))] for letter, code in legacy.TCVN3.items()}
    moved[ord(STAND_IN)] = moved.pop(0xAD)
    for part in font["cmap"].tables:
        if part.isUnicode():
            part.cmap = dict(moved)
    for record in font["name"].names:
        if record.nameID in {1, 4, 6, 16}:
            record.string = name
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
