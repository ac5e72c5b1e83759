"""Times that a wrong clock stored are still to come; no story, day or job is frozen by them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from crawler.clock import CLOCK_ERROR, believed, latest_believed
from crawler.ledger_facts import IndexDay, Visit
from crawler.plan import is_due
from crawler.storage import Beginning, Outcome, Revisions, Store
from tests.facts import make_page
from tests.make import STORY, URL, make_article

LATER = datetime.now(UTC).replace(microsecond=0) + timedelta(days=4000)
NOW = datetime.now(UTC).replace(microsecond=0)


def titles(store: Store) -> list[str]:
    return [article.title for article in store.revisions(STORY)]


@pytest.mark.parametrize(("moment", "kept"), [(NOW, True), (NOW + CLOCK_ERROR / 2, True), (LATER, False)])
def test_a_time_to_come_says_nothing(moment: datetime, kept: bool) -> None:
    """Without it a clock that is a minute ahead makes all that a run stored worthless, or one in 2037 is believed."""
    assert (believed(moment) == moment) is kept
    assert (moment <= latest_believed()) is kept


def test_a_text_that_changed_after_a_wrong_capture_is_the_latest(store: Store) -> None:
    """Without it the text of a run in 2037 stays the latest for eleven years, and no correction is ever seen."""
    store.save(make_article(title="Dari masa depan", fetched_at=LATER))
    assert store.save(make_article(title="Sekarang", fetched_at=NOW)).outcome is Outcome.REVISED
    assert titles(store) == ["Dari masa depan", "Sekarang"]
    assert [article.title for article in store.articles(Revisions.LATEST)] == ["Sekarang"]
    assert store.known(STORY).visited_at == NOW


def test_a_visit_to_come_does_not_keep_a_story_from_being_visited(store: Store) -> None:
    """Without it a story is never looked at again, and the run says 0 failed."""
    store.save(make_article())
    store.ledger.save_visit(Visit(STORY, URL, LATER, '"a"', None))
    known = store.known(STORY)
    assert known.visited_at is None
    assert is_due(known, NOW, [])
    store.save(replace(make_article(), fetched_at=NOW))
    assert store.known(STORY).visited_at == NOW


def test_a_day_that_was_read_in_the_future_is_not_read(store: Store) -> None:
    """Without it an index day keeps the stories of its first hour."""
    day = IndexDay("global", date(2021, 4, 22), "https://indeks.kompas.com/?site=global&date=2021-04-22")
    store.ledger.save_page(replace(make_page(), index_day=day, ends_day=True, read_at=LATER))
    assert store.ledger.walked_at(day) is None
    assert store.left([day.day], NOW).unread == [day.day]
    assert [found.walked_at for found in store.coverage(day.day, day.day)] == [None]
    store.ledger.save_page(replace(make_page(), index_day=day, ends_day=True, read_at=NOW))
    assert store.ledger.walked_at(day) == NOW
    assert store.left([day.day], NOW).unread == []


def test_a_job_that_began_in_the_future_begins_anew(store: Store) -> None:
    """Without it the pending requests of an interrupted run are never made."""
    beginning = Beginning("daily", LATER, "laptop", 1, "1.0.0", "1")
    store.runs.begin(beginning)
    assert store.runs.began_after(latest_believed()) == LATER
    assert store.runs.begin(replace(beginning, started_at=NOW))[1] == NOW
