"""The command `vanban`: words, progress and exit codes over plain functions.

Exit codes: 0 all went well; 1 a file failed, or what was asked for could not be done; 2 wrong usage;
3 stopped early (disk full) and can be resumed; 130 interrupted and can be resumed.
"""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from extractor.errors import VanbanError

if TYPE_CHECKING:
    from extractor.dataset import Dataset

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
    paths: Annotated[list[str], typer.Argument(help="Files and folders, any mix of formats.")],
    out: Annotated[str, typer.Option("--out", "-o", help="Folder (or URL) of the data set.")],
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Worker processes.")] = 1,
    ocr: Annotated[str, typer.Option(help="auto: pages without usable text; never; always.")] = "auto",
    max_pages: Annotated[int, typer.Option(min=1, help="Pages of one file.")] = 2000,
    max_seconds: Annotated[float, typer.Option(min=0.1, help="Seconds for one file.")] = 600.0,
) -> None:
    """Read files and folders into a data set."""
    from extractor import archive
    from extractor.readers.formats import ReadOptions

    if ocr not in ("auto", "never", "always"):
        raise typer.BadParameter("auto, never or always", param_hint="--ocr")
    options = archive.RunOptions(ReadOptions(ocr=ocr, max_pages=max_pages, max_seconds=max_seconds), jobs)
    summary = archive.run(paths, out, options, _say_failure)
    failed = len(summary.failures)
    typer.echo(f"{summary.files} files: {summary.ok} ok, {summary.partial} partial, {failed} failed, in {summary.seconds:.1f} s → {out}")
    raise typer.Exit(1 if failed else 0)


def _say_failure(path: str, status: str, error: str | None) -> None:
    if status == "failed":
        typer.echo(f"{plain(path)}: {plain(error or '')}", err=True)


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
    import json

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
) -> None:
    """Write the data set to a file, or a folder of files, for other programs."""
    from extractor.dataset import export as write
    from extractor.dataset import open_dataset

    with open_dataset(data) as opened:
        for note in write(opened, to, tables or ()):
            typer.echo(f"note: {plain(note)}", err=True)
    typer.echo(f"written: {to}")


@app.command()
def explain(data: DataDir, record: Annotated[str, typer.Argument(metavar="ID", help="task_id, duty_id, block_id or doc_id.")]) -> None:
    """Show where a record comes from: quote, page, box, and the pattern or column that made it."""
    from extractor.dataset import open_dataset

    with open_dataset(data) as opened:
        shown = sum([_explain(opened, table, column, record) for table, column in _EXPLAINED])
    if not shown:
        raise VanbanError(f"no record {record!r} in {data}", remedy="`vanban show` lists ids")


# a record, and the rows that hang on it
_EXPLAINED = (
    ("documents", "doc_id"),
    ("tasks", "task_id"),
    ("duties", "duty_id"),
    ("blocks", "block_id"),
    ("assignments", "task_id"),
    ("deadlines", "owner_id"),
)


def _explain(opened: Dataset, table: str, column: str, record: str) -> int:
    rows = opened.arrow(f'SELECT * FROM "{table}" WHERE "{column}" = ?', [record]).to_pylist()  # noqa: S608
    for row in rows:
        where = opened.arrow("SELECT path, number FROM documents WHERE doc_id = ?", [row["doc_id"]]).to_pylist()
        typer.echo(f"{table}: " + plain(", ".join(f"{d['path']} ({d['number'] or 'no number'})" for d in where)))
        for name, value in row.items():
            if value is not None and value != [] and name not in ("doc_id", "path"):
                typer.echo(f"  {name:<14} {_cell(value)}")
    return len(rows)


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


def _print_table(rows: list[dict[str, Any]], title: str | None = None) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(soft_wrap=False)
    if not rows:
        console.print("no rows")
        return
    table = Table(title=title, show_lines=True)
    for name in rows[0]:
        table.add_column(Text(plain(name)), overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(value)) for value in row.values()))
    console.print(table)


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


if __name__ == "__main__":
    main()
