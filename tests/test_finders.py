"""Finders: what is named in running text. Sentences are made up; the rules they show are those of the guidelines."""

from __future__ import annotations

import pytest

from extractor.finders.agencies import find_bodies, read_bodies
from extractor.finders.citations import find_citations
from extractor.finders.mentions import date_value
from extractor.finders.quantities import find_dates, find_quantities
from extractor.finders.roles import find_support, read_subject
from extractor.finders.sendings import best_sending, cutoff_in, find_sendings, forms_in, via_in
from extractor.model import Evidence, Header, Span
from extractor.patterns import patterns
from extractor.records.citations import record_citations
from extractor.values.folding import level
from tests.documents import document_of

FILES = ["citations", "roles", "quantities", "duties", "parts"]


@pytest.mark.parametrize("name", FILES)
def test_patterns_find_their_examples_and_leave_their_counterexamples(name: str) -> None:
    for pattern in patterns(name):
        for example in pattern.examples:
            assert pattern.regex.search(example), (pattern.id, example)
        for text in pattern.counterexamples:
            assert not pattern.regex.search(text), (pattern.id, text)


def said(text: str) -> list[tuple[str | None, str | None, str | None, str | None, str]]:
    return [(c.doc_type, c.number, c.issued_on, c.issuer, c.relation) for c in find_citations(text)]


