"""Archived articles and failures, read again with today's parser: the same pages, in the same order."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Final

from crawler.archive.extract.captures import from_capture
from crawler.archive.shelf import Shelf
from crawler.errors import NotInArchive, PageError
from crawler.items import Article, Discovery, WarcPlace
from crawler.kompas.reading import Reading, ReadStory
from crawler.kompas.urls import page_number

KEPT: Final = ("fetched_at", "discovery", "revision", "near_duplicate_of", "provenance")
"""Fields that do not come from the page."""


@dataclass(frozen=True)
class Reread:
    """The result for one revision, or for one failure."""

    id: str
    article: Article | None
    """The record of today's parser; None when it cannot read the pages."""
    error: str | None
    """Why not: a reason of the closed list, and its detail."""
    is_missing: bool = False
    """The bytes are not there, so that the parser was not tried."""
    signs: frozenset[str] = frozenset()
    """What the reading shows besides its record (see `kompas.signs`)."""


@dataclass(frozen=True)
class Failed:
    """A failure whose response was archived, or a capture that was held back."""

    url: str
    id: str
    via: str
    places: list[WarcPlace]
    """Of its pages."""


def read_again(stored: list[Article], shelf: Shelf) -> list[Reread]:
    """Read revisions again from their places: the unit of work of `scrapy reextract`."""
    return [_again(article, shelf) for article in stored]


def read_failed(failed: list[Failed], shelf: Shelf) -> list[Reread]:
    """Read pages again that were no article: today's parser may know them."""
    return [_first_time(one, shelf) for one in failed]


def changes(before: Article, after: Article) -> Iterator[str]:
    """Yield the fields of the page that are read differently."""
    for one in fields(Article):
        if one.name not in KEPT and getattr(before, one.name) != getattr(after, one.name):
            yield one.name


def _first_time(failed: Failed, shelf: Shelf) -> Reread:
    try:
        read = _read(failed.url, failed.places, Discovery(failed.via, None), shelf)
    except (NotInArchive, PageError) as error:
        return _unread(failed.id, error)
    return Reread(failed.id, read.article, None, signs=frozenset(read.signs))


def _again(stored: Article, shelf: Shelf) -> Reread:
    places = [stored.provenance, *stored.provenance.further_pages]
    try:
        read = _read(stored.url, places, stored.discovery, shelf, stored.fetched_at)
    except (NotInArchive, PageError) as error:
        return _unread(stored.id, error)
    again = replace(read.article, revision=stored.revision, near_duplicate_of=stored.near_duplicate_of)
    return Reread(stored.id, again, None, signs=frozenset(read.signs))


def _read(
    url: str, places: list[WarcPlace], discovery: Discovery, shelf: Shelf, fetched_at: datetime | None = None
) -> ReadStory:
    """Return the story that archived pages make.

    :param fetched_at: as the store has it; by default that of the first page.
    :raises PageError: a page, or all of them, make no article of this address.
    :raises NotInArchive: the bytes of a page are not there.
    """
    reading = Reading(discovery)
    for captured, place in [(shelf.captured(place), place) for place in places]:
        response = from_capture(captured, url)
        response = replace(response, place=place, fetched_at=fetched_at or response.fetched_at)
        reading.add(response, page_number(response.url))
    return reading.finish()


def _unread(story: str, error: NotInArchive | PageError) -> Reread:
    if isinstance(error, NotInArchive):
        return Reread(story, None, str(error), is_missing=True)
    return Reread(story, None, f"{error.reason}: {error}")
