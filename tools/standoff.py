"""Labels with words → labels that point into their document, and back.

    python tools/standoff.py LABELS.json DOCUMENT -o gold/real/NAME.json      words → offsets
    python tools/standoff.py --back gold/real/NAME.json DOCUMENT              offsets → words, on the terminal

DOCUMENT stays where it is; nothing of its words is written. `--reference FILE` points the offsets into another file with the same
words (a transcript of a scan), whose name below the documents' folder is kept in the labels. What cannot be found is listed and
nothing is written, unless `--drop` leaves those values out (null, or not in the list): only for values that no record depends on.
With it a format that has no reference text (legacy DOC) keeps its values in normal form.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path

from extractor.errors import UnknownFormat, VanbanError
from extractor.readers.reference import reference_text
from extractor.scores import standoff
from extractor.scores.gold import check


def without(gold: dict, problems: list[str]) -> dict:
    """Labels without the strings that could not be found."""
    lost = {problem.partition(": ")[0] for problem in problems}

    def drop(where: str, name: str, value: object) -> object:
        return None if where in lost else value

    def tidy(value: object) -> object:
        if isinstance(value, dict):
            return {key: tidy(item) for key, item in value.items()}
        return [tidy(item) for item in value if item is not None] if isinstance(value, list) else value

    return tidy(standoff.walk(gold, drop))


def characters(args: argparse.Namespace) -> str:
    try:
        return reference_text(args.reference or args.document)
    except UnknownFormat:
        if not args.drop:
            raise
        return ""


def to_standoff(args: argparse.Namespace) -> int:
    gold = json.loads(args.labels.read_text(encoding="utf-8"))
    text = characters(args)
    faults = [f"{where}: {reason}" for where, reason in check(gold)]
    if hashlib.sha256(args.document.read_bytes()).hexdigest() != gold.get("sha256"):
        faults.append(f"sha256: {args.document.name} has another hash")
    made, lost = standoff.to_standoff(gold, text)
    if lost and args.drop:
        made, _ = standoff.to_standoff(without(gold, lost), text)
        print(f"left out, not found in the text: {len(lost)}", *lost, sep="\n  ", file=sys.stderr)
    elif lost:
        faults += [f"not found in the text: {problem}" for problem in lost]
    if faults:
        print(f"{args.labels}: {len(faults)} faults", *faults, sep="\n  ", file=sys.stderr)
        return 1
    made["split"] = args.split
    if args.reference:
        made["reference"] = f"{args.reference.parent.name}/{args.reference.name}"
    text = json.dumps(made, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    args.out.write_text(text.replace('],"', '],\n"').replace('},{"', '},\n{"') + "\n", encoding="utf-8")
    return 0


def back(args: argparse.Namespace) -> int:
    made, faults = standoff.from_standoff(json.loads(args.labels.read_text(encoding="utf-8")), reference_text(args.reference or args.document))
    print(*faults, sep="\n", file=sys.stderr)
    json.dump(made, sys.stdout, ensure_ascii=False, indent=1)
    return 1 if faults else 0


def main() -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # whatever the terminal's own encoding is
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", type=Path)
    parser.add_argument("document", type=Path)
    parser.add_argument("-o", "--out", type=Path)
    parser.add_argument("--reference", type=Path)
    parser.add_argument("--back", action="store_true")
    parser.add_argument("--split", default="real", help="what the document counts as in the scores")
    parser.add_argument("--drop", action="store_true")
    args = parser.parse_args()
    if not args.back and args.out is None:
        parser.error("say with -o where to write")
    try:
        return back(args) if args.back else to_standoff(args)
    except VanbanError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
