"""What was read of a page picture, kept by the hash of its pixels: a second run does not read it again.

Kept under `VANBAN_CACHE` (a folder, or "off"), else in the user's cache folder. A cache that cannot be written or read
is as good as none.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
import zlib
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from extractor.layout.lines import PageWords
from extractor.layout.ruled import PageRules

VERSION = b"9"  # of the reading: another way of reading pictures must not find the old words


def folder() -> Path | None:
    """Where pages are kept, or None where that is turned off."""
    told = os.environ.get("VANBAN_CACHE")
    if told == "off":
        return None
    home = told or os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(home) / "vanban" / "ocr"


def key_of(picture: np.ndarray[Any, Any]) -> str:
    """The hash under which what is read of `picture` is kept."""
    return hashlib.sha256(VERSION + repr(picture.shape).encode() + np.ascontiguousarray(picture).data).hexdigest()


def fetch(key: str, page: int) -> tuple[PageWords, PageRules, float, int] | None:
    """Words, rules, confidence and turns kept under `key`, or None."""
    place = folder()
    path = place and place / key[:2] / f"{key}.z"
    if path is None or not path.exists():
        return None
    try:
        kept = json.loads(zlib.decompress(path.read_bytes()))
        x0, top, x1, bottom, size = (np.array(c, float) for c in kept["boxes"])
        bold, confidence = np.zeros(len(kept["text"]), bool), np.array(kept["confidence"], float)
        width, height = kept["size"]
        words = PageWords(page, width, height, kept["text"], x0, top, x1, bottom, size, bold, confidence)
        rules = PageRules(width, height, *(np.array(c, float).reshape(-1, n) for c, n in zip(kept["rules"], (3, 3, 4), strict=True)))
    except (OSError, ValueError, KeyError, TypeError, zlib.error):
        return None
    return words, rules, kept["mean"], kept["turns"]


def keep(key: str, words: PageWords, rules: PageRules, *, mean: float, turns: int) -> None:
    """Keep a page; written aside and moved into place, so that no half-written page is ever found."""
    place = folder()
    if place is None:
        return
    boxes = [getattr(words, name).tolist() for name in ("x0", "top", "x1", "bottom", "size")]
    rows = [getattr(rules, f.name).tolist() for f in fields(rules) if f.name in {"level", "plumb", "fills"}]
    confidence = [] if words.confidence is None else words.confidence.tolist()
    kept = {"size": [words.width, words.height], "text": words.text, "boxes": boxes, "confidence": confidence}
    kept |= {"rules": rows, "mean": mean, "turns": turns}
    with contextlib.suppress(OSError):
        target = place / key[:2] / f"{key}.z"
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(zlib.compress(json.dumps(kept, ensure_ascii=False).encode(), 3))
            os.replace(aside, target)
        except OSError:
            os.unlink(aside)
