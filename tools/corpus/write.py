"""What a source is written with: blocks, tables and the labels that belong to them. No text is written twice.

Lists of agencies in labels are written "A|B". A deadline is written "relation|EDTF or -|words[|due=…|rrule=…|trigger=…]";
in a table row the words default to the cell, and "2024-34" alone means "in" that time.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field

INHERIT = "="
QUARTER_END = {33: (3, 31), 34: (6, 30), 35: (9, 30), 36: (12, 31), 40: (6, 30), 41: (12, 31)}


def due(edtf: str) -> str:
    """Last day of an EDTF time; for sets and intervals that of the last member."""
    last = edtf.strip("{}").replace("/", ",").split(",")[-1]
    year, month, day = ([int(part) for part in last.split("-")] + [0, 0])[:3]
    if day:
        return last
    if month in QUARTER_END:
        return f"{year}-%02d-%02d" % QUARTER_END[month]
    month = month or 12
    return f"{year}-{month:02d}-{monthrange(year, month)[1]:02d}"


def deadline(said: str, cell: str | None = None) -> dict:
    """The label of a deadline from its short form (see the module)."""
    relation, *rest = said.split("|")
    if re.match(r"[\d{]", relation):
        relation, rest = "in", [relation, *rest]
    edtf = rest[0] if rest and rest[0] not in {"-", ""} else None
    words = rest[1] if len(rest) > 1 and "=" not in rest[1] else cell
    extra = dict(part.split("=", 1) for part in rest if re.match(r"(due|rrule|trigger)=", part))
    if not words:
        raise ValueError(f"a deadline needs its words: {said!r}")
    last = extra.pop("due", None) or (due(edtf) if edtf and not edtf.endswith("..") and relation != "from" else None)
    return {"text": words, "relation": relation, "edtf": edtf, "due_on": last, **extra}


def names(said: str | Sequence[str]) -> list[str]:
    return [name for name in said.split("|") if name] if isinstance(said, str) else list(said)


@dataclass
class Task:
    """What the author says a paragraph or row assigns; INHERIT takes the heading's."""

    deadlines: tuple[str, ...] = ()
    lead: str = INHERIT
    support: str = ""
    product: str | None = None
    text: str | None = None
    parent: str | None = INHERIT
    area: str | None = INHERIT
    code: str | None = INHERIT
    status: str | None = None
    status_text: str | None = None


def T(*deadlines: str, **said: object) -> Task:
    return Task(tuple(deadlines), **said)  # type: ignore[arg-type]


def U(who: str, what: str, *deadlines: str, **said: str) -> dict:
    """A reporting duty: who, what, deadlines; `to`, `via`, `cutoff`, `forms`."""
    return {
        "who": names(who),
        "what": what,
        "to": said.get("to"),
        "via": said.get("via"),
        "deadlines": [deadline(one) for one in deadlines],
        "cutoff": said.get("cutoff"),
        "forms": names(said.get("forms", "")),
    }


@dataclass
class Block:
    """A paragraph, heading, item, table or break, in reading order."""

    kind: str
    text: str = ""
    marker: str = ""
    level: float = 9
    task: list[Task] = field(default_factory=list)
    duties: list[dict] = field(default_factory=list)
    area: str | None = None
    lead: str | None = None
    align: str = "left"
    look: str = ""  # "bold", "italic", "plain": how the whole paragraph is set where its kind does not say
    table: Table | None = None
    inside: list[Block] = field(default_factory=list)  # a text box's paragraphs
    names_subject: bool = True  # a heading such as "Nhiệm vụ" does not become a parent


def level_of(marker: str) -> float:
    """Depth in the outline by the look of a marker."""
    for pattern, level in _LEVELS:
        if re.fullmatch(pattern, marker):
            return level
    raise ValueError(f"marker {marker!r} has no level")


_LEVELS = (
    (r"Phần .*|PHẦN .*|[A-E]\.", 0),
    (r"Điều \d+\.|[IVX]+\.?", 1),
    (r"\d+\.?", 2),
    (r"\d+\.\d+\.?|\d+\)", 3),
    (r"\d+\.\d+\.\d+\.?", 3.5),
    (r"[a-zđ]\)|[a-zđ]\.", 4),
    (r"[-–•*]", 5),
    (r"\+", 6),
)


def H(marker: str, text: str, **said: object) -> Block:
    """A heading; `lead="A|B"` names the agencies its items fall to, `area` the field of reform."""
    level = said.pop("level", None)
    return Block("heading", text, marker, level_of(marker) if level is None else level, **said)  # type: ignore[arg-type]


