"""Running text read as a tree of items: how each block reads, which labelled lines belong to it, whose item it is.

Shared by what records tasks and what records duties. Everything is asked lazily and once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Literal

import regex

from extractor.finders.agencies import read_bodies
from extractor.finders.citations import Cite, type_of
from extractor.finders.marks import LONGEST, Marks
from extractor.finders.roles import (
    Label,
    Subject,
    announces,
    opens_with_order,
    orders,
    read_heading,
    read_label,
    read_subject,
    read_topic,
    skip_preamble,
    turn,
)
from extractor.model import Assignment, Block, Deadline, Document, Evidence, Finding, Header, Span
from extractor.records.tables import View, view
from extractor.records.tasks import reported_year
from extractor.values.agencies import Agency, normal_agency, split_agencies
from extractor.values.dates import Time, find_times
from extractor.values.folding import level, squeeze

ELIGIBLE = frozenset({"tasks", "directions", "organisation", "content", "body", "funding"})  # parts that may assign work
ROMAN = regex.compile(r"[IVXLA-H]+[.)]?")
DIGITS, SMALL = regex.compile(r"\d+"), regex.compile(r"[a-zđ]")
YEARS = regex.compile(r"\d{4}(?:/(?:\d{4}|\.\.))?")
CLAUSE = regex.compile(r"(?P<mark>[.;])\s+(?:[Đđ]ồng thời,?\s+)?(?=\S)")
SENTENCE = regex.compile(r"[.;]\s")


@dataclass(slots=True)
class Sense:
    """How one block reads: a labelled line, a note, a heading over a body's items, or an item of its own.

    `topic` is where the sentence begins behind a label, a topic ("Về kinh phí: …") or an opening clause;
    `subject` counts from there. `ordered`: the sentence begins with a verb of doing.
    """

    block: Block
    text: str
    plain: str = ""  # the text levelled
    label: Label | None = None
    subject: Subject | None = None
    topic: int = 0
    ordered: bool = False
    note: bool = False

    @property
    def is_field(self) -> bool:
        """A labelled line such as "Cơ quan chủ trì: …", that is not the task itself ("Nhiệm vụ: …")."""
        return self.label is not None and self.label.kind != "task"

    @property
    def told(self) -> bool:
        """Whether the subject is told something: headed ("Sở X: …"), addressed ("Giao Sở X …"), or followed by a verb of doing."""
        if self.subject is None:
            return False
        text, rest = self.text[self.topic :], self.subject.rest
        if self.subject.form == "plain":
            colon = text.find(":", rest, rest + 30)
            return orders(text, rest) or (colon > 0 and len(text[colon + 1 :].split()) > 2)
        return len(text[rest:].strip(" :.;").split()) >= 3

    @property
    def orders_behind(self) -> bool:
        """Whether a verb of doing stands behind the subject."""
        return self.subject is not None and orders(self.text[self.topic :], self.subject.rest)

    @property
    def heads(self) -> bool:
        """Whether the subject is whoever the items below are for."""
        if self.subject is None:
            return False
        short = self.block.kind == "heading" and len(self.text) - self.topic - self.subject.rest < 40
        return self.subject.form != "plain" or short or self.told


@dataclass(slots=True)
class Reader:
    """A document being read: its tree, and what is known of each block by its number."""

    document: Document
    parts: Sequence[str | None]
    marks: Marks
    issuer: str | None = None
    doc_type: str | None = None
    children: dict[int | None, list[int]] = field(default_factory=dict)
    fields: dict[int, list[tuple[str, int]]] = field(default_factory=dict)  # item → kind and number of its labelled lines
    verdicts: dict[int, bool] = field(default_factory=dict)  # which blocks are tasks
    dated: dict[int, list[tuple[int, list[Deadline]]]] = field(default_factory=dict)  # block → items under it that set a time for all
    _places: dict[int, int] = field(default_factory=dict)  # block → place among its siblings
    _senses: dict[int, Sense] = field(default_factory=dict)
    _tallies: dict[tuple[int | None, str], tuple[int, int]] = field(default_factory=dict)
    _topics: dict[int, list[int]] = field(default_factory=dict)
    _lead_ins: dict[tuple[int, str], int | None] = field(default_factory=dict)

    def sense(self, number: int) -> Sense:
        found = self._senses.get(number)
        if found is None:
            found = self._senses[number] = _sense(self.marks, self.document.blocks[number])
        return found

    def block(self, number: int) -> Block:
        return self.document.blocks[number]

    def is_open(self, number: int) -> bool:
        """Whether the block is running text of a part that may assign work."""
        return self.parts[number] in ELIGIBLE and self.block(number).kind in ("heading", "paragraph", "list_item")

    def siblings(self, number: int) -> list[int]:
        return self.children.get(self.block(number).parent_id, [])

    def before(self, number: int) -> Iterator[int]:
        """The siblings before a block, nearest first."""
        siblings = self.siblings(number)
        return (siblings[k] for k in range(self._places.get(number, 0) - 1, -1, -1))

    def tally(self, block: Block) -> tuple[int, int]:
        """How many of the items beside a block, of its own kind of marker and itself included, order something; and how many there are."""
        key = (block.parent_id, style(block))
        if key not in self._tallies:
            alike = [self.sense(k) for k in self.children.get(block.parent_id, []) if style(self.block(k)) == key[1]]
            items = [sense for sense in alike if not sense.is_field]
            self._tallies[key] = (sum(sense.ordered for sense in items), len(items))
        return self._tallies[key]

    def topics(self, parent: int) -> list[int]:
        """The items under a block that set a time for all ("Thời hạn gửi báo cáo: …")."""
        if parent not in self._topics:
            self._topics[parent] = [k for k in self.children.get(parent, []) if turn("deadline_topic", self.sense(k).plain)]
        return self._topics[parent]

    def behind(self, number: int) -> int | None:
        """The sibling right behind a block."""
        siblings, place = self.siblings(number), self._places.get(number, 0) + 1
        return siblings[place] if place < len(siblings) else None


def read(document: Document, parts: Sequence[str | None], header: Header, marks: Marks | None = None) -> Reader:
    """The document's tree and labelled lines, ready to be asked; read once per `marks`."""
    if marks is not None and isinstance(known := marks.kept.get("reader"), Reader):
        return known
    marks = marks or Marks(document, reported_year(header), header.issued_on)
    reader = marks.kept["reader"] = Reader(document, parts, marks, header.issuer, header.doc_type)
    for block in document.blocks:
        if block.kind not in ("furniture", "footnote", "table"):
            siblings = reader.children.setdefault(block.parent_id, [])
            reader._places[block.block_id] = len(siblings)
            siblings.append(block.block_id)
    for block in document.blocks:
        if reader.is_open(block.block_id) and reader.sense(block.block_id).is_field:
            label = reader.sense(block.block_id).label
            for target in _targets(reader, block.block_id):
                reader.fields.setdefault(target, []).append((label.kind if label else "", block.block_id))
    return reader


