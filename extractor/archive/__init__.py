"""Many files: discovery, supervised reading, resume, on one machine or a cluster."""

from extractor.archive.run import RunOptions, Summary, run
from extractor.archive.supervised import Limits

__all__ = ["Limits", "RunOptions", "Summary", "run"]
