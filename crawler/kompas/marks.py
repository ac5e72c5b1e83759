"""Select the elements of a page by the marks that it has: classes and ids.

Most classes and ids of ten years of layouts are absent from a given page, which one walk over its elements shows.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from lxml.etree import _Element as Element

from crawler.kompas.tree import css

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


@dataclass(frozen=True)
class MarkIndex:
    """The class names and `#id`s at and below an element, and where they are."""

    elements: list[Element]
    """All elements, in document order."""
    places: dict[str, list[int]]
    """Mark -> positions in `elements`; those of a class name in several groups, each of which is in order."""

    def __contains__(self, mark: str) -> bool:
        return mark in self.places

    def has_any(self, marks: Iterable[str]) -> bool:
        """Return whether any element has one of these marks."""
        return not self.places.keys().isdisjoint(marks)

    def having(self, mark: str) -> list[Element]:
        """Return the elements that have a mark, in document order."""
        return [self.elements[place] for place in sorted(self.places.get(mark, ()))]


def marks_of(root: Element) -> MarkIndex:
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
    return MarkIndex(elements, places)


@lru_cache(maxsize=4096)  # the next page has the same class attributes
def _names(classes: str) -> frozenset[str]:
    return frozenset(classes.split())


def select(root: Element, query: str, marks: MarkIndex) -> list[Element]:
    """Return the same as `tree.css(root, query)` without searching the whole page.

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


def _matches(root: Element, one: "_Alternative", marks: MarkIndex) -> list[Element]:
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
