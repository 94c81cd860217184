"""Lists of public bodies told apart by grammar: kinds in a row are a group, names may hold commas, heads are shared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal

from extractor.patterns import table
from extractor.values.folding import level, squeeze
from extractor.values.names import LONGEST, NOTE, Words, capital_at, field_at, matches, one_of, phrases, whole_fields, word


@dataclass(frozen=True, slots=True)
class Agency:
    """A body or group of bodies: code points `[start, end)` of the text given, `text` as printed, `name` spelt out.

    They differ where a list shares a head: "Tài chính" in "các sở: Tư pháp, Tài chính" has the name "Sở Tài chính".
    """

    start: int
    end: int
    text: str
    name: str
    is_group: bool


def split_agencies(text: str) -> list[Agency]:
    """The bodies a list names, in order: one each, a row of kinds ("Sở, ban, ngành") as one group; `[]` for a dash.

    `text` is a list of bodies (a cell, or the words between "phối hợp với" and the verb), not running prose. A cell
    that only points elsewhere ("Theo phân công tại Quyết định số …") names nobody.
    """
    return list(_split(text[:LONGEST]))


@lru_cache(maxsize=8192)
def _split(text: str) -> tuple[Agency, ...]:
    words = Words(text, level(text))
    if not any(c.isalpha() for c in text) or squeeze(words.level).lstrip("-+ ").startswith(phrases("referring")):
        return ()
    found = [agency for start, end in items(words) for agency in _row(words, start, end)]
    return tuple(agency for agency in found if agency.name)


# ---- items and segments ----------------------------------------------------------------------------------------

_HARD = re.compile(r";|\n\s*[-+•*–]\s|\||\s\+\s|(?:^|(?<=\s))\d{1,2}[.)]\s")
BULLET = re.compile(r"(?:^|(?<=\s))[-–+•]\s+(?=\w)")
_SOFT = re.compile(r",|\n|\s/\s|\s[-–]\s(?=(?:Sở|Phòng|Ban|Bộ|Cục|UBND)\b)|/(?=\s?(?:Sở|UBND|Phòng|Ban|Bộ)\b)|(?<!\w)(?:và|&|cùng với|cùng)(?!\w)")


def items(words: Words) -> Iterator[tuple[int, int]]:
    """The parts of a list between marks that always separate: semicolons, bullets."""
    text = words.printed
    cuts = [match.span() for match in _HARD.finditer(text)]
    if re.match(r"\s*[-–+•]\s*\w", text):
        cuts += [m.span() for m in BULLET.finditer(text) if text[m.end()].isupper() or matches("openers", words.level, m.end(), len(text))]
    start = 0
    for cut, after in sorted(cuts):
        if cut >= start:
            yield start, cut
            start = after
    yield start, len(text)


@dataclass(frozen=True, slots=True)
class _Segment:
    """Words between two soft separators; `joint` is the separator before them (",", "và", newline)."""

    start: int
    end: int
    joint: str = ""


def _segments(words: Words, start: int, end: int) -> list[_Segment]:
    cuts = list(_SOFT.finditer(words.printed, start, end))
    shut = whole_fields(words.level, start, end) + [match.span() for match in NOTE.finditer(words.printed, start, end)] if cuts else []
    segments, at, joint = [], start, ""
    for match in cuts:
        if any(a < match.start() < b for a, b in shut) or (match[0][1:2] in "-–" and len(match[0]) == 3 and not _twins(words, at, match.end())):
            continue
        segments.append(_trimmed(words.printed, (at, match.start()), joint))
        at, joint = match.end(), match[0] if match[0] in ",\n" else "và"
    segments.append(_trimmed(words.printed, (at, end), joint))
    return [segment for segment in segments if segment.start < segment.end]


def _twins(words: Words, at: int, after: int) -> bool:
    """Whether a dash stands between two bodies of one kind ("Sở A - Sở B"); else the second is the first one's superior."""
    return words.squeezed(at, after).split(" ")[0] == words.squeezed(after, after + 8).split(" ")[0]


