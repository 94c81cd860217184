"""Running text → tasks: leaf items that tell a body to do something, with whoever leads, helps, and by when.

The outline decides: an item under an agency's heading is that agency's; a lead-in's deadline holds for its items;
lines such as "Cơ quan chủ trì: …" belong to the item they stand under. Aims, results, outlines of reports to be
written and signatures are no tasks (gold/GUIDELINES.md, tasks).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice

from extractor.finders.marks import Marks
from extractor.finders.roles import announces, enacts, find_support, opens_with_noun, turn
from extractor.model import Assignment, Block, Deadline, Document, Evidence, Header, Span, Task
from extractor.records.reading import (
    SENTENCE,
    Reader,
    Sense,
    assign,
    bodies_in,
    enacts_itself,
    heading_over,
    is_section,
    labelled_times,
    later_subjects,
    lead_in_before,
    read,
    seen_table,
    speaks_itself,
    squeezed,
    subjects_of,
    times_of,
)
from extractor.values.areas import area_of
from extractor.values.folding import level

FREE = frozenset({"tasks", "directions", "body"})  # parts whose items are directives even where no body is named
LED = frozenset({"content", "organisation"})  # parts whose items are, where the sentence above the list orders them
LIMITS = ("before", "by")
SHORT = 40  # code points behind the bodies of a heading that add to whom it is about
NEAR = 100  # siblings looked back upon for those whose report is meant


def record_narrative_tasks(document: Document, parts: Sequence[str | None], header: Header, marks: Marks | None = None) -> tuple[Task, ...]:
    """The tasks that running text assigns, in reading order. Leads inherited from a heading are those of the heading's words."""
    reader = read(document, parts, header, marks)
    blocks = (block for block in document.blocks if reader.is_open(block.block_id))
    found = (reader.marks.bounded(block.span, "tasks", partial(_of_block, reader, block.block_id)) for block in blocks)
    return tuple(task for tasks in found for task in tasks)


def _of_block(reader: Reader, number: int) -> list[Task]:
    return [_task(reader, number)] if is_task(reader, number) else []


# ---- is it a task ------------------------------------------------------------------------------------------------


def is_task(reader: Reader, number: int) -> bool:
    """Whether a block is a unit of work that the document assigns."""
    found = reader.verdicts.get(number)
    if found is None:
        reader.verdicts[number] = False
        found = reader.verdicts[number] = _decide(reader, number)
    return found


def _decide(reader: Reader, number: int) -> bool:
    sense = reader.sense(number)
    if sense.is_field or len(sense.text.split()) < 3 or turn("blank", sense.text) or turn("figure", sense.plain):
        return False
    if _bears_fields(reader, sense):
        return True
    if sense.note or closes(reader, sense) or _names_person(sense) or turn("takes_effect", sense.plain) or _enacts(reader, sense):
        return False
    kids = [k for k in reader.children.get(number, []) if not reader.sense(k).is_field and not closes(reader, reader.sense(k))]
    if (sense.block.kind == "heading" and kids and not _is_sentence(reader, sense, kids)) or _over_tasks(reader, kids):
        return _covers_its_items(sense)
    if sense.block.kind == "paragraph" and announces(sense.text) and (_opens_list(reader, number) or _opens_table(reader, number)):
        return False
    return (sense.told and not _is_power(reader, sense)) or _is_directive(reader, sense)


def _enacts(reader: Reader, sense: Sense) -> bool:
    return enacts_itself(reader, sense) or (_is_article(sense.block) and enacts(sense.text))


def _bears_fields(reader: Reader, sense: Sense) -> bool:
    """Whether labelled lines make a block a task: who leads or helps; a time alone only where it names no mere subject of other items."""
    number = sense.block.block_id
    kinds = {kind for kind, _ in reader.fields.get(number, ())}
    if kinds & {"lead", "support"} or "time" not in kinds:
        return bool(kinds & {"lead", "support"})
    return sense.ordered or sense.told or not any(not reader.sense(k).is_field for k in reader.children.get(number, []))


