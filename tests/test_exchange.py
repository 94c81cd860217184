"""Labels out to Label Studio and brat and back: nothing lost, offsets in code points, pre-annotation never gold."""

from __future__ import annotations

import copy
import json
import unicodedata

import pytest

from extractor.errors import GoldError
from extractor.scores import Gold, Sheet, read_gold
from extractor.scores.exchange import Mark, brat_config, from_brat, from_label_studio, from_marks, label_config, to_brat, to_label_studio, to_marks

# astral letters (𝟕𝟒, 📄), a syllable with combining marks that NFC cannot compose (ọ̃), line breaks inside an item
TEXT = unicodedata.normalize(
    "NFC",
    "📄 KẾ HOẠCH SỐ 5/KH-UBND\n𝟕𝟒 việc nọ̃i.\n1. Các sở: Nội vụ, Tài chính báo cáo kết quả rà\nsoát thủ tục về UBND tỉnh 📄 trước ngày 15/3/2024.\n"
    "2. Đã ban hành 74 quyết định theo Quyết định số 7/QĐ-TTg.\nNơi nhận: Như trên; Lưu: VT.",
)
FACTS = {
    "doc": "mau.txt",
    "sha256": "c" * 64,
    "complete": ["header", "tasks", "indicators", "citations", "duties"],
    "header": {
        "doc_type": "KH", "number": "5/KH-UBND", "title": "𝟕𝟒 việc nọ̃i", "issuer": "UBND tỉnh", "place": None, "issued_on": None, "addressees": [],
        "recipients": ["Như trên", "Lưu: VT"], "signer": None, "signer_title": None, "signing_mode": None, "period": "2024",
    },
    "tasks": [
        {
            "origin": "narrative", "code": "1.",
            "text": "Các sở: Nội vụ, Tài chính báo cáo kết quả rà soát thủ tục về UBND tỉnh 📄 trước ngày 15/3/2024",
            "area": None, "parent": None, "lead": ["sở Nội vụ", "sở Tài chính"], "support": [], "product": None, "status": None, "status_text": None,
            "deadlines": [{"text": "trước ngày 15/3/2024", "relation": "before", "edtf": "2024-03-15", "due_on": "2024-03-15"}],
        }
    ],
    "indicators": [
        {
            "origin": "narrative", "form": None, "code": None, "label": "quyết định", "unit": "quyết định", "period": "2024",
            "value_text": "74", "value": 74, "numerator": None, "denominator": None, "note": None, "approx": None, "blank": False,
        }
    ],
    "citations": [
        {"text": "Quyết định số 7/QĐ-TTg", "doc_type": "QĐ", "number": "7/QĐ-TTg", "issued_on": None, "issuer": None, "relation": "basis"},
    ],
    "duties": [
        {
            "who": ["sở Nội vụ"], "what": "kết quả rà soát thủ tục", "to": "UBND tỉnh", "via": None, "cutoff": None, "forms": ["Mẫu chưa có tên"],
            "deadlines": [],
        }
    ],
}  # fmt: skip


def gold() -> Gold:
    return Gold("mau.json", "mau.txt", "c" * 64, copy.deepcopy(FACTS))


def studio(labels: Gold | Sheet) -> dict:
    return json.loads(json.dumps(to_label_studio(labels, TEXT, "1.0")))


def test_label_studio_and_back():
    assert from_label_studio(studio(gold())) == FACTS


def test_brat_and_back():
    assert from_brat(*to_brat(gold(), TEXT)) == FACTS


def test_offsets_are_code_points():
    task = studio(gold())
    for region in task["annotations"][0]["result"]:
        if region["type"] == "labels":
            assert TEXT[region["value"]["start"] : region["value"]["end"]] == region["value"]["text"]
    text, ann = to_brat(gold(), TEXT)
    assert text == TEXT
    lines = [line.split("\t") for line in ann.splitlines() if line.startswith("T")]
    assert len(lines) > 12
    for _, place, words in lines:
        pieces = [tuple(map(int, piece.split())) for piece in place.partition(" ")[2].split(";")]
        assert " ".join(TEXT[s:e] for s, e in pieces) == words
        assert "\n" not in words


def test_utf16_offsets_of_old_label_studio_are_understood():
    task = studio(gold())

    def units(offset: int) -> int:
        return len(TEXT[:offset].encode("utf-16-le")) // 2

    for region in task["annotations"][0]["result"]:
        if region["type"] == "labels":
            region["value"] |= {"start": units(region["value"]["start"]), "end": units(region["value"]["end"])}
    assert from_label_studio(task) == FACTS


def test_a_moved_region_gives_the_new_words():
    task = studio(gold())
    region = next(r for r in task["annotations"][0]["result"] if r.get("value", {}).get("labels") == ["citation"])
    start = TEXT.index("Quyết định số 7/QĐ-TTg")
    region["value"] |= {"start": start, "end": start + len("Quyết định số 7"), "text": "Quyết định số 7"}
    assert from_label_studio(task)["citations"][0]["text"] == "Quyết định số 7"


