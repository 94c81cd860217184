"""Public bodies in a text that lists them: told apart, spelt out, brought to one form. What names are made of is data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from extractor.patterns import table
from extractor.values.folding import bare, level, squeeze

Role = Literal["lead", "support"]
LONGEST = 2_000  # code points of a list of bodies that are looked at


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

    `text` is a list of bodies (a cell, or the words between "phối hợp với" and the verb), not running prose.
    """
    text = text[:LONGEST]
    levelled = level(text)
    if not any(c.isalpha() for c in levelled) or _refers(levelled):
        return []
    found = [agency for start, end in _items(text, levelled) for agency in _row(text, levelled, start, end)]
    return [agency for agency in found if agency.name]


def _refers(levelled: str) -> bool:
    return squeeze(levelled).lstrip("-+ ").startswith(tuple(table("agencies")["referring"][:]))


# ---- words -----------------------------------------------------------------------------------------------------


def _one_of(phrases: Iterable[str]) -> str:
    """A regex for any of the phrases, the longest first, blanks and dashes as loose as print has them."""
    words = sorted({squeeze(level(p)) for p in phrases}, key=lambda p: (-len(p), p))
    return "|".join(re.escape(w).replace(r"\ \-\ ", r"\s*-\s*").replace(r",\ ", r"\s*,\s*").replace(r"\ ", r"\s+") for w in words)


@cache
def _word(name: str) -> re.Pattern[str]:
    """A phrase of the list `name` of `agencies.toml`, as whole words."""
    return re.compile(rf"(?:{_one_of(table('agencies')[name])})(?![\w&])")


@cache
def _whole_fields() -> re.Pattern[str]:
    """Fields that hold a separator: never taken apart."""
    return re.compile(rf"(?<!\w)(?:{_one_of(f for f in table('agencies')['fields'] if re.search(r',| và |-', f))})(?!\w)")


def _matches(name: str, levelled: str, at: int, end: int) -> int:
    """Where a phrase of the list `name` that begins at `at` ends; 0 where none does."""
    match = _word(name).match(levelled, at, end)
    return match.end() if match else 0


# ---- items and segments ----------------------------------------------------------------------------------------

_HARD = re.compile(r";|\n\s*[-+•*–]\s|\|")
_BULLET = re.compile(r"(?:^|(?<=\s))[-–+•]\s+(?=\w)")
_SOFT = re.compile(r",|\n|\s/\s|/(?=\s?(?:Sở|UBND|Phòng|Ban|Bộ)\b)|(?<!\w)(?:và|&|cùng với|cùng)(?!\w)")
_NOTE = re.compile(r"\([^()]*\)")


def _items(text: str, levelled: str) -> Iterator[tuple[int, int]]:
    """The parts between marks that always separate: semicolons, bullets."""
    cuts = [(m.start(), m.end()) for m in _HARD.finditer(text)]
    if re.match(r"\s*[-–+•]\s*\w", text):
        cuts += [(m.start(), m.end()) for m in _BULLET.finditer(text) if text[m.end()].isupper() or _matches("openers", levelled, m.end(), len(text))]
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
    joint: str


def _segments(text: str, levelled: str, start: int, end: int) -> list[_Segment]:
    shut = [m.span() for m in _whole_fields().finditer(levelled, start, end)] + [m.span() for m in _NOTE.finditer(text, start, end)]
    segments, at, joint = [], start, ""
    for match in _SOFT.finditer(text, start, end):
        if any(a < match.start() < b for a, b in shut):
            continue
        segments.append(_Segment(at, match.start(), joint))
        at, joint = match.end(), "\n" if match[0] == "\n" else "," if match[0] == "," else "và"
    segments.append(_Segment(at, end, joint))
    trimmed = [_trimmed(text, segment) for segment in segments]
    return [segment for segment in trimmed if segment.start < segment.end]


def _trimmed(text: str, segment: _Segment) -> _Segment:
    start, end = segment.start, segment.end
    while start < end and (text[start].isspace() or text[start] in "-–+•*.:,;_"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "-–*.:,;_/"):
        end -= 1
    return replace(segment, start=start, end=end)


# ---- one row of bodies -----------------------------------------------------------------------------------------

Class = Literal["opener", "title", "named", "kind", "place", "territory", "field", "capital", "small"]


