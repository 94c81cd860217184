"""Extract every labelled document and record the scores beside the labels: `python tools/record_scores.py [--check] [--page FILE]`.

Writes gold/scores.json (counts and hashes, none of the documents' words). Labelled documents outside the project (../shared/corpus) are
scored where they are at hand; otherwise what was recorded of them stays. `--check` writes nothing and says which layers fell.
`--page` writes all errors as one HTML page.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from extractor import pipeline, scores
from extractor.errors import VanbanError
from extractor.readers import Source, open_sources
from extractor.scores import GoldSet, Score, Sheet
from extractor.scores.facts import suffix

ROOT = Path(__file__).resolve().parent.parent
GOLD, CORPUS = ROOT / "gold", ROOT / "corpus"
RECORDED = GOLD / "scores.json"
SHARED = ROOT.parent / "shared" / "corpus"
OUTSIDE = (SHARED / "real", SHARED / "seeds", SHARED / "rendered")
# of the many renderings of the five documents outside, those that are scored every time: the plain ones of each format
RENDERINGS = ("00?.docx", "00?.pdf")


def samples() -> tuple[GoldSet, list[Source]]:
    """The labels of the samples, and the documents they hold for."""
    gold = scores.read_gold([GOLD], [CORPUS], manifest=CORPUS / "MANIFEST.tsv")
    return gold, list(_known(gold, sorted(p for p in CORPUS.rglob("*") if p.is_file())))


def outside() -> tuple[GoldSet, list[Source]]:
    """The labels of real documents, and those documents that are here."""
    gold = scores.read_gold([GOLD / "real"], OUTSIDE)
    files = [path for folder in OUTSIDE[:2] for path in sorted(folder.rglob("*")) if path.is_file()]
    files += [path for form in RENDERINGS for path in sorted(OUTSIDE[2].glob(form))]
    return gold, list(_known(gold, files))


def _known(gold: GoldSet, files: list[Path]) -> Iterator[Source]:
    """The documents that labels hold for, those inside of archives and e-mails too."""
    labelled = {label.sha256 for label in gold.labels} | set(gold.aliases)
    sources = (source for path in files for source in open_sources(path))
    return (s for s in sources if isinstance(s, Source) and hashlib.sha256(s.data).hexdigest() in labelled)


def extract(source: Source) -> Sheet:
    start = time.perf_counter()
    name = Path(source.path).name
    try:
        document, records = pipeline.run(source)
    except Exception as error:  # as in a run over many files: whatever breaks on one file costs that file alone
        sha256 = hashlib.sha256(source.data).hexdigest()
        reason = f"{error.code}: {error.reason}" if isinstance(error, VanbanError) else f"E_CRASH: {error!r}"
        return Sheet(sha256, name, {}, suffix(name), status="failed", error=reason)
    sheet = scores.from_records(document, records)
    return Sheet(sheet.sha256, name, sheet.facts, sheet.format, sheet.text_source, seconds=time.perf_counter() - start, text=sheet.text)


def score(gold: GoldSet, sources: list[Source]) -> Score:
    return scores.score_documents(scores.pair(gold, [extract(source) for source in sources]))


def merged(now: Score, recorded: Score | None) -> Score:
    """What was scored now, and what was recorded of labelled real documents that are not here."""
    here = {document.sha256 for document in now.documents}
    away = [d for d in recorded.documents if d.sha256 not in here and d.split in ("real", "seeds")] if recorded and not SHARED.is_dir() else []
    return Score(tuple(sorted((*now.documents, *away), key=lambda d: (d.split, d.source, d.format, d.sha256))), now.machine)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--page", type=Path)
    args = parser.parse_args()
    start = time.perf_counter()
    parts = [score(*samples()), score(*outside())]
    now = Score(tuple(d for part in parts for d in part.documents), {**scores.machine(), "extract_seconds": round(time.perf_counter() - start, 1)})
    recorded = scores.load_score(RECORDED) if RECORDED.exists() else None
    for split, part in now.by("split").items():
        print(f"\n{split}: {len(part.documents)} files of {len({d.source for d in part.documents})} documents")
        for row in scores.headline_rows(part):
            shown = "   –  " if row["%"] is None else f"{row['%']:6.1f}"
            print(f"  {row['figure']:40} {shown}  [{row['low']} {row['high']}]  {row['right']} of {row['gold']} gold, {row['found']} found")
    for path, reason in now.failures:
        print(f"FAILED {path}: {reason}")
    fallen = scores.falls(recorded, now) if recorded else []
    for fall in fallen:
        print(f"FELL {fall.split} {fall.layer}: {fall.recorded:.1f} → {fall.now:.1f}")
    if args.page:
        from extractor.review.changes import changes_page

        args.page.write_text(changes_page(scores.errors(now), now, title="Errors"), encoding="utf-8")
    if not args.check:
        scores.save_score(merged(now, recorded), RECORDED, whole=False)
    return 1 if args.check and fallen else 0


if __name__ == "__main__":
    sys.exit(main())
