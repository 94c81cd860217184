"""Running text → tasks, duties, quantities. The documents are made up; the rules they show are those of gold/GUIDELINES.md."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.errors import EmptyFile
from extractor.finders.marks import LONGEST, Marks
from extractor.finders.parts import find_parts
from extractor.model import Document, Duty, Header, Indicator, Task
from extractor.patterns import folder
from extractor.pipeline import record, run
from extractor.readers import load, read
from extractor.readers.formats import Source
from extractor.records.duties import record_duties
from extractor.records.header import record_header
from extractor.records.narrative import record_narrative_tasks
from extractor.records.quantities import record_quantities
from extractor.records.reading import unread
from tests.documents import document_of

SEEDS = Path(__file__).parents[2] / "shared" / "corpus" / "seeds"
HEAD = ("UBND TỈNH AN HÒA", "Số: 12/KH-UBND", "An Hòa, ngày 05 tháng 01 năm 2030", "KẾ HOẠCH", "Thử nghiệm việc công năm 2030")


def plan(*lines: str) -> tuple[Document, list[str | None], Header]:
    document = document_of(*HEAD, *lines)
    return document, find_parts(document), record_header(document)


def tasks(*lines: str) -> tuple[Task, ...]:
    return record_narrative_tasks(*plan(*lines))


def duties(*lines: str) -> tuple[Duty, ...]:
    return record_duties(*plan(*lines))


def quantities(*lines: str) -> tuple[Indicator, ...]:
    return record_quantities(*plan(*lines))


def who(task: Task, role: str = "lead") -> list[str]:
    return [a.agency for a in task.assignments if a.role == role]


def times(record: Task | Duty) -> list[tuple[str, str | None]]:
    return [(d.relation, d.edtf or d.rrule) for d in record.deadlines]


# ---- parts -------------------------------------------------------------------------------------------------------


def test_headings_tell_the_part_and_hand_it_down() -> None:
    _, parts, _ = plan(
        "I. MỤC ĐÍCH, YÊU CẦU",
        "- Nâng cao chất lượng.",
        "II. NHIỆM VỤ",
        "1. Rà soát quy trình",
        "III. TỔ CHỨC THỰC HIỆN",
        "- Sở Nội vụ theo dõi.",
        "Nơi nhận:",
        "- Như trên;",
    )
    assert parts[:5] == ["letterhead"] * 4 + ["title"]
    assert parts[5:] == ["purpose", "purpose", "tasks", "tasks", "organisation", "organisation", "signature", "signature"]


def test_an_outline_of_a_report_is_no_part_that_assigns_work() -> None:
    lines = (
        "I. NHIỆM VỤ",
        "- Tổ chức hội nghị tổng kết.",
        "Nơi nhận:",
        "- Như trên;",
        "ĐỀ CƯƠNG BÁO CÁO",
        "I. KẾT QUẢ",
        "- Tổ chức thực hiện các nhiệm vụ được giao.",
    )
    _, parts, _ = plan(*lines)
    assert parts[-3:] == ["outline"] * 3
    assert [t.text for t in tasks(*lines)] == ["Tổ chức hội nghị tổng kết."]


def test_a_plan_behind_a_decision_has_parts_of_its_own() -> None:
    document = document_of(
        "Số: 3/QĐ-UBND",
        "QUYẾT ĐỊNH",
        "Căn cứ Luật Thử nghiệm;",
        "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch thử nghiệm.",
        "Điều 2. Chánh Văn phòng UBND tỉnh chịu trách nhiệm thi hành Quyết định này.",
        "Nơi nhận:",
        "KẾ HOẠCH",
        "Thử nghiệm",
        "I. NHIỆM VỤ",
        "- Rà soát quy trình thử nghiệm.",
    )
    found = record_narrative_tasks(document, find_parts(document), record_header(document))
    assert [(t.text[:20], who(t)) for t in found] == [("Chánh Văn phòng UBND", ["Chánh Văn phòng UBND tỉnh"]), ("Rà soát quy trình th", [])]


# ---- tasks -------------------------------------------------------------------------------------------------------


def test_items_under_a_bodys_heading_are_its_tasks() -> None:
    first, second = tasks(
        "II. TỔ CHỨC THỰC HIỆN",
        "1. Sở Nội vụ",
        "- Chủ trì, phối hợp với Sở Tài chính, UBND các huyện tổ chức tập huấn trước ngày 30/6/2030.",
        "2. Trách nhiệm của UBND các xã:",
        "- Hằng quý rà soát danh sách.",
    )
    assert (who(first), who(first, "support"), times(first)) == (["Sở Nội vụ"], ["Sở Tài chính", "UBND các huyện"], [("before", "2030-06-30")])
    assert (who(second), times(second)) == (["UBND các xã"], [("every", "FREQ=MONTHLY;INTERVAL=3")])
    assert first.evidence.span.start < second.evidence.span.start


def test_labelled_lines_belong_to_the_item_before_them() -> None:
    (task,) = tasks(
        "II. NHIỆM VỤ",
        "1. Xây dựng bộ chỉ số đánh giá",
        "- Cơ quan chủ trì: Sở Nội vụ.",
        "- Cơ quan phối hợp: Các sở, ban, ngành.",
        "- Thời gian: Quý II năm 2030.",
        "- Sản phẩm: Quyết định của UBND tỉnh.",
    )
    assert (who(task), who(task, "support"), times(task)) == (["Sở Nội vụ"], ["Các sở, ban, ngành"], [("in", "2030-34")])
    assert task.product == "Quyết định của UBND tỉnh."


def test_a_lead_ins_deadline_holds_for_its_items() -> None:
    found = tasks(
        "II. NHIỆM VỤ",
        "Các cơ quan xây dựng báo cáo, gửi UBND tỉnh trước ngày 15/3/2030. Cụ thể như sau:",
        "- Sở Nội vụ: tổng kết việc sắp xếp.",
        "- Sở Tư pháp: tổng kết việc rà soát.",
    )
    assert [(who(t), times(t)) for t in found] == [(["Sở Nội vụ"], [("before", "2030-03-15")]), (["Sở Tư pháp"], [("before", "2030-03-15")])]


NO_TASKS = {
    "aims": ("I. MỤC TIÊU", "- Tổ chức thực hiện 100% nhiệm vụ được giao."),
    "results": ("I. KẾT QUẢ ĐẠT ĐƯỢC", "- Sở Nội vụ đã tổ chức 12 lớp tập huấn."),
    "members of a council": ("II. NHIỆM VỤ", "- Ông Nguyễn Văn Mẫu, Giám đốc Sở Nội vụ.", "- Chủ tịch Hội đồng: Bà Trần Thị Mẫu."),
    "forms": ("II. NHIỆM VỤ", "- Tổng kinh phí:………….triệu đồng"),
    "difficulties": ("II. NHIỆM VỤ", "Trong quá trình thực hiện, nếu có vướng mắc, các cơ quan báo cáo Sở Nội vụ."),
    "what the document does": ("II. NHIỆM VỤ", "Kế hoạch này thay thế Kế hoạch số 8/KH-UBND ngày 01/02/2029 của UBND tỉnh."),
    "notes": ("II. NHIỆM VỤ", "(Chi tiết theo phụ lục kèm theo)"),
}


@pytest.mark.parametrize("name", NO_TASKS)
def test_what_is_no_task(name: str) -> None:
    assert tasks(*NO_TASKS[name]) == ()


def test_conditions_of_a_rule_are_no_tasks_but_orders_in_its_last_articles_are() -> None:
    lines = (
        "Điều 4. Điều kiện kinh doanh",
        "a) Niêm yết nội quy tại địa điểm.",
        "Điều 5. Tổ chức thực hiện",
        "1. Giao Sở Nội vụ theo dõi, đôn đốc việc thực hiện.",
    )
    document = document_of("Số: 3/QĐ-UBND", "QUYẾT ĐỊNH", "Căn cứ Luật Thử nghiệm;", *lines)
    found = record_narrative_tasks(document, find_parts(document), record_header(document))
    assert [who(t) for t in found] == [["Sở Nội vụ"]]


# ---- duties ------------------------------------------------------------------------------------------------------


def test_who_sends_what_to_whom_through_whom_by_when_on_which_form() -> None:
    (duty,) = duties(
        "III. CHẾ ĐỘ BÁO CÁO", "- UBND các xã tổng hợp kết quả thực hiện theo Biểu mẫu 2, gửi UBND huyện (qua Phòng Nội vụ) trước ngày 20/6/2030."
    )
    assert (duty.who, duty.what, duty.to, duty.via, duty.forms) == (
        ("UBND các xã",),
        "kết quả thực hiện",
        "UBND huyện",
        "Phòng Nội vụ",
        ("Biểu mẫu 2",),
    )
    assert times(duty) == [("before", "2030-06-20")]


def test_what_a_heading_names_is_what_is_sent() -> None:
    (duty,) = duties(
        "III. THỜI GIAN",
        "1. Báo cáo quý I",
        "- Các phòng gửi UBND huyện trước ngày 10 tháng 3 năm 2030. Số liệu tính từ ngày 15 tháng 12 đến ngày 04 tháng 3.",
    )
    assert (duty.who, duty.what, duty.cutoff) == (("Các phòng",), "Báo cáo quý I", "từ ngày 15 tháng 12 đến ngày 04 tháng 3")


def test_receiver_and_channel_of_a_lead_in_pass_to_its_items() -> None:
    found = duties(
        "II. NHIỆM VỤ",
        "Các cơ quan sau đây xây dựng báo cáo chuyên đề, gửi UBND tỉnh (qua Sở Nội vụ) trước ngày 30/8/2030. Cụ thể như sau:",
        "- Sở Tư pháp: lĩnh vực thể chế;",
        "- Sở Tài chính: lĩnh vực tài chính công.",
    )
    said = [(d.who, d.what, d.to, d.via) for d in found]
    assert said == [((name,), "báo cáo chuyên đề", "UBND tỉnh", "Sở Nội vụ") for name in ("Sở Tư pháp", "Sở Tài chính")]


@pytest.mark.parametrize(
    "line",
    ["- Nâng cao trình độ cán bộ.", "- Xây dựng báo cáo chuyên đề.", "Trong quá trình thực hiện, nếu có khó khăn, các đơn vị báo cáo Sở Nội vụ."],
)
def test_what_is_no_duty(line: str) -> None:
    assert duties("II. NHIỆM VỤ", line) == ()


# ---- quantities --------------------------------------------------------------------------------------------------


def test_results_and_targets_are_indicators_with_year_and_subject() -> None:
    first, second, third = quantities(
        "I. KẾT QUẢ",
        "- Năm 2029, Sở Nội vụ đã ban hành 74 quyết định.",
        "II. MỤC TIÊU",
        "- Đến năm 2031, trên 90% hồ sơ được số hóa; mở ít nhất 12 lớp.",
    )
    assert (first.value, first.unit, first.period, first.subject) == (74.0, "quyết định", "2029", "Sở Nội vụ")
    assert (second.value, second.unit, second.period, second.approx) == (90.0, "%", "2031", "trên")
    assert (third.value, third.unit, third.approx) == (12.0, "lớp", "ít nhất")
    assert {i.origin for i in (first, second, third)} == {"narrative"}


def test_what_a_plan_counts_in_passing_is_no_indicator() -> None:
    assert quantities("II. NHIỆM VỤ", "- Xây dựng 03 chuyên đề theo 06 lĩnh vực; thực hiện Điều 5 Nghị định số 12/2029/NĐ-CP ngày 01/02/2029.") == ()


# ---- bounds ------------------------------------------------------------------------------------------------------


def test_what_is_not_searched_is_told() -> None:
    document = document_of(*HEAD, "II. NHIỆM VỤ", "- Tổ chức " + "kiểm tra việc thực hiện " * (LONGEST // 20))
    (finding,) = [f for f in record(document).findings if f.rule == "prose_cut_short"]
    assert finding.evidence.span.end - finding.evidence.span.start > 0


def test_a_search_that_takes_too_long_is_told() -> None:
    document = document_of("- Sở Nội vụ tổ chức kiểm tra.")
    marks = Marks(document)

    def slow() -> list[int]:
        raise TimeoutError

    assert marks.bounded(document.blocks[0].body, "tasks", slow) == []
    assert "tasks" in next(iter(unread(marks))).message


def test_many_items_and_fields_end() -> None:
    items = [f"- Sở Nội vụ tổ chức lớp {k} trước ngày 15/3/2030, báo cáo UBND tỉnh." for k in range(400)]
    fields = [line for k in range(200) for line in (f"- Kiểm tra việc thử {k}", "Cơ quan chủ trì: Sở Nội vụ")]
    topics = ["- Thời hạn gửi báo cáo: báo cáo gửi về Sở Nội vụ trước ngày 5/3"] * 200
    assert len(tasks("II. NHIỆM VỤ", *items, *fields, *topics)) == 800


# ---- the labelled documents --------------------------------------------------------------------------------------


@pytest.mark.skipif(not SEEDS.is_dir(), reason=f"the labelled documents are not at {SEEDS}")
@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_every_record_quotes_its_document(path: Path) -> None:
    document = read(load(path))
    found = record(document)
    for task in (t for t in found.tasks if t.origin == "narrative"):
        assert "".join(task.text.split()) in "".join(document.quote(task.evidence.span).split())
    for indicator in (i for i in found.indicators if i.origin == "narrative"):
        assert "".join((indicator.value_text or "").split()) in "".join(document.quote(indicator.evidence.span).split())


# ---- no tasks, and what stands over them -------------------------------------------------------------------------


def test_who_is_only_encouraged_leads_where_orders_reach_him() -> None:
    found = tasks(
        "II. NHIỆM VỤ",
        "- Khuyến khích các doanh nghiệp thử nghiệm việc đọc sách tại nhà máy.",
        "- Đề nghị các doanh nghiệp thực hiện việc đọc sách.",
        "- Khuyến khích các sở, ngành thực hiện ngày hội đọc sách.",
    )
    assert [who(t) for t in found] == [[], ["các doanh nghiệp"], ["các sở, ngành"]]


def test_a_later_clause_may_tell_another_body_to_act() -> None:
    lines = (
        "Sở Nội vụ tổ chức kiểm tra việc công ở các sở; UBND các xã rà soát danh sách; kết quả gửi về trước ngày 05/5/2030.",
        "Sở Y tế kiểm tra các trạm; thủ trưởng các trạm đã báo cáo thì không kiểm tra lại.",
        "UBND các xã nhắc nhở người dân; Thủ trưởng các cơ quan, đơn vị chỉ đạo, kiểm tra việc đọc sách.",
    )
    first, second, third = tasks("I. TỔ CHỨC THỰC HIỆN", *lines)
    assert [who(t) for t in (first, second)] == [["Sở Nội vụ", "UBND các xã"], ["Sở Y tế"]]
    assert who(third) == ["UBND các xã", "Thủ trưởng các cơ quan, đơn vị"]


def test_a_later_sentence_tells_others_to_act_where_it_addresses_them() -> None:
    sentence = "Giao Sở Nội vụ tổ chức kiểm tra. Đồng thời yêu cầu UBND các xã rà soát danh sách. Các thư viện tổ chức mở cửa."
    (task,) = tasks("I. TỔ CHỨC THỰC HIỆN", sentence)
    assert who(task) == ["Sở Nội vụ", "UBND các xã"]


def test_whoever_is_asked_behind_an_opening_clause_leads() -> None:
    (task,) = tasks("I. TỔ CHỨC THỰC HIỆN", "Nhận được Kế hoạch này, Sở Nội vụ đề nghị UBND các xã rà soát danh sách.")
    assert who(task) == ["UBND các xã"]


def test_what_the_document_itself_enacts_is_no_task() -> None:
    assert tasks("Thực hiện Nghị quyết số 3/NQ-CP; UBND tỉnh An Hòa ban hành Kế hoạch thử nghiệm việc công năm 2030, cụ thể như sau:") == ()
    (task,) = tasks("I. TỔ CHỨC THỰC HIỆN", "UBND tỉnh An Hòa giao Sở Nội vụ ban hành Kế hoạch kiểm tra việc công.")
    assert who(task) == ["Sở Nội vụ"]


def test_a_time_makes_a_task_of_an_event_and_not_of_a_mere_subject() -> None:
    event = tasks("II. NHIỆM VỤ", "1. Ngày hội đọc sách", "- Thời gian: tháng 4/2030.", "- Địa điểm: Thư viện tỉnh.")
    assert [(t.text, times(t)) for t in event] == [("Ngày hội đọc sách", [("in", "2030-04")])]
    subject = ("1. Vùng trồng lúa ven sông", "a) Thời gian: từ tháng 3 đến tháng 6/2030.", "b) Điểm đo: 04 điểm ở cửa sông.")
    assert tasks("II. NHIỆM VỤ", *subject) == ()


def test_values_and_conditions_in_a_rule_are_no_tasks() -> None:
    lines = ("Điều 4. Mức lao động", "Các xã, phường:", "- Các xã miền núi: 30 người.", "- Phường An Tân: 50 người.")
    assert tasks(*lines) == ()
    lines = ("Điều 4. Hồ sơ", "1. Sở Nội vụ tiếp nhận hồ sơ của các tổ chức, mà tổ chức là:")
    assert tasks(*lines, "a) Thư viện tư nhân;", "b) Nhà in có giấy phép;") == ()
    assert tasks("Điều 3. Nhà xuất bản có vốn ở xã An Tân được hưởng ưu đãi.", "Điều 4. Chế độ của thư viện tư nhân như sau.") == ()


def test_formulas_and_whole_sentences_are_nobodys_parent() -> None:
    (task,) = tasks("QUYẾT ĐỊNH:", "Điều 3. Chánh Văn phòng UBND tỉnh, Giám đốc Sở Nội vụ chịu trách nhiệm thi hành Quyết định này.")
    assert task.parent is None
    lines = ("I. TỔ CHỨC THỰC HIỆN", "1. Sở Nội vụ tổ chức kiểm tra việc công.", "Sở Tài chính bố trí kinh phí kiểm tra hằng năm.")
    assert [(who(t), t.parent) for t in tasks(*lines)] == [(["Sở Nội vụ"], "TỔ CHỨC THỰC HIỆN"), (["Sở Tài chính"], "TỔ CHỨC THỰC HIỆN")]


def test_an_article_that_orders_is_a_task_though_paragraphs_follow() -> None:
    lines = ("Điều 3. Sở Tài chính chịu trách nhiệm hướng dẫn thi hành Quyết định này.", "Các sở, ban, ngành có trách nhiệm thi hành Quyết định này.")
    assert [who(t) for t in tasks(*lines)] == [["Sở Tài chính"], ["Các sở, ban, ngành"]]


def test_a_condition_may_open_an_order_and_in_a_rule_only_says_when() -> None:
    (task,) = tasks("I. TỔ CHỨC THỰC HIỆN", "Trường hợp vượt dự toán, giao Sở Tài chính chủ trì cùng Sở Nội vụ xử lý trước ngày 05/5/2030.")
    assert (who(task), who(task, "support"), times(task)) == (["Sở Tài chính"], ["Sở Nội vụ"], [("before", "2030-05-05")])
    assert tasks("Điều 5. Cách làm việc", "1. Trường hợp cần thiết, UBND tỉnh An Hòa chỉ đạo việc xử lý hồ sơ.") == ()


def test_receivers_in_a_row_are_not_told_to_act() -> None:
    (task,) = tasks("I. TỔ CHỨC THỰC HIỆN", "1. UBND các xã:", "- Định kỳ 3 tháng một lần báo cáo UBND tỉnh, Sở Nội vụ về tình hình thực hiện.")
    assert who(task) == ["UBND các xã"]


def test_a_report_at_intervals_is_of_what_is_watched_over() -> None:
    lines = ("1. Sở Nội vụ", "- Đôn đốc các sở về việc triển khai thực hiện Kế hoạch này; định kỳ báo cáo UBND tỉnh.")
    (duty,) = duties("I. TỔ CHỨC THỰC HIỆN", *lines)
    assert (list(duty.who), duty.what, duty.to) == (["Sở Nội vụ"], "việc triển khai thực hiện Kế hoạch này", "UBND tỉnh")
    (duty,) = duties("I. TỔ CHỨC THỰC HIỆN", "1. Sở Nội vụ", "- Tổng hợp kết quả thử nghiệm, định kỳ báo cáo UBND tỉnh và Bộ Nội vụ theo quy định.")
    assert (duty.what, duty.to) == ("kết quả thử nghiệm", "UBND tỉnh và Bộ Nội vụ")


def test_what_is_sent_ends_at_no_comma_inside_a_name() -> None:
    (duty,) = duties("I. TỔ CHỨC THỰC HIỆN", "1. Hội Nông dân tỉnh", "- Tiếp nhận các kiến nghị, phản ánh của các thư viện, gửi Sở Nội vụ tổng hợp.")
    assert duty.what == "các kiến nghị, phản ánh của các thư viện"
    (duty,) = duties("I. TỔ CHỨC THỰC HIỆN", "1. Sở Nội vụ", "- Báo cáo UBND tỉnh về kết quả công tác triển khai, thực hiện kế hoạch thử nghiệm.")
    assert duty.what == "kết quả công tác triển khai, thực hiện kế hoạch thử nghiệm"


def test_what_others_provide_is_no_duty() -> None:
    lines = ("1. Sở Nội vụ", "- Sử dụng các nền tảng số do các bộ, ngành cung cấp trong tháng 6/2030.")
    assert duties("I. TỔ CHỨC THỰC HIỆN", *lines) == ()


def test_a_length_is_no_deadline_and_a_season_recurs_by_no_rule() -> None:
    lines = ("1. Tổ chức hội nghị thử nghiệm", "- Thời gian: 01 ngày/hội nghị.", "2. Tổ chức đo đạc", "- Thời gian: từ tháng 3 đến tháng 6 hằng năm.")
    assert [times(t) for t in tasks("II. NHIỆM VỤ", *lines)] == [[], [("between", None)]]


# ---- salads ------------------------------------------------------------------------------------------------------


def _scraps() -> list[str]:
    """Words of every pattern's examples, and the phrases of every list: what rules look for, torn out of its order."""
    found: set[str] = set()
    for file in folder().glob("*.toml"):
        for told in tomllib.loads(file.read_text(encoding="utf-8")).values():
            found.update(_strings(told))
    return sorted(found | {word for text in found for word in text.split()} | {"1", "và1", "2024và", "3/", "Điều", "§", "²"})


