"""The markup inside a source's text: citations, quantities, footnotes and emphasis, marked where they stand.

    {b.NQ|Nghị quyết số [#52-NQ/TW] ngày [@27/9/2019] của [~Bộ Chính trị]}     a citation: relation.type, number, date, issuer
    {q.hồ sơ;hồ sơ giải quyết đúng hạn|395.318}                                a quantity: unit; label
    {^1|Theo {m.BC|Báo cáo số [#12/BC-SYT]}.}                                  a footnote, at the place of its mark
    {i|…} {bd|…} {ins|…} {del|…}                                               italic, bold, tracked insertion and deletion

After the tag may follow `;key=value` (`as`: the words of a citation that ends outside its braces).
Relations: b basis, am amends, rp replaces, at attached_to, m mentions.
Every label is what the author of the sample marked; nothing here looks for anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

RELATION = {"b": "basis", "am": "amends", "rp": "replaces", "at": "attached_to", "m": "mentions"}
STYLES = {"i": "italic", "bd": "bold", "ins": "inserted", "del": "deleted"}
_DATE = re.compile(r"(\d{1,2})\s*(?:/|-|\.|tháng)\s*(\d{1,2})\s*(?:/|-|\.|năm)\s*(\d{4})")


@dataclass(frozen=True)
class Run:
    """A stretch of text of one style; `note` is the mark of the footnote that hangs on its end."""

    text: str
    style: frozenset[str] = frozenset()
    note: str | None = None


@dataclass
class Marked:
    """A parsed text: its runs, the labels marked in it, and its footnotes (mark → parsed text)."""

    runs: list[Run] = field(default_factory=list)
    citations: list[dict] = field(default_factory=list)
    quantities: list[dict] = field(default_factory=list)
    notes: dict[str, Marked] = field(default_factory=dict)

    @property
    def plain(self) -> str:
        """The words as they are read: deletions left out, footnote marks left out."""
        return "".join(run.text for run in self.runs if "deleted" not in run.style)


def iso(printed: str) -> str:
    """The ISO day of a marked date ("27/9/2019", "27 tháng 9 năm 2019")."""
    found = _DATE.search(printed)
    if not found:
        raise ValueError(f"no date: {printed!r}")
    day, month, year = (int(part) for part in found.groups())
    return f"{year:04d}-{month:02d}-{day:02d}"


def number(printed: str) -> float | int:
    """The value of a plain number in Vietnamese style (`1.762`, `99,1`, `05`); anything doubtful must be labelled by hand.

    Raises: ValueError.
    """
    text = printed.strip().removesuffix("%").removesuffix("‰").strip()
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", text):
        text = text.replace(".", "")
    elif not re.fullmatch(r"\d+(,\d+)?", text):
        raise ValueError(f"say by hand what number this is: {printed!r}")
    value = float(text.replace(",", "."))
    return int(value) if value.is_integer() else value


def measured(printed: str, said: dict) -> dict:
    """`value`, `numerator` and `denominator` of a printed value; `said` (v, n, d) overrules."""
    value = numerator = denominator = None
    ratio = re.fullmatch(r"([\d.,]+)\s*/\s*([\d.,]+)", printed.strip())
    both = re.fullmatch(r"([\d.,]+\s*%)\s*\(([\d.]+)/([\d.]+)\)", printed.strip())
    if "v" in said or "n" in said:
        value, numerator, denominator = (_said(said, key) for key in ("v", "n", "d"))
    elif both:
        value, numerator, denominator = number(both[1]), number(both[2]), number(both[3])
    elif ratio:
        numerator, denominator = number(ratio[1]), number(ratio[2])
    elif printed.strip() != "-":
        value = number(printed)
    return {"value": value, "numerator": numerator, "denominator": denominator}


def _said(said: dict, key: str) -> float | int | None:
    if key not in said:
        return None
    value = float(said[key])
    return int(value) if value.is_integer() else value


def parse(text: str) -> Marked:
    """Runs, labels and footnotes of a marked-up text.

    Raises: ValueError on an unknown tag or unbalanced braces.
    """
    marked = Marked()
    end = _walk(text, 0, marked, frozenset())
    if end != len(text):
        raise ValueError(f"unbalanced braces: {text!r}")
    return marked


def _walk(text: str, at: int, into: Marked, style: frozenset[str]) -> int:
    while at < len(text):
        step = re.compile(r"[{}]").search(text, at)
        stop = step.start() if step else len(text)
        if stop > at:
            into.runs.append(Run(text[at:stop], style))
        if step is None or step[0] == "}":
            return stop
        bar = text.index("|", stop)
        at = _tag(text, (stop + 1, bar), into, style)
    return at


def _tag(text: str, span: tuple[int, int], into: Marked, style: frozenset[str]) -> int:
    head, *rest = text[span[0] : span[1]].split(";")
    said = dict(part.split("=", 1) for part in rest if "=" in part)
    words = [part for part in rest if "=" not in part]
    inner = Marked()
    end = _walk(text, span[1] + 1, inner, style | {STYLES[head]} if head in STYLES else style)
    kind, _, detail = head.partition(".")
    if kind.startswith("^"):
        _hang(into, kind[1:], inner)
        return end + 1
    if kind in RELATION:
        inner = _cited(inner, kind, detail, said)
    elif kind == "q":
        into.quantities.append(_quantity(inner.plain, detail, words, said))
    elif head not in STYLES:
        raise ValueError(f"unknown tag {head!r}")
    into.runs += inner.runs
    into.citations += inner.citations
    into.quantities += inner.quantities
    into.notes |= inner.notes
    return end + 1


def _hang(into: Marked, mark: str, note: Marked) -> None:
    if not into.runs:
        into.runs.append(Run(""))
    into.runs[-1] = replace(into.runs[-1], note=mark)
    into.runs.append(Run(""))
    into.notes[mark] = note


def _cited(inner: Marked, relation: str, doc_type: str, said: dict) -> Marked:
    raw = "".join(run.text for run in inner.runs)
    parts = dict(re.findall(r"\[([#@~])([^\]]*)\]", raw))
    clean = [replace(run, text=re.sub(r"\[[#@~]([^\]]*)\]", r"\1", run.text)) for run in inner.runs]
    printed = said.get("no", parts.get("#"))
    label = {
        "text": said.get("as") or " ".join("".join(run.text for run in clean).split()),
        "doc_type": doc_type,
        "number": re.sub(r"\s+", "", printed) if printed else None,
        "issued_on": said.get("on") or (iso(parts["@"]) if "@" in parts else None),
        "issuer": said.get("by", parts.get("~")),
        "relation": RELATION[relation],
    }
    also = [{**label, "number": said["also"]}] if "also" in said else []  # "18,19-NQ/TW" names two
    return Marked(clean, [label, *also, *inner.citations], inner.quantities, inner.notes)


def _quantity(printed: str, unit: str, words: list[str], said: dict) -> dict:
    return {
        "origin": "narrative",
        "form": None,
        "code": None,
        "label": words[0],
        "unit": unit or None,
        "period": said.get("p", "="),
        "value_text": said.get("vt", printed),
        **measured(printed, said),
        "note": None,
        "approx": said.get("ap"),
        "blank": False,
    }
