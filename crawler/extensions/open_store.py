"""Owns the store of a run, and its row in it: opened before the first request, closed after the last item."""

from scrapy import signals
from scrapy.crawler import Crawler

from crawler.errors import UnusableStore
from crawler.extensions.brake import end_run
from crawler.extensions.run_record import RunRecord, begin_run
from crawler.storage import Store


class OpenStore:
    """Reads `KOMPAS_DB`. An unusable store is refused here, before anything is fetched."""

    def __init__(self, crawler: Crawler) -> None:
        """
        :raises UnusableStore: with the thing and the fix.
        """
        self.store = Store(crawler.settings["KOMPAS_DB"])
        self.run = begin_run(self.store, crawler)
        crawler.signals.connect(self.close, signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "OpenStore":
        return cls(crawler)

    @classmethod
    def of(cls, crawler: Crawler) -> Store:
        """The store of a crawl, for the components that use it."""
        return cls._installed(crawler).store

    @classmethod
    def run_of(cls, crawler: Crawler) -> RunRecord:
        """The row of a crawl, for the components that use it."""
        return cls._installed(crawler).run

    @classmethod
    def _installed(cls, crawler: Crawler) -> "OpenStore":
        extension = crawler.get_extension(cls)
        assert extension is not None, "settings install it before its users"
        return extension

    @staticmethod
    def give_up(crawler: Crawler, error: UnusableStore) -> None:
        """Ends the run: nothing is fetched that could not be kept. `Verdict` tells why."""
        crawler.stats.set_value("kompas/run/store_error", str(error))
        end_run(crawler, "store_error", str(error))

    def close(self) -> None:
        self.store.close()
