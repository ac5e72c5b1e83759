"""The one reading: the responses of one story become one validated record, whichever way they came."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from crawler.clock import utc_now
from crawler.errors import OtherStory, UnknownLayout
from crawler.items import Article, Discovery, Provenance, WarcPlace
from crawler.kompas import PARSER_VERSION
from crawler.kompas.credits import read_credits
from crawler.kompas.loaders import Capture, address_of, load_article
from crawler.kompas.pages.layouts import read_article
from crawler.kompas.pages.listing import RawEntry
from crawler.kompas.pages.multipage import Story
from crawler.kompas.response import SiteResponse, document_of
from crawler.kompas.signs import signs_of
from crawler.kompas.urls import article_id, page_number
from crawler.kompas.validation import validate


@dataclass(frozen=True)
class ReadStory:
    """A finished reading."""

    article: Article
    """Keeps every rule of the data format."""
    older: list[RawEntry]
    """Links of its "Mungkin Anda melewatkan ini" box."""
    removed: list[str]
    """Rules of cleaning, once for each piece of text that they removed."""
    fallbacks: list[str]
    """Fields that only a meta tag states."""
    signs: list[str]
    """What no record has (see `kompas.signs`)."""
    pages_read: int
    """Pages of the story of which the record is made."""


class Reading:
    """One story while its pages are read.

    The caller adds the page it has, then fetches the page that `wanted` names, and adds it or reports it `missing`,
    until nothing is wanted.
    """

    def __init__(self, discovery: Discovery) -> None:
        self.discovery = discovery
        self._story = Story()
        self._fetched_at: list[datetime] = []
        self._places: list[WarcPlace | None] = []

    def add(self, response: SiteResponse, number: int) -> None:
        """Add a page of the story. A refused response leaves the reading as it was.

        :param number: page that was requested (`urls.ALL_PAGES` for the whole); the site may answer with another.
        :raises PageError: the response is not a page of this story.
        """
        document = document_of(response)
        try:
            page = read_article(document)
        except UnknownLayout as error:
            if article_id(response.requested_url) and article_id(response.url) is None:
                raise OtherStory(f"{response.requested_url} leads to {response.url}, which is no story") from error
            raise
        address_of(page, response.requested_url)
        self._story.add(page, number)
        self._fetched_at.append(response.fetched_at)
        self._places.append(response.place)

    def missing(self, number: int) -> None:
        """Note a page that cannot be fetched, so that it is not wanted again."""
        self._story.unavailable.add(number)

    def wanted(self) -> int | None:
        """Return the number of the page to fetch next; None when the story is whole or no more can be fetched.

        Call it after the first page was added.
        """
        return self._story.next_page()

    def finish(self) -> ReadStory:
        """Return the story with its record.

        :raises PageError: the pages do not make an article, or (`InvalidRecord`) one that breaks the data format.
        """
        names = read_credits(self._story)
        article = load_article(self._story, Capture(self.fetched_at, self._provenance(), self.discovery), names)
        validate(article)
        removed = [removal.rule for page in self._story.pages.values() for removal in page.body.removed]
        older, signs = self._story.front.older(), signs_of(self._story, article)
        return ReadStory(article, older, removed, names.fallbacks, signs, len(self._story.pages))

    @property
    def via(self) -> str:
        """How the story was found (see `Discovery.via`)."""
        return self.discovery.via

    @property
    def url(self) -> str:
        """Address that answered with the page that speaks for the story."""
        return self._story.front.document.url

    @property
    def fetched_at(self) -> datetime:
        """When the first page was fetched."""
        return self._fetched_at[0]

    @property
    def place(self) -> WarcPlace | None:
        """Where the bytes of the first page are archived."""
        return self._places[0]

    def _provenance(self) -> Provenance:
        first = self.place or WarcPlace(None, None, None, None)
        return Provenance(
            first.warc_file,
            first.warc_offset,
            first.warc_record_id,
            first.payload_digest,
            parser_version=PARSER_VERSION,
            further_pages=[place for place in self._places[1:] if place is not None],
        )


def read_page(url: str, body: bytes, content_type: str = "", fetched_at: datetime | None = None) -> Article:
    """Return the article of one page (see `crawler.read`).

    :raises PageError: the page is no article of these kanals.
    """
    headers = [("Content-Type", content_type)] if content_type else []
    response = SiteResponse(url, url, HTTPStatus.OK, headers, body, fetched_at or utc_now())
    reading = Reading(Discovery("urls", None))
    reading.add(response, page_number(url))
    return reading.finish().article
