"""Passes over the tree: what is emptied before any text is read.

An element is emptied in place, not taken out: a box between two runs of text still parts them.
"""

from collections.abc import Iterator
from typing import cast

from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from crawler.cleaning.body import Body, Removal
from crawler.cleaning.rules import BOXES, END_OF_ARTICLE
from crawler.text.whitespace import collapse

_END = CSSSelector(END_OF_ARTICLE, translator="html")
_BOXES = tuple((rule.name, CSSSelector(rule.css, translator="html")) for rule in BOXES)


def select(root: HtmlElement, selector: CSSSelector) -> Iterator[HtmlElement]:
    """Outermost matches below the root, in document order; an element emptied on the way is not given again."""
    for element in cast("list[HtmlElement]", selector(root)):
        if element is not root and root in element.iterancestors():
            yield element


def empty(element: HtmlElement) -> None:
    """Takes content and attributes away; the element stays as a mark where it stood."""
    element.clear(keep_tail=True)


def text_of(element: HtmlElement) -> str:
    """All text below an element, scripts left out, white space collapsed."""
    return collapse(" ".join(element.xpath(".//text()[not(parent::script or parent::style)]")))


def cut_after_end(root: HtmlElement, body: Body) -> None:
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


def drop_boxes(root: HtmlElement, body: Body) -> None:
    """Furniture elements, by the rule table."""
    for name, selector in _BOXES:
        for element in select(root, selector):
            _record(body, f"box/{name}", element)
            empty(element)


def _record(body: Body, rule: str, element: HtmlElement) -> None:
    text = text_of(element) if isinstance(element.tag, str) else ""
    if text:
        body.removed.append(Removal(rule, text))
