"""The scorer judged: what it must give for known answers, and against independent implementations."""

from __future__ import annotations

import copy
import itertools
import json
import random

import numpy as np
import pytest

from extractor import scores
from extractor.model import Assignment, Citation, Deadline, Document, Duty, Evidence, Header, Indicator, Records, Span, Task
from extractor.scores import MATCHERS, Counts, Gold, Key, Sheet
from extractor.scores.counts import add
from extractor.scores.figures import false_share, interval
from extractor.scores.match import assign, compare, same, same_time

TIMES = [
    {"text": "trước ngày 15/3/2024", "relation": "before", "edtf": "2024-03-15", "due_on": "2024-03-15"},
    {"text": "hằng quý", "relation": "every", "edtf": None, "due_on": None, "rrule": "FREQ=MONTHLY;INTERVAL=3"},
    {"text": "sau khi Chính phủ ban hành", "relation": "after", "edtf": None, "due_on": None, "trigger": "Chính phủ ban hành"},
]
WORDS = ("rà", "xây", "ban", "thẩm", "kiểm", "công", "tổng", "số", "đào", "thanh", "báo", "đánh", "triển", "soát", "dựng", "hành", "định", "tra")


def words_of(chance: random.Random, n: int) -> str:
    return " ".join(chance.choice(WORDS) + str(chance.randrange(1000)) for _ in range(n))


def made_up(seed: int = 0) -> dict:
    """Labels of a document that does not exist, with every layer and field."""
    chance = random.Random(seed)
    facts = {
        "doc": f"{seed}.txt",
        "sha256": f"{seed:064x}",
        "complete": ["header", "tasks", "indicators", "citations", "duties"],
        "header": {
            "doc_type": "KH", "number": f"{seed + 10}/KH-UBND", "title": words_of(chance, 9), "issuer": "UBND tỉnh Thái Bình", "place": "Thái Bình",
            "issued_on": "2024-01-05", "addressees": ["Sở Nội vụ"], "recipients": ["Như trên", "Lưu: VT"], "signer": "Nguyễn Văn A",
            "signer_title": "PHÓ CHỦ TỊCH", "signing_mode": "KT.", "period": "2024",
        },
    }  # fmt: skip
    facts["tasks"] = [
        {
            "origin": ("table", "narrative")[n % 2], "code": f"{n}.", "text": words_of(chance, 12), "area": "digital", "parent": words_of(chance, 4),
            "product": words_of(chance, 3), "status": "done", "status_text": "Đã hoàn thành", "lead": ["Sở Nội vụ", "Sở Tư pháp"],
            "support": ["UBND các huyện"], "deadlines": copy.deepcopy(TIMES[: 1 + n % 3]),
        }
        for n in range(6)
    ]  # fmt: skip
    facts["indicators"] = [
        {
            "origin": ("table", "narrative")[n % 2], "form": "Biểu 1", "code": f"1.{n}", "label": words_of(chance, 6), "unit": f"hồ sơ {n}",
            "period": "2024", "value_text": str(10 + n), "value": 10 + n, "numerator": None if n % 3 else 7, "denominator": None if n % 3 else 9,
            "note": "ghi chú", "approx": "hơn", "blank": False, "columns": ["Năm 2023", "Năm 2024"],
        }
        for n in range(6)
    ]  # fmt: skip
    facts["citations"] = [
        {
            "text": f"Quyết định số {n + 100}/QĐ-TTg ngày 01/02/2024 của Thủ tướng Chính phủ", "doc_type": "QĐ", "number": f"{n + 100}/QĐ-TTg",
            "issued_on": "2024-02-01", "issuer": "Thủ tướng Chính phủ", "relation": "basis",
        }
        for n in range(4)
    ]  # fmt: skip
    facts["duties"] = [
        {
            "who": ["Sở Nội vụ", f"Sở Tài chính {n}"], "what": words_of(chance, 8), "to": "UBND tỉnh", "via": "Văn phòng UBND tỉnh",
            "cutoff": "15/12", "forms": ["Phụ lục 1", "Phụ lục 2"], "deadlines": copy.deepcopy(TIMES[:1]),
        }
        for n in range(3)
    ]  # fmt: skip
    return facts