def _trimmed(text: str, span: tuple[int, int], joint: str) -> _Segment:
    start, end = span
    while start < end and (text[start].isspace() or text[start] in "-–+•*.:,;_"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "-–*.:,;_/"):
        end -= 1
    return _Segment(start, end, joint)


# ---- what a segment begins with --------------------------------------------------------------------------------

Class = Literal["opener", "title", "named", "kind", "place", "territory", "field", "capital", "small"]


def _class(words: Words, segment: _Segment) -> Class:
    start, end = segment.start, segment.end
    plain: Class = "capital" if words.printed[start].isupper() or words.printed[start].isdecimal() else "small"
    if matches("other", words.level, start, end):
        return plain
    if matches("openers", words.level, start, end):
        return "opener"
    if matches("titles", words.level, start, end):
        return "title"
    if _is_named(words, start, end):
        return "named"
    if field_at(words.level, start, end) == end:
        return "field"
    for kind in ("territory", "places", "kinds"):
        if matches(kind, words.level, start, end):
            return _KINDS[kind]
    return plain


_KINDS: dict[str, Class] = {"territory": "territory", "places": "place", "kinds": "kind"}


def _is_named(words: Words, start: int, end: int) -> bool:
    """Whether a name of its own begins: a body that needs no more words, or a kind with a field or a capital behind it."""
    if matches("complete", words.level, start, end) and matches("kinds", words.level, start, end) != end:
        return True
    kind = matches("kinds", words.level, start, end)
    head = matches("named", words.level, start, end) or kind
    if kind and matches("places", words.level, min(kind + 1, end), end):
        return False  # "ngành Thành phố" in a row of kinds
    return bool(head) and (capital_at(words.printed, head, end) or bool(field_at(words.level, head, end)))


# ---- one row of bodies -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Body:
    """The body being read: its words, what it began with, what its last segment was, the head it lends to the next."""

    start: int
    end: int
    begin: Class
    last: Class
    head: str = ""  # "Sở" in "các sở: …" and in "Sở Tư pháp, Tài chính"
    shared: bool = False  # the head stands before the list, not in the words themselves
    shut: bool = False  # a verb has ended the name
    carried: str = ""  # the head of the list in which a body with a name of its own stands: it goes on behind it
    titled: bool = False  # the head is a title before a colon ("Giám đốc: Sở A, Sở B")


def _row(words: Words, start: int, end: int) -> list[Agency]:
    done: list[_Body] = []
    for segment in _segments(words, start, end):
        kind = _class(words, segment)
        body = done[-1] if done else None
        if body is not None and kind == "small" and matches("predicates", words.level, segment.start, segment.end):
            body.shut = True  # "…, tổng hợp, báo cáo": the cell goes on to say what the body does
        if body is not None and body.shut and kind in ("small", "field", "kind"):
            continue
        if body is not None and _goes_on(words, body, segment, kind):
            body.end, body.last = segment.end, kind
        else:
            done.append(_opened(words, segment, kind, body))
        _shut(words, done[-1])
    return _tailed([_agency(words, body) for body in done])


def _goes_on(words: Words, body: _Body, segment: _Segment, kind: Class) -> bool:
    """Whether `segment` belongs to the name or group that is being read."""
    so_far, after = words.squeezed(body.start, body.end), words.level[segment.start : segment.end]
    if any(so_far.endswith(left) and after.startswith(right) for left, right in _pairs()):
        return True
    if segment.joint == "\n":
        return _wrapped(so_far, kind)
    if kind in ("opener", "title", "named"):
        return False
    if kind == "place" and body.head and capital_at(words.printed, matches("places", words.level, segment.start, segment.end), segment.end):
        return False
    if kind in ("kind", "territory", "place"):
        return _same_row(so_far, body, kind)
    if kind == "field":
        return not (body.head or body.carried)
    return kind == "small" or _named_on(words, body, segment)


@cache
def _pairs() -> tuple[tuple[str, str], ...]:
    return tuple((level(left), level(right)) for left, right in table("agencies")["pairs"])


def _wrapped(so_far: str, kind: Class) -> bool:
    """Whether a new line goes on with the name: unless another body begins and this one is whole."""
    incomplete = word("named").fullmatch(so_far) or word("openers").fullmatch(so_far) or so_far.endswith((" và", " các", " của"))
    return bool(incomplete) or kind not in ("opener", "title", "named")