def I(marker: str, text: str, *labels: Task | dict, **said: object) -> Block:  # noqa: E743
    """A list item, with the tasks and duties it sets."""
    return Block("item", text, marker, level_of(marker), *_sorted(labels), **said)  # type: ignore[arg-type]


def P(text: str, *labels: Task | dict, **said: object) -> Block:
    """A paragraph without marker, with the tasks and duties it sets."""
    return Block("paragraph", text, "", 9, *_sorted(labels), **said)  # type: ignore[arg-type]


def C(text: str, look: str = "bold") -> Block:
    """A centred line."""
    return Block("paragraph", text, align="centre", look=look)


def BOX(*inside: Block) -> Block:
    """A text box."""
    return Block("box", inside=list(inside))


def _sorted(labels: Sequence[Task | dict]) -> tuple[list[Task], list[dict]]:
    return [one for one in labels if isinstance(one, Task)], [one for one in labels if isinstance(one, dict)]


# ---- tables ----------------------------------------------------------------------------------------------------


@dataclass
class Row:
    """A row: `kind` is task, area, parent, form, formhead or other; `said` holds the author's labels."""

    kind: str
    cells: list[str]
    said: dict = field(default_factory=dict)


@dataclass
class Table:
    """`head`: rows of cells, a cell being its text or (text, columns, rows). `roles`: what each column means."""

    head: list[list[str | tuple[str, int, int]]]
    roles: list[str]
    rows: list[Row]
    widths: list[float]
    form: str | None = None
    blank: bool = False
    merges: list[tuple[int, int, int]] = field(default_factory=list)  # (column, first row, rows): cells joined downwards
    nested: dict[tuple[int, int], Table] = field(default_factory=dict)  # (row, column) → a table inside that cell
    unit: str | None = None  # said once above the table
    note: str = ""  # e.g. the line "Đơn vị tính: …" above it


def TABLE(head: list, roles: str, rows: list[Row], **said: object) -> Block:
    """A block that is a table. `roles` and `widths` are blank-separated."""
    if not isinstance(head[0], list):
        head = [head]
    columns, duties = roles.split(), said.pop("duties", [])
    widths = [float(width) for width in str(said.pop("widths", "1 " * len(columns))).split()]
    for row in rows:
        if len(row.cells) != len(columns):
            raise ValueError(f"{len(row.cells)} cells for {len(columns)} columns: {row.cells}")
    return Block("table", duties=list(duties), table=Table(head, columns, rows, widths, **said))  # type: ignore[arg-type]


def R(*cells: str, **said: object) -> Row:
    """A task row: t deadlines, l lead, s support, and any field of Task by name."""
    return Row("task", list(cells), said)


def A(*cells: str, area: str | None = None, **said: object) -> Row:
    """A row that heads a field: number and heading."""
    return Row("area", list(cells), {"area": area, **said})


def PR(*cells: str) -> Row:
    """A parent row: number and heading of the rows below."""
    return Row("parent", list(cells))


def F(*cells: str, **said: object) -> Row:
    """A row of a form: v, n, d where the printed value needs a reader; label, unit, note where they differ from the cell."""
    return Row("form", list(cells), said)


def FH(*cells: str) -> Row:
    """A row of a form that is a mere heading."""
    return Row("formhead", list(cells))


# ---- documents -------------------------------------------------------------------------------------------------


@dataclass
class Annex:
    """An annex on a page of its own: heading lines, the line that ties it to the document, its blocks."""

    lines: list[str]
    tie: str
    body: list[Block]
    landscape: bool = False


@dataclass
class Rendering:
    """One file of a source: format, who makes it (`by`), and how it looks."""

    format: str
    by: str
    traps: str = ""
    name: str = ""
    options: dict = field(default_factory=dict)


def AS(format: str, by: str, traps: str = "", name: str = "", **options: object) -> Rendering:
    return Rendering(format, by, traps, name, options)


@dataclass
class Source:
    """A sample document: what is printed, and the header's labels where they are not simply what is printed."""

    id: str
    kind: str
    level: str
    year: int
    split: str
    org: list[str]
    number: str
    place: str
    dated: str
    type_name: str
    title: list[str]
    body: list[Block]
    recipients: list[str]
    signing: list[str]
    signer: str | None
    header: dict
    traps: str
    renderings: list[Rendering]
    addressees: list[str] = field(default_factory=list)
    annexes: list[Annex] = field(default_factory=list)
    authority: list[str] = field(default_factory=list)  # the line over a decision's grounds
    measured: str | None = INHERIT  # the period that quantities in the text are of
    motto: list[str] = field(default_factory=lambda: ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"])
    no_label: str = "Số: "
    address_word: str = "Kính gửi:"  # a telegram says "… điện:"
