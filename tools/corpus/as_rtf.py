# ruff: noqa: E501 - tables and markup read better unbroken
"""RTF in a legacy font or in Unicode escapes."""

from __future__ import annotations

from collections.abc import Iterator

from corpus import legacy
from corpus.flow import MARK, Box, Closing, Front, Grid, Line, Page, flow
from corpus.markup import Run
from corpus.write import Source

FONTS = {"tcvn3": (".VnTime", ".VnTimeH", legacy.tcvn3), "vni": ("VNI-Times", "VNI-Times", legacy.vni), "": ("Times New Roman", "Times New Roman", str)}
WIDE = 9000  # twips across a table


def write(source: Source, options: dict) -> bytes:
    """The bytes of the RTF file."""
    pen = _Pen(options.get("legacy", ""))
    body = "\n".join(pen.body(source))
    plain, caps = FONTS[options.get("legacy", "")][:2]
    fonts = rf"{{\fonttbl{{\f0\froman {plain};}}{{\f1\froman {caps};}}{{\f2\froman Times New Roman;}}}}"
    about = rf"{{\info{{\title {source.id}}}{{\subject {_escaped(MARK, str)}}}{{\creatim\yr2020\mo1\dy1}}}}"
    mark = rf"\pard\qc{{\f2\i {_escaped(MARK, str)}}}\par"
    return f"{{\\rtf1\\ansi\\ansicpg1252\\deff0{fonts}{about}\n\\fs26\n{body}\n{mark}\n}}\n".encode("ascii")


class _Pen:
    """Writes paragraphs and rows; footnotes go where their marks are."""

    def __init__(self, encoding: str):
        self.caps = encoding == "tcvn3"
        self.encode = FONTS[encoding][2]

    def body(self, source: Source) -> Iterator[str]:
        for item in flow(source):
            if isinstance(item, Line):
                yield self.line(item)
            elif isinstance(item, Box):
                yield from (self.line(line) for line in item.lines)
            elif isinstance(item, Page):
                yield r"\page"
            elif isinstance(item, Front):
                left = [*item.left, item.number, *([item.subject] if item.subject else [])]
                yield self.columns(left, [*item.right, item.dateline])
            elif isinstance(item, Closing):
                yield self.columns(["Nơi nhận:", *(f"- {line}" for line in item.recipients)], [*item.signing, "", "", item.signer or ""])
            else:
                yield from self.table(item)

    def line(self, line: Line) -> str:
        written = "".join(self.run(run, line) for run in line.runs)
        place = r"\qc" if line.align == "centre" else r"\qj\fi700"
        return rf"\pard{place} {written}\par"

    def run(self, run: Run, line: Line | None = None) -> str:
        style = "".join(rf"\{code}" for name, code in (("bold", "b"), ("italic", "i")) if name in run.style)
        note = ""
        if run.note and line:
            inner = "".join(self.run(one) for one in line.marked.notes[run.note].runs)
            note = rf"{{\super\chftn{{\footnote\pard\plain {{\super\chftn}} {inner}}}}}"
        return "{" + style + self.letters(run.text) + "}" + note

    def letters(self, text: str) -> str:
        if self.caps and text.isupper() and len(text) > 3:
            return r"\f1 " + _escaped(text.lower(), self.encode)
        return r"\f0 " + _escaped(text, self.encode)

    def columns(self, left: list[str], right: list[str]) -> str:
        cells = [r"\line ".join("{" + self.letters(text) + "}" for text in side) for side in (left, right)]
        return rf"\trowd\cellx3800\cellx{WIDE} \pard\intbl\qc {cells[0]}\cell \pard\intbl\qc {cells[1]}\cell\row \pard\par"

    def table(self, grid: Grid) -> Iterator[str]:
        total, edge, edges = sum(grid.table.widths), 0.0, []
        for width in grid.table.widths:
            edge += WIDE * width / total
            edges.append(int(edge))
        for row in range(grid.rows):
            yield self.row(grid, row, edges)
        yield r"\pard\par"

    def row(self, grid: Grid, row: int, edges: list[int]) -> str:
        shape, cells = r"\trowd\trgaph60", ""
        sides = "".join(rf"\clbrdr{side}\brdrs" for side in "tlbr")
        column = 0
        while column < grid.columns:
            deep, wide, marked = grid.cells.get((row, column), (0, 1, None))
            join = r"\clvmgf" if deep > 1 else r"\clvmrg" if marked is None and _covered(grid, row, column) else ""
            shape += rf"{join}{sides}\cellx{edges[column + wide - 1]}"
            inner = "".join(self.run(run) for run in marked.runs) if marked else ""
            cells += rf"\pard\intbl {inner}\cell "
            column += wide
        return f"{shape} {cells}\\row"


def _covered(grid: Grid, row: int, column: int) -> bool:
    """Whether a cell of an earlier row reaches down here."""
    return any(at < row < at + deep and first <= column < first + wide for (at, first), (deep, wide, _) in grid.cells.items())


def _escaped(text: str, encode: object) -> str:
    made = ""
    for letter in encode(text):  # type: ignore[operator]
        code = ord(letter)
        if letter in "\\{}":
            made += "\\" + letter
        elif letter == "\n":
            made += r"\line "
        elif code < 128:
            made += letter
        elif code < 256 and encode is not str:
            made += rf"\'{code:02x}"
        else:
            made += rf"\u{code}?"
    return made
