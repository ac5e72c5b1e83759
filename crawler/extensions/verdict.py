"""What a run came to and whether it was healthy: its last line, its exit status, the end of its row in the store."""

import logging
from datetime import datetime
from pathlib import Path

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from crawler.archive.addon import is_crawl
from crawler.clock import utc_now
from crawler.errors import UnusableStore
from crawler.extensions.heartbeat import beat
from crawler.extensions.open_store import OpenStore
from crawler.health.days import days_around, thin_days
from crawler.health.facts import FactCounts, from_json, readings_of, to_json
from crawler.health.judgement import Judgement, Limits, judge
from crawler.kompas.text.dates import WIB
from crawler.storage import End

logger = logging.getLogger(__name__)


class Verdict:
    """Judges at the end of a run; `commands.crawl` prints it and makes it the exit status.

    Counts `kompas/days/thin`. Reads the `KOMPAS_MAX_*` and `KOMPAS_MIN_*` limits, `KOMPAS_BASELINE_RUNS` and
    `KOMPAS_HEARTBEAT`.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.stats = crawler.stats
        self.judgement: Judgement | None = None
        crawler.signals.connect(self.close, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Verdict":
        return cls(crawler)

    def close(self, spider: Spider, reason: str) -> None:
        """A store that fails now is a reason too; nothing of the run is lost but its verdict in the store."""
        ended_at = utc_now()
        try:
            self.judgement = self._judge(spider, reason, self._usual())
            self._keep(reason, ended_at)
        except UnusableStore as error:
            self.stats.set_value("kompas/run/store_error", str(error))
            self.judgement = self._judge(spider, reason, [])
        heartbeat = self.crawler.settings["KOMPAS_HEARTBEAT"]
        if heartbeat:
            self._beat(Path(heartbeat), ended_at)

    def _usual(self) -> list[dict[str, FactCounts]]:
        """What earlier runs read; on the way, how many stories this run's days should list.

        :raises UnusableStore: the database cannot be read.
        """
        settings, run = self.crawler.settings, OpenStore.run_of(self.crawler)
        store = OpenStore.of(self.crawler)
        today = utc_now().astimezone(WIB).date()
        walked = [day for day in store.ledger.walked_since(run.started_at) if day < today]
        counts = store.ledger.listed_counts(days_around(walked))
        thin = thin_days(walked, counts, settings.getfloat("KOMPAS_MIN_DAY_SHARE"))
        self.stats.set_value("kompas/days/thin", len(thin))
        for day, usual in thin.items():
            logger.warning("The index of %s lists %d stories, the days around it %d", day, counts.get(day, 0), usual)
        earlier = store.runs.readings_before(run.id, settings.getint("KOMPAS_BASELINE_RUNS"))
        return [from_json(stored) for stored in earlier]

    def _judge(self, spider: Spider, reason: str, usual: list[dict[str, FactCounts]]) -> Judgement:
        arguments = getattr(spider, "arguments", None)
        return judge(
            self.stats.get_stats(),
            reason,
            live=self._live,
            lists=arguments is not None and arguments.lists,
            limits=limits_of(self.crawler.settings),
            earlier=usual if self._live else [],
        )

    @property
    def _live(self) -> bool:
        return is_crawl(self.crawler.settings)

    def _keep(self, reason: str, ended_at: datetime) -> None:
        """
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
            counts={name: value for name, value in stats.items() if isinstance(value, int | float)},
            readings=to_json(readings_of(stats)) if self._live else {},
        )
        OpenStore.of(self.crawler).runs.end(OpenStore.run_of(self.crawler).id, end)

    def _beat(self, path: Path, ended_at: datetime) -> None:
        assert self.judgement is not None, "it was just made"
        try:
            beat(path, self.judgement, ended_at)
        except OSError as error:
            self.judgement.reasons.append(f"the heartbeat {path} cannot be written ({error.strerror})")


def limits_of(settings: BaseSettings) -> Limits:
    """The limits as this run has them."""
    return Limits(
        failed_share=settings.getfloat("KOMPAS_MAX_FAILED_SHARE"),
        error_share=settings.getfloat("KOMPAS_MAX_ERROR_SHARE"),
        requests_per_article=settings.getfloat("KOMPAS_MAX_REQUESTS_PER_ARTICLE"),
        fall=settings.getfloat("KOMPAS_MAX_FALL"),
        fact_share=settings.getfloat("KOMPAS_MIN_FACT_SHARE"),
    )
