"""Running text, footnotes and task cells → reporting obligations: who sends what to whom, through whom, by when, in which forms.

A duty needs a verb of sending and a receiver, a deadline or a form (gold/GUIDELINES.md, settled questions). What is sent
stands behind the verb, before it ("xây dựng báo cáo …, gửi …"), or is what the heading names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex

from extractor.finders.agencies import Bodies, is_verb, read_bodies, tokens_of
from extractor.finders.marks import Marks
from extractor.finders.roles import read_subject, read_topic, turn
from extractor.model import Deadline, Document, Duty, Evidence, Header, Span, Task
from extractor.patterns import TIMEOUT, patterns, table
from extractor.records.narrative import deadlines_of, is_task, lead_of
from extractor.records.reading import Reader, read, times_of
from extractor.records.tables import view
from extractor.records.tasks import record_table_tasks
from extractor.values.agencies import split_agencies
from extractor.values.folding import level, squeeze

RANK: Mapping[str, int] = {"gives": 0, "submits": 1, "reports": 2, "compiles": 3}
CLAUSE = regex.compile(r"[.;]\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Sending:
    """A verb of sending in a text, with what was found around it; code points of the text."""

    kind: str  # "gives", "submits", "reports", "compiles"
    start: int
    end: int
    receiver: Bodies | None
    what: tuple[int, int] | None


@cache
def _regexes() -> Mapping[str, regex.Pattern[str]]:
    return {p.id: p.regex for p in patterns("duties")}


@cache
def _any(name: str) -> regex.Pattern[str]:
    words = sorted((squeeze(level(w)) for w in table("duties")[name]), key=len, reverse=True)
    return regex.compile(rf"(?<!\p{{L}})(?:{'|'.join(map(regex.escape, words))})(?!\p{{L}})")


def record_duties(document: Document, parts: Sequence[str | None], header: Header, marks: Marks | None = None) -> tuple[Duty, ...]:
    """The reporting obligations, in reading order. `to` is the document's issuer where the text leaves it to be understood."""
    reader = read(document, parts, header, marks)
    found: list[Duty] = []
    for block in document.blocks:
        if reader.is_open(block.block_id):
            duty = _of_block(reader, block.block_id, header)
            found += [duty] if duty else []
        elif block.kind == "table":
            found += _in_table(reader, block.table_id, header)
        elif block.kind == "footnote" or (parts[block.block_id] == "outline" and block.kind != "table"):
            found += _told_aside(reader, block.block_id)
    return tuple(found)


# ---- in the running text -----------------------------------------------------------------------------------------


def _of_block(reader: Reader, number: int, header: Header) -> Duty | None:
    sense = reader.sense(number)
    text, plain = sense.text, level(sense.text)
    if sense.is_field or sense.note or _regexes()["closing"].search(plain, timeout=TIMEOUT):
        return None
    sending = _best(text, plain)
    if sending is None or (sending.receiver is None and (inherited := _under_lead_in(reader, number))):
        return inherited if sending else _under_lead_in(reader, number)
    times = [d for d in times_of(reader, number)] or (deadlines_of(reader, number) if sending.receiver is None else [])
    forms = forms_in(plain, text)
    if not (sending.receiver or times or forms) or (sending.kind == "submits" and not times) or (sending.kind == "compiles" and not forms):
        return None
    who = lead_of(reader, number)
    what = _what(reader, number, sending)
    if not what:
        return None
    names = tuple(a.agency for a in who)
    return _duty(reader, number, (names, what, _receivers(text, plain, sending)), times)


def _receivers(text: str, plain: str, best: Sending) -> str | None:
    """Everybody the sentence says receives it: "trình UBND huyện trước ngày … và báo cáo Sở Nội vụ"."""
    stop = CLAUSE.search(plain, best.end)
    start = max((m.end() for m in CLAUSE.finditer(plain, 0, best.start)), default=0)
    limit = stop.start() if stop else len(plain)
    named = [text[s.receiver.start : s.receiver.end] for s in sendings(text, plain) if s.receiver and start <= s.start < limit]
    return ", ".join(dict.fromkeys(squeeze(name) for name in named)) or None


