"""Faults of the project itself: an exception that no rule foresaw is stored as a failure of what was being done."""

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from crawler.arguments import arguments_of
from crawler.clock import utc_now
from crawler.errors import FailureReason, UnusableStore
from crawler.extensions.crawl_plan import CrawlPlan
from crawler.extensions.open_store import OpenStore
from crawler.items import Failure
from crawler.kompas.sections import front_urls
from crawler.kompas.urls import article_id
from crawler.ledger_facts import Fact, Links
from crawler.story_item import StoryItem


class UnexpectedErrors:
    """Stores the address and counts `kompas/failed/Unexpected <type>`; Scrapy logs the traceback."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        crawler.signals.connect(self.note_spider_error, signals.spider_error)
        crawler.signals.connect(self.note_item_error, signals.item_error)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "UnexpectedErrors":
        return cls(crawler)

    def note_spider_error(self, failure: TwistedFailure, response: Response | TwistedFailure | None) -> None:
        """Store a fault of the spider.

        :param response: what the callback read; for an errback the failed download, for `start()` None.
        """
        if response is None:
            self._store(failure, self._undone())
        elif isinstance(response, Response):
            self._store(failure, response.url)
        else:
            self._store(failure, response.request.url)  # type: ignore[attr-defined]  # set by Scrapy

    def note_item_error(self, item: StoryItem | Failure | Fact, failure: TwistedFailure) -> None:
        """Store a fault of a pipeline."""
        match item:
            case StoryItem():
                self._store(failure, item.article.url)
            case Links():
                self._store(failure, item.from_url)
            case _:
                self._store(failure, item.url)

    def _undone(self) -> str:
        """Return what a fault in `start()` leaves undone: the archive, or the address that comes next."""
        plan = self.crawler.get_extension(CrawlPlan)
        return arguments_of(self.crawler).archive or (plan.next_address if plan else front_urls()[0])

    def _store(self, fault: TwistedFailure, url: str) -> None:
        reason = f"{FailureReason.UNEXPECTED} {type(fault.value).__name__}"
        self.crawler.stats.inc_value(f"kompas/failed/{reason}")
        failure = Failure(url, reason, str(fault.value), utc_now(), article_id(url))
        try:
            OpenStore.of(self.crawler).record_failure(failure)
        except UnusableStore as error:
            OpenStore.give_up(self.crawler, error)
