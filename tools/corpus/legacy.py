# ruff: noqa: E501 - tables and markup read better unbroken
"""Legacy Vietnamese encodings, written (never read) here: the letters that stand at a legacy font's codes.

TCVN3 (ABC): TCVN 5712:1993, VN3. VNI: the VNI-Win table. Capitals with tones do not exist in TCVN3: there a font (.VnTimeH) draws
lower-case letters as capitals, and the old spelling "Uỷ" is usual because it needs none.
"""

from __future__ import annotations

import unicodedata

_LOWER = tuple("àảãáạ-ằẳẵắ-------ặầẩẫấậè-ẻẽéẹềểễếệìỉ---ĩíịò-ỏõóọồổỗốộờởỡớợù-ủũúụừửữứựỳỷỹýỵ")  # from code B5 on
TCVN3 = {letter: chr(0xB5 + index) for index, letter in enumerate(_LOWER) if letter != "-"}
TCVN3 |= dict(zip("ĂÂÊÔƠƯĐăâêôơưđ", (chr(code) for code in range(0xA1, 0xAF)), strict=True))

_TONES = {"a": "aùaøaûaõaï", "ă": "aéaèaúaüaë", "â": "aáaàaåaãaä", "e": "eùeøeûeõeï", "ê": "eáeàeåeãeä", "o": "oùoøoûoõoï", "ô": "oáoàoåoãoä", "ơ": "ôùôøôûôõôï", "u": "uùuøuûuõuï", "ư": "öùöøöûöõöï"}
_TONED = {"a": "áàảãạ", "ă": "ắằẳẵặ", "â": "ấầẩẫậ", "e": "éèẻẽẹ", "ê": "ếềểễệ", "o": "óòỏõọ", "ô": "ốồổỗộ", "ơ": "ớờởỡợ", "u": "úùủũụ", "ư": "ứừửữự"}
VNI = {letter: _TONES[base][2 * index : 2 * index + 2] for base, letters in _TONED.items() for index, letter in enumerate(letters)}
VNI |= {"ă": "aê", "â": "aâ", "ê": "eâ", "ô": "oâ", "ơ": "ô", "ư": "ö", "đ": "ñ", "í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò"}
VNI |= {"ý": "yù", "ỳ": "yø", "ỷ": "yû", "ỹ": "yõ", "ỵ": "î"}
VNI |= {letter.upper(): code.upper() for letter, code in VNI.items()}
SAME = str.maketrans({"–": "-", "—": "-", "“": '"', "”": '"', "’": "'", "…": "...", "≥": ">="})


def tcvn3(text: str) -> str:
    """`text` as the Latin-1 letters a .VnTime font shows as Vietnamese.

    Raises: ValueError for a letter the encoding does not have (a capital with a tone).
    """
    return _coded(text, TCVN3)


def vni(text: str) -> str:
    """`text` as the letters a VNI-Times font shows as Vietnamese."""
    return _coded(text, VNI)


def viqr(text: str) -> str:
    """`text` in VIQR (RFC 1456): `Vie^.t Nam`, with `dd` for đ and a backslash where a mark is meant as itself."""
    made = ""
    for letter in text:
        if letter in "đĐ":
            made += {"đ": "dd", "Đ": "DD"}[letter]
        elif letter in "?.'`~^(+" and made[-1:].lower() in set("aeiouy^(+"):
            made += "\\" + letter
        else:
            base, *marks = unicodedata.normalize("NFD", letter)
            made += base + "".join(_VIQR[mark] for mark in sorted(marks, key=lambda mark: mark not in "\u0302\u0306\u031b"))
    return made


_VIQR = {"\u0302": "^", "\u0306": "(", "\u031b": "+", "\u0301": "'", "\u0300": "`", "\u0309": "?", "\u0303": "~", "\u0323": "."}


def _coded(text: str, table: dict[str, str]) -> str:
    made = "".join(table.get(letter, letter) for letter in text.translate(SAME))
    lost = {letter for letter in made if ord(letter) > 0xFF}
    if lost:
        raise ValueError(f"not in this encoding: {lost} in {text[:60]!r}")
    return made