def _class(text: str, levelled: str, segment: _Segment) -> Class:
    """What a segment begins with."""
    start, end = segment.start, segment.end
    if _matches("openers", levelled, start, end):
        return "opener"
    if _matches("titles", levelled, start, end):
        return "title"
    if _matches("complete", levelled, start, end) and not _bare_kind(levelled, start, end):
        return "named"
    head = _matches("named", levelled, start, end) or _matches("kinds", levelled, start, end)
    if head and (_capital(text, head, end) or _field_at(levelled, head, end)) and not _qualified(levelled, head, end):
        return "named"
    if _field_at(levelled, start, end) == end:
        return "field"
    if _matches("territory", levelled, start, end):
        return "territory"
    if _matches("places", levelled, start, end):
        return "place"
    if _matches("kinds", levelled, start, end):
        return "kind"
    return "capital" if text[start].isupper() or text[start].isdecimal() else "small"


def _bare_kind(levelled: str, start: int, end: int) -> bool:
    return _matches("kinds", levelled, start, end) == end


def _capital(text: str, at: int, end: int) -> bool:
    while at < end and text[at].isspace():
        at += 1
    return at < end and text[at].isupper()


def _qualified(levelled: str, at: int, end: int) -> bool:
    """Whether what follows a kind says only whose it is ("Ban ngành", "ngành UBND")."""
    return bool(re.match(r"\s+(?:có liên quan|liên quan)\b", levelled[at:end]))


def _field_at(levelled: str, at: int, end: int) -> int:
    """Where a known field that begins at `at` (after blanks) ends; 0 where none does."""
    while at < end and levelled[at].isspace():
        at += 1
    return _matches("fields", levelled, at, end)


@dataclass(slots=True)
class _Open:
    """The body being read: its words, what it began with, and the head it lends to those after it."""

    start: int
    end: int
    begin: Class
    last: Class
    head: str = ""  # "Sở" in "các sở: …" or "Sở Tư pháp, Tài chính"
    shared: bool = False  # the head stands before the list, not in the words themselves
    shut: bool = False  # a predicate has ended the name


def _row(text: str, levelled: str, start: int, end: int) -> list[Agency]:
    done: list[_Open] = []
    for segment in _segments(text, levelled, start, end):
        kind = _class(text, levelled, segment)
        if done and done[-1].shut and kind in ("small", "field", "kind"):
            continue
        if done and _goes_on(text, levelled, done[-1], segment, kind):
            done[-1].end, done[-1].last = segment.end, kind
        else:
            done.append(_opened(text, levelled, segment, kind, done[-1] if done else None))
        _shut(text, levelled, done[-1])
    return [_agency(text, levelled, body) for body in done]


def _goes_on(text: str, levelled: str, body: _Open, segment: _Segment, kind: Class) -> bool:
    """Whether `segment` belongs to the name or group that is being read."""
    so_far, after = squeeze(levelled[body.start : body.end]), levelled[segment.start : segment.end]
    if any(so_far.endswith(left) and after.startswith(right) for left, right in table("agencies")["pairs"]) and segment.joint != ";":
        return segment.joint != "\n" or body.end - body.start < 30
    if segment.joint == "\n":
        return _wrapped(levelled, body, kind)
    if kind in ("opener", "title"):
        return False
    if kind == "named":
        return False
    if kind in ("kind", "territory", "place"):
        return _same_row(levelled, body, kind)
    if kind == "field":
        return not _lends(body)
    if kind == "capital":
        return _named_on(text, levelled, body, segment)
    return True


def _wrapped(levelled: str, body: _Open, kind: Class) -> bool:
    """Whether a new line only goes on with the name: it does unless another body begins and this one is whole."""
    words = levelled[body.start : body.end]
    incomplete = _word("named").fullmatch(words) or words.endswith((" và", " các", " của", " nhân dân các")) or _word("openers").fullmatch(words)
    return bool(incomplete) or kind not in ("opener", "title", "named")


def _lends(body: _Open) -> bool:
    return bool(body.head)


