"""Holds labels against the words of their documents: `python tools/check_gold.py [GOLD.json …]`.

For each label file: do the hashes of the document and its twins match, is every copied string in the document (whole, or each of its words
where a page break or a list with a shared head keeps it apart), are dates days, are relations, areas and states of those that
gold/GUIDELINES.md names. It reads files by its own simple means, not by the readers it will help to judge. Exit code 1 if anything is wrong.
"""

from __future__ import annotations

import argparse
import hashlib
import html
import json
import re
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parent.parent
CLOSED = {
    "relation of a deadline": {"before", "by", "in", "from", "between", "every", "continuous", "after", "per"},
    "area": {"direction", "institutions", "procedures", "organisation", "civil_service", "finance", "digital", None},
    "status": {"done", "in_progress", "late", "not_done", "not_due", None},
    "origin": {"table", "narrative"},
    "relation of a citation": {"basis", "amends", "replaces", "attached_to", "mentions"},
}
IMAGE = {"no-tounicode", "garbage-layer", "good-layer", "scan-noise"}  # what only a picture can tell
WORD = re.compile(r"[^\W_]+")


def words_of(path: Path) -> str | None:
    """The words of a file, roughly; None where only an OCR or another program could tell."""
    suffix, raw = path.suffix, path.read_bytes()
    if suffix in {".txt", ".md"}:
        return raw.decode("utf-8")
    if suffix == ".rtf":
        return _typeset(raw.decode("ascii"))
    if suffix == ".html":
        return html.unescape(re.sub(r"<(style|script).*?</\1>|<[^>]+>", " ", raw.decode("utf-8"), flags=re.DOTALL))
    if suffix not in {".zip", ".eml"} and raw.startswith(b"PK"):
        return _zipped(path)
    if suffix == ".pdf":
        return _printed(path)
    return None


def _typeset(rtf: str) -> str:
    plain = re.sub(r"\\u(\d+)\?", lambda found: chr(int(found[1])), rtf)
    plain = re.sub(r"\\'(..)", lambda found: chr(int(found[1], 16)), plain)
    plain = re.sub(r"\\(par|cell|line|row)\b ?", " ", plain)
    return re.sub(r"\\[a-z]+-?\d* ?|[{}]", "", plain)


def _zipped(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name).decode("utf-8", "replace") for name in sorted(archive.namelist()) if name.endswith(".xml")]
    kept = re.sub(r"<w:delText[^>]*>.*?</w:delText>", "", " ".join(parts))
    return html.unescape(re.sub(r"<w:(p|br)\b[^>]*>|<(si|row|c)\b[^>]*>|</(p|si)>", " ", kept).replace("</w:t>", "")) if kept else ""


def _printed(path: Path) -> str | None:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    text = " ".join(document[index].get_textpage().get_text_bounded() for index in range(len(document)))
    return text.replace("\ufffe", "-").replace("\x02", "-") if len(text) > 400 * len(document) else None


def unicode_of(text: str, traps: str) -> str:
    """Legacy text as Unicode, by the tables the samples were written with."""
    from corpus import legacy

    if "viqr" in traps:
        pairs = {legacy.viqr(letter): letter for letter in set("".join(legacy.VNI)) | {letter.upper() for letter in legacy.VNI}}
        table = {letter: code for code, letter in pairs.items()}
        text = text.replace("\\", "")
    else:
        table = legacy.TCVN3 if "tcvn3" in traps else legacy.VNI
    codes = sorted({code: letter for letter, code in table.items()}.items(), key=lambda pair: -len(pair[0]))
    meant = dict(codes)
    return re.sub("|".join(re.escape(code) for code in meant), lambda found: meant[found[0]], text)


def fold(text: str) -> str:
    text = unicodedata.normalize("NFC", re.sub(r"<[^>]*>", "", text))
    return re.sub(r"[\s|*_]+", "", text).casefold()


class Document:
    """What a label is held against."""

    def __init__(self, text: str):
        self.folded = fold(text)
        self.words = set(WORD.findall(unicodedata.normalize("NFC", re.sub(r"<[^>]*>", " ", text)).casefold()))

    def lacks(self, value: str) -> list[str]:
        """The words of `value` that the document does not have."""
        if fold(value) in self.folded:
            return []
        return [word for word in WORD.findall(unicodedata.normalize("NFC", value).casefold()) if word not in self.words]


