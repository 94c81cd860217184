"""Bodies named in running text, singly and in lists: where each list begins and how far it goes.

A name begins at a word for a kind of body ("Sở", "phòng Nội vụ", "các cơ quan") and goes on over fields and places;
it ends before a verb, a small word that belongs to the sentence, or a mark. What the single bodies in a list are
is told by `values.agencies`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from extractor.patterns import table
from extractor.values.folding import level, squeeze
from extractor.values.names import field_at

REACHES = (120, 360, 900)  # code points looked at: a little first, more where the list goes on to the end of them
AHEAD = 9  # tokens behind a list that decide where it ends
NEAR = 40  # code points that hold the first two syllables
HEAD = 7  # tokens that decide whether a name begins
TAIL = 6  # small syllables that may end a name no list knows


@dataclass(frozen=True, slots=True)
class Bodies:
    """A list of bodies in a text: code points `[start, end)`."""

    start: int
    end: int


class Tokens:
    """Syllables and marks of a stretch of text, in order: their levelled words and where each begins in the text.

    `plain` is the stretch levelled.
    """

    __slots__ = ("plain", "starts", "text", "words")

    def __init__(self, text: str, plain: str, words: tuple[str, ...], starts: list[int]) -> None:
        self.text, self.plain, self.words, self.starts = text, plain, words, starts

    def __len__(self) -> int:
        return len(self.words)

    def end(self, k: int) -> int:
        return self.starts[k] + len(self.words[k])

    def capital(self, k: int) -> bool:
        return self.text[self.starts[k]].isupper()

    def window(self, k: int, reach: int) -> Tokens:
        """What stands within `reach` code points from token `k` of a whole text on, the last token cut where it reaches farther."""
        start, stop = self.starts[k], bisect_left(self.starts, self.starts[k] + reach, k)
        last = self.words[stop - 1][: start + reach - self.starts[stop - 1]]
        return Tokens(self.text, self.plain[start : start + reach], (*self.words[k : stop - 1], last), self.starts[k:stop])


_TOKEN = re.compile(r"[^\W_]+|\S")  # the standard library's is the faster one here; nothing in it can be slow
_MARKS = frozenset(".,;:)")
_TWO_WORDS = re.compile(r"([^\W\d_]+)(?:\W+([^\W_]+))?")
_WORD = re.compile(r"[^\W\d_]+")


def _tokens(text: str, plain: str, at: int) -> Tokens:
    """Syllables and marks of the stretch of `text` that begins at `at` and is `plain` when levelled; only what blanks leave joined is searched."""
    words: list[str] = []
    starts: list[int] = []
    for piece in plain.split(" "):
        if piece.isalnum():
            words.append(piece)
            starts.append(at)
        elif piece[-1:] in _MARKS and piece[:-1].isalnum():
            words += (piece[:-1], piece[-1])
            starts += (at, at + len(piece) - 1)
        else:
            found = list(_TOKEN.finditer(piece))
            words += [match[0] for match in found]
            starts += [at + match.start() for match in found]
        at += len(piece) + 1
    return Tokens(text, plain, tuple(words), starts)


def tokens_of(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """Syllables and marks of `text[start:end]`; their offsets are those in `text`."""
    return _tokens(text, level(text[start:end]), start)


def find_bodies(text: str, plain: str | None = None) -> list[Bodies]:
    """The lists of bodies that `text` (levelled: `plain`) names, in order, none overlapping."""
    plain = level(text) if plain is None else plain
    tokens = _tokens(text, plain, 0)
    out: list[Bodies] = []
    end = 0
    for k, start, word in _first_words(tokens):
        if start < end or not _may_open(plain, text, start) or _in_symbol(text, start) or _inside_capitals(text, (start, start + len(word))):
            continue
        found = _read(text, start, partial(tokens.window, k) if tokens.words[k] == word else partial(_stretch, text, start, plain))
        if found is not None:
            out.append(found)
            end = found.end
    return out


def _first_words(tokens: Tokens) -> Iterator[tuple[int, int, str]]:
    """The words with which names may begin: the token each is or, beside figures, stands in; where it begins; the word."""
    small, capital = _small_first(), _first_syllables()
    for k, word in enumerate(tokens.words):
        if word in small or (word in capital and tokens.capital(k)):
            yield k, tokens.starts[k], word
        elif len(word) > 1 and not word.isalpha() and not word.isdecimal():
            yield from ((k, tokens.starts[k] + match.start(), match[0]) for match in _WORD.finditer(word) if match[0] in capital)


def _in_symbol(text: str, start: int) -> bool:
    """ "21/KH-UBND": an abbreviation inside a document's number."""
    return start > 1 and text[start - 1] in "-/" and (text[start - 2].isupper() or text[start - 2].isdigit())


