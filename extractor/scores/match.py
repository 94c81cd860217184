"""When two values are the same, and which found record answers which gold record.

Three matchers: `strict` (as printed, white space folded), `soft` (case, tone-mark placement, abbreviations folded; agencies in
normal form), `alike` (soft, or at least 0.9 similar by Indel distance). Codes, dates, numbers and closed vocabularies are never "alike".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from scipy.optimize import linear_sum_assignment

from extractor.scores import fold
from extractor.scores.facts import Fact

ALIKE = 0.9
NEAR = 0.6  # texts less similar than this are not even compared as two readings of one record
Same = tuple[bool, bool, bool]  # under strict, soft, alike
Matrix = npt.NDArray[np.float64]
Grid = npt.NDArray[np.bool_]
YES: Same = (True, True, True)
NO: Same = (False, False, False)


def similarity(one: str, other: str) -> float:
    """0–1, of the texts with abbreviations folded or not, whichever are more alike (a misread letter may hide an abbreviation)."""
    return max(fuzz.ratio(form(one), form(other)) for form in (fold.soft, fold.bare)) / 100


def same(kind: str, gold: Any, found: Any) -> Same:
    """Whether two present values are equal, by each matcher. `kind` as in `facts.FIELDS`, without `*`."""
    return EQUAL[kind](gold, found)


def _text(gold: Any, found: Any) -> Same:
    gold, found = str(gold), str(found)
    if gold == found or fold.printed(gold) == fold.printed(found):
        return YES
    if fold.soft(gold) == fold.soft(found):
        return (False, True, True)
    return (False, False, similarity(gold, found) >= ALIKE)


def _agency(gold: Any, found: Any) -> Same:
    strict, soft, alike = _text(gold, found)
    soft = soft or fold.agency(str(gold)) == fold.agency(str(found))
    return (strict, soft, alike or soft)


def _code(gold: Any, found: Any) -> Same:
    gold, found = fold.code(str(gold)), fold.code(str(found))
    soft = fold.soft(gold) == fold.soft(found)
    return (gold == found, soft, soft)


def _value(gold: Any, found: Any) -> Same:
    return YES if fold.normal(gold) == fold.normal(found) else NO


def _rule(gold: Any, found: Any) -> Same:
    return YES if fold.rrule(str(gold)) == fold.rrule(str(found)) else NO


EQUAL: Mapping[str, Callable[[Any, Any], Same]] = MappingProxyType(
    {"text": _text, "agency": _agency, "code": _code, "value": _value, "rule": _rule}
)


def present(value: Any) -> bool:
    """Whether a value says something: None, "", empty lists and False do not."""
    return value is not None and value != "" and value != [] and value is not False


def hits(kind: str, gold: Sequence[Any], found: Sequence[Any]) -> tuple[int, int, int]:
    """How many items of two lists are the same, one to one, under each matcher; order does not count."""
    if not gold or not found:
        return (0, 0, 0)
    if gold == found:
        return (len(gold),) * 3
    grid = np.array([[same(kind, g, f) for f in found] for g in gold], dtype=float)
    counts = []
    for layer in range(3):
        rows, cols = linear_sum_assignment(grid[:, :, layer], maximize=True)
        counts.append(int(grid[rows, cols, layer].sum()))
    return (counts[0], counts[1], counts[2])


def same_list(kind: str, gold: Sequence[Any], found: Sequence[Any]) -> Same:
    """Whether two lists are the same as wholes; alike also where their items joined are."""
    if Counter(map(str, gold)) == Counter(map(str, found)):
        return YES
    strict, soft, alike = (n == len(gold) == len(found) for n in hits(kind, gold, found))
    return (strict, soft, alike or similarity("; ".join(map(str, gold)), "; ".join(map(str, found))) >= ALIKE)


def same_time(gold: Fact, found: Fact) -> bool:
    """Whether two deadlines say the same time: edtf, due_on and rrule; where the gold has none of these, the relation."""
    names = (("edtf", "value"), ("due_on", "value"), ("rrule", "rule"))
    if any(present(gold.get(n)) != present(found.get(n)) for n, _ in names):
        return False
    if any(present(gold.get(n)) and not same(kind, gold[n], found[n])[0] for n, kind in names):
        return False
    return any(present(gold.get(n)) for n, _ in names) or gold.get("relation") == found.get("relation")


# ---- which found record answers which gold record --------------------------------------------------------------


def assign(weights: Matrix) -> list[tuple[int, int]]:
    """The one-to-one pairs with the greatest sum of weights; weight 0 means never."""
    if not weights.size:
        return []
    rows, cols = linear_sum_assignment(weights, maximize=True)
    return [(int(r), int(c)) for r, c in zip(rows, cols, strict=True) if weights[r, c] > 0]


def texts_alike(gold: Sequence[str | None], found: Sequence[str | None]) -> Matrix:
    """`similarity` of every gold text with every found one; absent texts are like nothing but each other."""
    forms = [([form(g or "") for g in gold], [form(f or "") for f in found]) for form in (fold.soft, fold.bare)]
    one, other = (process.cdist(*form, scorer=fuzz.ratio, dtype=np.float64) / 100 for form in forms)
    result: Matrix = np.maximum(one, other)
    return result


def equal(gold: Sequence[Any], found: Sequence[Any]) -> Matrix:
    """1.0 where normal values are equal, else 0.0."""
    ids: dict[Any, int] = {}
    one = np.array([ids.setdefault(value, len(ids)) for value in gold])
    other = np.array([ids.setdefault(value, len(ids)) for value in found])
    result: Matrix = (one[:, None] == other[None, :]).astype(float)
    return result


def values(facts: Sequence[Fact], *names: str) -> list[Any]:
    """The normal values of some fields of each record, as things that can be compared."""
    return [tuple(fold.normal(fact.get(name)) for name in names) for fact in facts]


def codes(facts: Sequence[Fact], name: str) -> list[str]:
    """A field of each record without blanks and final dots, soft; "" where absent."""
    return [fold.soft(fold.code(str(fact.get(name) or ""))) for fact in facts]


def agencies(facts: Sequence[Fact], *names: str) -> list[Any]:
    """The sets of agencies in some fields of each record, in normal form."""
    return [tuple(tuple(sorted(fold.agency(a) for a in fact.get(name) or ())) for name in names) for fact in facts]


def times(facts: Sequence[Fact]) -> list[Any]:
    """The times of each record's deadlines, in one order."""
    return [tuple(sorted(str(d.get("edtf") or d.get("relation")) for d in fact.get("deadlines") or ())) for fact in facts]


