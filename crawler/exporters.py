"""Feeds: they hold articles only, and every line of a JSON Lines feed is whole, however the run ends."""

import logging
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Final, Self

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exporters import JsonLinesItemExporter
from scrapy.extensions.feedexport import FileFeedStorage
from scrapy.settings import BaseSettings

from crawler.items import Article

logger = logging.getLogger(__name__)

_BLOCK: Final = 1 << 16
"""Bytes to read at a time from the end of a feed, which may have grown for years."""


class ArticleFeeds:
    """Add-on: every feed takes articles only, unless its own `item_classes` say otherwise.

    Failures and facts for the ledger are items, too. `item_classes` can be set for a feed only, not for all.
    """

    def update_settings(self, settings: BaseSettings) -> None:
        """Complete the options of the feeds."""
        feeds = settings.getdict("FEEDS")
        if feeds:
            options = {target: {"item_classes": [Article], **stated} for target, stated in feeds.items()}
            settings.set("FEEDS", options, priority="cmdline")


class LineFile(FileFeedStorage):
    """Scrapy's storage of a local feed, without a buffer that a kill would lose.

    Before a feed is appended to, an incomplete last line is cut off: a kill in the middle of a write left it.
    """

    def open(self, spider: Spider) -> IO[bytes]:
        """Return the file of the feed, to be written at its end."""
        path = Path(self.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        if self.write_mode == "ab" and path.is_file():
            torn = cut_torn_line(path)
            if torn:
                logger.warning("%s ended in the middle of a line: %d bytes were cut off", path, torn)
        return path.open(self.write_mode, buffering=0)


class WholeLines(JsonLinesItemExporter):
    """Scrapy's exporter of JSON Lines, which gives each line to the operating system at once.

    The first error of a feed is noted as `kompas/run/feed_error`, and ends it: the articles are in the store.
    """

    def __init__(self, file: BytesIO, crawler: Crawler, **options: Any) -> None:
        super().__init__(file, **options)
        self.stats = crawler.stats
        self._broken = False

    @classmethod
    def from_crawler(cls, crawler: Crawler, file: BytesIO, **options: Any) -> Self:
        return cls(file, crawler, **options)

    def export_item(self, item: Any) -> None:
        """Write one line."""
        if self._broken:
            return
        line = self.encoder.encode(dict(self.get_serialized_fields(item))) + "\n"
        rest = line.encode(self.encoding or "utf-8")
        try:
            while rest:  # an unbuffered file may write a part only
                rest = rest[self.file.write(rest) :]
        except OSError as error:
            self._broken = True
            self.stats.set_value("kompas/run/feed_error", f"the feed cannot be written ({error.strerror})")


def cut_torn_line(path: Path) -> int:
    """Cut an incomplete last line off a file; return the number of bytes.

    :raises OSError: the file cannot be read or written.
    """
    size = path.stat().st_size
    whole = size
    with path.open("r+b") as file:
        while whole:
            start = max(0, whole - _BLOCK)
            file.seek(start)
            found = file.read(whole - start).rfind(b"\n")
            whole = start + found + 1
            if found >= 0:
                break
        file.truncate(whole)
    return size - whole
