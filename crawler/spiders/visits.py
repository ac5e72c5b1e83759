"""When a story was visited, and the validators (`ETag`, `Last-Modified`) for the next conditional request."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from scrapy.http import Response

from crawler.kompas.urls import article_id
from crawler.ledger_facts import Visit
from crawler.spiders.failures import requested_url
from crawler.spiders.responses import header

NOT_MODIFIED: Final = 304


def visit_of(response: Response, now: datetime) -> Visit | None:
    """Return when a story was visited and the validators for the next conditional request; None without a validator."""
    assert response.request is not None, "Scrapy sets it"
    story = article_id(response.url)
    etag, modified = header(response, "ETag"), header(response, "Last-Modified")
    unchanged = response.status == NOT_MODIFIED
    if story is None or not (etag or modified or unchanged):
        return None
    if unchanged:  # a 304 may leave out the validators, which then stay as they were sent
        sent = response.request.headers
        etag = etag or (sent.get("If-None-Match") or b"").decode("latin-1") or None
        modified = modified or (sent.get("If-Modified-Since") or b"").decode("latin-1") or None
    return Visit(story, requested_url(response.request), now, etag, modified)


def visit_of_pages(visit: Visit | None, pages: int) -> Visit | None:
    """Return the visit of a story read from several pages without validators: an unchanged page says nothing of others.

    :param pages: pages that were read; a single one keeps its validators.
    """
    return visit if visit is None or pages == 1 else replace(visit, etag=None, last_modified=None)