CITATIONS = {
    "Căn cứ Nghị định số 12/2030/NĐ-CP ngày 05 tháng 02 năm 2030 của Chính phủ quy định về thử nghiệm;": [
        ("NĐ", "12/2030/NĐ-CP", "2030-02-05", "Chính phủ", "basis")
    ],
    "UBND tỉnh ban hành Kế hoạch số 45 /KH-UBND ngày 1/3/2031 và theo dõi thực hiện.": [("KH", "45/KH-UBND", "2031-03-01", None, "mentions")],
    "quán triệt Nghị quyết số 91,92-NQ/TW": [("NQ", "91-NQ/TW", None, None, "basis"), ("NQ", "92-NQ/TW", None, None, "basis")],
    "Thực hiện các Quyết định của Ủy ban nhân dân tỉnh: số 11/QĐ-UBND ngày 02/01/2030 về việc thử; số 12/QĐ-UBND ngày 03/01/2030.": [
        ("QĐ", "11/QĐ-UBND", "2030-01-02", "Ủy ban nhân dân tỉnh", "basis"),
        ("QĐ", "12/QĐ-UBND", "2030-01-03", "Ủy ban nhân dân tỉnh", "basis"),
    ],
    "theo Nghị định số 1/2030/NĐ-CP, Nghị định số 2/2030/NĐ-CP và Nghị định số 3/2030/NĐ-CP của Chính phủ": [
        ("NĐ", f"{n}/2030/NĐ-CP", None, "Chính phủ", "basis") for n in (1, 2, 3)
    ],
    "Thông tư số 7/2031/TT-BTC ngày 09/6/2031 của Bộ Tài chính sửa đổi, bổ sung một số điều của Thông tư số 6/2029/TT-BTC": [
        ("TT", "7/2031/TT-BTC", "2031-06-09", "Bộ Tài chính", "mentions"),
        ("TT", "6/2029/TT-BTC", None, None, "amends"),
    ],
    "Văn bản này thay thế Công văn số 8/UBND-NV ngày 08/3/2031 của của Ủy ban nhân dân huyện về việc báo cáo.": [
        ("CV", "8/UBND-NV", "2031-03-08", "Ủy ban nhân dân huyện", "replaces")
    ],
    "(Kèm theo Kế hoạch số: 9 /KH-UBND ngày 29 tháng 12 năm 2030 của Ủy ban nhân dân tỉnh)": [
        ("KH", "9/KH-UBND", "2030-12-29", "Ủy ban nhân dân tỉnh", "attached_to")
    ],
    "theo chỉ đạo của Bộ Nội vụ tại văn bản số 6/BNV-TCBC ngày 20/10/2030": [("CV", "6/BNV-TCBC", "2030-10-20", "Bộ Nội vụ", "basis")],
    "của Bộ Văn hóa: Thông tư số 3/2030/TT-BVHTTDL ngày 01/02/2030 của Bộ Văn hóa, Thể thao và Du lịch hướng dẫn": [
        ("TT", "3/2030/TT-BVHTTDL", "2030-02-01", "Bộ Văn hóa, Thể thao và Du lịch", "mentions")
    ],
    "Các đơn vị lập hồ sơ quy định tại khoản 2 Điều 5 Nghị định số 21/2030/NĐ-CP.": [("NĐ", "21/2030/NĐ-CP", None, None, "mentions")],
    "Thực hiện nghiêm các quy định tại Điều 5 Nghị định số 21/2030/NĐ-CP.": [("NĐ", "21/2030/NĐ-CP", None, None, "basis")],
    "căn cứ hồ sơ được quy định tại Nghị định số 21/2030/NĐ-CP": [("NĐ", "21/2030/NĐ-CP", None, None, "basis")],
    "Thực hiện các nhiệm vụ được giao tại Kế hoạch số 22/KH-UBND": [("KH", "22/KH-UBND", None, None, "basis")],
    "tổ chức thực hiện dự án từ nguồn vốn đã giao tại Quyết định số 23/QĐ-UBND": [("QĐ", "23/QĐ-UBND", None, None, "mentions")],
    "Theo hướng dẫn của Chi cục Thủy sản (nay thuộc Sở) tại Công văn số 24/CCTS-KT": [("CV", "24/CCTS-KT", None, None, "basis")],
    "Bãi bỏ các quy định về họp và chế độ thông tin của Ủy ban nhân dân các xã, phường, các phòng chuyên môn thuộc Ủy ban nhân dân quận tại "
    "Quyết định số 25/QĐ-UBND": [("QĐ", "25/QĐ-UBND", None, None, "replaces")],
    "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Thư viện số 26/2030/QH17;": [("L", "26/2030/QH17", None, None, "basis")],
    "sửa đổi Luật Thư viện số 26/2030/QH17, Luật Báo chí số 27/2030/QH17": [("L", f"{n}/2030/QH17", None, None, "amends") for n in (26, 27)],
    "Công văn số 28/UBND-NV về thực hiện Nghị quyết số 29/NQ-CP; Kế hoạch số 30/KH-UBND": [
        ("CV", "28/UBND-NV", None, None, "mentions"),
        ("NQ", "29/NQ-CP", None, None, "basis"),
        ("KH", "30/KH-UBND", None, None, "mentions"),
    ],
    "theo Luật số 31/2030/QH17 (được sửa đổi bởi Luật số 32/2031/QH17), Nghị định số 33/2030/NĐ-CP": [
        ("L", "31/2030/QH17", None, None, "basis"),
        ("L", "32/2031/QH17", None, None, "mentions"),
        ("NĐ", "33/2030/NĐ-CP", None, None, "basis"),
    ],
    "Căn cứ Thông tư số 34/2030/TT-UBDT của Bộ trưởng, Chủ nhiệm Ủy ban Dân tộc;": [
        ("TT", "34/2030/TT-UBDT", None, "Bộ trưởng, Chủ nhiệm Ủy ban Dân tộc", "basis")
    ],
    "theo Thông tư số 35/2030/TT-BGTVT của Bộ giao thông vận tải hướng dẫn": [("TT", "35/2030/TT-BGTVT", None, "Bộ giao thông vận tải", "basis")],
    "theo Kế hoạch số 36/KH-BYT của Bộ Y tế (BYT) ngày 4/5/2030": [("KH", "36/KH-BYT", "2030-05-04", "Bộ Y tế", "basis")],
    "đã được Chủ tịch UBND tỉnh phê duyệt tại Quyết định số 37/QĐ-UBND": [("QĐ", "37/QĐ-UBND", None, "Chủ tịch UBND tỉnh", "mentions")],
    "TRIỂN KHAI THỰC HIỆN NGHỊ QUYẾT SỐ 4/NQ-CP NGÀY 23/7/2030 CỦA CHÍNH PHỦ VỀ DỮ LIỆU": [("NQ", "4/NQ-CP", "2030-07-23", "CHÍNH PHỦ", "basis")],
    "theo Luật Ban hành văn bản quy phạm pháp luật số 5/2030/QH17 (được sửa đổi, bổ sung bởi Luật số 6/2031/QH17)": [
        ("L", "5/2030/QH17", None, None, "basis"),
        ("L", "6/2031/QH17", None, None, "mentions"),
    ],
    "Quyết định số 31/QĐ-TTg ngày 31/02/2030": [("QĐ", "31/QĐ-TTg", None, None, "mentions")],
    "Mẫu số 01/BC-NV; giai đoạn 2021-2025; ngày 08-09/01/2022; hoạt động 24/7; Phụ lục số 02; Điều 5; Danh mục 1 - Phụ lục": [],
    "Công văn số         /UBND-NV ngày       /5/2031 của UBND huyện": [],
}


