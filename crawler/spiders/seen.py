"""What an answer says beside its article, as facts for the ledger."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from scrapy.http import Response

from crawler.items import Article, WarcPlace
from crawler.kompas.loaders import Capture
from crawler.kompas.pages.article import ArticlePage
from crawler.kompas.pages.listing import RawEntry
from crawler.kompas.pages.multipage import Story
from crawler.kompas.urls import article_id, canonical, exclusion_of, is_ours
from crawler.ledger_facts import Entry, Exclusion, Fact, Links, Visit
from crawler.spiders.answers import header
from crawler.spiders.failures import asked_url
from crawler.spiders.index_walk import ledger_entries

NOT_MODIFIED: Final = 304
FOLLOWED: Final = ("latest", "older")
"""Boxes whose stories are asked for; "Baca juga" leads to other years and is only noted."""


@dataclass
class Reading:
    """A story while its pages are read."""

    story: Story
    capture: Capture
    depth: int
    """Boxes in a row that led to it."""
    first_visit: Visit | None
    """Of the page that was asked for first."""

    @property
    def visit(self) -> Visit | None:
        """Of the whole story: one answer of several that did not change says nothing of the others."""
        if self.first_visit is None or len(self.story.pages) == 1:
            return self.first_visit
        return replace(self.first_visit, etag=None, last_modified=None)

    def add(self, page: ArticlePage, asked: int, place: WarcPlace | None) -> None:
        """Another page of the story, and where its bytes are.

        :raises MissingBody: the page has no body element.
        """
        self.story.add(page, asked)
        if place is not None:
            self.capture.provenance.further_pages.append(place)

    @property
    def via(self) -> str:
        return self.capture.discovery.via


def links_of(article: Article, older: Iterable[RawEntry], follows: bool, depth: int) -> Links:
    """The stories to which an article's boxes lead.

    :param follows: the crawl goes on to those of `FOLLOWED`.
    :param depth: of the stories in them.
    """
    boxes = {
        "latest": [_entry(link.url, link.title, link.section) for link in article.latest],
        "older": ledger_entries(older),
        "related": [_entry(link.url, link.title, None) for link in article.related],
    }
    return Links(article.url, _ours(boxes), frozenset(FOLLOWED if follows else ()), depth, article.fetched_at)


def front_links_of(response: Response, stories: Iterable[str], now: datetime) -> Links:
    """The stories of a section front: addresses only, for its boxes change too often to be read.

    They stand on the address that was asked for, wherever it led: its failure is the one that is made good.
    """
    assert response.request is not None, "Scrapy sets it"
    boxes = _ours({"section": [_entry(story, None, None) for story in stories]})
    return Links(asked_url(response.request), boxes, frozenset(("section",)), 0, now)


def visit_of(response: Response, now: datetime) -> Visit | None:
    """When a story was looked at and how to ask next time; None where its server offers no way to ask."""
    assert response.request is not None, "Scrapy sets it"
    story = article_id(response.url)
    etag, modified = header(response, "ETag"), header(response, "Last-Modified")
    unchanged = response.status == NOT_MODIFIED
    if story is None or not (etag or modified or unchanged):
        return None
    if unchanged:  # an answer that may leave out what was said the last time
        sent = response.request.headers
        etag = etag or (sent.get("If-None-Match") or b"").decode("latin-1") or None
        modified = modified or (sent.get("If-Modified-Since") or b"").decode("latin-1") or None
    return Visit(story, asked_url(response.request), now, etag, modified)


def exclusion(url: str, reason: str, detail: str, now: datetime) -> Exclusion | None:
    """A page that says itself that it is none of ours; None for an address that names no story."""
    story = article_id(url)
    return Exclusion(story, url, reason, detail, now) if story else None


def some(fact: Fact | None) -> Iterator[Fact]:
    """The fact, where there is one."""
    if fact is not None:
        yield fact


def _entry(url: str, title: str | None, section: str | None) -> Entry:
    return Entry(canonical(url), title, section, article_id(url), exclusion_of(url))


def _ours(boxes: dict[str, list[Entry]]) -> dict[str, list[Entry]]:
    ours = {via: {entry.article_id: entry for entry in entries if is_ours(entry.url)} for via, entries in boxes.items()}
    return {via: list(entries.values()) for via, entries in ours.items() if entries}
