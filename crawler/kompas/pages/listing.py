"""Lists of stories: index days, section fronts, "Terkini Lainnya" and "Mungkin Anda melewatkan ini".

Each generation has its own markup for an entry; the table below holds all known ones. An index page that shows none of
the known lists is `UnknownLayout`, never an empty day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, NamedTuple

from lxml.etree import _Element as Element

from crawler import bounds
from crawler.errors import TooLarge, UnknownLayout
from crawler.kompas.marks import marks_of, select
from crawler.kompas.pages.document import Document
from crawler.kompas.pages.printed import printed
from crawler.kompas.text.numbers import whole_number
from crawler.kompas.text.whitespace import collapse
from crawler.kompas.tree import xpath
from crawler.kompas.urls import absolute


class RawEntry(NamedTuple):
    """A listed story, as raw strings."""

    title: str
    url: str
    section: str | None
    time: str | None
    markup: str
    """Name of the entry's markup (see the table)."""


@dataclass(frozen=True)
class _EntryMarkup:
    """CSS of the parts of an entry, below the entry."""

    name: str
    entry: str
    link: str
    title: str
    section: str | None
    """None where this markup prints no section."""
    time: str

    @property
    def parts(self) -> set[str]:
        """The queries of all parts."""
        return {query for query in (self.link, self.title, self.section, self.time) if query}


_MARKUPS: Final = (
    # 2017-2024, link boxes and index
    _EntryMarkup(
        "read", "div.article__list", "a.article__link", "a.article__link", ".article__subtitle", ".article__date"
    ),
    # since mid 2024
    _EntryMarkup(
        "current", ".articleItem", "a.article-link, a", ".articleTitle", ".articlePost-subtitle", ".articlePost-date"
    ),
    _EntryMarkup("latest", ".latest__item", "a", ".latest__title, a", ".latest__subtitle", ".latest__date"),
    # 2014-2017
    _EntryMarkup("kcm_read", ".kcm-main-list li", "h3 a", "h3 a", None, ".grey.small"),
)

_INDEX_LISTS: Final = "div.latest--indeks, div.articleList, div.kcm-main-list"
_INDEX_EMPTY: Final = '[class~="--emptyAlart"]'
"""A day without stories, in the markup since mid 2024."""
_INDEX_PAGES: Final = "a.paging__link, ul.paginasi a"
_FULL_PAGE: Final = 10
"""Fewest entries of a full index page in any generation. A list this long without page links may continue."""

_OLDER: Final = "div.oldArticle"
_LATEST_TITLE: Final = "Terkini Lainnya"
_TITLES: Final = ".title__content"
"""Class of the title on every stored page."""
_ANY_TITLES: Final = ("h1", "h2", "h3", "h4", "div", "span")
"""Tags of the title on any other page; a <div> holds nothing but the title."""
_BOXES_ROUND: Final = 4
"""The title, and boxes round it, beside which its list is looked for."""
_PIECES: Final = 8
"""Pieces of text into which markup may divide a title."""


@dataclass(frozen=True)
class RawIndexPage:
    """One page of an index day."""

    entries: list[RawEntry]
    last_page: int
    """Highest page number that the paging links name; 1 where there are none."""
    may_go_on: bool
    """No paging link names another page, but the number of entries does not rule out a next page."""


def read_index(document: Document) -> RawIndexPage:
    """Return one page of an index day.

    :raises UnknownLayout: the page shows neither a known list nor the mark of an empty one.
    """
    lists = document.select(_INDEX_LISTS)
    if not lists and not document.select(_INDEX_EMPTY):
        raise UnknownLayout(f"{document.url} shows no list of stories in any known markup ({_INDEX_LISTS})")
    lists = _outermost(lists)
    found = [entry for node in lists for entry in entries_below(node, document.base_url)]
    if not found and any(xpath(node, ".//a[contains(@href, '/read/')]") for node in lists):
        raise UnknownLayout(f"{document.url} links stories in an unknown markup")
    pages = document.select(_INDEX_PAGES)
    numbers = {number for node in pages for number in (_number(node),) if number}
    return RawIndexPage(found, max(numbers, default=1), may_go_on=len(numbers) <= 1 and len(found) >= _FULL_PAGE)


