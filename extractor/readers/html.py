"""Web pages → pieces: the document on the page, not the site around it. Nothing is run, nothing fetched.

Also what Word and LibreOffice save as a web page, and "single file" pages (MHTML).
"""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import regex
from lxml import etree, html

from extractor.errors import BrokenFile, EmptyFile, LimitExceeded
from extractor.layout.pieces import Draft, Footnote, Furniture, Paragraph, Passage, Piece
from extractor.model import Notice
from extractor.readers.docx_numbering import spell
from extractor.readers.drawn import Drawn, DrawnCell, gap, notes_apart, part_letterhead, table_pieces
from extractor.readers.fonts import FontTexts, join_runs, settle
from extractor.readers.formats import ReadOptions, Source, wide_encoding
from extractor.readers.html_page import SKIPPED, document_on_page, is_hidden, style_looks
from extractor.readers.legacy import Decoder
from extractor.readers.tidy import lines, raised, tidy

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 150  # elements inside each other; deeper ones are read as bare text
MAX_SPAN = 1_000
Element = etree._Element

_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "legend", "li", "main", "menu",
        "nav", "ol", "p", "pre", "section", "summary", "ul", "table", "tr", "td", "th", "thead", "tbody", "tfoot"
    )
)
_HEADS = {f"h{n}": n for n in range(1, 7)}
_NOTE = regex.compile(r"(?:_?ftn|sdfootnote|fn|footnote|_?edn|sdendnote)[-_]?(\d+)(?:sym)?", regex.IGNORECASE)
_CHARSET = regex.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", regex.IGNORECASE)
_SHAPES = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_WRAPPERS = regex.compile(r"</?(?:div|span|font|section|article|center|blockquote|b|i|u|em|strong|small|big|a)\b[^>]*>", regex.IGNORECASE)
_ANY_TAG = regex.compile(r"<(script|style)\b.*?</\1\s*>|<[^>]*>", regex.IGNORECASE | regex.DOTALL)
_MARKED = regex.compile(r"\s*(?:[-–•*+]|\(?[\dIVXa-zđ]{1,4}[.)])\s")


@dataclass(frozen=True, slots=True)
class Look:
    """How text here looks; `font` a name, `centred`, `bold`, `raised`, `deleted`."""

    bold: bool = False
    centred: bool = False
    font: str | None = None
    raised: bool = False


@dataclass(slots=True)
class Page:
    """A page being read: the paragraph in the making (`runs`) and the pieces done."""

    looks: Mapping[str, Look]
    decoders: Mapping[str, Decoder]
    gathered: FontTexts = field(default_factory=FontTexts)
    pieces: list[Piece] = field(default_factory=list)
    runs: list[tuple[str, str | None]] = field(default_factory=list)
    bold: int = 0
    light: int = 0
    centred: bool = False
    level: int | None = None
    marker: str = ""
    depth: int = 0
    parted: dict[int, tuple[str, str]] = field(default_factory=dict)


def read_html(source: Source, options: ReadOptions = ReadOptions()) -> Draft:
    """The paragraphs and tables of the document on the page.

    Raises: EmptyFile, LimitExceeded, BrokenFile.
    """
    if len(source.data) > MAX_BYTES:
        raise LimitExceeded(f"a page of {len(source.data) >> 20} MiB, at most {MAX_BYTES >> 20} are read", file=source.path)
    root, flattened = parse(source)
    draft = _draft(root, source)
    if flattened:
        draft = replace(draft, notices=(*draft.notices, Notice("nested_too_deep", "elements inside each other beyond reason: read as bare text")))
    return draft


