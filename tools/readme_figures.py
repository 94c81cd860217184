"""The README's table of figures, from gold/scores.json: `python tools/readme_figures.py` writes it between the two marks there."""

from __future__ import annotations

from pathlib import Path

from extractor import scores

ROOT = Path(__file__).resolve().parent.parent
START, END = "<!-- figures: written by tools/readme_figures.py -->", "<!-- end of figures -->"
SPLITS = ("test", "real", "dev", "seeds")


def table() -> str:
    """Markdown: a row a figure, a column a split, with the documents of each in the head and the 95 % interval of test and real."""
    parts = scores.load_score(ROOT / "gold" / "scores.json").by("split")
    heads = [f"{split} ({len({d.source for d in parts[split].documents})} documents, {len(parts[split].documents)} files)" for split in SPLITS]
    rows = {split: {row["figure"]: row for row in scores.headline_rows(parts[split])} for split in SPLITS}
    lines = [f"| percent | {' | '.join(heads)} |", f"|---|{'---:|' * len(SPLITS)}"]
    for figure in rows[SPLITS[0]]:
        cells = [_shown(rows[split][figure], split in SPLITS[:2]) for split in SPLITS]
        lines += [f"| {figure} | {' | '.join(cells)} |"]
    return "\n".join(lines)


def _shown(row: dict, with_interval: bool) -> str:
    if row["%"] is None:
        return "–"
    bounds = f" [{row['low']:.0f}–{row['high']:.0f}]" if with_interval and row["low"] is not None else ""
    return f"{row['%']:.1f}{bounds} of {row['gold']}" if with_interval else f"{row['%']:.1f}"


def written(text: str) -> str:
    """The README with the table as it is to be."""
    before, _, rest = text.partition(START)
    return f"{before}{START}\n{table()}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    readme = ROOT / "README.md"
    readme.write_text(written(readme.read_text(encoding="utf-8")), encoding="utf-8")
