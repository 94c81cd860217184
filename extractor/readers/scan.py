"""A picture of a page → its words and ruling lines, in the same form a PDF's text layer gives them.

Seal removed, page turned upright and straightened (OpenCV), ruling lines found and erased, tables read cell by cell and
the rest as a whole (Tesseract 5 with the Vietnamese model, in process). Everything after that is the layout code of
born-digital pages. Boxes are in points of the page turned upright; `as_shown` turns them back.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import cv2
import numpy as np
import regex
from numpy.typing import NDArray

from extractor.errors import MissingTool
from extractor.layout.lines import PageWords
from extractor.layout.ruled import Drawn, PageRules, find_tables
from extractor.readers import ocr_cache
from extractor.readers.stems import Watch

Picture = NDArray[Any]  # height × width, or × 3, of bytes
Row = tuple[str, float, float, float, float, float, float]  # text, x0, top, x1, bottom (pixels), confidence (0–1), line height (pixels)

RENDER_DPI = 200  # what the Vietnamese model was measured at; more costs time and gains nothing
MARGIN = 12  # white pixels around a cell before it is read
SHOWN_AS = str.maketrans({"⁄": "/", "‘": "'", "’": "'", "—": "–", "|": None})  # signs the model writes for look-alikes
LEAST_INK = 18  # black pixels: fewer are no letter
PAPER = 8  # by how much the picture is made smaller to see how bright the paper is
WHITE = 0.9  # of the paper's brightness: what is brighter is paper
SPECK = 4  # pixels at 200 dpi that hang together: the dot of an i has nine, at 9 points
NEAR = 9  # pixels above and below a letter in which its dots stand
LEAST_SIGN = 10  # pixels at 200 dpi of the largest thing in a cell: with less it holds specks only
NOISE = 0.5  # confidence below which a word of signs only is no text (bullets, brackets and rows of dots aside)
_TEXT_SIGNS = regex.compile(r"[-+–•]|\.{2,}|…+|\./\.|.*[()%].*")
SEAL = 0.055  # of the longer side of the page: seals are 30 to 36 mm across, written numbers under 12 mm high
SIDEWAYS = 0.8  # of the unevenness across the page: with less along it, the lines of text may run upright
UPSIDE_DOWN = 0.55  # mean confidence below which the page is tried the other way up
SURE = 0.85  # mean confidence at which a cell is not read again
ENLARGED = 1.5
ASCENT, DESCENT = 0.89, 0.22  # of the font size, as for text layers
ROW_SIZE = 1.08  # font size by Tesseract's height of a row
UNSURE = 0.5  # confidence of a numeral that was counted otherwise than it was read
TOUCHING = 8  # pixels within which lines meet
OPEN_ROWS = 3  # so many lines must end together to close a table's open side
INSIDE = 3  # pixels of a cell's border left out


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a picture: words, ruling lines, mean confidence (0–1), and quarter turns clockwise it was given."""

    words: PageWords
    rules: PageRules
    confidence: float
    turns: int


def as_shown(read: Read) -> tuple[PageWords, PageRules]:
    """Words and rules as the page was shown before it was turned to be read; the words know which way they run."""
    words = replace(read.words, direction=np.zeros(len(read.words.text), np.int64))
    return words.turned(-read.turns), read.rules.turned(-read.turns)


def read_picture(picture: Picture, page: int, size: tuple[float, float]) -> Read:
    """The same as `read_now`, from the cache where this very picture was read before."""
    key = ocr_cache.key_of(picture)
    kept = ocr_cache.fetch(key, page)
    if kept is not None:
        return Read(*kept)
    read = read_now(picture, page, size)
    ocr_cache.keep(key, read.words, read.rules, mean=read.confidence, turns=read.turns)
    return read


def read_now(picture: Picture, page: int, size: tuple[float, float]) -> Read:
    """Words and rules of a page picture (height × width grey, or × 3 red-green-blue); `size` is the page's in points.

    Raises: MissingTool where Tesseract's Vietnamese model is not installed.
    """
    with _tesseract() as api:
        return _read_with(api, picture, page, size)


