"""Numbers and dates as a spreadsheet shows them, in the Vietnamese manner: "." groups thousands, "," is the decimal mark.

Number formats after ECMA-376 part 1, 18.8.30 and 18.8.31; what they leave to the computer's region is Vietnam's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from types import MappingProxyType

import regex

# formats that files name by number only
BUILT_IN: Mapping[int, str] = MappingProxyType(
    {0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??"}
    | {14: "dd/mm/yyyy", 15: "dd-mm-yy", 16: "dd-mm", 17: "mm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss"}
    | {22: "dd/mm/yyyy h:mm", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00"}
    | {41: "#,##0;-#,##0;-", 42: "#,##0;-#,##0;-", 43: "#,##0.00;-#,##0.00;-", 44: "#,##0.00;-#,##0.00;-"}
    | {45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@"}
)
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_TOKEN = regex.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General)|(?P<ampm>AM/PM|A/P)|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?|b+|e+|g+)|(?P<exponent>E[+-]0+)"
    r"|(?P<digits>[0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+)|(?P<commas>,+)|(?P<percent>%)|(?P<text>@)|(?P<other>.)",
    regex.IGNORECASE | regex.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Section:
    """One of the up to four parts of a format, as tokens (kind, text)."""

    tokens: tuple[tuple[str, str], ...]
    is_date: bool
    elapsed: bool


@lru_cache(maxsize=4096)
def _sections(code: str) -> tuple[Section, ...]:
    sections: list[Section] = []
    tokens: list[tuple[str, str]] = []
    for match in _TOKEN.finditer(code[:255]):
        kind, text = match.lastgroup or "skip", match[match.lastgroup] if match.lastgroup else match[0]
        if kind == "other" and text == ";":
            sections.append(_section(tokens))
            tokens = []
        else:
            tokens.append((kind, text))
    sections.append(_section(tokens))
    return tuple(sections)


def _section(tokens: list[tuple[str, str]]) -> Section:
    elapsed = any(kind == "bracket" and text.lower() in {"h", "hh", "m", "mm", "s", "ss"} for kind, text in tokens)
    dated = elapsed or any(kind in {"date", "ampm"} for kind, _ in tokens)
    return Section(tuple(tokens), dated and not any(kind == "general" for kind, _ in tokens), elapsed)


def is_date(code: str) -> bool:
    """Whether numbers in this format are shown as dates or times."""
    return _sections(code)[0].is_date


def show_number(value: float, code: str, since_1904: bool = False) -> str:
    """`value` as a cell with the number format `code` shows it (an empty string where the format hides it)."""
    sections = _sections(code or "General")
    if sections[0].is_date:
        moment = moment_of(value, since_1904)
        return _show_date(moment, value, sections[0]) if moment is not None or sections[0].elapsed else general(value)
    section, sign = _choose(sections, value)
    if not any(kind in {"digits", "general", "exponent", "text"} for kind, _ in section.tokens):
        return _literals(section) if section.tokens else ""
    if any(kind in {"exponent"} or (kind == "other" and text == "/") for kind, text in section.tokens):
        return general(value)
    return _show_in(section, value, sign)


def _choose(sections: tuple[Section, ...], value: float) -> tuple[Section, str]:
    """The part of the format that holds for `value`, and the minus sign that part does not write itself."""
    if value < 0 and len(sections) > 1:
        return sections[1], ""
    if value == 0 and len(sections) > 2:
        return sections[2], ""
    return sections[0], "-" if value < 0 else ""


def _show_in(section: Section, value: float, sign: str) -> str:
    scale = Decimal(100) ** sum(kind == "percent" for kind, _ in section.tokens)
    try:
        number = abs(Decimal(repr(value))) * scale
    except InvalidOperation:
        return str(value)
    out, done = [], False
    for kind, text in section.tokens:
        if kind == "digits" and not done:
            done = True
            out.append(_digits(number, text))
        elif kind in {"general", "text"} and not done:
            done = True
            out.append(general(abs(value)))
        elif kind == "percent":
            out.append("%")
        elif kind in {"quoted", "escaped", "other"}:
            out.append(text)
    shown = "".join(out).strip()
    return sign + shown if any(c in "123456789" for c in shown) else shown


def _digits(number: Decimal, places: str) -> str:
    """`number` in placeholders such as "#,##0.00"; trailing commas divide by thousands."""
    whole, _, part = places.partition(".")
    while whole.endswith(",") or part.endswith(","):
        number /= 1000
        whole, part = (whole, part[:-1]) if part.endswith(",") else (whole[:-1], part)
    part = part.replace(",", "")
    rounded = number.quantize(Decimal(1).scaleb(-len(part)), ROUND_HALF_UP) if number < Decimal(10) ** 22 else number.to_integral_value()
    digits, _, decimals = f"{rounded:f}".partition(".")
    least = part.rstrip("#?")
    while len(decimals) > len(least) and decimals.endswith("0"):
        decimals = decimals[:-1]
    digits = digits.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole:
        digits = _grouped(digits)
    return f"{digits},{decimals}" if decimals else digits


def _grouped(digits: str) -> str:
    first = len(digits) % 3
    groups = [digits[:first]] if first else []
    return ".".join([*groups, *(digits[i : i + 3] for i in range(first, len(digits), 3))])


def _literals(section: Section) -> str:
    return "".join(text for kind, text in section.tokens if kind in {"quoted", "escaped", "other"}).strip()


def general(value: float) -> str:
    """A number as the format General shows it: whole numbers in full, others to ten significant digits."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    text = f"{value:.10g}"
    return text.replace(".", ",") if "e" not in text else f"{value:.4G}".replace(".", ",")


