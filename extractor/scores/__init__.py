"""Data set x gold -> counts: what was found, what was missed, what is wrong, and with which evidence."""

from extractor.scores.changes import Change, Fall, changes, errors, falls, strangers
from extractor.scores.counts import MATCHERS, Counts, Key
from extractor.scores.facts import Sheet, from_records, from_rows
from extractor.scores.figures import DocumentScore, Figure, Score, fields, figure, headlines, layers, outcomes
from extractor.scores.gold import Gold, GoldSet, pair, read_gold
from extractor.scores.judge import Outcome, judge
from extractor.scores.saved import from_plain, load_score, machine, save_score, score_document, score_documents, to_plain

__all__ = [
    "MATCHERS", "Change", "Counts", "DocumentScore", "Fall", "Figure", "Gold", "GoldSet", "Key", "Outcome", "Score", "Sheet",
    "changes", "errors", "falls", "fields", "figure", "from_plain", "from_records", "from_rows", "headlines", "judge", "layers", "load_score",
    "machine", "outcomes", "pair", "read_gold", "save_score", "score_document", "score_documents", "strangers", "to_plain",
]  # fmt: skip