def entries_below(node: Element, page_url: str) -> list[RawEntry]:
    """Return the entries below a node, in order, in the first known markup that gives any.

    :raises TooLarge: more than `bounds.LIST_ENTRIES`.
    """
    marks = marks_of(node)
    for markup in _MARKUPS:
        items = select(node, markup.entry, marks)
        if len(items) > bounds.LIST_ENTRIES:
            raise TooLarge(f"{page_url} has a list of {len(items):,}; at most {bounds.LIST_ENTRIES} entries are read")
        parts = {query: _by_item(node, items, select(node, query, marks)) for query in markup.parts} if items else {}
        entries = [entry for item in items if (entry := _entry(item, markup, parts, page_url))]
        if entries:
            return entries
    return []


def _by_item(node: Element, items: list[Element], parts: list[Element]) -> dict[Element, list[Element]]:
    """Return the parts at and below each item, in order; a part of an item inside another belongs to both."""
    found: dict[Element, list[Element]] = {item: [] for item in items}
    for part in parts:
        above: Element | None = part
        while above is not None:
            if above in found:
                found[above].append(part)
            above = above.getparent() if above is not node else None
    return found


def terkini_entries(document: Document) -> list[RawEntry]:
    """Return the "Terkini Lainnya" box: the first list after that title."""
    titles = list(filter(_is_latest_title, document.select(_TITLES))) or list(_any_titles(document))
    for heading in titles[: bounds.BOX_TITLES]:
        # the list stands beside the title or, in a box of its own, beside one of the boxes round the title
        for node in islice((heading, *heading.iterancestors()), _BOXES_ROUND):
            for box in islice(node.itersiblings("*"), 1):
                if entries := entries_below(box, document.base_url):
                    return entries
    return []


def _any_titles(document: Document) -> Iterator[Element]:
    titles = (node for node in document.root.iter(*_ANY_TITLES) if node.tag != "div" or not len(node))
    return filter(_is_latest_title, titles)


def _is_latest_title(node: Element) -> bool:
    text = "".join(str(piece)[: len(_LATEST_TITLE) * 2] for piece in islice(node.itertext(), _PIECES))
    return collapse(text) == _LATEST_TITLE


def older_entries(document: Document) -> list[RawEntry]:
    """Return the "Mungkin Anda melewatkan ini" box."""
    return [entry for box in _outermost(document.select(_OLDER)) for entry in entries_below(box, document.base_url)]


def _outermost(elements: list[Element]) -> list[Element]:
    """Return the elements that are inside no other one: a list inside a list would be read with both."""
    found = set(elements)
    return [element for element in elements if not any(above in found for above in element.iterancestors())]


def front_links(document: Document) -> list[str]:
    """Return every link of a section front. Its boxes change often, so the address decides what is a story."""
    return [url for href in document.hrefs("body a") if (url := absolute(href, document.base_url))]


def _entry(
    item: Element, markup: _EntryMarkup, parts: dict[str, dict[Element, list[Element]]], page_url: str
) -> RawEntry | None:
    """Return an entry.

    :param parts: query of the markup -> what it finds in each item.
    """

    def text(query: str | None) -> str | None:
        return next(filter(None, map(printed, parts[query][item])), None) if query else None

    href = next((link.get("href") for link in parts[markup.link][item]), None)
    title = text(markup.title)
    url = absolute(href, page_url) if href else None
    if not url or not title:
        return None
    return RawEntry(title, url, text(markup.section), text(markup.time), markup.name)


def _number(link: Element) -> int | None:
    return whole_number(link.get("data-ci-pagination-page") or printed(link) or "")
