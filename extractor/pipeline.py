"""The rooms in order, for one file; nothing else."""

from __future__ import annotations

from dataclasses import replace

from extractor.model import Document, Records
from extractor.readers import ReadOptions, Source, read
from extractor.records.citations import record_citations
from extractor.records.findings import record_findings
from extractor.records.header import record_header
from extractor.records.indicators import record_table_indicators
from extractor.records.tables import view
from extractor.records.tasks import record_table_tasks


def record(document: Document) -> Records:
    """What the document says: header, citations, tasks, indicators, duties, mentions, findings."""
    header = record_header(document)
    views = [view(document, table) for table in document.tables]
    records = Records(
        header=header,
        citations=record_citations(document),
        tasks=record_table_tasks(document, views, header),
        indicators=record_table_indicators(document, views, header),
    )
    return replace(records, findings=record_findings(document, records, views))


def run(source: Source, options: ReadOptions = ReadOptions()) -> tuple[Document, Records]:
    """Read a file and record what it says.

    Raises: ReadError where the file cannot be read at all.
    """
    document = read(source, options)
    return document, record(document)
