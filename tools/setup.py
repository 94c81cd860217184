"""Set the project up on a fresh machine: virtual environment, locked packages, and, where allowed, system programs.

    python tools/setup.py          what the program needs
    python tools/setup.py --dev    what its tests and tools need besides

Python packages come from requirements.lock or requirements-dev.lock (hashes, no index addresses). Tesseract with Vietnamese, LibreOffice and
fonts are installed with apt where that is possible; elsewhere this says what to install by hand. Nothing here fails
because of a missing system program: the documents that need one become rows that say so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENV = ROOT / ".venv"
BIN = ENV / ("Scripts" if os.name == "nt" else "bin")
# program to look for → Debian package that has it
PROGRAMS = {
    "tesseract": ["tesseract-ocr", "tesseract-ocr-vie"],
    "soffice": ["libreoffice-writer-nogui", "libreoffice-calc-nogui", "fonts-croscore"],
}


def packages(lock: str) -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever runs this may have an older one
        sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}")
    if not (BIN / ("python.exe" if os.name == "nt" else "python")).exists():
        venv.create(ENV, with_pip=True)
    python = str(BIN / "python")
    quiet = ["--quiet", "--disable-pip-version-check"]
    subprocess.run([python, "-m", "pip", "install", *quiet, "--require-hashes", "-r", str(ROOT / lock)], check=True)
    subprocess.run([python, "-m", "pip", "install", *quiet, "--no-deps", "--no-build-isolation", "-e", str(ROOT)], check=True)


def missing_programs() -> list[str]:
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if "tesseract" not in missing:
        listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False).stdout.split()
        if "vie" not in listed:
            missing.append("tesseract")
    return missing


def programs() -> None:
    missing = missing_programs()
    if not missing:
        return
    debian = sorted({package for name in missing for package in PROGRAMS[name]})
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print("Installing", " ".join(debian), flush=True)
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *debian], check=False, stdout=subprocess.DEVNULL)
    still = missing_programs()
    if still:
        print(f"NOT INSTALLED: {', '.join(still)}. Scans need Tesseract with 'vie', old Word files need LibreOffice.", file=sys.stderr)


if __name__ == "__main__":
    dev = "--dev" in sys.argv[1:]
    packages("requirements-dev.lock" if dev else "requirements.lock")
    programs()
    (ENV / ".ready").touch()
    if dev:
        (ENV / ".ready-dev").touch()
