"""Word documents (OOXML) → pieces: body order, real tables, written-out numbering, tracked changes settled.

A walk over word/document.xml itself: python-docx drops tracked insertions and footnotes. Structure after ECMA-376 part 1, chapter 17.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from extractor.errors import BrokenFile, ReadError
from extractor.layout.pieces import Draft, Footnote, Furniture, Paragraph, Passage, Piece
from extractor.model import Notice
from extractor.readers.docx_numbering import read_numbering
from extractor.readers.docx_styles import LOOSE, VAL, W, blanks, draws, paragraph_look, read_styles
from extractor.readers.docx_text import Element, Inline, Notes, State, blocks, walk_inline
from extractor.readers.drawn import Drawn, DrawnCell, gap, is_letterhead_text, notes_apart, part_letterhead, table_pieces
from extractor.readers.fonts import matters, settle
from extractor.readers.formats import ReadOptions, Source
from extractor.readers.legacy import Decoder, mend
from extractor.readers.package import Package, R, Relation, open_package
from extractor.readers.tidy import lines, tidy

MAX_SPAN = 1000  # columns; Word itself allows 63
_NOTICES: dict[str, tuple[str, Literal["error", "warning", "info"], str]] = {  # what the walk counted → rule, severity, message
    "insertions": ("tracked_changes", "info", "{} tracked insertions are read as part of the text"),
    "deletions": ("tracked_changes", "info", "{} tracked deletions are left out"),
    "hidden": ("hidden_text", "info", "{} runs of hidden text are left out"),
    "foreign": ("foreign_part", "error", "{} embedded parts of another format are not read"),
}


@dataclass(slots=True)
class Walk:
    """One document being read."""

    package: Package
    state: State
    relations: dict[str, Relation]
    parted: dict[int, tuple[str, str]] = field(default_factory=dict)  # paragraphs that a gap parts, by id
    held: Inline | None = None  # a paragraph whose end is tracked as deleted: it goes on in the next one


def read_docx(source: Source, options: ReadOptions = ReadOptions()) -> Draft:
    """Paragraphs and tables in body order, footnotes behind the paragraph that refers to them, headers and footers last.

    Raises: BrokenFile, EncryptedFile, LimitExceeded.
    """
    package = open_package(source)
    name = _main_part(package)
    root = package.xml(name)
    body = None if root is None else root.find(f"{W}body")
    if root is None or body is None:
        raise BrokenFile(f"the package has no {name} with a body", file=source.path, remedy="open and save it again in Word or LibreOffice")
    relations = package.relations(name)
    walk, pieces = _walked(package, body, relations, {})
    decoders = walk.state.font_texts.decoders()
    if decoders:
        walk, pieces = _walked(package, body, relations, decoders)
    pieces, mended = settle(pieces)
    return Draft(pieces, notices=(*_notices(walk, pieces), *mended), properties=_properties(package))


def _walked(package: Package, body: Element, relations: dict[str, Relation], decoders: Mapping[str, Decoder]) -> tuple[Walk, list[Piece]]:
    """All pieces of the document; a first walk without `decoders` gathers what stands in legacy fonts."""
    walk = Walk(package, _state(package, relations), relations)
    walk.state.box_pieces = lambda element: _box(walk, element)
    walk.state.decoders = walk.state.numbering.decoders = decoders
    pieces = notes_apart(part_letterhead(_pieces(walk, blocks(body)), walk.parted))
    furniture, opening = _furniture(walk, body)
    return walk, [*opening, *pieces, *walk.state.endings, *furniture]


def _main_part(package: Package) -> str:
    """Mostly word/document.xml, but the package's own relationships decide."""
    for relation in package.relations("").values():
        if relation.kind == "officeDocument" and not relation.external:
            return relation.target
    return "word/document.xml"


def _state(package: Package, relations: dict[str, Relation]) -> State:
    parts: dict[str, Element | None] = {}
    for relation in relations.values():
        if relation.kind in {"styles", "numbering", "footnotes", "endnotes", "settings", "fontTable"} and not relation.external:
            parts[relation.kind] = package.xml(relation.target)
    styles = read_styles(parts.get("styles"))
    lists = {ident: look.number[0] for ident, look in styles.paragraphs.items() if look.number and look.number[0]}
    lists |= _numbering_styles(parts.get("styles"))
    settings = parts.get("settings")
    fonts = parts.get("fontTable")
    names = None if fonts is None else " ".join(f.get(f"{W}name", "") for f in fonts)
    return State(
        styles,
        read_numbering(parts.get("numbering"), lists),
        _notes(parts.get("footnotes"), settings, "footnote", "decimal"),
        _notes(parts.get("endnotes"), settings, "endnote", "lowerRoman"),
        names is None or matters(names),
    )


