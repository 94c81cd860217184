"""Quantities in running text: a figure, what it counts, and the word that bends it. No dates, numbers of documents, levels or articles."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

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
    low: float | None = None  # of a range ("25 - 26%"), which has no one `value`
    high: float | None = None


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
    spans = sorted([*taken, *(find_dates(text) if dates is None else dates)])
    closed = deque(spans)
    out: list[Amount] = []
    end = 0
    for match in list(_regexes()["figure"].finditer(text, timeout=time_limit(len(text)))):
        while closed and closed[0][1] <= match.start():
            closed.popleft()
        if match.start() < end or (closed and closed[0][0] < match.end()):
            continue
        amount = _amount(text, plain, match, _floor(plain, out[-1], spans) if out else 0)
        if amount is not None:
            out.append(amount)
            end = amount.end
    return with_subjects(text, out)


def _floor(plain: str, last: Amount, closed: Places) -> int:
    """Where the words of a quantity end, and the date or citation behind them: what the next one counts is said behind that."""
    comma = plain.find(",", last.end, last.noun_end)
    end = max(last.end, last.noun_end if comma < 0 else comma)
    return next((stop for start, stop in closed if start <= end + 1 < stop), end)


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


def is_compared(before: str) -> bool:
    """Whether levelled words end in such as "so với" or "cùng kỳ"."""
    return _ending("compared", before) is not None


def is_measured(amount: Amount) -> bool:
    """Whether the unit is a share or one that a list knows, and nothing abstract ("03 chuyên đề", "06 lĩnh vực")."""
    unit = _base(level(amount.unit))
    first = _FIRST.split(unit, 1)[0]
    known = any(unit.startswith(word) for word in _unit_words().get(first, ()))
    return known and not unit.startswith(_phrases("abstract"))


class _Figure(NamedTuple):
    """What a figure comes to: a value, a ratio or a range."""

    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    low: float | None = None
    high: float | None = None


def _figure(match: regex.Match[str]) -> _Figure | None:
    first, under, last = (read_number(match[name]) if match[name] else None for name in ("first", "under", "last"))
    if first is None:
        return None
    if match["last"]:
        return _Figure(low=first, high=last) if last is not None and last > first else None
    if match["under"]:
        return _Figure(None, first, under) if under is not None and _is_ratio(first, under) else None
    return _Figure(first)


def _amount(text: str, plain: str, match: regex.Match[str], floor: int) -> Amount | None:
    """The quantity of a figure; `floor` is where the words of the one before it end."""
    before = plain[max(0, match.start() - 60) : match.start()]
    figure = _figure(match)
    if figure is None:
        return None
    bend = _ending("approx", before)
    approx = None if bend is None else before[bend:].strip()
    lead = before[:bend]
    if not match["percent"] and match["first"].isdecimal() and _is_numbering(lead):
        return None
    rank = _ending("ranks", lead) is not None
    ratio = figure.denominator is not None
    fixed = "%" if match["percent"] else "hạng" if rank and ratio else ""
    found = (fixed, match.end()) if fixed else _unit(text, plain, match.end(), lead)
    if found is None:
        return None
    unit, end = found
    noun = max(end, _noun_end(plain, end))
    made = Amount(match.start(), match.end(), *figure[:3], unit, approx, "", noun, low=figure.low, high=figure.high)
    made = _with_share(text, made) if ratio else made
    before = _lead(text, plain, made, floor)
    label, governs = (squeeze(before), "") if rank else _label(text, made, before)
    return replace(made, label=label, governs=governs)


_MORE = regex.compile(r"(?:\d+\s*(?:,\s*và|,|và|-|–|;)\s*)+$")


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
    known = _known(text, plain, start)
    if known is not None:
        return known
    scaled = _scale().match(plain, start)
    if scaled is not None:
        behind = _unit(text, plain, scaled.end(), lead) if plain[scaled.end() - 1].isspace() else None
        stop = behind[1] if behind else start + len(scaled.group().rstrip())
        return text[start:stop], stop
    if start == at and at == len(plain[:at].rstrip()):
        return None  # letters right behind a figure that are no measure: "4D", "5G"
    return _unknown(text, plain, start, word[0])


def _known(text: str, plain: str, start: int) -> tuple[str, int] | None:
    """The unit or noun of the lists that begins at `start`, and where it ends."""
    word = _LETTERS.match(plain, start)
    for unit in _unit_words().get(word.group() if word else "", ()):
        stop = start + len(unit)
        if plain.startswith(unit, start) and not plain[stop : stop + 1].isalpha():
            stop = _unit_end(text, plain, start, stop)
            return text[start:stop], stop
    return None


_PER = re.compile(r"\s?/\s?")
_LETTERS = regex.compile(r"[\p{L}%²³]+")


@cache
def _scale() -> regex.Pattern[str]:
    """Words that multiply what is counted: "nghìn tỷ đồng", "triệu lượt người"."""
    return regex.compile(rf"(?:(?:{'|'.join(_phrases('scales'))})(?:\s+|(?!\p{{L}})))+")


def _base(unit: str) -> str:
    """A levelled unit without what multiplies it."""
    scaled = _scale().match(unit)
    return unit[scaled.end() :] or unit if scaled else unit


@cache
def _more_units() -> regex.Pattern[str]:
    """What goes on with a unit: ", thành phố" after "tỉnh", "cấp xã" after "UBND", "/ha"."""
    kinds, levels = ("|".join(map(regex.escape, _phrases(name))) for name in ("kinds", "levels"))
    return regex.compile(
        rf"(?P<listed>(?:(?:\s*,\s*|\s+và\s+)(?:{kinds})(?!\p{{L}}))+)|(?P<ruler>\s+(?:{levels})(?!\p{{L}}))|/\p{{L}}+(?:\s(?:dân|học))?(?![\p{{L}}/])"
    )


def _unit_end(text: str, plain: str, start: int, stop: int) -> int:
    per = _PER.match(plain, stop)
    if per is not None and (known := _known(text, plain, per.end())) is not None:
        return known[1]
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
    if plain[stop : stop + 1].isalnum():
        return False
    return _YEAR_BEHIND.match(plain, stop) is not None or not (phrase in units("measure") and _ending("shortens", lead) is not None)


_YEAR_BEHIND = re.compile(r"\s+(?:19|20)\d\d\b")  # "bình quân 3 năm 2001 - 2003"


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
        if stop.group().isdecimal() and (other := _OTHER.search(plain[:end], at)) is not None:
            end = other.start()
        break
    return at + len(_JOINT.sub("", plain[at:end]).rstrip(" ,"))


# before a figure: "và" and a few words lead on to what that one counts, "năm" to a year
_OTHER = re.compile(r"\s(?:(?:và|hoặc)(?:\s[^\W\d_]+){0,6}|(?:(?:đầu|cuối)\s)?(?:năm|tháng|quý|ngày|giai đoạn)|(?:(?:chỉ|gần)\s)?bằng)\s*$")
_JOINT = re.compile(r"(?:\s(?:và|hoặc|cùng))?[\s,]*$")


def _lead(text: str, plain: str, amount: Amount, floor: int) -> str:
    """The words before a figure that say what is counted; `floor` is where those of the last quantity end."""
    before = _clause_before(text, plain, amount.start, floor)
    if before or not _measures_only(amount.unit):
        return before
    return _clause_before(text, plain, amount.start)  # a quantity inside the words: "GRDP của 02 tỉnh ước đạt …"


def _label(text: str, amount: Amount, before: str) -> tuple[str, str]:
    """What is counted: the words behind the figure, with the verb or name `before` it where that belongs to it; and that verb."""
    noun = _closed(squeeze(text[amount.end : amount.noun_end]))
    if amount.unit == "%":
        return squeeze(f"{before} {noun}"), ""
    verb = _from_verb(before)
    if _measures_only(amount.unit) and not (before and not verb and _verb_pattern().fullmatch(level(before))):
        rest = squeeze(text[amount.end : amount.noun_end].lstrip()[len(amount.unit) :])
        return _closed(before) or rest or amount.unit, verb
    if level(noun) == level(amount.unit) and before and not _ends_open(before):
        acts = next(_verbs(level(before)), None) is not None
        return (squeeze(f"{verb or before} {noun}") if acts else before), verb
    return squeeze(f"{verb} {noun}") or amount.unit, verb


def _ends_open(before: str) -> bool:
    return _ending("prepositions", level(before)) is not None


def _closed(before: str) -> str:
    """Words before a figure without the preposition that leads on to it."""
    return before[: _ending("prepositions", level(before))].rstrip()


def _measures_only(unit: str) -> bool:
    """Whether a unit is money or a measure, or only multiplies ("3 nghìn tỷ"): it says nothing of what is counted."""
    base = _base(level(unit))
    return base.partition("/")[0].strip() in _measures() or base in _measures() or _scale().fullmatch(base) is not None


@cache
def _measures() -> frozenset[str]:
    return frozenset((*units("money"), *units("measure")))


def _from_verb(before: str) -> str:
    """The clause from its last verb on; verbs that only bring about what is counted are left out, changes keep their subject."""
    plain = level(before)
    if _regexes()["change"].search(plain, timeout=time_limit(len(plain))) and len(plain.split()) < 15:
        return before
    for verb in _verbs(plain):
        rest = plain[verb.end() :].strip()
        if len(rest.split()) <= VERB_REACH and not (verb.group() in _phrases("bring_about") and not rest):
            return before[verb.start() :]
    return ""


def _verbs(plain: str) -> Iterator[regex.Match[str]]:
    """The verbs of a clause; behind "vốn", "tần suất" a verb is an attribute: "tần suất quan trắc"."""
    return (verb for verb in _verb_pattern().finditer(plain) if _ending("headed", plain[: verb.start()]) is None)


@cache
def _verb_pattern() -> regex.Pattern[str]:
    words = sorted({squeeze(level(v)) for v in (*table("verbs")["order"], *table("quantities")["bring_about"])}, key=len, reverse=True)
    return regex.compile(rf"(?<!\p{{L}})(?:{'|'.join(map(regex.escape, words))})(?!\p{{L}})")


_BREAK = regex.compile(r"(?:[;:(\[“\"*]|[,.](?!\d)|^\s*[-–+])\s*")


def _clause_before(text: str, plain: str, at: int, floor: int = 0) -> str:
    """The words of the clause before a figure, without those that say nothing of what is counted; `floor`: where the last figure's end."""
    low = _clause_start(plain, at, floor)
    start, end = _said(plain, low, at)
    bracket = plain[:low].rstrip()
    if not bracket.endswith("(") or plain[start:end] not in ("", *_phrases("bare_starts")):
        return squeeze(text[start:end])
    first, last = _said(plain, _clause_start(plain, len(bracket) - 1, floor), len(bracket) - 1)  # "đường huyện (772km)", "cao su (tăng 34,2%)"
    noun = "" if plain[first:last].partition(" ")[0] in _phrases("bare_starts") else text[first:last]
    return squeeze(f"{noun} {text[start:end]}")


