"""Faults of the project itself: an exception that no rule foresaw is recorded with the page that raised it."""

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from crawler.clock import utc_now
from crawler.extensions.open_store import OpenStore
from crawler.items import Article, Failure
from crawler.kompas.urls import article_id
from crawler.ledger_facts import Fact, Links


class UnexpectedErrors:
    """Scrapy logs the traceback; this keeps the address, so that no story is lost silently."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        crawler.signals.connect(self.keep_response, signals.spider_error)
        crawler.signals.connect(self.keep_item, signals.item_error)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "UnexpectedErrors":
        return cls(crawler)

    def keep_response(self, failure: TwistedFailure, response: Response) -> None:
        self._keep(failure, response.url)

    def keep_item(self, item: Article | Failure | Fact, failure: TwistedFailure) -> None:
        self._keep(failure, item.from_url if isinstance(item, Links) else item.url)

    def _keep(self, failure: TwistedFailure, url: str) -> None:
        reason = f"Unexpected {type(failure.value).__name__}"
        self.crawler.stats.inc_value(f"kompas/failed/{reason}")
        now = utc_now()
        OpenStore.of(self.crawler).record_failure(Failure(url, reason, str(failure.value), now, article_id(url)))
