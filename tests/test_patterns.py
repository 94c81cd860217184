"""`patterns/*.toml`: every pattern finds its examples with exactly their values and leaves its counterexamples alone.

An example is a text that must be found, or `[text, value]`. What turns a file's matches into values is in VALUES;
a file that is not in it gives the words matched (a group `value`, where the pattern has one).
"""

import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from extractor.errors import PatternError
from extractor.patterns import SHORT, TIMEOUT, Pattern, folder, patterns, table, time_limit
from extractor.values import numbers, pieces, points, symbols
from extractor.values.folding import level

FILES = sorted(path.stem for path in folder().glob("*.toml"))


def plain(pattern: Pattern, text: str) -> list[Any]:
    """The words a pattern matches in a text."""
    named = "value" in pattern.regex.groupindex
    return [match["value"] if named else match[0] for match in pattern.regex.finditer(text)]


def number(pattern: Pattern, text: str) -> list[Any]:
    return [numbers.convert(pattern.id, pattern.regex.fullmatch(text))]


def symbol(pattern: Pattern, text: str) -> list[Any]:
    return [symbols.convert(match) for match in pattern.regex.finditer(text)]


def time(pattern: Pattern, text: str) -> list[Any]:
    """EDTF of dates, the RRULE of recurrences, the trigger of events; patterns of times run on levelled text."""
    assert pattern.value in pieces.CONVERTERS
    found = [pieces.convert(pattern.id, pattern.value, match) for match in pattern.regex.finditer(level(text))]
    return [None if piece is None else _shown(piece, text) for piece in found]


def _shown(piece: pieces.Piece, text: str) -> str:
    if piece.points:
        return points.edtf_of(piece.points, piece.ranged)
    if piece.trigger:
        return text[slice(*piece.trigger)]
    return piece.rrule or {"continuous": "continuous", "regular": "every"}.get(piece.source, piece.source)


VALUES: dict[str, Callable[[Pattern, str], list[Any]]] = {"numbers": number, "doctypes": symbol, "times": time}


PATTERNS = [pytest.param(name, pattern, id=f"{name}-{pattern.id}") for name in FILES for pattern in patterns(name)]


@pytest.mark.parametrize(("name", "pattern"), PATTERNS)
def test_examples(name: str, pattern: Pattern) -> None:
    find = VALUES.get(name, plain)
    assert pattern.examples, "a pattern without an example"
    for example in pattern.examples:
        text, *wanted = [example] if isinstance(example, str) else example
        found = find(pattern, text)
        assert found, f"{text!r} is not found"
        if wanted:
            assert found[0] == (None if wanted[0] == "None" else wanted[0]), text


@pytest.mark.parametrize(("name", "pattern"), PATTERNS)
def test_counterexamples(name: str, pattern: Pattern) -> None:
    find = VALUES.get(name, plain)
    for text in pattern.counterexamples:
        assert [value for value in find(pattern, text) if value is not None] == [], text


HOSTILE = [
    *(c * 2000 for c in ("1", "0", " ", "a", "I", "(", "-", "\n")),
    *(c * 400 for c in ("1/", "1 ", "1,", "1.123", "1%", "A/", "1/A-", "- ", "và ", "của ", "số ", "đến ", "gửi ", "Sở ", "báo cáo ", "các sở, ")),
    *(c * 200 for c in ("tháng 1, ", "quý i, ", "ngày 1, ", "năm 2021, ", "2021-", "khi a ", "theo a ", "hằng năm, ", "5 ngày ", "định kỳ ", "1/1 ")),
    "1" * 2000 + "x",
    "trong 5 ngày kể từ ngày " * 80,
    "ngày 15/7/2021 " * 120,
]


@pytest.mark.parametrize(("name", "pattern"), PATTERNS)
def test_no_runaway(name: str, pattern: Pattern) -> None:
    """Hostile text is worked through: a pattern that backtracks without bound would not come back in any time allowed."""
    for text in HOSTILE:
        for case in (text, text.upper()):
            list(pattern.regex.finditer(case, timeout=30))  # TimeoutError fails the test


def test_only_short_texts_are_searched_without_a_time_limit() -> None:
    assert (time_limit(SHORT), time_limit(SHORT + 1)) == (None, TIMEOUT)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


@pytest.mark.parametrize("name", FILES)
def test_texts_are_nfc(name: str) -> None:
    assert [text for text in _strings(dict(table(name))) if unicodedata.normalize("NFC", text) != text] == []


OWN = ["agencies", "numbers", "times", "units"]


@pytest.mark.parametrize("name", OWN)
def test_lists_say_nothing_twice(name: str) -> None:
    rows = dict(table(name))
    for key, value in rows.items():
        lists = {key: value} if isinstance(value, list) else value
        for inner, words in lists.items() if isinstance(lists, dict) else ():
            if isinstance(words, list) and all(isinstance(word, str) for word in words):
                twice = {word for word in words if words.count(word) > 1}
                assert not twice, f"{key}.{inner}"


def test_glossary_uses_a_word_once() -> None:
    english = [word for part in table("glossary").values() for word in part.values()]
    assert len(english) == len(set(english))


def test_broken_file_names_what_is_wrong(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    (tmp_path / "a.toml").write_text("[[pattern]]\nid = 'x'\nregex = '('\nexamples = ['a']\nsource = 's'\n", encoding="utf-8")
    (tmp_path / "b.toml").write_text("[[pattern]]\nid = 'x'\nregex = 'a'\n", encoding="utf-8")
    monkeypatch.setattr("extractor.patterns.folder", lambda: tmp_path)
    for name, words in {"a": "'x'", "b": "lacks", "c": "mend"}.items():
        with pytest.raises(PatternError, match=words):
            patterns(name)
