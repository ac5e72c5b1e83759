"""Scrapy's response as the value that the parser takes."""

from datetime import datetime
from typing import Final

from scrapy.http import Response

from crawler.archive.handler import CAPTURED
from crawler.clock import utc_now
from crawler.http_headers import header_pairs
from crawler.items import WarcPlace
from crawler.kompas.response import SiteResponse
from crawler.spiders.failures import requested_url

SHORT: Final = "dataloss"
"""Flag by which a download handler marks a body that is not whole. "partial" marks one whose length was not stated: it
ends with the connection, and whether such a page is whole, its end tag shows."""


def from_scrapy(response: Response) -> SiteResponse:
    """Return a response for the parser. A recording states when and where it was archived; otherwise it came now."""
    assert response.request is not None, "Scrapy sets it"
    fetched_at: datetime | None
    place: WarcPlace | None
    fetched_at, place = response.request.meta.get(CAPTURED, (None, None))
    return SiteResponse(
        requested_url=requested_url(response.request),
        url=response.url,
        status=response.status,
        headers=header_pairs(response.headers),
        body=response.body,
        fetched_at=fetched_at or utc_now(),
        place=place,
        truncated=SHORT if SHORT in response.flags else None,
    )


def header(response: Response, name: str) -> str | None:
    """Return a header's text; None where it is missing or empty."""
    return (response.headers.get(name) or b"").decode("latin-1").strip() or None
