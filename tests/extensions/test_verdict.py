"""When a run is healthy, and the one line that says why it is not."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from scrapy import Spider
from scrapy.crawler import Crawler

from crawler.extensions.verdict import Verdict, judge

GOOD = {"kompas/store/new": 2, "kompas/listed/index": 2}
STORE_ERROR = "the store a.db cannot grow because the disk is full"


@pytest.mark.parametrize(
    ("stats", "ending", "listing"),
    [
        (GOOD, "finished", True),
        (GOOD, "limit", True),
        (GOOD, "closespider_itemcount", True),
        ({"kompas/store/known": 1}, "finished", False),
        ({"kompas/store/revised": 1}, "finished", False),
        ({"kompas/store/completed": 1}, "finished", False),
        ({"kompas/skip_known/stored": 3, "kompas/listed/index": 3}, "finished", True),
        ({**GOOD, "kompas/store/incomplete": 1, "log_count/WARNING": 4}, "finished", True),
    ],
)
def test_a_run_that_did_what_was_asked_is_healthy(stats: dict[str, Any], ending: str, listing: bool) -> None:
    """Without it cron mails the user about every good night, until nobody reads the mail."""
    assert judge(stats, ending, expects_listing=listing).reasons == []


@pytest.mark.parametrize(
    ("stats", "ending", "listing", "reasons"),
    [
        ({**GOOD, "kompas/run/store_error": STORE_ERROR}, "store_error", True, [STORE_ERROR]),
        (GOOD, "shutdown", True, ["the run was ended early (shutdown)"]),
        (GOOD, "closespider_timeout", True, ["the run was ended early (closespider_timeout)"]),
        ({**GOOD, "kompas/failed/Timeout": 1}, "finished", True, ["1 failed: 1 Timeout (see the table failures)"]),
        ({"kompas/store/new": 1}, "finished", True, ["the index listed no story at all"]),
        ({}, "finished", True, ["the index listed no story at all"]),
        ({}, "finished", False, ["no article was read"]),
        ({"kompas/listed/index": 3}, "finished", True, ["no article was read"]),
        ({**GOOD, "log_count/ERROR": 1, "log_count/CRITICAL": 2}, "finished", True, ["3 errors were logged"]),
        ({"kompas/failed/Blocked": 2}, "finished", False, ["2 failed: 2 Blocked (see the table failures)"]),
        (
            {"kompas/failed/Blocked": 2, "log_count/ERROR": 2},
            "shutdown",
            True,
            [
                "the run was ended early (shutdown)",
                "2 failed: 2 Blocked (see the table failures)",
                "the index listed no story at all",
            ],
        ),
    ],
)
def test_every_shortfall_is_a_reason(stats: dict[str, Any], ending: str, listing: bool, reasons: list[str]) -> None:
    """Without it a run that saw nothing, or half, ends like a good one."""
    assert judge(stats, ending, expects_listing=listing).reasons == reasons


def test_the_commonest_failures_are_named_first_and_all_are_counted() -> None:
    """Without it the line hides the one failure that matters behind rare ones."""
    failed = {"Timeout": 2, "HttpStatus 403": 9, "Blocked": 2, "MissingTitle": 1, "UnknownLayout": 3}
    stats = {**GOOD, **{f"kompas/failed/{name}": count for name, count in failed.items()}}
    (reason,) = judge(stats, "finished", expects_listing=True).reasons
    assert reason == "17 failed: 9 HttpStatus 403, 3 UnknownLayout, 2 Blocked, 2 Timeout (see the table failures)"


def test_the_summary_counts_every_kind_of_outcome() -> None:
    """Without it the user has to search the log for what the night brought."""
    outcomes = {"new": 1, "revised": 2, "completed": 3, "known": 4, "incomplete": 5}
    stats = {f"kompas/store/{name}": count for name, count in outcomes.items()}
    stats |= {"kompas/skip_known/stored": 6, "kompas/failed/Timeout": 7, "kompas/failed/Blocked": 1}
    summary = judge(stats, "finished", expects_listing=False).summary
    assert summary == "1 new, 2 revised, 3 completed, 10 known, 8 failed, 5 incomplete"


@pytest.mark.parametrize(
    ("archive", "urls", "healthy"), [(None, [], False), ("a.warc.gz", [], True), (None, ["https://..."], True)]
)
def test_only_a_run_over_index_days_must_have_listed_something(
    crawler: Crawler, tmp_path: Path, archive: str | None, urls: list[str], healthy: bool
) -> None:
    """Without it every run over an archive or a list is told as unhealthy, or no run over days ever is."""
    verdict = Verdict.from_crawler(crawler)
    crawler.stats.inc_value("kompas/store/new")
    spider = SimpleNamespace(arguments=SimpleNamespace(archive=archive, urls=urls))
    verdict.judge(cast("Spider", spider), "finished")
    assert verdict.judgement is not None
    assert (verdict.judgement.reasons == []) is healthy