@pytest.mark.parametrize("text", CITATIONS)
def test_citations_in_a_text(text: str) -> None:
    assert said(text) == CITATIONS[text]


def test_citation_spans_reach_from_the_type_to_the_issuer() -> None:
    text = "Căn cứ Quyết định số 14/QĐ-TTg ngày 05/5/2031 của Thủ tướng Chính phủ phê duyệt Đề án"
    (cite,) = find_citations(text)
    assert text[cite.start : cite.end] == "Quyết định số 14/QĐ-TTg ngày 05/5/2031 của Thủ tướng Chính phủ"


def test_the_documents_own_number_is_no_citation() -> None:
    document = document_of("Số: 60/KH-UBND", "Thái Hòa, ngày 17 tháng 4 năm 2030", "Theo Kế hoạch số 7/KH-UBND")
    assert [c.number for c in record_citations(document)] == ["7/KH-UBND"]
    title = document_of("QUYẾT ĐỊNH SỐ 60/QĐ-UBND NGÀY 17 THÁNG 4 NĂM 2030", "Theo Kế hoạch số 7/KH-UBND")
    header = Header(number="60/QĐ-UBND", evidence={"number": Evidence(Span(0, 30), 1.0, "number")})
    assert [c.number for c in record_citations(title)] == ["60/QĐ-UBND", "7/KH-UBND"]
    assert [c.number for c in record_citations(title, header=header)] == ["7/KH-UBND"]


def test_the_next_body_of_a_series_goes_on_with_its_relation() -> None:
    text = "Theo đề nghị của Sở Tư pháp tại Tờ trình số 12/TTr-STP, Sở Nội vụ tại Tờ trình số 15/TTr-SNV; đã nêu Quyết định số 7/QĐ-UBND."
    assert [cite.relation for cite in find_citations(text)] == ["basis", "basis", "mentions"]


def test_items_take_their_relation_from_the_sentence_that_opens_the_list() -> None:
    document = document_of("Căn cứ các văn bản sau đây:", "- Nghị quyết số 3/NQ-CP ngày 01/01/2030 của Chính phủ;", "- Kế hoạch số 9/KH-UBND.")
    assert [c.relation for c in record_citations(document)] == ["basis", "basis"]


@pytest.mark.parametrize("text", ["số 1/" * 20_000, "Nghị định " * 20_000, "1,2,3,4," * 20_000, "A-B/" * 30_000, "của " * 50_000, "(" * 90_000])
def test_hostile_text_ends(text: str) -> None:
    assert isinstance(find_citations(text), list)


SENTENCE = (
    "2. Sở Nội vụ chủ trì, phối hợp với Sở Tài chính trình UBND tỉnh  trước ngày 30/6/2024 "
    "theo Nghị định số 45/2020/NĐ-CP; hoàn thành 38/38 nhiệm vụ."
)


