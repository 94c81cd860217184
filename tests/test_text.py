"""Plain text and Markdown: bytes to letters, lines to paragraphs, drawn and flattened tables to grids."""

from __future__ import annotations

import unicodedata

import pytest

from extractor.errors import EmptyFile
from extractor.layout.assemble import lay_out
from extractor.layout.pieces import Footnote, Furniture, Grid, Paragraph
from extractor.readers import read
from extractor.readers.formats import Source
from extractor.readers.text import decode, read_text


def pieces(text: str | bytes):
    """What the reader makes of a text, before tears are mended."""
    return read_text(Source("mau.md", text.encode() if isinstance(text, str) else text)).pieces


def texts(text: str | bytes) -> list[str]:
    return [p.passage.text for p in pieces(text) if isinstance(p, Paragraph)]


def matrix(grid: Grid) -> list[list[str]]:
    rows = [[""] * grid.n_cols for _ in range(grid.n_rows)]
    for cell in grid.cells:
        rows[cell.row][cell.col] = cell.passage.text
    return rows


def only_grid(text: str) -> Grid:
    grids = [p for p in pieces(text) if isinstance(p, Grid)]
    assert len(grids) == 1
    return grids[0]


def document(text: str):
    return read(Source("mau.txt", text.encode()))


def table_rows(text: str) -> list[list[str]]:
    """The only table of the document as the layout leaves it."""
    doc = document(text)
    assert len(doc.tables) == 1
    rows = [[""] * doc.tables[0].n_cols for _ in range(doc.tables[0].n_rows)]
    for cell in doc.tables[0].cells:
        rows[cell.row][cell.col] = doc.quote(cell.span)
    return rows


# ---- bytes -----------------------------------------------------------------------------------------------------

SENTENCE = "Ủy ban nhân dân xã Bình Minh đề nghị các thôn báo cáo."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_encodings_with_and_without_mark(encoding):
    assert texts(SENTENCE.encode(encoding)) == [SENTENCE]


def test_utf_16_without_mark_is_an_assumption():
    assert [n.rule for n in decode(SENTENCE.encode("utf-16-le"))[1]] == ["encoding_assumed"]


def test_decomposed_letters_are_composed():
    assert texts(unicodedata.normalize("NFD", SENTENCE)) == [SENTENCE]


def test_windows_1258_is_read_and_said():
    text, notices = decode("Kê\u0301 hoa\u0323ch năm 2031 của xa\u0303".replace("ủ", "u\u0309").encode("cp1258"))
    assert text == "Kế hoạch năm 2031 của xã"
    assert [n.rule for n in notices] == ["encoding_assumed"]


LEGACY = "ñy ban nh©n d©n x· B×nh Minh ®Ò nghÞ c¸c th«n b¸o c¸o kÕt qu¶ thùc hiÖn nhiÖm vô."  # TCVN3 as Latin-1 shows it


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
def test_tcvn3_is_told_by_its_language(encoding):
    text, notices = decode((LEGACY + "\n").encode(encoding) * 3)
    assert text.split("\n")[0] == "ủy ban nhân dân xã Bình Minh đề nghị các thôn báo cáo kết quả thực hiện nhiệm vụ."
    assert [n.rule for n in notices] == ["legacy_encoding"]


def test_a_few_broken_bytes_are_told_and_the_rest_is_read():
    raw = (SENTENCE * 20).encode()
    text, notices = decode(raw[:100] + b"\xff" + raw[100:])
    assert text.count("�") == 1
    assert text.replace("�", "") in {SENTENCE * 20, (SENTENCE * 20)[:99] + (SENTENCE * 20)[100:]}
    assert [(n.rule, n.severity) for n in notices] == [("bad_bytes", "warning")]


