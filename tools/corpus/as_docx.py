# ruff: noqa: E501 - markup reads better unbroken
"""DOCX written part by part, so that the same source always gives the same bytes: no clock, no random ids."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from xml.sax.saxutils import escape

from corpus import legacy
from corpus.flow import MARK, Box, Closing, Front, Grid, Line, Page, flow
from corpus.markup import Marked, Run
from corpus.write import Source

EPOCH = (2020, 1, 1, 0, 0, 0)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
V = 'xmlns:v="urn:schemas-microsoft-com:vml"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DEFAULTS = {
    "font": "Times New Roman",
    "encode": "",  # tcvn3 or vni: the letters that stand at the codes of a legacy font
    "caps_font": None,  # legacy: a font whose lower-case letters look like capitals, used for bold capitals
    "numbering": False,  # markers come from automatic numbering, not from the text
    "tears": (),  # as in text: a table typed again on the next page
    "mixed": False,  # every third paragraph in Unicode, the rest in the legacy font
    "nfd": False,  # letters and their marks stored apart
    "tracked": True,  # insertions and deletions as such; False: as if accepted
}


def zipped(parts: dict[str, bytes | str]) -> bytes:
    """A ZIP of `parts` whose bytes depend on nothing else."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            archive.writestr(entry, content)
    return out.getvalue()


def write(source: Source, options: dict) -> bytes:
    """The bytes of the DOCX."""
    pen = _Pen(DEFAULTS | options)
    body = "".join(pen.body(source))
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELS,
        "docProps/core.xml": _core(source),
        "docProps/custom.xml": _CUSTOM,
        "word/_rels/document.xml.rels": _DOC_RELS,
        "word/document.xml": f"<?xml version='1.0' encoding='UTF-8'?><w:document {W} {R} {V}><w:body>{body}{pen.section(False)}</w:body></w:document>",
        "word/styles.xml": _STYLES.replace("FONT", pen.said["font"]),
        "word/numbering.xml": _numbering(pen.lists),
        "word/footnotes.xml": _footnotes(pen),
        "word/header1.xml": f'<w:hdr {W}><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>',
        "word/footer1.xml": f'<w:ftr {W}><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:i/><w:sz w:val="20"/></w:rPr><w:t>{MARK}</w:t></w:r></w:p></w:ftr>',
    }
    return zipped(parts)


