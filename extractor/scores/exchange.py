"""Labels out to Label Studio and brat, and back in.

Both formats hold the same marks: stretches of text with a label, an attribute table, and links between them. Offsets are code
points of the text in NFC, half-open. (Label Studio before 1.5 counted UTF-16 units: the words kept beside each offset tell which.)
What a program has found goes out as pre-annotation and comes back as `made_by: machine` until a person has changed or signed it;
the gold reader refuses such records, so that pre-annotation can never pass for gold.
"""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import regex

from extractor.errors import GoldError
from extractor.scores import standoff
from extractor.scores.facts import HEADER, LAYERS, Fact, Sheet
from extractor.scores.gold import Gold

SINGULAR = MappingProxyType({"tasks": "task", "indicators": "indicator", "citations": "citation", "duties": "duty"})
PLURAL = MappingProxyType({one: many for many, one in SINGULAR.items()})
# the field that a record's own mark covers, the first that is there
WITNESS = MappingProxyType(
    {"tasks": ("text",), "indicators": ("label", "value_text"), "citations": ("text",), "duties": ("what",), "deadlines": ("text",)}
)
LISTS = frozenset({"lead", "support", "who", "forms", "columns", "addressees", "recipients"})
PARTS = (
    "lead", "support", "product", "parent", "status_text", "unit", "form", "note", "columns",
    "issuer", "who", "to", "via", "cutoff", "forms", "trigger",
)  # fmt: skip
MACHINE = "machine"
MACHINE_LINE = regex.compile(r"A\d+\tMachine (T\d+)\s*")
RELATION_LINE = regex.compile(r"R\d+\tpart_(\w+) Arg1:(T\d+) Arg2:(T\d+)\s*")
EVIDENCE = frozenset({"quote", "quotes", "span", "page", "source", "confidence"})
TOP = ("doc", "sha256", "complete", "split", "source", "reference", "twins")


@dataclass(frozen=True, slots=True)
class Mark:
    """A labelled stretch (`parts`, in order), its attributes, and whether a `machine` or a `hand` made it."""

    id: str
    label: str
    parts: tuple[tuple[int, int], ...]
    attributes: Mapping[str, Any] = field(default_factory=dict)
    made_by: str = "hand"


@dataclass(frozen=True, slots=True)
class Link:
    """`target` plays the part `label` (lead, deadline, unit …) in `source`."""

    label: str
    source: str
    target: str


@dataclass(slots=True)
class _Marking:
    """Marks being made for one document."""

    text: str
    letters: standoff.Letters
    made_by: str
    marks: list[Mark] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def add(self, label: str, place: list[list[int]] | None, attributes: Mapping[str, Any]) -> str:
        """A mark; one without place stands at the first letter, and its attributes say what it holds."""
        first = self.letters.places[0] if self.letters.places else 0
        parts = tuple((s, e) for s, e in place) if place else ((first, first + 1),)
        self.marks.append(Mark(f"m{len(self.marks) + 1}", label, parts, attributes, self.made_by))
        return self.marks[-1].id


# ---- labels → marks ---------------------------------------------------------------------------------------------


def to_marks(labels: Gold | Sheet, text: str) -> tuple[list[Mark], list[Link]]:
    """Labels as marks over the document's text; those of a `Sheet` are the machine's.

    Raises: GoldError where the text is not NFC, or has no letter to mark.
    """
    if unicodedata.normalize("NFC", text) != text or not text.strip():
        raise GoldError("the text to mark is empty or not in NFC", remedy="use the text that the data set keeps")
    by_hand = isinstance(labels, Gold)
    making = _Marking(text, standoff.Letters.of(text), "hand" if by_hand else MACHINE)
    facts: Mapping[str, Any] = labels.facts
    top = {name: facts[name] for name in TOP if name in facts}
    making.add("document", None, top or {"doc": getattr(labels, "path", ""), "sha256": labels.sha256})
    _mark_header(making, facts.get("header"))
    for layer in LAYERS:
        behind = 0
        for seq, record in enumerate(facts.get(layer) or ()):
            behind = _mark_record(making, layer, {**record, "seq": seq}, behind)
    return making.marks, making.links


