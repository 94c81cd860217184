"""Text → typed value or None: folding, numbers, symbols, dates and times, agencies. Cases are written, not copied."""

import json
import unicodedata
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.values.agencies import is_agency, normal_agency, split_agencies, split_roles
from extractor.values.dates import find_times, read_date, read_period
from extractor.values.folding import bare, fold, level, squeeze
from extractor.values.headings import unit_of
from extractor.values.numbers import is_money, is_unit, read_number, read_quantity, units
from extractor.values.points import Point, edtf, edtf_of, first_day, last_day, real
from extractor.values.symbols import doc_type_of, find_symbols, read_symbol

# ---- folding ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà Bình", "hòa bình"),
        ("UỶ BAN NHÂN DÂN", "Ủy ban nhân dân"),
        ("khoẻ", "khỏe"),
        ("Quí III", "quý iii"),
        ("Ðông Anh", "Đông Anh"),
        ("Phòng Tài chính – Kế hoạch", "phòng  tài chính -\nkế hoạch"),
        (unicodedata.normalize("NFD", "Thủy lợi"), "thuỷ lợi"),
    ],
)
def test_fold_unifies_what_readers_take_for_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize("text", ["hoàn thành", "quý", "quỹ", "quà", "thúy kiều", "toán", "hoạt động"])
def test_fold_leaves_right_spelling(text: str) -> None:
    assert fold(text) == text


def test_bare_drops_diacritics() -> None:
    assert bare("Đề án Chuyển đổi số") == "de an chuyen doi so"


@given(st.text())
@settings(deadline=None)
def test_level_keeps_every_offset(text: str) -> None:
    assert len(level(text)) == len(text)


@given(st.text())
@settings(deadline=None)
def test_fold_and_squeeze_are_done_at_once(text: str) -> None:
    assert squeeze(squeeze(text)) == squeeze(text)
    assert "  " not in fold(text)


LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ -–ĐÐ\n"
VIETNAMESE = st.text(alphabet=LETTERS, max_size=60)


@given(VIETNAMESE)
@settings(deadline=None)
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert bare(bare(text)) == bare(text)


# ---- numbers ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(
            ("1.762", 1762.0),
            ("4.559.051", 4559051.0),
            ("99,1", 99.1),
            ("62.28", 62.28),
            ("12.16%", 12.16),
            ("05", 5.0),
            ("1177", 1177.0),
            ("75.2%", 75.2),
        ),
        *(("62,28 %", 62.28), ("12.345%", 12.345), ("1.284,5", 1284.5), ("1,762,000", 1762000.0), ("1 762", 1762.0), ("0.125", 0.125), ("-3", -3.0)),
        *(("(5)", -5.0), ("38¹", 38.0), ("0", 0.0), ("100%.", 100.0), ("−2,5", -2.5)),
        *((text, None) for text in ("", "-", "…", "½", "1.2.3", "1.23.456", "12/2024", "15/3/2020", "1e5", "1_000", "٣", "I", "Sở Nội vụ", "1" * 60)),
    ],
)
def test_read_number(text: str, value: float | None) -> None:
    assert read_number(text) == value


def _printed(number: int, decimals: str) -> str:
    return f"{number:,}".replace(",", ".") + (f",{decimals}" if decimals else "")


@given(st.integers(0, 10**12), st.text(alphabet="0123456789", max_size=3))
@settings(deadline=None)
def test_numbers_round_trip(number: int, decimals: str) -> None:
    assert read_number(_printed(number, decimals)) == pytest.approx(float(f"{number}.{decimals or 0}"))


@given(st.text(max_size=80) | st.text(alphabet="0123456789.,%/ -()", max_size=60))
@settings(deadline=None)
def test_numbers_never_raise(text: str) -> None:
    value, quantity = read_number(text), read_quantity(text)
    assert value is None or (quantity is not None and quantity.value == value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("100% (17/17)", (100.0, 17.0, 17.0, None, True, None)),
        ("100%(9/9)", (100.0, 9.0, 9.0, None, True, None)),
        ("26/26", (None, 26.0, 26.0, None, False, None)),
        ("1.284/2.300", (None, 1284.0, 2300.0, None, False, None)),
        ("hơn 30%", (30.0, None, None, "hơn", True, None)),
        ("Tối thiểu 80%", (80.0, None, None, "tối thiểu", True, None)),
        ("80% trở lên", (80.0, None, None, "trở lên", True, None)),
        ("≥ 95%", (95.0, None, None, "≥", True, None)),
        ("1.800", (1800.0, None, None, None, False, None)),
        ("0", (0.0, None, None, None, False, None)),
        ("15 triệu", (15e6, None, None, None, False, None)),
        ("15 triệu đồng", (15.0, None, None, None, False, "triệu đồng")),
        ("120 văn bản", (120.0, None, None, None, False, "văn bản")),
        ("3 (đợt/năm)", (3.0, None, None, None, False, "đợt/năm")),
        ("45.6 kg", (45.6, None, None, None, False, "kg")),
        ("120 m²", (120.0, None, None, None, False, "m²")),
        ("38/38 nhiệm vụ¹", (None, 38.0, 38.0, None, False, "nhiệm vụ")),
        ("12/15 hồ sơ, đạt tỷ lệ 80%", (80.0, 12.0, 15.0, None, True, "hồ sơ")),
    ],
)
def test_read_quantity(text: str, expected: tuple[object, ...]) -> None:
    quantity = read_quantity(text)
    assert quantity is not None
    assert (quantity.value, quantity.numerator, quantity.denominator, quantity.approx, quantity.percent, quantity.unit) == expected


