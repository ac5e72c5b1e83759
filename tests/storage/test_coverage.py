"""What is in, what is not and why, per index day."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from crawler.storage import Day, DayState, DayStory, State, Store
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
)
from tests.make import URL, WIB, make_article, make_failure, story_url


def the_day(store: Store) -> Day:
    (day,) = store.coverage()
    return day


def states(day: Day) -> dict[str, tuple[State, str | None]]:
    return {story.entry: (story.state, story.reason) for story in day.stories}


def test_a_day_whose_stories_are_all_in_is_not_short(store: Store) -> None:
    """Without it no month can ever be said to be complete."""
    store.ledger.keep(make_page(ONE, TWO))
    for story in (ONE, TWO):
        store.save(make_article(id=story))
    day = the_day(store)
    assert (day.day, day.asked, day.walked_at, day.pages, day.listed) == (DAY, True, SEEN, 1, 2)
    assert [day.count(state) for state in State] == [2, 0, 0, 0]
    assert day.short == []


def test_every_entry_has_its_outcome(store: Store) -> None:
    """Without it a researcher sees that two are lacking, and not which and why."""
    four, five = "2021/04/22/130000070", "2021/04/22/140000070"
    store.ledger.keep(make_page(ONE, TWO, THREE, four, five, TREN, VIDEO))
    store.save(make_article(id=ONE))
    store.record_failure(make_failure(url=story_url(TWO), article_id=TWO))
    store.ledger.keep(make_exclusion(four))
    for hours in (0, 13, 26):
        when = SEEN + timedelta(hours=hours)
        failure = make_failure(url=story_url(five), article_id=five, reason="HttpStatus 404", failed_at=when)
        store.record_failure(failure)
    day = the_day(store)
    assert states(day) == {
        ONE: (State.STORED, None),
        TWO: (State.FAILED, "Timeout"),
        THREE: (State.MISSING, None),
        four: (State.EXCLUDED, "OtherSection"),
        five: (State.EXCLUDED, "HttpStatus 404"),
        "2021/04/22/130000065": (State.EXCLUDED, "other_section"),
        VIDEO: (State.EXCLUDED, "not_an_article"),
    }
    assert day.listed == 7
    assert [day.count(state) for state in State] == [1, 4, 1, 1]
    assert day.short == ["1 missing", "1 failed"]
    assert day.state is DayState.SHORT


@pytest.mark.parametrize(
    ("entries", "short", "state"),
    [
        ([], ["lists nothing"], DayState.EMPTY),
        ([TREN, VIDEO], ["lists nothing"], DayState.EMPTY),
        ([ONE], ["1 missing"], DayState.SHORT),
    ],
    ids=["nothing at all", "only other kanals", "a story"],
)
def test_a_day_that_lists_nothing_is_a_state_of_its_own(
    store: Store, entries: list[str], short: list[str], state: DayState
) -> None:
    """Without it a day that the site lists under another name is reported as complete."""
    store.ledger.keep(make_page(*entries))
    assert (the_day(store).short, the_day(store).state) == (short, state)


def test_a_day_that_is_not_over_may_list_nothing_yet(store: Store) -> None:
    """Without it every run in the first hour of a day reports a broken index."""
    now = datetime.now(UTC).replace(microsecond=0)
    tomorrow = (now + timedelta(days=1)).astimezone(WIB).date()
    store.ledger.keep(make_page(index_day=make_day(tomorrow), read_at=now))
    assert (the_day(store).short, the_day(store).state) == ([], DayState.COMPLETE)


def test_a_day_whose_index_ended_by_an_error_says_which(store: Store) -> None:
    """Without it a day of which page 2 never came looks like one that was never begun, or like a whole one."""
    index = make_day()
    store.ledger.keep(make_page(ONE, pages=2, ends_day=False))
    store.record_failure(make_failure(url=f"{index.url}&page=2", article_id=None, reason="HttpStatus 502"))
    assert the_day(store).short == ["ended by an error (HttpStatus 502)", "1 missing"]
    assert the_day(store).state is DayState.BROKEN
    store.ledger.keep(make_page(ONE))
    assert the_day(store).short == ["1 missing"]


def test_a_later_walk_that_failed_makes_a_day_short_again(store: Store) -> None:
    """Without it a day that was read once passes for complete though its new list did not come."""
    store.ledger.keep(make_page(ONE))
    store.save(make_article(id=ONE))
    store.record_failure(make_failure(url=make_day().url, article_id=None, reason="Timeout", failed_at=LATER))
    assert the_day(store).short == ["ended by an error (Timeout)"]


def test_the_ledger_says_under_which_name_a_day_was_listed(store: Store) -> None:
    """Without it a user does not learn that the site renamed the kanal."""
    store.ledger.keep(make_page())
    store.ledger.keep(make_page(ONE, index_day=make_day(site="news")))
    assert the_day(store).sites == ["news"]


def test_a_failed_story_that_the_index_does_not_list_makes_its_day_short(store: Store) -> None:
    """Without it a story that only a sitemap names fails again and again, and its day counts as complete."""
    store.ledger.keep(make_page(ONE))
    store.save(make_article(id=ONE))
    store.ledger.keep(make_links(TWO, via="sitemap"))
    store.record_failure(make_failure(url=story_url(TWO), article_id=TWO))
    assert the_day(store).short == ["1 failed that it does not list"]


def test_entries_come_in_the_order_of_the_list_with_all_that_was_seen(store: Store) -> None:
    """Without it the ledger cannot be compared with the site's own page."""
    store.ledger.keep(make_page(TWO, ONE))
    store.ledger.keep(make_page(make_entry(TWO, title="Judul Baru"), ONE, read_at=LATER))
    first, second = the_day(store).stories
    assert first == DayStory(
        entry=TWO,
        url=story_url(TWO),
        title="Judul Baru",
        state=State.MISSING,
        reason=None,
        position=1,
        first_seen_at=SEEN,
        last_seen_at=LATER,
        seen_on=make_day().url,
    )
    assert (second.entry, second.position) == (ONE, 2)


