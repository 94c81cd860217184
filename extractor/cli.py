"""The command `vanban`: words, progress and exit codes over plain functions.

Exit codes: 0 all went well; 1 a file failed, or what was asked for could not be done; 2 wrong usage;
3 stopped early (disk full) and can be resumed; 130 interrupted and can be resumed.
"""

from __future__ import annotations

import json
import os
import re
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from extractor.errors import VanbanError

if TYPE_CHECKING:
    from extractor.archive import Summary
    from extractor.review.judging import Judged

app = typer.Typer(
    name="vanban",
    help="Reads the plans, reports and letters of Vietnamese public bodies into tables.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

DataDir = Annotated[str, typer.Argument(metavar="DATASET", help="Folder (or URL) that `extract` wrote.")]


@app.command()
def extract(
    paths: Annotated[list[str] | None, typer.Argument(help="Files, folders and URLs, any mix of formats.")] = None,
    out: Annotated[str, typer.Option("--out", "-o", help="Folder (or URL) of the data set.")] = "",
    listed: Annotated[str | None, typer.Option("--from", help="File that lists more paths, one a line, as --failures writes it.")] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, help="Reading processes; 0: as many as there are cores.")] = 0,
    ocr: Annotated[str, typer.Option(help="auto: pages without usable text; never; always.")] = "auto",
    force: Annotated[bool, typer.Option("--force", help="Extract everything anew.")] = False,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Try again what failed, or came out only in part.")] = False,
    verify: Annotated[bool, typer.Option("--verify", help="Compare contents where size and date are unchanged, too.")] = False,
    prune: Annotated[bool, typer.Option("--prune", help="Take files out of the data set that are no longer there.")] = False,
    exclude: Annotated[list[str] | None, typer.Option(help="Pass over files and folders of this name (pattern).")] = None,
    max_pages: Annotated[int, typer.Option(min=1, help="Pages read of one document.")] = 2000,
    max_seconds: Annotated[float, typer.Option(min=0.1, help="Seconds for one document.")] = 600.0,
    max_memory: Annotated[int, typer.Option(min=256, help="MB of memory for one document.")] = 2048,
    max_bytes: Annotated[int, typer.Option(min=1, help="MB one file may have.")] = 1024,
    max_output: Annotated[int, typer.Option(min=1, help="MB of tables one file may give.")] = 512,
    engine: Annotated[str, typer.Option(help="local: processes of this machine; dask: a cluster.")] = "local",
    scheduler: Annotated[str | None, typer.Option(help="Address of the Dask scheduler, tcp://HOST:8786.")] = None,
    failures: Annotated[str | None, typer.Option(help="Write what failed to this file: path, tab, reason.")] = None,
    log: Annotated[str | None, typer.Option(help="Append what happens to this file, one JSON object a line.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")] = False,
) -> None:
    """Read files and folders into a data set. Run again, it reads only what is new or changed.

    Leaves with 0 when all went well, 1 when a file failed, 2 on wrong usage, 3 when stopped early by a full disk, 130 when
    interrupted; after 3 and 130, the same command goes on where it was.
    """
    from extractor import archive
    from extractor.readers.formats import ReadOptions

    inputs = [*(paths or ()), *_listed(listed)]
    _check_usage(inputs, out, ocr, engine, scheduler)
    options = archive.RunOptions(
        read=ReadOptions(ocr=ocr, max_pages=max_pages, max_seconds=max_seconds),
        limits=archive.Limits(max_seconds, max_memory << 20, max_bytes << 20, max_output << 20),
        jobs=jobs or os.cpu_count() or 1,
        force=force,
        verify=verify,
        prune=prune,
        retry_failed=retry_failed,
        scheduler=scheduler,
        exclude=tuple(exclude or ()),
    )
    with _Display(inputs, quiet, log) as display:
        summary = archive.run(inputs, out, options, display.hear)
    _report(summary, out, failures)


def _check_usage(inputs: list[str], out: str, *words: str | None) -> None:
    ocr, engine, scheduler = words
    if not inputs:
        raise typer.BadParameter("give files, folders or URLs to read", param_hint="PATHS")
    if not out:
        raise typer.BadParameter("say where the data set goes: --out FOLDER", param_hint="--out")
    if ocr not in ("auto", "never", "always"):
        raise typer.BadParameter("auto, never or always", param_hint="--ocr")
    if engine not in ("local", "dask") or (engine == "dask") != (scheduler is not None):
        raise typer.BadParameter("local, or dask together with --scheduler", param_hint="--engine")


