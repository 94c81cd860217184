"""The outline: which paragraphs are headings and list items, at what level, and what stands under what.

A stack holds the headings and items that are open. A marker's style has a rank (part, chapter, A., I., Điều, 1., 1.1., a));
dashes and other bullets nest in the order in which they first appear under one heading. Numbers that start anew under an
unnumbered heading belong to it. Annexes, outlines and attached plans begin a tree of their own, and so does "Nơi nhận".
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

import regex

from extractor.layout.captions import ANNEX, FORM_CODE, form_name
from extractor.layout.heads import heading_role, key
from extractor.layout.markers import Marker, find_marker
from extractor.layout.pieces import Paragraph
from extractor.model import BlockKind
from extractor.patterns import table as pattern_table

RANKS = MappingProxyType(
    {"annex": 0, "title": 1, "phần": 2, "part title": 3, "capital": 4, "chương": 5, "roman": 6, "mục": 7, "tiểu mục": 8, "shout": 9, "điều": 10}
    | {f"number{k}": 10 + k for k in range(1, 7)} | {"bold": 18, "letter": 20, "letter2": 21, "bracket": 22, "lead-in": 30}
)  # fmt: skip
BULLET_RANK = 40
LONG_HEADING = 160  # characters: a longer numbered paragraph that ends like a sentence is an item, not a heading
LONG_TITLE = 400
SENTENCE_END = (".", ";", "!", "?", "./.")
SIGNED_FOR = regex.compile(r"(?:TM|KT|TL|TUQ|Q)\s*\.")
DATELINE = regex.compile(r"\p{Lu}[^,]{2,40},\s*ngày\b")
NOTE = regex.compile(r"ghi chú\b", regex.IGNORECASE)  # "* Ghi chú: …" below a table is a note, not an item
UNNUMBERED = frozenset({"bold", "shout", "heading", "title", "part title"})
HANGING = frozenset({"letter", "bracket"})
LABELS = frozenset({"lead", "support", "lead_support", "deadline", "product", "money", "start", "place"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A paragraph's place in the outline; `body` is the offset of its text behind the marker, `parent` an index or None."""

    kind: BlockKind
    level: int | None
    marker: str | None
    body: int
    parent: int | None


@dataclass(slots=True)
class Node:
    """An open heading, item or lead-in: the paragraph's index, its style, rank and value in the count."""

    index: int
    style: str
    rank: int
    marker: Marker | None = None
    bare: bool = False  # an annex's number without a title
    leads: bool = False  # ends on a colon: what comes next may hang under it
    label: bool = False  # "Đơn vị phối hợp: …": says something of the item above it


@dataclass(slots=True)
class Walk:
    """Where the walk through the paragraphs stands."""

    stack: list[Node]
    phase: str = "head"  # head (letterhead and title), body, recipients, signed
    behind_table: bool = False


def find_outline(paragraphs: Sequence[Paragraph], behind_tables: Collection[int] = ()) -> list[Entry]:
    """One entry per paragraph, in order. `behind_tables`: the paragraphs (by index) that a table stands right before."""
    walk = Walk([])
    styles: list[str] = []
    parents: list[int | None] = []
    markers: list[Marker | None] = []
    for index, paragraph in enumerate(paragraphs):
        text = paragraph.passage.text.lstrip()
        marker = find_marker(text)
        walk.behind_table = index in behind_tables
        style, parent = _place(walk, index, paragraph, marker)
        styles.append(style)
        parents.append(parent)
        markers.append(marker if style not in {"recipients", "signature", "plain"} else None)
    return _entries(paragraphs, styles, parents, markers)


# ---- where a paragraph belongs ---------------------------------------------------------------------------------


def _place(walk: Walk, index: int, paragraph: Paragraph, marker: Marker | None) -> tuple[str, int | None]:
    """The paragraph's style and its parent; opens it on the stack where others may stand under it."""
    text = paragraph.passage.text.lstrip()
    if _opens(text, "recipients") and len(text) < 400:
        walk.stack, walk.phase = [Node(index, "lead-in", RANKS["lead-in"])], "recipients"
        return "recipients", None
    if walk.phase == "recipients":
        placed = _among_recipients(walk, index, text, marker)
        if placed:
            return placed
    if marker is None or (marker.value is None and NOTE.match(text, marker.end)):
        return _unmarked(walk, index, paragraph, text)
    leads, label = text.rstrip().endswith(":"), is_label(text[marker.end : marker.end + 80])
    node = Node(index, marker.style, RANKS.get(marker.style, BULLET_RANK), marker, leads=leads, label=label)
    if marker.value is None:
        return _bullet(walk, node)
    walk.phase = "body"
    return _counted(walk, node)


def _among_recipients(walk: Walk, index: int, text: str, marker: Marker | None) -> tuple[str, int | None] | None:
    """Who gets the document, then who signs it; None where something new begins."""
    if marker is not None and marker.value is None:
        return marker.style, walk.stack[0].index
    if marker is not None or is_title(text) or is_annex(text) or (is_loud(text) and is_headline(text)):
        walk.stack, walk.phase = [], "signed"
        return None
    if is_signature(text):
        walk.stack, walk.phase = [], "signed"
        return "signature", None
    return "plain", walk.stack[0].index if text.endswith((";", ",", ".")) else None


