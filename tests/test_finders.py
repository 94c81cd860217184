"""Finders: what is named in running text. Sentences are made up; the rules they show are those of the guidelines."""

from __future__ import annotations

import pytest

from extractor.finders.citations import find_citations
from extractor.patterns import patterns
from extractor.records.citations import record_citations
from tests.documents import document_of

FILES = ["citations", "roles", "quantities"]


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
