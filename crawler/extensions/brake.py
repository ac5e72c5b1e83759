"""Circuit breaker: ends a run early if the site refuses to be crawled, or cannot be reached."""

from http import HTTPStatus
from typing import Any, Final

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from crawler.arguments import Mode, arguments_of
from crawler.ending import end_run
from crawler.errors import Blocked, FailureReason, FinishReason
from crawler.items import Failure

FAILURE_STREAK: Final = 20
"""Consecutive failed requests after which the site counts as unreachable. If it is silent, these are 80 minutes of
timeouts (20 times 4 tries of 60 s). Dead links do not count: the site answers them."""

BLOCKED_STREAK: Final = 2
"""Challenges or checkpoints after which the site counts as closed, with no page read between them. A single page may
look like one: a comment may hold the words by which it is recognised."""

_REFUSALS: Final = (HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS)
_NOT_THERE: Final = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
"""A missing page; the site itself responds."""
_NO_USABLE_RESPONSE: Final = (
    FailureReason.CONNECTION_FAILED,
    FailureReason.CUT_OFF,
    FailureReason.HTTP_STATUS,
    FailureReason.TIMEOUT,
    FailureReason.UNEXPECTED,
)
"""Beginnings of the reasons of failures that may mean that the site cannot be reached. All others are decisions of the
crawler, or about a page that came."""


class Brake:
    """Ends the run after consecutive challenges or checkpoints, and after too many refusals or failures without a good
    response.

    Reads `KOMPAS_BLOCK_STREAK` (consecutive responses 403 or 429, retried ones included; 0 = never). Runs in crawls and
    replays, not while an archive is read.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.most_refusals = crawler.settings.getint("KOMPAS_BLOCK_STREAK")
        self.refusals = 0
        self.failures = 0
        self.challenges = 0
        crawler.signals.connect(self.note_response, signals.response_downloaded)
        crawler.signals.connect(self.note_good_response, signals.response_received)
        crawler.signals.connect(self.note_item, signals.item_scraped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Brake":
        """Make the brake of a crawl.

        :raises NotConfigured: the run reads an archive.
        """
        if arguments_of(crawler).mode is Mode.ARCHIVE:
            raise NotConfigured
        return cls(crawler)

    def note_response(self, response: Response) -> None:
        """Count the refusals among all responses, as they come from the network."""
        if response.status not in _REFUSALS:
            return
        self.refusals += 1
        if 0 < self.most_refusals <= self.refusals:
            why = f"{self.refusals} answers 403 or 429 in a row, the last to {response.url}"
            end_run(self.crawler, FinishReason.BLOCKED, why)

    def note_good_response(self, response: Response) -> None:
        """Begin to count anew after a response that passed the middlewares: not cut off, retried or redirected."""
        if response.status < HTTPStatus.BAD_REQUEST or response.status in _NOT_THERE:
            self.refusals = self.failures = 0

    def note_item(self, item: Any) -> None:
        """Count the failures among the stored items; any other item is a page that was read."""
        if not isinstance(item, Failure):
            self.challenges = 0
        elif item.reason == Blocked.__name__:
            self.challenges += 1
            if self.challenges >= BLOCKED_STREAK:
                end_run(self.crawler, FinishReason.BLOCKED, item.detail)
        elif item.reason.startswith(_NO_USABLE_RESPONSE):
            self.failures += 1
            if self.failures >= FAILURE_STREAK:
                why = (
                    f"{self.failures} requests in a row failed, the last for {item.url} ({item.reason}: {item.detail})"
                )
                end_run(self.crawler, FinishReason.SITE_UNREACHABLE, why)