class _Pen:
    """Writes paragraphs and tables; keeps the footnotes and numbered lists it meets."""

    def __init__(self, said: dict):
        self.said, self.notes, self.lists, self.tables, self.count = said, [], [], 0, 0
        self.encode: Callable[[str], str] = getattr(legacy, said["encode"]) if said["encode"] else str

    def body(self, source: Source) -> Iterator[str]:
        landscape = False
        for item in flow(source):
            if isinstance(item, Line):
                yield self.line(item)
            elif isinstance(item, Front):
                yield self.front(item)
            elif isinstance(item, Closing):
                yield self.closing(item)
            elif isinstance(item, Page):
                yield f"<w:p><w:pPr>{self.section(landscape)}</w:pPr></w:p>"
                landscape = item.landscape
            elif isinstance(item, Box):
                yield self.box(item)
            else:
                yield from self.torn(item)
        if landscape:
            yield f"<w:p><w:pPr>{self.section(True)}</w:pPr></w:p>"
            yield self.paragraph([Run("")])

    def section(self, landscape: bool) -> str:
        size = 'w:w="16838" w:h="11906" w:orient="landscape"' if landscape else 'w:w="11906" w:h="16838"'
        return (
            '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/>'
            f'<w:pgSz {size}/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
        )

    # -- paragraphs

    def line(self, line: Line) -> str:
        numbered = self.said["numbering"] and line.marker and line.kind in {"item", "heading"}
        if not numbered:
            return self.paragraph(line.runs, align=line.align, indent=line.kind in {"item", "paragraph", "addressee"}, marked=line.marked)
        bare = Line(line.kind, line.marked, "", line.level, line.align, line.look)
        return self.paragraph(bare.runs, number=self.list_of(line), indent=True, marked=line.marked)

    def list_of(self, line: Line) -> int:
        """The numbering instance whose next number is this line's marker; a new one where the count starts again."""
        kind, at = _counted(line.marker)
        for index in range(len(self.lists) - 1, -1, -1):
            if self.lists[index]["kind"] == kind:
                if kind == "bullet" or self.lists[index]["next"] == at:
                    self.lists[index]["next"] = at + 1
                    return index + 1
                break
        self.lists.append({"kind": kind, "start": at, "next": at + 1, "marker": line.marker})
        return len(self.lists)

    def paragraph(self, runs: list[Run], align: str = "left", indent: bool = False, **said: object) -> str:
        self.count += 1
        place = {"left": "both" if indent else "left", "centre": "center", "right": "right"}[align]
        properties = f'<w:jc w:val="{place}"/>'
        if said.get("number"):
            properties = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{said["number"]}"/></w:numPr>' + properties
        elif indent:
            properties = '<w:ind w:firstLine="709"/>' + properties
        marked = said.get("marked")
        written = "".join(self.run(run, small=bool(said.get("small")), marked=marked if isinstance(marked, Marked) else None) for run in runs)
        return f"<w:p><w:pPr>{properties}</w:pPr>{written}</w:p>"

    def run(self, run: Run, small: bool = False, marked: Marked | None = None) -> str:
        if "deleted" in run.style and not self.said["tracked"]:
            return ""
        properties = "".join(tag for style, tag in (("bold", "<w:b/>"), ("italic", "<w:i/>")) if style in run.style)
        text, font = self.letters(run.text)
        if font:
            properties = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}"/>' + properties
        properties += '<w:sz w:val="22"/>' if small else ""
        tag = "delText" if "deleted" in run.style else "t"
        written = f'<w:r><w:rPr>{properties}</w:rPr><w:{tag} xml:space="preserve">{_broken(text, tag)}</w:{tag}></w:r>' if text else ""
        for style, name in (("inserted", "ins"), ("deleted", "del")):
            if style in run.style and self.said["tracked"]:
                written = f'<w:{name} w:id="{900 + len(self.notes)}" w:author="Văn thư" w:date="2020-01-01T00:00:00Z">{written}</w:{name}>'
        if run.note and marked:
            self.notes.append(marked.notes[run.note])
            written += f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{len(self.notes) + 1}"/></w:r>'
        return written

    def letters(self, text: str) -> tuple[str, str | None]:
        caps = self.said["caps_font"]
        if caps and text.isupper() and len(text) > 3:
            return self.encode(text.lower()), caps
        if self.said["nfd"]:
            import unicodedata

            return unicodedata.normalize("NFD", text), None
        if not self.said["encode"] or (self.said["mixed"] and self.count % 3 == 0):
            return text, "Times New Roman" if self.said["encode"] else None
        return self.encode(text), self.said["font"]

    # -- the letterhead and the end

    def front(self, front: Front) -> str:
        bold = frozenset({"bold"})
        left = [[Run(text, bold if index == len(front.left) - 1 else frozenset())] for index, text in enumerate(front.left)]
        right = [[Run(text, bold)] for text in front.right]
        left += [[Run(front.number)], *([[Run(front.subject)]] if front.subject else [])]
        right += [[Run(front.dateline, frozenset({"italic"}))]]
        return self.columns([left, right], "center")

    def closing(self, closing: Closing) -> str:
        notes = [[Run("Nơi nhận:", frozenset({"bold", "italic"}))]] if closing.recipients else []
        notes += [[Run(f"- {line}")] for line in closing.recipients]
        signature = [[Run(line, frozenset({"bold"}))] for line in closing.signing]
        signature += [[Run("")]] * 3 + ([[Run(closing.signer, frozenset({"bold"}))]] if closing.signer else [])
        return self.columns([notes or [[Run("")]], signature], "center", first="left")

    def columns(self, columns: list[list[list[Run]]], align: str, first: str = "center") -> str:
        cells = ""
        for index, lines in enumerate(columns):
            place = {"center": "centre", "left": "left"}[first if index == 0 else align]
            inner = "".join(self.paragraph(runs, align=place, small=True) for runs in lines)
            cells += f'<w:tc><w:tcPr><w:tcW w:w="{(3700, 5300)[index]}" w:type="dxa"/></w:tcPr>{inner}</w:tc>'
        return f'<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="3700"/><w:gridCol w:w="5300"/></w:tblGrid><w:tr>{cells}</w:tr></w:tbl>{self.paragraph([Run("")])}'

    def box(self, box: Box) -> str:
        inner = "".join(self.line(line) for line in box.lines)
        return (
            '<w:p><w:r><w:pict><v:shape id="box" style="width:420pt;height:60pt"><v:textbox><w:txbxContent>'
            f"{inner}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
        )

    # -- tables

    def torn(self, grid: Grid) -> Iterator[str]:
        tears = {tear["row"]: tear for tear in self.said["tears"] if tear["table"] == self.tables}
        self.tables += 1
        if grid.table.note:
            yield self.paragraph([Run(grid.table.note, frozenset({"italic"}))], align="right")
        if not tears:
            yield self.table(grid, range(grid.rows)) + self.paragraph([Run("")])
            return
        head, part = list(range(grid.head)), list(range(grid.head))
        for row in range(grid.head, grid.rows):
            if row - grid.head in tears:
                yield self.table(grid, part) + self.paragraph([Run("")])
                part = [*head]
            part.append(row)
        yield self.table(grid, part) + self.paragraph([Run("")])

    def table(self, grid: Grid, rows: range | list[int]) -> str:
        total = sum(grid.table.widths)
        widths = [int(9000 * width / total) for width in grid.table.widths]
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        borders = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
        written = "".join(self.row(grid, row, widths) for row in rows)
        return f'<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{written}</w:tbl>'

    def row(self, grid: Grid, row: int, widths: list[int]) -> str:
        cells, column = "", 0
        while column < grid.columns:
            start = next(((r, cell) for r in range(row, -1, -1) if (cell := grid.cells.get((r, column)))), None)
            if start is None or start[0] + start[1][0] <= row:
                column += 1  # under a cell that spans several columns of an earlier row
                continue
            first, (deep, wide, marked) = start
            join = "" if deep == 1 else '<w:vMerge w:val="restart"/>' if first == row else "<w:vMerge/>"
            span = f'<w:gridSpan w:val="{wide}"/>' if wide > 1 else ""
            width = sum(widths[column : column + wide])
            inner = self.cell(grid, row, column, marked if first == row else Marked())
            cells += f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{join}</w:tcPr>{inner}</w:tc>'
            column += wide
        repeat = "<w:trPr><w:tblHeader/></w:trPr>" if row < grid.head else ""
        return f"<w:tr>{repeat}{cells}</w:tr>"

    def cell(self, grid: Grid, row: int, column: int, marked: Marked) -> str:
        head = row < grid.head
        runs = [Run(run.text, run.style | ({"bold"} if head else set()), run.note) for run in marked.runs] or [Run("")]
        written = self.paragraph(runs, align="centre" if head else "left", small=True, marked=marked)
        nested = grid.table.nested.get((row - grid.head, column))
        if nested:
            from corpus.flow import grid as gridded

            inner = gridded(nested)
            written += self.table(inner, range(inner.rows)) + self.paragraph([Run("")])
        return written


