"""Records of small documents written here: headers, task tables, forms, findings."""

import pytest

from extractor.pipeline import record, run
from extractor.readers import read
from extractor.readers.formats import Source

LETTERHEAD = """ỦY BAN NHÂN DÂN

TỈNH HÒA AN

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM

Độc lập - Tự do - Hạnh phúc

Số: 215 /KH-UBND

Hòa An, ngày 09 tháng 02 năm 2024

KẾ HOẠCH

Chuyển đổi số tỉnh Hòa An năm 2024

Căn cứ Nghị quyết số 57-NQ/TW ngày 22/12/2023 của Bộ Chính trị, Ủy ban nhân dân tỉnh ban hành Kế hoạch chuyển đổi số năm 2024 như sau:

I. MỤC ĐÍCH

- Nâng cao nhận thức của cán bộ.
"""
SIGNATURE = """
Nơi nhận:

- Bộ Nội vụ (để b/c);

- Các sở, ban, ngành;

- Lưu: VT, NC.

TM. ỦY BAN NHÂN DÂN

KT. CHỦ TỊCH

PHÓ CHỦ TỊCH

Trần Thị Bích Hạnh
"""
TASKS = """
PHỤ LỤC

NHIỆM VỤ TRỌNG TÂM

| STT | Nhiệm vụ | Đơn vị chủ trì | Đơn vị phối hợp | Thời hạn hoàn thành | Sản phẩm |
|---|---|---|---|---|---|
| I | Cải cách thể chế | | | | |
| 1 | Rà soát văn bản | Sở Tư pháp | Các sở, ban, ngành; UBND các huyện | Quý II/2024 | Báo cáo |
| 2 | Xây dựng các đề án | | | | |
| 2.1 | Đề án số hóa hồ sơ | Sở Nội vụ | Văn phòng UBND tỉnh | Trước ngày 30/6/2024 | Quyết định |
| 3 | Kiểm tra định kỳ | | Sở Nội vụ | Theo quy định của Chính phủ | |
"""
FORM = """
Biểu mẫu 2

CẢI CÁCH THỂ CHẾ

| STT | Chỉ tiêu | Kết quả thống kê | | Ghi chú |
|---|---|---|---|---|
| | | Đơn vị tính | Số liệu | |
| 1. | Tổng số văn bản | Văn bản | 1.204 | |
| 1.1. | Số văn bản cấp tỉnh | Văn bản | 05 | Tính cả quý I |
| 2. | Kiểm tra văn bản | | | |
| 2.1. | Tỷ lệ xử lý | % | 90% (17/19) | |
| 2.2. | Tỷ lệ chưa có | % | | |
"""
BLANK = """
Phụ lục 3

Thống kê số liệu

| STT | Chỉ tiêu | Năm 2022 | Năm 2023 |
|---|---|---|---|
| 1 | Tuyên truyền | | |
| - | Số lớp tập huấn | | |
| - | Hình thức khác | | |
| 2 | Số mô hình | | |
"""


def records_of(text):
    return record(read(Source("thu.md", text.encode())))


def test_header_from_letterhead_and_signature():
    header = records_of(LETTERHEAD + SIGNATURE).header
    assert (header.doc_type, header.number, header.issued_on) == ("KH", "215/KH-UBND", "2024-02-09")
    assert (header.issuer, header.place, header.period) == ("Ủy ban nhân dân tỉnh Hòa An", "Hòa An", "2024")
    assert header.title == "Chuyển đổi số tỉnh Hòa An năm 2024"
    assert header.recipients == ("Bộ Nội vụ (để b/c)", "Các sở, ban, ngành", "Lưu: VT, NC")
    assert (header.signing_mode, header.signer_title, header.signer) == ("TM. KT.", "PHÓ CHỦ TỊCH", "Trần Thị Bích Hạnh")


def test_every_header_field_has_its_evidence():
    document = read(Source("thu.md", (LETTERHEAD + SIGNATURE).encode()))
    header = record(document).header
    assert document.quote(header.evidence["number"].span) == "Số: 215 /KH-UBND"
    assert document.quote(header.evidence["signer"].span) == "Trần Thị Bích Hạnh"


def test_header_without_letterhead_comes_from_the_body():
    text = LETTERHEAD[LETTERHEAD.index("Số:") :]
    assert records_of(text).header.issuer == "Ủy ban nhân dân tỉnh Hòa An"


@pytest.mark.parametrize("line", ["Số:     /KH-UBND", "Số: ....../KH-UBND"])
def test_blank_number_is_none(line):
    assert records_of(LETTERHEAD.replace("Số: 215 /KH-UBND", line)).header.number is None


