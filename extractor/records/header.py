"""The document's own particulars, from the letterhead, or, where that is missing, from the body and the signature block.

Source of the layout: Decree 30/2020/NĐ-CP on clerical work, annex I.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import regex

from extractor.model import Block, Document, Evidence, Header, Span
from extractor.patterns import table
from extractor.values.agencies import is_agency
from extractor.values.dates import read_date, read_period
from extractor.values.folding import bare, fold
from extractor.values.symbols import doc_type_of, read_symbol

HEAD_BLOCKS = 40  # a letterhead, title and opening never take more
HEADLINES, HEADLINE_WORDS = 4, 4  # lines in which the title of a list stands, and words it has at least
BODY_LENGTH = 220  # code points: a longer paragraph is no title line
NUMBER = regex.compile(
    r"(?<!\w)[Ss](?:ố\s*[:;.]?|[óôồổòỏ]\s*[:;])\s*"  # OCR takes the letter for its neighbours
    r"(?P<number>(?:\d[\d.]{0,6}[A-Za-z]?)?[\s.…_]*[/\\]\s*[\p{Lu}\d][\p{L}\d&/]*(?:\s*[-–]\s*[\p{Lu}\d][\p{L}\d&]*)*)"
)
DATELINE = regex.compile(
    r"(?<!\p{Lu}-)(?<!/)\b(?P<place>(?:(?:TP|Tp|TX)\.?\s*)?(?:\p{Lu}[\p{Ll}.']+)(?:[ \-–]+(?:\p{Lu}[\p{Ll}.']*|\d{1,2}(?=\s*,))){0,5})\s*,?\s*"
    r"(?P<date>[Nn]gày[^\p{L}\n]{0,12}tháng[^\p{L}\n]{0,9}[Il]?\d?[^\p{L}\n]{0,6}năm[\s.…_]*\d{4})"
)
ONES = regex.compile(r"(?<!\p{L})[Il](?=\d)|(?<=\d)[Il\]](?!\p{L})")  # what OCR makes of a 1 beside digits: "tháng I0", "tháng 1]"
SUBJECT = regex.compile(r"(?:^|(?<=[\s\d-]))(?:V/\s?[vVw]|V/(?=\s)|V\.v|Về\s+việc)[:.]?\s+\p{L}")
MODE = regex.compile(r"^[\"'“*\s]*(?P<mode>TM|T/M|KT|K/T|TL|T/L|TUQ|Q)(?:\s*[.,]\s*|\s+)(?P<for>\p{Lu}.*)$")
NAME = regex.compile(
    r"(?:(?:PGS|GS|TS|ThS|BS|KS|CN|Đại tá|Thượng tá|Trung tá|Thiếu tướng|Thượng tướng|Đại tướng)\.?\s*)*"
    r"(?P<name>\p{Lu}\p{Ll}+(?:\s+\p{Lu}\p{Ll}*){1,5})"
)
OWN_NUMBER = regex.compile(r"[Kk]èm theo\s+(?P<type>(?:\p{L}+\s+){1,3}?)số\s*:?")
UNTIL = regex.compile(r"đến (?:hết )?năm (?P<year>\d{4})(?!\d)")
# "CỦA THỦ TƯỚNG CHÍNH PHỦ SỐ 5/2001/QĐ-TTG NGÀY 2 THÁNG 3 NĂM 2001 VỀ VIỆC …": particulars run into the title
RUN_IN = regex.compile(
    r"CỦA\s+(?P<issuer>\p{Lu}[\p{Lu}\s,-]+?)\s+SỐ\s*:?\s*(?P<number>\d+[\p{Lu}\d/&\s-]*?)\s+(?P<date>NGÀY\s+\d{1,2}\s+THÁNG\s+\d{1,2}\s+NĂM\s+\d{4})\s+(?=VỀ\s|V/V\s)"
)
CAPITALS = regex.compile(r"(?:[\p{Lu}\d][\p{Lu}\d,\-–]*\s+){2,}(?=\p{Lu}\p{Ll})")  # the end of a title that ran into the body
OF_A_YEAR = regex.compile(r"(?<!\p{L})NĂM\s+\d{4}")  # no body's name ends so
SENTENCE = regex.compile(r"[.;]\s+\p{Lu}|\p{Ll}\.$|,\s.{40,},\s.{60,}")  # what no title has: an end within it, or clauses on clauses
BANNER = regex.compile(r"^(?:BẢN|DỰ THẢO)\s+(?=\p{Lu})")  # "BẢN QUY ĐỊNH"
DAY = regex.compile(
    r"(?:ngày\s+)?\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|"
    r"ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}|\d+/\d{4}/\p{Lu}\S+",
    regex.IGNORECASE,
)
YEAR = regex.compile(r"[Nn]ăm\s+\d{4}|giai\s+đoạn\s+\d{4}")
LEVEL = regex.compile(r"(?:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|phường|xã|đặc khu)(?!\p{L})", regex.IGNORECASE)
RULE = regex.compile(r"[\s\-–_=*.~•]*")
BULLETS = ("-", "–", "+", "•", "~")
SEMICOLON = regex.compile(r";(?![^()]*\))|(?<=\s)-\s")
DASHES = regex.compile(r"-+\s*-*$")
OUTLINE = regex.compile(r"(?:[IVX]+|[A-D]|\d+)[.)]\s|[-+]\s")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text with its place; the head and tail of a document are looked at line by line."""

    text: str
    span: Span
    block: Block