def _under_lead_in(reader: Reader, number: int) -> Duty | None:
    """An item under "… báo cáo Chủ tịch UBND huyện trước 15/3. Cụ thể như sau:": receiver, channel and deadline pass to it."""
    sense = reader.sense(number)
    parent = sense.block.parent_id
    if sense.block.kind != "list_item" or parent is None or reader.block(parent).kind != "paragraph" or not is_task(reader, number):
        return None
    above = reader.sense(parent)
    sending = _best(above.text, level(above.text))
    if sending is None or sending.receiver is None:
        return None
    start = sense.topic + (sense.subject.rest if sense.subject else 0)
    plain = level(sense.text)
    cut = _ENDS.search(plain, start + 3)
    what = squeeze(sense.text[start : cut.start() if cut else len(sense.text)]).strip(" :;.,")
    to = above.text[sending.receiver.start : sending.receiver.end]
    duty = _duty(reader, number, (tuple(a.agency for a in lead_of(reader, number)), what, to), deadlines_of(reader, number))
    return replace(duty, via=duty.via or via_in(above.text, level(above.text)))


def _duty(reader: Reader, number: int, said: tuple[tuple[str, ...], str, str | None], times: Sequence[Deadline]) -> Duty:
    sense, (who, what, to) = reader.sense(number), said
    plain = level(sense.text)
    span = Span(sense.block.body.start, sense.block.span.end)
    return Duty(
        who=who,
        what=squeeze(what),
        to=squeeze(to) if to else None,
        via=via_in(sense.text, plain),
        cutoff=cutoff_in(sense.text, plain),
        forms=tuple(forms_in(plain, sense.text)),
        deadlines=tuple(times),
        evidence=Evidence(span, reader.document.confidence(span), "duties.send"),
    )


def _best(text: str, plain: str) -> Sending | None:
    """The sending that says most: one with a receiver before one without, giving before reporting, compiling last."""
    ranked = sorted(sendings(text, plain), key=lambda s: (s.receiver is None, RANK[s.kind], s.start))
    return ranked[0] if ranked else None


def sendings(text: str, plain: str) -> Iterator[Sending]:
    """The verbs of sending in a text, each with its receiver and object where they can be read."""
    topic = read_topic(text) or 0
    for match in _regexes()["send"].finditer(plain, timeout=TIMEOUT):
        if match.end() < topic and opens_topic(plain):
            continue
        kind = next(name for name in ("gives", "submits", "reports", "compiles") if match[name])
        start = max((m.end() for m in CLAUSE.finditer(plain, 0, match.start())), default=0)
        if _regexes()["purpose_clause"].search(plain[start : match.start()]):
            continue
        if kind == "reports" and not _is_verb(text, plain, match):
            continue
        yield _sending(text, plain, match, kind)


def opens_topic(plain: str) -> bool:
    """Whether a text opens with a topic that only names what follows: "Thời hạn gửi báo cáo: …"."""
    return turn("deadline_topic", plain) is not None


def _is_verb(text: str, plain: str, match: regex.Match[str]) -> bool:
    """Whether "báo cáo" is a verb here: a receiver or "kết quả" follows, and no noun's company stands before it."""
    before = plain[max(0, match.start() - 12) : match.start()]
    if regex.search(r"(?:các|những|xây dựng|lập|gửi|nộp|của|chế độ|nội dung|thời gian|kỳ|thông tin|một|dự thảo|trong|theo|số liệu|mẫu|hoàn thiện)\s+$", before):
        return False
    after = _regexes()["to"].match(plain, match.end())
    return read_bodies(text, after.end()) is not None or regex.match(r"\s+(?:kết quả|tình hình|cụ thể|về|và cung cấp|rõ|số liệu|tiến độ)", plain[match.end() :]) is not None


def _sending(text: str, plain: str, match: regex.Match[str], kind: str) -> Sending:
    stop = CLAUSE.search(plain, match.end())
    limit = stop.start() if stop else len(plain)
    to = _regexes()["to"].match(plain, match.end())
    receiver = read_bodies(text, to.end()) if to and kind != "compiles" else None
    if kind == "compiles":
        return Sending(kind, match.start(), match.end(), None, (match.end(), limit))
    if receiver is not None:
        return Sending(kind, match.start(), match.end(), receiver, _behind(plain, receiver.end, limit))
    for later in _regexes()["later_to"].finditer(plain, match.end(), min(limit, match.end() + 260)):
        receiver = read_bodies(text, later.end())
        if receiver is not None:
            first = match.start() if kind == "reports" else match.end()
            return Sending(kind, match.start(), match.end(), receiver, (first, later.start()))
    first = match.start() if kind == "reports" or regex.match(r"\s+cung cấp|\s+và", plain[match.end() :]) else match.end()
    return Sending(kind, match.start(), match.end(), None, (first, limit))


