"""Who does the reading: processes of this machine, or a Dask cluster. Both make the same supervised call per file."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any, Protocol

from extractor.archive import failures
from extractor.archive.supervised import Limits, Outcome, Stopped, Supervisor, Task
from extractor.errors import VanbanError
from extractor.readers.formats import ReadOptions

ANSWER_SECONDS = 20  # within which a scheduler has to answer


class Engine(Protocol):
    """Takes tasks, gives outcomes in any order."""

    capacity: int  # tasks it can use at once; more would only wait

    def submit(self, task: Task) -> None: ...

    def next(self, timeout: float) -> Outcome | None:
        """An outcome, or None where none came in time (seconds).

        Raises: VanbanError where the engine can do nothing at all.
        """
        ...

    def stop(self) -> None:
        """End at once; tasks in hand are left undone."""
        ...

    def close(self) -> None:
        """End when idle."""
        ...


class Local:
    """`jobs` threads, each with a supervised process of its own."""

    def __init__(self, jobs: int, limits: Limits, options: ReadOptions) -> None:
        self.capacity = 2 * jobs
        self.tasks: SimpleQueue[Task | None] = SimpleQueue()
        self.outcomes: SimpleQueue[Outcome | VanbanError] = SimpleQueue()
        self.halted = threading.Event()
        supervisors = [Supervisor(limits, options, self.halted.is_set) for _ in range(jobs)]
        supervisors[0].start()  # the others when there is work for them
        self.threads = [threading.Thread(target=self._work, args=(supervisor,)) for supervisor in supervisors]
        for thread in self.threads:
            thread.start()

    def _work(self, supervisor: Supervisor) -> None:
        try:
            while not self.halted.is_set() and (task := self.tasks.get()) is not None:
                self.outcomes.put(supervisor.read(task))
        except Stopped:
            pass
        except VanbanError as error:
            self.outcomes.put(error)
        except Exception as error:
            self.outcomes.put(VanbanError(f"a supervising thread failed: {type(error).__name__}: {error}", remedy=failures.REPORT))
        finally:
            supervisor.end()

    def submit(self, task: Task) -> None:
        """Queue a file."""
        self.tasks.put(task)

    def next(self, timeout: float) -> Outcome | None:
        """The next outcome, or None after `timeout` seconds."""
        try:
            outcome = self.outcomes.get(timeout=timeout)
        except Empty:
            return None
        if isinstance(outcome, VanbanError):
            raise outcome
        return outcome

    def stop(self) -> None:
        """End the processes in the middle of their files."""
        self.halted.set()
        self.close()

    def close(self) -> None:
        """End the processes; they are idle, or `stop` was called."""
        for _ in self.threads:
            self.tasks.put(None)
        for thread in self.threads:
            thread.join()


_here = threading.local()


def read_on_cluster(task: Task, limits: Limits, options: ReadOptions) -> Outcome:
    """The supervised call as it runs inside a cluster's worker: each of its threads keeps one reading process."""
    key = (limits, options)
    if getattr(_here, "key", None) != key:
        if getattr(_here, "supervisor", None) is not None:
            _here.supervisor.end()
        _here.key, _here.supervisor = key, Supervisor(limits, options)
    outcome: Outcome = _here.supervisor.read(task)
    return outcome


class Cluster:
    """A Dask cluster that exists already; a worker of it that dies costs a file one more try elsewhere."""

    TRIES = 2

    def __init__(self, scheduler: str, limits: Limits, options: ReadOptions) -> None:
        try:
            import distributed
        except ImportError as error:
            raise VanbanError("the Dask engine is not installed", remedy="pip install 'vanban[cluster]'") from error
        try:
            connect: Any = distributed.Client  # it has no types of its own
            self.client = connect(scheduler, timeout=ANSWER_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise VanbanError(f"no scheduler answers: {error}", file=scheduler, remedy="check --scheduler") from error
        self.call: Callable[[Task], Any] = lambda task: self.client.submit(read_on_cluster, task, limits, options, pure=False, retries=self.TRIES)
        self.futures: dict[Any, tuple[Task, Any]] = {}
        self.done: SimpleQueue[Any] = SimpleQueue()
        self.capacity = 3 * max(1, sum(self.client.nthreads().values()))

    def submit(self, task: Task) -> None:
        """Send a file's task to the cluster."""
        future = self.call(task)
        self.futures[future.key] = (task, future)
        future.add_done_callback(self.done.put)

    def next(self, timeout: float) -> Outcome | None:
        """The next outcome, or None after `timeout` seconds."""
        try:
            future = self.done.get(timeout=timeout)
        except Empty:
            return None
        task, _ = self.futures.pop(future.key)
        error = future.exception()
        if error is None:
            outcome: Outcome = future.result()
            return outcome
        if isinstance(error, VanbanError):
            raise error
        return Outcome(task, [failed_on_cluster(task, error)], deaths=self.TRIES)

    def stop(self) -> None:
        """Take back what the cluster has not done."""
        self.client.cancel([future for _, future in self.futures.values()], force=True)
        self.close()

    def close(self) -> None:
        """Leave the cluster, which goes on for others."""
        self.client.close(timeout=5)


def failed_on_cluster(task: Task, error: BaseException) -> dict[str, Any]:
    """The `documents` row of a file whose workers died one after the other."""
    from extractor import __version__, dataset
    from extractor.errors import CrashedFile

    reason = CrashedFile(f"the cluster lost it: {type(error).__name__}: {str(error)[:200]}", remedy=failures.REPORT)
    return dataset.failed_row(task.path, reason, extractor_version=__version__, seconds=None)
