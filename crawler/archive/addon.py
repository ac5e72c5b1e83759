"""Settings of a run without network: `KOMPAS_ARCHIVE` (`-a archive=`) and `KOMPAS_REPLAY` (`-a replay=`)."""

from typing import Any, Final

from scrapy.settings import BaseSettings

from crawler.archive.files import check, expand
from crawler.archive.records import refuse_no_warc
from crawler.executor import refuse_silent_cluster

SLICE_READ: Final = object()
"""Signal: another slice of an archive was read."""
_HANDLER: Final = "crawler.archive.handler.ReplayDownloadHandler"
_NO_NETWORK: Final[dict[str, Any]] = {
    "DOWNLOAD_HANDLERS": dict.fromkeys(("http", "https", "ftp", "s3", "file", "data")),
}
_REPLAY: Final[dict[str, Any]] = {
    "DOWNLOAD_HANDLERS": {**_NO_NETWORK["DOWNLOAD_HANDLERS"], "http": _HANDLER, "https": _HANDLER},
    "DOWNLOAD_DELAY": 0,  # no server answers
    "AUTOTHROTTLE_ENABLED": False,
}


def is_crawl(settings: BaseSettings) -> bool:
    """Return whether the site, or a recording of it, is crawled, so that the run is judged as a crawl."""
    return not settings["KOMPAS_ARCHIVE"]


def is_live(settings: BaseSettings) -> bool:
    """Return whether the site itself answers."""
    return not (settings["KOMPAS_ARCHIVE"] or settings["KOMPAS_REPLAY"])


class ArchiveAddon:
    """Refuses archives and a cluster that cannot be used, before anything is opened."""

    def update_settings(self, settings: BaseSettings) -> None:
        """
        :raises UnreadableArchive: a file that is missing, or does not begin as a WARC.
        :raises BadArgument: the cluster does not answer.
        """
        if settings["KOMPAS_ARCHIVE"]:
            for source in check(settings["KOMPAS_ARCHIVE"]):
                refuse_no_warc(source)
            refuse_silent_cluster(settings)
            _change(settings, _NO_NETWORK)
        if settings["KOMPAS_REPLAY"]:
            for source in expand(settings["KOMPAS_REPLAY"]):
                refuse_no_warc(source)
            _change(settings, _REPLAY)


def _change(settings: BaseSettings, changes: dict[str, Any]) -> None:
    for name, value in changes.items():
        settings.set(name, value, priority="cmdline")
