"""Labels out to labelling tools and back in: whole data sets as pre-annotation, finished work as gold to be checked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from extractor.dataset import open_dataset
from extractor.errors import GoldError
from extractor.review.judging import rows_of
from extractor.scores import Gold, Sheet, from_rows, pair, read_gold
from extractor.scores.exchange import brat_config, from_brat, from_label_studio, label_config, to_brat, to_label_studio
from extractor.scores.gold import check

FORMS = ("label-studio", "brat")


def export_labels(data: str, to: Path, form: str, gold: Sequence[Path] = (), *, version: str = "") -> list[Path]:
    """Write a data set's documents for labelling: what was found as pre-annotation, or, with `gold`, the labels themselves.

    For Label Studio `tasks.json` and `labels.xml` (its interface); for brat a `.txt` and `.ann` each and `annotation.conf`. The files written.

    Raises: GoldError, DatasetError.
    """
    with open_dataset(data) as opened:
        tables = rows_of(opened, [row["doc_id"] for row in opened.table("documents").to_pylist() if row["doc_id"]])
    sheets = [sheet for sheet in from_rows(tables) if sheet.text]
    chosen = list(pair(read_gold(gold), sheets)) if gold else [(sheet, sheet) for sheet in sheets]
    to.mkdir(parents=True, exist_ok=True)
    if form == "label-studio":
        tasks = [to_label_studio(labels, sheet.text or "", version) for labels, sheet in chosen]
        files = {"tasks.json": json.dumps(tasks, ensure_ascii=False), "labels.xml": label_config()}
    else:
        files = {"annotation.conf": brat_config()} | dict(_brat_files(chosen))
    for name, content in files.items():
        (to / name).write_text(content, encoding="utf-8", newline="\n")
    return [to / name for name in files]


def _brat_files(chosen: Sequence[tuple[Gold | Sheet, Sheet]]) -> Iterator[tuple[str, str]]:
    for labels, sheet in chosen:
        name = f"{re.sub(r'[^0-9A-Za-z_-]+', '_', Path(sheet.path).stem)}-{sheet.sha256[:8]}"
        text, ann = to_brat(labels, sheet.text or "")
        yield from ((f"{name}.txt", text), (f"{name}.ann", ann))


def import_labels(files: Sequence[Path], to: Path, signed: bool = False) -> tuple[list[Path], list[str]]:
    """Labels from Label Studio (`.json`) and brat (`.ann` with its `.txt`) as files in the form of the guidelines.

    The files written, and what still keeps them from being gold (a line each); `signed`: a person has read all pre-annotation.

    Raises: GoldError where a file is damaged or does not fit its text: all faults of all files in one go.
    """
    made: list[tuple[str, dict[str, Any]]] = []
    faults: list[str] = []
    for file in files:
        try:
            made += _imported(file, signed)
        except (GoldError, OSError, ValueError, KeyError) as error:
            faults += [f"{file.name}: {line}" for line in (error.reason if isinstance(error, GoldError) else f"cannot be read: {error}").splitlines()]
    if faults:
        raise GoldError("\n".join(faults), remedy="mend the files, or export them again")
    to.mkdir(parents=True, exist_ok=True)
    for name, facts in made:
        (to / name).write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return [to / name for name, _ in made], [f"{name}: {where}: {reason}" for name, facts in made for where, reason in check(facts)]


def _imported(file: Path, signed: bool) -> list[tuple[str, dict[str, Any]]]:
    if file.suffix == ".ann":
        text, ann = (path.read_bytes().decode("utf-8") for path in (file.with_suffix(".txt"), file))  # line ends as they are
        return [(f"{file.stem}.json", from_brat(text, ann.replace("\r\n", "\n"), signed))]
    tasks = json.loads(file.read_text(encoding="utf-8"))
    labels = [from_label_studio(task, signed) for task in (tasks if isinstance(tasks, list) else [tasks])]
    return [(f"{Path(str(facts.get('doc') or file.stem)).stem}-{str(facts.get('sha256'))[:8]}.json", facts) for facts in labels]