def _same_row(levelled: str, body: _Open, kind: Class) -> bool:
    words = levelled[body.start : body.end]
    if body.head and kind == "place":
        return not body.shared
    if kind == "place":
        return body.last in ("place", "territory") or bool(re.search(rf"(?:{_one_of(table('agencies')['places'])})$", words)) or _holds_places(words)
    ended = _ends_in_kind(words)
    if kind == "territory":
        first = _word("kinds").match(_unopened(words))
        return ended and first is not None and first[0] in table("agencies")["territory_with"]
    return ended


def _unopened(words: str) -> str:
    match = _word("openers").match(words)
    return words[match.end() :].lstrip() if match else words


def _holds_places(words: str) -> bool:
    return bool(re.search(r"(?:ủy ban nhân dân|ubnd|hđnd|công an|trường|đài truyền thanh|trạm y tế)\s+(?:các\s+)?\w+$", words)) and words.endswith(("huyện", "xã", "phường"))


def _ends_in_kind(words: str) -> bool:
    """Whether the row read so far is still open: it ends in a kind of body, without a word on whose it is."""
    return bool(_tail().search(words))


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s,/]|\bvà\s)(?:{_one_of(table('agencies')['kinds'])})$")


def _named_on(text: str, levelled: str, body: _Open, segment: _Segment) -> bool:
    """Whether capital words after a separator go on with a name ("Trung tâm Văn hóa, Thể thao và Truyền thanh")."""
    if body.shared:
        return False
    if segment.joint == "và":
        return body.begin == "named" and not text[segment.start : segment.end].isupper()
    if body.begin in ("kind", "opener") and body.last == "kind":
        return False
    rest = levelled[segment.end : segment.end + 40]
    return body.begin == "named" and bool(re.match(r"\s*và\s+(?!các\b|ubnd|ủy ban|sở\b|phòng\b|công an|văn phòng)", rest)) and text[body.start].isupper()


def _opened(text: str, levelled: str, segment: _Segment, kind: Class, before: _Open | None) -> _Open:
    """A new body; a list that shares a head lends it ("các sở: Tư pháp, Tài chính"; "Sở Tư pháp, Tài chính")."""
    start, end = segment.start, segment.end
    shared = _shared_head(text, levelled, start, end)
    if shared is not None:
        head, at = shared
        return _Open(at, end, "field", "field", head, shared=True)
    if before is not None and before.head and kind in ("field", "capital", "place"):
        return _Open(start, end, kind, kind, before.head, shared=True)
    head_end = _matches("named", levelled, start, end) if kind == "named" else 0
    field_end = _field_at(levelled, head_end, end) if head_end else 0
    head = squeeze(text[start:head_end]) if field_end and field_end == end else ""
    return _Open(start, end, kind, kind, head)


_PLURAL = re.compile(r"(?:(?P<before>[\w ]{0,40}?)\s*)?(?<!\w)các\s+(?P<noun>sở|bộ|phòng|ban|cục|chi cục|vụ|huyện|xã|phường|quận|thị xã|thành phố|thị trấn|tỉnh|trường|đặc khu)(?P<colon>\s*:)?\s+")


def _shared_head(text: str, levelled: str, start: int, end: int) -> tuple[str, int] | None:
    """The head a plural lends ("Sở" of "các sở: …", "UBND xã" of "UBND các xã: …") and where the first name stands."""
    match = _PLURAL.match(levelled, start, end)
    if match is None or match.end() >= end:
        return None
    known = _field_at(levelled, match.end(), end)
    if not known and not (match["colon"] and text[match.end()].isupper()) and not (match["before"] and text[match.end()].isupper()):
        return None
    before = squeeze(text[match.start("before") : match.end("before")]) if match["before"] else ""
    noun = squeeze(text[match.start("noun") : match.end("noun")]).lower()
    return (f"{before} {noun}" if before else noun[0].upper() + noun[1:]), match.end()


def _shut(text: str, levelled: str, body: _Open) -> None:
    """Cut a name where the cell goes on to say what the body does."""
    words = levelled[body.start : body.end]
    for match in _predicates().finditer(words):
        head = words[: match.start()].rstrip()
        if not text[body.start + match.start()].islower() or not head or _kept().search(head):
            continue
        if body.begin in ("opener", "kind", "place", "territory") and match[1] not in ("thực hiện", "phối hợp", "chủ trì", "chịu trách nhiệm", "chủ động", "căn cứ"):
            continue
        if body.begin in ("named", "title") and _word("named").fullmatch(head):
            continue
        body.end = body.start + len(head.rstrip(" ,"))
        body.shut = True
        return


