"""Document and records → rows, one list per table of the contract."""

from __future__ import annotations

import dataclasses
import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from typing import Any

from extractor.errors import VanbanError
from extractor.model import Document, Evidence, Finding, Header, Notice, Records, Span

Row = dict[str, Any]
Rows = dict[str, list[Row]]
Place = Callable[[Evidence], Row]

_NUL, _INSTEAD = "\0", "\ufffd"  # SQLite, CSV readers and spreadsheets cut a text at U+0000


def to_rows(document: Document, records: Records, *, seconds: float, version: str) -> Rows:
    """The rows of one document, by table, in reading order.

    `seconds` is what reading took, `version` the extractor's. Every row but that of `documents` has its evidence filled in:
    the words as printed, their code points, the first page they stand on and the box there in points.
    """
    place = _placer(document)
    doc_id = document.doc_id
    findings = [*records.findings, *_of_notices(document.notices, records.findings)]
    whole = place(Evidence(Span(0, len(document.text)), 1.0, "reader"))
    tasks, assignments, deadlines = _tasks(doc_id, records, place)
    duties, due = _duties(doc_id, records, place)
    return {
        "documents": [_document(document, records.header, place, seconds=seconds, version=version)],
        "texts": [{"doc_id": doc_id, "text": document.text.replace(_NUL, _INSTEAD), **whole, "quote": None, "bbox": None}],
        "blocks": _blocks(document, place),
        "cells": _cells(document, place),
        "mentions": [{"doc_id": doc_id, "kind": m.kind, "value": m.value, "ref_id": m.ref_id, **place(m.evidence)} for m in records.mentions],
        "citations": [{"doc_id": doc_id, "seq": n, **_plain(c), "target_id": None, **place(c.evidence)} for n, c in enumerate(records.citations)],
        "tasks": tasks,
        "assignments": assignments,
        "deadlines": deadlines + due,
        "indicators": [{"doc_id": doc_id, "seq": n, **_plain(i), **place(i.evidence)} for n, i in enumerate(records.indicators)],
        "duties": duties,
        "findings": [_finding(doc_id, n, f, place) for n, f in enumerate(findings)],
    }


def failed_row(path: str, error: VanbanError | str, **known: Any) -> Row:
    """The `documents` row of a file that could not be read: its path, `failed`, "CODE: message (remedy)" and what is `known` of it.

    `known` may give any other column of `documents`, such as `sha256`, `size_bytes`, `seconds` and `extractor_version`.
    """
    message = error if isinstance(error, str) else f"{error.code}: {_message(error)}"
    digest = known.get("sha256")
    return {"doc_id": digest and digest[:16], "path": path, "status": "failed", "error": message.replace(_NUL, _INSTEAD), **known}


def _message(error: VanbanError) -> str:
    page = "" if error.page is None else f"page {error.page}: "
    return f"{page}{error.reason}" + ("" if error.remedy is None else f" ({error.remedy})")


def _placer(document: Document) -> Place:
    """The function that writes an `Evidence` out as columns; looks words up by bisection, never by scanning."""
    words, text = document.words, document.text.replace(_NUL, _INSTEAD)
    starts, ends, pages, scores = words.start, words.end, words.page, words.confidence
    x0, top, x1, bottom = words.x0, words.top, words.x1, words.bottom
    sure = not scores or min(scores) >= 1.0

    def place(evidence: Evidence) -> Row:
        start, end = evidence.span
        confidence, page, box = evidence.confidence, None, None
        first, last = bisect_right(ends, start), bisect_left(starts, end)
        if first < last:
            if not sure:
                confidence *= sum(scores[first:last]) / (last - first)
            page = pages[first]
            if pages[last - 1] != page:
                last = next(k for k in range(first, last) if pages[k] != page)
            box = [min(x0[first:last]), min(top[first:last]), max(x1[first:last]), max(bottom[first:last])]
        elif pages:
            page = document.page_of(evidence.span)
        return {
            "quote": text[start:end],
            "char_start": start,
            "char_end": end,
            "page": page,
            "bbox": box,
            "confidence": confidence,
            "source": evidence.source or None,
        }

    return place


def _plain(record: Any) -> Row:
    """The fields of a record as columns; its evidence is placed by the caller."""
    return {f: list(v) if isinstance(v := getattr(record, f), tuple) else v for f in _fields(type(record))}


def _fields(kind: Any, cache: dict[Any, tuple[str, ...]] = {}) -> tuple[str, ...]:  # noqa: B006 (a memo, filled once per record type)
    if kind not in cache:
        cache[kind] = tuple(f.name for f in dataclasses.fields(kind) if f.name not in {"evidence", "assignments", "deadlines"})
    return cache[kind]