def _read_with(api: Any, picture: Picture, page: int, size: tuple[float, float]) -> Read:
    grey = without_seal(picture)
    turns = quarter_turns(api, grey)
    read = _read_upright(api, np.ascontiguousarray(np.rot90(grey, -turns)), page, size, turns=turns)
    if read.confidence < UPSIDE_DOWN and len(read.words.text) > 20:
        other = _read_upright(api, np.ascontiguousarray(np.rot90(grey, -turns - 2)), page, size, turns=(turns + 2) % 4)
        read = max(read, other, key=lambda r: r.confidence)
    return read


def _read_upright(api: Any, grey: Picture, page: int, size: tuple[float, float], *, turns: int) -> Read:
    width, height = size if turns % 2 == 0 else (size[1], size[0])
    grey = straighten(grey)
    scale = width / grey.shape[1]
    level, plumb = ruling_lines(grey)
    grey = whitened(grey)
    rules = PageRules(width, height, level * scale, plumb * scale, np.zeros((0, 4)))
    tables = find_tables(rules)
    rows = list(_read_all(api, without_specks(_erased(grey, level, plumb), scale), tables, scale))
    words = _page_words(rows, page, (width, height), scale)
    confidence = float(np.mean([r[5] for r in rows])) if rows else 0.0
    return Read(words, rules, confidence, turns)


# ---- the picture -----------------------------------------------------------------------------------------------------