def test_null_characters_are_left_out_and_told():
    draft = read_text(Source("mau.txt", b"M\0\xe1\xbb\xa5c l\xe1\xbb\xa5c\0"))
    assert [p.passage.text for p in draft.pieces] == ["Mục lục"]
    assert [n.rule for n in draft.notices] == ["null_characters"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_line_ends(end):
    assert texts(f"Một dòng.{end}{end}Hai dòng.{end}") == ["Một dòng.", "Hai dòng."]


@pytest.mark.parametrize("raw", [b" \n\t\n", b"\xef\xbb\xbf", b"\0\0"])
def test_no_text_is_an_error_that_names_the_file(raw):
    with pytest.raises(EmptyFile, match=r"rong\.txt"):
        read_text(Source("rong.txt", raw))


# ---- marks of Markdown and HTML --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("**Điều 1**. *Phạm vi*", "Điều 1. Phạm vi"),
        ("*- Đơn vị chủ trì: *Sở Y tế.", "- Đơn vị chủ trì: Sở Y tế."),
        ("- tăng 5% *(kể cả quỹ) *so với năm trước;", "- tăng 5% (kể cả quỹ) so với năm trước;"),
        ("<b>Tổng</b> số: 3 &amp; 4", "Tổng số: 3 & 4"),
        ("diện tích 12 m<sup>2</sup>", "diện tích 12 m²"),
        ("đã xong 5/5 việc<sup>3</sup>.", "đã xong 5/5 việc³."),
        ("tên_tệp_mới và _nhấn mạnh_", "tên_tệp_mới và nhấn mạnh"),
        ("1\\. Không phải danh sách", "1. Không phải danh sách"),
        ("(*) Số liệu ước tính", "(*) Số liệu ước tính"),
        ("3*4 = 12", "3*4 = 12"),
        ("Xem [trang này](https://example.vn/a) để biết.", "Xem trang này để biết."),
        ("* Khó khăn", "* Khó khăn"),
    ],
)
def test_inline_marks(raw, plain):
    assert texts(raw) == [plain]


def test_bold_paragraphs_are_told_where_the_text_marks_any():
    marked = [p.bold for p in pieces("**I. Mở đầu**\n\nNội dung **chính** của đoạn.\n\n**1**. **Mục tiêu**\n")]
    assert marked == [True, False, True]
    assert [p.bold for p in pieces("I. Mở đầu\n\nNội dung.\n")] == [None, None]


def test_markdown_headings_carry_their_level():
    first, second = pieces("# Báo cáo\n\n### Kết quả\n")
    assert (first.passage.text, first.level, second.passage.text, second.level) == ("Báo cáo", 1, "Kết quả", 3)


def test_rules_and_fences_are_no_text():
    assert texts("Trên.\n\n-----\n\n* * *\n\n```\nDưới.\n```\n") == ["Trên.", "Dưới."]


# ---- lines to paragraphs ---------------------------------------------------------------------------------------

DOUBLE_SPACED = """ Thực hiện chỉ đạo của cấp trên về việc tăng cường công tác phòng cháy ở khu dân

cư, Ủy ban nhân dân xã Tân Lập hướng dẫn các thôn một số nội dung như sau để thực

hiện thống nhất trên địa bàn toàn xã:

1. Về công tác tuyên truyền

- Các thôn tổ chức họp dân, phổ biến quy định về an toàn điện và an toàn khi đun

nấu; ký cam kết với từng hộ dân trước ngày 10 tháng 5.
 - Đài truyền thanh xã đưa tin mỗi tuần hai buổi, chú ý các khung giờ có nhiều

người nghe.

a) Mức độ

 Nêu rõ số buổi đã phát. Riêng thôn Đông báo cáo thêm kết quả của đội xung kích

trong kỳ báo cáo.

IV. PHƯƠNG HƯỚNG, NHIỆM VỤ TRONG KỲ TỚI (NĂM, SÁU

THÁNG)
"""


def test_double_spaced_hard_wraps():
    assert texts(DOUBLE_SPACED) == [
        "Thực hiện chỉ đạo của cấp trên về việc tăng cường công tác phòng cháy ở khu dân cư, Ủy ban nhân dân xã Tân Lập hướng dẫn các thôn "
        "một số nội dung như sau để thực hiện thống nhất trên địa bàn toàn xã:",
        "1. Về công tác tuyên truyền",
        "- Các thôn tổ chức họp dân, phổ biến quy định về an toàn điện và an toàn khi đun nấu; ký cam kết với từng hộ dân trước ngày 10 tháng 5.",
        "- Đài truyền thanh xã đưa tin mỗi tuần hai buổi, chú ý các khung giờ có nhiều người nghe.",
        "a) Mức độ",
        "Nêu rõ số buổi đã phát. Riêng thôn Đông báo cáo thêm kết quả của đội xung kích trong kỳ báo cáo.",
        "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ TRONG KỲ TỚI (NĂM, SÁU THÁNG)",
    ]