@pytest.mark.parametrize(
    "text",
    [
        "-",
        "",
        "…",
        "Sở Nội vụ",
        "1. Sở Nội vụ",
        "2.1 Sở Nội vụ",
        "Giảm 8 đơn vị do sáp nhập",
        "12/5/2024",
        "Quý I/2024",
        "Có = 1; Không = 0",
        "26/",
        "mức độ 4",
    ],
)
def test_text_is_no_quantity(text: str) -> None:
    assert read_quantity(text) is None


@pytest.mark.parametrize(("text", "low", "high"), [("5-10", 5.0, 10.0), ("từ 5 đến 10%", 5.0, 10.0), ("20 – 30 người", 20.0, 30.0)])
def test_a_range_has_no_one_value(text: str, low: float, high: float) -> None:
    quantity = read_quantity(text)
    assert quantity is not None
    assert (quantity.value, quantity.low, quantity.high) == (None, low, high)


def test_units_are_levelled_and_long_ones_first() -> None:
    assert units().index("triệu đồng") < units().index("đồng")
    assert all(unit == squeeze(level(unit)) for unit in units())


# ---- symbols ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("395 /KH-UBND", "395/KH-UBND"), ("376/BNV- CCHC", "376/BNV-CCHC"), ("Số: 175 /KH-UBND", "175/KH-UBND"), ("15/QÐ-UBND", "15/QĐ-UBND")),
        *(
            ("76/NQ-CP.", "76/NQ-CP"),
            ("QD-UBND", None),
            ("12/QD-UBND", "12/QD-UBND"),
            ("48-KL/TW", "48-KL/TW"),
            ("35/2023/UBTVQH15", "35/2023/UBTVQH15"),
        ),
        *((text, None) for text in ("Số:     /KH-UBND", "15/3/2020", "26/26", "", "số 12/QĐ-UBND ngày 12/3", "18,19-NQ/TW", "12/QĐ")),
    ],
)
def test_read_symbol(text: str, number: str | None) -> None:
    assert read_symbol(text) == number


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(
            ("Kế hoạch", "KH"),
            ("KẾ HOẠCH", "KH"),
            ("Ke hoach", "KH"),
            ("Văn bản", "CV"),
            ("Công văn", "CV"),
            ("Thông tư liên tịch", "TTLT"),
            ("Kết luận", "KL"),
        ),
        *(
            ("QĐ-UBND", "QĐ"),
            ("QD-UBND", "QĐ"),
            ("QÐ-UBND", "QĐ"),
            ("ND-CP", "NĐ"),
            ("ND", "NĐ"),
            ("BNV-CCHC", "CV"),
            ("TTg-KSTT", "CV"),
            ("CT-TTg", "CT"),
        ),
        *(("48-KL/TW", "KL"), ("21/2017/QH14", "L"), ("35/2023/UBTVQH15", "NQ"), ("TTr-UBND", "TTr"), ("522/2002/QĐ.UB", "QĐ"), ("CTr/TU", "CTr")),
        *((text, None) for text in ("UBND", "Sở Nội vụ", "", "xyz", "Nguyễn Văn A")),
    ],
)
def test_doc_type_of(text: str, code: str | None) -> None:
    assert doc_type_of(text) == code


def test_numbers_that_share_a_symbol_are_each_found() -> None:
    text = "Nghị quyết số 18, 19-NQ/TW; các Nghị định số 12, 13 và 14/2024/NĐ-CP ngày 15/7/2024, đạt 38/38 nhiệm vụ"
    found = find_symbols(text)
    assert [s.number for s in found] == ["18-NQ/TW", "19-NQ/TW", "12/2024/NĐ-CP", "13/2024/NĐ-CP", "14/2024/NĐ-CP"]
    assert all(text[s.start : s.end] == s.text for s in found)


