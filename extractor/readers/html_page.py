"""Which part of a web page is the document, and what its style sheet says of its looks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import regex
from lxml import etree

from extractor.readers.drawn import is_letterhead_text, is_signature_text

Element = etree._Element
SKIPPED = frozenset(
    (
        "script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object", "embed", "applet", "canvas", "audio", "video",
        "map", "button", "input", "select", "option", "textarea", "datalist", "progress", "meter", "link", "meta", "base", "title", "del"
    )
)
# parts of a site by the tag or role that says so (HTML 4.3, ARIA landmarks)
_AROUND = frozenset(("nav", "footer", "aside", "dialog", "menu"))
_AROUND_ROLES = frozenset(
    ("navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar", "dialog", "tablist", "toolbar", "alert")
)
_SIGNS = frozenset(("header", "button", "input", "form"))
_OFFICE = ("microsoft word", "microsoft excel", "libreoffice", "openoffice")
_HIDING = regex.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", regex.IGNORECASE)
_RULE = regex.compile(r"([^{}]{1,400})\{([^{}]{0,4000})\}")
_CLASS = regex.compile(r"^\s*([a-z0-9]*\.[A-Za-z0-9_-]+)\s*$")
_LEAVES = frozenset(("p", "td", "th", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dd", "dt", "blockquote", "pre", "div"))
_LEAVES_ONLY = frozenset(("p", "li", "ul", "ol"))
MIN_PROSE = 25  # code points; shorter leaves ("Trang chủ") say nothing about where the document is
SHARE = 0.9  # of the page's prose that the document's element must hold


def is_hidden(element: Element) -> bool:
    """Whether the element says that it is not shown."""
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    style = element.get("style")
    return bool(style and _HIDING.search(style))


def document_on_page(root: Element) -> tuple[Element, int]:
    """The element that holds the document, and how many characters of the page stand outside it.

    A page without signs of a site is the document as a whole. Else it is the innermost element that holds nearly all
    prose outside navigation, widened where the letterhead or the signature stands beside it.
    """
    body = root.find("body")
    if body is None:
        return root, 0
    if not _is_site(root, body):
        return body, 0
    held = _prose(body)
    if not held.get(body):
        return body, 0
    chosen, inner = body, _inside(body, held, SHARE * held[body])
    while inner is not None:
        chosen, inner = inner, _inside(inner, held, SHARE * held[body])
    chosen = _widened(chosen, body)
    return chosen, max(0, _length(body) - _length(chosen))


def _inside(element: Element, held: Mapping[Element, int], least: float) -> Element | None:
    """The child that holds nearly all prose; of a table (old sites place everything in one) the cell that does."""
    child = next((e for e in element if held.get(e, 0) >= least), None)
    if child is None or child.tag in _LEAVES_ONLY:
        return None
    if child.tag not in ("table", "tbody", "tr"):
        return child
    return next((cell for cell in child.iter("td") if held.get(cell, 0) >= least), None)


def _is_site(root: Element, body: Element) -> bool:
    generator = next((m.get("content", "").lower() for m in root.iter("meta") if (m.get("name") or "").lower() == "generator"), "")
    if any(name in generator for name in _OFFICE):
        return False
    return any(_is_around(e) or e.tag in _SIGNS for e in body.iter(*_AROUND, *_SIGNS, "div", "section"))


def _is_around(element: Element) -> bool:
    return element.tag in _AROUND or (element.get("role") or "") in _AROUND_ROLES


def _prose(body: Element) -> dict[Element, int]:
    """How much running text stands in each element, links and the parts around left out: by leaf and all it is in."""
    held: dict[Element, int] = {}
    for leaf in body.iter(*_LEAVES):
        if next(leaf.iterdescendants(*_LEAVES), None) is not None:
            continue
        around = list(leaf.iterancestors())
        weight = 0 if any(_is_out(up) for up in around) else _measure(leaf) - sum(_measure(a) for a in leaf.iter("a"))
        if weight >= MIN_PROSE:
            for element in (leaf, *around):
                held[element] = held.get(element, 0) + weight
    return held


def _is_out(element: Element) -> bool:
    return _is_around(element) or element.tag in SKIPPED or is_hidden(element)


def _measure(element: Element) -> int:
    return len("".join(str(text) for text in element.itertext()).strip())


def _widened(chosen: Element, body: Element) -> Element:
    """The chosen element, or one around it that adds the letterhead or the signer it lacks."""
    best = chosen
    has_head, has_foot = _holds(chosen)
    for up in chosen.iterancestors():
        if up is body.getparent() or (has_head and has_foot):
            break
        head, foot = _holds(up)
        if (head and not has_head) or (foot and not has_foot):
            best, has_head, has_foot = up, head, foot
    return best


def _holds(element: Element) -> tuple[bool, bool]:
    head = foot = False
    for text in _texts(element):
        head = head or is_letterhead_text(text)
        foot = foot or text.lower().startswith("nơi nhận") or (len(text) < 60 and text.isupper() and is_signature_text(text))
        if head and foot:
            break
    return head, foot


def _texts(element: Element) -> Iterator[str]:
    for leaf in element.iter("p", "td", "div", "span", "h1", "h2", "h3", "h4"):
        if len(leaf) < 4:
            text = " ".join("".join(str(part) for part in leaf.itertext()).split())
            if 0 < len(text) < 300:
                yield text


def _length(element: Element) -> int:
    """Shown characters, white space folded."""
    shown = (e for e in element.iter() if isinstance(e.tag, str) and e.tag not in SKIPPED)
    return sum(len(" ".join(text.split())) for e in shown for text in (e.text or "", e.tail or ""))


def style_looks(root: Element) -> dict[str, tuple[bool, bool]]:
    """Of the classes in the page's own style sheet: whether they make text bold, and centre it."""
    found: dict[str, tuple[bool, bool]] = {}
    for sheet in root.iter("style"):
        for rule in _RULE.finditer((sheet.text or "")[:500_000]):
            low = rule[2].lower().replace(" ", "")
            bold, centred = regex.search(r"font-weight:(?:bold|[6-9]00)", low) is not None, "text-align:center" in low
            if not (bold or centred):
                continue
            for selector in rule[1].split(","):
                name = _CLASS.match(selector)
                if name:
                    key = name[1].lstrip(".")
                    old = found.get(key, (False, False))
                    found[key] = (old[0] or bold, old[1] or centred)
    return found