def test_regions_made_by_hand_need_no_attributes():
    start = TEXT.index("báo cáo")
    regions = [
        {"id": "a1", "type": "labels", "value": {"start": start, "end": start + 7, "text": "báo cáo", "labels": ["task"]}},
        {"id": "b2", "type": "labels", "value": {"start": start - 10, "end": start - 1, "text": TEXT[start - 10 : start - 1], "labels": ["lead"]}},
        {"type": "relation", "from_id": "a1", "to_id": "b2", "labels": ["lead"]},
    ]
    task = {"data": {"text": TEXT, "doc": "mau.txt", "sha256": "c" * 64}, "annotations": [{"result": regions}]}
    (made,) = from_label_studio(task)["tasks"]
    assert (made["text"], made["lead"], made["support"]) == ("báo cáo", ["Tài chính"], [])


# ---- pre-annotation ---------------------------------------------------------------------------------------------


def found() -> Sheet:
    facts = copy.deepcopy(FACTS)
    for name in ("doc", "sha256", "complete"):
        del facts[name]
    start = TEXT.index("Quyết định số 7")
    facts["citations"][0] |= {"quote": "Quyết định số 7/QĐ-TTg", "span": [start, start + 22], "page": None, "source": "x"}
    return Sheet("c" * 64, "mau.txt", facts, text=TEXT)


def test_pre_annotation_goes_out_as_prediction():
    task = studio(found())
    assert "annotations" not in task
    assert task["predictions"][0]["model_version"] == "vanban 1.0"
    with pytest.raises(GoldError, match="only pre-annotation"):
        from_label_studio(task)


def refused(facts: dict, folder) -> str:
    whole = {**facts, "doc": "mau.txt", "sha256": "c" * 64, "complete": ["header", "citations"]}
    (folder / "mau.json").write_text(json.dumps(whole), encoding="utf-8")
    with pytest.raises(GoldError) as caught:
        read_gold([folder])
    return str(caught.value)


def test_unread_pre_annotation_is_refused_as_gold(tmp_path):
    task = studio(found())
    task["annotations"] = [{"result": task.pop("predictions")[0]["result"]}]  # what "accept prediction" does, without a look
    made = from_label_studio(task)
    assert made["citations"][0]["made_by"] == "machine"
    assert "citations[0]: is made by 'machine'" in refused(made, tmp_path)
    for region in task["annotations"][0]["result"]:
        if region.get("value", {}).get("labels") == ["citation"]:
            region["origin"] = "prediction-changed"
    assert "made_by" not in from_label_studio(task)["citations"][0]
    assert "made_by" not in from_label_studio(task, signed=True)["tasks"][0]


def test_unread_pre_annotation_from_brat_is_refused_as_gold(tmp_path):
    text, ann = to_brat(found(), TEXT)
    assert "\tMachine T" in ann
    assert "is made by 'machine'" in refused(from_brat(text, ann), tmp_path)
    by_hand = from_brat(text, ann, signed=True)
    assert not any("made_by" in task for task in by_hand["tasks"])


# ---- what does not fit ------------------------------------------------------------------------------------------


def test_changed_text_is_refused_with_every_region():
    task = studio(gold())
    task["data"]["text"] = "Chữ mới. " + TEXT
    with pytest.raises(GoldError) as caught:
        from_label_studio(task)
    assert str(caught.value).count("does not stand at its offsets") > 10
    text, ann = to_brat(gold(), TEXT)
    with pytest.raises(GoldError) as caught:
        from_brat("Chữ mới. " + text, ann + "R99\tkhác T1 T2\n")
    assert str(caught.value).count("do not stand at its offsets") > 10
    assert "is no relation" in str(caught.value)


def test_two_annotations_are_refused():
    task = studio(gold())
    task["annotations"] *= 2
    with pytest.raises(GoldError, match="2 annotations of one document"):
        from_label_studio(task)


def test_marks_outside_the_text_and_links_to_nothing_are_refused():
    marks, links = to_marks(gold(), TEXT)
    with pytest.raises(GoldError) as caught:
        from_marks([*marks[:3], Mark("m9", "task", ((0, 10**6),))], links, TEXT)
    assert "outside the text" in str(caught.value)
    assert "no such mark" in str(caught.value)


def test_text_that_is_not_nfc_is_refused():
    with pytest.raises(GoldError, match="NFC"):
        to_marks(gold(), unicodedata.normalize("NFD", TEXT))


def test_settings_name_every_label():
    marks, _ = to_marks(gold(), TEXT)
    for label in {mark.label for mark in marks}:
        assert f'value="{label}"' in label_config()
        assert label in brat_config().splitlines()
