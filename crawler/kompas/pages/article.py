"""An article page: the facts that every layout offers, as raw strings.

A layout is a subclass in ``layouts/``: it says by which marks it is recognised and where its facts stand. What
stands in the head (metas, JSON-LD, canonical link) is the same in all of them and is read here.
"""

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Final, Self

from lxml.etree import _Element as Element

from crawler.errors import MissingBody
from crawler.items import Image
from crawler.kompas.cleaning import Body, clean
from crawler.kompas.cleaning.photos import read_photo
from crawler.kompas.pages.document import Document
from crawler.kompas.pages.listing import RawEntry, older_entries, terkini_entries
from crawler.kompas.tree import text_of
from crawler.kompas.urls import SECTIONS, absolute, article_id, canonical, page_number

MOST_PAGES: Final = 100
"""Pages into which a story may be divided: the longest that was seen has fewer than ten."""

_PAGE_MARK: Final = re.compile(r"\s+Halaman (?:all|\d+)$")


@dataclass(frozen=True)
class Credit:
    """A person of the byline. `role` is `author` or `editor`."""

    role: str
    name: str


class ArticlePage(ABC):
    """One page of one story, read in one layout."""

    layout: ClassVar[str]
    """Name that records and statistics carry."""
    bodies: ClassVar[tuple[str, ...]]
    """CSS of the body element, most specific first; the article is what stands below it."""

    titles: ClassVar[tuple[str, ...]]
    times: ClassVar[tuple[str, ...]]
    breadcrumbs: ClassVar[str]
    photos: ClassVar[tuple[str, ...]]
    tag_links: ClassVar[str]
    page_links: ClassVar[str]

    def __init__(self, document: Document) -> None:
        self.document = document

    def __reduce__(self) -> tuple[type[Self], tuple[Document]]:
        """What was read of it is read again (see `Document`)."""
        return type(self), (self.document,)

    @classmethod
    @abstractmethod
    def recognises(cls, document: Document) -> bool:
        """Whether the marks of this layout are on the page. At most one layout recognises a page."""

    @abstractmethod
    def credits(self) -> list[Credit]:
        """People of the byline with their roles, in order."""

    @abstractmethod
    def source_names(self) -> list[str]:
        """Texts of the "Sumber" line; empty where the page has none."""

    @property
    def stated_address(self) -> str | None:
        """Canonical form of the address that the page states for itself; None where it states none of a story."""
        link = next(iter(self.document.select("link[rel=canonical]::attr(href)")), None)
        stated = absolute(link, self.document.url) if link else None
        return canonical(stated) if stated and article_id(stated) else None

    @property
    def number(self) -> int:
        """Which page of the story this is (`urls.ALL_PAGES` for the whole)."""
        return page_number(self.document.url)

    def title(self) -> str | None:
        """The headline."""
        return text_of(self.document.first(*self.titles))

    def time_line(self) -> str | None:
        """The line with the printed time(s)."""
        return text_of(self.document.first(*self.times))

    def section(self) -> str | None:
        """Kanal: an item of the breadcrumb or a category meta that names one of ours, else the last item.

        Pages of 2017-2019 say "Home > News > Internasional" and put "News" into `content_category`.
        """
        crumbs = [text for node in self.document.select(self.breadcrumbs) if (text := text_of(node))]
        stated = [*crumbs, *filter(None, map(self.document.meta, ("content_category", "content_subcategory")))]
        ours = (label for label in stated if label.lower() in SECTIONS)
        return next(ours, None) or next(reversed(crumbs or stated), None)

    def summary(self) -> str | None:
        """Meta description, without the mark that the pages of a divided story add to it."""
        description = self.document.meta("description")
        return _PAGE_MARK.sub("", description) or None if description else None

    def tags(self) -> list[str]:
        """The tag list as printed."""
        return [text for node in self.document.select(self.tag_links) if (text := text_of(node))]

    @cached_property
    def last_page(self) -> int:
        """Highest page number that links of the paging block give this story; 1 where there is none.

        A number beyond `MOST_PAGES` is a slip, and no reason to ask for a thousand pages.
        """
        links = (absolute(link, self.document.url) for link in self.document.select(self.page_links))
        story = article_id(self.document.url)
        numbers = (page_number(link) for link in links if link and article_id(link) == story)
        return max((number for number in numbers if number <= MOST_PAGES), default=1) or 1

    def lead_photo(self) -> Image | None:
        """The photo above the text."""
        for query in self.photos:
            for node in self.document.select(query):
                if not _inside(node, self._body_element):
                    image = read_photo(node, self.document.url, role="lead")
                    if image:
                        return image
        return None

    def latest(self) -> list[RawEntry]:
        """The "Terkini Lainnya" box."""
        return terkini_entries(self.document)

    def older(self) -> list[RawEntry]:
        """The "Mungkin Anda melewatkan ini" box."""
        return older_entries(self.document)

    @cached_property
    def body(self) -> Body:
        """The text of this page, cleaned.

        :raises MissingBody: the layout's body element is not there.
        """
        element = self._body_element
        if element is None:
            raise MissingBody(f"{self.document.url} has no body element ({', '.join(self.bodies)})")
        return clean(element, self.document.url)

    @cached_property
    def _body_element(self) -> Element | None:
        return self.document.first(*self.bodies)


def _inside(element: Element, ancestor: Element | None) -> bool:
    return ancestor is not None and any(above is ancestor for above in element.iterancestors())