def closes(reader: Reader, sense: Sense) -> bool:
    """A last sentence in which the issuer itself reports or submits: "Sở Tài chính báo cáo UBND tỉnh xem xét.", "… kính trình …"."""
    if sense.block.kind != "paragraph" or sense.block.marker is not None or reader.parts[sense.block.block_id] == "closing":
        return reader.parts[sense.block.block_id] == "closing"
    plain = sense.plain
    if turn("humbly", plain[:200]) or turn("takes_effect", plain):
        return True
    return turn("reports_up", plain[sense.topic + sense.subject.rest :]) is not None if speaks_itself(reader, sense) and sense.subject else False


def _is_sentence(reader: Reader, sense: Sense, kids: Sequence[int]) -> bool:
    """A numbered item with a full stop, marked up as a heading only because loose paragraphs stand under it."""
    dated = sense.ordered and bool(times_of(reader, sense.block.block_id))
    ended = _ends(sense.text) and (sense.told or dated) and not announces(sense.text)
    return ended and all(reader.block(k).kind == "paragraph" and (reader.sense(k).told or not is_task(reader, k)) for k in kids)


def _is_power(reader: Reader, sense: Sense) -> bool:
    """ "a) Ủy quyền cho …", "b) Yêu cầu doanh nghiệp …" in a rule: what somebody may do."""
    if sense.subject is not None and sense.subject.form == "plain" and turn("condition", sense.plain):
        return is_norm(reader, sense.block)  # what somebody does in a case that a rule foresees
    if sense.subject is None or sense.subject.form != "told" or sense.block.kind != "list_item" or not is_norm(reader, sense.block):
        return False
    return reader.parts[sense.block.block_id] != "organisation" or turn("delegates", sense.plain) is not None


def _names_person(sense: Sense) -> bool:
    """ "Ông …, Giám đốc Sở …", "Chủ tịch Hội đồng: Bà …": a member, not an order."""
    rest = sense.topic + (sense.subject.rest if sense.subject else 0)
    return turn("person", sense.text[:40]) is not None or turn("person", sense.text[rest : rest + 40]) is not None


def _ends(text: str) -> bool:
    return text.rstrip(" /").endswith((".", ";"))


def _over_tasks(reader: Reader, kids: Sequence[int]) -> bool:
    return any(is_task(reader, k) for k in kids if reader.block(k).kind != "paragraph")


def _covers_its_items(sense: Sense) -> bool:
    """A heading is a task itself where its items only say what the work must cover or satisfy."""
    return sense.block.marker is not None and announces(sense.text) == "requirements" and (sense.ordered or sense.told)


def _opens_list(reader: Reader, number: int) -> bool:
    """Whether items follow a lead-in, under it or right behind it."""
    after = reader.behind(number)
    return bool(reader.children.get(number)) or (after is not None and reader.block(after).kind != "paragraph")


def _opens_table(reader: Reader, number: int) -> bool:
    """Whether the table right behind a lead-in assigns the work."""
    below = next((b for b in reader.document.blocks[number + 1 :] if b.kind != "furniture"), None)
    seen = seen_table(reader.marks, below.table_id) if below is not None and below.kind == "table" else None
    return seen is not None and seen.kind == "tasks"


def _is_directive(reader: Reader, sense: Sense) -> bool:
    """An item without a subject of its own: under a body's heading, or a directive of a section that assigns work."""
    number = sense.block.block_id
    if _under_requirements(reader, number):
        return False
    if turn("deadline_topic", sense.plain) and turn("sends", sense.plain):
        return True
    if sense.block.kind == "list_item" or (sense.block.kind == "heading" and sense.ordered and _ends(sense.text)):
        return _is_item(reader, sense)
    if sense.block.kind == "paragraph" and sense.ordered and sense.block.parent_id is not None:
        head = reader.sense(sense.block.parent_id)
        bare = head.subject is not None and head.subject.form != "plain" and len(head.text) - head.topic - head.subject.rest <= SHORT
        return head.block.kind == "heading" and bare
    return False


def _is_item(reader: Reader, sense: Sense) -> bool:
    part = reader.parts[sense.block.block_id]
    over = heading_over(reader, sense.block.block_id)
    if over is not None and part != "funding":
        return sense.ordered or (reader.block(over).kind == "heading" and not (is_norm(reader, sense.block) and _lists(reader.sense(over))))
    if is_norm(reader, sense.block) or (not sense.ordered and (_is_article(sense.block) or not _among_orders(reader, sense))):
        return False
    parent = sense.block.parent_id
    led = part in LED and parent is not None and turn("lead_in_orders", reader.sense(parent).plain[-300:]) is not None
    return part in FREE or led


