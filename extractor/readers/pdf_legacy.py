"""Text of PDFs whose fonts are not Unicode: TCVN3, VNI and VPS by font name or by language, Mac encodings taken for another."""

from __future__ import annotations

from functools import cache

import numpy as np
import regex

from extractor.layout.lines import PageWords
from extractor.readers import legacy
from extractor.values.syllables import is_syllable

HYPHEN = "\ufffe"  # what pdfium makes of a hyphen, hard or soft, that ends a line
# what Unicode Vietnamese writes in Latin-1; the legacy encodings show most of their letters as other signs of it
_USUAL = frozenset("°±²³·¹×÷ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýÐð«»")
_SUSPECT = frozenset(map(chr, range(0xA8, 0x100))) - _USUAL
_MAC = regex.compile(r"\p{L}[‡·]|[‡·]\p{L}")
_WORDS = regex.compile(r"[\p{L}‡·‘’]+")
LEAST = 0.01  # share of suspect signs from which on a page is looked at


def recode(words: PageWords) -> None:
    """Writes words set in legacy fonts as Unicode."""
    done = _by_font(words)
    text = " ".join(words.text)
    signs = set(text)
    if ("‡" in signs or "·" in signs) and _MAC.search(text):
        _unmac(words)
    if sum(map(text.count, signs & _SUSPECT)) < max(LEAST * len(text), 2):
        return
    rest = [k for k in range(len(words.text)) if k not in done]
    encoding = legacy.detect(" ".join(words.text[k] for k in rest))
    if encoding is not None and encoding != "viqr":
        for k in rest:
            words.text[k] = _decoded(words.text[k], encoding)


@cache
def _encoding(font: str) -> str | None:
    return legacy.encoding_of_font(font)


def _by_font(words: PageWords) -> set[int]:
    """Decodes the words whose font's name tells its encoding; comes back with their numbers."""
    done: set[int] = set()
    if words.font is None:
        return done
    for number, name in enumerate(words.fonts):
        encoding = _encoding(name)
        if encoding is None:
            continue
        for k in np.flatnonzero(words.font == number).tolist():
            words.text[k] = _decoded(words.text[k], encoding)
            done.add(k)
    return done


def _decoded(word: str, encoding: str) -> str:
    """The word in Unicode; in TCVN3 the sign of a soft hyphen is the letter ư, which pdfium shows like a hyphen at line ends."""
    if word.endswith(HYPHEN):
        letter = legacy.decode(word[:-1] + "\xad", encoding)
        return letter if is_syllable(letter) else legacy.decode(word[:-1], encoding) + HYPHEN
    return legacy.decode(word, encoding)


def _unmac(words: PageWords) -> None:
    """Turns back text whose Windows codes were shown by the Mac's table ("ng‡y" for "ngày"), font by font."""
    if words.font is None:
        return
    for number in range(len(words.fonts)):
        which = [k for k in np.flatnonzero(words.font == number).tolist() if not words.text[k].isascii()]
        turned = {k: _from_mac(words.text[k]) for k in which}
        wrong = [k for k, word in turned.items() if word and _is_word(word) and not _is_word(words.text[k])]
        if len(wrong) < 2:
            continue
        for k, word in turned.items():
            if word and (_is_word(word) or not _is_word(words.text[k])):
                words.text[k] = word


def _is_word(text: str) -> bool:
    return all(map(is_syllable, _WORDS.findall(text)))


def _from_mac(text: str) -> str:
    """The text read by the other table, signs that it lacks left as they are."""
    return "".join(c if c.isascii() else c.encode("mac_roman", "ignore").decode("cp1252", "ignore") or c for c in text)