def test_a_number_over_a_line_break() -> None:
    assert [s.number for s in find_symbols("Quyết định số 1708/QĐ-\nUBND ngày 02/7/2021")] == ["1708/QĐ-UBND"]


SYMBOL = st.tuples(
    st.integers(1, 99999),
    st.sampled_from(["/", " /", "/ "]),
    st.sampled_from(["QĐ", "KH", "NQ", "TTr", "CV"]),
    st.sampled_from(["UBND", "HĐND", "TTg", "SNV"]),
)


@given(SYMBOL)
@settings(deadline=None)
def test_symbols_round_trip(parts: tuple[int, str, str, str]) -> None:
    number, slash, code, body = parts
    assert read_symbol(f"Số: {number}{slash}{code}-{body}") == f"{number}/{code}-{body}"
    assert doc_type_of(f"{number}/{code}-{body}") == code


@given(st.text(max_size=120) | st.text(alphabet="0123456789/-.QĐNCPUBTW ", max_size=60))
@settings(deadline=None)
def test_symbols_never_raise(text: str) -> None:
    for symbol in find_symbols(text):
        assert text[symbol.start : symbol.end] == symbol.text
    read_symbol(text)
    doc_type_of(text)


# ---- dates and periods -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *(("ngày 17 tháng 4 năm 2025", "2025-04-17"), ("15/3/2020", "2020-03-15"), ("15-3-2020", "2020-03-15"), ("26.02.2020", "2020-02-26")),
        *(("Hà Nội, ngày 05 tháng  6\nnăm 2024", "2024-06-05"), ("29/02/2024", "2024-02-29")),
        *(
            (text, None)
            for text in ("31/2/2024", "29/02/2023", "ngày     tháng 5 năm 2023", "ngày … tháng … năm 2025", "12/2024", "ngày 15 tháng 3", "")
        ),
    ],
)
def test_read_date(text: str, day: str | None) -> None:
    assert read_date(text) == day


@given(
    st.dates(date(1946, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["{0.day}/{0.month}/{0.year}", "ngày {0.day} tháng {0.month} năm {0.year}", "{0.day:02}-{0.month:02}-{0.year}"]),
)
@settings(deadline=None)
def test_dates_round_trip(day: date, form: str) -> None:
    assert read_date(form.format(day)) == day.isoformat()


@pytest.mark.parametrize(
    ("text", "period"),
    [
        *(
            ("giai đoạn 2021-2025", "2021/2025"),
            ("năm 2024", "2024"),
            ("Năm 2020 (tính đến 31/3)", "2020"),
            ("KH 2024", "2024"),
            ("2021 – 2025", "2021/2025"),
        ),
        *(
            ("năm 2022 và phương hướng năm 2023", "2022/2023"),
            ("giai đoạn 2021-2025 và nhiệm vụ giai đoạn 2026-2030", "2021/2025"),
            ("so với năm 2015", None),
        ),
        *(("Quý I/2024", "2024"), ("từ năm 2021 đến năm 2025", "2021/2025"), ("Đơn vị tính", None), ("12.000", None), ("2024/2025", "2024/2025")),
    ],
)
def test_read_period(text: str, period: str | None) -> None:
    assert read_period(text) == period


# ---- times -----------------------------------------------------------------------------------------------------

CELLS = {  # a time cell of a document on 2024: relation, EDTF, due, rule or trigger
    "Quý I/2024": [("in", "2024-33", "2024-03-31", None)],
    "Quý II, Quý III/2024": [("in", "{2024-34,2024-35}", "2024-09-30", None)],
    "Quý I, II năm 2022": [("in", "{2022-33,2022-34}", "2022-06-30", None)],
    "Hàng quý, tháng 6 và tháng 12/2024": [("every", None, None, "FREQ=MONTHLY;INTERVAL=3"), ("in", "{2024-06,2024-12}", "2024-12-31", None)],
    "Quý III": [("in", "2024-35", "2024-09-30", None)],
    "6 tháng đầu năm": [("in", "2024-40", "2024-06-30", None)],
    "Tháng 04-10/2022": [("between", "2022-04/2022-10", "2022-10-31", None)],
    "tháng 11 đến tháng 3/2025": [("between", "2024-11/2025-03", "2025-03-31", None)],
    "Từ ngày 11/9 đến hết năm 2026": [("between", "2026-09-11/2026", "2026-12-31", None)],
    "01/6/2024 - 30/8/2024": [("between", "2024-06-01/2024-08-30", "2024-08-30", None)],
    "Trước ngày 15/3/2020": [("before", "2020-03-15", "2020-03-15", None)],
    "Trước tháng 6/2024": [("before", "2024-06", "2024-05-31", None)],
    "Trước 30/6": [("before", "2024-06-30", "2024-06-30", None)],
    "Đến năm 2030": [("by", "2030", "2030-12-31", None)],
    "Từ quý II/2024": [("from", "2024-34/..", None, None)],
    "Năm 2024 và các năm tiếp theo": [("from", "2024/..", None, None)],
    "2021-2025": [("between", "2021/2025", "2025-12-31", None)],
    "12/2024": [("in", "2024-12", "2024-12-31", None)],
    "Trong năm": [("in", "2024", "2024-12-31", None)],
    "Thường xuyên": [("continuous", None, None, None)],
    "Thường xuyên trong năm": [("continuous", "2024", "2024-12-31", None)],
    "Thường xuyên, hằng năm": [("continuous", None, None, None), ("every", None, None, "FREQ=YEARLY")],
    "Trước ngày 15/12 hằng năm": [("before", None, None, "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15")],
    "Quý IV hằng năm": [("in", None, None, "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1")],
    "Ngày 31 hằng tháng": [("in", None, None, "FREQ=MONTHLY;BYMONTHDAY=-1")],
    "Hằng tháng, trước ngày 25": [("before", None, None, "FREQ=MONTHLY;BYMONTHDAY=25")],
    "Theo Kế hoạch của Bộ Nội vụ": [("per", None, None, "Kế hoạch của Bộ Nội vụ")],
    "Sau khi có Nghị quyết HĐND tỉnh.": [("after", None, None, "có Nghị quyết HĐND tỉnh")],
    "Khi có quy định của Trung ương": [("after", None, None, "có quy định của Trung ương")],
    "- Kế hoạch ban hành trong tháng 01/2024\n- Báo cáo trong quý IV/2024": [
        ("in", "2024-01", "2024-01-31", None),
        ("in", "2024-36", "2024-12-31", None),
    ],
    "Quý II/2024; Quý IV/2024": [("in", "2024-34", "2024-06-30", None), ("in", "2024-36", "2024-12-31", None)],
    "Trước ngày 31/02/2024": [],
    "Đột xuất": [],
}


def _told(text: str, **how: object) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(t.relation, t.edtf, t.due_on, t.rrule or t.trigger) for t in find_times(text, **how)]  # type: ignore[arg-type]


