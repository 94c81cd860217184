"""Documents named in running text: type, number, date, issuer, and what the words before make of them."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

import regex

from extractor.finders.agencies import read_bodies
from extractor.patterns import patterns, table, time_limit

NEAR = 50  # mentions looked back upon for the one that others are objects of
WINDOW = 170  # code points before a number in which its type's name may stand
CLAUSE = 90  # code points before a type's name in which the word that relates it may stand
FAR = 400  # code points before it in which a verb may stand that changes what is found in it
CHANGES = frozenset({"amends", "replaces"})


_FIGURE = regex.compile(r"\d")
_SEVERAL = regex.compile(r"\s*(?:,|;|và|&)\s*")
_SO = regex.compile(r"\bso\s*[:.]?\s*$")
_JOINT = regex.compile(r"[-.&]")
_STOP = regex.compile(r"[.;](?:\s|$)")
_OF = regex.compile(r"\s*(?:so\s*)?cua\s+")
_SO_END = regex.compile(r"\bso\s*:?\s*$")
_AMENDING = regex.compile(r"\bluat\s+sua doi(?:,?\s+bo sung)?(?:\s+mot so (?:dieu|noi dung))?\s+cua\s+$")
_NEXT_LAW = regex.compile(r"\d\S*\s*(?:,|và)\s+(?:Luật|Bộ luật)\b")
_SENTENCE = regex.compile(r"[.]\s+\p{Lu}")
_FORM = regex.compile(r"\b(?:mau|bieu|bieu mau|phu luc|phieu|ho so|giay phep|hop dong|tai khoan|quoc lo|tieu chuan|tcvn|qcvn)\s*(?:so)?\s*[:.]?\s*$")
_SYMBOL_PARTS = regex.compile(r"\s*[-–/.&_]\s*")
_ASSEMBLY = regex.compile(r"QH\d{1,2}")
_NO_FIELD = r"Nghị|Quyết|Chỉ thị|Kế hoạch|Thông tư|Kết luận|Công văn|Hướng dẫn|Luật|Chương trình|UBND|Ủy ban|Uỷ ban|HĐND"
_FIELD = r"\p{Lu}\p{Ll}+(?:\s\p{Ll}+){0,3}"  # "Văn hóa, Thể thao và Du lịch": a comma inside a body's name
_FIELDS = regex.compile(rf"(?!{_NO_FIELD}){_FIELD}(?:,\s{_FIELD})?\s(?:và|-|–)\s\p{{Lu}}")
_BODY = regex.compile(r"(?:Bộ|Sở|UBND|Ủy ban|Uỷ ban|Chủ tịch|Hội đồng|Tỉnh ủy|Ban)\b")
_GOES_ON_ABOUT = regex.compile(r"(?:Sửa đổi|Ban hành|Phê duyệt|Quy định|Về|Hướng dẫn|V/v)(?!\p{L})")
_DIGIT = regex.compile(r"\s*(?:số\s*:?\s*)?\d")
_SHORT = regex.compile(r"\s*\(\p{Lu}[\p{L}&-]{1,11}\)")  # "(GDĐT)" between an issuer and the date
_BEFORE = regex.compile(
    r"(?:của|do|được)\s+(?P<body>\p{Lu}(?:(?!\b(?:của|do|được)\b)[^,;.():]){2,60}?)"
    r"(?:\s+(?:đã\s+)?(?:ban hành|phê duyệt|thông qua|công bố))?\s+tại\s+(?:các\s+|văn bản\s+)?$"
)
_BETWEEN = regex.compile(r"\s*(?:,|và|;|,\s*và)?\s*(?:các\s+|số\s*)?")
_CLAUSE = regex.compile(r"[.;:(](?:\s|$)|\(")
_COLON = regex.compile(r":\s*$")
_APART = regex.compile(r"[.;:]\s|[\n\t(]|\bvà\s+(?:căn cứ|theo|thực hiện)\b")
_ASIDE = regex.compile(r"\([^()]{0,120}\)")
_FROM = regex.compile(r"\b(?:từ|ngoài|bằng)\b")
_JOINED = regex.compile(r"(?:[;,]|\bvà|\bhoặc|\bcùng)\s*(?:các\s+)?$")


@dataclass(frozen=True, slots=True)
class Cite:
    """A document named in a text: code points `[start, end)` from the type's name to number, date and issuer.

    `trigger` is the word that gave `relation`, None where none stands before.
    """

    start: int
    end: int
    number_start: int
    doc_type: str | None
    number: str | None
    issued_on: str | None
    issuer: str | None
    relation: str = "mentions"
    trigger: str | None = None
    shared_issuer: str | None = None  # of a plural head: holds for the mentions that follow
    inner: bool = False  # said of the mention before it ("Kế hoạch 5 thực hiện Nghị quyết 3"), no member of the list it stands in


def find_citations(text: str) -> list[Cite]:
    """The documents that `text` names, in order; numbers that share a symbol ("18,19-NQ/TW") share a span."""
    if not _may_name(text):
        return []
    found: list[Cite] = []
    for match in _numbers(text):
        head = _read_head(text, match, found[-1] if found else None)
        if head is None:
            continue
        cite = _read_tail(text, match.end(), head)
        cite = _relate(text, cite, found)
        found += [replace(cite, number=number) for number in _numbers_of(match)]
    return _share_issuers(text, found)


def _may_name(text: str) -> bool:
    return len(text) > 4 and any(map(text.__contains__, ("/", "-", "số", "NĐ ", "ND "))) and _FIGURE.search(text) is not None


@cache
def _regexes() -> Mapping[str, regex.Pattern[str]]:
    return {p.id: p.regex for p in patterns("citations")}


@cache
def _words() -> Mapping[str, Any]:
    return table("citations")


def _numbers(text: str) -> Iterator[regex.Match[str]]:
    """Number matches in order of place; a bare number only where no full one stands."""
    full = [m for m in _regexes()["number"].finditer(text, timeout=time_limit(len(text))) if _is_symbol(m["symbol"])]
    taken = [m.span() for m in full]
    bare = [m for m in _regexes()["bare_number"].finditer(text, timeout=time_limit(len(text))) if not _overlaps(m.span(), taken)]
    return iter(sorted(full + bare, key=lambda m: m.start("digits")))


def _overlaps(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a span meets one of others, which are in order and do not overlap."""
    at = bisect_right(taken, span)
    return (at > 0 and taken[at - 1][1] > span[0]) or (at < len(taken) and taken[at][0] < span[1])


