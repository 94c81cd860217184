"""Labels read and checked: every fault of every file in one go, never the first one only."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import regex

from extractor.errors import GoldError, ReadError
from extractor.scores import standoff
from extractor.scores.facts import FIELDS, LAYERS, ORIGINS, Sheet

BESIDE = frozenset({"scores.json", "aliases.json"})  # files in a gold folder that hold no labels
COMPLETE = frozenset({"header", *LAYERS, *(f"{layer}.{origin}" for layer in ("tasks", "indicators") for origin in ORIGINS)})
RELATIONS = frozenset({"before", "by", "in", "from", "between", "every", "continuous", "after", "per"})
CLOSED: Mapping[str, frozenset[str | None]] = MappingProxyType(
    {
        "tasks.area": frozenset({"direction", "institutions", "procedures", "organisation", "civil_service", "finance", "digital", None}),
        "tasks.status": frozenset({"done", "in_progress", "late", "not_done", "not_due", None}),
        "tasks.origin": frozenset(ORIGINS),
        "indicators.origin": frozenset(ORIGINS),
        "citations.relation": frozenset({"basis", "amends", "replaces", "attached_to", "mentions"}),
        "deadlines.relation": RELATIONS,
    }
)
NUMBERS = ("value", "numerator", "denominator")
DAYS = ("issued_on", "due_on")
_YEAR = r"\d{4}"
_TIME = rf"{_YEAR}(?:-(?:0[1-9]|1[0-2]|3[3-6]|4[01])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
EDTF = regex.compile(rf"(?:{_TIME}|{_TIME}/(?:{_TIME}|\.\.)|\{{{_TIME}(?:,{_TIME})+\}})")  # the part of EDTF level 2 that labels use
PERIOD = regex.compile(rf"{_YEAR}(?:-\d\d(?:-\d\d)?)?(?:/{_YEAR}(?:-\d\d(?:-\d\d)?)?)?")
RRULE = regex.compile(r"FREQ=(?:YEARLY|MONTHLY|WEEKLY|DAILY)(?:;[A-Z]+=[-\dA-Z,]+)*")
FORMS = MappingProxyType({"edtf": EDTF, "period": PERIOD, "rrule": RRULE, "sha256": regex.compile(r"[0-9a-f]{64}")})
# keys that a record may have beside its compared fields
BESIDES = MappingProxyType(
    {
        "header": (), "tasks": ("origin", "lead", "support", "deadlines"), "indicators": ("origin", "subject"),
        "citations": (), "duties": ("deadlines",), "deadlines": ("start_on",),
    }
)  # fmt: skip
TOP = frozenset({"doc", "sha256", "complete", "split", "source", "labelled_by", "reference", "twins", "header", *LAYERS})
Tell = Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class Gold:
    """The labels of one document. `file` is the file they come from."""

    file: str
    doc: str
    sha256: str
    facts: Mapping[str, Any]
    split: str = ""
    source: str = ""

    @property
    def group(self) -> str:
        """What twins and drafts of one document share."""
        return self.source or self.sha256


@dataclass(frozen=True, slots=True)
class GoldSet:
    """All labels that could be read. `skipped` names labels whose document is not at hand (file, reason): say so, loudly."""

    labels: tuple[Gold, ...]
    skipped: tuple[tuple[str, str], ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Pile:
    """What is read so far, and everything wrong with it."""

    documents: Sequence[Path] = ()
    labels: list[Gold] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_gold(
    paths: Iterable[Path],
    documents: Sequence[Path] = (),
    *,
    manifest: Path | None = None,
    sheets: Sequence[Sheet] | None = None,
    partial: bool = False,
) -> GoldSet:
    """Labels from files and folders (all `*.json` in a folder, not below it).

    `documents` are folders in which labelled files are looked for by their `doc` name: needed for standoff labels, and used to
    compare hashes. `manifest` (columns sha256, split) gives splits. With `sheets`, every label must have its document among them,
    unless `partial`. The `twins` of a label, and an `aliases.json` among the labels (hash of a rendering → hash of the labelled
    file), let one label score many renderings.

    Raises: GoldError with every fault found, a line each: file, record, reason.
    """
    pile, paths = _Pile(documents), list(paths)
    files = [file for path in paths for file in _files(path, pile.problems)]
    for file in files:
        if file.name not in BESIDE:
            _read(file, pile)
    if not (pile.labels or pile.skipped or pile.problems):
        pile.problems.append(f"{', '.join(str(path) for path in paths)}: no labels there")
    pile.problems += _twice(pile.labels)
    aliases = _aliases([file for file in files if file.name == "aliases.json"], pile.problems)
    aliases |= {str(twin["sha256"]): label.sha256 for label in pile.labels for twin in _twins(label.facts)}
    gold = GoldSet(tuple(_with_split(pile.labels, manifest)), tuple(pile.skipped), aliases)
    if sheets is not None:
        pile.problems += _strays(gold, sheets, partial)
    if pile.problems:
        raise GoldError("\n".join(pile.problems), remedy="mend the labels; gold/GUIDELINES.md says what each means")
    return gold


def _read(file: Path, pile: _Pile) -> None:
    facts = _load(file, pile.problems)
    if facts is None:
        return
    for place in (facts, *_twins(facts)):
        _check_hash(file, place, _document(pile.documents, str(place.get("doc") or "")), pile.problems)
    whole: dict[str, Any] | None = facts
    if standoff.has_refs(facts):
        whole, reason = _resolved(file, facts, pile.documents, pile.problems)
        if reason:
            pile.skipped.append((str(file), reason))
    if whole is not None:
        pile.problems += [f"{file.name}: {where}: {reason}" for where, reason in check(whole)]
        pile.labels.append(_gold(file, whole))


def _files(path: Path, problems: list[str]) -> list[Path]:
    if path.is_dir():
        return sorted(path.glob("*.json"))
    if not path.is_file():
        problems.append(f"{path}: no such file or folder")
        return []
    return [path]


def _load(file: Path, problems: list[str]) -> dict[str, Any] | None:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        problems.append(f"{file.name}: cannot be read as JSON: {error}")
        return None
    if not isinstance(content, dict):
        problems.append(f"{file.name}: is no object with doc, sha256 and layers")
        return None
    return content


def _gold(file: Path, facts: Mapping[str, Any]) -> Gold:
    return Gold(str(file), str(facts.get("doc")), str(facts.get("sha256")), facts, str(facts.get("split") or ""), str(facts.get("source") or ""))


def _document(folders: Sequence[Path], name: str) -> Path | None:
    return next((folder / name for folder in folders if name and (folder / name).is_file()), None)


def _check_hash(file: Path, facts: Mapping[str, Any], found: Path | None, problems: list[str]) -> None:
    if found is not None and hashlib.sha256(found.read_bytes()).hexdigest() != facts.get("sha256"):
        problems.append(f"{file.name}: sha256: the document {found.name} has another hash")


def _resolved(file: Path, facts: dict[str, Any], folders: Sequence[Path], problems: list[str]) -> tuple[dict[str, Any] | None, str | None]:
    """Standoff labels with their words, or None and the reason why not."""
    from extractor.readers.reference import reference_text  # only standoff labels need a reader

    name = str(facts.get("reference") or facts.get("doc") or "")
    found = _document(folders, name)
    if found is None:
        return None, f"its words stand in {name}, which is not here"
    try:
        text = reference_text(found)
    except ReadError as error:
        problems.append(f"{file.name}: {error}")
        return None, None
    made, faults = standoff.from_standoff(facts, text)
    problems += [f"{file.name}: {fault}" for fault in faults]
    return (None, None) if faults else (made, None)


def _twins(facts: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Other renderings of the document that the same labels hold for (`doc`, `sha256`)."""
    twins = facts.get("twins")
    return [t for t in twins if isinstance(t, Mapping) and "sha256" in t] if isinstance(twins, list) else []


