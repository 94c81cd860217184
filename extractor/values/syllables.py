"""Is this a Vietnamese syllable? The phonotactics of the language as a finite list: onset + rime + tone.

Used to tell running Vietnamese from text in a legacy encoding, from the garbage of a broken text layer, and from
other languages. Source of the inventory: the standard description of Vietnamese orthography (about 27 onsets, 160 rimes).
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

import regex

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split()
_RIMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê êch êm ên ênh êp êt êu "
    "i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng "
    "oăt oc oe oen oeo oet oi om on ong oong ooc op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up "
    "ut uy uya uych uyên uyêt uynh uyt uyu uân uât uâng uây uê uêch "
    "uênh uôc uôi uôm uôn uông uôt uơ ư ưa ưc ưi ưm ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu ych ynh yt"
).split()
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
WORD = regex.compile(r"[^\W\d_]+")


@cache
def _toneless() -> frozenset[str]:
    """Every onset + rime without tone; "gi" and "qu" take in their own vowel letter."""
    bare = {o + r for o in [*_ONSETS, ""] for r in _RIMES}
    return frozenset(bare | {"gi", "gin", "giêng", "giêc", "gim", "gip", "quy", "quyên", "quyêt", "quynh", "quyt", "quych"})


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Whether `word` (NFC, any case) is a possible Vietnamese syllable."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    toneless = decomposed.translate(_TONES)
    return len(decomposed) - len(toneless) <= 1 and unicodedata.normalize("NFC", toneless) in _toneless()


def share_of_syllables(text: str, marked_only: bool = False) -> float | None:
    """The share (0–1) of `text`'s words that are Vietnamese syllables; None where there is no word to judge.

    With `marked_only` just the words with a letter outside ASCII count: those that an encoding error would spoil.
    """
    words = [w for w in WORD.findall(text) if not (marked_only and w.isascii())]
    return sum(map(is_syllable, words)) / len(words) if words else None