WRAPPED = """**I. MỤC
TIÊU**

- Củng cố mạng lưới thư viện ở các
thôn, bản; bảo đảm mỗi thôn có một tủ
sách theo khoản
2 Điều 5 quy chế.

- Giữ vững danh hiệu giai đoạn 2021
- 2025, gắn phát triển kinh tế
- xã hội với văn hóa đọc trên địa bàn.

*2.1.
Thu hút bạn đọc*

*Đơn vị phối hợp: *Các
trường học.
"""


def test_wrapped_paragraphs_between_blank_lines():
    assert texts(WRAPPED) == [
        "I. MỤC TIÊU",
        "- Củng cố mạng lưới thư viện ở các thôn, bản; bảo đảm mỗi thôn có một tủ sách theo khoản 2 Điều 5 quy chế.",
        "- Giữ vững danh hiệu giai đoạn 2021 - 2025, gắn phát triển kinh tế - xã hội với văn hóa đọc trên địa bàn.",
        "2.1. Thu hút bạn đọc",
        "Đơn vị phối hợp: Các trường học.",
    ]


def test_one_paragraph_a_line_stays_so():
    lines = ["KẾ HOẠCH", "Trồng cây năm 2031", "I. MỤC ĐÍCH", "1. Mục đích", "- Phủ xanh đồi trọc.", "- trồng rừng ven suối;", "2. Yêu cầu"]
    assert texts("\n".join(lines)) == lines


def test_a_text_that_lost_its_line_breaks_is_cut_at_headings_and_items():
    body = " ".join(
        f"{k}. Nhiệm vụ của tổ số {k} là vệ sinh đường làng, ngõ xóm và báo cáo kết quả về xã. a) Tổ trưởng phân công từng hộ gia đình. "
        f"- Thời gian làm việc vào sáng thứ bảy hằng tuần. {'Các hộ chuẩn bị dụng cụ. ' * 6}"
        for k in range(1, 8)
    )
    found = texts(f"KẾ HOẠCH vệ sinh môi trường của xã. I. MỤC ĐÍCH Giữ gìn cảnh quan. II. NHIỆM VỤ {body}")
    assert found[1:3] == ["I. MỤC ĐÍCH Giữ gìn cảnh quan.", "II. NHIỆM VỤ"]
    assert sum(t.startswith("a) Tổ trưởng") for t in found) == 7
    assert sum(t.startswith("- Thời gian") for t in found) == 7


# ---- footnotes, page numbers -----------------------------------------------------------------------------------


def test_footnotes_are_taken_out_and_halves_joined():
    doc = document(
        "Trong kỳ, huyện đã tổ chức ba hội nghị chuyên đề¹ với sự tham gia của đại diện các\n\n"
        "¹ Hội nghị ngày 3/3, 4/4 và 5/5.\n\n"
        "xã, thị trấn và đã ban hành 12 quyết định mới².\n\n"
        "2 Quyết định về khuyến nông.\n\n"
        "2 Quyết định khác thì không.\n"
    )
    assert [(b.kind, doc.quote(b.body)) for b in doc.blocks] == [
        (
            "paragraph",
            "Trong kỳ, huyện đã tổ chức ba hội nghị chuyên đề¹ với sự tham gia của đại diện các xã, thị trấn và đã ban hành 12 quyết định mới².",
        ),
        ("footnote", "Hội nghị ngày 3/3, 4/4 và 5/5."),
        ("footnote", "Quyết định về khuyến nông."),
        ("footnote", "Quyết định khác thì không."),
    ]


def test_numbered_paragraphs_are_no_footnotes_without_a_reference():
    assert texts("5 Xã đạt chuẩn.\n") == ["5 Xã đạt chuẩn."]


def test_page_numbers_and_stamps_are_furniture():
    found = pieces("Các hộ dân tham gia đầy đủ và\n\n- 3 -\n\nđúng giờ.\n\nKý bởi: Văn phòng Ủy ban\n\n9.17.11\n")
    assert [(type(p), p.passage.text) for p in found if isinstance(p, Furniture)] == [
        (Furniture, "- 3 -"),
        (Furniture, "Ký bởi: Văn phòng Ủy ban"),
        (Furniture, "9.17.11"),
    ]


def test_bracketed_footnotes():
    note = pieces("Thu đạt 5 tỷ đồng [1].\n\n[1] Gồm cả phí.\n")[1]
    assert isinstance(note, Footnote)
    assert note.marker == "[1]"


# ---- drawn tables ----------------------------------------------------------------------------------------------