def _is_symbol(symbol: str) -> bool:
    """Symbols are capitals with a stray small letter ("TTg", "CTr", "QyĐ")."""
    upper = sum(c.isupper() for c in symbol)
    return upper >= 2 and sum(c.islower() for c in symbol) <= 3


def _numbers_of(match: regex.Match[str]) -> list[str]:
    if "symbol" not in match.re.groupindex:
        return [match["digits"]]
    digits = [d for d in _SEVERAL.split(match["digits"]) if d]
    rest = "".join(match.group()[match.end("digits") - match.start() :].split())
    return [d + rest for d in digits]


# ---- the type's name before the number ---------------------------------------------------------------------------


@cache
def _head_before() -> regex.Pattern[str]:
    """The name of a type right before a number: "Nghị quyết số", "các Nghị định số:", "NĐ"."""
    names = "|".join(regex.escape(_bare(n)).replace(r"\ ", r"\s+") for n in sorted(_words()["types"], key=len, reverse=True))
    return regex.compile(rf"(?<!\w)(?<!phap\s)(?P<head>{names})(?P<mid>\s*:?)(?P<so>\s*\b(?:so)\b)?\s*[:.]?\s*$")


@cache
def _heads() -> regex.Pattern[str]:
    names = "|".join(regex.escape(_bare(n)).replace(r"\ ", r"\s+") for n in sorted(_words()["types"], key=len, reverse=True))
    return regex.compile(rf"(?<!\w)(?<!phap\s)(?P<head>{names})(?![\w])")


@cache
def _types() -> Mapping[str, str]:
    return {_bare(name): code for name, code in _words()["types"].items()}


def _read_head(text: str, match: regex.Match[str], last: Cite | None) -> Cite | None:
    """Start, type and, from a plural head, issuer of the mention whose number `match` is; None where it is no document's."""
    number = match.start("digits")
    if "symbol" not in match.re.groupindex:
        name = text[match.start() : number].replace("Số", "số").removesuffix(":").strip().removesuffix("số").strip()
        return _cite(match.start(), number, _code_of_name(name))
    low = max(last.end if last else 0, number - WINDOW)
    before = _bare(text[low:number])
    code = _code_of_symbol(match["symbol"])
    near = _head_before().search(before, max(0, len(before) - 45))
    if near:
        named = _types()[" ".join(near["head"].split())]
        return _cite(low + near.start("head"), number, code or named if named in ("CV", "QC") else named)
    so = _SO.search(before)
    start = low + so.start() if so else number
    far = _far_head(text, low, before, code)
    if far:
        return replace(far, number_start=number)
    if last is not None and _same_kind(last, code, text[last.end : number]):
        return replace(_cite(start, number, last.doc_type), issuer=last.shared_issuer, shared_issuer=last.shared_issuer)
    if _is_label(before) or (not so and (code is None or not _JOINT.search(match["symbol"]))):
        return None
    return _cite(start, number, code or "CV")


