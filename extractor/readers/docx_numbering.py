"""Word's automatic list numbers, written out as they are printed ("1.", "a)", "II.", "-").

After ECMA-376 part 1, 17.9: a paragraph names a list (numId) and a level (ilvl); lists of one abstract definition
count together; a deeper level starts again when a higher one moves on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import regex
from lxml import etree

from extractor.readers.docx_styles import LOOSE, PLAIN, VAL, ParagraphLook, RunLook, W, paragraph_look, run_look, switched_on
from extractor.readers.fonts import show
from extractor.readers.legacy import Decoder

_PLACE = regex.compile(r"%([1-9])")
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_KEPT_BULLETS = frozenset("-–—−+*•·")  # what Vietnamese documents print as item marks; any other sign is shown as •
_DASHES = str.maketrans("−·", "-•")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: `text` such as "%1.%2." or a bullet, `shape` Word's numFmt."""

    start: int = 1
    shape: str = "decimal"
    text: str = ""
    legal: bool = False  # all numbers as decimals (isLgl)
    restart: int | None = None  # lvlRestart: 0 = never, n = only when level n moves on
    look: ParagraphLook = LOOSE
    run: RunLook = PLAIN


@dataclass(frozen=True, slots=True)
class List:
    """A numId: the abstract list it counts with, its levels (overrides worked in), levels that start anew on first use."""

    abstract: str
    levels: Mapping[int, Level]
    restarts: Mapping[int, int]


@dataclass(slots=True)
class Numbering:
    """All lists of a document and how far each has counted."""

    lists: Mapping[str, List]
    style_levels: Mapping[tuple[str, str], int]  # (abstract list, style id) → level
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)
    decoders: Mapping[str, Decoder] = field(default_factory=dict)

    def level_of(self, number: tuple[str, int | None], style: str) -> tuple[str, int] | None:
        """The list and level a paragraph is numbered with, None for none."""
        ident, depth = number
        found = self.lists.get(ident)
        if found is None:
            return None
        if depth is None:
            depth = self.style_levels.get((found.abstract, style), 0)
        return ident, min(max(depth, 0), 8)

    def look(self, ident: str, depth: int) -> ParagraphLook:
        level = self.lists[ident].levels.get(depth)
        return level.look if level else LOOSE

    def next(self, ident: str, depth: int, font: str | None = None) -> str:
        """Counts one item on and returns its printed number or bullet ("" where the list prints none); `font`: the paragraph's."""
        found = self.lists[ident]
        counts = self.counts.setdefault(found.abstract, [None] * 9)
        self._count(found, ident, depth, counts)
        level = found.levels.get(depth)
        if level is None or level.shape == "none":
            return ""
        text = show(level.text, level.run.font or font, self.decoders)
        if level.shape == "bullet":
            return _bullet(text.strip())

        def number(match: regex.Match[str]) -> str:
            place = int(match[1]) - 1
            at = found.levels.get(place, level)
            value = counts[place] if counts[place] is not None else at.start
            return spell(value or 0, "decimal" if level.legal else at.shape)

        return str(_PLACE.sub(number, text)).strip()

    def _count(self, found: List, ident: str, depth: int, counts: list[int | None]) -> None:
        level = found.levels.get(depth, Level())
        if depth in found.restarts and (ident, depth) not in self.begun:
            counts[depth] = found.restarts[depth]
        else:
            counts[depth] = level.start if counts[depth] is None else counts[depth] + 1  # type: ignore[operator]
        self.begun.add((ident, depth))
        for deeper in range(depth + 1, 9):
            restart = found.levels.get(deeper, Level()).restart
            if restart is None or (restart and depth < restart):
                counts[deeper] = None
        for higher in range(depth):
            if counts[higher] is None:
                counts[higher] = found.levels.get(higher, Level()).start


def _bullet(text: str) -> str:
    if not text:
        return ""
    return text.translate(_DASHES) if text in _KEPT_BULLETS else "•" if len(text) == 1 else text


def spell(number: int, shape: str) -> str:
    """A count as Word's numFmt `shape` prints it; shapes that Vietnamese documents do not use count in digits."""
    if shape in {"upperRoman", "lowerRoman"} and 0 < number < 4000:
        roman = ""
        for value, letters in _ROMAN:
            while number >= value:
                roman, number = roman + letters, number - value
        return roman if shape == "upperRoman" else roman.lower()
    if shape in {"upperLetter", "lowerLetter"} and 0 < number <= 780:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if shape == "upperLetter" else letter
    if shape == "decimalZero":
        return f"{number:02d}"
    return "" if shape == "none" else str(number)


def read_numbering(root: etree._Element | None, style_lists: Mapping[str, str]) -> Numbering:
    """The lists of numbering.xml; `style_lists`: style id → numId, for lists that a numbering style defines."""
    if root is None:
        return Numbering({}, {})
    abstracts = {e.get(f"{W}abstractNumId", ""): e for e in root.iterchildren(f"{W}abstractNum")}
    nums = {e.get(f"{W}numId", ""): e for e in root.iterchildren(f"{W}num")}
    owner = {ident: _val(e.find(f"{W}abstractNumId")) for ident, e in nums.items()}
    levels: dict[str, dict[int, Level]] = {}
    style_levels: dict[tuple[str, str], int] = {}
    for ident, element in abstracts.items():
        linked = _val(element.find(f"{W}numStyleLink"))
        real = abstracts.get(owner.get(style_lists.get(linked, ""), ""), element) if linked else element
        levels[ident] = dict(_level(e) for e in real.iterchildren(f"{W}lvl"))
        for level in real.iterchildren(f"{W}lvl"):
            style = _val(level.find(f"{W}pStyle"))
            if style:
                style_levels[ident, style] = _depth(level)
    lists = {}
    for ident, element in nums.items():
        own, restarts = dict(levels.get(owner[ident], {})), {}
        for override in element.iterchildren(f"{W}lvlOverride"):
            depth, changed = _depth(override), override.find(f"{W}lvl")
            if changed is not None:
                own[depth] = _level(changed)[1]
            start = override.find(f"{W}startOverride")
            if start is not None:
                restarts[depth] = _number(start, 1)
        lists[ident] = List(owner[ident], own, restarts)
    return Numbering(lists, style_levels)


def _level(element: etree._Element) -> tuple[int, Level]:
    restart = element.find(f"{W}lvlRestart")
    shape = _val(element.find(f"{W}numFmt")) or "decimal"
    return _depth(element), Level(
        _number(element.find(f"{W}start"), 0 if element.find(f"{W}start") is None else 1),
        shape,
        _val(element.find(f"{W}lvlText")),
        bool(switched_on(element.find(f"{W}isLgl"))),
        None if restart is None else _number(restart, 0),
        paragraph_look(element.find(f"{W}pPr")),
        run_look(element.find(f"{W}rPr")),
    )


def _val(element: etree._Element | None) -> str:
    return "" if element is None else element.get(VAL, "")


def _depth(element: etree._Element) -> int:
    text = element.get(f"{W}ilvl", "0")
    return min(int(text), 8) if text.isdecimal() else 0


def _number(element: etree._Element | None, default: int) -> int:
    text = _val(element)
    return int(text) if text.isdecimal() and len(text) < 9 else default
