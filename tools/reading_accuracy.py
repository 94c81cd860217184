"""How true to the letter files are read: `python tools/reading_accuracy.py [--shared FOLDER]`.

Compares what is read of real files in legacy encodings and of scans with the transcripts that lie beside them. For each
file: characters right in order; characters right free of order (word by word), since transcripts list columns, cells and
footnotes in another order than readers do; diacritics right (of letters that agree but for their marks); words right.
"""

from __future__ import annotations

import argparse
import unicodedata
from collections import Counter
from pathlib import Path

import regex
from rapidfuzz.distance import Indel, Levenshtein

from extractor.errors import VanbanError
from extractor.model import Document
from extractor.readers import load, read

ROOT = Path(__file__).resolve().parent.parent
MARKS = frozenset("\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323")


def squeezed(text: str) -> str:
    """Compared are letters, digits and signs, not white space (transcripts tear words), height (m³) nor case: where a font draws
    small letters as capitals, transcripts keep what is typed and readers give what is printed."""
    return unicodedata.normalize("NFC", "".join(unicodedata.normalize("NFKC", text).casefold().replace("\xad", "").split()))


def bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(c for c in decomposed if c not in MARKS).replace("đ", "d").replace("Đ", "D")


def first_page(document: Document) -> str:
    words = document.words
    return " ".join(document.text[s:e] for s, e, page in zip(words.start, words.end, words.page, strict=True) if page == 1)


def words_of(text: str) -> list[str]:
    grouped = regex.sub(r"(?<=\d)[ .,](?=\d{3}(?!\d))", "", unicodedata.normalize("NFKC", text).casefold())  # 2.500.000
    found: list[str] = regex.findall(r"[\p{L}\p{N}]+", grouped)
    return found


def missed_and_spare(truth: str, read_text: str) -> tuple[list[str], list[str], int]:
    """The transcript's words that were not read, the words read that are not in it, and how many words it has.

    Free of order; words that the transcript tears ("l ý") count as one.
    """
    spare, words = Counter(words_of(read_text)), words_of(truth)
    missed, at, total = [], 0, 0
    while at < len(words):
        whole = next((n for n in (1, 2, 3) if spare["".join(words[at : at + n])] > 0), 0)
        if whole:
            spare["".join(words[at : at + whole])] -= 1
        else:
            missed.append(words[at])
        at, total = at + (whole or 1), total + 1
    return missed, list(spare.elements()), total


def nearest_share(truth: str, read_text: str) -> float:
    """Characters right, free of order: words that were not read as they stand are held against the nearest that is left over."""
    missed, spare, _ = missed_and_spare(truth, read_text)
    wrong = 0
    for word in missed:
        best = min(spare, key=lambda other: Levenshtein.distance(word, other), default="")
        cost = min(len(word), Levenshtein.distance(word, best))
        wrong += cost
        if best and cost < len(word):
            spare.remove(best)
    return 1 - wrong / max(1, sum(map(len, words_of(truth))))


def diacritics(truth: str, read_text: str) -> float:
    """Of the letters that agree but for their marks, aligned in order, those whose marks agree too."""
    a, b = squeezed(truth), squeezed(read_text)
    plain_a, plain_b = bare(a), bare(b)
    if len(plain_a) != len(a) or len(plain_b) != len(b):
        return float("nan")  # a mark without its letter
    right = wanted = 0
    for block in Indel.opcodes(plain_a, plain_b):
        if block.tag == "equal":
            for x, y, plain in zip(
                a[block.src_start : block.src_end], b[block.dest_start : block.dest_end], plain_a[block.src_start :], strict=False
            ):
                if x != plain or y != plain:
                    wanted += 1
                    right += x == y
    return right / wanted if wanted else 1.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("-v", action="store_true", help="list the words that differ")
    parser.add_argument("names", nargs="*")
    args = parser.parse_args()
    real = args.shared / "corpus/real"
    sources = {path.stem: path for path in real.glob("*/*") if path.parent.name != "transcripts"}
    print(f"{'file':34} {'chars':>8} {'order-free':>10} {'diacritics':>10} {'words':>8}")
    for path in sorted((real / "transcripts").glob("*.gold.txt")):
        name = path.name.removesuffix(".gold.txt").removesuffix(".p1")
        if args.names and not any(n in name for n in args.names):
            continue
        truth = path.read_text(encoding="utf-8")
        try:
            document = read(load(sources[name]))
        except VanbanError as error:
            print(f"{name:34} {error}")
            continue
        text = first_page(document) if ".p1." in path.name else document.text
        chars = 1 - Levenshtein.distance(squeezed(truth), squeezed(text)) / len(squeezed(truth))
        missed, spare, total = missed_and_spare(truth, text)
        shares = nearest_share(truth, text), diacritics(truth, text), 1 - len(missed) / total
        print(f"{name:34} {chars:8.4f} {shares[0]:10.4f} {shares[1]:10.4f} {shares[2]:8.4f}")
        if args.v:
            print("   only in the transcript:", dict(Counter(missed).most_common(60)))
            print("   only in what was read: ", dict(Counter(spare).most_common(60)))


if __name__ == "__main__":
    main()
