"""Gains and losses: what turned right or wrong between two scores of the same labels, record by record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from extractor.scores.counts import Counts, Key
from extractor.scores.facts import Fact
from extractor.scores.figures import DocumentScore, Score
from extractor.scores.judge import Outcome

WHOLE = frozenset({"missing", "extra", "record"})


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that turned: `turned` is "right" or "wrong", `error` what it is or was (missing, extra, record, or a field's name).

    `before` and `after` are what was found then and now, `gold` what is true; each None where there is no such record.
    `words` are the document's own. An error of one score, with nothing to compare it to, has `turned` "is wrong" (see `errors`).
    """

    path: str
    sha256: str
    layer: str
    origin: str
    id: str
    turned: str
    error: str
    gold: Fact | None
    before: Fact | None
    after: Fact | None
    words: str | None = None

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def changes(old: Score, new: Score) -> list[Change]:
    """Everything that turned, in the order of the new score's documents.

    Documents that only one score has, or that were labelled anew in between, are left out (see `strangers`).
    """
    before = {document.sha256: document for document in old.documents}
    both = [(before[document.sha256], document) for document in new.documents if document.sha256 in before]
    return [change for then, now in both if _same_labels(then, now) for change in _turned(then, now)]


def errors(score: Score) -> list[Change]:
    """Everything that is wrong in one score, a row per record or field."""
    rows = []
    for document in score.documents:
        for o in document.outcomes:
            place = (document.path, document.sha256, o.layer, o.origin, o.id)
            rows += [Change(*place, "is wrong", error, o.gold, None, o.found, o.words) for _, error in _differences(set(), set(o.wrong))]
    return rows


def strangers(old: Score, new: Score) -> list[str]:
    """Paths of documents that only one of the scores has, or whose labels differ, so that nothing can be said of them."""
    ours, theirs = ({d.sha256: d for d in score.documents} for score in (new, old))
    known = {sha256 for sha256 in set(ours) & set(theirs) if _same_labels(theirs[sha256], ours[sha256])}
    return sorted(document.path for sha256, document in (theirs | ours).items() if sha256 not in known)


def _same_labels(one: DocumentScore, other: DocumentScore) -> bool:
    mine, theirs = ({o.id: o.gold for o in document.outcomes if o.gold is not None} for document in (one, other))
    return mine == theirs


def _turned(old: DocumentScore, new: DocumentScore) -> Iterable[Change]:
    then = {outcome.id: outcome for outcome in old.outcomes}
    now = {outcome.id: outcome for outcome in new.outcomes}
    for key in [*now, *(key for key in then if key not in now)]:
        yield from _of_record(new, then.get(key), now.get(key))


def _of_record(document: DocumentScore, then: Outcome | None, now: Outcome | None) -> Iterable[Change]:
    """An extra record that only one side has is wrong there, and right where it is not."""
    known = now or then
    assert known is not None
    place = (document.path, document.sha256, known.layer, known.origin, known.id)
    before, after = set(then.wrong if then else ()), set(now.wrong if now else ())
    for turned, error in _differences(before, after):
        yield Change(*place, turned, error, known.gold, then.found if then else None, now.found if now else None, known.words)


def _differences(before: set[str], after: set[str]) -> list[tuple[str, str]]:
    """A record that was or is wrong as a whole is told once; its fields count only while it is the right record."""
    if before & WHOLE and after & WHOLE:
        return []
    if (before | after) & WHOLE:
        return [("right" if before & WHOLE else "wrong", error) for error in sorted((before | after) & WHOLE)]
    return [("right", error) for error in sorted(before - after)] + [("wrong", error) for error in sorted(after - before)]


@dataclass(frozen=True, slots=True)
class Fall:
    """A layer whose recorded F1 is not reached any more; percent points."""

    split: str
    layer: str
    recorded: float
    now: float


def falls(recorded: Score, now: Score, allowed: float = 0.5) -> list[Fall]:
    """Layers of each split whose F1 (alike) fell by more than `allowed` percent points, over the documents that both scores have."""
    both = {d.sha256 for d in recorded.documents} & {d.sha256 for d in now.documents}
    then, today = (Score(tuple(d for d in score.documents if d.sha256 in both)).by("split") for score in (recorded, now))
    found = []
    for split in sorted(set(then) & set(today)):
        old, new = then[split].tally, today[split].tally
        for layer, origin in sorted({(k.layer, k.origin) for k in old if k.field == "record"}):
            key = Key(layer, origin, "record", "alike")
            was, is_now = (100 * (tally.get(key, Counts()).f1 or 0.0) for tally in (old, new))
            if was - is_now > allowed:
                found.append(Fall(split, f"{layer}.{origin}".rstrip("."), was, is_now))
    return found
