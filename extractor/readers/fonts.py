"""Text that means something else in its font: symbol fonts here, legacy Vietnamese fonts by `legacy`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

# Wingdings and Symbol as Vietnamese documents use them: boxes, ticks, bullets, arrows, relations.
# Code points of the fonts' own tables (Unicode's published mapping files for Symbol; Wingdings by its glyph chart).
_WINGDINGS: Mapping[int, str] = MappingProxyType(
    {0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x46: "☞", 0x4A: "☺", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "❑", 0x72: "❒"}
    | {0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x9F: "•", 0xA0: "▪", 0xA1: "○", 0xA2: "○", 0xA3: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: "☐"}
    | {0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"}
    | {0x52: "☑", 0x54: "☒"}
)
_SYMBOL: Mapping[int, str] = MappingProxyType(
    {0x2D: "−", 0x2A: "∗", 0x3C: "<", 0x3D: "=", 0x3E: ">", 0x61: "α", 0x62: "β", 0x44: "Δ", 0x53: "Σ", 0x57: "Ω", 0x6D: "μ", 0x70: "π", 0x71: "θ"}
    | {0xA3: "≤", 0xA5: "∞", 0xA7: "♣", 0xA8: "♦", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥"}
    | {0xB4: "×", 0xB5: "∝", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xC5: "⊕", 0xDE: "⇒", 0xE5: "∑", 0xD6: "√"}
)
_WINGDINGS_2: Mapping[int, str] = MappingProxyType({0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "☐", 0x2A: "☐", 0x30: "☐"})
_SYMBOL_FONTS: Mapping[str, Mapping[int, str]] = MappingProxyType(
    {"wingdings": _WINGDINGS, "symbol": _SYMBOL, "wingdings 2": _WINGDINGS_2, "webdings": MappingProxyType({0x61: "✓", 0x63: "☐", 0x72: "✗"})}
)
# how the names of fonts with a private meaning begin, lower case
_LEGACY = (".vn", "vni", "vn ", "vnt", "vnh", "vna", "abc", ".tmc", "vps")


def matters(names: str) -> bool:
    """Whether any of `names` (one string, font names anywhere in it) is of a font whose text must be converted."""
    low = names.lower()
    return "wingdings" in low or "symbol" in low or "webdings" in low or ".vn" in low or "vni" in low or "vps" in low


def show(text: str, font: str | None) -> str:
    """What `text` set in `font` shows, in Unicode; text in ordinary fonts comes back as it is."""
    if not font or not text:
        return text
    table = _SYMBOL_FONTS.get(font.lower())
    if table is not None:
        return "".join(table.get(ord(c) - 0xF000 if 0xF000 <= ord(c) <= 0xF0FF else ord(c), c) for c in text)
    return text


def join_runs(runs: Sequence[tuple[str, str | None]]) -> str:
    """The text of consecutive runs (text, font), converted by font.

    Neighbours in one font are converted together: a VNI letter is two characters, and an editor may part them.
    """
    shown: list[str] = []
    pending, font = "", None
    for text, own in runs:
        if own != font and text.strip():
            shown.append(show(pending, font))
            pending, font = "", own
        pending += text
    shown.append(show(pending, font))
    return "".join(shown)
