"""Hard-wrapped lines → paragraphs: told by how full a line is, how it ends and how the next one begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from types import MappingProxyType
from typing import Literal

import regex

from extractor.layout.heads import is_code
from extractor.layout.markers import find_marker
from extractor.layout.markup import plain

Style = Literal["loose", "wrapped", "spaced"]
LONG = 170  # columns: no hard-wrapped line is longer
FULL = 0.78  # of the usual width: a line shorter than this, even with the next word, ended its paragraph
WIDE_CAPITAL = 0.35  # a capital is about that much wider than a small letter
CAPITAL = regex.compile(r"\p{Lu}")
END = regex.compile(r"[.;:!?…][”\"')\]*_]*$|/\s*\.?$|\./\.")
# what a reference ends on just before its number: "theo điểm" / "a) khoản 2", "tại khoản" / "2. Điều 5", "Quý" / "I. …"
REFERRING = MappingProxyType(
    {
        "letter": regex.compile(r"\b(?:điểm|mục)$", regex.IGNORECASE),
        "number1": regex.compile(r"\b(?:khoản|điều|ngày|tháng|loại|hạng|phụ lục|biểu mẫu)$", regex.IGNORECASE),
        "roman": regex.compile(r"\b(?:quý|quí|hạng|loại|phần|mục|chương)$", regex.IGNORECASE),
    }
)
FENCE = "**"
DASH_YEAR = regex.compile(r"[-–]\s*\d{4}\b")
ENDS_IN_YEAR = regex.compile(r"\d{4}\s*$")
DASH_SMALL = regex.compile(r"[-–] ?\p{Ll}")
ABBREVIATED = regex.compile(r"\b(?:v\.v|TP|Tp|TX|số)\.$")


@dataclass(slots=True)
class Line:
    """A line of running text as printed, and how many blank lines stand before it."""

    text: str
    gap: int


@dataclass(slots=True)
class Measure:
    """How a text is broken: `loose` one paragraph a line, `wrapped` blank lines between paragraphs, `spaced` between all lines."""

    style: Style
    width: float


def measure(lines: Sequence[Line]) -> Measure:
    """How the lines are broken, and how wide a full one is (in letters; 0 where lines are paragraphs)."""
    sizes = [(width_of(line.text), line) for line in lines if line.text.strip()]
    if len(sizes) < 4:
        return Measure("loose", 0)
    total = sum(size for size, _ in sizes)
    if sum(size for size, _ in sizes if size > LONG) > 0.25 * total:
        return Measure("loose", 0)
    torn = [(a, b) for (_, a), (_, b) in pairwise(sizes) if _goes_on_small(a.text, b.text)]
    if len(torn) < max(3, len(sizes) // 12):
        return Measure("loose", 0)
    tight = sum(b.gap == 0 for _, b in torn)
    lengths = sorted(size for size, _ in sizes)
    width = lengths[int(len(lengths) * 0.9)]
    return Measure("wrapped" if tight * 2 > len(torn) else "spaced", width)


def width_of(text: str) -> float:
    """How wide a line is, in small letters."""
    return len(text) + WIDE_CAPITAL * len(CAPITAL.findall(text))


def _goes_on_small(first: str, second: str) -> bool:
    """Sentence of the first line surely goes on in the second."""
    b = second.strip().lstrip("*_")
    return b[:1].islower() and not find_marker(b) and not END.search(first.rstrip()) and len(first) > 20


def paragraphs(lines: Sequence[Line], how: Measure) -> list[Line]:
    """The lines joined to paragraphs; `gap` is that of a paragraph's first line."""
    out: list[Line] = []
    parts: list[str] = []
    last = ""
    gap = 0
    for line in lines:
        if parts and _joins(" ".join(parts[-3:]) if len(parts) > 1 else last, last, line, how):
            parts.append(line.text.strip())
        else:
            if parts:
                out.append(Line(" ".join(parts), gap))
            parts, gap = [line.text.strip()], line.gap
        last = line.text
    if parts:
        out.append(Line(" ".join(parts), gap))
    return out


