"""Data set x gold -> counts: what was found, what was missed, what is wrong, and with which evidence."""

from extractor.scores.changes import Change, Fall, changes, errors, falls, strangers
from extractor.scores.counts import MATCHERS, Counts, Key
from extractor.scores.facts import LAYERS, Sheet, from_records, from_rows
from extractor.scores.figures import DocumentScore, Figure, Score, fields, figure, headlines, layers, outcomes
from extractor.scores.gold import Gold, GoldSet, pair, read_gold
from extractor.scores.judge import Outcome, judge
from extractor.scores.report import change_rows, failure_rows, field_rows, headline_rows, layer_rows, part_rows
from extractor.scores.saved import from_plain, load_score, machine, save_score, score_document, score_documents, score_tables, to_plain

__all__ = [
    "LAYERS", "MATCHERS", "Change", "Counts", "DocumentScore", "Fall", "Figure", "Gold", "GoldSet", "Key", "Outcome", "Score", "Sheet", "change_rows",
    "changes", "errors", "failure_rows", "falls", "field_rows", "fields", "figure", "from_plain", "from_records", "from_rows",
    "headline_rows", "headlines", "judge", "layer_rows", "layers", "load_score", "machine", "outcomes", "pair", "part_rows", "read_gold",
    "save_score", "score_document", "score_documents", "score_tables", "strangers", "to_plain",
]  # fmt: skip
