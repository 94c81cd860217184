"""Which part of the document each block is in: told by headings, and handed down the outline.

Parts: `letterhead` `title` `basis` `purpose` `body` `content` `tasks` `organisation` `directions` `funding` `proposals`
`results` `outline` (of a report to be written) `annex` `closing` `signature`; None where nothing tells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import regex

from extractor.model import Block, Document
from extractor.patterns import patterns, table, time_limit
from extractor.values.folding import level, squeeze

FRONT = 30  # blocks in which the letterhead may stand
LOOSE = 60  # code points that a paragraph of a letter has at least
HEADING = 160  # code points: a longer text is no heading
# what a heading inside a part may turn it into; everything else stays what the part is
WITHIN: Mapping[str, frozenset[str]] = {
    "outline": frozenset(),
    "purpose": frozenset({"tasks", "organisation"}),
    "tasks": frozenset({"purpose", "funding", "organisation"}),
    "directions": frozenset({"purpose", "funding", "organisation", "results"}),
    "organisation": frozenset({"funding"}),
    "funding": frozenset(),
    "proposals": frozenset(),
    "results": frozenset({"directions", "proposals"}),
    "annex": frozenset({"purpose", "tasks", "directions", "organisation", "funding", "outline"}),
}


AFTER_RESULTS = frozenset({"tasks", "organisation"})  # what a plan's look back may turn to; a report's solutions were applied already


@dataclass(slots=True)
class Walk:
    """Where the reading stands: the region of the document, and what its sections are where no heading tells."""

    region: str
    default: str
    start: int = 0  # the block at which the document, or one attached to it, begins
    addressing: bool = False  # inside the list behind "Kính gửi:"
    labels: list[str | None] = field(default_factory=list)
    anchors: dict[str, str | None] = field(default_factory=dict)  # mark of a footnote → part in which it is set


def find_parts(document: Document) -> list[str | None]:
    """One part per block, by block id."""
    texts = [squeeze(level(document.quote(block.body)[:400])) for block in document.blocks]
    report = _is_report(texts)
    front = _letterhead_end(document.blocks, texts)
    walk = Walk("front", "results" if report else "body")
    for block in document.blocks:
        text = texts[block.block_id]
        if block.block_id <= front:
            walk.labels.append("letterhead")
            continue
        walk.labels.append(_part(document, block, text, walk))
        if block.kind != "footnote" and (raised := _RAISED.findall(text)):
            walk.anchors.update(dict.fromkeys(raised, walk.labels[-1]))
    return walk.labels


_RAISED = regex.compile(r"[¹²³⁰⁴-⁹]{1,3}")


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(squeeze(level(w)) if not w.endswith(" ") else level(w) for w in table("parts")[name])


def _is_report(texts: Sequence[str]) -> bool:
    return any(text in _words("reports") for text in texts[:FRONT])


def _letterhead_end(blocks: Sequence[Block], texts: Sequence[str]) -> int:
    """The last block of the letterhead: motto, own number, dateline and the type's name; -1 where there is none."""
    last, names = -1, {*_words("bodies"), *_words("reports"), *_words("others")}
    for block in blocks[:FRONT]:
        text = texts[block.block_id]
        if (block.kind == "list_item" and len(text) > 60) or text.startswith(_words("front_ends")):
            break
        opens = text.startswith(_words("letterhead")) and len(text) < 200 and (last >= 0 or block.block_id <= 12)
        if opens or (text in names and len(text) < 40) or _line("dateline").fullmatch(text, timeout=time_limit(len(text))):
            last = block.block_id
    return last


@cache
def _line(name: str) -> regex.Pattern[str]:
    """The pattern of a whole line, from `parts.toml`."""
    return next(p.regex for p in patterns("parts") if p.id == name)


def _part(document: Document, block: Block, text: str, walk: Walk) -> str | None:
    caps = _is_caps(document, block)
    if block.kind == "footnote":
        before = walk.labels[-1] if walk.labels else None
        return walk.anchors.get((block.marker or "").strip(), before)
    if walk.region in ("annex", "signature") and block.marker is None and text in _words("bodies") and caps:
        walk.region, walk.default, walk.start = "front", "body", len(walk.labels)
        return "title"
    if text.startswith(_words("attached")) and walk.region == "signature":
        walk.region = "annex"
        return "annex"
    if text.startswith(_words("recipients")):
        walk.region = "signature"
        return "signature"
    if _opens_annex(block, text, caps, walk):
        walk.region = "outline" if text.startswith(_words("outlines")) else "annex"
        return walk.region
    if walk.region == "annex" and block.marker is None and len(text) < HEADING and text.startswith(_words("outlines")) and caps:
        walk.region = "outline"
    if walk.region in ("outline", "signature"):
        return walk.region
    return _section(document, block, text, walk)


