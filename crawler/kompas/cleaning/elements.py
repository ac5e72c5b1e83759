"""Passes over the tree: what is emptied before any text is read.

An element is emptied in place, not taken out: a box between two runs of text still parts them.
"""

from collections.abc import Iterator
from typing import Final

from lxml.etree import _Element as Element

from crawler.kompas import tree
from crawler.kompas.cleaning.body import Body, Removal
from crawler.kompas.cleaning.rules import BOXES, END_OF_ARTICLE
from crawler.kompas.text.whitespace import collapse

_TEXTS: Final = ".//text()[not(parent::script or parent::style)]"


def select(root: Element, query: str, marks: tree.Marks | None = None) -> Iterator[Element]:
    """Outermost matches below the root, in document order; an element emptied on the way is not given again.

    :param marks: what is known of the root, if more than one query is put to it.
    """
    for element in tree.css(root, query) if marks is None else tree.select(root, query, marks):
        if element is not root and root in element.iterancestors():
            yield element


def empty(element: Element) -> None:
    """Takes content and attributes away; the element stays as a mark where it stood."""
    element.clear(keep_tail=True)  # type: ignore[call-arg]  # the stubs are older


def text_of(element: Element) -> str:
    """All text below an element, scripts left out, white space collapsed."""
    return collapse(" ".join(tree.xpath(element, _TEXTS)))


def cut_after_end(root: Element, body: Body) -> None:
    """Everything after the first end mark, beside it and beside the elements round it; a second stands behind it."""
    level = next(select(root, END_OF_ARTICLE), None)
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
    marks = tree.marks_of(root)
    for rule in BOXES:
        for element in select(root, rule.css, marks):
            _record(body, f"box/{rule.name}", element)
            empty(element)


def _record(body: Body, rule: str, element: Element) -> None:
    text = text_of(element) if isinstance(element.tag, str) else ""
    if text:
        body.removed.append(Removal(rule, text))
