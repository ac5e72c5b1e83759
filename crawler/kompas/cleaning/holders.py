"""Note once what each element of a body holds, so that no element is searched again for every one round it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from lxml.etree import _Element as Element

_PLAYERS: Final = frozenset(("iframe", "video", "oembed"))
_POST: Final = ("/status/", "/p/", "/reel/", "/video/", "/post/")
"""What the path of a post's own address holds, unlike that of a profile or a tag."""


@dataclass(frozen=True)
class Holders:
    """Elements that are or hold something."""

    texts: set[Element]
    """Text that prints."""
    pictures: set[Element]
    """A picture, or the credit of one."""
    players: set[Element]
    """A player."""
    posts: set[Element]
    """A link to a post of a social network."""


def holders_below(root: Element) -> Holders:
    """Return what the elements below one hold, and those round it."""
    texts: list[Element] = []
    pictures: list[Element] = []
    players: list[Element] = []
    posts: list[Element] = []
    for element in root.iter("*"):
        if element.text and element.text.strip():
            texts.append(element)
        if any(node.tail and node.tail.strip() for node in element):
            texts.append(element)
        if element.tag == "img" or has_class(element, "author"):
            pictures.append(element)
        elif element.tag in _PLAYERS:
            players.append(element)
        elif is_post_link(element):
            posts.append(element)
    return Holders(around(texts), around(pictures), around(players), around(posts))


def around(elements: Iterable[Element]) -> set[Element]:
    """Return elements and all elements that hold one of them."""
    found: set[Element] = set()
    for element in elements:
        above: Element | None = element
        while above is not None and above not in found:
            found.add(above)
            above = above.getparent()
    return found


def has_class(element: Element, name: str) -> bool:
    """Return whether an element has a class."""
    return name in (element.get("class") or "").split()


def is_post_link(element: Element) -> bool:
    """Return whether an element is a link to a post of a social network."""
    return element.tag == "a" and any(mark in (element.get("href") or "") for mark in _POST)
