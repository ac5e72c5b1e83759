"""Archived articles read again with today's parser: the same pages, in the same order."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, replace
from typing import Final

from crawler import PARSER_VERSION
from crawler.archive.records import Captured
from crawler.archive.shelf import Shelf
from crawler.errors import NotInArchive, OtherStory, PageError
from crawler.archive.extract.story import page_of
from crawler.items import Article, Discovery, Provenance, WarcPlace
from crawler.kompas.loaders import Capture, load_article
from crawler.kompas.pages.multipage import Story
from crawler.kompas.urls import page_number

KEPT: Final = ("fetched_at", "discovery", "revision", "near_duplicate_of", "provenance")
"""Fields that do not come from the page."""


@dataclass(frozen=True)
class Reread:
    """What became of one revision, or of one failure."""

    id: str
    article: Article | None
    """As today's parser reads it; None when it cannot."""
    error: str | None
    """Why not: a reason of the closed list, and its detail."""
    is_missing: bool = False
    """The bytes are not there; nothing is known of the parser."""


@dataclass(frozen=True)
class Failed:
    """A failure whose answer was archived."""

    url: str
    id: str
    via: str
    place: WarcPlace


def read_again(stored: list[Article], shelf: Shelf) -> list[Reread]:
    """The unit of work of `scrapy reextract`: revisions with their places."""
    return [_again(article, shelf) for article in stored]


def read_failed(failed: list[Failed], shelf: Shelf) -> list[Reread]:
    """The same for pages that were no article: today's parser may know them."""
    return [_first_time(one, shelf) for one in failed]


def story_at(places: list[WarcPlace], shelf: Shelf) -> tuple[Story, Captured]:
    """A story out of its archived pages, and the capture of the first.

    :raises PageError: one of them is no article.
    :raises NotInArchive: the bytes of one of them cannot be had.
    """
    story = Story()
    captures = [shelf.captured(place) for place in places]
    for captured in captures:
        story.add(page_of(captured), asked=page_number(captured.url))
    return story, captures[0]


def changes(before: Article, after: Article) -> Iterator[str]:
    """Fields of the page that are read differently."""
    for one in fields(Article):
        if one.name not in KEPT and getattr(before, one.name) != getattr(after, one.name):
            yield one.name


def _first_time(failed: Failed, shelf: Shelf) -> Reread:
    try:
        story, captured = story_at([failed.place], shelf)
        provenance = Provenance(**asdict(failed.place), parser_version=PARSER_VERSION)
        capture = Capture(captured.captured_at.replace(microsecond=0), provenance, Discovery(failed.via, None))
        return Reread(failed.id, load_article(story, capture), None)
    except NotInArchive as error:
        return Reread(failed.id, None, str(error), is_missing=True)
    except PageError as error:
        return Reread(failed.id, None, f"{type(error).__name__}: {error}")


def _again(stored: Article, shelf: Shelf) -> Reread:
    places = [stored.provenance, *stored.provenance.further_pages]
    try:
        story, _ = story_at(list(places), shelf)
        provenance = replace(stored.provenance, parser_version=PARSER_VERSION)
        article = load_article(story, Capture(stored.fetched_at, provenance, stored.discovery))
        if article.id != stored.id:
            raise OtherStory(f"the bytes of {stored.id} say that they are {article.id}")
    except NotInArchive as error:
        return Reread(stored.id, None, str(error), is_missing=True)
    except PageError as error:
        return Reread(stored.id, None, f"{type(error).__name__}: {error}")
    again = replace(article, revision=stored.revision, near_duplicate_of=stored.near_duplicate_of)
    return Reread(stored.id, again, None)
