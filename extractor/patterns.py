"""`patterns/*.toml`, checked on loading: what an expert knows, kept as data.

A file may hold `[[pattern]]` tables (`id`, `regex`, `examples`, `counterexamples`, `source`) and plain lists or
tables of phrases. It is loaded once per process, on first use.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import regex

from extractor.errors import PatternError

TIMEOUT = 2.0  # seconds one pattern may work on one text before it is cut short
SHORT = 500  # code points on which no pattern is slow: setting the clock would cost more than looking


@dataclass(frozen=True, slots=True)
class Pattern:
    """A named regex with the texts it must find (`examples`: text → value, or plain texts) and must leave alone."""

    id: str
    regex: regex.Pattern[str]
    examples: tuple[Any, ...]
    counterexamples: tuple[str, ...]
    source: str
    value: str | None = None  # what the pattern's match means, for tables of converters


def folder() -> Path:
    """Where the pattern files are: inside the installed package, or beside it in a checkout."""
    inside = Path(__file__).parent / "_patterns"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "patterns"


def time_limit(length: int) -> float | None:
    """Seconds that a pattern may work on `length` code points; None, for as long as it takes, where they are few."""
    return TIMEOUT if length > SHORT else None


@cache
def table(name: str) -> Mapping[str, Any]:
    """The whole content of `patterns/NAME.toml`, read only.

    Raises: PatternError.
    """
    path = folder() / f"{name}.toml"
    try:
        return MappingProxyType(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise PatternError(str(error), file=str(path), remedy="mend the file") from error


@cache
def patterns(name: str) -> tuple[Pattern, ...]:
    """The `[[pattern]]` tables of `patterns/NAME.toml`, compiled, in order.

    Raises: PatternError naming the pattern that is incomplete, repeated or no regex.
    """
    rows, seen = [], set()
    for row in table(name).get("pattern", ()):
        rows.append(_compile(name, row))
        if rows[-1].id in seen:
            raise PatternError(f"pattern {rows[-1].id!r} stands twice", file=f"{name}.toml")
        seen.add(rows[-1].id)
    return tuple(rows)


def _compile(name: str, row: Mapping[str, Any]) -> Pattern:
    missing = {"id", "regex", "examples", "source"} - row.keys()
    if missing:
        raise PatternError(f"pattern {row.get('id', '?')!r} lacks {', '.join(sorted(missing))}", file=f"{name}.toml")
    try:
        compiled = regex.compile(row["regex"], regex.VERBOSE)
    except regex.error as error:
        raise PatternError(f"pattern {row['id']!r}: {error}", file=f"{name}.toml") from error
    return Pattern(row["id"], compiled, tuple(row["examples"]), tuple(row.get("counterexamples", ())), row["source"], row.get("value"))