def unread(marks: Marks) -> Iterator[Finding]:
    """What of the running text was not searched: the ends of overlong paragraphs, and what took too long."""
    document = marks.document
    spans = (cell.span for table in document.tables for cell in table.cells), (b.body for b in document.blocks if b.kind != "table")
    for span in chain(*spans):
        if span.end - span.start > LONGEST:
            message = f"only the first {LONGEST:,} characters of this paragraph were searched"
            yield Finding("prose_cut_short", "warning", message, Evidence(Span(span.start + LONGEST, span.end), 1.0, "length"))
    for span, what in marks.unread:
        yield Finding("prose_cut_short", "warning", f"this paragraph was not searched for {what}: it took too long", Evidence(span, 1.0, "time"))


def _sense(marks: Marks, block: Block) -> Sense:
    text = marks.text(block.body)
    sense = Sense(block, text, marks.plain(block.body), read_label(text))
    if sense.is_field:
        return sense
    sense.note = text.lstrip("* ").startswith("(") or turn("note", sense.plain[:20]) is not None
    if sense.label is not None:
        sense.topic = len(text) - len(text[sense.label.start :].lstrip())
    sense.subject = (read_heading if block.kind == "heading" else read_subject)(text[sense.topic :], sense.plain[sense.topic :])
    if sense.subject is None and sense.label is None:
        sense.topic, sense.subject = _later_subject(text, sense.plain)
    rest, plain = text[sense.topic :], sense.plain[sense.topic :]
    sense.ordered = opens_with_order(plain) or opens_with_order(plain[read_topic(rest) or len(rest) :])
    return sense


def _later_subject(text: str, plain: str) -> tuple[int, Subject | None]:
    """The subject behind a topic ("Về kinh phí: …") or an opening clause ("Căn cứ …, các sở …"), and where it stands."""
    for start in (read_topic(text), skip_preamble(text, plain)):
        subject = read_subject(text[start:], plain[start:]) if start else None
        if start and subject is not None and orders(text[start:], subject.rest):
            return start, subject
    return 0, None


# ---- labelled lines and what they belong to ----------------------------------------------------------------------


