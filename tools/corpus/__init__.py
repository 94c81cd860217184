"""Sample documents: what they say and what is true of them (`sources/`), and how each format is written."""