def _numbering_styles(root: Element | None) -> dict[str, str]:
    found = {}
    for style in root.iterchildren(f"{W}style") if root is not None else ():
        ident = style.find(f"{W}pPr/{W}numPr/{W}numId") if style.get(f"{W}type") == "numbering" else None
        if ident is not None:
            found[style.get(f"{W}styleId", "")] = ident.get(VAL, "")
    return found


def _notes(root: Element | None, settings: Element | None, kind: str, shape: str) -> Notes:
    if root is None:
        return Notes()
    own = None if settings is None else settings.find(f"{W}{kind}Pr/{W}numFmt")
    start = None if settings is None else settings.find(f"{W}{kind}Pr/{W}numStart")
    first = start.get(VAL, "1") if start is not None else "1"
    elements = {e.get(f"{W}id", ""): e for e in root if e.get(f"{W}type", "normal") == "normal"}
    return Notes(elements, shape if own is None else own.get(VAL, shape), int(first) - 1 if first.isdecimal() and len(first) < 9 else 0)


# ---- blocks ----------------------------------------------------------------------------------------------------


def _pieces(walk: Walk, elements: Iterable[Element], in_cell: bool = False) -> list[Piece]:
    pieces: list[Piece] = []
    for element in elements:
        if element.tag == _P:
            pieces += _paragraph(walk, element, in_cell)
        elif element.tag == _TBL:
            pieces += table_pieces(_table(walk, element))
        elif element.tag == _CHUNK:
            pieces += _chunk(walk, element)
    if walk.held is not None and not in_cell:
        out, walk.held = walk.held, None
        pieces += _written(walk, out, "", in_cell)
    return pieces


def _paragraph(walk: Walk, element: Element, in_cell: bool) -> list[Piece]:
    state = walk.state
    properties = element[0] if len(element) and element[0].tag == _PPR else None
    style = properties.find(_PSTYLE) if properties is not None else None
    ident = style.get(VAL, "") if style is not None else ""
    under = state.styles.paragraphs.get(ident, state.styles.normal)
    direct = paragraph_look(properties)
    number = direct.number or under.number
    if number is not None and not number[0] and under.number:
        number = (under.number[0], number[1])
    place = state.numbering.level_of(number, ident) if number is not None else None
    look = direct.over(state.numbering.look(*place).over(under) if place else under) if direct is not LOOSE or place else under
    out = Inline(look, contents=look.contents)
    walk_inline(state, element, out)
    for open_field in state.fields:  # a field left open in its code would silence the rest of the document
        open_field[0] = "result"
    if walk.held is not None:
        out.runs, out.asides, walk.held = [*walk.held.runs, *out.runs], [*walk.held.asides, *out.asides], None
    if properties is not None and properties.find(_MARK_DELETED) is not None:
        walk.held = out
        return []
    if place is None:
        return _written(walk, out, "", in_cell) if out.runs or out.asides else []
    marker = state.numbering.next(*place, look.run.font) if in_cell or any(text.strip() for text, _ in out.runs) else ""
    return _written(walk, out, marker, in_cell)


def _written(walk: Walk, out: Inline, marker: str, in_cell: bool) -> list[Piece]:
    """One piece per line of a paragraph, what stands beside it behind."""
    raw = out.text(walk.state)
    texts = lines(raw)
    if marker:
        texts = [f"{marker} {texts[0]}", *texts[1:]] if texts else [marker] if in_cell else []
    if out.contents:
        return [*(Furniture(Passage(text), "contents") for text in texts), *out.asides]
    look = out.look
    bold = 20 * out.light <= out.bold > 0 if out.bold or out.light else None
    indent = None if look.left is None and look.first is None else (look.left or 0.0) + (look.first or 0.0)
    level = look.level if len(texts) == 1 else None
    pieces: list[Piece] = [Paragraph(Passage(text), None, level, indent, bold, look.centred or False) for text in texts]
    sides = gap(raw) if len(pieces) == 1 and not in_cell else None
    if sides is not None:
        walk.parted[id(pieces[0])] = sides
    return [*pieces, *out.asides] if out.asides else pieces