@cache
def _predicates() -> re.Pattern[str]:
    return re.compile(rf"(?<=\s)({_one_of(table('agencies')['predicates'])})(?!\w)")


@cache
def _kept() -> re.Pattern[str]:
    return re.compile(rf"(?:^|\s)(?:{_one_of(table('agencies')['kept_before'])})$")


def _agency(text: str, levelled: str, body: _Open) -> Agency:
    printed = squeeze(text[body.start : body.end])
    plain = squeeze(_NOTE.sub(" ", printed)).strip(" .,;:*_-–")
    name = f"{body.head} {plain}" if body.shared and plain else plain
    return Agency(body.start, body.end, printed, name, not body.shared and _is_group(level(name), body.begin))


def _is_group(name: str, begin: Class) -> bool:
    if begin in ("opener", "territory") or re.search(r"(?<!\w)(?:các|những|cấp (?:huyện|xã|tỉnh|sở))(?!\w)", name):
        return True
    if begin == "kind":
        return True
    return bool(re.search(rf"(?:{_one_of(table('agencies')['places'])})\s*,\s*(?:{_one_of(table('agencies')['places'])})(?!\w)", name))


# ---- roles -----------------------------------------------------------------------------------------------------


@cache
def _labels() -> re.Pattern[str]:
    roles = table("agencies")["roles"]
    return re.compile(rf"(?<!\w)(?:(?P<lead>{_one_of(roles['lead'])})|(?P<support>{_one_of(roles['support'])}))\s*[*_]*:[*_]*")


_BOTH = re.compile(r"(?<!\w)chủ trì,?\s*(?:và\s+)?phối hợp(?:\s+(?:với|cùng))?(?!\w)|(?<!\w)(?:chủ trì,?\s*)?phối hợp\s+(?:với|cùng)(?!\w)")
_TAGGED = re.compile(r"\(\s*(?:cơ quan\s+|đơn vị\s+)?(?P<role>chủ trì|phối hợp)\s*\)")


def split_roles(text: str, default: Literal["lead", "support", "lead_support"] = "lead") -> list[tuple[Role, Agency]]:
    """The bodies of a cell with the part each plays: by labels inside the cell, else `default` (the column's role).

    `lead_support` is a merged head ("Cơ quan chủ trì/ phối hợp"): the first part leads, the rest supports.
    """
    text = text[:LONGEST]
    levelled = level(text)
    marks = list(_labels().finditer(levelled))
    if marks:
        return _labelled(text, levelled, marks, default)
    both = _BOTH.search(levelled)
    if both is not None and both.start() > 0:
        return _placed(text, 0, both.start(), "lead") + _placed(text, both.end(), len(text), "support")
    if _TAGGED.search(levelled):
        return _tagged(text, levelled, default)
    if default == "lead_support":
        return _first_leads(text, levelled)
    return _placed(text, 0, len(text), default)


def _labelled(text: str, levelled: str, marks: Sequence[re.Match[str]], default: str) -> list[tuple[Role, Agency]]:
    found = _placed(text, 0, _before(text, marks[0].start()), "support" if default == "support" else "lead")
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        end = _before(text, following.start()) if following else len(text)
        role: Role = "lead" if mark["lead"] else "support"
        items = [(a, b) for a, b in _bulleted(text, levelled, mark.end(), end) if text[a:b].strip()]
        for index, (a, b) in enumerate(items):
            found += _placed(text, a, b, role if index == 0 else "support")
    return found


