"""What state a story is in, and what speaks for asking for it again."""

from datetime import timedelta

import pytest

from crawler.storage import State, Store
from crawler.storage.stories import state_of
from tests.facts import LATER, ONE, SEEN, make_entry, make_exclusion, make_page, make_visit
from tests.make import STORY, URL, make_article, make_failure


@pytest.mark.parametrize(
    ("complete", "failure", "gone", "exclusion", "state"),
    [
        (None, None, False, None, State.MISSING),
        (None, "Timeout", False, None, State.FAILED),
        (None, "HttpStatus 404", True, None, State.EXCLUDED),
        (None, None, False, "OtherSection", State.EXCLUDED),
        (None, "Timeout", False, "OtherSection", State.EXCLUDED),
        (True, None, False, None, State.STORED),
        (True, "Timeout", False, None, State.STORED),
        (True, "HttpStatus 404", True, None, State.STORED),
        (True, None, False, "OtherSection", State.STORED),
        (False, None, False, None, State.STORED),
        (False, "Timeout", False, None, State.FAILED),
        (False, "HttpStatus 404", True, None, State.STORED),
    ],
)
def test_the_state_follows_from_what_is_on_record(
    complete: bool | None, failure: str | None, gone: bool, exclusion: str | None, state: State
) -> None:
    """Without it the coverage of a day claims what is not there, or misses what is."""
    assert state_of(complete, failure, gone, exclusion) is state


def test_nothing_is_known_of_a_story_that_was_never_met(store: Store) -> None:
    """Without it the first run skips what it has never seen."""
    known = store.known(STORY)
    assert (known.state, known.complete, known.failed) == (State.MISSING, False, False)
    assert (known.published_at, known.visited_at, known.visited_url, known.retitled_at) == (None,) * 4


def test_a_stored_story_has_its_times_of_publication_and_last_fetch(store: Store) -> None:
    """Without it no story is young or old, and all are fetched again, or none."""
    article = make_article()
    store.save(article)
    known = store.known(STORY)
    assert (known.state, known.complete, known.failed) == (State.STORED, True, False)
    assert (known.published_at, known.visited_at) == (article.published_at, article.fetched_at)


def test_every_capture_is_a_visit_though_nothing_changed(store: Store) -> None:
    """Without it a story that is due once is fetched every night from then on."""
    store.save(make_article())
    store.save(make_article(fetched_at=LATER))
    assert store.known(STORY).visited_at == LATER


def test_an_older_capture_is_no_later_visit(store: Store) -> None:
    """Without it reading an old archive makes stories look unvisited for years."""
    store.save(make_article(fetched_at=LATER))
    store.save(make_article(fetched_at=SEEN))
    assert store.known(STORY).visited_at == LATER


def test_a_story_fetched_again_keeps_the_way_to_ask_whether_it_changed(store: Store) -> None:
    """Without it every second revisit costs a whole page."""
    store.save(make_article())
    store.ledger.keep(make_visit())
    store.save(make_article(fetched_at=LATER))
    assert store.known(STORY).etag == make_visit().etag


def test_the_newest_revision_speaks_for_the_story(store: Store) -> None:
    """Without it a story that was published anew is judged by its first date."""
    store.save(make_article())
    revised = make_article(title="Judul Lain", published_at=make_article().published_at + timedelta(days=1))
    store.save(revised)
    assert store.known(STORY).published_at == revised.published_at


def test_a_failure_since_the_story_was_stored_is_reported(store: Store) -> None:
    """Without it a revision that could not be fetched is not tried again."""
    store.save(make_article())
    store.record_failure(make_failure())
    known = store.known(STORY)
    assert (known.state, known.failed) == (State.STORED, True)


def test_a_story_is_gone_only_when_every_address_of_it_is(store: Store) -> None:
    """Without it one dead address hides that the same story fails under another."""
    for hours in (0, 13, 26):
        when = SEEN + timedelta(hours=hours)
        store.record_failure(make_failure(reason="HttpStatus 404", status=404, failed_at=when))
    assert store.known(STORY).state is State.EXCLUDED
    assert not store.known(STORY).failed
    store.record_failure(make_failure(url=f"{URL}-baru?page=all", failed_at=LATER))
    assert store.known(STORY).state is State.FAILED
    assert store.known(STORY).failed


def test_a_story_excluded_by_its_own_page_is_known_as_such(store: Store) -> None:
    """Without it a story of another kanal is fetched again every night."""
    store.ledger.keep(make_exclusion())
    assert store.known(STORY).state is State.EXCLUDED


def test_a_story_listed_on_two_days_is_retitled_when_either_says_so(store: Store) -> None:
    """Without it the older of two lists hides the change in the newer."""
    for title, when in (("Lama", SEEN), ("Baru", LATER)):
        store.ledger.keep(make_page(make_entry(ONE, title=title), read_at=when))
    assert store.known(ONE).retitled_at == LATER
