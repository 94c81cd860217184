# ruff: noqa: E501 - markup reads better unbroken
"""PDF by ReportLab, with its clock and ids held still."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from corpus.flow import MARK, Box, Closing, Front, Grid, Line, Page, flow
from corpus.markup import Run
from corpus.write import Source

FONTS = Path("/usr/share/fonts/truetype/croscore")
STAND_IN = "\ue0ad"  # for U+00AD, the code of ư in TCVN3, which ReportLab takes for a soft hyphen
DEFAULTS = {
    "font": "Tinos",  # Tinos, Arimo
    "size": 12.5,
    "rules": "grid",  # grid, zebra (shaded rows, no rules), none
    "stamp": (),  # lines of a signing stamp at the top right of page 1
    "page_no": "top",  # top, bottom
    "encrypt": False,  # a file that opens with the empty password
    "turned": False,  # landscape pages drawn upright with /Rotate
    "sideways": False,  # landscape annexes drawn sideways on upright pages
    "legacy": False,  # letters at the codes of TCVN3, in a font whose name shows or hides
    "hidden_name": False,
    "watermark": "",  # pale words across each page
    "clipped": "",  # words in the file that a clip path hides
    "columns": 1,  # 2: as an official gazette sets it
    "column_height": 220,  # points, of the two columns on page 1
    "mixed": False,  # tables in another typeface than the text
    "no_tounicode": False,  # the codes of its letters are not explained: only the picture tells
}


def available() -> bool:
    """Whether the fonts the committed files were made with are on this machine."""
    return (FONTS / "Tinos-Regular.ttf").exists()


def write(source: Source, options: dict) -> bytes:
    """The bytes of the PDF."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.platypus import BaseDocTemplate

    said = DEFAULTS | options
    for font in ("Tinos", "Arimo"):
        _register(font)
    if said["legacy"]:
        from corpus.legacy_font import register

        said["font"] = register(FONTS, said["hidden_name"])
    out = io.BytesIO()
    lock = StandardEncryption("", ownerPassword="sample", strength=128) if said["encrypt"] else None
    template = BaseDocTemplate(out, title=source.id, subject=MARK, author="vanban", producer="ReportLab", invariant=1, encrypt=lock, pageCompression=int(not said["legacy"]))
    template.addPageTemplates(_pages(said))
    template.build(list(_Setter(said).story(source)), canvasmaker=_canvas(said))
    raw = out.getvalue()
    if said["no_tounicode"]:
        raw = re.sub(rb"/ToUnicode \d+ 0 R", lambda found: b" " * len(found[0]), raw)
    if said["legacy"]:
        raw = raw.replace(STAND_IN.encode("utf-16-be").hex().upper().encode(), b"00AD")
    return raw


def _canvas(said: dict) -> object:
    from reportlab.pdfgen.canvas import Canvas

    def made(*args: object, **more: object) -> Canvas:
        canvas = Canvas(*args, **{**more, "invariant": 1})
        canvas.setProducer("ReportLab")
        return canvas

    return made


def _register(font: str) -> None:
    from reportlab.lib.fonts import addMapping
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for bold, italic, name in ((0, 0, "Regular"), (1, 0, "Bold"), (0, 1, "Italic"), (1, 1, "BoldItalic")):
        face = f"{font}-{name}"
        if face not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(face, str(FONTS / f"{face}.ttf")))
        addMapping(font, bold, italic, face)


def _pages(said: dict) -> list:
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.platypus import Frame, PageTemplate

    made = [_gazette(said)] if said["columns"] == 2 else []
    for name, size in (("upright", A4), ("landscape", landscape(A4))):
        frame = Frame(79, 54, size[0] - 79 - 48, size[1] - 54 - 60, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0, id=name)
        made.append(PageTemplate(id=name, frames=[frame], pagesize=size, onPage=lambda canvas, doc: _furniture(canvas, doc, said)))
        made[-1].rotation = 90 if name == "landscape" and said["turned"] else 0
    return made


def _gazette(said: dict) -> object:
    """A first page with the letterhead across it and two columns under it."""
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import Frame, PageTemplate

    deep = said["column_height"]
    bare = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
    frames = [Frame(79, 622, 468, 160, id="top", **bare), Frame(64, 614 - deep, 228, deep, id="left", **bare), Frame(310, 614 - deep, 228, deep, id="right", **bare)]
    return PageTemplate(id="gazette", frames=frames, pagesize=A4, onPage=lambda canvas, doc: _furniture(canvas, doc, said))


