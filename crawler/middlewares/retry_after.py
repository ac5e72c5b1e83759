"""Downloader middleware: when the site says how long to wait, the whole crawl waits. Scrapy itself does not."""

import asyncio
import logging
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

logger = logging.getLogger(__name__)

_ASKS_TO_WAIT: Final = (429, 503)
LONGEST_WAIT: Final = 600.0
"""Seconds; a site that asks for more is left alone by the failing of the run, not by a sleeping process."""


class RetryAfter:
    """Holds a 429 or 503 back for its `Retry-After`; with one request at a time nothing else is asked meanwhile.

    Counts `kompas/politeness/waited_seconds`.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.stats = crawler.stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RetryAfter":
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Response:
        if response.status in _ASKS_TO_WAIT:
            stated = (response.headers.get("Retry-After") or b"").decode("latin-1")
            seconds = min(wait_seconds(stated, datetime.now(UTC)), LONGEST_WAIT)
            if seconds:
                logger.info("The site asks to wait %.0f s (%s)", seconds, response.url)
                self.stats.inc_value("kompas/politeness/waited_seconds", int(seconds))
                await asyncio.sleep(seconds)
        return response


def wait_seconds(stated: str, now: datetime) -> float:
    """Seconds that a Retry-After header asks for: a number, or a date; 0 for none or for nonsense.

    >>> wait_seconds("7", datetime.now(UTC))
    7.0
    """
    if stated.strip().isascii() and stated.strip().isdigit():
        return float(stated)
    try:
        until = parsedate_to_datetime(stated)
    except (ValueError, OverflowError):
        return 0.0
    return max(0.0, (until - now).total_seconds()) if until.tzinfo else 0.0
