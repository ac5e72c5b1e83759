"""Parse a page and query its tree: CSS by cssselect and parsel, XPath where CSS has no expression for it.

Every query is compiled once. The functions return lxml's own elements: parsel's `Selector` returns the same, but makes
an object and a dictionary of namespaces for every node, which took four fifths of the time of a page.
"""

from collections.abc import Callable, Collection
from functools import cache
from typing import Any, Final

from lxml import etree
from lxml.etree import _Element as Element
from parsel.csstranslator import HTMLTranslator
from parsel.selector import create_root_node

from crawler.errors import TooDeep
from crawler.kompas.markup import refuse_oversized

BLOCKS: Final = frozenset(
    (
        *("p", "div", "section", "article", "main", "header", "footer", "nav", "aside", "hgroup", "dialog"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "li", "dt", "dd", "blockquote", "pre", "address"),
        *("figure", "figcaption", "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "center", "hr"),
        *("form", "fieldset", "legend", "details", "summary", "iframe"),
    )
)
"""Tags that a browser lays out as a block or a cell: text before and after them never joins into one word."""

CODE: Final = frozenset(("script", "style"))
"""Tags whose text is code."""

_EDGES: Final = BLOCKS | {"br"}
_UNREAD: Final = CODE | {"noscript", "template"}
"""Tags whose text a browser with scripts does not show."""

_TOO_DEEP: Final = "Excessive depth"
"""How libxml2's message begins when it stops reading at a depth of 2,048; `huge_tree` does not raise that limit."""

_translate: Final = HTMLTranslator().css_to_xpath
_Query = Callable[[Element], Any]
"""A compiled query. The type of its result depends on the expression, which lxml's stubs do not read."""


def parse(text: str) -> Element:
    """Return the root of the tree that libxml2 builds from a page, however broken its markup is.

    The elements are plain ones: an element of `lxml.html` costs a Python call each time that it is met.

    :raises TooDeep: elements are nested deeper than the parser reads, so that the rest of the page would be missing.
    :raises TooLarge: see `refuse_oversized`.
    """
    refuse_oversized(text)
    root: Element = create_root_node(text, etree.HTMLParser)
    parser = root.getroottree().parser
    if any(error.message.startswith(_TOO_DEEP) for error in parser.error_log.filter_from_fatals()):
        raise TooDeep(
            "the page nests elements deeper than the parser reads (2,048 levels), so its text would be cut short; "
            "its markup is broken"
        )
    return root


def css(node: Element, query: str) -> list[Element]:
    """Return the elements that a selector matches at or below a node, in document order."""
    found: list[Element] = _by_css(query)(node)
    return found


def xpath(node: Element, query: str) -> list[Any]:
    """Return what an XPath expression matches, relative to a node."""
    found: list[Any] = _query(query)(node)
    return found


def texts_below(node: Element, but: Collection[str] = ()) -> list[str]:
    """Return the texts below a node as they stand, in order, without the texts of some tags and of comments.

    XPath's `.//text()` finds the same in quadratic time: libxml2 brings the texts beside each other into order.
    """
    texts: list[str | None] = []
    for event, element in etree.iterwalk(node, events=("start", "end", "comment", "pi")):
        if event == "start":
            texts.append(element.text if element.tag not in but else None)
        elif element is not node and element.getparent().tag not in but:
            texts.append(element.tail)
    return [text for text in texts if text]


def text_of(node: Element | None) -> str | None:
    """Return the text below a node as one line, or None where there is none.

    Inline markup neither parts nor glues words. A line break, a block element, and the border between two <span> that
    stand side by side part them. Code is left out.
    """
    if node is None:
        return None
    parts = [node.text] if len(node) == 0 else _texts(node)
    return " ".join("".join(filter(None, parts)).split()) or None


def _texts(node: Element) -> list[str | None]:
    parts: list[str | None] = []
    walker = etree.iterwalk(node, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        edge = " " if element.tag in _EDGES else None
        if event == "start" and element.tag in _UNREAD:
            walker.skip_subtree()
        elif event == "start":
            parts += (edge or _seam(element), element.text)
        else:
            parts += (edge, element.tail if element is not node else None)
    return parts


def _seam(element: Element) -> str | None:
    """Return a blank where a label is made of <span> elements side by side, which a style sheet keeps apart."""
    before = element.getprevious() if element.tag == "span" else None
    return " " if before is not None and before.tag == "span" and not before.tail else None


@cache
def _by_css(query: str) -> _Query:
    return _query(_translate(query))


@cache
def _query(query: str) -> _Query:
    return etree.XPath(query, smart_strings=False)
