"""Finished files on their way into the data set: collected, then committed together."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable
from typing import Any

from extractor import dataset
from extractor.archive.index import Index, Known, join_options, split_options
from extractor.archive.inputs import Found
from extractor.archive.supervised import Outcome

BATCH_FILES = 1000
BATCH_BYTES = 64 << 20
BATCH_SECONDS = 15.0  # what a power cut may cost at most


class Batch:
    """Collects rows and what they make dead; `commit` writes them and begins anew."""

    def __init__(self, writer: dataset.Writer, index: Index, options: str, limits: str) -> None:
        from extractor import __version__

        self.writer, self.index, self.options = writer, index, join_options(options, limits)
        self.key = split_options(__version__, self.options)[0]
        self._begin()

    def _begin(self) -> None:
        self.documents: list[dict[str, Any]] = []
        self.tables: dict[str, list[Any]] = {}
        self.gone: set[str] = set()
        self.stale: set[str] = set()
        self.files = self.bytes = 0
        self.started = time.monotonic()

    def due(self) -> bool:
        """Whether it is time to commit."""
        late = time.monotonic() - self.started > BATCH_SECONDS
        return self.files >= BATCH_FILES or self.bytes >= BATCH_BYTES or (late and self.files > 0)

    def add(self, outcome: Outcome) -> None:
        """Take in what came of a file; content that another file of the same bytes brought already is not written twice."""
        task, rows = outcome.task, outcome.documents
        told = {"file": task.path, "file_size": task.size, "file_mtime_ns": task.mtime_ns, "file_sha256": outcome.digest, "options": self.options}
        new = {row["doc_id"] for row in rows if row["status"] != "failed"}
        written = {doc_id for doc_id in new if self._is_fresh(doc_id)}
        for doc_id in new - written:
            if self.index.content(doc_id) is not None:
                self.stale.add(doc_id)
            self.index.put_content(doc_id, self.key)
        self._take_rows([{**row, **told} for row in rows])
        self._take_tables(outcome, written if written else None)

    def _is_fresh(self, doc_id: str) -> bool:
        found = self.index.content(doc_id)
        return found is not None and found[1]

    def add_rows(self, rows: list[dict[str, Any]]) -> None:
        """Take in documents rows whose content is in the data set already; all of one file."""
        self._take_rows(rows)

    def _take_rows(self, rows: list[dict[str, Any]]) -> None:
        first, file = rows[0], rows[0]["file"]
        codes = [str(row["error"]).split(":")[0] for row in rows if row["status"] == "failed"]
        state = min(codes) if codes else "partial" if any(row["status"] == "partial" for row in rows) else "ok"
        before = self.index.file(file)
        if before is not None and before.stored:
            self.gone.add(file)
        key, limits = split_options(first["extractor_version"], first["options"])
        known = Known(file, first.get("file_sha256"), first["file_size"], first["file_mtime_ns"], key, limits, state, 0, 1)
        self.stale.update(self.index.put(known, {row["doc_id"] for row in rows if row["status"] != "failed"}))
        self.documents += rows
        self.files += 1

    def _take_tables(self, outcome: Outcome, without: Collection[str] | None) -> None:
        import pyarrow as pa
        import pyarrow.compute as pc

        at, body = 0, memoryview(outcome.body)
        for table, size in outcome.tables.items():
            rows = dataset.from_message(table, body[at : at + size])
            at += size
            if without:
                rows = rows.filter(pc.invert(pc.is_in(rows["doc_id"], pa.array(sorted(without), pa.string()))))
            self.tables.setdefault(table, []).append(rows)
        self.bytes += len(body)

    def bury(self, files: Iterable[str]) -> None:
        """Take files out of the data set."""
        for file in files:
            self.gone.add(file)
            self.stale.update(self.index.drop(file))
            self.files += 1

    def commit(self) -> int:
        """Write what was collected; the number of documents.

        Raises: OSError where the disk is full; nothing of the batch counts then.
        """
        if not (self.documents or self.gone or self.stale):
            return 0
        import pyarrow as pa

        tables = {table: dataset.arrow_schema(table).empty_table() for table in dataset.TABLES}
        tables |= {table: pa.concat_tables(pieces) for table, pieces in self.tables.items()}
        tables |= dataset.to_arrow({"documents": self.documents})
        self.writer.commit(tables, gone=self.gone, stale=self.stale)
        count = len(self.documents)
        self._begin()
        return count


def failed(found: Found) -> Outcome:
    """The outcome of a file that is known beforehand not to be readable."""
    from extractor import __version__
    from extractor.archive.supervised import Task

    assert found.problem is not None
    row = dataset.failed_row(found.path, found.problem, extractor_version=__version__, seconds=0.0)
    return Outcome(Task(found.name, found.path, found.size, found.mtime_ns), [row])
