"""Word's styles: what a paragraph or run looks like where it does not say so itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
_OFF = frozenset({"0", "false", "off", "none"})
_NO_BORDER = frozenset({"nil", "none"})
_MAX_CHAIN = 20  # styles based on styles; hostile files make rings
SIDES = ("top", "left", "start", "bottom", "right", "end", "insideH", "insideV")


@dataclass(frozen=True, slots=True)
class RunLook:
    """None = not said here."""

    bold: bool | None = None
    caps: bool | None = None
    hidden: bool | None = None
    font: str | None = None
    vertical: str | None = None  # "superscript", "subscript", "baseline"
    style: str | None = None  # the character style it names; not inherited
    deleted: bool = False

    def over(self, under: RunLook) -> RunLook:
        """This look where it says something, else `under`'s."""
        if self is PLAIN:
            return under
        if under is PLAIN:
            return self
        return RunLook(
            under.bold if self.bold is None else self.bold,
            under.caps if self.caps is None else self.caps,
            under.hidden if self.hidden is None else self.hidden,
            self.font or under.font,
            self.vertical or under.vertical,
            deleted=self.deleted,
        )


PLAIN = RunLook()


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """`left` and `first` in points; `number` is Word's (numId, ilvl), ("0", 0) = numbering switched off."""

    level: int | None = None
    centred: bool | None = None
    number: tuple[str, int | None] | None = None
    left: float | None = None
    first: float | None = None
    contents: bool = False  # an entry of a table of contents
    run: RunLook = PLAIN

    def over(self, under: ParagraphLook) -> ParagraphLook:
        if self is LOOSE:
            return under
        return ParagraphLook(
            under.level if self.level is None else self.level,
            under.centred if self.centred is None else self.centred,
            under.number if self.number is None else self.number,
            under.left if self.left is None else self.left,
            under.first if self.first is None else self.first,
            self.contents or under.contents,
            self.run.over(under.run),
        )


LOOSE = ParagraphLook()


@dataclass(frozen=True, slots=True)
class Styles:
    """Looks by style id, everything inherited worked in; `ruled`: table styles that draw borders."""

    paragraphs: Mapping[str, ParagraphLook] = field(default_factory=dict)
    runs: Mapping[str, RunLook] = field(default_factory=dict)
    ruled: frozenset[str] = frozenset()
    normal: ParagraphLook = LOOSE


def switched_on(element: etree._Element | None) -> bool | None:
    """A toggle such as <w:b/>: None where it is absent."""
    return None if element is None else element.get(VAL) not in _OFF


def run_look(properties: etree._Element | None) -> RunLook:
    """What a w:rPr says itself; the style it names is not followed here."""
    if properties is None:
        return PLAIN
    said: dict[str, object] = {}
    for child in properties:
        name = _RUN_TOGGLES.get(child.tag)
        if name is not None:
            said[name] = child.get(VAL) not in _OFF
        elif child.tag == _FONTS:
            said["font"] = child.get(_ASCII) or child.get(_HANSI)
        elif child.tag == _ALIGN:
            said["vertical"] = child.get(VAL)
        elif child.tag == _RSTYLE:
            said["style"] = child.get(VAL)
    if not said:
        return PLAIN
    return RunLook(**said)  # type: ignore[arg-type]


def paragraph_look(properties: etree._Element | None) -> ParagraphLook:
    """What a w:pPr says itself."""
    if properties is None or not len(properties):
        return LOOSE
    level = centred = number = left = first = None
    for child in properties:
        tag = child.tag
        if tag == _JC:
            centred = child.get(VAL) == "center"
        elif tag == _NUM:
            number = _number(child)
        elif tag == _IND:
            left, first = _indent(child)
        elif tag == _OUTLINE:
            depth = _whole(child.get(VAL))
            level = depth + 1 if depth is not None and depth < 9 else None
    if all(said is None for said in (level, centred, number, left, first)):
        return LOOSE
    return ParagraphLook(level, centred, number, left, first)


def _number(properties: etree._Element) -> tuple[str, int | None] | None:
    ident, level = properties.find(f"{W}numId"), properties.find(f"{W}ilvl")
    depth = None if level is None else _whole(level.get(VAL))
    if ident is None:
        return None if depth is None else ("", depth)
    return ident.get(VAL) or "0", depth


