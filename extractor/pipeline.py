"""The rooms in order, for one file; nothing else."""

from __future__ import annotations

import sys
from dataclasses import replace
from types import ModuleType
from typing import Any, TypeVar

from extractor.finders.marks import Marks
from extractor.finders.mentions import find_mentions
from extractor.finders.parts import find_parts
from extractor.model import Citation, Document, Duty, Indicator, Records, Task
from extractor.readers import read
from extractor.readers.formats import ReadOptions, Source
from extractor.records.citations import record_citations
from extractor.records.duties import record_duties
from extractor.records.findings import record_findings
from extractor.records.header import record_header
from extractor.records.indicators import record_table_indicators
from extractor.records.narrative import record_narrative_tasks
from extractor.records.quantities import record_quantities
from extractor.records.reading import unread
from extractor.records.tables import view
from extractor.records.tasks import record_table_tasks, reported_year

Fact = TypeVar("Fact", Citation, Task, Indicator, Duty)


def record(document: Document) -> Records:
    """What the document says: header, citations, tasks, indicators, duties, mentions, findings, each in reading order."""
    header = record_header(document)
    views = [view(document, table) for table in document.tables]
    parts = find_parts(document)
    marks = Marks(document, reported_year(header), header.issued_on)
    records = Records(
        header=header,
        citations=record_citations(document, parts, marks, header),
        tasks=_in_order(record_table_tasks(document, views, header) + record_narrative_tasks(document, parts, header, marks)),
        indicators=_in_order(record_table_indicators(document, views, header) + record_quantities(document, parts, header, marks)),
        duties=record_duties(document, parts, header, marks),
        mentions=find_mentions(document, marks),
    )
    return replace(records, findings=(*record_findings(document, records, views), *unread(marks)))


def _in_order(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return tuple(sorted(facts, key=lambda fact: fact.evidence.span.start))


def run(source: Source, options: ReadOptions = ReadOptions()) -> tuple[Document, Records]:
    """Read a file and record what it says.

    Raises: ReadError where the file cannot be read at all.
    """
    document = read(source, options)
    return document, record(document)


class _Room(ModuleType):
    """This module, when called (`extractor.pipeline()`), gives the finders as a spaCy pipeline: room and function share the name."""

    def __call__(self, period: str | None = None, issued_on: str | None = None) -> Any:
        from extractor.finders.language import pipeline

        return pipeline(period, issued_on)


sys.modules[__name__].__class__ = _Room