def _same_row(so_far: str, body: _Body, kind: Class) -> bool:
    """Whether a kind, a place or "địa phương" goes on with the row: "sở, ban, ngành"; "UBND các huyện, thành phố"."""
    if kind == "place":
        return not (body.head and body.shared) and (body.last in ("place", "territory") or bool(_tail("places").search(so_far)))
    open_row = bool(_tail("kinds").search(so_far))
    if kind == "territory":
        parts = re.split(r"(?<!\w)(?:các|những|toàn thể)\s+", so_far)
        first = word("kinds").match(parts[-1]) if body.begin != "named" or len(parts) > 1 else None
        return open_row and first is not None and first[0] in phrases("territory_with")
    return open_row


@cache
def _tail(name: str) -> re.Pattern[str]:
    """A row that ends in a bare kind or place, without a word on whose it is."""
    return re.compile(rf"(?:^|[\s,/])(?:{one_of(phrases(name))})$")


_LAST = re.compile(r"\s*và\s+(?!các\b|ubnd|ủy ban|sở\b|phòng\b|công an|văn phòng)")


def _named_on(words: Words, body: _Body, segment: _Segment) -> bool:
    """Whether capital words after a separator go on with a name ("Trung tâm Văn hóa, Thể thao và Truyền thanh")."""
    if body.shared or body.begin != "named":
        return False
    if segment.joint == "và":
        return not words.printed[segment.start : segment.end].isupper()
    return words.printed[body.start].isupper() and _LAST.match(words.level, segment.end) is not None


# ---- heads that are shared -------------------------------------------------------------------------------------


def _opened(words: Words, segment: _Segment, kind: Class, before: _Body | None) -> _Body:
    """A new body; a list that shares a head lends it ("các sở: Tư pháp, Tài chính"; "Sở Tư pháp, Tài chính"; "Giám đốc: Sở A, Sở B")."""
    start, end = segment.start, segment.end
    plural = _plural(words, start, end)
    if plural is not None:
        head, at = plural
        return _Body(at, end, "field", "field", head, shared=True)
    titled = _TITLED.match(words.level, start, end) if kind == "title" else None
    if titled is not None and _is_named(words, titled.end(), end):
        return _Body(titled.end(), end, "named", "named", words.name(start, titled.end("title")), shared=True, titled=True)
    if before is not None and kind == "named" and before.titled:
        return _Body(start, end, kind, kind, before.head, shared=True, titled=True)
    lender = (before.head or before.carried) if before is not None else ""
    if lender and (kind == "field" or (before and before.head and kind in ("capital", "place")) or _is_headed(words, segment, lender)):
        return _Body(start, end, kind, kind, lender, shared=True)
    carried = lender if before is not None and (before.shared or before.carried) and kind == "named" else ""
    return _Body(start, end, kind, kind, _lent(words, start, end) if kind in ("named", "title") else "", carried=carried)


_TITLED = re.compile(r"(?P<title>[^\W\d_]+(?: [^\W\d_]+){0,3})\s*:\s*(?=\w)")


def _is_headed(words: Words, segment: _Segment, head: str) -> bool:
    """Whether a name that may stand alone takes the head of its list: "Công an" among ministries."""
    return f"{level(head).split()[-1]} {words.squeezed(segment.start, segment.end)}" in phrases("headed")


def _lent(words: Words, start: int, end: int) -> str:
    """ "Sở" of "Sở Tư pháp", "UBND" of "UBND huyện Tân Kỳ": the head that fields or places after it may share."""
    head = matches("named", words.level, start, end)
    if head and field_at(words.level, head, end) == end:
        return words.name(start, head)
    head = matches("local", words.level, start, end)
    place = matches("places", words.level, min(head + 1, end), end) if head else 0
    return words.name(start, head) if place and capital_at(words.printed, place, end) else ""


_PLURAL = re.compile(
    r"(?:(?P<before>[\w ]{0,40}?)\s*)?(?<!\w)các\s+"
    r"(?P<noun>sở|bộ|phòng|ban|cục|chi cục|vụ|huyện|xã|phường|quận|thị xã|thành phố|thị trấn|tỉnh|trường|đặc khu)(?P<colon>\s*:)?\s+"
)


