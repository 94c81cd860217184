"""Builds corpus/ and the gold of its documents from tools/corpus/: `python tools/make_corpus.py [--only ID] [--cheap]`.

Files made in pure Python (text, Markdown, DOCX, HTML, XLSX, RTF, PDF by ReportLab) come out the same byte for byte. Files made by
LibreOffice, Chromium, Ghostscript or from page images do not: they are built where they are missing, where what they say has changed, or with
--outside, and then committed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from corpus.build import MADE_HERE, file_name, made, sources
from corpus.labels import gold as labels
from corpus.write import Rendering, Source

from corpus import as_html, as_parcel

ROOT = Path(__file__).parent.parent
CORPUS, GOLD = ROOT / "corpus", ROOT / "gold"
MADE_WITH = CORPUS / "MADE_WITH.json"  # what the bytes of files made here depend on beside their sources
COLUMNS = ["id", "file", "sha256", "kind", "level", "year", "format", "split", "traps", "made_by"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", help="the id of one source")
    parser.add_argument("--outside", action="store_true", help="also build anew what other programs make")
    said = parser.parse_args()
    known = json.loads(MADE_WITH.read_text(encoding="utf-8"))["from"] if MADE_WITH.exists() else {}
    for source in sources():
        if said.only in {None, source.id}:
            for rendering in source.renderings:
                build(source, rendering, said.outside or known.get(file_name(source, rendering)) != content_of(source, rendering))
            write_gold(source)
    write_manifest()
    said_now = {**known, **contents(said.only)} if said.only else contents()
    MADE_WITH.write_text(json.dumps({"tools": tools_at_hand(), "from": said_now}, indent=1) + "\n", encoding="utf-8", newline="\n")


def content_of(source: Source, rendering: Rendering) -> str:
    """A digest of what a file made elsewhere says and how it was asked for: where it differs, the file is stale."""
    asked = repr((rendering.by, sorted(rendering.options.items()))).encode()
    return hashlib.sha256(as_html.write(source, {}) + asked).hexdigest()[:16]


def contents(only: str | None = None) -> dict[str, str]:
    """For every file that is not made here, the digest of what it says."""
    pairs = [(source, rendering) for source in sources() for rendering in source.renderings if only in {None, source.id}]
    return {file_name(*pair): content_of(*pair) for pair in pairs if pair[1].by not in MADE_HERE}


def tools_at_hand() -> dict[str, str]:
    """Versions of what compresses, sets and writes: where they differ, bytes may."""
    import reportlab
    import xlsxwriter
    from corpus.as_pdf import FONTS

    fonts = b"".join(path.read_bytes() for path in sorted(FONTS.glob("*.ttf"))) if FONTS.is_dir() else b""
    made = {"zlib": zlib.ZLIB_RUNTIME_VERSION, "reportlab": reportlab.Version, "xlsxwriter": xlsxwriter.__version__}
    return {**made, "fonts": hashlib.sha256(fonts).hexdigest()[:16]}


def build(source: Source, rendering: Rendering, outside: bool) -> None:
    path = CORPUS / file_name(source, rendering)
    if rendering.by in MADE_HERE or outside or not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made(source, rendering, CORPUS))


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_gold(source: Source) -> None:
    files = [file_name(source, rendering) for rendering in source.renderings]
    named = [{"doc": name, "sha256": digest(CORPUS / name)} for name in files]
    for rendering, name in zip(source.renderings, files, strict=True):
        if rendering.by == "container":  # the document inside is a twin too
            inner = hashlib.sha256(as_parcel.document(source, rendering.options)).hexdigest()
            named.append({"doc": f"{name}/{as_parcel.inside(source, rendering.options)}", "sha256": inner})
    content = {**named[0], "twins": named[1:], "source": source.id, "split": source.split, **labels(source)}
    GOLD.mkdir(exist_ok=True)
    (GOLD / f"{source.id}.json").write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def write_manifest() -> None:
    rows = ["\t".join(COLUMNS)]
    for source in sources():
        for rendering in source.renderings:
            name = file_name(source, rendering)
            traps = " ".join(sorted({*source.traps.split(), *rendering.traps.split()}))
            row = [source.id, name, digest(CORPUS / name), source.kind, source.level, str(source.year)]
            rows.append("\t".join([*row, rendering.format, source.split, traps, rendering.by]))
    (CORPUS / "MANIFEST.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