def strings(gold: dict) -> Iterator[tuple[str, str]]:
    """Every copied string of the labels, with where it is."""
    copied = {
        "tasks": ("text", "parent", "product", "status_text"),
        "indicators": ("label", "unit", "value_text", "note", "form"),
        "citations": ("text", "issuer"),
        "duties": ("what", "to", "via", "cutoff"),
    }
    for layer, keys in copied.items():
        for index, record in enumerate(gold[layer]):
            listed = [*record.get("lead", []), *record.get("support", []), *record.get("who", []), *record.get("columns", [])]
            listed += [text for one in record.get("deadlines", []) for text in (one["text"], one.get("trigger"))]
            yield from ((f"{layer}[{index}]", text) for text in [*(record.get(key) for key in keys), *listed] if text)
    for key in ("title", "place", "signer", "signer_title"):
        if gold["header"].get(key):
            yield f"header.{key}", gold["header"][key]
    for key in ("addressees", "recipients"):
        yield from ((f"header.{key}", text) for text in gold["header"][key])


def closed(gold: dict) -> Iterator[str]:
    """Values outside their closed lists, days that are none, numbers that are none."""
    for layer in ("tasks", "indicators"):
        for index, record in enumerate(gold[layer]):
            for key in {"area", "status", "origin"} & record.keys():
                if record[key] not in CLOSED[key]:
                    yield f"{layer}[{index}].{key}: {record[key]!r}"
    for index, record in enumerate(gold["citations"]):
        if record["relation"] not in CLOSED["relation of a citation"]:
            yield f"citations[{index}].relation: {record['relation']!r}"
        yield from _day(record["issued_on"], f"citations[{index}].issued_on")
    for layer in ("tasks", "duties"):
        for index, record in enumerate(gold[layer]):
            for one in record["deadlines"]:
                if one["relation"] not in CLOSED["relation of a deadline"]:
                    yield f"{layer}[{index}]: deadline {one['relation']!r}"
                yield from _day(one["due_on"], f"{layer}[{index}]: due_on")
    for index, record in enumerate(gold["indicators"]):
        if record["blank"] and record["value"] is not None:
            yield f"indicators[{index}]: blank with a value"
    yield from _day(gold["header"]["issued_on"], "header.issued_on")


def _day(value: str | None, where: str) -> Iterator[str]:
    try:
        if value is not None:
            date.fromisoformat(value)
    except ValueError:
        yield f"{where}: no day: {value!r}"


def faults(file: Path, corpus: Path) -> Iterator[str]:
    """What is wrong with a label file."""
    gold = json.loads(file.read_text(encoding="utf-8"))
    listed = [line.split("\t") for line in (corpus / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()]
    traps = {row[1]: row[listed[0].index("traps")] for row in listed}
    for named in [gold, *gold.get("twins", [])]:
        path = corpus / named["doc"]
        if path.parent.is_file() or path.parent.parent.is_file():
            continue  # a document inside a ZIP or an e-mail: its own DOCX stands beside it
        if not path.exists():
            yield f"no such document: {named['doc']}"
            continue
        if hashlib.sha256(path.read_bytes()).hexdigest() != named["sha256"]:
            yield f"{named['doc']}: the hash differs"
        text = None if IMAGE & set(traps.get(named["doc"], "").split()) else words_of(path)
        if text is None:
            continue
        if re.search("tcvn3|vni|viqr", traps.get(named["doc"], "")):
            text = f"{text} {unicode_of(text, traps[named['doc']])}"
        document = Document(text)
        for where, value in strings(gold):
            missing = document.lacks(value)
            if missing and not (path.suffix == ".xlsx" and re.fullmatch(r"[\d.,]+", value)):  # a workbook stores 1.762 as 1762
                yield f"{named['doc']}: {where}: {value[:80]!r} lacks {missing[:4]}"
    yield from closed(gold)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="*", type=Path, help="label files; without any, all of gold/")
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpus")
    said = parser.parse_args()
    files = said.gold or [path for path in sorted((ROOT / "gold").glob("*.json")) if '"twins"' in path.read_text(encoding="utf-8")]
    wrong = 0
    for file in files:
        found = list(faults(file, said.corpus))
        wrong += len(found)
        print(f"{file.name}: {len(found)} faults")
        for fault in found[:40]:
            print("   ", fault)
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
