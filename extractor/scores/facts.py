"""What is compared: the layers and their fields, and the one plain shape in which gold and found records meet.

A `Sheet` is one document's records as plain dictionaries, in the shape of a gold file: `header`, `tasks` (each with
its `lead`, `support` and `deadlines`), `indicators`, `citations`, `duties`. Found records carry `quote` and `span` too.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from types import MappingProxyType
from typing import Any

from extractor.model import Document, Evidence, Records

Row = Mapping[str, Any]
Fact = dict[str, Any]

# how a field's values are compared: `text` by three matchers, `code` without blanks and final dots, `agency` in normal form,
# `value` equal or not, `rule` a recurrence rule; a trailing * marks a list
HEADER = MappingProxyType(
    {
        "doc_type": "value", "number": "code", "title": "text", "issuer": "agency", "place": "text", "issued_on": "value",
        "addressees": "agency*", "recipients": "text*", "signer": "text", "signer_title": "text", "signing_mode": "text", "period": "value",
    }
)  # fmt: skip
TASK = MappingProxyType(
    {"code": "code", "text": "text", "area": "value", "parent": "text", "product": "text", "status": "value", "status_text": "text"}
)
DEADLINE = MappingProxyType({"text": "text", "relation": "value", "edtf": "value", "due_on": "value", "rrule": "rule", "trigger": "text"})
INDICATOR = MappingProxyType(
    {
        "label": "text", "value": "value", "numerator": "value", "denominator": "value", "unit": "text", "period": "value", "value_text": "text",
        "code": "code", "form": "text", "note": "text", "approx": "text", "blank": "value", "columns": "text*",
    }
)  # fmt: skip
CITATION = MappingProxyType(
    {"doc_type": "value", "number": "code", "issued_on": "value", "issuer": "agency", "relation": "value", "text": "text"}
)
DUTY = MappingProxyType({"who": "agency*", "what": "text", "to": "agency", "via": "agency", "cutoff": "text", "forms": "text*"})
FIELDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"header": HEADER, "tasks": TASK, "indicators": INDICATOR, "citations": CITATION, "duties": DUTY, "deadlines": DEADLINE}
)
LAYERS = ("tasks", "indicators", "citations", "duties")  # the layers that are lists of records
ORIGINS = ("table", "narrative")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document's records in the plain shape; `text` is None where the data set keeps no texts."""

    sha256: str
    path: str
    facts: Fact
    format: str = ""
    text_source: str = ""
    status: str = "ok"
    error: str | None = None
    seconds: float | None = None
    text: str | None = field(default=None, repr=False)

    def layer(self, name: str) -> list[Fact]:
        return list(self.facts.get(name) or ())


def from_records(document: Document, records: Records) -> Sheet:
    """The sheet of a document just extracted, without going through a data set."""
    head = {name: _plain(getattr(records.header, name)) for name in HEADER}
    head["quotes"] = {name: document.quote(e.span) for name, e in records.header.evidence.items()}
    facts: Fact = {"header": head}
    facts["tasks"] = [_task(document, task) for task in records.tasks]
    facts["indicators"] = [_fact(document, i, (*INDICATOR, "origin")) for i in records.indicators]
    facts["citations"] = [_fact(document, c, CITATION) for c in records.citations]
    facts["duties"] = [{**_fact(document, d, DUTY), "deadlines": [_fact(document, x, DEADLINE) for x in d.deadlines]} for d in records.duties]
    return Sheet(document.sha256, document.path, facts, suffix(document.path), document.text_source, text=document.text)


def _task(document: Document, task: Any) -> Fact:
    fact = _fact(document, task, (*TASK, "origin"))
    for role in ("lead", "support"):
        fact[role] = [a.agency for a in task.assignments if a.role == role]
    fact["deadlines"] = [_fact(document, d, DEADLINE) for d in task.deadlines]
    return fact


def _fact(document: Document, record: Any, names: Iterable[str]) -> Fact:
    evidence: Evidence = record.evidence
    fact = {name: _plain(getattr(record, name)) for name in names}
    page = document.page_of(evidence.span)
    return {**fact, "quote": document.quote(evidence.span), "span": list(evidence.span), "page": page, "source": evidence.source}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def suffix(path: str) -> str:
    """The format by the file's name: `docx`, `pdf` …, or "" where it has no suffix."""
    return PurePath(path).suffix.lstrip(".").casefold()


def from_rows(tables: Mapping[str, Iterable[Row]]) -> list[Sheet]:
    """The sheets of a data set, one per row of `documents`.

    `tables` maps table names to rows (columns as in the data set contract); `texts` may be left out.
    """
    by_doc: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    documents = list(tables.get("documents", ()))
    for name, rows in tables.items():
        for row in rows if name != "documents" else ():
            by_doc[row["doc_id"]][name].append(row)
    return [_sheet(row, by_doc[row["doc_id"]]) for row in documents]


def _sheet(row: Row, own: Mapping[str, Sequence[Row]]) -> Sheet:
    head = {name: _listed(row.get(name)) for name in HEADER}
    head["quotes"] = {name: place.get("quote") for name, place in json.loads(row.get("field_evidence") or "{}").items()}
    facts: Fact = {"header": head}
    parts = _by_owner(own.get("assignments", ()), "task_id")
    times = _by_owner(own.get("deadlines", ()), "owner_id")
    facts["tasks"] = [_task_row(r, parts.get(r["task_id"], ()), times.get(r["task_id"], ())) for r in _sorted(own.get("tasks", ()))]
    facts["indicators"] = [_row(r, (*INDICATOR, "origin")) for r in _sorted(own.get("indicators", ()))]
    facts["citations"] = [_row(r, CITATION) for r in own.get("citations", ())]
    facts["duties"] = [{**_row(r, DUTY), "deadlines": _times(times.get(r["duty_id"], ()))} for r in _sorted(own.get("duties", ()))]
    text = next((r.get("text") for r in own.get("texts", ())), None)
    state: dict[str, Any] = {"status": row.get("status") or "ok", "error": row.get("error"), "seconds": row.get("seconds")}
    return Sheet(row.get("sha256") or "", row["path"], facts, suffix(row["path"]), row.get("text_source") or "", text=text, **state)


def _task_row(row: Row, parts: Sequence[Row], times: Sequence[Row]) -> Fact:
    fact = _row(row, (*TASK, "origin"))
    for role in ("lead", "support"):
        fact[role] = [part["agency"] for part in _sorted(parts) if part["role"] == role]
    fact["deadlines"] = _times(times)
    return fact


def _times(rows: Sequence[Row]) -> list[Fact]:
    return [_row(row, DEADLINE) for row in _sorted(rows)]


def _row(row: Row, names: Iterable[str]) -> Fact:
    fact = {name: _listed(row.get(name)) for name in names}
    if "text" in fact and fact["text"] is None:
        fact["text"] = row.get("quote")  # citations and deadlines have their words as the quote alone
    span = [row.get("char_start"), row.get("char_end")]
    return {**fact, "quote": row.get("quote"), "span": None if None in span else span, "page": row.get("page"), "source": row.get("source") or ""}


def _listed(value: Any) -> Any:
    """Lists as lists (Parquet readers hand out arrays and tuples); absent stays None."""
    value = value.tolist() if hasattr(value, "tolist") else value
    return list(value) if isinstance(value, tuple) else value


def _by_owner(rows: Iterable[Row], key: str) -> dict[Any, list[Row]]:
    owned: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        owned[row[key]].append(row)
    return owned


def _sorted(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row.get("seq") or 0)
