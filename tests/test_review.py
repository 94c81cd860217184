"""Pages a person looks at: complete, closed to the outside, and true to what they are given."""

from __future__ import annotations

import json
import re
from pathlib import Path

import lxml.html
import pytest
from typer.testing import CliRunner

from extractor import scores
from extractor.review.changes import changes_page
from tests.test_scores import found_of, made_up, score

ROOT = Path(__file__).resolve().parent.parent
GOLD, CORPUS = ROOT / "gold", ROOT / "corpus"


def page_of(rows, new, old=None):
    text = changes_page(rows, new, old)
    return text, lxml.html.document_fromstring(text)


def two_scores():
    facts, old, new = made_up(), found_of(made_up()), found_of(made_up())
    old.facts["tasks"][0]["lead"] = []
    new.facts["indicators"][0]["unit"] = '<script>alert("x")</script> & đồng'
    new.facts["tasks"].pop(3)
    new.facts["duties"].append({**new.facts["duties"][0], "what": "một báo cáo không có thật", "page": 7})
    return score((facts, old)), score((facts, new))


def test_every_change_is_shown_with_gold_and_found():
    old, new = two_scores()
    rows = scores.changes(old, new)
    _, page = page_of(rows, new, old)
    articles = page.findall(".//article")
    assert len(articles) == len(rows) == 4
    shown = {(a.get("data-turned"), a.get("data-layer"), a.get("data-error"), a.get("data-document")) for a in articles}
    assert shown == {
        ("gain", "tasks, table", "lead", "0.txt"), ("loss", "indicators, table", "unit", "0.txt"), ("loss", "tasks, narrative", "missing", "0.txt"),
        ("loss", "duties", "extra", "0.txt"),
    }  # fmt: skip
    unit = next(a for a in articles if a.get("data-error") == "unit")
    assert [h.text for h in unit.findall(".//h2")] == ["Words of the document", "Gold", "Found before", "Found now"]
    assert [d.text_content() for d in unit.findall(".//dd[@class='bad']")] == ["hồ sơ 0", "hồ sơ 0", '<script>alert("x")</script> & đồng']
    extra = next(a for a in articles if a.get("data-error") == "extra")
    assert "page 7" in extra.findtext("header/span[4]")


def test_filters_offer_what_is_there():
    old, new = two_scores()
    _, page = page_of(scores.changes(old, new), new, old)
    offered = {s.get("name"): [o.get("value") for o in s.findall("option")] for s in page.findall(".//select")}
    assert offered["turned"] == ["", "gain", "loss"]
    assert offered["error"] == ["", "extra", "lead", "missing", "unit"]
    assert offered["document"] == ["", "0.txt"]
    assert len(offered["layer"]) == 5


def test_nothing_of_a_document_becomes_markup_and_nothing_is_fetched():
    old, new = two_scores()
    text, page = page_of(scores.changes(old, new), new, old)
    assert len(page.findall(".//script")) == 1
    assert "alert(" not in page.find(".//script").text
    assert not re.search(r"(?:src|href)\s*=|https?://|@import|url\(", text)


def test_one_score_alone_shows_its_errors():
    _, new = two_scores()
    rows = scores.errors(new)
    _, page = page_of(rows, new)
    assert {a.get("data-turned") for a in page.findall(".//article")} == {"error"}
    assert len(rows) == 3
    figures = {tr.findtext("td[1]"): tr.findtext("td[2]") for tr in page.findall(".//table/tr") if tr.findtext("td[1]")}
    assert figures["narrative tasks F1"] == "80.0"


def test_words_of_the_document_stand_beside_what_was_missed():
    facts = made_up()
    lost = facts["tasks"][2]["text"]
    sheet = found_of(facts)
    sheet.facts["tasks"].pop(2)
    text = f"Trước đó. {lost} Sau đó."
    sheet = scores.Sheet(sheet.sha256, sheet.path, {**sheet.facts, "tasks": [{**t, "span": None} for t in sheet.facts["tasks"]]}, text=text)
    (row,) = [row for row in scores.errors(score((facts, sheet))) if row.error == "missing"]
    assert row.words == text


