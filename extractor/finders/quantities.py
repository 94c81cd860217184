"""Quantities in running text: a figure, what it counts, and the word that bends it. No dates, numbers of documents, levels or articles."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex

from extractor.finders.agencies import is_verb, tokens_of
from extractor.patterns import SHORT, patterns, table, time_limit
from extractor.values.folding import level, squeeze
from extractor.values.numbers import read_number, units


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity in a text: code points `[start, end)` of the figure (and, for a ratio, of the share it comes to).

    `label`: the words that say what is counted. `noun_end` is where they end behind the figure.
    """

    start: int
    end: int
    value: float | None
    numerator: float | None
    denominator: float | None
    unit: str
    approx: str | None
    label: str
    noun_end: int
    governs: str = ""  # the verb phrase before the figure, which holds for what is listed behind too


@cache
def _regexes() -> Mapping[str, regex.Pattern[str]]:
    return {p.id: p.regex for p in patterns("quantities")}


def said(name: str, text: str) -> list[regex.Match[str]]:
    """Where the pattern `name` of `quantities.toml` is found in a text, in order."""
    return list(_regexes()[name].finditer(text, timeout=time_limit(len(text))))


@cache
def _phrases(name: str) -> tuple[str, ...]:
    return tuple(sorted((squeeze(level(w)) for w in table("quantities")[name]), key=len, reverse=True))


@cache
def _by_last_word(name: str) -> Mapping[str, tuple[str, ...]]:
    """Last word → the phrases that end with it, longest first."""
    out: dict[str, list[str]] = {}
    for phrase in _phrases(name):
        out.setdefault(phrase.rpartition(" ")[2], []).append(phrase)
    return {word: tuple(rows) for word, rows in out.items()}


def _ending(name: str, words: str) -> int | None:
    """Where the phrase of the list begins with which `words` end, or None where they end with none."""
    words = words.rstrip()
    last = words.rpartition(" ")[2]
    for k in range(len(last)):  # "(ước" and "≥" stand behind a mark, not a blank
        rows = _by_last_word(name).get(last[k:], ())
        for phrase in rows:
            start = len(words) - len(phrase)
            if words.endswith(phrase) and not words[start - 1 : start].isalnum():
                return start
        if last[k].isalnum():
            break
    return None


Places = Sequence[tuple[int, int]]


def find_quantities(text: str, taken: Places = (), dates: Places | None = None, plain: str | None = None) -> list[Amount]:
    """The quantities of `text`, in order; `taken` are spans (citations) in which no figure is one.

    `dates` and `plain`: its dates and itself levelled, where they are known.
    """
    plain = level(text) if plain is None else plain
    closed = deque(sorted([*taken, *(find_dates(text) if dates is None else dates)]))
    out: list[Amount] = []
    end = 0
    for match in list(_regexes()["figure"].finditer(text, timeout=time_limit(len(text)))):
        while closed and closed[0][1] <= match.start():
            closed.popleft()
        if match.start() < end or (closed and closed[0][0] < match.end()):
            continue
        amount = _amount(text, plain, match)
        if amount is not None:
            out.append(amount)
            end = amount.end
    return with_subjects(text, out)


_DIGITS = re.compile(r"\d+")
_WORDS_BEFORE = re.compile(r"(?:[^\W\d_]+\s+){0,2}$")


def find_dates(text: str) -> list[tuple[int, int]]:
    """Days, months, quarters and years: looked for at each figure and at the words before it only."""
    dated, end, out = _regexes()["dated"], 0, []
    for digits in _DIGITS.finditer(text):
        at = digits.start()
        if at < end:
            continue
        low = max(end, at - 24)
        words = _WORDS_BEFORE.search(text, low, at) if text[at - 1 : at].isspace() else None
        starts = [m.start() for m in _WORD.finditer(text, words.start(), at)] if words else []
        match = next((m for start in (*starts, at) if (m := dated.match(text, start, start + SHORT))), None)
        if match:
            end = match.end()
            out.append(match.span())
    return out


def is_measured(amount: Amount) -> bool:
    """Whether the unit is a share or one that a list knows, and nothing abstract ("03 chuyên đề", "06 lĩnh vực")."""
    unit = level(amount.unit)
    first = _FIRST.split(unit, 1)[0]
    known = any(unit.startswith(word) for word in _unit_words().get(first, ()))
    return known and not unit.startswith(_phrases("abstract"))