def _unmarked(walk: Walk, index: int, paragraph: Paragraph, text: str) -> tuple[str, int | None]:
    style = _unmarked_style(walk, paragraph, text)
    if style == "annex":
        walk.phase = "body"
        return style, _open(walk, Node(index, style, RANKS[style], bare=is_bare(text)))
    if style == "signature":
        walk.stack, walk.phase = [], "signed"
        return style, None
    if style in {"title", "part title", "shout", "bold"}:
        return style, _open(walk, Node(index, style, RANKS[style]))
    if style == "heading":
        return style, _open(walk, Node(index, style, RANKS["bold"] if paragraph.level is None else min(4 + 2 * paragraph.level, RANKS["bold"])))
    if style == "letterhead":
        if walk.phase != "head" and not (walk.stack and walk.stack[-1].bare):
            walk.stack, walk.phase = [], "signed"  # another document begins inside the file
        return "plain", None
    if style == "closing":
        walk.stack = []
        return "plain", None
    if style == "label":
        while walk.stack and (walk.stack[-1].style == "lead-in" or walk.stack[-1].label):
            walk.stack.pop()
        return "plain", walk.stack[-1].index if walk.stack else None
    if walk.phase == "head" and style == "plain" and len(text) > 100:
        walk.phase = "body"
    _close(walk, RANKS["lead-in"])
    parent = walk.stack[-1].index if walk.stack else None
    if text.endswith(":") and walk.phase != "signed":
        walk.stack.append(Node(index, "lead-in", RANKS["lead-in"]))
    return "plain", parent


def _unmarked_style(walk: Walk, paragraph: Paragraph, text: str) -> str:
    """What an unmarked paragraph is: annex, title, part title, shout (capitals), bold, heading, signature, label or plain."""
    if len(text) > LONG_TITLE:
        return "plain"
    if _opens(text, "letterheads"):
        return "letterhead"
    if is_annex(text) and (walk.phase != "head" or key(text) not in _phrases("titles")):
        untitled = bool(walk.stack) and walk.stack[-1].style == "annex" and walk.stack[-1].bare
        return "title" if untitled and text.isupper() and not is_bare(text) else "annex"  # "PHỤ LỤC SỐ 01", then "ĐỀ CƯƠNG BÁO CÁO"
    if _opens(text, "closings") and walk.phase == "body":
        return "closing"
    if is_signature(text) and walk.phase in {"body", "signed"}:
        return "signature"
    loud = is_loud(text)
    if loud or paragraph.bold:
        if walk.phase == "head":
            return "plain"
        if walk.phase == "signed":
            return "annex" if loud and is_headline(text) else "plain"
        top = walk.stack[-1].style if walk.stack else ""
        if loud and top in {"annex", "title"}:
            return "title"
        if top in {"phần", "part title", "chương"} and (loud or top != "part title"):
            return "part title"
        if loud:
            return "shout"
        if len(text) <= LONG_HEADING and not text.endswith(SENTENCE_END):
            return "bold"
    if paragraph.level is not None and not text.endswith(SENTENCE_END) and not (walk.phase == "head" and (loud or DATELINE.match(text))):
        return "heading"
    return "label" if is_label(text) else "plain"


def _counted(walk: Walk, node: Node) -> tuple[str, int | None]:
    """A numbered, lettered or named paragraph: beside the open one of its style, else under what ranks higher."""
    style, stack, marker = node.style, walk.stack, node.marker
    place = next((k for k in range(len(stack) - 1, -1, -1) if stack[k].style == style), None)
    first = marker is not None and marker.value == 1
    if place is not None and first:
        under = next((k for k in range(len(stack) - 1, place, -1) if stack[k].style in UNNUMBERED), None)
        if under is not None:
            del stack[under + 1 :]
            return style, _push(walk, node)
    hangs = bool(stack) and (stack[-1].style == "lead-in" or (stack[-1].rank == BULLET_RANK and stack[-1].leads))
    if place is None and first and style in HANGING and hangs:
        node.rank = BULLET_RANK  # "- Nội dung gồm:" / "(1) …": the count hangs under the dash, and the next dash closes it
    elif place is not None:
        del stack[place:]
    elif marker is not None and len(marker.path) > 1 and style.startswith("number"):
        _close_numbers(walk, marker)
    else:
        _close(walk, node.rank)
    return style, _push(walk, node)


def _close_numbers(walk: Walk, marker: Marker) -> None:
    """For "2.3." close what is no heading of it: deeper numbers, and a "1." that it does not count under."""
    _close(walk, RANKS[marker.style])
    stack = walk.stack
    while stack and stack[-1].style.startswith("number"):
        above = stack[-1].marker
        if above is None or above.path == marker.path[: len(above.path)]:
            break
        stack.pop()