def _lists(over: Sense) -> bool:
    """Whether a block over items is a sentence of its own that goes on in them: "Sở X tiếp nhận hồ sơ của các tổ chức là: a) …"."""
    return over.orders_behind and over.subject is not None and over.subject.form == "plain" and over.text.rstrip().endswith(":")


def is_norm(reader: Reader, block: Block) -> bool:
    """Whether a block is part of a rule ("Điều 4. …, a) …"): what nobody is named for is a condition or a right there, no task."""
    return any(_is_article(above) for above in reader.document.ancestors(block))


def _is_article(block: Block) -> bool:
    return block.marker is not None and block.marker.startswith("Điều")


def _among_orders(reader: Reader, sense: Sense) -> bool:
    """An item whose verb no list knows, beside items most of which order something."""
    ordered, all_items = reader.tally(sense.block)
    return all_items > 2 and ordered >= 0.6 * (all_items - 1) and not opens_with_noun(sense.text)


def _under_requirements(reader: Reader, number: int) -> bool:
    return any(announces(reader.sense(above.block_id).text) == "requirements" for above in reader.document.ancestors(reader.block(number))[:2])


# ---- what a task says --------------------------------------------------------------------------------------------


def _task(reader: Reader, number: int) -> Task:
    block, sense = reader.block(number), reader.sense(number)
    span = Span(block.body.start, block.span.end)
    leads = all_leads(reader, number)
    return Task(
        origin="narrative",
        code=block.marker.strip() if block.marker else None,
        text=squeezed(sense, sense.topic if sense.label else 0),
        area=_area(reader, block),
        parent=_parent(reader, block),
        product=_product(reader, number),
        status=None,
        status_text=None,
        assignments=(*leads, *support_of(reader, number, leads)),
        deadlines=tuple(deadlines_of(reader, number)),
        evidence=Evidence(span, reader.document.confidence(span), "narrative.item"),
    )


def _area(reader: Reader, block: Block) -> str | None:
    for above in reader.document.ancestors(block):
        area = area_of(squeezed(reader.sense(above.block_id)))
        if area is not None:
            return area
    return None


def _parent(reader: Reader, block: Block) -> str | None:
    """The nearest heading that names a subject, without number and final colon."""
    for above in reader.document.ancestors(block):
        text = squeezed(reader.sense(above.block_id)).rstrip(" :.;")
        if turn("generic", level(text)) and not is_section(above):
            continue
        if (above.kind == "paragraph" and SENTENCE.search(text)) or _tells(reader.sense(above.block_id)):
            continue
        return text or None
    return None


def _tells(sense: Sense) -> bool:
    """Whether a block is a whole sentence about what a body does, and no heading over what follows."""
    return sense.told and _ends(sense.text) and sense.subject is not None and sense.subject.form == "plain"


def _product(reader: Reader, number: int) -> str | None:
    for kind, line in reader.fields.get(number, ()):
        sense = reader.sense(line)
        if kind == "product" and sense.label is not None:
            return squeezed(sense, sense.label.start) or None
    return None


# ---- who ---------------------------------------------------------------------------------------------------------


def lead_of(reader: Reader, number: int) -> list[Assignment]:
    """Who leads: a labelled line, the item's own subject, whoever its heading or lead-in names, or those whose report is meant."""
    labelled = _from_fields(reader, number, "lead")
    if labelled:
        return labelled
    sense = reader.sense(number)
    if sense.told and not _speaks_for_heading(reader, sense) and not turn("encourages", sense.plain[sense.topic :]):
        return assign(reader, subjects_of(reader, number), "lead", "narrative.subject")
    if turn("deadline_topic", sense.plain):
        senders = _senders(reader, sense) or _of_siblings(reader, number)
        if senders:
            return senders
    over = heading_over(reader, number)
    return [] if over is None else assign(reader, subjects_of(reader, over), "lead", "narrative.heading")


def all_leads(reader: Reader, number: int) -> list[Assignment]:
    """Who leads, and whoever the later clauses of a sentence that names its own subject tell to act: "Sở A …; Sở B …"."""
    leads = lead_of(reader, number)
    taken = {lead.agency for lead in leads}
    if any(lead.evidence.source != "narrative.subject" for lead in leads) or not leads:
        return leads
    for found in later_subjects(reader, number):
        leads += [one for one in assign(reader, found, "lead", "narrative.clause") if one.agency not in taken]
    return leads