def _amount(text: str, plain: str, match: regex.Match[str]) -> Amount | None:
    before = plain[max(0, match.start() - 60) : match.start()]
    first = read_number(match["first"])
    under = read_number(match["under"]) if match["under"] else None
    if first is None or (match["under"] and under is None) or (under is not None and not _is_ratio(first, under)):
        return None
    bend = _ending("approx", before)
    approx = None if bend is None else before[bend:].strip()
    lead = before[:bend]
    if not match["percent"] and match["first"].isdecimal() and _is_numbering(lead):
        return None
    rank = _ending("ranks", lead)
    if match["percent"]:
        noun = _noun_end(plain, match.end())
        made = Amount(match.start(), match.end(), first, None, None, "%", approx, "", noun)
    else:
        found = ("hạng", match.end()) if rank is not None and under is not None else _unit(text, plain, match.end(), lead)
        if found is None:
            return None
        unit, unit_end = found
        value, num, den = (None, first, under) if under is not None else (first, None, None)
        made = Amount(match.start(), match.end(), value, num, den, unit, approx, "", max(unit_end, _noun_end(plain, unit_end)))
        made = _with_share(text, made) if under is not None else made
    label, governs = _label(text, plain, made, rank is not None)
    return replace(made, label=label, governs=governs)


_MORE = regex.compile(r"(?:\d+\s*(?:,|và|-|–|;)\s*)+$")


def _is_numbering(lead: str) -> bool:
    """ "mức độ 3, 4", "Điều 5": numbers of something."""
    lead = _MORE.sub("", lead)
    return _ending("totals", lead) is None and _ending("not_after", lead) is not None


def _is_ratio(first: float, under: float) -> bool:
    return under > 0 and first.is_integer() == under.is_integer() and (first, under) != (24, 7)


def _with_share(text: str, amount: Amount) -> Amount:
    """A ratio with the share it comes to ("1726/1759 …, đạt 98,12%"), where the two agree."""
    found = _regexes()["share_behind"].match(text, amount.end, timeout=time_limit(len(text) - amount.end))
    if found is None or amount.numerator is None or not amount.denominator:
        return amount
    share = read_number(found["share"])
    if share is None or abs(100 * amount.numerator / amount.denominator - share) > 0.6 or any(c.isdecimal() for c in found["between"]):
        return amount
    return replace(amount, end=found.end(), value=share, unit="%")


# ---- what is counted ---------------------------------------------------------------------------------------------

_WORD = re.compile(r"[^\W\d_]+")
_UNIT_WORD = regex.compile(r"[\p{L}%²³]+")
_SECOND_WORD = regex.compile(r"\s+(\p{L}+)")
_TO_FIGURE = regex.compile(r"[-–]\s*[\d.,]+\s*$")
_STOP = regex.compile(r"[.;]")
_SENTENCE = regex.compile(r"[.;]\s")
_GAP = regex.compile(r"[\s*_]*(?:\([^()]{1,30}\)\s*)?")


VERB_REACH = 9  # words between a verb and the figure that it still governs
_FIRST = regex.compile(r"[ ,/]")


@cache
def _unit_words() -> Mapping[str, tuple[str, ...]]:
    """First word → the units that begin with it, longest first."""
    out: dict[str, list[str]] = {}
    for unit in (*units(), *_phrases("nouns")):
        out.setdefault(_FIRST.split(unit, 1)[0], []).append(unit)
    return {word: tuple(sorted(rows, key=len, reverse=True)) for word, rows in out.items()}


def _unit(text: str, plain: str, at: int, lead: str) -> tuple[str, int] | None:
    """The unit behind a figure as printed and where it ends, or None where nothing is counted."""
    gap = _GAP.match(plain, at)
    start = gap.end() if gap else at
    word = _UNIT_WORD.match(plain[start : start + 40])
    if word is None:
        return None
    if plain.startswith(_phrases("not_counted"), start) and _is_passing(plain, start, lead):
        return None
    for unit in _unit_words().get(word[0], ()):
        stop = start + len(unit)
        if plain.startswith(unit, start) and not plain[stop : stop + 1].isalpha():
            stop = _unit_end(text, plain, start, stop)
            return text[start:stop], stop
    if start == at and at == len(plain[:at].rstrip()):
        return None  # letters right behind a figure that are no measure: "4D", "5G"
    return _unknown(text, plain, start, word[0])