def _behind(plain: str, at: int, limit: int) -> tuple[int, int] | None:
    """The object behind a receiver: "gửi Chủ tịch UBND huyện Kế hoạch và Báo cáo tổng kết", "báo cáo UBND tỉnh về kết quả …"."""
    skip = regex.compile(r"\s*(?:\([^()]*\)\s*)?(?:(?:về|các|kết quả)\b\s*)?").match(plain, at)
    start = skip.end() if skip else at
    rest = plain[start:limit]
    if _any("receiver_acts").match(rest.lstrip(" ,")) or regex.match(r"\s*(?:trước|chậm|để|theo|,|qua|thông qua|định kỳ|hằng|hàng|vào|\(|$)", rest):
        return None
    return (start, limit) if _any("reports").search(rest[:60]) else None


# ---- in tables that assign work -----------------------------------------------------------------------------------


def _in_table(reader: Reader, table_id: int | None, header: Header) -> list[Duty]:
    """Rows whose task or time cell has a verb of sending with a receiver, or that are a periodic report themselves."""
    if table_id is None:
        return []
    grid = reader.document.tables[table_id]
    if not regex.search(r"(?i)gửi|nộp|trình|báo cáo", reader.document.quote(grid.span)):
        return []
    seen = view(reader.document, grid)
    tasks = record_table_tasks(reader.document, [seen], header) if seen.kind == "tasks" else ()
    return [duty for task in tasks if (duty := _of_row(reader, task)) is not None]


def _of_row(reader: Reader, task: Task) -> Duty | None:
    who = tuple(a.agency for a in task.assignments if a.role == "lead")
    for text in (reader.document.quote(task.evidence.span), task.text):
        for line in regex.split(r"[\n\t]|(?<=[.;])\s+-\s", text):
            duty = _of_line(reader, task, line)
            if duty is not None:
                return replace(duty, who=who)
    return None


def _of_line(reader: Reader, task: Task, line: str) -> Duty | None:
    plain = level(line)
    sending = _best(line, plain)
    periodic = regex.match(r"\s*báo cáo (?:định kỳ|hằng|hàng)", plain)
    if periodic and len(line.split()) > 5:
        what, to = squeeze(line), None
    elif sending is not None and sending.receiver is not None and (sending.kind != "submits" or task.deadlines) and sending.kind != "compiles":
        said = _trimmed(line, plain, *sending.what) if sending.what else _made_before(line, plain, sending.start) or _opens_sentence(line, plain, sending.start)
        what, to = said or squeeze(line[: sending.start]).strip(" ,.;:-"), _receivers(line, plain, sending)
    else:
        return None
    if len(what.split()) < 2:
        return None
    return Duty((), what, to, via_in(line, plain), cutoff_in(line, plain), tuple(forms_in(plain, line)), task.deadlines, task.evidence)


# ---- what is sent ------------------------------------------------------------------------------------------------

_ENDS = regex.compile(
    r"\s*(?:\(|,\s*(?:gửi|trình)(?!\p{L})|(?<!\p{L})(?:để|trước(?: ngày)?\s+\d|chậm nhất|theo (?:phụ|biểu|mẫu|đề|nội dung|hướng|các biểu|quy|thời)|tại (?:biểu|phụ|mẫu)|thực hiện về các nội dung|về các nội dung|hằng|hàng (?:năm|quý|tháng)|định kỳ|qua|thông qua|đồng thời|đảm bảo|bảo đảm)(?!\p{L}))"
)


BARE = frozenset({"", "báo cáo", "kết quả", "báo cáo kết quả", "kế hoạch", "văn bản"})  # too little to know what is sent