def strings(facts: Sequence[Fact], name: str) -> list[str]:
    """A field of each record as text, "" where absent."""
    return [str(fact.get(name) or "") for fact in facts]


def _weights(right: Grid, near: Grid, rank: Matrix) -> Matrix:
    """First as many right pairs as can be, then as many near ones as fit best."""
    return np.where(right | near, right * 1e4 + rank + 1e-6, 0.0)


def task_weights(gold: Sequence[Fact], found: Sequence[Fact]) -> Matrix:
    """A task is right by its text; of equal texts those with the same code, lead, time and product belong together."""
    like = texts_alike(strings(gold, "text"), strings(found, "text"))
    rank = like + 0.1 * equal(codes(gold, "code"), codes(found, "code")) + 0.1 * equal(agencies(gold, "lead"), agencies(found, "lead"))
    rank += 0.05 * equal(times(gold), times(found)) + 0.05 * equal(codes(gold, "product"), codes(found, "product"))
    rank += 0.02 * equal(codes(gold, "parent"), codes(found, "parent"))
    return _weights(like >= ALIKE, like >= NEAR, rank)


def indicator_weights(gold: Sequence[Fact], found: Sequence[Fact]) -> Matrix:
    """A row of a table is right by label and value; a quantity in prose by value and unit."""
    label = texts_alike(strings(gold, "label"), strings(found, "label"))
    unit = texts_alike(strings(gold, "unit"), strings(found, "unit"))
    value = equal(values(gold, "value", "numerator", "denominator", "blank"), values(found, "value", "numerator", "denominator", "blank"))
    prose = np.array([g.get("origin") == "narrative" for g in gold], dtype=bool)[:, None]
    right = np.where(prose, (value > 0) & (unit >= ALIKE), (value > 0) & (label >= ALIKE))
    near = np.where(prose, (value > 0) | (label >= 0.8), label >= NEAR)
    rank = label + unit + value + 0.3 * equal(values(gold, "period"), values(found, "period"))
    rank += 0.3 * equal(codes(gold, "code"), codes(found, "code"))
    rank += 0.2 * equal(codes(gold, "form"), codes(found, "form")) + 0.1 * equal(codes(gold, "value_text"), codes(found, "value_text"))
    return _weights(right, near, rank)