def _document(document: Document, header: Header, place: Place, *, seconds: float, version: str) -> Row:
    lost = [n for n in document.notices if n.severity == "error"]
    row: Row = {
        "doc_id": document.doc_id,
        "path": document.path,
        "sha256": document.sha256,
        "size_bytes": document.size_bytes,
        "media_type": document.media_type,
        "page_count": document.page_count,
        "text_source": document.text_source,
        "status": "partial" if lost else "ok",
        "error": f"E_PARTIAL: {'; '.join(n.message for n in lost)}"[:2000] if lost else None,
        **_plain(header),
        "extractor_version": version,
        "seconds": seconds,
        "field_evidence": _json({name: place(evidence) for name, evidence in header.evidence.items()}),
        "properties": _json(dict(document.properties)),
        "signed_by": document.properties.get("signed_by"),
        "signed_at": document.properties.get("signed_at"),
        "signature_intact": {"yes": True, "no": False}.get(document.properties.get("signature_intact", "")),
        "file": document.path,
        "file_sha256": document.sha256,
        "file_size": document.size_bytes,
    }
    return row


def _json(content: dict[str, Any]) -> str | None:
    return json.dumps(content, ensure_ascii=False, sort_keys=True) if content else None


def _blocks(document: Document, place: Place) -> list[Row]:
    doc_id, rows = document.doc_id, []
    for b in document.blocks:
        evidence = place(Evidence(b.span, 1.0, "reader"))
        row: Row = {
            "doc_id": doc_id,
            "block_id": f"{doc_id}:b{b.block_id}",
            "kind": b.kind,
            "level": b.level,
            "marker": b.marker,
            "text": evidence["quote"][b.body.start - b.span.start : b.body.end - b.span.start],
            "parent_id": None if b.parent_id is None else f"{doc_id}:b{b.parent_id}",
            "table_id": None if b.table_id is None else f"{doc_id}:x{b.table_id}",
            "furniture": b.furniture,
            **evidence,
        }
        if row["page"] is None:
            row["page"] = b.page
        rows.append(row)
    return rows


def _cells(document: Document, place: Place) -> list[Row]:
    doc_id, rows = document.doc_id, []
    for table in document.tables:
        table_id = f"{doc_id}:x{table.table_id}"
        for c in table.cells:
            evidence = place(Evidence(c.span, 1.0, "reader"))
            row: Row = {
                "doc_id": doc_id,
                "table_id": table_id,
                "row": c.row,
                "col": c.col,
                "row_span": c.row_span,
                "col_span": c.col_span,
                "is_header": c.is_header,
                "text": evidence["quote"],
                "hidden": table.hidden,
                **evidence,
            }
            rows.append(row)
    return rows


def _tasks(doc_id: str, records: Records, place: Place) -> tuple[list[Row], list[Row], list[Row]]:
    tasks, assignments, deadlines = [], [], []
    for n, task in enumerate(records.tasks):
        task_id = f"{doc_id}:t{n}"
        tasks.append({"doc_id": doc_id, "task_id": task_id, "seq": n, **_plain(task), **place(task.evidence)})
        assignments += [{"doc_id": doc_id, "task_id": task_id, "seq": k, **_plain(a), **place(a.evidence)} for k, a in enumerate(task.assignments)]
        deadlines += _deadlines(doc_id, task_id, task.deadlines, place)
    return tasks, assignments, deadlines


def _duties(doc_id: str, records: Records, place: Place) -> tuple[list[Row], list[Row]]:
    duties, deadlines = [], []
    for n, duty in enumerate(records.duties):
        duty_id = f"{doc_id}:d{n}"
        duties.append({"doc_id": doc_id, "duty_id": duty_id, "seq": n, **_plain(duty), **place(duty.evidence)})
        deadlines += _deadlines(doc_id, duty_id, duty.deadlines, place)
    return duties, deadlines


def _deadlines(doc_id: str, owner_id: str, deadlines: Iterable[Any], place: Place) -> list[Row]:
    return [{"doc_id": doc_id, "owner_id": owner_id, "seq": k, **_plain(d), **place(d.evidence)} for k, d in enumerate(deadlines)]


def _finding(doc_id: str, seq: int, finding: Finding, place: Place) -> Row:
    row = {"doc_id": doc_id, "seq": seq, **_plain(finding), **place(finding.evidence)}
    if finding.page is not None:
        row["page"] = finding.page
    return row


def _of_notices(notices: Iterable[Notice], told: Iterable[Finding]) -> list[Finding]:
    """What a reader noticed and the records have not said already."""
    known = {(f.rule, f.message) for f in told}
    return [
        Finding(n.rule, n.severity, n.message, Evidence(n.span or Span(0, 0), 1.0, "reader"), page=n.page)
        for n in notices
        if (n.rule, n.message) not in known
    ]