@pytest.mark.parametrize("text", CELLS)
def test_time_cells(text: str) -> None:
    assert _told(text, period="2024", whole=True) == CELLS[text]


PROSE = {  # a paragraph of a letter on no period, issued on 10 May 2024
    "báo cáo vào tháng 3 và6/2024": [("in", "{2024-03,2024-06}", "2024-06-30", None)],
    "báo cáo trước 17 giờ ngày 27/9/2024": [("before", "2024-09-27", "2024-09-27", None)],
    "công tác tuyển sinh trước ngày 15/8/2024": [("before", "2024-08-15", "2024-08-15", None)],
    "rà soát, ban hành chậm nhất ngày 15/8/2024": [("by", "2024-08-15", "2024-08-15", None)],
    "hoàn thành chậm nhất đến 31/8/2024": [("by", "2024-08-31", "2024-08-31", None)],
    "tổ chức hội nghị vào quý II năm 2025 và": [("in", "2025-34", "2025-06-30", None)],
    "gửi Sở Nội vụ trước ngày 20 tháng 2.": [("before", None, None, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=20")],
    "hoàn thành việc rà soát trước ngày 20/5": [("before", "2024-05-20", "2024-05-20", None)],
    "định kỳ trước ngày 01/6 và 15/11 hằng năm báo cáo": [
        ("before", None, None, "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1"),
        ("before", None, None, "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15"),
    ],
    "báo cáo hằng quý, 6 tháng, năm, chậm nhất ngày 15 của tháng cuối kỳ báo cáo": [
        ("every", None, None, "FREQ=MONTHLY;INTERVAL=3"),
        ("by", None, None, "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15"),
    ],
    "Thời gian thực hiện: Quý III năm 2025": [("in", "2025-35", "2025-09-30", None)],
    "Thường xuyên rà soát": [("continuous", None, None, None)],
    "ngay sau khi UBND tỉnh ban hành Kế hoạch giai đoạn 2021-2025.": [("after", None, None, "UBND tỉnh ban hành Kế hoạch giai đoạn 2021-2025")],
    "theo thời gian quy định nêu trên qua hệ thống": [("per", None, None, "thời gian quy định nêu trên")],
    "báo cáo đột xuất thực hiện theo yêu cầu của UBND tỉnh": [("per", None, None, "yêu cầu của UBND tỉnh")],
    "trong thời hạn 05 ngày làm việc, kể từ ngày nhận được hồ sơ.": [("in", None, None, "ngày nhận được hồ sơ")],
}

NO_TIMES = [
    "thực hiện Kế hoạch năm 2023 ngày 15/7/2021",
    "phê duyệt Đề án chuyển đổi số đến năm 2025, định hướng đến năm 2030",
    "Chương trình giai đoạn 2021-2025",
    "chốt số liệu chậm nhất ngày 15/8/2024",
    "công dân sinh trước ngày 15/8/2024",
    "báo cáo định kỳ",
    "nhiệm vụ thường xuyên của đơn vị",
    "kịp thời báo cáo ngay",
    "Kế hoạch hằng năm của tỉnh",
    "số liệu chốt từ ngày 15/12/2023 đến ngày 14/6/2024",
    "Quyết định có hiệu lực kể từ ngày 01/01/2024",
    "từ năm 2015 đến nay",
    "cập nhật theo thời gian thực",
]


@pytest.mark.parametrize("text", PROSE)
def test_times_in_prose(text: str) -> None:
    assert _told(text, issued_on="2024-05-10") == PROSE[text]


@pytest.mark.parametrize("text", NO_TIMES)
def test_names_cutoffs_and_attributes_are_no_times(text: str) -> None:
    assert _told(text, issued_on="2024-05-10") == []


def test_period_of_two_years_means_the_first_and_of_five_none() -> None:
    assert _told("Trong năm", period="2022/2023", whole=True)[0][1] == "2022"
    assert _told("Trong năm", period="2021/2025", whole=True)[0][1] is None


def test_standing_can_be_told() -> None:
    text = "gửi báo cáo trước ngày 20/5"
    assert _told(text, period="2024", standing=False)[0][1] == "2024-05-20"
    assert _told(text, period="2024")[0][3] == "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=20"


TIME_WORDS = (
    "trước chậm nhất ngày tháng quý năm I II, IV/2024 15/3 15/3/2024 31/2/2024 6 12 2024 2021-2025 - đến từ trong hằng hàng định kỳ "
    "thường xuyên khi có theo và , ; . sau cuối đầu của kỳ báo cáo 05 ngày làm việc 6 tháng lần/năm giai đoạn thời gian: và1 2024và đến3 \n"
)
WORDS = st.sampled_from(TIME_WORDS.split(" "))


@given(st.lists(WORDS, max_size=14).map(" ".join) | st.text(max_size=80), st.booleans(), st.sampled_from([None, "2024", "2021/2025", "x"]))
@settings(max_examples=400, deadline=None)
def test_times_hold_together(text: str, whole: bool, period: str | None) -> None:
    last, span = 0, (0, 0)
    for time in find_times(text, period=period, whole=whole, issued_on="2024-02-29"):
        assert (time.start, time.end) == span or last <= time.start < time.end <= len(text)  # "trước ngày 6 và 15/3": two times of one span
        assert time.text == squeeze(text[time.start : time.end])
        assert time.relation in {"before", "by", "in", "from", "between", "every", "continuous", "after", "per"}
        for day in (time.start_on, time.due_on):
            assert day is None or date.fromisoformat(day)
        if time.start_on and time.due_on:
            assert time.start_on <= time.due_on
        if time.rrule:
            assert next(iter(rrulestr(time.rrule, dtstart=datetime(2024, 1, 1))), None) is not None
        last, span = time.end, (time.start, time.end)


def test_edtf_is_valid() -> None:
    """The `edtf` package reads every day, month, year and stretch; sets of quarters it does not know."""
    from edtf import parse_edtf

    texts = [time[1] for told in CELLS.values() for time in told if time[1]]
    readable = [text for text in texts if not text.startswith("{") and not any(f"-{part}" in text for part in (33, 34, 35, 36, 40, 41))]
    assert len(readable) > 8
    for text in readable:
        assert parse_edtf(text)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
@settings(deadline=None)
def test_points_hold_their_days(day: date) -> None:
    quarter = Point("quarter", day.year, (day.month + 2) // 3)
    for point in (
        Point("day", day.year, day.month, day.day),
        Point("month", day.year, day.month),
        quarter,
        Point("half", day.year, (day.month + 5) // 6),
        Point("year", day.year),
    ):
        first, last = first_day(point), last_day(point)
        assert real(point)
        assert first is not None
        assert last is not None
        assert first <= day <= last
        assert (first - timedelta(days=1)).year <= day.year
        assert str(day.year) in edtf(point)
    assert edtf_of([quarter, quarter], True).count("/") == 1


# ---- agencies --------------------------------------------------------------------------------------------------

LISTS = {
    "Sở, ban, ngành, UBND các huyện, thành phố": ["Sở, ban, ngành", "UBND các huyện, thành phố"],
    "các phòng: Tài chính, Tư pháp, Văn hóa- Thông tin và các cơ quan liên quan": [
        "Phòng Tài chính",
        "Phòng Tư pháp",
        "Phòng Văn hóa- Thông tin",
        "các cơ quan liên quan",
    ],
    "Sở Tư pháp, Tài chính, Kế hoạch và Đầu tư": ["Sở Tư pháp", "Sở Tài chính", "Sở Kế hoạch và Đầu tư"],
    "Văn phòng HĐND và UBND huyện; Phòng Nội vụ": ["Văn phòng HĐND và UBND huyện", "Phòng Nội vụ"],
    "Các phòng, ban, đơn vị, địa phương và các cơ quan có liên quan": ["Các phòng, ban, đơn vị", "địa phương", "các cơ quan có liên quan"],
    "các ngành, địa phương": ["các ngành", "địa phương"],
    "Các sở, ban, ngành và địa phương": ["Các sở, ban, ngành và địa phương"],
    "Trang tin điện tử của các cơ quan, địa phương": ["Trang tin điện tử của các cơ quan, địa phương"],
    "Sở Nội vụ, địa phương": ["Sở Nội vụ", "địa phương"],
    "Các cơ quan, đơn vị, địa phương": ["Các cơ quan, đơn vị, địa phương"],
    "Các Sở, ban, ngành Thành phố": ["Các Sở, ban, ngành Thành phố"],
    "Sở Thông tin và Truyền thông": ["Sở Thông tin và Truyền thông"],
    "Bộ Văn hóa, Thể thao và Du lịch, Bộ Dân tộc và Tôn giáo": ["Bộ Văn hóa, Thể thao và Du lịch", "Bộ Dân tộc và Tôn giáo"],
    "Trung tâm Văn hóa, Thể thao và Truyền thanh huyện; VNPT, Viettel": ["Trung tâm Văn hóa, Thể thao và Truyền thanh huyện", "VNPT", "Viettel"],
    "Hiệp hội Doanh nghiệp tỉnh và các cơ quan, đơn vị có liên quan": ["Hiệp hội Doanh nghiệp tỉnh", "các cơ quan, đơn vị có liên quan"],
    "UBND các xã, phường, đặc khu": ["UBND các xã, phường, đặc khu"],
    "UBND các xã: Tân Kỳ, Nghĩa Đồng và Kỳ Sơn": ["UBND xã Tân Kỳ", "UBND xã Nghĩa Đồng", "UBND xã Kỳ Sơn"],
    "UBND huyện Tân Kỳ, thành phố Vinh": ["UBND huyện Tân Kỳ", "UBND thành phố Vinh"],
    "Giám đốc các Sở: Nội vụ, Tài chính; Thủ trưởng các đơn vị": ["Giám đốc Sở Nội vụ", "Giám đốc Sở Tài chính", "Thủ trưởng các đơn vị"],
    "HĐND và UBND tỉnh": ["HĐND tỉnh", "UBND tỉnh"],
    "Sở Nội vụ\nSở Tài chính": ["Sở Nội vụ", "Sở Tài chính"],
    "Văn phòng\nUBND tỉnh": ["Văn phòng UBND tỉnh"],
    "- Sở Nội vụ\n- Các sở, ban,\nngành": ["Sở Nội vụ", "Các sở, ban, ngành"],
    "1. Sở Nội vụ 2. Sở Tài chính": ["Sở Nội vụ", "Sở Tài chính"],
    "Sở Y tế thúc đẩy, theo dõi, báo cáo chỉ tiêu": ["Sở Y tế"],
    "Các đơn vị được kiểm tra": ["Các đơn vị được kiểm tra"],
    "Sở Nội vụ (cơ quan Thường trực)": ["Sở Nội vụ"],
    "Vụ Pháp chế - Bộ Nội vụ": ["Vụ Pháp chế - Bộ Nội vụ"],
    "Sở Nội vụ - Sở Tài chính": ["Sở Nội vụ", "Sở Tài chính"],
    "Báo và Phát thanh, Truyền hình tỉnh": ["Báo và Phát thanh, Truyền hình tỉnh"],
    "các doanh nghiệp cung cấp dịch vụ": ["các doanh nghiệp cung cấp dịch vụ"],
    "-": [],
    "Theo phân công tại Quyết định số 12": [],
}


@pytest.mark.parametrize("text", LISTS)
def test_split_agencies(text: str) -> None:
    assert [agency.name for agency in split_agencies(text)] == LISTS[text]


def test_groups_are_told() -> None:
    found = split_agencies("Sở Nội vụ; Sở, ban, ngành; UBND các huyện; UBND cấp xã; Các đơn vị; UBND tỉnh")
    assert [agency.is_group for agency in found] == [False, True, True, True, True, False]


ROLES = {
    ("- Cơ quan chủ trì: Phòng Nội vụ - Cơ quan phối hợp: các ngành, địa phương", "lead_support"): ["+Phòng Nội vụ", "các ngành", "địa phương"],
    ("- Cơ quan chủ trì: Phòng Tài chính- Kế hoạch - Các cơ quan có liên quan", "lead_support"): [
        "+Phòng Tài chính- Kế hoạch",
        "Các cơ quan có liên quan",
    ],
    ("UBND huyện; Các phòng, ban, đơn vị và các cơ quan có liên quan", "lead_support"): [
        "+UBND huyện",
        "Các phòng, ban, đơn vị",
        "các cơ quan có liên quan",
    ],
    ("Chủ trì: Sở Nội vụ; Phối hợp: Sở Tài chính, Sở Y tế", "lead"): ["+Sở Nội vụ", "Sở Tài chính", "Sở Y tế"],
    ("Sở Nội vụ chủ trì, phối hợp với Sở Tài chính", "lead"): ["+Sở Nội vụ", "Sở Tài chính"],
    ("Sở Nội vụ (chủ trì); Sở Y tế (phối hợp)", "lead"): ["+Sở Nội vụ", "Sở Y tế"],
    ("Sở Nội vụ, Sở Y tế", "lead"): ["+Sở Nội vụ", "+Sở Y tế"],
    ("Sở Nội vụ, Sở Y tế", "support"): ["Sở Nội vụ", "Sở Y tế"],
    ("Sở Nội vụ, Sở Y tế", "lead_support"): ["+Sở Nội vụ", "Sở Y tế"],
    ("-", "lead"): [],
}


@pytest.mark.parametrize(("text", "column"), ROLES)
def test_split_roles(text: str, column: str) -> None:
    found = split_roles(text, column)  # type: ignore[arg-type]
    assert [("+" if role == "lead" else "") + agency.name for role, agency in found] == ROLES[text, column]
    assert all(squeeze(text[agency.start : agency.end]) == agency.text for _, agency in found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND tỉnh", "Uỷ ban nhân dân tỉnh"),
        ("Uy ban nhan dan tinh", "ỦY BAN NHÂN DÂN TỈNH"),
        ("Sở TT&TT", "Sở Thông tin và Truyền thông"),
        ("Sở GD-ĐT", "sở giáo dục và đào tạo"),
        ("So Noi vu", "Sở Nội vụ"),
        ("SNV", "Sở Nội vụ"),
        ("Phòng Văn hóa- Thông tin", "Phòng Văn hoá – Thông tin"),
        ("Văn phòng HDND và UBND huyện", "VP Hội đồng nhân dân và Ủy ban nhân dân huyện"),
        ("Các sở,ban,ngành", "sở, ban, ngành"),
        ("TP. Hà Nội", "Thành phố Hà Nội"),
    ],
)
def test_normal_agency_joins(one: str, other: str) -> None:
    assert normal_agency(one) == normal_agency(other)


def test_normal_agency_keeps_apart() -> None:
    names = ["Sở Nội vụ", "Phòng Nội vụ", "Bộ Nội vụ", "Sở Tài chính", "UBND tỉnh", "UBND huyện", "HĐND tỉnh", "Văn phòng UBND tỉnh"]
    assert len({normal_agency(name) for name in names}) == len(names)
    assert [normal_agency(normal_agency(name)) for name in names] == [normal_agency(name) for name in names]


@pytest.mark.parametrize(
    "text",
    [
        "Sở Nội vụ",
        "UBND tỉnh Thái Bình",
        "Các cơ quan, đơn vị",
        "Bộ Tài chính",
        "Chính phủ",
        "ỦY BAN NHÂN DÂN",
        "Bảo hiểm xã hội tỉnh",
        "phòng Nội vụ",
    ],
)
def test_is_agency(text: str) -> None:
    assert is_agency(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Trước ngày 15",
        "Nguyễn Văn An",
        "Kế hoạch",
        "Ban hành quyết định",
        "Báo cáo tổng kết",
        "Sở Nội vụ tổng hợp báo cáo",
        "12.000",
        "Thường xuyên",
        "Các nhiệm vụ",
    ],
)
def test_is_no_agency(text: str) -> None:
    assert not is_agency(text)


BODY = st.sampled_from(
    [
        "Sở Nội vụ",
        "Sở Tài chính",
        "Công an tỉnh",
        "UBND huyện",
        "Các sở, ban, ngành",
        "Sở Khoa học và Công nghệ",
        "Văn phòng UBND tỉnh",
        "Thanh tra tỉnh",
        "các cơ quan có liên quan",
    ]
)


@given(st.lists(BODY, min_size=1, max_size=6), st.sampled_from(["; ", ";", "\n- "]))
@settings(deadline=None)
def test_lists_of_agencies_round_trip(names: list[str], mark: str) -> None:
    text = ("- " if "-" in mark else "") + mark.join(names)
    found = split_agencies(text)
    assert [agency.name for agency in found] == names
    assert all(squeeze(text[agency.start : agency.end]) == agency.text for agency in found)


BODY_WORDS = (
    "các sở ban ngành , ; và - : \n ( ) UBND huyện xã Nội vụ Tài chính Cơ quan chủ trì: phối hợp: địa phương Trung tâm đơn vị 1. / Theo "
    "liên quan tỉnh &"
)
PARTS = st.sampled_from(BODY_WORDS.split(" "))


@given(st.lists(PARTS, max_size=14).map(" ".join) | st.text(max_size=80), st.sampled_from(["lead", "support", "lead_support"]))
@settings(max_examples=300, deadline=None)
def test_agencies_hold_together(text: str, column: str) -> None:
    for role, agency in split_roles(text, column):  # type: ignore[arg-type]
        assert role in {"lead", "support"}
        assert 0 <= agency.start < agency.end <= len(text)
        assert agency.name
    last = 0
    for agency in split_agencies(text):
        assert last <= agency.start
        last = agency.end
    is_agency(text)
    normal_agency(text)


# ---- against labels --------------------------------------------------------------------------------------------

GOLD = Path(__file__).parent.parent.parent / "shared" / "gold"


@pytest.mark.shared
@pytest.mark.skipif(not GOLD.is_dir(), reason="needs the labelled documents in ../shared/gold")
def test_labelled_values() -> None:
    """Labelled agencies are one each; labelled value texts have the labelled values; labelled time phrases the labelled times."""
    wrong = []
    for path in sorted(GOLD.glob("*.json")):
        labels = json.loads(path.read_text(encoding="utf-8"))
        for task in labels["tasks"]:
            wrong += [name for name in task["lead"] + task["support"] if [a.name for a in split_agencies(name)] != [name]]
            for deadline in task["deadlines"] if task["origin"] == "table" else ():
                found = find_times(deadline["text"], period=labels["header"]["period"], whole=True)
                times = [[t.relation, t.edtf, t.due_on, t.rrule] for t in found]
                if times != [[deadline.get(k) for k in ("relation", "edtf", "due_on", "rrule")]]:
                    wrong.append(deadline["text"])
        for item in labels["indicators"]:
            if item["value_text"] not in (None, "-"):
                told = read_quantity(item["value_text"])
                if told is None or [told.value, told.numerator, told.denominator] != [item[k] for k in ("value", "numerator", "denominator")]:
                    wrong.append(item["value_text"])
    assert wrong == []


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Số lượng (mẫu)", "mẫu"),
        ("Tần suất (đợt/tháng)", "đợt/tháng"),
        ("Diện tích (m²)", "m²"),
        ("Kinh phí (ĐVT: triệu đồng)", "triệu đồng"),
        ("Thiệt hại (1000đ)", "1000đ"),
        ("Sản lượng (nghìn tấn) (4)", "nghìn tấn"),
        ("Tiến độ (theo quý)", None),
        ("Tổng (4=3+2)", None),
        ("Số hộ", None),
    ],
)
def test_unit_of_a_heading(heading: str, unit: str | None) -> None:
    assert unit_of(heading) == unit


