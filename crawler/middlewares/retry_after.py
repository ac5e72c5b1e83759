"""Downloader middleware: the whole crawl waits as long as the site asks for, which Scrapy itself does not."""

import asyncio
import logging
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Final

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from crawler import bounds
from crawler.arguments import Mode, arguments_of
from crawler.ending import end_run, is_ending
from crawler.errors import FinishReason

logger = logging.getLogger(__name__)

_ASKS_TO_WAIT: Final = (429, 503)
_BUSY: Final = 503
"""May be about one page; a 429 is about the crawler."""
_MOST_BUSY: Final = 2
"""Responses in a row that end the run when they ask for a longer wait than `bounds.LONGEST_WAIT`: one may be the fault
of a single page, which would otherwise end every run before the stories behind it."""
_NAP: Final = 0.5
"""Seconds between two looks of a waiting crawl whether it is to end: Scrapy waits for requests in flight."""
_MOST_DOUBLED: Final = 20


class RetryAfter:
    """Holds a 429 or 503 back for its `Retry-After`. As only one request is in flight, nothing is requested meanwhile.

    A 503 that asks for more than `bounds.LONGEST_WAIT` is not retried: its story has failed, and the crawl goes on. The
    second one in a row ends the run, and so does any 429.

    Without that header it waits `KOMPAS_BACKOFF` seconds, twice as long after each retry of the request. Counts
    `kompas/politeness/waited_seconds`. Runs in live crawls only.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.stats = crawler.stats
        self.backoff = crawler.settings.getfloat("KOMPAS_BACKOFF")
        self._busy = 0
        """Consecutive responses whose `Retry-After` is longer than `bounds.LONGEST_WAIT`."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RetryAfter":
        """Make the middleware of a live crawl.

        :raises NotConfigured: the responses come from an archive.
        """
        if arguments_of(crawler).mode is not Mode.LIVE:
            raise NotConfigured
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Return the response after the wait that it asks for."""
        seconds = rest_asked(request, response, self.backoff)
        if seconds > bounds.LONGEST_WAIT:
            self._note_busy(request, response, f"{response.url} asks to wait for {seconds:.0f} s")
            return response
        if response.status < HTTPStatus.BAD_REQUEST:
            self._busy = 0
        if seconds > 0:
            await self._wait(seconds, response)
        return response

    def _note_busy(self, request: Request, response: Response, why: str) -> None:
        """Give a request up, and the run if the site as a whole is meant."""
        self._busy += 1
        if response.status == _BUSY:
            request.meta["dont_retry"] = True
        if response.status != _BUSY or self._busy >= _MOST_BUSY:
            end_run(self.crawler, FinishReason.TOLD_TO_WAIT, why)
        else:
            logger.warning("%s, which is longer than a run waits: it is not requested again in this run", why)

    async def _wait(self, seconds: float, response: Response) -> None:
        """Wait, but no longer than the run goes on."""
        logger.info("Waiting %.0f s: status %d of %s", seconds, response.status, response.url)
        waited = 0.0
        while waited < seconds and not is_ending(self.crawler):
            nap = min(_NAP, seconds - waited)
            await asyncio.sleep(nap)
            waited += nap
        self.stats.inc_value("kompas/politeness/waited_seconds", int(waited))


def rest_asked(request: Request, response: Response, first: float) -> float:
    """Return the seconds that a response asks to wait; 0 if it does not ask.

    :param first: seconds to wait after the first response that names no time.
    """
    if response.status not in _ASKS_TO_WAIT:
        return 0.0
    stated = (response.headers.get("Retry-After") or b"").decode("latin-1")
    seconds = wait_seconds(stated, datetime.now(UTC))
    return backoff_seconds(first, request.meta.get("retry_times", 0)) if seconds is None else seconds


def wait_seconds(stated: str, now: datetime) -> float | None:
    """Return the seconds of a Retry-After header, which is a number or a date; None without one, or if it is invalid.

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
    """Return the seconds to wait if the site names no time.

    >>> [backoff_seconds(30.0, retries) for retries in (0, 1, 2, 9)]
    [30.0, 60.0, 120.0, 600.0]
    """
    return min(first * 2.0 ** min(retries, _MOST_DOUBLED), bounds.LONGEST_WAIT)