def _cite(start: int, number: int, doc_type: str | None) -> Cite:
    return Cite(start, start, number, doc_type, None, None, None)


def _far_head(text: str, low: int, before: str, code: str | None) -> Cite | None:
    """A head with words between it and the number: "các Quyết định của UBND tỉnh: số …", "Luật Ngân sách nhà nước số …"."""
    for head in reversed(list(_heads().finditer(before))):
        named = _types()[" ".join(head["head"].split())]
        between = before[head.end() :]
        if _STOP.search(between) or len(between.split()) > 14:
            return None
        if named != (code or "CV") and not (named == "L" and code is None):
            continue
        issuer = _OF.match(between)
        if issuer:
            start = low + head.end() + issuer.end()
            end = _issuer_end(text, start, low + len(before))
            name = text[start:end].rstrip(" :,").strip() or None
            plural = text[end : low + len(before)].lstrip().startswith(":")
            return replace(_cite(low + head.start(), 0, named), issuer=name, shared_issuer=name if plural else None)
        if _SO_END.search(between):
            return _cite(low + _named_from(before, head.start(), text, low + len(before)), 0, named)
        return None
    return None


def _named_from(before: str, start: int, text: str, number: int) -> int:
    """Where a law's name begins: "Luật sửa đổi … của Luật X số 5" is one name, its number the amending law's; not if more laws are listed."""
    amending = _AMENDING.search(before, 0, start)
    return start if amending is None or _NEXT_LAW.search(text, number, number + 80) else amending.start()


def _same_kind(last: Cite, code: str | None, between: str) -> bool:
    """Whether a number without a head goes on with the list that `last` stands in."""
    return last.doc_type == (code or "CV") and len(between) < 400 and not _SENTENCE.search(between)


def _is_label(before: str) -> bool:
    """ "Mẫu số 01/BC", "Biểu số", "Phụ lục số": numbers of forms, not of documents."""
    return bool(_FORM.search(before))


def _code_of_symbol(symbol: str) -> str | None:
    """The type a symbol names: the first part that is a code ("NQ-CP", "KL/TW", "UBND-QĐ"); laws by the assembly's mark."""
    codes = _words()["codes"]
    parts = _SYMBOL_PARTS.split(symbol)
    for part in parts:
        if part in codes:
            return str(codes[part])
    return "L" if _ASSEMBLY.fullmatch(parts[0]) else "NQ" if parts[0].startswith("UBTVQH") else None


def type_of(words: str) -> str | None:
    """The code of the type whose name `words` begin with ("kế hoạch phát triển …": KH), or None."""
    head = _heads().match(_bare(words))
    return None if head is None else _types()[" ".join(head["head"].split())]


def _code_of_name(name: str) -> str | None:
    plain = " ".join(_bare(name).split())
    return _types().get(plain) or _words()["codes"].get(name)


# ---- date and issuer behind the number ---------------------------------------------------------------------------


def _read_tail(text: str, end: int, cite: Cite) -> Cite:
    """`cite` with the date and issuer that follow at `end`, in either order, and its own end."""
    issued_on, issuer, shared = None, cite.issuer, cite.shared_issuer
    own_issuer = False
    for _ in range(2):
        short = _SHORT.match(text, end) if own_issuer else None
        dated = _regexes()["date"].match(text, short.end() if short else end) if issued_on is None else None
        if dated:
            issued_on, end = _iso(dated), dated.end()
            continue
        by = _regexes()["by"].match(text, end) if not own_issuer else None
        if by is None:
            break
        stop = _issuer_end(text, by.end(), len(text))
        if stop <= by.end():
            break
        issuer, end, own_issuer = text[by.end() : stop], stop, True
    if issuer is None:
        issuer = _issuer_before(text, cite.start)
    return replace(cite, end=end, issued_on=issued_on, issuer=issuer and " ".join(issuer.split()), shared_issuer=shared)


def _iso(dated: regex.Match[str]) -> str | None:
    try:
        return date(int(dated["year"]), int(dated["month"]), int(dated["day"])).isoformat()
    except ValueError:
        return None


_WORD = regex.compile(r"[^\S\t]*(?P<mark>[-–,&(]\s*)?(?P<word>[\p{L}\d]+(?:\.\p{L}+)*)")


_TERM = regex.compile(r"\s*\((?:khóa|khoá|cũ)\b[^()]{0,12}\)")  # "(khóa XII)"