def found_of(facts: dict, **more: str) -> Sheet:
    """What a perfect program would find: the labels themselves, with quotes."""
    facts = copy.deepcopy(facts)
    facts["header"]["quotes"] = {name: "; ".join(value) if isinstance(value, list) else value for name, value in facts["header"].items()}
    for record in [*facts["tasks"], *facts["duties"]]:
        for deadline in record["deadlines"]:
            deadline["quote"] = deadline["text"]
    for layer in ("tasks", "indicators", "citations", "duties"):
        for record in facts.get(layer) or ():
            record["quote"] = " ".join(str(record.get(name) or "") for name in ("text", "label", "value_text", "what"))
    return Sheet(facts["sha256"], facts["doc"], facts, format="txt", **more)


def gold_of(facts: dict, **more: str) -> Gold:
    return Gold("gold.json", facts["doc"], facts["sha256"], facts, **more)


def score(*pairs: tuple[dict, Sheet]) -> scores.Score:
    return scores.score_documents([(gold_of(facts), sheet) for facts, sheet in pairs], {})


def tally_of(facts: dict, sheet: Sheet) -> dict[Key, Counts]:
    return dict(scores.judge(facts, sheet)[0])


def test_identical_gives_one_everywhere():
    facts = made_up()
    result = score((facts, found_of(facts)))
    assert {key.matcher for key in result.tally} == set(MATCHERS)
    for key, counts in result.tally.items():
        assert (counts.fp, counts.fn) == (0, 0), key
        assert counts.f1 in (None, 1.0)
    assert all(outcome.kind == "right" for _, outcome in scores.outcomes(result))
    assert all(figure.value in (None, 1.0) or figure.name.endswith("false share") for figure in scores.headlines(result))


def test_empty_gives_nothing_with_the_right_supports():
    facts = made_up()
    result = score((facts, Sheet(facts["sha256"], facts["doc"], {})))
    expected = {("tasks", "table"): 3, ("tasks", "narrative"): 3, ("indicators", "table"): 3, ("citations", ""): 4}
    expected |= {("duties", ""): 3, ("header", ""): 12}
    expected |= {("assignments", "table"): 9, ("deadlines", "table"): 1 + 3 + 2, ("deadlines", "narrative"): 2 + 1 + 3, ("deadlines", "duty"): 3}
    for (layer, origin), support in expected.items():
        counts = result.tally[Key(layer, origin, "record", "alike")]
        assert (counts.tp, counts.fp, counts.support) == (0, 0, support), (layer, origin)
        assert counts.precision is None
        assert counts.recall == counts.f1 == 0.0


def test_gold_without_records_counts_everything_found_as_wrong():
    facts = made_up()
    bare = {**facts, "header": {}, "tasks": [], "indicators": [], "citations": [], "duties": []}
    counts = tally_of(bare, found_of(facts))[Key("tasks", "table", "record", "strict")]
    assert (counts.tp, counts.fp, counts.fn) == (0, 3, 0)


@pytest.mark.parametrize("seed", range(5))
def test_order_changes_nothing(seed):
    facts, chance = made_up(), random.Random(seed)
    found = found_of(facts)
    for record in found.facts["tasks"][:2] + found.facts["citations"][:1]:
        record["text"] = "một việc khác hẳn " + record["text"][:5]
    found.facts["tasks"].append(copy.deepcopy(found.facts["tasks"][-1]))
    expected = tally_of(facts, found)
    for layer in ("tasks", "indicators", "citations", "duties"):
        chance.shuffle(found.facts[layer])
        chance.shuffle(facts[layer])
        for record in found.facts[layer]:
            for name in ("lead", "support", "deadlines", "who", "forms"):
                chance.shuffle(record.get(name, []))
    assert tally_of(facts, found) == expected


