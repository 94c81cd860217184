"""PDF → pieces. Born-digital pages are read from their text layer and ruling lines; others are handed to the OCR."""

from __future__ import annotations

import importlib
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as raw
from numpy.typing import NDArray

from extractor.errors import BrokenFile, EmptyFile, EncryptedFile, ReadError
from extractor.layout.flow import Leaf, flow, main_direction, make_leaf
from extractor.layout.lines import PageWords
from extractor.layout.pieces import Draft, WordColumns
from extractor.layout.ruled import PageRules
from extractor.model import Notice
from extractor.readers import pdf_calls as calls
from extractor.readers import text_layer
from extractor.readers.formats import ReadOptions, Source
from extractor.readers.pdf_capitals import raise_capitals
from extractor.readers.pdf_chars import out_of_order, read_chars
from extractor.readers.pdf_legacy import BY_LANGUAGE
from extractor.readers.pdf_plumber import read_with_pdfplumber
from extractor.readers.pdf_rules import Drawn, read_rules
from extractor.readers.pdf_signatures import signature_properties
from extractor.readers.pdf_words import Frame, read_words

_LOCK = threading.Lock()  # pdfium is not thread-safe
OCR = "extractor.readers.scan"
RULE_SIGNS = "|_[]†‡"  # what OCR programs write for ruling lines
FEW_WORDS = 12  # a page with fewer words under a picture is a scan with a stamp, not text
LARGEST = 20_000_000  # pixels of a page's picture: an A2 sheet at 200 dpi has 15 million
IN_VAIN = 3  # pages of a file that OCR was asked about in vain: the text layers of the others are believed


@dataclass(slots=True)
class _Page:
    """A page as read so far; `scan` is what OCR is finding on it, `doubtful` whether its own text may still be better."""

    number: int
    words: PageWords
    rules: PageRules
    kind: str
    scan: Future[Any] | None = None
    doubtful: bool = False


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    source: Source
    options: ReadOptions
    columns: WordColumns = field(default_factory=WordColumns)
    pages: deque[_Page] = field(default_factory=deque)  # read, but not laid out yet: OCR may still be at work
    leaves: list[Leaf] = field(default_factory=list)
    pool: ThreadPoolExecutor | None = None
    in_vain: int = 0
    sizes: list[tuple[float, float]] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)


def read_pdf(source: Source, options: ReadOptions) -> Draft:
    """The pieces of a PDF; pages that cannot be read or hold no text are named in its notices.

    Raises: BrokenFile, EncryptedFile, EmptyFile.
    """
    with _LOCK:
        document = open_pdf(source)
        try:
            return _read(document, source, options)
        finally:
            document.close()


def open_pdf(source: Source) -> Any:
    """The opened file; one encrypted without a password opens.

    Raises: BrokenFile, EncryptedFile, EmptyFile.
    """
    try:
        document = pypdfium2.PdfDocument(source.data)
    except pypdfium2.PdfiumError as error:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise EncryptedFile("needs a password", file=source.path, remedy="save a copy without one") from error
        raise BrokenFile("the PDF is damaged", file=source.path, remedy="get it again, or open and save it in a PDF program") from error
    if len(document) == 0:
        document.close()
        raise EmptyFile("the PDF has no pages", file=source.path, remedy="get it again from its source")
    return document


def _read(document: Any, source: Source, options: ReadOptions) -> Draft:
    done = _Reading(source, options)
    count = len(document)
    properties = dict(_properties(document)) | signature_properties(document, source.data)  # before pages are flattened: signatures are fields
    deadline = monotonic() + options.max_seconds
    for number in range(count):
        if number >= options.max_pages or monotonic() > deadline:
            limit = f"{options.max_pages} pages" if number >= options.max_pages else f"{options.max_seconds:g} seconds"
            done.notices.append(Notice("pages_not_read", f"pages {number + 1} to {count} not read: limit of {limit}", "error", number + 1))
            break
        try:
            _read_page(document, number, done)
        except (pypdfium2.PdfiumError, ReadError, ValueError, OverflowError) as error:
            del done.sizes[number:]
            _read_otherwise(number, done, error)
        _lay_out(done, options.jobs + 1)
    _lay_out(done, 0)
    pieces = flow(done.leaves, done.columns.text)
    kind = "mixed" if len(done.kinds) > 1 else next(iter(done.kinds), "digital")
    if properties.get("signature_intact") == "no":
        message = "a digital signature does not hold: the file was changed after signing, or the signature is damaged"
        done.notices.append(Notice("signature_broken", message, "warning"))
    return Draft(pieces, done.columns, tuple(done.sizes), count, kind, tuple(done.notices), properties)


