"""What the README says is there is there, and its figures are the recorded ones."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_commands_exist():
    done = subprocess.run([sys.executable, "-m", "extractor.cli", "--help"], capture_output=True, text=True, encoding="utf-8", cwd=ROOT)
    named = set(re.findall(r"^vanban (\w+)", README, re.MULTILINE))
    assert named >= {"extract", "show", "query", "export", "explain", "score"}
    assert [name for name in named if not re.search(rf"\b{name}\b", done.stdout)] == []


def test_make_targets_exist_and_come_first():
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert targets[:2] == ["run", "test"]
    assert set(re.findall(r"^make (\w+)", README, re.MULTILINE)) <= set(targets)


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:docs|notebooks|gold|corpus|tools)/[\w./-]+\.\w+|[A-Z]+\.md)`", README))))
def test_files_it_names_exist(path):
    assert (ROOT / path).exists()


def test_figures_are_the_recorded_ones():
    sys.path.insert(0, str(ROOT / "tools"))
    import readme_figures

    assert readme_figures.written(README) == README, "run tools/readme_figures.py"


def test_the_python_in_it_runs():
    import extractor

    plan = extractor.extract(ROOT / "corpus/docx/kh-cchc-bac-kan-2024.docx")
    assert len(plan.tasks)
    assert [name for name in re.findall(r"^plan\.(\w+)", README, re.MULTILINE) if not hasattr(plan, name)] == []
