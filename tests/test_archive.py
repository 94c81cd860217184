"""Archive runs: what is new is read, what is broken costs its file only, and a run that is stopped anywhere can be repeated."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
import traceback
import zipfile
from pathlib import Path

import psutil
import pytest

from extractor import archive
from extractor.archive import batch as batch_module
from extractor.archive import inputs, lock, supervised, worker
from extractor.archive.supervised import Limits, outcome_of, task_frame
from extractor.dataset import TABLES, open_dataset, open_place, read_snapshot
from extractor.dataset.places import Folder
from extractor.errors import DatasetError, DatasetLocked, VanbanError
from extractor.readers.formats import ReadOptions

FAULTS = Path(__file__).parent / "faults"
POSIX = os.name == "posix"
run_module = sys.modules["extractor.archive.run"]


class Here:
    """An engine that reads in this process, with the code of the reading process: for tests of all but the processes themselves."""

    capacity = 1

    def __init__(self, jobs, limits, options):
        self.limits, self.options, self.done = limits, options, []

    def submit(self, task):
        head, body = worker.answer(task_frame(task, self.limits, self.options, {}), lambda path: None)
        self.done.append(outcome_of(task, json.loads(json.dumps(head)), body))

    def next(self, timeout):
        return self.done.pop() if self.done else None

    def stop(self):
        pass

    close = stop


@pytest.fixture(autouse=True)
def engine(request, monkeypatch):
    if "processes" not in request.fixturenames:
        monkeypatch.setattr(run_module, "Local", Here)
        monkeypatch.setattr(os, "fsync", lambda handle: None)  # no power fails in these tests, and disks are slow
    monkeypatch.setattr(run_module, "patterns_digest", lambda: "these")


def text_of(number):
    return (
        f"UBND TỈNH HÀ NAM\nSố: {number}/KH-UBND\nHà Nam, ngày 5 tháng 3 năm 2024\nKẾ HOẠCH\nCải cách hành chính năm 2024\n1. Sở Nội vụ: báo cáo.\n"
    )


def fill(folder, count=3):
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"{number:03}.txt").write_text(text_of(number), encoding="utf-8")
    return folder


def rows_of(out, without=("seconds", "file_mtime_ns")):
    """Every row of every table, in an order of its own, without what differs from run to run."""
    with open_dataset(out) as opened:
        found = {table: opened.table(table).to_pylist() for table in TABLES}
    for rows in found.values():
        for row in rows:
            for name in without:
                row.pop(name, None)
        rows.sort(key=lambda row: json.dumps(row, ensure_ascii=False, sort_keys=True))
    return found


def run(source, out, **options):
    sources = source if isinstance(source, list) else [str(source)]
    return archive.run([str(s) for s in sources], str(out), archive.RunOptions(**options))


def status_of(out):
    with open_dataset(out) as opened:
        return {row["path"].rsplit("/", 1)[-1]: (row["status"], row["error"]) for row in opened.table("documents").to_pylist()}


@pytest.fixture
def processes():
    """Asked for by tests that are about the reading processes themselves."""


@pytest.fixture
def faulty(processes, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(FAULTS), os.environ.get("PYTHONPATH", "")]))


# ---- resume


def test_a_rerun_reads_only_what_is_new_or_changed(tmp_path):
    source, out = fill(tmp_path / "in"), tmp_path / "out"
    assert run(source, out).read == 3
    first = rows_of(out)
    again = run(source, out)
    assert (again.read, again.unchanged) == (0, 3)
    assert rows_of(out) == first

    (source / "001.txt").write_text(text_of(77), encoding="utf-8")
    (source / "009.txt").write_text(text_of(9), encoding="utf-8")
    changed = run(source, out)
    assert (changed.read, changed.unchanged) == (2, 2)
    assert rows_of(out) == rows_of_fresh(source, tmp_path)

    os.utime(source / "002.txt", (1, 1))
    touched = run(source, out)
    assert (touched.read, touched.unchanged) == (0, 4), "the content is the same"
    assert run(source, out).unchanged == 4

    forced = run(source, out, force=True)
    assert (forced.read, forced.unchanged) == (4, 0)
    assert rows_of(out) == rows_of_fresh(source, tmp_path)


def rows_of_fresh(source, tmp_path, **options):
    fresh = tmp_path / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    run(source, fresh, **options)
    return rows_of(fresh)


def test_moved_doubled_and_deleted_files(tmp_path):
    source, out = fill(tmp_path / "in"), tmp_path / "out"
    run(source, out)
    (source / "sub").mkdir()
    (source / "000.txt").rename(source / "sub" / "moved.txt")
    shutil.copy(source / "001.txt", source / "double.txt")
    (source / "002.txt").unlink()
    summary = run(source, out)
    assert (summary.read, summary.moved, summary.unchanged, summary.missing) == (0, 2, 1, 1)
    assert set(status_of(out)) == {"moved.txt", "001.txt", "double.txt", "002.txt"}
    with open_dataset(out) as opened:
        assert len(opened.texts) == 3, "one text per content"

    pruned = run(source, out, prune=True)
    assert (pruned.pruned, pruned.missing) == (1, 0)
    assert rows_of(out) == rows_of_fresh(source, tmp_path)
    with open_dataset(out) as opened:
        assert len(opened.texts) == 2
        assert len(opened.documents) == 3


def test_a_double_outlives_the_file_it_was_recognised_by(tmp_path):
    source, out = fill(tmp_path / "in", 1), tmp_path / "out"
    run(source, out)
    shutil.copy(source / "000.txt", source / "a-double.txt")
    (source / "000.txt").write_text(text_of(5), encoding="utf-8")
    run(source, out)
    assert rows_of(out) == rows_of_fresh(source, tmp_path)


def test_doubles_in_one_run_give_one_content(tmp_path):
    source, out = fill(tmp_path / "in", 2), tmp_path / "out"
    for number in range(4):
        shutil.copy(source / "000.txt", source / f"copy{number}.txt")
    run(source, out, jobs=2)
    with open_dataset(out) as opened:
        assert (len(opened.documents), len(opened.texts)) == (6, 2)
        assert opened.query("SELECT count(*) AS n FROM documents JOIN texts USING (doc_id)")["n"].tolist() == [6]


def test_other_options_or_patterns_extract_anew(tmp_path, monkeypatch):
    source, out = fill(tmp_path / "in", 2), tmp_path / "out"
    run(source, out)
    assert run(source, out, read=ReadOptions(max_pages=7)).read == 2
    assert run(source, out, read=ReadOptions(max_pages=7), limits=Limits(max_seconds=9)).read == 0, "no limit was met"
    monkeypatch.setattr(run_module, "patterns_digest", lambda: "edited")
    assert run(source, out, read=ReadOptions(max_pages=7)).read == 2


def test_the_same_rows_whatever_the_order(tmp_path):
    source = fill(tmp_path / "in", 6)
    one = run([source / f"{n:03}.txt" for n in (3, 0, 5, 1, 4, 2)], tmp_path / "a", jobs=2)
    run(source, tmp_path / "b")
    assert one.read == 6
    assert rows_of(tmp_path / "a") == rows_of(tmp_path / "b")


def test_overlapping_inputs_are_read_once(tmp_path):
    source = fill(tmp_path / "in")
    assert run([source, source / "000.txt", source], tmp_path / "out").found == 3


def test_the_data_set_is_not_its_own_input(tmp_path):
    fill(tmp_path)
    run(tmp_path, tmp_path / "out")
    assert run(tmp_path, tmp_path / "out").found == 3


def test_containers_give_a_row_for_each_document_inside(tmp_path):
    source, out = fill(tmp_path / "in", 1), tmp_path / "out"
    with zipfile.ZipFile(source / "a.zip", "w") as file:
        file.writestr("x/1.txt", text_of(1))
        file.writestr("x/2.txt", text_of(2))
        file.writestr("x/2-again.txt", text_of(2))
        file.writestr("../evil.txt", text_of(3))
    run(source, out)
    found = {row["path"].split("/in/")[1]: row["status"] for row in rows_of(out)["documents"]}
    assert found == {"000.txt": "ok", "a.zip!/x/1.txt": "ok", "a.zip!/x/2.txt": "ok", "a.zip!/x/2-again.txt": "ok", "a.zip!/../evil.txt": "failed"}
    with open_dataset(out) as opened:
        assert len(opened.texts) == 3
    assert run(source, out).unchanged == 2
    (source / "a.zip").rename(source / "b.zip")
    moved = run(source, out)
    assert (moved.read, moved.moved) == (0, 1)
    assert rows_of(out) == rows_of_fresh(source, tmp_path)


# ---- hard limits and crashes


def test_a_bad_file_costs_itself_only(tmp_path, faulty):
    source, out = fill(tmp_path / "in", 2), tmp_path / "out"
    for fault in ("segv", "exit", "raise", "deep", "huge", "print"):
        (source / f"{fault}.txt").write_text(text_of(1) + f"FAULT:{fault}", encoding="utf-8")
    summary = run(source, out, jobs=2)
    found = status_of(out)
    assert {name: status for name, (status, _) in found.items() if status == "ok"} == {"000.txt": "ok", "001.txt": "ok", "print.txt": "ok"}
    assert "SIGSEGV" in found["segv.txt"][1] if POSIX else "E_CRASH" in found["segv.txt"][1]
    assert found["exit.txt"][1].startswith("E_CRASH: the process reading it ended with code 3")
    assert found["raise.txt"][1].startswith("E_CRASH: unforeseen ZeroDivisionError: division by zero")
    assert found["deep.txt"][1].startswith("E_LIMIT: it is nested too deeply")
    assert found["huge.txt"][1].startswith("E_LIMIT: it needs more memory")
    assert summary.deaths == 4, "the two that die, each tried once more alone"
    assert run(source, out).unchanged == 8, "failed files are not tried for ever"
    assert run(source, out, retry_failed=True).read == 5


def test_slow_files_are_ended_with_all_they_started(tmp_path, faulty, monkeypatch):
    monkeypatch.setattr("extractor.archive.supervised.GRACE_SECONDS", 0.5)
    source, out = fill(tmp_path / "in", 1), tmp_path / "out"
    slow = ["hang", "spin", *(["breed"] if POSIX else [])]
    for fault in slow:
        (source / f"{fault}.txt").write_text(text_of(1) + f"FAULT:{fault}", encoding="utf-8")
    before = {process.pid for process in psutil.Process().children(recursive=True)}
    run(source, out, jobs=2, limits=Limits(max_seconds=1.5))
    found = status_of(out)
    assert found["000.txt"][0] == "ok"
    for fault in slow:
        assert found[f"{fault}.txt"][1].startswith("E_LIMIT: not read in 1.5 seconds"), found
    assert {process.pid for process in psutil.Process().children(recursive=True)} <= before, "no process is left behind"


def test_a_hungry_file_is_ended(tmp_path, faulty):
    source, out = fill(tmp_path / "in", 1), tmp_path / "out"
    (source / "eat.txt").write_text(text_of(1) + "FAULT:eat", encoding="utf-8")
    run(source, out, limits=Limits(max_memory=500 << 20))
    found = status_of(out)
    assert found["000.txt"][0] == "ok"
    assert found["eat.txt"][1].startswith("E_LIMIT: reading it took more than 500 MB"), found


def test_a_crash_that_does_not_repeat_costs_nothing(tmp_path, faulty, monkeypatch):
    source, out = fill(tmp_path / "in", 2), tmp_path / "out"
    (source / "kill.txt").write_text(text_of(1) + "FAULT:kill", encoding="utf-8")
    (tmp_path / "once").mkdir()
    monkeypatch.setenv("FAULT_ONCE", str(tmp_path / "once"))
    summary = run(source, out)
    assert (summary.ok, summary.deaths) == (3, 1)


@pytest.mark.skipif(not POSIX, reason="signals of POSIX")
def test_a_file_whose_process_is_always_killed_fails_after_three_tries(tmp_path, faulty):
    source, out = fill(tmp_path / "in", 1), tmp_path / "out"
    (source / "kill.txt").write_text(text_of(1) + "FAULT:kill", encoding="utf-8")
    summary = run(source, out)
    assert (summary.ok, summary.deaths) == (1, 3)
    assert "SIGKILL" in status_of(out)["kill.txt"][1]


def test_one_document_in_a_container_costs_itself_only(tmp_path, faulty):
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    with zipfile.ZipFile(source / "a.zip", "w") as file:
        for number in range(3):
            file.writestr(f"{number}.txt", text_of(number))
        file.writestr("bad.txt", text_of(4) + "FAULT:exit")
        file.writestr("last.txt", text_of(5))
    run(source, out)
    found = status_of(out)
    assert {name for name, (status, _) in found.items() if status == "ok"} == {"0.txt", "1.txt", "2.txt", "last.txt"}
    assert found["bad.txt"][1].startswith("E_CRASH")


def test_too_much_output_is_refused(tmp_path):
    source = fill(tmp_path / "in", 1)
    (source / "big.txt").write_text("chữ " * 50_000, encoding="utf-8")
    run(source, tmp_path / "out", limits=Limits(max_output=100_000))
    found = status_of(tmp_path / "out")
    assert found["big.txt"][1].startswith("E_LIMIT: its tables take")
    assert found["000.txt"][0] == "ok"


def test_too_large_a_file_is_not_loaded(tmp_path):
    source = fill(tmp_path / "in", 1)
    with open(source / "big.txt", "wb") as file:
        file.truncate(3 << 20)
    run(source, tmp_path / "out", limits=Limits(max_bytes=2 << 20))
    assert status_of(tmp_path / "out")["big.txt"][1].startswith("E_LIMIT: the file has more than 2 MB")


def test_processes_are_replaced_now_and_then(tmp_path, processes):
    source = fill(tmp_path / "in", 5)
    summary = run(source, tmp_path / "out", limits=Limits(recycle=4))
    assert (summary.failures, summary.ok, summary.deaths) == ([], 5, 0)


def test_temporary_files_are_private_and_removed(tmp_path, faulty, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    source = fill(tmp_path / "in", 2)
    (source / "segv.txt").write_text("FAULT:segv", encoding="utf-8")
    seen = []

    def look(event):
        seen.extend(path.stat().st_mode & 0o777 for path in (tmp_path / "tmp").iterdir())

    archive.run([str(source)], str(tmp_path / "out"), watch=look)
    assert list((tmp_path / "tmp").iterdir()) == []
    assert not POSIX or set(seen) == {0o700}


def test_a_process_killed_while_it_starts_costs_nothing(tmp_path, processes, monkeypatch):
    start, killed = supervised.Process.__init__, []

    def start_badly(self, limits):
        start(self, limits)
        if len(killed) < 2:
            killed.append(self.child.pid)
            self.child.kill()

    monkeypatch.setattr(supervised.Process, "__init__", start_badly)
    summary = run(fill(tmp_path / "in", 1), tmp_path / "out")
    assert (summary.ok, len(killed)) == (1, 2)


def test_no_process_at_all_is_an_error_and_what_was_done_is_kept(tmp_path, processes, monkeypatch):
    source = fill(tmp_path / "in", 1)
    (source / "empty.pdf").touch()
    run([source / "empty.pdf"], tmp_path / "out")
    monkeypatch.setattr(sys, "executable", shutil.which("false") or "false")
    with pytest.raises(VanbanError, match="no reading process can be started"):
        run([tmp_path / "nowhere.txt", source], tmp_path / "out")
    assert set(status_of(tmp_path / "out")) == {"empty.pdf", "nowhere.txt"}


# ---- stopping and going on


def vanban(*arguments, **environment):
    command = [sys.executable, "-m", "extractor.cli", *map(str, arguments)]
    env = {**os.environ, **environment}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)


@pytest.mark.skipif(not POSIX, reason="signals of POSIX")
def test_interrupted_and_killed_runs_go_on_where_they_were(tmp_path):
    source, out = fill(tmp_path / "in", 24), tmp_path / "out"
    for path in source.iterdir():
        path.write_text(path.read_text(encoding="utf-8") + "FAULT:slow", encoding="utf-8")
    env = {"PYTHONPATH": str(FAULTS)}

    first = vanban("extract", source, "--out", out, "--jobs", 2, "--log", tmp_path / "log", **env)
    wait_for(tmp_path / "log", 3)
    first.send_signal(signal.SIGINT)
    asked = time.monotonic()
    _, errors = first.communicate(timeout=30)
    assert time.monotonic() - asked < 10
    assert first.returncode == 130
    assert "run the same command again" in errors
    finished = len(status_of(out))
    assert 3 <= finished < 24

    second = vanban("extract", source, "--out", out, "--jobs", 2, "--log", tmp_path / "log", **env)
    wait_for(tmp_path / "log", finished + 3)
    workers = psutil.Process(second.pid).children(recursive=True)
    assert workers
    second.kill()
    second.communicate(timeout=30)
    _, alive = psutil.wait_procs(workers, timeout=10)
    assert alive == [], "processes end with their parent"

    assert run(source, out, jobs=2).found == 24
    assert rows_of(out) == rows_of_fresh(source, tmp_path)


def wait_for(log, documents):
    """Wait until a run's log tells of so many documents."""
    deadline = time.monotonic() + 120
    while not log.exists() or log.read_text(encoding="utf-8").count('"event": "document"') < documents:
        assert time.monotonic() < deadline, "the run does not get on"
        time.sleep(0.05)