def _said(plain: str, low: int, at: int) -> tuple[int, int]:
    """Where the words begin and end that say something of what is counted at `at`, in a clause from `low` on."""
    words = plain[low:at]
    words = words[: _ending("approx", words)]
    while (idle := _ending("lead_ins", words)) is not None:
        words = words[:idle]
    end = low + len(words.rstrip(" :"))
    start = min(low + len(words) - len(words.lstrip(" )/¹²³⁰⁴⁵⁶⁷⁸⁹")), end)
    opener = _openers().match(plain, start, low + len(words), timeout=time_limit(low + len(words) - start))
    return min(opener.end() if opener else start, end), end


def _clause_start(plain: str, at: int, floor: int = 0) -> int:
    """Where the clause before a figure begins: "sửa đổi, bổ sung 12 …" is one; so is "Dân số trung bình: 21.480 người"."""
    base = max(0, at - 160, floor)
    breaks = list(_BREAK.finditer(plain[base:at]))
    while breaks:
        last = breaks.pop()
        low, before = base + last.end(), plain[base : base + last.start()]
        joined = last.group()[0] == "," and _ends_with_verb(before[-24:]) and _verb_pattern().match(plain, low)
        named = last.group()[0] == ":" and not plain[low:at].strip() and before and before[-1].isalpha()
        shut = last.group()[0] == "(" and ")" in plain[low:at]  # "văn bản (VB) ban hành"
        if not joined and not named and not shut:
            return int(low)
    return base