def _mark_header(making: _Marking, header: Fact | None) -> None:
    """A header field is a mark of its own; fields that do not stand in the text are attributes of one mark `header`."""
    if header is None:
        return
    known = {name: value for name, value in header.items() if name not in EVIDENCE}
    rest = {name: value for name, value in known.items() if not _mark_words(making, f"header_{name}", value)}
    making.add("header", None, rest)


def _mark_record(making: _Marking, layer: str, record: Fact, behind: int, *, owner: str = "") -> int:
    """Mark a record with its parts; the offset at which it stands, behind which the next one is looked for."""
    witness = next((name for name in WITNESS[layer] if record.get(name)), "")
    span = record.get("span")
    words = str(record.get(witness) or "")
    place = standoff.locate(words, making.letters, span[0] if span else behind) if words else None
    rest = {name: value for name, value in record.items() if name not in EVIDENCE and name not in ("deadlines", *PARTS, "made_by")}
    rest |= _own(making, witness, words, place)
    main = making.add(SINGULAR.get(layer, "deadline"), place or ([list(span)] if span and span[0] < span[1] else None), rest)
    if owner:
        making.links.append(Link("deadline", owner, main))
    start = making.marks[-1].parts[0][0] if place else behind
    for name in PARTS:
        if name in record and not _mark_words(making, name, record[name], main, behind=start):
            rest[name] = record[name]
    if "deadlines" in record:
        rest["deadlines"] = len(record["deadlines"])
        for seq, deadline in enumerate(record["deadlines"]):
            _mark_record(making, "deadlines", {**deadline, "seq": seq}, start, owner=main)
    return start


def _own(making: _Marking, name: str, words: str, place: list[list[int]] | None) -> dict[str, Any]:
    """How to get the words back from their place: from the place itself where that gives them, else as they are."""
    if not name:
        return {}
    if place is None:
        return {"witness": name}
    there = standoff.written(place, making.text)
    return {"witness": name, name: None} | ({} if there == words else {"as": words, "of": standoff.digest(there)})


def _mark_words(making: _Marking, label: str, value: Any, owner: str = "", *, behind: int = 0) -> bool:
    """Mark a field's words, all of them or none; whether they stand in the text."""
    name = label.removeprefix("header_")
    items = value if isinstance(value, list) else [value]
    places = [standoff.locate(item, making.letters, behind) if isinstance(item, str) and item else None for item in items]
    if not items or None in places:
        return False
    for number, (item, place) in enumerate(zip(items, places, strict=True)):
        attributes = {key: v for key, v in _own(making, name, item, place).items() if key in ("as", "of")}
        target = making.add(label, place, {**attributes, **({"place": number} if name in LISTS else {})})
        if owner:
            making.links.append(Link(name, owner, target))
    return True


# ---- marks → labels ---------------------------------------------------------------------------------------------


def from_marks(marks: Sequence[Mark], links: Iterable[Link], text: str) -> dict[str, Any]:
    """Labels in the form of the guidelines, to be checked by `read_gold` like any other.

    Raises: GoldError with every mark outside the text and every link that leads nowhere.
    """
    by_id = {mark.id: mark for mark in marks}
    faults = [f"{m.id} ({m.label}): offsets {s}–{e} outside the text" for m in marks for s, e in m.parts if not 0 <= s < e <= len(text)]
    parts: dict[str, list[tuple[str, Mark]]] = defaultdict(list)
    for link in links:
        if link.source in by_id and link.target in by_id:
            parts[link.source].append((link.label, by_id[link.target]))
        else:
            faults.append(f"link {link.label} from {link.source} to {link.target}: no such mark")
    if faults:
        raise GoldError("\n".join(faults), remedy="mend the file that was imported")
    made: dict[str, Any] = {}
    for mark in marks:
        if mark.label == "document":
            made |= mark.attributes
    made["header"] = _read_header(marks, text)
    for layer in LAYERS:
        made[layer] = [_read_record(mark, parts, text) for mark in _ordered(m for m in marks if PLURAL.get(m.label) == layer)]
    return made


