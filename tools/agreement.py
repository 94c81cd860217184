"""How far two labellers agree: `python tools/agreement.py FIRST SECOND`, two folders of labels with the same file names.

F1 per layer with the second pass held against the first; which is which changes precision for recall, never F1.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from extractor import scores
from extractor.scores import Gold, Sheet


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("-v", action="store_true", help="list every difference")
    args = parser.parse_args()
    pairs = []
    for path in sorted(args.first.glob("*.json")):
        if (args.second / path.name).is_file():
            one, other = (json.loads((folder / path.name).read_text(encoding="utf-8")) for folder in (args.first, args.second))
            pairs.append((Gold(path.name, one["doc"], one["sha256"], one), Sheet(other["sha256"], other["doc"], other)))
    score = scores.score_documents(pairs)
    print(f"{len(pairs)} documents labelled twice")
    for row in scores.layer_rows(score):
        counts = f"{row['support']:5} / {row['found']:5}"
        print(f"{row['layer']:12} {row['origin']:10} {counts}   strict {row['strict F1']}  soft {row['soft F1']}  alike {row['alike F1']}")
    for row in scores.change_rows(scores.errors(score)) if args.v else ():
        if row["error"] != "evidence":
            print(f"{row['document']} {row['layer']} {row['error']}: {row['gold']!r} / {row['now']!r}")


if __name__ == "__main__":
    main()