def _targets(reader: Reader, number: int) -> list[int]:
    """The items that a labelled line belongs to: those before it since the last such lines, else what it stands under."""
    group = number
    parent = reader.block(group).parent_id
    while parent is not None and reader.sense(parent).is_field:
        group, parent = parent, reader.block(parent).parent_id
    run = _run_before(reader, group)
    if run:
        return [leaf for item in run for leaf in _leaves(reader, item)]
    if parent is None or not _may_bear_fields(reader, parent):
        return []
    return [parent, *_sharing(reader, parent)]


def _run_before(reader: Reader, group: int) -> list[int]:
    """The siblings before `group` that are items, back to the labelled lines of the item before them."""
    run: list[int] = []
    for other in reader.before(group):
        sense = reader.sense(other)
        if sense.is_field:
            if run:
                break
            continue
        if sense.note or (announces(sense.text) and not reader.children.get(other)):
            break
        run.append(other)
    run.reverse()
    return [r for r in run if not reader.fields.get(r) or r == run[0]]


def _leaves(reader: Reader, number: int) -> list[int]:
    kids = [k for k in reader.children.get(number, []) if not reader.sense(k).is_field and reader.block(k).kind == "list_item"]
    return [leaf for kid in kids for leaf in _leaves(reader, kid)] if kids else [number]


def _may_bear_fields(reader: Reader, number: int) -> bool:
    block = reader.block(number)
    return not is_section(block) and block.level != 1 and len(reader.sense(number).text.split()) >= 3


def _sharing(reader: Reader, number: int) -> list[int]:
    """Dashed items right before one with labelled lines, that have none and no subject of their own: the lines hold for them too."""
    marker = reader.block(number).marker
    shared: list[int] = []
    for other in reader.before(number) if marker is not None and marker.strip() in "-–+•" else ():
        sense = reader.sense(other)
        if sense.block.marker != marker or reader.children.get(other) or sense.subject is not None or sense.note:
            break
        shared.append(other)
    return shared


def is_section(block: Block) -> bool:
    """A heading of the first order: "II.", "B."."""
    return block.marker is not None and ROMAN.fullmatch(block.marker.strip()) is not None


def seen_table(marks: Marks, table_id: int | None) -> View | None:
    """A table as its headings tell it, worked out once per document."""
    if table_id is None:
        return None
    known = marks.kept.get(f"table {table_id}")
    if isinstance(known, View):
        return known
    seen = marks.kept[f"table {table_id}"] = view(marks.document, marks.document.tables[table_id])
    return seen


# ---- whose item it is --------------------------------------------------------------------------------------------


def heading_over(reader: Reader, number: int) -> int | None:
    """The nearest block above (heading, item or lead-in) that names the bodies its items are for."""
    child = number
    for above in reader.document.ancestors(reader.block(number)):
        if not reader.is_open(above.block_id):
            return None
        lead_in = lead_in_before(reader, child)
        if lead_in is not None:
            return lead_in
        if reader.sense(above.block_id).heads:
            return above.block_id
        child = above.block_id
    return None


def lead_in_before(reader: Reader, child: int) -> int | None:
    """A paragraph "Các cơ quan … như sau:" among the siblings before `child`, with nothing but its items in between."""
    own = style(reader.block(child))
    passed: list[int] = []
    found: int | None = None
    for other in reader.before(child):
        if (other, own) in reader._lead_ins:
            found = reader._lead_ins[other, own]
            break
        passed.append(other)
        sense = reader.sense(other)
        if sense.block.kind == "heading" and style(sense.block) != own:
            break
        if sense.block.kind == "paragraph" and announces(sense.text):
            found = other if sense.told else None
            break
    reader._lead_ins.update({(other, own): found for other in passed})
    return found


def style(block: Block) -> str:
    """The kind of a block's marker: "1.1.", "2.3." are one, "a)" another."""
    return _style((block.marker or "").strip())


@lru_cache(maxsize=4096)
def _style(marker: str) -> str:
    return str(DIGITS.sub("1", SMALL.sub("a", marker)))


def bodies_in(reader: Reader, number: int, start: int, end: int) -> list[tuple[Agency, Span]]:
    """The bodies listed in the code points `[start, end)` of a block's body, with their places in the document."""
    offset = reader.block(number).body.start
    text = reader.document.text[offset + start : offset + end]
    return [(agency, Span(offset + start + agency.start, offset + start + agency.end)) for agency in split_agencies(text)]


def subjects_of(reader: Reader, number: int) -> list[tuple[Agency, Span]]:
    """The bodies that a block's sentence opens with."""
    sense = reader.sense(number)
    if sense.subject is None:
        return []
    bodies = sense.subject.bodies
    listed = turn("listed_at", sense.text[sense.topic + bodies.start :][:80])
    return bodies_in(reader, number, sense.topic + bodies.start + (listed.end() if listed else 0), sense.topic + bodies.end)


