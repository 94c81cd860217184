"""The rows of a table that a person wants to see, with the columns that fit a screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from extractor.dataset.opening import ORDER, Dataset
from extractor.errors import DatasetError

_AGENCIES = """LEFT JOIN (
    SELECT task_id, string_agg(agency, '; ' ORDER BY seq) FILTER (role = 'lead') AS lead,
        string_agg(agency, '; ' ORDER BY seq) FILTER (role = 'support') AS support
    FROM assignments GROUP BY task_id) g USING (task_id)"""
_DUE = """LEFT JOIN (
    SELECT owner_id AS {key}, string_agg(coalesce(due_on, text, quote), '; ' ORDER BY seq) AS due
    FROM deadlines GROUP BY owner_id) l USING ({key})"""

# what is shown of a table; the rest is one query away
_SHOWN: Mapping[str, str] = MappingProxyType(
    {
        "tasks": f"task_id, code, x.text AS task, lead, support, due, product FROM tasks x {_AGENCIES} {_DUE.format(key='task_id')}",
        "duties": f"duty_id, array_to_string(who, '; ') AS who, what, x.to, via, due FROM duties x {_DUE.format(key='duty_id')}",
        "documents": "doc_id, path, status, doc_type, number, issued_on, issuer, title, error FROM documents x",
        "indicators": "x.doc_id || ':i' || x.seq AS id, code, label, unit, period, value_text, value, numerator, denominator, note FROM indicators x",
        "citations": "x.doc_id || ':c' || x.seq AS id, doc_type, number, issued_on, issuer, relation, target_id, quote FROM citations x",
        "findings": "x.doc_id || ':f' || x.seq AS id, severity, rule, message, expected, actual, page FROM findings x",
        "deadlines": "owner_id, x.text, relation, edtf, due_on, rrule, x.trigger FROM deadlines x",
        "assignments": "task_id, role, agency, agency_id, is_group FROM assignments x",
        "texts": "doc_id, len(text) AS length, left(text, 300) AS text FROM texts x",
    }
)
_ALL = 'x.* EXCLUDE (quote, bbox, confidence, source, char_start, char_end) FROM "{table}" x'

# where a table keeps the name of an agency
_AGENCY: Mapping[str, str] = MappingProxyType(
    {
        "tasks": "x.task_id IN (SELECT task_id FROM assignments WHERE contains(lower(agency), lower(?)))",
        "deadlines": "x.owner_id IN (SELECT task_id FROM assignments WHERE contains(lower(agency), lower(?)))",
        "assignments": "contains(lower(x.agency), lower(?))",
        "duties": "contains(lower(concat_ws(';', array_to_string(x.who, ';'), x.to)), lower(?))",
        "documents": "contains(lower(x.issuer), lower(?))",
        "indicators": "contains(lower(x.subject), lower(?))",
    }
)
# and the id that deadlines refer to
_OWNER: Mapping[str, str] = MappingProxyType({"tasks": "x.task_id", "duties": "x.duty_id", "assignments": "x.task_id", "deadlines": "x.owner_id"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters: part of a document's path, number or id; part of an agency's name; ISO days, both included."""

    doc: str | None = None
    agency: str | None = None
    due_after: str | None = None
    due_before: str | None = None


def list_rows(dataset: Dataset, table: str, wanted: Wanted, limit: int) -> list[dict[str, Any]]:
    """At most `limit` rows, in the order of the table.

    Raises: DatasetError for an unknown table, or a filter that it has nothing for.
    """
    order = ORDER.get(table)
    if order is None:
        raise DatasetError(f"no table {table!r}", remedy=f"tables: {', '.join(ORDER)}")
    where, values = _filters(table, wanted)
    names = ", ".join(name if name.startswith("len(") else f"x.{name}" for name in order.split(", "))
    names = names.replace("len(", "len(x.")
    sql = f"SELECT {_SHOWN.get(table, _ALL.format(table=table))} WHERE {where} ORDER BY {names} LIMIT {int(limit)}"
    rows: list[dict[str, Any]] = dataset.arrow(sql, values).to_pylist()
    return rows


def _filters(table: str, wanted: Wanted) -> tuple[str, list[str]]:
    where, values = ["true"], []
    if wanted.doc:
        where.append("x.doc_id IN (SELECT doc_id FROM documents WHERE contains(concat_ws(' ', doc_id, path, number), ?))")
        values.append(wanted.doc)
    if wanted.agency:
        where.append(_known(_AGENCY, table, "name no agency"))
        values.append(wanted.agency)
    for day, sign in ((wanted.due_after, ">="), (wanted.due_before, "<=")):
        if day:
            owner = _known(_OWNER, table, "have no day they are due")
            where.append(f"{owner} IN (SELECT owner_id FROM deadlines WHERE due_on {sign} ?)")  # noqa: S608 (only our own words)
            values.append(day)
    return " AND ".join(where), values


def _known(columns: Mapping[str, str], table: str, lack: str) -> str:
    if table not in columns:
        raise DatasetError(f"the rows of {table} {lack}", remedy=f"this filter works on {', '.join(columns)}")
    return columns[table]