def _joins(whole: str, last: str, line: Line, how: Measure) -> bool:
    """Whether a line goes on with the paragraph whose last line is `last`."""
    tight = line.gap == 0
    if tight and whole.count(FENCE) % 2:  # an emphasis left open goes on in the next line
        return True
    a, b = plain(last).strip(), plain(line.text).strip()
    if not a or not b:
        return False
    if how.style != "loose" and is_code(a) and len(a) > 1 and not find_marker(b):
        return True  # a number alone on its line: its heading follows
    marker = find_marker(b)
    if marker and not _is_false_marker(a, b, how):
        return False
    if how.style == "loose":
        return tight and b[0].islower() and not END.search(a) and not a.isupper() and len(a) > 30
    if how.style == "wrapped":
        return tight and _joins_wrapped((a, last), (b, line.text), how.width)
    indented = line.text[:1] in " \t\u00a0" and not tight and not b[0].islower()
    return not indented and _joins_spaced(a, b, how.width)


def _is_false_marker(a: str, b: str, how: Measure) -> bool:
    """A dash or number that a line break put in front: "giai đoạn 2026" / "- 2030", "theo điểm" / "a) khoản 2"."""
    if DASH_YEAR.match(b):
        return ENDS_IN_YEAR.search(a) is not None
    if how.style != "loose" and DASH_SMALL.match(b):
        return not END.search(a)  # "kinh tế" / "- xã hội"
    marker = find_marker(b)
    pattern = REFERRING.get(marker.style) if marker else None
    return pattern is not None and pattern.search(a) is not None


def _joins_wrapped(first: tuple[str, str], second: tuple[str, str], width: float) -> bool:
    """Two lines without a blank one between them, each plain and as printed."""
    (a, raw_a), (b, raw_b) = first, second
    closed = raw_a.rstrip().endswith(FENCE)
    if closed and not b[0].islower():
        return False  # a whole line of its own, bold or the end of a bold heading
    if raw_b.lstrip().startswith(FENCE) and not b[0].islower() and END.search(a):
        return False
    if a.isupper() != b.isupper() and (a.isupper() or b.isupper()) and len(b) > 3:
        return False
    if a.isupper() and b.isupper():
        return width_of(a) + width_of(b.split()[0]) > 0.6 * width
    if END.search(a) and not b[0].islower():
        return width_of(a) > FULL * width
    return True


def _joins_spaced(a: str, b: str, width: float) -> bool:
    if b[0].islower():
        return not END.search(a) or (not a.endswith(":") and _is_full(a, b, width))
    if a.isupper() != b.isupper() and (a.isupper() or (b.isupper() and len(b) > 12)):
        return False
    if END.search(a) and not ABBREVIATED.search(a):
        return False
    return _is_full(a, b, width)


def _is_full(a: str, b: str, width: float) -> bool:
    """Whether the next line's first word would not have fitted on the line."""
    return width_of(a) + 1 + width_of(b.split()[0]) > FULL * width


# ---- texts whose line breaks were lost -------------------------------------------------------------------------

RUN_ON = 2000  # characters: a shorter paragraph is left whole
MOST_PARTS = 20_000  # more is no document
FEWEST = 6  # inline markers that show that a text's own line breaks are gone
INLINE = regex.compile(
    r"""(?<=[.;:!?”)\p{L}\d-])\s+(?=
        (?:[IVX]{1,5}\.|[A-D]\.)\s\p{Lu}{2,}            # "I. MỤC ĐÍCH"
        | \d{1,2}(?:\.\d{1,2}){0,3}\.\s\p{Lu}\p{Ll}      # "1. Mục đích", "2.1. Sở …"
        | [a-zđ]\)\s\p{Lu}                              # "a) Hiện trạng"
        | (?<=[.;:]\s)[-+]\s\p{Lu}                      # "- Vận tải" behind a finished sentence
        | (?:Nơi\snhận|Kính\sgửi)\s*:|Trên\sđây\slà\s|(?:TM|KT|TL|TUQ)\.\s\p{Lu}{2}
        | Số:\s*\d|Căn\scứ\s\p{Lu}|Điều\s\d{1,3}\.\s
    )""",
    regex.VERBOSE,
)
DRAWN_RULE = regex.compile(r"\s*-{4,}\s*")


def split_run_on(text: str) -> list[str]:
    """A text that lost its line breaks cut where headings and items begin; any other text whole."""
    if len(text) < RUN_ON or sum(1 for _ in islice(INLINE.finditer(text), FEWEST)) < FEWEST:
        return [text]
    parts = [part for piece in DRAWN_RULE.split(text) for part in INLINE.split(piece) if part.strip()]
    return parts if len(parts) < MOST_PARTS else [text]
