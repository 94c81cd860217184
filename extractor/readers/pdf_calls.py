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
    "FPDFText_GetTextObject": (_ADDRESS, _ADDRESS, _INT),
    "FPDFTextObj_GetFont": (_ADDRESS, _ADDRESS),
    "FPDFTextObj_GetTextRenderMode": (_INT, _ADDRESS),
    "FPDFFont_GetBaseFontName": (ctypes.c_size_t, _ADDRESS, _ADDRESS, ctypes.c_size_t),
    "FPDFFont_GetWeight": (_INT, _ADDRESS),
    "FPDFFont_GetFlags": (_INT, _ADDRESS),
    "FPDFFont_GetGlyphWidth": (_INT, _ADDRESS, _UINT, _FLOAT, _ADDRESS),
    "FPDFPage_CountObjects": (_INT, _ADDRESS),
    "FPDFPage_GetObject": (_ADDRESS, _ADDRESS, _INT),
    "FPDFPageObj_GetType": (_INT, _ADDRESS),
    "FPDFPageObj_GetBounds": (_INT, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS),
    "FPDFPageObj_GetMatrix": (_INT, _ADDRESS, _ADDRESS),
    "FPDFPageObj_GetFillColor": (_INT, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS),
    "FPDFPageObj_GetClipPath": (_ADDRESS, _ADDRESS),
    "FPDFClipPath_CountPaths": (_INT, _ADDRESS),
    "FPDFClipPath_CountPathSegments": (_INT, _ADDRESS, _INT),
    "FPDFClipPath_GetPathSegment": (_ADDRESS, _ADDRESS, _INT, _INT),
    "FPDFFormObj_CountObjects": (_INT, _ADDRESS),
    "FPDFFormObj_GetObject": (_ADDRESS, _ADDRESS, ctypes.c_ulong),
    "FPDFPath_CountSegments": (_INT, _ADDRESS),
    "FPDFPath_GetPathSegment": (_ADDRESS, _ADDRESS, _INT),
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
    """[array, addresses of its rows]: room that grows and is used again; its content is copied out before the next use."""
    return [np.zeros((0, columns), kind), []]


def _room(rows: int, columns: int, kind: str) -> tuple[NDArray[Any], list[int]]:
    slots = _slots(columns, kind)
    if len(slots[0]) < rows:
        array = np.zeros((max(4096, 2 * rows), columns), kind)
        step, base = array.strides[0], array.ctypes.data
        slots[:] = array, list(range(base, base + step * len(array), step))
    return slots[0], slots[1]


def loose_boxes(textpage: int, indexes: Sequence[int]) -> NDArray[np.float64]:
    """(n, 4) left, top, right, bottom of characters in page space: advance width by font size; flat for turned text."""
    array, rows = _room(len(indexes), 4, "f4")
    list(map(call("FPDFText_GetLooseCharBox"), repeat(textpage), indexes, rows))
    return array[: len(indexes)].astype(np.float64)


def tight_boxes(textpage: int, indexes: Sequence[int]) -> NDArray[np.float64]:
    """(n, 4) left, right, bottom, top of the drawn glyphs in page space."""
    array, rows = _room(len(indexes), 4, "f8")
    after = [[row + 8 * k for row in rows[: len(indexes)]] for k in range(4)]
    list(map(call("FPDFText_GetCharBox"), repeat(textpage), indexes, *after))
    return array[: len(indexes)].copy()


def origins(textpage: int, indexes: Sequence[int]) -> NDArray[np.float64]:
    """(n, 2) where characters stand on their baseline, in page space."""
    array, rows = _room(len(indexes), 2, "f8")
    list(map(call("FPDFText_GetCharOrigin"), repeat(textpage), indexes, rows, [row + 8 for row in rows[: len(indexes)]]))
    return array[: len(indexes)].copy()


def matrices(textpage: int, indexes: Sequence[int]) -> NDArray[np.float64]:
    """(n, 6) text matrices a b c d e f of characters."""
    array, rows = _room(len(indexes), 6, "f4")
    list(map(call("FPDFText_GetMatrix"), repeat(textpage), indexes, rows))
    return array[: len(indexes)].astype(np.float64)


def bounds(objects: Sequence[int]) -> NDArray[np.float64]:
    """(n, 4) left, bottom, right, top of page objects, stroke width included, in the space of their page or form."""
    array, rows = _room(len(objects), 4, "f4")
    after = [[row + 4 * k for row in rows[: len(objects)]] for k in range(4)]
    array[: len(objects)] = 0
    list(map(call("FPDFPageObj_GetBounds"), objects, *after))
    return array[: len(objects)].astype(np.float64)


def clip_box(path: int) -> tuple[float, float, float, float] | None:
    """Left, bottom, right, top of what a clip path leaves visible, in page space; None where that cannot be told."""
    boxes = []
    for number in range(call("FPDFClipPath_CountPaths")(path)):
        count = call("FPDFClipPath_CountPathSegments")(path, number)
        segments = [call("FPDFClipPath_GetPathSegment")(path, number, k) for k in range(max(count, 0))]
        if segments:
            corners = points(segments)
            boxes.append((*corners.min(axis=0), *corners.max(axis=0)))
    if not boxes:
        return None
    left, bottom, right, top = zip(*boxes, strict=True)
    return max(left), max(bottom), min(right), min(top)


def draw_modes(paths: Sequence[int]) -> NDArray[np.int64]:
    """(n, 2) fill mode and stroke flag of paths."""
    array, rows = _room(len(paths), 2, "i4")
    array[: len(paths)] = 0
    list(map(call("FPDFPath_GetDrawMode"), paths, rows, [row + 4 for row in rows[: len(paths)]]))
    return array[: len(paths)].astype(np.int64)


def points(segments: Sequence[int]) -> NDArray[np.float64]:
    """(n, 2) end points of path segments, in the path's own space."""
    array, rows = _room(len(segments), 2, "f4")
    list(map(call("FPDFPathSegment_GetPoint"), segments, rows, [row + 4 for row in rows[: len(segments)]]))
    return array[: len(segments)].astype(np.float64)


def advance(font: int, letter: str) -> float:
    """How far a letter moves on, in font sizes; 0 where the font does not tell."""
    array, rows = _room(1, 1, "f4")
    array[0] = 0
    call("FPDFFont_GetGlyphWidth")(font, ord(letter), 1.0, rows[0])
    return float(array[0, 0])


def matrix(page_object: int) -> NDArray[np.float64]:
    """(6,) matrix a b c d e f of a page object."""
    array, rows = _room(1, 6, "f4")
    call("FPDFPageObj_GetMatrix")(page_object, rows[0])
    found: NDArray[np.float64] = array[0].astype(np.float64)
    return found


def fill_colour(page_object: int) -> tuple[int, int, int, int]:
    """Red, green, blue, alpha (0–255) that an object is filled with; black where it does not say."""
    array, rows = _room(1, 4, "u4")
    array[0] = 0, 0, 0, 255
    call("FPDFPageObj_GetFillColor")(page_object, *(rows[0] + 4 * k for k in range(4)))
    red, green, blue, alpha = (int(v) for v in array[0])
    return red, green, blue, alpha