@pytest.mark.skipif(not POSIX, reason="a size limit for files of POSIX")
def test_a_full_disk_stops_the_run_cleanly(tmp_path, monkeypatch):
    source, out = fill(tmp_path / "in", 6), tmp_path / "out"
    monkeypatch.setattr(batch_module, "BATCH_FILES", 2)
    write, written = Folder.write, []

    def fail_later(self, name, content):
        written.append(name)
        if len(written) > len(TABLES) + 1 + 2:  # the first commit, and two tables of the second
            raise OSError(28, "No space left on device")
        write(self, name, content)

    monkeypatch.setattr(Folder, "write", fail_later)
    summary = run(source, out)
    assert summary.stopped == f"cannot write to {out}: No space left on device"
    monkeypatch.setattr(Folder, "write", write)
    assert len(status_of(out)) == 2, "the first batch counts, the second does not"
    run(source, out)
    assert rows_of(out) == rows_of_fresh(source, tmp_path)


def test_a_disk_full_in_the_reading_process_fails_no_file(tmp_path, faulty):
    source = fill(tmp_path / "in", 1)
    (source / "full.txt").write_text("FAULT:full", encoding="utf-8")
    summary = run(source, tmp_path / "out")
    assert "No space left" in summary.stopped
    assert summary.failures == []