def _inside_capitals(text: str, span: tuple[int, int]) -> bool:
    """ "CỘNG HÒA XÃ HỘI …", "NHIỆM VỤ": in a line of capitals a kind opens a name only where the line or a clause begins."""
    start, end = span
    if not text[start:end].isupper() or end - start < 2 or start == 0:
        return False
    before = text[max(0, start - 12) : start].rstrip(" \t")
    return before[-1:].isupper() and len(before) > 1 and before[-2:].isupper()


def read_bodies(text: str, start: int, plain: str | None = None) -> Bodies | None:
    """The list of bodies that begins right at `start` of `text` (levelled: `plain`), or None where none does."""
    near = level(text[start : start + NEAR]) if plain is None else plain[start : start + NEAR]
    return _read(text, start, partial(_stretch, text, start, plain)) if _may_open(near, text, start, start) else None


def _stretch(text: str, start: int, plain: str | None, reach: int) -> Tokens:
    return _tokens(text, level(text[start : start + reach]) if plain is None else plain[start : start + reach], start)


def _read(text: str, start: int, stretch: Callable[[int], Tokens]) -> Bodies | None:
    """The list of bodies at `start`; `stretch` gives the tokens from there on, as far as its argument says."""
    for reach in REACHES:
        tokens = stretch(reach)
        end = _name(tokens, 0)
        while end is not None and end < len(tokens) and (following := _joined(tokens, end)) is not None:
            end = following
        if start + reach >= len(text) or (HEAD if end is None else end + AHEAD) < len(tokens):
            break
    return None if end is None else Bodies(start, tokens.end(end - 1))


def _may_open(plain: str, text: str, start: int, base: int = 0) -> bool:
    """Whether the two syllables at `start` can open a body's name or a group; `plain` is `text` levelled, from `base` on."""
    found = _TWO_WORDS.match(plain, start - base)
    if found is None:
        return False
    first, second = found[1], found[2] or ""
    group = _groups().get(first)
    if group is not None:
        return second in group
    if first not in _first_syllables() or not (text[start].isupper() or first in _small_first()):
        return False
    seconds = _behind_first().get(first)
    if seconds is not None and second not in seconds:
        return False
    return f"{first} {second}" not in _no_pairs() or text[base + found.start(2)].isupper()


@cache
def _behind_first() -> Mapping[str, frozenset[str]]:
    """First syllable of the kinds that have several → their second syllables; kinds of one syllable may have any behind them."""
    heads = [_TOKEN.findall(phrase) for phrase in _list("heads")]
    whole = {words[0] for words in heads if len(words) == 1}
    out: dict[str, set[str]] = {}
    for words in heads:
        if words[0] not in whole:
            out.setdefault(words[0], set()).add(words[1] if words[1].isalnum() else words[2])
    return {first: frozenset(seconds) for first, seconds in out.items()}