def citation_weights(gold: Sequence[Fact], found: Sequence[Fact]) -> Matrix:
    """A citation is right by type, number and date."""
    number, kind = equal(codes(gold, "number"), codes(found, "number")), equal(values(gold, "doc_type"), values(found, "doc_type"))
    day, relation = equal(values(gold, "issued_on"), values(found, "issued_on")), equal(values(gold, "relation"), values(found, "relation"))
    like = texts_alike(strings(gold, "text"), strings(found, "text"))
    rank = 2 * number + kind + day + relation + like + 0.2 * equal(codes(gold, "text"), codes(found, "text"))
    return _weights((number * kind * day) > 0, (number > 0) | (like >= 0.8), rank)


def duty_weights(gold: Sequence[Fact], found: Sequence[Fact]) -> Matrix:
    """A duty is right by who has to send what."""
    like, who = texts_alike(strings(gold, "what"), strings(found, "what")), equal(agencies(gold, "who"), agencies(found, "who"))
    rank = like + 0.5 * who + 0.1 * equal(times(gold), times(found)) + 0.1 * equal(codes(gold, "to"), codes(found, "to"))
    return _weights((like >= ALIKE) & (who > 0), (like >= NEAR) | ((who > 0) & (like >= 0.35)), rank)


def deadline_weights(gold: Sequence[Fact], found: Sequence[Fact]) -> Matrix:
    """Any two deadlines of one task may be two readings of one; those that say the same time are."""
    right = np.array([[same_time(g, f) for f in found] for g in gold], dtype=bool).reshape(len(gold), len(found))
    like = texts_alike(strings(gold, "text"), strings(found, "text"))
    rank = like + 0.5 * equal(values(gold, "relation"), values(found, "relation"))
    return _weights(right, np.ones_like(right), rank)


WEIGHTS: Mapping[str, Callable[[Sequence[Fact], Sequence[Fact]], Matrix]] = MappingProxyType(
    {"tasks": task_weights, "indicators": indicator_weights, "citations": citation_weights, "duties": duty_weights, "deadlines": deadline_weights}
)


def align(layer: str, gold: Sequence[Fact], found: Sequence[Fact]) -> list[tuple[int, int]]:
    """Pairs (gold index, found index) that are two readings of one record, by optimal assignment."""
    if not gold or not found:
        return []
    return assign(WEIGHTS[layer](gold, found))


# ---- whether a pair is right ------------------------------------------------------------------------------------

# the fields that make a record the right one
RECORD = MappingProxyType(
    {
        ("tasks", "table"): ("text",), ("tasks", "narrative"): ("text",),
        ("indicators", "table"): ("label", "value", "numerator", "denominator", "blank"),
        ("indicators", "narrative"): ("value", "numerator", "denominator", "unit", "blank"),
        ("citations", ""): ("doc_type", "number", "issued_on"),
        ("duties", ""): ("who", "what"),
    }
)  # fmt: skip


def compare(kind: str, gold: Any, found: Any) -> Same:
    """Whether two values, which may be absent, are the same by each matcher."""
    if present(gold) != present(found):
        return NO
    if not present(gold):
        return YES
    return same_list(kind[:-1], gold, found) if kind.endswith("*") else same(kind, gold, found)


def both(results: Sequence[Same]) -> Same:
    """Right only where every field is, matcher by matcher."""
    return (all(r[0] for r in results), all(r[1] for r in results), all(r[2] for r in results))
