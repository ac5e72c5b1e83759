"""When a run is healthy, and the one line that says why it is not."""

from collections import Counter
from typing import Any

import pytest

from crawler.health.drift import EXPECTED
from crawler.health.facts import FactCounts
from crawler.health.judgement import EARLY_ENDS, STOPPED, judge

GOOD = {"kompas/store/new": 2, "kompas/listed/index": 2}
STORE_ERROR = "the store a.db cannot grow because the disk is full"
FEED_ERROR = "the feed cannot be written (No space left on device)"


def reasons_of(
    stats: dict[str, Any],
    ending: str = "finished",
    *,
    live: bool = True,
    lists: bool = True,
    failed_share: float = 0.0,
    earlier: list[dict[str, FactCounts]] | None = None,
) -> list[str]:
    return judge(stats, ending, live=live, lists=lists, failed_share=failed_share, earlier=earlier or []).reasons


def answers(good: int, bad: int = 0, silent: int = 0) -> dict[str, Any]:
    counts = {"downloader/response_status_count/200": good, "downloader/response_status_count/500": bad}
    return {**counts, "downloader/exception_count": silent, "downloader/request_count": good + bad + silent}


@pytest.mark.parametrize(
    ("stats", "ending", "listing"),
    [
        (GOOD, "finished", True),
        (GOOD, "limit", True),
        ({"kompas/store/known": 1}, "finished", False),
        ({"kompas/store/revised": 1}, "finished", False),
        ({"kompas/store/completed": 1}, "finished", False),
        ({"kompas/skip_known/stored": 3, "kompas/listed/index": 3}, "finished", True),
        ({**GOOD, "kompas/store/incomplete": 1, "log_count/WARNING": 4}, "finished", True),
    ],
)
def test_a_run_that_did_what_was_asked_is_healthy(stats: dict[str, Any], ending: str, listing: bool) -> None:
    """Without it cron mails the user about every good night, until nobody reads the mail."""
    assert reasons_of(stats, ending, lists=listing) == []


@pytest.mark.parametrize(
    ("stats", "ending", "listing", "reasons"),
    [
        ({**GOOD, "kompas/run/store_error": STORE_ERROR}, "store_error", True, [STORE_ERROR]),
        (GOOD, "shutdown", True, [EARLY_ENDS["shutdown"]]),
        ({**GOOD, "kompas/run/feed_error": FEED_ERROR}, "finished", True, [FEED_ERROR]),
        (GOOD, "blocked", True, [EARLY_ENDS["blocked"]]),
        (GOOD, "closespider_timeout", True, ["the run was ended early (closespider_timeout)"]),
        (GOOD, "closespider_itemcount", True, ["the run was ended early (closespider_itemcount)"]),
        (GOOD, "cancelled", True, ["the run was ended early (cancelled)"]),
        (GOOD, "start_error", True, [EARLY_ENDS["start_error"]]),
        (
            {**GOOD, "kompas/failed/Timeout": 1},
            "finished",
            True,
            ["1 failed: 1 Timeout (scrapy retry-failed asks again)"],
        ),
        ({"kompas/store/new": 1}, "finished", True, ["the index listed no story at all"]),
        ({}, "finished", True, ["the index listed no story at all"]),
        ({}, "finished", False, ["no article was read"]),
        ({"kompas/listed/index": 3}, "finished", True, ["no article was read"]),
        ({**GOOD, "log_count/ERROR": 1, "log_count/CRITICAL": 2}, "finished", True, ["3 errors were logged"]),
        ({"kompas/failed/Blocked": 2}, "finished", False, ["2 failed: 2 Blocked (scrapy retry-failed asks again)"]),
        (
            {"kompas/failed/Blocked": 2, "log_count/ERROR": 2},
            "shutdown",
            True,
            [
                EARLY_ENDS["shutdown"],
                "2 failed: 2 Blocked (scrapy retry-failed asks again)",
            ],
        ),
    ],
)
def test_every_shortfall_is_a_reason(stats: dict[str, Any], ending: str, listing: bool, reasons: list[str]) -> None:
    """Without it a run that saw nothing, or half, ends like a good one."""
    assert reasons_of(stats, ending, lists=listing) == reasons


def test_the_commonest_failures_are_named_first_and_all_are_counted() -> None:
    """Without it the line hides the one failure that matters behind rare ones."""
    failed = {"Timeout": 2, "HttpStatus 403": 9, "Blocked": 2, "MissingTitle": 1, "UnknownLayout": 3}
    stats = {**GOOD, **{f"kompas/failed/{name}": count for name, count in failed.items()}}
    (reason,) = reasons_of(stats)
    assert (
        reason == "17 failed: 9 HttpStatus 403, 3 UnknownLayout, 2 Blocked, 2 Timeout (scrapy retry-failed asks again)"
    )


def test_a_changed_markup_is_one_reason_with_an_example() -> None:
    """Without it a thousand unread stories hide in a list of failures, with advice that would fetch them all again."""
    unread = {"kompas/unread/stories": 84, "kompas/unread/example": "https://www.kompas.com/global/read/x"}
    stats = {**GOOD, **unread, "kompas/failed/UnknownLayout": 84}
    (reason,) = reasons_of(stats)
    assert reason.startswith(
        "84 stories are archived in a markup that no layout reads (scrapy explain https://www.kompas"
    )
    unread_index = {**stats, "kompas/failed/UnknownLayout": 86, "kompas/failed/Timeout": 3}
    assert reasons_of(unread_index) == [
        reason,
        "5 failed: 3 Timeout, 2 UnknownLayout (scrapy retry-failed asks again)",
    ]