def test_what_vanished_from_the_list_is_still_asked_after(store: Store) -> None:
    """Without it a story that the site took down before it was fetched is forgotten, and the day called complete."""
    store.ledger.keep(make_page(ONE))
    store.ledger.keep(make_page(read_at=LATER))
    assert the_day(store).short == ["1 missing"]


@pytest.mark.parametrize("read", [False, True])
def test_a_day_is_short_until_it_was_read_to_its_end(store: Store, read: bool) -> None:
    """Without it the first page of a day passes for the day."""
    store.ledger.ask_day(make_day(), SEEN)
    if read:
        store.ledger.keep(make_page(ONE, pages=2, ends_day=False))
        store.save(make_article(id=ONE))
    assert the_day(store).walked_at is None
    assert the_day(store).short == ["not read to its end"]


def test_a_day_of_two_kanals_is_walked_when_both_are(store: Store) -> None:
    """Without it a run that was killed between the two lists of a day of 2020 leaves half a day as a whole one."""
    day = date(2020, 1, 5)
    old, new = make_day(day, "internasional"), make_day(day, "global")
    store.ledger.ask_day(old, SEEN, ["internasional", "global"])
    store.ledger.keep(make_page(index_day=old))
    assert the_day(store).short == ["not read to its end"]
    store.ledger.ask_day(new, LATER, ["internasional", "global"])
    store.ledger.keep(make_page(index_day=new, read_at=LATER))
    assert the_day(store).short == ["lists nothing"]
    assert (the_day(store).walked_at, the_day(store).pages) == (SEEN, 2)


def test_asking_for_one_kanal_says_nothing_new_of_the_other(store: Store, path: Path) -> None:
    """Without it the ledger claims that a list was requested although it was skipped."""
    day = date(2020, 1, 5)
    store.ledger.ask_day(make_day(day, "internasional"), SEEN, ["internasional", "global"])
    store.ledger.ask_day(make_day(day, "global"), LATER, ["internasional", "global"])
    with closing(sqlite3.connect(path)) as connection:
        asked = dict(connection.execute("select site, asked_at from index_days").fetchall())
    assert asked == {"internasional": SEEN.isoformat(), "global": LATER.isoformat()}


def test_a_story_on_the_lists_of_both_kanals_counts_once(store: Store) -> None:
    """Without it days of the move between the kanals list more stories than there are."""
    for site in ("internasional", "global"):
        store.ledger.keep(make_page(ONE, index_day=make_day(DAY, site)))
    assert the_day(store).listed == 1


def test_a_day_that_was_only_read_while_it_lasted_is_short_once_it_is_over(store: Store) -> None:
    """Without it the last morning before a machine was switched off counts as a whole day."""
    noon = datetime(2021, 4, 22, 12, 0, tzinfo=WIB)
    store.ledger.keep(make_page(ONE, read_at=noon.astimezone(UTC)))
    store.save(make_article(id=ONE))
    assert the_day(store).short == ["not read since it was over"]
    store.ledger.keep(make_page(ONE, read_at=datetime(2021, 4, 23, tzinfo=WIB).astimezone(UTC)))
    assert the_day(store).short == []


