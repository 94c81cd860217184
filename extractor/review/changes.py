"""Gains and losses as one page: no server, no network, nothing of a document taken for markup."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import PurePath
from typing import Any

from extractor.scores import Change, Score, headlines
from extractor.scores.facts import FIELDS
from extractor.scores.figures import HEADLINES, Figure

# fields shown for a record before the one that is wrong
WITNESS = {"tasks": ("text",), "indicators": ("label", "value_text"), "citations": ("text",), "duties": ("who", "what"), "header": ()}
HIDDEN = frozenset({"quote", "quotes", "span", "page", "source", "confidence", "made_by"})
WHOLE = frozenset({"missing", "extra", "record"})
LABELS = {"right": "gain", "wrong": "loss", "is wrong": "error"}

STYLE = """
:root{color-scheme:light dark;--ink:#1c1c1a;--paper:#fff;--soft:#f4f2ee;--line:#d8d4cc;--gain:#1a6b3c;--loss:#a3261e;--error:#8a5a00;--mark:#ffe08a}
@media(prefers-color-scheme:dark){:root{--ink:#e8e6e1;--paper:#191918;--soft:#242422;--line:#3d3b37;--gain:#6fcf97;--loss:#ff8a80;--error:#f0b75a;--mark:#6b5500}}
*{box-sizing:border-box}body{font:15px/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:var(--ink);background:var(--paper);
margin:0 auto;max-width:1400px;padding:1.5rem}
h1{font-size:1.5rem;margin:0 0 .25rem}p.sum{margin:.25rem 0 1rem}table.fig{border-collapse:collapse;margin:0 0 1.25rem;font-size:.92rem}
table.fig td,table.fig th{padding:.15rem .8rem .15rem 0;text-align:right;border-bottom:1px solid var(--line);font-variant-numeric:tabular-nums}
table.fig td:first-child,table.fig th:first-child{text-align:left}summary{cursor:pointer;margin-bottom:.5rem}
form{display:flex;flex-wrap:wrap;gap:.75rem 1rem;align-items:end;position:sticky;top:0;background:var(--paper);padding:.75rem 0;
border-bottom:1px solid var(--line);z-index:1}
label{font-size:.8rem;display:flex;flex-direction:column;gap:.2rem}select,input{font:inherit;color:inherit;background:var(--soft);
border:1px solid var(--line);border-radius:4px;padding:.3rem .5rem;max-width:19rem;height:2.1rem}
output{margin-left:auto;font-variant-numeric:tabular-nums}
article{border:1px solid var(--line);border-left:5px solid var(--error);border-radius:4px;margin:1rem 0;overflow:hidden}
article.gain{border-left-color:var(--gain)}article.loss{border-left-color:var(--loss)}
article>header{display:flex;flex-wrap:wrap;gap:.25rem 1rem;background:var(--soft);padding:.4rem .8rem;font-size:.88rem}
.kind{font-weight:700;color:var(--error)}.gain .kind{color:var(--gain)}.loss .kind{color:var(--loss)}
.side{display:grid;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr))}
.side>section{padding:.6rem .8rem;border-left:1px solid var(--line);min-width:0}
.side>section:first-child{border-left:0}h2{font-size:.75rem;text-transform:uppercase;letter-spacing:.06em;margin:0 0 .3rem;opacity:.7}
dl{margin:0;overflow-wrap:anywhere}dt{font-size:.75rem;opacity:.7}dd{margin:0 0 .35rem}dd.bad{font-weight:600}
mark{background:var(--mark);color:inherit}
.none{opacity:.6;font-style:italic}blockquote{margin:0;white-space:pre-wrap;overflow-wrap:anywhere;max-height:16rem;overflow:auto}
[hidden]{display:none!important}
"""

SCRIPT = """
const form=document.querySelector('form'),rows=[...document.querySelectorAll('article')],out=document.querySelector('output');
function show(){const want=Object.fromEntries(new FormData(form)),words=want.words.toLocaleLowerCase().normalize('NFC');let n=0;
for(const row of rows){const yes=['turned','layer','document','error'].every(k=>!want[k]||row.dataset[k]===want[k])
&&(!words||row.textContent.toLocaleLowerCase().includes(words));row.hidden=!yes;n+=yes}out.textContent=n+' of '+rows.length+' shown'}
form.addEventListener('input',show);form.addEventListener('submit',e=>e.preventDefault());show();
"""


def changes_page(rows: Sequence[Change], new: Score, old: Score | None = None, title: str = "Gains and losses") -> str:
    """A complete HTML document: figures then and now, and every change with the document's words, gold and found side by side.

    `rows` come from `scores.changes(old, new)`, or from `scores.errors(new)` where there is no older score.
    """
    turned = Counter(LABELS[row.turned] for row in rows)
    counts = ", ".join(f"{number} {name}{'' if number == 1 else 'es' if name == 'loss' else 's'}" for name, number in sorted(turned.items()))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><h1>{escape(title)}</h1>"
        f'<p class="sum">{len(new.documents)} documents; {counts or "nothing turned"}.</p>'
        f"{_figures(new, old)}{_filters(rows)}<main>{''.join(map(_article, rows))}</main><script>{SCRIPT}</script></body></html>\n"
    )


def _figures(new: Score, old: Score | None) -> str:
    now = headlines(new, rounds=0)
    then: Sequence[Figure | None] = headlines(old, rounds=0) if old else [None] * len(HEADLINES)
    head = "<tr><th>Figure (alike)</th>" + ("<th>before</th>" if old else "") + "<th>now</th><th>promised</th><th>right / false / missed</th></tr>"
    lines = []
    for before, figure in zip(then, now, strict=True):
        c = figure.counts
        was = f"<td>{_percent(before.value)}</td>" if before else ""
        cells = f"<td>{_percent(figure.value)}</td><td>{_percent(figure.goal)}</td><td>{c.tp} / {c.fp} / {c.fn}</td>"
        lines.append(f"<tr><td>{escape(figure.name)}</td>{was}{cells}</tr>")
    return f'<details open><summary>Figures</summary><table class="fig">{head}{"".join(lines)}</table></details>'


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f}"


def _filters(rows: Sequence[Change]) -> str:
    lists = {
        "turned": Counter(LABELS[row.turned] for row in rows),
        "layer": Counter(_layer(row) for row in rows),
        "document": Counter(row.path for row in rows),
        "error": Counter(row.error for row in rows),
    }
    return "<form>" + "".join(_select(name, counts) for name, counts in lists.items()) + _SEARCH + "<output></output></form>"


_SEARCH = '<label>words<input name="words" type="search" autocomplete="off"></label>'


def _select(name: str, counts: Mapping[str, int]) -> str:
    options = "".join(
        f'<option value="{escape(value)}">{escape(PurePath(value).name if name == "document" else value)} ({number})</option>'
        for value, number in sorted(counts.items())
    )
    return f'<label>{name}<select name="{name}"><option value="">all</option>{options}</select></label>'


def _layer(row: Change) -> str:
    return f"{row.layer}, {row.origin}" if row.origin else row.layer


def _article(row: Change) -> str:
    label = LABELS[row.turned]
    names = {"turned": label, "layer": _layer(row), "document": row.path, "error": row.error}
    data = " ".join(f'data-{name}="{escape(value)}"' for name, value in names.items())
    page = (row.after or row.before or {}).get("page")
    head = f'<span class="kind">{label}</span><span>{escape(_layer(row))}</span><strong>{escape(row.error)}</strong><span>{escape(row.path)}</span>'
    head += f"<span>page {page}</span>" if page else ""
    return f'<article class="{label}" {data}><header>{head}</header><div class="side">{_sides(row)}</div></article>'


def _sides(row: Change) -> str:
    words = f"<blockquote>{escape(row.words)}</blockquote>" if row.words else '<p class="none">not known</p>'
    sides = [("Words of the document", words), ("Gold", _record(row.gold, row, row.after or row.before))]
    if row.turned != "is wrong":
        sides.append(("Found before", _record(row.before, row, row.gold)))
    sides.append(("Found" if row.turned == "is wrong" else "Found now", _record(row.after, row, row.gold)))
    return "".join(f"<section><h2>{title}</h2>{body}</section>" for title, body in sides)


def _record(fact: Mapping[str, Any] | None, row: Change, other: Mapping[str, Any] | None) -> str:
    if fact is None:
        return '<p class="none">none</p>'
    if row.error in WHOLE:
        names = [name for name in _order(row.layer) if name in fact]
    else:
        names = [*WITNESS[row.layer], *([row.error] if row.error != "evidence" else [])]
    items = []
    for name in dict.fromkeys(names):
        value, against = _told(fact.get(name)), _told(other.get(name)) if other else None
        if value is None and name != row.error:
            continue
        bad = ' class="bad"' if name == row.error else ""
        items.append(f"<dt>{escape(name)}</dt><dd{bad}>{_compared(value, against)}</dd>")
    return f"<dl>{''.join(items)}</dl>"


def _order(layer: str) -> list[str]:
    """Fields in one order on every side: what the record is known by first."""
    return [*WITNESS[layer], "lead", "support", *FIELDS[layer], "deadlines"]


def _told(value: Any) -> str | None:
    """A value as a person reads it; None where it says nothing."""
    if value is None or value == [] or value is False:
        return None
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {item}" for name, item in value.items() if item is not None and name not in HIDDEN)
    if isinstance(value, list):
        return "; ".join(str(_told(item) or "") for item in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _compared(value: str | None, other: str | None) -> str:
    """The value with the words marked that the other side has not."""
    if value is None:
        return '<span class="none">none</span>'
    if other is None or value == other:
        return escape(value)
    mine, theirs = value.split(), other.split()
    made = []
    for kind, start, end, _, _ in difflib.SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        words = escape(" ".join(mine[start:end]))
        if words:
            made.append(words if kind == "equal" else f"<mark>{words}</mark>")
    return " ".join(made)