def _ordered(marks: Iterable[Mark]) -> list[Mark]:
    """Records as they were numbered; once a person has added one, as they stand in the text."""
    marks = list(marks)
    numbered = all("seq" in mark.attributes for mark in marks)
    return sorted(marks, key=lambda mark: int(mark.attributes["seq"]) if numbered else mark.parts[0][0])


def _words(mark: Mark, text: str) -> str:
    there = standoff.written([[s, e] for s, e in mark.parts], text)
    return str(mark.attributes["as"]) if mark.attributes.get("of") == standoff.digest(there) else there


def _read_header(marks: Sequence[Mark], text: str) -> Fact:
    header: Fact = {}
    for mark in marks:
        if mark.label == "header":
            header |= mark.attributes
    for mark in sorted((m for m in marks if m.label.startswith("header_")), key=_place):
        name = mark.label.removeprefix("header_")
        if name in LISTS:
            header.setdefault(name, []).append(_words(mark, text))
        else:
            header[name] = _words(mark, text)
    if any(m.made_by == MACHINE for m in marks if m.label.startswith("header")):
        header["made_by"] = MACHINE
    return {name: header.get(name, [] if name in LISTS else None) for name in HEADER} | ({"made_by": MACHINE} if "made_by" in header else {})


def _place(mark: Mark) -> tuple[int, int]:
    """The order of a list's items: as given, else as they stand."""
    return (int(mark.attributes.get("place", 10**9)), mark.parts[0][0])


def _read_record(mark: Mark, parts: Mapping[str, list[tuple[str, Mark]]], text: str) -> Fact:
    layer = PLURAL.get(mark.label, "deadlines")
    hidden = ("witness", "as", "of", "seq", "place")
    record = {name: value for name, value in mark.attributes.items() if name not in hidden}
    witness = mark.attributes.get("witness") or WITNESS[layer][0]
    if record.get(witness) is None:
        record[witness] = _words(mark, text)
    own = parts.get(mark.id, ())
    for label, part in sorted(own, key=lambda item: _place(item[1])):
        if label in LISTS:
            record[label] = [*(record.get(label) or ()), _words(part, text)]
        elif label != "deadline":
            record[label] = _words(part, text)
    if layer in ("tasks", "duties"):
        times = _ordered(part for label, part in own if label == "deadline")
        record["deadlines"] = [_read_record(part, parts, text) for part in times]
    for name in {"tasks": ("lead", "support"), "duties": ("who", "forms")}.get(layer, ()):
        record.setdefault(name, [])
    if mark.made_by == MACHINE:
        record["made_by"] = MACHINE
    return record


# ---- Label Studio -----------------------------------------------------------------------------------------------


def label_config() -> str:
    """The labelling interface of a Label Studio project for these labels (XML)."""
    names = ["document", *PLURAL, "deadline", *PARTS, *(f"header_{name}" for name in HEADER), "header"]
    labels = "".join(f'<Label value="{name}"/>' for name in names)
    relations = "".join(f'<Relation value="{name}"/>' for name in (*PARTS, "deadline"))
    return f'<View><Labels name="label" toName="text">{labels}</Labels><Relations>{relations}</Relations><Text name="text" value="$text"/></View>'


def to_label_studio(labels: Gold | Sheet, text: str, version: str = "") -> dict[str, Any]:
    """One Label Studio task. Gold goes out as an annotation; what a program found as a prediction that names its `version`."""
    marks, links = to_marks(labels, text)
    result = [_region(mark, text) for mark in marks]
    result += [{"type": "relation", "from_id": k.source, "to_id": k.target, "direction": "right", "labels": [k.label]} for k in links]
    names = labels.doc if isinstance(labels, Gold) else labels.path
    task: dict[str, Any] = {"data": {"text": text, "doc": names, "sha256": labels.sha256, "offsets": "code points, NFC"}}
    if isinstance(labels, Gold):
        return {**task, "annotations": [{"result": result}]}
    return {**task, "predictions": [{"model_version": f"vanban {version}".strip(), "result": result}]}


