"""A progress line for a person at a terminal, drawn by tqdm, which keeps log lines whole; not for pipes and files."""

import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Never, TypeVar

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.log import get_scrapy_root_handler
from tqdm import tqdm
from tqdm.contrib.logging import logging_redirect_tqdm

from crawler.archive.addon import SLICE_READ
from crawler.items import Article

T = TypeVar("T")


class Progress:
    """Shows days done or megabytes read, articles new, known and failed, and the rate, if stderr is a terminal."""

    def __init__(self, crawler: Crawler) -> None:
        self.stats = crawler.stats
        self._stack = ExitStack()
        self._line: tqdm[Never] | None = None
        if sys.stderr.isatty():
            crawler.signals.connect(self.open, signals.spider_opened)
            crawler.signals.connect(self.close, signals.spider_closed)
            for signal in (signals.item_scraped, signals.item_dropped, signals.response_received, SLICE_READ):
                crawler.signals.connect(self.tick, signal)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Progress":
        return cls(crawler)

    def open(self, spider: Spider) -> None:
        """Draw the line."""
        console = get_scrapy_root_handler()
        self._stack.enter_context(logging_redirect_tqdm())
        if console is not None:  # tqdm's substitute for the console handler loses its level and filters
            logging.root.handlers[-1].setLevel(console.level)
            for each in console.filters:
                logging.root.handlers[-1].addFilter(each)
        self._line = self._stack.enter_context(tqdm(unit=" pages", desc="kompas_global", mininterval=0.5, leave=False))

    def tick(self, signal: object, item: object = None, response: Response | None = None) -> None:
        """Refresh the line, and count one page more: a response, or a story of an archive, which has no response."""
        if self._line is None:
            return
        self._line.set_postfix_str(progress_text(self.stats.get_stats()), refresh=signal is SLICE_READ)
        if signal is signals.response_received or (isinstance(item, Article) and response is None):
            self._line.update()

    def close(self, spider: Spider) -> None:
        """Remove the line."""
        self._stack.close()


def counted_line(name: str, things: Iterable[T], total: int) -> Iterator[T]:
    """Yield the things of a command under a progress line."""
    yield from tqdm(things, total=total, desc=name, leave=False, disable=None)


@contextmanager
def growing_line(name: str, unit: str) -> Iterator[Callable[[int], object]]:
    """Draw a progress line without a total; the context gives the function that adds to it."""
    with tqdm(desc=name, unit=f" {unit}", leave=False, disable=None) as line:
        yield line.update


def progress_text(stats: dict[str, object]) -> str:
    """Return `3/30 days, 41 new, 7 known, 0 failed` from the run's statistics.

    >>> progress_text({"kompas/days/done": 1, "kompas/days/asked": 2, "kompas/store/new": 3})
    '1/2 days, 3 new, 0 known, 0 failed'
    >>> progress_text({"kompas/archive/files_read": 2, "kompas/archive/bytes_read": 6_000_000})
    '2 files (6 MB), 0 new, 0 known, 0 failed'
    """

    def total(*prefixes: str) -> int:
        return sum(int(str(n)) for name, n in stats.items() if name.startswith(prefixes))

    files, read_mb = total("kompas/archive/files_read"), total("kompas/archive/bytes_read") / 1e6
    read = f"{files} files ({read_mb:.0f} MB), " if "kompas/archive/files_read" in stats else ""
    days = f"{total('kompas/days/done')}/{total('kompas/days/asked')} days, " if "kompas/days/asked" in stats else ""
    new, known = total("kompas/store/new"), total("kompas/store/known", "kompas/skip_known/")
    return f"{read}{days}{new} new, {known} known, {total('kompas/failed/')} failed"