def _issuer_end(text: str, start: int, limit: int) -> int:
    """Where the name of the body that begins at `start` ends: before a word that goes on about the document."""
    end, words = start, 0
    opened = _regexes()["issuer_opens"].match(text, start, limit) or _field_named().match(text, start, limit)
    if opened:
        end, words = opened.end(), len(opened.group().split())
    while words < 16:
        word = _WORD.match(text, end, limit)
        if word is None or not _goes_on(text, word, words):
            break
        end, words = word.end(), words + 1
        if text[start:end].endswith(_whole_bodies()):
            break
    term = _TERM.match(text, end, limit)
    if term:
        return int(term.end())
    return start + len(text[start:end].rstrip(" .,-–"))


@cache
def _field_named() -> regex.Pattern[str]:
    """ "Bộ giao thông vận tải": a ministry, department or division with its field, in whatever letters."""
    names = "|".join(regex.escape(f).replace(r"\ ", r"\s+") for f in sorted(table("agencies")["fields"], key=len, reverse=True))
    return regex.compile(rf"(?i)(?:bộ|sở|phòng)\s+(?:{names})(?!\p{{L}})")


@cache
def _whole_bodies() -> tuple[str, ...]:
    return tuple(_words()["whole_bodies"])


def _goes_on(text: str, word: regex.Match[str], words: int) -> bool:
    name, mark = word["word"], (word["mark"] or "").strip()
    rest = text[word.start("word") : word.start("word") + 40]
    if mark == "(":
        return False
    if mark == ",":
        return bool(_FIELDS.match(rest))
    if name == "và":
        follow = text[word.end() : word.end() + 60].lstrip()
        return follow[:1].isupper() and not _heads().match(_bare(follow)) and not _BODY.match(follow)
    if name == "về":
        return words > 0 and text[word.end() :].lstrip()[:1].isupper() and "quốc gia" in text[word.start() - 12 : word.start() + 1]
    if name[0].isupper() and not (text[word.start("word") - 4 : word.start("word")].isupper() and _ends(rest.lower())):
        if _GOES_ON_ABOUT.match(rest):
            return False
        head = _heads().match(_bare(rest))
        return not (head and words and _DIGIT.match(rest[head.end() :]))
    return not _ends(rest.lower())


def _ends(rest: str) -> bool:
    """Whether `rest` opens with a word that goes on about the document."""
    return _issuer_stops().match(rest) is not None


@cache
def _issuer_stops() -> regex.Pattern[str]:
    return regex.compile(rf"(?:{'|'.join(map(regex.escape, _words()['issuer_ends']))})(?!\p{{L}})")


def _issuer_before(text: str, start: int) -> str | None:
    """ "hướng dẫn của Bộ Tài chính tại Thông tư số …": the body whose document it is."""
    before = text[max(0, start - 80) : start]
    found = _BEFORE.search(before)
    return None if found is None else found["body"]


def _share_issuers(text: str, found: Sequence[Cite]) -> list[Cite]:
    """ "Nghị định A, Nghị định B và Nghị định C của Chính phủ": the issuer holds for all, where only commas and "và" stand between."""
    out = list(found)
    for i in range(len(out) - 2, -1, -1):
        here, following = out[i], out[i + 1]
        same = here.issuer is None and following.issuer and here.doc_type == following.doc_type and here.end <= following.start
        if same and _BETWEEN.fullmatch(text[here.end : following.start]):
            out[i] = replace(here, issuer=following.issuer)
    return out


# ---- the relation ------------------------------------------------------------------------------------------------


@cache
def _triggers() -> regex.Pattern[str]:
    words = [(w, relation) for relation, ws in _words()["relations"].items() for w in ws]
    groups = "|".join(regex.escape(w).replace(r"\ ", r"\s+") for w, _ in sorted(words, key=lambda p: -len(p[0])))
    skip = "|".join(regex.escape(w).replace(r"\ ", r"\s+") for w in _words()["not_relations"])
    return regex.compile(rf"(?<!\w)(?:(?P<skip>{skip})|(?P<word>{groups}))(?!\w)")


@cache
def _relation_of() -> Mapping[str, str]:
    return {w: relation for relation, ws in _words()["relations"].items() for w in ws}