def without_seal(picture: Picture) -> Picture:
    """Grey, with what is clearly red (seals, stamps) made white; black print under a seal stays, and so does blue ink."""
    if picture.ndim == 2:
        return picture
    red, green, blue = (picture[:, :, k].astype(np.int16) for k in range(3))
    grey: Picture = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    redness = red - np.maximum(blue, green)
    seal = _large((redness > 40) & (red > 110))
    if not seal.any():
        return grey
    spread = cv2.dilate(seal.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    return np.where(spread & (grey > 70) & (redness > 12), np.uint8(255), grey)


def _large(red: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Of red pixels those of seals and stamps: a number or day written by hand in red ink is smaller, and text."""
    if not red.any():
        return red
    small = cv2.resize(red.astype(np.uint8), None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    close = cv2.dilate((small > 0).astype(np.uint8), np.ones((3, 3), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(close)
    wide, high = stats[:, 2], stats[:, 3]
    kept = (np.minimum(wide, high) >= SEAL * max(red.shape) / 4) & (wide < 3 * high) & (high < 3 * wide)
    kept[0] = False
    whole = cv2.resize(kept[labels].astype(np.uint8), red.shape[::-1], interpolation=cv2.INTER_NEAREST)
    sealed: NDArray[np.bool_] = red & (whole > 0)
    return sealed


def quarter_turns(api: Any, grey: Picture) -> int:
    """Quarter turns clockwise that bring the text upright: along which axis its lines run tells half, a trial reading the rest."""
    if not is_sideways(grey):
        return 0
    return max((1, 3), key=lambda turns: _trial(api, np.ascontiguousarray(np.rot90(grey, -turns))))


def is_sideways(grey: Picture) -> bool:
    """Whether the lines of text run up or down the picture."""
    small = cv2.resize(_ink(grey), None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA).astype(np.float64)
    level, upright = _unevenness(small.sum(axis=1)), _unevenness(small.sum(axis=0))
    if level >= upright * SIDEWAYS:
        return False
    level, upright = (_unevenness(profile) for profile in _profiles_without_rules(grey))
    return level < upright * SIDEWAYS


def _profiles_without_rules(grey: Picture) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    small = cv2.resize(_ink(_erased(grey, *ruling_lines(grey))), None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA).astype(np.float64)
    return small.sum(axis=1), small.sum(axis=0)


def _trial(api: Any, grey: Picture) -> float:
    """How sure Tesseract is of what it reads in the middle third of the page."""
    import tesserocr

    part = np.ascontiguousarray(grey[grey.shape[0] // 3 : grey.shape[0] * 2 // 3])
    return _sureness(list(_read_part(api, part, Place(0, 0), tesserocr.PSM.SINGLE_BLOCK)))


def _unevenness(profile: NDArray[np.float64]) -> float:
    """How strongly ink comes and goes along a direction: lines of text make it high across them."""
    return float(np.square(np.diff(profile)).sum() / max(1, len(profile)))


def _ink(grey: Picture) -> Picture:
    ink: Picture = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1]
    return ink


def straighten(grey: Picture) -> Picture:
    """The picture turned by the angle (within 3°) at which its lines of text are most level."""
    factor = 700 / max(grey.shape)
    small = cv2.resize(_ink(grey), None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    angle = 0.0
    for reach, step in ((3.0, 0.5), (0.4, 0.1)):
        angle = max(np.arange(angle - reach, angle + reach + 1e-9, step), key=lambda a: _levelness(small, float(a)))
    if abs(angle) < 0.05:
        return grey
    turn = cv2.getRotationMatrix2D((grey.shape[1] / 2, grey.shape[0] / 2), float(angle), 1)
    turned: Picture = cv2.warpAffine(grey, turn, (grey.shape[1], grey.shape[0]), flags=cv2.INTER_CUBIC, borderValue=255)
    return turned


def _levelness(small: Picture, angle: float) -> float:
    turn = cv2.getRotationMatrix2D((small.shape[1] / 2, small.shape[0] / 2), angle, 1)
    return _unevenness(cv2.warpAffine(small, turn, (small.shape[1], small.shape[0])).sum(axis=1, dtype=np.float64))


def ruling_lines(grey: Picture) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(n, 3) y, x0, x1 of horizontal and x, top, bottom of vertical ruling lines, in pixels."""
    black = cv2.adaptiveThreshold(cv2.GaussianBlur(grey, (3, 3), 0), 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 12)
    shortest = max(24, round(max(grey.shape) * 0.034))  # 0.4 inch of an A4 page
    level, plumb = _lines_along(black, shortest, True), _lines_along(black, shortest, False)
    level, plumb = _trimmed(level, plumb, shortest / 2), _trimmed(plumb, level, shortest / 2)
    return level, _closed(level, plumb)


def _closed(level: NDArray[np.float64], plumb: NDArray[np.float64]) -> NDArray[np.float64]:
    """The vertical lines and those at sides left open: where lines of a table's rows end together, far from any vertical line."""
    if len(level) < OPEN_ROWS or len(plumb) < 2:
        return plumb
    y, x0, x1 = (level[:, k, None] for k in range(3))
    x, top, bottom = (plumb[None, :, k] for k in range(3))
    cross = (x >= x0 - TOUCHING) & (x <= x1 + TOUCHING) & (y >= top - TOUCHING) & (y <= bottom + TOUCHING)
    rows = level[cross.sum(axis=1) >= 2]
    for column in (1, 2):
        ends = rows[:, column]
        for end in np.unique(np.round(ends / TOUCHING)) * TOUCHING:
            for here in _held_together(rows[np.abs(ends - end) <= TOUCHING], plumb):
                first, last = here[0, 0], here[-1, 0]
                beside = (np.abs(plumb[:, 0] - end) < 4 * TOUCHING) & (plumb[:, 1] < last) & (plumb[:, 2] > first)
                if len(here) >= OPEN_ROWS and not beside.any():
                    plumb = np.vstack((plumb, [np.median(here[:, column]), first, last]))
    return plumb


def _held_together(rows: NDArray[np.float64], plumb: NDArray[np.float64]) -> Iterator[NDArray[np.float64]]:
    """Horizontal lines in the groups that vertical lines run through without a break."""
    rows = rows[np.argsort(rows[:, 0])]
    gaps = [not ((plumb[:, 1] <= a + TOUCHING) & (plumb[:, 2] >= b - TOUCHING)).any() for a, b in pairwise(rows[:, 0].tolist())]
    yield from np.split(rows, np.flatnonzero(gaps) + 1)


def _trimmed(lines: NDArray[np.float64], across: NDArray[np.float64], most: float) -> NDArray[np.float64]:
    """Lines that end in the middle of nowhere, less than `most` beyond one they cross, end there: a letter that touches it was taken along."""
    if not len(lines) or not len(across):
        return lines
    position, start, end = (lines[:, k, None] for k in range(3))
    crossing = (position >= across[:, 1] - TOUCHING) & (position <= across[:, 2] + TOUCHING)
    at = np.where(crossing, across[:, 0], np.nan)
    made = lines.copy()
    for column, edge, beyond in ((1, start, at - start), (2, end, end - at)):
        meets = (np.abs(at - edge) <= TOUCHING).any(axis=1)
        near = np.where((beyond > TOUCHING) & (beyond < most), at, np.nan)
        found = ~meets & ~np.isnan(near).all(axis=1)
        pick = np.nanmin if column == 1 else np.nanmax
        made[found, column] = pick(near[found], axis=1) if found.any() else made[found, column]
    return made


def _lines_along(black: Picture, shortest: int, level: bool) -> NDArray[np.float64]:
    def shape(long: int, thick: int) -> NDArray[Any]:
        return cv2.getStructuringElement(cv2.MORPH_RECT, (long, thick) if level else (thick, long))

    thick = cv2.dilate(black, shape(1, 3))  # a line not quite level steps from one row of pixels to the next
    kept = cv2.morphologyEx(thick, cv2.MORPH_OPEN, shape(shortest, 1))
    kept = cv2.morphologyEx(kept, cv2.MORPH_CLOSE, shape(25, 1))  # bridges breaks in a faint line
    _, _, stats, _ = cv2.connectedComponentsWithStats(kept)
    x, y, wide, high = (stats[1:, k].astype(np.float64) for k in range(4))
    if level:
        fit = (high <= 16) & (wide >= shortest)
        return np.column_stack((y + high / 2, x, x + wide))[fit]
    fit = (wide <= 16) & (high >= shortest * 0.8)
    return np.column_stack((x + wide / 2, y, y + high))[fit]


def _erased(grey: Picture, level: NDArray[np.float64], plumb: NDArray[np.float64]) -> Picture:
    clean = grey.copy()
    for y, x0, x1 in level.astype(int).tolist():
        cv2.line(clean, (x0, y), (x1, y), 255, 7)
    for x, top, bottom in plumb.astype(int).tolist():
        cv2.line(clean, (x, top), (x, bottom), 255, 7)
    return clean


def whitened(grey: Picture) -> Picture:
    """The picture with its paper white and its print black, wherever the light falls.

    Tesseract reads short cells ("3.1.") on paper that is not quite white as anything; on white paper it reads them right.
    """
    small = cv2.resize(grey, None, fx=1 / PAPER, fy=1 / PAPER, interpolation=cv2.INTER_AREA)
    paper = cv2.GaussianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), (0, 0), 3)
    paper = np.maximum(cv2.resize(paper, grey.shape[::-1], interpolation=cv2.INTER_LINEAR), 60)
    even = grey.astype(np.float32) / paper
    black = max(0.0, min(0.4, float(np.percentile(even[::4, ::4], 0.5))))
    made: Picture = np.clip((even - black) * (255 / (WHITE - black)), 0, 255).astype(np.uint8)
    return made


