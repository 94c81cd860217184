"""Running text, footnotes and task cells → reporting obligations: who sends what to whom, through whom, by when, in which forms.

A duty needs a verb of sending and a receiver, a deadline or a form (gold/GUIDELINES.md, settled questions).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, partial

import regex

from extractor.finders.marks import Marks
from extractor.finders.roles import announces, read_subject
from extractor.finders.sendings import (
    Sending,
    best_sending,
    cutoff_in,
    forms_in,
    is_bare,
    made_before,
    names_report,
    receivers_in,
    says,
    sentence_at,
    trimmed,
    up_to_end,
    via_in,
    watched_before,
)
from extractor.model import Block, Deadline, Document, Duty, Evidence, Header, Span, Task
from extractor.patterns import table, time_limit
from extractor.records.narrative import closes, deadlines_of, is_norm, is_task, lead_of
from extractor.records.reading import Reader, Sense, read, seen_table, times_of
from extractor.records.tables import View
from extractor.records.tasks import record_table_tasks
from extractor.values.agencies import split_agencies
from extractor.values.folding import level, squeeze

ANY = regex.compile(r"(?i)gửi|nộp|trình|báo cáo|cung cấp|tổng hợp|thống kê|chuyển về|điền")  # without one of these nothing is sent
LONGEST_HEAD = 15  # words that a heading may have to say what is sent
NEAR = 60  # blocks in which the annex that a footnote belongs to stands before it
LINE = regex.compile(r"[\n\t]|(?<=[.;])\s+-\s")


def record_duties(document: Document, parts: Sequence[str | None], header: Header, marks: Marks | None = None) -> tuple[Duty, ...]:
    """The reporting obligations, in reading order."""
    reader = read(document, parts, header, marks)
    found: list[Duty] = []
    for block in document.blocks:
        if block.kind == "furniture" or not _may_send(document, block):
            continue
        found += reader.marks.bounded(block.span, "duties", partial(_in_block, reader, block, header))
    return tuple(found)


def _in_block(reader: Reader, block: Block, header: Header) -> list[Duty]:
    if reader.is_open(block.block_id):
        return list(_of_block(reader, block.block_id))
    if block.kind == "table":
        return _in_table(reader, block.table_id, header)
    aside = block.kind == "footnote" or reader.parts[block.block_id] == "outline"
    return _told_aside(reader, block.block_id) if aside else []


def _may_send(document: Document, block: Block) -> bool:
    """Whether a verb of sending stands in the block or right above it."""
    above = block if block.parent_id is None else document.blocks[block.parent_id]
    spans = (block.span, above.body) if block.kind == "list_item" and above.kind == "paragraph" else (block.span,)
    return any(ANY.search(document.text, span.start, span.end) for span in spans)


# ---- in the running text -----------------------------------------------------------------------------------------


def _of_block(reader: Reader, number: int) -> Iterator[Duty]:
    sense = reader.sense(number)
    if sense.is_field or sense.note or closes(reader, sense) or says("closing", sense.plain):
        return
    sending = best_sending(sense.text)
    passed = _passed_down(reader, number) if sending is None or sending.receiver is None else None
    if passed is not None:
        yield passed
    elif sending is not None and not _opens_bare_list(reader, sense, sending):
        duty = _said(reader, sense, sending)
        if duty is not None:
            yield duty


def _said(reader: Reader, sense: Sense, sending: Sending) -> Duty | None:
    """What the block itself says, where it is enough to be a duty."""
    number = sense.block.block_id
    times = times_of(reader, number) or (deadlines_of(reader, number) if sending.receiver is None else [])
    forms = forms_in(sense.text)
    if (sending.kind == "submits" and not times) or (sending.kind == "compiles" and not forms):
        return None
    if not (sending.receiver or times or forms or via_in(sense.text)):
        return None
    if is_norm(reader, sense.block) and not (times or forms or is_task(reader, number)):
        return None  # how a body works, no report that is due
    if sending.receiver is None and not forms and sending.what and not names_report(sending.what) and sending.kind == "gives":
        return None  # "nộp hồ sơ" sends a report, "cung cấp dịch vụ" does not
    who = tuple(a.agency for a in lead_of(reader, number))
    return _duty(reader, sense, (who, _what(reader, sense, sending), receivers_in(sense.text, sending)), times)


def _duty(reader: Reader, sense: Sense, said: tuple[tuple[str, ...], str, str | None], times: Sequence[Deadline]) -> Duty:
    who, what, to = said
    span = Span(sense.block.body.start, sense.block.span.end)
    return Duty(
        who=who,
        what=squeeze(what),
        to=to,
        via=via_in(sense.text),
        cutoff=cutoff_in(sense.text),
        forms=tuple(forms_in(sense.text)),
        deadlines=tuple(times),
        evidence=Evidence(span, reader.document.confidence(span), "duties.send"),
    )


def _what(reader: Reader, sense: Sense, sending: Sending) -> str:
    """What is sent: the sentence's object, what a sentence before says is made, what the heading names."""
    if not is_bare(sending.what):
        return sending.what
    plain = sense.plain
    named = (made_before(sense.text, plain, 0, sentence_at(plain, sending.start)[0]), _of_heading(reader, sense.block.block_id))
    own = next((words for words in named if names_report(words) and not is_bare(words)), "")
    watched = watched_before(sense.text, plain, sending.start) if sending.kind == "reports" else ""
    return own or watched or sending.what or "báo cáo"


