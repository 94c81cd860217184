"""Measures and draws: `python -m tests.bench [--quick] [--only NAME …] [--out FOLDER]`; see docs/bench.md."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from tests.bench.measures import MEASURES, machine
from tests.bench.pdf_speed import PASSES


def draw(figures: dict[str, Any], path: Path) -> None:
    """A plot of what was measured."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    charts = [chart for chart in (_peers, _growth, _memory) if chart(figures, None)]
    if not charts:
        return
    plot, axes = plt.subplots(1, len(charts), figsize=(5 * len(charts), 4), squeeze=False)
    for chart, axis in zip(charts, axes[0], strict=True):
        chart(figures, axis)
    plot.tight_layout()
    plot.savefig(path, dpi=120)


def _peers(figures: dict[str, Any], axis: Any) -> bool:
    rows = figures.get("peers", {}).get("files")
    if not rows or axis is None:
        return bool(rows)
    names = list(PASSES)
    pages = sum(row["pages"] for row in rows.values())
    axis.bar(names, [sum(row[name] * row["pages"] for row in rows.values()) / pages for name in names])
    axis.set_yscale("log")
    axis.set_title("ms a page, born-digital PDF")
    return True


def _growth(figures: dict[str, Any], axis: Any) -> bool:
    found = figures.get("growth", {}).get("ms_per_page")
    if not found or axis is None:
        return bool(found)
    axis.plot([int(size) for size in found], list(found.values()), marker="o")
    axis.set_xscale("log")
    axis.set_ylim(bottom=0)
    axis.set_xlabel("pages of each document")
    axis.set_title("ms a page, the same 500 pages")
    return True


def _memory(figures: dict[str, Any], axis: Any) -> bool:
    found = figures.get("archive", {}).get("one")
    if not found or axis is None:
        return bool(found)
    axis.plot(found["resident_mb"]["every_hundredth"])
    axis.set_xlabel("hundredths of the run")
    axis.set_ylim(bottom=0)
    axis.set_title(f"MB held by a reading process over {found['files']} files")
    return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds, small archives: a look, not a figure")
    parser.add_argument("--only", nargs="*", choices=list(MEASURES), default=list(MEASURES))
    parser.add_argument("--out", type=Path, default=Path("out/bench"))
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    figures: dict[str, Any] = {"machine": machine(), "quick": options.quick}
    for name in options.only:
        print(f"== {name}", flush=True)
        figures[name] = MEASURES[name](options.quick)
        (options.out / "bench.json").write_text(json.dumps(figures, indent=1, ensure_ascii=False), encoding="utf-8")
        if name != "peers":
            print(json.dumps(figures[name], indent=1, ensure_ascii=False)[:3000])
    draw(figures, options.out / "bench.png")
    print(f"written: {options.out / 'bench.json'}, {options.out / 'bench.png'}")


if __name__ == "__main__":
    main()
