"""Sentences that have something sent: the verb, what is sent, to whom, through whom, on which forms, covering which time.

What is sent stands behind the verb ("gửi báo cáo … về …"), behind the receiver ("báo cáo UBND tỉnh kết quả …"), or before it, as
what was made first ("tổng hợp số liệu …, gửi …").
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import regex

from extractor.finders.agencies import Bodies, Tokens, is_verb, read_bodies, tokens_of
from extractor.finders.roles import read_topic, turn
from extractor.patterns import patterns, table, time_limit
from extractor.values.folding import level, squeeze

RANK: Mapping[str, int] = {"gives": 0, "submits": 1, "reports": 2, "compiles": 3}
FAR = 260  # code points behind a verb within which its receiver stands
MOST = 200  # verbs of sending in one text that are looked at
BACK = 420  # code points before it within which its object was made
SENTENCE = regex.compile(r"[.;]\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Sending:
    """A verb of sending in a text; code points of the text. `what`: the words for what is sent, "" where the sentence has none.

    `kind`: "gives" (gửi, nộp), "submits" (trình), "reports" (báo cáo), "compiles" (tổng hợp, thống kê).
    """

    kind: str
    start: int
    end: int
    receiver: Bodies | None
    what: str


@cache
def _regexes() -> Mapping[str, regex.Pattern[str]]:
    return {p.id: p.regex for p in patterns("duties")}


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(squeeze(level(w)) for w in table("duties")[name])


@cache
def _any(name: str) -> regex.Pattern[str]:
    words = sorted(_words(name), key=len, reverse=True)
    return regex.compile(rf"(?<!\p{{L}})(?:{'|'.join(map(regex.escape, words))})(?!\p{{L}})")


def says(name: str, plain: str, at: int = 0, end: int | None = None) -> regex.Match[str] | None:
    """Where the pattern `name` of `duties.toml` is found in a levelled text, or None."""
    stop = len(plain) if end is None else end
    return _regexes()[name].search(plain, at, stop, timeout=time_limit(stop - at))


def is_bare(what: str) -> bool:
    """Whether words say too little of what is sent: "báo cáo", "kết quả"."""
    return level(what) in _words("bare")


def names_report(text: str) -> bool:
    """Whether words begin with something that can be sent: "Báo cáo quý I", "Danh sách …"."""
    return _any("reports").match(level(text[:60]).removeprefix("các ").removeprefix("những ")) is not None


# ---- the verbs ---------------------------------------------------------------------------------------------------


def best_sending(text: str) -> Sending | None:
    """The sending that says most: one with a receiver before one without, giving before reporting, compiling last."""
    return min(find_sendings(text), key=lambda s: (s.receiver is None, RANK[s.kind], s.start), default=None)


@lru_cache(maxsize=64)
def find_sendings(text: str) -> tuple[Sending, ...]:
    """The verbs of sending in a text, in order, each with its receiver and object where they can be read."""
    return tuple(_sendings(text))


def _sendings(text: str) -> Iterator[Sending]:
    plain = level(text)
    topic = (read_topic(text) or 0) if turn("deadline_topic", plain) else 0
    stops = [m.span() for m in SENTENCE.finditer(plain, timeout=time_limit(len(plain)))]
    for match in list(_regexes()["send"].finditer(plain, timeout=time_limit(len(plain))))[:MOST]:
        at = bisect_right(stops, match.start(), key=lambda stop: stop[1])
        start, end = stops[at - 1][1] if at else 0, stops[at][0] if at < len(stops) else len(plain)
        if match.end() < topic or says("purpose_clause", plain[start : match.start()]):
            continue
        if match.group() == "cung cấp" and says("by_others", plain[start : match.start()]):
            continue
        kind = next(name for name in RANK if match[name])
        if kind != "reports" or _is_verb(text, plain, match):
            yield _sending(text, plain, match, (start, end))


def sentence_at(plain: str, at: int) -> tuple[int, int]:
    """Where the sentence around `at` begins and ends."""
    start = max((m.end() for m in SENTENCE.finditer(plain, 0, at)), default=0)
    stop = SENTENCE.search(plain, at)
    return start, stop.start() if stop else len(plain)


def _is_verb(text: str, plain: str, match: regex.Match[str]) -> bool:
    """Whether "báo cáo" is a verb here: a receiver or "kết quả" follows, and no noun's company stands before it."""
    if says("noun_before", plain[max(0, match.start() - 20) : match.start()]):
        return False
    to = _regexes()["to"].match(plain, match.end())
    if read_bodies(text, to.end(), plain) is not None:
        return True
    return _regexes()["reported"].match(plain, match.end(), timeout=time_limit(len(plain) - match.end())) is not None


