"""Inline marks of Markdown and HTML taken out of a text: what a reader of the printed page would see."""

from __future__ import annotations

import html

import regex

TAG = regex.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]{0,10})(?:\s[^<>]{0,400})?/?>")
_BLOCKS = ("p", "div", "ul", "ol", "li", "br", "center", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre")
_SPANS = ("i", "b", "u", "em", "strong", "sup", "sub", "span", "font", "a", "small", "big", "code", "s", "del", "ins", "mark", "tt", "abbr", "label")
_INLINE = frozenset((*_SPANS, *_BLOCKS))
RAISED = regex.compile(r"<sup>\s*\[?(\d{1,3})\]?\s*</sup>|\$?\^\{?(\d{1,3})\}?\$(?!\d)", regex.IGNORECASE)
STARS = regex.compile(r"\*{1,3}")
STAR_FIRST = regex.compile(r"\s*(\*{1,2}) (?=\S)")
BOLD_TAG = regex.compile(r"</?(?:b|strong)>", regex.IGNORECASE)
UNDERSCORES = regex.compile(r"(?<![\w_])_{1,3}(?=[^\s_])([^_\n]{1,500}?)(?<=[^\s_])_{1,3}(?![\w_])")
ESCAPED = regex.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
LINK = regex.compile(r"!?\[([^\[\]\n]{0,300})\]\((?:https?://|mailto:|#|/)[^()\s]{0,500}\)")
_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def plain(text: str) -> str:
    """`text` without emphasis, tags and escapes; `<br>` and list items begin a new line, superscript numbers become ¹²³."""
    if "<" in text:
        text = TAG.sub(_tag, RAISED.sub(_raise, text))
    if "&" in text and ";" in text:
        text = html.unescape(text).replace("\u00a0", " ")
    if "](" in text:
        text = LINK.sub(r"\1", text)
    if "*" in text:
        text = _without_stars(text)
    if "_" in text:
        text = UNDERSCORES.sub(r"\1", text)
    if "\\" in text:
        text = ESCAPED.sub(r"\1", text)
    if "\n" in text:
        return "\n".join(line for part in text.split("\n") if (line := " ".join(part.split())))
    return " ".join(text.split())


def is_bold(text: str) -> bool:
    """Whether all words of a text are set bold (`**…**`, `<b>…</b>`)."""
    if "<" in text:
        text = BOLD_TAG.sub("**", text)
    parts = text.split("**")
    return len(parts) > 1 and not any(c.isalnum() for part in parts[::2] for c in part)


def _raise(found: regex.Match[str]) -> str:
    return str(found[1] or found[2]).translate(_DIGITS)


def _tag(found: regex.Match[str]) -> str:
    name = found["name"].lower()
    if name not in _INLINE:
        return str(found[0])
    if name == "li":
        return "" if found["close"] else "\n"
    return "\n" if name == "br" or (name in {"p", "div"} and found["close"]) else ""


def _without_stars(text: str) -> str:
    """Stars of emphasis go; a star that is a bullet, a note's mark "(*)" or stands between numbers stays."""
    lead = ""
    start = STAR_FIRST.match(text)
    if start and (len(start[1]) == 1 or text.count("*") % 2):
        # "* Thuận lợi" is a bullet; "** Thuận lợi*" a bullet inside emphasis
        lead, text = "* ", text[start.end() :]
    return lead + str(STARS.sub(lambda m: m[0] if _is_literal(text, m.start(), m.end()) else "", text))


def _is_literal(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return (before == "(" and after == ")") or (before.isdigit() and after.isdigit())
