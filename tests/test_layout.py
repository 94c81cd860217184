"""The layout: torn tables and paragraphs mended, heads and captions of tables, the outline, one text with everything in it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from rapidfuzz import fuzz

from extractor.layout.assemble import lay_out
from extractor.layout.captions import caption_grids, form_name
from extractor.layout.heads import header_rows, heading_role, is_code, spread_heads
from extractor.layout.markers import find_marker, roman_value, write_roman
from extractor.layout.outline import find_outline
from extractor.layout.pieces import EMPTY, Draft, Footnote, Furniture, Grid, GridCell, Paragraph, Passage, Piece, WordColumns
from extractor.layout.torn import mend
from extractor.readers import load, read
from extractor.readers.formats import Source

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
shared = pytest.mark.skipif(not SHARED.exists(), reason="the labelled documents are not beside the project")


def para(text: str, **marks) -> Paragraph:
    return Paragraph(Passage(text), **marks)


def grid(*rows: Sequence[str], page: int | None = None, edges: tuple[float, ...] = (), **marks) -> Grid:
    width = max(map(len, rows))
    cells = [
        GridCell(r, c, 1, 1, Passage(text) if text else EMPTY)
        for r, row in enumerate(rows)
        for c, text in enumerate([*row, *[""] * (width - len(row))])
    ]
    return Grid(cells, len(rows), width, page, edges, **marks)


def matrix(table: Grid) -> list[list[str]]:
    rows = [[""] * table.n_cols for _ in range(table.n_rows)]
    for cell in table.cells:
        rows[cell.row][cell.col] = cell.passage.text
    return rows


def mended(*pieces: Piece) -> list[Piece]:
    return mend(pieces)


def joined(*pieces: Piece) -> list[list[str]]:
    """The cells of the only table that is left."""
    grids = [p for p in mend(pieces) if isinstance(p, Grid)]
    assert len(grids) == 1
    return matrix(grids[0])


HEAD = ["STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"]
FIRST = ["1", "Sửa chữa cầu treo", "Phòng Kinh tế", "Các thôn,", "Quý I/2031"]


# ---- markers ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "marker", "style", "value", "body"),
    [
        ("I. MỤC ĐÍCH", "I.", "roman", 1, "MỤC ĐÍCH"),
        ("II- NỘI DUNG", "II-", "roman", 2, "NỘI DUNG"),
        ("Il. NỘI DUNG", "Il.", "roman", 2, "NỘI DUNG"),
        ("XIV. Khác", "XIV.", "roman", 14, "Khác"),
        ("A. PHẦN CHUNG", "A.", "capital", 1, "PHẦN CHUNG"),
        ("1. Mục đích", "1.", "number1", 1, "Mục đích"),
        ("1.Mục đích", "1.", "number1", 1, "Mục đích"),
        ("2/ Yêu cầu", "2/", "number1", 2, "Yêu cầu"),
        ("3) Sở Y tế", "3)", "bracket", 3, "Sở Y tế"),
        ("(4) Sở Y tế", "(4)", "bracket", 4, "Sở Y tế"),
        ("2.10. Họp", "2.10.", "number2", 10, "Họp"),
        ("4.8 Kết quả", "4.8", "number2", 8, "Kết quả"),
        ("6.6.Kết quả", "6.6.", "number2", 6, "Kết quả"),
        ("5.1. - Tiến độ", "5.1.", "number2", 1, "Tiến độ"),
        ("1.2.3. Thu", "1.2.3.", "number3", 3, "Thu"),
        ("a) Đối tượng", "a)", "letter", 1, "Đối tượng"),
        ("đ) Việc khác", "đ)", "letter", 5, "Việc khác"),
        ("b. Cách làm", "b.", "letter", 2, "Cách làm"),
        ("a.1) Nhóm một", "a.1)", "letter2", 1, "Nhóm một"),
        ("- Các thôn", "-", "-", None, "Các thôn"),
        ("– Các thôn", "–", "-", None, "Các thôn"),
        ("-Các thôn", "-", "-", None, "Các thôn"),
        ("+ Số hộ", "+", "+", None, "Số hộ"),
        ("• Số hộ", "•", "•", None, "Số hộ"),
        ("Điều 3. Hiệu lực", "Điều 3.", "điều", 3, "Hiệu lực"),
        ("Ðiều 3: Hiệu lực", "Ðiều 3:", "điều", 3, "Hiệu lực"),
        ("l. Mục đích", "l.", "number1", 1, "Mục đích"),
        ("Chương II", "Chương II", "chương", 2, ""),
        ("Phần thứ ba", "Phần thứ ba", "phần", 3, ""),
        ("PHẦN I. TÌNH HÌNH", "PHẦN I.", "phần", 1, "TÌNH HÌNH"),
    ],
)
def test_markers(text, marker, style, value, body):
    found = find_marker(text)
    assert found is not None
    assert (found.text, found.style, found.value, text[found.end :]) == (marker, style, value, body)


@pytest.mark.parametrize(
    "text",
    [
        "2024 là năm bản lề",
        "30.000 đồng mỗi suất",
        "17/10/2005 và các văn bản sau",
        "71/NQ-CP ngày 01/5/2025",
        "V/v báo cáo định kỳ",
        "I, II năm 2022",
        "P. Nội vụ huyện",
        "Mục 2 phần II của Kế hoạch",
        "Điều này áp dụng từ nay",
        "Chương trình hành động",
        "-----",
        "- 5,2%",
        "A/H5N1 lây lan",
        "Sở Nội vụ",
        "",
    ],
)
def test_no_markers(text):
    assert find_marker(text) is None


@pytest.mark.parametrize("number", range(1, 60))
def test_roman_numerals_read_what_they_write(number):
    assert roman_value(write_roman(number)) == number


@pytest.mark.parametrize("text", ["IIX", "VV", "IIII", "XM", ""])
def test_no_roman_numerals(text):
    assert roman_value(text) is None


# ---- heads of tables -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("STT", "ordinal"),
        ("Cơ quan chủ trì", "lead"),
        ("CƠ QUAN PHỐI HỢP", "support"),
        ("Chỉ tiêu thống kê (Sử dụng trong kỳ báo cáo)", "indicator"),
        ("Cơ quan chủ tri", "lead"),
        ("Thời gian hoàn thảnh", "deadline"),
        ("Năm 2031 (tính đến 31/3)", "period"),
        ("Giai đoạn 2031-2035", "period"),
        ("Số đội bóng của xã", ""),
        ("", ""),
    ],
)
def test_heading_roles(text, role):
    assert heading_role(text) == role


@pytest.mark.parametrize(
    ("text", "code"), [("I", True), ("2.1.", True), ("a)", True), ("-", True), ("12", True), ("169.559", False), ("Đạt", False), ("", False)]
)
def test_row_codes(text, code):
    assert is_code(text) is code


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        ([HEAD, FIRST], 1),
        ([["STT", "Chỉ tiêu", "Kết quả thống kê", "", "Ghi chú"], ["", "", "Đơn vị tính", "Số liệu", ""], ["1", "Số hộ", "Hộ", "5", ""]], 2),
        ([["TT", "Chỉ tiêu", "Kết quả"], ["(1)", "(2)", "(3)"], ["1", "Số hộ", "5"]], 2),
        ([["Đơn vị", "Giai đoạn", "Số xã", "Số phòng ban của huyện"], ["", "2031-2035", "", ""]], 1),
        ([FIRST, ["2", "Nạo vét mương", "Thôn 2", "", "Quý II/2031"]], 0),
        ([["", "thành phố và các xã", "", "", ""], FIRST], 0),
        ([["1.1", "Kế hoạch", "Triệu đồng"], ["1.2", "Thực hiện", "Triệu đồng"]], 0),
    ],
)
def test_header_rows(rows, count):
    assert header_rows(grid(*rows)) == count


def test_a_head_row_merged_in_the_file_counts_with_the_row_below():
    cells = [GridCell(0, 0, 1, 2, Passage("Quy trình theo thứ tự")), GridCell(0, 2, 2, 1, Passage("Ghi chú"))]
    cells += [GridCell(1, 0, 1, 1, Passage("Thứ tự")), GridCell(1, 1, 1, 1, Passage("Nội dung công việc"))]
    cells += [GridCell(2, c, 1, 1, Passage(t)) for c, t in enumerate(["Bước 1", "Tiếp nhận", ""])]
    assert header_rows(Grid(cells, 3, 3)) == 2


def test_merged_heads_are_inferred_in_text_formats():
    table = spread_heads(
        grid(["STT", "Chỉ tiêu", "Kết quả", "", "Ghi chú"], ["", "", "Đơn vị tính", "Số liệu", ""], ["1", "Số hộ", "Hộ", "5", ""]), 2
    )
    assert [(c.passage.text, c.row_span, c.col_span) for c in table.cells if c.row < 2] == [
        ("STT", 2, 1),
        ("Chỉ tiêu", 2, 1),
        ("Kết quả", 1, 2),
        ("Ghi chú", 2, 1),
        ("Đơn vị tính", 1, 1),
        ("Số liệu", 1, 1),
    ]


# ---- torn tables -----------------------------------------------------------------------------------------------


def test_a_repeated_head_is_dropped():
    second = ["2", "Nạo vét mương", "Thôn 2", "Thôn 3", "Quý II/2031"]
    assert joined(grid(HEAD, FIRST), grid(HEAD, second)) == [HEAD, FIRST, second]


def test_a_head_damaged_by_ocr_is_dropped_too():
    damaged = ["STT", "Nhiêm vu", "Co quan chủ trì", "Cơ quan phổi hợp", "Thời gian"]
    second = ["2", "Nạo vét mương", "Thôn 2", "Thôn 3", "Quý II/2031"]
    assert joined(grid(HEAD, FIRST), grid(damaged, second)) == [HEAD, FIRST, second]


def test_a_head_of_unknown_words_is_known_by_coming_again():
    head = ["Tên đội bóng", "Số trận thắng", "Huấn luyện viên"]
    assert joined(grid(head, ["Đội xã Tân Lập", "5", "Ông An"], page=1), grid(head, ["Đội xã Bình Minh", "2", "Ông Ba"], page=2)) == [
        head,
        ["Đội xã Tân Lập", "5", "Ông An"],
        ["Đội xã Bình Minh", "2", "Ông Ba"],
    ]


def test_a_part_without_head_goes_on_behind_footnotes_and_furniture():
    note, number = Footnote(Passage("¹ Theo đề án."), "¹"), Furniture(Passage("3"), "page_number")
    second = ["2", "Nạo vét mương", "Thôn 2", "", "Quý II/2031"]
    pieces = mended(grid(HEAD, FIRST, page=1), note, number, grid(second, page=2))
    assert [type(p) for p in pieces] == [Grid, Footnote, Furniture]
    assert matrix(pieces[0]) == [HEAD, FIRST, second]


def test_words_that_slipped_into_a_repeated_head_go_back_to_their_row():
    slipped = ["STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp đoàn thể", "Thời gian"]
    rest = ["", "qua suối Bạc.", "", "", ""]
    assert joined(grid(HEAD, FIRST), grid(slipped, rest)) == [
        HEAD,
        ["1", "Sửa chữa cầu treo qua suối Bạc.", "Phòng Kinh tế", "Các thôn, đoàn thể", "Quý I/2031"],
    ]


def test_a_row_without_number_is_its_own_where_it_fills_its_columns():
    own = ["", "Lập tổ trực canh lũ", "Thôn 4", "Công an xã", "Thường xuyên"]
    third = ["2", "Diễn tập", "Công an xã", "Thôn 4", "Quý II/2031"]
    assert joined(grid(HEAD, FIRST), grid(HEAD, own, third)) == [HEAD, FIRST, own, third]


def test_a_note_that_goes_on_is_joined_to_the_row_above():
    head = ["STT", "Chỉ tiêu", "Đơn vị tính", "Số liệu", "Ghi chú"]
    row = ["1", "Số chợ", "Chợ", "5", "Giảm một chợ do"]
    assert joined(grid(head, row), grid(head, ["", "", "", "", "Sáp nhập thôn"], ["2", "Số bến", "Bến", "1", ""]))[1:] == [
        ["1", "Số chợ", "Chợ", "5", "Giảm một chợ do Sáp nhập thôn"],
        ["2", "Số bến", "Bến", "1", ""],
    ]


def test_a_dash_printed_again_before_the_rest_of_a_label_is_no_row():
    head = ["STT", "Chỉ tiêu", "Năm 2031", "Năm 2032"]
    first = grid(head, ["1", "Thủ tục tiếp nhận", "", ""], ["-", "Số thủ tục cấp xã", "", ""], ["-", "Số thủ tục nộp tại bộ phận", "", ""])
    assert joined(first, grid(head, ["-", "một cửa của huyện", "", ""], ["-", "Số thủ tục khác", "", ""]))[3:] == [
        ["-", "Số thủ tục nộp tại bộ phận một cửa của huyện", "", ""],
        ["-", "Số thủ tục khác", "", ""],
    ]


def test_a_label_that_goes_on_inside_one_part_is_joined():
    assert joined(grid(HEAD, FIRST, ["", "và đường dẫn.", "", "", ""], ["2", "Họp dân", "Thôn 1", "", "Quý I"]))[1:] == [
        ["1", "Sửa chữa cầu treo và đường dẫn.", *FIRST[2:]],
        ["2", "Họp dân", "Thôn 1", "", "Quý I"],
    ]


def test_sub_rows_without_number_stay_rows():
    rows = [
        ["STT", "Chỉ tiêu", "Đơn vị tính", "Số liệu"],
        ["1", "Số học sinh", "Người", "90"],
        ["", "Trong đó: nữ", "Người", "45"],
        ["", "- Nội trú", "Người", "3"],
    ]
    assert joined(grid(*rows)) == rows


def test_empty_columns_behind_the_head_are_no_columns():
    head = ["STT", "Chỉ tiêu", "Năm 2031", "Năm 2032"]
    first = grid([*head, "", ""], ["1", "Số ao cá", "", "", "", ""])
    assert joined(first, grid([*head, "", "", "", ""], ["2", "Số lồng bè", "", "", "", "", "", ""])) == [
        head,
        ["1", "Số ao cá", "", ""],
        ["2", "Số lồng bè", "", ""],
    ]


def test_columns_that_a_page_lost_are_found_by_their_borders():
    first = grid(["TT", "Việc", "Nơi làm", "Ghi chú"], ["1", "Đào ao", "Thôn 1", ""], page=1, edges=(50.0, 80.0, 200.0, 300.0, 400.0))
    second = grid(["2", "Đắp đập", "gấp"], page=2, edges=(50.0, 80.0, 300.0, 400.0))
    assert joined(first, second)[2] == ["2", "Đắp đập", "", "gấp"]


def test_an_empty_last_column_of_a_drawn_part_stays_a_column():
    edges = (50.0, 80.0, 200.0, 300.0, 400.0)
    first = grid(["TT", "Việc", "Nơi làm", "Ghi chú"], ["1", "Đào ao", "Thôn 1", ""], page=1, edges=edges)
    assert joined(first, grid(["", "cá ở", "", ""], ["2", "Đắp đập", "Thôn 2", ""], page=2, edges=edges))[1:] == [
        ["1", "Đào ao cá ở", "Thôn 1", ""],
        ["2", "Đắp đập", "Thôn 2", ""],
    ]


def test_two_tables_under_captions_of_their_own_stay_two():
    form = ["STT", "Chỉ tiêu", "Số liệu"]
    pieces = mended(para("Biểu mẫu 1"), grid(form, ["1", "Số ao", "5"]), para("Biểu mẫu 2"), grid(form, ["1", "Số bè", "6"]))
    assert [(p.caption, matrix(p)[1]) for p in pieces if isinstance(p, Grid)] == [
        ("Biểu mẫu 1", ["1", "Số ao", "5"]),
        ("Biểu mẫu 2", ["1", "Số bè", "6"]),
    ]


def test_another_head_begins_another_table():
    other = ["STT", "Chỉ tiêu", "Đơn vị tính", "Số liệu", "Ghi chú"]
    pieces = mended(grid(HEAD, FIRST), grid(other, ["1", "Số ao", "Ao", "5", ""]))
    assert sum(isinstance(p, Grid) for p in pieces) == 2


def test_dirt_between_parts_becomes_furniture_and_a_sentence_parts_them():
    second = ["2", "Nạo vét mương", "Thôn 2", "Thôn 3", "Quý II/2031"]
    pieces = mended(grid(HEAD, FIRST), para("9.17.11"), grid(HEAD, second))
    assert [type(p) for p in pieces] == [Grid, Furniture]
    pieces = mended(grid(HEAD, FIRST), para("Danh sách bổ sung của đợt hai như sau:"), grid(HEAD, second))
    assert [type(p) for p in pieces] == [Grid, Paragraph, Grid]


def test_the_end_of_a_bracket_goes_back_to_the_row_that_opened_it():
    first = ["1", "Tổng kết đề án", "Phòng Kinh tế", "Các thôn", "Quý I (sau khi"]
    second = ["2", "Khen thưởng", "Văn phòng", "Các thôn", "Quý II/2031. có hướng dẫn)"]
    assert joined(grid(HEAD, first), grid(HEAD, second))[1:] == [[*first[:4], "Quý I (sau khi có hướng dẫn)"], [*second[:4], "Quý II/2031."]]


def test_a_number_torn_at_its_hyphen_gets_no_blank():
    head = ["STT", "Nội dung", "Sản phẩm"]
    assert (
        joined(grid(head, ["1", "Ban hành quy chế", "Quyết định số 18/QĐ-"]), grid(head, ["", "", "UBND của huyện"]))[1][2]
        == "Quyết định số 18/QĐ-UBND của huyện"
    )


# ---- torn paragraphs -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("Các thôn rà soát hệ thống kênh mương nội đồng để kịp thời", "khơi thông trước mùa mưa.", True),
        ("Thực hiện chỉ đạo của Chủ tịch Ủy ban nhân dân huyện tại các", "Công văn về phòng dịch.", False),
        ("Đo các chỉ số độ trong, độ mặn, nhiệt độ và màu nước, pH,", "Nitơ tổng số.", True),
        ("Đã kiểm tra (theo Nghị quyết", "21/NQ của huyện) hai lần.", True),
        ("1. Kết quả", "đạt được nhiều mặt.", False),
        ("Đã xong mọi việc của năm.", "tiếp tục năm sau.", False),
        ("TÌNH HÌNH CHUNG CỦA TOÀN XÃ TRONG NĂM QUA", "nhìn chung ổn định.", False),
        ("Các hộ trong khu dân cư số năm đã tham gia đầy đủ việc", "a) dọn vệ sinh.", False),
    ],
)
def test_paragraph_halves(first, second, whole):
    found = [p.passage.text for p in mended(para(first), para(second))]
    assert found == ([f"{first} {second}"] if whole else [first, second])


def test_halves_apart_need_less_evidence_and_what_parted_them_comes_after():
    first = (
        "Thực hiện chỉ đạo của Chủ tịch Ủy ban nhân dân huyện về việc tăng cường công tác phòng, chống dịch bệnh trên đàn vật nuôi của toàn xã và các"
    )
    pieces = mended(para(first), Furniture(Passage("2"), "page_number"), para("Công văn hướng dẫn."))
    assert [(type(p), p.passage.text) for p in pieces] == [(Paragraph, f"{first} Công văn hướng dẫn."), (Furniture, "2")]


def test_a_reader_may_say_that_a_paragraph_goes_on():
    assert [p.passage.text for p in mended(para("Một", complete=False), para("Hai."))] == ["Một Hai."]


# ---- captions --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Biểu mẫu 3", "Biểu mẫu 3"),
        ("Biểu mẫu 2 CẢI CÁCH THỂ CHẾ", "Biểu mẫu 2"),
        ("PHỤ LỤC SỐ 01", "PHỤ LỤC SỐ 01"),
        ("Phụ lục II: Danh sách hộ", "Phụ lục II"),
        ("Biểu số: 01a/BC", "Biểu số: 01a/BC"),
        ("Phụ lục 2 được lập theo hướng dẫn của huyện.", None),
        ("Phụ lục vi phạm", None),
        ("Bảng tổng hợp", None),
    ],
)
def test_form_names(text, name):
    assert form_name(text) == name


def test_captions_are_the_forms_number_or_the_title_above():
    table = grid(HEAD, FIRST)
    pieces = caption_grids(
        [
            para("BẢNG TỔNG HỢP"),
            para("KẾT QUẢ TRỒNG RỪNG"),
            para("(Kèm theo Báo cáo của xã)"),
            table,
            para("Phụ lục 4"),
            para("I. Nhóm một"),
            table,
            para("II. Nhóm hai"),
            table,
            para("Bảng 2. Diện tích"),
            table,
            para("Đoạn văn nói tiếp về kết quả."),
            table,
        ]
    )
    assert [p.caption for p in pieces if isinstance(p, Grid)] == ["BẢNG TỔNG HỢP KẾT QUẢ TRỒNG RỪNG", "Phụ lục 4", "Phụ lục 4", "Bảng 2", None]


# ---- outline ---------------------------------------------------------------------------------------------------


def tree(*texts: str | Paragraph) -> list[str]:
    """One line per paragraph, indented by its depth: `kind marker|body`."""
    paragraphs = [para(t) if isinstance(t, str) else t for t in texts]
    lines, depth = [], []
    for paragraph, entry in zip(paragraphs, find_outline(paragraphs), strict=True):
        depth.append(0 if entry.parent is None else depth[entry.parent] + 1)
        assert entry.level in {None, depth[-1] + 1}
        lines.append(f"{'  ' * depth[-1]}{entry.kind[0]} {entry.marker or ''}|{paragraph.passage.text[entry.body :][:24]}")
    return lines


OPENING = "Thực hiện kế hoạch của huyện về chuyển đổi số, Ủy ban nhân dân xã Tân Lập ban hành kế hoạch với các nội dung sau:"


def test_a_plan_as_a_tree():
    assert tree(
        "KẾ HOẠCH",
        "CHUYỂN ĐỔI SỐ NĂM 2031",
        OPENING,
        "I. MỤC ĐÍCH, YÊU CẦU",
        "1. Mục đích",
        "- Phục vụ người dân.",
        "2. Yêu cầu",
        "Làm đúng quy định hiện hành.",
        "II. NHIỆM VỤ",
        "1. Hạ tầng",
        "1.1. Kéo cáp quang đến thôn.",
        "a) Khảo sát:",
        "- Đo tuyến;",
        "+ Tuyến chính.",
        "+ Tuyến phụ.",
        "- Lập dự toán.",
        "b) Thi công.",
        "1.2. Lắp trạm phát.",
        "2. Nhân lực.",
    ) == [
        "p |KẾ HOẠCH",
        "p |CHUYỂN ĐỔI SỐ NĂM 2031",
        "p |Thực hiện kế hoạch của h",
        "h I.|MỤC ĐÍCH, YÊU CẦU",
        "  h 1.|Mục đích",
        "    l -|Phục vụ người dân.",
        "  h 2.|Yêu cầu",
        "    p |Làm đúng quy định hiện h",
        "h II.|NHIỆM VỤ",
        "  h 1.|Hạ tầng",
        "    h 1.1.|Kéo cáp quang đến thôn.",
        "      h a)|Khảo sát:",
        "        l -|Đo tuyến;",
        "          l +|Tuyến chính.",
        "          l +|Tuyến phụ.",
        "        l -|Lập dự toán.",
        "      l b)|Thi công.",
        "    l 1.2.|Lắp trạm phát.",
        "  l 2.|Nhân lực.",
    ]


def test_a_lead_in_holds_the_dashes_behind_it_and_no_more():
    assert tree(
        "1. Nội dung",
        "Các đơn vị cung cấp số liệu, cụ thể như sau:",
        "- Trường học: biểu 1;",
        "- Trạm y tế: biểu 2.",
        "Thủ trưởng chịu trách nhiệm về số liệu.",
        "- Các thôn rà soát lại.",
        "2. Thời hạn",
    ) == [
        "h 1.|Nội dung",
        "  p |Các đơn vị cung cấp số l",
        "    l -|Trường học: biểu 1;",
        "    l -|Trạm y tế: biểu 2.",
        "  p |Thủ trưởng chịu trách nh",
        "  l -|Các thôn rà soát lại.",
        "l 2.|Thời hạn",
    ]


def test_wrong_numbering_does_not_break_the_tree():
    assert tree("1. Một", "a) A.", "d) D.", "d) D nữa.", "2. Hai", "2.1. Con.", "2. Hai nữa", "4. Bốn", "4.2. Con.", "4.2. Con nữa.") == [
        "h 1.|Một",
        "  l a)|A.",
        "  l d)|D.",
        "  l d)|D nữa.",
        "h 2.|Hai",
        "  l 2.1.|Con.",
        "l 2.|Hai nữa",
        "h 4.|Bốn",
        "  l 4.2.|Con.",
        "  l 4.2.|Con nữa.",
    ]


def test_counts_under_dashes():
    assert tree("1. Giải pháp", "- Về pháp luật:", "(1) Sửa quy chế.", "(2) Bãi bỏ quy định.", "- Về kinh tế:", "(1) Thu phí.") == [
        "h 1.|Giải pháp",
        "  l -|Về pháp luật:",
        "    l (1)|Sửa quy chế.",
        "    l (2)|Bãi bỏ quy định.",
        "  l -|Về kinh tế:",
        "    l (1)|Thu phí.",
    ]


def test_numbers_that_start_anew_stand_under_the_bold_head_before_them():
    assert tree(
        OPENING, "1. Chung", para("Khối trường học", bold=True), "1. Mầm non.", "2. Tiểu học.", para("Khối y tế", bold=True), "1. Trạm xá."
    ) == [
        "p |Thực hiện kế hoạch của h",
        "h 1.|Chung",
        "  h |Khối trường học",
        "    l 1.|Mầm non.",
        "    l 2.|Tiểu học.",
        "  h |Khối y tế",
        "    l 1.|Trạm xá.",
    ]


def test_labels_belong_to_the_item_above_them():
    assert tree("1. Tuyên truyền", "- Mở chuyên mục trên loa.", "Đơn vị chủ trì: Văn hóa xã.", "Thời gian: Quý I.", "- In tờ rơi.") == [
        "h 1.|Tuyên truyền",
        "  l -|Mở chuyên mục trên loa.",
        "    p |Đơn vị chủ trì: Văn hóa ",
        "    p |Thời gian: Quý I.",
        "  l -|In tờ rơi.",
    ]


def test_recipients_signature_and_annexes_are_trees_of_their_own():
    assert tree(
        OPENING,
        "I. TỔ CHỨC THỰC HIỆN",
        "1. Các thôn.",
        "Trên đây là kế hoạch của xã./.",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Nguyễn Văn An",
        "PHỤ LỤC SỐ 01",
        "(Kèm theo Kế hoạch số 5/KH-UBND)",
        "ĐỀ CƯƠNG BÁO CÁO",
        "I. TÌNH HÌNH",
        "1. Kết quả",
        "Phần thứ hai",
        "PHƯƠNG HƯỚNG",
        "1. Về cây trồng.",
        "Biểu mẫu 2",
        "KẾT QUẢ CHĂN NUÔI",
    ) == [
        "p |Thực hiện kế hoạch của h",
        "h I.|TỔ CHỨC THỰC HIỆN",
        "  l 1.|Các thôn.",
        "p |Trên đây là kế hoạch của",
        "p |Nơi nhận:",
        "  l -|Như trên;",
        "  l -|Lưu: VT.",
        "p |TM. ỦY BAN NHÂN DÂN",
        "p |CHỦ TỊCH",
        "p |Nguyễn Văn An",
        "h |PHỤ LỤC SỐ 01",
        "  p |(Kèm theo Kế hoạch số 5/",
        "  h |ĐỀ CƯƠNG BÁO CÁO",
        "    h I.|TÌNH HÌNH",
        "      l 1.|Kết quả",
        "    h Phần thứ hai|",
        "      h |PHƯƠNG HƯỚNG",
        "        l 1.|Về cây trồng.",
        "h |Biểu mẫu 2",
        "  h |KẾT QUẢ CHĂN NUÔI",
    ]


def test_a_decision_and_the_plan_it_issues():
    assert tree(
        "QUYẾT ĐỊNH",
        "Căn cứ Luật Tổ chức chính quyền địa phương và các văn bản hướng dẫn thi hành; theo đề nghị của phòng Kinh tế và Hạ tầng,",
        "Điều 1. Ban hành kế hoạch.",
        "Điều 2. Hiệu lực từ ngày ký.",
        "Nơi nhận:",
        "- Như Điều 2;",
        "KT. CHỦ TỊCH",
        "KẾ HOẠCH",
        "Trồng cây năm 2031",
        "I. MỤC ĐÍCH",
        "1. Phủ xanh.",
    )[2:] == [
        "h Điều 1.|Ban hành kế hoạch.",
        "h Điều 2.|Hiệu lực từ ngày ký.",
        "p |Nơi nhận:",
        "  l -|Như Điều 2;",
        "p |KT. CHỦ TỊCH",
        "h |KẾ HOẠCH",
        "  p |Trồng cây năm 2031",
        "  h I.|MỤC ĐÍCH",
        "    l 1.|Phủ xanh.",
    ]


def test_forms_with_letterheads_of_their_own():
    assert tree(
        OPENING, "I. MỤC ĐÍCH", "1. Một.", "BM-02", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "I. THÔNG TIN", "1. Tên."
    )[3:] == [
        "h |BM-02",
        "p |CỘNG HÒA XÃ HỘI CHỦ NGHĨ",
        "p |Độc lập - Tự do - Hạnh p",
        "  h I.|THÔNG TIN",
        "    l 1.|Tên.",
    ]


def test_deep_and_long_lists_keep_their_parents():
    entries = find_outline([para("1. Việc"), *(para(f"- Ý thứ {k}.") for k in range(2000))])
    assert {e.parent for e in entries[1:]} == {0}


# ---- one text --------------------------------------------------------------------------------------------------


def test_everything_is_a_span_over_one_text_with_its_words():
    columns = WordColumns(["Mục", "một", "hai", "ba", "3"], [1, 1, 1, 2, 1], *[[float(k) for k in range(5)] for _ in range(4)], [1.0] * 5)
    pieces = [
        Paragraph(Passage("1. Mục một", [0, 1], [3, 7]), 1),
        Furniture(Passage("3", [4], [0]), "page_number", 1),
        Grid([GridCell(0, 0, 1, 1, Passage("hai", [2], [0])), GridCell(0, 1, 1, 1, Passage("ba", [3], [0]))], 1, 2, 1),
    ]
    text, blocks, tables, words = lay_out(Draft(pieces, columns))
    assert text == "1. Mục một\nhai\tba\n3\n"
    assert [(b.kind, text[b.span.start : b.span.end], b.marker, b.furniture) for b in blocks] == [
        ("list_item", "1. Mục một", "1.", None),
        ("table", "hai\tba", None, None),
        ("furniture", "3", None, "page_number"),
    ]
    assert [text[c.span.start : c.span.end] for c in tables[0].cells] == ["hai", "ba"]
    assert [(text[a:b], page) for a, b, page in zip(words.start, words.end, words.page, strict=True)] == [
        ("Mục", 1),
        ("một", 1),
        ("hai", 1),
        ("ba", 2),
        ("3", 1),
    ]


def test_words_follow_their_cells_through_mending():
    columns = WordColumns(["Nhiệm", "vụ", "sửa", "cầu"], [1, 1, 1, 2], *[[0.0] * 4 for _ in range(4)], [1.0] * 4)
    head = [GridCell(0, 0, 1, 1, Passage("STT")), GridCell(0, 1, 1, 1, Passage("Nhiệm vụ", [0, 1], [0, 6]))]
    first = Grid([*head, GridCell(1, 0, 1, 1, Passage("1")), GridCell(1, 1, 1, 1, Passage("sửa", [2], [0]))], 2, 2, 1)
    second = Grid([*head, GridCell(1, 0, 1, 1, EMPTY), GridCell(1, 1, 1, 1, Passage("cầu", [3], [0]))], 2, 2, 2)
    text, _, tables, words = lay_out(Draft([first, second], columns))
    assert text[tables[0].cells[3].span.start : tables[0].cells[3].span.end] == "sửa cầu"
    assert [(text[a:b], page) for a, b, page in zip(words.start, words.end, words.page, strict=True)][-2:] == [("sửa", 1), ("cầu", 2)]


def test_a_table_stands_under_the_heading_before_it():
    doc = read(Source("mau.md", "PHỤ LỤC 2\n\nDANH SÁCH TỔ ĐỘI\n\n| STT | Nội dung |\n|---|---|\n| 1 | Tổ một |\n".encode()))
    block = next(b for b in doc.blocks if b.kind == "table")
    assert [doc.quote(a.span) for a in doc.ancestors(block)] == ["DANH SÁCH TỔ ĐỘI", "PHỤ LỤC 2"]
    assert doc.tables[0].caption == "PHỤ LỤC 2"


# ---- the labelled documents ------------------------------------------------------------------------------------


def folded(text: str | None) -> str:
    return " ".join((text or "").split()).lower()


def found_rows(path: Path, gold: dict) -> tuple[int, int]:
    """How many labelled table rows stand in one row of a table, code and text, and how many there are."""
    doc = read(load(path))
    rows: dict[tuple[int, int], list[str]] = {}
    for table in doc.tables:
        for cell in table.cells:
            rows.setdefault((table.table_id, cell.row), []).append(folded(doc.quote(cell.span)))
    wanted = {
        (folded(t["code"]).rstrip("."), folded(t.get("text") or t.get("label")))
        for t in [*gold["tasks"], *gold["indicators"]]
        if t["origin"] == "table"
    }
    hits = sum(
        any((not code or any(c.rstrip(".") == code for c in cells)) and any(fuzz.ratio(text, c) >= 92 for c in cells) for cells in rows.values())
        for code, text in wanted
    )
    return hits, len(wanted)


@shared
@pytest.mark.shared
@pytest.mark.parametrize("number", ["000", "001", "003", "004"])
def test_labelled_table_rows_are_rows(number):
    gold = json.loads(next((SHARED / "gold").glob(f"{number}_*.json")).read_text(encoding="utf-8"))
    hits, count = found_rows(next((SHARED / "corpus/seeds").glob(f"{number}_*.txt")), gold)
    assert count > 30
    assert hits >= 0.98 * count


@shared
@pytest.mark.shared
@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_labelled_prose_tasks_are_paragraphs_of_their_own(number):
    gold = json.loads(next((SHARED / "gold").glob(f"{number}_*.json")).read_text(encoding="utf-8"))
    doc = read(load(next((SHARED / "corpus/seeds").glob(f"{number}_*.txt"))))
    bodies = {folded(doc.quote(b.body)) for b in doc.blocks if b.kind != "table"}
    tasks = [folded(t["text"]) for t in gold["tasks"] if t["origin"] == "narrative"]
    assert tasks
    assert sum(any(fuzz.ratio(t, b) >= 95 for b in bodies) for t in tasks) >= 0.98 * len(tasks)
