"""Mends what page breaks tear: table parts become one logical table, paragraph halves one paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, takewhile

from extractor.layout.captions import caption_grids
from extractor.layout.flattened import MOST_HEADS, find_flattened, heads_end
from extractor.layout.heads import heading_role
from extractor.layout.markers import find_marker
from extractor.layout.parts import join_tables
from extractor.layout.pieces import Grid, Paragraph, Piece
from extractor.layout.sentences import FINAL, glue, hangs, shouts, small, unclosed


def mend(pieces: Sequence[Piece]) -> list[Piece]:
    """The same pieces with torn tables and paragraphs joined, heads of tables marked and their captions set."""
    return caption_grids(join_paragraphs(join_tables(raise_flattened(pieces))))


def raise_flattened(pieces: Sequence[Piece]) -> list[Piece]:
    """Runs of paragraphs that are a table printed one cell a paragraph made a grid; page furniture among them comes behind."""
    out: list[Piece] = []
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        if isinstance(piece, Paragraph) and len(piece.passage.text) <= 12 and heading_role(piece.passage.text) == "ordinal":
            run = takewhile(lambda k: not isinstance(pieces[k], Grid), range(index, len(pieces)))
            texts = ((k, p.passage) for k in run if isinstance(p := pieces[k], Paragraph))
            lines = list(islice(texts, MOST_HEADS + 1))  # the heads first: most such words open no table
            if heads_end([p for _, p in lines], 0) is not None:
                lines += texts
                found = find_flattened([p for _, p in lines], 0)
            else:
                found = None
            if found:
                last = lines[found[1] - 1][0]
                out.append(replace(found[0], page=piece.page))
                out += [p for p in pieces[index : last + 1] if not isinstance(p, Paragraph)]
                index = last + 1
                continue
        out.append(piece)
        index += 1
    return out


def join_paragraphs(pieces: Sequence[Piece]) -> list[Piece]:
    """Halves of paragraphs joined; footnotes and furniture that stood between them come after."""
    out: list[Piece] = []
    last: int | None = None  # where in `out` the paragraph stands that the next one may go on with
    for piece in pieces:
        if isinstance(piece, Paragraph):
            before = out[last] if last is not None else None
            if isinstance(before, Paragraph) and last is not None and is_torn(before, piece, apart=last < len(out) - 1):
                out[last] = replace(before, passage=glue(before.passage, piece.passage), complete=piece.complete)
                continue
            last = len(out)
        elif isinstance(piece, Grid):
            last = None
        out.append(piece)
    return out


def is_torn(first: Paragraph, second: Paragraph, apart: bool) -> bool:
    """Whether `second` goes on with `first`; `apart`: a page's foot or head stood between them."""
    a, b = first.passage.text.rstrip(), second.passage.text.lstrip()
    if not a or not b:
        return False
    if not first.complete:
        return True
    if find_marker(b) or shouts(a) or shouts(b) or (bool(first.bold) != bool(second.bold) and len(a) < 150) or second.level is not None:
        return False
    if unclosed(a) and not FINAL.search(a) and 0 <= b.find(")") < (b.find("(") if "(" in b else len(b)):
        return True
    apart = apart or (first.page is not None and second.page is not None and second.page > first.page)
    if a.endswith(",") and len(a) > 20 and not (b.endswith(":") and len(b) < 30):  # "…, / Quyết định:"
        return True
    if FINAL.search(a):
        return apart and a.endswith(";") and small(b) and len(a) > 60
    if small(b):
        return len(a) > 40 or apart
    return apart and (len(a) > 120 or (len(a) > 60 and hangs(a)))