@pytest.mark.parametrize("seed", range(6))
def test_a_write_cut_short_anywhere_leaves_a_whole_data_set(tmp_path, monkeypatch, seed):
    """The power goes at the n-th write: what was there before is there still, and the next run makes up for it."""
    chance = random.Random(seed)
    source, out = fill(tmp_path / "in", 6), tmp_path / "out"
    monkeypatch.setattr(batch_module, "BATCH_FILES", 2)
    monkeypatch.setattr("extractor.dataset.parts.MANY", 2)
    run(fill(tmp_path / "in", 3), out)
    before = rows_of(out)
    (source / "001.txt").write_text(text_of(50), encoding="utf-8")
    left = [chance.randrange(1, 60)]
    with monkeypatch.context() as cut:
        for name in ("write", "write_file", "remove"):
            cut.setattr(Folder, name, _cut_after(getattr(Folder, name), left))
        try:
            run(source, out)
        except PowerCut:
            now = {row["path"] for row in rows_of(out)["documents"]}
            assert now >= {row["path"] for row in before["documents"]}
    run(source, out)
    assert rows_of(out) == rows_of_fresh(source, tmp_path)


class PowerCut(BaseException):
    """Nothing catches it."""


def _cut_after(write, left):
    def cut(self, *arguments):
        left[0] -= 1
        if left[0] <= 0:
            raise PowerCut
        return write(self, *arguments)

    return cut


