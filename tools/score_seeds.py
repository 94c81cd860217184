"""Score the extraction of chosen renderings of the five labelled documents: `python tools/score_seeds.py [-v] [--all] [FILE …]`.

Without FILE: the texts, DOCX and PDF of the documents in ../shared/corpus. Gold is found by hash, through gold/aliases.json for
renderings. `-v` lists every error, `-l LAYER` keeps it to one layer (header, tasks, indicators, citations, duties).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from extractor import pipeline
from extractor.errors import VanbanError
from extractor.readers import load
from extractor.scores import figures
from extractor.scores.facts import Sheet, from_records, suffix
from extractor.scores.judge import Outcome, judge

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def gold_by_number() -> dict[str, dict]:
    return {path.name[:3]: json.loads(path.read_text(encoding="utf-8")) for path in sorted((SHARED / "gold").glob("*.json"))}


def files() -> list[Path]:
    seeds = sorted((SHARED / "corpus/seeds").glob("*.txt"))
    rendered = SHARED / "corpus/rendered"
    return seeds + sorted(rendered.glob("00?.docx")) + sorted(rendered.glob("00?.pdf"))


def score_file(path: Path, gold: dict) -> figures.DocumentScore:
    start = time.perf_counter()
    try:
        document, records = pipeline.run(load(path))
        sheet = from_records(document, records)
        status, error = "ok", None
    except VanbanError as problem:
        sheet, status, error = Sheet("", str(path), {}, suffix(str(path))), "failed", str(problem)
    seconds = time.perf_counter() - start
    tally, outcomes = judge(gold, sheet)
    form = suffix(path.name)
    return figures.DocumentScore(gold["doc"], sheet.sha256, path.name, form, sheet.text_source, "", status, tally, outcomes, error, seconds)


def percent(value: float | None) -> str:
    return "    –" if value is None else f"{100 * value:5.1f}"


def print_table(score: figures.Score, by: str) -> None:
    parts = score.by(by)
    print(f"{'':42}{'all':>8}  " + "".join(f"{name[:9]:>10}" for name in parts) + "     goal  tp/fp/fn (same/pairs)")
    for index, whole in enumerate(figures.headlines(score, rounds=0)):
        cells = "".join(f"{percent(figures.headlines(part, rounds=0)[index].value):>10}" for part in parts.values())
        c = whole.counts
        mark = " " if whole.met is None else "+" if whole.met else "-"
        print(f"{mark} {whole.name:40}{percent(whole.value):>8}  {cells}    {percent(whole.goal)}  {c.tp}/{c.fp}/{c.fn} ({c.same}/{c.pairs})")


def print_error(document: figures.DocumentScore, outcome: Outcome) -> None:
    print(f"{document.path}  {outcome.layer}.{outcome.origin or '-'}  {outcome.id[:40]}  {outcome.kind}: {', '.join(outcome.wrong)}")
    gold, found = outcome.gold or {}, outcome.found or {}
    shown = outcome.wrong if outcome.kind == "differs" else ()
    names = [n for n in shown if n in gold or n in found] or [k for k in (gold or found) if k not in ("quote", "span", "page", "source", "columns")]
    if "record" in shown:
        names = list(dict.fromkeys(["text", "label", "value", "number", "who", "what", *names]))
    for name in names:
        for side, fact in (("gold ", gold), ("found", found)):
            if fact.get(name) not in (None, [], "", False):
                print(f"     {side} {name:12} {json.dumps(fact[name], ensure_ascii=False)[:300]}")
    if found.get("quote"):
        print(f"     page {found.get('page')} source {found.get('source')!r} quote {' '.join(found['quote'].split())[:200]!r}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("-v", action="store_true", help="list every error")
    parser.add_argument("-l", "--layer", help="list errors of one layer only, e.g. tasks or tasks.table")
    parser.add_argument("-w", "--wrong", help="list only errors in this field or kind (missing, extra, record, lead, unit …)")
    parser.add_argument("--by", default="format", help="columns: format, source, path")
    args = parser.parse_args()
    gold = gold_by_number()
    score = figures.Score(tuple(score_file(path, gold[path.name[:3]]) for path in args.files or files()))
    if args.v or args.layer or args.wrong:
        for document, outcome in figures.outcomes(score):
            place = f"{outcome.layer}.{outcome.origin}"
            if outcome.kind != "right" and place.startswith(args.layer or "") and (not args.wrong or args.wrong in outcome.wrong):
                print_error(document, outcome)
    print_table(score, args.by)
    for path, reason in score.failures:
        print(f"FAILED {path}: {reason}")
    print(f"{len(score.documents)} documents extracted in {sum(d.seconds or 0 for d in score.documents):.2f} s")


if __name__ == "__main__":
    sys.exit(main())
