"""Owns the recorder of a live run: it seals files of killed runs before the first request, its own after the last."""

import logging
from pathlib import Path
from typing import Final

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from crawler import __version__
from crawler.archive.recorder import Recorder
from crawler.arguments import Mode, arguments_of
from crawler.clock import utc_now
from crawler.ending import end_run
from crawler.errors import FinishReason, UnusableArchiveFolder

logger = logging.getLogger(__name__)

WARC_SIZE: Final = 1_000_000_000
"""Bytes at which the next WARC file begins: 1 GB, the size that the WARC specification suggests."""


class OpenArchive:
    """Reads `KOMPAS_WARC_DIR`. Counts `kompas/warc/<what>`."""

    def __init__(self, crawler: Crawler) -> None:
        """Open the folder.

        :raises UnusableArchiveFolder: the message names the folder and the fix.
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
        self.recorder = Recorder(Path(settings["KOMPAS_WARC_DIR"]), WARC_SIZE, utc_now(), info)
        for name in self.recorder.sealed:
            logger.warning("%s was left open by a run that was killed; it is sealed now", name)
        crawler.signals.connect(self.close, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "OpenArchive":
        """Make the extension of a run that records.

        :raises NotConfigured: recording is off, or the responses do not come from the site.
        """
        if not crawler.settings["KOMPAS_WARC_DIR"] or arguments_of(crawler).mode is not Mode.LIVE:
            raise NotConfigured
        return cls(crawler)

    @staticmethod
    def give_up(crawler: Crawler, error: UnusableArchiveFolder) -> None:
        """End the run: nothing is fetched that cannot be recorded. The verdict says why."""
        crawler.stats.set_value("kompas/run/archive_error", str(error))
        end_run(crawler, FinishReason.ARCHIVE_ERROR, str(error))

    def close(self) -> None:
        """Seal the last file."""
        stats = self.crawler.stats
        try:
            self.recorder.close()
        except UnusableArchiveFolder as error:  # the next run seals the file
            stats.set_value("kompas/run/archive_error", str(error))
        for name in ("records", "bytes", "revisits"):
            stats.set_value(f"kompas/warc/{name}", getattr(self.recorder, name))
        stats.set_value("kompas/warc/sealed", len(self.recorder.sealed))