# what a change of one field may touch beside the field itself
ALSO = {
    ("tasks", "text"): {"record", "evidence"},
    ("indicators", "label"): {"record", "evidence"}, ("indicators", "unit"): {"record", "evidence"}, ("indicators", "value"): {"record", "evidence"},
    ("indicators", "numerator"): {"record", "evidence"}, ("indicators", "denominator"): {"record", "evidence"},
    ("citations", "doc_type"): {"record", "record+relation", "evidence"}, ("citations", "number"): {"record", "record+relation", "evidence"},
    ("citations", "issued_on"): {"record", "record+relation", "evidence"}, ("citations", "relation"): {"record+relation"},
    ("duties", "who"): {"record", "evidence"}, ("duties", "what"): {"record", "evidence"},
}  # fmt: skip
OTHER = {"number": 987654.0, "issued_on": "1999-01-01"}


def wrong_value(name: str, value: object) -> object:
    if isinstance(value, (int, float)):
        return 987654.0
    if isinstance(value, list):
        return ["zzzz qqqq jjjj", *value[1:]]
    return OTHER.get(name, "zzzz qqqq") if name == "issued_on" else f"{str(value)[: int(len(str(value)) * 0.8)]} zzzzzz"


@pytest.mark.parametrize("layer", ["tasks", "indicators", "citations", "duties"])
def test_one_wrong_field_costs_one_field(layer):
    facts = made_up()
    right = tally_of(facts, found_of(facts))
    for name in scores.facts.FIELDS[layer]:
        found = found_of(facts)
        record = found.facts[layer][0]
        if name == "blank" or record.get(name) is None:
            continue
        record[name] = wrong_value(name, record[name])
        wrong = tally_of(facts, found)
        differ = {key for key in {*wrong, *right} if wrong.get(key) != right.get(key)}
        assert {key.field for key in differ} - ALSO.get((layer, name), set()) == {name}, name
        for key in differ - {key for key in differ if key.field == "evidence"}:
            was, now = right[key], wrong[key]
            assert (now.tp, now.fp, now.fn) == (was.tp - 1, was.fp + 1, was.fn + 1), key


def test_one_wrong_agency_and_one_wrong_deadline_cost_one_each():
    facts = made_up()
    right, found = tally_of(facts, found_of(facts)), found_of(facts)
    found.facts["tasks"][0]["lead"][0] = "Bộ Quốc phòng"
    found.facts["tasks"][1]["deadlines"][0] |= {"edtf": "2024-04-15", "due_on": "2024-04-15"}
    wrong = tally_of(facts, found)
    differ = {key[:3] for key in right if right[key] != wrong[key]}
    assert differ == {
        ("assignments", "table", "record"), ("assignments", "table", "lead"),
        ("deadlines", "narrative", "record"), ("deadlines", "narrative", "edtf"), ("deadlines", "narrative", "due_on"),
        ("deadlines", "narrative", "evidence"),
    }  # fmt: skip
    assert wrong[Key("assignments", "table", "lead", "alike")] == Counts(5, 1, 1)


def test_duplicates_are_not_rewarded():
    facts = made_up()
    found = found_of(facts)
    for layer in ("tasks", "indicators", "citations", "duties"):
        found.facts[layer] = found.facts[layer] + copy.deepcopy(found.facts[layer])
    right, doubled = tally_of(facts, found_of(facts)), tally_of(facts, found)
    for key, counts in right.items():
        if key.field == "record" and key.layer != "header":
            assert doubled[key].tp == counts.tp
            assert doubled[key].fp == counts.support


