"""One document judged: every gold and every found record has an outcome, and every outcome is counted."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from extractor.scores import fold, standoff
from extractor.scores.counts import MATCHERS, Counts, Key, Tally
from extractor.scores.facts import DEADLINE, FIELDS, ORIGINS, Fact, Sheet
from extractor.scores.match import NO, RECORD, YES, Same, align, both, compare, hits, present, same_time

Kind = Literal["right", "differs", "missing", "extra"]
Place = tuple[str, str, str]  # layer, origin, field
NONE = (0, 0, 0)
# the words by which a record's evidence is known
WITNESS = {"tasks": ("text",), "citations": ("number",), "duties": ("what",), "deadlines": ("text",)}
HELD = 0.8  # the share of the gold words that the quote must hold
WIDE = 4  # a quote of more than so many times the words of the whole gold record points at nothing
AROUND = 60  # code points of the document shown on either side of a missed record
SLACK = 60  # words that a quote may always have


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one record. `wrong` names what differs under the alike matcher (`record` = not the right record).

    `id` is stable between runs: the gold record's place in its file, or an extra record's own words. `words` are the document's:
    the found record's quote, or the surroundings of a missed record where they can be told.
    """

    layer: str
    origin: str
    id: str
    kind: Kind
    right: Same
    wrong: tuple[str, ...]
    gold: Fact | None
    found: Fact | None
    words: str | None = None


@dataclass
class Ledger:
    """Counts being added up for one document."""

    text: str | None = None
    rows: dict[Place, list[int]] = dataclasses.field(default_factory=lambda: defaultdict(lambda: [0] * 15))
    outcomes: list[Outcome] = dataclasses.field(default_factory=list)

    def add(self, place: Place, tp: Sequence[int], gold: int, found: int, *, same: Sequence[int] = NONE, pairs: int = 0) -> None:
        """Add items of both sides, of which `tp` are right and `same` of the `pairs` equal under each matcher."""
        row = self.rows[place]
        for at, right, alike in zip((0, 5, 10), tp, same, strict=True):
            row[at] += right
            row[at + 1] += found - right
            row[at + 2] += gold - right
            row[at + 3] += alike
            row[at + 4] += pairs

    def one(self, place: Place, right: Same) -> None:
        """Count one item that both sides have."""
        self.add(place, right, 1, 1, same=right, pairs=1)

    def field(self, place: tuple[str, str, str], kind: str, gold: Any, found: Any) -> Same:
        """Count one field of an aligned pair; absent on both sides is no item, but it is the same."""
        right = compare(kind, gold, found)
        if kind.endswith("*"):
            gold, found = gold or (), found or ()
            tp = (len(gold),) * 3 if right[0] else hits(kind[:-1], gold, found)
            self.add(place, tp, len(gold), len(found), same=right, pairs=1)
        elif present(gold):
            self.add(place, right, 1, int(present(found)), same=right, pairs=1)
        else:
            self.add(place, NONE, 0, int(present(found)), same=right, pairs=1)
        return right

    @cached_property
    def letters(self) -> standoff.Letters:
        return standoff.Letters.of(self.text or "")

    def around(self, fact: Fact) -> str | None:
        """The document's words about a missed record, where its own words are found in the text."""
        words = next((fact[name] for name in ("text", "label", "what") if fact.get(name)), None)
        place = standoff.locate(str(words), self.letters) if self.text and words else None
        if self.text is None or not place:
            return None
        start, end = max(0, place[0][0] - AROUND), place[0][1] + AROUND
        return self.text[start:end]

    def about(self, found: Fact) -> str | None:
        """A found record's quote; a short one with the document's words about it."""
        quote, span = found.get("quote"), found.get("span")
        if self.text is None or not quote or not span or len(quote) > AROUND:
            return quote
        return self.text[max(0, span[0] - AROUND) : span[1] + AROUND]

    def tally(self) -> Tally:
        return {Key(*place, m): Counts(*row[5 * n : 5 * n + 5]) for place, row in self.rows.items() for n, m in enumerate(MATCHERS)}