def without_specks(grey: Picture, scale: float) -> Picture:
    """The picture without the single dark pixels that scanning leaves, which are read as letters where nothing stands.

    Those near something larger stay: they may be the dot of a letter.
    """
    black = (grey < 150).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(black)
    small = stats[:, 4] <= round(SPECK * _per_200_dpi(scale))
    small[0] = False
    specks = small[labels]
    black[specks] = 0
    near = cv2.dilate(black, np.ones((2 * NEAR + 1, NEAR), np.uint8))
    clean = grey.copy()
    clean[specks & (near == 0)] = 255
    return clean


def _per_200_dpi(scale: float) -> float:
    """By how much an area has more pixels than at 200 dpi; `scale`: points a pixel."""
    return (72 / RENDER_DPI / scale) ** 2


def _is_blank(cell: Picture, scale: float) -> bool:
    black = (cell < 140).astype(np.uint8)
    if int(black.sum()) < LEAST_INK:
        return True
    stats = cv2.connectedComponentsWithStats(black)[2]
    return int(stats[1:, 4].max(initial=0)) < LEAST_SIGN * _per_200_dpi(scale)


# ---- reading -----------------------------------------------------------------------------------------------------------


@cache
def _model_folder() -> str:
    """Where `vie.traineddata` lies: TESSDATA_PREFIX, or where the systems' packages put it."""
    places = [os.environ.get("TESSDATA_PREFIX", ""), *map(str, Path("/usr/share/tesseract-ocr").glob("*/tessdata")), "/usr/share/tessdata"]
    places += ["/usr/local/share/tessdata", "/opt/homebrew/share/tessdata", r"C:\Program Files\Tesseract-OCR\tessdata"]
    for place in places:
        if place and (Path(place) / "vie.traineddata").exists():
            return str(place)
    raise MissingTool("Tesseract's Vietnamese model (vie) is not installed", remedy="install tesseract-ocr-vie, or set TESSDATA_PREFIX to its folder")