def record_header(document: Document) -> Header:
    """The header; every field that was found has its evidence."""
    lines = _lines(document, document.blocks[: HEAD_BLOCKS * 3])[:HEAD_BLOCKS]
    found: dict[str, Evidence] = {}
    fields: dict[str, object] = {}

    def note(name: str, value: object, span: Span, source: str) -> None:
        if value and name not in fields:
            fields[name], found[name] = value, Evidence(span, 1.0, source)

    head = lines[: _head_end(lines)]
    for step in (_number_and_date, _type_and_title, _addressees):
        for item in step(document, lines, len(head)):
            note(*item)
    tail = _tail(document)
    for item in _signature(tail):
        note(*item)
    for item in _recipients(tail):
        note(*item)
    for item in _issuer(document, head, lines, fields):
        note(*item)
    for item in _period(document, lines, fields):
        note(*item)
    return Header(**{k: v for k, v in fields.items() if not k.startswith("_")}, evidence=found)  # type: ignore[arg-type]


Item = tuple[str, object, Span, str]


def _lines(document: Document, blocks: Iterable[Block]) -> list[Line]:
    lines = []
    for block in blocks:
        if block.kind not in {"furniture", "footnote", "table"}:
            text = " ".join(document.quote(block.span).split())
            if text and (text[0].isalnum() or not RULE.fullmatch(text)):
                lines += [Line(part, block.span, block) for part in _parted(text)]
    return lines


def _parted(text: str) -> list[str]:
    """A letterhead typed as one paragraph: what follows the motto, parted at the number and the dateline."""
    motto = _motto().search(text)
    found = NUMBER.search(text, motto.end()) if motto else None
    if found is None:
        return [text]
    dated = DATELINE.match(text, found.end() + 1)
    cuts = [0, found.start(), found.end(), *([dated.end()] if dated else []), len(text)]
    return [part for start, end in pairwise(cuts) if (part := text[start:end].strip())]


def _is_type_line(line: Line) -> str | None:
    """The type a line names when it is nothing but an upper-case type name, or begins with one and goes on in a title."""
    text = BANNER.sub("", line.text)
    whole = bare(text).strip(" :.*") if text.upper() == text else None
    for name, code in _type_names():
        if name == whole:
            return code
        head, rest = text[: len(name)], text[len(name) :]
        if rest[:1] == " " and head.upper() == head and bare(head) == name and len(text) < BODY_LENGTH * 2:
            return code
    return None


@cache
def _type_names() -> tuple[tuple[str, str], ...]:
    """(name folded without tone marks, code) of the types that stand as a line of their own, longest first."""
    rows = ((bare(name), row["code"]) for row in table("doctypes")["type"] for name in row.get("names", ()))
    return tuple(sorted(((n, c) for n, c in rows if c not in _NEVER_A_LINE and len(n) > 4), key=lambda x: -len(x[0])))