def read_mhtml(source: Source, options: ReadOptions = ReadOptions()) -> Draft:
    """The page in a "single file web page".

    Raises: BrokenFile where there is none in it.
    """
    message = email.message_from_bytes(source.data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            payload = part.get_payload(decode=True)
            charset = part.get_content_charset()
            if isinstance(payload, bytes) and payload.strip():
                text = payload.decode(charset, "replace").encode() if charset and _known(charset) else payload
                return read_html(Source(source.path, text if not charset else b"\xef\xbb\xbf" + text), options)
    raise BrokenFile("there is no page in it", file=source.path, remedy="save it again as HTML or DOCX")


def parse(source: Source) -> tuple[Element, bool]:
    """The root of the page's tree, and whether tags had to go because they are nested deeper than the parser goes.

    Raises: EmptyFile.
    """
    text = decode(source.data)
    try:
        root, whole = _tree(text)
        if whole:
            return root, False
        for tags in (_WRAPPERS, _ANY_TAG):
            root, whole = _tree(tags.sub(" ", text))
            if whole:
                break
        return root, True
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise EmptyFile(f"there is no page in it: {error}", file=source.path) from error


def _tree(text: str) -> tuple[Element, bool]:
    """The root, and whether the parser came to the end: it stops 2,048 elements deep."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    return root, not any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


def decode(data: bytes) -> str:
    """The page as text, by its byte order mark, its own word for it, else by what fits."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(name, "replace")
    wide = wide_encoding(data[:2000]) if b"\0" in data[:2000] else None
    if wide is not None:
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    said = _CHARSET.search(data[:4096])
    name = said[1].decode("ascii").lower() if said else "windows-1252"
    if not _known(name) or name in {"utf-8", "utf8"}:
        name = "utf-8" if name in {"utf-8", "utf8"} else "windows-1252"
    name = {"iso-8859-1": "windows-1252", "us-ascii": "windows-1252", "latin1": "windows-1252"}.get(name, name)
    return data.decode(name, "replace")


def _known(charset: str) -> bool:
    try:
        "".encode(charset)
    except (LookupError, UnicodeError):
        return False
    return True


def _draft(root: Element, source: Source) -> Draft:
    title = root.find(".//head/title")
    looks = {name: Look(bold, centred) for name, (bold, centred) in style_looks(root).items()}
    content, left_out = document_on_page(root)
    page = _walked(content, looks, {})
    decoders = page.gathered.decoders()
    if decoders:
        page = _walked(content, looks, decoders)
    pieces, mended = settle(notes_apart(part_letterhead(page.pieces, page.parted)))
    notices = list(mended)
    if left_out:
        notices.append(Notice("site_around", f"{left_out} characters of the web site around the document are left out", "info"))
    properties = {"title": tidy(title.text)} if title is not None and title.text and title.text.strip() else {}
    return Draft(pieces, notices=tuple(notices), properties=properties)


def _walked(content: Element, looks: Mapping[str, Look], decoders: Mapping[str, Decoder]) -> Page:
    page = Page(looks, decoders)
    _element(page, content, Look())
    _flush(page)
    return page


# ---- the walk --------------------------------------------------------------------------------------------------


def _element(page: Page, element: Element, look: Look) -> None:
    """Adds an element and what is in it."""
    tag = element.tag
    if not isinstance(tag, str) or tag in SKIPPED or is_hidden(element):
        return
    if page.depth > MAX_DEPTH:
        _say(page, _bare_text(element), look)
        return
    page.depth += 1
    own = _look(page, element, look)
    step = _STEPS.get(tag)
    if step is not None:
        step(page, element, own)
    elif tag in _BLOCKS:
        _block(page, element, own)
    else:
        _inside(page, element, own)
    page.depth -= 1


def _bare_text(element: Element) -> str:
    """The words in an element without recursion, scripts left out."""
    texts, skip = [], None
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start" and skip is None and node.tag in SKIPPED:
            skip = node
        elif event == "start" and skip is None:
            texts.append(node.text or "")
        elif event == "end" and skip is node:
            skip = None
        if event == "end" and skip is None and node is not element:
            texts.append(node.tail or "")
    return " ".join(texts)


def _itertext(element: Element) -> str:
    return "".join(str(text) for text in element.itertext())


def _inside(page: Page, element: Element, look: Look) -> None:
    if element.text:
        _say(page, element.text, look)
    for child in element:
        _element(page, child, look)
        if child.tail:
            _say(page, child.tail, look)


def _say(page: Page, text: str, look: Look) -> None:
    text = text.replace("\r", " ").replace("\n", " ")
    if look.raised:
        text = raised(text.strip())
    page.runs.append((text, look.font))
    weight = len(text) - text.count(" ")
    if look.bold:
        page.bold += weight
    else:
        page.light += weight


def _look(page: Page, element: Element, look: Look) -> Look:
    """How text in this element looks: its tag, its class, its own style, over what is around it."""
    tag, bold, centred, font, up = element.tag, look.bold, look.centred, look.font, look.raised
    if tag in {"b", "strong", "th"} or tag in _HEADS:
        bold = True
    elif tag == "sup":
        up = True
    elif tag == "font":
        font = (element.get("face") or "").split(",")[0].strip(" '\"") or font
    centred = tag == "center" or (element.get("align") or ("center" if centred else "")).lower() == "center"
    for name in (element.get("class") or "").split()[:8]:
        styled = page.looks.get(name) or page.looks.get(f"{tag}.{name}")
        if styled is not None:
            bold, centred = bold or styled.bold, centred or styled.centred
    style = element.get("style")
    if style:
        low = style.lower()
        if "font-weight" in low:
            bold = bool(regex.search(r"font-weight\s*:\s*(?:bold|[6-9]00)", low))
        if "text-align" in low:
            centred = bool(regex.search(r"text-align\s*:\s*center", low))
        family = regex.search(r"font-family\s*:\s*['\"]?([^;,'\"]+)", style, regex.IGNORECASE)
        font = family[1].strip() if family else font
        up = up or "vertical-align:super" in low.replace(" ", "")
    return Look(bold, centred, font, up)


def _block(page: Page, element: Element, look: Look) -> None:
    """A block begins and ends a paragraph."""
    number = _NOTE.fullmatch(element.get("id") or "")
    if number is not None and element.tag in {"div", "li", "p", "aside"}:
        _note(page, element, look, number[1])
        return
    _flush(page)
    page.centred = look.centred
    page.level = _HEADS.get(element.tag)
    _inside(page, element, look)
    page.centred = look.centred
    page.level = _HEADS.get(element.tag)
    _flush(page)


def _flush(page: Page) -> None:
    """Ends the paragraph in the making."""
    runs, page.runs = page.runs, []
    bold, light, page.bold, page.light = page.bold, page.light, 0, 0
    level, page.level = page.level, None
    if not runs:
        return
    page.gathered.add(runs)
    raw = join_runs(runs, page.decoders)
    texts = lines(raw)
    if not texts:
        return
    if page.marker:
        if not _MARKED.match(texts[0]):
            texts[0] = f"{page.marker} {texts[0]}"
        page.marker = ""
    heavy = 20 * light <= bold > 0
    pieces = [Paragraph(Passage(text), None, level if len(texts) == 1 else None, None, heavy, page.centred) for text in texts]
    sides = gap(raw.replace("\n", " ")) if len(pieces) == 1 and "\u00a0" in raw else None
    if sides is not None:
        page.parted[id(pieces[0])] = sides
    page.pieces += pieces


def _break(page: Page, element: Element, look: Look) -> None:
    page.runs.append(("\n", look.font))


def _preformatted(page: Page, element: Element, look: Look) -> None:
    _flush(page)
    for line in _itertext(element).splitlines():
        _say(page, line, look)
        _flush(page)


def _list(page: Page, element: Element, look: Look) -> None:
    """Items with the number or dash a browser would set before them."""
    _flush(page)
    shape = _SHAPES.get(element.get("type") or "1", "decimal")
    number = _whole(element.get("start"), 1)
    for child in element:
        if child.tag == "li":
            number = _whole(child.get("value"), number)
            page.marker = f"{spell(number, shape)}." if element.tag == "ol" else "-"
            number += 1
        _element(page, child, look)
        page.marker = ""
    _flush(page)


def _note(page: Page, element: Element, look: Look, number: str) -> None:
    """A footnote at the end of the page, set apart from the text."""
    _flush(page)
    outer, page.pieces = page.pieces, []
    _inside(page, element, look)
    _flush(page)
    inner, page.pieces = page.pieces, outer
    text = "\n".join(p.passage.text for p in inner if isinstance(p, Paragraph | Furniture))
    mark = raised(number)
    text = regex.sub(rf"^[\[(]?(?:{number}|{mark})[\])]?\s*", "", text)
    if text:
        page.pieces.append(Footnote(Passage(f"{mark} {text}"), mark))


def _anchor(page: Page, element: Element, look: Look) -> None:
    """A link's text; one that leads to a footnote is its mark."""
    target = (element.get("href") or "").lstrip("#")
    number = _NOTE.fullmatch(target) if (element.get("href") or "").startswith("#") else None
    if number is None:
        _inside(page, element, look)
        return
    shown = tidy(_itertext(element)).strip("[]()")
    _say(page, raised(shown) if shown.isdigit() else shown, Look(look.bold, look.centred, look.font))


# ---- tables ----------------------------------------------------------------------------------------------------


def _table(page: Page, element: Element, look: Look) -> None:
    _flush(page)
    marker, page.marker = page.marker, ""
    for caption in (e for e in element if e.tag == "caption"):
        _element(page, caption, look)
    outer, page.pieces = page.pieces, []
    drawn = _drawn(page, element, look)
    page.pieces, page.marker = [*outer, *table_pieces(drawn)], marker


def _drawn(page: Page, element: Element, look: Look) -> Drawn:
    cells: list[DrawnCell] = []
    taken: dict[int, int] = {}  # column → first row that is free again
    ruled = _is_ruled(element)
    n_cols = header_rows = row = 0
    for line in _rows(element):
        column, heads = 0, True
        for cell in (c for c in line if c.tag in ("td", "th") and not is_hidden(c)):
            while taken.get(column, 0) > row:
                column += 1
            width = max(1, min(_whole(cell.get("colspan"), 1), MAX_SPAN))
            height = max(1, min(_whole(cell.get("rowspan"), 1), 65_534))
            cells.append(DrawnCell(row, column, height, width, _cell(page, cell, look), ruled))
            heads = heads and cell.tag == "th"
            for covered in range(column, column + width):
                taken[covered] = row + height
            column += width
        n_cols = max(n_cols, column)
        group = line.getparent()
        if header_rows == row and column and (heads or (group is not None and group.tag == "thead")):
            header_rows += 1
        row += 1
    for drawn in cells:
        drawn.row_span = min(drawn.row_span, row - drawn.row)
    return Drawn(cells, row, n_cols, (), header_rows if 0 < header_rows < row else None)


def _rows(table: Element) -> list[Element]:
    """The rows of a table itself, not of tables inside it; a footer comes last."""
    rows: list[Element] = []
    last: list[Element] = []
    for child in table:
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in ("thead", "tbody"):
            rows += [e for e in child if e.tag == "tr"]
        elif child.tag == "tfoot":
            last += [e for e in child if e.tag == "tr"]
    return [row for row in rows + last if not is_hidden(row)]


def _cell(page: Page, cell: Element, look: Look) -> list[Piece]:
    page.pieces = []
    _element(page, cell, look)
    _flush(page)
    return page.pieces


def _is_ruled(table: Element) -> bool:
    """A page's style sheets are not read for borders: a table counts as ruled unless it says that it is not."""
    style = (table.get("style") or "").lower().replace(" ", "")
    said = (table.get("border") or "").strip().lower()
    if "border:none" in style or "border:0" in style:
        return any("border" in (cell.get("style") or "").lower() for cell in table.iter("td"))
    return said not in {"0", "0px"} or any("border" in (cell.get("style") or "").lower() for cell in table.iter("td"))


def _whole(text: str | None, default: int) -> int:
    match = regex.match(r"\s*(\d{1,6})", text or "")
    return int(match[1]) if match else default


_STEPS: Mapping[str, Callable[[Page, Element, Look], None]] = {
    "br": _break,
    "pre": _preformatted,
    "ol": _list,
    "ul": _list,
    "menu": _list,
    "a": _anchor,
    "table": _table,
}
