"""Passes over the tree: what is emptied before any text is read.

An element is emptied in place, not taken out: a box between two runs of text still parts them.
"""

from collections.abc import Iterator
from typing import cast

from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.etree import _Element as Element

from crawler.cleaning.body import Body, Removal
from crawler.cleaning.rules import BOXES, END_OF_ARTICLE
from crawler.text.whitespace import collapse

_END = CSSSelector(END_OF_ARTICLE, translator="html")
_TEXTS = etree.XPath(".//text()[not(parent::script or parent::style)]", smart_strings=False)
_BOXES = tuple((rule.name, CSSSelector(rule.css, translator="html")) for rule in BOXES)


def select(root: Element, selector: CSSSelector) -> Iterator[Element]:
    """Outermost matches below the root, in document order; an element emptied on the way is not given again."""
    for element in cast("list[Element]", selector(root)):
        if element is not root and root in element.iterancestors():
            yield element


def empty(element: Element) -> None:
    """Takes content and attributes away; the element stays as a mark where it stood."""
    element.clear(keep_tail=True)  # type: ignore[call-arg]  # the stubs are older


def text_of(element: Element) -> str:
    """All text below an element, scripts left out, white space collapsed."""
    return collapse(" ".join(cast("list[str]", _TEXTS(element))))


def cut_after_end(root: Element, body: Body) -> None:
    """Everything after the first end mark, beside it and beside the elements round it; a second stands behind it."""
    level = next(select(root, _END), None)
    if level is not None:
        empty(level)
    while level is not None and level is not root:
        for rest in level.itersiblings():
            _record(body, "cut/after_end", rest)
            empty(rest)
            rest.tail = None
        level.tail = None
        level = level.getparent()


def drop_boxes(root: Element, body: Body) -> None:
    """Furniture elements, by the rule table."""
    for name, selector in _BOXES:
        for element in select(root, selector):
            _record(body, f"box/{name}", element)
            empty(element)


def _record(body: Body, rule: str, element: Element) -> None:
    text = text_of(element) if isinstance(element.tag, str) else ""
    if text:
        body.removed.append(Removal(rule, text))
