"""Long runs, by hand: `python -m tests.bench.endurance FOLDER [--files 10000] [--kills 20] [--jobs 2] [--only NAME …]`.

An archive of copies with changed bytes is read once undisturbed; then again and again with its parent killed (`kill -9`) at random
moments and run again; then with reading processes killed; then on a disk that is too small until room is made. Each must end in
exactly the rows of the undisturbed run. Results go to FOLDER/endurance.json.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from extractor.dataset import TABLES, open_dataset
from tests.bench import archives

SEED = 20261121


def command(source: Path, out: Path, jobs: int, log: Path) -> list[str]:
    return [
        sys.executable,
        "-m",
        "extractor.cli",
        "extract",
        str(source),
        "--out",
        str(out),
        "--jobs",
        str(jobs),
        "--ocr",
        "never",
        "-q",
        "--log",
        str(log),
    ]


def run(source: Path, out: Path, jobs: int) -> tuple[float, int, str]:
    """Wall seconds, exit code and last words of one run to its end."""
    start = time.perf_counter()
    done = subprocess.run(command(source, out, jobs, out.with_suffix(".log")), capture_output=True, text=True, check=False)
    return time.perf_counter() - start, done.returncode, (done.stdout + done.stderr).strip().splitlines()[-1]


def fingerprint(out: Path) -> dict[str, Any]:
    """Rows of each table: their number and a sum of their hashes, without what differs from run to run."""
    found = {}
    with open_dataset(out) as opened:
        for table in TABLES:
            without = "EXCLUDE (seconds, file_mtime_ns)" if table == "documents" else ""
            sql = f"SELECT count(*) AS n, sum(hash(t)::HUGEINT)::VARCHAR AS h FROM (SELECT * {without} FROM {table}) t"
            found[table] = tuple(opened.arrow(sql).to_pylist()[0].values())
    return found


def documents_told(log: Path) -> int:
    return log.read_text(encoding="utf-8").count('"event": "document"') if log.exists() else 0


def kill_parents(source: Path, out: Path, jobs: int, kills: int) -> dict[str, Any]:
    """`kill -9` of the parent at random moments, each followed by a rerun; the rows that each rerun found in place."""
    chance, log, kept, lost = random.Random(SEED), out.with_suffix(".log"), [], []
    log.unlink(missing_ok=True)
    total = sum(len(files) for _, _, files in os.walk(source))
    for _ in range(kills):
        before, start = documents_told(log), time.monotonic()
        process = subprocess.Popen(command(source, out, jobs, log), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        goal = before + chance.randrange(1, 2 * total // kills)
        while process.poll() is None and documents_told(log) < goal and time.monotonic() - start < 600:
            time.sleep(0.05)
        time.sleep(chance.random())
        family = [process, *psutil.Process(process.pid).children(recursive=True)] if process.poll() is None else []
        process.kill()
        process.wait()
        _, alive = psutil.wait_procs(family[1:], timeout=20)
        lost.append(len(alive))
        with contextlib.suppress(Exception), open_dataset(out) as opened:
            kept.append(int(opened.arrow("SELECT count(*) AS n FROM documents").to_pylist()[0]["n"]))
    seconds, code, said = run(source, out, jobs)
    return {"kills": kills, "documents_in_place_after_each": kept, "processes_left_behind": sum(lost), "last_run": [seconds, code, said]}


def kill_workers(source: Path, out: Path, jobs: int, kills: int) -> dict[str, Any]:
    """Reading processes killed while the run goes on; a file whose process is killed is tried again, so no row may change."""
    chance, killed = random.Random(SEED), 0
    process = subprocess.Popen(command(source, out, jobs, out.with_suffix(".log")), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    while process.poll() is None:
        time.sleep(chance.uniform(2, 6))
        with contextlib.suppress(psutil.Error, IndexError):
            if killed < kills:
                chance.choice(psutil.Process(process.pid).children()).kill()
                killed += 1
    assert process.stdout is not None
    return {"killed": killed, "code": process.returncode, "said": process.stdout.read().strip().splitlines()[-1]}


def fill_disk(source: Path, out: Path, jobs: int, size: int) -> dict[str, Any]:
    """On a file system of `size` bytes (a tmpfs, which needs root): stopped runs until it is made larger."""
    out.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(out)], check=True)
    try:
        stops = [run(source, out / "set", jobs)[1:] for _ in range(2)]
        with open_dataset(out / "set") as opened:
            readable = int(opened.arrow("SELECT count(*) AS n FROM documents").to_pylist()[0]["n"])
        subprocess.run(["mount", "-o", "remount,size=8g", str(out)], check=True)
        last = run(source, out / "set", jobs)
        return {"bytes": size, "stops": stops, "readable_when_full": readable, "last_run": last, "rows": fingerprint(out / "set")}
    finally:
        subprocess.run(["umount", str(out)], check=False)


def memory(log: Path) -> dict[str, float]:
    """MB that reading processes held after each file: mean of the first and the last tenth, and the largest."""
    events = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    held = [event["resident"] / 2**20 for event in events if event["event"] == "document" and event["resident"]]
    tenth = max(1, len(held) // 10)
    return {"first_tenth": sum(held[:tenth]) / tenth, "last_tenth": sum(held[-tenth:]) / tenth, "largest": max(held)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", nargs="*", default=["parents", "workers", "disk"])
    options = parser.parse_args()
    home, source = options.folder, options.folder / "in"
    if not source.exists():
        archives.build(source, options.files)
    results: dict[str, Any] = {"files": options.files, "jobs": options.jobs}

    def keep(name: str, value: Any) -> None:
        results[name] = value
        print(name, json.dumps(value, ensure_ascii=False), flush=True)
        (home / "endurance.json").write_text(json.dumps(results, indent=1, ensure_ascii=False), encoding="utf-8")

    calm = home / "calm"
    if not calm.exists():
        keep("undisturbed", run(source, calm, options.jobs))
    keep("memory", memory(calm.with_suffix(".log")))
    keep("rerun", run(source, calm, options.jobs))
    truth = fingerprint(calm)
    keep("rows", truth)
    tests: dict[str, Callable[[Path], dict[str, Any]]] = {
        "parents": lambda out: kill_parents(source, out, options.jobs, options.kills),
        "workers": lambda out: kill_workers(source, out, options.jobs, options.kills),
        "disk": lambda out: fill_disk(source, out, options.jobs, sum(file.stat().st_size for file in calm.rglob("*.parquet")) * 2 // 5),
    }
    for name in options.only:
        out = home / name
        shutil.rmtree(out, ignore_errors=True)
        told = tests[name](out)
        rows = told.pop("rows", None) or fingerprint(out)
        keep(name, {**told, "same_rows": rows == truth})


if __name__ == "__main__":
    main()