def test_units_and_money() -> None:
    assert all(is_unit(unit) for unit in ("Người", "đợt/năm", "nghìn lượt người", "triệu đồng/hộ"))
    assert not any(is_unit(text) for text in ("", "Trồng rừng", "đợt/", "người dân tham gia"))
    assert all(is_money(unit) for unit in ("đồng", "1.000 đồng", "triệu đồng/người", "USD"))
    assert not any(is_money(unit) for unit in ("người", "đợt/năm", "%"))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("các Bộ: Y tế, Công an, Tư pháp", ["Bộ Y tế", "Bộ Công an", "Bộ Tư pháp"]),
        ("các sở: Nội vụ, Công an tỉnh, Tư pháp", ["Sở Nội vụ", "Công an tỉnh", "Sở Tư pháp"]),
        ("Sở Giáo dục & Đào tạo, Sở Xây dựng", ["Sở Giáo dục & Đào tạo", "Sở Xây dựng"]),
        ("Giám đốc: Sở Xây dựng, Sở Tư pháp, Công an tỉnh", ["Giám đốc Sở Xây dựng", "Giám đốc Sở Tư pháp", "Giám đốc Công an tỉnh"]),
        ("Công an tỉnh, Sở Xây dựng, Tư pháp", ["Công an tỉnh", "Sở Xây dựng", "Sở Tư pháp"]),
    ],
)
def test_heads_of_lists_hold_on_behind_bodies_with_names_of_their_own(text: str, names: list[str]) -> None:
    assert [agency.name for agency in split_agencies(text)] == names