_NEVER_A_LINE = frozenset({"CV", "L", "HP"})  # letters have no type line; laws are cited, not issued by those who write plans


def _head_end(lines: Sequence[Line]) -> int:
    """Index of the first line of the body: a long paragraph, an outline item, or one that opens like a body."""
    for index, line in enumerate(lines):
        if len(line.text) > BODY_LENGTH and not _is_type_line(line):
            return index
        if OUTLINE.match(line.text) and not DASHES.match(line.text):
            return index
    return len(lines)


def _number_and_date(document: Document, lines: Sequence[Line], head: int) -> Iterable[Item]:
    for line in lines[:head]:
        found = NUMBER.search(line.text) if "/" in line.text else None
        if found and _is_number_line(line.text, found):
            number = read_symbol(found["number"])
            if number and number[0].isdigit():
                yield "number", number, line.span, "letterhead"
            yield "_symbol", found["number"], line.span, "letterhead"
            break
    for line in lines[:head]:
        found = DATELINE.search(line.text) if "năm" in line.text else None
        if found and len(line.text) < BODY_LENGTH * 2:
            yield "place", _place(found["place"]), line.span, "dateline"
            digits = ONES.sub("1", found["date"])
            yield "issued_on", read_date(regex.sub(r"(?<=[^\d\s])(?=\d)|(?<=\d)(?=[^\d\s])", " ", digits)), line.span, "dateline"
            break


def _is_number_line(text: str, found: regex.Match[str]) -> bool:
    """Whether a number is the document's own: it opens its line, stands behind capitals, or is all of it but the type's name."""
    before = text[: found.start()]
    if found.start() < 3 or not any(c.islower() for c in before):
        return True
    return found.end() == len(text) and doc_type_of(before.strip()) is not None


def _place(text: str) -> str:
    return text.strip(" ,.-")


def _type_and_title(document: Document, lines: Sequence[Line], head: int) -> Iterable[Item]:
    for index, line in enumerate(lines[: head + 1]):
        code = _is_type_line(line)
        if code:
            yield "doc_type", code, line.span, "type line"
            yield from _title(document, lines[index:])
            return
    for index, line in enumerate(lines[:head]):
        subject = SUBJECT.search(line.text) if "V" in line.text else None
        if subject:
            yield "title", _subject(lines[index:head], subject.start()), line.span, "subject line"
            yield "doc_type", "CV", line.span, "subject line"
    for line in lines[:head]:
        symbol = NUMBER.search(line.text)
        if symbol:
            yield "doc_type", doc_type_of(symbol["number"].partition("/")[2]) or "CV", line.span, "symbol"
            break
    else:
        yield from _headline(lines[:head])
    own = _annex_type(document)
    if own:
        yield "doc_type", own[0], own[1], "annex line"


def _headline(head: Sequence[Line]) -> Iterable[Item]:
    """The capitals at the head of a list or annex that has neither letterhead nor type: its title."""
    kept = [x for i, x in enumerate(head[:HEADLINES]) if x.text == x.text.upper() and x.block.block_id == head[0].block.block_id + i]
    text = _title_text([x.text for x in kept])
    if not kept or kept[0] != head[0] or len(text.split()) < HEADLINE_WORDS or any(c in text for c in ":/"):
        return
    if not _motto().search(text) and not any(is_agency(_sentence_case(x.text)) or OUTLINE.match(x.text) for x in kept):
        yield "title", text, Span(kept[0].span.start, kept[-1].span.end), "headline"


def _subject(lines: Sequence[Line], start: int) -> str:
    """A letter's subject ("V/v …"), over its lines; the dateline beside it may have run into it."""
    parts = [lines[0].text[start:]]
    for line in lines[1:4]:
        if not line.text[:1].islower():
            break
        parts.append(line.text)
    text = " ".join(parts)
    dated = DATELINE.search(text)
    return _title_text([text[: dated.start()] if dated else text])


def _annex_type(document: Document) -> tuple[str, Span] | None:
    """The type by which an annex names its parent: "(Kèm theo Công văn số     /UBND-NV …)"."""
    start = document.text.find("èm theo", 500)
    while start >= 0:
        found = OWN_NUMBER.search(document.text, max(start - 1, 0), start + 80)
        code = doc_type_of(found["type"].strip()) if found else None
        if found and code:
            return code, Span(*found.span())
        start = document.text.find("èm theo", start + 1)
    return None


