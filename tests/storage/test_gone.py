"""What is kept of a failure, and when a story that fails is taken for gone."""

from datetime import timedelta

import pytest

from crawler.errors import GoneReason
from crawler.storage import Store
from tests.make import make_failure


def fail(store: Store, *hours: float, reason: str = "HttpStatus 404") -> bool:
    """Record the same failure at each of these hours; return whether the story then counts as gone."""
    for hour in hours:
        when = make_failure().failed_at + timedelta(hours=hour)
        store.record_failure(make_failure(reason=reason, failed_at=when, attempts=4))
    return bool(store.failures()[0]["gone"])


@pytest.mark.parametrize("reason", list(GoneReason))
def test_a_story_that_is_not_there_three_times_over_a_day_is_gone(store: Store, reason: str) -> None:
    """Without it a story that was taken down is requested, and reported as failed, every night for years."""
    assert not fail(store, 0, 12, reason=reason)
    assert fail(store, 24, reason=reason)
    assert (store.failures()[0]["times"], store.failures()[0]["attempts"]) == (3, 12)


@pytest.mark.parametrize("hours", [(0, 48), (0, 1, 2, 3, 23.9)])
def test_two_slips_or_a_bad_day_do_not_make_a_story_gone(store: Store, hours: tuple[float, ...]) -> None:
    """Without it a fault of the site that lasts an evening costs stories for good."""
    assert not fail(store, *hours)


def test_an_index_day_is_never_gone(store: Store) -> None:
    """Without it a day whose index failed for a week is given up, and its stories with it."""
    for hours in (0, 24, 48):
        when = make_failure().failed_at + timedelta(hours=hours)
        assert not store.record_failure(make_failure(article_id=None, reason="HttpStatus 404", failed_at=when))


@pytest.mark.parametrize(
    "reason", ["MissingBody", "OtherStory", "Timeout", "HttpStatus 500", "HttpStatus 403", "Blocked", "UnknownLayout"]
)
def test_what_fails_otherwise_is_never_gone(store: Store, reason: str) -> None:
    """Without it a site that was down for a week loses all of its stories."""
    assert not fail(store, 0, 24, 48, 72, reason=reason)


def test_only_answers_that_a_story_is_not_there_count_towards_that(store: Store) -> None:
    """Without it one 404 after two nights of time-outs makes a story gone."""
    fail(store, 0, 24, reason="Timeout")
    assert not fail(store, 48)
    assert not fail(store, 60)
    assert fail(store, 72)


def test_a_story_that_answers_otherwise_is_no_longer_gone(store: Store) -> None:
    """Without it a story that came back, behind a slow server, is never requested again."""
    assert fail(store, 0, 12, 24)
    assert not fail(store, 48, reason="Timeout")


def test_attempts_and_status_of_a_failure_are_kept(store: Store) -> None:
    """Without it the forty requests of a page, and the last answer, are not seen."""
    store.record_failure(make_failure(status=500, attempts=4))
    store.record_failure(make_failure(status=502, attempts=1))
    (row,) = store.failures()
    assert (row["status"], row["times"], row["attempts"]) == (502, 2, 5)