def test_a_day_that_is_not_over_is_not_short_for_that(store: Store) -> None:
    """Without it the report after every nightly run says that something is missing."""
    now = datetime.now(UTC).replace(microsecond=0)
    tomorrow = (now + timedelta(days=1)).astimezone(WIB).date()
    store.ledger.keep(make_page(ONE, index_day=make_day(tomorrow), read_at=now))
    store.save(make_article(id=ONE))
    assert the_day(store).short == []


def test_a_story_that_the_site_shows_in_part_is_stored_and_counted(store: Store) -> None:
    """Without it a story whose last page the site lost makes its day short without end, or counts as whole."""
    store.ledger.keep(make_page(ONE))
    store.save(make_article(id=ONE, complete=False, pages=2))
    day = the_day(store)
    assert (day.count(State.STORED), day.incomplete, day.short) == (1, 1, [])
    store.record_failure(make_failure(url=f"{story_url(ONE)}?page=2", article_id=ONE))
    assert the_day(store).short == ["1 failed"]
    for hours in (1, 13, 30):
        when = make_failure().failed_at + timedelta(hours=hours)
        failure = make_failure(url=f"{story_url(ONE)}?page=2", article_id=ONE, reason="HttpStatus 404", failed_at=when)
        store.record_failure(failure)
    assert (the_day(store).count(State.STORED), the_day(store).short) == (1, [])


def test_an_earlier_revision_does_not_speak_for_the_story(store: Store) -> None:
    """Without it a story with revisions is counted as often as it has them."""
    store.ledger.keep(make_page(ONE))
    for title in ("Satu", "Dua", "Tiga"):
        store.save(make_article(id=ONE, title=title))
    assert (the_day(store).listed, the_day(store).count(State.STORED)) == (1, 1)


def test_stories_that_only_links_speak_of_are_distinguished(store: Store) -> None:
    """Without it a story that the index never listed is not seen, or a link makes a complete day short."""
    store.ledger.keep(make_page(ONE))
    store.save(make_article(id=ONE))
    store.ledger.keep(make_links(ONE, TWO))
    store.ledger.keep(make_links(TWO, via="older", read_at=LATER))
    store.ledger.keep(make_links("2021/04/23/100000070", "2021/04/21/100000070"))
    day = the_day(store)
    assert [(story.entry, story.state, story.position, story.seen_on) for story in day.linked] == [
        (TWO, State.MISSING, None, URL)
    ]
    assert (day.listed, day.short) == (1, [])


def test_a_linked_story_that_another_day_lists_is_that_days_matter(store: Store) -> None:
    """Without it a story that was listed after midnight is reported as unlisted."""
    store.ledger.keep(make_page(TWO, index_day=make_day(date(2021, 4, 23))))
    store.ledger.keep(make_links(TWO))
    assert [day.linked for day in store.coverage(DAY, date(2021, 4, 23))] == [[], []]


def days(store: Store, since: date | None, until: date | None) -> list[tuple[int, list[str]]]:
    return [(day.day.day, day.short) for day in store.coverage(since, until)]


def test_a_range_has_every_day_of_it_oldest_first(store: Store) -> None:
    """Without it a day that was never requested is not counted as missing."""
    for number in (24, 21):
        page = make_page(f"2021/04/{number}/100000070", index_day=make_day(date(2021, 4, number)), read_at=LATER)
        store.ledger.keep(page)
        store.save(make_article(id=f"2021/04/{number}/100000070"))
    never = ["never requested"]
    assert days(store, None, None) == [(21, []), (24, [])]
    assert days(store, date(2021, 4, 22), date(2021, 4, 23)) == [(22, never), (23, never)]
    assert days(store, date(2021, 4, 20), None) == [(20, never), (21, []), (22, never), (23, never), (24, [])]
    assert days(store, None, date(2021, 4, 22)) == [(21, []), (22, never)]


def test_a_store_without_a_day_has_no_coverage_but_what_is_asked_of_it(store: Store) -> None:
    """Without it an empty store is called complete."""
    assert list(store.coverage()) == []
    assert days(store, DAY, None) == [(22, ["never requested"])]
    assert days(store, None, DAY) == [(22, ["never requested"])]