def _what(reader: Reader, number: int, sending: Sending) -> str:
    """What is sent: the verb's object, what was made before it, what was reported before it, the sentence's opening, the heading."""
    sense = reader.sense(number)
    text, plain = sense.text, level(sense.text)
    said = _trimmed(text, plain, *sending.what) if sending.what is not None else ""
    told = [said, _made_before(text, plain, sending.start), _reported_before(text, plain, sending), _opens_sentence(text, plain, sending.start)]
    named = next((words for words in told if level(words) not in BARE), "")
    return named or _of_heading(reader, number) or next((words for words in told if words), "báo cáo")


def _reported_before(text: str, plain: str, sending: Sending) -> str:
    """ "báo cáo kết quả CCHC hằng quý, gửi về UBND tỉnh": the object of "báo cáo" earlier in the clause."""
    before = [s for s in sendings(text, plain) if s.kind == "reports" and s.start < sending.start and not CLAUSE.search(plain, s.start, sending.start)]
    return _trimmed(text, plain, before[-1].start, sending.start) if before else ""


def _trimmed(text: str, plain: str, start: int, end: int) -> str:
    """The words of the object: up to a bracket, a time, "theo phụ lục …", or a comma before another verb."""
    cut = _ENDS.search(plain, start + 3, end)
    end = cut.start() if cut else end
    for mark in regex.finditer(r"[,;]\s+", plain[start:end]):
        after = tokens_of(plain[start + mark.end() : min(end, start + mark.end() + 40)])[:4]
        if is_verb(after, 0) and after[0].word != "đề":
            end = start + mark.start()
            break
    return squeeze(text[start:end]).strip(" ,.;:")


def _made_before(text: str, plain: str, at: int) -> str:
    """ "xây dựng báo cáo tổng kết …, báo cáo Chủ tịch": the object of the verb before, in this sentence or the one before."""
    low = max(0, at - 420)
    for verb in reversed(list(_any("makes").finditer(plain, low, at))):
        rest = plain[verb.end() : at]
        if _any("reports").match(rest.lstrip()) or regex.match(r"\s*(?:các|đầy đủ)\s", rest):
            said = str(regex.split(r"[.]\s", _trimmed(text, plain, verb.end(), at))[0]).strip(" ,.;:")
            if level(said) not in BARE:
                return said
    return ""


def _opens_sentence(text: str, plain: str, at: int) -> str:
    """ "Các báo cáo chuyên đề … gửi về …": what the clause begins with."""
    start = max((m.end() for m in regex.finditer(r"[.;:]\s+", plain[:at])), default=0)
    words = plain[start:at]
    return squeeze(text[start:at]).strip(" ,") if _any("reports").match(regex.sub(r"^(?:các|những)\s+", "", words)) else ""


def _of_heading(reader: Reader, number: int) -> str:
    """What the nearest heading names, where that is something to be sent: "Báo cáo quý I"."""
    for above in reader.document.ancestors(reader.block(number)):
        text = squeeze(reader.sense(above.block_id).text).strip(" :.")
        if _any("reports").match(level(text)) and len(text.split()) < 15:
            return text
    return ""


# ---- channel, forms, cut-off -------------------------------------------------------------------------------------


def via_in(text: str, plain: str) -> str | None:
    """The body or channel that it goes through."""
    for match in _regexes()["via"].finditer(plain, timeout=TIMEOUT):
        if match["body"]:
            return squeeze(text[match.start("body") : match.end("body")]).strip(" ,.") or None
        bodies = read_bodies(text, match.end())
        if bodies is not None:
            return squeeze(text[bodies.start : bodies.end])
    return None


def forms_in(plain: str, text: str) -> list[str]:
    """Forms and annexes that are to be filled in, each once, lists and stretches spelt out."""
    out: list[str] = []
    for match in _regexes()["form"].finditer(plain, timeout=TIMEOUT):
        kind = squeeze(text[match.start() : match.start("first")])
        numbers = _spelt_out(text[match.start("first") : match.end()], level(match["more"]))
        out += [f"{kind} {number}" for number in numbers if f"{kind} {number}" not in out]
    out += [squeeze(text[m.start("form") : m.end("form")]) for m in _regexes()["form_named"].finditer(plain, timeout=TIMEOUT)]
    return out


