"""The verdict of a run: what it brought and whether it was healthy. Written into its row and printed at its end."""

import logging
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from scrapy import signals
from scrapy.crawler import Crawler

from crawler.arguments import Mode, arguments_of
from crawler.clock import WIB, utc_now
from crawler.errors import UnusableStore, UnwritableFile
from crawler.extensions.gains_watch import GainsWatch
from crawler.extensions.heartbeat import beat
from crawler.extensions.open_store import OpenStore
from crawler.health.causes import EXIT_STATUS, STATUS, Cause, cause_of
from crawler.health.days import days_around, thin_days
from crawler.health.facts import FactCounts, from_json, readings_of, to_json
from crawler.health.judgement import Judgement, judge
from crawler.health.pulse import Pulse, counts_of
from crawler.health.run_counts import first_of
from crawler.health.witness import Witnessed
from crawler.kompas.sections import index_sites
from crawler.storage import Addition, End

logger = logging.getLogger(__name__)

BASELINE_RUNS: Final = 120
"""Earlier runs with which a run is compared: enough for the longest window of `health.drift` (28 runs, 90 before)."""

ADVICE: Final = {
    Mode.LIVE: "scrapy retry-failed requests them again",
    Mode.REPLAY: "the recording answers the same each time; only a live crawl can bring them",
    Mode.ARCHIVE: "the archive holds no better captures; give it more files, or look at them with scrapy explain",
}
"""Mode of the run -> what to do about failures."""
RETRIED: Final = "they failed again; the table failures says how often"
"""The same after `scrapy retry-failed`."""
WITNESSED: Final = ("named", "unlisted")


