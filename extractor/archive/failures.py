"""What went wrong with a file, as the error its row will show."""

from __future__ import annotations

import signal
import traceback
from typing import Any

from extractor.errors import CrashedFile, LimitExceeded, ReadError

_DISK_FULL = frozenset({28, 122})  # errno of "no space left on device" and "disk quota exceeded"
REPORT = "please report it, with the file if it may be shared"


def reason_of(error: BaseException) -> ReadError:
    """The ReadError that an exception of any kind amounts to."""
    if isinstance(error, ReadError):
        return error
    if isinstance(error, MemoryError):
        return LimitExceeded("it needs more memory than a file may take", remedy="raise --max-memory")
    if isinstance(error, RecursionError):
        return LimitExceeded("it is nested too deeply", remedy="look at it in its own program")
    if isinstance(error, TimeoutError):
        return LimitExceeded(f"it took too long: {error}", remedy="raise --max-seconds")
    where = traceback.extract_tb(error.__traceback__)[-1:]
    at = f" at {where[0].name}:{where[0].lineno}" if where else ""
    return CrashedFile(f"unforeseen {type(error).__name__}: {str(error)[:300]}{at}", remedy=REPORT)


def is_disk_full(error: BaseException) -> bool:
    """Whether an error is no fault of a file: there is no room left to write."""
    return isinstance(error, OSError) and error.errno in _DISK_FULL


def died(code: int | None) -> ReadError:
    """Why a process that ended by itself, with exit code `code`, cost its file."""
    if code is not None and code < 0:
        try:
            name = signal.Signals(-code).name
        except ValueError:
            name = f"signal {-code}"
        return CrashedFile(f"the process reading it was ended by {name}", remedy=REPORT)
    return CrashedFile(f"the process reading it ended with code {code}", remedy=REPORT)


def is_killed(code: int | None) -> bool:
    """Whether a process that ended with exit code `code` did not end by itself but was killed."""
    return code is not None and -code == getattr(signal, "SIGKILL", None)


def too_slow(seconds: float) -> ReadError:
    """A file that was not done in time."""
    return LimitExceeded(f"not read in {seconds:g} seconds", remedy="raise --max-seconds")


def too_hungry(limit: int) -> ReadError:
    """A file whose reading took more memory than allowed (bytes)."""
    return LimitExceeded(f"reading it took more than {limit >> 20} MB of memory", remedy="raise --max-memory")


def too_large(row: dict[str, Any], size: int, limit: int) -> dict[str, Any]:
    """The `documents` row of a document whose tables are larger than allowed (bytes): failed, the rest as it was."""
    error = LimitExceeded(f"its tables take {size >> 20} MB, more than {limit >> 20}", remedy="raise --max-output")
    return {**row, "status": "failed", "error": f"{error.code}: {error}"} if row["status"] != "failed" else row
