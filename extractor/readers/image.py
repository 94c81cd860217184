"""Pictures of pages (PNG, JPEG, TIFF with several pages) → pieces, through the same OCR and layout as scans in a PDF."""

from __future__ import annotations

import io
import struct
import warnings
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from time import monotonic
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageSequence, UnidentifiedImageError

from extractor.errors import BrokenFile, EmptyFile, LimitExceeded, ReadError
from extractor.layout.flow import Leaf, flow, make_leaf
from extractor.layout.lines import PageWords
from extractor.layout.pieces import Draft, WordColumns
from extractor.layout.ruled import PageRules
from extractor.model import Notice
from extractor.readers.formats import ReadOptions, Source

LARGEST = 120_000_000  # pixels of one picture as it is stored: an A0 sheet at 300 dpi has 139 million
WORKED_ON = 14_000_000  # pixels of one page as it is read: A4 at 400 dpi; larger ones are made smaller first
SMALLEST = 40  # pixels: nothing can be read of less
FEWER_DOTS = "scan it again with fewer dots: 200 an inch will do"
PAGE_WIDTH = 595.3  # points: A4, where the picture does not say how large it is


def read_image(source: Source, options: ReadOptions) -> Draft:
    """The pieces of a picture file, each picture in it a page.

    Raises: BrokenFile, EmptyFile, LimitExceeded, MissingTool.
    """
    if options.ocr == "never":
        raise ReadError("a picture, and OCR is switched off", file=source.path, remedy="run with --ocr auto")
    columns, sizes, notices = WordColumns(), [], []
    leaves: list[Leaf] = []
    waiting: deque[Future[tuple[PageWords, PageRules]]] = deque()
    started = monotonic()
    with ThreadPoolExecutor(max(1, options.jobs)) as pool:
        for number, (picture, size) in enumerate(_pages(source), 1):
            if number > options.max_pages or monotonic() - started > options.max_seconds:
                notices.append(Notice("pages_not_read", f"from page {number} on not read: limit of pages or seconds", "error", number))
                break
            sizes.append(size)
            waiting.append(pool.submit(_read, picture, number, size))
            if len(waiting) > options.jobs:
                leaves.append(_leaf(waiting.popleft(), columns))
        leaves += [_leaf(page, columns) for page in waiting]
    if not columns.text:
        raise EmptyFile("no words can be read in this picture", file=source.path, remedy="scan it again, upright and at 200 dpi or more")
    return Draft(flow(leaves, columns.text), columns, tuple(sizes), len(sizes), "ocr", tuple(notices))


def _leaf(page: Future[tuple[PageWords, PageRules]], columns: WordColumns) -> Leaf:
    words, rules = page.result()
    return make_leaf(words, rules, columns)


def _read(picture: NDArray[np.uint8], number: int, size: tuple[float, float]) -> tuple[PageWords, PageRules]:
    """Words and ruling lines of a picture, as it is shown."""
    from extractor.readers.scan import as_shown, read_picture

    return as_shown(read_picture(picture, number, size))


# what Pillow raises on damaged pictures: its decoders trust what a file says of itself
_DAMAGED = (UnidentifiedImageError, OSError, EOFError, ArithmeticError, LookupError, SyntaxError, TypeError, ValueError, struct.error)


def _pages(source: Source) -> Iterator[tuple[NDArray[np.uint8], tuple[float, float]]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit below is checked before anything is decoded
            with Image.open(io.BytesIO(source.data)) as file:
                for frame in ImageSequence.Iterator(file):
                    yield _page(frame, source)
    except Image.DecompressionBombError as error:
        raise LimitExceeded("a picture of too many pixels", file=source.path, remedy=FEWER_DOTS) from error
    except _DAMAGED as error:
        raise BrokenFile(f"the picture cannot be opened: {error}", file=source.path, remedy="get it again from its source") from error


def _page(frame: Any, source: Source) -> tuple[NDArray[np.uint8], tuple[float, float]]:
    """Pixels (grey, or red-green-blue) and the page's size in points."""
    width, height = frame.size
    if width * height > LARGEST:
        raise LimitExceeded(f"a picture of {width} × {height} pixels", file=source.path, remedy=FEWER_DOTS)
    if min(width, height) < SMALLEST:
        raise EmptyFile(f"a picture of {width} × {height} pixels holds no text", file=source.path, remedy="give the scan itself, not its thumbnail")
    points = _points(frame)
    if width * height > WORKED_ON:
        factor = (WORKED_ON / (width * height)) ** 0.5
        frame = frame.resize((round(width * factor), round(height * factor)))
    return np.asarray(frame.convert("L" if frame.mode in {"1", "L", "I;16"} else "RGB")), points


def _points(frame: Any) -> tuple[float, float]:
    width, height = frame.size
    dpi = frame.info.get("dpi", (0, 0))[0]
    scale = 72 / float(dpi) if dpi and 60 <= float(dpi) <= 1200 else PAGE_WIDTH / min(width, height)
    return round(width * scale, 2), round(height * scale, 2)