def _box(walk: Walk, element: Element) -> list[Piece]:
    """The pieces of a text box or note, apart from the fields and paragraphs around it."""
    state = walk.state
    fields, held, state.fields, walk.held = state.fields, walk.held, [], None
    pieces = _pieces(walk, blocks(element))
    state.fields, walk.held = fields, held
    return pieces


# ---- tables ----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Rows:
    """A table being read: its cells so far, and from which cell a vertical merge in a column goes on."""

    ruled: bool
    cells: list[DrawnCell] = field(default_factory=list)
    above: dict[int, DrawnCell] = field(default_factory=dict)
    number: int = 0
    n_cols: int = 0


def _table(walk: Walk, element: Element) -> Drawn:
    rows = Rows(_is_ruled(walk, element.find(f"{W}tblPr")))
    header_rows = 0
    for row in (e for e in blocks(element) if e.tag == _TR):
        properties = next(row.iterchildren(_TRPR), None)
        before = 0
        if properties is not None and len(properties):
            if properties.find(f"{W}del") is not None:
                walk.state.count("deletions")
                continue
            header = properties.find(_TBL_HEADER)
            if header is not None and header.get(VAL) not in {"0", "false", "off"} and header_rows == rows.number:
                header_rows += 1
            before = _count(properties, f"{W}gridBefore", 0)
        _row(walk, row, rows, before)
        rows.number += 1
    return Drawn(rows.cells, rows.number, rows.n_cols, _edges(element, rows.n_cols), header_rows or None)


def _row(walk: Walk, row: Element, rows: Rows, column: int) -> None:
    """Adds the cells of one row, the first of them in grid column `column`."""
    beside: DrawnCell | None = None
    for element in (e for e in blocks(row) if e.tag == _TC):
        span, merge, beside_merge, borders = _cell_look(element[0] if len(element) and element[0].tag == _TCPR else None)
        upper = rows.above.get(column)
        pieces = _pieces(walk, blocks(element), True)
        if merge == "continue" and upper is not None and upper.row + upper.row_span == rows.number:
            upper.row_span += 1  # a merged cell shows nothing of its own, but its numbers have counted
        elif beside_merge == "continue" and beside is not None:
            beside.col_span += span
        else:
            drawn = rows.ruled if borders is None else draws(borders) or (rows.ruled and not blanks(borders))
            beside = DrawnCell(rows.number, column, 1, span, pieces, drawn)
            rows.cells.append(beside)
            rows.above[column] = beside
        column += span
    rows.n_cols = max(rows.n_cols, column)


def _cell_look(properties: Element | None) -> tuple[int, str | None, str | None, Element | None]:
    """Columns spanned, vertical merge, horizontal merge (of old files), own borders."""
    span, merge, beside, borders = 1, None, None, None
    for child in properties if properties is not None else ():
        tag = child.tag
        if tag == _GRID_SPAN:
            span = max(1, min(_whole(child.get(VAL), 1), MAX_SPAN))
        elif tag == _VMERGE:
            merge = child.get(VAL, "continue")
        elif tag == _HMERGE:
            beside = child.get(VAL, "continue")
        elif tag == _TC_BORDERS:
            borders = child
    return span, merge, beside, borders


def _is_ruled(walk: Walk, properties: Element | None) -> bool:
    """Whether the table as a whole draws lines: its own borders, else those of its style."""
    if properties is None:
        return False
    borders = properties.find(f"{W}tblBorders")
    if borders is not None and len(borders):
        return draws(borders)
    style = properties.find(f"{W}tblStyle")
    return style is not None and style.get(VAL, "") in walk.state.styles.ruled


def _edges(element: Element, n_cols: int) -> tuple[float, ...]:
    """The x of the column borders in points from the table's left, or () where the grid does not fit the rows."""
    widths = [_whole(e.get(f"{W}w"), 0) for e in element.iterfind(f"{W}tblGrid/{W}gridCol")]
    if len(widths) < n_cols or not all(widths[:n_cols]):
        return ()
    edges = [0.0]
    for width in widths[:n_cols]:
        edges.append(edges[-1] + width / 20)
    return tuple(edges)


def _count(properties: Element, tag: str, default: int) -> int:
    element = properties.find(tag)
    return default if element is None else _whole(element.get(VAL), default)


def _whole(text: str | None, default: int) -> int:
    try:
        return min(max(round(float(text or "")), 0), MAX_SPAN * 1440)
    except (ValueError, OverflowError):
        return default


# ---- beside the running text -----------------------------------------------------------------------------------