def _read_otherwise(number: int, done: _Reading, error: Exception) -> None:
    """Reads a page that pdfium fails on with pdfplumber; where that fails too, the page is missing and a notice says so."""
    try:
        words, rules = read_with_pdfplumber(done.source.data, number)
    except ReadError:
        done.notices.append(Notice("page_unreadable", f"page {number + 1} cannot be read: {error}", "error", number + 1))
        done.sizes.append((0.0, 0.0))
        return
    done.notices.append(Notice("page_damaged", f"page {number + 1} is damaged ({error}); read by a second program", "warning", number + 1))
    done.sizes.append((words.width, words.height))
    done.pages.append(_Page(number + 1, words, rules, "digital"))


def _lay_out(done: _Reading, ahead: int) -> None:
    """Lays out the pages that are ready, in order, and waits for OCR where more than `ahead` are not."""
    while done.pages and (len(done.pages) > ahead or done.pages[0].scan is None or done.pages[0].scan.done()):
        page = done.pages.popleft()
        if page.scan is not None:
            _take_scan(page, done)
        if page.words.text:
            done.kinds.add(page.kind)
        done.leaves.append(make_leaf(page.words, page.rules, done.columns))
    if not done.pages and done.pool is not None and ahead == 0:
        done.pool.shutdown()


def _take_scan(page: _Page, done: _Reading) -> None:
    """Puts what OCR read in the place of the page's own text, unless that is the better of the two."""
    try:
        read = page.scan.result()  # type: ignore[union-attr]
    except ReadError as error:
        _without_ocr(page.number, page.doubtful, error, done)
        return
    if page.doubtful and not text_layer.is_better(read.words.text, page.words.text):
        done.in_vain += 1
        return
    if page.doubtful:
        message = f"page {page.number}: its text layer is no text (no or wrong Unicode map); read by OCR instead"
        done.notices.append(Notice("text_layer_garbled", message, "info", page.number))
    (page.words, page.rules), page.kind = importlib.import_module(OCR).as_shown(read), "ocr"


def _without_ocr(number: int, doubtful: bool, error: Exception, done: _Reading) -> None:
    if doubtful:
        message = f"page {number}: its text layer is hardly text, and OCR cannot help: {error}"
        done.notices.append(Notice("text_layer_garbled", message, "warning", number))
    else:
        done.notices.append(Notice("page_without_text", f"page {number} is a picture without text: {error}", "error", number))


def _properties(document: Any) -> Iterator[tuple[str, str]]:
    for key, value in document.get_metadata_dict(skip_empty=True).items():
        yield key.lower(), value


def _frame(page: Any) -> Frame:
    """Raises: ReadError where the page has no area."""
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, box)
    left, right = sorted((box.left, box.right))
    bottom, top = sorted((box.bottom, box.top))
    if not (right - left >= 1 and top - bottom >= 1):
        raise ReadError("the page has no area")
    return Frame(left, bottom, right - left, top - bottom, raw.FPDFPage_GetRotation(page) % 4)


def _field_boxes(page: Any, frame: Frame) -> NDArray[np.float64]:
    """(n, 4) x0, top, x1, bottom of the annotations that show something: others than links, which footnote marks are full of."""
    found, box = [], raw.FS_RECTF()
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        if raw.FPDFAnnot_GetSubtype(annotation) not in (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP):
            raw.FPDFAnnot_GetRect(annotation, box)
            found.append((box.left, box.bottom, box.right, box.top))
        raw.FPDFPage_CloseAnnot(annotation)
    return np.column_stack(frame.boxes(*np.array(found, np.float64).reshape(-1, 4).T))


def _with_fields(document: Any, page: Any, number: int) -> Any:
    """The page with its annotations drawn into it: number and day of a signed document stand in signature fields.

    Decree 30/2020/NĐ-CP has both filled in on issuing, after the text is finished; signing programs add them as form fields.
    """
    if raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) != raw.FLATTEN_SUCCESS:
        return page
    page.close()
    return document[number]


def _beside(words: PageWords, boxes: NDArray[np.float64]) -> int:
    """How many words stand outside the boxes."""
    x, y = ((words.x0 + words.x1) / 2)[:, None], ((words.top + words.bottom) / 2)[:, None]
    return int((~((x > boxes[:, 0]) & (x < boxes[:, 2]) & (y > boxes[:, 1]) & (y < boxes[:, 3])).any(axis=1)).sum())


