"""Vietnamese before Unicode: tables against outside ones, detection by language, PDF fonts judged one by one."""

from __future__ import annotations

import io
import shutil
import subprocess
import unicodedata
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from matplotlib import get_data_path
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from extractor.layout.lines import PageWords
from extractor.readers import legacy, pdf_calls, pdf_capitals
from extractor.readers.pdf_legacy import BY_LANGUAGE, recode

SENTENCE = "Uỷ ban nhân dân tỉnh ban hành kế hoạch cải cách hành chính, được thực hiện từ ngày ký; các sở, ngành chịu trách nhiệm"


def encoded(text: str, encoding: str) -> str:
    """Text as a font of that encoding has it, by the module's own table turned round; only whole words of small letters."""
    letters = {letter: code for code, letter in legacy._single(encoding).items() if code < 0x100} if encoding in {"tcvn3", "vps"} else {}
    if letters:
        return "".join(chr(letters[c]) if c in letters else c for c in text)
    _, table = legacy._pairs(encoding)
    back = {}
    for mark, letter in table.items():
        back.setdefault(letter, mark)
    return "".join(back.get(c, c) for c in text)


def page_of(*fonts: tuple[str, str]) -> PageWords:
    """A page of (font name, text) stretches."""
    words = [(word, number) for number, (_, text) in enumerate(fonts) for word in text.split(" ")]
    zero = np.zeros(len(words))
    number = np.array([n for _, n in words])
    return PageWords(1, 595, 842, [w for w, _ in words], zero, zero, zero, zero, zero, zero > 0, font=number, fonts=[name for name, _ in fonts])


def read(page: PageWords, number: int) -> str:
    return " ".join(word for word, n in zip(page.text, page.font.tolist(), strict=True) if n == number)


@pytest.mark.skipif(shutil.which("iconv") is None, reason="no iconv here to compare with")
def test_the_table_of_tcvn3_is_that_of_iconv():
    letters = legacy.LETTERS + "ĂÂÊÔƠƯĐ"
    done = subprocess.run(
        ["iconv", "-f", "UTF-8", "-t", "TCVN-5712"], input=unicodedata.normalize("NFC", letters).encode(), capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("iconv does not know TCVN-5712 here")
    # single bytes alone: what iconv writes with combining marks is no VN3
    assert legacy.decode(done.stdout.decode("latin-1"), "tcvn3") == letters


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "vps"])
def test_a_sentence_comes_back_and_is_told_by_its_language(encoding):
    small = SENTENCE.lower()
    shown = encoded(small, encoding)
    assert shown != small
    assert legacy.decode(shown, encoding) == small
    assert legacy.detect(shown) == encoding


def test_unicode_and_other_languages_are_left_alone():
    assert legacy.detect(SENTENCE) is None
    assert legacy.detect("Der Präsident der Vereinigten Staaten hört die Rede über größere Städte") is None
    assert legacy.detect("The quick brown fox jumps over the lazy dog") is None


def test_mixed_lines_are_mended_line_by_line():
    mixed = "\n".join((SENTENCE, encoded(SENTENCE.lower(), "tcvn3"), encoded(SENTENCE.lower(), "vni")))
    text, found = legacy.mend(mixed)
    assert found == {"tcvn3", "vni"}
    assert text.split("\n") == [SENTENCE, SENTENCE.lower(), SENTENCE.lower()]


def test_vni_marks_that_some_keyboards_add_to_i():
    assert legacy.decode("quyeát ñiïnh", "vni") == "quyết định"


def test_fonts_of_a_page_are_judged_each_by_itself():
    page = page_of(("Tinos", "VĂN BẢN MẪU không có giá trị pháp lý"), ("F1", encoded(SENTENCE.lower(), "tcvn3")))
    recode(page)
    assert read(page, 0) == "VĂN BẢN MẪU không có giá trị pháp lý"
    assert read(page, 1) == SENTENCE.lower()


def test_a_font_of_few_words_follows_the_page():
    page = page_of(("F1", encoded(SENTENCE.lower(), "tcvn3")), ("F2", encoded("ngày ký", "tcvn3")))
    recode(page)
    assert read(page, 1) == "ngày ký"


def test_signs_of_tcvn3_are_not_taken_for_the_table_of_the_mac():
    page = page_of(("F1", encoded("cấp xã bồi dưỡng kiến thức quản lý nhà nước cho công chức", "tcvn3")))
    recode(page)
    assert read(page, 0) == "cấp xã bồi dưỡng kiến thức quản lý nhà nước cho công chức"


def test_unicode_in_a_font_with_a_legacy_name_stays():
    page = page_of(("VNI-Times", "công văn số 5 của Ủy ban nhân dân huyện"))
    recode(page)
    assert read(page, 0) == "công văn số 5 của Ủy ban nhân dân huyện"


def test_bytes_of_utf8_shown_one_by_one_are_put_together():
    shown = "thực hiện kế hoạch của tỉnh".encode().decode("latin-1")
    page = page_of(("F1", shown))
    recode(page)
    assert read(page, 0) == "thực hiện kế hoạch của tỉnh"


def test_english_is_not_recoded():
    text = "Résumé of the café naïve façade coöperation at El Niño"
    page = page_of(("Times", text))
    recode(page)
    assert read(page, 0) == text


def drawn(text: str, size: float) -> tuple[pypdfium2.PdfTextPage, PageWords]:
    pdfmetrics.registerFont(TTFont("DejaVuSans", str(Path(get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf")))
    held = io.BytesIO()
    canvas = Canvas(held)
    canvas.setFont("DejaVuSans", size)
    canvas.drawString(72, 700, text)
    canvas.save()
    textpage = pypdfium2.PdfDocument(held.getvalue())[0].get_textpage()
    page = page_of(("DejaVuSans", text))
    page.fonts[0] += BY_LANGUAGE
    return textpage, page


def test_small_letters_drawn_small_are_no_capitals():
    textpage, page = drawn("cam on cac em", 14)
    pdf_capitals.raise_capitals(pdf_calls.address(textpage.raw), page)
    assert read(page, 0) == "cam on cac em"


def test_small_letters_drawn_as_high_as_capitals_are_capitals(monkeypatch):
    textpage, page = drawn("cam on cac em", 14)
    monkeypatch.setattr(pdf_capitals, "CAPITAL", 0.5)  # the letters of this font are 0.55 of its size high: as if they were capitals
    pdf_capitals.raise_capitals(pdf_calls.address(textpage.raw), page)
    assert read(page, 0) == "CAM ON CAC EM"
