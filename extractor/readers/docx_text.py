"""Runs of a Word paragraph → its text: fields, tracked changes, notes, symbols, text boxes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from extractor.layout.pieces import Footnote, Furniture, Paragraph, Passage, Piece
from extractor.readers.docx_numbering import Numbering, spell
from extractor.readers.docx_styles import PLAIN, VAL, ParagraphLook, RunLook, Styles, W, run_look
from extractor.readers.fonts import FontTexts, join_runs, show
from extractor.readers.legacy import Decoder
from extractor.readers.tidy import raised, superscript

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
Element = etree._Element


@dataclass(slots=True)
class Notes:
    """Footnotes or endnotes: their elements by id, and how far they are numbered."""

    elements: dict[str, Element] = field(default_factory=dict)
    shape: str = "decimal"
    number: int = 0  # of the last note referred to


@dataclass(slots=True)
class State:
    """What holds across the whole document while it is walked."""

    styles: Styles
    numbering: Numbering
    footnotes: Notes = field(default_factory=Notes)
    endnotes: Notes = field(default_factory=Notes)
    fonts_matter: bool = True
    font_texts: FontTexts = field(default_factory=FontTexts)  # gathered by the first walk, judged before the second
    decoders: Mapping[str, Decoder] = field(default_factory=dict)
    fields: list[list[str]] = field(default_factory=list)  # open fields, outermost first: ["code" | "result", instruction]
    endings: list[Footnote] = field(default_factory=list)  # endnotes, for the end of the document
    looks: dict[tuple[RunLook, RunLook], RunLook] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)  # what was kept, left out or could not be read, for notices
    box_pieces: Callable[[Element], list[Piece]] | None = None  # walks the content of a text box or note

    def count(self, what: str) -> None:
        self.seen[what] = self.seen.get(what, 0) + 1


@dataclass(slots=True)
class Inline:
    """A paragraph in the making: `runs` of text with their fonts, what stands beside it, and how it looks."""

    look: ParagraphLook
    runs: list[tuple[str, str | None]] = field(default_factory=list)
    asides: list[Piece] = field(default_factory=list)
    bold: int = 0  # code points in bold and not
    light: int = 0
    contents: bool = False
    page_field: bool = False

    def text(self, state: State) -> str:
        if not state.fonts_matter:
            return "".join([text for text, _ in self.runs])
        state.font_texts.add(self.runs)
        return join_runs(self.runs, state.decoders)

    def put(self, text: str, look: RunLook) -> None:
        self.runs.append((text, look.font))
        weight = len(text) - text.count(" ")
        if look.bold:
            self.bold += weight
        else:
            self.light += weight


def walk_inline(state: State, element: Element, out: Inline) -> None:
    """Adds the content of a paragraph, or of a wrapper inside one, to `out`."""
    for child in element:
        step = _INLINE.get(child.tag)
        if step is not None:
            step(state, child, out)


def blocks(element: Element) -> Iterator[Element]:
    """The children of a body, cell, row or table with content controls, tracked insertions and the like unwrapped."""
    for child in element:
        tag = child.tag
        if tag == _SDT:
            content = child.find(f"{W}sdtContent")
            if content is not None:
                yield from blocks(content)
        elif tag in _WRAPPERS:
            yield from blocks(child)
        elif tag == _ALTERNATE:
            chosen = choose(child)
            if chosen is not None:
                yield from blocks(chosen)
        else:
            yield child


def choose(alternate: Element) -> Element | None:
    """The branch of an mc:AlternateContent to read: the choice, or the fallback where only that has words in it."""
    choices = [e for e in alternate if e.tag in (_CHOICE, _FALLBACK)]
    for branch in choices:
        if next(branch.iter(f"{W}t", f"{W}txbxContent"), None) is not None:
            return branch
    return choices[0] if choices else None


def _run(state: State, run: Element, out: Inline) -> None:
    look = out.look.run
    for child in run:
        tag = child.tag
        if tag == _T:
            text = child.text
            if text and (not state.fields or _shown(state, out)):
                _put(text, look, out)
        elif tag == _RPR:
            look = _look(state, child, look)
            if look.hidden or look.deleted:
                state.count("deletions" if look.deleted else "hidden")
                return
        else:
            step = _RUN.get(tag)
            if step is not None:
                step(state, child, out, look)


def _look(state: State, properties: Element, under: RunLook) -> RunLook:
    """A run's own look over its character style's over its paragraph's; few differ, so they are kept by what they say."""
    own = run_look(properties)
    key = (own, under)
    look = state.looks.get(key)
    if look is None:
        styled = state.styles.runs.get(own.style, PLAIN).over(under) if own.style else under
        look = state.looks[key] = own.over(styled)
    return look


