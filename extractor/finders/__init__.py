"""Text → mentions: agencies, dates, quantities, citations, roles, as components of a spaCy pipeline."""