def _opens_annex(block: Block, text: str, caps: bool, walk: Walk) -> bool:
    """A short unnumbered line such as "PHỤ LỤC SỐ 01", "ĐỀ CƯƠNG": in capitals, a heading, or nothing but the word and a number."""
    if block.marker is not None or len(text) > HEADING or not text.startswith(_words("annexes")) or text.endswith((";", ".", ",")):
        return False
    alone = _line("annex").fullmatch(text, timeout=time_limit(len(text))) is not None
    return alone or (caps and walk.region in ("signature", "annex", "outline"))


def _section(document: Document, block: Block, text: str, walk: Walk) -> str | None:
    parent = None if block.parent_id is None or block.parent_id >= len(walk.labels) else walk.labels[block.parent_id]
    if text.startswith(_words("closings")) and walk.region != "front" and (block.kind == "paragraph" or _asks_for_word(text)):
        return "closing"
    inherited = parent if parent not in (None, "letterhead", "title", "basis", "closing", "signature") else None
    if walk.region == "front" and _opens_letter(block, text, walk):
        walk.region = "body"
    if block.marker is None and walk.region == "front" and not (block.kind == "heading" and _phrase_part(text)):
        walk.addressing = text.startswith(_words("addresses"))
        short = len(walk.labels) - walk.start < 8 and len(text) < 120 and _words("front_ends")[0] not in text
        return "title" if _is_caps(document, block) or block.kind == "heading" or short else "basis"
    if walk.region == "front" and walk.addressing and block.kind == "list_item":
        return "letterhead"
    if walk.region == "front":
        walk.region = "body"
    own = _phrase_part(text) if _may_head(document, block, text) else None
    base = inherited or ("annex" if walk.region == "annex" else walk.default)
    if own is None or own == base:
        return base
    if inherited is None:
        return _in_report(own, walk)
    if inherited == "results" and walk.default != "results" and own in AFTER_RESULTS:
        return own
    return own if own in WITHIN.get(inherited, frozenset({own})) else base


def _opens_letter(block: Block, text: str, walk: Walk) -> bool:
    """Whether a loose paragraph behind the basis begins what a letter has to say."""
    if block.kind != "paragraph" or block.marker is not None or len(text) < LOOSE or text.endswith((":", ";", ",")):
        return False
    return "basis" in walk.labels[walk.start :] and not text.startswith(_words("bases"))


def _asks_for_word(text: str) -> bool:
    """Whether a numbered item only asks to report difficulties."""
    return any(word in text for word in _words("difficulties"))


def _in_report(own: str, walk: Walk) -> str:
    """In a report, a section "Nhiệm vụ …" looks ahead, and "Nội dung" is what was done."""
    if walk.default != "results":
        return own
    return {"tasks": "directions", "content": "results"}.get(own, own)


def _may_head(document: Document, block: Block, text: str) -> bool:
    """Whether a block can be a heading: so marked, numbered, or in capitals; not a dashed item, not a long sentence."""
    if len(text) > HEADING or block.kind not in ("heading", "list_item", "paragraph"):
        return False
    if block.kind == "heading":
        return True
    if block.marker is None:
        return _is_caps(document, block)
    return (block.marker.strip()[0] not in "-–+*•" and not text.endswith((".", ";"))) or len(text) < 60


def _is_caps(document: Document, block: Block) -> bool:
    text = document.quote(block.body)[:HEADING]
    return text.isupper() or block.bold is True or block.centred is True


@cache
def _heading_phrases() -> Mapping[str, Sequence[tuple[str, str]]]:
    """First word → the phrases that begin with it and their parts."""
    rows: Sequence[Mapping[str, Any]] = table("parts")["heading"]
    out: dict[str, list[tuple[str, str]]] = {}
    for part, phrase in ((row["part"], squeeze(level(phrase))) for row in rows for phrase in row["phrases"]):
        out.setdefault(phrase.split(" ")[0].rstrip(","), []).append((phrase, part))
    return out


_FIRST = regex.compile(r"[ ,;:.]")


def _phrase_part(text: str) -> str | None:
    """The part that a heading's first words name, the longest phrase winning."""
    rest = text
    for _ in range(3):
        known = _heading_phrases().get(_FIRST.split(rest, 1)[0], ())
        hits = [(len(p), part) for p, part in known if rest.startswith(p) and not rest[len(p) : len(p) + 1].isalpha()]
        if hits:
            return max(hits)[1]
        opener = next((w for w in _words("openers") if rest.startswith(w + " ")), None)
        if opener is None:
            return None
        rest = rest[len(opener) + 1 :]
    return None
