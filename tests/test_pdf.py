"""PDF: what is read of files made here, of damaged ones, and, where they are, of the documents beside the project."""

from __future__ import annotations

import io
import json
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pdfplumber
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import get_data_path
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from extractor.errors import BrokenFile, EmptyFile, EncryptedFile, ReadError
from extractor.layout.asides import find_furniture
from extractor.layout.cell_lines import is_one_word
from extractor.layout.flow import make_leaf
from extractor.layout.lines import PageWords, find_lines, find_runs
from extractor.layout.pieces import Draft, Footnote, Furniture, Grid, Paragraph, WordColumns
from extractor.layout.ruled import PageRules, find_tables, joined
from extractor.readers import pdf, pdf_plumber
from extractor.readers.formats import ReadOptions, Source
from extractor.readers.pdf_legacy import recode

SHARED = Path(__file__).parent.parent / ".." / "shared" / "corpus"
NO_OCR = ReadOptions(ocr="never")
WIDTH, HEIGHT = 595.0, 842.0


@pytest.fixture(scope="session", autouse=True)
def _fonts():
    for name in ("DejaVuSans", "DejaVuSans-Bold"):
        pdfmetrics.registerFont(TTFont(name, str(Path(get_data_path()) / "fonts" / "ttf" / f"{name}.ttf")))


class Sheet:
    """Draws a PDF page by page, y counted from the top."""

    def __init__(self, **options):
        self.file = io.BytesIO()
        self.canvas = Canvas(self.file, pagesize=(WIDTH, HEIGHT), **options)

    def put(self, x, y, text, size=12, bold=False):
        self.canvas.setFont("DejaVuSans-Bold" if bold else "DejaVuSans", size)
        self.canvas.drawString(x, HEIGHT - y, text)

    def centre(self, y, text, size=12, bold=False, middle=WIDTH / 2):
        self.canvas.setFont("DejaVuSans-Bold" if bold else "DejaVuSans", size)
        self.canvas.drawCentredString(middle, HEIGHT - y, text)

    def fill(self, y, words, x=85.0, right=510.0, first=0.0, size=12):
        """Sets words in lines from x to right; comes back with the y of the next line."""
        line, start = "", x + first
        for word in words.split():
            longer = f"{line} {word}".strip()
            if start + pdfmetrics.stringWidth(longer, "DejaVuSans", size) > right:
                self.put(start, y, line, size)
                line, start, y = word, x, y + 1.3 * size
            else:
                line = longer
        self.put(start, y, line, size)
        return y + 1.3 * size

    def rule(self, x0, y0, x1, y1, width=0.5):
        self.canvas.setLineWidth(width)
        self.canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)

    def grid(self, xs, ys):
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])

    def page(self):
        self.canvas.showPage()

    def data(self):
        self.canvas.save()
        return self.file.getvalue()

    def read(self, options=NO_OCR) -> Draft:
        return pdf.read_pdf(Source("made.pdf", self.data()), options)


def texts(draft: Draft, kind=Paragraph):
    return [p.passage.text for p in draft.pieces if isinstance(p, kind)]


def rows(grid: Grid):
    table = [[""] * grid.n_cols for _ in range(grid.n_rows)]
    for cell in grid.cells:
        table[cell.row][cell.col] = cell.passage.text
    return table


LONG = "Các sở, ban, ngành, Ủy ban nhân dân các huyện, thành phố triển khai thực hiện các nội dung được giao bảo đảm tiến độ và chất lượng"


# ---- words, lines, paragraphs ----------------------------------------------------------------------------------------


def test_lines_become_paragraphs_by_indent_and_room():
    sheet = Sheet()
    y = sheet.fill(100, LONG + ".", first=30)
    y = sheet.fill(y, LONG + " năm 2024.", first=30)
    sheet.fill(y, "Nội dung khác.", first=30)
    draft = sheet.read()
    assert texts(draft) == [LONG + ".", LONG + " năm 2024.", "Nội dung khác."]
    assert [p.page for p in draft.pieces] == [1, 1, 1]
    assert draft.text_source == "digital"
    assert draft.pages == ((WIDTH, HEIGHT),)


def test_every_passage_knows_where_its_words_stand():
    sheet = Sheet()
    sheet.fill(100, LONG)
    draft = sheet.read()
    words = draft.columns
    for piece in draft.pieces:
        starts, ids = piece.passage.starts, piece.passage.ids
        assert [piece.passage.text[s : s + len(words.text[i])] for s, i in zip(starts, ids, strict=True)] == [words.text[i] for i in ids]
    first = words.text.index("Các")
    assert words.x0[first] == pytest.approx(85, abs=1.5)
    assert words.top[first] < 100 < words.bottom[first]
    assert words.bottom[first] - words.top[first] == pytest.approx(12 * 1.11, abs=0.5)


