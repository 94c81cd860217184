"""pdfium's text page → `PageWords`: one call for the text, few per word for its place.

Words are cut from the page's text at white space; where a word stands follows from the boxes of its first and last
character. Where that cannot hold (letters of one word drawn out of order, as with fall-back fonts) the page is built
again from all its characters.
"""

from __future__ import annotations

import ctypes
import unicodedata
from bisect import bisect_right
from functools import cache
from itertools import repeat
from typing import NamedTuple

import numpy as np
import regex
from numpy.typing import NDArray

from extractor.layout.lines import PageWords
from extractor.readers import pdf_calls as pdfium
from extractor.readers.pdf_legacy import HYPHEN, recode

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

APART = regex.compile(r"[\s\x00-\x1f\ufffe\u200b\ufeff]")  # what stands between words
WORD = regex.compile(rf"[^{APART.pattern[1:-1]}]+(?:{HYPHEN})?|{HYPHEN}")
# superscripts wait in the private-use area until legacy fonts are read: ¹ ² ³ are letters of theirs
RAISED = str.maketrans("0123456789", "\ue1b0\ue1b1\ue1b2\ue1b3\ue1b4\ue1b5\ue1b6\ue1b7\ue1b8\ue1b9")
# bullets of the Symbol and Wingdings fonts, which Word puts into the private-use area
SIGNS = str.maketrans(
    {HYPHEN: "-", "\xad": None}
    | dict(zip(map(chr, RAISED.values()), "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))
    | {"\uf02d": "-", "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf076": "❖", "\uf02b": "+"}
)
_UNCLEAN = regex.compile("[\xad\ufffe\ue000-\uf8ff]")
OUTLINED, INVISIBLE = 2, 3  # text rendering modes (ISO 32000-1, table 106): filled and stroked, neither
FORCE_BOLD = 0x40000  # a flag of font descriptors
HEAVY = ("bold", "black", "heavy")
CLIP_SLACK = 1.0  # points
SMALL = 0.88  # of the size beside it: a digit no larger and raised is a footnote mark
TOUCH = 0.05  # of the font size: no space is as narrow
ASCENT, DESCENT = 0.89, 0.22  # of the font size, as in Times: fonts in PDFs often do not tell theirs
_MAY_BE_MARK = regex.compile(r"(?<=\S)\d(?=\p{P}*+(?:[\s\ufffe]|$))|(?<!\S)\d{1,3}\p{L}")  # "TTHC2," "17/6/20222." "1UBND"


class Frame(NamedTuple):
    """How page space becomes the page as shown: left and bottom of the visible box, its size, quarter turns clockwise."""

    left: float
    bottom: float
    width: float
    height: float
    turns: int

    @property
    def shown(self) -> tuple[float, float]:
        """Width and height of the page as shown."""
        return (self.height, self.width) if self.turns % 2 else (self.width, self.height)

    def boxes(self, x0: Floats, y0: Floats, x1: Floats, y1: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """x0, top, x1, bottom as shown, of boxes in page space; to thousandths, as noise would part what is level."""
        x0, x1, y0, y1 = x0 - self.left, x1 - self.left, y0 - self.bottom, y1 - self.bottom
        if self.turns == 0:
            turned = x0, self.height - y1, x1, self.height - y0
        elif self.turns == 1:
            turned = y0, x0, y1, x1
        elif self.turns == 2:
            turned = self.width - x1, y0, self.width - x0, y1
        else:
            turned = self.height - y1, self.width - x1, self.height - y0, self.width - x0
        a, b, c, d = (np.round(v, 3) for v in turned)
        return np.minimum(a, c), np.minimum(b, d), np.maximum(a, c), np.maximum(b, d)


def page_text(textpage: int) -> str:
    """The page's text, one letter per character of pdfium's, so that offsets are character numbers."""
    count = pdfium.call("FPDFText_CountChars")(textpage)
    if count <= 0:
        return ""
    room = ctypes.create_string_buffer(2 * count + 2)
    got = pdfium.call("FPDFText_GetText")(textpage, 0, count, ctypes.addressof(room))
    text = room.raw[: 2 * max(got - 1, 0)].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    codes = map(pdfium.call("FPDFText_GetUnicode"), repeat(textpage), range(count))
    return "".join(HYPHEN if c in (2, 0xFFFE) else chr(c) if 0 < c < 0x110000 and not 0xD800 <= c < 0xE000 else " " for c in codes)


class Styles(NamedTuple):
    """How the text objects of a page are set; `of` numbers the object of each character asked for."""

    of: Ints
    size: Floats  # points
    runs: Ints  # 0 to the right, 1 upwards, 2 to the left, 3 downwards, in page space
    bold: NDArray[np.bool_]
    font: Ints  # index into names
    names: list[str]
    invisible: NDArray[np.bool_]  # as the text that OCR lays under a page's picture
    objects: list[int]  # their addresses
    chars: list[int]  # a character of each


def read_styles(textpage: int, indexes: list[int]) -> Styles:
    """How the text objects are set that the characters of those numbers belong to."""
    handles = np.fromiter(map(pdfium.call("FPDFText_GetTextObject"), repeat(textpage), indexes), np.int64, len(indexes))
    found, first, of = np.unique(handles, return_index=True, return_inverse=True)
    objects, chars = found.tolist(), [indexes[k] for k in first.tolist()]
    turn = pdfium.matrices(textpage, chars)
    a, b = turn[:, 0], turn[:, 1]
    runs = np.where(np.abs(a) >= np.abs(b), np.where(a >= 0, 0, 2), np.where(b >= 0, 1, 3))
    size = np.fromiter(map(pdfium.call("FPDFText_GetFontSize"), repeat(textpage), chars), np.float64, len(chars))
    size = np.round(np.maximum(np.abs(size) * np.hypot(turn[:, 2], turn[:, 3]), 0.1), 2)
    known = objects if objects[:1] != [0] else objects[1:]
    modes = dict(zip(known, map(pdfium.call("FPDFTextObj_GetTextRenderMode"), known), strict=True))
    mode = np.array([modes.get(o, 0) for o in objects], np.int64)
    fonts = dict(zip(known, map(pdfium.call("FPDFTextObj_GetFont"), known), strict=True))
    font, names, bold = _fonts([fonts.get(o, 0) for o in objects])
    return Styles(of, size, runs, bold | (mode == OUTLINED), font, names, mode == INVISIBLE, objects, chars)


def _fonts(handles: list[int]) -> tuple[Ints, list[str], NDArray[np.bool_]]:
    """For each text object's font its number and whether it is bold, and the names of the fonts."""
    numbers: dict[int, int] = {}
    font = np.array([numbers.setdefault(handle, len(numbers)) for handle in handles], np.int64)
    names, bold = [], []
    room = ctypes.create_string_buffer(256)
    for handle in numbers:
        got = pdfium.call("FPDFFont_GetBaseFontName")(handle, ctypes.addressof(room), 256) if handle else 0
        names.append(room.raw[: max(min(got, 256) - 1, 0)].decode("utf-8", "replace"))
        forced = bool(handle) and bool(pdfium.call("FPDFFont_GetFlags")(handle) & FORCE_BOLD)
        bold.append(forced or any(name in names[-1].lower() for name in HEAVY))  # no weight: pdfium guesses it from the stems
    return font, names, np.array(bold, bool)[font]


def read_words(textpage: int, page: int, frame: Frame) -> PageWords:
    """The words of a page, in the order of its content stream, boxes as the page is shown."""
    text = page_text(textpage)
    first, end = _ends(text)
    width, height = frame.shown
    if not first:
        return PageWords.empty(page, width, height)
    words = [text[s:e] for s, e in zip(first, end, strict=True)]
    marked = _may_be_marked(text, first)
    styles = read_styles(textpage, first + list(marked.values()))
    of = styles.of[: len(first)]
    size, runs = styles.size[of], styles.runs[of]
    base = pdfium.origins(textpage, styles.chars)[of]
    x0, top, x1, bottom = frame.boxes(*_boxes(textpage, (first, [e - 1 for e in end]), base, (size, runs)))
    made = PageWords(page, width, height, words, x0, top, x1, bottom, size, styles.bold[of])
    made.font, made.fonts, made.direction = styles.font[of], styles.names, (runs - frame.turns) % 4
    other = styles.size[styles.of[len(first) :]]
    uneven = [k for k, probe in zip(marked, other.tolist(), strict=True) if abs(probe - size[k]) > (1 - SMALL) * size[k]]
    _raise_marks(textpage, made, [(k, (first[k], end[k])) for k in uneven])
    made.invisible = float(styles.invisible[of].mean())
    recode(made)
    if uneven or _UNCLEAN.search(text) or not unicodedata.is_normalized("NFC", text):
        made.text = clean("\n".join(made.text)).split("\n")
    return merged(made.only(visible((x0 + x1) / 2, (top + bottom) / 2, (styles.objects, of), frame)))


def _ends(text: str) -> tuple[list[int], list[int]]:
    """Where each word begins and ends; without hyphens at line ends, which may end a word or be one, by a table instead of a pattern."""
    if HYPHEN in text:
        spans = [m.span() for m in WORD.finditer(text)]
        return [s for s, _ in spans], [e for _, e in spans]
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    inside = np.concatenate(([False], _in_words()[np.minimum(codes, 0xFFFF)], [False]))
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    return edges[::2].tolist(), edges[1::2].tolist()


@cache
def _in_words() -> NDArray[np.bool_]:
    """For each code point up to U+FFFF whether it is part of a word."""
    signs = "".join(map(chr, (*range(0xD800), *range(0xE000, 0x10000))))
    inside = np.ones(0x10000, bool)
    inside[[ord(sign) for sign in APART.findall(signs)]] = False
    return inside


def _may_be_marked(text: str, first: list[int]) -> dict[int, int]:
    """Words that may carry a footnote mark, with the number of a character to hold against the first: the last digit, or a
    letter behind leading digits."""
    return {bisect_right(first, m.start()) - 1: m.end() - 1 for m in _MAY_BE_MARK.finditer(text)}


def visible(x: Floats, y: Floats, objects: tuple[list[int], Ints], frame: Frame) -> NDArray[np.bool_]:
    """Which points stand on the page as shown and inside the clip path of their text object (their number in the list)."""
    width, height = frame.shown
    seen: NDArray[np.bool_] = (x >= 0) & (x <= width) & (y >= 0) & (y <= height)
    paths = list(map(pdfium.call("FPDFPageObj_GetClipPath"), objects[0])) if all(objects[0]) else []
    counts = list(map(pdfium.call("FPDFClipPath_CountPaths"), paths)) if all(paths) else []
    clipped = [k for k, count in enumerate(counts) if count > 0]
    if not clipped:
        return seen
    boxes = np.tile([-1e6, -1e6, 1e6, 1e6], (len(objects[0]), 1))
    boxes[clipped] = pdfium.clip_boxes([paths[k] for k in clipped], [counts[k] for k in clipped]).clip(-1e6, 1e6)
    x0, top, x1, bottom = (side[objects[1]] for side in frame.boxes(*boxes.T))
    return seen & (x > x0 - CLIP_SLACK) & (x < x1 + CLIP_SLACK) & (y > top - CLIP_SLACK) & (y < bottom + CLIP_SLACK)


def merged(words: PageWords) -> PageWords:
    """The words with those made one that touch: pdfium sees a space wherever the font changes ("2022¹ .")."""
    gap = words.x0[1:] - words.x1[:-1]
    size = np.minimum(words.size[1:], words.size[:-1])
    level = (np.abs(words.bottom[1:] - words.bottom[:-1]) < 0.1 * size) & (np.abs(np.diff(words.size)) < 0.1 * size)
    torn = level & (gap < TOUCH * size) & (gap > -TOUCH * size)
    if words.direction is not None:
        torn &= (words.direction[1:] == 0) & (words.direction[:-1] == 0)
    return words.glued(torn)


def clean(text: str) -> str:
    """Words as text: composed (NFC), hyphen and bullets as such, soft hyphens gone."""
    return text if text.isascii() else unicodedata.normalize("NFC", text.translate(SIGNS))


def _boxes(textpage: int, ends: tuple[list[int], list[int]], base: Floats, style: tuple[Floats, Ints]) -> tuple[Floats, Floats, Floats, Floats]:
    """x0, y0, x1, y1 of words in page space: along the line from their glyphs, across it from baseline and font size.

    `base`: a point of the baseline of each; one serves all words of a text object, which is never of more than one line.
    """
    first, last = ends
    size, runs = style
    boxes = pdfium.loose_boxes(textpage, first + last)
    heads, tails = boxes[: len(first)], boxes[len(first) :]
    x0, x1 = np.minimum(heads[:, 0], tails[:, 0]), np.maximum(heads[:, 2], tails[:, 2])
    ox, oy = base.T
    up, down = ASCENT * size, DESCENT * size
    y0, y1 = oy - down, oy + up
    which = np.flatnonzero(runs)
    if len(which):
        heads, tails = (pdfium.tight_boxes(textpage, [side[k] for k in which.tolist()]) for side in ends)
        left, right = np.minimum(heads[:, 0], tails[:, 0]), np.maximum(heads[:, 1], tails[:, 1])
        low, high = np.minimum(heads[:, 2], tails[:, 2]), np.maximum(heads[:, 3], tails[:, 3])
        way = runs[which]
        ox, oy, up, down = ox[which], oy[which], up[which], down[which]
        x0[which] = np.where(way == 2, left, ox - np.where(way == 1, up, down))
        x1[which] = np.where(way == 2, right, ox + np.where(way == 1, down, up))
        y0[which] = np.where(way == 2, oy - up, low)
        y1[which] = np.where(way == 2, oy + down, high)
    return x0, y0, x1, y1


def _raise_marks(textpage: int, made: PageWords, words: list[tuple[int, tuple[int, int]]]) -> None:
    """Footnote marks are small raised digits: written as superscripts they cannot be read as part of a number."""
    for k, span in words:
        indexes = list(range(*span))
        styles = read_styles(textpage, indexes)
        size = styles.size[styles.of]
        full = float(size.max())
        across = 0 if styles.runs[0] % 2 else 1  # along which axis lines follow each other
        base = pdfium.origins(textpage, indexes)[:, across]
        high = np.abs(base - base[size > 0.9 * full][0]) > 0.1 * full
        made.text[k] = "".join(c.translate(RAISED) if s else c for c, s in zip(made.text[k], (size <= SMALL * full) & high, strict=True))