def _listed(path: str | None) -> list[str]:
    if path is None:
        return []
    try:
        with sys.stdin if path == "-" else open(path, encoding="utf-8") as file:
            return [line.split("\t")[0] for line in file.read().splitlines() if line.strip()]
    except OSError as error:
        raise typer.BadParameter(f"{path}: {error.strerror}", param_hint="--from") from error


class _Display:
    """Tells of a run as it goes: a bar on a terminal, a line now and then elsewhere; failures at once, on standard error."""

    EVERY = 10.0  # seconds between two lines

    def __init__(self, inputs: list[str], quiet: bool, log: str | None) -> None:
        self.inputs, self.quiet = inputs, quiet
        self.log = open(log, "a", encoding="utf-8") if log else None  # noqa: SIM115 (closed with the display)
        self.seen = self.failed = 0
        self.started = self.told = time.monotonic()
        self.bar: Any = None
        self.total: int | None = None

    def __enter__(self) -> _Display:
        if not self.quiet and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

            words = TextColumn("{task.fields[rate]} · {task.fields[failed]} failed")
            columns = (BarColumn(), MofNCompleteColumn(), words, TimeElapsedColumn(), TextColumn("left:"), TimeRemainingColumn())
            self.bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self.line = self.bar.add_task("", total=None, rate="", failed=0)
            self.bar.start()
            threading.Thread(target=self._count, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.stop()
        if self.log is not None:
            self.log.close()

    def _count(self) -> None:
        from extractor.archive.inputs import count_files

        self.bar.update(self.line, total=count_files(self.inputs))

    def hear(self, event: dict[str, Any]) -> None:
        """Take in an event of the run."""
        kind = event["event"]
        if self.log is not None and kind != "unchanged":
            self.log.write(json.dumps({"time": time.strftime("%Y-%m-%dT%H:%M:%S%z"), **event}, ensure_ascii=False) + "\n")
            self.log.flush()
        if kind == "document" and event["status"] == "failed":
            self.failed += 1
            self._say(f"{plain(event['path'])}: {plain(event['error'])}")
        self.seen += kind in ("document", "unchanged", "moved")
        self._tell()

    def _say(self, line: str) -> None:
        if self.bar is not None:
            from rich.text import Text

            self.bar.console.print(Text(line), soft_wrap=True)
        else:
            print(line, file=sys.stderr, flush=True)

    def _tell(self) -> None:
        now = time.monotonic()
        rate = self.seen / max(now - self.started, 0.001)
        if self.bar is not None:
            if now - self.told > 0.1:
                self.told = now
                self.bar.update(self.line, completed=self.seen, rate=f"{rate:.1f} files/s", failed=self.failed)
        elif not self.quiet and now - self.told > self.EVERY:
            self.told = now
            print(f"{self.seen} files, {self.failed} failed, {rate:.1f} files/s", file=sys.stderr, flush=True)


def _report(summary: Summary, out: str, failures: str | None) -> None:
    """Say what a run did, and leave with its exit code."""
    failed = len(summary.failures)
    if failures is not None:
        with open(failures, "w", encoding="utf-8") as file:
            file.writelines(f"{path}\t{plain(reason)}\n" for path, reason in summary.failures)
    optional = ((summary.unchanged, "unchanged"), (summary.moved, "moved"), (summary.pruned, "pruned"))
    rare = "".join(f", {count} {word}" for count, word in optional if count)
    typer.echo(
        f"{summary.found} files{rare}: {summary.ok} ok, {summary.partial} partial, {failed} failed;"
        f" {summary.pages} pages in {summary.seconds:.1f} s → {out}"
    )
    if failed > 1:
        reasons = Counter(reason.split(":")[0] for _, reason in summary.failures)
        typer.echo("failed: " + ", ".join(f"{count} × {code}" for code, count in reasons.most_common()))
    if summary.slowest and summary.slowest[0][0] > 5:
        typer.echo("slowest: " + ", ".join(f"{plain(path)} ({seconds:.0f} s)" for seconds, path in summary.slowest[:3]))
    if summary.missing:
        typer.echo(f"{summary.missing} files of the data set are no longer there (--prune takes them out)")
    if summary.stopped:
        typer.echo(f"vanban: {summary.stopped}; what was finished is safe, run the same command again to go on", err=True)
        raise typer.Exit(130 if summary.stopped == "interrupted" else 3)
    raise typer.Exit(1 if failed else 0)


@app.command()
def show(
    data: DataDir,
    table: Annotated[str, typer.Option("--table", "-t", help="Which table.")] = "tasks",
    doc: Annotated[str | None, typer.Option(help="Only documents whose path, number or id contains this.")] = None,
    agency: Annotated[str | None, typer.Option(help="Only rows of an agency whose name contains this.")] = None,
    due_before: Annotated[str | None, typer.Option(help="Only what is due on or before this day (YYYY-MM-DD).")] = None,
    due_after: Annotated[str | None, typer.Option(help="Only what is due on or after this day (YYYY-MM-DD).")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Rows at most.")] = 50,
) -> None:
    """Show a table in the terminal."""
    from extractor.dataset import TABLES, Wanted, list_rows, open_dataset

    if table not in TABLES:
        raise typer.BadParameter(f"no table {table!r}; one of {', '.join(TABLES)}", param_hint="--table")
    wanted = Wanted(doc, agency, _day(due_after, "--due-after"), _day(due_before, "--due-before"))
    with open_dataset(data) as opened:
        rows = list_rows(opened, table, wanted, limit + 1)
        _print_table(rows[:limit], title=table)
    if len(rows) > limit:
        typer.echo(f"only the first {limit} rows are shown (--limit)")


def _day(text: str | None, option: str) -> str | None:
    import datetime

    try:
        return text and datetime.date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no day; write YYYY-MM-DD", param_hint=option) from error


@app.command()
def query(
    data: DataDir,
    sql: Annotated[str, typer.Argument(help="One SELECT, in DuckDB's SQL.")],
    form: Annotated[str, typer.Option("--format", "-f", help="table, csv or jsonl.")] = "table",
) -> None:
    """Ask in SQL; the tables are views, nothing else can be read or written."""
    from extractor.dataset import open_dataset

    if form not in ("table", "csv", "jsonl"):
        raise typer.BadParameter("table, csv or jsonl", param_hint="--format")
    with open_dataset(data) as opened:
        rows = opened.arrow(sql).to_pylist()
    if form == "table":
        _print_table(rows)
    else:
        _write_rows(rows, form)


def _write_rows(rows: list[dict[str, Any]], form: str) -> None:
    import csv

    from extractor.dataset.exports import harmless

    if form == "jsonl":
        sys.stdout.writelines(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows)
    elif rows:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(rows[0])
        writer.writerows([harmless(value) for value in row.values()] for row in rows)


@app.command()
def export(
    data: DataDir,
    to: Annotated[str, typer.Option("--to", help="File or folder; its suffix says how: .xlsx .csv .jsonl .duckdb .sqlite .ics")],
    tables: Annotated[list[str] | None, typer.Option("--table", "-t", help="Only these tables.")] = None,
    events: Annotated[bool, typer.Option("--events", help=".ics: all-day events, for calendars that show no tasks (Google).")] = False,
) -> None:
    """Write the data set to a file, or a folder of files, for other programs."""
    from extractor.dataset import export as write
    from extractor.dataset import open_dataset

    with open_dataset(data) as opened:
        for note in write(opened, to, tables or (), events=events):
            typer.echo(f"note: {plain(note)}", err=True)
    typer.echo(f"written: {to}")


@app.command()
def schema(table: Annotated[str | None, typer.Argument(help="Only this table.")] = None) -> None:
    """List the tables of a data set and their columns."""
    from extractor.dataset import TABLES

    if table is not None and table not in TABLES:
        raise typer.BadParameter(f"no table {table!r}; one of {', '.join(TABLES)}", param_hint="TABLE")
    for name, columns in TABLES.items():
        if table in (None, name):
            typer.echo(f"{name}: " + ", ".join(f"{column} ({kind})" for column, kind in columns))


@app.command()
def explain(data: DataDir, record: Annotated[str, typer.Argument(metavar="ID", help="An id that `show` lists: of a task, duty, document …")]) -> None:
    """Show where a record comes from: quote, page, box, and the pattern or column that made it."""
    from extractor.dataset import explain as find
    from extractor.dataset import open_dataset

    with open_dataset(data) as opened:
        found = find(opened, record)
    for item in found:
        typer.echo(f"{item.table}: " + plain(", ".join(f"{path} ({number or 'no number'})" for path, number in item.documents)))
        for heading in item.headings:
            typer.echo(f"  {'under':<14} {plain(heading)}")
        for name, value in item.row.items():
            if value is not None and value != [] and name not in ("doc_id", "path"):
                typer.echo(f"  {name:<14} {_cell(value)}")


# Control characters, and those that turn the direction of writing, could steer a terminal or disguise what it shows.
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """The text on one line with everything that steers a terminal made visible (`\\x1b`)."""
    return _STEERING.sub(lambda match: f"\\x{ord(match[0]):02x}", " ".join(text.split(" ")).replace("\n", " ").replace("\t", " "))


def _cell(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(_cell(item) for item in value)
    if isinstance(value, float):
        return f"{value:.10g}"
    return "" if value is None else plain(str(value))


SHORT, SHORTEST = 20, 10  # letters; columns with nothing longer are not wrapped, the second on a narrow terminal
NARROW = 100  # letters a line
ROOM = 8  # letters that a wrapped column needs to be read
_BESIDE = frozenset({"macro %", "macro F1", "pairs", "same", "strict F1", "soft F1", "low", "high"})  # left out where narrow


def _print_table(rows: list[dict[str, Any]], title: str | None = None) -> None:
    """Print rows; columns that are empty in all of them are left out."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(soft_wrap=False)
    if not rows:
        console.print("no rows")
        return
    columns = {name: [_cell(row[name]) for row in rows] for name in rows[0]}
    columns = {name: cells for name, cells in columns.items() if any(cells)} or columns
    table = Table(title=title, show_lines=True, padding=(0, 1) if console.width >= NARROW else 0)
    whole = _whole(columns, console.width)
    for name in columns:
        table.add_column(Text(plain(name)), overflow="fold", no_wrap=name in whole)
    for line in zip(*columns.values(), strict=True):
        table.add_row(*map(Text, line))
    console.print(table)


def _whole(columns: dict[str, list[str]], width: int) -> set[str]:
    """The columns that are not to be wrapped: short ones (a day, a number, a code), where that leaves the others room."""
    longest = {name: max(map(len, [name, *cells])) for name, cells in columns.items()}
    if width >= NARROW:
        return {name for name, letters in longest.items() if letters <= SHORT}
    short = {name for name, letters in longest.items() if letters <= SHORTEST}
    needed = 1 + sum((longest[name] if name in short else ROOM) + 1 for name in columns)  # with borders
    return short if needed <= width else set()


@app.command()
def score(
    data: DataDir,
    gold: Annotated[list[Path], typer.Argument(help="Labels: files, or folders of them.")],
    documents: Annotated[list[Path] | None, typer.Option(help="Folder of the labelled files, for labels by offsets and to compare hashes.")] = None,
    manifest: Annotated[Path | None, typer.Option(help="Table of the corpus that gives each file's split (columns sha256, split).")] = None,
    against: Annotated[str | None, typer.Option(help="Older data set, or score kept with --json: show gains and losses.")] = None,
    by: Annotated[str | None, typer.Option(help="Figures side by side by format, text_source, split, source or path.")] = None,
    fields: Annotated[str | None, typer.Option(help="Also every field of this layer.")] = None,
    limit: Annotated[int, typer.Option(min=0, help="Gains, losses or errors listed at most.")] = 30,
    json_file: Annotated[Path | None, typer.Option("--json", help="Keep the whole score in this file.")] = None,
    changes: Annotated[Path | None, typer.Option(help="Write gains and losses (or all errors) to this JSON file.")] = None,
    page: Annotated[Path | None, typer.Option(help="Write them to this HTML page, to be looked at.")] = None,
    partial: Annotated[bool, typer.Option("--partial", help="Allow labels whose document is not in the data set.")] = False,
) -> None:
    """Hold a data set against labels made by hand: what is right, wrong, missed, and what changed."""
    from extractor import scores
    from extractor.review.changes import changes_page
    from extractor.review.judging import judge_dataset

    if by not in (None, "format", "text_source", "split", "source", "path"):
        raise typer.BadParameter("format, text_source, split, source or path", param_hint="--by")
    if fields not in (None, *scores.LAYERS):
        raise typer.BadParameter(f"one of {', '.join(scores.LAYERS)}", param_hint="--fields")
    with _all_faults():
        judged = judge_dataset(data, gold, documents or (), manifest=manifest, against=against, partial=partial)
    _print_scores(judged, by, fields, limit)
    if json_file:
        scores.save_score(judged.score, json_file)
    if changes:
        changes.write_text(json.dumps([change.plain() for change in judged.turned], ensure_ascii=False, indent=1), encoding="utf-8")
    if page:
        title = "Gains and losses" if judged.old else "Errors"
        page.write_text(changes_page(judged.turned, judged.score, judged.old, title), encoding="utf-8")


def _print_scores(judged: Judged, by: str | None, fields: str | None, limit: int) -> None:
    from rich.console import Console

    from extractor import scores

    score = judged.score
    wide = Console().width >= NARROW
    for path, reason in judged.gold.skipped:
        typer.echo(f"NOT SCORED {plain(path)}: {plain(reason)}", err=True)
    for path in judged.strangers:
        typer.echo(f"NOT COMPARED {plain(path)}: only one of the two has it", err=True)
    _print_table([_narrow(row, wide) for row in scores.headline_rows(score, judged.old)], title="Figures (alike), percent, with 95 % intervals")
    _print_table([_narrow(row, wide) for row in scores.layer_rows(score)], title="Layers, percent")
    if by:
        _print_table(scores.part_rows(score, by), title=f"Figures by {by}, percent")
    if fields:
        _print_table([_narrow(row, wide) for row in scores.field_rows(score, fields)], title=f"Fields of {fields}, percent")
    rows = scores.change_rows(judged.turned)
    if limit and rows:
        _print_table(rows[:limit], title=f"{'Gains and losses' if judged.old else 'Errors'}: {min(limit, len(rows))} of {len(rows)}")
    if score.failures:
        _print_table(scores.failure_rows(score), title="Not read: all their labels count as missed")
    sources, m = {document.source for document in score.documents}, score.machine
    typer.echo(
        f"{len(score.documents)} files of {len(sources)} labelled documents, {len(score.failures)} not read, scored in {m['score_seconds']} s,"
        f" read in {sum(d.seconds or 0.0 for d in score.documents):.1f} s; {m['cores']} cores, {m['processor']}, Python {m['python']}"
    )


def _narrow(row: dict[str, Any], wide: bool = True) -> dict[str, Any]:
    """What a terminal has room for; --json has all."""
    fit = {name: value for name, value in row.items() if not name.startswith(("strict ", "soft ")) or name.endswith("F1")}
    return fit if wide else {name: value for name, value in fit.items() if name not in _BESIDE}


labels_app = typer.Typer(help="Labels out to Label Studio and brat, and back in.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(labels_app, name="labels")


@labels_app.command("export")
def labels_export(
    data: DataDir,
    to: Annotated[Path, typer.Option("--to", help="Folder to write to.")],
    form: Annotated[str, typer.Option("--format", "-f", help="label-studio or brat.")] = "label-studio",
    gold: Annotated[list[Path] | None, typer.Option(help="Write these labels instead of what was found.")] = None,
) -> None:
    """Write documents for labelling. What the program found goes out as pre-annotation and never comes back as gold unread."""
    from extractor import __version__
    from extractor.review.labelling import FORMS, export_labels

    if form not in FORMS:
        raise typer.BadParameter(" or ".join(FORMS), param_hint="--format")
    with _all_faults():
        files = export_labels(data, to, form, gold or (), version=__version__)
    typer.echo(f"written: {len(files)} files in {to}")


@labels_app.command("import")
def labels_import(
    files: Annotated[list[Path], typer.Argument(help="Label Studio exports (.json) or brat files (.ann, their .txt beside them).")],
    to: Annotated[Path, typer.Option("--to", help="Folder to write to.")],
    signed: Annotated[bool, typer.Option("--signed", help="A person has read all of it: pre-annotation left as it was counts as theirs.")] = False,
) -> None:
    """Turn finished labelling work into label files, and say what still keeps them from being gold."""
    from extractor.review.labelling import import_labels

    with _all_faults():
        written, open_ends = import_labels(files, to, signed)
    for line in open_ends:
        typer.echo(f"not gold yet: {plain(line)}", err=True)
    typer.echo(f"written: {len(written)} files in {to}")
    raise typer.Exit(1 if open_ends else 0)


@contextmanager
def _all_faults() -> Iterator[None]:
    """Labels are refused with every fault on a line of its own."""
    from extractor.errors import GoldError

    try:
        yield
    except GoldError as error:
        for line in error.reason.splitlines():
            typer.echo(f"vanban: {plain(line)}", err=True)
        typer.echo(f"vanban: {plain(error.remedy or '')}", err=True)
        raise typer.Exit(1) from error


def main() -> None:
    """Run the command; every error on purpose is one line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console or a pipe may not know Vietnamese letters
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except VanbanError as error:
        typer.echo(f"vanban: {plain(str(error))}", err=True)
        sys.exit(1)
    except BrokenPipeError:  # `vanban show … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:  # a file named by an option that cannot be opened or written, a data set without read permission
        where = f"{error.filename}: " if error.filename else ""
        typer.echo(f"vanban: {plain(f'{where}{error.strerror or error}')} (check the path, its permissions and the room left)", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
