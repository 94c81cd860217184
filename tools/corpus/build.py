# ruff: noqa: E501 - tables and markup read better unbroken
"""Which sources there are, and which writer makes which file."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from pathlib import Path

from corpus import sources as folder
from corpus.write import Rendering, Source

MADE_HERE = {"text", "docx", "html", "xlsx", "rtf", "reportlab", "ooxml", "htmldoc", "container"}  # what comes out the same byte for byte


@cache
def sources() -> tuple[Source, ...]:
    """Every source, by id."""
    found = [importlib.import_module(f"corpus.sources.{module.name}") for module in pkgutil.iter_modules(folder.__path__)]
    made = [source for module in found for source in module.SOURCES]
    return tuple(sorted(made, key=lambda source: source.id))


def file_name(source: Source, rendering: Rendering) -> str:
    """The file of a rendering, relative to the corpus."""
    return f"{rendering.format}/{source.id}{rendering.name}.{rendering.format}"


def made(source: Source, rendering: Rendering, corpus: Path) -> bytes:
    """The bytes of a rendering."""
    writer = importlib.import_module(f"corpus.{WRITERS.get(rendering.by, 'outside')}")
    said = rendering.options if rendering.by in WRITERS else {"by": rendering.by, **rendering.options}
    return writer.write(source, said)


WRITERS = {"text": "as_text", "docx": "as_docx", "html": "as_html", "xlsx": "as_xlsx", "rtf": "as_rtf", "reportlab": "as_pdf", "ooxml": "as_docx", "htmldoc": "as_html", "container": "as_parcel"}
