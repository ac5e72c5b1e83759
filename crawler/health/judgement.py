"""Whether a run was healthy, as a pure function of its statistics."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from crawler.errors import FinishReason
from crawler.health.drift import alarms
from crawler.health.facts import FactCounts, readings_of
from crawler.health.gain_reasons import Addition, gains
from crawler.health.run_counts import EXPLAINED, RunCounts, first_of
from crawler.health.witness import Witnessed

GOOD_ENDS: Final = frozenset((FinishReason.FINISHED, FinishReason.LIMIT))
STOPPED: Final = "stopped; run the same command to continue"
"""The reason of a run that Ctrl-C or SIGTERM ended."""
EARLY_ENDS: Final[dict[str, str]] = {
    FinishReason.BLOCKED: "Blocked: the site refuses to be read; nothing more was asked of it",
    FinishReason.ROBOTS_UNREACHABLE: "the site cannot be reached, or does not show its robots.txt",
    FinishReason.TOLD_TO_WAIT: "the site asks to wait longer than a run does; run again later",
    FinishReason.SITE_UNREACHABLE: "the site cannot be reached",
    FinishReason.SHUTDOWN: STOPPED,
    FinishReason.START_ERROR: "a fault of the program ended the run before everything was requested",
}
"""Finish reason -> what it means. Any other is named: Scrapy's `cancelled`, `closespider_...`, `memusage_exceeded`."""
RUN_ERRORS: Final = (FinishReason.STORE_ERROR, FinishReason.ARCHIVE_ERROR, "source_error", "feed_error")
"""Errors of reading archives and of writing: the statistic `kompas/run/<error>` holds the sentence."""
MAX_REQUESTS_PER_ARTICLE: Final = 10
"""Requests for each new article: one for the story or each of its pages, its part of the index pages and revisits. More
means that paging runs in circles."""
ENOUGH_NEW: Final = 20
"""New articles from which on `MAX_REQUESTS_PER_ARTICLE` holds."""

HELD: Final = (
    "revisions held back, their bytes are archived (`scrapy reextract` once a rule removes the addition, "
    "`scrapy reextract --accept` if it belongs to the stories)"
)
"""What became of revisions that a change of the site made, and what to do."""


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
    advice: str = "",
    earlier: Sequence[Mapping[str, FactCounts]] = (),
    witnessed_before: Witnessed | None = None,
    added: Sequence[Addition] = (),
    examples: Mapping[tuple[str, str], str] | None = None,
) -> Judgement:
    """Return the verdict on a run, with one reason for each way in which it fell short.

    A cause is reported once: what follows from the end of the run, or from failures that are reasons, is left out.

    :param live: the run was a crawl (or the replay of one); an archive holds what it holds.
    :param lists: the run walked index days, so that it saw nothing if they listed no story.
    :param failed_share: largest share of failed stories among all; 0 = any failure is a reason.
    :param advice: what to do about failures, in the mode of the run.
    :param earlier: readings of earlier runs, by layout, newest first.
    :param witnessed_before: what the witnesses of earlier runs named.
    :param added: what several stories carry that no story had before.
    :param examples: layout and fact -> address of a story that shows it.
    """
    run = RunCounts(stats)
    reasons = _ending(run, finish_reason)
    if finish_reason in GOOD_ENDS:
        finished = finish_reason == FinishReason.FINISHED
        reasons += run.failures(failed_share, advice, before=finished)
        reasons += run.left() if finished else []
        reasons += run.days() or _nothing_seen(run, lists=lists)
        reasons += run.errors() if live else []
    else:
        reasons += run.failures(failed_share, advice, EXPLAINED.get(finish_reason, ()), before=False)
    reasons += run.unread() + run.many_gone()
    new = run.count("store/new")
    if new >= ENOUGH_NEW and run.requests > MAX_REQUESTS_PER_ARTICLE * new:
        reasons.append(f"{run.requests} requests for {new} new articles")
    now = Witnessed(run.count("witness/named"), run.count("witness/unlisted"), run.said("unlisted_example"))
    reasons += now.alarm(witnessed_before or Witnessed())
    drift = alarms(readings_of(stats), earlier)
    if drift:
        worst = first_of([alarm.sentence for alarm in drift], "; ")
        reasons.append(f"pages show less than they did: {worst}")
    gained = [*gains(readings_of(stats), earlier, added, examples or {})]
    held = run.count("store/held")
    reasons += [*gained, f"{held} {HELD}"] if held else gained
    logged = int(stats.get("log_count/ERROR", 0)) + int(stats.get("log_count/CRITICAL", 0))
    if logged and not reasons:
        reasons.append(f"{logged} errors were logged")
    return Judgement(run.summary, reasons, drifts=bool(drift or gained or held))


def _ending(run: RunCounts, finish_reason: str) -> list[str]:
    """Return the reasons of a run that did not end by itself, with the cause where a component stated it."""
    reasons = [run.said(error) for error in RUN_ERRORS if run.said(error)]
    if finish_reason in (*GOOD_ENDS, *RUN_ERRORS) or run.said("store_error"):
        return reasons
    meaning = EARLY_ENDS.get(finish_reason, f"the run was ended early ({finish_reason})")
    cause = run.said("ended_by")
    return [*reasons, f"{meaning}: {cause}" if cause else meaning]


def _nothing_seen(run: RunCounts, *, lists: bool) -> list[str]:
    """Return the reason of a run that saw no story. A resumed run may find that nothing is left to do."""
    if run.count("days/skipped") or run.index_failed:
        return []
    if lists and not run.count("listed/index"):
        return ["the index listed no story at all"]
    return [] if run.seen or run.failed else ["no article was read"]