def test_matchers_are_nested_and_parts_add_up_to_the_whole():
    chance, pairs = random.Random(7), []
    for seed in range(8):
        facts = made_up(seed)
        found = found_of(facts, text_source=("digital", "ocr")[seed % 2])
        for layer in ("tasks", "indicators", "citations", "duties"):
            for record in found.facts[layer]:
                name = chance.choice([n for n in record if isinstance(record[n], str)])
                record[name] = chance.choice([record[name].upper(), record[name] + "x", record[name][::-1]])
            chance.shuffle(found.facts[layer])
            del found.facts[layer][: chance.randrange(3)]
        pairs.append((facts, found))
    whole = score(*pairs)
    for layer, origin, field in {key[:3] for key in whole.tally}:
        strict, soft, alike = (whole.tally[Key(layer, origin, field, matcher)] for matcher in MATCHERS)
        assert strict.tp <= soft.tp <= alike.tp
        assert strict.support == soft.support == alike.support
    for dimension in ("path", "text_source", "format"):
        assert add(part.tally for part in whole.by(dimension).values()) == whole.tally
    assert any(counts.fp for counts in whole.tally.values())


def test_only_complete_layers_are_judged():
    facts = made_up() | {"complete": ["citations", "tasks.table"]}
    layers = {(key.layer, key.origin) for key in tally_of(facts, found_of(facts))}
    assert layers == {("citations", ""), ("tasks", "table"), ("assignments", "table"), ("deadlines", "table")}


# ---- values -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "gold", "found", "expected"),
    [
        ("text", "Rà soát  thủ tục", "Rà soát thủ tục", (True, True, True)),
        ("text", "Số hoá hồ sơ", "số hóa hồ sơ.", (False, True, True)),
        ("text", "giai đoạn 2021-2025", "giai đoạn 2021 – 2025", (False, True, True)),
        ("text", "Công bố thủ tục hành chính nội bộ", "Công bố thủ tuc hanh chính nội bộ", (False, False, True)),
        ("text", "Công bố thủ tục", "Thanh tra công vụ", (False, False, False)),
        ("agency", "Ủy ban nhân dân tỉnh", "UBND tỉnh", (False, True, True)),
        ("agency", "Uỷ ban nhân dân tỉnh", "Ủy ban nhân dân tỉnh", (False, True, True)),
        ("agency", "Sở Nội vụ", "Sở Tư pháp", (False, False, False)),
        ("code", "2.1", "2.1.", (True, True, True)),
        ("code", "376/BNV-CCHC", "376/BNV- CCHC", (True, True, True)),
        ("code", "12/QĐ-UBND", "12/QĐ-ubnd", (False, True, True)),
        ("code", "1708/QĐ-UBND", "1709/QĐ-UBND", (False, False, False)),
        ("value", 62.28, 62.28, (True, True, True)),
        ("value", 5, 5.0, (True, True, True)),
        ("value", "2024-01-05", "2024-01-06", (False, False, False)),
        ("rule", "FREQ=YEARLY;BYMONTH=3,6;BYMONTHDAY=15", "BYMONTHDAY=15;FREQ=YEARLY;BYMONTH=6,3", (True, True, True)),
    ],
)
def test_when_values_are_the_same(kind, gold, found, expected):
    assert same(kind, gold, found) == expected


def test_absent_values():
    assert compare("text", None, None) == compare("text", None, "") == (True, True, True)
    assert compare("value", 0, None) == (False, False, False)
    assert compare("agency*", [], None) == (True, True, True)
    assert compare("agency*", ["UBND tỉnh", "Sở Y tế"], ["Sở Y tế", "Ủy ban nhân dân tỉnh"]) == (False, True, True)


def test_deadlines_say_the_same_time():
    dated, rule, event = TIMES
    assert same_time(dated, {**dated, "text": "15/3", "relation": "by"})
    assert not same_time(dated, {**dated, "due_on": None})
    assert not same_time(event, {**event, "due_on": "2024-01-01"})
    assert same_time(event, {"relation": "after", "edtf": None, "due_on": None, "rrule": None})
    assert not same_time(event, {**event, "relation": "per"})
    assert not same_time(rule, {**rule, "rrule": "FREQ=YEARLY"})


