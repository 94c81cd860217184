"""The house rules that a program can check: floors, doors, names, sizes, words that do not belong here."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "extractor").rglob("*.py"))
NOT_USED = {"util", "utils", "helper", "helpers", "manager", "handler", "processor", "base", "common", "core", "misc", "data", "info"}
# each outside library → the rooms (path prefixes below extractor/) that may import it
DOORS = {
    "pdfplumber": ("readers/",),
    "pypdfium2": ("readers/",),
    "docx": ("readers/",),
    "lxml": ("readers/",),
    "openpyxl": ("readers/",),
    "xlrd": ("readers/",),
    "cv2": ("readers/",),
    "tesserocr": ("readers/",),
    "PIL": ("readers/",),
    "pyhanko": ("readers/",),
    "olefile": ("readers/",),
    "spacy": ("finders/",),
    "duckdb": ("dataset",),
    "xlsxwriter": ("dataset",),
    "icalendar": ("dataset",),
    "typer": ("cli.py",),
    "distributed": ("archive/",),
    "dask": ("archive/",),
    "scipy": ("scores",),
}


def functions():
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path.relative_to(ROOT), node


def test_imports_go_down_only():
    lint = Path(sys.executable).with_name("lint-imports" + (".exe" if sys.platform == "win32" else ""))
    done = subprocess.run([str(lint)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("library", sorted(DOORS))
def test_each_library_has_one_door(library):
    for path in SOURCES:
        inside = path.relative_to(ROOT / "extractor").as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(n.split(".")[0] == library for n in names):
                assert inside.startswith(DOORS[library]), f"{inside} imports {library}"


def test_functions_are_short():
    lengths = [(node.end_lineno - node.lineno + 1, f"{path}:{node.name}") for path, node in functions()]
    assert [x for x in lengths if x[0] > 50] == []
    assert sum(length < 25 for length, _ in lengths) >= 0.9 * len(lengths)


def test_few_positional_parameters():
    inside = [(path, node) for path, node in functions() if path.name != "cli.py"]  # typer's options are no positional parameters
    crowded = [f"{path}:{node.name}" for path, node in inside if len(node.args.posonlyargs) + len(node.args.args) - _bound(node) > 4]
    assert crowded == []


def _bound(node):
    return 1 if node.args.args and node.args.args[0].arg in {"self", "cls"} else 0


def test_rooms_have_telling_names():
    assert [p.name for p in SOURCES if p.stem in NOT_USED] == []


def test_public_functions_say_what_comes_back():
    silent = []
    for path in SOURCES:
        top = [n for n in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(n, ast.FunctionDef)]
        silent += [f"{path.name}:{n.name}" for n in top if not n.name.startswith("_") and ast.get_docstring(n) is None]
    assert silent == []


def test_no_index_addresses_in_the_lock():
    for name in ("requirements.lock", "requirements-dev.lock"):
        lock = (ROOT / name).read_text(encoding="utf-8")
        assert "--hash=sha256:" in lock
        assert not re.search(r"https?://|--(extra-)?index-url|--find-links", lock)


def test_real_documents_stay_outside():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split("\n")
    shared = ROOT.parent / "shared" / "corpus"
    if not shared.exists():
        pytest.skip("the real documents are not beside the project: nothing to compare with")
    sizes = {p.stat().st_size: p for p in shared.rglob("*") if p.is_file() and p.stat().st_size > 100}
    mine = [ROOT / t for t in tracked if t and (ROOT / t).is_file()]
    copies = [p for p in mine if (twin := sizes.get(p.stat().st_size)) and twin.read_bytes() == p.read_bytes()]
    assert copies == []