@cache
def _more_units() -> regex.Pattern[str]:
    """What goes on with a unit: ", thành phố" after "tỉnh", "cấp xã" after "UBND", "/ha"."""
    kinds, levels = ("|".join(map(regex.escape, _phrases(name))) for name in ("kinds", "levels"))
    return regex.compile(
        rf"(?P<listed>(?:(?:\s*,\s*|\s+và\s+)(?:{kinds})(?!\p{{L}}))+)|(?P<ruler>\s+(?:{levels})(?!\p{{L}}))|/\p{{L}}+(?:\s(?:dân|học))?(?![\p{{L}}/])"
    )


def _unit_end(text: str, plain: str, start: int, stop: int) -> int:
    more = _more_units().match(plain, stop, timeout=time_limit(len(plain) - stop))
    if more is None:
        return stop
    unit, words = plain[start:stop], text[stop : more.end()]
    if more["ruler"] and unit not in _phrases("rulers"):
        return stop
    if more["listed"] and not (unit in _phrases("kinds") and words.islower()):
        return stop
    return int(more.end())


def _is_passing(plain: str, start: int, lead: str) -> bool:
    phrase = next(p for p in _phrases("not_counted") if plain.startswith(p, start))
    stop = start + len(phrase)
    return not plain[stop : stop + 1].isalnum() and not (phrase in units("measure") and _ending("shortens", lead) is not None)


def _unknown(text: str, plain: str, start: int, word: str) -> tuple[str, int] | None:
    """A noun no list knows: an abbreviation in capitals, or two small syllables."""
    printed = text[start : start + len(word)]
    if is_verb(tokens_of(plain[start : start + 40]), 0) or _TO_FIGURE.search(plain[max(0, start - 20) : start]):
        return None
    if len(printed) > 1 and printed.isupper():
        return printed, start + len(word)
    if not printed.islower() or word in _stops():
        return None
    second = _SECOND_WORD.match(plain[start + len(word) : start + len(word) + 20])
    if second is None or second[1] in _stops() or not text[start + len(word) + second.start(1)].islower():
        return printed, start + len(word)
    return text[start : start + len(word) + second.end()], start + len(word) + second.end()


@cache
def _stops() -> frozenset[str]:
    return frozenset((*_phrases("ends"), *_phrases("no_nouns")))


@cache
def _noun_stop() -> regex.Pattern[str]:
    return regex.compile(rf"[;.:()*¹²³⁴-⁹/]|\d|,|(?<!\p{{L}})(?:{'|'.join(map(regex.escape, _phrases('clause_words')))})(?!\p{{L}})")


@cache
def _new_clause() -> regex.Pattern[str]:
    return regex.compile(rf",\s*(?:[\p{{L}}\s]{{0,28}}\d|(?:{'|'.join(map(regex.escape, _phrases('clause_openers')))})(?!\p{{L}}))")


def _noun_end(plain: str, at: int) -> int:
    """Where the words that say what is counted end: a mark, a figure, or the next clause; a comma inside a list goes on."""
    limit = min(len(plain), at + 170)
    end = limit
    for stop in _noun_stop().finditer(plain, at, limit):
        listed = stop.group() == "," and not _new_clause().match(plain, stop.start())
        if listed and not is_verb(tokens_of(plain[stop.end() : stop.end() + 40]), 0):
            continue
        end = stop.start()
        break
    return at + len(plain[at:end].rstrip(" ,"))


def _label(text: str, plain: str, amount: Amount, rank: bool) -> tuple[str, str]:
    """What is counted: the words behind the figure, with the verb or name before it where that belongs to it; and that verb."""
    before = _clause_before(text, plain, amount.start)
    if rank:
        return squeeze(before), ""
    noun = _closed(squeeze(text[amount.end : amount.noun_end]))
    if amount.unit == "%":
        return squeeze(f"{before} {noun}"), ""
    verb = _from_verb(before)
    if level(amount.unit) in _measures() and not (before and not verb and _verb_pattern().fullmatch(level(before))):
        rest = squeeze(text[amount.end : amount.noun_end].lstrip()[len(amount.unit) :])
        return _closed(before) or rest or amount.unit, verb
    if level(noun) == level(amount.unit) and before and not _ends_open(before):
        acts = _verb_pattern().search(level(before)) is not None
        return (squeeze(f"{verb or before} {noun}") if acts else before), verb
    return squeeze(f"{verb} {noun}") or amount.unit, verb


def _ends_open(before: str) -> bool:
    return _ending("prepositions", level(before)) is not None


def _closed(before: str) -> str:
    """Words before a figure without the preposition that leads on to it."""
    return before[: _ending("prepositions", level(before))].rstrip()


@cache
def _measures() -> frozenset[str]:
    return frozenset((*units("money"), *units("measure")))


