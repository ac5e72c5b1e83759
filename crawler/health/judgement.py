"""Whether a run was healthy, as a pure function of what it counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from crawler.health.drift import alarms
from crawler.health.facts import FactCounts, readings_of

GOOD_ENDS: Final = frozenset(("finished", "limit", "closespider_itemcount"))
EARLY_ENDS: Final = {
    "blocked": "Blocked: the site refuses to be read; nothing more was asked of it",
    "robots_unreachable": "robots.txt cannot be had, so that nothing may be asked for",
    "told_to_wait": "the site asks to wait longer than a run does; run again later",
    "site_unreachable": "the site cannot be reached; too many requests in a row got no answer",
    "shutdown": "the run was stopped by a signal (shutdown)",
}
"""Finish reason -> what it means; any other is told by its name."""
TOLD: Final = ("store_error", "archive_error", "source_error", "feed_error")
"""What could not be read or written; the statistics of the run hold the sentence."""
SERIOUS: Final = ("Blocked", "UnknownLayout", "IndexCutShort", "Unexpected ")
"""Beginnings of reasons of failures that make a run unhealthy however few they are."""
ENOUGH_NEW: Final = 20
"""New articles from which on the requests for each are judged."""
ENOUGH_ANSWERS: Final = 20
"""Answers from which on the share of errors is judged."""
MOST_TOLD: Final = 4
"""Failures by name, and facts that fell, in the one line."""


@dataclass(frozen=True)
class Limits:
    """From where on a run is not healthy."""

    failed_share: float = 0.0
    """Failed stories and pages among all that were asked for; 0 = any failure."""
    error_share: float = 0.1
    """Answers of status 400 and more, and requests without an answer, retried ones too, among all requests."""
    requests_per_article: float = 10.0
    """Requests for each new article."""
    fall: float = 0.2
    """By which the share of articles that show a fact may fall against the runs before."""
    fact_share: float = 0.5
    """Of articles that must show what the pages of a layout always show, while there are no runs before."""


@dataclass(frozen=True)
class Judgement:
    """`reasons` is empty for a healthy run."""

    summary: str
    reasons: list[str] = field(default_factory=list)


def judge(
    stats: Mapping[str, Any],
    finish_reason: str,
    *,
    live: bool,
    lists: bool,
    limits: Limits,
    earlier: Sequence[Mapping[str, FactCounts]],
) -> Judgement:
    """Every way in which a run can be less than it claims, one reason each.

    :param live: the site was asked, not an archive, which holds what it holds.
    :param lists: the run walked index days, so that no listed story at all means that it saw nothing.
    :param earlier: what earlier runs read, by layout, newest first.
    """
    run = _Run(stats)
    reasons = [str(stats[f"kompas/run/{error}"]) for error in TOLD if f"kompas/run/{error}" in stats]
    if finish_reason not in (*GOOD_ENDS, *TOLD) and "kompas/run/store_error" not in stats:
        reasons.append(EARLY_ENDS.get(finish_reason, f"the run was ended early ({finish_reason})"))
    reasons += run.failures(limits.failed_share)
    goes_on = run.count("days/skipped") > 0  # and may well find that nothing is left to do
    if lists and not goes_on and not run.count("listed/index"):
        reasons.append("the index listed no story at all")
    elif not goes_on and not run.seen and not run.failed:
        reasons.append("no article was read")
    reasons += run.thin_days()
    reasons += run.errors(limits.error_share) if live else []
    new = run.count("store/new")
    if new >= ENOUGH_NEW and run.requests > limits.requests_per_article * new:
        reasons.append(f"{run.requests} requests for {new} new articles")
    drift = alarms(readings_of(stats), earlier, limits.fall, limits.fact_share)
    if drift:
        more = f" and {len(drift) - MOST_TOLD} more" if len(drift) > MOST_TOLD else ""
        worst = "; ".join(alarm.sentence for alarm in drift[:MOST_TOLD])
        reasons.append(f"pages show less than they did: {worst}{more}")
    logged = int(stats.get("log_count/ERROR", 0)) + int(stats.get("log_count/CRITICAL", 0))
    if logged and not reasons:
        reasons.append(f"{logged} errors were logged")
    return Judgement(run.summary, reasons)


class _Run:
    """A run's statistics under their names."""

    def __init__(self, stats: Mapping[str, Any]) -> None:
        self.stats = stats
        own = {name.removeprefix("kompas/failed/"): n for name, n in stats.items() if name.startswith("kompas/failed/")}
        self.failed: dict[str, int] = dict(sorted(own.items(), key=lambda pair: (-pair[1], pair[0])))
        self.requests = int(stats.get("downloader/request_count", 0))
        self.known = sum(map(self.count, ("store/known", "skip_known/stored", "visits/unchanged")))
        kept = ("store/new", "store/revised", "store/completed", "skip_known/excluded", "passed_over/other_section")
        self.seen = self.known + sum(map(self.count, kept))

    def count(self, name: str) -> int:
        return int(self.stats.get(f"kompas/{name}", 0))

    @property
    def summary(self) -> str:
        """What the run came to."""
        kept = ", ".join(f"{self.count(f'store/{outcome}')} {outcome}" for outcome in ("new", "revised", "completed"))
        failed, incomplete = sum(self.failed.values()), self.count("store/incomplete")
        return f"{kept}, {self.known} known, {failed} failed, {incomplete} incomplete"

    def failures(self, share: float) -> list[str]:
        total = sum(self.failed.values())
        serious = any(reason.startswith(SERIOUS) for reason in self.failed)
        if not total or (not serious and total <= share * (total + self.seen)):
            return []
        most = ", ".join(f"{count} {reason}" for reason, count in list(self.failed.items())[:MOST_TOLD])
        return [f"{total} failed: {most} (scrapy retry-failed asks again)"]

    def thin_days(self) -> list[str]:
        thin = self.count("days/thin")
        return [f"{thin} index days list far less than the days around them (see the log)"] if thin else []

    def errors(self, share: float) -> list[str]:
        """Of all requests that went out, robots.txt among them."""
        statuses = {
            name.rpartition("/")[2]: int(count)
            for name, count in self.stats.items()
            if name.startswith("downloader/response_status_count/")
        }
        bad = sum(count for status, count in statuses.items() if status >= "400")
        silent = int(self.stats.get("downloader/exception_count", 0))
        total = sum(statuses.values()) + silent
        if total < ENOUGH_ANSWERS or bad + silent <= share * total:
            return []
        return [f"{bad + silent} of {total} requests got an error or no answer"]
