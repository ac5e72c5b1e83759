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
class Archived:
    """What is read again: a stored revision, a failure whose response was archived, or a capture that was held back."""

    id: str
    url: str
    discovery: Discovery
    places: list[WarcPlace]
    """Of its pages."""
    fetched_at: datetime | None = None
    """As the store has it; by default that of the first page."""
    revision: int = 1
    near_duplicate_of: str | None = None


def archived_revision(stored: Article) -> Archived:
    """Return what is needed to read a stored revision again."""
    return Archived(
        stored.id,
        stored.url,
        stored.discovery,
        [stored.provenance, *stored.provenance.further_pages],
        stored.fetched_at,
        stored.revision,
        stored.near_duplicate_of,
    )


def read_again(wanted: list[Archived], shelf: Shelf) -> list[Reread]:
    """Read pages again from their places, in the order of `wanted`: the unit of work of `scrapy reextract`."""
    return [_again(one, shelf) for one in wanted]


def changes(before: Article, after: Article) -> Iterator[str]:
    """Yield the fields of the page that are read differently."""
    for one in fields(Article):
        if one.name not in KEPT and getattr(before, one.name) != getattr(after, one.name):
            yield one.name


def _again(wanted: Archived, shelf: Shelf) -> Reread:
    try:
        read = _read(wanted, shelf)
    except NotInArchive as error:
        return Reread(wanted.id, None, str(error), is_missing=True)
    except PageError as error:
        return Reread(wanted.id, None, f"{error.reason}: {error}")
    again = replace(read.article, revision=wanted.revision, near_duplicate_of=wanted.near_duplicate_of)
    return Reread(wanted.id, again, None, signs=frozenset(read.signs))


def _read(wanted: Archived, shelf: Shelf) -> ReadStory:
    """Return the story that archived pages make.

    :raises PageError: a page, or all of them, make no article of this address.
    :raises NotInArchive: the bytes of a page are not there.
    """
    reading = Reading(wanted.discovery)
    for captured, place in [(shelf.captured(place), place) for place in wanted.places]:
        response = from_capture(captured, wanted.url)
        response = replace(response, place=place, fetched_at=wanted.fetched_at or response.fetched_at)
        reading.add(response, page_number(response.url))
    return reading.finish()