def test_spacy_pipeline_fills_span_groups_without_touching_the_text():
    import extractor

    doc = extractor.pipeline(period="2024")(SENTENCE)
    assert doc.text == SENTENCE
    groups = {name: [(span.text, span.label_, span.kb_id_) for span in spans] for name, spans in doc.spans.items()}
    assert [text for text, _, _ in groups["agencies"]] == ["Sở Nội vụ", "Sở Tài chính", "UBND tỉnh"]
    assert groups["agencies"][2][2] == "ủy ban nhân dân tỉnh"
    assert groups["times"] == [("trước ngày 30/6/2024", "before", "2024-06-30")]
    assert groups["citations"] == [("Nghị định số 45/2020/NĐ-CP", "basis", "NĐ 45/2020/NĐ-CP")]
    assert [(text, value) for text, _, value in groups["quantities"]] == [("38/38 nhiệm vụ", "38/38 nhiệm vụ")]
    assert [(text, label) for text, label, _ in groups["roles"]] == [("Sở Nội vụ", "lead"), ("Sở Tài chính", "support")]


def test_mentions_stand_where_they_say():
    from extractor.pipeline import run
    from extractor.readers.formats import Source

    document, records = run(Source("thu.txt", SENTENCE.encode()))
    found = [(m.kind, m.value, document.quote(m.evidence.span)) for m in records.mentions]
    assert found == [
        ("agency", "sở nội vụ", "Sở Nội vụ"),
        ("agency", "sở tài chính", "Sở Tài chính"),
        ("agency", "ủy ban nhân dân tỉnh", "UBND tỉnh"),
        ("date", "2024-06-30", "ngày 30/6/2024"),
        ("document", "NĐ 45/2020/NĐ-CP", "Nghị định số 45/2020/NĐ-CP"),
        ("quantity", "38/38 nhiệm vụ", "38/38 nhiệm vụ"),
    ]


NAMES = (
    "Trung tâm Dịch vụ việc làm|Ban Quản lý rừng phòng hộ Sông Cái|Trung tâm Kiểm soát bệnh tật tỉnh|"
    "Chi cục Quản lý thị trường|Quỹ Bảo vệ và Phát triển rừng|Trung tâm Công nghệ thông tin và Truyền thông|"
    "Ban An toàn giao thông tỉnh|Văn phòng Đăng ký đất đai|Chi nhánh Văn phòng Đăng ký đất đai|Bệnh viện đa khoa tỉnh|"
    "Ngân hàng Nhà nước Việt Nam - Chi nhánh tỉnh An Hòa|Phòng Lao động - Thương binh và Xã hội|Đội Quản lý thị trường số 3|"
    "Tổ công nghệ số cộng đồng|Vụ Tổ chức cán bộ|Ủy ban Mặt trận Tổ quốc Việt Nam các cấp|Công an các xã, phường, thị trấn|"
    "Thủ trưởng các sở, ban, ngành|Chủ tịch UBND các huyện, thị xã, thành phố|Các cơ quan, đơn vị, doanh nghiệp trên địa bàn|"
    "Các cơ sở sản xuất, kinh doanh|Các tổ chức tín dụng|các Sở: Nội vụ, Tài chính, Xây dựng|"
    "UBND các phường: An Hòa, Tân Bình|Văn phòng UBND Phường 1|Các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ|"
    "Các viện nghiên cứu|Các cơ sở đào tạo đại học, cao đẳng trong tỉnh|Doanh nghiệp bưu chính, viễn thông|Doanh nghiệp, tổ chức, cơ sở dạy nghề"
).split("|")


@pytest.mark.parametrize("name", NAMES)
def test_a_body_ends_where_its_sentence_goes_on(name: str) -> None:
    sentence = f"{name} chủ trì, phối hợp với Sở Thử nghiệm thực hiện."
    bodies = read_bodies(sentence, 0)
    alone = read_bodies(name, 0)
    assert bodies is not None
    assert alone is not None
    assert (sentence[: bodies.end], name[: alone.end]) == (name, name)


