"""The last step: what is stored, leaves for the feed; what was known or failed, does not."""

from typing import Never

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.dedupe.likeness import Likeness
from crawler.errors import UnusableStore
from crawler.extensions.open_store import OpenStore
from crawler.items import Article, Failure
from crawler.ledger_facts import Fact
from crawler.storage import Outcome, Store


class StoreItems:
    """One transaction an item. Counts `kompas/store/<outcome>`, `kompas/failed/<reason>`.

    A store that cannot write ends the run: nothing is fetched that could not be kept.
    """

    def __init__(self, crawler: Crawler, store: Store) -> None:
        self.crawler = crawler
        self.stats = crawler.stats
        self.store = store

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "StoreItems":
        return cls(crawler, OpenStore.of(crawler))

    def process_item(self, item: Article | Failure | Fact) -> Article:
        try:
            if isinstance(item, Article):
                return self._keep_article(item)
            if isinstance(item, Failure):
                self._keep_failure(item)
            self._keep_fact(item)
        except UnusableStore as error:
            OpenStore.give_up(self.crawler, error)
            raise DropItem(str(error), log_level="ERROR") from error

    def _keep_article(self, article: Article) -> Article:
        saved = self.store.save(article, Likeness(article.text))
        self.stats.inc_value(f"kompas/store/{saved.outcome.value}")
        if not saved.article.complete:
            self.stats.inc_value("kompas/store/incomplete")
        if saved.outcome is Outcome.KNOWN:
            raise DropItem(f"known: {article.id} {article.title}", log_level="INFO")
        return saved.article

    def _keep_fact(self, fact: Fact) -> Never:
        """A visit stands behind its article, so that none is noted whose article was lost."""
        self.store.ledger.keep(fact)
        raise DropItem(f"noted in the ledger: {type(fact).__name__}", log_level="DEBUG")

    def _keep_failure(self, failure: Failure) -> Never:
        self.store.record_failure(failure)
        self.stats.inc_value(f"kompas/failed/{failure.reason}")
        raise DropItem(f"failed: {failure.reason}: {failure.detail}", log_level="WARNING")