def test_the_summary_counts_every_kind_of_outcome() -> None:
    """Without it the user has to search the log for what the night brought."""
    outcomes = {"new": 1, "revised": 2, "completed": 3, "known": 4, "incomplete": 5}
    stats = {f"kompas/store/{name}": count for name, count in outcomes.items()}
    stats |= {"kompas/skip_known/stored": 6, "kompas/failed/Timeout": 7, "kompas/failed/Blocked": 1}
    summary = judge(stats, "finished", live=True, lists=False).summary
    assert summary == ("1 new, 2 revised, 3 completed with further pages, 10 unchanged, 8 failed, 5 without all pages")


@pytest.mark.parametrize(
    ("left", "words"),
    [
        ({}, "2 new, 0 revised, 0 unchanged, 0 failed"),
        ({"kompas/left/stories": 0, "kompas/left/days": 0}, "2 new, 0 revised, 0 unchanged, 0 failed, 0 missing"),
        (
            {"kompas/left/stories": 7, "kompas/left/days": 353},
            "2 new, 0 revised, 0 unchanged, 0 failed, 7 missing, 353 days not read",
        ),
    ],
    ids=["no index days", "whole", "cut short"],
)
def test_the_summary_says_what_the_run_left_undone(left: dict[str, Any], words: str) -> None:
    """Without it a run that was stopped looks as if it had brought all there is."""
    assert judge({**GOOD, **left}, "finished", live=True, lists=True).summary == words


def test_a_run_that_is_stopped_at_once_has_one_reason() -> None:
    """Without it Ctrl-C in the first second tells the user that the index is empty."""
    assert reasons_of({}, "shutdown") == [STOPPED]


@pytest.mark.parametrize("reason", ["UnknownLayout", "Blocked", "IndexCutShort", "Unexpected KeyError"])
def test_what_only_a_person_can_mend_is_told_however_rare_it_is(reason: str) -> None:
    """Without it a changed page hides below the share of failures that the operator tolerates."""
    stats = {**GOOD, "kompas/store/new": 500, f"kompas/failed/{reason}": 1}
    assert reasons_of(stats, failed_share=0.5)


def test_an_operator_may_tolerate_a_share_of_failures() -> None:
    """Without it one dead link a night is a mail a night."""
    stats = {**GOOD, "kompas/store/new": 98, "kompas/failed/HttpStatus 404": 2}
    assert reasons_of(stats, failed_share=0.02) == []
    assert reasons_of(stats, failed_share=0.019)


def test_a_run_that_goes_on_may_find_nothing_to_do() -> None:
    """Without it the resume of a backfill that was almost done is told as a failure."""
    assert reasons_of({"kompas/days/skipped": 30}) == []
    assert reasons_of({"kompas/days/skipped": 30, "kompas/days/asked": 1}) == []


def test_stories_that_are_all_excluded_are_an_answer() -> None:
    """Without it a list of stories of another kanal is told as unread each time."""
    assert reasons_of({"kompas/skip_known/excluded": 2}, lists=False) == []
    assert reasons_of({"kompas/passed_over/other_section": 2}, lists=False) == []


@pytest.mark.parametrize(
    ("stats", "healthy"),
    [
        (answers(18, 1, 1), True),
        (answers(90, 5, 5), True),
        (answers(89, 6, 5), False),
        (answers(17, 0, 3), False),
        (answers(1, 18), True),  # too few to say
    ],
)
def test_errors_count_though_a_retry_mended_them(stats: dict[str, Any], healthy: bool) -> None:
    """Without it a site that is falling over is told as well until the day when retries do not help."""
    assert (reasons_of({**GOOD, **stats}) == []) is healthy
    assert reasons_of({**GOOD, **stats}, live=False) == [], "an archive lacks what it lacks"


def test_requests_for_each_new_article_have_a_limit() -> None:
    """Without it a paging that runs in circles costs the site thousands of requests a night, unnoticed."""
    stats = {**GOOD, "kompas/store/new": 20}
    assert reasons_of({**stats, "downloader/request_count": 200}) == []
    assert reasons_of({**stats, "downloader/request_count": 201}) == ["201 requests for 20 new articles"]
    assert reasons_of({**GOOD, "downloader/request_count": 900}) == [], "a nightly run with two new articles"


def test_a_thin_index_day_is_a_reason() -> None:
    """Without it the index loses half of its stories and every run is healthy."""
    assert reasons_of({**GOOD, "kompas/days/thin": 2}) == [
        "2 index days list far less than the days around them (see the log)"
    ]


def test_a_fact_that_is_gone_is_named() -> None:
    """Without it the site renames the byline and thousands of records have no author."""
    usual = {"read": FactCounts(100, Counter({"authors": 97, "tags": 90}))}
    stats = {**GOOD, "kompas/reading/read/articles": 23, "kompas/reading/read/tags": 22}
    (reason,) = reasons_of(stats, earlier=[usual])
    assert reason == "pages show less than they did: read: authors in 0 of 23, 97% before"


def test_of_many_facts_that_are_gone_the_worst_are_told() -> None:
    """Without it the one line is a page long."""
    usual = {"read": FactCounts(100, Counter({f"fact {n}": 40 + 10 * n for n in range(6)}))}
    (reason,) = reasons_of({**GOOD, "kompas/reading/read/articles": 60}, earlier=[usual])
    assert reason.count("before") == 4
    assert "fact 5" in reason
    assert reason.endswith("and 2 more")


def test_the_first_run_is_held_to_what_every_page_has() -> None:
    """Without it a site that changed before the first run is learnt as the usual."""
    shown = {f"kompas/reading/read/{name}": 20 for name in EXPECTED["read"]}
    stats = {**GOOD, "kompas/reading/read/articles": 20, **shown, "kompas/reading/read/time/meta": 9}
    (reason,) = reasons_of(stats, live=False)
    assert "read: time/meta in 9 of 20 only" in reason