def _speaks_for_heading(reader: Reader, sense: Sense) -> bool:
    """Under a body's heading, "Đề nghị …" and "Khuyến khích …" say what that body is to do."""
    if sense.subject is None or sense.subject.form != "told" or sense.block.kind != "list_item":
        return False
    over = heading_over(reader, sense.block.block_id)
    return over is not None and reader.block(over).kind == "heading"


def _senders(reader: Reader, sense: Sense) -> list[Assignment]:
    """ "Báo cáo của các cơ quan, đơn vị gửi về …": those whose report it is."""
    found = turn("sender", sense.text)
    return [] if found is None else assign(reader, bodies_in(reader, sense.block.block_id, *found.span("body")), "lead", "narrative.sender")


def _of_siblings(reader: Reader, number: int) -> list[Assignment]:
    """The leads of the tasks that stand beside and under the items before, each once."""
    out: dict[str, Assignment] = {}
    for other in reversed(list(islice(reader.before(number), NEAR))):
        for task in _tasks_under(reader, other):
            if turn("deadline_topic", reader.sense(task).plain):
                continue
            for lead in lead_of(reader, task):
                out.setdefault(lead.agency, lead)
    return list(out.values())


def _tasks_under(reader: Reader, number: int) -> Iterator[int]:
    if is_task(reader, number):
        yield number
    for child in reader.children.get(number, []):
        yield from _tasks_under(reader, child)


def _from_fields(reader: Reader, number: int, kind: str) -> list[Assignment]:
    out: list[Assignment] = []
    for named, line in reader.fields.get(number, ()):
        sense = reader.sense(line)
        if named == kind and sense.label is not None:
            found = bodies_in(reader, line, sense.label.start, len(sense.text))
            out += assign(reader, found, "lead" if kind == "lead" else "support", "narrative.label")
    return out


def support_of(reader: Reader, number: int, leads: Sequence[Assignment]) -> list[Assignment]:
    """Who helps: labelled lines, and the bodies after "phối hợp với" in the item."""
    out = _from_fields(reader, number, "support")
    taken = {a.agency for a in (*leads, *out)}
    for bodies in find_support(reader.sense(number).text, reader.sense(number).plain):
        for assignment in assign(reader, bodies_in(reader, number, bodies.start, bodies.end), "support", "narrative.support"):
            if assignment.agency not in taken:
                taken.add(assignment.agency)
                out.append(assignment)
    return out


# ---- by when -----------------------------------------------------------------------------------------------------


def deadlines_of(reader: Reader, number: int) -> list[Deadline]:
    """The times set for a task: its labelled lines, its own words, its requirements, else the lead-in's or a sibling's "Thời hạn: …"."""
    labelled = [d for kind, line in reader.fields.get(number, ()) if kind == "time" for d in labelled_times(reader, line)]
    own = labelled or times_of(reader, number)
    if own:
        return own
    for child in reader.children.get(number, []):
        limits = [] if is_task(reader, child) else [d for d in times_of(reader, child) if d.relation in LIMITS]
        if limits:
            return limits
    return _inherited(reader, number)


def _inherited(reader: Reader, number: int) -> list[Deadline]:
    child = number
    for above in reader.document.ancestors(reader.block(number)):
        if not reader.is_open(above.block_id):
            return []
        for other, found in _dated_topics(reader, above.block_id):
            if other != child:
                return found
        for source in (lead_in_before(reader, child), above.block_id):
            if source is not None and announces(reader.sense(source).text) and (found := _dated(reader, source)):
                return found
        child = above.block_id
    return []


def _dated_topics(reader: Reader, parent: int) -> list[tuple[int, list[Deadline]]]:
    """The first two items under a block that set a time for all, with their times."""
    known = reader.dated.get(parent)
    if known is None:
        dated = ((k, found) for k in reader.topics(parent)[:NEAR] if (found := _dated(reader, k)))
        known = reader.dated[parent] = list(islice(dated, 2))
    return known


def _dated(reader: Reader, number: int) -> list[Deadline]:
    return [d for d in times_of(reader, number) if d.due_on is not None or d.relation in LIMITS]