def test_date_with_a_blank_day_is_none():
    header = records_of(LETTERHEAD.replace("ngày 09 tháng", "ngày     tháng")).header
    assert (header.issued_on, header.place) == (None, "Hòa An")


def test_task_rows_with_roles_areas_and_parents():
    records = records_of(LETTERHEAD + TASKS)
    tasks = [t for t in records.tasks if t.origin == "table"]
    assert [(t.code, t.text, t.parent) for t in tasks] == [
        ("1", "Rà soát văn bản", "Cải cách thể chế"),
        ("2.1", "Đề án số hóa hồ sơ", "Xây dựng các đề án"),
        ("3", "Kiểm tra định kỳ", "Cải cách thể chế"),
    ]
    assert {t.area for t in tasks} == {"institutions"}
    assert [(a.role, a.agency) for a in tasks[0].assignments] == [
        ("lead", "Sở Tư pháp"),
        ("support", "Các sở, ban, ngành"),
        ("support", "UBND các huyện"),
    ]
    assert [(d.relation, d.edtf, d.due_on) for t in tasks for d in t.deadlines] == [
        ("in", "2024-34", "2024-06-30"),
        ("before", "2024-06-30", "2024-06-30"),
        ("per", None, None),
    ]


def test_evidence_of_a_task_leads_to_its_words():
    document = read(Source("thu.md", (LETTERHEAD + TASKS).encode()))
    task = next(t for t in record(document).tasks if t.code == "2.1")
    assert document.quote(task.evidence.span) == "Đề án số hóa hồ sơ"
    assert [document.quote(a.evidence.span) for a in task.assignments] == ["Sở Nội vụ", "Văn phòng UBND tỉnh"]
    assert "Nhiệm vụ" in task.evidence.source


def test_a_row_without_lead_is_a_finding():
    rules = [f.rule for f in records_of(LETTERHEAD + TASKS).findings]
    assert rules.count("task_without_lead") == 1


def test_filled_form():
    records = records_of(LETTERHEAD + FORM)
    found = [i for i in records.indicators if i.origin == "table"]
    assert [(i.form, i.code, i.unit, i.value_text, i.value, i.blank) for i in found] == [
        ("Biểu mẫu 2", "1.", "Văn bản", "1.204", 1204.0, False),
        ("Biểu mẫu 2", "1.1.", "Văn bản", "05", 5.0, False),
        ("Biểu mẫu 2", "2.1.", "%", "90% (17/19)", 90.0, False),
        ("Biểu mẫu 2", "2.2.", "%", None, None, True),
    ]
    assert found[1].note == "Tính cả quý I"
    assert (found[2].numerator, found[2].denominator) == (17, 19)


def test_a_percentage_its_own_ratio_does_not_give_is_a_finding():
    off = [f for f in records_of(LETTERHEAD + FORM).findings if f.rule == "ratio_off"]
    assert [(f.expected, f.actual) for f in off] == [("89.47", "90")]  # 89.47 rounds to 89, not to 90


def test_blank_form_tells_headings_from_indicators():
    found = [i for i in records_of(LETTERHEAD + BLANK).indicators if i.origin == "table"]
    assert [(i.code, i.label) for i in found] == [("-", "Số lớp tập huấn"), ("-", "Hình thức khác"), ("2", "Số mô hình")]
    assert all(i.blank and i.columns == ("Năm 2022", "Năm 2023") and i.period is None for i in found)


def test_a_table_of_unknown_columns_stays_in_cells_and_is_told():
    text = LETTERHEAD + "\n| Họ tên | Quê quán |\n|---|---|\n| An | Huế |\n| Bình | Vinh |\n"
    document, records = run(Source("thu.md", text.encode()))
    assert [document.quote(c.span) for c in document.tables[0].cells][2:] == ["An", "Huế", "Bình", "Vinh"]
    assert [f.rule for f in records.findings if f.rule == "table_not_understood"] == ["table_not_understood"]


def test_procedure_steps_are_no_tasks():
    head = "| STT | Nội dung công việc | Thời gian | Kết quả |\n|---|---|---|---|\n"
    steps = f"{head}| 1 | Tiếp nhận | 02 giờ | Phiếu |\n| 2 | Thẩm định | 05 ngày làm việc | Tờ trình |\n"
    assert [t for t in records_of(f"{LETTERHEAD}\n{steps}").tasks if t.origin == "table"] == []