def _plural(words: Words, start: int, end: int) -> tuple[str, int] | None:
    """The head a plural lends ("Sở" of "các sở: …", "UBND xã" of "UBND các xã: …") and where the first name stands."""
    match = _PLURAL.match(words.level, start, end)
    if match is None or match.end() >= end:
        return None
    capital, known = words.printed[match.end()].isupper(), field_at(words.level, match.end(), end)
    if not (known and (capital or match["colon"])) and not (capital and (match["colon"] or match["before"])):
        return None
    before = words.name(match.start("before"), match.end("before")) if match["before"] else ""
    noun = words.name(match.start("noun"), match.end("noun"))
    return (f"{before} {noun}" if before else noun[0].upper() + noun[1:]), match.end()


def _tailed(found: list[Agency]) -> list[Agency]:
    """Bodies with the tail they share with the next spelt out: "HĐND và UBND tỉnh"."""
    for index, (one, following) in enumerate(pairwise(found)):
        head = word("local").match(level(following.name))
        if head and squeeze(level(one.name)) in phrases("tails") and following.name[head.end() :].strip():
            found[index] = replace(one, name=f"{one.name} {following.name[head.end() :].strip()}")
    return found


# ---- where a name ends -----------------------------------------------------------------------------------------


def _shut(words: Words, body: _Body) -> None:
    """Cut a name where the cell goes on to say what the body does ("Sở Nội vụ tổng hợp, báo cáo")."""
    for start in _verbs(words, body.start, body.end):
        head = words.level[body.start : start].rstrip(" ,")
        if head and not (body.begin in ("named", "title") and word("named").fullmatch(head)):
            body.end, body.shut = body.start + len(head), True
            return


def _verbs(words: Words, start: int, end: int) -> Iterator[int]:
    """Where small-letter verbs stand that may end a name; those a kind of body takes ("cơ quan chủ trì") left out."""
    for match in _predicates().finditer(words.level, start, end):
        head = words.level[start : match.start()].rstrip()
        if words.printed[match.start()].islower() and head and not _tail("kept_before").search(head):
            yield match.start()


@cache
def _predicates() -> re.Pattern[str]:
    return re.compile(rf"(?<=\s)(?:{one_of(phrases('predicates'))})(?!\w)")


def _agency(words: Words, body: _Body) -> Agency:
    printed = words.name(body.start, body.end)
    plain = squeeze(NOTE.sub(" ", printed)).strip(" .,;:*_-–")
    name = f"{body.head} {plain}" if body.shared and plain else plain
    return Agency(body.start, body.end, printed, name, not body.shared and _is_group(name, body.begin))


@cache
def _plurals() -> re.Pattern[str]:
    places = one_of(phrases("places"))
    return re.compile(rf"(?<!\w)(?:(?:các|những|cấp (?:huyện|xã|tỉnh|sở))(?!\w)|(?:{places})\s*,\s*(?:{places})(?!\w))")


def _is_group(name: str, begin: Class) -> bool:
    """Whether a name stands for several: it says so, or is a kind or a row of kinds that no capital word singles out."""
    single = any(word[0].isupper() for word in name.split()[1:]) and "," not in name
    return begin in ("opener", "territory") or (begin == "kind" and not single) or _plurals().search(level(name)) is not None


def is_agency(text: str) -> bool:
    """Whether `text` is the name of one body or group and nothing else: it begins like one and holds no verb of its own."""
    printed = text.strip()
    if not 1 < len(printed) <= 200 or re.search(r"[.:;?!]\s|\d{3}", printed):
        return False
    words = Words(printed, level(printed))
    kind = _class(words, _Segment(0, len(printed)))
    if kind == "opener":
        inner = matches("openers", words.level, 0, len(printed)) + 1
        kind = _class(words, _Segment(inner, len(printed))) if inner < len(printed) else "small"
        return kind in ("named", "kind", "territory", "place")
    return kind in ("named", "kind", "territory", "title") and not any(True for _ in _verbs(words, 0, len(printed)))
