"""The switch: with `KOMPAS_ARCHIVE` set (by `-a archive=`) every request is answered from those files."""

import logging
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from crawler.archive.files import expand
from crawler.archive.index import ArchiveIndex

logger = logging.getLogger(__name__)

_HANDLER: Final = "crawler.archive.handler.ArchiveDownloadHandler"

_NO_NETWORK: Final[dict[str, Any]] = {
    "DOWNLOAD_HANDLERS": {"http": _HANDLER, "https": _HANDLER, "ftp": None, "s3": None, "file": None, "data": None},
    "ROBOTSTXT_OBEY": False,  # nothing is asked of the site, so there is no rule to read
    "RETRY_ENABLED": False,  # an archive answers the same the second time
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
}


def is_live(settings: BaseSettings) -> bool:
    """The site answers, not an archive: there is somebody to be polite to, and to be judged."""
    return not settings["KOMPAS_ARCHIVE"]


class ArchiveAddon:
    """Owns the index and its scratch folder for the length of a run."""

    def __init__(self) -> None:
        self._argument = ""
        self._scratch: TemporaryDirectory[str] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ArchiveAddon":
        addon = cls()
        crawler.signals.connect(addon.close, signals.engine_stopped)
        return addon

    def close(self) -> None:
        """Removes what had to be unpacked."""
        if self._scratch is not None:
            self._scratch.cleanup()

    def update_settings(self, settings: BaseSettings) -> None:
        """
        :raises UnreadableArchive: before anything is opened or fetched.
        """
        self._argument = settings.get("KOMPAS_ARCHIVE") or ""
        if not self._argument:
            return
        for name, value in _NO_NETWORK.items():
            settings.set(name, value, priority="cmdline")
        counts = self.index.counts
        logger.info("Archive: %s", ", ".join(f"{count} {name}" for name, count in sorted(counts.items())))
        for sentence in self.index.damage:
            logger.warning(sentence)

    @cached_property
    def index(self) -> ArchiveIndex:
        """Built once, when the run starts."""
        self._scratch = TemporaryDirectory(prefix="kompas-archive-")
        scratch = Path(self._scratch.name)
        return ArchiveIndex(expand(self._argument, scratch), scratch)