def test_assignment_prefers_the_right_pair_over_the_nearest():
    one = made_up()["tasks"][0]
    gold = [{**one, "text": "Rà soát thủ tục hành chính", "product": "A"}, {**one, "text": "Rà soát thủ tục hành chính", "product": "B"}]
    found = [{**one, "text": "Rà soát thủ tục hành chính", "product": "B"}, {**one, "text": "Rà soát thủ tục hành chính", "product": "A"}]
    assert sorted(scores.match.align("tasks", gold, found)) == [(0, 1), (1, 0)]


def test_assignment_is_optimal():
    chance = np.random.default_rng(1)
    for _ in range(20):
        weights = chance.random((4, 5)) * (chance.random((4, 5)) > 0.4)
        best = max(sum(weights[row, col] for row, col in enumerate(cols)) for cols in itertools.permutations(range(5), 4))
        assert sum(weights[pair] for pair in assign(weights)) == pytest.approx(best)


def test_against_nervaluate():
    """Strict span scores of an independent implementation; its span ends are inclusive."""
    from nervaluate import Evaluator

    chance, tokens = random.Random(3), [f"tiếng{n:03}" for n in range(400)]
    text = " ".join(tokens)
    starts = [n * 9 for n in range(400)]
    for _ in range(10):
        spans = [(k, k + chance.randrange(3, 9)) for k in range(0, 390, 10)]
        guessed = [(a + chance.choice((0, 0, 0, 1)), b) for a, b in spans if chance.random() > 0.2] + [(391, 395)]
        sheets = []
        for chosen in (spans, guessed):
            tasks = [{"origin": "narrative", "text": text[starts[a] : starts[b] - 1], "lead": [], "support": [], "deadlines": []} for a, b in chosen]
            sheets.append({"doc": "x", "sha256": "0" * 64, "complete": ["tasks.narrative"], "tasks": tasks})
        ours = tally_of(sheets[0], Sheet("0" * 64, "x", sheets[1]))[Key("tasks", "narrative", "record", "strict")]
        entities = ([[{"label": "T", "start": starts[a], "end": starts[b] - 2} for a, b in chosen]] for chosen in (spans, guessed))
        result = Evaluator(*entities, tags=["T"]).evaluate()
        strict = (result["overall"] if isinstance(result, dict) else result[0])["strict"]
        read = (lambda name: strict[name]) if isinstance(strict, dict) else (lambda name: getattr(strict, name))  # noqa: B023
        assert ours.tp == read("correct")
        assert ours.precision == pytest.approx(read("precision"))
        assert ours.recall == pytest.approx(read("recall"))
        assert 0.1 < ours.f1 < 0.95


# ---- evidence, figures, failures --------------------------------------------------------------------------------


def test_evidence_must_hold_the_words_and_stand_where_it_says():
    facts = made_up()
    text = facts["tasks"][0]["text"]
    key = Key("tasks", "table", "evidence", "alike")
    assert tally_of(facts, found_of(facts))[Key("header", "", "evidence", "alike")] == Counts(8, 0, 0, 8, 8)
    for quote, span, document, shown in [
        (text, None, None, True),
        (None, None, None, False),
        ("những chữ khác hẳn", None, None, False),
        (text + " thêm chữ" * 200, None, None, False),
        (text, [3, 3 + len(text)], f"abc{text} xyz", True),
        (text, [0, len(text)], f"abc{text} xyz", False),
    ]:
        found = found_of(facts)
        found.facts["tasks"] = [{**found.facts["tasks"][0], "quote": quote, "span": span}]
        sheet = Sheet(found.sha256, found.path, found.facts, text=document)
        assert (tally_of(facts, sheet)[key].tp == 1) is shown, (quote, span)