_IDLE: SimpleQueue[Any] = SimpleQueue()  # Tesseracts with their model loaded that nobody uses now


@contextmanager
def _tesseract() -> Iterator[Any]:
    """A Tesseract for one thread's use; as many are made as pages are read at once, and kept."""
    try:
        import tesserocr
    except ImportError as error:
        raise MissingTool("the package tesserocr is not installed", remedy="pip install tesserocr") from error
    try:
        api = _IDLE.get_nowait()
    except Empty:
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # pages and files run side by side: threads within one only get in the way
        cv2.setNumThreads(1)
        if hasattr(tesserocr, "set_leptonica_log_level"):  # its complaints about odd boxes would go to the terminal
            tesserocr.set_leptonica_log_level(tesserocr.LeptLogLevel.NONE)
        api = tesserocr.PyTessBaseAPI(path=_model_folder(), lang="vie", psm=tesserocr.PSM.AUTO)
    try:
        yield api
    finally:
        _IDLE.put(api)


def _image(grey: Picture) -> Any:
    from PIL import Image

    return Image.fromarray(grey)


def _read_all(api: Any, grey: Picture, tables: Sequence[Drawn], scale: float) -> Iterator[Row]:
    """Every cell of every table by itself, then what lies outside the tables."""
    import tesserocr

    rest = grey.copy()
    for table in tables:
        for x0, top, x1, bottom in _cell_boxes(table, scale):
            cell = grey[top + INSIDE : bottom - INSIDE, x0 + INSIDE : x1 - INSIDE]
            if cell.size and not _is_blank(cell, scale):
                yield from _read_cell(api, cell, (x0 + INSIDE, top + INSIDE))
        x0, top, x1, bottom = (round(v / scale) for v in table.box)
        rest[max(top, 0) : bottom, max(x0, 0) : x1] = 255
    if int((rest < 128).sum()) >= LEAST_INK:
        yield from (row for row in _read_part(api, rest, Place(0, 0), tesserocr.PSM.AUTO) if not _is_noise(row))


def _is_noise(row: Row) -> bool:
    """Whether a word is what seals, signatures and torn edges leave: signs without a letter or digit, hardly read."""
    text, sure = row[0], row[5]
    return sure < NOISE and not any(map(str.isalnum, text)) and _TEXT_SIGNS.fullmatch(text) is None


def _cell_boxes(table: Drawn, scale: float) -> Iterator[tuple[int, int, int, int]]:
    for row, col, rows, cols in table.cells.tolist():
        box = (table.xs[col], table.ys[row], table.xs[col + cols], table.ys[row + rows])
        yield tuple(max(0, round(float(v) / scale)) for v in box)  # type: ignore[misc]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part lies on the page (pixels of its upper left corner), how much it was enlarged, and the white room put around it."""

    x: int
    y: int
    factor: float = 1.0
    room: int = 0


def _read_cell(api: Any, cell: Picture, corner: tuple[int, int]) -> list[Row]:
    """The words of a cell. A short one that is hard to read (a row's number, a figure) is read again, cleaned and enlarged."""
    import tesserocr

    first = list(_read_part(api, cell, Place(*corner, room=MARGIN), tesserocr.PSM.SINGLE_BLOCK))
    if _sureness(first) >= SURE or len(first) > 3 or cell.shape[1] > 12 * cell.shape[0] or min(cell.shape) < 8:
        return first
    tries = [first]
    for soft, mode in ((True, tesserocr.PSM.SINGLE_LINE), (False, tesserocr.PSM.SINGLE_BLOCK)):
        clean = cv2.GaussianBlur(cell, (3, 3), 0) if soft else cell
        x0, top, x1, bottom = _inked(clean)
        large = cv2.resize(clean[top:bottom, x0:x1], None, fx=ENLARGED, fy=ENLARGED, interpolation=cv2.INTER_CUBIC)
        tries.append(list(_read_part(api, large, Place(corner[0] + x0, corner[1] + top, ENLARGED, 2 * MARGIN), mode)))
        if _sureness(tries[-1]) >= SURE:
            break
    return max(tries, key=_sureness)