def _furniture(canvas: object, doc: object, said: dict) -> None:
    width, height = doc.pageTemplate.pagesize
    if width > height and (said["turned"] or said["sideways"]):
        if said["sideways"]:  # for /Rotate, which the page template carries, ReportLab swaps the sides itself
            canvas.setPageSize((height, width))
        canvas.translate(height, 0)
        canvas.rotate(90)
    _behind(canvas, (width, height), said)
    canvas.saveState()
    canvas.setFont("Tinos-Regular", 11)
    if doc.page > 1:
        canvas.drawCentredString(width / 2, height - 40 if said["page_no"] == "top" else 40, str(doc.page))
    canvas.setFont("Tinos-Italic", 8.5)
    canvas.drawCentredString(width / 2, 22, MARK)
    if doc.page == 1 and said["stamp"]:
        canvas.setFont("Tinos-Regular", 7)
        for index, line in enumerate(said["stamp"]):
            canvas.drawString(width - 150, height - 18 - 8 * index, line)
    canvas.restoreState()


def _behind(canvas: object, size: tuple[float, float], said: dict) -> None:
    """A watermark, and words that a clip path hides."""
    width, height = size
    if said["watermark"]:
        canvas.saveState()
        canvas.setFont("Arimo-Bold", 72)
        canvas.setFillGray(0.88)
        canvas.translate(width / 2, height / 2)
        canvas.rotate(40)
        canvas.drawCentredString(0, 0, said["watermark"])
        canvas.restoreState()
    if said["clipped"]:
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(0, 0, 1, 1)
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.setFont("Tinos-Regular", 12)
        for index in range(6):
            canvas.drawString(90, height - 180 - 70 * index, said["clipped"])
        canvas.restoreState()


