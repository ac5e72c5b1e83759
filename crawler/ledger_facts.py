"""Facts for the ledger: index pages, links, visits and exclusions that a crawl saw.

The spider yields them as items, each before the requests that follow from it; `pipelines.store_items` writes them.
Scrapy processes the outputs of a callback in order (`CONCURRENT_ITEMS = 1`), so that a fact is in the ledger before
those requests are scheduled. What the page of a story says goes into the ledger with its article (`story_item`).
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass
class Entry:
    """One link of a list or box, with its headline and label."""

    url: str
    """Canonical address."""
    title: str | None
    """Headline as printed there; `null` where only the address was looked at."""
    section: str | None
    """Label beside the headline."""
    article_id: str | None
    """Story; `null` for what is no article."""
    excluded: str | None = None
    """Why the crawl does not want it: `other_section`, `not_an_article`; `null` for a story of these kanals."""


@dataclass
class IndexDay:
    """One day of the index ("Indeks Berita"), as one kanal lists it."""

    site: str
    """`site` value of the index address."""
    day: date
    """WIB."""
    url: str
    """Its first page."""


@dataclass
class IndexPage:
    """One page of an index day as it was read: a fact for the ledger."""

    index_day: IndexDay
    url: str
    """Address that answered."""
    page: int
    """Its number, from 1."""
    pages: int
    """Highest number that its paging links name."""
    position: int
    """Entries of the day that were read before this page."""
    entries: list[Entry]
    """In order; an address that stands there twice is there once."""
    ends_day: bool
    """Everything that the index claims to list was read, so that the day is walked to its end."""
    read_at: datetime
    """UTC."""


@dataclass
class Links:
    """Stories of these kanals that a page links to: a fact for the ledger."""

    from_url: str
    """Page on which they stand."""
    boxes: dict[str, list[Entry]]
    """`latest`, `older`, `related`, `section` -> what stands there."""
    followed: frozenset[str]
    """Boxes whose stories the crawl requests now, unless it has them."""
    depth: int
    """How many boxes in a row led to those stories, from an index or front page."""
    read_at: datetime
    """UTC."""


@dataclass
class Visit:
    """A stored story was fetched again, or its server sent a value for a conditional request."""

    article_id: str
    """Story."""
    url: str
    """Requested address."""
    visited_at: datetime
    """UTC."""
    etag: str | None
    """`ETag` of the answer."""
    last_modified: str | None
    """`Last-Modified` of the answer."""


@dataclass
class Exclusion:
    """A requested story that belongs to another kanal, as its page says: not a failure, and not requested again."""

    article_id: str
    """Story."""
    url: str
    """Requested address."""
    reason: str
    """`OtherSection`."""
    detail: str
    """What the page says, in one line."""
    excluded_at: datetime
    """UTC."""


Fact = IndexPage | Links | Exclusion | Visit