def _title(document: Document, lines: Sequence[Line]) -> Iterable[Item]:
    """The lines under (or behind) the type's name, up to where the body begins."""
    first = lines[0]
    text = BANNER.sub("", first.text)
    name = next(n for n, _ in _type_names() if bare(text).strip(" :.*").startswith(n))
    behind = text[len(name) :].strip(" :*")
    kept = [Line(behind, first.span, first.block)] if behind else []
    for line in lines[1:8]:
        if _begins_body(line, kept):
            kept += _capitals_before(line, kept)
            break
        kept.append(line)
    if kept:
        span = Span(kept[0].span.start, kept[-1].span.end)
        text = _title_text([k.text for k in kept])
        run_in = RUN_IN.match(text)
        if run_in:
            yield "number", read_symbol(run_in["number"]), span, "title"
            yield "issued_on", read_date(run_in["date"].lower()), span, "title"
            yield "issuer", _sentence_case(run_in["issuer"]), span, "title"
        yield "title", text[run_in.end() :] if run_in else text, span, "title"


def _capitals_before(line: Line, kept: Sequence[Line]) -> list[Line]:
    """The last capitals of a title, where the body runs on behind them in one paragraph."""
    found = CAPITALS.match(line.text) if kept and all(k.text == k.text.upper() for k in kept) else None
    if found is None or not fold(line.text[found.end() :]).startswith(_openers()):
        return []
    return [Line(found[0].strip(), line.span, line.block)]


def _begins_body(line: Line, kept: Sequence[Line]) -> bool:
    text = line.text
    if OUTLINE.match(text) or len(text) > BODY_LENGTH * 2 or NUMBER.match(text) or DATELINE.match(text) or text.startswith("("):
        return True
    upper = text == text.upper()
    if kept and not upper and (SENTENCE.search(text) or (kept[0].block.bold and line.block.bold is False and len(text) > 60)):
        return True
    if bare(text).startswith("kinh gui") or (kept and upper and (is_agency(_sentence_case(text)) or _is_title(text))):
        return True
    if not upper and fold(text).startswith(_openers()):
        return bool(kept) or text.rstrip()[-1:] in ";:.," or len(text) > BODY_LENGTH
    if not upper and kept and kept[0].text == kept[0].text.upper() and line.block.bold is not True and line.block.centred is not True:
        return len(text) > 100 or text[-1:] in ";:.,"
    return bool(kept) and text[-1:] in ";:," and not upper


@cache
def _openers() -> tuple[str, ...]:
    return tuple(f"{fold(w)} " for w in table("header")["body_openers"])


def _title_text(parts: Sequence[str]) -> str:
    text = " ".join(" ".join(parts).split()).strip(" .*_-:")
    title: str = regex.sub(r"[¹²³⁴-⁹]+$", "", text)
    return title


def _addressees(document: Document, lines: Sequence[Line], head: int) -> Iterable[Item]:
    for index, line in enumerate(lines):
        opened = ADDRESSED.search(line.text)
        if not opened:
            continue
        rest = line.text[opened.end() :].lstrip(" :")
        items = [x.strip(" ;.-") for x in rest.split(";")] if rest else []
        for below in lines[index + 1 : index + 30]:
            if not below.text.startswith(("-", "+", "–")):
                break
            items += [x.strip(" ;.-+–") for x in below.text.split(";")]
        items = [x for x in items if x]
        if items:
            yield "addressees", tuple(items), line.span, "addressees"
        return


# ---- the signature block ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tail:
    """Lines around "Nơi nhận" (`anchor` is its index, or None where there is none)."""

    lines: tuple[Line, ...]
    anchor: int | None


def _tail(document: Document) -> Tail:
    lines = _lines(document, document.blocks)
    anchor = next((i for i, x in enumerate(lines) if bare(x.text[:14]).startswith("noi nhan")), None)
    if anchor is None:
        anchor_mode = next((i for i, x in enumerate(lines) if i > 3 and MODE.match(x.text) and x.text == x.text.upper()), None)
        return Tail(tuple(lines[max(0, (anchor_mode or 0) - 2) : (anchor_mode or 0) + 14]) if anchor_mode else (), None)
    start = max(0, anchor - 14)
    return Tail(tuple(lines[start : anchor + 60]), anchor - start)