def test_pipe_table_with_rule_breaks_and_ragged_rows():
    grid = only_grid("| TT | Việc | Chủ trì |\n|---|:--:|---|\n| 1 | Nạo vét kênh<br>mương | Thôn 1 |\n| 2 | Trồng hoa |\n")
    assert matrix(grid) == [["TT", "Việc", "Chủ trì"], ["1", "Nạo vét kênh\nmương", "Thôn 1"], ["2", "Trồng hoa", ""]]


def test_lists_and_bars_inside_cells():
    grid = only_grid('| A | B |\n|---|---|\n| x \\| y | <ul style="a"> - Một - Hai</ul> |\n| z | <ul><li>ba</li><li>bốn</li></ul> |\n')
    assert matrix(grid) == [["A", "B"], ["x | y", "- Một - Hai"], ["z", "ba\nbốn"]]


def test_tab_table_keeps_empty_cells():
    grid = only_grid("STT\tNội dung\tKết quả\n1\tMở lớp\t\n\t\tđạt\n")
    assert matrix(grid) == [["STT", "Nội dung", "Kết quả"], ["1", "Mở lớp", ""], ["", "", "đạt"]]


def test_a_lone_line_with_tabs_is_text():
    assert texts("Số: 5/KH\t\tngày 3 tháng 4\n\nNội dung.\n") == ["Số: 5/KH ngày 3 tháng 4", "Nội dung."]


def test_fenced_cells_find_rows_and_merged_heads():
    cells = [
        ["**STT**", "**Nội dung**", "**Đơn vị tính**", "**Năm hiện hành 2030**", "**Năm 2031**"],
        ["**Kế hoạch**", "**Ước thực hiện**"],
        ["1", "Đường bê tông", "Km", "4", "4,5", "6"],
        ["2", "Trạm y tế", "", "", "", ""],
        ["", "- Số giường", "Giường", "", "10", "12"],
        ["**II. PHẦN THU**"],
        ["3", "Thu phí", "Triệu đồng", "20", "21", "22"],
    ]
    text = "\n".join("|\n" + "".join(f"{cell}\n|\n" if cell else "|\n" for cell in row).rstrip() for row in cells)
    assert table_rows(f"Dự toán như sau:\n\n{text}\n") == [
        ["STT", "Nội dung", "Đơn vị tính", "Năm hiện hành 2030", "", "Năm 2031"],
        ["", "", "", "Kế hoạch", "Ước thực hiện", ""],
        ["1", "Đường bê tông", "Km", "4", "4,5", "6"],
        ["2", "Trạm y tế", "", "", "", ""],
        ["", "- Số giường", "Giường", "", "10", "12"],
        ["II. PHẦN THU", "", "", "", "", ""],
        ["3", "Thu phí", "Triệu đồng", "20", "21", "22"],
    ]


def test_a_fenced_letterhead_is_text():
    found = texts(
        "|\n**ỦY BAN NHÂN DÂN**\nXÃ TÂN LẬP\n-------\n|\n**CỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM**\nĐộc lập - Tự do - Hạnh phúc\n|\n|\n"
        "Số: 7/KH-UBND\n|\n"
        "*Tân Lập, ngày 3\ntháng 4 năm 2031*\n|\n\n**KẾ HOẠCH**\n"
    )
    assert found == [
        "ỦY BAN NHÂN DÂN",
        "XÃ TÂN LẬP",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 7/KH-UBND",
        "Tân Lập, ngày 3 tháng 4 năm 2031",
        "KẾ HOẠCH",
    ]


def test_html_table_in_markdown():
    grid = only_grid(
        'Trước.\n<table><tr><th rowspan="2">STT</th><th colspan=2>Kết quả</th></tr><tr><th>Số liệu</th><th>Ghi chú</th></tr>'
        "<tr><td>1</td><td>12</td><td></td></tr></table>\nSau."
    )
    assert [(c.row, c.col, c.row_span, c.col_span) for c in grid.cells[:4]] == [(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1)]
    assert grid.header_rows == 2
    assert matrix(grid)[2] == ["1", "12", ""]


# ---- flattened tables ------------------------------------------------------------------------------------------

FORM = """PHỤ LỤC SỐ 3
STT
Chỉ tiêu
Đơn vị tính
Kết quả
Ghi chú
Năm 2031
Năm 2032
I
VĂN HÓA
1
Số thư viện
Thư viện
1.1
Tỷ lệ hộ gia đình có tủ sách
%
2
Tổ chức ngày hội đọc
Không = 0
Có = 1
Ghi rõ số buổi
3
Số đầu sách
Chia theo loại
Sách thiếu nhi
Thư viện
Sách khoa học
Thư viện
4
Mức hài lòng của bạn đọc

Nguồn: phòng văn hóa
"""


