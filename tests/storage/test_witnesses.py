"""Which stories that other pages name are held against the index of their day."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.storage import Store
from crawler.storage.witnesses import published_by_id
from tests.facts import DAY, ONE, SEEN, THREE, TWO, make_day, make_exclusion, make_links, make_page
from tests.make import WIB, make_failure, story_url


def named(store: Store) -> dict[str, bool]:
    """Address of each story that is held against the index -> whether it is listed."""
    return {story.url: story.listed for story in store.named_stories(SEEN)}


@pytest.fixture
def index(store: Store) -> Store:
    """A day that lists one story."""
    store.ledger.keep(make_page(ONE))
    return store


@pytest.mark.parametrize("via", ["sitemap", "undated", "section", "latest", "older"])
def test_a_story_that_a_witness_names_is_listed_or_not(index: Store, via: str) -> None:
    """Without it the stories that the index leaves out are not counted."""
    index.ledger.keep(make_links(ONE, TWO, via=via))
    assert named(index) == {story_url(TWO): False, story_url(ONE): True}


def test_baca_juga_is_no_witness(index: Store) -> None:
    """Without it old stories count, whose days listed others then."""
    index.ledger.keep(make_links(TWO, via="related"))
    assert named(index) == {}


def test_a_story_of_another_day_that_was_not_read_is_left_out(index: Store) -> None:
    """Without it every story of a day that was never requested is reported as unlisted."""
    index.ledger.keep(make_links("2021/04/21/100000070", "2021/04/23/100000070"))
    assert named(index) == {}


def test_a_story_that_came_after_its_day_was_read_is_left_out(index: Store) -> None:
    """Without it the newest story of every night is reported as unlisted."""
    now = datetime.now(UTC).replace(microsecond=0)
    today = now.astimezone(WIB).date()
    if now.astimezone(WIB) - timedelta(hours=2) < datetime.combine(today, datetime.min.time(), WIB):
        pytest.skip("too early in the day")
    old, new = (f"{(now - timedelta(minutes=ago)).astimezone(WIB):%Y/%m/%d/%H%M%S}070" for ago in (70, 50))
    index.ledger.keep(make_page(f"{today:%Y/%m/%d}/000000170", index_day=make_day(today), read_at=now))
    index.ledger.keep(make_links(old, new, via="section"))
    assert named(index) == {story_url(old): False}


def test_stories_of_other_kanals_and_those_that_are_gone_are_left_out(index: Store) -> None:
    """Without it a stuck link of the section front is an alarm every night."""
    index.ledger.keep(make_links(TWO, THREE))
    index.ledger.keep(make_exclusion(TWO))
    for hours in (0, 13, 26):
        when = make_failure().failed_at + timedelta(hours=hours)
        failure = make_failure(url=story_url(THREE), article_id=THREE, reason="FrontInstead", failed_at=when)
        index.record_failure(failure)
    assert named(index) == {}


def test_a_day_that_lists_nothing_is_left_out(store: Store) -> None:
    """Without it one cause is reported twice: the day lists nothing, and lists none of its stories."""
    store.ledger.keep(make_page())
    store.ledger.keep(make_links(TWO))
    assert named(store) == {}


def test_an_id_without_a_clock_has_the_end_of_its_day() -> None:
    """Without it an odd id ends the run with a fault of the program."""
    assert published_by_id("2021/04/22/999999070") == datetime(2021, 4, 22, 23, 59, 59, tzinfo=WIB)
    assert published_by_id(ONE) == datetime.combine(DAY, datetime.min.time(), WIB) + timedelta(hours=10)
