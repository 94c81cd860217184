"""Many files: discovery, limits per file, resume."""

from extractor.archive.run import RunOptions, Summary, run

__all__ = ["RunOptions", "Summary", "run"]
