"""Whether a run was healthy, as a pure function of its statistics."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from crawler.errors import Blocked, FailureReason, FinishReason, IndexCutShort, UnknownLayout
from crawler.health.drift import alarms
from crawler.health.facts import FactCounts, readings_of

GOOD_ENDS: Final = frozenset((FinishReason.FINISHED, FinishReason.LIMIT))
STOPPED: Final = "stopped; run the same command to continue"
"""The reason of a run that Ctrl-C or SIGTERM ended."""
EARLY_ENDS: Final[dict[str, str]] = {
    FinishReason.BLOCKED: "Blocked: the site refuses to be read; nothing more was asked of it",
    FinishReason.ROBOTS_UNREACHABLE: "robots.txt cannot be had, so that nothing may be asked for",
    FinishReason.TOLD_TO_WAIT: "the site asks to wait longer than a run does; run again later",
    FinishReason.SITE_UNREACHABLE: "the site cannot be reached; too many requests in a row got no answer",
    FinishReason.SHUTDOWN: STOPPED,
    FinishReason.START_ERROR: "a fault of the program ended the run before everything was requested",
}
"""Finish reason -> what it means. Any other is named: Scrapy's `cancelled`, `closespider_...`, `memusage_exceeded`."""
RUN_ERRORS: Final = (FinishReason.STORE_ERROR, FinishReason.ARCHIVE_ERROR, "source_error", "feed_error")
"""Errors of reading archives and of writing: the statistic `kompas/run/<error>` holds the sentence."""
SERIOUS: Final = (Blocked.__name__, UnknownLayout.__name__, IndexCutShort.__name__, f"{FailureReason.UNEXPECTED} ")
"""Beginnings of the reasons of failures that make a run unhealthy however few they are."""
MAX_ERROR_SHARE: Final = 0.1
"""Share of all requests, retried ones included, with a status of 400 or more or without a response. Retries hide a site
that begins to fail."""
MAX_REQUESTS_PER_ARTICLE: Final = 10
"""Requests for each new article: one for the story or each of its pages, its part of the index pages and revisits. More
means that paging runs in circles."""
ENOUGH_NEW: Final = 20
"""New articles from which on `MAX_REQUESTS_PER_ARTICLE` holds."""
ENOUGH_ANSWERS: Final = 20
"""Responses from which on `MAX_ERROR_SHARE` holds."""
MOST_NAMED: Final = 4
"""Reasons of failures, and facts that fell, that the one line names."""


@dataclass(frozen=True)
class Judgement:
    """The verdict of a run; `reasons` is empty for a healthy run."""

    summary: str
    reasons: list[str] = field(default_factory=list)
    drifts: bool = False
    """Pages show other facts than they did."""


def judge(
    stats: Mapping[str, Any],
    finish_reason: str,
    *,
    live: bool,
    lists: bool,
    failed_share: float = 0.0,
    earlier: Sequence[Mapping[str, FactCounts]] = (),
) -> Judgement:
    """Return the verdict on a run, with one reason for each way in which it fell short.

    :param live: the run was a crawl (or the replay of one); an archive holds what it holds.
    :param lists: the run walked index days, so that it saw nothing if they listed no story.
    :param failed_share: largest share of failed stories and pages among all; 0 = any failure is a reason.
    :param earlier: readings of earlier runs, by layout, newest first.
    """
    run = _Run(stats)
    reasons = [str(stats[f"kompas/run/{error}"]) for error in RUN_ERRORS if f"kompas/run/{error}" in stats]
    if finish_reason not in (*GOOD_ENDS, *RUN_ERRORS) and "kompas/run/store_error" not in stats:
        reasons.append(EARLY_ENDS.get(finish_reason, f"the run was ended early ({finish_reason})"))
    reasons += run.unread() + run.failures(failed_share)
    # a resumed run may find that nothing is left to do, a stopped one may have come to nothing yet
    goes_on = run.count("days/skipped") > 0 or finish_reason == FinishReason.SHUTDOWN
    if lists and not goes_on and not run.count("listed/index"):
        reasons.append("the index listed no story at all")
    elif not goes_on and not run.seen and not run.failed:
        reasons.append("no article was read")
    reasons += run.thin_days()
    reasons += run.errors() if live else []
    new = run.count("store/new")
    if new >= ENOUGH_NEW and run.requests > MAX_REQUESTS_PER_ARTICLE * new:
        reasons.append(f"{run.requests} requests for {new} new articles")
    drift = alarms(readings_of(stats), earlier)
    if drift:
        more = f" and {len(drift) - MOST_NAMED} more" if len(drift) > MOST_NAMED else ""
        worst = "; ".join(alarm.sentence for alarm in drift[:MOST_NAMED])
        reasons.append(f"pages show less than they did: {worst}{more}")
    logged = int(stats.get("log_count/ERROR", 0)) + int(stats.get("log_count/CRITICAL", 0))
    if logged and not reasons:
        reasons.append(f"{logged} errors were logged")
    return Judgement(run.summary, reasons, drifts=bool(drift))


