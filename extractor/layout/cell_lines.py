"""The lines of a table cell → its text: words that a narrow column tore are whole again."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.layout.lines import Line, passage
from extractor.layout.paragraphs import is_marked
from extractor.layout.pieces import EMPTY, Passage
from extractor.values.syllables import is_syllable

_TAIL, _HEAD = regex.compile(r"\p{L}+$"), regex.compile(r"^\p{L}+")
_ADDRESS = regex.compile(r"https?:|www\.|@|\.(?:gov|vn|com)\b")
PADDING = 6.0  # points between border and text, at most, where the text itself does not show it


def cell_passage(lines: Sequence[Line], width: float, texts: Sequence[str]) -> Passage:
    """The text of a cell `width` points wide: items of a list on lines of their own."""
    if not lines:
        return EMPTY
    if len(lines) < 2:
        return passage(lines, texts)
    torn = {k for k in range(1, len(lines)) if len(lines[k - 1].ids) == 1 and _is_torn(lines[k - 1], lines[k], width, texts)}
    return passage(lines, texts, torn, {k for k in range(1, len(lines)) if _is_item(lines[k - 1], lines[k], texts)})


def _is_item(line: Line, following: Line, texts: Sequence[str]) -> bool:
    """Whether a line starts an item of a list: with a dash, or with a number or letter behind a stop."""
    if not is_marked(following, texts):
        return False
    return not texts[following.ids[0]][0].isalnum() or texts[line.ids[-1]][-1] in ".;:"


def _is_torn(line: Line, following: Line, width: float, texts: Sequence[str]) -> bool:
    """Whether the single word of a line fills the cell and goes on in the next line."""
    word, rest = texts[line.ids[0]], texts[following.runs[0].ids[0]]
    letter = (line.x1 - line.x0) / len(word)
    if width - (line.x1 - line.x0) > 2 * PADDING + 1.2 * letter:
        return False
    return is_one_word(word, rest)


def is_one_word(word: str, rest: str) -> bool:
    """Whether two pieces at the ends of lines are one word or number: "2.1" + "0", "Vă" + "n", "ST" + "T"."""
    if word[-1].isdigit() and rest[0].isdigit():
        return True
    tail, head = _TAIL.search(word), _HEAD.search(rest)
    if not tail or not head:
        return bool(_ADDRESS.search(word + rest))
    if is_syllable(tail[0]) and is_syllable(head[0]):
        return False
    if tail[0].isupper() and head[0].isupper():
        return len(head[0]) <= 2 and len(head[0]) < len(tail[0])
    return is_syllable(tail[0] + head[0]) or bool(_ADDRESS.search(word + rest))