def _signature(tail: Tail) -> Iterable[Item]:
    modes = [(i, m) for i, x in enumerate(tail.lines) if len(x.text) < 120 and x.text.upper() == x.text and (m := MODE.match(_plain(x.text)))]
    modes = _nearest_group(modes, tail.anchor)
    last = modes[-1][0] if modes else None
    if modes:
        written = " ".join(table("header")["modes"][m["mode"]] for _, m in modes)
        yield "signing_mode", written, tail.lines[modes[0][0]].span, "signature block"
    start = last + 1 if last is not None else 0
    below = range(start, min(len(tail.lines), start + 4 if last is not None else len(tail.lines)))
    title_at = next((i for i in below if _is_title(_plain(tail.lines[i].text))), None)
    behind = _second_title(modes[-1][1]["for"]) if modes else None
    if title_at is not None or behind:
        at = title_at if title_at is not None else last or 0
        yield "signer_title", _plain(tail.lines[at].text) if title_at is not None else behind, tail.lines[at].span, "signature block"
    yield from _signer(tail, title_at if title_at is not None else last)


def _plain(text: str) -> str:
    """The line without what a seal or pen leaves of it under OCR: signs and lone letters at either end."""
    words = text.split()
    while words and not _is_word(words[0]):
        words.pop(0)
    while words and not _is_word(words[-1]) and not (len(words) > 1 and words[-1].isdigit() and LEVEL.fullmatch(words[-2])):
        words.pop()  # the 1 of "PHƯỜNG 1" is no trace of a seal
    return " ".join(words).strip("*_ ")


def _is_word(text: str) -> bool:
    return sum(c.isalpha() for c in text) >= 2 or text in {"Q.", "Ý", "Y"}


def _second_title(text: str) -> str | None:
    """Of "CHỦ TỊCH PHÓ CHỦ TỊCH" on one line (for whom, and who signs), who signs."""
    plain = bare(text)
    for title in _titles():
        rest = plain.removesuffix(title).rstrip()
        if plain.endswith(f" {title}") and any(rest.endswith(t) for t in _titles()):
            return text[len(text) - len(title) :].strip()
    return None


def _nearest_group(modes: list[tuple[int, regex.Match[str]]], anchor: int | None) -> list[tuple[int, regex.Match[str]]]:
    """Only the mode lines that stand together (a few lines apart): another block's signature is another document's."""
    if not modes:
        return []
    groups = [[modes[0]]]
    for mode in modes[1:]:
        if mode[0] - groups[-1][-1][0] <= 2:
            groups[-1].append(mode)
        else:
            groups.append([mode])
    return groups[0] if anchor is None else min(groups, key=lambda g: abs(g[0][0] - anchor))


def _is_title(text: str) -> bool:
    words = bare(text).strip(" .*")
    return any(words == t or words.startswith(f"{t} ") for t in _titles()) and text.upper() == text and len(text) < 80


@cache
def _titles() -> tuple[str, ...]:
    return tuple(sorted((bare(t) for t in table("header")["words"]["titles"]), key=len, reverse=True))


def _signer(tail: Tail, above: int | None) -> Iterable[Item]:
    start = above + 1 if above is not None else (tail.anchor or 0) + 1 if tail.anchor is not None else 0
    for line in tail.lines[start : start + 25]:
        found = NAME.fullmatch(_plain(line.text).strip(" .*/"))
        if found and 2 <= len(found["name"].split()) <= 5 and not is_agency(line.text) and not line.text.startswith("-"):
            yield "signer", found["name"], line.span, "signature block"
            return


def _recipients(tail: Tail) -> Iterable[Item]:
    if tail.anchor is None:
        return
    first = tail.lines[tail.anchor]
    parts = [first.text.partition(":")[2]]
    end = first.span.end
    for line in tail.lines[tail.anchor + 1 :]:
        if line.text.startswith(BULLETS):
            parts.append(line.text)
            end = line.span.end
        elif len(parts) > 1 and line.text[:1].islower():
            parts[-1] += " " + line.text
        elif len(parts) > 1 and fold(parts[-1]).lstrip("-–+• ").startswith("lưu"):
            break
    items = _items(parts)
    if items:
        yield "recipients", tuple(items), Span(first.span.start, end), "recipients"


