"""Letters and spaces as every reader hands them on: NFC, one blank between words, nothing invisible."""

from __future__ import annotations

import unicodedata

import regex

# zero-width space and joiners, direction marks, word joiner, byte-order mark, C0 and C1 controls but white space
_INVISIBLE = regex.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_FOOTNOTE_LIKE = regex.compile(r"[\d\s,;()\[\]*-]*\d[\d\s,;()\[\]*-]*")
# a manual line break inside a sentence: the line before has no final mark, the one after begins small
_RULE = "-_–—=*~"
_ENDED = (".", ";", ":", "!", "?", "”", '"', "…")


def tidy(text: str, keep_hyphens: bool = False) -> str:
    """`text` in NFC on one line: runs of white space (no-break, tab, line feed) become one blank, invisible characters go.

    `keep_hyphens`: soft hyphens stay, for in TCVN3 their code is the letter ư (`fonts.settle` knows when to drop them).
    """
    if not text.isascii():
        if "\u2011" in text:
            text = text.replace("\u2011", "-")
        text = _INVISIBLE.sub("", text)
        if not keep_hyphens and "\u00ad" in text:
            text = text.replace("\u00ad", "")
        text = unicodedata.normalize("NFC", text)
    elif not text.isprintable():
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())


def raised(text: str) -> str:
    """Superscript text with its digits as superscript characters ("2" → "²"), so that they never melt into the number before.

    Text that is more than marks and digits ("th") stays as it is.
    """
    return text.translate(_RAISED) if _FOOTNOTE_LIKE.fullmatch(text) else text


def superscript(number: int) -> str:
    """A footnote's number as it is printed: 12 → "¹²"."""
    return str(number).translate(_RAISED)


def lines(text: str) -> list[str]:
    """The lines of `text` ("\\n" where the author broke it), tidied but for soft hyphens; a break inside a sentence is a blank.

    Empty lines go, and so do rules drawn with dashes or underscores.
    """
    if "\n" not in text:
        line = tidy(text, True)
        return [line] if line and not _is_rule(line) else []
    found: list[str] = []
    for piece in text.split("\n"):
        line = tidy(piece, True)
        if not line or _is_rule(line):
            continue
        if found and line[0].islower() and not found[-1].endswith(_ENDED) and not _is_item(line):
            found[-1] = f"{found[-1]} {line}"
        else:
            found.append(line)
    return found


def _is_rule(line: str) -> bool:
    """"_______", "-----o0o-----": drawn, not said. Rows of dots are blanks to be filled in and stay."""
    return line[0] in _RULE and len(line) > 2 and not line.strip(_RULE + " o0O")


def _is_item(line: str) -> bool:
    """"a) …", "đ. …": small letters that open an item, not the rest of a sentence."""
    return len(line) > 1 and line[1] in ")."