def test_intervals():
    rows = [(f"s{n}", Counts(tp=8 + n, fp=2, fn=n)) for n in range(10)]
    low, high = interval(rows, scores.figures.f1)
    value = sum((c for _, c in rows), Counts()).f1
    assert low < value < high
    assert (low, high) == interval(rows, scores.figures.f1)
    assert interval(rows[:1], scores.figures.f1) == (None, None)
    twins = [("one", c) for _, c in rows]
    assert interval(twins, scores.figures.f1) == (None, None)
    assert interval([rows[0], ("s9", Counts())], scores.figures.f1) == (None, None), "a document without such items adds nothing"


def test_micro_and_macro():
    long, short = made_up(1), made_up(2) | {"citations": made_up(2)["citations"][:1]}
    empty = found_of(short)
    empty.facts["citations"] = []
    result = score((long, found_of(long)), (short, empty))
    figure = scores.figure(result, "", ("citations", "", "record", "alike"))
    assert figure.value == pytest.approx(2 * 4 / (2 * 4 + 1))
    assert figure.macro == pytest.approx(0.5)


def test_false_share_counts_what_answers_nothing():
    facts, found = made_up(), found_of(made_up())
    found.facts["tasks"].append({**found.facts["tasks"][1], "text": "hoàn toàn khác với mọi nhiệm vụ đã nêu"})
    near = found.facts["tasks"][1]
    near["text"] = near["text"][: int(len(near["text"]) * 0.75)]
    counts = tally_of(facts, found)[Key("tasks", "narrative", "record", "alike")]
    assert (counts.fp, counts.found) == (2, 4)
    assert false_share(counts) == 0.25


def test_failures_are_missed_and_named():
    facts = made_up()
    result = score((facts, Sheet(facts["sha256"], "hong.pdf", {}, status="failed", error="E_BROKEN: damaged")))
    assert result.failures == [("hong.pdf", "E_BROKEN: damaged")]
    assert result.tally[Key("tasks", "table", "record", "alike")].recall == 0.0
    assert {outcome.kind for _, outcome in scores.outcomes(result)} == {"missing"}


# ---- saved, compared --------------------------------------------------------------------------------------------


def test_saved_scores_come_back(tmp_path):
    facts, found = made_up(), found_of(made_up())
    found.facts["tasks"].pop()
    result = score((facts, found))
    scores.save_score(result, tmp_path / "whole.json")
    assert scores.load_score(tmp_path / "whole.json") == result
    scores.save_score(result, tmp_path / "counts.json", whole=False)
    counts = (tmp_path / "counts.json").read_text(encoding="utf-8")
    assert scores.load_score(tmp_path / "counts.json").tally == result.tally
    assert facts["tasks"][0]["text"] not in counts
    assert json.loads(counts)["documents"][0]["sha256"] == facts["sha256"]


def test_gains_and_losses():
    facts, old, new = made_up(), found_of(made_up()), found_of(made_up())
    old.facts["tasks"][0]["lead"] = []  # right now
    old.facts["citations"].pop()  # found now
    new.facts["indicators"][0]["unit"] = "đồng"  # wrong now
    new.facts["duties"].append({**new.facts["duties"][0], "what": "một báo cáo không có thật"})  # new and false
    new.facts["header"]["number"] = None
    changes = scores.changes(score((facts, old)), score((facts, new)))
    seen = {(c.turned, c.layer, c.error) for c in changes}
    assert seen == {
        ("right", "tasks", "lead"), ("right", "citations", "missing"), ("wrong", "indicators", "unit"), ("wrong", "duties", "extra"),
        ("wrong", "header", "number"),
    }  # fmt: skip
    unit = next(c for c in changes if c.error == "unit")
    assert (unit.gold["unit"], unit.before["unit"], unit.after["unit"]) == ("hồ sơ 0", "hồ sơ 0", "đồng")
    assert scores.changes(score((facts, new)), score((facts, new))) == []
    relabelled = made_up() | {"citations": made_up()["citations"][1:]}
    assert scores.changes(score((facts, old)), score((relabelled, new))) == [], "labels that changed are no gain and no loss"
    assert scores.strangers(score((facts, old)), score((relabelled, new))) == ["0.txt"]
    other = made_up(5)
    assert scores.strangers(score((facts, old)), score((other, found_of(other)))) == ["0.txt", "5.txt"]


