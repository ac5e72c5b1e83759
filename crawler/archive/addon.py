"""Add-on: a run with `-a archive=` or `-a replay=` never uses the network."""

from typing import Any, Final

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from crawler.archive.files import check, expand
from crawler.archive.records import refuse_no_warc
from crawler.arguments import CrawlArguments, Mode, arguments_of
from crawler.executor import refuse_silent_cluster

_HANDLER: Final = "crawler.archive.handler.ReplayDownloadHandler"
_NO_HANDLERS: Final = dict.fromkeys(("http", "https", "ftp", "s3", "file", "data"))
_ARCHIVE: Final[dict[str, Any]] = {
    "DOWNLOAD_HANDLERS": _NO_HANDLERS,
    "DOWNLOADER_MIDDLEWARES_BASE": {},  # of no request; their imports are a tenth of the start
    "DOWNLOADER_MIDDLEWARES": {},
}
_REPLAY: Final[dict[str, Any]] = {
    "DOWNLOAD_HANDLERS": {**_NO_HANDLERS, "http": _HANDLER, "https": _HANDLER},
    "DOWNLOAD_DELAY": 0,  # no site to be polite to
    "AUTOTHROTTLE_ENABLED": False,
}
_CHANGES: Final[dict[Mode, dict[str, Any]]] = {Mode.LIVE: {}, Mode.ARCHIVE: _ARCHIVE, Mode.REPLAY: _REPLAY}


class ArchiveAddon:
    """Changes the settings by the mode of the run. Scrapy loads add-ons after it has created the spider."""

    def __init__(self, arguments: CrawlArguments) -> None:
        self.arguments = arguments

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ArchiveAddon":
        return cls(arguments_of(crawler))

    def update_settings(self, settings: BaseSettings) -> None:
        """Take the network away, or put recordings in its place.

        :raises UnreadableArchive: a file is missing, or does not begin as a WARC file.
        :raises BadArgument: the cluster does not answer.
        """
        if self.arguments.archive:
            for source in check(self.arguments.archive):
                refuse_no_warc(source)
            refuse_silent_cluster(settings)
        for source in expand(self.arguments.replay) if self.arguments.replay else ():
            refuse_no_warc(source)
        for name, value in _CHANGES[self.arguments.mode].items():
            settings.set(name, value, priority="cmdline")
