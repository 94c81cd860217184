"""Document → header, citations, tasks, indicators, duties, findings: one file each."""
