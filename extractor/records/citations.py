"""Document → citations: block by block and cell by cell, footnotes included, the document's own number left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from extractor.finders.citations import Cite
from extractor.finders.marks import Marks
from extractor.model import Block, Citation, Document, Evidence, Header, Span

LEAD_IN = regex.compile(r"(?i)(?:căn cứ|thực hiện|triển khai|theo|tại|quán triệt|thi hành)\b.{0,120}:\s*$")


def record_citations(
    document: Document, parts: Sequence[str | None] | None = None, marks: Marks | None = None, header: Header | None = None
) -> tuple[Citation, ...]:
    """Every mention of another document, in reading order; repeated mentions are separate.

    The number in the letterhead, or in the title (which `header` tells), is the document's own and no citation; the annex line
    "Kèm theo Kế hoạch số …" is one.
    """
    found = _mentions(parts, marks or Marks(document))
    return tuple(_citation(document, start, cite) for start, cite in found if header is None or not _heads(header, start, cite))


def _heads(header: Header, start: int, cite: Cite) -> bool:
    """Whether the number is the document's own, told among its particulars: "QUYẾT ĐỊNH SỐ 60/QĐ-UBND NGÀY …"."""
    told = header.evidence.get("number")
    if told is None or header.number is None or cite.number is None or header.number.upper() != cite.number.upper():
        return False
    return start + cite.start < told.span.end and told.span.start < start + cite.end


def _mentions(parts: Sequence[str | None] | None, marks: Marks) -> Iterator[tuple[int, Cite]]:
    document, lead = marks.document, None
    for block in document.blocks:
        if block.kind == "furniture":
            continue
        if parts is not None and parts[block.block_id] == "letterhead" and block.kind != "table":
            continue
        for span in _units(document, block):
            for cite in marks.citations(span):
                text = marks.text(span)
                if not _is_own_number(text, cite):
                    yield span.start, _led(text, cite, lead)
        if block.kind != "list_item":
            lead = document.text[max(block.span.start, block.span.end - 160) : block.span.end]


def _units(document: Document, block: Block) -> Iterator[Span]:
    if block.table_id is None:
        yield block.body
    else:
        yield from (cell.span for cell in document.tables[block.table_id].cells)


def _is_own_number(text: str, cite: Cite) -> bool:
    """ "Số: 60/KH-UBND" in the letterhead: no type's name before, no date right behind."""
    return text.startswith("Số", cite.start) and cite.issued_on is None and cite.issuer is None


def _led(text: str, cite: Cite, lead: str | None) -> Cite:
    """An item of a list under "Căn cứ các văn bản sau:" takes its relation from there."""
    if cite.trigger is None and lead is not None and LEAD_IN.search(lead) and not text[: cite.start].strip(" -+•–*"):
        return replace(cite, relation="basis")
    return cite


def _citation(document: Document, start: int, cite: Cite) -> Citation:
    span = Span(start + cite.start, start + cite.end)
    evidence = Evidence(span, document.confidence(span), "citations.number")
    text = " ".join(document.quote(span).split())
    return Citation(text, cite.doc_type, cite.number, cite.issued_on, cite.issuer, cite.relation, evidence)
