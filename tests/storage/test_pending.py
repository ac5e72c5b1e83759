"""What a run that did not come to its end left over for the next one of the same job."""

from datetime import date, timedelta

from crawler.storage import Store
from crawler.storage.ledger import Pending
from tests.facts import (
    LATER,
    ONE,
    SEEN,
    THREE,
    TREN,
    TWO,
    VIDEO,
    make_day,
    make_entry,
    make_exclusion,
    make_links,
    make_page,
    make_visit,
)
from tests.make import URL, make_article, make_failure, story_url

INDEX = make_day().url


def pending(store: Store) -> list[str]:
    return [story.url for story in store.ledger.pending(SEEN)]


def test_what_was_listed_or_followed_and_has_no_end_is_pending(store: Store) -> None:
    """Without it a killed run loses whatever it had seen and not yet fetched."""
    store.ledger.keep(make_page(ONE, TREN, VIDEO))
    store.ledger.keep(make_links(TWO, depth=2))
    store.ledger.keep(make_links(THREE, via="related", followed=frozenset()))
    assert store.ledger.pending(SEEN) == [
        Pending(story_url(ONE), "index", INDEX, 0),
        Pending(story_url(TWO), "latest", URL, 2),
    ]


def test_what_has_an_end_is_not_pending(store: Store) -> None:
    """Without it a run that goes on asks again for what the one before it stored, excluded or gave up."""
    store.ledger.keep(make_page(ONE, TWO, THREE))
    store.save(make_article(id=ONE))
    store.ledger.keep(make_exclusion(TWO))
    store.record_failure(make_failure(url=story_url(THREE), article_id=THREE, failed_at=LATER))
    assert store.ledger.pending(SEEN) == []


def test_a_stored_story_with_another_headline_is_pending_until_it_was_looked_at(store: Store) -> None:
    """Without it a run that is killed after it read the index never reads the story that it saw revised."""
    before = SEEN - timedelta(days=1)
    store.save(make_article(id=ONE))
    store.ledger.keep(make_page(ONE, read_at=before))
    store.ledger.keep(make_visit(ONE, visited_at=before))
    store.ledger.keep(make_page(make_entry(ONE, title="Judul yang Lain")))
    assert pending(store) == [story_url(ONE)]
    store.ledger.keep(make_visit(ONE, visited_at=LATER))
    assert pending(store) == []


def test_a_story_that_lacks_pages_is_pending_until_it_was_looked_at(store: Store) -> None:
    """Without it what one run stored by half is left so by those that go on after a kill."""
    store.save(make_article(id=ONE, pages=3, complete=False))
    store.ledger.keep(make_visit(ONE, visited_at=SEEN - timedelta(days=1)))
    store.ledger.keep(make_page(ONE))
    assert pending(store) == [story_url(ONE)]
    store.ledger.keep(make_visit(ONE, visited_at=LATER))
    assert pending(store) == []


def test_what_failed_before_the_job_or_was_seen_before_it_is_its_own_matter(store: Store) -> None:
    """Without it a story that failed last month is never tried again, or every old failure comes first."""
    before = SEEN - timedelta(days=1)
    store.ledger.keep(make_page(ONE, read_at=before))
    assert pending(store) == []
    store.record_failure(make_failure(url=story_url(ONE), article_id=ONE, failed_at=before))
    store.ledger.keep(make_page(ONE))
    assert pending(store) == [story_url(ONE)]


def test_a_story_met_twice_is_pending_once_from_where_it_was_nearest(store: Store) -> None:
    """Without it a listed story is requested as one that a box links, and its own boxes are not followed."""
    store.ledger.keep(make_links(ONE, depth=2))
    store.ledger.keep(make_links(ONE, via="older", depth=1))
    store.ledger.keep(make_page(ONE))
    assert store.ledger.pending(SEEN) == [Pending(story_url(ONE), "index", INDEX, 0)]


def test_a_story_met_again_from_further_off_stays_as_near_as_it_was(store: Store) -> None:
    """Without it a run that goes on does not follow the boxes of a story whose boxes the first run would have."""
    store.ledger.keep(make_links(ONE, depth=1))
    store.ledger.keep(make_links(ONE, depth=2, from_url=story_url(TWO)))
    assert [story.depth for story in store.ledger.pending(SEEN)] == [1]


def test_index_comes_before_boxes_and_early_before_late(store: Store) -> None:
    """Without it a run that goes on wanders off along the boxes first."""
    store.ledger.keep(make_links(TWO))
    store.ledger.keep(make_page(THREE, read_at=LATER))
    store.ledger.keep(make_page(ONE, index_day=make_day(date(2021, 4, 23))))
    assert pending(store) == [story_url(ONE), story_url(THREE), story_url(TWO)]