def _twice(labels: Sequence[Gold]) -> list[str]:
    files = defaultdict(list)
    for gold in labels:
        for sha256 in {gold.sha256, *(str(twin["sha256"]) for twin in _twins(gold.facts))}:  # one file may go by two names
            files[sha256].append(Path(gold.file).name)
    return [f"{names[1]}: sha256: the same document is labelled in {names[0]}" for names in files.values() if len(names) > 1]


def _aliases(files: Sequence[Path], problems: list[str]) -> dict[str, str]:
    made: dict[str, str] = {}
    for file in files:
        for key, value in (_load(file, problems) or {}).items():
            if not (isinstance(value, str) and FORMS["sha256"].fullmatch(key) and FORMS["sha256"].fullmatch(value)):
                problems.append(f"{file.name}: {key}: not a pair of SHA-256 hashes")
            else:
                made[key] = value
    return made


def read_manifest(path: Path) -> dict[str, dict[str, str]]:
    """The rows of a corpus manifest (tab separated, with a heading) by `sha256`."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["sha256"]: row for row in csv.DictReader(lines, delimiter="\t")}


def _with_split(labels: Iterable[Gold], manifest: Path | None) -> list[Gold]:
    rows = read_manifest(manifest) if manifest else {}
    made = []
    for gold in labels:
        row = rows.get(gold.sha256, {})
        made.append(Gold(gold.file, gold.doc, gold.sha256, gold.facts, gold.split or row.get("split", ""), gold.source or row.get("source", "")))
    return made


# ---- what may stand in a label ----------------------------------------------------------------------------------


def check(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Everything wrong with the labels of one document: (record and field, reason)."""
    faults: list[tuple[str, str]] = []

    def tell(where: str, reason: str) -> None:
        faults.append((where, reason))

    _check_top(facts, tell)
    if "header" in facts:
        _record("header", facts["header"], "header", tell)
    for layer in LAYERS:
        records = facts.get(layer, [])
        if not isinstance(records, list):
            tell(layer, "is not a list")
            continue
        for number, record in enumerate(records):
            _record(layer, record, f"{layer}[{number}]", tell)
    return faults