def _of_heading(reader: Reader, number: int) -> str:
    """What the nearest heading names, where that is something to be sent: "Báo cáo quý I"."""
    for above in reader.document.ancestors(reader.block(number)):
        text = squeeze(reader.sense(above.block_id).text).strip(" :.")
        if names_report(text) and not text.isupper() and len(text.split()) < LONGEST_HEAD:
            return text
    return ""


# ---- lead-ins and their items ------------------------------------------------------------------------------------


def _lead_in(reader: Reader, number: int) -> tuple[Sense, Sending] | None:
    """The sentence "… báo cáo Chủ tịch UBND huyện trước 15/3. Cụ thể như sau:" that an item stands under."""
    block = reader.block(number)
    if block.kind != "list_item" or block.parent_id is None or reader.block(block.parent_id).kind != "paragraph":
        return None
    above = reader.sense(block.parent_id)
    sending = best_sending(above.text) if ANY.search(above.text) else None
    return None if sending is None or sending.receiver is None else (above, sending)


def _passed_down(reader: Reader, number: int) -> Duty | None:
    """An item under such a sentence: receiver, channel and deadline pass to it; what is sent too, where the item orders nothing."""
    lead_in = _lead_in(reader, number)
    if lead_in is None or not is_task(reader, number):
        return None
    (above, sending), sense = lead_in, reader.sense(number)
    start = sense.topic + (sense.subject.rest if sense.subject else 0)
    plain = sense.plain
    own = squeeze(sense.text[start : up_to_end(plain, start, len(plain))]).strip(" :;.,")
    what = _item_or_lead_in(sense, own, sending.what)
    to = above.text[sending.receiver.start : sending.receiver.end] if sending.receiver else None
    who = tuple(a.agency for a in lead_of(reader, number))
    duty = _duty(reader, sense, (who, what, squeeze(to) if to else None), deadlines_of(reader, number))
    return replace(duty, via=duty.via or via_in(above.text))


def _item_or_lead_in(sense: Sense, own: str, above: str) -> str:
    """What an item sends: its own words, or the lead-in's where the item orders nothing, or only says on which form."""
    if not above or names_report(own) or (_orders(sense) and not any(level(above).startswith(level(own[k:])) for k in _word_starts(own)[1:4])):
        return own
    return above


def _word_starts(words: str) -> list[int]:
    return [0, *(k + 1 for k, c in enumerate(words) if c == " ")]


def _orders(sense: Sense) -> bool:
    return sense.ordered or sense.orders_behind


def _opens_bare_list(reader: Reader, sense: Sense, sending: Sending) -> bool:
    """Whether the sentence only opens a list whose items are its duties."""
    if sending.receiver is None or not announces(sense.text):
        return False
    items = [reader.sense(k) for k in reader.children.get(sense.block.block_id, []) if reader.block(k).kind == "list_item"]
    only = not lead_of(reader, sense.block.block_id) or says("points_below", sense.plain) or not any(_orders(item) for item in items)
    return bool(only) and any(is_task(reader, item.block.block_id) for item in items)


# ---- in tables that assign work -----------------------------------------------------------------------------------


def _in_table(reader: Reader, table_id: int | None, header: Header) -> list[Duty]:
    """Rows whose task or time cell has a verb of sending with a receiver, or that are a periodic report themselves."""
    seen = seen_table(reader.marks, table_id)
    tasks = record_table_tasks(reader.document, [seen], header) if seen is not None and seen.kind == "tasks" else ()
    cells = _time_cells(reader, seen) if seen is not None and tasks else []
    return [duty for task in tasks if (duty := _of_row(task, cells)) is not None]


def _of_row(task: Task, cells: Sequence[tuple[int, str]]) -> Duty | None:
    who = tuple(a.agency for a in task.assignments if a.role == "lead")
    row = bisect_right(cells, task.evidence.span.start, key=lambda cell: cell[0]) - 1
    for text in (cells[row][1] if row >= 0 else "", task.text):
        for line in LINE.split(text):
            duty = _of_line(task, line) if ANY.search(line) else None
            if duty is not None:
                return replace(duty, who=who)
    return None