class _Setter:
    """Turns what stands on the pages into ReportLab's flowables."""

    def __init__(self, said: dict):
        self.said, self.tables = said, 0

    def style(self, align: str = "left", size: float | None = None, indent: bool = False, font: str | None = None) -> object:
        from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
        from reportlab.lib.styles import ParagraphStyle

        size = size or self.said["size"]
        place = TA_CENTER if align == "centre" else TA_JUSTIFY if indent else TA_LEFT
        first = 28 if indent else 0
        font = font or self.said["font"]
        return ParagraphStyle(f"{align}{size}{indent}{font}", fontName=f"{font}-Regular", fontSize=size, leading=size * 1.22, alignment=place, firstLineIndent=first, spaceAfter=4)

    def paragraph(self, runs: list[Run], **look: object) -> object:
        from reportlab.platypus import Paragraph

        return Paragraph("".join(_xml(run, self.said["font"] if self.said["legacy"] else "") for run in runs) or " ", self.style(**look))

    def story(self, source: Source) -> Iterator[object]:
        from reportlab.platypus import FrameBreak, NextPageTemplate, PageBreak, Spacer

        notes: list = []
        waiting = self.said["columns"] == 2
        for item in flow(source):
            if waiting and isinstance(item, Line) and item.kind != "title":
                waiting = False
                yield FrameBreak()
            if isinstance(item, Page):
                yield from self.footnotes(notes)
                yield NextPageTemplate("landscape" if item.landscape else "upright")
                yield PageBreak()
            elif isinstance(item, Line):
                yield self.line(item)
                notes += item.marked.notes.items()
            elif isinstance(item, Box):
                yield self.framed([self.line(line) for line in item.lines])
            elif isinstance(item, Front):
                yield self.front(item)
                yield Spacer(1, 8)
            elif isinstance(item, Closing):
                yield from self.footnotes(notes)
                if self.said["columns"] == 2:
                    yield NextPageTemplate("upright")
                    yield PageBreak()
                yield self.closing(item)
            else:
                yield from self.table(item)
                yield Spacer(1, 8)
                notes += [note for cell in item.cells.values() for note in cell[2].notes.items()]
        yield from self.footnotes(notes)

    def line(self, line: Line) -> object:
        return self.paragraph(line.runs, align=line.align, indent=line.kind in {"item", "paragraph", "addressee"} and line.align == "left")

    def footnotes(self, notes: list) -> Iterator[object]:
        from reportlab.platypus import HRFlowable

        if notes:
            yield HRFlowable(width="30%", hAlign="LEFT", thickness=0.5, spaceBefore=6, spaceAfter=2)
        for mark, note in notes:
            yield self.paragraph([Run("", note=mark), Run(" "), *note.runs], size=9.5)
        notes.clear()

    def framed(self, inner: list) -> object:
        from reportlab.platypus import Table

        return Table([[inner]], style=[("BOX", (0, 0), (-1, -1), 0.5, "black")])

    def front(self, front: Front) -> object:
        bold = frozenset({"bold"})
        left = [[Run(text, bold if index == len(front.left) - 1 else frozenset())] for index, text in enumerate(front.left)] + [[Run(front.number)]]
        left += [[Run(front.subject)]] if front.subject else []
        right = [[Run(text, bold)] for text in front.right] + [[Run(front.dateline, frozenset({"italic"}))]]
        return self.columns(left, right)

    def closing(self, closing: Closing) -> object:
        notes = [[Run("Nơi nhận:", frozenset({"bold", "italic"}))]] if closing.recipients else []
        notes += [[Run(f"- {text}")] for text in closing.recipients]
        signature = [[Run(text, frozenset({"bold"}))] for text in closing.signing] + [[Run(" ")]] * 3
        signature += [[Run(closing.signer, frozenset({"bold"}))]] if closing.signer else []
        return self.columns(notes, signature, first="left")

    def columns(self, left: list, right: list, first: str = "centre") -> object:
        from reportlab.platypus import Table

        cells = [[self.paragraph(runs, align=first, size=10.5) for runs in left], [self.paragraph(runs, align="centre", size=11.5) for runs in right]]
        return Table([cells], colWidths=[205, 260], style=[("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)])

    def table(self, grid: Grid) -> Iterator[object]:
        from reportlab.platypus import Table

        self.tables += 1
        if grid.table.note:
            yield self.paragraph([Run(grid.table.note, frozenset({"italic"}))])
        cells = [[self.cell(grid, row, column) for column in range(grid.columns)] for row in range(grid.rows)]
        wide = self.said.get("width", 468)
        widths = [wide * width / sum(grid.table.widths) for width in grid.table.widths]
        yield Table(cells, colWidths=widths, repeatRows=grid.head, splitByRow=1, splitInRow=int(not _joined(grid)), style=self.rules(grid))

    def cell(self, grid: Grid, row: int, column: int) -> object:
        cell = grid.cells.get((row, column))
        if cell is None:
            return ""
        head = row < grid.head
        runs = [Run(run.text, run.style | ({"bold"} if head else set()), run.note) for run in cell[2].runs]
        written = self.paragraph(runs, align="centre" if head else "left", size=10 if self.said["mixed"] else 10.5, font="Arimo" if self.said["mixed"] else None)
        nested = grid.table.nested.get((row - grid.head, column))
        if nested:
            from corpus.flow import grid as gridded

            return [written, *self.inner(gridded(nested))]
        return written

    def inner(self, grid: Grid) -> Iterator[object]:
        from reportlab.platypus import Table

        cells = [[self.cell(grid, row, column) for column in range(grid.columns)] for row in range(grid.rows)]
        yield Table(cells, style=self.rules(grid))

    def rules(self, grid: Grid) -> list:
        style: list = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 3)]
        style += [("SPAN", (column, row), (column + wide - 1, row + deep - 1)) for (row, column), (deep, wide, _) in grid.cells.items() if deep > 1 or wide > 1]
        if self.said["rules"] == "grid":
            style.append(("GRID", (0, 0), (-1, -1), 0.5, "black"))
        elif self.said["rules"] == "zebra":
            style += [("BACKGROUND", (0, row), (-1, row), "#e8eef4") for row in range(grid.head, grid.rows, 2)]
            style.append(("BACKGROUND", (0, 0), (-1, grid.head - 1), "#c9d8e8"))
        return style


def _joined(grid: Grid) -> bool:
    return bool(grid.table.merges)


def _xml(run: Run, legacy: str) -> str:
    text = escape(run.text).replace("\n", "<br/>") if not legacy else _legacy(run, legacy)
    for style, tag in (("bold", "b"), ("italic", "i")):
        if style in run.style:
            text = f"<{tag}>{text}</{tag}>"
    if "deleted" in run.style:
        text = ""
    return text + (f"<super>{run.note}</super>" if run.note else "")


def _legacy(run: Run, font: str) -> str:
    """The words at their legacy codes; words in capitals in the font that draws small letters as capitals."""
    from corpus.legacy import tcvn3

    if run.text.isupper() and len(run.text) > 3:
        face = "Bold" if "bold" in run.style else "Regular"
        return f'<font name="{font}H-{face}">{escape(_kept(tcvn3(run.text.lower())))}</font>'
    return escape(_kept(tcvn3(run.text)))


def _kept(text: str) -> str:
    return text.replace("\xad", STAND_IN)
