"""Owns the recorder of a live run: its folder is tidied before the first request, its file sealed after the last."""

import logging
from pathlib import Path

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from crawler import __version__
from crawler.archive.addon import is_live
from crawler.archive.recorder import Recorder
from crawler.clock import utc_now
from crawler.errors import UnusableArchiveFolder
from crawler.extensions.brake import end_run

logger = logging.getLogger(__name__)


class OpenArchive:
    """Reads `KOMPAS_WARC_DIR` and `KOMPAS_WARC_SIZE`. Counts `kompas/warc/<what>`."""

    def __init__(self, crawler: Crawler) -> None:
        """
        :raises UnusableArchiveFolder: with the thing and the fix, before anything is fetched.
        """
        self.crawler = crawler
        settings = crawler.settings
        info = {
            "software": f"kompas_global/{__version__}",
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "operator": settings["KOMPAS_CONTACT"],
            "isPartOf": "kompas_global",
        }
        self.recorder = Recorder(
            Path(settings["KOMPAS_WARC_DIR"]), settings.getint("KOMPAS_WARC_SIZE"), utc_now(), info
        )
        for name in self.recorder.sealed:
            logger.warning("%s was left open by a run that was killed; it is sealed now", name)
        crawler.signals.connect(self.close, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "OpenArchive":
        """
        :raises NotConfigured: nothing is to be recorded, or the site is not asked.
        """
        if not crawler.settings["KOMPAS_WARC_DIR"] or not is_live(crawler.settings):
            raise NotConfigured
        return cls(crawler)

    @staticmethod
    def give_up(crawler: Crawler, error: UnusableArchiveFolder) -> None:
        """Ends the run: nothing is fetched that could not be kept. `Verdict` tells why."""
        crawler.stats.set_value("kompas/run/archive_error", str(error))
        end_run(crawler, "archive_error", str(error))

    def close(self) -> None:
        stats = self.crawler.stats
        try:
            self.recorder.close()
        except UnusableArchiveFolder as error:  # sealed by the next run
            stats.set_value("kompas/run/archive_error", str(error))
        for name in ("records", "bytes", "revisits"):
            stats.set_value(f"kompas/warc/{name}", getattr(self.recorder, name))
        stats.set_value("kompas/warc/sealed", len(self.recorder.sealed))
