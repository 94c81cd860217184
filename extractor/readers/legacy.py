"""Vietnamese before Unicode: TCVN3 (ABC), VNI, VPS and VIQR text → Unicode, by font name or by the language itself.

Input is text as the file's reader shows it: the font's bytes taken for Windows-1252 or Latin-1. Sources: TCVN 5712:1993
(VN3), the VNI for Windows and VPS font charts, RFC 1456 (VIQR).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

import regex

from extractor.values.syllables import is_syllable

# The 67 letters beyond ASCII, lower case, in one order for all tables.
LETTERS = "àáảãạâầấẩẫậăằắẳẵặđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_TCVN3 = bytes.fromhex(
    "b5b8b6b7b9a9c7cac8c9cba8bbbebcbdc6aeccd0cecfd1aad2d5d3d4d6d7ddd8dcdedfe3e1e2e4abe5e8e6e7e9aceaedebeceeeff3f1f2f4adf5f8f6f7f9fafdfbfcfe"
)
_TCVN3_CAPITALS = MappingProxyType({0xA1: "Ă", 0xA2: "Â", 0xA3: "Ê", 0xA4: "Ô", 0xA5: "Ơ", 0xA6: "Ư", 0xA7: "Đ"})
_VPS = bytes.fromhex(
    "e0e1e4e3e5e2c0c3c4c5c6e6a2a1a3a4a5c7e8e9c8ebcbea8a898bcd8cecedccefcef2f3d5f586f4d2d3b087b6d6a9a7aaabaef9fafbdbf8dcd8d9babbbfff9a9bcf9c"
)
_VPS_CAPITALS = MappingProxyType(
    {0x80: "À", 0xC1: "Á", 0x81: "Ả", 0x82: "Ã", 0xC2: "Â", 0x84: "Ầ", 0x83: "Ấ", 0x85: "Ẩ", 0x88: "Ă", 0x8E: "Ằ", 0x8D: "Ắ", 0x8F: "Ẳ", 0xF1: "Đ"}
    | {0xD7: "È", 0xC9: "É", 0xDE: "Ẻ", 0xFE: "Ẽ", 0x93: "Ề", 0x90: "Ế", 0x94: "Ể", 0x95: "Ễ", 0xB5: "Ì", 0xB4: "Í", 0xB7: "Ỉ", 0xB8: "Ĩ"}
    | {0xBC: "Ò", 0xB9: "Ó", 0xBD: "Ỏ", 0xBE: "Õ", 0xD4: "Ô", 0x97: "Ồ", 0x96: "Ố", 0x98: "Ổ", 0x99: "Ỗ", 0xF7: "Ơ", 0x9E: "Ờ", 0x9D: "Ớ", 0x9F: "Ở"}
    | {0xA6: "Ỡ", 0xA8: "Ù", 0xDA: "Ú", 0xD1: "Ủ", 0xAC: "Ũ", 0xD0: "Ư", 0xAF: "Ừ", 0xAD: "Ứ", 0xB1: "Ử", 0xB2: "Ỳ", 0xDD: "Ý", 0xFD: "Ỷ", 0xB3: "Ỹ"}
)
# VNI: a base letter and a mark; ơ ư đ ỉ ĩ ị ỵ ì í are letters of their own
_VNI_MARKS = (
    "aø aù aû aõ aï aâ aà aá aå aã aä aê aè aé aú aü aë ñ eø eù eû eõ eï eâ eà eá eå eã eä ì í æ ó ò "
    "oø où oû oõ oï oâ oà oá oå oã oä ô ôø ôù ôû ôõ ôï uø uù uû uõ uï ö öø öù öû öõ öï yø yù yû yõ î"
).split()
_VNI_VARIANTS = MappingProxyType({"iø": "ì", "iù": "í", "iû": "ỉ", "iõ": "ĩ", "iï": "ị", "yï": "ỵ"})  # some keyboards add marks to these as well
_VIQR = (
    "a` a' a? a~ a. a^ a^` a^' a^? a^~ a^. a( a(` a(' a(? a(~ a(. dd e` e' e? e~ e. e^ e^` e^' e^? e^~ e^. i` i' i? i~ i. "
    "o` o' o? o~ o. o^ o^` o^' o^? o^~ o^. o+ o+` o+' o+? o+~ o+. u` u' u? u~ u. u+ u+` u+' u+? u+~ u+. y` y' y? y~ y."
).split()

ENCODINGS = ("tcvn3", "vni", "vps", "viqr")
FONTS: Mapping[str, str] = MappingProxyType(
    {".vn": "tcvn3", "vni": "vni", "vps": "vps", ".tmc": "tcvn3", "vntime": "tcvn3", "vnarial": "tcvn3", "vnhelve": "tcvn3", "vnsouthern": "tcvn3"}
)
VIQR_SIGN = regex.compile(r"[aeiouyAEIOUY][\^(+]?[`'?~.][a-z]|[dD][dD][a-z]|[aeouAEOU][\^(+]")
# what a word is made of while letters may still stand as signs ("h¹n"): anything but white space, digits and ASCII punctuation
TOKEN = regex.compile(r"[^\s\d!-/:-@\[-`{-~…“”„‘’]+")
# where a PDF or an editor shows a byte as a look-alike: minus or hyphen for the soft hyphen (ư), Greek mu for the micro
# sign (à), bullet for the dot (ã)
_TCVN3_LOOKALIKES = MappingProxyType({0x2212: "ư", 0x2010: "ư", 0x3BC: "à", 0x2219: "ã"})
CERTAIN = 0.85  # share of marked words that must be Vietnamese after conversion, by language alone
DOUBTFUL = 0.6  # and at most this share before it


def encoding_of_font(name: str | None) -> str | None:
    """`tcvn3`, `tcvn3-capitals` (".VnTimeH": its small letters are drawn as capitals), `vni`, `vps`, or None for Unicode fonts.

    A PDF's subset prefix ("ABCDEF+") is left aside.
    """
    plain = (name or "").rpartition("+")[2].lower().replace(" ", "").replace("-", "")
    found = next((encoding for start, encoding in FONTS.items() if plain.startswith(start)), None)
    face = regex.split(r",|bold|italic|oblique|regular|\d", plain)[0]
    return "tcvn3-capitals" if found == "tcvn3" and face.endswith("h") else found


def decode(text: str, encoding: str) -> str:
    """`text` in Unicode (NFC). Characters the encoding does not have stay as they are."""
    if encoding == "tcvn3-capitals":
        return text.translate(_single("tcvn3")).upper()
    if encoding in {"tcvn3", "vps"}:
        return text.translate(_single(encoding))
    pattern, table = _pairs(encoding)
    converted: str = pattern.sub(lambda m: table[m[0]], text)
    return converted


@cache
def _single(encoding: str) -> dict[int, str]:
    """Code point → letter, for a byte shown as Latin-1 as well as Windows-1252."""
    codes, capitals = (_TCVN3, _TCVN3_CAPITALS) if encoding == "tcvn3" else (_VPS, _VPS_CAPITALS)
    table = dict(capitals) | dict(zip(codes, LETTERS, strict=True))
    shown = {ord(bytes([byte]).decode("cp1252")): letter for byte, letter in table.items() if bytes([byte]).decode("cp1252", "ignore")}
    return table | shown | (dict(_TCVN3_LOOKALIKES) if encoding == "tcvn3" else {})


@cache
def _pairs(encoding: str) -> tuple[regex.Pattern[str], dict[str, str]]:
    marks = _VNI_MARKS if encoding == "vni" else _VIQR
    table = dict(zip(marks, LETTERS, strict=True))
    if encoding == "vni":
        table |= _VNI_VARIANTS
    upper = {mark.upper(): letter.upper() for mark, letter in table.items()}
    mixed = {mark[0].upper() + mark[1:]: letter.upper() for mark, letter in table.items()}
    whole = upper | mixed | table
    alternatives = "|".join(regex.escape(k) for k in sorted(whole, key=len, reverse=True))
    return regex.compile(alternatives), whole


def detect(text: str) -> str | None:
    """The legacy encoding `text` is in, judged by what makes it Vietnamese; None for Unicode, ASCII and other languages."""
    if text.isascii():
        return "viqr" if VIQR_SIGN.search(text) and _gain(text, "viqr") >= CERTAIN else None
    before = _share(text)
    if before is None or before > DOUBTFUL:
        return None
    scores = {e: _gain(text, e) for e in ENCODINGS if e != "viqr"}
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] >= CERTAIN else None


def _share(text: str) -> float | None:
    """The share of the words with a character outside ASCII that are Vietnamese syllables; None where there is none."""
    words = [w for w in TOKEN.findall(text) if not w.isascii()]
    return sum(map(is_syllable, words)) / len(words) if words else None


def _gain(text: str, encoding: str) -> float:
    share = _share(decode(text, encoding))
    return share or 0.0


def mend(text: str, encoding: str | None = None) -> tuple[str, frozenset[str]]:
    """`text` in Unicode and the encodings it was found to be in, line by line (archives mix them within one file).

    A line too short to judge takes the encoding found for the whole text (`encoding`, or by `detect`).
    """
    whole = encoding or detect(text)
    lines, found = text.split("\n"), set()
    for index, line in enumerate(lines):
        own = detect(line) or (whole if whole and _gain(line, whole) > (_share(line) or 0.0) else None)
        if own:
            lines[index] = decode(line, own)
            found.add(own)
    return "\n".join(lines), frozenset(found)


Decoder = Callable[[str], str]


def decoder_of_font(name: str | None) -> Decoder | None:
    """The function that turns text set in that font into Unicode, or None where it is Unicode already."""
    encoding = encoding_of_font(name)
    return None if encoding is None else lambda text: decode(text, encoding)
