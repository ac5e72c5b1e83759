"""The decisions of the plan: which stories are due, which index days are wanted."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

import pytest

from crawler.clock import settled_at
from crawler.plan import Conditions, conditions_of, is_done, is_due, is_final, is_left_open, is_settled
from crawler.storage import Known, State
from tests.facts import DAY

PUBLISHED: Final = datetime(2021, 4, 22, 9, 6, tzinfo=UTC)
LONG_AFTER: Final = PUBLISHED + timedelta(days=100)
SECOND: Final = timedelta(seconds=1)
AGES: Final = [timedelta(hours=hours) for hours in (6, 24, 72)]
STORED: Final = Known(State.STORED, True, False, PUBLISHED, PUBLISHED, None, None, None, None)
"""Complete, and visited in the minute of its publication."""
SETTLED: Final = settled_at(DAY)


def fetches(*hours: float, known: Known = STORED) -> list[float]:
    """At which of these hours after its publication a story is fetched, by runs that meet it at each of them."""
    fetched = []
    for hour in hours:
        now = PUBLISHED + timedelta(hours=hour)
        if is_due(known, now, AGES):
            fetched.append(hour)
            known = replace(known, visited_at=now)
    return fetched


def test_a_story_is_fetched_once_after_each_age_and_then_no_more() -> None:
    """Without it a correction of the first days is missed, or every night fetches all of them."""
    assert fetches(1, 5.9, 6, 6.1, 12, 23.9, 24, 30, 71, 72, 73, 24 * 30, 24 * 3650) == [6, 24, 72]


def test_ages_that_passed_between_two_runs_cost_one_request() -> None:
    """Without it a machine that was off for a week requests each story three times."""
    assert fetches(1, 200, 201) == [200]
    assert fetches(7, 80, 81) == [7, 80]


def test_a_nightly_run_fetches_a_story_on_its_first_mornings_only() -> None:
    """Without it the cost of the schedule is unknown: two or three requests a story, and then none."""
    assert fetches(*(3 + 24 * night for night in range(30))) == [27, 75]
    assert fetches(*(20 + 24 * night for night in range(30))) == [20, 44, 92]


def test_a_story_that_was_first_met_old_is_not_fetched_again() -> None:
    """Without it a backfill costs twice what it should."""
    met = replace(STORED, visited_at=PUBLISHED + timedelta(days=1000))
    assert fetches(24 * 1001, 24 * 1002, known=met) == []


def test_no_age_means_no_second_fetch() -> None:
    """Without it revisits cannot be switched off."""
    assert not is_due(STORED, PUBLISHED + timedelta(days=9), [])


FETCHED_AGAIN = {
    "never met": replace(STORED, state=State.MISSING, complete=False, published_at=None, visited_at=None),
    "failed": replace(STORED, state=State.FAILED, complete=False, failed=True, published_at=None, visited_at=None),
    "lacks pages": replace(STORED, complete=False, visited_at=LONG_AFTER),
    "failed since": replace(STORED, failed=True, visited_at=LONG_AFTER),
    "retitled since": replace(STORED, visited_at=LONG_AFTER, retitled_at=LONG_AFTER + SECOND),
}
LEFT_ALONE = {
    "excluded": replace(STORED, state=State.EXCLUDED, complete=False, published_at=None, visited_at=None),
    "excluded and failed": replace(STORED, state=State.EXCLUDED, complete=False, failed=True, visited_at=None),
    "looked at": replace(STORED, visited_at=LONG_AFTER),
    "looked at since it was retitled": replace(STORED, visited_at=LONG_AFTER, retitled_at=LONG_AFTER),
}


@pytest.mark.parametrize("known", FETCHED_AGAIN.values(), ids=list(FETCHED_AGAIN))
def test_a_story_that_may_lack_something_is_due_whatever_its_age(known: Known) -> None:
    """Without it an incomplete story is never completed."""
    assert is_due(known, LONG_AFTER + timedelta(days=1), AGES)


@pytest.mark.parametrize("known", LEFT_ALONE.values(), ids=list(LEFT_ALONE))
def test_a_story_that_lacks_nothing_is_left_alone(known: Known) -> None:
    """Without it stories of other kanals, or complete ones, are requested every night."""
    assert not is_due(known, LONG_AFTER + timedelta(days=1), AGES)


@pytest.mark.parametrize(
    ("known", "settled"),
    [
        (STORED, True),
        (replace(STORED, visited_at=PUBLISHED - SECOND), False),
        (replace(STORED, visited_at=None), False),
        (replace(STORED, complete=False), False),
        (replace(STORED, failed=True), False),
    ],
    ids=["of this run", "of an earlier run", "never", "lacks pages", "failed since"],
)
def test_a_story_that_this_run_has_whole_is_settled(known: Known, settled: bool) -> None:
    """Without it a run that lasts for days fetches a story again when it passes one of the ages."""
    assert is_settled(known, started_at=PUBLISHED) is settled


ETAG, MODIFIED = '"satu"', "Thu, 22 Apr 2021 09:06:00 GMT"
URL = "https://www.kompas.com/global/read/2021/04/22/160600870/judul?page=all"
VISITED = replace(STORED, visited_url=URL, etag=ETAG, last_modified=MODIFIED)


@pytest.mark.parametrize(
    ("known", "headers"),
    [
        (VISITED, {"If-None-Match": ETAG, "If-Modified-Since": MODIFIED}),
        (replace(VISITED, etag=None), {"If-Modified-Since": MODIFIED}),
        (replace(VISITED, last_modified=None), {"If-None-Match": ETAG}),
        (replace(VISITED, visited_url=f"{URL}-lain"), {}),
        (replace(VISITED, complete=False), {}),
        (replace(VISITED, failed=True), {}),
        (STORED, {}),
    ],
    ids=["both", "time", "tag", "another address", "lacks pages", "failed since", "nothing known"],
)
def test_conditions_are_those_of_the_same_address_of_a_whole_story(known: Known, headers: dict[str, str]) -> None:
    """Without it each revisit costs the site a whole page, or "not modified" is all that comes of half a story."""
    assert conditions_of(known, URL).headers == headers


def test_no_conditions_are_no_headers() -> None:
    """Without it a request carries an empty header that the site may take for a match."""
    assert Conditions().headers == {}


@pytest.mark.parametrize(
    ("walked_at", "final"), [(None, False), (SETTLED - SECOND, False), (SETTLED, True), (SETTLED + SECOND, True)]
)
def test_a_walk_after_the_index_settled_is_final(walked_at: datetime | None, final: bool) -> None:
    """Without it a day that gained stories after its last walk stays short, or is walked without end."""
    assert is_final(DAY, walked_at) is final


@pytest.mark.parametrize(
    ("walked_at", "job", "done"),
    [
        (SETTLED, SETTLED, True),
        (SETTLED, SETTLED + SECOND, False),
        (SETTLED - SECOND, SETTLED - SECOND, False),
        (None, SETTLED, False),
    ],
    ids=["by this job", "by an earlier job", "not final", "never"],
)
def test_a_range_leaves_out_the_final_walks_of_its_own_job(
    walked_at: datetime | None, job: datetime, done: bool
) -> None:
    """Without it a backfill that is killed every day never ends, or a range is not read again on request."""
    assert is_done(DAY, walked_at, job) is done


@pytest.mark.parametrize(
    ("walked_at", "first_day", "wanted"),
    [
        (None, DAY, True),
        (SETTLED - SECOND, DAY, True),
        (SETTLED, DAY, False),
        (None, DAY + timedelta(days=1), False),
        (None, None, False),
    ],
    ids=["begun", "walked too early", "final", "before the first day", "new store"],
)
def test_a_daily_run_finishes_the_days_that_were_begun(
    walked_at: datetime | None, first_day: date | None, wanted: bool
) -> None:
    """Without it a week in which the machine was off stays short, or a new store begins with two weeks."""
    assert is_left_open(DAY, walked_at, first_day) is wanted