def _sureness(rows: Sequence[Row]) -> float:
    return sum(r[5] for r in rows) / len(rows) if rows else 0.0


def _inked(cell: Picture) -> tuple[int, int, int, int]:
    """x0, top, x1, bottom around what is larger than a speck."""
    black = (cv2.GaussianBlur(cell, (3, 3), 0) < 140).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(black)
    kept = stats[1:][stats[1:, 4] >= 8]
    if not len(kept):
        return 0, 0, cell.shape[1], cell.shape[0]
    x0, top = max(0, int(kept[:, 0].min()) - 6), max(0, int(kept[:, 1].min()) - 6)
    return x0, top, int((kept[:, 0] + kept[:, 2]).max()) + 6, int((kept[:, 1] + kept[:, 3]).max()) + 6


def _read_part(api: Any, part: Picture, place: Place, mode: int) -> Iterator[Row]:
    """The words of a part of the page, at their place on the whole of it; as high as their line, so that lines do not mix."""
    import tesserocr

    room = place.room
    api.SetPageSegMode(mode)
    api.SetImage(_image(cv2.copyMakeBorder(part, room, room, room, room, cv2.BORDER_CONSTANT, value=255) if room else part))
    api.SetSourceResolution(round(RENDER_DPI * place.factor))
    api.Recognize()
    words = api.GetIterator()
    if words is None:
        return
    watch = Watch()
    for word in tesserocr.iterate_level(words, tesserocr.RIL.WORD):
        box, line = word.BoundingBox(tesserocr.RIL.WORD), word.BoundingBox(tesserocr.RIL.TEXTLINE)
        text = unicodedata.normalize("NFC", word.GetUTF8Text(tesserocr.RIL.WORD) or "").translate(SHOWN_AS).strip() if box else ""
        if text and line:
            left, upper, right, lower = (max(0, v - room) for v in box)
            counted = watch.read(text, box[0] <= line[0] + 2, part[upper:lower, left:right])
            sure = word.Confidence(tesserocr.RIL.WORD) / 100
            x0, x1 = ((v - room) / place.factor + place.x for v in (box[0], box[2]))
            base, size = _line_fit(word, line)
            base, size = (base - room) / place.factor + place.y, size / place.factor
            yield counted, x0, base - ASCENT * size, x1, base + DESCENT * size, sure if counted == text else min(sure, UNSURE), size


def _line_fit(word: Any, line: tuple[int, int, int, int]) -> tuple[float, float]:
    """Where the line that a word is on stands, and its font size, in pixels: from the whole line, so that no word's letters matter."""
    import tesserocr

    high = word.RowAttributes()["row_height"]
    size = ROW_SIZE * high if 0.5 * (line[3] - line[1]) < high < 2 * (line[3] - line[1]) else 0.85 * (line[3] - line[1])
    ends = word.Baseline(tesserocr.RIL.TEXTLINE)
    base = (ends[0][1] + ends[1][1]) / 2 if ends else line[3]
    return (base, size) if line[1] < base <= line[3] + 2 else (line[3] - DESCENT * size, size)


def _page_words(rows: Sequence[Row], page: int, size: tuple[float, float], scale: float) -> PageWords:
    if not rows:
        return PageWords.empty(page, *size)
    text = [r[0] for r in rows]
    numbers = np.array([r[1:] for r in rows], np.float64)
    x0, top, x1, bottom = (np.round(numbers[:, k] * scale, 2) for k in range(4))
    letters = _leveled(numbers[:, 5] * scale)
    sure = numbers[:, 4].clip(0, 1)
    return PageWords(page, *size, text, x0, top, x1, bottom, letters, np.zeros(len(rows), bool), sure)


def _leveled(size: NDArray[np.float64]) -> NDArray[np.float64]:
    """Font sizes in points, those near the page's usual one made it: they are measured to within a sixth or so, footnotes are smaller."""
    usual = float(np.median(size))
    near = (size > 0.84 * usual) & (size < 1.3 * usual)
    return np.round(np.where(near, usual, size).clip(1, 60), 1)