# ---- dates -----------------------------------------------------------------------------------------------------


def moment_of(serial: float, since_1904: bool = False) -> datetime | None:
    """The date and time of a serial number, None where it is none (29 February 1900, as in Excel, counts as a day)."""
    if not 0 <= serial < 2_958_466:
        return None
    start = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30) if serial >= 61 else datetime(1899, 12, 31)
    return start + timedelta(milliseconds=round(serial * 86_400_000))


def _show_date(moment: datetime | None, value: float, section: Section) -> str:
    tokens = section.tokens
    out = []
    for index, (kind, text) in enumerate(tokens):
        if kind == "bracket" and section.elapsed:
            out.append(_elapsed(value, text.lower()))
        elif kind == "date" and moment is not None:
            out.append(_date_part(moment, text.lower(), _is_minute(tokens, index), any(k == "ampm" for k, _ in tokens)))
        elif kind == "ampm" and moment is not None:
            out.append("SA" if moment.hour < 12 else "CH")
        elif kind in {"quoted", "escaped", "other", "commas"}:
            out.append(text)
    return " ".join("".join(out).split()).strip(" ,")


def _elapsed(value: float, unit: str) -> str:
    per_day = {"h": 24, "m": 1440, "s": 86_400}.get(unit[:1])
    return "" if per_day is None else str(int(value * per_day + 1e-6)).rjust(len(unit), "0")


def _is_minute(tokens: tuple[tuple[str, str], ...], index: int) -> bool:
    """m means minutes right behind hours or right before seconds."""
    parts = [(i, text.lower()) for i, (kind, text) in enumerate(tokens) if kind == "date" or (kind == "bracket" and text.lower() in {"h", "hh"})]
    place = next(k for k, (i, _) in enumerate(parts) if i == index)
    before = place > 0 and parts[place - 1][1][0] == "h"
    return before or (place + 1 < len(parts) and parts[place + 1][1][0] == "s")


def _date_part(moment: datetime, token: str, minute: bool, half_day: bool) -> str:
    letter, width = token[0], len(token)
    if letter in "ye":
        return f"{moment.year % 100:02d}" if width < 3 and letter == "y" else f"{moment.year:04d}"
    if letter == "m":
        number = moment.minute if minute else moment.month
        return f"{number:02d}" if width == 2 else str(number)
    if letter == "d":
        return str(moment.day) if width == 1 else f"{moment.day:02d}" if width == 2 else _WEEKDAYS[moment.weekday()]
    if letter == "h":
        hour = (moment.hour % 12 or 12) if half_day else moment.hour
        return f"{hour:02d}" if width > 1 else str(hour)
    return f"{moment.second:02d}" if letter == "s" else ""