ADDRESSED = regex.compile(r"^[^\p{L}]{0,3}K[ií]nh\s+g[ửuứừ]i\s*:?|(?:^|\s)(?:điện|ĐIỆN)\s*:\s*$")  # a telegram (công điện) wires: "… điện:"


def _items(parts: Sequence[str]) -> list[str]:
    """The recipients in lines of them, parted at semicolons; a note in brackets belongs to the one before, "VP:" to what follows."""
    items: list[str] = []
    for part in parts:
        for text in SEMICOLON.split(part):
            item = text.strip(" ;.-–+•~")
            if items and (item.startswith("(") or (items[-1].endswith(":") and item)):
                items[-1] += f" {item}"
            elif item:
                items.append(item)
    return items


# ---- who issued it, and for which time -----------------------------------------------------------------------------


def _issuer(document: Document, head: Sequence[Line], lines: Sequence[Line], fields: dict[str, object]) -> Iterable[Item]:
    letterhead = _letterhead_issuer(head)
    if letterhead:
        yield "issuer", letterhead[0], letterhead[1], "letterhead"
        return
    place = str(fields.get("place") or "")
    opening = _opening_issuer(document, lines, place)
    if opening:
        yield "issuer", opening[0], opening[1], "opening"


def _letterhead_issuer(head: Sequence[Line]) -> tuple[str, Span] | None:
    """The upper-case lines above the number: the last body named there issues; a place line belongs to the body above it."""
    bodies: list[tuple[str, Span]] = []
    for line in head[:10]:
        text = _plain(_before_motto(line.text))
        if NUMBER.match(line.text) or _is_type_line(line):
            break
        if not text or text != text.upper() or OF_A_YEAR.search(line.text):
            continue
        if is_agency(_sentence_case(text)) and not (bodies and _goes_on(bodies[-1][0], text)):
            bodies.append((text, line.span))
        elif bodies and _goes_on(bodies[-1][0], text):
            bodies[-1] = (f"{bodies[-1][0]} {text}", bodies[-1][1])
    if not bodies:
        return None
    name = _sentence_case(bodies[-1][0])
    above = LEVEL.search(_sentence_case(bodies[0][0])) if len(bodies) > 1 and not LEVEL.search(name) else None
    return (f"{name} {_sentence_case(bodies[0][0])[above.start() :]}" if above else name), bodies[-1][1]


def _goes_on(body: str, line: str) -> bool:
    """Whether a letterhead line continues the body's name above it: a place, an open conjunction, or a known longer name."""
    if LEVEL.match(line) or line.startswith(("VÀ ", "CỦA ", "- ")) or body.endswith((" VÀ", ",", "-", " VỀ")):
        return True
    whole = fold(f"{body} {line}")
    return any(known == whole or whole.startswith(f"{known} ") for known in _casing() if len(known) > len(body))


def _before_motto(text: str) -> str:
    """What stands before the state's motto on a line: OCR may run the two columns of a letterhead together."""
    found = _motto().search(text)
    return text[: found.start()] if found else text


@cache
def _motto() -> regex.Pattern[str]:
    return regex.compile("|".join(regex.escape(m) for m in sorted(table("header")["words"]["motto"], key=len, reverse=True)))


def _sentence_case(text: str) -> str:
    """Upper-case letterhead words as they are written in a sentence: known phrases as listed, other words with a capital each."""
    words, at = text.split(), 0
    out: list[str] = []
    while at < len(words):
        size, phrase = next(
            ((n, _casing()[key]) for n in range(min(9, len(words) - at), 0, -1) if (key := fold(" ".join(words[at : at + n]))) in _casing()),
            (1, words[at] if words[at] in _ABBREVIATIONS else words[at].capitalize()),
        )
        out.append(phrase if out else phrase[:1].upper() + phrase[1:])
        at += size
    return " ".join(out)


