"""Find the elements of a body that are no text of the story, and decide how much of each is its own.

Broken pages leave end tags out: a form, an advertising slot, a photo or a post then holds all the paragraphs behind
it, which a browser shows as the story. Such an element keeps only its first children; the rest is the story's.
"""

import copy
from collections.abc import Collection, Iterator
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from crawler.kompas import tree
from crawler.kompas.cleaning.rules import BODY_END, BOXES, EMBEDS, END_OF_ARTICLE, PHOTOS, RELATED_BOXES, TEMPLATE_END
from crawler.kompas.marks import MarkIndex, marks_of, select

PARAGRAPHS: Final = frozenset(
    ("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "blockquote", "table", "figure")
)
"""Blocks that stories are made of."""

_RULES: Final = (
    ("related/box", RELATED_BOXES),
    *((f"box/{rule.name}", rule.css) for rule in BOXES),
    ("embed/text", EMBEDS),
    ("photo/caption", PHOTOS),
)
"""Rule of a removal, and the elements that it applies to; the first that fits an element counts."""

_INLINE: Final = frozenset(("span", "label", "button"))
"""Elements that HTML does not allow a paragraph in: one that has a paragraph for a child lacks its end tag."""

_EDGES: Final = tree.BLOCKS | {"br"}
_SENTENCE_ENDS: Final = (".", "!", "?", '"', "”")


class Parts:
    """The special elements of one body."""

    def __init__(self, root: Element, marks: MarkIndex) -> None:
        self._rules: dict[Element, str] = {}
        for rule, query in _RULES:
            for element in select(root, query, marks):
                self._rules.setdefault(element, rule)
        self._rules.pop(root, None)
        self.end = next((mark for mark in select(root, END_OF_ARTICLE, marks) if mark is not root), None)
        last = next(iter(select(root, TEMPLATE_END, marks)), None)
        self._open = set(_forms_round_last_sentence(root) if last is None else last.iterancestors())

    def rule_of(self, element: Element) -> str | None:
        """Return the rule of the removal that an element is due to, or None for an element of the story."""
        return self._rules.get(element)

    def is_open(self, element: Element) -> bool:
        """Return whether an element's end tag is missing, by what it holds: the end of the template, or paragraphs."""
        if element in self._open:
            return True
        return element.tag in _INLINE and any(child.tag in PARAGRAPHS for child in element)

    def of_box(self, element: Element) -> list[Element]:
        """Return the children that are a box's own: all, or those of an open one before a block or a line break."""
        if not self.is_open(element):
            return list(element)
        own = leading(element, edges=_EDGES)
        return own[: next((number for number, child in enumerate(own) if child in self._open), len(own))]


def leading(element: Element, first: int = 0, edges: Collection[str] = tree.BLOCKS) -> list[Element]:
    """Return the children before the first block, which is looked for from a position on."""
    children = list(element)
    end = next((number for number in range(first, len(children)) if children[number].tag in edges), len(children))
    return children[:end]


def first_block(element: Element) -> list[Element]:
    """Return the children through the first block, and those behind it before the next block."""
    return leading(element, len(leading(element)) + 1)


def whole(element: Element) -> Element:
    """Return a body element without an end mark, or a copy with the siblings that a stray end tag has put behind it.

    The template closes the body behind its end mark: where that stands behind the element, the story does not end with
    the element.
    """
    siblings = list(element.itersiblings("*"))
    ends = (number for number, sibling in enumerate(siblings) if marks_of(sibling).has_any(BODY_END))
    end = next(ends, None)
    if end is None:
        return element
    joined = etree.Element("div")
    joined.extend(copy.deepcopy(part) for part in (element, *siblings[: end + 1]))
    return joined


def text_below(element: Element) -> str:
    """Return the text below an element as it stands."""
    return "".join(map(str, element.itertext()))


def _forms_round_last_sentence(root: Element) -> Iterator[Element]:
    """Yield the forms and asides round the last paragraph of a body without a mark of the template.

    A form that is closed at the end of a body holds labels and buttons; one that holds a sentence lacks its end tag.
    """
    paragraphs = [paragraph for paragraph in root.iter("p") if text_below(paragraph).strip()]
    if paragraphs and text_below(paragraphs[-1]).rstrip().endswith(_SENTENCE_ENDS):
        yield from paragraphs[-1].iterancestors("form", "aside")
