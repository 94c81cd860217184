"""Coverage-guided fuzzing of every parser and of the pattern layer, by hand; needs atheris (`pip install atheris`).

    python -m tests.bench.fuzz all 120          every target for two minutes, each in a process of its own
    python -m tests.bench.fuzz html -runs=1000  one target with arguments of libFuzzer

A target may end in a ReadError, which is a clear reason, and in nothing else. What it crashed on is kept as out/fuzz/TARGET/crash-….
"""

from __future__ import annotations

import contextlib
import inspect
import io
import pkgutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

OUT = Path("out/fuzz")
SLOWEST = 25  # seconds one input may take


def _read(name: str) -> Callable[[bytes], None]:
    """Reads the bytes as a whole file of that name and records what it says."""

    def target(content: bytes) -> None:
        from extractor import dataset, pipeline
        from extractor.errors import ReadError
        from extractor.readers import inner_sources
        from extractor.readers.formats import ReadOptions, Source

        for source in inner_sources(Source(name, content)):
            if isinstance(source, ReadError):
                continue
            try:
                document, records = pipeline.run(source, ReadOptions(ocr="never", max_seconds=10, max_pages=50))
            except ReadError:
                continue
            dataset.to_arrow(dataset.to_rows(document, records, seconds=0, version="fuzz"))

    return target


def _inside(package: str, part: str) -> Callable[[bytes], None]:
    """Reads the bytes as one part of an otherwise sound Office package: mutations of ZIP files seldom get past the ZIP."""
    whole: list[bytes] = []

    def target(content: bytes) -> None:
        from tests import hostile

        if not whole:
            whole.append(hostile.sources()[package])
        _read(f"fuzz.{package}")(hostile.repacked(whole[0], {part: content}))

    return target


def _values(content: bytes) -> None:
    """Every converter of a text takes any text, and gives a value or None."""
    import extractor.values

    text = content.decode("utf-8", "ignore")
    for found in pkgutil.iter_modules(extractor.values.__path__):
        module = import_module(f"extractor.values.{found.name}")
        for name, function in vars(module).items():
            if inspect.isfunction(function) and not name.startswith("_") and function.__module__ == module.__name__:
                needed = [p for p in inspect.signature(function).parameters.values() if p.default is p.empty and p.kind is not p.KEYWORD_ONLY]
                if len(needed) == 1 and needed[0].name in ("text", "heading"):
                    function(text)


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
# small whole parts to begin from: those that office programs write are longer than what a fuzzer can change with sense
PARTS = {
    "docx-styles": f"""<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="28"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:styleId="Normal" w:default="1"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:basedOn w:val="Normal"/><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/>
<w:jc w:val="center"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:rPr><w:b/><w:caps/><w:vanish w:val="0"/></w:rPr></w:style>
<w:style w:type="table" w:styleId="TableGrid"><w:basedOn w:val="Heading1"/></w:style></w:styles>""",
    "docx-numbering": f"""<w:numbering {_W}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/>
<w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/><w:lvlRestart w:val="0"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="decimal"/>
<w:isLgl/><w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">
<w:startOverride w:val="4"/></w:lvlOverride></w:num></w:numbering>""",
}

TARGETS: dict[str, Callable[[bytes], None]] = {
    "text": _read("fuzz.txt"),
    "html": _read("fuzz.html"),
    "eml": _read("fuzz.eml"),
    "zip": _read("fuzz.zip"),
    "pdf": _read("fuzz.pdf"),
    "xlsx": _read("fuzz.xlsx"),
    "docx": _read("fuzz.docx"),
    "docx-body": _inside("docx", "word/document.xml"),
    "docx-styles": _inside("docx", "word/styles.xml"),
    "docx-numbering": _inside("docx", "word/numbering.xml"),
    "xlsx-sheet": _inside("xlsx", "xl/worksheets/sheet1.xml"),
    "values": _values,
}


def seeds(name: str, folder: Path) -> None:
    """Whole files of the kind, to begin from."""
    from tests import hostile

    folder.mkdir(parents=True, exist_ok=True)
    whole = hostile.sources()
    package, _, _ = name.partition("-")
    parts = {"docx-body": "word/document.xml", "xlsx-sheet": "xl/worksheets/sheet1.xml"}
    if name in PARTS:
        (folder / "seed").write_text(PARTS[name], encoding="utf-8")
    elif name in parts:
        with zipfile.ZipFile(io.BytesIO(whole[package])) as file:
            (folder / "seed").write_bytes(file.read(parts[name]))
    elif package in whole:
        (folder / "seed").write_bytes(whole[package])
    for number, line in enumerate(hostile.PLAN.splitlines() * (name in ("text", "values"))):
        (folder / f"line-{number}").write_text(line, encoding="utf-8")


def _import_all() -> None:
    """Readers are imported when first asked for: what is imported later has no coverage."""
    import extractor

    for found in pkgutil.walk_packages(extractor.__path__, "extractor."):
        with contextlib.suppress(ImportError):  # extras that are not installed
            import_module(found.name)


def fuzz(name: str, arguments: list[str]) -> None:
    import atheris

    home = OUT / name
    seeds(name, home / "corpus")
    with atheris.instrument_imports(include=["extractor"]):
        _import_all()
    target: Any = TARGETS[name]
    limits = [f"-timeout={SLOWEST}", "-rss_limit_mb=3000", "-max_len=60000", f"-artifact_prefix={home}/"]
    atheris.Setup([sys.argv[0], *limits, *arguments, str(home / "corpus")], target)
    atheris.Fuzz()


def main() -> None:
    name, arguments = sys.argv[1], sys.argv[2:]
    if name != "all":
        fuzz(name, arguments)
        return
    for target in TARGETS:
        command = [sys.executable, "-m", "tests.bench.fuzz", target, f"-max_total_time={arguments[0]}"]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        tail = [line for line in done.stderr.splitlines() if line.startswith(("#", "==", "Done", "SUMMARY", " ===", "ALARM")) or "Error" in line]
        print(f"{target}: exit {done.returncode}", *tail[-4:], sep="\n  ", flush=True)
        (OUT / f"{target}.log").write_text(done.stderr[-20000:], encoding="utf-8")


if __name__ == "__main__":
    main()