def test_flattened_form_gets_its_columns_and_rows_back():
    assert table_rows(FORM) == [
        ["STT", "Chỉ tiêu", "Đơn vị tính", "Kết quả", "", "Ghi chú"],
        ["", "", "", "Năm 2031", "Năm 2032", ""],
        ["I", "VĂN HÓA", "", "", "", ""],
        ["1", "Số thư viện", "Thư viện", "", "", ""],
        ["1.1", "Tỷ lệ hộ gia đình có tủ sách", "%", "", "", ""],
        ["2", "Tổ chức ngày hội đọc", "Không = 0\nCó = 1", "", "", "Ghi rõ số buổi"],
        ["3", "Số đầu sách", "", "", "", ""],
        ["", "Chia theo loại", "", "", "", ""],
        ["", "Sách thiếu nhi", "Thư viện", "", "", ""],
        ["", "Sách khoa học", "Thư viện", "", "", ""],
        ["4", "Mức hài lòng của bạn đọc", "", "", "", ""],
    ]
    assert document(FORM).tables[0].caption == "PHỤ LỤC SỐ 3"


def test_flattened_tasks_are_told_by_the_kind_of_their_cells():
    text = (
        "STT\nNhiệm vụ\nCơ quan chủ trì\nCơ quan phối hợp\nThời gian thực hiện\n"
        "1\nMở lớp dạy bơi\nSở Giáo dục và Đào tạo\nCác xã, phường\nQuý III/2031\n"
        "2\nDuy trì đường dây nóng\nVăn phòng Ủy ban\nThường xuyên\n"
    )
    assert table_rows(text)[1:] == [
        ["1", "Mở lớp dạy bơi", "Sở Giáo dục và Đào tạo", "Các xã, phường", "Quý III/2031"],
        ["2", "Duy trì đường dây nóng", "Văn phòng Ủy ban", "", "Thường xuyên"],
    ]


def test_flattened_values_are_not_taken_for_row_numbers():
    text = "STT\nChỉ tiêu\nĐơn vị tính\nSố liệu\n1\nSố hộ nghèo\nHộ\n38\n2\nSố hộ cận nghèo\nHộ\n3\n3\nTỷ lệ giảm\n%\n1,25\n"
    assert table_rows(text)[1:] == [["1", "Số hộ nghèo", "Hộ", "38"], ["2", "Số hộ cận nghèo", "Hộ", "3"], ["3", "Tỷ lệ giảm", "%", "1,25"]]


def test_a_unit_joined_to_its_label_is_cut_off():
    rows = "".join(f"{k}\nSố lớp của khối {k}{chr(10) if k < 4 else ' '}Lớp học\n" for k in range(1, 6))
    assert [r[2] for r in table_rows(f"STT\nChỉ tiêu\nĐơn vị tính\nSố liệu\n{rows}")[1:]] == ["Lớp học"] * 5


def test_heads_without_rows_are_text():
    assert texts("STT\nNội dung\nGhi chú\nKhông có gì thêm ở đây cả.\n") == ["STT", "Nội dung", "Ghi chú", "Không có gì thêm ở đây cả."]


# ---- hostile input ---------------------------------------------------------------------------------------------


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    "text",
    [
        "công tác cải cách hành chính " * 40_000,
        "- việc phải làm của tổ dân phố;\n" * 8_000,
        "*" * 300_000,
        "*a " * 100_000,
        "_a " * 100_000,
        "<i" * 150_000,
        "(" * 200_000,
        "|\n" * 60_000,
        "|\nô\n" * 8_000,
        "STT\n" * 8_000,
        "<table><tr><td>" * 8_000,
        "a\tb\tc\n" * 12_000,
        "I. II. " * 60_000,
        "**mở mà không đóng\n" * 6_000,
    ],
    ids=[
        "one-line",
        "items",
        "stars",
        "star-words",
        "underscores",
        "tags",
        "brackets",
        "bars",
        "fences",
        "heads",
        "html",
        "tabs",
        "romans",
        "open-bold",
    ],
)
def test_hostile_texts_come_through(text):
    draft = read_text(Source("mau.txt", text.encode()))
    laid, blocks, _, _ = lay_out(draft)
    assert bool(blocks) == any(c.isalnum() or c in "(<" for c in text)
    assert len(laid) <= 2 * len(text)