def judge(gold: Mapping[str, Any], sheet: Sheet) -> tuple[Tally, tuple[Outcome, ...]]:
    """Counts and outcomes of one document's records against its labels; only what the labels call complete is judged."""
    ledger = Ledger(sheet.text)
    for name in gold["complete"]:
        layer, _, origin = name.partition(".")
        if layer == "header":
            _header(ledger, gold.get("header") or {}, sheet.facts.get("header") or {})
        else:
            for part in _origins(layer, origin):
                _layer(ledger, (layer, part), _of(gold.get(layer) or (), part), _of(sheet.layer(layer), part))
    return ledger.tally(), tuple(ledger.outcomes)


def _origins(layer: str, origin: str) -> tuple[str, ...]:
    if layer not in ("tasks", "indicators"):
        return ("",)
    return (origin,) if origin else ORIGINS


def _of(facts: Iterable[Fact], origin: str) -> list[tuple[int, Fact]]:
    """The records of one origin with their places in the whole list."""
    return [(n, fact) for n, fact in enumerate(facts) if not origin or fact.get("origin") == origin]


def _header(ledger: Ledger, gold: Fact, found: Fact) -> None:
    for name, kind in FIELDS["header"].items():
        one, other = gold.get(name), found.get(name)
        right = compare(kind, one, other)
        tp = right if present(one) else NONE
        for place in ("record", name):
            ledger.add(("header", "", place), tp, int(present(one)), int(present(other)), same=right, pairs=1)
        quotes = found.get("quotes") or {}
        if right[2] and present(one) and kind.startswith(("text", "agency")):
            ledger.one(("header", "", "evidence"), YES if _holds(_all_words(one), quotes.get(name)) else NO)
        sides = ({name: one}, {name: other, "quote": quotes.get(name)})
        kind_of: Kind = "right" if right[2] else "differs" if present(one) and present(other) else "missing" if present(one) else "extra"
        ledger.outcomes.append(Outcome("header", "", f"header.{name}", kind_of, right, () if right[2] else (name,), *sides, quotes.get(name)))


def _layer(ledger: Ledger, name: tuple[str, str], gold: list[tuple[int, Fact]], found: list[tuple[int, Fact]]) -> None:
    pairs = align(name[0], [g for _, g in gold], [f for _, f in found])
    for g, f in pairs:
        _pair(ledger, name, gold[g], found[f][1])
    answered, used = {g for g, _ in pairs}, {f for _, f in pairs}
    for g, (place, fact) in enumerate(gold):
        if g not in answered:
            _alone(ledger, name, fact, True)
            ledger.outcomes.append(Outcome(*name, f"{name[0]}[{place}]", "missing", NO, ("missing",), fact, None, ledger.around(fact)))
    seen: Counter[str] = Counter()
    for f, (_, fact) in enumerate(found):
        if f not in used:
            _alone(ledger, name, fact, False)
            words = _own_words(name[0], fact)
            seen[words] += 1
            ledger.outcomes.append(Outcome(*name, f"{name[0]}+{words}#{seen[words]}", "extra", NO, ("extra",), None, fact, ledger.about(fact)))


def _own_words(layer: str, fact: Fact) -> str:
    names = {"tasks": ("text",), "indicators": ("label", "value_text"), "citations": ("text",), "duties": ("what",)}[layer]
    return " | ".join(fold.soft(str(fact.get(name) or "")) for name in names)


def _pair(ledger: Ledger, name: tuple[str, str], gold: tuple[int, Fact], found: Fact) -> None:
    place, fact = gold
    results = {field: ledger.field((*name, field), kind, fact.get(field), found.get(field)) for field, kind in FIELDS[name[0]].items()}
    right = both([results[field] for field in RECORD[name]])
    ledger.one((*name, "record"), right)
    if name[0] == "citations":
        ledger.one((*name, "record+relation"), both([right, results["relation"]]))
    wrong = [field for field, yes in results.items() if not yes[2]]
    wrong += _roles(ledger, name[1], fact, found) if name[0] == "tasks" else []
    wrong += _deadlines(ledger, name, fact, found) if name[0] in ("tasks", "duties") else []
    if right[2]:
        shown = points_at(name[0], fact, found, ledger.text)
        ledger.one((*name, "evidence"), YES if shown else NO)
        wrong += [] if shown else ["evidence"]
    else:
        wrong.insert(0, "record")
    kind: Kind = "differs" if wrong else "right"
    ledger.outcomes.append(Outcome(*name, f"{name[0]}[{place}]", kind, right, tuple(wrong), fact, found, ledger.about(found)))