def _check_top(facts: Mapping[str, Any], tell: Tell) -> None:
    _unknown(facts, TOP, "", tell)
    for name in ("doc", "sha256"):
        if not isinstance(facts.get(name), str):
            tell(name, "is missing or no string")
    if isinstance(facts.get("sha256"), str) and not FORMS["sha256"].fullmatch(facts["sha256"]):
        tell("sha256", "is not 64 hexadecimal digits in small letters")
    _complete(facts.get("complete"), tell)
    _check_twins(facts.get("twins", []), tell)
    if facts.get("labelled_by", "hand") != "hand":
        tell("labelled_by", f"is {facts['labelled_by']!r}: pre-annotation is not gold until a person has gone through it")


def _check_twins(twins: Any, tell: Tell) -> None:
    if not isinstance(twins, list):
        return tell("twins", "is not a list")
    for number, twin in enumerate(twins):
        if not isinstance(twin, Mapping) or not FORMS["sha256"].fullmatch(str(twin.get("sha256"))) or not isinstance(twin.get("doc"), str):
            tell(f"twins[{number}]", "has not a doc and a sha256")


def _complete(names: Any, tell: Tell) -> None:
    if not isinstance(names, list) or not names:
        return tell("complete", "does not name the layers that are labelled")
    for name in names:
        if name not in COMPLETE:
            tell("complete", f"{name!r} is no layer ({', '.join(sorted(COMPLETE))})")


def _unknown(record: Mapping[str, Any], known: Iterable[str], where: str, tell: Tell) -> None:
    for name in sorted(set(record) - set(known)):
        tell(f"{where}.{name}".lstrip("."), "is no field of the guidelines")