def _from_verb(before: str) -> str:
    """The clause from its last verb on; verbs that only bring about what is counted are left out, changes keep their subject."""
    plain = level(before)
    if _regexes()["change"].search(plain, timeout=time_limit(len(plain))) and len(plain.split()) < 15:
        return before
    for verb in _verb_pattern().finditer(plain):
        rest = plain[verb.end() :].strip()
        if len(rest.split()) <= VERB_REACH and not (verb.group() in _phrases("bring_about") and not rest):
            return before[verb.start() :]
    return ""


@cache
def _verb_pattern() -> regex.Pattern[str]:
    words = sorted({squeeze(level(v)) for v in (*table("verbs")["order"], *table("quantities")["bring_about"])}, key=len, reverse=True)
    return regex.compile(rf"(?<!\p{{L}})(?:{'|'.join(map(regex.escape, words))})(?!\p{{L}})")


_BREAK = regex.compile(r"(?:[;:(\[“\"*]|[,.](?!\d)|^\s*[-–+])\s*")


def _clause_before(text: str, plain: str, at: int) -> str:
    """The words of the clause before a figure, without those that say nothing of what is counted."""
    low = _clause_start(plain, at)
    words = plain[low:at]
    words = words[: _ending("approx", words)]
    while (idle := _ending("lead_ins", words)) is not None:
        words = words[:idle]
    start = low + len(words) - len(words.lstrip())
    opener = _openers().match(plain, start, low + len(words), timeout=time_limit(low + len(words) - start))
    return squeeze(text[opener.end() if opener else start : low + len(words.rstrip())])


def _clause_start(plain: str, at: int) -> int:
    """Where the clause before a figure begins: "sửa đổi, bổ sung 12 …" is one; so is "Dân số trung bình: 21.480 người"."""
    base = max(0, at - 160)
    breaks = list(_BREAK.finditer(plain[base:at]))
    while breaks:
        last = breaks.pop()
        low, before = base + last.end(), plain[base : base + last.start()]
        joined = last.group()[0] == "," and _verb_end().search(before[-24:]) and _verb_pattern().match(plain, low)
        named = last.group()[0] == ":" and not plain[low:at].strip() and before and before[-1].isalpha()
        if not joined and not named:
            return int(low)
    return base


@cache
def _verb_end() -> regex.Pattern[str]:
    return regex.compile(rf"(?:{_verb_pattern().pattern})$")


@cache
def _openers() -> regex.Pattern[str]:
    """Words at a clause's beginning that say nothing of what is counted: "đã", "đến hết năm 2022", "phấn đấu"."""
    words = "|".join(regex.escape(w).replace(r"\ ", r"\s") for w in _phrases("openers"))
    return regex.compile(rf"(?:(?:{words}|{_regexes()['opening_time'].pattern})(?!\p{{L}})[\s,]*)+", regex.X)


def with_subjects(text: str, amounts: Sequence[Amount]) -> list[Amount]:
    """Shares whose clause names nothing ("…, đạt 45% kế hoạch") take over what the quantity before them in the sentence counts."""
    out: list[Amount] = []
    for amount in amounts:
        last = out[-1] if out else None
        if last is not None and last.governs and _goes_on_list(text, last, amount):
            amount = replace(amount, label=squeeze(f"{last.governs} {amount.label}"), governs=last.governs)
        bare = amount.unit == "%" and last is not None and level(amount.label.split(" ")[0] if amount.label else "") in ("", *_phrases("bare_starts"))
        if bare and last is not None and not _SENTENCE.search(text[last.end : amount.start]):
            change = _change_before(text, amount.start)
            own = amount.label if amount.label.startswith(change) else f"{change} {amount.label}"
            amount = replace(amount, label=squeeze(f"{_subject_of(last)} {own}"))
        out.append(amount)
    return out


def _goes_on_list(text: str, last: Amount, amount: Amount) -> bool:
    """Whether a count without a verb of its own follows as the next of a list: "kiểm tra tại 05 sở, 03 huyện"."""
    between = text[last.noun_end : amount.start]
    return amount.unit != "%" and not amount.governs and not _STOP.search(between) and not between.strip(" ,(và:*").strip()


def _change_before(text: str, at: int) -> str:
    found = _regexes()["change_before"].search(text[max(0, at - 30) : at])
    return str(found.group()) if found else ""


def _subject_of(amount: Amount) -> str:
    found = _regexes()["change_in"].search(amount.label, timeout=time_limit(len(amount.label)))
    return amount.label[: found.start()] if found else amount.label