@cache
def _casing() -> dict[str, str]:
    return {fold(p): p for p in table("header")["casing"]["phrases"]}


_ABBREVIATIONS = frozenset({"UBND", "HĐND", "UBMTTQ", "MTTQ", "TTĐT"})


def _opening_issuer(document: Document, lines: Sequence[Line], place: str) -> tuple[str, Span] | None:
    """"…; UBND huyện X ban hành Kế hoạch …" in the opening, with the place of the dateline where the level stands alone."""
    for line in lines[:12]:
        found = list(_opening().finditer(line.text))
        if found and len(line.text) > 60:
            body = regex.sub(r"\s*\([^)]*\)", "", found[-1]["body"]).strip()
            level = LEVEL.search(body, max(0, len(body) - 9))
            if level and level.end() == len(body):
                named = place or _place_of_level(document, level[0])
                body = f"{body} {named}" if named else body
            return body, line.span
    return None


@cache
def _opening() -> regex.Pattern[str]:
    """A body's name before the verb by which the opening says what it does."""
    verbs = "|".join(regex.escape(v) for v in table("header")["words"]["issuing"])
    heads = "UBND|Ủy ban nhân dân|Uỷ ban nhân dân|HĐND|Hội đồng nhân dân|Sở|Bộ|Phòng|Ban|Cục|Chi cục|Thanh tra|Văn phòng"
    return regex.compile(rf"(?P<body>(?:{heads})(?:\s*\([^)]*\))?(?:\s+[\p{{L}}\-]+){{0,9}}?)\s+(?:{verbs})(?=\s)")


def _place_of_level(document: Document, level: str) -> str | None:
    """The place of that level ("huyện …") that the document names most often: its own, where nothing else tells."""
    names = regex.findall(rf"{level} (\p{{Lu}}\p{{Ll}}+(?: \p{{Lu}}\p{{Ll}}*){{0,3}})", document.text)
    return max(names, key=names.count) if names else None


def _period(document: Document, lines: Sequence[Line], fields: dict[str, object]) -> Iterable[Item]:
    title = str(fields.get("title") or "")
    period = _until(title, _title_period(title), str(fields.get("issued_on") or ""))
    if period:
        yield "period", period, lines[0].span if not title else _find(document, lines, title), "title"
        return
    kind, issued = str(fields.get("doc_type")), str(fields.get("issued_on") or "")
    if not title or kind in _SPEAKS_OF_NOW:
        for line in [x for x in lines if len(x.text) > 80][:2]:
            found = read_period(DAY.sub(" ", line.text)) if YEAR.search(line.text) else None
            if found:
                yield "period", found, line.span, "opening"
                return
    if kind in _FOR_ITS_OWN_YEAR and issued:
        yield "period", issued[:4], lines[0].span, "year of issue"


# a letter, directive, telegram, notice or guidance that names no time in its title is about the time its opening names
_SPEAKS_OF_NOW = frozenset({"CV", "CT", "CĐ", "TB", "HD"})
# and a plan or an order that names none at all is for the year it was issued in
_FOR_ITS_OWN_YEAR = frozenset({"KH", "CT", "CĐ", "TB", "CTr", "PA"})


def _find(document: Document, lines: Sequence[Line], title: str) -> Span:
    start = title[:20]
    return next((x.span for x in lines if start in x.text), lines[0].span)


def _until(title: str, period: str | None, issued: str) -> str | None:
    """A title's period, which runs on to the year it reaches ("… đến năm 2030"): from the year it names, else that of issue."""
    reached = UNTIL.search(fold(title))
    if reached is None or period is None or reached["year"] < period[-4:]:
        return period
    first = period[:4] if period[:4] < reached["year"] else issued[:4]
    return f"{first}/{reached['year']}" if first and first < reached["year"] else period


def _title_period(title: str) -> str | None:
    """The first period the title names; of two years in a row ("năm 2022 và … năm 2023"), both."""
    title = DAY.sub(" ", title)
    first = read_period(title)
    years = [int(y) for y in regex.findall(r"năm\s+(\d{4})", fold(title))]
    if first and "/" not in first and len(years) >= 2 and years[-1] == years[0] + 1 and str(years[0]) == first:
        return f"{years[0]}/{years[-1]}"
    return first