def _indent(element: etree._Element) -> tuple[float | None, float | None]:
    left = _whole(element.get(_LEFT) or element.get(_START))
    hanging, first = _whole(element.get(_HANGING)), _whole(element.get(_FIRST))
    step = -hanging if hanging is not None else first
    return None if left is None else left / 20, None if step is None else step / 20


def _whole(text: str | None) -> int | None:
    try:
        return None if text is None else round(float(text))
    except (ValueError, OverflowError):
        return None


def read_styles(root: etree._Element | None) -> Styles:
    """The styles of a document; an empty `Styles` where it has none."""
    if root is None:
        return Styles()
    elements = {e.get(_STYLE_ID, ""): e for e in root.iterchildren(f"{W}style")}
    default_run = run_look(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
    default = ParagraphLook(run=default_run).over(paragraph_look(root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr")))
    paragraphs: dict[str, ParagraphLook] = {}
    runs: dict[str, RunLook] = {}
    normal, ruled = default, set()
    for ident, element in elements.items():
        kind = element.get(f"{W}type")
        if kind == "paragraph":
            look = default
            for link in reversed(_chain(ident, elements)):
                look = _own_look(elements[link], link == ident).over(look)
            paragraphs[ident] = look
            if element.get(f"{W}default") in {"1", "true", "on"}:
                normal = look
        elif kind == "character":
            run = PLAIN
            for link in reversed(_chain(ident, elements)):
                run = run_look(elements[link].find(f"{W}rPr")).over(run)
            runs[ident] = run
        elif kind == "table" and any(_style_is_ruled(elements[link]) for link in _chain(ident, elements)):
            ruled.add(ident)
    return Styles(paragraphs, runs, frozenset(ruled), normal)


def _chain(ident: str, elements: Mapping[str, etree._Element]) -> list[str]:
    """A style and those it is based on, nearest first."""
    chain: list[str] = []
    while ident in elements and ident not in chain and len(chain) < _MAX_CHAIN:
        chain.append(ident)
        based = elements[ident].find(f"{W}basedOn")
        ident = "" if based is None else based.get(VAL, "")
    return chain


def _own_look(style: etree._Element, itself: bool) -> ParagraphLook:
    look = paragraph_look(style.find(f"{W}pPr"))
    name = style.find(f"{W}name")
    contents = itself and name is not None and name.get(VAL, "").lower().startswith("toc ")
    return ParagraphLook(look.level, look.centred, look.number, look.left, look.first, contents, run_look(style.find(f"{W}rPr")))


def _style_is_ruled(style: etree._Element) -> bool:
    return any(draws(borders) for borders in style.iter(f"{W}tblBorders"))


def draws(borders: etree._Element | None) -> bool:
    """Whether a w:tblBorders or w:tcBorders draws any line."""
    return borders is not None and any(e.get(VAL, "nil") not in _NO_BORDER for e in borders if e.tag in _SIDE_TAGS)


def blanks(borders: etree._Element | None) -> bool:
    """Whether a w:tcBorders rubs out all four sides of its cell."""
    if borders is None:
        return False
    gone = {e.tag for e in borders if e.get(VAL) in _NO_BORDER}
    return len(gone & _SIDE_TAGS) >= 4


_SIDE_TAGS = frozenset(f"{W}{side}" for side in SIDES)
_RUN_TOGGLES = {f"{W}b": "bold", f"{W}caps": "caps", f"{W}vanish": "hidden", f"{W}del": "deleted"}
_FONTS, _ALIGN, _RSTYLE = (f"{W}{name}" for name in ("rFonts", "vertAlign", "rStyle"))
_JC, _NUM, _IND, _OUTLINE = (f"{W}{name}" for name in ("jc", "numPr", "ind", "outlineLvl"))
_ASCII, _HANSI, _STYLE_ID = f"{W}ascii", f"{W}hAnsi", f"{W}styleId"
_LEFT, _START, _HANGING, _FIRST = (f"{W}{name}" for name in ("left", "start", "hanging", "firstLine"))
