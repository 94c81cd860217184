"""The gold of a source: what its author labelled beside its words, in the form of gold/GUIDELINES.md."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.markup import Marked, iso, measured, parse
from corpus.write import INHERIT, Block, Row, Source, Table, Task, deadline, names

LAYERS = ["header", "tasks", "indicators", "citations", "duties"]
TRIVIAL = {"continuous"}


@dataclass
class _Heading:
    level: float
    text: str
    lead: list[str] | None
    area: str | None
    names_subject: bool


@dataclass
class _Pen:
    """What has been labelled so far, and the headings that hold at this point."""

    period: str | None
    gold: dict = field(default_factory=lambda: {"tasks": [], "indicators": [], "citations": [], "duties": []})
    path: list[_Heading] = field(default_factory=list)

    def say(self, text: str) -> str:
        """Note the citations and quantities marked in `text`; returns its plain words."""
        marked = parse(text)
        self._note(marked)
        return marked.plain

    def _note(self, marked: Marked) -> None:
        self.gold["citations"] += marked.citations
        for quantity in marked.quantities:
            period = self.period if quantity["period"] == "=" else quantity["period"]
            self.gold["indicators"].append({**quantity, "period": period or None})
        for note in marked.notes.values():
            self._note(note)

    def parent(self) -> str | None:
        return next((one.text for one in reversed(self.path) if one.names_subject), None)

    def lead(self) -> list[str]:
        return next((one.lead for one in reversed(self.path) if one.lead is not None), [])

    def area(self) -> str | None:
        return next((one.area for one in reversed(self.path) if one.area), None)


def fold(text: str) -> str:
    return " ".join(text.split())


def gold(source: Source) -> dict:
    """Header and layers of `source`; the file names and hashes are added by whoever writes it."""
    head = header(source)
    pen = _Pen(head["period"] if source.measured == INHERIT else source.measured)
    for text in [*source.title, *source.authority, *source.addressees]:
        pen.say(text)
    for block in source.body:
        _block(block, pen)
    for line in source.recipients:
        pen.say(line)
    for annex in source.annexes:
        pen.path = []
        for line in [*annex.lines, annex.tie]:
            pen.say(line)
        for block in annex.body:
            _block(block, pen)
    return {"complete": LAYERS, "header": head, **pen.gold}


def header(source: Source) -> dict:
    """The header as printed, overruled by what the author said of it."""
    plain = [fold(parse(line).plain) for line in source.title]
    printed = {
        "doc_type": None,
        "number": re.sub(r"\s+", "", source.number) or None,
        "title": " ".join(plain) or None,
        "issuer": None,
        "place": source.place or None,
        "issued_on": iso(source.dated) if re.search(r"\d+\D+\d+\D+\d{4}", source.dated) else None,
        "addressees": [parse(line).plain.strip(" ;.-") for line in source.addressees],
        "recipients": [parse(line).plain.strip(" ;.-") for line in source.recipients],
        "signer": source.signer,
        "signer_title": source.signing[-1] if source.signing else None,
        "signing_mode": " ".join(re.findall(r"^(TM\.|KT\.|TL\.|TUQ\.|Q\.)", "\n".join(source.signing), re.MULTILINE)) or None,
        "period": str(source.year),
    }
    if source.signing and re.match(r"(TM|KT|TL|TUQ|Q)\.", source.signing[-1]):
        printed["signer_title"] = source.signing[-1].split(".", 1)[1].strip()
    return {**printed, **source.header}


def _block(block: Block, pen: _Pen) -> None:
    if block.kind == "box":
        for inside in block.inside:
            _block(inside, pen)
        return
    if block.kind == "table":
        _table(block.table, pen)
        pen.gold["duties"] += block.duties
        return
    if block.marker or block.kind == "heading":
        pen.path = [one for one in pen.path if one.level < block.level]
    text = fold(pen.say(block.text))
    pen.gold["tasks"] += [_task(one, block.marker or None, text, pen) for one in block.task]
    pen.gold["duties"] += block.duties
    if block.kind == "heading":
        lead = None if block.lead is None else [text.rstrip(" :")] if block.lead == INHERIT else names(block.lead)
        pen.path.append(_Heading(block.level, text.rstrip(" :.;"), lead, block.area, block.names_subject))


def _task(task: Task, code: str | None, text: str, pen: _Pen) -> dict:
    return {
        "origin": "narrative",
        "code": code if task.code == INHERIT else task.code,
        "text": task.text or text,
        "area": pen.area() if task.area == INHERIT else task.area,
        "parent": pen.parent() if task.parent == INHERIT else task.parent,
        "lead": pen.lead() if task.lead == INHERIT else names(task.lead),
        "support": names(task.support),
        "product": task.product,
        "deadlines": [deadline(one) for one in task.deadlines],
        "status_text": task.status_text,
        "status": task.status,
    }


# ---- tables ----------------------------------------------------------------------------------------------------


def _table(table: Table, pen: _Pen) -> None:
    for row in table.head:
        for cell in row:
            pen.say(cell if isinstance(cell, str) else cell[0])
    pen.say(table.note)
    under: dict = {"heading": pen.parent(), "area": pen.area(), "parent": None, "code": ""}
    for index, row in enumerate(table.rows):
        for col in range(len(table.roles)):
            if merged_in(table, index, col) is None:
                pen.say(row.cells[col])
        full = [fold(parse(merged(table, index, col)).plain) for col in range(len(table.roles))]
        _row(table, row, full, under, pen)
        for (at, _col), nested in table.nested.items():
            if at == index:
                _table(nested, pen)


def merged_in(table: Table, row: int, col: int) -> int | None:
    """The row a cell is joined upwards to, if any."""
    for column, first, rows in table.merges:
        if column == col and first < row < first + rows:
            return first
    return None


def merged(table: Table, row: int, col: int) -> str:
    above = merged_in(table, row, col)
    return table.rows[row if above is None else above].cells[col]


def _row(table: Table, row: Row, cells: list[str], under: dict, pen: _Pen) -> None:
    code, text = _cell(table, cells, "code"), _cell(table, cells, "text") or _cell(table, cells, "label")
    if row.kind == "area":
        under |= {"heading": row.said.get("heading", text), "area": row.said["area"], "parent": None, "code": ""}
    elif row.kind == "parent":
        under |= {"parent": (text or "").rstrip(" :."), "code": (code or "").rstrip(".")}
    elif row.kind == "task":
        if under["parent"] and not (code in {None, "-", "+", ""} or (code or "").startswith(under["code"] + ".")):
            under |= {"parent": None, "code": ""}
        pen.gold["tasks"].append(_table_task(table, row, cells, under))
        pen.gold["duties"] += row.said.get("duties", [])
    elif row.kind == "form":
        pen.gold["indicators"] += _measures(table, row, cells, pen.period)


def _cell(table: Table, cells: list[str], role: str) -> str | None:
    return next((cell for cell, one in zip(cells, table.roles, strict=True) if one == role and cell), None)


def _bodies(said: str | None, cell: str | None) -> list[str]:
    """Labelled agencies; an unlabelled cell counts as one body and must look like one."""
    if said is not None:
        return [cell or ""] if said == INHERIT else names(said)
    if cell is None:
        return []
    if re.search(r"[;,:/]| và ", cell):
        raise ValueError(f"say by hand which bodies these are: {cell!r}")
    return [cell]


def _times(said: str | None, cell: str | None) -> list[dict]:
    if said == "":
        return []
    if said is None:
        if cell is None:
            return []
        raise ValueError(f"say by hand what time this is: {cell!r}")
    return [deadline(one.strip(), cell) if one.strip() not in TRIVIAL else deadline(f"{one.strip()}|-", cell) for one in said.split(" & ")]


def _table_task(table: Table, row: Row, cells: list[str], under: dict) -> dict:
    said = row.said
    lead = _bodies(said.get("l"), _cell(table, cells, "lead"))
    text = said.get("text", _cell(table, cells, "text"))
    return {
        "origin": "table",
        "code": said.get("code", _cell(table, cells, "code")),
        "text": text,
        "area": said.get("area", under["area"]),
        "parent": said.get("parent", under["parent"] or under["heading"]),
        "lead": lead,
        "support": _bodies(said.get("s"), _cell(table, cells, "support")),
        "product": said.get("product", _cell(table, cells, "product")),
        "deadlines": _times(said.get("t"), _cell(table, cells, "time")),
        "status_text": _cell(table, cells, "status"),
        "status": said.get("st"),
    }


def _measures(table: Table, row: Row, cells: list[str], period: str | None) -> list[dict]:
    said = row.said
    shape = {
        "origin": "table",
        "form": table.form,
        "code": _cell(table, cells, "code"),
        "label": said.get("label", _cell(table, cells, "label")),
        "unit": said.get("unit", _cell(table, cells, "unit") or table.unit),
        "note": said.get("note", _cell(table, cells, "note")),
        "approx": said.get("ap"),
    }
    values = [(col, role) for col, role in enumerate(table.roles) if role.split(":")[0] == "value"]
    if table.blank:
        empty = {"period": None, "value_text": None, "value": None, "numerator": None, "denominator": None, "blank": True}
        return [{**shape, **empty, "columns": [_leaf(table, col) for col, _ in values]}]
    return [{**shape, **_valued(cells[col], role, said, period)} for col, role in values]


def _valued(cell: str, role: str, said: dict, period: str | None) -> dict:
    of = role.partition(":")[2]
    hand = {key.removesuffix(f"@{of}"): value for key, value in said.items() if key.partition("@")[2] in {"", of}}
    empty = {"value": None, "numerator": None, "denominator": None}
    return {"period": of or period, "value_text": cell or None, **(measured(cell, hand) if cell else empty), "blank": not cell}


def _leaf(table: Table, col: int) -> str:
    """The lowest heading over a column, folded to one line."""
    taken: dict[tuple[int, int], str] = {}
    for level, row in enumerate(table.head):
        at = 0
        for cell in row:
            text, wide, deep = (cell, 1, 1) if isinstance(cell, str) else cell
            while (level, at) in taken:
                at += 1
            for down in range(deep):
                for across in range(wide):
                    taken[level + down, at + across] = fold(parse(text).plain)
            at += wide
    return taken[len(table.head) - 1, col]
