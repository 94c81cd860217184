"""The few pdfium functions that are asked thousands of times a page, bound so that `map` can call them.

pypdfium2's own bindings convert every argument and answer through typed pointers; bound anew over plain addresses the
same functions cost a third. They keep the interpreter lock (pdfium is not thread-safe anyway).
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from functools import cache
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

Call = Callable[..., Any]

_ADDRESS, _INT, _UINT, _DOUBLE, _FLOAT = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint, ctypes.c_double, ctypes.c_float
_SIZE = ctypes.c_size_t  # for addresses that come back: 0 where there is none
# name → what it returns, what it takes
_SHAPES: dict[str, tuple[Any, ...]] = {
    "FPDFText_CountChars": (_INT, _ADDRESS),
    "FPDFText_GetText": (_INT, _ADDRESS, _INT, _INT, _ADDRESS),
    "FPDFText_GetUnicode": (_UINT, _ADDRESS, _INT),
    "FPDFText_GetLooseCharBox": (_INT, _ADDRESS, _INT, _ADDRESS),
    "FPDFText_GetCharBox": (_INT, _ADDRESS, _INT, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS),
    "FPDFText_GetCharOrigin": (_INT, _ADDRESS, _INT, _ADDRESS, _ADDRESS),
    "FPDFText_GetMatrix": (_INT, _ADDRESS, _INT, _ADDRESS),
    "FPDFText_GetFontSize": (_DOUBLE, _ADDRESS, _INT),
    "FPDFText_IsGenerated": (_INT, _ADDRESS, _INT),
    "FPDFText_GetTextObject": (_SIZE, _ADDRESS, _INT),
    "FPDFTextObj_GetFont": (_SIZE, _ADDRESS),
    "FPDFTextObj_GetTextRenderMode": (_INT, _ADDRESS),
    "FPDFFont_GetBaseFontName": (_SIZE, _ADDRESS, _ADDRESS, _SIZE),
    "FPDFFont_GetWeight": (_INT, _ADDRESS),
    "FPDFFont_GetFlags": (_INT, _ADDRESS),
    "FPDFFont_GetGlyphWidth": (_INT, _ADDRESS, _UINT, _FLOAT, _ADDRESS),
    "FPDFPage_CountObjects": (_INT, _ADDRESS),
    "FPDFPage_GetObject": (_SIZE, _ADDRESS, _INT),
    "FPDFPageObj_GetType": (_INT, _ADDRESS),
    "FPDFPageObj_GetBounds": (_INT, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS),
    "FPDFPageObj_GetMatrix": (_INT, _ADDRESS, _ADDRESS),
    "FPDFPageObj_GetClipPath": (_SIZE, _ADDRESS),
    "FPDFClipPath_CountPaths": (_INT, _ADDRESS),
    "FPDFClipPath_CountPathSegments": (_INT, _ADDRESS, _INT),
    "FPDFClipPath_GetPathSegment": (_SIZE, _ADDRESS, _INT, _INT),
    "FPDFFormObj_CountObjects": (_INT, _ADDRESS),
    "FPDFFormObj_GetObject": (_SIZE, _ADDRESS, ctypes.c_ulong),
    "FPDFPath_CountSegments": (_INT, _ADDRESS),
    "FPDFPath_GetPathSegment": (_SIZE, _ADDRESS, _INT),
    "FPDFPath_GetDrawMode": (_INT, _ADDRESS, _ADDRESS, _ADDRESS),
    "FPDFPathSegment_GetPoint": (_INT, _ADDRESS, _ADDRESS, _ADDRESS),
    "FPDFPathSegment_GetType": (_INT, _ADDRESS),
    "FPDFPathSegment_GetClose": (_INT, _ADDRESS),
}


@cache
def call(name: str) -> Call:
    """The pdfium function of that name over plain addresses and numbers."""
    address = ctypes.cast(getattr(pdfium, name), _ADDRESS).value or 0
    answer, *takes = _SHAPES[name]
    bound: Call = ctypes.PYFUNCTYPE(answer, *takes)(address)
    return bound


def address(handle: Any) -> int:
    """The address behind one of pypdfium2's handles."""
    return ctypes.cast(handle, _ADDRESS).value or 0


@cache
def _slots(columns: int, kind: str) -> list[Any]:
    """[array, for each column the addresses of its cells]: room that grows and is used again; what is in it is copied out."""
    return [np.zeros((0, columns), kind), []]


