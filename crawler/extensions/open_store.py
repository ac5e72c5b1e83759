"""Owns the store of a run, and the run's row in it: opened before the first request, closed after the last item."""

from scrapy import signals
from scrapy.crawler import Crawler

from crawler.ending import end_run
from crawler.errors import FinishReason, UnusableStore
from crawler.extensions.run_record import RunRecord, begin_run
from crawler.storage import Store


class OpenStore:
    """Reads `KOMPAS_DB`. An unusable store is refused here, before anything is fetched."""

    def __init__(self, crawler: Crawler) -> None:
        """Open the store and begin the run.

        :raises UnusableStore: the message names the store and the fix.
        """
        self.store = Store(crawler.settings["KOMPAS_DB"])
        self.run = begin_run(self.store, crawler)
        crawler.signals.connect(self.close, signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "OpenStore":
        return cls(crawler)

    @classmethod
    def of(cls, crawler: Crawler) -> Store:
        """Return the store of a crawl."""
        return cls._installed(crawler).store

    @classmethod
    def run_of(cls, crawler: Crawler) -> RunRecord:
        """Return the run that a crawl is."""
        return cls._installed(crawler).run

    @classmethod
    def _installed(cls, crawler: Crawler) -> "OpenStore":
        extension = crawler.get_extension(cls)
        assert extension is not None, "settings install it before its users"
        return extension

    @staticmethod
    def give_up(crawler: Crawler, error: UnusableStore) -> None:
        """End the run: nothing is fetched that cannot be stored. The verdict says why."""
        crawler.stats.set_value("kompas/run/store_error", str(error))
        end_run(crawler, FinishReason.STORE_ERROR, str(error))

    def close(self) -> None:
        """Close the store."""
        self.store.close()
