"""Pages a person looks at: complete, closed to the outside, and true to what they are given."""

from __future__ import annotations

import re

import lxml.html

from extractor import scores
from extractor.review.changes import changes_page
from tests.test_scores import found_of, made_up, score


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
