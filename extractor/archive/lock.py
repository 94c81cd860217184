"""One run at a time may write to a data set."""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractor.dataset import Place, is_url
from extractor.errors import DatasetError, DatasetLocked

NAME = "_lock"
BEAT = 20.0  # seconds between two signs of life on a store without locks
DEAD = 90.0  # seconds without one after which the holder is given up


def holder() -> dict[str, Any]:
    """Who runs this: user, machine, process and since when."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = "unknown"
    return {"user": user, "host": socket.gethostname(), "process": os.getpid(), "since": time.strftime("%Y-%m-%d %H:%M:%S")}


@contextlib.contextmanager
def locked(place: Place) -> Iterator[None]:
    """Hold the data set. The system lets go of a local lock when its holder dies, however it dies.

    Raises: DatasetLocked with the holder's name; DatasetError where the place cannot be written.
    """
    with _by_heartbeat(place) if is_url(place.url) else _by_system(place):
        yield


def _refuse(place: Place, content: bytes) -> DatasetLocked:
    try:
        who = json.loads(content)
        name = f"{who['user']} on {who['host']}, process {who['process']}, since {who['since']}"
    except (ValueError, KeyError):
        name = "someone unnamed"
    return DatasetLocked(f"another run is writing to it: {name}", file=place.url, remedy="wait for it to end, or choose another folder")


@contextlib.contextmanager
def _by_system(place: Place) -> Iterator[None]:
    path = Path(place.url) / NAME
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = open(path, "a+b")  # noqa: SIM115 (held open for as long as the lock is)
    except OSError as error:
        raise DatasetError(error.strerror or str(error), file=place.url, remedy="choose a folder you may write to") from error
    with file:
        try:
            _seize(file.fileno())
        except OSError as error:
            raise _refuse(place, path.read_bytes()) from error
        file.truncate(0)
        file.write(json.dumps(holder()).encode())
        file.flush()
        yield
        file.truncate(0)


def _seize(handle: int) -> None:
    """Lock an open file or raise OSError; on Windows a byte far beyond its end, so that it stays readable."""
    if os.name == "nt":
        import msvcrt

        os.lseek(handle, 1 << 30, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        os.lseek(handle, 0, os.SEEK_SET)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextlib.contextmanager
def _by_heartbeat(place: Place) -> Iterator[None]:
    """A lock object that is written anew again and again; an object store has nothing stronger that all of them share."""
    mine = holder()
    with contextlib.suppress(FileNotFoundError):
        content = place.read(NAME)
        if content and time.time() - float(json.loads(content).get("beat", 0)) < DEAD:
            raise _refuse(place, content)
    ended = threading.Event()

    def beat() -> None:
        place.write(NAME, json.dumps({**mine, "beat": time.time()}).encode())

    def keep_beating() -> None:
        while not ended.wait(BEAT):
            beat()

    beat()
    if json.loads(place.read(NAME)).get("process") != mine["process"]:
        raise _refuse(place, place.read(NAME))
    thread = threading.Thread(target=keep_beating, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        place.remove(NAME)