NO_NAMES = "Báo cáo kết quả|Hội nghị tổng kết|Phòng ngừa rủi ro|các nhiệm vụ|Tổ chức thực hiện|một số nội dung|Lãnh đạo, chỉ đạo|Doanh nghiệp số"


@pytest.mark.parametrize("text", NO_NAMES.split("|"))
def test_what_begins_like_a_body_and_is_none(text: str) -> None:
    assert read_bodies(text, 0) is None
    assert find_bodies(text) == []


def test_capitals_open_a_body_only_where_a_line_begins() -> None:
    assert [find_bodies(t) for t in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "II. NHIỆM VỤ", "Số: 12/KH-UBND")] == [[], [], []]
    assert [b.start for b in find_bodies("ỦY BAN NHÂN DÂN TỈNH AN HÒA")] == [0]


@pytest.mark.parametrize("text", [*NAMES, f"Theo đó: {NAMES[0]}; các\u00a0Sở, ngành – UBND huyện", "gửi 1Sở Nội vụ và (Sở Tài chính)", "", " , "])
def test_bodies_are_the_same_in_a_text_that_was_levelled_before(text: str) -> None:
    assert find_bodies(text, level(text)) == find_bodies(text)
    for start in (0, 5):
        assert read_bodies(text, start, level(text)) == read_bodies(text, start)


def test_a_body_beside_a_figure_is_found() -> None:
    text = "gửi 1Sở Nội vụ và (Sở Tài chính)"
    assert [text[b.start : b.end] for b in find_bodies(text)] == ["Sở Nội vụ", "Sở Tài chính"]


SUBJECTS = {
    "Giao Sở Thử nghiệm chủ trì xây dựng đề án": ("Sở Thử nghiệm", "told"),
    "Chủ tịch UBND tỉnh yêu cầu Thủ trưởng các sở triển khai": ("Thủ trưởng các sở", "ordered"),
    "Trách nhiệm của UBND các xã:": ("UBND các xã", "headed"),
    "Sở Nội vụ có trách nhiệm:": ("Sở Nội vụ", "headed"),
    "Ban ngành cấp huyện tăng cường kiểm tra": ("Ban ngành cấp huyện", "plain"),
    "Sở Nội vụ tổ chức kiểm tra": ("Sở Nội vụ", "plain"),
    "Sở Nội vụ đề nghị các đơn vị đăng ký danh sách.": ("các đơn vị", "ordered"),
    "Các ông (bà) Chánh Văn phòng UBND tỉnh, Giám đốc Sở Nội vụ thi hành": ("Chánh Văn phòng UBND tỉnh, Giám đốc Sở Nội vụ", "plain"),
}


@pytest.mark.parametrize("text", SUBJECTS)
def test_whom_a_sentence_opens_with(text: str) -> None:
    subject = read_subject(text)
    assert subject is not None
    assert (text[subject.bodies.start : subject.bodies.end], subject.form) == SUBJECTS[text]


SUPPORT = {
    "Chủ trì, phối hợp với Sở Tài chính, UBND các huyện tổ chức kiểm tra": ["Sở Tài chính, UBND các huyện"],
    "phối hợp chặt chẽ với địa phương kiểm soát": ["địa phương"],
    "Phối hợp với ban ngành, đơn vị liên quan tổ chức hội thi": ["ban ngành, đơn vị liên quan"],
    "Phối hợp với Viễn thông An Hòa triển khai": ["Viễn thông An Hòa"],
    "chỉ đạo các phòng phối hợp với công an xã": [],
    "Công tác phối hợp liên ngành": [],
}


@pytest.mark.parametrize("text", SUPPORT)
def test_who_helps(text: str) -> None:
    assert [text[b.start : b.end] for b in find_support(text)] == SUPPORT[text]


