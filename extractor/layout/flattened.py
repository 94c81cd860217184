"""Tables printed one cell a line: heads first, then row after row, empty cells not printed at all.

The heads tell the columns, row numbers tell the rows, and within a row a cell's kind (number, unit, agency, time, words)
tells its column: the likeliest assignment that goes through the columns from left to right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import regex

from extractor.layout.heads import PERIOD, heading_role, is_code, key
from extractor.layout.pieces import EMPTY, Grid, GridCell, Passage, cut, join
from extractor.patterns import table as pattern_table

FEWEST_HEADS = 3
MOST_HEADS = 24
MOST_UNITS = 60  # different units in one table
LONGEST_CELL = 700
LONGEST_ROW = 80  # lines
SUBHEADS = frozenset({"period", "value", "unit"})
VALUE = regex.compile(r"[\d.,/%()\s+-]*\d[\d.,/%()\s+-]*|-")
SOURCE = regex.compile(r"nguồn\b[^:]{0,30}:", regex.IGNORECASE)  # "Nguồn: Sở Nội vụ" below a table
ANNEX_LINE = regex.compile(r"(?:phụ lục|biểu mẫu|mẫu biểu)\b", regex.IGNORECASE)
PARTS = regex.compile(r"trong đó|chia (?:ra|theo)|bao gồm|gồm\b|cộng\b|tổng\b|.*:$", regex.IGNORECASE)  # heads of sub-rows, however often they come
CODED = regex.compile(r"=\s*\d")
WORDS_COLUMNS = frozenset({"task", "indicator", "area", "place", ""})


@dataclass(frozen=True, slots=True)
class Head:
    """A column: which of the head lines names it, its role, and the line of the merged head above it, if any."""

    line: int
    role: str
    under: int | None = None


def find_flattened(lines: Sequence[Passage], start: int, gaps: Sequence[int] = ()) -> tuple[Grid, int] | None:
    """The table whose first head is `lines[start]` and the index behind its last line, or None if there is none.

    `gaps`: blank lines before each line, where the format tells.
    """
    stop = heads_end(lines, start)
    if stop is None:
        return None
    texts = [p.text for p in lines]
    heads = columns(texts[start:stop])
    end = _end(texts, gaps, stop)
    body = lines[stop:end]
    if any(h.role == "unit" for h in heads):
        body = _units_apart(body)
    found = [p.text for p in body]
    units = _units(found)
    rows = [row for chunk in _chunks(found) for row in _rows(found, chunk, heads, units)]
    return _grid(lines[start:stop], body, heads, rows), end


def _units_apart(lines: Sequence[Passage]) -> list[Passage]:
    """The lines, with units cut off that a reader joined to the label before them ("Số trường đạt chuẩn Trường"): words
    with a capital that stand alone in other rows, at the end of a label that a row number follows.
    """
    counts = Counter(p.text for p in lines if len(p.text) <= 20 and p.text[:1].isupper() and not is_code(p.text))
    known = tuple(f" {text}" for text, count in counts.most_common(MOST_UNITS) if count > 2)
    out: list[Passage] = []
    for line, after in zip(lines, [*lines[1:], EMPTY], strict=True):
        cutting = next((u for u in known if line.text.endswith(u)), None) if not after.text or is_code(after.text) else None
        if cutting and len(line.text) > len(cutting) + 10:
            at = len(line.text) - len(cutting)
            out += [cut(line, 0, at), cut(line, at + 1, len(line.text))]
        else:
            out.append(line)
    return out


def heads_end(lines: Sequence[Passage], start: int) -> int | None:
    """Where the run of column headings that begins at `start` ends in a row number; None where it is none."""
    if len(lines[start].text) > 12 or heading_role(lines[start].text) != "ordinal":
        return None
    names = [p.text for p in lines[start : start + MOST_HEADS]]
    size = next((k for k, name in enumerate(names) if k and (is_code(name) or len(name) > 90)), 0)
    known = sum(bool(heading_role(n)) for n in names[:size])
    return start + size if size >= FEWEST_HEADS and is_code(names[size]) and known * 5 >= size * 3 else None


def columns(names: Sequence[str]) -> list[Head]:
    """The columns in order. Heads printed behind the first head row (years after "Ghi chú") stand under its value column."""
    roles = [heading_role(n) for n in names]
    size = len(names)
    while size > 1 and roles[size - 1] in SUBHEADS:
        size -= 1
    over = next((k for k in range(size) if roles[k] == "value"), None)
    own = [Head(k, r) for k, r in enumerate(roles)]
    if size == len(names) or over is None:
        return own
    under = [Head(k, roles[k], over) for k in range(size, len(names))]
    return [h for k in range(size) for h in (under if k == over else [own[k]])]


def _end(texts: Sequence[str], gaps: Sequence[int], start: int) -> int:
    """Where the table's cells end: at a wider gap than between its lines, at a long text, or where no row number follows."""
    near = sorted(gaps[start : start + 40])
    usual = near[len(near) // 2] if near else 0
    since = 0
    for index in range(start, len(texts)):
        text = texts[index]
        since = 0 if is_code(text) else since + 1
        if index > start and ((gaps and gaps[index] > usual) or len(text) > LONGEST_CELL or _is_outside(text, texts, index)):
            return index
        if since > LONGEST_ROW:
            return index - since + 1
    return len(texts)


def _is_outside(text: str, texts: Sequence[str], index: int) -> bool:
    """A line of the document again: recipients, the table's source, a new annex."""
    if key(text[:12]).startswith("noi nhan") or SOURCE.match(text):
        return True
    if ANNEX_LINE.match(text):
        return not is_code(texts[index - 1])
    return False


# ---- rows ------------------------------------------------------------------------------------------------------


def _chunks(texts: Sequence[str]) -> list[list[int]]:
    """The lines (by index) cut at row numbers: a code that follows in the count, not any number that stands alone."""
    chunks: list[list[int]] = []
    last: str | None = None
    for index, text in enumerate(texts):
        after = texts[index + 1] if index + 1 < len(texts) else ""
        if is_code(text) and not (after and is_code(after) and not _is_mark(text)) and follows(last, text):
            chunks.append([index])
            last = text
        elif chunks:
            chunks[-1].append(index)
        else:
            chunks.append([index])
    return chunks


def _is_mark(text: str) -> bool:
    return not text[0].isdigit()


def follows(last: str | None, text: str) -> bool:
    """Whether a row number can come after another: the next at some level, the first of a level below, a new Roman section."""
    here = _path(text)
    if here is None or last is None:
        return True
    before = _path(last)
    if before is None:
        return True
    if here == (1,) or len(here) > len(before):
        return here[-1] == 1 or here[: len(before)] == before or _digits(here) >= _digits(before)
    level = len(here) - 1
    same = here[:level] == before[:level] and 0 <= here[level] - before[level] <= 3
    return same or 0 < _digits(here) - int(str(_digits(before))[: len(str(_digits(here)))]) <= 3


def _path(text: str) -> tuple[int, ...] | None:
    """ "2.1." → (2, 1); None for Roman numbers, letters and dashes (a section of their own)."""
    parts = text.strip(".()").split(".")
    return tuple(map(int, parts)) if all(p.isdigit() for p in parts) else None


def _digits(path: tuple[int, ...]) -> int:
    return int("".join(map(str, path)))


def _units(texts: Sequence[str]) -> frozenset[str]:
    """What stands in a unit column: listed units, and short words that come again and again."""
    counts: dict[str, int] = {}
    for text in texts:
        if len(text) <= 20 and not is_code(text) and not PARTS.match(text):
            name = key(text) or text
            counts[name] = counts.get(name, 0) + 1
    return frozenset(name for name, count in counts.items() if count > 2) | _listed("unit_words")


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(key(p) or p for p in pattern_table("outline")[name])


@cache
def _starts(name: str) -> tuple[str, ...]:
    return tuple(key(p) + " " for p in pattern_table("outline")[name])


def _scores(text: str, heads: Sequence[Head], units: frozenset[str], last: bool) -> list[float]:
    """How well a text fits each column."""
    name = key(text) or text
    unit = name in units or CODED.search(text) is not None
    number = VALUE.fullmatch(text) is not None
    return [_score((text, name, unit, number), head.role, last) for head in heads]


def _score(seen: tuple[str, str, bool, bool], role: str, last: bool) -> float:
    """How well a text (as printed, folded, whether unit, whether number) fits a column of that role."""
    text, name, unit, number = seen
    if role == "unit":
        return 3.0 if unit else -3.0
    if role in {"value", "period"}:
        return 3.0 if number else -3.0
    if role in {"lead", "support", "lead_support"}:
        return 3.0 if (name + " ").startswith(_starts("agency_heads")) else -0.5
    if role in {"deadline", "start"}:
        return 3.0 if (name + " ").startswith(_starts("time_heads")) or PERIOD.match(text) else -1.0
    if role in {"note", "status"}:
        return -1.0 if number or unit else 0.25 if last else -0.5
    if role == "product":
        return -1.0 if number else 1.0
    return -2.0 if number or (unit and len(text) < 30) else 2.0


def _rows(texts: Sequence[str], chunk: Sequence[int], heads: Sequence[Head], units: frozenset[str]) -> list[list[list[int]]]:
    """The rows of one numbered chunk: per row and column the lines in it; rows behind the first have no number."""
    numbered = is_code(texts[chunk[0]])
    lines = list(chunk[1:]) if numbered else list(chunk)
    label = 1 if len(heads) > 1 else 0
    rows: list[list[list[int]]] = [[[] for _ in heads]]
    if numbered:
        rows[0][0].append(chunk[0])
    if len(lines) > LONGEST_ROW:
        rows[0][label] += lines
        return rows
    for line, (col, new) in zip(lines, _assign([texts[k] for k in lines], heads, units, label), strict=True):
        if new:
            rows.append([[] for _ in heads])
        rows[-1][col].append(line)
    return rows


def _assign(lines: Sequence[str], heads: Sequence[Head], units: frozenset[str], label: int) -> list[tuple[int, bool]]:
    """For each line its column and whether it begins a new row: the best-scoring walk through the columns."""
    width = len(heads)
    if not lines:
        return []
    scores = [_scores(t, heads, units, k == len(lines) - 1) for k, t in enumerate(lines)]
    best = [[-1e9] * width for _ in lines]
    back: list[list[tuple[int, bool]]] = [[(0, False)] * width for _ in lines]
    for col in range(label, width):
        best[0][col] = scores[0][col] - (0.0 if col == label else 1.0)
    for k in range(1, len(lines)):
        for col in range(label, width):
            stay = (-0.4 if _continues(lines[k - 1], lines[k]) else -3.0) if col == label else -0.4
            options = [(best[k - 1][b] + (stay if b == col else 0.0), (b, False)) for b in range(label, col + 1)]
            if col == label:
                options += [(best[k - 1][b] - 2.0, (b, True)) for b in range(label, width)]
            value, where = max(options, key=lambda o: o[0])
            best[k][col], back[k][col] = value + scores[k][col], where
    col = max(range(width), key=lambda c: best[-1][c])
    path = []
    for k in range(len(lines) - 1, -1, -1):
        before, new = back[k][col]
        path.append((col, new))
        col = before
    return path[::-1]


def _continues(first: str, second: str) -> bool:
    """Whether a label's second line belongs to the first: it begins small or in brackets, or the first ends open."""
    return not second[:1].isupper() or first.endswith((",", "(", "-", "/"))


def _grid(names: Sequence[Passage], lines: Sequence[Passage], heads: Sequence[Head], rows: Sequence[Sequence[Sequence[int]]]) -> Grid:
    """One or two head rows (merged as they were) and the rows below."""
    cells = []
    deep = any(h.under is not None for h in heads)
    for col, head in enumerate(heads):
        passage = names[head.line]
        if head.under is None:
            cells.append(GridCell(0, col, 2 if deep else 1, 1, passage))
            continue
        if col == 0 or heads[col - 1].under != head.under:
            cells.append(GridCell(0, col, 1, sum(h.under == head.under for h in heads), names[head.under]))
        cells.append(GridCell(1, col, 1, 1, passage))
    first = 2 if deep else 1
    for r, row in enumerate(rows):
        cells += [GridCell(first + r, c, 1, 1, join([lines[k] for k in found], "\n") if found else EMPTY) for c, found in enumerate(row)]
    return Grid(cells, first + len(rows), len(heads), header_rows=first)
