"""What the ledger remembers of every list and box that was seen."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.storage import Store
from tests.facts import (
    DAY,
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


@pytest.fixture
def rows(store: Store, path: Path) -> Any:
    """Return the rows of a query, as another program sees them."""

    def read(query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(path)) as connection:
            return connection.execute(query).fetchall()

    return read


def test_every_entry_of_a_list_is_kept_with_what_it_says_there(store: Store, rows: Any) -> None:
    """Without it a user cannot see later what the index listed, and why an entry was excluded."""
    labelled = make_entry(ONE, title="Kapal “Bahari” Berlabuh", section="Internasional")
    store.ledger.keep(make_page(labelled, TREN, VIDEO, make_entry(TWO, section=None)))
    kept = rows("select entry, article_id, url, title, section, position, from_url, excluded from listed")
    assert kept == [
        (ONE, ONE, story_url(ONE), "Kapal “Bahari” Berlabuh", "Internasional", 1, INDEX, None),
        ("2021/04/22/130000065", "2021/04/22/130000065", TREN, "Judul 065/judul", "Global", 2, INDEX, "other_section"),
        (VIDEO, None, VIDEO, "Judul deo-kapal", "Global", 3, INDEX, "not_an_article"),
        (TWO, TWO, story_url(TWO), f"Judul {TWO[-9:]}", None, 4, INDEX, None),
    ]


def test_positions_go_on_over_the_pages_of_a_day(store: Store, rows: Any) -> None:
    """Without it the first story of page 2 says that it was the newest of the day."""
    store.ledger.keep(make_page(ONE, TWO, pages=2, ends_day=False))
    store.ledger.keep(make_page(THREE, page=2, pages=2, position=2))
    assert rows("select entry, position, from_url from listed order by position") == [
        (ONE, 1, INDEX),
        (TWO, 2, INDEX),
        (THREE, 3, f"{INDEX}&page=2"),
    ]


def test_an_entry_that_is_listed_again_keeps_when_it_was_first_seen(store: Store, rows: Any) -> None:
    """Without it a late addition looks like a story of the first hour."""
    store.ledger.keep(make_page(ONE))
    store.ledger.keep(make_page(TWO, ONE, read_at=LATER))
    assert rows("select entry, position, first_seen_at, last_seen_at from listed order by position") == [
        (TWO, 1, LATER.isoformat(), LATER.isoformat()),
        (ONE, 2, SEEN.isoformat(), LATER.isoformat()),
    ]


def test_an_entry_that_vanished_keeps_its_row(store: Store, rows: Any) -> None:
    """Without it a story that the site took down was never there."""
    store.ledger.keep(make_page(ONE, TWO))
    store.ledger.keep(make_page(TWO, read_at=LATER))
    assert rows("select entry, last_seen_at from listed order by entry") == [
        (ONE, SEEN.isoformat()),
        (TWO, LATER.isoformat()),
    ]


def test_another_headline_is_noted_with_its_time_and_the_same_one_is_not(store: Store, rows: Any) -> None:
    """Without it a story that was rewritten after three days is never looked at again, or every story always is."""
    times = [SEEN + timedelta(hours=hours) for hours in range(4)]
    for time, title in zip(times, ("Lama", "Lama", "Baru", "Baru"), strict=True):
        store.ledger.keep(make_page(make_entry(ONE, title=title), read_at=time))
    assert rows("select title, retitled_at from listed") == [("Baru", times[2].isoformat())]
    assert store.known(ONE).retitled_at == times[2]


def test_a_day_is_walked_only_when_its_last_page_was_read(store: Store, rows: Any) -> None:
    """Without it a day of which page 2 never came counts as all in."""
    store.ledger.ask_day(make_day(), SEEN)
    assert rows("select asked_at, read_at, walked_at, pages, pages_read from index_days") == [
        (SEEN.isoformat(), None, None, None, None)
    ]
    store.ledger.keep(make_page(ONE, pages=2, ends_day=False))
    assert store.ledger.walked_at(make_day()) is None
    assert rows("select read_at, pages, pages_read from index_days") == [(SEEN.isoformat(), 2, 1)]
    store.ledger.keep(make_page(TWO, page=2, pages=2, position=1, read_at=LATER))
    assert store.ledger.walked_at(make_day()) == LATER
    assert rows("select pages, pages_read from index_days") == [(2, 2)]


def test_a_walk_that_is_cut_off_leaves_the_one_before_it(store: Store) -> None:
    """Without it one bad night takes back what earlier nights made sure of."""
    store.ledger.keep(make_page(ONE))
    store.ledger.ask_day(make_day(), LATER)
    store.ledger.keep(make_page(ONE, pages=2, ends_day=False, read_at=LATER))
    assert store.ledger.walked_at(make_day()) == SEEN


def test_a_day_that_was_never_requested_was_never_walked(store: Store) -> None:
    """Without it the crawl stumbles over its first day."""
    assert store.ledger.walked_at(make_day()) is None
    assert store.ledger.first_day(date(2021, 1, 1)) is None
    assert store.ledger.walked_since(SEEN) == []


def test_each_kanal_of_a_day_is_walked_for_itself(store: Store) -> None:
    """Without it half of the days of the move between the kanals is missing, without a message."""
    store.ledger.keep(make_page(ONE, index_day=make_day(date(2020, 1, 5), "internasional")))
    assert store.ledger.walked_at(make_day(date(2020, 1, 5), "global")) is None


def test_the_days_of_a_run_and_the_first_of_a_span_are_reported(store: Store) -> None:
    """Without it a run cannot judge the days that it walked, nor know which ones earlier runs began."""
    for day, when in ((DAY, SEEN), (date(2021, 4, 20), LATER), (date(2021, 3, 1), LATER)):
        store.ledger.keep(make_page(ONE, index_day=make_day(day), read_at=when))
    assert sorted(store.ledger.walked_since(LATER)) == [date(2021, 3, 1), date(2021, 4, 20)]
    assert store.ledger.first_day(date(2021, 4, 1)) == date(2021, 4, 20)
    assert store.ledger.first_day(date(2021, 4, 21)) == DAY
    assert store.ledger.first_day(date(2021, 4, 23)) is None


def test_days_are_counted_by_the_stories_of_ours_that_they_list(store: Store) -> None:
    """Without it a day that lists other kanals only looks like any other."""
    store.ledger.keep(make_page(ONE, TWO, TREN, VIDEO))
    store.ledger.keep(make_page(TREN, index_day=make_day(date(2021, 4, 23))))
    assert store.ledger.listed_counts([DAY, date(2021, 4, 23), date(2021, 4, 24)]) == {DAY: 2}


@pytest.mark.parametrize("page", [1, 3, 12])
def test_a_day_read_to_its_end_makes_its_own_failures_good_and_no_others(store: Store, page: int) -> None:
    """Without it a page that came in the second attempt stays reported as failed."""
    own = INDEX if page == 1 else f"{INDEX}&page={page}"
    others = [
        make_day(date(2021, 4, 23)).url,
        f"{make_day(date(2021, 4, 2)).url}&page=2",
        f"{make_day(DAY, 'internasional').url}&page={page}",
    ]
    for url in (own, *others):
        store.record_failure(make_failure(url=url, article_id=None))
    store.ledger.keep(make_page(ONE, pages=2, ends_day=False))
    assert own in {row["url"] for row in store.failures()}
    store.ledger.keep(make_page(TWO, page=2, pages=2, position=1))
    assert {row["url"] for row in store.failures()} == set(others)


def test_where_a_story_was_seen_is_kept_for_every_kind_of_box(store: Store, rows: Any) -> None:
    """Without it a story that no index lists is stored without its origin."""
    boxes = {
        "latest": [make_entry(ONE)],
        "older": [make_entry(TWO)],
        "related": [make_entry(ONE, section=None)],
        "section": [make_entry(THREE, title=None, section=None)],
    }
    store.ledger.keep(make_links(boxes=boxes, followed=frozenset(("latest", "older"))))
    assert rows("select article_id, via, title, section, from_url, depth, followed_at from sightings") == [
        (ONE, "latest", f"Judul {ONE[-9:]}", "Global", URL, 1, SEEN.isoformat()),
        (TWO, "older", f"Judul {TWO[-9:]}", "Global", URL, 1, SEEN.isoformat()),
        (ONE, "related", f"Judul {ONE[-9:]}", None, URL, None, None),
        (THREE, "section", None, None, URL, None, None),
    ]


def test_a_story_that_is_seen_again_says_where_last_and_how_often(store: Store, rows: Any) -> None:
    """Without it every page of a day adds a row for each of its ten neighbours, or the first sighting is forgotten."""
    store.ledger.keep(make_links(ONE))
    elsewhere = story_url(TWO)
    store.ledger.keep(make_links(ONE, from_url=elsewhere, read_at=LATER, followed=frozenset()))
    assert rows("select from_url, first_seen_at, last_seen_at, times, followed_at, depth from sightings") == [
        (elsewhere, SEEN.isoformat(), LATER.isoformat(), 2, SEEN.isoformat(), 1)
    ]


def test_a_front_that_is_read_again_is_no_failure_any_more(store: Store) -> None:
    """Without it a front that failed for a minute stays reported as failed."""
    front = "https://www.kompas.com/global"
    store.record_failure(make_failure(url=front, article_id=None))
    store.record_failure(make_failure())
    store.ledger.keep(make_links(ONE, via="section", from_url=front))
    assert [row["url"] for row in store.failures()] == [URL]


def test_links_on_a_page_of_a_story_leave_the_failure_of_that_story(store: Store) -> None:
    """Without it a story whose second page failed is cleared by the links on its first."""
    store.record_failure(make_failure())
    store.ledger.keep(make_links(ONE, from_url=URL))
    assert [row["url"] for row in store.failures()] == [URL]


def test_a_story_of_another_kanal_clears_what_failed_about_it(store: Store, rows: Any) -> None:
    """Without it a story of another kanal is tried again every night."""
    for url in (story_url(ONE), f"{story_url(ONE)}?page=2"):
        store.record_failure(make_failure(url=url, article_id=ONE))
    store.ledger.keep(make_exclusion(ONE))
    assert store.failures() == []
    assert rows("select article_id, reason, detail from exclusions") == [(ONE, "OtherSection", "the page says Tren")]


def test_a_visit_is_kept_with_the_way_to_ask_next_time(store: Store) -> None:
    """Without it every revisit costs the site a whole page."""
    store.save(make_article())
    store.ledger.keep(make_visit())
    known = store.known(make_article().id)
    assert (known.visited_at, known.visited_url) == (SEEN, make_visit().url)
    assert (known.etag, known.last_modified) == ('"satu"', "Thu, 22 Apr 2021 09:06:00 GMT")
