"""Archives of any size out of the sample corpus: copies whose bytes differ, so that no two are the same document."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CORPUS = ROOT / "corpus"
# formats read without an office program or OCR: thousands of them are read in minutes
QUICK = ("txt", "md", "docx", "xlsx", "html", "pdf")
_SLOW = ("scan", "nou", "vntime")  # sample PDFs whose pages go to OCR


def samples(suffixes: tuple[str, ...] = QUICK) -> list[Path]:
    """The sample documents of some formats that need no OCR."""
    found = (path for suffix in suffixes for path in sorted((CORPUS / suffix).glob(f"*.{suffix}")))
    return [path for path in found if not any(path.stem.endswith(word) for word in _SLOW)]


def varied(content: bytes, suffix: str, number: int) -> bytes:
    """The same document in other bytes."""
    note = f"vanban bench {number}"
    if suffix == "pdf":
        return content + f"\n%{note}\n".encode()
    if suffix in ("docx", "xlsx"):
        stream = io.BytesIO(content)
        with zipfile.ZipFile(stream, "a") as package:
            package.comment = note.encode()
        return stream.getvalue()
    if suffix == "html":
        return content + f"<!-- {note} -->".encode()
    return content + f"\n{number}\n".encode()


def copies(count: int, suffixes: tuple[str, ...] = QUICK) -> Iterator[tuple[str, bytes]]:
    """Names and contents of `count` files, a thousand to a folder, formats mixed in an order that is always the same."""
    chosen = samples(suffixes)
    contents = {path: path.read_bytes() for path in chosen}
    chance = random.Random(20261121)
    for number in range(count):
        path = chance.choice(chosen)
        suffix = path.suffix.lstrip(".")
        yield f"{number // 1000:03}/{number:06}-{path.stem}.{suffix}", varied(contents[path], suffix, number)


def build(folder: Path, count: int, suffixes: tuple[str, ...] = QUICK) -> int:
    """Write an archive; the number of bytes."""
    size = 0
    for name, content in copies(count, suffixes):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        size += len(content)
    return size
