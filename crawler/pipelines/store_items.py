"""The last pipeline: stores articles, failures, and facts for the ledger."""

from collections import Counter
from contextlib import ExitStack, suppress
from typing import Final

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.arguments import Mode, arguments_of
from crawler.dedupe.likeness import Likeness
from crawler.errors import UnknownLayout, UnusableStore
from crawler.extensions.open_store import OpenStore
from crawler.items import Article, Failure
from crawler.ledger_facts import Fact, Visit
from crawler.pipelines.watch_gains import WatchGains
from crawler.storage import Outcome, Store
from crawler.story_item import StoryItem

Item = StoryItem | Failure | Fact

BATCH: Final = 25
"""Stories of an archive in one transaction. A kill loses them, and the next run reads them again."""


class StoreItems:
    """Stores each item, and returns it or, of a story, its article; drops a story that is known or held back.

    In a crawl each item is durable when it is returned, because the site would have to be asked again. In a run that
    reads an archive, `BATCH` items are durable together.

    An unusable store ends the run: nothing is fetched that cannot be stored. Counts `kompas/store/<outcome>`,
    `kompas/store/held`, `kompas/failed/<reason>`, `kompas/failed_index/<reason>` (of those, pages of index days), and
    `kompas/gone/<reason>` in place of `failed` for a story that counts as gone from now on, and what the reading of a
    story counts (`story_item.StoryItem.counts`). Of stories that no layout reads it also counts
    `kompas/unread/stories`, with the first address as `kompas/unread/example`. What is counted is durable.
    """

    def __init__(self, crawler: Crawler, store: Store) -> None:
        self.crawler = crawler
        self.stats = crawler.stats
        self.store = store
        self._reads_archive = arguments_of(crawler).mode is Mode.ARCHIVE
        self._transaction = ExitStack()
        """Holds the open transaction of an archive's stories."""
        self._items = 0
        """Items in it."""
        self._own: Counter[str] = Counter()
        """What the present item counts."""
        self._counts: Counter[str] = Counter()
        """What the stored items count, when they are durable."""
        self._watch = WatchGains(crawler, store, self._own)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "StoreItems":
        return cls(crawler, OpenStore.of(crawler))

    def process_item(self, item: Item) -> Article | Failure | Fact:
        """Return the item as it is stored.

        :raises DropItem: the story is known or held back, or the store cannot be written.
        """
        try:
            if self._reads_archive and not self._items:
                self._transaction.enter_context(self.store.together())
            self._items += 1
            self._own.clear()
            with self.store.together():
                stored = self._store(item)
            self._counts.update(self._own)
            if not self._reads_archive or self._items == BATCH:
                self._commit()
        except UnusableStore as error:
            self._give_up(error)
            raise DropItem(str(error), log_level="ERROR") from error
        if isinstance(stored, str):
            assert isinstance(item, StoryItem), "only stories are known"
            raise DropItem(f"{stored}: {item.article.id} {item.article.title}", log_level="INFO")
        return stored

    def close_spider(self) -> None:
        """Make the last stories of an archive durable."""
        try:
            self._commit()
        except UnusableStore as error:
            self._give_up(error)

    def _commit(self) -> None:
        """End the transaction, and count what it stored.

        :raises UnusableStore: nothing of it is stored.
        """
        self._transaction.close()
        for name, count in self._counts.items():
            self.stats.inc_value(f"kompas/{name}", count)
        self._counts.clear()
        self._items = 0

    def _give_up(self, error: UnusableStore) -> None:
        """Undo the transaction and end the run."""
        with suppress(UnusableStore), self._transaction:
            raise error
        self._counts.clear()
        self._items = 0
        OpenStore.give_up(self.crawler, error)

    def _store(self, item: Item) -> Article | Failure | Fact | str:
        """Store an item, and return it as it is stored; why not, for a story that is not stored."""
        match item:
            case StoryItem():
                return self._store_story(item)
            case Failure():
                self._store_failure(item)
            case _:
                self.store.ledger.keep(item)
        return item

    def _store_failure(self, failure: Failure) -> None:
        gone = self.store.record_failure(failure)
        self._own[f"{'gone' if gone else 'failed'}/{failure.reason}"] += 1
        if failure.via == "index" and failure.article_id is None:
            self._own[f"failed_index/{failure.reason}"] += 1
        if failure.reason == UnknownLayout.__name__ and failure.article_id is not None:
            self._own["unread/stories"] += 1
            if "kompas/unread/example" not in self.stats.get_stats():
                self.stats.set_value("kompas/unread/example", failure.url)

    def _store_story(self, item: StoryItem) -> Article | str:
        self._own.update(item.counts)
        article, ledger = item.article, self.store.ledger
        kept = self.store.revisions(article.id)
        ledger.save_links(item.links)
        if self._watch.holds(item, kept):  # it was fetched, so that it is not due at once
            ledger.save_visit(item.visit or Visit(article.id, article.url, article.fetched_at, None, None))
            self._own["store/held"] += 1
            return "held back"
        if item.visit:
            ledger.save_visit(item.visit)
        saved = self.store.save(article, Likeness(article.text), kept)
        self._own[f"store/{saved.outcome.value}"] += 1
        if not saved.article.complete:
            self._own["store/incomplete"] += 1
        return "known" if saved.outcome is Outcome.KNOWN else saved.article
