"""What can go wrong, as a tree; every error names the file, where known the page, and what to do.

VanbanError
├── ReadError                a file that cannot be read, or not wholly (one row with its reason; never stops a batch)
│   ├── MissingFile          E_MISSING     no such file, or no permission to read it
│   ├── EmptyFile            E_EMPTY       zero bytes, or no page and no word in it
│   ├── UnknownFormat        E_FORMAT      content of no format we read
│   ├── BrokenFile           E_BROKEN      the format is known, the content is damaged
│   ├── EncryptedFile        E_ENCRYPTED   needs a password
│   ├── MissingTool          E_TOOL        needs a program that is not installed (LibreOffice, Tesseract)
│   ├── LimitExceeded        E_LIMIT       too large, too long, too deep
│   └── CrashedFile          E_CRASH       the process reading it died, or an unforeseen error
├── PatternError             E_PATTERN     a pattern file that does not hold together
├── DatasetError             E_DATASET     a data set that cannot be opened, written or queried
│   └── DatasetLocked        E_LOCKED      another run is writing to it
└── GoldError                E_GOLD        labels that do not fit their documents (all problems in one go)
"""

from __future__ import annotations

from typing import Any


class VanbanError(Exception):
    """Base of every error raised on purpose.

    `reason` says what is wrong, `file` and `page` (1-based) where, `remedy` what to do about it.
    """

    code = "E_VANBAN"

    def __init__(self, reason: str, *, file: str | None = None, page: int | None = None, remedy: str | None = None):
        self.reason, self.file, self.page, self.remedy = reason, file, page, remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        where = "" if self.file is None else f"{self.file}: "
        where += "" if self.page is None else f"page {self.page}: "
        remedy = "" if self.remedy is None else f" ({self.remedy})"
        return f"{where}{self.reason}{remedy}"

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.reason, {"file": self.file, "page": self.page, "remedy": self.remedy})


def _rebuild(kind: type[VanbanError], reason: str, rest: dict[str, Any]) -> VanbanError:
    return kind(reason, **rest)


class ReadError(VanbanError):
    code = "E_READ"


class MissingFile(ReadError):
    code = "E_MISSING"


class EmptyFile(ReadError):
    code = "E_EMPTY"


class UnknownFormat(ReadError):
    code = "E_FORMAT"


class BrokenFile(ReadError):
    code = "E_BROKEN"


class EncryptedFile(ReadError):
    code = "E_ENCRYPTED"


class MissingTool(ReadError):
    code = "E_TOOL"


class LimitExceeded(ReadError):
    code = "E_LIMIT"


class CrashedFile(ReadError):
    code = "E_CRASH"


class PatternError(VanbanError):
    code = "E_PATTERN"


class DatasetError(VanbanError):
    code = "E_DATASET"


class DatasetLocked(DatasetError):
    code = "E_LOCKED"


class GoldError(VanbanError):
    code = "E_GOLD"