def _put(text: str, look: RunLook, out: Inline) -> None:
    if "\n" in text or "\r" in text:  # white space in the file is a blank; only w:br breaks a line
        text = text.replace("\r", " ").replace("\n", " ")
    if look.vertical == "superscript":
        text = raised(text)
    out.put(text.upper() if look.caps else text, look)


def _shown(state: State, out: Inline) -> bool:
    """Whether text here is printed: outside fields or in their results. Marks paragraphs of a table of contents."""
    for phase, code in state.fields:
        if phase == "code":
            return False
        if code.startswith("TOC"):
            out.contents = True
    return True


# ---- what stands in a run --------------------------------------------------------------------------------------


def _space(text: str) -> Callable[[State, Element, Inline, RunLook], None]:
    def put(state: State, element: Element, out: Inline, look: RunLook) -> None:
        if _shown(state, out):
            out.runs.append((text, look.font))

    return put


def _symbol(state: State, element: Element, out: Inline, look: RunLook) -> None:
    try:
        code = int(element.get(f"{W}char", ""), 16)
        text = "" if 0xD800 <= code < 0xE000 else chr(code)  # half of a pair is no character
    except (ValueError, OverflowError):
        return
    if _shown(state, out):
        out.runs.append((show(text, element.get(f"{W}font")), None))


def _field_mark(state: State, element: Element, out: Inline, look: RunLook) -> None:
    kind = element.get(f"{W}fldCharType")
    if kind == "begin":
        state.fields.append(["code", ""])
        _form_field(state, element, out, look)
    elif kind == "separate" and state.fields:
        state.fields[-1][0] = "result"
    elif kind == "end" and state.fields:
        code = state.fields.pop()[1]
        out.page_field |= _is_page_number(code)


def _is_page_number(code: str) -> bool:
    return code.startswith(("PAGE", "NUMPAGES", "SECTIONPAGES")) and not code.startswith("PAGEREF")


def _form_field(state: State, element: Element, out: Inline, look: RunLook) -> None:
    """Tick boxes and drop-down lists of old forms show no text of their own."""
    box = element.find(f"{W}ffData/{W}checkBox")
    if box is not None:
        mark = box.find(f"{W}checked")
        mark = box.find(f"{W}default") if mark is None else mark
        ticked = mark is not None and mark.get(VAL) not in {"0", "false", "off"}
        out.put("☒" if ticked else "☐", look)
    choices = element.find(f"{W}ffData/{W}ddList")
    if choices is not None:
        entries = [e.get(VAL, "") for e in choices.iterchildren(f"{W}listEntry")]
        chosen = choices.find(f"{W}result")
        number = chosen.get(VAL, "0") if chosen is not None else "0"
        index = int(number) if number.isdecimal() and len(number) < 9 else 0
        if index < len(entries):
            out.put(entries[index], look)


def _instruction(state: State, element: Element, out: Inline, look: RunLook) -> None:
    if state.fields and len(state.fields[-1][1]) < 200:
        state.fields[-1][1] = (state.fields[-1][1] + (element.text or "")).lstrip()


def _footnote(state: State, element: Element, out: Inline, look: RunLook) -> None:
    _note(state, element, out, state.footnotes)


def _endnote(state: State, element: Element, out: Inline, look: RunLook) -> None:
    _note(state, element, out, state.endnotes)


def _note(state: State, element: Element, out: Inline, notes: Notes) -> None:
    """The note's mark goes into the text, the note itself behind its paragraph (endnotes: to the end)."""
    body = notes.elements.get(element.get(f"{W}id", ""))
    if body is None or not _shown(state, out):
        return
    own_mark = element.get(f"{W}customMarkFollows") in {"1", "true", "on"}
    marker = ""
    if not own_mark:
        notes.number += 1
        number = spell(notes.number, notes.shape)
        marker = superscript(notes.number) if number.isdecimal() else f"({number})"
        out.runs.append((marker, None))
    pieces = state.box_pieces(body) if state.box_pieces else []
    text = "\n".join(p.passage.text for p in pieces if isinstance(p, Paragraph))
    out.asides += [p for p in pieces if not isinstance(p, Paragraph)]
    if text:
        note = Footnote(Passage(f"{marker} {text}".strip()), marker or None)
        (state.endings if notes is state.endnotes else out.asides).append(note)