def test_readers_see_whole_batches_at_any_moment(tmp_path, monkeypatch):
    source, out = fill(tmp_path / "in", 12), tmp_path / "out"
    monkeypatch.setattr(batch_module, "BATCH_FILES", 1)
    monkeypatch.setattr("extractor.dataset.parts.MANY", 2)
    problems, looks, ended = [], [], threading.Event()

    def look():
        while not ended.is_set():
            if not (out / "_commits").exists() or not any((out / "_commits").iterdir()):
                continue
            with open_dataset(out) as opened:
                counts = opened.query("SELECT (SELECT count(*) FROM documents) AS d, (SELECT count(DISTINCT doc_id) FROM texts) AS t")
            looks.append(counts["d"][0])
            if counts["d"][0] != counts["t"][0]:
                problems.append(counts)

    reader = threading.Thread(target=look)
    reader.start()
    run(source, out)
    run(source, out, force=True)
    ended.set()
    reader.join()
    assert problems == []
    assert len(set(looks)) > 2


# ---- one writer


def test_a_second_run_is_refused_with_the_holders_name(tmp_path):
    source, out = fill(tmp_path / "in", 1), tmp_path / "out"
    with lock.locked(open_place(out)), pytest.raises(DatasetLocked, match=rf"process {os.getpid()}, since \d{{4}}-"):
        run(source, out)
    assert run(source, out).ok == 1


