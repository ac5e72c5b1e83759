"""What the runs after the first one ask the site for: the index, and what may have changed. Nothing else."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from crawler.kompas.text.dates import WIB
from crawler.storage import State, Store
from tests.conftest import Crawl
from tests.facts import make_day, make_page
from tests.runs import covered, crawl_range, index_pages, make_due, query, robots_asked, stories_asked
from tests.site import faults
from tests.site.living import Living
from tests.site.server import LookAlike
from tests.test_whole_crawl import FAST

FIRST, SECOND = date(2026, 4, 16), date(2026, 4, 17)
INDEX_ALONE = ("-a", "latest_depth=0")
INDEX = [f"{day}{page}" for day in (SECOND, FIRST) for page in ("", "&page=2")]
"""One day fills two pages; the other might, as it has ten entries and no links to pages."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


def test_a_later_run_costs_the_index_and_what_is_new_on_it(crawl: Crawl, path: Path) -> None:
    """Without it a nightly run costs the site what a first one does, or misses what came in late."""
    site = Living(FIRST, SECOND)
    newest, renamed, foreign, *_ = site.listed(SECOND)
    site.hidden = {newest}
    site.foreign = {foreign}
    with LookAlike(site) as served:
        first = crawl_range(crawl, served, FIRST, SECOND, *INDEX_ALONE)
        assert first.status == 0, first.stderr[-3000:]
        index, robots = index_pages(served), robots_asked(served)
        assert index == INDEX
        assert len(served.requests) == len(index) + robots + len(set(stories_asked(served)))

        served.requests.clear()
        second = crawl_range(crawl, served, FIRST, SECOND, *INDEX_ALONE)
        assert second.status == 0, second.stderr[-3000:]
        assert index_pages(served) == index
        assert len(served.requests) == len(index) + 1  # robots.txt of the one host that was asked
        assert second.records == []

        site.hidden = set()
        site.change(renamed, title="Judul yang Sama Sekali Lain")
        served.requests.clear()
        third = crawl_range(crawl, served, FIRST, SECOND, *INDEX_ALONE)
        assert sorted(stories_asked(served)) == sorted([newest, renamed])
        assert {(record["id"], record["revision"]) for record in third.records} == {(newest, 1), (renamed, 2)}

        served.requests.clear()
        assert crawl_range(crawl, served, FIRST, SECOND, *INDEX_ALONE).status == 0
        assert len(served.requests) == len(index) + 1
    day = covered(path, SECOND, SECOND)[0]
    assert (day.short, day.count(State.MISSING)) == ([], 0)
    reasons = {story.entry: story.reason for story in day.stories if story.state is State.EXCLUDED}
    assert reasons.pop(foreign) == "OtherSection"
    assert set(reasons.values()) == {"other_section"}
    assert query(path, "select entry from listed where retitled_at is not null") == [(renamed,)]


def test_what_is_young_is_requested_on_condition_and_what_changed_is_a_revision(crawl: Crawl, path: Path) -> None:
    """Without it a look at a story that did not change costs a whole page, or makes a revision."""
    site = Living(FIRST)
    edited, paged, *others = site.listed(FIRST)
    site.change(paged, whole_on_request=False, breaks=(4,))
    with LookAlike(site, validators=True) as served:
        crawl_range(crawl, served, FIRST, FIRST)
        assert not any("If-None-Match" in asked.headers for asked in served.requests)
        make_due(path)
        served.requests.clear()
        site.change(edited, pieces=site.stories[edited].pieces[1:])
        site.change(paged, pieces=site.stories[paged].pieces[:-1])  # page 1 stays as it is
        run = crawl_range(crawl, served, FIRST, FIRST)
        assert run.status == 0, run.stderr[-3000:]
        assert {(record["id"], record["revision"]) for record in run.records} == {(edited, 2), (paged, 2)}
        assert sorted(set(stories_asked(served))) == sorted(site.listed(FIRST))
        asked_on_condition = [asked for asked in served.requests if "If-None-Match" in asked.headers]
        assert len(asked_on_condition) == len(others) + 1

        served.requests.clear()
        crawl_range(crawl, served, FIRST, FIRST)
        assert stories_asked(served) == []
    assert query(path, "select count(*), count(distinct id) from articles") == [(13, 11)]
    assert query(path, "select count(*) from visits where etag is null") == [(1,)]


def test_a_story_that_lacks_a_page_is_requested_again_until_it_is_whole(crawl: Crawl, path: Path) -> None:
    """Without it half a story stays half, or is read again and again when it is whole."""
    site = Living(FIRST)
    story = site.change(site.listed(FIRST)[0], whole_on_request=False, breaks=(4,))
    with LookAlike(site, faults={story.page_url(2): faults.first(1, faults.status(500))}) as served:
        run = crawl_range(crawl, served, FIRST, FIRST, *INDEX_ALONE)
        assert run.status == 1
        assert [(day.short, day.incomplete) for day in covered(path)] == [(["1 failed"], 0)]
        served.requests.clear()
        run = crawl_range(crawl, served, FIRST, FIRST, *INDEX_ALONE)
        assert set(stories_asked(served)) == {story.id}
        assert run.status == 0, run.stderr[-3000:]
        assert [(record["id"], record["complete"], record["revision"]) for record in run.records] == [
            (story.id, True, 1)
        ]
    assert [day.short for day in covered(path)] == [[]]
    assert query(path, "select count(*) from failures") == [(0,)]


def test_a_daily_run_makes_good_the_days_in_which_the_machine_was_off(crawl: Crawl, path: Path) -> None:
    """Without it a power cut of a week is a hole that only a person finds."""
    now = datetime.now(UTC).replace(microsecond=0)
    today = now.astimezone(WIB).date()
    last_run = now - timedelta(days=5)
    with_store = Store(str(path))
    for days in (5, 6):
        with_store.ledger.keep(make_page(index_day=make_day(today - timedelta(days=days)), read_at=last_run))
    with_store.close()
    with LookAlike() as served:
        crawl(*FAST, env=served.env())
        asked = dict.fromkeys(index_pages(served))  # a day that lists nothing is requested under several names
        assert list(asked) == [str(today - timedelta(days=days)) for days in range(7)]
    assert [day.short for day in covered(path)] == [*[["lists nothing"]] * 6, []], "today is not over"
