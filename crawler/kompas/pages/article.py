"""An article page: the facts that every layout offers, as raw strings.

A layout is a subclass in ``layouts/``: it states the marks that it is recognised by and where its facts stand. The head
of the page (metas, JSON-LD, canonical link) is the same in all layouts and is read here.
"""

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Final, Self

from lxml.etree import _Element as Element

from crawler import bounds
from crawler.errors import MissingBody
from crawler.items import Image
from crawler.kompas.cleaning import Body, TextAccount, account_for, clean
from crawler.kompas.cleaning.photos import read_photo
from crawler.kompas.pages.document import Document
from crawler.kompas.pages.listing import RawEntry, older_entries, terkini_entries
from crawler.kompas.pages.printed import BETWEEN_NAMES, printed
from crawler.kompas.pages.whole_text import stated_text
from crawler.kompas.sections import is_label
from crawler.kompas.text.bylines import split_label
from crawler.kompas.text.numbers import whole_number
from crawler.kompas.tree import css
from crawler.kompas.urls import absolute, article_id, page_number

MOST_PAGES: Final = 100
"""Largest number of pages of a story that is believed. The longest of 13,725 stored stories has 13."""

_PAGE_MARK: Final = re.compile(r"(?<!\s)\s+Halaman (?:all|\d+)$")
_VERDICT: Final = ".hoax__artikel"
"""Box of a fact check: a title (`hoaks!`) and a sentence."""


@dataclass(frozen=True)
class Credit:
    """One entry of the credits beside a story."""

    role: str
    """`AUTHOR`, `EDITOR` or `SOURCE` of `text.bylines`."""
    names: str
    """As printed: one name, or several in a list."""


class ArticlePage(ABC):
    """One page of one story, read in one layout."""

    layout: ClassVar[str]
    """Name that records and statistics carry."""
    bodies: ClassVar[tuple[str, ...]]
    """CSS of the body element, most specific first. The article stands below it."""

    titles: ClassVar[tuple[str, ...]]
    times: ClassVar[tuple[str, ...]]
    breadcrumbs: ClassVar[str]
    photos: ClassVar[tuple[str, ...]]
    tag_links: ClassVar[str]
    page_links: ClassVar[str]
    """CSS of the links to the other pages of the story."""
    credit_items: ClassVar[tuple[str, ...]]
    """CSS of the elements that print a label ("Penulis", "Editor", "Sumber") and names."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def __reduce__(self) -> tuple[type[Self], tuple[Document]]:
        """Pickle a page as its document: another process reads it again."""
        return type(self), (self.document,)

    @classmethod
    @abstractmethod
    def recognises(cls, document: Document) -> bool:
        """Return whether the marks of this layout are on the page. At most one layout recognises a page."""

    def credits(self) -> list[Credit]:
        """Return writers, editors and sources that stand beside the story, in order."""
        return self.labelled(*self.credit_items)

    @property
    def number(self) -> int:
        """Which page of the story this is (`urls.ALL_PAGES` for the whole)."""
        return page_number(self.document.url)

    def title(self) -> str | None:
        """Return the headline."""
        return self.document.first_text(*self.titles)

    def time_line(self) -> str | None:
        """Return the line with the printed times."""
        return self.document.first_text(*self.times)

    def section(self) -> str | None:
        """Return the kanal: a breadcrumb item or category meta that names a collected kanal, else the last item.

        Pages of 2017-2019 print "Home > News > Internasional" and put "News" into `content_category`.
        """
        crumbs = self._texts(self.breadcrumbs)
        stated = [*crumbs, *filter(None, map(self.document.meta, ("content_category", "content_subcategory")))]
        return next(filter(is_label, stated), None) or next(reversed(crumbs or stated), None)

    def summary(self) -> str | None:
        """Return the meta description, without the mark that the pages of a divided story add to it."""
        description = self.document.meta("description")
        return _PAGE_MARK.sub("", description) or None if description else None

    def tags(self) -> list[str]:
        """Return the tag list as printed."""
        return self._texts(self.tag_links)

    def verdict(self) -> str | None:
        """Return the text of the box that makes the page a fact check."""
        return self.document.first_text(_VERDICT)

    def labelled(self, *queries: str) -> list[Credit]:
        """Return credits out of elements that print a label and names; an id that is a label counts as one.

        Under such an id an unknown label may be printed: then the names are the links.
        """
        found: dict[Credit, None] = {}
        for element in (element for query in queries for element in self.document.listed(query)):
            role, names = split_label(printed(element, BETWEEN_NAMES) or "")
            if not role:
                role, links = split_label(element.get("id") or "")[0], css(element, "a")
                names = BETWEEN_NAMES.join(filter(None, map(printed, links))) if links else names
            if role and names:
                found[Credit(role, names)] = None
        return list(found)

    def _texts(self, query: str) -> list[str]:
        return [text for node in self.document.listed(query) if (text := printed(node))]

    @cached_property
    def last_page(self) -> int:
        """Highest page number that links of the paging block give this story; 1 where there is none.

        A number beyond `MOST_PAGES` is a slip: it causes no requests.
        """
        links = (absolute(href, self.document.base_url) for href in self.document.hrefs(self.page_links))
        story = article_id(self.document.url)
        numbers = (page_number(link) for link in links if link and article_id(link) == story)
        return max((number for number in numbers if number <= MOST_PAGES), default=1) or 1

    def lead_photo(self) -> Image | None:
        """Return the photo above the text."""
        for query in self.photos:
            for node in self.document.select(query)[: bounds.LEAD_PHOTOS]:
                if not _inside(node, self._body_element):
                    image = read_photo(node, self.document.base_url, role="lead")
                    if image:
                        return image
        return None

    @cached_property
    def declared_words(self) -> int | None:
        """The site's own word count of the whole story."""
        return whole_number(self.document.meta("content_total_words") or "") or None

    @cached_property
    def stated_text(self) -> str | None:
        """The text of the whole story as the page states it in a script (see `whole_text.stated_text`)."""
        return stated_text(self.document, self.declared_words)

    def latest(self) -> list[RawEntry]:
        """Return the "Terkini Lainnya" box."""
        return terkini_entries(self.document)

    def older(self) -> list[RawEntry]:
        """Return the "Mungkin Anda melewatkan ini" box."""
        return older_entries(self.document)

    @cached_property
    def body(self) -> Body:
        """The text of this page, cleaned.

        :raises MissingBody: the page has no body element of the layout.
        """
        element = self._body_element
        if element is None:
            raise MissingBody(f"{self.document.url} has no body element ({', '.join(self.bodies)})")
        return clean(element, self.document.base_url)

    @property
    def prints_nothing(self) -> bool:
        """Whether the body element holds neither text nor photos, as on a page that the site serves empty."""
        return not printed(self._body_element) and not self.body.images

    def accounts(self) -> list[TextAccount]:
        """Return the texts of the story's container, each with where it went.

        :raises MissingBody: the page has no body element of the layout.
        """
        body = self.body
        assert self._body_element is not None, "it has a body"
        return account_for(self._body_element, body)

    @cached_property
    def _body_element(self) -> Element | None:
        return self.document.first(*self.bodies)


def _inside(element: Element, ancestor: Element | None) -> bool:
    return ancestor is not None and any(above is ancestor for above in element.iterancestors())
