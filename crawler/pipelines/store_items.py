"""The last pipeline: stores articles, failures, and facts for the ledger."""

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.dedupe.likeness import Likeness
from crawler.errors import UnknownLayout, UnusableStore
from crawler.extensions.open_store import OpenStore
from crawler.items import Article, Failure
from crawler.ledger_facts import Fact
from crawler.storage import Outcome, Store


class StoreItems:
    """Stores each item in one transaction and returns it; drops an article that is already known.

    An unusable store ends the run: nothing is fetched that cannot be stored. Counts `kompas/store/<outcome>`,
    `kompas/failed/<reason>`, `kompas/failed_index/<reason>` (of those, pages of index days), and `kompas/gone/<reason>`
    in place of `failed` for a story that counts as gone from now on. Of stories that no layout reads it also counts
    `kompas/unread/stories`, with the first address as `kompas/unread/example`.
    """

    def __init__(self, crawler: Crawler, store: Store) -> None:
        self.crawler = crawler
        self.stats = crawler.stats
        self.store = store

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "StoreItems":
        return cls(crawler, OpenStore.of(crawler))

    def process_item(self, item: Article | Failure | Fact) -> Article | Failure | Fact:
        """Return the item as it is stored.

        :raises DropItem: the article is known, or the store cannot be written.
        """
        try:
            match item:
                case Article():
                    return self._store_article(item)
                case Failure():
                    self._store_failure(item)
                case _:
                    self.store.ledger.keep(item)
        except UnusableStore as error:
            OpenStore.give_up(self.crawler, error)
            raise DropItem(str(error), log_level="ERROR") from error
        return item

    def _store_failure(self, failure: Failure) -> None:
        gone = self.store.record_failure(failure)
        self.stats.inc_value(f"kompas/{'gone' if gone else 'failed'}/{failure.reason}")
        if failure.via == "index" and failure.article_id is None:
            self.stats.inc_value(f"kompas/failed_index/{failure.reason}")
        self._count_unread(failure)

    def _count_unread(self, failure: Failure) -> None:
        if failure.reason == UnknownLayout.__name__ and failure.article_id is not None:
            self.stats.inc_value("kompas/unread/stories")
            if "kompas/unread/example" not in self.stats.get_stats():
                self.stats.set_value("kompas/unread/example", failure.url)

    def _store_article(self, article: Article) -> Article:
        saved = self.store.save(article, Likeness(article.text))
        self.stats.inc_value(f"kompas/store/{saved.outcome.value}")
        if not saved.article.complete:
            self.stats.inc_value("kompas/store/incomplete")
        if saved.outcome is Outcome.KNOWN:
            raise DropItem(f"known: {article.id} {article.title}", log_level="INFO")
        return saved.article
