"""Texts made comparable: for comparison and matching only, never shown and never stored."""

from __future__ import annotations

import re
import unicodedata

_SAME = str.maketrans(
    {
        "Ð": "đ", "ð": "đ", "Đ": "đ", "Ɖ": "đ", "ɖ": "đ",  # look alike, three alphabets
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "﹣": "-", "－": "-", "\u00ad": "-",
        "\u00a0": " ", "\u2007": " ", "\u202f": " ", "\u3000": " ", "\t": " ", "\n": " ", "\r": " ", "\x0b": " ", "\x0c": " ",
        "\u2028": " ", "\u2029": " ", "\u0085": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u200b": " ", "\ufeff": " ",
        "’": "'", "‘": "'", "“": '"', "”": '"',
    }
)  # fmt: skip
_OPEN = {
    **dict(zip(("oà", "oá", "oả", "oã", "oạ"), ("òa", "óa", "ỏa", "õa", "ọa"), strict=True)),
    **dict(zip(("oè", "oé", "oẻ", "oẽ", "oẹ"), ("òe", "óe", "ỏe", "õe", "ọe"), strict=True)),
    **dict(zip(("uỳ", "uý", "uỷ", "uỹ", "uỵ"), ("ùy", "úy", "ủy", "ũy", "ụy"), strict=True)),
    **dict.fromkeys(("quí", "qúy", "qúi"), "quý"),
}
_TONE = re.compile(r"o[àáảãạèéẻẽẹ]\b|(?<!q)u[ỳýỷỹỵ]\b|q(?:uí|úy|úi)\b")
_BLANKS = re.compile(r"\s+")


def level(text: str) -> str:
    """`text` in lower case with dashes, blanks, quotes, Đ and tone placement unified: as many code points as before.

    What is matched on it therefore stands at the same offsets in `text` (which should be NFC).
    """
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters (İ) grow in lower case: they are left as they are
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return _TONE.sub(_placed, lowered.translate(_SAME))


def _placed(match: re.Match[str]) -> str:
    return _OPEN[match[0]]


def fold(text: str) -> str:
    """`text` for comparison: NFC, case folded, blanks to one, dashes, Đ and tone placement (hoà/hòa, uỷ/ủy) unified."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    return squeeze(_TONE.sub(_placed, unicodedata.normalize("NFC", folded).translate(_SAME)))


def bare(text: str) -> str:
    """`fold(text)` without diacritics, đ as d: what a reader of `So Noi vu` compares."""
    plain = unicodedata.normalize("NFD", fold(text).replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def squeeze(text: str) -> str:
    """`text` with every run of white space as one blank, none at the ends."""
    return _BLANKS.sub(" ", text).strip()
