"""Deadlines of tasks and duties → an iCalendar file (RFC 5545)."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

from extractor.dataset.opening import Dataset

_ENTRIES = """
SELECT l.owner_id, l.seq, l.text, l.quote, l.due_on, l.start_on, l.rrule, coalesce(t.text, u.what) AS summary, t.status, t.area,
       t.task_id IS NOT NULL AS is_task, d.number, d.title, d.issued_on, d.path, l.page,
       (SELECT string_agg(a.agency, '; ' ORDER BY a.seq) FROM assignments a WHERE a.task_id = l.owner_id AND a.role = 'lead') AS lead,
       (SELECT string_agg(a.agency, '; ' ORDER BY a.seq) FROM assignments a WHERE a.task_id = l.owner_id AND a.role = 'support') AS support,
       u.who, u."to" AS receiver
FROM (SELECT DISTINCT * FROM deadlines) l LEFT JOIN tasks t ON t.task_id = l.owner_id LEFT JOIN duties u ON u.duty_id = l.owner_id
LEFT JOIN (SELECT * FROM documents QUALIFY row_number() OVER (PARTITION BY doc_id ORDER BY path) = 1) d ON d.doc_id = l.doc_id
WHERE l.due_on IS NOT NULL OR l.rrule IS NOT NULL ORDER BY coalesce(l.due_on, '9999'), l.owner_id, l.seq
"""

# RFC 5545, section 3.3.11: no control characters in a text
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def write_ics(dataset: Dataset, path: Path, *, events: bool = False) -> list[str]:
    """Every deadline with a day or a recurrence as an all-day VTODO, or VEVENT (`events`); those without either are counted in a note returned."""
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//vanban//deadlines//VI")
    calendar.add("version", "2.0")
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    entries = dataset.arrow(_ENTRIES).to_pylist()
    notes = []
    for entry in entries:
        todo = _todo(entry, now, events)
        if todo is None:
            notes.append(f"{entry['owner_id']}: the recurrence {entry['rrule']!r} gives no day; left out")
        else:
            calendar.add_component(todo)
    path.write_bytes(calendar.to_ical())
    silent = dataset.arrow("SELECT count(*) AS n FROM deadlines WHERE due_on IS NULL AND rrule IS NULL").to_pylist()[0]["n"]
    return notes + ([f"{silent} deadlines name no day and stand in no calendar"] if silent else [])


def _todo(entry: dict[str, Any], now: dt.datetime, events: bool) -> Any:
    import icalendar

    due, rule = _day(entry["due_on"]), _rule(entry)
    if rule is not None:
        due = due or _first_day(rule, _day(entry["start_on"]) or _day(entry["issued_on"]) or now.date())
    if due is None:
        return None
    todo = icalendar.Event() if events else icalendar.Todo()
    todo.add("uid", f"{entry['owner_id'].replace(':', '-')}-{entry['seq']}@vanban")
    todo.add("dtstamp", now)
    if events:
        todo.add("transp", "TRANSPARENT")  # a deadline keeps nobody busy
    else:
        todo.add("due", due)
        todo.add("status", "COMPLETED" if entry["status"] == "done" else "NEEDS-ACTION")
    if events or rule is not None:
        todo.add("dtstart", due)  # a recurrence starts from DTSTART (3.8.5.3); elsewhere DUE must be later than DTSTART (3.8.2.3)
    todo.add("summary", _clean(entry["summary"] or entry["quote"]))
    todo.add("description", _clean(_description(entry)))
    categories = [entry["area"] or "", "task" if entry["is_task"] else "duty"]
    todo.add("categories", [category for category in categories if category])
    if rule is not None:
        todo.add("rrule", icalendar.vRecur.from_ical(rule))
    return todo


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _rule(entry: dict[str, Any]) -> str | None:
    """The recurrence, where both calendar libraries understand it."""
    import icalendar
    from dateutil.rrule import rrulestr

    rule: str | None = entry["rrule"]
    if not rule:
        return None
    try:
        rrulestr(rule, dtstart=dt.datetime(2000, 1, 1))
        icalendar.vRecur.from_ical(rule)
    except ValueError:
        return None
    return rule


def _first_day(rule: str, after: dt.date) -> dt.date | None:
    from dateutil.rrule import rrulestr

    start = dt.datetime.combine(after, dt.time())
    first = next(iter(rrulestr(rule, dtstart=start)), None)
    return None if first is None else first.date()


def _description(entry: dict[str, Any]) -> str:
    lines = [
        ("Chủ trì", entry["lead"] or "; ".join(entry["who"] or ())),
        ("Phối hợp", entry["support"]),
        ("Gửi", entry["receiver"]),
        ("Thời hạn", entry["text"] or entry["quote"]),
        ("Văn bản", " ".join(part for part in (entry["number"], entry["title"]) if part)),
        ("Nguồn", entry["path"] + (f", trang {entry['page']}" if entry["page"] else "") if entry["path"] else None),
    ]
    return "\n".join(f"{name}: {value}" for name, value in lines if value)


def _clean(text: str) -> str:
    return _CONTROL.sub(" ", text).strip()