AMOUNTS = {
    "đã ban hành 74 quyết định, đạt 62,28% kế hoạch": [(74.0, None, "quyết định"), (62.28, None, "%")],
    "hoàn thành 38/38 nhiệm vụ": [(None, (38.0, 38.0), "nhiệm vụ")],
    "1.284/2.300 thí sinh": [(None, (1284.0, 2300.0), "thí sinh")],
    "tổng kinh phí hơn 4.559.051 triệu đồng": [(4559051.0, None, "triệu đồng")],
    "năng suất 42,3 tạ/ha tại 59/63 tỉnh, thành phố": [(42.3, None, "tạ/ha"), (None, (59.0, 63.0), "tỉnh, thành phố")],
    "xếp hạng 41/63": [(None, (41.0, 63.0), "hạng")],
    "mức độ 3, 4; Điều 5; ngày 17, 18/9/2022; quý III/2022; giai đoạn 2021-2025; 6 tháng đầu năm; Phụ lục 2; trẻ 6 tuổi": [],
}


@pytest.mark.parametrize("text", AMOUNTS)
def test_quantities_in_a_text(text: str) -> None:
    found = [(a.value, None if a.numerator is None else (a.numerator, a.denominator), a.unit) for a in find_quantities(text)]
    assert found == AMOUNTS[text]


def test_a_quantity_keeps_the_word_that_bends_it_and_the_verb_that_governs_it() -> None:
    first, second, third = find_quantities("đã kiểm tra tại hơn 12 đơn vị (04 sở, 08 xã)")
    assert (first.approx, first.label) == ("hơn", "kiểm tra tại đơn vị")
    assert (second.label, third.label) == ("kiểm tra tại sở", "kiểm tra tại xã")


def test_dates_have_normal_forms_where_their_year_is_said() -> None:
    assert [date_value(t) for t in ("ngày 05/6/2030", "quý III/2030", "tháng 2 năm 2030", "giai đoạn 2026-2030", "ngày 31/02/2030", "ngày 5/6")] == [
        "2030-06-05",
        "2030-35",
        "2030-02",
        "2026/2030",
        None,
        None,
    ]


SENDINGS = {
    "tổng hợp kết quả thực hiện, gửi Sở Nội vụ (qua Phòng Tổng hợp) trước ngày 20/6": ("gives", "Sở Nội vụ", "kết quả thực hiện"),
    "gửi báo cáo tiến độ về Sở Nội vụ trước ngày 10": ("gives", "Sở Nội vụ", "báo cáo tiến độ"),
    "báo cáo UBND tỉnh kết quả thực hiện trước ngày 5": ("reports", "UBND tỉnh", "kết quả thực hiện"),
    "trình Chủ tịch UBND huyện phương án đơn giản hóa trong tháng 10/2030": ("submits", "Chủ tịch UBND huyện", "phương án đơn giản hóa"),
    "xây dựng kế hoạch hằng năm, gửi Sở Thử nghiệm": ("gives", "Sở Thử nghiệm", "kế hoạch hằng năm"),
}


@pytest.mark.parametrize("text", SENDINGS)
def test_what_is_sent_to_whom(text: str) -> None:
    sending = best_sending(text)
    assert sending is not None
    assert sending.receiver is not None
    assert (sending.kind, text[sending.receiver.start : sending.receiver.end], sending.what) == SENDINGS[text]


def test_what_sends_nothing() -> None:
    assert best_sending("nâng cao trình độ chuyên môn") is None
    assert [s.kind for s in find_sendings("gửi Sở Nội vụ để tổng hợp, báo cáo UBND tỉnh")] == ["gives"]


def test_forms_lists_and_stretches_are_spelt_out() -> None:
    assert forms_in("theo Biểu mẫu 1 đến Biểu mẫu 3 và Phụ lục 1A, 1B") == ["Biểu mẫu 1", "Biểu mẫu 2", "Biểu mẫu 3", "Phụ lục 1A", "Phụ lục 1B"]
    assert via_in("gửi UBND tỉnh (qua Sở Nội vụ)") == "Sở Nội vụ"
    assert cutoff_in("Số liệu tính từ ngày 15 tháng 12 đến ngày 04 tháng 3.") == "từ ngày 15 tháng 12 đến ngày 04 tháng 3"