def test_falls():
    facts, worse = made_up(), found_of(made_up())
    worse.facts["citations"].pop()
    good, bad = score((facts, found_of(facts))), score((facts, worse))
    assert scores.falls(good, good) == scores.falls(bad, good) == []
    (fall,) = scores.falls(good, bad)
    assert (fall.layer, fall.recorded, round(fall.now, 1)) == ("citations", 100.0, 85.7)
    assert scores.falls(good, bad, allowed=20) == []


# ---- records and rows -------------------------------------------------------------------------------------------


def extracted() -> tuple[Document, Records]:
    text = "Sở Nội vụ báo cáo UBND tỉnh trước ngày 15/3/2024 theo Quyết định số 5/QĐ-TTg. Đã ban hành 74 quyết định. Như trên; Lưu: VT"

    def at(words: str) -> Evidence:
        return Evidence(Span(text.index(words), text.index(words) + len(words)), source="mẫu")

    due = Deadline("trước ngày 15/3/2024", "before", "2024-03-15", None, "2024-03-15", None, None, at("trước ngày 15/3/2024"))
    lead = Assignment("lead", "Sở Nội vụ", None, False, at("Sở Nội vụ"))
    whole = at("Sở Nội vụ báo cáo UBND tỉnh trước ngày 15/3/2024")
    records = Records(
        Header(doc_type="KH", recipients=("Như trên", "Lưu: VT"), evidence={"doc_type": at("Quyết định"), "recipients": at("Như trên; Lưu: VT")}),
        citations=(Citation("Quyết định số 5/QĐ-TTg", "QĐ", "5/QĐ-TTg", None, None, "basis", at("Quyết định số 5/QĐ-TTg")),),
        tasks=(Task("narrative", "1.", "báo cáo UBND tỉnh", None, None, None, None, None, (lead,), (due,), whole),),
        indicators=(
            Indicator(
                "narrative", None, None, "quyết định", "quyết định", "2024", "74", 74.0, None, None, None, None, False, (), at("74 quyết định")
            ),
        ),
        duties=(Duty(("Sở Nội vụ",), "báo cáo", "UBND tỉnh", None, None, (), (due,), whole),),
    )
    return Document("mau.txt", "a" * 64, len(text), "text/plain", text), records


def test_records_and_their_rows_give_one_sheet():
    from extractor.dataset import to_rows

    document, records = extracted()
    direct = scores.from_records(document, records)
    (through_rows,) = scores.from_rows(to_rows(document, records, seconds=0.1, version="0"))
    gold = {"complete": ["header", "tasks", "indicators", "citations", "duties"], **copy.deepcopy(direct.facts)}
    assert tally_of(gold, direct) == tally_of(gold, through_rows)
    assert all(counts.fn == counts.fp == 0 for counts in tally_of(gold, through_rows).values())
    assert through_rows.facts["tasks"][0]["lead"] == ["Sở Nội vụ"]
    assert through_rows.facts["duties"][0]["deadlines"][0]["edtf"] == "2024-03-15"
    assert through_rows.facts["header"]["quotes"] == {"doc_type": "Quyết định", "recipients": "Như trên; Lưu: VT"}
    assert (through_rows.text, through_rows.format, through_rows.seconds) == (document.text, "txt", 0.1)


def test_rows_of_a_file_that_failed():
    (sheet,) = scores.from_rows({"documents": [{"doc_id": None, "path": "x/hong.pdf", "status": "failed", "error": "E_MISSING: no such file"}]})
    gold = scores.GoldSet((Gold("g.json", "hong.pdf", "b" * 64, made_up()),))
    assert [(label.doc, found.error) for label, found in scores.pair(gold, [sheet])] == [("hong.pdf", "E_MISSING: no such file")]
