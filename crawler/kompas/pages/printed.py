"""The text that an element of a page head prints: headline, time line, tag, name, entry of a list."""

from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from crawler.kompas.text.whitespace import collapse

BETWEEN_WORDS: Final = " "
BETWEEN_NAMES: Final = ", "

_BREAKS: Final = frozenset(
    (
        *("br", "hr", "p", "div", "ul", "ol", "li", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("section", "article", "header", "footer", "figure", "figcaption", "blockquote"),
        *("table", "tbody", "tr", "td", "th"),
    )
)
"""Elements that a browser sets on a line or into a cell of their own."""
_EMPTY: Final = frozenset(("br", "hr"))
_SILENT: Final = frozenset(("script", "style", "noscript", "template"))


def printed(element: Element | None, between: str = BETWEEN_WORDS) -> str | None:
    """Return the text below an element on one line; None where there is none.

    Inline markup neither parts nor glues words. A line break or the edge of a block parts them, and so does the seam of
    two neighbouring spans, in which scripts print items. Scripts, styles and hidden elements print nothing.

    :param between: what stands at a break: `BETWEEN_NAMES` in a list of names, in which neighbouring links part too.
    """
    if element is None:
        return None
    if not len(element):
        return collapse(element.text or "") or None
    parts: list[str] = []
    walker = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, node in walker:
        if event == "start":
            if _is_silent(node):
                walker.skip_subtree()
                continue
            parts += [_before(node, between) if node is not element else "", node.text or ""]
        elif node is not element:
            parts += [between if node.tag in _BREAKS - _EMPTY else "", node.tail or ""]
    return collapse("".join(parts)) or None


def _is_silent(node: Element) -> bool:
    style = "".join((node.get("style") or "").lower().split())
    return node.tag in _SILENT or node.get("hidden") is not None or "display:none" in style


def _before(node: Element, between: str) -> str:
    """Return what stands between an element and the one before it."""
    if node.tag in _BREAKS:
        return between
    previous = node.getprevious()
    if previous is None or previous.tag != node.tag or (previous.tail or "").strip():
        return ""
    if node.tag == "span":
        return BETWEEN_WORDS if not previous.tail else ""
    return between if node.tag == "a" and between == BETWEEN_NAMES else ""
