"""What a run came to, in a few lines, and whether it was healthy: the exit status of `scrapy crawl`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from scrapy import Spider, signals
from scrapy.crawler import Crawler

_GOOD_ENDS: Final = frozenset(("finished", "limit", "closespider_itemcount"))


@dataclass(frozen=True)
class Judgement:
    """`reasons` is empty for a healthy run."""

    summary: str
    reasons: list[str] = field(default_factory=list)


class Verdict:
    """Judges at the end of a run; `commands.crawl` prints and turns it into the exit status."""

    def __init__(self, crawler: Crawler) -> None:
        self.stats = crawler.stats
        self.judgement: Judgement | None = None
        crawler.signals.connect(self.judge, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Verdict":
        return cls(crawler)

    def judge(self, spider: Spider, reason: str) -> None:
        arguments = getattr(spider, "arguments", None)
        listing = arguments is not None and not (arguments.archive or arguments.urls)
        self.judgement = judge(self.stats.get_stats(), reason, expects_listing=listing)


def judge(stats: Mapping[str, Any], finish_reason: str, expects_listing: bool) -> Judgement:
    """Every way in which a run can be less than it claims, one reason each.

    :param expects_listing: the run walked index days, so that no listed story at all means that it saw nothing.
    """
    failed = {name.removeprefix("kompas/failed/"): n for name, n in stats.items() if name.startswith("kompas/failed/")}
    counts = {
        key: int(stats.get(f"kompas/store/{key}", 0)) for key in ("new", "revised", "completed", "known", "incomplete")
    }
    skipped = int(stats.get("kompas/skip_known/stored", 0))
    reasons = []
    if stats.get("kompas/run/store_error"):
        reasons.append(str(stats["kompas/run/store_error"]))
    elif finish_reason not in _GOOD_ENDS:
        reasons.append(f"the run was ended early ({finish_reason})")
    if failed:
        most = ", ".join(f"{n} {name}" for name, n in sorted(failed.items(), key=lambda pair: (-pair[1], pair[0]))[:4])
        reasons.append(f"{sum(failed.values())} failed: {most} (see the table failures)")
    seen = sum(counts[key] for key in ("new", "revised", "completed", "known")) + skipped
    if expects_listing and not int(stats.get("kompas/listed/index", 0)):
        reasons.append("the index listed no story at all")
    elif not seen and not failed:
        reasons.append("no article was read")
    errors = int(stats.get("log_count/ERROR", 0)) + int(stats.get("log_count/CRITICAL", 0))
    if errors and not reasons:
        reasons.append(f"{errors} errors were logged")
    kept = f"{counts['new']} new, {counts['revised']} revised, {counts['completed']} completed"
    known = f"{counts['known'] + skipped} known, {sum(failed.values())} failed, {counts['incomplete']} incomplete"
    return Judgement(f"{kept}, {known}", reasons)
