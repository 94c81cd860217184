"""Makes a reading process misbehave on request, for tests only: on the path of a process, it wraps `pipeline.run`.

A file whose text holds FAULT:name does what FAULTS says when it is read. FAULT_ONCE (a folder) makes each fault happen once.
"""

import importlib.abc
import importlib.util
import os
import re
import signal
import sys
import time


def _hang():
    while True:
        time.sleep(0.05)


def _spin():
    while True:
        pass


def _eat():
    held = []
    while True:
        held.append(bytearray(32 << 20))
        time.sleep(0.01)


def _breed():
    """A program started by the reader goes on for ever, as a hung office program would."""
    import subprocess

    subprocess.run([sys.executable, "-c", "import time; time.sleep(600)"], check=False)


def _die(number):
    os.kill(os.getpid(), number)
    time.sleep(5)


def _deep(level=0):
    return _deep(level + 1) + 1


def _disk_full():
    raise OSError(28, "No space left on device")


FAULTS = {
    "segv": lambda: _die(signal.SIGSEGV),
    "kill": lambda: _die(getattr(signal, "SIGKILL", signal.SIGTERM)),
    "exit": lambda: os._exit(3),
    "hang": _hang,
    "spin": _spin,
    "eat": _eat,
    "huge": lambda: bytearray(1 << 42),
    "breed": _breed,
    "deep": _deep,
    "raise": lambda: 1 / 0,
    "full": _disk_full,
    "slow": lambda: time.sleep(1),
    "print": lambda: (print("noise on standard output\n{}", flush=True), os.write(1, b"more\n")),
}


def misbehave(content):
    found = re.search(rb"FAULT:(\w+)", content)
    if found is None:
        return
    once = os.environ.get("FAULT_ONCE")
    if once:
        try:
            os.close(os.open(os.path.join(once, found[1].decode()), os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return
    FAULTS[found[1].decode()]()


class _Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name != "extractor.pipeline":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        run_module = spec.loader.exec_module

        def exec_module(module):
            run_module(module)
            run = module.run

            def run_or_fail(source, options=None, **rest):
                misbehave(source.data)
                return run(source, *(() if options is None else (options,)), **rest)

            module.run = run_or_fail

        spec.loader.exec_module = exec_module
        return spec


sys.meta_path.insert(0, _Finder())