@cache
def _groups() -> Mapping[str, frozenset[str]]:
    """First syllable of a group's opening ("các") → the syllables that may follow it."""
    kinds = frozenset((*_phrases("members"), *_phrases("heads")))
    openings = [_TOKEN.findall(phrase) for phrase in _list("groups")]
    return {words[0]: kinds | {w[1] for w in openings if len(w) > 1 and w[0] == words[0]} for words in openings}


@cache
def _no_pairs() -> frozenset[str]:
    return frozenset(phrase for phrase in _list("no_heads") if phrase.count(" ") == 1)


@cache
def _first_syllables() -> frozenset[str]:
    return frozenset(phrase.split(" ")[0].rstrip(",") for name in ("heads", "groups") for phrase in _list(name))


@cache
def _small_first() -> frozenset[str]:
    """First syllables that a name may have without a capital: groups ("các sở"), kinds before a capital ("phòng Nội vụ")."""
    return _set("small") | frozenset(phrase.split(" ")[0] for phrase in _list("groups"))


def read_proper(text: str, start: int) -> Bodies | None:
    """A list of proper names that begins right at `start`, where the sentence says that bodies must follow: "Viettel Lào Cai, VNPT"."""
    if not text[start : start + 1].isupper():
        return None
    tokens = tokens_of(text, start, start + 200)
    end = 0
    while end < len(tokens) and (tokens.capital(end) or _links_capitals(tokens, end)):
        end += 1
    return Bodies(start, tokens.end(end - 1)) if end and tokens.capital(0) and not is_verb(tokens, 0) else None


def _links_capitals(tokens: Tokens, at: int) -> bool:
    return tokens.words[at] in (",", "và", "-", "&") and at + 1 < len(tokens) and tokens.capital(at + 1)


def read_kinds(text: str, start: int) -> Bodies | None:
    """Kinds of bodies written small and without "các", right at `start`: "địa phương", "ban ngành, đoàn thể liên quan"."""
    tokens = tokens_of(text, start, start + 200)
    member = _phrase("members", tokens, 0)
    if not member or _phrase("no_heads", tokens, 0):
        return None
    end = _rest(tokens, member, True)
    while end < len(tokens) and (following := _joined(tokens, end)) is not None:
        end = following
    return Bodies(start, tokens.end(end - 1))


@cache
def _list(name: str) -> tuple[str, ...]:
    return tuple(squeeze(level(w)) for w in table("roles")[name])


# first word → the phrases that begin with it, as words, by how many words they have, most first
Phrases = Mapping[str, Sequence[tuple[int, frozenset[tuple[str, ...]]]]]


@cache
def _phrases(name: str) -> Phrases:
    return _by_first_word(_list(name))


@cache
def _verbs() -> Phrases:
    verbs = (*table("verbs")["order"], *table("verbs")["adverbs"])
    return _by_first_word([v for v in map(level, verbs) if " " in v])


def _by_first_word(phrases: Iterable[str]) -> Phrases:
    out: dict[str, dict[int, set[tuple[str, ...]]]] = {}
    for phrase in phrases:
        words = tuple(_TOKEN.findall(phrase))
        out.setdefault(words[0], {}).setdefault(len(words), set()).add(words)
    return {first: [(size, frozenset(rows[size])) for size in sorted(rows, reverse=True)] for first, rows in out.items()}


def _phrase(name: str, tokens: Tokens, at: int) -> int:
    """How many tokens at `at` are a phrase of the list `name`; 0 where none is."""
    return _longest(_phrases(name), tokens.words, at)


def _longest(phrases: Phrases, words: tuple[str, ...], at: int) -> int:
    for size, rows in phrases.get(words[at], ()) if 0 <= at < len(words) else ():
        if words[at : at + size] in rows:
            return size
    return 0


def is_verb(tokens: Tokens, at: int) -> bool:
    """Whether a verb of two or three syllables stands at `at`."""
    return _longest(_verbs(), tokens.words, at) > 0