def test_a_lock_object_is_given_up_when_its_holder_is_dead(tmp_path, monkeypatch):
    place = open_place(f"memory://locks/{tmp_path.name}")
    with lock.locked(place), pytest.raises(DatasetLocked), lock.locked(place):
        pass
    place.write("_lock", json.dumps({**lock.holder(), "beat": time.time() - 1000}).encode())
    with lock.locked(place):
        pass
    assert place.names("") == []


@pytest.mark.skipif(not POSIX or os.geteuid() == 0, reason="root may write everywhere")
def test_no_permission_to_write(tmp_path):
    source, out = fill(tmp_path / "in", 1), tmp_path / "out"
    out.mkdir(mode=0o500)
    with pytest.raises(DatasetError, match="Permission denied"):
        run(source, out)


def test_an_output_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "out").write_text("x")
    with pytest.raises(DatasetError):
        run(fill(tmp_path / "in", 1), tmp_path / "out")


# ---- discovery


def test_discovery_follows_no_link_out_of_the_folder(tmp_path):
    source = fill(tmp_path / "in", 1)
    (tmp_path / "secret.txt").write_text("secret")
    try:
        (source / "out.txt").symlink_to(tmp_path / "secret.txt")
    except OSError:
        pytest.skip("this system does not let us make links: nothing to test")
    (source / "inside.txt").symlink_to(source / "000.txt")
    (source / "loop").symlink_to(source)
    (source / "dead.txt").symlink_to(source / "nowhere")
    found = {os.path.basename(f.path): f.problem and f.problem.reason for f in inputs.discover([str(source)])}
    assert found == {
        "000.txt": None,
        "inside.txt": None,
        "out.txt": "a link that leads out of the folder given",
        "loop": "a link to a folder",
        "dead.txt": "No such file or directory",
    }


