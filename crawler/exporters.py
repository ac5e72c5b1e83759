"""The JSON Lines feed: whatever ends the run, every line that was written is whole, and a run after it can go on."""

import logging
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Final, Self

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exporters import JsonLinesItemExporter
from scrapy.extensions.feedexport import FileFeedStorage

logger = logging.getLogger(__name__)

_BLOCK: Final = 1 << 16
"""Bytes read at a time from the end: feeds grow for years."""


class LineFile(FileFeedStorage):
    """Scrapy's storage of a local feed, without a buffer that a kill would lose.

    A torn last line, left by a kill in the middle of a write, is cut off before others are appended to it.
    """

    def open(self, spider: Spider) -> IO[bytes]:
        path = Path(self.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        if self.write_mode == "ab" and path.is_file():
            torn = cut_torn_line(path)
            if torn:
                logger.warning("%s ended in the middle of a line: %d bytes were cut off", path, torn)
        return path.open(self.write_mode, buffering=0)


class WholeLines(JsonLinesItemExporter):
    """Scrapy's exporter of JSON Lines, which gives each line to the operating system at once.

    A feed that can no longer be written is told once, as `kompas/run/feed_error`: the articles are in the store.
    """

    def __init__(self, file: BytesIO, crawler: Crawler, **options: Any) -> None:
        super().__init__(file, **options)
        self.stats = crawler.stats
        self._broken = False

    @classmethod
    def from_crawler(cls, crawler: Crawler, file: BytesIO, **options: Any) -> Self:
        return cls(file, crawler, **options)

    def export_item(self, item: Any) -> None:
        if self._broken:
            return
        line = self.encoder.encode(dict(self.get_serialized_fields(item))) + "\n"
        rest = line.encode(self.encoding or "utf-8")
        try:
            while rest:  # a file without a buffer may take less than it is given
                rest = rest[self.file.write(rest) :]
        except OSError as error:
            self._broken = True
            self.stats.set_value("kompas/run/feed_error", f"the feed cannot be written ({error.strerror})")


def cut_torn_line(path: Path) -> int:
    """Takes a last line without its end off a file; gives the number of bytes.

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
