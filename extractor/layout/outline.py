"""The outline: which paragraphs are headings and list items, at what level, and what stands under what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from extractor.layout.pieces import Paragraph
from extractor.model import BlockKind

MARKER = regex.compile(
    r"(?P<marker>(?:[IVXL]{1,6}|[A-Z])[.)](?=\s)|\d{1,2}(?:\.\d{1,2}){0,4}[.)]?(?=\s)|[a-zđ]\d?[.)](?=\s)|[-–+*•](?=\s|\p{Lu}))\s*"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A paragraph's place in the outline; `body` is the offset of its text behind the marker, `parent` an index or None."""

    kind: BlockKind
    level: int | None
    marker: str | None
    body: int
    parent: int | None


def find_outline(paragraphs: Sequence[Paragraph]) -> list[Entry]:
    """One entry per paragraph, in order."""
    entries = []
    for paragraph in paragraphs:
        found = MARKER.match(paragraph.passage.text)
        if found:
            entries.append(Entry("list_item", None, found["marker"], found.end(), None))
        else:
            entries.append(Entry("paragraph", None, None, 0, None))
    return entries
