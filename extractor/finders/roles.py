"""What part bodies play in a sentence: who is told to act, who helps, and whether anything is ordered at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import regex

from extractor.finders.agencies import Bodies, is_field, is_verb, read_bodies, read_kinds, read_proper, tokens_of
from extractor.patterns import patterns, table, time_limit
from extractor.values.folding import level, squeeze

CLAUSE = 300  # code points of a clause before "phối hợp với"
LABEL = 60  # code points within which a label's colon stands


@dataclass(frozen=True, slots=True)
class Label:
    """A labelled line such as "Cơ quan chủ trì: Sở Nội vụ": its kind and where the value begins."""

    kind: str
    start: int


@dataclass(frozen=True, slots=True)
class Subject:
    """The bodies a sentence opens with: `bodies`, where the rest begins, and how they are addressed.

    `form`: "told" ("Giao …", "Đề nghị …"), "ordered" (the same with who orders: "UBND tỉnh giao …"),
    "headed" ("Sở Nội vụ: …", "Trách nhiệm của …"), "plain" ("Sở Nội vụ tổ chức …").
    """

    bodies: Bodies
    rest: int
    form: str


@cache
def _labels() -> dict[str, str]:
    return {squeeze(level(phrase)): kind for kind, phrases in table("roles")["labels"].items() for phrase in phrases}


def read_label(text: str) -> Label | None:
    """The label a line begins with, or None. Bullets and brackets before it do not count."""
    colon = text.find(":", 0, LABEL)
    if colon < 0:
        return None
    kind = _labels().get(squeeze(level(text[:colon])).strip(" -+•*().…"))
    return None if kind is None else Label(kind, colon + 1)


# ---- who ---------------------------------------------------------------------------------------------------------

_TOPIC = regex.compile(r"(?P<topic>[^:.;()]{3,110}):\s+(?=\S)")
_BRACKET = regex.compile(r"\s*\([^()]{0,300}\)")


@cache
def _patterns() -> Mapping[str, regex.Pattern[str]]:
    return {p.id: p.regex for p in patterns("roles")}


def turn(name: str, plain: str, start: int = 0) -> regex.Match[str] | None:
    """Where the pattern `name` of `roles.toml` is found in a levelled text, or None."""
    return _patterns()[name].search(plain, start, timeout=time_limit(len(plain) - start))


def read_subject(text: str, levelled: str | None = None) -> Subject | None:
    """The bodies that a sentence or heading opens with, or None; `levelled`: the whole text, where that is known."""
    if text.isupper():
        return None
    plain = level(text[:400]) if levelled is None else levelled[:400]
    start, form = _opener(plain)
    bodies = read_bodies(text, start, levelled) or _after_opener(text, plain, start, form)
    if bodies is None:
        return None
    bodies = _listed(text, plain, bodies)
    end = bodies.end
    bracket = _BRACKET.match(text, end)
    end = bracket.end() if bracket else end
    duty = _patterns()["duty_colon"].match(plain, min(end, len(plain)))
    if duty:
        return Subject(bodies, duty.end(), "headed" if form == "plain" else form)
    others = _ordered_by(text, plain, end) if form == "plain" else None
    if others is not None:
        return Subject(others, others.end, "ordered")
    return Subject(bodies, end, form if form != "plain" or text[end:].strip(" .;/") else "headed")


def _ordered_by(text: str, plain: str, end: int) -> Bodies | None:
    """ "Sở Nội vụ đề nghị các đơn vị …": those whom the subject asks to act; not those who are asked to consider or approve."""
    asked = _patterns()["asks"].match(plain, end, timeout=time_limit(len(plain) - end)) if end < len(plain) else None
    if asked is None:
        return None
    bodies = read_bodies(text, asked.end())
    stop = plain.find(".", asked.end())
    stop = stop if stop > 0 else len(plain)
    considered = _patterns()["considered"].search(plain, asked.end(), stop, timeout=time_limit(stop - asked.end()))
    return None if bodies is None or considered else bodies


def _opener(plain: str) -> tuple[int, str]:
    """Where the bodies begin behind "Giao …", "Trách nhiệm của …", and what that makes of them."""
    told = _patterns()["told"].match(plain, timeout=time_limit(len(plain)))
    if told:
        return told.end(), "ordered" if told["authority"] else "told"
    honoured = _patterns()["honoured"].match(plain, timeout=time_limit(len(plain)))
    if honoured:
        return honoured.end(), "plain"
    headed = _patterns()["headed"].match(plain, timeout=time_limit(len(plain)))
    return (headed.end(), "headed") if headed else (0, "plain")


def read_heading(text: str, levelled: str | None = None) -> Subject | None:
    """The bodies that a heading names and nothing else, in words that no list need know: "Các doanh nghiệp viễn thông, công nghệ"."""
    subject = read_subject(text, levelled)
    rest = text[subject.rest :].rstrip(" :") if subject is not None else ""
    if subject is None or subject.form != "plain" or not rest or len(rest) > LABEL or _NO_NAME.search(rest):
        return subject
    tokens = tokens_of(rest)
    if any((is_verb(tokens, k) and not is_field(tokens, k)) or tokens.words[k] in _single() for k in range(len(tokens))):
        return subject
    end = subject.rest + len(rest)
    return Subject(Bodies(subject.bodies.start, end), end, "headed")


_NO_NAME = regex.compile(r"[.;)]$|^[(:]|\d")


def _after_opener(text: str, plain: str, start: int, form: str) -> Bodies | None:
    """ "Đề nghị: Hiệp hội …" and "giao sở Nội vụ" written small."""
    if form in ("told", "ordered"):
        return read_bodies(text[:start] + text[start : start + 1].upper() + text[start + 1 :], start)
    return None


def _listed(text: str, plain: str, bodies: Bodies) -> Bodies:
    """ "Các cơ quan chủ trì …, gồm: Văn phòng … và các sở: …": the bodies that are listed."""
    opener = _patterns()["listed"].match(plain, bodies.end, timeout=time_limit(len(plain) - bodies.end))
    if opener is not None and opener.end() < len(plain):
        return read_bodies(text, opener.end()) or bodies
    if text[bodies.end : bodies.end + 1] == ":" and plain.startswith(("các ", "những "), bodies.start):
        named = read_bodies(text, bodies.end + 1 + (text[bodies.end + 1 : bodies.end + 2] == " "))
        return named if named is not None and not text[named.end :].strip(" .:;") else bodies
    return bodies


_MARK = regex.compile(r"[,:;]\s")
_COMMA = regex.compile(r",\s+(?=\S)")


def skip_preamble(text: str, levelled: str) -> int | None:
    """Where the sentence begins behind an opening clause: "Căn cứ Kế hoạch này, các sở …"; None where it has none."""
    plain = levelled[:500]
    if not plain.lstrip("- ").startswith(_phrases("preambles")):
        return None
    for comma in _COMMA.finditer(plain):
        if read_subject(text[comma.end() :], levelled[comma.end() :]) is not None:
            return None if turn("sent_to", plain[: comma.start()]) else int(comma.end())
    return None


def read_topic(text: str) -> int | None:
    """Where the sentence begins behind a topic: "Về ban hành Kế hoạch: Các sở …" """
    topic = _TOPIC.match(text, timeout=time_limit(len(text)))
    return None if topic is None else topic.end()


# ---- who helps ---------------------------------------------------------------------------------------------------


def find_support(text: str, levelled: str | None = None) -> list[Bodies]:
    """The bodies after "phối hợp với" in a text (levelled, where that is known), in order."""
    plain = level(text) if levelled is None else levelled
    if "phối" not in plain and "cùng" not in plain:
        return []
    out: list[Bodies] = []
    for match in list(_patterns()["with"].finditer(plain, timeout=time_limit(len(plain)))):
        clause = _CLAUSE_START.split(plain[max(0, match.start() - CLAUSE) : match.start()])[-1]
        bodies = None if turn("causes", clause) else _helpers(text, match.end(), plain)
        if bodies is not None:
            out.append(bodies)
    return out


def _helpers(text: str, start: int, plain: str) -> Bodies | None:
    """Who is named behind "phối hợp với": bodies, proper names, or a kind alone ("địa phương")."""
    return read_bodies(text, start, plain) or read_proper(text, start) or read_kinds(text, start)


_CLAUSE_START = regex.compile(r"[.;:]\s")


# ---- whether anything is ordered ---------------------------------------------------------------------------------


@cache
def _phrases(name: str) -> tuple[str, ...]:
    return tuple(sorted((squeeze(level(p)) + (" " if p.endswith(" ") else "") for p in table("verbs")[name]), key=len, reverse=True))


@cache
def _single() -> frozenset[str]:
    return frozenset(_phrases("single"))


def opens_with_order(levelled: str) -> bool:
    """Whether a levelled sentence without subject begins with a verb of doing, adverbs and opening clauses left aside."""
    plain = squeeze(levelled[:600]).lstrip("-–+•*“\"' ")
    for _ in range(4):
        if _opens_with_verb(plain):
            return True
        cut = _skip(plain)
        if cut is None:
            return False
        plain = cut
    return False


def _opens_with_verb(plain: str) -> bool:
    tokens = tokens_of(plain[:60])
    if not tokens:
        return False
    return is_verb(tokens, 0) or (tokens.words[0] in _single() and len(tokens) > 1 and tokens.words[1][0].isalpha())


def _skip(plain: str) -> str | None:
    """What stands behind an adverb or an opening clause, or None where neither opens the sentence."""
    adverb = next((a for a in _phrases("adverbs") if plain.startswith(a + " ") or plain.startswith(a + ", ")), None)
    if adverb is not None:
        return plain[len(adverb) :].lstrip(" ,")
    if plain.startswith(_phrases("preambles")):
        comma = _MARK.search(plain)
        return None if comma is None or comma.start() > 400 else plain[comma.end() :].lstrip()
    return None


def orders(text: str, rest: int) -> bool:
    """Whether what follows a subject at `rest` tells it to act, and does not tell what it did or is."""
    plain = squeeze(level(text[rest : rest + 600])).lstrip(" ,:-–")
    if plain.startswith(tuple(t + " " for t in _phrases("tells"))):
        return False
    return bool(plain) and (opens_with_order(plain) or _has_early_verb(plain))


def _has_early_verb(plain: str) -> bool:
    """ "theo chức năng, nhiệm vụ được giao tổ chức triển khai": a verb of doing among the first words."""
    if not plain.startswith(_phrases("between")):
        return False
    tokens = tokens_of(plain[:240])
    return any(is_verb(tokens, k) for k in range(len(tokens)))


def enacts(text: str) -> bool:
    """Whether a sentence is what the document itself does: "Phê duyệt Kế hoạch …", "Ban hành kèm theo …"."""
    return squeeze(level(text[:60])).startswith(tuple(p + " " for p in _phrases("enacts")))


def opens_with_noun(text: str) -> bool:
    """Whether a list item begins with a noun or a preposition: it names something and orders nothing."""
    plain = squeeze(level(text[:60])).lstrip("-–+•*“\"' ")
    return not plain[:1].isalpha() or plain.startswith(tuple(p + " " for p in _phrases("nouns")))


def announces(text: str) -> str | None:
    """What a lead-in announces: "requirements" ("các yêu cầu sau:"), "tasks" ("cụ thể như sau:"), None where it is none."""
    return _announced(text[-200:])


@lru_cache(maxsize=4096)
def _announced(ending: str) -> str | None:
    plain = squeeze(level(ending))
    if not plain.endswith((":", "sau", "sau.")):
        return None
    return "requirements" if any(p in plain[-60:] for p in _phrases("requirements")) else "tasks"