def _relate(text: str, cite: Cite, found: Sequence[Cite]) -> Cite:
    """`cite` with its relation: the nearest word before it in its clause, else that of the list it goes on with."""
    last = found[-1].end if found else 0
    before = text[max(last, cite.start - CLAUSE) : cite.start].lower()
    joined = _JOINED.search(before)
    if joined and found:
        model = _goes_on_with(text, before[: joined.start()], joined.group(), (*found[-NEAR:], cite))
        return replace(cite, relation=model.relation, trigger=model.trigger, inner=model.inner)
    if found and _from_next_body(text, last, cite.start):
        return replace(cite, relation=found[-1].relation, trigger=found[-1].trigger, inner=found[-1].inner)
    word = _governor(_clause_of(before)) or _changed_at(_clause_of(text[max(last, cite.start - FAR) : cite.start].lower()))
    inner = bool(found) and not _APART.search(text, last, cite.start)
    return replace(cite, relation=_relation_of()[word] if word else cite.relation, trigger=word, inner=inner)


_AND = regex.compile(r"\s*(?:[,;]\s*(?:và\s)?|và\s)\s*(?:của\s+)?")
_AT = regex.compile(r"\s+tại\s+(?:các\s+)?")


def _from_next_body(text: str, start: int, end: int) -> bool:
    """Whether only the next body of a series stands between: "của Bộ A tại Công văn …, Bộ B tại Công văn …"."""
    join = _AND.match(text, start, end)
    bodies = read_bodies(text, join.end()) if join else None
    return bodies is not None and _AT.fullmatch(text, bodies.end, end) is not None


def _goes_on_with(text: str, between: str, join: str, row: Sequence[Cite]) -> Cite:
    """The mention whose list the last of `row` goes on with: one of its kind or right before it, else the last at the same depth."""
    *found, cite = row
    last = found[-1]
    if between.strip() == ")" and (opened := text.rfind("(", 0, last.start)) >= 0:
        return next((other for other in reversed(found) if other.end <= opened), last)
    beside = not between.strip() or (last.inner and last.doc_type == cite.doc_type)
    return last if beside and not join.startswith(";") else _outer(found)


def _clause_of(before: str) -> str:
    before = _ASIDE.sub(lambda aside: " " * len(aside.group()), before)
    return before if _COLON.search(before) else str(_CLAUSE.split(before)[-1])


def _hits(clause: str) -> list[tuple[str, int]]:
    """The words of a relation in a clause, and where each ends."""
    return [(" ".join(m["word"].split()), m.end()) for m in _triggers().finditer(clause) if m["word"]]


def _governor(clause: str) -> str | None:
    """The word that relates what a clause leads up to.

    "tại" only says where: in "thực hiện các nhiệm vụ được giao tại …" the verb decides, "phạm vi quy định tại …" relates nothing.
    """
    place = _place(clause)
    hits = _hits(clause if place is None else clause[: place.start()])
    if not hits:
        return None
    word, end = hits[-1]
    if place is None or not (place["says"] or place["assigns"]):
        return word
    between = clause[end : place.start()]
    reaches = word in _words()["far_reaching"] or _relation_of()[word] in CHANGES or (place["assigns"] and not _FROM.search(between))
    return word if reaches or _only_opens(between) else None


def _place(clause: str) -> regex.Match[str] | None:
    """ "quy định tại khoản 1 …" at the end of a clause."""
    if "tại " not in clause and "trong " not in clause:
        return None
    return _regexes()["found_at"].search(clause, timeout=time_limit(len(clause)))


def _only_opens(words: str) -> bool:
    """Whether words merely open an object: "thực hiện *nghiêm các* quy định"."""
    rest = words.strip()
    for opener in sorted(_words()["object_openers"], key=len, reverse=True):
        rest = rest.replace(opener, "")
    return not rest.strip()


def _changed_at(clause: str) -> str | None:
    """The verb, at any distance, by which what is found at a place of a document is changed: "bãi bỏ các quy định … tại …"."""
    place = _place(clause)
    words = [word for word, _ in _hits(clause[: place.start()])] if place else []
    return words[-1] if words and _relation_of()[words[-1]] in CHANGES else None


def _outer(found: Sequence[Cite]) -> Cite:
    """The last mention that is not the object of another ("Nghị định A sửa đổi Nghị định B": A)."""
    outer = (cite for cite in reversed(found) if not cite.inner and cite.relation not in CHANGES)
    return next(outer, None) or next((cite for cite in reversed(found) if cite.relation not in CHANGES), found[-1])


# ---- letters without marks ---------------------------------------------------------------------------------------


@cache
def _plain() -> dict[int, str]:
    letters = {c for c in map(chr, range(0xC0, 0x1EFA)) if c.isalpha()}
    out = {ord(c): unicodedata.normalize("NFD", c)[0].lower() for c in letters}
    return out | {ord("đ"): "d", ord("Đ"): "d", ord("Ð"): "d"}


def _bare(text: str) -> str:
    """Small letters without diacritics, one for one."""
    return text.translate(_plain()).lower()
