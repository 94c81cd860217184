"""Plain text and Markdown → pieces: lines to paragraphs, drawn and flattened tables to grids, footnotes apart."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

import regex

from extractor.errors import EmptyFile
from extractor.layout.flattened import find_flattened
from extractor.layout.markup import is_bold, plain
from extractor.layout.pieces import Draft, Footnote, Furniture, Grid, Paragraph, Passage, Piece
from extractor.layout.typed_tables import fenced_cells, fenced_grid, html_grid, is_fence, is_pipe_row, is_tab_row, pipe_grid, tab_grid
from extractor.layout.wraps import Line, Measure, measure, paragraphs, split_run_on
from extractor.model import Notice
from extractor.readers.drawn import Drawn, DrawnCell, only_places_text
from extractor.readers.formats import ReadOptions, Source
from extractor.readers.legacy import detect, mend
from extractor.readers.tidy import tidy

BREAKS = regex.compile(r"\r\n?|[\n\u2028\u2029\x0b\x85]")
HTML_TABLE = regex.compile(r"</?table(?:\s[^<>]{0,400})?>", regex.IGNORECASE)
HEADING = regex.compile(r"(#{1,6})\s+(\S.*?)\s*#*\s*$")
HORIZONTAL = regex.compile(r"\s*(?:[-_*=~–—.]\s*){3,}|[\s*_`]*")
RAISED = regex.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
NOTE = regex.compile(r"([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})\s*(?=\S)|(\d{1,3})\s+(?=\S)|(\[\^?\d{1,3}\])[:.]?\s*(?=\S)")
PAGE = regex.compile(r"(?:trang|page|tr\.?)?\s*[-–—.]*\s*\d{1,4}\s*(?:/\s*\d{1,4})?\s*[-–—.]*|\d{1,3}(?:\.\d{1,3}){2,4}", regex.IGNORECASE)
STAMP = regex.compile(r"(?:người ký|ký bởi|được ký bởi|thời gian ký|cơ quan|email)\s*:\s*\S.{0,120}", regex.IGNORECASE)
SIGNED = regex.compile(r"(?:người ký|ký bởi|được ký bởi|thời gian ký)\s*:", regex.IGNORECASE)
_UNRAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
LONGEST_HTML = 20_000  # lines of one table
DEEPEST_HTML = 6  # tables within tables
SAMPLE = 50_000  # characters by which the encoding is told
FOREIGN = regex.compile("[\u00a1-\u00bf\u00d7\u00f7ÆæØøñÖöß]")  # in legacy text these stand for Vietnamese letters
BAD_SHARE = 0.02  # of the characters: more broken bytes than that, and it was not UTF-8


@dataclass(slots=True)
class Run:
    """Lines of running text between two tables."""

    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Context:
    """What is known of the whole file before its parts are read."""

    how: Measure
    notes: frozenset[str]
    bold: bool


def read_text(source: Source, options: ReadOptions = ReadOptions()) -> Draft:
    """Paragraphs, grids, footnotes and page furniture in reading order.

    Raises: EmptyFile.
    """
    text, notices = decode(source.data)
    if not text.strip():
        raise EmptyFile("there is no text in the file", file=source.path, remedy="get it again from its source")
    if "<t" in text or "<T" in text:
        text = HTML_TABLE.sub(r"\n\g<0>\n", text)
    parts = list(_parts(BREAKS.split(text)))
    lines = [line for part in parts if isinstance(part, Run) for line in part.lines]
    context = Context(measure(lines), frozenset(m[0].translate(_UNRAISED) for m in RAISED.finditer(text)), "**" in text or "<b>" in text)
    pieces: list[Piece] = []
    for part in parts:
        pieces += _read_run(part, context) if isinstance(part, Run) else [part] if isinstance(part, Grid) else _read_fenced(part, context)
    return Draft(pieces, notices=tuple(notices))


# ---- bytes to text ---------------------------------------------------------------------------------------------


def decode(data: bytes) -> tuple[str, list[Notice]]:
    """The text in NFC with "\\n" and other line ends as they are, and what had to be assumed or was lost."""
    text, notices = _decode(data)
    if len(FOREIGN.findall(text[:SAMPLE])) * 200 > len(text[:SAMPLE]) or text[:SAMPLE].isascii():
        text, found = _from_legacy(text)
        notices += found
    if "\0" in text:
        notices.append(Notice("null_characters", f"{text.count(chr(0))} null characters are left out", "warning"))
        text = text.replace("\0", "")
    return unicodedata.normalize("NFC", text), notices


def _decode(data: bytes) -> tuple[str, list[Notice]]:
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\0\0", "utf-32-le"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return _lenient(data[len(mark) :], name)
    wide = _wide(data)
    if wide:
        text, notices = _lenient(data, wide)
        return text, [Notice("encoding_assumed", f"read as {wide} without byte-order mark", "info"), *notices]
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        text, notices = _lenient(data, "utf-8")
    if text.count("\ufffd") <= BAD_SHARE * len(text) and any(ord(c) > 0xFF and c != "\ufffd" for c in text[:100_000]):
        return text, notices
    shown, found = _from_legacy(codecs.charmap_decode(data, "strict", _single_bytes())[0])
    if found:
        return shown, found
    text = data.decode("cp1258", errors="replace")
    lost = text.count("\ufffd")
    assumed = Notice("encoding_assumed", "not UTF-8: read as Windows-1258", "warning")
    return text, [assumed, *([_lost(lost)] if lost else [])]


def _from_legacy(text: str) -> tuple[str, list[Notice]]:
    """The text in Unicode where the language tells that it is in an encoding from before Unicode, and what was found."""
    encoding = detect(text[:SAMPLE])
    if encoding is None:
        return text, []
    text, found = mend(text, encoding)
    names = ", ".join(sorted(found)).upper()
    return text, [Notice("legacy_encoding", f"text in {names} is told by its language and put into Unicode", "info")] if found else []


@cache
def _single_bytes() -> str:
    """What each byte shows in Windows-1252, and in Latin-1 where that has none."""
    return "".join(bytes([k]).decode("cp1252", errors="ignore") or chr(k) for k in range(256))


def _lenient(data: bytes, name: str) -> tuple[str, list[Notice]]:
    text = data.decode(name, errors="replace")
    lost = text.count("\ufffd")
    return text, [_lost(lost)] if lost else []


def _lost(count: int) -> Notice:
    return Notice("bad_bytes", f"{count} places could not be decoded and stand as \ufffd", "error" if count > 20 else "warning")


def _wide(data: bytes) -> str | None:
    """UTF-16 without byte-order mark: every other byte of plain letters and blanks is zero."""
    sample = data[:4000]
    half = len(sample) // 2
    if half < 8:
        return None
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    return "utf-16-le" if odd > 0.3 * half > even * 3 else "utf-16-be" if even > 0.3 * half > odd * 3 else None


# ---- lines to parts --------------------------------------------------------------------------------------------


def _parts(lines: Sequence[str]) -> Iterator[Run | Grid | list[str]]:
    """Runs of text, grids, and cells fenced by single bars (a table or a letterhead: the list of its cells)."""
    run, index, gap = Run(), 0, 0
    while index < len(lines):
        line = lines[index].replace("\x0c", "")
        end = _table_end(lines, index)
        if end > index:
            block = [x for x in lines[index:end] if x.strip()]
            part = _typed(block)
            if part:
                yield run
                run, gap = Run(), 0
                yield part
            index = end
            continue
        index += 1
        if not line.strip() or line.strip() == "```":
            gap += 1
            continue
        run.lines.append(Line(line.replace("\t", " "), gap))
        gap = 0
    yield run


def _typed(block: Sequence[str]) -> Grid | list[str] | None:
    """The table that a block of lines draws; None where it has no text."""
    first = block[0]
    if HTML_TABLE.fullmatch(first):
        return html_grid("\n".join(block))
    return fenced_cells(block) if is_fence(first) else pipe_grid(block) if is_pipe_row(first) else tab_grid(block)


def _table_end(lines: Sequence[str], start: int) -> int:
    """Where the table that begins at `start` ends (one line after); `start` where none begins."""
    line = lines[start]
    if is_fence(line):
        return _fence_end(lines, start)
    if line[:1] == "<" and HTML_TABLE.fullmatch(line) and line[1] != "/":
        return _html_end(lines, start)
    kind = is_pipe_row if is_pipe_row(line) else is_tab_row if is_tab_row(line) else None
    if kind is None:
        return start
    end = start
    while end < len(lines) and (kind(lines[end]) or (kind is is_tab_row and _is_short_row(lines, start, end))):
        end += 1
    return end if end - start > 1 else start


def _html_end(lines: Sequence[str], start: int) -> int:
    """One line after the tag that closes the table opened at `start` (the end of the text where nothing closes it)."""
    depth = 0
    for index in range(start, min(start + LONGEST_HTML, len(lines))):
        line = lines[index]
        if line[:1] == "<" and HTML_TABLE.fullmatch(line):
            depth += -1 if line[1] == "/" else 1
            if not 0 < depth < DEEPEST_HTML:
                return index + 1 if not depth else start
    return start


def _is_short_row(lines: Sequence[str], start: int, end: int) -> bool:
    """A row whose trailing empty cells (and their tabs) an editor cut off, inside a run of tab rows."""
    line = lines[end]
    after = lines[end + 1] if end + 1 < len(lines) else ""
    return end > start and line.count("\t") == 1 and bool(line.strip()) and is_tab_row(after)


def _fence_end(lines: Sequence[str], start: int) -> int:
    """The last single bar that belongs to the table: two blank lines, or a blank one that no bar follows soon, end it."""
    end, index, blanks = start, start + 1, 0
    while index < len(lines):
        line = lines[index]
        if is_fence(line):
            end, blanks = index, 0
        elif not line.strip():
            blanks += 1
            if blanks > 1 or is_fence(lines[index - 1]):
                break
        index += 1
    return index if index >= len(lines) and end != index else end + 1


# ---- runs of text ----------------------------------------------------------------------------------------------


def _read_run(run: Run, context: Context) -> list[Piece]:
    """Paragraphs and what is to be told apart from them: flattened tables, footnotes, page numbers, stamps."""
    raws = [Line(part, r.gap if first else 1) for r in paragraphs(run.lines, context.how) for first, part in _first(split_run_on(r.text))]
    texts = [tidy(plain(r.text)) for r in raws]
    passages = [Passage(t) for t in texts]
    gaps = [r.gap for r in raws]
    pieces: list[Piece] = []
    index = 0
    while index < len(raws):
        found = find_flattened(passages, index, gaps)
        if found:
            grid, index = found
            pieces.append(grid)
            continue
        piece = _piece(raws[index], texts[index], context)
        if piece:
            pieces.append(piece)
        index += 1
    return pieces


def _first(parts: Sequence[str]) -> Iterator[tuple[bool, str]]:
    return ((index == 0, part) for index, part in enumerate(parts))


def _piece(raw: Line, text: str, context: Context) -> Piece | None:
    if not text or HORIZONTAL.fullmatch(text):
        return None
    heading = HEADING.match(raw.text.strip())
    if heading:
        title = tidy(plain(heading[2]))
        return Paragraph(Passage(title), level=len(heading[1]), bold=True) if title else None
    if PAGE.fullmatch(text) and raw.gap:
        return Furniture(Passage(text), "page_number")
    if STAMP.fullmatch(text) and (SIGNED.match(text) or "@" in text):
        return Furniture(Passage(text), "stamp")
    note = NOTE.match(text)
    if note and _is_note(note, text, context):
        return Footnote(Passage(text), note[1] or note[2] or note[3])
    return Paragraph(Passage(text), bold=is_bold(raw.text) if context.bold else None)


def _is_note(note: regex.Match[str], text: str, context: Context) -> bool:
    """A raised number opens a footnote; a plain one does where the text refers to that number with a raised one."""
    if note[1]:
        return True
    if note[2]:
        return note[2] in context.notes and text[note.end()].isupper() and len(text) > len(note[0]) + 3
    return True


def _read_fenced(cells: list[str], context: Context) -> list[Piece]:
    """A table; or the paragraphs of a letterhead or signature block."""
    filled = [c for c in cells if c]
    drawn = Drawn([DrawnCell(k // 2, k % 2, 1, 1, _cell_pieces(c, context), False) for k, c in enumerate(filled)], (len(filled) + 1) // 2, 2)
    grid = None if len(filled) <= 8 and only_places_text(drawn) else fenced_grid([" ".join(c.split("\n")) for c in cells])
    if grid is None:
        return [piece for cell in drawn.cells for piece in cell.pieces]
    return [grid]


def _cell_pieces(cell: str, context: Context) -> list[Piece]:
    """A letterhead's lines: one paragraph each, an open emphasis or a small letter joins two."""
    lines = [Line(x, 0) for x in cell.split("\n")]
    joined: list[Line] = []
    for line in lines:
        if joined and (joined[-1].text.count("**") % 2 or joined[-1].text.count("*") % 2 or plain(line.text)[:1].islower()):
            joined[-1] = Line(f"{joined[-1].text} {line.text}", 0)
        else:
            joined.append(line)
    pieces = (_piece(line, tidy(plain(line.text)), context) for line in joined)
    return [p for p in pieces if p]
