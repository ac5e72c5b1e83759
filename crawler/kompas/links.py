"""Ledger facts of one page: the stories that it links to, and the exclusion that a page of another kanal makes."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from crawler.errors import KompasError, OtherSection, UnknownLayout
from crawler.kompas.pages.listing import RawEntry, front_links, read_index
from crawler.kompas.reading import ReadStory
from crawler.kompas.response import SiteResponse, document_of
from crawler.kompas.urls import article_id, canonical, exclusion_of, story_urls
from crawler.kompas.witnesses import SITEMAP, UNDATED
from crawler.ledger_facts import Entry, Exclusion, Links

FOLLOWED: Final = ("latest", "older")
"""Boxes whose stories the crawl requests. "Baca juga" leads to other years and is only recorded."""
SECTION: Final = "section"
"""The box that stands for a whole section front."""


def links_of(read: ReadStory, *, follows: bool = False, depth: int = 1) -> Links:
    """Return the stories of these kanals to which an article's boxes link.

    :param follows: the crawl requests those of `FOLLOWED`.
    :param depth: boxes in a row that lead to the stories in them.
    """
    article = read.article
    boxes = {
        "latest": [entry_of(link.url, link.title, link.section) for link in article.latest],
        "older": ledger_entries(read.older),
        "related": [entry_of(link.url, link.title) for link in article.related],
    }
    return Links(article.url, _ours(boxes), frozenset(FOLLOWED if follows else ()), depth, article.fetched_at)


def front_links_of(response: SiteResponse) -> Links:
    """Return the stories that a section front links to: addresses only, for its boxes change too often to be read.

    They belong to the address that was requested, wherever it led: a failure of that address is what they clear.

    :raises PageError: the response is no page, or (`UnknownLayout`) links no story of these kanals.
    """
    stories = story_urls(front_links(document_of(response)))
    if not stories:
        raise UnknownLayout(f"{response.url} links no story of this section")
    boxes = {SECTION: [entry_of(story) for story in stories]}
    return Links(response.requested_url, boxes, frozenset((SECTION,)), 0, response.fetched_at)


def undated_links_of(response: SiteResponse, since: date) -> Links:
    """Return the stories that the undated index lists.

    :param since: first day that is looked at: a page that names older ones says nothing new.
    :raises PageError: the response is no page, or no index.
    """
    entries = ledger_entries(read_index(document_of(response)).entries)
    return _witnessed(UNDATED, entries, response, since)


def sitemap_links_of(response: SiteResponse, locations: Iterable[str], since: date) -> Links:
    """Return the stories that a sitemap names.

    :param locations: addresses in it.
    :param since: first day that is looked at.
    """
    return _witnessed(SITEMAP, [entry_of(url) for url in story_urls(locations)], response, since)


def _witnessed(via: str, entries: list[Entry], response: SiteResponse, since: date) -> Links:
    """Return stories of these kanals that a witness names, as links to be followed."""
    recent = [entry for entry in entries if (entry.article_id or "") >= f"{since:%Y/%m/%d}"]
    return Links(response.requested_url, _ours({via: recent}), frozenset((via,)), 0, response.fetched_at)


def excluded_by(error: KompasError, url: str, seen_at: datetime) -> Exclusion | None:
    """Return the exclusion that a page of another kanal makes; None for any other error.

    :param url: address that was requested; without a story there is nothing to exclude.
    """
    story = article_id(url)
    if story is None or not isinstance(error, OtherSection):
        return None
    return Exclusion(story, url, error.reason, str(error), seen_at)


def ledger_entries(raw: Iterable[RawEntry]) -> list[Entry]:
    """Return the entries of a list in order, each story and each other address once."""
    found: dict[str, Entry] = {}
    for one in raw:
        entry = entry_of(one.url, one.title, one.section)
        found.setdefault(key_of(entry), entry)
    return list(found.values())


def entry_of(url: str, title: str | None = None, section: str | None = None) -> Entry:
    """Return the entry that a link makes."""
    return Entry(canonical(url), title, section, article_id(url), exclusion_of(url))


def key_of(entry: Entry) -> str:
    """Return the id of a story, or the address of anything else."""
    return entry.article_id or entry.url


def _ours(boxes: dict[str, list[Entry]]) -> dict[str, list[Entry]]:
    """Keep the stories of these kanals, each once in a box, and the boxes that hold any."""
    kept = {via: {each.article_id: each for each in entries if each.excluded is None} for via, entries in boxes.items()}
    return {via: list(entries.values()) for via, entries in kept.items() if entries}
