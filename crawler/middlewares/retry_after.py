"""Downloader middleware: when the site asks for rest, the whole crawl waits. Scrapy itself does not."""

import asyncio
import logging
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from crawler.archive.addon import is_live
from crawler.extensions.brake import end_run, is_ending

logger = logging.getLogger(__name__)

TOLD_TO_WAIT: Final = "told_to_wait"
LONGEST_WAIT: Final = 600.0
"""Seconds; a site that asks for more is left alone by ending the run, not by a sleeping process."""

_ASKS_TO_WAIT: Final = (429, 503)
_NAP: Final = 0.5
"""Seconds after which a waiting crawl looks whether it was told to end: Scrapy waits for what is under way."""
_MOST_DOUBLED: Final = 20


class RetryAfter:
    """Holds a 429 or 503 back for its `Retry-After`; with one request at a time nothing else is asked meanwhile.

    Without that header it waits `KOMPAS_BACKOFF` seconds, twice as long after each retry of the request. Counts
    `kompas/politeness/waited_seconds`. An archive is not waited for.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.stats = crawler.stats
        self.backoff = crawler.settings.getfloat("KOMPAS_BACKOFF")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RetryAfter":
        """
        :raises NotConfigured: an archive answers the run.
        """
        if not is_live(crawler.settings):
            raise NotConfigured
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Response:
        seconds = rest_asked(request, response, self.backoff)
        if seconds > LONGEST_WAIT:
            end_run(self.crawler, TOLD_TO_WAIT, f"{response.url} asks to wait for {seconds:.0f} s")
        elif seconds > 0:
            await self._wait(seconds, response)
        return response

    async def _wait(self, seconds: float, response: Response) -> None:
        """As long, unless the run is told to end meanwhile: then nothing more is asked anyway."""
        logger.info("Waiting %.0f s: status %d of %s", seconds, response.status, response.url)
        waited = 0.0
        while waited < seconds and not is_ending(self.crawler):
            nap = min(_NAP, seconds - waited)
            await asyncio.sleep(nap)
            waited += nap
        self.stats.inc_value("kompas/politeness/waited_seconds", int(waited))


def rest_asked(request: Request, response: Response, first: float) -> float:
    """Seconds for which the answer asks to be left alone; 0 for one that does not.

    :param first: seconds to wait at the first answer that does not say how long.
    """
    if response.status not in _ASKS_TO_WAIT:
        return 0.0
    stated = (response.headers.get("Retry-After") or b"").decode("latin-1")
    seconds = wait_seconds(stated, datetime.now(UTC))
    return backoff_seconds(first, request.meta.get("retry_times", 0)) if seconds is None else seconds


def wait_seconds(stated: str, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for: a number, or a date; None for no header and for nonsense.

    >>> wait_seconds("7", datetime.now(UTC))
    7.0
    """
    if stated.strip().isascii() and stated.strip().isdigit():
        return float(stated)
    try:
        until = parsedate_to_datetime(stated)
    except (ValueError, OverflowError):
        return None
    return max(0.0, (until - now).total_seconds()) if until.tzinfo else None


def backoff_seconds(first: float, retries: int) -> float:
    """The wait where the site names none.

    >>> [backoff_seconds(30.0, retries) for retries in (0, 1, 2, 9)]
    [30.0, 60.0, 120.0, 600.0]
    """
    return min(first * 2.0 ** min(retries, _MOST_DOUBLED), LONGEST_WAIT)