def _room(rows: int, columns: int, kind: str) -> tuple[NDArray[Any], list[list[int]]]:
    slots = _slots(columns, kind)
    if len(slots[0]) < rows:
        array = np.zeros((max(4096, 2 * rows), columns), kind)
        (step, width), base = array.strides, array.ctypes.data
        slots[:] = array, [list(range(base + k * width, base + k * width + step * len(array), step)) for k in range(columns)]
    return slots[0], slots[1]


def _ask(name: str, takes: tuple[Any, ...], shape: tuple[int, str], whole: bool = False) -> NDArray[Any]:
    """Calls a function for each of the last of `takes`; (n, columns) what it writes, to one address (`whole`) or one each."""
    array, places = _room(len(takes[-1]), *shape)
    array[: len(takes[-1])] = 0
    list(map(call(name), *takes, *(places[:1] if whole else places)))
    return array[: len(takes[-1])].copy()


def loose_boxes(textpage: int, indexes: Sequence[int]) -> NDArray[np.float64]:
    """(n, 4) left, top, right, bottom of characters in page space: advance width by font size; flat for turned text."""
    return _ask("FPDFText_GetLooseCharBox", (repeat(textpage), indexes), (4, "f4"), whole=True).astype(np.float64)


def tight_boxes(textpage: int, indexes: Sequence[int]) -> NDArray[np.float64]:
    """(n, 4) left, right, bottom, top of the drawn glyphs in page space."""
    return _ask("FPDFText_GetCharBox", (repeat(textpage), indexes), (4, "f8"))


def origins(textpage: int, indexes: Sequence[int]) -> NDArray[np.float64]:
    """(n, 2) where characters stand on their baseline, in page space."""
    return _ask("FPDFText_GetCharOrigin", (repeat(textpage), indexes), (2, "f8"))


def matrices(textpage: int, indexes: Sequence[int]) -> NDArray[np.float64]:
    """(n, 6) text matrices a b c d e f of characters."""
    return _ask("FPDFText_GetMatrix", (repeat(textpage), indexes), (6, "f4"), whole=True).astype(np.float64)


def bounds(objects: Sequence[int]) -> NDArray[np.float64]:
    """(n, 4) left, bottom, right, top of page objects, stroke width included, in the space of their page or form."""
    return _ask("FPDFPageObj_GetBounds", (objects,), (4, "f4")).astype(np.float64)


def clip_boxes(clips: Sequence[int], counts: Sequence[int]) -> NDArray[np.float64]:
    """(n, 4) left, bottom, right, top of what clip paths leave visible, in page space, given how many paths each is made of."""
    parts = [(k, clip, number) for k, (clip, count) in enumerate(zip(clips, counts, strict=True)) for number in range(count)]
    sizes = [call("FPDFClipPath_CountPathSegments")(clip, number) for _, clip, number in parts]
    get = call("FPDFClipPath_GetPathSegment")
    corners = points([get(clip, number, k) for (_, clip, number), size in zip(parts, sizes, strict=True) for k in range(size)])
    of = np.repeat([k for k, _, _ in parts], np.maximum(sizes, 0))
    part = np.repeat(np.arange(len(parts)), np.maximum(sizes, 0))
    boxes = np.tile([-np.inf, -np.inf, np.inf, np.inf], (len(clips), 1))
    starts = np.flatnonzero(np.concatenate(([True], part[1:] != part[:-1]))) if len(part) else np.zeros(0, int)
    if len(starts):
        np.maximum.at(boxes[:, :2], of[starts], np.minimum.reduceat(corners, starts))
        np.minimum.at(boxes[:, 2:], of[starts], np.maximum.reduceat(corners, starts))
    return boxes


def draw_modes(paths: Sequence[int]) -> NDArray[np.int64]:
    """(n, 2) fill mode and stroke flag of paths."""
    return _ask("FPDFPath_GetDrawMode", (paths,), (2, "i4")).astype(np.int64)


def points(segments: Sequence[int]) -> NDArray[np.float64]:
    """(n, 2) end points of path segments, in the path's own space."""
    return _ask("FPDFPathSegment_GetPoint", (segments,), (2, "f4")).astype(np.float64)


def advance(font: int, letter: str) -> float:
    """How far a letter moves on, in font sizes; 0 where the font does not tell."""
    return float(_ask("FPDFFont_GetGlyphWidth", ([font], [ord(letter)], [1.0]), (1, "f4"))[0, 0])


def matrix(page_object: int) -> NDArray[np.float64]:
    """(6,) matrix a b c d e f of a page object."""
    found: NDArray[np.float64] = _ask("FPDFPageObj_GetMatrix", ([page_object],), (6, "f4"), whole=True)[0].astype(np.float64)
    return found
