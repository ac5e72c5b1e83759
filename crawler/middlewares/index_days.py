"""Spider middleware: where a run begins: with what an unfinished run left over, and without the days that are done."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from scrapy import Request, signals
from scrapy.crawler import Crawler

from crawler.clock import utc_now
from crawler.errors import UnusableStore
from crawler.extensions.open_store import OpenStore
from crawler.items import Discovery
from crawler.kompas.text.dates import WIB
from crawler.kompas.urls import index_sites
from crawler.ledger_facts import INDEX_DAY, IndexDay

SETTLES: Final = timedelta(hours=48)
"""After the end of a day its index no longer gains stories; a walk from then on is its final one."""


class IndexDays:
    """Lets index days through one after another, each when the one before left nothing to be asked for.

    Counts `kompas/days/asked`, `kompas/days/skipped`, `kompas/resume/pending`.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.stats = crawler.stats
        self.ledger = OpenStore.of(crawler).ledger

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "IndexDays":
        return cls(crawler)

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        try:
            for request in self._left_over():
                yield request
            async for request in start:
                index_day = request.meta.get(INDEX_DAY) if isinstance(request, Request) else None
                if index_day is None:
                    yield request
                elif self._is_wanted(index_day):
                    self.stats.inc_value("kompas/days/asked")
                    now = utc_now()
                    self.ledger.ask_day(index_day, now, index_sites(index_day.day))
                    yield request
                    await self._nothing_left()
        except UnusableStore as error:
            OpenStore.give_up(self.crawler, error)

    async def _nothing_left(self) -> None:
        """The scheduler is also empty while a page is on its way, or read, from which requests will follow."""
        empty = asyncio.Event()
        self.crawler.signals.connect(empty.set, signals.scheduler_empty)
        try:
            while not self._is_quiet():
                empty.clear()
                await empty.wait()
        finally:
            self.crawler.signals.disconnect(empty.set, signals.scheduler_empty)

    def _is_quiet(self) -> bool:
        engine = self.crawler.engine
        assert engine is not None, "the run is on"
        slot, scheduler = engine.scraper.slot, engine.scheduler
        assert slot is not None, "the run is on"
        assert scheduler is not None, "the run is on"
        return not engine.downloader.active and slot.is_idle() and not scheduler.has_pending_requests()

    def _left_over(self) -> list[Request]:
        """Stories that earlier runs of the same job meant to fetch and neither stored nor gave up."""
        spider: Any = self.crawler.spider  # rooms on this side do not know the spider's class
        if not spider.arguments.lists:
            return []
        pending = self.ledger.pending(OpenStore.run_of(self.crawler).job_started_at)
        self.stats.inc_value("kompas/resume/pending", len(pending))
        return [
            spider.article_request(story.url, Discovery(story.via, story.from_url), story.depth) for story in pending
        ]

    def _is_wanted(self, index_day: IndexDay) -> bool:
        """A final walk is made once a job; a daily run also finishes what earlier ones began."""
        spider: Any = self.crawler.spider
        arguments = spider.arguments
        walked = self.ledger.walked_at(index_day)
        final = walked is not None and walked >= settled_at(index_day.day)
        if arguments.is_range and final and walked and walked >= OpenStore.run_of(self.crawler).job_started_at:
            self.stats.inc_value("kompas/days/skipped")
            return False
        if index_day.day not in arguments.earlier_days or not arguments.lists:
            return True
        begun = self.ledger.first_day(arguments.earlier_days[-1])
        return begun is not None and begun <= index_day.day and not final


def settled_at(day: date) -> datetime:
    """When the list of a day is final.

    >>> settled_at(date(2021, 4, 22)).isoformat()
    '2021-04-25T00:00:00+07:00'
    """
    return datetime.combine(day + timedelta(days=1), time(), WIB) + SETTLES