def _ends_with_verb(words: str) -> bool:
    return any(_verb_pattern().fullmatch(words, word.start()) for word in _WORD.finditer(words))


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
        if last is not None and amount.label == amount.unit and _says_again(text, last, amount):
            amount = replace(amount, label=last.label)
        elif last is not None and last.governs and _goes_on_list(text, last, amount):
            amount = replace(amount, label=squeeze(f"{last.governs} {amount.label}"), governs=last.governs)
        if last is not None and _is_bare(amount) and not _SENTENCE.search(text[last.end : amount.start]):
            change = _change_before(text, amount.start)
            own = amount.label if amount.label.startswith(change) else f"{change} {amount.label}"
            amount = replace(amount, label=squeeze(own if _are_parallel(last, amount) else f"{_subject_of(last)} {own}"))
        out.append(amount)
    return out


def _is_bare(amount: Amount) -> bool:
    """Whether a share's clause names nothing by itself ("đạt 45% kế hoạch"), or that of money only its change ("tăng 12 tỷ đồng")."""
    first, _, rest = level(amount.label).partition(" ")
    if amount.unit == "%":
        return first in ("", *_phrases("bare_starts"))
    return not rest and first in _phrases("bare_starts") and _measures_only(amount.unit)


def _says_again(text: str, last: Amount, amount: Amount) -> bool:
    """Whether a rate is given again in another unit: "02 đợt/tháng (18 đợt/năm)"."""
    return "/" in last.unit and "/" in amount.unit and text[last.noun_end : amount.start].strip() == "("


def _goes_on_list(text: str, last: Amount, amount: Amount) -> bool:
    """Whether a count without a verb of its own follows as the next of a list: "kiểm tra tại 05 sở, 03 huyện"."""
    between = text[last.noun_end : amount.start]
    return amount.unit != "%" and not amount.governs and not _STOP.search(between) and not between.strip(" ,(và:*").strip()


def _change_before(text: str, at: int) -> str:
    found = _regexes()["change_before"].search(text[max(0, at - 30) : at])
    return str(found.group()) if found else ""


def _are_parallel(last: Amount, amount: Amount) -> bool:
    """ "tăng do giá 8,5% và tăng do lượng 15,5%": neither is the subject of the other."""
    first, _, rest = level(amount.label).partition(" ")
    return bool(rest) and level(last.label).partition(" ")[0] == first


def _subject_of(amount: Amount) -> str:
    """What a quantity's label says up to its verb of change; nothing where it is only that verb."""
    if " " not in amount.label and level(amount.label) in _phrases("bare_starts"):
        return ""
    found = _regexes()["change_in"].search(level(amount.label), timeout=time_limit(len(amount.label)))
    return amount.label[: found.start()] if found else amount.label