def _spelt_out(printed: str, more: str) -> list[str]:
    numbers = regex.findall(r"(?<!\p{L})(?:\d{1,2}\p{L}?|[IVXivx]{1,4}|[A-Za-z])(?!\p{L})", printed)
    if "đến" in more and len(numbers) == 2 and numbers[0].isdecimal() and numbers[1].isdecimal() and int(numbers[0]) < int(numbers[1]) < int(numbers[0]) + 30:
        return [str(n) for n in range(int(numbers[0]), int(numbers[1]) + 1)]
    return numbers


def cutoff_in(text: str, plain: str) -> str | None:
    """The stretch that the data cover: "từ ngày 10 tháng 12 của năm trước kỳ báo cáo đến ngày 10 tháng 3 …"."""
    match = _regexes()["cutoff"].search(plain, timeout=TIMEOUT)
    return None if match is None else squeeze(text[match.start("span") : match.end("span")]).strip(" ,")


# ---- footnotes and outlines --------------------------------------------------------------------------------------


def _told_aside(reader: Reader, number: int) -> list[Duty]:
    """Duties in footnotes and outlines: clauses that say which body reports, and what stands under a body's heading."""
    block = reader.block(number)
    text = reader.document.quote(block.body)
    cutoff = cutoff_in(text, level(text))
    place = _annex_of(reader, number) if block.kind == "footnote" else None
    out = []
    for start, end in _clauses(text):
        said = _aside(reader, number, text, (start, end))
        if said is not None:
            span = Span(block.body.start + start, block.body.start + end)
            evidence = Evidence(span, reader.document.confidence(span), "duties.aside")
            forms = forms_in(level(text[start:end]), text[start:end]) or ([place] if place else [])
            out.append(Duty(said[0], said[1], None, None, cutoff, tuple(forms), (), evidence))
    return out


def _aside(reader: Reader, number: int, text: str, place: tuple[int, int]) -> tuple[tuple[str, ...], str] | None:
    """Who reports what in one clause, or None where it does not say."""
    start, end = place
    clause = text[start:end]
    subject = read_subject(clause)
    if subject is not None and subject.form != "told":
        names = [a.name for a in split_agencies(clause[subject.bodies.start : subject.bodies.end])]
        rest = subject.rest
    else:
        names, rest = (_of_outline_heading(reader, number), 0) if start == 0 else ([], 0)
    verb = _aside_verb().match(level(clause), rest)
    if verb is None or not names:
        return None
    plain = level(clause)
    keeps = verb["verb"] in ("thống kê", "điền") or not _any("reports").match(plain, verb.end())
    what = _trimmed(clause, plain, verb.start("verb") if keeps else verb.end(), end - start)
    if start and (len(what.split()) < 3 or "nội dung này" in plain) and text[start - 1 : start] == "(":
        what = squeeze(text[: start - 1]).strip(" .;:,")
    return (tuple(names), what) if what else None


@cache
def _aside_verb() -> regex.Pattern[str]:
    words = "|".join(map(regex.escape, table("duties")["aside"]))
    return regex.compile(rf"\s*:?\s*(?:(?:chủ trì|có trách nhiệm|chịu trách nhiệm|cần)\s+)?(?P<verb>{words})(?!\p{{L}})\s*(?:(?:rõ|đầy đủ|cụ thể)\s+)?")


def _of_outline_heading(reader: Reader, number: int) -> list[str]:
    """The bodies of a heading in an outline of a report: "2. Phòng Tư pháp"."""
    parent = reader.block(number).parent_id
    if parent is None:
        return []
    head = reader.document.quote(reader.block(parent).body)
    subject = read_subject(head)
    if subject is None or subject.form == "told" or head[subject.rest :].strip(" :."):
        return []
    return [a.name for a in split_agencies(head[subject.bodies.start : subject.bodies.end])]


def _annex_of(reader: Reader, number: int) -> str | None:
    """The annex or form in which a footnote stands."""
    for other in range(number - 1, max(-1, number - 60), -1):
        block = reader.block(other)
        if block.kind in ("heading", "paragraph"):
            found = regex.match(r"(?i)(?:phụ lục|biểu mẫu|biểu)(?: số)? [\dIVX]{1,3}(?!\p{L})", reader.document.quote(block.span))
            if found:
                return squeeze(found.group())
    return None


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for cut in regex.finditer(r"[.;]\s+|[()]", text):
        if cut.start() > start:
            yield start, cut.start()
        start = cut.end()
    if start < len(text):
        yield start, len(text)
