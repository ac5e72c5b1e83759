"""One response of the site, and the one place that decides whether it is a page that can be read.

The network, a recording, a WARC file and the store's places all become a `SiteResponse`; `document_of` parses it or
refuses it by name, so that no way in takes what another refuses.
"""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from crawler import bounds
from crawler.clock import utc_seconds
from crawler.errors import BadStatus, CutOff, FrontInstead, OtherStory, TooLarge
from crawler.items import WarcPlace
from crawler.kompas.address import is_on_site
from crawler.kompas.pages.document import Document
from crawler.kompas.pages.refusals import refuse_blocked
from crawler.kompas.sections import is_collected
from crawler.kompas.urls import article_id, canonical

ENDING: Final = 16 * 1024
"""Bytes at the end of an HTML page that must hold its end tag. All pages seen close in their last 23 bytes; the rest is
room for a script behind the tag."""


@dataclass(frozen=True)
class SiteResponse:
    """A response, whichever way it came."""

    requested_url: str
    """Address of the request, before any redirect."""
    url: str
    """Address that answered."""
    status: int
    headers: list[tuple[str, str]]
    body: bytes
    """Transfer and content coding undone."""
    fetched_at: datetime
    """UTC, whole seconds; any other zone and fractions are converted."""
    place: WarcPlace | None = None
    """Where the bytes are archived; None where they are not."""
    truncated: str | None = None
    """Why the body is known to be short: the value of `WARC-Truncated`, or what else says so; None for a whole one."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "fetched_at", utc_seconds(self.fetched_at))

    @property
    def content_type(self) -> str:
        """The `Content-Type` header; empty where there is none."""
        return next((value for name, value in self.headers if name.lower() == "content-type"), "")


def document_of(response: SiteResponse, kind: type[Document] = Document) -> Document:
    """Return the parsed page of a response, or refuse the response by name.

    :param kind: class of the document; `scrapy explain` passes one that notes what was found.
    :raises TooLarge: more bytes, tags, links or attributes than `bounds` allows.
    :raises Blocked: a challenge or a checkpoint.
    :raises PageNotFound: the site's own not-found page, whatever the status.
    :raises OtherStory: the address that answered names another story than the request.
    :raises FrontInstead: the request names a story, the address that answered is a front page.
    :raises CutOff: a part of a page, also under another success than 200.
    :raises BadStatus: any status other than 200.
    :raises EmptyPage: no HTML element.
    """
    if len(response.body) > bounds.PAGE_BYTES:
        raise TooLarge(f"{response.url} has more than {bounds.PAGE_BYTES:,} bytes")
    refuse_blocked(response.url, response.status, response.body, response.headers)
    if response.status // 100 == HTTPStatus.OK // 100:
        _refuse_other_story(response)
        _refuse_part(response)
    if response.status != HTTPStatus.OK:
        raise BadStatus(response.url, response.status)
    return kind(response.url, response.body, response.content_type)


def is_closed(ending: bytes) -> bool:
    """Whether the last `ENDING` bytes of an HTML page hold its end tag."""
    return b"</html" in ending[-ENDING:].lower()


def _refuse_other_story(response: SiteResponse) -> None:
    requested, answered = article_id(response.requested_url), article_id(response.url)
    if requested is None or answered == requested:
        return
    if answered is not None:
        raise OtherStory(f"{response.requested_url} leads to another story: {response.url}")
    if _is_front(response.url):
        raise FrontInstead(f"{response.requested_url} leads to the front page {response.url}")


def _is_front(url: str) -> bool:
    """Return whether an address is the front page of a host of the site, or of a collected kanal."""
    path = urlsplit(canonical(url)).path.strip("/")
    return is_on_site(url) and (not path or is_collected(path.lower()))


def _refuse_part(response: SiteResponse) -> None:
    """A body without a tag is no HTML page that could be closed. Its type is not asked: the parser reads any."""
    if response.truncated is not None:
        raise CutOff(f"{response.url} was archived in part ({response.truncated})")
    if b"<" in response.body and not is_closed(response.body):
        raise CutOff(f"{response.url} ends before its HTML does")