def later_subjects(reader: Reader, number: int) -> Iterator[list[tuple[Agency, Span]]]:
    """The bodies that open the later clauses of a block and are told to act there: "Sở A …; Sở B …"."""
    sense = reader.sense(number)
    start = sense.topic + (sense.subject.rest if sense.subject else 0)
    for cut in CLAUSE.finditer(sense.text, start):
        text, plain = sense.text[cut.end() :], sense.plain[cut.end() :]
        subject = read_subject(text, plain)
        if subject is not None and _is_told(subject, text, cut["mark"]):
            yield bodies_in(reader, number, cut.end() + subject.bodies.start, cut.end() + subject.bodies.end)


def _is_told(subject: Subject, text: str, mark: str) -> bool:
    """Whether a later clause tells its subject to act; a later sentence does so only where it says "Giao …", "Yêu cầu …"."""
    return orders(text, subject.rest) and (mark == ";" or subject.form == "told")


Role = Literal["lead", "support"]


def assign(reader: Reader, found: Sequence[tuple[Agency, Span]], role: Role, source: str) -> list[Assignment]:
    """The bodies in their part, with evidence."""
    sure = reader.document.confidence
    return [Assignment(role, agency.name, None, agency.is_group, Evidence(span, sure(span), source)) for agency, span in found]


def speaks_itself(reader: Reader, sense: Sense) -> bool:
    """Whether the sentence's subject is the document's own issuer, and nobody else."""
    if sense.subject is None or sense.subject.form != "plain" or not reader.issuer:
        return False
    named = normal_agency(sense.text[sense.topic + sense.subject.bodies.start : sense.topic + sense.subject.bodies.end])
    return level(normal_agency(reader.issuer)).startswith(level(named))


def enacts_itself(reader: Reader, sense: Sense) -> bool:
    """ "Chính phủ ban hành Nghị định …", "UBND tỉnh ban hành Kế hoạch …, như sau:": what this very document does."""
    if sense.block.kind != "paragraph" or sense.block.marker is not None or sense.subject is None or not reader.issuer:
        return False
    named = normal_agency(sense.text[sense.topic + sense.subject.bodies.start : sense.topic + sense.subject.bodies.end])
    own = level(normal_agency(reader.issuer))
    post, plain = turn("post_of", level(named)), sense.plain[sense.topic + sense.subject.rest :]
    enacted = turn("issues", plain)
    if enacted is None or type_of(plain[enacted.end() :]) != reader.doc_type:
        return False
    return own.startswith(level(named)) or (post is not None and own.startswith(level(named)[post.end() :]))


# ---- times -------------------------------------------------------------------------------------------------------


def times_of(reader: Reader, number: int) -> list[Deadline]:
    """The times that a block's own words set for its work."""
    body = reader.block(number).body
    text, cites = reader.sense(number).text, reader.marks.citations(body)
    return [_deadline(reader, time, body.start, time.source) for time in reader.marks.times(body) if sets_time(text, time, cites)]


def labelled_times(reader: Reader, number: int) -> list[Deadline]:
    """The times of a labelled line "Thời gian: …"."""
    sense = reader.sense(number)
    if sense.label is None:
        return []
    times = find_times(sense.text[sense.label.start :], period=reader.marks.period, issued_on=reader.marks.issued_on, whole=True)
    limits = (time for time in times if time.source != "within" or not time.text[:1].isdigit())  # "Thời gian: 01 ngày" is a length
    return [_deadline(reader, time, sense.block.body.start + sense.label.start, "narrative.label") for time in limits]


def _deadline(reader: Reader, time: Time, offset: int, source: str) -> Deadline:
    span = Span(offset + time.start, offset + time.end)
    evidence = Evidence(span, reader.document.confidence(span), source)
    return Deadline(time.text, time.relation, time.edtf, time.start_on, time.due_on, time.rrule, time.trigger, evidence)


def sets_time(text: str, time: Time, cites: Sequence[Cite]) -> bool:
    """Whether a time in running text is set for the work: no cut-off of data, no years in a name, no event of the work itself."""
    clause = SENTENCE.split(text[: time.start])[-1]
    if turn("cutoff", level(clause[-160:])):
        return False
    if time.relation == "after":
        trigger = time.trigger or ""
        return turn("outside_event", level(trigger)) is not None or read_bodies(trigger, 0) is not None
    if time.edtf is None or not YEARS.fullmatch(time.edtf):
        return True
    if turn("plan_named", clause) or turn("outlook", level(clause)):
        return False
    return not any(cite.end <= time.start and not SENTENCE.search(text[cite.end : time.start]) for cite in cites)


def squeezed(sense: Sense, start: int = 0) -> str:
    """The block's words from `start` on, white space folded."""
    return squeeze(sense.text[start:])