def _strings(told: object) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict):
        yield from (text for key, value in told.items() if key not in ("regex", "id", "source") for text in _strings(value))
    elif isinstance(told, list):
        yield from (text for value in told for text in _strings(value))


GLUE = st.sampled_from([" ", " ", " ", " ", "", ", ", ". ", "; ", ": ", " - ", "/", "\n", "\n- ", "\n1. ", "\nII. "])


@given(st.lists(st.tuples(st.sampled_from(_scraps()), GLUE), max_size=40), st.sampled_from([str, str.upper, str.capitalize]))
@settings(max_examples=150, deadline=None)
def test_salads_of_what_rules_look_for_never_raise(scraps, case):
    text = case("".join(word + glue for word, glue in scraps))
    try:
        document, records = run(Source("salad.txt", text.encode()))
    except EmptyFile:
        return
    for fact in (*records.tasks, *records.indicators, *records.duties, *records.citations, *records.mentions):
        span = fact.evidence.span
        assert 0 <= span.start < span.end <= len(document.text)


def test_figures_of_the_present_in_a_plan_are_of_the_year_it_was_issued() -> None:
    head = ("UBND TỈNH AN HÒA", "Số: 12/KH-UBND", "An Hòa, ngày 05 tháng 12 năm 2029", "KẾ HOẠCH", "Phát triển chợ giai đoạn 2030-2034")
    document = document_of(*head, "I. KẾT QUẢ ĐẠT ĐƯỢC", "1. Toàn tỉnh có 41 chợ.", "II. MỤC TIÊU", "1. Xây dựng mới 12 chợ.")
    found = record_quantities(document, find_parts(document), record_header(document))
    assert [(one.value, one.period) for one in found] == [(41.0, "2029"), (12.0, "2030/2034")]


def test_a_quantity_said_again_in_brackets_counts_the_same() -> None:
    first, second = quantities("I. MỤC TIÊU", "1. Tần suất kiểm tra: 02 đợt/tháng (24 đợt/năm).")
    assert (first.label, second.label, second.unit) == ("Tần suất kiểm tra", "Tần suất kiểm tra", "đợt/năm")