UNITS = """
| TT | Chỉ tiêu | Tần suất (lượt/quý) | Số lượng (tờ rơi) | Đơn giá (đồng) | Thành tiền (đồng) |
|---|---|---|---|---|---|
| I | Tuyên truyền | 9.600.000 | | | |
| 1 | In ấn | 3 | 400 | 8.000 | 9.600.000 |
| 2 | Phát tận tay | 2 (lượt/năm) | 400 | 5.000 | 4.000.000 |
| II | Tập huấn | 7.250.000 | | * | * |
| 1 | Thuê hội trường | Buổi | 2 | 1.500.000 | 3.000.000 |
| 2 | Thù lao | 1 | 5 | 650.000 | 3.250.000 |
| | b | Chi phí phát sinh | 1.000.000 | | |
| III | Dự phòng | 2.000.000 | a | Trượt giá và khác | 2.000.000 |
"""


def test_units_from_headings_brackets_and_from_the_cell():
    found = records_of(LETTERHEAD + UNITS).indicators
    units = {(i.label, i.value_text): i.unit for i in found}
    assert units["In ấn", "3"] == "lượt/quý"
    assert units["In ấn", "400"] == "tờ rơi"
    assert units["Phát tận tay", "2 (lượt/năm)"] == "lượt/năm"
    assert units["Thù lao", "650.000"] == "đồng"


def test_a_unit_among_the_values_is_the_rows_unit_where_no_money_is_counted():
    found = [i for i in records_of(LETTERHEAD + UNITS).indicators if i.label == "Thuê hội trường"]
    assert [(i.value_text, i.unit) for i in found] == [("2", "Buổi"), ("1.500.000", "đồng"), ("3.000.000", "đồng")]


def test_a_sum_that_slid_into_another_column_is_counted_in_money():
    found = [i for i in records_of(LETTERHEAD + UNITS).indicators if i.code in {"I", "II"}]
    assert [(i.label, i.value, i.unit) for i in found] == [("Tuyên truyền", 9600000.0, "đồng"), ("Tập huấn", 7250000.0, "đồng")]


def test_rows_whose_code_and_label_slid_among_the_values():
    found = [(i.code, i.label, i.value, i.unit) for i in records_of(LETTERHEAD + UNITS).indicators if i.code in {"a", "b", "III"}]
    assert found == [
        ("b", "Chi phí phát sinh", 1000000.0, "đồng"),
        ("III", "Dự phòng", 2000000.0, "đồng"),
        ("a", "Trượt giá và khác", 2000000.0, "đồng"),
    ]


def test_words_stay_values_in_a_column_of_words():
    table = "| TT | Chỉ tiêu | Kết quả |\n|---|---|---|\n| 1 | Quy chế làm việc | Đã gửi lấy góp ý |\n| 2 | Phòng họp | Bố trí đủ chỗ |\n"
    assert [i.value_text for i in records_of(f"{LETTERHEAD}\n{table}").indicators] == ["Đã gửi lấy góp ý", "Bố trí đủ chỗ"]


def test_projects_by_name_with_what_they_cost():
    head = "Đơn vị tính: triệu đồng\n\n| STT | Tên công trình | Địa điểm | Quy mô | Tổng vốn đầu tư dự kiến |\n|---|---|---|---|---|\n"
    rows = "| 1 | Cầu Khe Sim | Xã Bình Yên | Dài 40 m | 12.500 |\n| 2 | Nâng cấp đường | Xã Tân Lộc | 3 km | 8.400 |\n| | vào bản Nà Lốc | | | |\n"
    found = records_of(f"{LETTERHEAD}\n{head}{rows}").indicators
    assert [(i.code, i.label, i.value) for i in found] == [("1", "Cầu Khe Sim", 12500.0), ("2", "Nâng cấp đường vào bản Nà Lốc", 8400.0)]
    assert {i.unit for i in found} == {"triệu đồng"}


def test_a_list_of_names_without_unit_stays_in_cells():
    table = "| STT | Tên công trình | Tổng vốn đầu tư |\n|---|---|---|\n| 1 | Cầu Khe Sim | 12.500 |\n"
    assert records_of(f"{LETTERHEAD}\n{table}").indicators == ()


DRAFTS = """
Phân công cơ quan trình, cơ quan thẩm tra đối với các đề án như sau:

| STT | Tên đề án | Cơ quan trình | Cơ quan phối hợp | Tiến độ |
|---|---|---|---|---|
| 1 | Đề án cấp nước nông thôn | Sở Nông nghiệp và Môi trường | Sở Tài chính | Tháng 8/2024 |
"""


