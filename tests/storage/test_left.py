"""What is left of a range of days: the same as `coverage` says of them, in a few queries."""

from collections import Counter
from datetime import date, timedelta

import pytest

from crawler.storage import Left, State, Store
from tests.facts import DAY, LATER, ONE, SEEN, THREE, TREN, TWO, make_day, make_exclusion, make_links, make_page
from tests.make import make_article, make_failure, story_url

BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
RUN_BEGAN = LATER


def fail(store: Store, story: str, reason: str = "Timeout", **changes: object) -> None:
    store.record_failure(make_failure(url=story_url(story), article_id=story, reason=reason, **changes))


def test_nothing_is_left_of_a_day_that_is_complete(store: Store) -> None:
    """Without it no range is ever healthy."""
    store.ledger.keep(make_page(ONE, TREN))
    store.save(make_article(id=ONE))
    assert store.left([DAY], RUN_BEGAN) == Left()


def test_missing_and_failed_stories_are_those_of_coverage(store: Store) -> None:
    """Without it the verdict of a run and `scrapy coverage` contradict each other."""
    stories = [f"2021/04/22/1{number}0000070" for number in range(8)]
    stored, failed, missing, excluded, gone, half, half_failed, excluded_later = stories
    store.ledger.keep(make_page(*stories, TREN))
    store.save(make_article(id=stored))
    store.save(make_article(id=half, complete=False))
    store.save(make_article(id=half_failed, complete=False))
    for story in (failed, half_failed, excluded_later):
        fail(store, story)
    for story in (excluded, excluded_later):
        store.ledger.keep(make_exclusion(story))
    for hours in (0, 13, 26):
        fail(store, gone, "HttpStatus 404", failed_at=make_failure().failed_at + timedelta(hours=hours))
    (day,) = store.coverage()
    left = store.left([DAY], RUN_BEGAN)
    assert (left.missing, left.failed.total()) == (day.count(State.MISSING), day.count(State.FAILED)) == (1, 2)
    assert [story.url for story in store.missing([DAY])] == [story_url(missing)]


def test_only_failures_of_earlier_runs_are_counted_for_every_kind_of_story(store: Store) -> None:
    """Without it a failure is reported twice, or a story that only a sitemap names is never reported again."""
    store.ledger.keep(make_page(ONE, TWO))
    store.ledger.keep(make_links(THREE, via="sitemap"))
    fail(store, ONE)
    fail(store, TWO, failed_at=RUN_BEGAN)
    fail(store, THREE, "HttpStatus 500")
    assert store.left([DAY], RUN_BEGAN).failed == Counter({"Timeout": 1, "HttpStatus 500": 1})
    assert store.left([BEFORE], RUN_BEGAN).failed == Counter()


@pytest.mark.parametrize("days", [(BEFORE, DAY, AFTER), (AFTER, DAY, BEFORE)])
def test_days_that_were_not_read_or_list_nothing_are_named(store: Store, days: tuple[date, ...]) -> None:
    """Without it a run that was stopped says that no day is left, or a day without stories is complete."""
    store.ledger.keep(make_page(index_day=make_day(BEFORE)))
    store.ledger.keep(make_page(TREN))
    store.ledger.keep(make_page(index_day=make_day(AFTER)))
    store.ledger.ask_day(make_day(AFTER), SEEN, ["global", "internasional"])
    left = store.left(days, RUN_BEGAN)
    assert (left.empty, left.unread) == ([BEFORE, DAY], [AFTER])


def test_a_day_lists_nothing_under_the_names_that_were_read(store: Store) -> None:
    """Without it a day is requested under other names although its list never came, or has stories."""
    store.ledger.keep(make_page(TREN))
    assert store.ledger.lists_nothing(DAY, ["global"])
    assert not store.ledger.lists_nothing(DAY, ["global", "internasional"])
    assert not store.ledger.lists_nothing(BEFORE, ["global"])
    store.ledger.keep(make_page(ONE, index_day=make_day(site="internasional")))
    assert store.ledger.lists_nothing(DAY, ["global"]), "what another name lists does not count"
    assert not store.ledger.lists_nothing(DAY, ["global", "internasional"])