def _name(tokens: Tokens, at: int) -> int | None:
    """The end of the single name or group that begins at token `at`, or None where none does."""
    if at >= len(tokens):
        return None
    group = _phrase("groups", tokens, at)
    if group:
        inner = at + group
        if _phrase("no_heads", tokens, inner):
            return None
        member = _phrase("members", tokens, inner) or _phrase("heads", tokens, inner)
        return None if not member else _rest(tokens, inner + member, True)
    head = _phrase("heads", tokens, at)
    if not head or (_phrase("no_heads", tokens, at) and not (len(tokens) > at + 1 and tokens.capital(at + 1))):
        return None
    title = _phrase("titles", tokens, at) == head
    posted = title and _phrase("groups", tokens, at + head) > 0  # "thủ trưởng các Ban"
    if not tokens.capital(at) and not posted and not (tokens.words[at] in _set("small") and at + head < len(tokens) and tokens.capital(at + head)):
        return None
    if _phrase("alone", tokens, at) == head and not _is_named_on(tokens, at + head):
        return None
    if _phrase("owned", tokens, at) == head and not _owns(tokens, at + head):
        return None
    member = _phrase("members", tokens, at + head) if title else 0
    return _rest(tokens, at + head + member, bool(member))


def _owns(tokens: Tokens, at: int) -> bool:
    return at < len(tokens) and (tokens.capital(at) or bool(_phrase("members", tokens, at) or _phrase("groups", tokens, at)))


def _is_named_on(tokens: Tokens, at: int) -> bool:
    """Whether a field, a place or a list goes on at `at`: a kind such as "Ban" names nothing alone."""
    return at < len(tokens) and (tokens.capital(at) or tokens.words[at] in ",-/" or bool(_phrase("goes_on", tokens, at)))


def _rest(tokens: Tokens, at: int, group: bool) -> int:
    """How far a name goes whose first words end before token `at`."""
    start, whole = at, False  # whole: what was read last is a complete field or place, behind which no unknown syllable belongs
    while at < len(tokens):
        step, whole = _step(tokens, at, (start, group, whole))
        if not step:
            break
        at += step
    return at


def _step(tokens: Tokens, at: int, state: tuple[int, bool, bool]) -> tuple[int, bool]:
    """How many tokens at `at` go on with a name (0: it ends), and whether they make it whole."""
    start, group, whole = state
    word, before = tokens.words[at], tokens.words[at - 1]
    capital, after_capital = tokens.capital(at), tokens.capital(at - 1)
    if not word[0].isalnum():
        return _mark(tokens, at), False
    if word == "số" and at + 1 < len(tokens) and tokens.words[at + 1].isdecimal():
        return 2, True  # "Đội Quản lý thị trường số 3"
    if word[0].isdigit():
        return (1 if before in _set("numbered") else 0), True
    if capital and not _opens_document(tokens, at) and _phrase("goes_on", tokens, at) < 3 and (known := _known_field(tokens, at)):
        return known - at, True  # "Quản lý thị trường", "Nông nghiệp và Phát triển nông thôn"
    if word in ("các", "những") and (member := _phrase("members", tokens, at + 1)):
        return 1 + member, False  # "UBND các huyện"
    if _is_grouped(tokens, start, at, group) and (member := _phrase("members", tokens, at)) and not is_verb(tokens, at):
        return member, False  # "các sở ngành"
    step = _phrase("goes_on", tokens, at)
    if step and (step > 2 or not is_verb(tokens, at) or _has_verb(tokens, at, step)):
        if word == "của" and (member := _phrase("members", tokens, at + 1)) and not _phrase("no_heads", tokens, at + 1):
            return 1 + member, False  # "của sở, ban, ngành"
        lone = (word == "của" and _name(tokens, at + 1) is None) or (step < 3 and word in ("thuộc", "trực") and at + step >= len(tokens))
        return (0, whole) if lone else (step, True)
    if capital and not _sentence_verb(tokens, at) and not _opens_document(tokens, at):
        return 1, False
    if after_capital and (_is_word(tokens, at - 1) or (not is_verb(tokens, at) and word not in _closed())):
        return 1, False  # the second syllable of a field: "Kế hoạch", "Nội vụ", "Đăng ký"
    if word == "về" and before in ("gia", "đạo") and at + 1 < len(tokens) and tokens.capital(at + 1):
        return 1, False  # "Ủy ban quốc gia về Chuyển đổi số"
    if word == "và" and at + 1 < len(tokens) and tokens.capital(at + 1) and not _phrase("heads", tokens, at + 1):
        return 1, False  # "Kế hoạch và Đầu tư"
    if not capital and not after_capital and _field_goes_on(tokens, at):
        return 1, False  # "Phát triển nông thôn"
    return (0, False) if whole else (_tail(tokens, at), False)


