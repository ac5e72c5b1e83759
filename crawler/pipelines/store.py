"""The last step: what is stored, leaves for the feed; what was known or failed, does not."""

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.errors import UnusableStore
from crawler.extensions.open_store import OpenStore
from crawler.items import Article, Failure
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

    async def process_item(self, item: Article | Failure) -> Article:
        try:
            return self._keep_failure(item) if isinstance(item, Failure) else self._keep_article(item)
        except UnusableStore as error:
            self.stats.set_value("kompas/run/store_error", str(error))
            await self.crawler.engine.close_spider_async(reason="store_error")
            raise DropItem(str(error), log_level="ERROR") from error

    def _keep_article(self, article: Article) -> Article:
        saved = self.store.save(article)
        self.stats.inc_value(f"kompas/store/{saved.outcome.value}")
        if not saved.article.complete:
            self.stats.inc_value("kompas/store/incomplete")
        if saved.outcome is Outcome.KNOWN:
            raise DropItem(f"known: {article.id} {article.title}", log_level="INFO")
        return saved.article

    def _keep_failure(self, failure: Failure) -> Article:
        self.store.record_failure(failure)
        self.stats.inc_value(f"kompas/failed/{failure.reason}")
        raise DropItem(f"failed: {failure.reason}: {failure.detail}", log_level="WARNING")
