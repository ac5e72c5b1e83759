"""The box "Terkini Lainnya" in unknown markup: the element of an entry, and its parts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from lxml.etree import _Element as Element

from crawler.kompas.pages.document import Document
from crawler.kompas.pages.printed import printed
from crawler.kompas.sections import is_label
from crawler.kompas.text.dates import visible_times
from crawler.kompas.unread.paths import name_of_all
from crawler.kompas.unread.texts import VisibleText, letters_of
from crawler.kompas.urls import absolute, article_id

_TITLE: Final = letters_of("Terkini Lainnya")
_HEADLINE: Final = 3
"""Words that a headline has at least."""
_FEWEST: Final = 3
"""Entries from which on links are a list."""


@dataclass(frozen=True)
class EntryPlace:
    """A row of the table of entries in `pages.listing`; a part that was not found is None."""

    entry: str
    link: str | None
    title: str | None
    section: str | None
    time: str | None
    count: int


def entry_place(parts: list[VisibleText], document: Document) -> EntryPlace | None:
    """Return the markup of the entries behind the title "Terkini Lainnya"; None where there is no such list."""
    title = next((part.element for part in parts if letters_of(part.text) == _TITLE), None)
    box = _box_behind(title, document) if title is not None else None
    entries = _entries(box, document) if box is not None else []
    if len(entries) < _FEWEST:
        return None
    links = [_title_link(_links(entry, document)) for entry in entries]
    return EntryPlace(
        entry=name_of_all(entries),
        link=name_of_all(links),
        title=_common(entries, _is_headline),
        section=_common(entries, _is_section),
        time=_common(entries, _is_time),
        count=len(entries),
    )


def _box_behind(title: Element, document: Document) -> Element | None:
    """Return the first element behind a title, or behind a box round it, that links several stories."""
    for around in (title, *title.iterancestors()):
        for sibling in around.itersiblings("*"):
            if len({_story(link, document) for link in _links(sibling, document)}) >= _FEWEST:
                return sibling
    return None


def _entries(box: Element, document: Document) -> list[Element]:
    """Return the widest elements in a box that link one story each."""
    entries: list[Element] = []
    for link in _links(box, document):
        entry = link
        while (above := entry.getparent()) is not None and len(
            {_story(one, document) for one in _links(above, document)}
        ) == 1:
            entry = above
        if entry not in entries:
            entries.append(entry)
    return entries


def _title_link(links: list[Element]) -> Element:
    """Return the first link that prints something; else the first, whose headline stands beside it."""
    return next(filter(printed, links), links[0])


def _links(element: Element, document: Document) -> list[Element]:
    return [link for link in element.iter("a") if _story(link, document)]


def _story(link: Element, document: Document) -> str | None:
    url = absolute(link.get("href") or "", document.base_url)
    return article_id(url) if url else None


def _is_headline(element: Element) -> bool:
    """Return whether an element may print the headline: the only one of several words that is no time."""
    text = printed(element) or ""
    return (
        len(text.split()) >= _HEADLINE
        and not _is_time(element)
        and not any(printed(below) == text for below in element)
    )


def _is_section(element: Element) -> bool:
    return len(element) == 0 and is_label(printed(element) or "")


def _is_time(element: Element) -> bool:
    times = visible_times(printed(element) or "")
    return len(element) == 0 and bool(times.published or times.modified)


def _common(entries: list[Element], fits: Callable[[Element], bool]) -> str | None:
    """Return the name of the elements of one kind, the first of each entry; None where half of the entries lack it."""
    found = (next((one for one in entry.iter("*") if one is not entry and fits(one)), None) for entry in entries)
    have = [one for one in found if one is not None]
    return name_of_all(have) if 2 * len(have) > len(entries) else None