def test_list_items_without_indent_are_told_by_their_markers():
    sheet = Sheet()
    y = 100
    for item in ("1. " + LONG, "a) " + LONG, "- " + LONG, "+ Rà soát."):
        y = sheet.fill(y, item)
    assert [t[:2] for t in texts(sheet.read())] == ["1.", "a)", "- ", "+ "]


def test_a_wrapped_range_is_no_list_item():
    sheet = Sheet()
    sheet.put(85, 100, "Thực hiện các nhiệm vụ được giao trong giai đoạn từ năm 2021 đến 2026")
    sheet.put(85, 116, "- 2030 theo kế hoạch.")
    assert len(texts(sheet.read())) == 1


def test_hyphen_at_a_line_end_holds_a_number_together():
    sheet = Sheet()
    sheet.put(85, 100, "Triển khai thực hiện đầy đủ các nội dung của Quyết định số 1708/QĐ-")
    sheet.put(85, 116, "UBND ngày 4/8/2022 của UBND tỉnh.")
    assert "số 1708/QĐ-UBND ngày 4/8/2022" in texts(sheet.read())[0]


def test_letterhead_and_signature_are_read_column_by_column():
    sheet = Sheet()
    sheet.centre(60, "UBND TỈNH HÀ NAM", 11, middle=150)
    sheet.centre(60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 11, bold=True, middle=410)
    sheet.centre(75, "SỞ NỘI VỤ", 11, bold=True, middle=150)
    sheet.centre(75, "Độc lập - Tự do - Hạnh phúc", 11, bold=True, middle=410)
    sheet.centre(100, "Số: 12/KH-SNV", 11, middle=150)
    sheet.centre(100, "Hà Nam, ngày 05 tháng 01 năm 2024", 11, middle=410)
    sheet.centre(140, "KẾ HOẠCH", 13, bold=True)
    y = sheet.fill(180, LONG + ".")
    sheet.put(85, y + 20, "Nơi nhận:", 10)
    sheet.centre(y + 20, "KT. GIÁM ĐỐC", 12, bold=True, middle=430)
    sheet.put(85, y + 33, "- Sở Nội vụ;", 10)
    sheet.centre(y + 35, "PHÓ GIÁM ĐỐC", 12, bold=True, middle=430)
    sheet.put(85, y + 46, "- Lưu: VT.", 10)
    sheet.centre(y + 110, "Nguyễn Văn A", 12, bold=True, middle=430)
    draft = sheet.read()
    found = texts(draft)
    assert found[:7] == [
        "UBND TỈNH HÀ NAM",
        "SỞ NỘI VỤ",
        "Số: 12/KH-SNV",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hà Nam, ngày 05 tháng 01 năm 2024",
        "KẾ HOẠCH",
    ]
    assert found[-6:] == ["Nơi nhận:", "- Sở Nội vụ;", "- Lưu: VT.", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Văn A"]
    title = next(p for p in draft.pieces if p.passage.text == "KẾ HOẠCH")
    assert (title.bold, title.centred) == (True, True)


def test_two_columns_of_text():
    sheet = Sheet()
    left = sheet.fill(100, "trái " * 60, x=85, right=280, size=11)
    sheet.fill(100, "phải " * 60, x=320, right=515, size=11)
    assert left > 150
    found = " ".join(texts(sheet.read())).split()
    assert found == ["trái"] * 60 + ["phải"] * 60


def test_labels_with_values_are_rows_not_columns():
    sheet = Sheet()
    for k, (label, value) in enumerate([("- Dân số:", "374.125 người"), ("- Tỷ lệ hộ nghèo:", "2,5%"), ("- Số xã:", "17 xã")]):
        sheet.put(85, 100 + 16 * k, label)
        sheet.put(430, 100 + 16 * k, value)
    assert texts(sheet.read()) == ["- Dân số: 374.125 người", "- Tỷ lệ hộ nghèo: 2,5%", "- Số xã: 17 xã"]


def test_paragraph_torn_by_a_page_break_is_marked():
    sheet = Sheet()
    sheet.fill(750, "Ủy ban nhân dân tỉnh yêu cầu các cơ quan, đơn vị căn cứ chức năng nhiệm vụ chủ động triển khai kịp thời hiệu quả các")
    sheet.page()
    y = sheet.fill(80, "nội dung của Kế hoạch này.")
    sheet.fill(y, "Nội dung tiếp theo của Kế hoạch được giao cho Sở Nội vụ.")
    pieces = [p for p in sheet.read().pieces if isinstance(p, Paragraph)]
    assert [p.complete for p in pieces] == [False, True, True]


# ---- marks, notes, furniture -----------------------------------------------------------------------------------------


def test_raised_digits_are_footnote_marks_and_notes_leave_the_text():
    sheet = Sheet()
    text = "Hoàn thành 38/38 nhiệm vụ vào ngày 17/6/2022"
    sheet.put(85, 100, text)
    end = 85 + pdfmetrics.stringWidth(text, "DejaVuSans", 12)
    sheet.put(end, 95, "2", 7)
    sheet.put(end + 4.6, 100, ". Năm 2023 đạt 12 m")
    sheet.fill(130, LONG + ". " + LONG + ".")
    sheet.rule(85, 760, 229, 760)
    sheet.put(85, 775, "2", 6)
    sheet.put(91, 778, "Phụ lục kết quả công tác năm 2022.", 9)
    draft = sheet.read()
    assert texts(draft)[0] == "Hoàn thành 38/38 nhiệm vụ vào ngày 17/6/2022². Năm 2023 đạt 12 m"
    notes = [p for p in draft.pieces if isinstance(p, Footnote)]
    assert [(n.marker, n.passage.text) for n in notes] == [("²", "² Phụ lục kết quả công tác năm 2022.")]


def test_running_heads_and_page_numbers_are_furniture():
    sheet = Sheet()
    for number in range(1, 5):
        sheet.put(85, 40, "CÔNG BÁO TỈNH/Số 12", 10)
        sheet.centre(60, str(number), 12)
        sheet.fill(100, f"Biểu mẫu {number}")
        sheet.fill(130, LONG)
        sheet.page()
    draft = sheet.read()
    assert texts(draft)[::2] == [f"Biểu mẫu {number}" for number in range(1, 5)]
    kinds = Counter(p.kind for p in draft.pieces if isinstance(p, Furniture))
    assert kinds == {"header": 4, "page_number": 4}


def test_a_signature_stamp_is_furniture():
    sheet = Sheet()
    sheet.put(400, 20, "Ký bởi: Trung tâm Tin học", 7)
    sheet.put(400, 28, "Ngày ký: 04/03/2025 14:54:03 +07:00", 7)
    sheet.fill(100, LONG + ".")
    draft = sheet.read()
    assert texts(draft) == [LONG + "."]
    assert [p.kind for p in draft.pieces if isinstance(p, Furniture)] == ["stamp"]


def test_notes_over_a_signature_block_end_there():
    sheet = Sheet()
    sheet.put(85, 100, "Đạt tỷ lệ 99,5%")
    sheet.put(85 + pdfmetrics.stringWidth("Đạt tỷ lệ 99,5%", "DejaVuSans", 12), 95, "1", 7)
    sheet.fill(120, LONG + ". " + LONG + ".")
    sheet.rule(85, 195, 200, 195)
    sheet.put(85, 207, "1 Cấp tỉnh 99,81%, cấp xã 99,6%.", 12)
    sheet.put(85, 240, "Nơi nhận:", 10, bold=True)
    sheet.centre(240, "CHỦ TỊCH", 12, bold=True, middle=430)
    draft = sheet.read()
    assert texts(draft, Footnote) == ["¹ Cấp tỉnh 99,81%, cấp xã 99,6%."]
    assert texts(draft)[-2:] == ["Nơi nhận:", "CHỦ TỊCH"]
    assert texts(draft)[0] == "Đạt tỷ lệ 99,5%¹"


def test_notes_at_the_end_of_a_document_stand_behind_their_paragraphs():
    sheet = Sheet()
    sheet.put(85, 100, "Đã hoàn thành nhiệm vụ")
    sheet.put(85 + pdfmetrics.stringWidth("Đã hoàn thành nhiệm vụ", "DejaVuSans", 12), 95, "1", 7)
    sheet.put(85, 140, "Nội dung khác.")
    sheet.page()
    sheet.fill(100, LONG + ". " + LONG + ".")
    sheet.put(85, 780, "1", 6)
    sheet.put(91, 783, "Theo báo cáo năm 2022.", 9)
    pieces = [p.passage.text for p in sheet.read().pieces]
    assert pieces[:3] == ["Đã hoàn thành nhiệm vụ¹", "¹ Theo báo cáo năm 2022.", "Nội dung khác."]


def test_a_watermark_is_no_text():
    sheet = Sheet()
    sheet.fill(100, LONG + ".")
    sheet.put(150, 400, "DỰ THẢO", 60, bold=True)
    draft = sheet.read()
    assert texts(draft) == [LONG + "."]
    assert texts(draft, Furniture) == ["DỰ THẢO"]


def test_numbers_alone_on_a_page_stay_text():
    line = SimpleNamespace  # lines of a table page are no furniture: nothing in the first and last lines repeats
    pages = [(842.0, [line(ids=[k], top=400.0, bottom=412.0)]) for k in range(3)]
    assert find_furniture(pages, ["12", "15", "18"]) == [{}, {}, {}]


# ---- tables ----------------------------------------------------------------------------------------------------------


def test_ruled_table_with_merged_cells_leaves_the_text():
    sheet = Sheet()
    sheet.fill(80, "Phụ lục kèm theo Kế hoạch.")
    xs, ys = [80, 130, 300, 400, 520], [120, 145, 170, 195]
    for y in (120, 170, 195):
        sheet.rule(80, y, 520, y)
    sheet.rule(300, 145, 520, 145)  # STT and task span the two header rows
    for x in (80, 130, 300, 520):
        sheet.rule(x, 120, x, 195)
    sheet.rule(400, 145, 400, 195)  # one head over two columns
    for x, y, text in [(85, 150, "STT"), (135, 150, "Nhiệm vụ"), (305, 137, "Cơ quan thực hiện"), (305, 162, "Chủ trì"), (405, 162, "Phối hợp")]:
        sheet.put(x, y, text, 10)
    for x, text in zip(xs, ("1", "Rà soát văn bản", "Sở Tư pháp", "Sở Nội vụ"), strict=False):
        sheet.put(x + 5, 187, text, 10)
    sheet.fill(230, "Trên đây là Kế hoạch.")
    draft = sheet.read()
    assert texts(draft) == ["Phụ lục kèm theo Kế hoạch.", "Trên đây là Kế hoạch."]
    (grid,) = (p for p in draft.pieces if isinstance(p, Grid))
    assert (grid.n_rows, grid.n_cols, grid.page) == (3, 4, 1)
    assert rows(grid)[0] == ["STT", "Nhiệm vụ", "Cơ quan thực hiện", ""]
    assert rows(grid)[2] == ["1", "Rà soát văn bản", "Sở Tư pháp", "Sở Nội vụ"]
    assert {(c.row, c.col): (c.row_span, c.col_span) for c in grid.cells if c.row == 0} == {(0, 0): (2, 1), (0, 1): (2, 1), (0, 2): (1, 2)}
    assert grid.edges == pytest.approx((80, 130, 300, 400, 520), abs=1)
    assert [type(p) for p in draft.pieces] == [Paragraph, Grid, Paragraph]
    assert ys[-1] == 195


def test_a_table_cut_off_without_bottom_rule_keeps_its_last_row():
    sheet = Sheet()
    for y in (700, 725):
        sheet.rule(80, y, 400, y)
    for x in (80, 130, 400):
        sheet.rule(x, 700, x, 790)
    for y, row in ((717, ("STT", "Nhiệm vụ")), (745, ("1", "Rà soát các"))):
        sheet.put(85, y, row[0], 10)
        sheet.put(135, y, row[1], 10)
    (grid,) = (p for p in sheet.read().pieces if isinstance(p, Grid))
    assert rows(grid) == [["STT", "Nhiệm vụ"], ["1", "Rà soát các"]]


def test_rules_under_headings_and_frames_around_text_are_no_tables():
    sheet = Sheet()
    sheet.centre(80, "Độc lập - Tự do - Hạnh phúc")
    sheet.rule(230, 85, 370, 85)
    sheet.canvas.rect(60, 60, 470, 700)
    sheet.canvas.rect(66, 66, 458, 688)
    sheet.fill(150, LONG + ".")
    draft = sheet.read()
    assert not [p for p in draft.pieces if isinstance(p, Grid)]
    assert texts(draft) == ["Độc lập - Tự do - Hạnh phúc", LONG + "."]


def _unruled(sheet, left=85):
    for y, row in (
        (100, ("STT", "Nội dung", "Tổng số", "Trong đó", "", "Ghi chú")),
        (114, ("", "", "", "Năm 2021", "Năm 2022", "")),
        (140, ("1", "Đào tạo, bồi dưỡng", "8.250", "1.500", "1.650", "")),
        (154, ("", "cán bộ quản lý", "", "", "", "")),
        (180, ("2", "Xúc tiến thương mại", "14.950", "2.750", "2.900", "")),
        (206, ("3", "Hỗ trợ hạ tầng", "41.300", "7.200", "8.100", "")),
    ):
        for x, text in zip((0, 35, 175, 235, 300, 370), row, strict=True):
            shift = 33 if text == "Trong đó" else 0
            if text:
                sheet.put(left + x + shift, y, text, 10, bold=y < 120)


UNRULED = [
    ["STT", "Nội dung", "Tổng số", "Trong đó", "", "Ghi chú"],
    ["", "", "", "Năm 2021", "Năm 2022", ""],
    ["1", "Đào tạo, bồi dưỡng cán bộ quản lý", "8.250", "1.500", "1.650", ""],
    ["2", "Xúc tiến thương mại", "14.950", "2.750", "2.900", ""],
    ["3", "Hỗ trợ hạ tầng", "41.300", "7.200", "8.100", ""],
]


def test_a_shaded_table_without_rules():
    sheet = Sheet()
    sheet.canvas.setFillGray(0.9)
    for top, bottom in ((88, 124), (128, 160), (194, 212)):
        sheet.canvas.rect(80, HEIGHT - bottom, 440, bottom - top, stroke=0, fill=1)
    sheet.canvas.setFillGray(0)
    _unruled(sheet)
    sheet.fill(300, "Trên đây là số liệu.")
    draft = sheet.read()
    (grid,) = (p for p in draft.pieces if isinstance(p, Grid))
    assert [row for row in rows(grid) if any(row)] == UNRULED
    assert texts(draft) == ["Trên đây là số liệu."]


def test_a_table_set_by_white_alone():
    sheet = Sheet()
    sheet.fill(60, "Phụ lục kèm theo.")
    _unruled(sheet)
    sheet.fill(260, LONG + ".")
    draft = sheet.read()
    (grid,) = (p for p in draft.pieces if isinstance(p, Grid))
    assert rows(grid) == UNRULED
    assert {(c.row, c.col): (c.row_span, c.col_span) for c in grid.cells if c.row == 0} == {
        (0, 0): (2, 1),
        (0, 1): (2, 1),
        (0, 2): (2, 1),
        (0, 3): (1, 2),
        (0, 5): (2, 1),
    }
    assert texts(draft) == ["Phụ lục kèm theo.", LONG + "."]


def test_a_table_in_the_cell_of_another_stands_alone():
    sheet = Sheet()
    sheet.grid([80, 420], [100, 125, 200])
    sheet.grid([86, 130, 414], [130, 160, 194.5])
    sheet.put(150, 117, "Bảng kèm theo Báo cáo", 10)
    for y, row in ((147, ("TT", "Nhiệm vụ")), (177, ("1", "Rà soát văn bản"))):
        sheet.put(91, y, row[0], 10)
        sheet.put(135, y, row[1], 10)
    draft = sheet.read()
    (grid,) = (p for p in draft.pieces if isinstance(p, Grid))
    assert rows(grid) == [["TT", "Nhiệm vụ"], ["1", "Rà soát văn bản"]]
    assert texts(draft) == ["Bảng kèm theo Báo cáo"]


def test_items_in_a_cell_keep_their_lines():
    sheet = Sheet()
    sheet.grid([80, 120, 400], [100, 170])
    sheet.put(85, 115, "1", 10)
    for y, text in ((115, "- Cơ quan chủ trì: Phòng Tư"), (129, "pháp và các phòng;"), (143, "- Cơ quan phối hợp: Phòng Nội vụ")):
        sheet.put(125, y, text, 10)
    (grid,) = (p for p in sheet.read().pieces if isinstance(p, Grid))
    assert rows(grid) == [["1", "- Cơ quan chủ trì: Phòng Tư pháp và các phòng;\n- Cơ quan phối hợp: Phòng Nội vụ"]]


def test_words_torn_in_a_narrow_cell_are_whole_again():
    sheet = Sheet()
    sheet.grid([80, 102, 300], [100, 140, 180])
    sheet.put(85, 115, "ST", 9)
    sheet.put(85, 127, "T", 9)
    sheet.put(107, 115, "Nhiệm vụ", 9)
    sheet.put(83, 155, "2.1", 9)
    sheet.put(83, 167, "0", 9)
    sheet.put(107, 155, "Rà soát", 9)
    (grid,) = (p for p in sheet.read().pieces if isinstance(p, Grid))
    assert rows(grid) == [["STT", "Nhiệm vụ"], ["2.10", "Rà soát"]]


@pytest.mark.parametrize(
    ("word", "rest", "one"),
    [
        ("2.1", "0", True),
        ("ST", "T", True),
        ("đồng/Vă", "n", True),
        ("Thườ", "ng", True),
        ("Nhiệm", "vụ", False),
        ("HĐND", "tỉnh", False),
        ("UBND", "các", False),
        ("15/3/2020;", "Sở", False),
    ],
)
def test_pieces_of_words(word, rest, one):
    assert is_one_word(word, rest) is one


def test_lines_that_touch_are_one():
    lines = np.array([[10.0, 0, 50], [10.4, 50, 100], [10.0, 120, 140], [30.0, 0, 20]])
    found = joined(lines)
    assert found[:, 1:].tolist() == [[0, 100], [120, 140], [0, 20]]
    assert found[0, 0] == pytest.approx(10.13, abs=0.1)


def test_a_drawing_of_many_lines_is_no_table():
    places = np.linspace(50, 550, 2100)
    lines = np.column_stack((places * 4, np.full(2100, 0.0), np.full(2100, 2300.0)))
    assert find_tables(PageRules(2400, 2400, lines, lines, np.zeros((0, 4)))) == []


@given(st.integers(1, 5), st.integers(2, 5), st.sampled_from([0, 1, 2, 3]))
def test_a_lattice_has_all_its_cells_however_the_page_is_turned(n_rows, n_cols, turns):
    xs, ys = 50 + 40.0 * np.arange(n_cols + 1), 60 + 25.0 * np.arange(n_rows + 1)
    level = np.array([[y, xs[0], xs[-1]] for y in ys])
    plumb = np.array([[x, ys[0], ys[-1]] for x in xs])
    rules = PageRules(WIDTH, HEIGHT, level, plumb, np.zeros((0, 4))).turned(turns).turned(4 - turns)
    (table,) = find_tables(rules)
    assert table.owner.shape == (n_rows, n_cols)
    assert len(table.cells) == n_rows * n_cols
    middles = (xs[:-1] + xs[1:]) / 2
    assert table.cell_of(middles, np.full(n_cols, (ys[0] + ys[1]) / 2)).tolist() == list(range(n_cols))
    assert table.cell_of(np.array([xs[0] - 10, xs[-1] + 10]), np.array([ys[0], ys[0]])).tolist() == [-1, -1]


# ---- pages of all kinds ----------------------------------------------------------------------------------------------


def _table_page(sheet):
    sheet.grid([80, 130, 400], [100, 130, 160])
    for y, row in ((117, ("STT", "Nhiệm vụ")), (147, ("1", "Rà soát văn bản"))):
        sheet.put(85, y, row[0], 10)
        sheet.put(135, y, row[1], 10)


def test_turned_pages_are_read_upright_and_placed_as_shown():
    sheet = Sheet()
    sheet.canvas.translate(WIDTH, 0)
    sheet.canvas.rotate(90)
    sheet.canvas.translate(0, WIDTH - HEIGHT)
    _table_page(sheet)
    sideways, flagged = sheet.data(), io.BytesIO()
    document = pypdfium2.PdfDocument(sideways)
    document[0].set_rotation(90)
    document.save(flagged)
    for data, size in ((flagged.getvalue(), (HEIGHT, WIDTH)), (sideways, (WIDTH, HEIGHT))):
        draft = pdf.read_pdf(Source("turned.pdf", data), NO_OCR)
        (grid,) = (p for p in draft.pieces if isinstance(p, Grid))
        assert rows(grid) == [["STT", "Nhiệm vụ"], ["1", "Rà soát văn bản"]]
        assert draft.pages == (size,)
        columns = draft.columns
        assert all(0 <= x <= size[0] for x in columns.x1)
        assert all(0 <= y <= size[1] for y in columns.bottom)
        k = columns.text.index("Nhiệm")
        tall = columns.bottom[k] - columns.top[k] > columns.x1[k] - columns.x0[k]
        assert tall is (data is sideways)


def test_clipped_text_is_left_out():
    sheet = Sheet()
    sheet.put(85, 100, "Nhìn thấy")
    path = sheet.canvas.beginPath()
    path.rect(85, HEIGHT - 300, 100, 50)
    sheet.canvas.clipPath(path, stroke=0)
    sheet.put(85, 120, "không thấy")
    sheet.put(90, 280, "trong khung")
    assert " ".join(texts(sheet.read())) == "Nhìn thấy trong khung"


def test_margin_text_stays_apart():
    sheet = Sheet()
    sheet.fill(100, LONG + ".")
    sheet.canvas.rotate(90)
    sheet.canvas.setFont("DejaVuSans", 8)
    sheet.canvas.drawString(300, -30, "Mã hồ sơ 123")
    draft = sheet.read()
    assert texts(draft) == [LONG + "."]
    assert [(p.kind, p.passage.text) for p in draft.pieces if isinstance(p, Furniture)] == [("margin", "Mã hồ sơ 123")]


def test_letters_drawn_out_of_order_are_put_together():
    sheet = Sheet()
    for y in (100, 116):
        text, x, later = "kế hoạch của tỉnh về thể lệ", 85.0, []
        for letter in text:
            if letter in "ếạủỉềểệ":
                later.append((x, letter))
            else:
                sheet.put(x, y, letter)
            x += pdfmetrics.stringWidth(letter, "DejaVuSans", 12)
        for place, letter in later:
            sheet.put(place, y, letter)
    assert " ".join(texts(sheet.read())) == "kế hoạch của tỉnh về thể lệ kế hoạch của tỉnh về thể lệ"


def test_a_page_that_is_a_picture_is_named():
    sheet = Sheet()
    sheet.fill(100, LONG + ".")
    sheet.page()
    from reportlab.lib.utils import ImageReader

    picture = io.BytesIO()
    from PIL import Image

    Image.new("L", (60, 80), 128).save(picture, "PNG")
    sheet.canvas.drawImage(ImageReader(picture), 0, 0, WIDTH, HEIGHT)
    sheet.page()
    draft = sheet.read()
    assert [(n.rule, n.page, n.severity) for n in draft.notices] == [("page_without_text", 2, "error")]
    assert texts(draft) == [LONG + "."]
    assert draft.page_count == 2


def test_a_blank_page_is_no_fault():
    sheet = Sheet()
    sheet.fill(100, LONG + ".")
    sheet.page()
    sheet.canvas.showPage()
    draft = sheet.read()
    assert draft.notices == ()
    assert draft.page_count == 2


@pytest.mark.parametrize(
    ("font", "text", "read"),
    [
        (".VnTime", "KÕ ho¹ch ®Çu t\ufffe", "Kế hoạch đầu tư"),
        ("ABCDEF+VNI-Times", "Keá hoaïch", "Kế hoạch"),
        ("Times New Roman", "Kế hoạch", "Kế hoạch"),
    ],
)
def test_legacy_fonts(font, text, read):
    words = text.split()
    n = len(words)
    zero = np.zeros(n)
    page = PageWords(1, WIDTH, HEIGHT, words, zero, zero, zero, zero, zero, np.zeros(n, bool), font=np.zeros(n, int), fonts=[font])
    recode(page)
    assert " ".join(page.text) == read


def test_windows_text_shown_by_the_mac_table():
    words = ["ng‡y", "th·ng", "năm", "cÙng", "t·c"]
    n = len(words)
    zero = np.zeros(n)
    page = PageWords(1, WIDTH, HEIGHT, words, zero, zero, zero, zero, zero, np.zeros(n, bool), font=np.zeros(n, int), fonts=["Times"])
    recode(page)
    assert page.text == ["ngày", "tháng", "năm", "công", "tác"]


# ---- bad input -------------------------------------------------------------------------------------------------------


def _plain(pages=3):
    sheet = Sheet()
    for number in range(pages):
        sheet.fill(200, f"Trang {number}: {LONG}.")
        sheet.page()
    return sheet.data()


def test_encrypted_without_password_opens():
    sheet = Sheet(encrypt=StandardEncryption("", ownerPassword="chủ"))
    sheet.fill(100, LONG + ".")
    assert texts(sheet.read()) == [LONG + "."]


def test_encrypted_with_a_password():
    sheet = Sheet(encrypt=StandardEncryption("mật khẩu", ownerPassword="chủ"))
    sheet.fill(100, LONG)
    with pytest.raises(EncryptedFile, match=r"made\.pdf: needs a password"):
        sheet.read()


@pytest.mark.parametrize("data", [b"%PDF-", b"%PDF-1.4\n", b"%PDF-1.7\n" + bytes(range(256)) * 20])
def test_what_is_no_pdf(data):
    with pytest.raises(BrokenFile, match=r"bad\.pdf: the PDF is damaged"):
        pdf.read_pdf(Source("bad.pdf", data), NO_OCR)


def test_no_pages():
    empty = pypdfium2.PdfDocument.new()
    file = io.BytesIO()
    empty.save(file)
    with pytest.raises((EmptyFile, BrokenFile), match="PDF"):
        pdf.read_pdf(Source("empty.pdf", file.getvalue()), NO_OCR)


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_truncated_files_end_in_pages_or_a_clear_error(part):
    data = _plain()
    fault = draft = None
    try:
        draft = pdf.read_pdf(Source("cut.pdf", data[: int(len(data) * part)]), NO_OCR)
    except ReadError as error:
        fault = error
    if fault is not None:
        assert (fault.file, bool(fault.remedy)) == ("cut.pdf", True)
    else:
        assert draft is not None
        assert draft.page_count


def test_one_bad_page_costs_no_other(monkeypatch):
    def fail(page, frame):
        if fail.count == 1:
            fail.count += 1
            raise pypdfium2.PdfiumError("Failed to load page.")
        fail.count += 1
        return real(page, frame)

    fail.count, real = 0, pdf.read_rules
    monkeypatch.setattr(pdf, "read_rules", fail)
    draft = pdf.read_pdf(Source("x.pdf", _plain()), NO_OCR)
    assert [(n.rule, n.page) for n in draft.notices] == [("page_damaged", 2)]
    assert [t.split(":")[0] for t in texts(draft)] == ["Trang 0", "Trang 1", "Trang 2"]
    assert len(draft.pages) == 3
    monkeypatch.setattr(pdf, "read_with_pdfplumber", lambda data, number: (_ for _ in ()).throw(BrokenFile("no")))
    fail.count = 0
    draft = pdf.read_pdf(Source("x.pdf", _plain()), NO_OCR)
    assert [(n.rule, n.page, n.severity) for n in draft.notices] == [("page_unreadable", 2, "error")]
    assert [t.split(":")[0] for t in texts(draft)] == ["Trang 0", "Trang 2"]


def test_limits_are_kept_and_told():
    draft = pdf.read_pdf(Source("x.pdf", _plain(4)), ReadOptions(ocr="never", max_pages=2))
    assert len(texts(draft)) == 2
    assert [(n.rule, n.page, n.severity) for n in draft.notices] == [("pages_not_read", 3, "error")]


# ---- against pdfplumber, and on the documents beside the project -----------------------------------------------------


def _both(data):
    """For each page: the leaf that pdfium's words and rules give, that of pdfplumber's, and the texts of both."""
    document = pypdfium2.PdfDocument(data)
    done = pdf._Reading(Source("x.pdf", data), NO_OCR)
    theirs = WordColumns()
    leaves = []
    with pdfplumber.open(io.BytesIO(data)) as other:
        for number, page in enumerate(other.pages):
            pdf._read_page(document, number, done)
            leaves.append(make_leaf(pdf_plumber.page_words(page), pdf_plumber.page_rules(page), theirs))
            page.close()
    document.close()
    pdf._lay_out(done, 0)
    return done.leaves, leaves, done.columns.text, theirs.text


def _cells(leaves):
    return [[(c.row, c.col, c.row_span, c.col_span, _letters(c.passage.text)) for c in grid.cells] for leaf in leaves for _, grid in leaf.grids]


def _letters(text):
    """What is printed, white space and the height of digits aside."""
    return "".join(text.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")).split())


def test_same_words_and_cells_as_pdfplumber():
    sheet = Sheet()
    y = sheet.fill(60, LONG + " (giai đoạn 2021-2025); 62,28%.")
    sheet.put(85, y, "Điều 1. Phê duyệt", 13, bold=True)
    sheet.page()
    _table_page(sheet)
    ours, theirs, text, other = _both(sheet.data())
    assert text == other
    assert _cells(ours) == _cells(theirs) != []


def shared(path):
    found = SHARED / path
    if not found.exists():
        pytest.skip(f"not here: {found}")
    return found


@pytest.mark.shared
@pytest.mark.parametrize("name", ["000.pdf", "001.pdf", "003_reportlab.pdf"])
def test_same_as_pdfplumber_on_rendered_documents(name):
    ours, theirs, text, other = _both(shared(f"rendered/{name}").read_bytes())
    assert Counter(_letters("".join(text))) == Counter(_letters("".join(other)))
    assert _cells(ours) == _cells(theirs)


def _row_scores(name, drawn):
    draft = pdf.read_pdf(Source(name, shared(f"rendered/{name}").read_bytes()), NO_OCR)
    found = Counter(tuple(" ".join(t.split()) for t in row if t) for p in draft.pieces if isinstance(p, Grid) for row in rows(p))
    wanted = [tuple(" ".join(t.split()) for t in row if t) for table in json.loads(shared(f"rendered/{drawn}").read_text()) for row in table["rows"]]
    wanted = [row for row in wanted if row]
    right = 0
    for row in wanted:
        right += found[row] > 0
        found[row] -= 1
    return right / len(wanted)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "drawn", "least"),
    [
        ("001.pdf", "001.tables.json", 0.98),
        ("003.pdf", "003.tables.json", 0.98),
        ("004.pdf", "004.tables.json", 0.97),
        ("004_gs.pdf", "004.tables.json", 0.97),
        ("003_chromium.pdf", "003.tables.json", 0.92),
        ("001rot_side.pdf", "001.tables.json", 0.98),
        ("004rot_flag_noisy.pdf", "004.tables.json", 0.97),
        ("004_mixfont.pdf", "004.tables.json", 0.95),
        ("004_enc.pdf", "004.tables.json", 0.97),
    ],
)
def test_rows_as_drawn_before_tears_are_mended(name, drawn, least):
    assert _row_scores(name, drawn) >= least


@pytest.mark.shared
def test_every_real_pdf_is_read():
    for path in sorted(shared("real/pdf").glob("*.pdf")):
        draft = pdf.read_pdf(Source(str(path), path.read_bytes()), NO_OCR)
        assert draft.page_count
        faults = {n.rule for n in draft.notices}
        assert faults <= {"page_without_text"}, path.name
        assert ("page_without_text" in faults) is path.stem.endswith("_scan"), path.name
        assert len(draft.pages) == draft.page_count


def test_lines_of_nothing():
    words = PageWords.empty(1, WIDTH, HEIGHT)
    assert find_runs(words, 0) == ([], [])
    assert find_lines([]) == []
    leaf = make_leaf(words, PageRules.none(WIDTH, HEIGHT), WordColumns())
    assert (leaf.lines, leaf.grids) == ([], [])
