"""An answer as the rooms behind the spider take it: a document, and the facts of its capture."""

from datetime import UTC, datetime

from scrapy.http import Response

from crawler import PARSER_VERSION
from crawler.archive.handler import CAPTURED
from crawler.errors import OtherStory
from crawler.items import Discovery, Provenance
from crawler.loaders import Capture
from crawler.pages.blocks import refuse_blocked
from crawler.pages.document import Document
from crawler.spiders.failures import asked_url
from crawler.urls import article_id


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
    nowhere = (utc_now(), Provenance(None, None, None, None, PARSER_VERSION))
    fetched_at, provenance = response.meta.get(CAPTURED, nowhere)
    return Capture(fetched_at, provenance, discovery)


def header(response: Response, name: str) -> str | None:
    """A header's text; None where it is missing or empty."""
    return (response.headers.get(name) or b"").decode("latin-1").strip() or None


def utc_now() -> datetime:
    """To the second, as the store keeps times."""
    return datetime.now(UTC).replace(microsecond=0)