def _drawing(state: State, element: Element, out: Inline, look: RunLook) -> None:
    """Text boxes inside a drawing; pictures are counted."""
    found = False
    for box in _boxes(element):
        found = True
        if state.box_pieces is not None:
            fields, state.fields = state.fields, []
            out.asides += boxed(state.box_pieces(box))
            state.fields = fields
    if not found and next(element.iter(_BLIP, _IMAGE), None) is not None:
        state.count("pictures")


def _boxes(element: Element) -> Iterator[Element]:
    """The outermost text boxes of a drawing, each of its alternatives once."""
    for child in element:
        if child.tag == _TEXT_BOX:
            yield child
        elif child.tag == _ALTERNATE:
            chosen = choose(child)
            if chosen is not None:
                yield from _boxes(chosen)
        else:
            yield from _boxes(child)


def boxed(pieces: list[Piece]) -> list[Piece]:
    """The pieces of a text box: running text where it holds a table or more than a few lines, else furniture."""
    texts = [p.passage.text for p in pieces if isinstance(p, Paragraph)]
    if len(texts) < len(pieces) or sum(map(len, texts)) > 300:
        return pieces
    return [Furniture(Passage("\n".join(texts)), "text_box")] if texts else []


def _alternate_in_run(state: State, element: Element, out: Inline, look: RunLook) -> None:
    chosen = choose(element)
    for child in chosen if chosen is not None else ():
        if child.tag == _T and child.text and _shown(state, out):
            _put(child.text, look, out)
            continue
        step = _RUN.get(child.tag)
        if step is not None:
            step(state, child, out, look)


# ---- what stands in a paragraph --------------------------------------------------------------------------------


def _deleted(state: State, element: Element, out: Inline) -> None:
    state.count("deletions")


def _inserted(state: State, element: Element, out: Inline) -> None:
    state.count("insertions")
    walk_inline(state, element, out)


def _control(state: State, element: Element, out: Inline) -> None:
    content = element.find(f"{W}sdtContent")
    if content is not None:
        walk_inline(state, content, out)


def _simple_field(state: State, element: Element, out: Inline) -> None:
    code = element.get(f"{W}instr", "").strip()
    state.fields.append(["result", code])
    walk_inline(state, element, out)
    state.fields.pop()
    out.page_field |= _is_page_number(code)


def _math(state: State, element: Element, out: Inline) -> None:
    text = "".join(e.text or "" for e in element.iter(f"{M}t"))
    if text and _shown(state, out):
        out.put(text, out.look.run)


def _alternate(state: State, element: Element, out: Inline) -> None:
    chosen = choose(element)
    if chosen is not None:
        walk_inline(state, chosen, out)


_RPR, _T = f"{W}rPr", f"{W}t"
_SDT, _ALTERNATE, _CHOICE, _FALLBACK = f"{W}sdt", f"{MC}AlternateContent", f"{MC}Choice", f"{MC}Fallback"
_TEXT_BOX = f"{W}txbxContent"
_BLIP, _IMAGE = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip", "{urn:schemas-microsoft-com:vml}imagedata"
_WRAPPERS = frozenset(f"{W}{name}" for name in ("ins", "moveTo", "smartTag", "customXml", "sdtContent", "dir", "bdo"))

_RUN: dict[str, Callable[[State, Element, Inline, RunLook], None]] = {
    f"{W}tab": _space("\t"),
    f"{W}ptab": _space("\t"),
    f"{W}br": _space("\n"),
    f"{W}cr": _space("\n"),
    f"{W}softHyphen": _space("\u00ad"),  # in TCVN3 fonts this code is the letter ư: kept until the font has been heard
    f"{W}noBreakHyphen": _space("-"),
    f"{W}sym": _symbol,
    f"{W}fldChar": _field_mark,
    f"{W}instrText": _instruction,
    f"{W}footnoteReference": _footnote,
    f"{W}endnoteReference": _endnote,
    f"{W}drawing": _drawing,
    f"{W}pict": _drawing,
    f"{W}object": _drawing,
    _ALTERNATE: _alternate_in_run,
}
_INLINE: dict[str, Callable[[State, Element, Inline], None]] = {
    f"{W}r": _run,
    f"{W}hyperlink": walk_inline,
    f"{W}smartTag": walk_inline,
    f"{W}customXml": walk_inline,
    f"{W}dir": walk_inline,
    f"{W}bdo": walk_inline,
    f"{W}ins": _inserted,
    f"{W}moveTo": _inserted,
    f"{W}del": _deleted,
    f"{W}moveFrom": _deleted,
    f"{W}fldSimple": _simple_field,
    _SDT: _control,
    _ALTERNATE: _alternate,
    f"{M}oMath": _math,
    f"{M}oMathPara": _math,
}