def _region(mark: Mark, text: str) -> dict[str, Any]:
    """Label Studio knows no torn regions: the stretch from the first part to the last, the words as an attribute."""
    start, end = mark.parts[0][0], max(e for _, e in mark.parts)
    if len(mark.parts) > 1 and (min(s for s, _ in mark.parts) < start or end - start > 3 * sum(e - s for s, e in mark.parts)):
        end = mark.parts[0][1]
    attributes = dict(mark.attributes)
    if len(mark.parts) > 1:
        whole = standoff.written([list(part) for part in mark.parts], text)
        attributes = {"as": whole, **attributes, "of": standoff.digest(standoff.written([[start, end]], text))}
    value = {"start": start, "end": end, "text": text[start:end], "labels": [mark.label]}
    note = [json.dumps(attributes, ensure_ascii=False, sort_keys=True)]
    origin = "prediction" if mark.made_by == MACHINE else "manual"
    return {"id": mark.id, "type": "labels", "from_name": "label", "to_name": "text", "origin": origin, "meta": {"text": note}, "value": value}


def from_label_studio(task: Mapping[str, Any], signed: bool = False) -> dict[str, Any]:
    """Labels from one exported Label Studio task.

    Regions taken over from a prediction unchanged stay the machine's unless `signed`: a person vouches for having read them all.

    Raises: GoldError naming every region that does not fit the text; also where there is no annotation, or more than one.
    """
    text = unicodedata.normalize("NFC", str(task.get("data", {}).get("text", "")))
    done = [a for a in task.get("annotations") or () if not a.get("was_cancelled")]
    if len(done) != 1:
        why = "only pre-annotation" if not done and task.get("predictions") else f"{len(done)} annotations of one document"
        raise GoldError(f"{why}", file=str(task.get("data", {}).get("doc", "")), remedy="export one finished annotation")
    marks, links, faults = [], [], []
    for item in done[0]["result"]:
        if item["type"] == "relation":
            links.append(Link((item.get("labels") or ["?"])[0], item["from_id"], item["to_id"]))
            continue
        mark = _mark_of_region(item, text, signed)
        if mark is None:
            faults.append(f"region {item.get('id')}: {item.get('value', {}).get('text', '')[:60]!r} does not stand at its offsets")
        else:
            marks.append(mark)
    if faults:
        raise GoldError("\n".join(faults), file=str(task["data"].get("doc", "")), remedy="the text was changed after labelling: label again")
    return {"doc": task["data"].get("doc"), "sha256": task["data"].get("sha256"), **from_marks(marks, links, text)}


def _mark_of_region(item: Mapping[str, Any], text: str, signed: bool) -> Mark | None:
    value = item["value"]
    span = _code_points(value["start"], value["end"], value.get("text"), text)
    if span is None:
        return None
    note = (item.get("meta") or {}).get("text") or ["{}"]
    attributes = json.loads(note[0] if isinstance(note, list) else note)
    made_by = MACHINE if item.get("origin") == "prediction" and not signed else "hand"
    return Mark(str(item["id"]), value["labels"][0], (span,), attributes, made_by)


def _code_points(start: int, end: int, words: str | None, text: str) -> tuple[int, int] | None:
    """Offsets in code points, from code points or UTF-16 units, whichever the words bear out; None where neither does."""
    if not 0 <= start < end:
        return None
    if end <= len(text) and words in (None, text[start:end]):
        return (start, end)
    units = text.encode("utf-16-le")
    try:
        first, last = len(units[: 2 * start].decode("utf-16-le")), len(units[: 2 * end].decode("utf-16-le"))
    except UnicodeDecodeError:
        return None
    return (first, last) if words == text[first:last] and 2 * end <= len(units) else None


# ---- brat -------------------------------------------------------------------------------------------------------


def brat_config() -> str:
    """The `annotation.conf` of a brat collection for these labels."""
    entities = ["document", *PLURAL, "deadline", *PARTS, "header", *(f"header_{name}" for name in HEADER)]
    sources = "|".join((*PLURAL, "deadline"))
    relations = [f"part_{name}\tArg1:{sources}, Arg2:{name}" for name in (*PARTS, "deadline")]
    return "\n".join(["[entities]", *entities, "[relations]", *relations, "[events]", "[attributes]", "Machine\tArg:<ENTITY>", ""])


