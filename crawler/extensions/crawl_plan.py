"""The plan of a crawl: what is requested next, by the arguments, the ledger, and what is stored."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from typing import Final

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.utils.sitemap import sitemap_urls_from_robots

from crawler.arguments import CrawlArguments, arguments_of
from crawler.clock import utc_now
from crawler.errors import FinishReason, UnusableStore
from crawler.extensions.open_store import OpenStore
from crawler.extensions.run_record import RunRecord
from crawler.kompas.sections import front_urls, index_sites, other_index_sites
from crawler.kompas.urls import article_id, index_of, index_url
from crawler.kompas.witnesses import SITEMAPS, sitemaps_among
from crawler.ledger_facts import Fact, IndexDay
from crawler.plan import (
    Conditions,
    FollowsPlan,
    PendingStory,
    conditions_of,
    is_done,
    is_due,
    is_left_open,
    is_settled,
    is_visited,
    names_asked,
)
from crawler.recent import Recent
from crawler.storage import Store

_PROCESSED: Final = (signals.item_scraped, signals.item_dropped, signals.item_error)
"""Signals of which one ends the way of every item."""


class CrawlPlan:
    """The `Plan` of a crawl, handed to the spider. Reads `KOMPAS_REVISIT_HOURS`.

    A story is requested once a run, whatever address links to it: `_met` remembers the newest 20,000 stories, the store
    the rest. An unusable store ends the run (`OpenStore.give_up`).

    Counts `kompas/days/asked`, `kompas/days/skipped`, `kompas/resume/pending` and, once a story,
    `kompas/skip_known/<state>`.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.stats = crawler.stats
        self.arguments = arguments_of(crawler)
        self.ages = [timedelta(hours=float(hours)) for hours in crawler.settings.getlist("KOMPAS_REVISIT_HOURS")]
        self._met = Recent()
        self._undecided = deque(_index_days(self.arguments))
        self.days_finished = 0
        """Index days of the run of which everything was requested."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "CrawlPlan":
        """Make the plan and hand it to the spider."""
        plan = cls(crawler)
        spider: object = crawler.spider  # mypy takes no Spider for one with other methods
        if isinstance(spider, FollowsPlan):
            spider.follow(plan)
        return plan

    @property
    def store(self) -> Store:
        """The store of the run. Scrapy gives no extension to another one that is being made."""
        return OpenStore.of(self.crawler)

    @property
    def run(self) -> RunRecord:
        """The run."""
        return OpenStore.run_of(self.crawler)

    @property
    def next_address(self) -> str:
        """Address of the next index day, or of a section front after the last; a fault leaves it unread."""
        return self._undecided[0].url if self._undecided else front_urls()[0]

    @property
    def days_in_all(self) -> int:
        """Number of index days requested or to be requested. Of the days of earlier runs only the requested ones count,
        because the others are looked at last."""
        earlier = set(self.arguments.earlier_days)
        coming = sum(index_day.day not in earlier for index_day in self._undecided)
        return int(self.stats.get_value("kompas/days/asked", 0)) + coming

    def pending(self) -> Sequence[PendingStory]:
        """Return the stories that earlier runs of the job left over; none for a list of addresses.

        :raises CloseSpider: the store cannot be read.
        """
        if not self.arguments.lists:
            return []
        with self._store_or_end():
            pending = self.store.ledger.pending(self.run.job_started_at)
        self.stats.inc_value("kompas/resume/pending", len(pending))
        return pending

    def days(self) -> Iterator[IndexDay]:
        """Yield the index days to walk now.

        :raises CloseSpider: the store cannot be read or written.
        """
        while self._undecided:
            index_day = self._undecided[0]
            with self._store_or_end():
                wanted = self._is_wanted(index_day)
                if wanted:
                    self.stats.inc_value("kompas/days/asked")
                    self.store.ledger.ask_day(index_day, utc_now(), index_sites(index_day.day))
            self._undecided.popleft()
            if wanted:
                yield index_day
                self.days_finished += 1
            with self._store_or_end():
                self._undecided.extendleft(self._instead_of(index_day))

    def unfetched(self) -> Sequence[PendingStory]:
        """Return the listed stories of the run's days that are missing: those that vanished from the index, mostly.

        :raises CloseSpider: the store cannot be read.
        """
        if not self.arguments.lists:
            return []
        with self._store_or_end():
            return self.store.missing((*self.arguments.days, *self.arguments.earlier_days))

    def sitemaps(self) -> list[str]:
        """Return the sitemaps that the robots.txt files of this run name; those of the table if they name none.

        :raises CloseSpider: the store cannot be read.
        """
        with self._store_or_end():
            texts = self.store.runs.robots_of(self.run.id)
        named = (url for host, text in texts for url in sitemap_urls_from_robots(text.encode(), f"https://{host}/"))
        return sitemaps_among(named) or list(SITEMAPS)

    async def worked_off(self) -> None:
        """Return when no request or response of the run is queued, in flight or being read.

        The scheduler is also empty while a page is in flight, or read, from which requests will follow.
        """
        empty = asyncio.Event()
        self.crawler.signals.connect(empty.set, signals.scheduler_empty)
        try:
            while not self._is_quiet():
                empty.clear()
                await empty.wait()
        finally:
            self.crawler.signals.disconnect(empty.set, signals.scheduler_empty)

    def wants(self, url: str) -> Conditions | None:
        """Return the conditions on which a story is to be requested; None if it need not be requested.

        :raises CloseSpider: the store cannot be read.
        """
        story = article_id(url)
        assert story is not None, "only stories are decided here"
        if not self._met.add(story):
            return None
        with self._store_or_end():
            known = self.store.known(story)
        if is_settled(known, self.run.started_at) or not is_due(known, utc_now(), self.ages):
            if not is_visited(known, self.run.started_at):  # else it was met so long ago that it was forgotten
                self.stats.inc_value(f"kompas/skip_known/{known.state.value}")
            return None
        return conditions_of(known, url)

    @asynccontextmanager
    async def kept(self, fact: Fact) -> AsyncIterator[None]:
        """Leave the block only when the pipelines have processed the fact that is yielded inside it.

        Scrapy draws some outputs of a callback ahead of those that it processes. A decision that depends on a fact in
        front of it has to wait.
        """
        processed = asyncio.Event()

        def note(item: object) -> None:
            if item is fact:
                processed.set()

        for signal in _PROCESSED:
            self.crawler.signals.connect(note, signal)
        try:
            yield
            await processed.wait()
        finally:
            for signal in _PROCESSED:
                self.crawler.signals.disconnect(note, signal)

    def _is_wanted(self, index_day: IndexDay) -> bool:
        arguments = self.arguments
        if arguments.urls:
            return True
        walked_at = self.store.ledger.walked_at(index_day)
        if arguments.is_range and is_done(index_day.day, walked_at, self.run.job_started_at):
            self.stats.inc_value("kompas/days/skipped")
            return False
        if index_day.day in arguments.earlier_days:
            return is_left_open(index_day.day, walked_at, self.store.ledger.first_day(arguments.earlier_days[-1]))
        return True

    def _instead_of(self, index_day: IndexDay) -> list[IndexDay]:
        """Return the same day under the next name to ask, if the index lists nothing under those that were asked."""
        day = index_day.day
        asked, following = names_asked(index_sites(day), other_index_sites(day), index_day.site)
        if following is None or self.arguments.urls or not self.store.ledger.lists_nothing(day, asked):
            return []
        return [IndexDay(following, day, index_url(following, day))]

    def _is_quiet(self) -> bool:
        engine = self.crawler.engine
        assert engine is not None, "the run is on"
        slot, scheduler = engine.scraper.slot, engine.scheduler
        assert slot is not None, "the run is on"
        assert scheduler is not None, "the run is on"
        return not engine.downloader.active and slot.is_idle() and not scheduler.has_pending_requests()

    @contextmanager
    def _store_or_end(self) -> Iterator[None]:
        """End the run if the store cannot be used inside the block.

        :raises CloseSpider: it cannot; `kompas/run/store_error` says why.
        """
        try:
            yield
        except UnusableStore as error:
            OpenStore.give_up(self.crawler, error)
            raise CloseSpider(FinishReason.STORE_ERROR.value) from error


def _index_days(arguments: CrawlArguments) -> list[IndexDay]:
    """Every index day that the arguments name, in order."""
    if arguments.urls:
        named = dict.fromkeys(filter(None, map(index_of, arguments.urls)))
    else:
        days = (*arguments.days, *arguments.earlier_days)
        named = dict.fromkeys((site, day) for day in days for site in index_sites(day))
    return [IndexDay(site, day, index_url(site, day)) for site, day in named]
