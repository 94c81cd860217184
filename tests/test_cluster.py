"""Many machines: a Dask cluster gives the rows of a local run, also when workers die; inputs and outputs may be URLs."""

import os
import threading
import time

import pytest

from extractor import archive
from extractor.dataset import open_dataset, open_place, read_snapshot
from extractor.dataset.places import Remote
from extractor.errors import DatasetLocked, VanbanError
from tests.test_archive import FAULTS, POSIX, fill, rows_of, run, run_module, text_of

distributed = pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")


@pytest.fixture(autouse=True)
def same_patterns(monkeypatch):
    monkeypatch.setattr(run_module, "patterns_digest", lambda: "these")


@pytest.fixture(scope="module")
def cluster():
    """Two workers on this machine, one thread each; with the faults of the tests within their reach."""
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(FAULTS), before or ""])
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as made:
        yield made
    os.environ["PYTHONPATH"] = before or ""


def test_a_cluster_gives_the_rows_of_a_local_run(tmp_path, cluster):
    source = fill(tmp_path / "in", 5)
    (source / "bad.txt").write_text(text_of(7) + "FAULT:exit", encoding="utf-8")
    (source / "empty.pdf").touch()
    on_cluster = run(source, tmp_path / "a", scheduler=cluster.scheduler_address)
    run(source, tmp_path / "b")
    assert (on_cluster.read, on_cluster.ok, len(on_cluster.failures)) == (7, 5, 2)
    assert rows_of(tmp_path / "a") == rows_of(tmp_path / "b")
    again = run(source, tmp_path / "a", scheduler=cluster.scheduler_address)
    assert (again.read, again.unchanged) == (0, 7), "and resumes like one"
    assert run(source, tmp_path / "a").unchanged == 7, "whichever engine goes on"


@pytest.mark.skipif(not POSIX, reason="signals of POSIX")
def test_a_worker_killed_midway_changes_no_row(tmp_path, cluster):
    source = fill(tmp_path / "in", 12)
    for path in source.iterdir():
        path.write_text(path.read_text(encoding="utf-8") + "FAULT:slow", encoding="utf-8")
    done = []

    def kill_one(event):
        done.append(event)
        if len([e for e in done if e["event"] == "document"]) == 2:
            victim = next(iter(cluster.workers.values()))
            os.kill(victim.process.pid, 9)

    summary = archive.run([str(source)], str(tmp_path / "a"), archive.RunOptions(scheduler=cluster.scheduler_address), kill_one)
    assert (summary.ok, summary.failures) == (12, [])
    run(source, tmp_path / "b", jobs=2)
    assert rows_of(tmp_path / "a") == rows_of(tmp_path / "b")


def test_no_scheduler_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr("extractor.archive.engines.ANSWER_SECONDS", 1)
    with pytest.raises(VanbanError, match="no scheduler answers"):
        run(fill(tmp_path / "in", 1), tmp_path / "out", scheduler="tcp://127.0.0.1:1")


@pytest.fixture(scope="module")
def store():
    """An S3 server on this machine, and its address in the environment, where every process finds it."""
    server_module = pytest.importorskip("moto.server", reason="moto is not installed")
    pytest.importorskip("s3fs", reason="the extra 'cluster' is not installed")
    server = server_module.ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    names = {"AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": "us-east-1"}
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(names)
    Remote("s3://archive/x").files.mkdir("archive")
    yield "s3://archive"
    for name, value in before.items():
        os.environ.pop(name) if value is None else os.environ.__setitem__(name, value)
    server.stop()


def test_object_stores_hold_inputs_and_data_sets(tmp_path, store):
    source = fill(tmp_path / "in", 3)
    (source / "sub").mkdir()
    (source / "sub" / "kế hoạch.txt").write_text(text_of(8), encoding="utf-8")
    files = Remote(f"{store}/x").files
    files.put(str(source), "archive/in", recursive=True)
    url, out = f"{store}/in", f"{store}/out"

    first = run(url, out)
    assert (first.ok, first.failures) == (4, [])
    with open_dataset(out) as opened:
        assert sorted(opened.documents["path"]) == [f"{url}/000.txt", f"{url}/001.txt", f"{url}/002.txt", f"{url}/sub/kế hoạch.txt"]
    assert run(url, out).unchanged == 4

    files.pipe_file("archive/in/001.txt", text_of(50).encode())
    files.rm_file("archive/in/002.txt")
    again = run([url, f"{url}/nowhere.pdf"], out, prune=True)
    assert (again.read, again.unchanged, again.pruned, len(again.failures)) == (2, 2, 1, 1)
    run(url, tmp_path / "local", prune=True)
    without = ("seconds", "file_mtime_ns")
    local = rows_of(tmp_path / "local", without)
    remote = rows_of(out, without)
    remote["documents"] = [row for row in remote["documents"] if "nowhere" not in row["path"]]
    assert remote == local
    assert len(read_snapshot(open_place(out)).parts) >= 1


def test_a_data_set_on_an_object_store_has_one_writer(store):
    place = open_place(f"{store}/locked")
    entered, leave = threading.Event(), threading.Event()

    def hold():
        with run_module.locked(place):
            entered.set()
            leave.wait(30)

    holder = threading.Thread(target=hold)
    holder.start()
    assert entered.wait(30)
    with pytest.raises(DatasetLocked), run_module.locked(open_place(f"{store}/locked")):
        pass
    leave.set()
    holder.join()
    with run_module.locked(place):
        time.sleep(0)


def test_unknown_stores_are_refused(tmp_path):
    with pytest.raises(VanbanError, match=r"install the driver|Protocol not known"):
        run("nosuch://x/y", tmp_path / "out")