class Verdict:
    """Judges at the end of a run; `commands.crawl` prints the verdict and makes it the exit status.

    Counts `kompas/days/thin`, `kompas/days/empty`, `kompas/left/...` and `kompas/witness/...`. Reads
    `KOMPAS_MAX_FAILED_SHARE` and `KOMPAS_HEARTBEAT`.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.stats = crawler.stats
        self.judgement: Judgement | None = None
        self.witnessed_before = Witnessed()
        self.finish_reason = ""
        self.seconds = 0.0
        """How long the run took; in a replay `utc_now` stands still."""
        self._began = time.monotonic()
        crawler.signals.connect(self.close, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Verdict":
        return cls(crawler)

    def close(self, reason: str) -> None:
        """Judge the run. A store that fails now is one more reason; only the verdict in the store is lost."""
        ended_at = utc_now()
        self.finish_reason = reason
        self.seconds = time.monotonic() - self._began
        try:
            self._count_left()
            self._count_witnessed()
            gains = GainsWatch.of(self.crawler)
            self.judgement = self._judge(reason, self._usual(), gains.additions(), gains.baseline.watch.examples)
            self._keep(reason, ended_at)
        except UnusableStore as error:
            self.stats.set_value("kompas/run/store_error", str(error))
            self.judgement = self._judge(reason, [], [], {})
        heartbeat = self.crawler.settings["KOMPAS_HEARTBEAT"]
        if heartbeat:
            self._beat(Path(heartbeat))

    @property
    def cause(self) -> Cause:
        """Return the main cause of a run that was not healthy, after it was judged."""
        assert self.judgement is not None, "the run has ended"
        return cause_of(self.stats.get_stats(), self.finish_reason, self.judgement, crawls=self._crawls)

    def _count_left(self) -> None:
        """Count what is left of the run's index days: missing and failed stories, days not read, days without stories.

        :raises UnusableStore: the database cannot be read.
        """
        arguments = arguments_of(self.crawler)
        if not arguments.lists:
            return
        store, started_at = OpenStore.of(self.crawler), OpenStore.run_of(self.crawler).started_at
        left = store.left(arguments.days, started_at)
        missing = left.missing if arguments.is_range else len(store.missing((*arguments.days, *arguments.earlier_days)))
        self.stats.set_value("kompas/left/stories", missing)
        self.stats.set_value("kompas/left/days", sum(bool(index_sites(day)) for day in left.unread))
        for reason, count in left.failed.items():
            self.stats.set_value(f"kompas/left/failed/{reason}", count)
        self.stats.set_value("kompas/days/empty", len(left.empty))
        if left.empty:
            self.stats.set_value("kompas/run/empty_days", first_of([*map(str, left.empty)]))

    def _count_witnessed(self) -> None:
        """Count the stories that other pages name, and those of them that the index of their day does not list.

        :raises UnusableStore: the database cannot be read.
        """
        unlisted: list[str] = []
        for story in OpenStore.of(self.crawler).named_stories(OpenStore.run_of(self.crawler).started_at):
            self.stats.inc_value("kompas/witness/named")
            unlisted += [] if story.listed else [story.url]
        self.stats.set_value("kompas/witness/unlisted", len(unlisted))
        if unlisted:
            logger.info("%d stories are named by other pages, and not listed: %s", len(unlisted), ", ".join(unlisted))
            self.stats.set_value("kompas/run/unlisted_example", unlisted[0])

    def _usual(self) -> list[dict[str, FactCounts]]:
        """Return the readings of earlier runs; count the thin days of this one.

        :raises UnusableStore: the database cannot be read.
        """
        run = OpenStore.run_of(self.crawler)
        store = OpenStore.of(self.crawler)
        today = utc_now().astimezone(WIB).date()
        walked = [day for day in store.ledger.walked_since(run.started_at) if day < today]
        counts = store.ledger.listed_counts(days_around(walked))
        thin = thin_days([day for day in walked if counts.get(day)], counts)  # an empty day has a reason of its own
        self.stats.set_value("kompas/days/thin", len(thin))
        for day, usual in thin.items():
            logger.warning("The index of %s lists %d stories, the days around it %d", day, counts.get(day, 0), usual)
        earlier = store.runs.counts_before(run.id, BASELINE_RUNS)
        named, unlisted = (sum(one.get(f"kompas/witness/{name}", 0) for one in earlier) for name in WITNESSED)
        self.witnessed_before = Witnessed(named, unlisted)
        return [from_json(stored) for stored in store.runs.readings_before(run.id, BASELINE_RUNS)]

    def _judge(
        self,
        reason: str,
        usual: list[dict[str, FactCounts]],
        added: list[Addition],
        examples: dict[tuple[str, str], str],
    ) -> Judgement:
        mode = arguments_of(self.crawler).mode
        return judge(
            self.stats.get_stats(),
            reason,
            live=self._crawls,
            lists=arguments_of(self.crawler).lists,
            failed_share=self.crawler.settings.getfloat("KOMPAS_MAX_FAILED_SHARE"),
            advice=RETRIED if arguments_of(self.crawler).job == "retry-failed" else ADVICE[mode],
            earlier=usual if self._crawls else [],
            witnessed_before=self.witnessed_before,
            added=added,
            examples=examples,
        )

    @property
    def _crawls(self) -> bool:
        return arguments_of(self.crawler).mode is not Mode.ARCHIVE

    def _keep(self, reason: str, ended_at: datetime) -> None:
        """Write the verdict into the run's row.

        :raises UnusableStore: the database cannot be written.
        """
        assert self.judgement is not None, "it was just made"
        stats = self.stats.get_stats()
        end = End(
            ended_at=ended_at,
            finish_reason=reason,
            healthy=not self.judgement.reasons,
            summary=self.judgement.summary,
            reasons=self.judgement.reasons,
            counts={
                **{name: value for name, value in stats.items() if isinstance(value, int | float)},
                EXIT_STATUS: STATUS[self.cause],
            },
            readings=to_json(readings_of(stats)) if self._crawls else {},
        )
        OpenStore.of(self.crawler).runs.end(OpenStore.run_of(self.crawler).id, end)

    def _beat(self, path: Path) -> None:
        """Write the heartbeat, with the time of the real clock: in a replay `utc_now` stands still."""
        assert self.judgement is not None, "it was just made"
        run, counts = OpenStore.run_of(self.crawler), counts_of(self.stats.get_stats())
        pulse = Pulse(datetime.now(UTC), self.cause, self.judgement.summary, self.judgement.reasons, run.id, counts)
        try:
            beat(path, pulse)
        except UnwritableFile as error:
            self.judgement.reasons.append(f"the heartbeat: {error}")
