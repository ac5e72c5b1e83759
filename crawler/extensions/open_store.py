"""Open the store and begin the run's row in it before the first request; close the store after the last item."""

import logging
from contextlib import ExitStack

from scrapy import signals
from scrapy.crawler import Crawler

from crawler.arguments import Mode, arguments_of
from crawler.ending import end_run
from crawler.errors import FinishReason, UnusableStore
from crawler.extensions.run_record import RunRecord, begin_run
from crawler.storage import Store, is_server, wal_reset_notice

logger = logging.getLogger(__name__)


class OpenStore:
    """Reads `KOMPAS_DB`. Refuses an unusable store before the first request."""

    def __init__(self, crawler: Crawler) -> None:
        """Open the store and begin the run.

        :raises UnusableStore: the store cannot be used; the message names it and the fix.
        """
        self.store = Store(crawler.settings["KOMPAS_DB"])
        with ExitStack() as undo:
            undo.callback(self.store.close)
            self.run = begin_run(self.store, crawler)
            undo.pop_all()
        self._warn_of_sqlite(crawler)
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
        """Return the record of a crawl's run."""
        return cls._installed(crawler).run

    @classmethod
    def _installed(cls, crawler: Crawler) -> "OpenStore":
        extension = crawler.get_extension(cls)
        assert extension is not None, "settings install it before its users"
        return extension

    @staticmethod
    def give_up(crawler: Crawler, error: UnusableStore) -> None:
        """End the run, because its results cannot be stored. The verdict gives the reason."""
        crawler.stats.set_value("kompas/run/store_error", str(error))
        end_run(crawler, FinishReason.STORE_ERROR, str(error))

    def _warn_of_sqlite(self, crawler: Crawler) -> None:
        """Log what an operator has to know about SQLite: a warning in the first run of a store, later only a note."""
        notice = "" if is_server(crawler.settings["KOMPAS_DB"]) else wal_reset_notice()
        if notice:
            is_first = self.run.id == 1 and arguments_of(crawler).mode is Mode.LIVE
            logger.log(logging.WARNING if is_first else logging.INFO, "%s", notice)

    def close(self) -> None:
        """Close the store."""
        self.store.close()
