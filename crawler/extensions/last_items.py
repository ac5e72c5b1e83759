"""Lets a run end whose `start()` gives items: Scrapy 2.19 waits for the last of them, and never sees it done.

Until scrapy/scrapy issue 7029 is closed: with items under way when a run is told to end, nobody looks again whether it
may, and the run hangs for ever.
"""

from typing import Final

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

from crawler.archive.addon import is_crawl

INTERVAL: Final = 0.2
"""Seconds between two looks."""


class LastItems:
    """Looks now and then while an archive is read; a crawl gives no items but those of its pages."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._looking = create_looping_call(self.look)
        crawler.signals.connect(self.open, signals.spider_opened)
        crawler.signals.connect(self.close, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "LastItems":
        """
        :raises NotConfigured: no archive is read.
        """
        if is_crawl(crawler.settings):
            raise NotConfigured
        return cls(crawler)

    def open(self) -> None:
        self._looking.start(INTERVAL, now=False)

    def close(self) -> None:
        self._looking.stop()

    def look(self) -> None:
        """Ends the wait when there is nothing left to wait for."""
        assert self.crawler.engine is not None, "the run is on"
        slot = self.crawler.engine.scraper.slot
        if slot is not None and slot.closing is not None and not slot.closing.called:
            self.crawler.engine.scraper._check_if_closing()
