"""pdfium's page objects → `PageRules`: the straight lines, thin boxes and filled areas drawn on a page."""

from __future__ import annotations

from itertools import repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractor.layout.ruled import PageRules
from extractor.readers import pdf_calls as pdfium
from extractor.readers.pdf_words import Frame

Floats = NDArray[np.float64]

PATH, IMAGE, FORM = 2, 3, 5  # FPDF_PAGEOBJ_…
LINE_TO, BEZIER, MOVE_TO = 0, 1, 2  # FPDF_SEGMENT_…
THIN = 3.0  # points: a filled box no thicker than this is a line
DEEPEST = 8  # forms within forms
MOST_SEGMENTS = 20_000  # of one path: beyond that it is a drawing


class Drawn(NamedTuple):
    """What a page draws besides text: rules, and boxes (x0, top, x1, bottom) of its pictures."""

    rules: PageRules
    images: Floats


class _Kept(NamedTuple):
    boxes: list[Floats]  # (n, 4) left, bottom, right, top of lines and boxes whose edges are lines
    fills: list[Floats]  # the same of filled areas without a drawn edge
    images: list[Floats]


def read_rules(page: int, frame: Frame) -> Drawn:
    """The lines, filled areas and pictures of the page at that address, as the page is shown."""
    count = pdfium.call("FPDFPage_CountObjects")(page)
    objects = list(map(pdfium.call("FPDFPage_GetObject"), repeat(page), range(count)))
    kept = _Kept([], [], [])
    _gather(objects, None, kept, 0)
    width, height = frame.shown
    if not any(kept):
        return Drawn(PageRules.none(width, height), np.zeros((0, 4)))
    boxes, fills, images = (_shown(part, frame) for part in kept)
    wide, high = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    flat, upright = (high <= THIN) & (wide > high), (wide <= THIN) & (high >= wide)
    middle_x, middle_y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    level = np.column_stack((middle_y, boxes[:, 0], boxes[:, 2]))[flat]
    plumb = np.column_stack((middle_x, boxes[:, 1], boxes[:, 3]))[upright]
    frames = boxes[~flat & ~upright]
    if len(frames):
        x0, top, x1, bottom = frames.T
        level = np.concatenate((level, np.column_stack((top, x0, x1)), np.column_stack((bottom, x0, x1))))
        plumb = np.concatenate((plumb, np.column_stack((x0, top, bottom)), np.column_stack((x1, top, bottom))))
    return Drawn(PageRules(width, height, np.round(level, 3), np.round(plumb, 3), fills), images)


def _shown(parts: list[Floats], frame: Frame) -> Floats:
    """Boxes as the page is shown, those outside it left out, those across its border cut."""
    if not parts:
        return np.zeros((0, 4))
    whole = np.concatenate(parts)
    x0, top, x1, bottom = frame.boxes(whole[:, 0], whole[:, 1], whole[:, 2], whole[:, 3])
    width, height = frame.shown
    inside = (x1 >= 0) & (x0 <= width) & (bottom >= 0) & (top <= height)
    cut = np.column_stack((x0.clip(0, width), top.clip(0, height), x1.clip(0, width), bottom.clip(0, height)))
    return cut[inside]


def _gather(objects: list[int], turn: Floats | None, kept: _Kept, depth: int) -> None:
    kinds = list(map(pdfium.call("FPDFPageObj_GetType"), objects))
    paths = [o for o, kind in zip(objects, kinds, strict=True) if kind == PATH]
    if paths:
        _paths(paths, turn, kept)
    images = [o for o, kind in zip(objects, kinds, strict=True) if kind == IMAGE]
    if images:
        kept.images.append(_moved(pdfium.bounds(images), turn))
    if FORM not in kinds or depth >= DEEPEST:
        return
    for form in (o for o, kind in zip(objects, kinds, strict=True) if kind == FORM):
        count = pdfium.call("FPDFFormObj_CountObjects")(form)
        inner = list(map(pdfium.call("FPDFFormObj_GetObject"), repeat(form), range(max(count, 0))))
        _gather(inner, _times(pdfium.matrix(form), turn), kept, depth + 1)


def _paths(paths: list[int], turn: Floats | None, kept: _Kept) -> None:
    boxes = pdfium.bounds(paths)
    counts = np.fromiter(map(pdfium.call("FPDFPath_CountSegments"), paths), np.int64, len(paths))
    modes = pdfium.draw_modes(paths)
    painted = modes.any(axis=1)
    moved = _moved(boxes, turn)
    thin = (np.minimum(moved[:, 2] - moved[:, 0], moved[:, 3] - moved[:, 1]) <= THIN) & (counts <= 6)
    kept.boxes.append(moved[painted & thin])
    box_like = painted & ~thin & (counts >= 4) & (counts <= 5)
    plain = box_like & (modes[:, 1] == 0)
    kept.fills.append(moved[plain])
    others = painted & ~thin & ~plain & (counts > 1) & (counts <= MOST_SEGMENTS)
    for k in np.flatnonzero(others).tolist():
        _segments(paths[k], int(counts[k]), turn, kept)


def _segments(path: int, count: int, turn: Floats | None, kept: _Kept) -> None:
    """The straight level and plumb strokes of a path of many parts."""
    segments = list(map(pdfium.call("FPDFPath_GetPathSegment"), repeat(path), range(count)))
    kinds = np.fromiter(map(pdfium.call("FPDFPathSegment_GetType"), segments), np.int64, count)
    closes = np.fromiter(map(pdfium.call("FPDFPathSegment_GetClose"), segments), bool, count)
    if (kinds == BEZIER).mean() > 0.5:
        return
    ends = _points(pdfium.points(segments), _times(pdfium.matrix(path), turn))
    starts = np.roll(ends, 1, axis=0)
    opening = np.maximum.accumulate(np.where(kinds == MOVE_TO, np.arange(count), 0))
    strokes = [np.hstack((starts, ends))[kinds == LINE_TO], np.hstack((ends, ends[opening]))[closes]]
    lines = np.concatenate(strokes)
    lines = np.column_stack((np.minimum(lines[:, :2], lines[:, 2:]), np.maximum(lines[:, :2], lines[:, 2:])))
    wide, high = lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1]
    kept.boxes.append(lines[(np.minimum(wide, high) <= 1.0) & (np.maximum(wide, high) > THIN)])


def _times(inner: Floats, outer: Floats | None) -> Floats:
    """The matrix that applies `inner`, then `outer`."""
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return np.array((a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u))


def _points(xy: Floats, turn: Floats) -> Floats:
    a, b, c, d, e, f = turn
    x, y = xy.T
    return np.column_stack((a * x + c * y + e, b * x + d * y + f))


def _moved(boxes: Floats, turn: Floats | None) -> Floats:
    if turn is None:
        return boxes
    one, two = _points(boxes[:, :2], turn), _points(boxes[:, 2:], turn)
    return np.column_stack((np.minimum(one, two), np.maximum(one, two)))