def _roles(ledger: Ledger, origin: str, gold: Fact, found: Fact) -> list[str]:
    wrong = []
    for role in ("lead", "support"):
        sides = (gold.get(role) or [], found.get(role) or [])
        tp = hits("agency", *sides)
        for field in ("record", role):
            ledger.add(("assignments", origin, field), tp, len(sides[0]), len(sides[1]))
        if not compare("agency*", *sides)[2]:
            wrong.append(role)
    return wrong


def _times_of(name: tuple[str, str]) -> tuple[str, str]:
    """Deadlines are counted under the origin of their task, those of duties under `duty`."""
    return ("deadlines", name[1] or "duty")


def _deadlines(ledger: Ledger, name: tuple[str, str], gold: Fact, found: Fact) -> list[str]:
    one, other = list(gold.get("deadlines") or ()), list(found.get("deadlines") or ())
    pairs, layer, right = align("deadlines", one, other), _times_of(name), True
    for g, f in pairs:
        yes = same_time(one[g], other[f])
        right = right and yes
        ledger.one((*layer, "record"), YES if yes else NO)
        if yes:
            ledger.one((*layer, "evidence"), YES if points_at("deadlines", one[g], other[f], ledger.text) else NO)
        for field, kind in DEADLINE.items():
            ledger.field((*layer, field), kind, one[g].get(field), other[f].get(field))
    for side, facts, used in ((True, one, {g for g, _ in pairs}), (False, other, {f for _, f in pairs})):
        for n, fact in enumerate(facts):
            if n not in used:
                right = False
                _single(ledger, layer, fact, side)
    return [] if right else ["deadlines"]


def _single(ledger: Ledger, name: tuple[str, str], fact: Fact, is_gold: bool) -> None:
    """Count a record that stands on one side only, with all its fields."""
    _count_alone(ledger, (*name, "record"), 1, is_gold)
    for field, kind in FIELDS[name[0]].items():
        value = fact.get(field)
        _count_alone(ledger, (*name, field), len(value or ()) if kind.endswith("*") else int(present(value)), is_gold)


def _count_alone(ledger: Ledger, place: Place, many: int, is_gold: bool) -> None:
    ledger.add(place, NONE, many if is_gold else 0, 0 if is_gold else many)


def _alone(ledger: Ledger, name: tuple[str, str], fact: Fact, is_gold: bool) -> None:
    """Count an unanswered record with the agencies and deadlines that hang on it."""
    _single(ledger, name, fact, is_gold)
    if name[0] == "citations":
        _count_alone(ledger, (*name, "record+relation"), 1, is_gold)
    if name[0] == "tasks":
        for role in ("lead", "support"):
            for field in ("record", role):
                _count_alone(ledger, ("assignments", name[1], field), len(fact.get(role) or ()), is_gold)
    for deadline in fact.get("deadlines") or ():
        _single(ledger, _times_of(name), deadline, is_gold)


# ---- evidence --------------------------------------------------------------------------------------------------


def points_at(layer: str, gold: Fact, found: Fact, text: str | None) -> bool:
    """Whether the found record's quote holds the gold record's words without being much wider than the record.

    Where the document's text is at hand, the quote must also be what stands at its span.
    """
    quote = found.get("quote")
    if not quote:
        return False
    span = found.get("span")
    if text is not None and span is not None and fold.printed(text[span[0] : span[1]]) != fold.printed(quote):
        return False
    names = WITNESS.get(layer) or (("label",) if gold.get("blank") or not gold.get("value_text") else ("value_text",))
    whole = len(fold.words(" ".join(_all_words(gold))))
    return len(fold.words(quote)) <= max(SLACK, WIDE * whole) and _holds([str(gold.get(n) or "") for n in names], quote)


def _holds(texts: Sequence[str], quote: str | None) -> bool:
    """Whether a quote has nearly all the words of some texts, each as often."""
    wanted, held = Counter(fold.words(" ".join(texts))), Counter(fold.words(quote or ""))
    return (wanted & held).total() >= HELD * wanted.total()


def _all_words(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [word for item in value.values() for word in _all_words(item)]
    return [word for item in value for word in _all_words(item)] if isinstance(value, (list, tuple)) else []

