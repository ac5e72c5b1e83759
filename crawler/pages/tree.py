"""Queries of a parsed page, each compiled once: CSS by cssselect and parsel, XPath where CSS has no word for it.

They give lxml's own elements. parsel's `Selector` is the same, with an object and its namespaces for every node: four fifths
of the time of a page went into that.
"""

import re
from collections.abc import Callable, Collection
from functools import cache
from typing import Any, Final

from lxml import etree
from lxml.html import HtmlElement, HTMLParser
from parsel.csstranslator import HTMLTranslator
from parsel.selector import create_root_node

_NEGATION: Final = re.compile(r":not\([^)]*\)")
_NAME: Final = re.compile(r"([.#])([\w-]+)")
_translate: Final = HTMLTranslator().css_to_xpath
_Query = Callable[[HtmlElement], Any]
"""What lxml's stubs say of a result (a truth value, a number, ...) depends on the query, which they do not read."""


def parse(text: str) -> HtmlElement:
    """The root of the tree that libxml2 makes of a page, however broken it is."""
    root: HtmlElement = create_root_node(text, HTMLParser)
    return root


def css(node: HtmlElement, query: str) -> list[Any]:
    """What stands at or below a node: elements in document order; strings for `::text` and `::attr(name)`."""
    found: list[Any] = _by_css(query)(node)
    return found


def xpath(node: HtmlElement, query: str) -> list[Any]:
    """The same for XPath."""
    found: list[Any] = _query(query)(node)
    return found


def text_of(node: HtmlElement | None) -> str | None:
    """All text below a node on one line, words neither parted nor glued by inline markup; None where there is none."""
    return None if node is None else " ".join(_query("string()")(node).split()) or None


def marks(root: HtmlElement) -> frozenset[str]:
    """Every class name below a node, and every id as `#id`."""
    classes = (name for value in set(xpath(root, "//@class")) for name in value.split())
    return frozenset((*classes, *(f"#{name}" for name in xpath(root, "//@id"))))


def possible(query: str, marks: Collection[str]) -> str:
    """Those alternatives of a CSS query whose every class and id is on the page; empty where there are none.

    Most of what the layouts of ten years ask for is not on a page, which this tells without looking through its tree.

    >>> possible("div.article__list, .articleItem a, #penulis", {"article__list", "#penulis"})
    'div.article__list, #penulis'
    """
    return ", ".join(one for one, names in _alternatives(query) if names.issubset(marks))


@cache
def _alternatives(query: str) -> list[tuple[str, frozenset[str]]]:
    parts = [part.strip() for part in query.split(",")]
    return [(part, frozenset(_mark(*name) for name in _NAME.findall(_NEGATION.sub("", part)))) for part in parts]


def _mark(sign: str, name: str) -> str:
    return name if sign == "." else f"#{name}"


@cache
def _by_css(query: str) -> _Query:
    return _query(_translate(query))


@cache
def _query(query: str) -> _Query:
    return etree.XPath(query, smart_strings=False)