# ---- a data set, from labels to pages and back ------------------------------------------------------------------


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A small data set of one sample document, written as a run writes it."""
    from extractor.cli import app

    folder = tmp_path_factory.mktemp("data")
    sample = CORPUS / json.loads((GOLD / "kh-cchc-bac-kan-2024.json").read_text(encoding="utf-8"))["doc"]
    result = CliRunner().invoke(app, ["extract", str(sample), "--out", str(folder / "set"), "-q", "-j", "1"])
    assert result.exit_code == 0, result.output
    return folder / "set"


def run(*args):
    from extractor.cli import app

    return CliRunner().invoke(app, [str(arg) for arg in args], env={"COLUMNS": "220"})


def test_score_command(data, tmp_path):
    gold = GOLD / "kh-cchc-bac-kan-2024.json"
    out = {name: tmp_path / name for name in ("score.json", "errors.json", "errors.html")}
    files = ("--json", out["score.json"], "--changes", out["errors.json"], "--page", out["errors.html"])
    first = run("score", data, gold, *files, "--by", "format", "--limit", 2)
    assert first.exit_code == 0, first.output
    assert "table tasks F1" in first.output
    assert "1 files of 1 labelled documents, 0 not read" in first.output
    kept = scores.load_score(out["score.json"])
    assert len(scores.errors(kept)) == len(json.loads(out["errors.json"].read_text(encoding="utf-8")))
    assert len(lxml.html.parse(str(out["errors.html"])).findall(".//article")) == len(scores.errors(kept))
    for older in (out["score.json"], data):
        again = run("score", data, gold, "--against", older, "--changes", out["errors.json"])
        assert again.exit_code == 0, again.output
        assert json.loads(out["errors.json"].read_text(encoding="utf-8")) == []


def test_score_command_refuses_labels_of_other_documents_with_all_faults(data, tmp_path):
    for name in ("1", "2"):
        (tmp_path / f"{name}.json").write_text(json.dumps(made_up(int(name))), encoding="utf-8")
    (tmp_path / "3.json").write_text(json.dumps(made_up(3) | {"tasks": 5}), encoding="utf-8")
    result = run("score", data, tmp_path)
    assert result.exit_code == 1
    told = [line for line in result.output.splitlines() if line.startswith("vanban: ")]
    for n in (1, 2):
        assert f"vanban: {n}.json: doc: the data set has no document {n}.txt" in told
    assert "vanban: 3.json: tasks: is not a list" in told


@pytest.mark.parametrize("form", ["label-studio", "brat"])
def test_labels_go_out_and_come_back(data, tmp_path, form):
    gold = GOLD / "kh-cchc-bac-kan-2024.json"
    assert run("labels", "export", data, "--to", tmp_path / "out", "-f", form, "--gold", gold).exit_code == 0
    finished = sorted((tmp_path / "out").glob("*.ann" if form == "brat" else "*.json"))
    result = run("labels", "import", *finished, "--to", tmp_path / "back")
    assert result.exit_code == 0, result.output
    (back,) = (tmp_path / "back").glob("*.json")
    assert json.loads(back.read_text(encoding="utf-8")) == json.loads(gold.read_text(encoding="utf-8"))


def test_pre_annotation_does_not_come_back_as_gold(data, tmp_path):
    assert run("labels", "export", data, "--to", tmp_path / "out", "-f", "brat").exit_code == 0
    result = run("labels", "import", *(tmp_path / "out").glob("*.ann"), "--to", tmp_path / "back")
    assert result.exit_code == 1
    assert "is made by 'machine'" in result.output
    (tmp_path / "studio").mkdir()
    run("labels", "export", data, "--to", tmp_path / "studio")
    result = run("labels", "import", tmp_path / "studio/tasks.json", "--to", tmp_path / "back")
    assert result.exit_code == 1
    assert "only pre-annotation" in result.output