class _Run:
    """The statistics of a run."""

    def __init__(self, stats: Mapping[str, Any]) -> None:
        self.stats = stats
        own = {name.removeprefix("kompas/failed/"): n for name, n in stats.items() if name.startswith("kompas/failed/")}
        self.failed: dict[str, int] = dict(sorted(own.items(), key=lambda pair: (-pair[1], pair[0])))
        self.requests = int(stats.get("downloader/request_count", 0))
        self.known = sum(map(self.count, ("store/known", "skip_known/stored", "visits/unchanged")))
        kept = ("store/new", "store/revised", "store/completed", "skip_known/excluded", "passed_over/other_section")
        self.seen = self.known + sum(map(self.count, kept))

    def count(self, name: str) -> int:
        """Return a statistic below `kompas/`."""
        return int(self.stats.get(f"kompas/{name}", 0))

    @property
    def summary(self) -> str:
        """Return the counts of what the run brought, in one line. Rare outcomes are named only if there are any."""
        parts = [f"{self.count('store/new')} new", f"{self.count('store/revised')} revised"]
        parts += self._counted("store/completed", "completed with further pages")
        parts += [f"{self.known} unchanged", f"{sum(self.failed.values())} failed"]
        parts += self._counted("store/incomplete", "without all pages")
        if "kompas/left/stories" in self.stats:
            parts.append(f"{self.count('left/stories')} missing")
        return ", ".join([*parts, *self._counted("left/days", "days not read")])

    def _counted(self, name: str, words: str) -> list[str]:
        """Return a statistic with its words; nothing if it is 0."""
        return [f"{self.count(name)} {words}"] if self.count(name) else []

    def unread(self) -> list[str]:
        """Return the one reason of all stories that no layout reads: the site changed its markup."""
        stories = self.count("unread/stories")
        example = self.stats.get("kompas/unread/example", "")
        advice = (
            f"scrapy explain {example} names the elements of a new layout; with it, scrapy reextract reads them all"
        )
        return [f"{stories} stories are archived in a markup that no layout reads ({advice})"] if stories else []

    def failures(self, share: float) -> list[str]:
        """Return the reason of too many failures other than `unread`, with the commonest by name."""
        failed = dict(self.failed)
        unknown = failed.pop(UnknownLayout.__name__, 0) - self.count("unread/stories")
        if unknown > 0:  # index and section pages
            failed[UnknownLayout.__name__] = unknown
        total = sum(failed.values())
        serious = any(reason.startswith(SERIOUS) for reason in failed)
        if not total or (not serious and total <= share * (total + self.seen)):
            return []
        ordered = sorted(failed.items(), key=lambda pair: (-pair[1], pair[0]))
        most = ", ".join(f"{count} {reason}" for reason, count in ordered[:MOST_NAMED])
        return [f"{total} failed: {most} (scrapy retry-failed asks again)"]

    def thin_days(self) -> list[str]:
        """Return the reason of index days that list too little."""
        thin = self.count("days/thin")
        return [f"{thin} index days list far less than the days around them (see the log)"] if thin else []

    def errors(self) -> list[str]:
        """Return the reason of too many errors among all requests, robots.txt included."""
        statuses = {
            name.rpartition("/")[2]: int(count)
            for name, count in self.stats.items()
            if name.startswith("downloader/response_status_count/")
        }
        bad = sum(count for status, count in statuses.items() if status >= "400")
        silent = int(self.stats.get("downloader/exception_count", 0))
        total = sum(statuses.values()) + silent
        if total < ENOUGH_ANSWERS or bad + silent <= MAX_ERROR_SHARE * total:
            return []
        return [f"{bad + silent} of {total} requests got an error or no answer"]
