"""One worker among others: it comes, lives by its beats, tells what it counted, goes; the last one judges the run."""

import asyncio
import logging
import time
from collections.abc import Mapping, Sequence
from typing import Any, Final

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy_redis.connection import get_redis_from_settings

from crawler.distributed.frontier import TTL, Admission, Frontier
from crawler.errors import BadArgument, FrontierLost, StoreBusy
from crawler.extensions.brake import RUN_ENDING, end_run, is_ending
from crawler.extensions.open_store import OpenStore
from crawler.extensions.run_record import RunRecord, begin_run
from crawler.extensions.verdict import Verdict
from crawler.storage import shown

logger = logging.getLogger(__name__)

EXPELLED: Final = "expelled"
FRONTIER_ERROR: Final = "frontier_error"
_FAULTS: Final = frozenset((FRONTIER_ERROR, "store_error", "archive_error"))
OWN_ENDS: Final = _FAULTS | {"finished", "shutdown", EXPELLED}
"""Finish reasons that concern one worker; any other ends the crawl for all."""
_WAKE: Final = 0.2
"""Seconds after which a worker without work looks for some."""
_BEAT: Final = TTL / 10
_PATIENCE: Final = 90.0
"""Seconds to wait for a run that others begin or end."""


class Membership:
    """The worker's beats, and what it counted."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._reported: dict[str, int] = {}
        self._life: asyncio.Task[None] | None = None
        crawler.signals.connect(self.live, signals.spider_opened)
        crawler.signals.connect(self.die, signals.engine_stopped)
        crawler.signals.connect(self.end_all, RUN_ENDING)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Membership":
        return cls(crawler)

    @classmethod
    def of(cls, crawler: Crawler) -> "Membership":
        extension = crawler.get_extension(cls)
        assert extension is not None, "the add-on installs it before its users"
        return extension

    @property
    def frontier(self) -> Frontier:
        """The one by which the worker came in."""
        store = self.crawler.get_extension(SharedStore)
        assert store is not None, "the add-on installs it"
        return store.frontier

    def give_up(self, error: FrontierLost) -> None:
        """Ends this worker: the others, or the next run, go on where the ledger says."""
        self.crawler.stats.set_value("kompas/run/frontier_error", f"{error}; when it is back, start the workers again")
        end_run(self.crawler, FRONTIER_ERROR, str(error))

    def end_all(self, reason: str) -> None:
        """At once, not when this worker is done: the others would go on asking a site that refuses."""
        if reason not in OWN_ENDS:
            try:
                self.frontier.end(reason)
            except FrontierLost as error:
                self.give_up(error)

    def report(self, done: Sequence[int]) -> bool:
        """Gives back what is worked off, with all that was counted since the last time; False when it could not."""
        now = countable(self.crawler.stats.get_stats())
        grown = {name: n - self._reported.get(name, 0) for name, n in now.items() if n != self._reported.get(name, 0)}
        try:
            is_member = self.frontier.done(done, grown)
        except FrontierLost as error:
            self.give_up(error)
            return False
        if is_member:
            self._reported = now
        return True

    def live(self, spider: Spider) -> None:
        self._life = asyncio.get_running_loop().create_task(self._beats())

    def die(self) -> None:
        if self._life:
            self._life.cancel()

    async def _beats(self) -> None:
        beaten = 0.0
        while True:
            engine = self.crawler.engine
            if time.monotonic() - beaten > _BEAT:
                beaten = time.monotonic()
                self._beat()
            if engine is not None and engine._slot is not None and not is_ending(self.crawler):
                engine._slot.nextcall.schedule()  # Scrapy itself looks every five seconds
            await asyncio.sleep(_WAKE)

    def _beat(self) -> None:
        try:
            pulse = self.frontier.beat()
        except FrontierLost as error:
            self.give_up(error)
            return
        if pulse.expelled:
            end_run(self.crawler, EXPELLED, f"silent for {TTL:.0f} s, so that other workers have its work")
        elif pulse.end:
            end_run(self.crawler, pulse.end, "another worker ended the crawl")


class SharedStore(OpenStore):
    """The first worker begins the run, the others join it. Reads `REDIS_URL`."""

    frontier: Frontier

    def begin(self, crawler: Crawler) -> RunRecord:
        """
        :raises BadArgument: `REDIS_URL` is no address.
        :raises FrontierLost: Redis cannot be asked.
        :raises StoreBusy: workers in this store are at work on something else.
        """
        settings = crawler.settings
        try:
            client = get_redis_from_settings(settings)
        except ValueError as error:
            raise BadArgument(f"REDIS_URL={settings['REDIS_URL']} is no address of a Redis: {error}") from error
        frontier = self.frontier = Frontier(client, shown(self.store.target))
        patience = time.monotonic() + _PATIENCE
        while True:
            admission, run_id = frontier.admit()
            if admission is Admission.FOUND:
                record = begin_run(self.store, crawler)
                frontier.begin(record.id)
                return record
            if run_id is not None:
                return self._join(crawler, run_id)
            if time.monotonic() > patience:
                raise StoreBusy("another worker neither begins nor ends the run; start this one again")
            time.sleep(_WAKE)

    def _join(self, crawler: Crawler, run_id: int) -> RunRecord:
        run = self.store.runs.get(run_id)
        spider: Any = crawler.spider  # rooms on this side do not know the spider's class
        job = spider.arguments.job
        if run is None or run["job"] != job:
            if self.frontier.retire():
                self.frontier.close()
            raise StoreBusy(
                f"workers are at work in this store on {run['job'] if run else 'another run'}, not on {job}"
            )
        logger.info("Joining run %d", run_id)
        return RunRecord(run_id, run["started_at"], run["job_started_at"])


class SharedVerdict(Verdict):
    """One verdict a run: that of the last worker, over what all of them counted."""

    def close(self, spider: Spider, reason: str) -> None:
        member = Membership.of(self.crawler)
        try:
            if reason not in OWN_ENDS:
                member.frontier.end(reason)
            member.report(())
            is_last = member.frontier.retire()
            counts = member.frontier.counts()
        except FrontierLost as error:
            member.give_up(error)
            super().close(spider, reason)
            return
        if not is_last and reason in _FAULTS:
            self.judgement = self._judge(spider, reason, [])  # of this worker
        elif not is_last:
            run = OpenStore.run_of(self.crawler).id
            self.left_to_others = f"this worker is done ({reason}); run {run} is judged by the last one"
        if not is_last:
            return
        for name, total in counts.items():
            self.stats.set_value(name, total)
        super().close(spider, reason)
        member.frontier.close()


def countable(stats: Mapping[str, Any]) -> dict[str, int]:
    """Statistics that make sense as a sum over workers."""
    return {
        name: value
        for name, value in stats.items()
        if isinstance(value, int) and not isinstance(value, bool) and not name.startswith("memusage/")
    }