HOSTILE = {
    "bodies": "Sở Nội vụ, " * 9_000,
    "figures": "12 lớp, 3/4 xã, 45% " * 5_000,
    "helpers": "phối hợp với " * 7_000,
    "sendings": "báo cáo UBND tỉnh, gửi Sở A; " * 3_000,
    "groups": "các " * 25_000,
    "brackets": "( " * 50_000,
    "days": "ngày " * 20_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_prose_ends(name: str) -> None:
    text = HOSTILE[name]
    for find in (find_bodies, find_quantities, find_support, find_dates):
        assert isinstance(find(text), list)
    subject, sending = read_subject(text), best_sending(text)
    assert max(subject.rest if subject else 0, sending.end if sending else 0) <= len(text)


def test_syllables_give_the_text_back() -> None:
    from extractor.finders.language import pipeline

    nlp = pipeline()
    for text in ("", "  a", "a ", "\n\n", "a\n b\tc", "Uỷ ban_x  12%"):
        assert nlp(text).text == text


# ---- what quantities count ---------------------------------------------------------------------------------------

COUNTED = {  # text → (value or range, unit, label) of each quantity
    "Tổng thu của tỉnh đạt 12 nghìn tỷ đồng, tăng 4% so với năm trước": [
        (12.0, "nghìn tỷ đồng", "Tổng thu của tỉnh"),
        (4.0, "%", "Tổng thu của tỉnh tăng"),
    ],
    "Sản lượng tôm đạt 12 nghìn tấn, tăng 2 nghìn tấn": [(12.0, "nghìn tấn", "Sản lượng tôm"), (2.0, "nghìn tấn", "Sản lượng tôm tăng")],
    "tạo việc làm cho 3 vạn lao động": [(3.0, "vạn lao động", "vạn lao động")],
    "đón 1,2 triệu lượt khách": [(1.2, "triệu lượt khách", "đón")],
    "hỗ trợ 40 học viên/lớp": [(40.0, "học viên/lớp", "hỗ trợ học viên/lớp")],
    "tuyển dụng bác sĩ 35 người và điều dưỡng 60 người": [(35.0, "người", "tuyển dụng bác sĩ người"), (60.0, "người", "điều dưỡng")],
    "mở 9 lớp tập huấn cho 410 lượt công chức": [(9.0, "lớp", "lớp tập huấn"), (410.0, "lượt", "lượt công chức")],
    "đường liên xã (61km), đường thôn (112km)": [(61.0, "km", "đường liên xã"), (112.0, "km", "đường thôn")],
    "cà phê (tăng 7,5%); hạt tiêu (giảm 2%)": [(7.5, "%", "cà phê tăng"), (2.0, "%", "hạt tiêu giảm")],
    "Tần suất kiểm tra: 02 đợt/năm": [(2.0, "đợt/năm", "Tần suất kiểm tra")],
    "Vốn đầu tư công đạt 310 tỷ đồng": [(310.0, "tỷ đồng", "Vốn đầu tư công")],
    "dự kiến tăng 6 - 7%": [((6.0, 7.0), "%", "dự kiến tăng")],
    "quy định tại các Điều 4, 5, và 6 Nghị định": [],
    "bình quân 5 năm 2016 - 2020 giảm 1,5%": [(1.5, "%", "bình quân 5 năm 2016 - 2020 giảm")],
    "Tổng sản phẩm trên địa bàn (GRDP) tăng 8,1%": [(8.1, "%", "Tổng sản phẩm trên địa bàn (GRDP) tăng")],
    "Quy mô kinh tế của 03 tỉnh ước đạt 9 tỷ USD": [(3.0, "tỉnh", "tỉnh"), (9.0, "tỷ USD", "Quy mô kinh tế của 03 tỉnh")],
}


@pytest.mark.parametrize("text", COUNTED)
def test_quantities_with_what_they_count(text):
    found = [((a.low, a.high) if a.low is not None else a.value, a.unit, a.label) for a in find_quantities(text)]
    assert found == COUNTED[text]
