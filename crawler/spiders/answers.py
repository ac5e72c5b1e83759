"""An answer as the rooms behind the spider take it: a document, and the facts of its capture."""

from dataclasses import asdict
from datetime import datetime

from scrapy.http import Response

from crawler import PARSER_VERSION
from crawler.archive.handler import CAPTURED
from crawler.clock import utc_now
from crawler.errors import OtherStory
from crawler.items import Discovery, Provenance, WarcPlace
from crawler.kompas.loaders import Capture
from crawler.kompas.pages.document import Document
from crawler.kompas.pages.refusals import refuse_blocked
from crawler.kompas.urls import article_id
from crawler.spiders.failures import asked_url


def document_of(response: Response) -> Document:
    """
    :raises PageError: the answer is no page to be read.
    """
    assert response.request is not None, "Scrapy sets it"
    asked = asked_url(response.request)
    if article_id(asked) and article_id(response.url) not in (None, article_id(asked)):
        raise OtherStory(f"{asked} leads to another story: {response.url}")
    refuse_blocked(response.url, response.status, response.body)
    return Document(response.url, response.body, header(response, "Content-Type") or "")


def capture_of(response: Response, discovery: Discovery) -> Capture:
    """When the bytes came and where they lie: the archive says so, else now and nowhere."""
    place = place_of(response) or WarcPlace(None, None, None, None)
    return Capture(answered_at(response), Provenance(**asdict(place), parser_version=PARSER_VERSION), discovery)


def answered_at(response: Response) -> datetime:
    """When the answer came: what an archive or the recorder says of it, else now."""
    captured: datetime | None = response.meta.get(CAPTURED, (None, None))[0]
    return captured.replace(microsecond=0) if captured else utc_now()


def place_of(response: Response) -> WarcPlace | None:
    """Where its bytes are; None when they were not archived."""
    place: WarcPlace | None = response.meta.get(CAPTURED, (None, None))[1]
    return place


def header(response: Response, name: str) -> str | None:
    """A header's text; None where it is missing or empty."""
    return (response.headers.get(name) or b"").decode("latin-1").strip() or None
