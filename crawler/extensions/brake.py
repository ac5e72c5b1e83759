"""Ends a run early where going on would be hammering: the site refuses to be read, or is not there."""

import asyncio
import logging
from http import HTTPStatus
from typing import Any, Final

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from crawler.archive.addon import is_crawl
from crawler.items import Failure

logger = logging.getLogger(__name__)

BLOCKED: Final = "blocked"
SITE_UNREACHABLE: Final = "site_unreachable"

_REFUSALS: Final = (HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS)
_NOT_THERE: Final = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
"""Bad news about a page, but a good answer: the site speaks to us."""
_NO_USABLE_ANSWER: Final = ("ConnectionFailed", "CutOff", "HttpStatus", "Timeout", "Unexpected")
"""Beginnings of reasons of failures that may mean that the site is not there; all others are decisions of ours, or
about a page that came."""

_closing: Final[set[asyncio.Task[None]]] = set()
"""The event loop itself holds its tasks weakly."""


class Brake:
    """Ends the run after a challenge or checkpoint, and after too many refusals or failures without a good answer.

    Reads `KOMPAS_BLOCK_STREAK` (answers 403 or 429, retried ones too) and `KOMPAS_FAILURE_STREAK` (requests that failed
    after all retries); 0 = however many. An archive refuses nobody.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.most_refusals = crawler.settings.getint("KOMPAS_BLOCK_STREAK")
        self.most_failures = crawler.settings.getint("KOMPAS_FAILURE_STREAK")
        self.refusals = 0
        self.failures = 0
        crawler.signals.connect(self.note_answer, signals.response_downloaded)
        crawler.signals.connect(self.note_good_answer, signals.response_received)
        crawler.signals.connect(self.note_failure, signals.item_dropped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Brake":
        """
        :raises NotConfigured: an archive answers the run.
        """
        if not is_crawl(crawler.settings):
            raise NotConfigured
        return cls(crawler)

    def note_answer(self, response: Response) -> None:
        """Every answer as it comes from the network."""
        if response.status not in _REFUSALS:
            return
        self.refusals += 1
        if 0 < self.most_refusals <= self.refusals:
            end_run(self.crawler, BLOCKED, f"{self.refusals} answers 403 or 429 in a row, the last to {response.url}")

    def note_good_answer(self, response: Response) -> None:
        """What came through the middlewares: neither cut off, nor to be retried, nor a redirect."""
        if response.status < HTTPStatus.BAD_REQUEST or response.status in _NOT_THERE:
            self.refusals = self.failures = 0

    def note_failure(self, item: Any) -> None:
        """Every failure is an item that the last pipeline keeps and drops."""
        if not isinstance(item, Failure):
            return
        if item.reason == "Blocked":
            end_run(self.crawler, BLOCKED, item.detail)
        elif item.reason.startswith(_NO_USABLE_ANSWER):
            self.failures += 1
            if 0 < self.most_failures <= self.failures:
                why = f"{self.failures} requests in a row failed, the last for {item.url} ({item.reason})"
                end_run(self.crawler, SITE_UNREACHABLE, why)


def end_run(crawler: Crawler, reason: str, why: str) -> None:
    """Asks for nothing more: what is under way is finished, what waits is left to the next run.

    Does not wait for that, for it may be called by what is under way.

    :param reason: the finish reason by which `health.verdict` knows it.
    """
    if is_ending(crawler):
        return
    logger.warning("The run is ended early (%s): %s", reason, why)
    assert crawler.engine is not None, "the run is on"
    closing = asyncio.get_running_loop().create_task(crawler.engine.close_spider_async(reason=reason))
    _closing.add(closing)
    closing.add_done_callback(_closing.discard)


def is_ending(crawler: Crawler) -> bool:
    """Whether the run was told to end, by whomever: a signal, a limit, the brake. Scrapy says so nowhere in public."""
    assert crawler.engine is not None, "the run is on"
    slot = crawler.engine._slot
    return slot is None or slot.closing is not None
