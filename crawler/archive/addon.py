"""The switches: with `KOMPAS_ARCHIVE` or `KOMPAS_REPLAY` set (`-a archive=`, `-a replay=`) no network is asked."""

from typing import Any, Final

from scrapy.settings import BaseSettings

from crawler.archive.files import expand
from crawler.archive.records import refuse_no_warc

RANGE_READ: Final = object()
"""Signal: another range of an archive was gone through."""
_HANDLER: Final = "crawler.archive.handler.ReplayDownloadHandler"
_NO_NETWORK: Final[dict[str, Any]] = {
    "DOWNLOAD_HANDLERS": dict.fromkeys(("http", "https", "ftp", "s3", "file", "data")),
}
_REPLAY: Final[dict[str, Any]] = {
    "DOWNLOAD_HANDLERS": {**_NO_NETWORK["DOWNLOAD_HANDLERS"], "http": _HANDLER, "https": _HANDLER},
    "DOWNLOAD_DELAY": 0,  # nobody is asked
    "AUTOTHROTTLE_ENABLED": False,
}


def is_crawl(settings: BaseSettings) -> bool:
    """The site is crawled, or a recording of it: the run is judged as a crawl. Not so when an archive is read."""
    return not settings["KOMPAS_ARCHIVE"]


def is_live(settings: BaseSettings) -> bool:
    """The site itself answers: there is somebody to be polite to."""
    return not (settings["KOMPAS_ARCHIVE"] or settings["KOMPAS_REPLAY"])


class ArchiveAddon:
    """Refuses files that cannot be meant, before anything is opened."""

    def update_settings(self, settings: BaseSettings) -> None:
        """
        :raises UnreadableArchive: a file that is missing, or does not begin as a WARC.
        """
        for switch, changes in (("KOMPAS_ARCHIVE", _NO_NETWORK), ("KOMPAS_REPLAY", _REPLAY)):
            argument = settings.get(switch) or ""
            for source in expand(argument) if argument else ():
                refuse_no_warc(source)
            for name, value in changes.items() if argument else ():
                settings.set(name, value, priority="cmdline")