def _sending(text: str, plain: str, match: regex.Match[str], sentence: tuple[int, int]) -> Sending:
    kind, end = next(name for name in RANK if match[name]), sentence[1]
    receiver, behind = None, match.end()
    if kind != "compiles":
        to = _regexes()["to"].match(plain, match.end())
        receiver = read_bodies(text, to.end(), plain)
    if receiver is not None:
        what = _behind_receiver(text, plain, (receiver.end, end), kind)
    else:
        receiver = None if kind == "compiles" else _later_receiver(text, plain, match.end(), end)
        if kind == "reports" and says("joined_verbs", plain[match.end() :]):
            behind = match.start()  # "Báo cáo và cung cấp số liệu"
        what = trimmed(text, plain, behind, _introduction(plain, receiver.start) if receiver else end)
    if is_bare(what):
        named = (_opening(text, sentence[0], match.start()), made_before(text, plain, sentence[0], match.start()))
        what = next((words for words in named if words and not is_bare(words)), "") or what or named[1]
    return Sending(kind, match.start(), match.end(), receiver, what)


def _later_receiver(text: str, plain: str, at: int, end: int) -> Bodies | None:
    for later in _regexes()["later_to"].finditer(plain, at, min(end, at + FAR), timeout=time_limit(FAR)):
        receiver = read_bodies(text, later.end(), plain)
        if receiver is not None:
            return receiver
    return None


def _introduction(plain: str, at: int) -> int:
    """Where the words that introduce a receiver at `at` begin."""
    before = list(_regexes()["later_to"].finditer(plain, max(0, at - 20), at, timeout=time_limit(20)))
    return next((m.start() for m in reversed(before) if m.end() == at), at)


# ---- what is sent ------------------------------------------------------------------------------------------------


def _behind_receiver(text: str, plain: str, place: tuple[int, int], kind: str) -> str:
    """The object behind a receiver: "trình Chủ tịch phương án …", "báo cáo UBND tỉnh về kết quả …", "trình Bộ ban hành Quyết định …"."""
    at, end = place
    start = _regexes()["past_receiver"].match(plain, at, end, timeout=time_limit(end - at)).end()
    acts = _regexes()["receiver_acts"].match(plain, start, end, timeout=time_limit(end - start))
    if acts:
        start = acts.end()
    if not plain[start:end].strip(" .,;:/)") or _starts_without_object(plain[:end], start):
        return ""
    if kind != "submits" and is_verb(tokens_of(plain, start, min(end, start + 40)), 0) and not names_report(text[start:end]):
        return ""  # "báo cáo UBND tỉnh bố trí kinh phí": what the receiver is to do
    return trimmed(text, plain, start, end)


def up_to_end(plain: str, start: int, end: int) -> int:
    """Where the words of an object end at the latest: at a bracket, a time, a form, a channel."""
    for cut in _regexes()["object_end"].finditer(plain, min(start + 2, end), end, timeout=time_limit(end - start)):
        if cut["often"] and len(plain[start : cut.start()].split()) <= 2:
            continue  # "kế hoạch hằng năm"
        return int(cut.start())
    return end


_COMMA = regex.compile(r"[,;]\s+")


def trimmed(text: str, plain: str, start: int, end: int) -> str:
    """The words of an object, which also end at a comma before another verb."""
    end = up_to_end(plain, start, end)
    for mark in _COMMA.finditer(plain[start:end]):
        after = tokens_of(plain, start + mark.end(), min(end, start + mark.end() + 40))
        if is_verb(after, 0) and after.words[0] != "đề" and not _joins_nouns(plain, start + mark.start(), after):
            end = start + mark.start()
            break
    return squeeze(text[start:end]).strip(" ,.;:")


def _joins_nouns(plain: str, comma: int, after: Tokens) -> bool:
    """Whether a comma before a verb joins two of them inside a name: "việc triển khai, thực hiện …", "các kiến nghị, phản ánh của …"."""
    before = tokens_of(plain, max(0, comma - 24), comma)
    near = plain[max(0, comma - 40) : comma]
    joined = len(before) > 1 and is_verb(before, len(before) - 2) and ("việc " in near or "công tác " in near)
    return joined or (len(after) > 2 and after.words[2] == "của")