def test_discovery_passes_over_litter_and_what_is_excluded(tmp_path):
    source = fill(tmp_path / "in", 2)
    for name in ("~$a.docx", ".DS_Store", "Thumbs.db", "note.bak", "sub/MANIFEST.tsv", "sub/keep.tsv", "old/x.txt"):
        (source / name).parent.mkdir(exist_ok=True)
        (source / name).write_text("x")
    (source / "sub" / ".vanbanignore").write_text("# lists\nMANIFEST.*\n")
    found = [os.path.relpath(f.name, source) for f in inputs.discover([str(source)], exclude=("*.bak", "old"))]
    assert found == ["000.txt", "001.txt", os.path.join("sub", "keep.tsv")]


@pytest.mark.skipif(not POSIX, reason="such names and files exist on POSIX only")
def test_discovery_of_odd_files(tmp_path):
    (tmp_path / "in").mkdir()
    os.mkfifo(tmp_path / "in" / "pipe")
    odd = os.fsencode(tmp_path / "in") + b"/a\xff\nb.txt"
    with open(odd, "w", encoding="utf-8") as file:
        file.write(text_of(1))
    summary = run(tmp_path / "in", tmp_path / "out")
    found = status_of(tmp_path / "out")
    assert found["pipe"] == ("failed", "E_MISSING: neither a file nor a folder (give files and folders)")
    assert found["a\\xff\nb.txt"][0] == "ok"
    assert (summary.ok, len(summary.failures)) == (1, 1)
    assert run(tmp_path / "in", tmp_path / "out").unchanged == 1


def test_folders_deeper_than_calls_may_nest(tmp_path):
    deep = str(tmp_path / "in")
    os.mkdir(deep)
    for _ in range(400 if POSIX else 40):
        deep = os.path.join(deep, "d")
        os.mkdir(deep)
    Path(deep, "a.txt").write_text("x")
    limit, depth = sys.getrecursionlimit(), len(traceback.extract_stack())
    sys.setrecursionlimit(depth + (200 if POSIX else 35))
    try:
        found = list(inputs.discover([str(tmp_path / "in")]))
    finally:
        sys.setrecursionlimit(limit)
    assert len(found) == 1


def test_missing_inputs_are_rows(tmp_path):
    summary = run([fill(tmp_path / "in", 1), tmp_path / "nowhere.pdf"], tmp_path / "out")
    assert (summary.ok, len(summary.failures)) == (1, 1)
    assert status_of(tmp_path / "out")["nowhere.pdf"][1].startswith("E_MISSING: No such file or directory")


# ---- URLs


def test_inputs_and_outputs_by_url(tmp_path):
    """On fsspec's file system in memory, which the reading process cannot see: it reads the files from disk."""
    source = fill(tmp_path / "in", 3)
    out = f"memory://{tmp_path.name}/out"
    assert run(source, out).ok == 3
    assert run(source, out).unchanged == 3
    (source / "001.txt").write_text(text_of(8), encoding="utf-8")
    assert run(source, out).read == 1
    assert rows_of(out) == rows_of_fresh(source, tmp_path)
    assert len(read_snapshot(open_place(out)).parts) >= 1
