"""Lets a run end whose `start()` yields items.

Needed until scrapy/scrapy issue 7029 is closed: Scrapy 2.19 hangs if items of `start()` are being processed when the
run is ended, because it does not look again after the last one.
"""

from typing import Final

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

from crawler.arguments import Mode, arguments_of

INTERVAL: Final = 0.2
"""Seconds between two looks."""


class LastItems:
    """Looks at intervals while an archive is read; in a crawl `start()` yields requests only."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._looking = create_looping_call(self.look)
        crawler.signals.connect(self.open, signals.spider_opened)
        crawler.signals.connect(self.close, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "LastItems":
        """Make the extension of a run that reads an archive.

        :raises NotConfigured: the run is a crawl.
        """
        if arguments_of(crawler).mode is not Mode.ARCHIVE:
            raise NotConfigured
        return cls(crawler)

    def open(self) -> None:
        """Start to look."""
        self._looking.start(INTERVAL, now=False)

    def close(self) -> None:
        """Stop."""
        self._looking.stop()

    def look(self) -> None:
        """End the wait of the engine when no item is left. Scrapy has no public way to do so."""
        assert self.crawler.engine is not None, "the run is on"
        slot = self.crawler.engine.scraper.slot
        if slot is not None and slot.closing is not None and not slot.closing.called:
            self.crawler.engine.scraper._check_if_closing()
