"""Is a page's text layer what the page says? Judged by its language, on a sample of its words, in tens of microseconds.

Layers that are not: fonts without a Unicode map (letters missing or exchanged), the text of an OCR program without the
Vietnamese model, bytes shown by the wrong table. Born-digital pages of public bodies have 0.87–1.00 of their words among
the syllables of Vietnamese, such layers 0.2–0.6.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.values.syllables import WORD, is_syllable

SAMPLE = 100  # words that are judged of a page
FEW = 8  # a page with fewer words is not judged
READABLE = 0.75  # share of syllables from which on a layer is taken as it is
BETTER = 0.1  # by how much what OCR reads must beat the layer
UNMARKED = 0.25  # share of words with a letter beyond ASCII: Vietnamese has about 0.8; an invisible layer with less lost its marks
FOREIGN = 0.12  # share of the commonest English and French words from which on a page is in another language
_FOREIGN_WORDS = frozenset(
    "the of and to in for is on with by as at be this that or are from it was le la les de des du et en un une dans pour que".split()
)


def is_doubtful(words: Sequence[str], invisible: bool = False) -> bool:
    """Whether the words of a page are likely no text: OCR should read it, and `is_better` then decide.

    `invisible`: the words lie unseen under a picture, as OCR programs put them.
    """
    sample = _sample(words)
    if len(sample) < FEW:
        return False
    if readable(sample) < READABLE:
        return sum(word.lower() in _FOREIGN_WORDS for word in sample) < FOREIGN * len(sample)
    return invisible and sum(not word.isascii() for word in sample) < UNMARKED * len(sample)


def is_better(read: Sequence[str], layer: Sequence[str]) -> bool:
    """Whether what OCR read of a page is nearer to Vietnamese than its text layer, and not just a scrap of it."""
    ours, theirs = _sample(read), _sample(layer)
    if 4 * len(read) < len(layer) or len(ours) < FEW:
        return False
    return _weight(ours) > _weight(theirs) + BETTER


def _weight(sample: Sequence[str]) -> float:
    """Syllables count fully with marks or capitals only, half where tone marks may have been lost."""
    return sum(is_syllable(word) * (0.5 if word.isascii() else 1.0) for word in sample) / max(1, len(sample))


def readable(sample: Sequence[str]) -> float:
    """The share (0–1) of words that are Vietnamese syllables; short words in capitals are names of bodies and do not count.

    1 where too few words are left.
    """
    counted = [word for word in sample if not (len(word) <= 6 and word.isupper())]
    return sum(map(is_syllable, counted)) / len(counted) if len(counted) >= FEW else 1.0


def _sample(words: Sequence[str]) -> list[str]:
    """Evenly spread words, signs and digits away."""
    step = -(-len(words) // SAMPLE) or 1
    found: list[str] = WORD.findall(" ".join(words[::step]))
    return found