def _opening(text: str, start: int, at: int) -> str:
    """ "Các báo cáo chuyên đề … gửi về …": what the sentence begins with, behind a topic."""
    colon = text.rfind(":", start, at)
    start = colon + 1 if colon >= 0 else start
    if not names_report(text[start:at].lstrip()):
        return ""
    return squeeze(text[start : up_to_end(level(text), start, at)]).strip(" ,")


def made_before(text: str, plain: str, start: int, at: int) -> str:
    """ "tổng hợp số liệu …, gửi": what `[start, at)` says is made, "" where it does not say."""
    bare = ""
    for verb in reversed(list(_any("makes").finditer(plain, max(start, at - BACK), at, timeout=time_limit(BACK)))):
        if not verb.end() < at or _nominal(plain, verb.start()):
            continue
        reports = plain.startswith("báo cáo ", verb.start())
        said = trimmed(text, plain, verb.start() if reports else verb.end(), at)
        if said and not is_bare(said) and (names_report(said) or verb.group() in _words("watches")) and not _starts_without_object(plain, verb.end()):
            return said
        bare = bare or (said if names_report(said) else "")
    return bare


def watched_before(text: str, plain: str, at: int) -> str:
    """ "theo dõi, đôn đốc việc thực hiện Kế hoạch; định kỳ báo cáo": what is watched over before `at`, "" where nothing is."""
    start = max(0, at - BACK)
    found = list(_regexes()["watched"].finditer(plain, start, at, timeout=time_limit(at - start)))
    return squeeze(text[found[-1].start("what") : found[-1].end("what")]).strip(" ,") if found else ""


def _nominal(plain: str, at: int) -> bool:
    """Whether the verb at `at` is part of a noun: "công tác tổng hợp", "kế hoạch rà soát"."""
    return says("made_noun", plain[max(0, at - 20) : at]) is not None


def _starts_without_object(plain: str, at: int) -> bool:
    return _regexes()["no_object"].match(plain, at, timeout=time_limit(len(plain) - at)) is not None


# ---- channel, forms, stretch of time -----------------------------------------------------------------------------


def receivers_in(text: str, best: Sending) -> str | None:
    """Everybody the sentence says receives it: "trình UBND huyện trước ngày … và báo cáo Sở Nội vụ"."""
    start, end = sentence_at(level(text), best.start)
    named = [text[s.receiver.start : s.receiver.end] for s in find_sendings(text) if s.receiver and start <= s.start < end]
    return ", ".join(dict.fromkeys(squeeze(name) for name in named)) or None


def via_in(text: str) -> str | None:
    """The body or channel that it goes through."""
    plain = level(text)
    for match in list(_regexes()["via"].finditer(plain, timeout=time_limit(len(plain)))):
        if match["body"]:
            return squeeze(text[match.start("body") : match.end("body")]).strip(" ,.") or None
        bodies = None if match["on"] else read_bodies(text, match.end(), plain)
        if bodies is not None:
            return squeeze(text[bodies.start : bodies.end])
    return None


def forms_in(text: str) -> list[str]:
    """Forms and annexes that are to be filled in, each once, lists and stretches spelt out."""
    plain = level(text)
    out: list[str] = []
    for match in list(_regexes()["form"].finditer(plain, timeout=time_limit(len(plain)))):
        kind = squeeze(text[match.start() : match.start("first")])
        numbers = _spelt_out(text[match.start("first") : match.end()], match["more"])
        out += [f"{kind} {number}" for number in numbers if f"{kind} {number}" not in out]
    out += [squeeze(text[m.start("form") : m.end("form")]) for m in _regexes()["form_named"].finditer(plain, timeout=time_limit(len(plain)))]
    return out


_NUMBER = regex.compile(r"(?<!\p{L})(?:\d{1,2}\p{L}?|[IVXivx]{1,4}|[A-Za-z])(?!\p{L})")


def _spelt_out(printed: str, more: str) -> list[str]:
    numbers = [str(n) for n in _NUMBER.findall(printed)]
    if "đến" in more and len(numbers) == 2 and all(n.isdecimal() for n in numbers):
        first, last = map(int, numbers)
        if first < last < first + 30:
            return [str(n) for n in range(first, last + 1)]
    return numbers


def cutoff_in(text: str) -> str | None:
    """The stretch that the data cover: "từ ngày 10 tháng 12 của năm trước kỳ báo cáo đến ngày 10 tháng 3 …"."""
    match = says("cutoff", level(text))
    return None if match is None else squeeze(text[match.start("span") : match.end("span")]).strip(" ,")