def _time_cells(reader: Reader, seen: View) -> list[tuple[int, str]]:
    """The words of each row's time cells, by where its first cell begins, in order."""
    wanted = [column.index for column in seen.columns if column.role == "deadline"]
    rows = ([cell for cell in row if cell is not None] for row in seen.rows)
    starts = [min((cell.span.start for cell in row), default=0) for row in rows]
    texts = ("\n".join(reader.document.quote(cell.span) for cell in (row[k] for k in wanted) if cell is not None) for row in seen.rows)
    return sorted(zip(starts, texts, strict=True))


def _of_line(task: Task, line: str) -> Duty | None:
    sending = best_sending(line)
    if says("periodic_report", level(line)) and len(line.split()) > 5:
        what, to = squeeze(line), None
    elif sending is not None and sending.receiver is not None and (sending.kind in ("gives", "reports") or not line[: sending.start].strip(" -+•")):
        what = sending.what if not is_bare(sending.what) else _task_object(task, line, sending)
        to = receivers_in(line, sending)
    else:
        return None
    if len(what.split()) < 2 and not names_report(what):
        return None
    return Duty((), what, to, via_in(line), cutoff_in(line), tuple(forms_in(line)), task.deadlines, task.evidence)


def _task_object(task: Task, line: str, sending: Sending) -> str:
    """What a row says is made, where the line with the verb of sending says only to whom it goes."""
    opened = squeeze(line[: sending.start]).strip(" ,.;:-")
    if opened:
        return opened
    plain = level(task.text)
    return made_before(task.text, plain, 0, len(plain)) or squeeze(task.text)


# ---- footnotes and outlines --------------------------------------------------------------------------------------


def _told_aside(reader: Reader, number: int) -> list[Duty]:
    """Duties in footnotes and outlines: clauses that say which body reports, and what stands under a body's heading."""
    block = reader.block(number)
    text = reader.document.quote(block.body)
    cutoff = cutoff_in(text)
    place = _annex_of(reader, number) if block.kind == "footnote" else None
    out = []
    for start, end in _clauses(text):
        said = _aside(reader, number, text, (start, end))
        if said is not None:
            span = Span(block.body.start + start, block.body.start + end)
            evidence = Evidence(span, reader.document.confidence(span), "duties.aside")
            forms = forms_in(text[start:end]) or ([place] if place else [])
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
    plain = level(clause)
    verb = _aside_verb().match(plain, rest, timeout=time_limit(len(plain) - rest))
    if verb is None or not names:
        return None
    keeps = verb["verb"] in ("thống kê", "điền") or not names_report(clause[verb.end() :])
    what = trimmed(clause, plain, verb.start("verb") if keeps else verb.end(), end - start)
    if start and (len(what.split()) < 3 or "nội dung này" in plain) and text[start - 1 : start] == "(":
        what = squeeze(text[: start - 1]).strip(" .;:,")
    return (tuple(names), what) if what else None


@cache
def _aside_verb() -> regex.Pattern[str]:
    words = "|".join(map(regex.escape, table("duties")["aside"]))
    before = r"\s*:?\s*(?:(?:chủ trì|có trách nhiệm|chịu trách nhiệm|cần)\s+)?"
    return regex.compile(rf"{before}(?P<verb>{words})(?!\p{{L}})\s*(?:(?:rõ|đầy đủ|cụ thể)\s+)?")


def _of_outline_heading(reader: Reader, number: int) -> list[str]:
    """The bodies of a heading in an outline of a report: "2. Phòng Tư pháp"."""
    parent = reader.block(number).parent_id
    if parent is None:
        return []
    head = reader.document.quote(reader.block(parent).body)
    subject = read_subject(head)
    if subject is None or subject.form == "told" or head[subject.rest :].strip(" :.") or says("topic", level(head)):
        return []
    return [a.name for a in split_agencies(head[subject.bodies.start : subject.bodies.end])]


def _annex_of(reader: Reader, number: int) -> str | None:
    """The annex or form in which a footnote stands."""
    for other in range(number - 1, max(-1, number - NEAR), -1):
        block = reader.block(other)
        if block.kind in ("heading", "paragraph"):
            found = says("annex_number", level(reader.document.quote(block.span)[:NEAR]))
            if found:
                return squeeze(reader.document.quote(block.span)[: found.end()])
    return None


_CUT = regex.compile(r"[.;]\s+|[()]")


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for cut in _CUT.finditer(text):
        if cut.start() > start:
            yield start, cut.start()
        start = cut.end()
    if start < len(text):
        yield start, len(text)