def to_brat(labels: Gold | Sheet, text: str) -> tuple[str, str]:
    """The `.txt` and the `.ann` of a document. What a program found carries the attribute `Machine`."""
    marks, links = to_marks(labels, text)
    ids = {mark.id: f"T{n}" for n, mark in enumerate(marks, 1)}
    lines = []
    for n, mark in enumerate(marks, 1):
        pieces = [piece for part in mark.parts for piece in _lines_of(part, text)]
        places = ";".join(f"{s} {e}" for s, e in pieces)
        lines.append(f"T{n}\t{mark.label} {places}\t{' '.join(text[s:e] for s, e in pieces)}")
        attributes = {**mark.attributes, "parts": [list(part) for part in mark.parts]} if len(pieces) != len(mark.parts) else mark.attributes
        lines.append(f"#{n}\tAnnotatorNotes T{n}\t{json.dumps(attributes, ensure_ascii=False, sort_keys=True)}")
        if mark.made_by == MACHINE:
            lines.append(f"A{n}\tMachine T{n}")
    lines += [f"R{n}\tpart_{link.label} Arg1:{ids[link.source]} Arg2:{ids[link.target]}" for n, link in enumerate(links, 1)]
    return text, "\n".join(lines) + "\n"


def _lines_of(part: tuple[int, int], text: str) -> list[tuple[int, int]]:
    """A stretch without its line breaks, which brat does not allow inside a mark."""
    start, end = part
    return [(start + m.start(), start + m.end()) for m in regex.finditer(r"[^\n\r\f\v\x85\u2028\u2029]+", text[start:end])]


def from_brat(text: str, ann: str, signed: bool = False) -> dict[str, Any]:
    """Labels from a document's `.txt` and `.ann`. Marks that still carry `Machine` stay the machine's unless `signed`.

    Raises: GoldError with every line that cannot be read or does not fit the text.
    """
    text = unicodedata.normalize("NFC", text)
    lines = [line for line in ann.split("\n") if line.strip()]
    machine = set() if signed else {match[1] for line in lines if (match := MACHINE_LINE.fullmatch(line))}
    notes = _notes(lines)
    marks = {line: _brat_mark(line, notes, text, machine) for line in lines if line.startswith("T")}
    links = {line: RELATION_LINE.fullmatch(line) for line in lines if line.startswith("R")}
    faults = [f"{line[:80]!r}: its words do not stand at its offsets" for line, mark in marks.items() if mark is None]
    faults += [f"{line[:80]!r}: is no relation of these labels" for line, match in links.items() if match is None]
    if faults:
        raise GoldError("\n".join(faults), remedy="the text was changed after labelling, or the file is damaged")
    return from_marks([m for m in marks.values() if m], [Link(m[1], m[2], m[3]) for m in links.values() if m], text)


def _notes(lines: Iterable[str]) -> dict[str, dict[str, Any]]:
    made: dict[str, dict[str, Any]] = {}
    for line in lines:
        match = regex.fullmatch(r"#\d+\tAnnotatorNotes (T\d+)\t(.*)", line)
        if match:
            try:
                content = json.loads(match[2])
            except ValueError:
                continue  # a remark by a person, no attribute table
            made[match[1]] = content if isinstance(content, dict) else {}
    return made


def _brat_mark(line: str, notes: Mapping[str, dict[str, Any]], text: str, machine: set[str]) -> Mark | None:
    match = regex.fullmatch(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)", line)
    if match is None:
        return None
    pieces = [tuple(map(int, piece.split())) for piece in match[3].split(";")]
    if any(not 0 <= s < e <= len(text) for s, e in pieces) or " ".join(text[s:e] for s, e in pieces) != match[4]:
        return None
    attributes = dict(notes.get(match[1], {}))
    whole = tuple((int(s), int(e)) for s, e in attributes.pop("parts", pieces))
    split = [piece for part in whole for piece in _lines_of(part, text)]
    parts = whole if split == pieces else tuple((s, e) for s, e in pieces)
    return Mark(match[1], match[2], parts, attributes, MACHINE if match[1] in machine else "hand")


__all__ = ["Link", "Mark", "brat_config", "from_brat", "from_label_studio", "from_marks", "label_config", "to_brat", "to_label_studio", "to_marks"]
