"""Parse a page and query its tree: CSS by cssselect and parsel, XPath where CSS has no expression for it.

Every query is compiled once. The functions return lxml's own elements: parsel's `Selector` returns the same, but makes
an object and a dictionary of namespaces for every node, which took four fifths of the time of a page.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache, lru_cache
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

_NO_MARKS: Final = re.compile(r":not\([^)]*\)|\[[^\]]*\]")
"""Parts of a selector that name no mark: negations, and attribute tests, whose values may hold anything."""
_SHORT: Final = 200
"""Characters of a class attribute that is remembered; no other page repeats a longer one."""
_NAME: Final = re.compile(r"([.#])([\w-]+)")
_PLAIN: Final = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?[.#][\w-]+")
_TAG: Final = re.compile(r"[a-z][a-z0-9-]*")
_TESTS: Final = re.compile(r"(?:\[[^\]]*\])+")
"""A selector that consists of attribute tests. All those of a group are evaluated as one."""
_SIBLING: Final = re.compile(r"[+~](?!=)")
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


@dataclass(frozen=True)
class Marks:
    """The class names and `#id`s at and below an element, and where they are."""

    elements: list[Element]
    """All elements, in document order."""
    places: dict[str, list[int]]
    """Mark -> positions in `elements`; those of a class name in several groups, each of which is in order."""

    def __contains__(self, mark: str) -> bool:
        return mark in self.places

    def having(self, mark: str) -> list[Element]:
        """Return the elements that have a mark, in document order."""
        return [self.elements[place] for place in sorted(self.places.get(mark, ()))]


def marks_of(root: Element) -> Marks:
    """Return the marks of a tree, collected in one walk. Most elements share their class attribute with others."""
    elements = list(root.iter("*"))
    attributes: dict[str, list[int]] = defaultdict(list)
    places: dict[str, list[int]] = defaultdict(list)
    for place, element in enumerate(elements):
        if classes := element.get("class"):
            attributes[classes].append(place)
        if name := element.get("id"):
            places[f"#{name}"].append(place)
    for classes, having in attributes.items():
        for name in _names(classes) if len(classes) <= _SHORT else set(classes.split()):
            places[name] += having
    return Marks(elements, places)


@lru_cache(maxsize=4096)  # the next page has the same class attributes
def _names(classes: str) -> frozenset[str]:
    return frozenset(classes.split())


def select(root: Element, query: str, marks: Marks) -> list[Element]:
    """Return the same as `css(root, query)` without searching the whole page.

    Most classes and ids of ten years of layouts are absent from a given page, which its marks show at once. A selector
    that begins with a mark is evaluated only below the elements that have it. The selectors of a group are evaluated
    one by one: libxml2 takes quadratic time to bring the matches of a group into order.

    :param marks: `marks_of(root)`.
    """
    possible = [one for one in _alternatives(query) if one.marks <= marks.places.keys()]
    matches = [found for one in possible if (found := _matches(root, one, marks))]
    if len(matches) < 2:
        return matches[0] if matches else []
    members = {element for found in matches for element in found}
    longest = max(matches, key=len)
    if len(members) == len(longest):
        return longest
    return [element for element in root.iter({element.tag for element in members}) if element in members]


def _matches(root: Element, one: "_Alternative", marks: Marks) -> list[Element]:
    if one.start:
        starts = marks.having(one.start)
    elif one.tags:
        starts = list(root.iter(*one.tags))
    else:
        return css(root, one.query)
    if not one.is_plain:
        return _below(starts, one.query)
    return [element for element in starts if element.tag in one.tags] if one.tags else starts


def _below(starts: list[Element], query: str) -> list[Element]:
    """Evaluate a selector below elements in document order; one inside another needs no evaluation of its own."""
    found: list[Element] = []
    last: Element | None = None
    for start in starts:
        if last is None or last not in start.iterancestors():
            found += css(start, query)
            last = start
    return found


@dataclass(frozen=True)
class _Alternative:
    """One selector of a comma-separated group, or those of the group that consist of a tag, or of attribute tests."""

    query: str
    marks: frozenset[str]
    """Marks that the selector requires."""
    start: str | None
    """A mark of the selector's outermost element; None where that has none, or where the selector names siblings."""
    is_plain: bool
    """Whether the selector is that mark alone, perhaps with a tag, or tags alone."""
    tags: tuple[str, ...]
    """Tags that the outermost element may have; empty where it may have any."""


@cache
def _alternatives(query: str) -> list[_Alternative]:
    parts = [part.strip() for part in query.split(",")]
    tags = tuple(filter(_TAG.fullmatch, parts))
    tests = list(filter(_TESTS.fullmatch, parts))
    found = [_alternative(part) for part in parts if part not in (*tags, *tests)]
    found += [_Alternative(query, frozenset(), None, is_plain=True, tags=tags)] if tags else []
    return found + ([_alternative(f":is({', '.join(tests)})")] if tests else [])


def _alternative(part: str) -> _Alternative:
    asked = _NO_MARKS.sub("", part)
    outermost = _marks_in(re.split(r"[\s>]", asked)[0])
    start = outermost[0] if outermost and not _SIBLING.search(asked) else None
    plain = _PLAIN.fullmatch(part)
    tag = plain["tag"] if plain else asked if _TAG.fullmatch(asked) else None
    return _Alternative(part, frozenset(_marks_in(asked)), start, plain is not None, (tag,) if tag else ())


def marks_needed(query: str) -> list[str]:
    """Return the classes and ids that a selector names outside negations and attribute tests, in order.

    >>> marks_needed("div.read__content > p:not(.iklan), #articleContent")
    ['read__content', '#articleContent']
    """
    return list(dict.fromkeys(_marks_in(_NO_MARKS.sub("", query))))


def _marks_in(query: str) -> list[str]:
    return [name if sign == "." else f"#{name}" for sign, name in _NAME.findall(query)]


@cache
def _by_css(query: str) -> _Query:
    return _query(_translate(query))


@cache
def _query(query: str) -> _Query:
    return etree.XPath(query, smart_strings=False)