def _broken(text: str, tag: str) -> str:
    """The text with its line ends as breaks."""
    return escape(text).replace("\n", f'</w:{tag}><w:br/><w:{tag} xml:space="preserve">')


def _counted(marker: str) -> tuple[str, int]:
    """The kind of numbering a marker belongs to, and its place in it."""
    word = marker.strip(".)")
    if word in {"-", "+"}:
        return f"bullet{word}" if word == "+" else "bullet", 1
    if word.isdigit():
        return "decimal.", int(word)
    if len(word) == 1 and word.islower():
        return "letter)", "abcdđeghiklmnop".index(word) + 1
    roman = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8}
    if word in roman:
        return "roman.", roman[word]
    return f"text {marker}", 1


def _numbering(lists: list[dict]) -> str:
    formats = {"decimal.": ("decimal", "%1."), "letter)": ("lowerLetter", "%1)"), "roman.": ("upperRoman", "%1."), "bullet": ("bullet", "-"), "bullet+": ("bullet", "+")}
    abstract = numbered = ""
    for index, one in enumerate(lists, 1):
        shape, text = formats.get(one["kind"], ("none", one["marker"]))
        abstract += (
            f'<w:abstractNum w:abstractNumId="{index}"><w:lvl w:ilvl="0"><w:start w:val="{one["start"]}"/><w:numFmt w:val="{shape}"/>'
            f'<w:lvlText w:val="{escape(text)}"/><w:pPr><w:ind w:left="709" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>'
        )
        numbered += f'<w:num w:numId="{index}"><w:abstractNumId w:val="{index}"/></w:num>'
    return f"<w:numbering {W}>{abstract}{numbered}</w:numbering>"


def _footnotes(pen: _Pen) -> str:
    notes = "".join(
        f'<w:footnote w:id="{index}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
        f"{pen.run(Run(' '))}{''.join(pen.run(run) for run in note.runs)}</w:p></w:footnote>"
        for index, note in enumerate(pen.notes, 2)
    )
    return (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        f'<w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>{notes}</w:footnotes>'
    )


def _core(source: Source) -> str:
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(source.id)}</dc:title><dc:subject>{MARK}</dc:subject><dc:creator>vanban</dc:creator>"
        '<dcterms:created xsi:type="dcterms:W3CDTF">2020-01-01T00:00:00Z</dcterms:created></cp:coreProperties>'
    )


_CUSTOM = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="Sample"><vt:lpwstr>{MARK}</vt:lpwstr></property></Properties>'
)
_OOXML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_OOXML}.document.main+xml"/>'
    + "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_OOXML}.{kind}+xml"/>'
        for part, kind in (("styles", "styles"), ("numbering", "numbering"), ("footnotes", "footnotes"), ("header1", "header"), ("footer1", "footer"))
    )
    + '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    '<Override PartName="/docProps/custom.xml" ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/></Types>'
)
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{REL}/officeDocument" Target="word/document.xml"/>'
    '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    f'<Relationship Id="rId3" Type="{REL}/custom-properties" Target="docProps/custom.xml"/></Relationships>'
)
_DOC_RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' + "".join(
    f'<Relationship Id="rId{index}" Type="{REL}/{kind}" Target="{target}.xml"/>'
    for index, (kind, target) in enumerate(
        (("styles", "styles"), ("numbering", "numbering"), ("footnotes", "footnotes"), ("header", "header1"), ("footer", "footer1")), 1
    )
) + "</Relationships>"
_STYLES = (
    f'<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="FONT" w:hAnsi="FONT" w:cs="FONT" w:eastAsia="FONT"/>'
    '<w:sz w:val="28"/><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="80"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>'
)
