"""Spider middleware: a story that is stored complete is not fetched again."""

from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.extensions.open_store import OpenStore
from crawler.storage import Store
from crawler.urls import article_id, is_ours


class SkipKnown:
    """Drops requests for stories that an earlier run stored. Counts `kompas/skip_known/stored`, each story once.

    What this run asked for itself is left to Scrapy's duplicate filter.
    """

    def __init__(self, crawler: Crawler, store: Store) -> None:
        self.stats = crawler.stats
        self.store = store
        self.asked: set[str] = set()
        self.skipped: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "SkipKnown":
        return cls(crawler, OpenStore.of(crawler))

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        async for output in start:
            if not self._is_stored(output):
                yield output

    async def process_spider_output(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        async for output in result:
            if not self._is_stored(output):
                yield output

    def _is_stored(self, output: Any) -> bool:
        if not isinstance(output, Request) or output.dont_filter or not is_ours(output.url):
            return False
        story = article_id(output.url) or ""
        if story in self.asked or story in self.skipped:
            return story in self.skipped
        if not self.store.holds(story):
            self.asked.add(story)
            return False
        self.skipped.add(story)
        self.stats.inc_value("kompas/skip_known/stored")
        return True