def test_who_lays_a_draft_before_somebody_and_when():
    tasks = records_of(LETTERHEAD.replace("I. MỤC ĐÍCH\n\n- Nâng cao nhận thức của cán bộ.", "I. PHÂN CÔNG THỰC HIỆN") + DRAFTS).tasks
    assert [(t.origin, t.text) for t in tasks] == [("table", "Đề án cấp nước nông thôn")]
    assert [(a.role, a.agency) for a in tasks[0].assignments] == [("lead", "Sở Nông nghiệp và Môi trường"), ("support", "Sở Tài chính")]
    assert [d.edtf for d in tasks[0].deadlines] == ["2024-08"]


def test_an_examiner_in_charge_leads_before_who_lays_it_down():
    text = LETTERHEAD + DRAFTS.replace("Cơ quan phối hợp", "Cơ quan chủ trì thẩm định")
    assert [(a.role, a.agency) for t in records_of(text).tasks if t.origin == "table" for a in t.assignments] == [("lead", "Sở Tài chính")]


def test_a_unit_in_a_frame_above_the_table():
    frame = "| Số liệu tính đến tháng 6. ĐVT: triệu đồng |\n|---|\n"
    table = "| TT | Nội dung | Năm 2023 |\n|---|---|---|\n| 1 | Thu phí | 12 |\n"
    assert [(i.label, i.unit) for i in records_of(f"{LETTERHEAD}\n{frame}\n{table}").indicators] == [("Thu phí", "triệu đồng")]


def test_a_type_name_before_the_number_is_no_citation():
    header = records_of(LETTERHEAD.replace("Số: 215 /KH-UBND", "Kế hoạch số: 215/KH-UBND")).header
    assert header.number == "215/KH-UBND"


def test_particulars_that_run_into_the_title():
    title = "CỦA BỘ TRƯỞNG BỘ THỦY SẢN SỐ 12/2003/QĐ-BTS NGÀY 5 THÁNG 3 NĂM 2003 VỀ VIỆC BAN HÀNH QUY CHẾ CẢNG CÁ"
    header = records_of(f"QUYẾT ĐỊNH\n\n{title}\n\nCăn cứ Luật Thủy sản;\n").header
    assert (header.number, header.issued_on, header.issuer) == ("12/2003/QĐ-BTS", "2003-03-05", "Bộ Trưởng Bộ Thủy Sản")
    assert header.title == "VỀ VIỆC BAN HÀNH QUY CHẾ CẢNG CÁ"


def test_a_letterhead_typed_as_one_paragraph():
    head = "ỦY BAN NHÂN DÂN TỈNH HÒA AN ------ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc ------ "
    text = f"{head}Số: 77/KH-UBND Hòa An, ngày 3 tháng 5 năm 2024 KẾ HOẠCH TRỒNG RỪNG\n\nĐẾN NĂM 2028 Thực hiện Luật Lâm nghiệp, tỉnh trồng rừng.\n"
    header = records_of(text).header
    assert (header.number, header.issued_on, header.place) == ("77/KH-UBND", "2024-05-03", "Hòa An")
    assert (header.title, header.period) == ("TRỒNG RỪNG ĐẾN NĂM 2028", "2024/2028")
    assert header.issuer == "Ủy ban nhân dân tỉnh Hòa An"


def test_a_list_without_letterhead_has_its_capitals_for_a_title():
    header = records_of("DANH MỤC CÔNG TRÌNH THỦY LỢI XÃ BÌNH YÊN\n\n| STT | Tên công trình |\n|---|---|\n| 1 | Đập Khe Sim |\n").header
    assert (header.doc_type, header.title) == (None, "DANH MỤC CÔNG TRÌNH THỦY LỢI XÃ BÌNH YÊN")


def test_a_body_of_a_year_issues_nothing():
    assert records_of("MẠNG LƯỚI CHỢ\n\nHỢP TÁC XÃ CHĂN NUÔI NĂM 2011\n\n| Xã | Số hộ |\n|---|---|\n| An | 3 |\n").header.issuer is None


def test_years_a_title_only_looks_ahead_to_are_not_those_of_its_figures():
    title = "Chuyển đổi số tỉnh Hòa An năm 2024"
    text = LETTERHEAD.replace(title, f"{title}, định hướng đến năm 2026") + UNITS
    records = records_of(text)
    assert records.header.period == "2024/2026"
    assert {i.period for i in records.indicators} == {"2024"}