def _has_verb(tokens: Tokens, at: int, step: int) -> bool:
    """Whether the verb at `at` is part of a name: "cơ quan chủ trì", but not "các đơn vị chỉ đạo, kiểm tra …"."""
    after = at + step
    does = tokens.words[after : after + 1] == (",",) and is_verb(tokens, after + 1) and not _phrase("goes_on", tokens, after + 1)
    return at > 1 and _phrase("places", tokens, at - 2) == 2 and not does


def _is_grouped(tokens: Tokens, start: int, at: int, group: bool) -> bool:
    """Whether kinds may follow as kinds: inside a group, the one the name began with or one that "UBND các …" opened."""
    return group or any(tokens.words[k] in ("các", "những") for k in range(start, at))


def _is_word(tokens: Tokens, at: int) -> bool:
    """Whether the capital at `at` and the small syllable behind it are one verb: "Đăng ký"."""
    pair = tokens.words[at : at + 2]
    return any(pair in rows for _, rows in _verbs().get(pair[0], ()))


@cache
def _closed() -> frozenset[str]:
    return _set("stops") | _set("joints")


def _tail(tokens: Tokens, at: int) -> int:
    """How many small syllables that no list knows go on with a name: all up to a verb, a mark or the end, where that comes soon."""
    if tokens.capital(at):
        return 0
    for k in range(at, min(len(tokens), at + TAIL) + 1):
        if k == len(tokens) or _ends_tail(tokens, k):
            return k - at
        if tokens.capital(k) and k > at:
            return 0 if _phrase("heads", tokens, k) or _phrase("documents", tokens, k) or _phrase("no_heads", tokens, k) else k - at
        if tokens.words[k][0].isdigit() or (_phrase("no_tail", tokens, k) and not _phrase("compounds", tokens, k)):
            return 0
    return 0


def _ends_tail(tokens: Tokens, at: int) -> bool:
    word = tokens.words[at]
    if not word[0].isalnum():
        return True
    if _phrase("compounds", tokens, at) or _phrase("compounds", tokens, at - 1):
        return False
    if is_verb(tokens, at):
        return True
    return word in _closed() or bool(_phrase("goes_on", tokens, at))


def _known_field(tokens: Tokens, at: int) -> int:
    """Where a field that the list of fields knows, and that begins at `at`, ends; 0 where none does."""
    base = tokens.starts[0]
    own = _phrase("fields", tokens, at)
    end = field_at(tokens.plain, tokens.starts[at] - base, len(tokens.plain))
    if not end or (own and tokens.end(at + own - 1) - base >= end):
        return at + own if own else 0
    return next((k for k in range(at + 1, len(tokens)) if tokens.starts[k] - base >= end), len(tokens))


def is_field(tokens: Tokens, at: int) -> bool:
    """Whether the token at `at` stands inside the name of a field, such as "thông tin" in "công nghệ thông tin"."""
    return any(_phrase("fields", tokens, k) > at - k for k in range(max(0, at - 5), at + 1))


