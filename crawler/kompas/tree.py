"""Queries of a parsed page, each compiled once: CSS by cssselect and parsel, XPath where CSS has no word for it.

They give lxml's own elements. parsel's `Selector` is the same, with an object and its namespaces for every node, which
was four fifths of the time that a page took.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from lxml import etree
from lxml.etree import _Element as Element
from parsel.csstranslator import HTMLTranslator
from parsel.selector import create_root_node

Marks = Mapping[str, list[Element]]
"""Every class name on a page, and every id as `#id` -> the elements that bear it, in document order."""

_NO_MARKS: Final = re.compile(r":not\([^)]*\)|\[[^\]]*\]")
"""Of a query: what an element must not have, and other attributes, whose values may hold anything."""
_NAME: Final = re.compile(r"([.#])([\w-]+)")
_PLAIN: Final = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?[.#][\w-]+")
_SIBLING: Final = re.compile(r"[+~](?!=)")
_translate: Final = HTMLTranslator().css_to_xpath
_Query = Callable[[Element], Any]
"""What lxml's stubs say of a result (a truth value, a number, ...) depends on the query, which they do not read."""


def parse(text: str) -> Element:
    """The root of the tree that libxml2 makes of a page, however broken it is.

    Plain elements: those of `lxml.html` cost a Python call each time that one is met.
    """
    root: Element = create_root_node(text, etree.HTMLParser)
    return root


def css(node: Element, query: str) -> list[Any]:
    """What stands at or below a node: elements in document order; strings for `::text` and `::attr(name)`."""
    found: list[Any] = _by_css(query)(node)
    return found


def xpath(node: Element, query: str) -> list[Any]:
    """The same for XPath."""
    found: list[Any] = _query(query)(node)
    return found


def text_of(node: Element | None) -> str | None:
    """All text below a node on one line, words neither parted nor glued by inline markup; None where there is none."""
    return None if node is None else " ".join(_query("string()")(node).split()) or None


def marks_of(root: Element) -> Marks:
    """Gathered in one walk."""
    found: dict[str, list[Element]] = defaultdict(list)
    for element in root.iter("*"):
        get = element.get
        if classes := get("class"):
            for each in _names(classes):
                found[each].append(element)
        if name := get("id"):
            found[f"#{name}"].append(element)
    return dict(found)


@lru_cache(maxsize=4096)  # a page says the same of many elements, and the next page says it again
def _names(classes: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(classes.split()))


def select(root: Element, query: str, marks: Marks) -> list[Any]:
    """What `css` gives of a whole page, without looking through all of it.

    Most of what the layouts of ten years ask for is not on a page, which its marks tell; and what stands below a mark
    is looked for below the elements that bear it.
    """
    possible = [one for one in _alternatives(query) if one.marks <= marks.keys()]
    if not possible:
        return []
    one, *others = possible
    if others or one.start is None:
        return css(root, ", ".join(each.query for each in possible))
    if one.is_plain:
        return [element for element in marks[one.start] if one.tag in (None, element.tag)]
    return _below(marks[one.start], one.query)


def _below(starts: list[Element], query: str) -> list[Any]:
    """Of starts inside one another the outermost finds everything."""
    found: list[Any] = []
    last: Element | None = None
    for start in starts:
        if last is None or last not in start.iterancestors():
            found += css(start, query)
            last = start
    return found


@dataclass(frozen=True)
class _Alternative:
    """One of the queries that stand between commas."""

    query: str
    marks: frozenset[str]
    """That it asks for."""
    start: str | None
    """A mark of the outermost element that it asks for; None where that has none, or where siblings are asked for."""
    is_plain: bool
    """It asks for that mark and perhaps a tag, and nothing else."""
    tag: str | None


@cache
def _alternatives(query: str) -> list[_Alternative]:
    found = []
    for part in map(str.strip, query.split(",")):
        asked = _NO_MARKS.sub("", part)
        outermost = _marks_in(re.split(r"[\s>]", asked)[0])
        start = outermost[0] if outermost and not _SIBLING.search(asked) else None
        plain = _PLAIN.fullmatch(part)
        tag = plain["tag"] or None if plain else None
        found.append(_Alternative(part, frozenset(_marks_in(asked)), start, plain is not None, tag))
    return found


def _marks_in(query: str) -> list[str]:
    return [name if sign == "." else f"#{name}" for sign, name in _NAME.findall(query)]


@cache
def _by_css(query: str) -> _Query:
    return _query(_translate(query))


@cache
def _query(query: str) -> _Query:
    return etree.XPath(query, smart_strings=False)
