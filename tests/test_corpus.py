"""The sample documents: complete, marked as samples, built again the same, and labelled by what stands in them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import sys
import zipfile
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CORPUS, GOLD = ROOT / "corpus", ROOT / "gold"
sys.path.insert(0, str(ROOT / "tools"))

import check_gold  # noqa: E402
import make_corpus  # noqa: E402
from corpus.build import MADE_HERE, file_name, made, sources  # noqa: E402
from corpus.flow import MARK  # noqa: E402
from corpus.labels import gold as labels  # noqa: E402

ROWS = list(csv.DictReader((CORPUS / "MANIFEST.tsv").open(encoding="utf-8", newline=""), delimiter="\t"))
BESIDE = {"MANIFEST.tsv", "MADE_WITH.json", "README.md", ".vanbanignore"}
MADE_WITH = json.loads((CORPUS / "MADE_WITH.json").read_text(encoding="utf-8"))
SAME_TOOLS = MADE_WITH["tools"] == make_corpus.tools_at_hand()
RENDERED = [(source, rendering) for source in sources() for rendering in source.renderings]


def test_the_manifest_lists_every_file_and_its_hash():
    listed = {row["file"]: row["sha256"] for row in ROWS}
    there = {path.relative_to(CORPUS).as_posix() for path in CORPUS.rglob("*") if path.is_file()} - BESIDE
    assert there == set(listed)
    assert {name: hashlib.sha256((CORPUS / name).read_bytes()).hexdigest() for name in listed} == listed


def test_documents_are_many_and_small():
    assert len({row["id"] for row in ROWS}) >= 24
    assert sum(path.stat().st_size for path in CORPUS.rglob("*")) < 12_000_000


def test_twins_share_a_split_and_every_kind_is_in_both():
    splits, kinds = defaultdict(set), defaultdict(set)
    for row in ROWS:
        splits[row["id"]].add(row["split"])
        kinds[row["kind"]].add(row["split"])
    assert all(len(found) == 1 for found in splits.values())
    assert all(found == {"dev", "test"} for found in kinds.values())
    assert 0.4 < sum(found == {"dev"} for found in splits.values()) / len(splits) < 0.6


def test_each_trap_stands_in_two_documents_and_in_the_readme():
    found = defaultdict(set)
    for row in ROWS:
        for trap in row["traps"].split():
            found[trap].add(row["id"])
    told = set(re.findall(r"`([a-z0-9]+(?:-[a-z0-9]+)*)`", (CORPUS / "README.md").read_text(encoding="utf-8").partition("## Traps")[2]))
    assert {trap for trap, ids in found.items() if len(ids) < 2} == set()
    assert set(found) == told


@pytest.mark.parametrize(("source", "rendering"), RENDERED, ids=[file_name(*pair) for pair in RENDERED])
def test_what_is_made_here_comes_out_the_same(source, rendering):
    if rendering.by not in MADE_HERE:
        pytest.skip(f"made by {rendering.by}, which is not the same byte for byte")
    if rendering.by == "reportlab" and not SAME_TOOLS:
        pytest.skip("other versions of fonts, zlib or ReportLab than in corpus/MADE_WITH.json")
    if rendering.by == "xlsx" and not SAME_TOOLS:
        pytest.skip("another version of XlsxWriter than in corpus/MADE_WITH.json")
    again, kept = made(source, rendering, CORPUS), (CORPUS / file_name(source, rendering)).read_bytes()
    assert again == kept or (not SAME_TOOLS and _parts(again) == _parts(kept))


def test_what_is_made_elsewhere_is_not_stale():
    assert MADE_WITH["from"] == make_corpus.contents()


def _parts(raw: bytes) -> dict[str, bytes] | bytes:
    """What a ZIP holds, whoever compressed it."""
    if not raw.startswith(b"PK"):
        return raw
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("row", [row for row in ROWS if row["format"] in {"txt", "md", "html", "docx", "xlsx"}], ids=lambda row: row["file"])
def test_each_document_says_that_it_is_a_sample(row):
    parts = _parts((CORPUS / row["file"]).read_bytes())
    text = b" ".join(parts.values()) if isinstance(parts, dict) else parts
    assert MARK in text.decode("utf-8")


def test_each_pdf_says_that_it_is_a_sample():
    import pypdfium2

    for row in ROWS:
        if row["format"] == "pdf" and row["made_by"] in {"reportlab", "scan", "signed"}:
            assert pypdfium2.PdfDocument(CORPUS / row["file"]).get_metadata_dict()["Subject"] == MARK


@pytest.mark.parametrize("source", sources(), ids=lambda source: source.id)
def test_labels_name_their_documents_and_copy_their_words(source):
    file = GOLD / f"{source.id}.json"
    kept = json.loads(file.read_text(encoding="utf-8"))
    assert {one["doc"] for one in [kept, *kept["twins"]]} >= {file_name(source, rendering) for rendering in source.renderings}
    assert kept["split"] == source.split
    assert {key: kept[key] for key in labels(source)} == json.loads(json.dumps(labels(source)))
    assert list(check_gold.faults(file, CORPUS)) == []


def test_the_check_of_labels_finds_what_is_wrong(tmp_path):
    kept = json.loads((GOLD / "kh-cchc-bac-kan-2024.json").read_text(encoding="utf-8"))
    kept["twins"] = []
    kept["sha256"] = "0" * 64
    kept["tasks"][0] |= {"text": "Một việc không có trong văn bản zzz", "area": "nowhere"}
    kept["citations"][0]["issued_on"] = "2021-02-31"
    file = tmp_path / "wrong.json"
    file.write_text(json.dumps(kept), encoding="utf-8")
    told = "\n".join(check_gold.faults(file, CORPUS))
    assert "hash differs" in told
    assert "lacks ['zzz']" in told
    assert "'nowhere'" in told
    assert "2021-02-31" in told
