"""Owns the store of a run: opened before the first request, closed after the last item."""

from scrapy import signals
from scrapy.crawler import Crawler

from crawler.storage import Store


class OpenStore:
    """Reads `KOMPAS_DB`. An unusable store is refused here, before anything is fetched."""

    def __init__(self, crawler: Crawler) -> None:
        """
        :raises UnusableStore: with the thing and the fix.
        """
        self.store = Store(crawler.settings["KOMPAS_DB"])
        crawler.signals.connect(self.close, signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "OpenStore":
        return cls(crawler)

    @staticmethod
    def of(crawler: Crawler) -> Store:
        """The store of a crawl, for the components that use it."""
        extension = crawler.get_extension(OpenStore)
        assert extension is not None, "settings install it before its users"
        return extension.store

    def close(self) -> None:
        self.store.close()
