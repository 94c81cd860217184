"""Texts made comparable: for comparison and matching only, never shown and never stored."""

from __future__ import annotations

import re
import unicodedata
from itertools import filterfalse

_ALIKE = {
    "đ": "ÐðĐƉɖ",  # look alike, three alphabets
    "-": "‐‑‒–—―−﹣－\u00ad",
    " ": "\u00a0\u2007\u202f\u3000\t\n\r\x0b\x0c\u2028\u2029\u0085\u2002\u2003\u2009\u200b\ufeff",
    "'": "’‘",
    '"': "“”",
}
_SAME = {odd: plain for plain, odds in _ALIKE.items() for odd in odds}
_ODD = re.compile(f"[{''.join(_SAME)}]")
_OPEN = {
    **dict(zip(("oà", "oá", "oả", "oã", "oạ"), ("òa", "óa", "ỏa", "õa", "ọa"), strict=True)),
    **dict(zip(("oè", "oé", "oẻ", "oẽ", "oẹ"), ("òe", "óe", "ỏe", "õe", "ọe"), strict=True)),
    **dict(zip(("uỳ", "uý", "uỷ", "uỹ", "uỵ"), ("ùy", "úy", "ủy", "ũy", "ụy"), strict=True)),
}
_TONE = re.compile(r"[ou][àáảãạèéẻẽẹỳýỷỹỵí]\b")


def level(text: str) -> str:
    """`text` in lower case with dashes, blanks, quotes, Đ and tone placement unified: as many code points as before.

    What is matched on it therefore stands at the same offsets in `text` (which should be NFC).
    """
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters (İ) grow in lower case: they are left as they are
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return _toned(_ODD.sub(_same, lowered))


def _toned(lowered: str) -> str:
    """Tone marks on the first vowel of an open `oa`, `oe`, `uy`; `quí` and `qúy` as `quý`."""
    toned = _TONE.sub(_placed, lowered)
    return toned.replace("qúy", "quý").replace("qúi", "quý") if "qú" in toned else toned


def _same(match: re.Match[str]) -> str:
    return _SAME[match[0]]


def _placed(match: re.Match[str]) -> str:
    if match.string[match.start() - 1 : match.start()] == "q":
        return "uý" if match[0] == "uí" else match[0]
    return _OPEN.get(match[0], match[0])


def fold(text: str) -> str:
    """`text` for comparison: NFC, case folded, blanks to one, dashes, Đ and tone placement (hoà/hòa, uỷ/ủy) unified."""
    folded = unicodedata.normalize("NFC", text.casefold())
    return squeeze(_toned(_ODD.sub(_same, folded)))


def bare(text: str) -> str:
    """`fold(text)` without diacritics, đ as d: what a reader of `So Noi vu` compares."""
    plain = unicodedata.normalize("NFD", fold(text).replace("đ", "d"))
    return plain if plain.isascii() else "".join(filterfalse(unicodedata.combining, plain))


def squeeze(text: str) -> str:
    """`text` with every run of white space as one blank, none at the ends."""
    return " ".join(text.split())
