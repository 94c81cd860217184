"""Text of PDFs whose fonts are not Unicode: TCVN3, VNI and VPS by font name or by language, and text shown by the wrong table.

Each font of a page is judged by itself (a Unicode watermark over a TCVN3 page stays as it is); one with too few words to
judge follows the rest of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from types import MappingProxyType

import numpy as np
import regex

from extractor.layout.lines import PageWords
from extractor.readers import legacy
from extractor.values.syllables import is_syllable

HYPHEN = "\ufffe"  # what pdfium makes of a hyphen, hard or soft, that ends a line
# what Unicode Vietnamese writes in Latin-1; the legacy encodings show most of their letters as other signs of it
_USUAL = frozenset("°±²³·¹×÷ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýÐð«»")
_SUSPECT = frozenset(map(chr, (*range(0x80, 0xA0), *range(0xA8, 0x100)))) - _USUAL
_MAC = regex.compile(r"\p{L}[‡·]|[‡·]\p{L}")
_WORDS = regex.compile(r"[\p{L}‡·‘’]+")
# letters that only Unicode has: a word with one of them was typed in Unicode, whatever its font says
_UNICODE_ONLY = regex.compile("[ăĂđĐĩĨũŨơƠưƯ\u1ea0-\u1ef9]")
LEAST = 0.01  # share of suspect signs from which on a page is looked at
FEW = 4  # marked words: a font with fewer is not judged by itself
READABLE = 0.85  # share of marked words that are Vietnamese
BY_LANGUAGE = " (by language)"  # put behind the name of a font whose text was told to be TCVN3 by its language


def recode(words: PageWords) -> None:
    """Writes words set in legacy fonts as Unicode."""
    done = _by_font(words)
    text = " ".join(words.text)
    signs = set(text)
    mac = ("‡" in signs or "·" in signs) and _MAC.search(text) is not None
    if mac or sum(map(text.count, signs & _SUSPECT)) >= max(LEAST * len(text), 2):
        _by_language(words, done)


@cache
def _encoding(font: str) -> str | None:
    return legacy.encoding_of_font(font)


def _by_font(words: PageWords) -> set[int]:
    """Decodes the words whose font's name tells its encoding; comes back with the fonts so settled.

    A name can be wrong: text in it that has letters of Unicode only, or reads better as it is, stays.
    """
    done: set[int] = set()
    if words.font is None:
        return done
    for number, name in enumerate(words.fonts):
        encoding = _encoding(name)
        if encoding is None:
            continue
        done.add(number)
        which = np.flatnonzero(words.font == number).tolist()
        if encoding == "tcvn3-capitals" or any(not words.text[k].isascii() for k in which):
            _decode(words, which, encoding)
    return done


def _decode(words: PageWords, which: Sequence[int], encoding: str) -> None:
    texts = [words.text[k] for k in which]
    if _UNICODE_ONLY.search("\n".join(texts)):
        which = [k for k, text in zip(which, texts, strict=True) if not _UNICODE_ONLY.search(text)]
        texts = [words.text[k] for k in which]
        if _share(_all_decoded(texts, encoding)) < _share(texts):
            return
    for k, text in zip(which, _all_decoded(texts, encoding), strict=True):
        words.text[k] = text


def _all_decoded(texts: Sequence[str], encoding: str) -> list[str]:
    """The words in Unicode; at once, but for those that end in a hyphen."""
    made = legacy.decode("\n".join(texts), encoding).split("\n") if texts else []
    for k, text in enumerate(texts):
        if text.endswith(HYPHEN):
            made[k] = _decoded(text, encoding)
    return made


def _decoded(word: str, encoding: str) -> str:
    """The word in Unicode; in TCVN3 the sign of a soft hyphen is the letter ư, which pdfium shows like a hyphen at line ends."""
    if word.endswith(HYPHEN):
        letter = legacy.decode(word[:-1] + "\xad", encoding)
        return letter if is_syllable(letter) else legacy.decode(word[:-1], encoding) + HYPHEN
    return legacy.decode(word, encoding)


# ---- by language -----------------------------------------------------------------------------------------------------


def _by_language(words: PageWords, done: set[int]) -> None:
    """Turns each font's words into what makes them Vietnamese, where they are not yet."""
    fonts = _by_number(words, done)
    tables = {number: _table_of([words.text[k] for k in which]) for number, which in fonts.items()}
    told = [table for table in tables.values() if table]
    usual = max(told, key=told.count) if told else None
    if usual is None and len(fonts) > 1:
        usual = _table_of([words.text[k] for which in fonts.values() for k in which])
    for number, which in fonts.items():
        table = tables[number] or (usual if _is_better([words.text[k] for k in which], usual) else None)
        if table is None:
            continue
        if table == "tcvn3" and words.font is not None:
            words.fonts[number] += BY_LANGUAGE
        _turn(words, which, table)


