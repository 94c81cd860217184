"""Text that means something else in its font: symbol fonts here, legacy Vietnamese fonts by `legacy`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import regex

from extractor.layout.pieces import Grid, Passage, Piece
from extractor.model import Notice
from extractor.readers.legacy import TOKEN, Decoder, decoder_of_font, detect, encoding_of_font, mend
from extractor.readers.tidy import tidy
from extractor.values.syllables import is_syllable

SAMPLE = 20_000  # code points that are judged of a text

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
    | {0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥"}
    | {0xB4: "×", 0xB5: "∝", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xC5: "⊕", 0xDE: "⇒", 0xE5: "∑", 0xD6: "√"}
)
_WINGDINGS_2: Mapping[int, str] = MappingProxyType({0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "☐", 0x2A: "☐"})
_SYMBOL_FONTS: Mapping[str, Mapping[int, str]] = MappingProxyType(
    {"wingdings": _WINGDINGS, "symbol": _SYMBOL, "wingdings 2": _WINGDINGS_2, "webdings": MappingProxyType({0x61: "✓", 0x63: "☐", 0x72: "✗"})}
)
# letters that only Unicode has: text with one of them was typed in Unicode, whatever its font says
_UNICODE_ONLY = regex.compile("[ăĂđĐĩĨũŨơƠưƯ\u0300\u0301\u0303\u0309\u0323\u1ea0-\u1ef9]")
# letters and signs that Vietnamese never writes, and legacy encodings always
_FOREIGNERS = frozenset("¡¢£¤¥¦¨ª¬\u00ad¯´µ¶¸¹º¼½¾¿ÄÅÆÇËÏÐÑÖ×ØÛÜÞßäåæçëïðñö÷øûüþÿ")
_FOREIGN = regex.compile("[" + "".join(_FOREIGNERS) + "]")


def matters(names: str) -> bool:
    """Whether any of `names` (one string, font names anywhere in it) is of a font whose text must be converted."""
    low = names.lower()
    return any(word in low for word in ("wingdings", "symbol", "webdings", ".vn", "vni", "vps", "vnt", "vna", "vnh", ".tmc"))


@dataclass(slots=True)
class FontTexts:
    """What a file sets in legacy fonts, gathered to judge whether it really is in their encoding."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    legacy: dict[str | None, bool] = field(default_factory=lambda: {None: False})  # by font, asked once each

    def add(self, runs: Iterable[tuple[str, str | None]]) -> None:
        legacy = self.legacy
        for text, font in runs:
            if font not in legacy:
                legacy[font] = encoding_of_font(font) is not None
            if legacy[font] and font and not text.isascii() and not _UNICODE_ONLY.search(text):
                self.texts.setdefault(font, []).append(text)

    def decoders(self) -> dict[str, Decoder]:
        """A decoder for each font whose text reads better as Vietnamese after conversion than before."""
        found = {}
        for font, texts in self.texts.items():
            decoder, sample = decoder_of_font(font), " ".join(texts)[:SAMPLE]
            if decoder is not None and _share(decoder(sample)) >= _share(sample):
                found[font] = decoder
        return found


def _share(text: str) -> float:
    """The share of the words beyond ASCII that are Vietnamese syllables."""
    words = [word for word in TOKEN.findall(text) if not word.isascii()]
    return sum(map(is_syllable, words)) / len(words) if words else 0.0


def show(text: str, font: str | None, decoders: Mapping[str, Decoder] = MappingProxyType({})) -> str:
    """What `text` set in `font` shows, in Unicode; text in ordinary fonts comes back as it is."""
    if not font or not text:
        return text
    decoder = decoders.get(font)
    if decoder is not None:
        return text if _UNICODE_ONLY.search(text) else decoder(text)
    table = _SYMBOL_FONTS.get(font.lower())
    if table is not None:
        return "".join(table.get(ord(c) - 0xF000 if 0xF000 <= ord(c) <= 0xF0FF else ord(c), c) for c in text)
    return text


def join_runs(runs: Sequence[tuple[str, str | None]], decoders: Mapping[str, Decoder] = MappingProxyType({})) -> str:
    """The text of consecutive runs (text, font), converted by font.

    Neighbours in one font are converted together: a VNI letter is two characters, and an editor may part them.
    """
    shown: list[str] = []
    pending, font = "", None
    for text, own in runs:
        if own != font and text.strip():
            shown.append(show(pending, font, decoders))
            pending, font = "", own
        pending += text
    shown.append(show(pending, font, decoders))
    return "".join(shown)


def settle(pieces: Sequence[Piece]) -> tuple[list[Piece], tuple[Notice, ...]]:
    """The pieces with text in a legacy encoding that no font name told of put into Unicode, judged by the language.

    Lines too short to judge follow the rest where most of the marked text is in that encoding.
    """
    if all(_FOREIGNERS.isdisjoint(text) for piece in pieces for text in _texts(piece)):
        return list(pieces), ()
    suspects = [text for piece in pieces for text in _texts(piece) if len(_FOREIGN.findall(text)) > 2]
    encoding = detect("\n".join(suspects)[:SAMPLE]) if suspects else None
    if encoding is None:
        return [_mapped(piece, _without_hyphens) for piece in pieces], ()
    marked = sum(not text.isascii() for piece in pieces for text in _texts(piece))
    whole = encoding if 2 * len(suspects) > marked else None

    def mended(passage: Passage) -> Passage:
        if passage.text.isascii() or not (whole or _FOREIGN.search(passage.text)):
            return _without_hyphens(passage)
        return Passage("\n".join(tidy(line) for line in mend(passage.text, whole)[0].split("\n")))

    notice = Notice("legacy_encoding", f"text in {encoding.upper()} is told by its language and put into Unicode", "info")
    return [_mapped(piece, mended) for piece in pieces], (notice,)


def _without_hyphens(passage: Passage) -> Passage:
    """Soft hyphens are invisible, where they are not TCVN3's letter ư."""
    return Passage(passage.text.replace("\u00ad", "")) if "\u00ad" in passage.text else passage


def _texts(piece: Piece) -> Iterable[str]:
    return (cell.passage.text for cell in piece.cells) if isinstance(piece, Grid) else (piece.passage.text,)


def _mapped(piece: Piece, change: Callable[[Passage], Passage]) -> Piece:
    """The piece with its passages changed; itself, and its own cells, where nothing changes."""
    if isinstance(piece, Grid):
        passages = [change(cell.passage) for cell in piece.cells]
        if all(new is cell.passage for new, cell in zip(passages, piece.cells, strict=True)):
            return piece
        cells = [cell if new is cell.passage else replace(cell, passage=new) for new, cell in zip(passages, piece.cells, strict=True)]
        return replace(piece, cells=cells)
    new = change(piece.passage)
    return piece if new is piece.passage else replace(piece, passage=new)