def _opens_document(tokens: Tokens, at: int) -> bool:
    """ "gửi UBND huyện Kế hoạch và Báo cáo": a capital behind a small word that opens a document's name."""
    behind_small = at > 1 and not tokens.capital(at - 1) and tokens.words[at - 1][0].isalpha()
    return behind_small and tokens.words[at - 1] not in _set("joints") and bool(_phrase("documents", tokens, at))


def _sentence_verb(tokens: Tokens, at: int) -> bool:
    """A capital verb right behind a name opens what the name is told: "Sở Nội vụ Chủ trì, phối hợp"."""
    return _phrase("told", tokens, at) == 2 and not tokens.capital(at + 1) and is_verb(tokens, at)


def _field_goes_on(tokens: Tokens, at: int) -> bool:
    """Small syllables go on with a field only a little way and never into a verb or a word of the sentence."""
    small = 0
    while at - 1 - small >= 0 and not tokens.capital(at - 1 - small):
        small += 1
    word = tokens.words[at]
    return small < 4 and word in _set("field") and not {word} & (_set("stops") | _set("joints")) and not is_verb(tokens, at)


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(_list(name))


def _mark(tokens: Tokens, at: int) -> int:
    """How many tokens a mark inside a name takes: a hyphen or "&" between capitals, a comma inside a field or a group's list."""
    mark = tokens.words[at]
    if at + 1 >= len(tokens):
        return 0
    if mark in "-&/":
        return 1 if tokens.capital(at + 1) or mark == "/" or _phrase("goes_on", tokens, at + 1) else 0
    if mark == "," and tokens.capital(at + 1) and not tokens.capital(at - 1) and not _phrase("heads", tokens, at + 1) and _is_field_list(tokens, at):
        return 1
    return 0


def _is_field_list(tokens: Tokens, at: int) -> bool:
    """ "Văn hóa, Thể thao và Du lịch": a comma, a field, then "và" or a dash and another field."""
    for k in range(at + 2, min(at + 6, len(tokens))):
        if tokens.words[k] in ("và", "-") and k + 1 < len(tokens):
            return tokens.capital(k + 1) and not _phrase("heads", tokens, k + 1)
        if not tokens.words[k][0].isalnum() or tokens.capital(k):
            return False
    return False


def _joined(tokens: Tokens, at: int) -> int | None:
    """The end of the next name of a list, where a comma, a semicolon or "và" at `at` leads on to one."""
    step = 0
    while at + step < len(tokens) and tokens.words[at + step] in (",", ";", "và", "hoặc", "cùng", ":", "/"):
        step += 1
    if not step or at + step >= len(tokens):
        return None
    if tokens.words[at] == ":" and not _heads_list(tokens, at):
        return None
    inner = at + step
    if is_verb(tokens, inner) and not tokens.capital(inner) and not _phrase("nouns_too", tokens, inner):
        return None
    end = _name(tokens, inner)
    if end is not None:
        return end
    member = 0 if _phrase("no_heads", tokens, inner) else _phrase("members", tokens, inner)
    if member:
        return _rest(tokens, inner + member, True)
    if tokens.capital(inner) and _shares_head(tokens, inner):
        return _rest(tokens, _known_field(tokens, inner) or inner + 1, False)
    return None


def _heads_list(tokens: Tokens, colon: int) -> bool:
    """ "các sở: Tư pháp, Tài chính", "Giám đốc: Sở Tư pháp, …": a plural head or a post right before the colon."""
    if any(_phrase("titles", tokens, colon - n) == n for n in (1, 2, 3)):
        return True
    return colon >= 1 and any(_phrase("groups", tokens, k) and colon - k <= 4 for k in range(max(0, colon - 4), colon))


def _shares_head(tokens: Tokens, at: int) -> bool:
    """Whether a bare field at `at` goes on with a list that a plural head opened."""
    shared = any(tokens.words[k] in _set("shared") and tokens.words[k - 1] in ("các", ",") for k in range(1, at))
    return shared and (bool(_known_field(tokens, at)) or not is_verb(tokens, at))