def _record(layer: str, record: Any, where: str, tell: Tell) -> None:
    if not isinstance(record, Mapping):
        return tell(where, "is not an object")
    kinds, besides = FIELDS[layer], BESIDES[layer]
    if record.get("made_by", "hand") != "hand":
        tell(where, f"is made by {record['made_by']!r}: pre-annotation is not gold until a person has gone through it")
    _unknown(record, (*kinds, *besides, "made_by"), where, tell)
    for name, kind in kinds.items():
        _field(name, kind, record.get(name), (where, tell))
    for name in besides:
        _beside(layer, name, record.get(name), (where, tell))
    for name in (*kinds, *besides):
        allowed = CLOSED.get(f"{layer}.{name}")
        if allowed is not None and (not isinstance(record.get(name), (str, type(None))) or record.get(name) not in allowed):
            tell(f"{where}.{name}", f"{record.get(name)!r} is none of {', '.join(sorted(map(str, allowed)))}")
    if record.get("blank") and any(record.get(name) is not None for name in NUMBERS):
        tell(where, "is blank and has a value")


def _beside(layer: str, name: str, value: Any, place: tuple[str, Tell]) -> None:
    where, tell = place
    if name in ("lead", "support"):
        _field(name, "agency*", value, place)
    elif name == "deadlines":
        if not isinstance(value, list):
            return tell(f"{where}.deadlines", "is not a list")
        for number, item in enumerate(value):
            _record("deadlines", item, f"{where}.deadlines[{number}]", tell)


def _field(name: str, kind: str, value: Any, place: tuple[str, Tell]) -> None:
    where, tell = f"{place[0]}.{name}", place[1]
    if kind.endswith("*"):
        if value is None and name != "columns":
            tell(where, "is not a list")
        elif value is not None and not (isinstance(value, list) and all(isinstance(item, str) and item for item in value)):
            tell(where, "is not a list of strings")
    elif name == "blank":
        if not isinstance(value, bool):
            tell(where, f"is {value!r}, not true or false")
    elif name in NUMBERS:
        if isinstance(value, bool) or not isinstance(value, (int, float, type(None))):
            tell(where, f"is {value!r}, no number")
    elif value is not None and (not isinstance(value, str) or not value.strip()):
        tell(where, f"is {value!r}, neither words nor null")
    elif isinstance(value, str):
        _form(name, value, (where, tell))


def _form(name: str, value: str, place: tuple[str, Tell]) -> None:
    where, tell = place
    if name in DAYS and not _is_day(value):
        tell(where, f"{value!r} is no ISO day")
    if name in FORMS and not FORMS[name].fullmatch(value):
        tell(where, f"{value!r} has not the form of {name}")


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


# ---- labels and the documents of a data set ---------------------------------------------------------------------


def _strays(gold: GoldSet, sheets: Sequence[Sheet], partial: bool) -> list[str]:
    """Labels whose document is not in the data set, or is there with another hash."""
    missing = {label.sha256 for label in gold.labels} - {label.sha256 for label, _ in pair(gold, sheets)}
    names = {Path(sheet.path).name for sheet in sheets}
    faults = []
    for label in gold.labels:
        name, file = Path(label.doc).name, Path(label.file).name
        if label.sha256 in missing and name in names:
            faults.append(f"{file}: sha256: the data set's {name} has another hash")
        elif label.sha256 in missing and not partial:
            faults.append(f"{file}: doc: the data set has no document {label.doc}")
    return faults


def pair(gold: GoldSet, sheets: Sequence[Sheet]) -> list[tuple[Gold, Sheet]]:
    """Each labelled document with its extraction; renderings named in the aliases share their document's labels.

    Documents without labels are left alone. A file that could not even be opened has no hash and is known by its name.
    """
    by_hash = {label.sha256: label for label in gold.labels}
    by_name = {Path(label.doc).name: label.sha256 for label in gold.labels}
    named = ((sheet.sha256 or by_name.get(Path(sheet.path).name, ""), sheet) for sheet in sheets)
    known = ((gold.aliases.get(sha256, sha256), sheet) for sha256, sheet in named)
    return [(by_hash[sha256], sheet) for sha256, sheet in known if sha256 in by_hash]
