"""Data set x gold -> counts: what was found, what was missed, what is wrong, and with which evidence."""