def _furniture(walk: Walk, body: Element) -> tuple[list[Piece], list[Piece]]:
    """Headers and footers, each once; and, apart, a letterhead that stands in the header of the first page."""
    furniture: list[Piece] = []
    opening: list[Piece] = []
    done: set[str] = set()
    for section in body.iter(f"{W}sectPr"):
        title_page = section.find(f"{W}titlePg")
        has_first = title_page is not None and title_page.get(VAL) not in {"0", "false", "off"}
        for reference in section.iterchildren(f"{W}headerReference", f"{W}footerReference"):
            relation = walk.relations.get(reference.get(f"{R}id", ""))
            if relation is None or relation.target in done or (reference.get(f"{W}type") == "first" and not has_first):
                continue
            done.add(relation.target)
            kind = "header" if reference.tag == f"{W}headerReference" else "footer"
            root = walk.package.xml(relation.target)
            pieces = _box(walk, root) if root is not None else []
            if any(is_letterhead_text(p.passage.text) for p in pieces if isinstance(p, Paragraph)):
                opening += pieces
            else:
                furniture += [p for p in _set_apart(pieces, kind) if not _said_before(p, furniture)]
    return furniture, opening


def _said_before(piece: Piece, furniture: list[Piece]) -> bool:
    """Sections repeat their headers; one page number says as much as all of them."""
    others = [p for p in furniture if isinstance(p, Furniture)]
    return isinstance(piece, Furniture) and any(
        p.kind == piece.kind and (p.kind == "page_number" or p.passage.text == piece.passage.text) for p in others
    )


def _set_apart(pieces: list[Piece], kind: str) -> list[Piece]:
    text = "\n".join(p.passage.text for p in pieces if isinstance(p, Paragraph | Furniture | Footnote))
    if not text:
        return [p for p in pieces if not isinstance(p, Paragraph)]
    number_only = not any(c.isalpha() for c in text.replace("Trang", "").replace("trang", ""))
    return [Furniture(Passage(text), "page_number" if number_only else kind)]


def _chunk(walk: Walk, element: Element) -> list[Piece]:
    """An embedded part of another format (w:altChunk), as programs that write DOCX from web pages leave it."""
    from extractor.readers import pieces_inside

    relation = walk.relations.get(element.get(f"{R}id", ""))
    content = walk.package.part(relation.target) if relation is not None and not relation.external else None
    found = None
    if content and relation is not None and walk.package.path.count("!/") < 4:
        try:
            found = pieces_inside(Source(f"{walk.package.path}!/{relation.target}", content))
        except ReadError:
            found = None
    if found is None:
        walk.state.count("foreign")
    return found or []


def _notices(walk: Walk, pieces: list[Piece]) -> tuple[Notice, ...]:
    seen = walk.state.seen
    notices = [Notice(rule, text.format(seen[what]), severity) for what, (rule, severity, text) in _NOTICES.items() if what in seen]
    if seen.get("pictures") and sum(len(p.passage.text) for p in pieces if isinstance(p, Paragraph)) < 200:
        notices.append(Notice("text_in_pictures", f"nearly all of the document is {seen['pictures']} pictures, which are not read", "error"))
    if any(relation.kind == "comments" for relation in walk.relations.values()):
        notices.append(Notice("comments", "reviewers' comments are left out", "info"))
    return tuple(notices)


def _properties(package: Package) -> dict[str, str]:
    """Author, title and times as docProps/core.xml gives them."""
    try:
        root = package.xml("docProps/core.xml")
    except BrokenFile:
        return {}
    named = {"creator": "author", "lastModifiedBy": "last_modified_by", "created": "created", "modified": "modified", "title": "title"}
    found = {}
    for element in root if root is not None else ():
        name = named.get(str(element.tag).rsplit("}", 1)[-1])
        value = tidy(mend(element.text)[0] if element.text and not element.text.isascii() else element.text or "")
        if name and value:
            found[name] = value
    return found


_P, _TBL, _TR, _TC, _CHUNK = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}altChunk"
_PPR, _PSTYLE, _MARK_DELETED = f"{W}pPr", f"{W}pStyle", f"{W}rPr/{W}del"
_TRPR, _TCPR, _TBL_HEADER, _GRID_SPAN, _VMERGE, _HMERGE, _TC_BORDERS = (
    f"{W}{name}" for name in ("trPr", "tcPr", "tblHeader", "gridSpan", "vMerge", "hMerge", "tcBorders")
)
