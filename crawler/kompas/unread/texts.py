"""The visible texts of a page with their elements, for the search for a fact."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml.etree import _Element as Element

from crawler.kompas.pages.document import Document
from crawler.kompas.pages.printed import BETWEEN_NAMES, printed

LONGEST: Final = 300
"""Characters of a headline, a time line or a credit, its label included. An element with more text is a box."""

_HIDDEN: Final = frozenset(("script", "style", "noscript", "template", "head", "select", "option", "textarea"))


@dataclass(frozen=True)
class VisibleText:
    """An element and what it prints."""

    element: Element
    text: str
    names: str
    """The same with commas at the breaks, for lists of names."""
    order: int
    """Position of the element on the page."""


def visible_parts(document: Document) -> list[VisibleText]:
    """Return the elements of a page that print a short text, in document order."""
    found = []
    for order, element in enumerate(_shown(document.root)):
        text = printed(element) if sum(map(len, element.itertext())) <= 4 * LONGEST else None
        if text and len(text) <= LONGEST:
            found.append(VisibleText(element, text, printed(element, BETWEEN_NAMES) or "", order))
    return found


def innermost(found: list[VisibleText]) -> list[VisibleText]:
    """Return those elements that hold no other of them."""
    outer = {above for one in found for above in one.element.iterancestors()}
    return [one for one in found if one.element not in outer]


def letters_of(text: str) -> str:
    """Return the letters and digits of a text in lower case, for a comparison."""
    return "".join(char for char in text.casefold() if char.isalnum())


def is_below(element: Element, above: Element | None) -> bool:
    """Return whether an element stands in another one, or is that element."""
    return above is not None and (element is above or any(one is above for one in element.iterancestors()))


def _shown(root: Element) -> Iterator[Element]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if not isinstance(element.tag, str) or element.tag in _HIDDEN:
            continue
        yield element
        waiting += reversed(element)