def _page_words(page: Any, number: int, frame: Frame) -> tuple[PageWords, bool]:
    """The words of a page, and whether they are likely no text."""
    textpage = page.get_textpage()
    try:
        words = read_words(calls.address(textpage.raw), number + 1, frame)
        doubtful = text_layer.is_doubtful(words.text)
        if frame.turns == 0 and (doubtful or out_of_order(words)):
            by_letter = read_chars(calls.address(textpage.raw), number + 1, frame)
            words = by_letter if out_of_order(words) or text_layer.is_better(by_letter.text, words.text) else words
            doubtful = text_layer.is_doubtful(words.text)
        if any(name.endswith(BY_LANGUAGE) for name in words.fonts):
            raise_capitals(calls.address(textpage.raw), words)
        return words, doubtful
    finally:
        textpage.close()


def _read_page(document: Any, number: int, done: _Reading) -> None:
    page = document[number]
    try:
        frame = _frame(page)
        done.sizes.append(frame.shown)
        drawn, fields = read_rules(calls.address(page.raw), frame), _field_boxes(page, frame)
        if len(fields):
            page = _with_fields(document, page, number)
        words, doubtful = _page_words(page, number, frame)
        rules, scan = drawn.rules, wants_ocr(_beside(words, fields) if len(fields) else len(words.text), drawn, done.options)
        hidden = words.invisible > 0.5
        read = _Page(number + 1, words, rules, "ocr" if hidden else "digital")
        read.doubtful = not scan and done.in_vain < IN_VAIN and (text_layer.is_doubtful(words.text, hidden) if hidden else doubtful)
        if hidden and not scan and not read.doubtful and not len(rules.level):
            scan = _see_picture(page, frame, done, read)
        if scan or read.doubtful:
            read.scan = _start_ocr(page, frame, done, read)
        done.pages.append(read)
    finally:
        page.close()


def wants_ocr(words: int, drawn: Drawn, options: ReadOptions) -> bool:
    """Whether a page's text has to be got from its picture: hardly any words of its own, yet something is drawn."""
    if options.ocr == "always":
        return True
    if words >= FEW_WORDS or not len(drawn.images):
        return False
    x0, top, x1, bottom = drawn.images.T
    return bool(((x1 - x0) * (bottom - top)).sum() > 0.3 * drawn.rules.width * drawn.rules.height)


def _start_ocr(page: Any, frame: Frame, done: _Reading, read: _Page) -> Future[Any] | None:
    """What OCR is going to read on the page, or None, with a notice, where it is switched off or not there."""
    try:
        if done.options.ocr == "never":
            raise ReadError("OCR is switched off")
        scan = importlib.import_module(OCR)  # brings OpenCV and Tesseract in: only where a page needs them
    except (ReadError, ModuleNotFoundError) as error:
        _without_ocr(read.number, read.doubtful, error, done)
        return None
    done.pool = done.pool or ThreadPoolExecutor(max(1, done.options.jobs))
    return done.pool.submit(scan.read_picture, render(page, scan.RENDER_DPI), read.number, frame.shown)


def _see_picture(page: Any, frame: Frame, done: _Reading, read: _Page) -> bool:
    """Takes the ruling lines from the picture of a page whose text somebody else's OCR laid under it.

    Comes back with whether that text runs across the picture's, so that OCR has to read it again.
    """
    width, height = frame.shown
    try:
        scan = importlib.import_module(OCR)
    except ModuleNotFoundError as error:
        done.notices.append(Notice("tables_unseen", f"page {read.number}: its ruling lines are a picture: {error}", "warning", read.number))
        return False
    grey = render(page, scan.RENDER_DPI).mean(axis=2).astype(np.uint8)
    if done.options.ocr != "never" and main_direction(read.words) % 2 != int(scan.is_sideways(grey)):
        return True
    level, plumb = (lines * (width / grey.shape[1]) for lines in scan.ruling_lines(grey))
    read.rules = PageRules(width, height, level, plumb, np.zeros((0, 4)))
    read.words = read.words.only(np.array([any(c not in RULE_SIGNS for c in word) for word in read.words.text], bool))
    return False


def render(page: Any, dpi: float) -> NDArray[np.uint8]:
    """The page as a picture: rows × columns × 3 (red, green, blue); of a sheet larger than A2 with fewer dots, for it takes memory."""
    width, height = page.get_size()
    scale = min(dpi / 72, (LARGEST / max(1.0, width * height)) ** 0.5)
    picture: NDArray[np.uint8] = page.render(scale=scale, rev_byteorder=True).to_numpy()
    return picture[:, :, :3].copy()