def _bulleted(text: str, levelled: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The items after a label: the first is its own, those behind further bullets have no label."""
    for match in _BULLET.finditer(text, start, end):
        if match.start() > start and (text[match.end()].isupper() and _class(text, levelled, _Segment(match.end(), end, "")) in ("opener", "title", "named")):
            inner = squeeze(levelled[start : match.start()])
            if _field_at(levelled, match.end(), end) == 0 and inner:
                yield start, match.start()
                start = match.end()
    yield start, end


def _before(text: str, at: int) -> int:
    """The end of what stands before a label: without the bullet that opens it."""
    return len(text[:at].rstrip().rstrip("-–+•*_").rstrip())


def _placed(text: str, start: int, end: int, role: Role | str) -> list[tuple[Role, Agency]]:
    part: Role = "support" if role == "support" else "lead"
    found = split_agencies(text[start:end]) if start < end else []
    return [(part, replace(agency, start=agency.start + start, end=agency.end + start)) for agency in found]


def _tagged(text: str, levelled: str, default: str) -> list[tuple[Role, Agency]]:
    """ "Sở Nội vụ (chủ trì); Sở Tài chính (phối hợp)": a tag holds for the bodies between the last tag and itself."""
    found, start = [], 0
    for mark in _TAGGED.finditer(levelled):
        found += _placed(text, start, mark.start(), "lead" if mark["role"] == "chủ trì" else "support")
        start = mark.end()
    return found + _placed(text, start, len(text), "support" if found else default)


def _first_leads(text: str, levelled: str) -> list[tuple[Role, Agency]]:
    first = next(((a, b) for a, b in _items(text, levelled) if text[a:b].strip()), (0, len(text)))
    if first[1] < len(text.rstrip(" ;.")):
        return _placed(text, first[0], first[1], "lead") + _placed(text, first[1], len(text), "support")
    found = _placed(text, 0, len(text), "lead")
    return [(("lead" if index == 0 else "support"), agency) for index, (_, agency) in enumerate(found)]


# ---- one form --------------------------------------------------------------------------------------------------


@cache
def _spelt() -> tuple[re.Pattern[str], dict[str, str]]:
    words = {squeeze(level(k)): v for k, v in table("agencies")["abbreviations"].items()}
    return re.compile(rf"(?<![\w&])(?:{_one_of(words)})(?![\w&])"), words


@cache
def _accented() -> tuple[re.Pattern[str], dict[str, str]]:
    """Phrases without diacritics and what they stand for, where only one does."""
    lists = table("agencies")
    phrases = [squeeze(level(p)) for name in ("fields", "complete", "named", "kinds", "places") for p in lists[name]] + list(lists["abbreviations"].values())
    plain: dict[str, str] = {}
    for phrase in phrases:
        if len(phrase) > 3:
            plain.setdefault(bare(phrase), phrase)
    return re.compile(rf"(?<!\w)(?:{_one_of(plain)})(?!\w)"), plain


def normal_agency(name: str) -> str:
    """`name` in the form that equal bodies share: lower case, abbreviations spelt out, no "các", no notes in brackets.

    `UBND tỉnh`, `Uỷ ban nhân dân tỉnh` and `Uy ban nhan dan tinh` are equal.
    """
    plain = squeeze(_NOTE.sub(" ", level(name[:LONGEST]))).strip(" .,;:-*_")
    if plain.isascii():
        pattern, words = _accented()
        plain = pattern.sub(lambda m: words.get(squeeze(m[0]), m[0]), plain)
    pattern, words = _spelt()
    plain = pattern.sub(lambda m: words.get(squeeze(m[0]), m[0]), plain).replace("&", " và ")
    plain = re.sub(r"\s*-\s*", " - ", re.sub(r"\s*,\s*", ", ", plain)).replace(".", " ")
    match = _word("openers").match(plain)
    return squeeze(plain[match.end() :] if match and match.end() < len(plain) else plain)


def is_agency(text: str) -> bool:
    """Whether `text` is the name of one body or group and nothing else: it begins like one and holds no verb of its own."""
    if not 1 < len(text) <= 200:
        return False
    levelled, printed = level(text), text.strip()
    start = len(text) - len(text.lstrip())
    end = start + len(printed)
    kind = _class(text, levelled, _Segment(start, end, ""))
    if kind == "opener":
        inner = _matches("openers", levelled, start, end)
        kind = _class(text, levelled, _Segment(min(inner + 1, end - 1), end, ""))
    if kind not in ("named", "kind", "territory", "title", "place") or (kind == "place" and not _matches("openers", levelled, start, end)):
        return False
    return not re.search(r"[.:;?!]\s|\d{3}", printed) and not any(a[:1].islower() for a in _after_predicate(text, levelled))


def _after_predicate(text: str, levelled: str) -> list[str]:
    return [text[m.start() :] for m in _predicates().finditer(levelled) if not _kept().search(levelled[: m.start()].rstrip())]