def _bullet(walk: Walk, node: Node) -> tuple[str, int | None]:
    """A dash or other bullet: beside the open one of its kind, else under whatever is open; behind a table, under no other bullet."""
    stack = walk.stack
    place = next((k for k in range(len(stack) - 1, -1, -1) if stack[k].style == node.style), None)
    if place is not None:
        del stack[place:]
    elif walk.behind_table:
        _close(walk, BULLET_RANK)
    return node.style, _push(walk, node)


def _open(walk: Walk, node: Node) -> int | None:
    """Put an unnumbered heading on the stack; titles follow one another downwards, other heads stand side by side."""
    if node.style in {"title", "part title"}:
        return _push(walk, node)
    place = next((k for k, n in enumerate(walk.stack) if n.style == node.style == "bold"), None)
    if place is not None:
        del walk.stack[place:]
    _close(walk, node.rank)
    return _push(walk, node)


def _push(walk: Walk, node: Node) -> int | None:
    parent = walk.stack[-1].index if walk.stack else None
    walk.stack.append(node)
    return parent


def _close(walk: Walk, rank: int) -> None:
    """Close everything that ranks no higher than `rank`."""
    while walk.stack and walk.stack[-1].rank >= rank:
        walk.stack.pop()


# ---- what a line is --------------------------------------------------------------------------------------------


@cache
def _phrases(name: str) -> tuple[str, ...]:
    return tuple(key(p) for p in pattern_table("outline")[name])


@cache
def _initials(name: str) -> frozenset[str]:
    return frozenset(p[0] for p in _phrases(name))


@lru_cache(maxsize=512)
def _initial(letter: str) -> str:
    return key(letter)


def _opens(text: str, name: str) -> bool:
    """Whether the text begins with a phrase of that list (see patterns/outline.toml)."""
    if _initial(text[:1]) not in _initials(name):
        return False
    start = key(text[:60]) + " "
    return any(start.startswith(p + " ") for p in _phrases(name))


def is_label(text: str) -> bool:
    """ "Đơn vị chủ trì: …", "Thời gian: …": a column heading of a task table in front of a colon."""
    return ":" in text[:60] and heading_role(text[: text.index(":")].strip()) in LABELS


def is_loud(text: str) -> bool:
    """A line in capitals of two words or more, no sentence."""
    return text.isupper() and " " in text and len(text) <= LONG_TITLE


def is_bare(text: str) -> bool:
    """An annex's name and number alone: "PHỤ LỤC", "Biểu mẫu 3"."""
    return ANNEX.fullmatch(text) is not None or form_name(text) == " ".join(text.strip(" .:").split())


def is_headline(text: str) -> bool:
    """Too many words for the name or post of a signer, so the title of what comes next."""
    return len(text.split()) >= 6 and not is_signature(text)


def is_title(text: str) -> bool:
    """The name of a document type alone on its line, or a line in capitals that begins with one."""
    return len(text) < LONG_TITLE and (key(text) in _phrases("titles") or _opens(text, "annexes")) and text[:2].isupper()


def is_annex(text: str) -> bool:
    """A line that opens an annex: its name alone, numbered or in capitals; or a document type's name in capitals."""
    if len(text) > LONG_TITLE or not text[:1].isupper():
        return False
    if FORM_CODE.fullmatch(text):
        return True
    if _opens(text, "annexes"):
        rest = key(text).split()
        return text.isupper() or len(rest) <= 6
    return text.isupper() and key(text) in _phrases("titles")


def is_signature(text: str) -> bool:
    """A line of the signature block: "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"."""
    if len(text) > 120 or not text[:1].isupper():
        return False
    return text.isupper() and (_opens(text, "signatures") or SIGNED_FOR.match(text) is not None)


# ---- entries ---------------------------------------------------------------------------------------------------


def _entries(paragraphs: Sequence[Paragraph], styles: Sequence[str], parents: Sequence[int | None], markers: Sequence[Marker | None]) -> list[Entry]:
    has_children = set(parents)
    depth: list[int] = []
    entries = []
    for index, (paragraph, style, parent, marker) in enumerate(zip(paragraphs, styles, parents, markers, strict=True)):
        depth.append(1 if parent is None else depth[parent] + 1)
        text = paragraph.passage.text
        kind = _kind(paragraph, style, marker, index in has_children)
        body = 0 if marker is None else len(text) - len(text.lstrip()) + marker.end
        entries.append(Entry(kind, depth[index] if kind != "paragraph" else None, marker.text if marker else None, body, parent))
    return entries


def _kind(paragraph: Paragraph, style: str, marker: Marker | None, has_children: bool) -> BlockKind:
    text = paragraph.passage.text.rstrip()
    if style in {"plain", "signature", "recipients"}:
        return "paragraph"
    if marker is None or paragraph.level is not None:
        return "heading"
    if marker.value is None:
        return "list_item"
    if style in {"phần", "chương", "mục", "tiểu mục", "capital", "roman", "điều"} and len(text) <= 2 * LONG_HEADING:
        return "heading"
    sentence = text.endswith(SENTENCE_END) and len(text) > 80
    if (paragraph.bold or text.isupper()) and not sentence:
        return "heading"
    return "heading" if has_children and not sentence and (len(text) <= LONG_HEADING or text.endswith(":")) else "list_item"
