"""When a run is healthy, and the one line that says why it is not."""

from collections import Counter
from typing import Any

import pytest

from crawler.health.drift import EXPECTED
from crawler.health.facts import FactCounts
from crawler.health.judgement import EARLY_ENDS, STOPPED, judge
from crawler.health.witness import Witnessed

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
    before: Witnessed | None = None,
) -> list[str]:
    return judge(
        stats,
        ending,
        live=live,
        lists=lists,
        failed_share=failed_share,
        advice="ask again",
        earlier=earlier or [],
        witnessed_before=before,
    ).reasons


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
    """Without it cron mails the user about every good night, and the mail is ignored."""
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
            ["1 failed: 1 Timeout (ask again)"],
        ),
        ({"kompas/store/new": 1}, "finished", True, ["the index listed no story at all"]),
        ({}, "finished", True, ["the index listed no story at all"]),
        ({}, "finished", False, ["no article was read"]),
        ({"kompas/listed/index": 3}, "finished", True, ["no article was read"]),
        ({**GOOD, "log_count/ERROR": 1, "log_count/CRITICAL": 2}, "finished", True, ["3 errors were logged"]),
        ({"kompas/failed/Blocked": 2}, "finished", False, ["2 failed: 2 Blocked (ask again)"]),
        (
            {"kompas/failed/Blocked": 2, "log_count/ERROR": 2},
            "shutdown",
            True,
            [
                EARLY_ENDS["shutdown"],
                "2 failed: 2 Blocked (ask again)",
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
    assert reason == "17 failed: 9 HttpStatus 403, 3 UnknownLayout, 2 Blocked, 2 Timeout (ask again)"


def test_a_changed_markup_is_one_reason_with_an_example() -> None:
    """Without it a thousand unread stories hide in a list of failures, with advice that would fetch them all again."""
    unread = {"kompas/unread/stories": 84, "kompas/unread/example": "https://www.kompas.com/global/read/x"}
    stats = {**GOOD, **unread, "kompas/failed/UnknownLayout": 84}
    (reason,) = reasons_of(stats)
    assert reason.startswith(
        "84 stories are archived in a markup that no layout reads (scrapy explain https://www.kompas"
    )
    index = {"kompas/failed/UnknownLayout": 86, "kompas/failed_index/UnknownLayout": 2}
    assert reasons_of({**stats, **index, "kompas/failed/Timeout": 3}) == [
        "2 index pages failed: 2 UnknownLayout (ask again)",
        "3 failed: 3 Timeout (ask again)",
        reason,
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
    """Without it Ctrl-C in the first second reports an empty index."""
    assert reasons_of({}, "shutdown") == [STOPPED]


@pytest.mark.parametrize("reason", ["UnknownLayout", "Blocked", "IndexCutShort", "Unexpected KeyError"])
def test_what_only_a_person_can_mend_is_reported_however_rare_it_is(reason: str) -> None:
    """Without it a changed page hides below the share of failures that the operator tolerates."""
    stats = {**GOOD, "kompas/store/new": 500, f"kompas/failed/{reason}": 1}
    assert reasons_of(stats, failed_share=0.5)


def test_an_operator_may_tolerate_a_share_of_failures() -> None:
    """Without it one dead link a night is a mail a night."""
    stats = {**GOOD, "kompas/store/new": 98, "kompas/failed/HttpStatus 404": 2}
    assert reasons_of(stats, failed_share=0.02) == []
    assert reasons_of(stats, failed_share=0.019)


def test_a_run_that_goes_on_may_find_nothing_to_do() -> None:
    """Without it the resume of a backfill that was almost done is reported as a failure."""
    assert reasons_of({"kompas/days/skipped": 30}) == []
    assert reasons_of({"kompas/days/skipped": 30, "kompas/days/asked": 1}) == []


def test_stories_that_are_all_excluded_are_an_answer() -> None:
    """Without it a list of stories of another kanal is reported as unread each time."""
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
    """Without it a failing site counts as healthy until retries no longer help."""
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
        "2 index days list far less than the days around (see the log)"
    ]


def test_a_fact_that_is_gone_is_named() -> None:
    """Without it the site renames the byline and thousands of records have no author."""
    usual = {"read": FactCounts(100, Counter({"authors": 97, "tags": 90}))}
    stats = {**GOOD, "kompas/reading/read/articles": 23, "kompas/reading/read/tags": 22}
    (reason,) = reasons_of(stats, earlier=[usual])
    assert reason == "pages show less than they did: read: authors in 0 of 23, 97% before"


def test_of_many_facts_that_are_gone_the_worst_are_reported() -> None:
    """Without it the one line is a page long."""
    usual = {"read": FactCounts(100, Counter({f"fact {n}": 40 + 10 * n for n in range(6)}))}
    (reason,) = reasons_of({**GOOD, "kompas/reading/read/articles": 60}, earlier=[usual])
    assert reason.count("before") == 4
    assert "fact 5" in reason
    assert reason.endswith("and 2 more")


def test_the_first_run_is_held_to_what_every_page_has() -> None:
    """Without it a site that changed before the first run becomes the baseline."""
    shown = {f"kompas/reading/read/{name}": 20 for name in EXPECTED["read"]}
    stats = {**GOOD, "kompas/reading/read/articles": 20, **shown, "kompas/reading/read/time/meta": 9}
    (reason,) = reasons_of(stats, live=False)
    assert "read: time/meta in 9 of 20 only" in reason


EARLY = {
    # how the run ended -> statistics that follow from it, and those that do not
    "robots_unreachable": ({"RobotsTxt": 2}, {"UnknownLayout": 1}),
    "site_unreachable": ({"ConnectionFailed": 19, "HttpStatus 502": 1}, {"MissingTitle": 1}),
    "blocked": ({"Blocked": 1, "HttpStatus 403": 3}, {"HttpStatus 500": 1}),
    "told_to_wait": ({"HttpStatus 503": 1}, {"Timeout": 1}),
}


@pytest.mark.parametrize("ending", EARLY)
def test_a_cause_is_reported_once_with_the_error_itself(ending: str) -> None:
    """Without it a name that cannot be resolved is reported as three causes, with the error itself only in the log."""
    follows, other = ({f"kompas/failed/{name}": n for name, n in failed.items()} for failed in EARLY[ending])
    left = {"kompas/left/stories": 30, "kompas/left/days": 2, "kompas/run/ended_by": "DNS lookup failed"}
    failed_index = {f"kompas/failed_index/{name}": 1 for name in EARLY[ending][0]}
    stats = {**follows, **failed_index, **left, **answers(1, 19, 9)}
    told = f"{EARLY_ENDS[ending]}: DNS lookup failed"
    assert reasons_of(stats, ending) == [told]
    assert len(reasons_of({**stats, **other}, ending)) == 2, "another cause is told, too"


def test_errors_that_are_failures_are_not_reported_again() -> None:
    """Without it one broken evening of the site is two reasons."""
    stats = {**GOOD, "kompas/failed/HttpStatus 500": 9, **answers(60, 36)}
    assert reasons_of(stats) == ["9 failed: 9 HttpStatus 500 (ask again)"]


RANGE = {
    "kompas/left/stories": 2,
    "kompas/left/days": 1,
    "kompas/left/failed/MissingTitle": 3,
    "kompas/days/empty": 2,
    "kompas/run/empty_days": "2021-04-21, 2021-04-22",
}


def test_a_run_answers_for_the_whole_of_what_it_was_asked() -> None:
    """Without it a range ends healthy while seven of its stories are failed, by an earlier run."""
    assert reasons_of({**GOOD, **RANGE}) == [
        "3 failed in earlier runs: 3 MissingTitle (ask again)",
        "2 listed stories are missing (scrapy coverage names them)",
        "1 index day was not read to its end",
        "the index lists nothing on 2 days (2021-04-21, 2021-04-22)",
    ]
    assert reasons_of({**GOOD, **RANGE, "kompas/failed/Timeout": 1})[0] == (
        "1 failed: 1 Timeout and 3 failed in earlier runs: 3 MissingTitle (ask again)"
    )


def test_a_run_with_a_limit_does_not_answer_for_the_rest() -> None:
    """Without it a trial of the crawl with a limit never ends healthy."""
    only = {name: count for name, count in RANGE.items() if "days" not in name or "left" in name}
    assert reasons_of({**GOOD, **only}, "limit") == []


def test_a_failed_index_page_is_reported_as_one_and_explains_its_day() -> None:
    """Without it a day that ended by an error is one more failed story, and a second riddle."""
    stats = {**GOOD, "kompas/failed/HttpStatus 502": 2, "kompas/failed_index/HttpStatus 502": 1, "kompas/left/days": 1}
    assert reasons_of(stats) == [
        "1 index page failed: 1 HttpStatus 502 (ask again)",
        "1 failed: 1 HttpStatus 502 (ask again)",
    ]
    assert reasons_of(stats, failed_share=0.5) == ["1 index page failed: 1 HttpStatus 502 (ask again)"]
    del stats["kompas/listed/index"]
    assert reasons_of(stats, failed_share=0.5) == ["1 index page failed: 1 HttpStatus 502 (ask again)"]


@pytest.mark.parametrize(("gone", "seen", "healthy"), [(2, 2, True), (4, 20, True), (5, 60, True), (5, 20, False)])
def test_a_gone_story_is_no_failure_and_many_at_once_are_a_reason(gone: int, seen: int, healthy: bool) -> None:
    """Without it a lost story is reported for years, or a site that answers wrongly everywhere never is."""
    stats = {**GOOD, "kompas/store/known": seen, "kompas/gone/FrontInstead": gone}
    assert (reasons_of(stats) == []) is healthy
    assert f"{gone} gone from the site" in judge(stats, "finished", live=True, lists=True).summary
