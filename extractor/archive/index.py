"""What a data set already holds, by file and by content: a private SQLite database built from the data set's own rows.

It is no second truth: it lives in memory or a temporary file for the length of one run, so nothing can get out of step with
the parts, however a run ends.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from extractor.dataset import Dataset

_SCHEMA = """
CREATE TABLE files (file TEXT PRIMARY KEY, sha256 TEXT, size INT, mtime_ns INT, key TEXT, limits TEXT, state TEXT, stored INT, seen INT DEFAULT 0)
    WITHOUT ROWID;
CREATE TABLE refs (file TEXT, doc_id TEXT, PRIMARY KEY (file, doc_id)) WITHOUT ROWID;
CREATE TABLE contents (doc_id TEXT PRIMARY KEY, key TEXT, fresh INT) WITHOUT ROWID;
"""
_INDEXES = "CREATE INDEX by_content ON files (sha256); CREATE INDEX by_size ON files (size); CREATE INDEX by_doc ON refs (doc_id);"

_FILES = """
SELECT file, any_value(file_sha256), any_value(file_size), any_value(file_mtime_ns), any_value(extractor_version), any_value(options),
    CASE WHEN bool_or(status = 'failed') THEN coalesce(min(split_part(error, ':', 1)) FILTER (status = 'failed'), 'failed')
         WHEN bool_or(status = 'partial') THEN 'partial' ELSE 'ok' END
FROM documents GROUP BY file
"""
_DOCS = "SELECT file, doc_id, extractor_version, options FROM documents WHERE status <> 'failed'"


@dataclass(frozen=True, slots=True)
class Known:
    """A file as last extracted; `state` is `ok`, `partial` or the code of its failure; `stored`: its rows are in the data set already."""

    file: str
    sha256: str | None
    size: int | None
    mtime_ns: int | None
    key: str
    limits: str
    state: str
    stored: int
    seen: int


class Index:
    """Lookups and changes in a few microseconds each, whatever the number of files."""

    def __init__(self, dataset: Dataset | None) -> None:
        self.db = sqlite3.connect("", isolation_level=None)  # "": a temporary file that SQLite removes, used only when memory is short
        self.db.execute("PRAGMA journal_mode = OFF")
        self.db.executescript(_SCHEMA)
        if dataset is not None:
            self._fill(dataset)
        self.db.executescript(_INDEXES)
        self.db.execute("BEGIN")  # never ended: nobody else reads it, and a transaction for every statement takes longer than the statement

    def _fill(self, dataset: Dataset) -> None:
        self.db.execute("BEGIN")
        rows = ((*row[:4], *split_options(row[4], row[5]), row[6]) for row in _tuples(dataset, _FILES))
        self.db.executemany("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, 1, 0)", rows)
        for file, doc_id, version, options in _tuples(dataset, _DOCS):
            self.db.execute("INSERT OR IGNORE INTO refs VALUES (?, ?)", (file, doc_id))
            self.db.execute("INSERT OR IGNORE INTO contents VALUES (?, ?, 0)", (doc_id, split_options(version, options)[0]))
        self.db.execute("COMMIT")

    def file(self, path: str) -> Known | None:
        """What is known of a path."""
        return self._one("file = ?", path)

    def twin(self, sha256: str) -> Known | None:
        """A file of the same bytes whose rows are in the data set."""
        return self._one("sha256 = ? AND stored = 1 ORDER BY seen, file", sha256)

    def _one(self, where: str, value: object) -> Known | None:
        columns = "file, sha256, size, mtime_ns, key, limits, state, stored, seen"
        row = self.db.execute(f"SELECT {columns} FROM files WHERE {where} LIMIT 1", (value,)).fetchone()  # noqa: S608 (our own words)
        return None if row is None else Known(*row)

    def has_size(self, size: int) -> bool:
        """Whether any known file has so many bytes; only then can it be the same as another."""
        return self.db.execute("SELECT 1 FROM files WHERE size = ? LIMIT 1", (size,)).fetchone() is not None

    def see(self, path: str) -> bool:
        """Note that a path was met in this run; False where it was met before."""
        row = self.db.execute("SELECT seen FROM files WHERE file = ?", (path,)).fetchone()
        if row is None:
            self.db.execute("INSERT INTO files (file, stored, seen) VALUES (?, 0, 1)", (path,))
        elif not row[0]:
            self.db.execute("UPDATE files SET seen = 1 WHERE file = ?", (path,))
        return row is None or not row[0]

    def hold(self, path: str, twin: str) -> None:
        """Note that a file will get the rows of its twin, so that their content is not given up meanwhile."""
        self.db.execute("INSERT OR IGNORE INTO refs SELECT ?, doc_id FROM refs WHERE file = ?", (path, twin))

    def put(self, known: Known, doc_ids: Iterable[str]) -> list[str]:
        """Take in a file's new rows. Returns the documents that no file refers to any more."""
        old = self._refs(known.file)
        values = (known.file, known.sha256, known.size, known.mtime_ns, known.key, known.limits, known.state)
        self.db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, 0, 1)", values)
        self.db.execute("DELETE FROM refs WHERE file = ?", (known.file,))
        self.db.executemany("INSERT OR IGNORE INTO refs VALUES (?, ?)", [(known.file, doc_id) for doc_id in doc_ids])
        return self._orphans(old)

    def drop(self, path: str) -> list[str]:
        """Forget a file. Returns the documents that no file refers to any more."""
        old = self._refs(path)
        self.db.execute("DELETE FROM files WHERE file = ?", (path,))
        self.db.execute("DELETE FROM refs WHERE file = ?", (path,))
        return self._orphans(old)

    def _refs(self, path: str) -> list[str]:
        return [doc_id for (doc_id,) in self.db.execute("SELECT doc_id FROM refs WHERE file = ?", (path,))]

    def _orphans(self, doc_ids: Iterable[str]) -> list[str]:
        lost = [d for d in doc_ids if self.db.execute("SELECT 1 FROM refs WHERE doc_id = ? LIMIT 1", (d,)).fetchone() is None]
        return [d for d in lost if self.db.execute("DELETE FROM contents WHERE doc_id = ?", (d,)).rowcount]

    def content(self, doc_id: str) -> tuple[str, bool] | None:
        """The key a document's content was extracted under, and whether that was in this run; None where there is none."""
        row = self.db.execute("SELECT key, fresh FROM contents WHERE doc_id = ?", (doc_id,)).fetchone()
        return None if row is None else (row[0], bool(row[1]))

    def put_content(self, doc_id: str, key: str) -> None:
        """Note that a document's content is written now."""
        self.db.execute("INSERT OR REPLACE INTO contents VALUES (?, ?, 1)", (doc_id, key))

    def unseen(self) -> Iterable[str]:
        """The files of the data set that this run has not met."""
        return [file for (file,) in self.db.execute("SELECT file FROM files WHERE seen = 0 ORDER BY file")]


def _tuples(dataset: Dataset, sql: str) -> Iterable[tuple[object, ...]]:
    for batch in dataset.arrow(sql).to_batches(max_chunksize=50_000):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def join_options(options: str, limits: str) -> str:
    """The `options` column: what shapes every result, and after a bar the limits, which matter only where one was met."""
    return f"{options} | {limits}"


def split_options(version: object, options: object) -> tuple[str, str]:
    """The key of a row (version and options) and its limits."""
    first, _, limits = str(options or "").partition(" | ")
    return f"{version} {first}", limits