def _by_number(words: PageWords, done: set[int]) -> dict[int, list[int]]:
    if words.font is None:
        return {0: list(range(len(words.text)))}
    fonts: dict[int, list[int]] = {}
    for k, number in enumerate(words.font.tolist()):
        if number not in done:
            fonts.setdefault(number, []).append(k)
    return fonts


def _table_of(texts: Sequence[str]) -> str | None:
    """The table by which these words become Vietnamese, None where they are already, or cannot be told."""
    marked = [text for text in texts if not text.isascii()]
    if len(marked) < FEW or (before := _share(marked)) > 0.9:
        return None
    shares = {table: _share([turn(text) for text in marked]) for table, turn in TABLES.items()}
    best = max(shares, key=shares.__getitem__)
    if best == "mac":  # a font that has lost only some of its letters: what is right stays right, see `_turn`
        return best if sum(not _is_word(t) and _is_word(_from_mac(t)) for t in marked) >= 2 else None
    return best if shares[best] >= READABLE and shares[best] > before + 0.1 else None


def _is_better(texts: Sequence[str], table: str | None) -> bool:
    """Whether the few marked words of a font read better by the table that the rest of the page is in."""
    marked = [text for text in texts if not text.isascii()]
    if table is None or not marked:
        return False
    return _share([TABLES[table](text) for text in marked]) > _share(marked)


def _turn(words: PageWords, which: Sequence[int], table: str) -> None:
    turn = TABLES[table]
    for k in which:
        text = words.text[k]
        if text.isascii():
            continue
        turned = turn(text)
        if turned and (table != "mac" or _is_word(turned) or not _is_word(text)):
            words.text[k] = turned


def _share(texts: Sequence[str]) -> float:
    found = [word for text in texts for word in legacy.TOKEN.findall(text) if not word.isascii()]
    return sum(map(is_syllable, found)) / len(found) if found else 0.0


def _is_word(text: str) -> bool:
    return all(map(is_syllable, _WORDS.findall(text)))


def _from_mac(text: str) -> str:
    """Windows codes that were shown by the Mac's table ("ng‡y" for "ngày") turned back, signs that it lacks left as they are."""
    return "".join(c if c.isascii() else c.encode("mac_roman", "ignore").decode("cp1252", "ignore") or c for c in text)


def _from_utf8(text: str) -> str:
    """The bytes of UTF-8 that were shown one by one ("quáº£n lÃ½" for "quản lý") put together again, where none is lost."""
    try:
        return bytes(_CODES.get(c, ord(c)) for c in text).decode("utf-8")
    except ValueError:
        return text


_CODES: Mapping[str, int] = MappingProxyType({bytes([b]).decode("cp1252"): b for b in range(0x80, 0xA0) if bytes([b]).decode("cp1252", "ignore")})
TABLES: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {encoding: (lambda text, encoding=encoding: _decoded(text, encoding)) for encoding in ("tcvn3", "vni", "vps")}
    | {"mac": _from_mac, "utf8": _from_utf8}
)
