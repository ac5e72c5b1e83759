"""A progress line for a person at a terminal, drawn by tqdm, which keeps log lines whole; not for pipes and files."""

import asyncio
import logging
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Final, Never, TypeVar

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.log import get_scrapy_root_handler
from tqdm import tqdm
from tqdm.contrib.logging import logging_redirect_tqdm

from crawler.archive.files import sizes_of
from crawler.arguments import arguments_of
from crawler.ending import is_ending
from crawler.extensions.crawl_plan import CrawlPlan
from crawler.extensions.progress_text import Totals, extent_of, line_of, remaining

T = TypeVar("T")

LABEL: Final = "kompas_global: "
REDRAW: Final = 0.5
"""Seconds between two drawings."""
USUAL_WIDTH: Final = 80
"""Columns of a terminal that does not tell its width."""


class Progress:
    """Shows, if stderr is a terminal, how much of the run is done, what came of it, and the time it still takes."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.arguments = arguments_of(crawler)
        self._stack = ExitStack()
        self._line: tqdm[Never] | None = None
        self._clock: asyncio.Task[None] | None = None
        self._began = self._phase_began = time.monotonic()
        self._phase = ""
        self._files, self._megabytes = 0, 0.0
        if sys.stderr.isatty():
            if self.arguments.archive:
                sizes = sizes_of(self.arguments.archive) or []
                self._files, self._megabytes = len(sizes), sum(sizes) / 1e6
            crawler.signals.connect(self.open, signals.spider_opened)
            crawler.signals.connect(self.close, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Progress":
        return cls(crawler)

    def open(self) -> None:
        """Draw the line, and again every half second."""
        console = get_scrapy_root_handler()
        self._stack.enter_context(logging_redirect_tqdm())
        if console is not None:  # tqdm's substitute for the console handler loses its level and filters
            logging.root.handlers[-1].setLevel(console.level)
            for each in console.filters:
                logging.root.handlers[-1].addFilter(each)
        self._line = self._stack.enter_context(tqdm(bar_format="{desc}", dynamic_ncols=True, leave=False))
        self._clock = asyncio.get_running_loop().create_task(self._redraw())

    def close(self) -> None:
        """Remove the line."""
        if self._clock is not None:
            self._clock.cancel()
        self._stack.close()

    def text(self, width: int) -> str:
        """Return the line as it is now.

        :param width: columns that it may take.
        """
        stats, now = self.crawler.stats.get_stats(), time.monotonic()
        extent = extent_of(stats, self._totals)
        if extent.phase != self._phase:
            self._phase, self._phase_began = extent.phase, now
        left = remaining(extent.share, now - self._phase_began)
        ending = is_ending(self.crawler)
        return LABEL + line_of(extent, stats, now - self._began, left, ending=ending, width=width - len(LABEL))

    async def _redraw(self) -> None:
        assert self._line is not None, "it was just opened"
        while True:
            width = int(self._line.format_dict["ncols"] or USUAL_WIDTH)
            self._line.set_description_str(self.text(width - 1))  # some terminals wrap a full line
            await asyncio.sleep(REDRAW)

    @property
    def _totals(self) -> Totals:
        plan = self.crawler.get_extension(CrawlPlan) if self.arguments.lists else None
        return Totals(
            addresses=len(self.arguments.urls),
            days=plan.days_in_all if plan else 0,
            days_finished=plan.days_finished if plan else 0,
            files=self._files,
            megabytes=self._megabytes,
        )


def counted_line(name: str, things: Iterable[T], total: int) -> Iterator[T]:
    """Yield the things of a command under a progress line."""
    yield from tqdm(things, total=total, desc=name, leave=False, disable=None, dynamic_ncols=True)


@contextmanager
def growing_line(name: str, unit: str) -> Iterator[Callable[[int], object]]:
    """Draw a progress line without a total; the context gives the function that adds to it."""
    with tqdm(desc=name, unit=f" {unit}", leave=False, disable=None, dynamic_ncols=True) as line:
        yield line.update
