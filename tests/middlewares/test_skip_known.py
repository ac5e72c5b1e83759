"""A story that is stored complete costs the site no request, unless it may have changed."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.errors import UnusableStore
from crawler.extensions.open_store import OpenStore
from crawler.middlewares.skip_known import SkipKnown, is_due
from crawler.storage import Known, State, Store
from tests.facts import make_entry, make_exclusion, make_page, make_visit
from tests.make import STORY, URL, StoppedBy, make_article, make_crawler, make_failure, story_url

NEW = story_url("2021/04/22/170000070")
FRONT = "https://www.kompas.com/global"
COUNT = "kompas/skip_known/stored"
PUBLISHED: Final = datetime(2021, 4, 22, 9, 6, tzinfo=UTC)
LONG_AFTER: Final = PUBLISHED + timedelta(days=100)
AGES: Final = [timedelta(hours=hours) for hours in (6, 24, 72)]
STORED: Final = Known(State.STORED, True, False, PUBLISHED, PUBLISHED, None, None, None, None)
"""Complete, and looked at in the minute of its publication."""


@pytest.fixture
def middleware(crawler: Crawler) -> SkipKnown:
    OpenStore.of(crawler).save(make_article(fetched_at=LONG_AFTER))
    return SkipKnown.from_crawler(crawler)


async def _each(outputs: list[Any]) -> AsyncIterator[Any]:
    for output in outputs:
        yield output


async def _gather(outputs: AsyncIterator[Any]) -> list[Any]:
    return [output async for output in outputs]


def passed(middleware: SkipKnown, *outputs: Any) -> list[Any]:
    """What of a callback's output is left."""
    return asyncio.run(_gather(middleware.process_spider_output(Response(FRONT), _each(list(outputs)))))


def test_a_stored_story_is_skipped_under_every_address_and_counted_once(
    middleware: SkipKnown, stats: dict[str, Any]
) -> None:
    """Without it every nightly run fetches the whole kanal anew."""
    addresses = (URL, f"{URL}?page=all", story_url(STORY), URL.replace("www.", "amp."))
    assert passed(middleware, *map(Request, addresses)) == []
    assert stats[COUNT] == 1


def test_what_a_list_asks_for_is_skipped_as_well(middleware: SkipKnown, stats: dict[str, Any]) -> None:
    """Without it a list that is given again is fetched again."""
    new = Request(NEW)
    assert asyncio.run(_gather(middleware.process_start(_each([Request(URL), new])))) == [new]
    assert stats[COUNT] == 1


def test_new_stories_listings_and_items_pass(middleware: SkipKnown, stats: dict[str, Any]) -> None:
    """Without it nothing new is ever read."""
    outputs = [Request(NEW), Request(FRONT), Request("https://indeks.kompas.com/?site=global"), make_article()]
    assert passed(middleware, *outputs) == outputs
    assert COUNT not in stats


def test_a_story_that_lacks_pages_is_asked_for_again(crawler: Crawler) -> None:
    """Without it half a story stays half for ever."""
    OpenStore.of(crawler).save(make_article(complete=False))
    request = Request(URL)
    assert passed(SkipKnown.from_crawler(crawler), request) == [request]


def test_a_page_asked_for_on_purpose_passes(middleware: SkipKnown) -> None:
    """Without it the second page of a story is dropped, and the story with it."""
    request = Request(f"{URL}?page=2", dont_filter=True)
    assert passed(middleware, request) == [request]


def test_what_this_run_asked_for_is_not_counted_as_known(
    crawler: Crawler, middleware: SkipKnown, stats: dict[str, Any]
) -> None:
    """Without it a run that reads a story and meets its link again tells one story too many."""
    passed(middleware, Request(NEW))
    OpenStore.of(crawler).save(make_article(id="2021/04/22/170000070"))
    request = Request(NEW)
    assert passed(middleware, request) == [request]
    assert COUNT not in stats


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
    """Without it a machine that was off for a week asks for each story three times."""
    assert fetches(1, 200, 201) == [200]
    assert fetches(7, 80, 81) == [7, 80]


def test_a_nightly_run_fetches_a_story_on_its_first_mornings_only() -> None:
    """Without it nobody knows what the schedule costs: two or three requests a story, and then none."""
    assert fetches(*(3 + 24 * night for night in range(30))) == [27, 75]
    assert fetches(*(20 + 24 * night for night in range(30))) == [20, 44, 92]


def test_a_story_that_was_first_met_old_is_not_fetched_again() -> None:
    """Without it a backfill costs twice what it should."""
    met = replace(STORED, visited_at=PUBLISHED + timedelta(days=1000))
    assert fetches(24 * 1001, 24 * 1002, known=met) == []


def test_no_age_means_no_second_fetch() -> None:
    """Without it an archive, which cannot change, is read again."""
    assert not is_due(STORED, PUBLISHED + timedelta(days=9), [])


FETCHED_AGAIN = {
    "never met": replace(STORED, state=State.MISSING, complete=False, published_at=None, visited_at=None),
    "failed": replace(STORED, state=State.FAILED, complete=False, failed=True, published_at=None, visited_at=None),
    "lacks pages": replace(STORED, complete=False, visited_at=LONG_AFTER),
    "failed since": replace(STORED, failed=True, visited_at=LONG_AFTER),
    "retitled since": replace(STORED, visited_at=LONG_AFTER, retitled_at=LONG_AFTER + timedelta(seconds=1)),
}
LEFT_ALONE = {
    "excluded": replace(STORED, state=State.EXCLUDED, complete=False, published_at=None, visited_at=None),
    "excluded and failed": replace(STORED, state=State.EXCLUDED, complete=False, failed=True, visited_at=None),
    "looked at": replace(STORED, visited_at=LONG_AFTER),
    "looked at since it was retitled": replace(STORED, visited_at=LONG_AFTER, retitled_at=LONG_AFTER),
}


@pytest.mark.parametrize("known", FETCHED_AGAIN.values(), ids=list(FETCHED_AGAIN))
def test_what_may_be_lacking_is_asked_for_whatever_its_age(known: Known) -> None:
    """Without it what went wrong once is never made good."""
    assert is_due(known, LONG_AFTER + timedelta(days=1), AGES)


@pytest.mark.parametrize("known", LEFT_ALONE.values(), ids=list(LEFT_ALONE))
def test_what_lacks_nothing_is_left_alone(known: Known) -> None:
    """Without it stories that nobody wants, or that are all in, are asked for every night."""
    assert not is_due(known, LONG_AFTER + timedelta(days=1), AGES)


def test_a_retitled_story_is_asked_for_on_the_condition_that_it_changed(crawler: Crawler) -> None:
    """Without it every look at a story costs the site a whole page."""
    store = OpenStore.of(crawler)
    seen = make_visit().visited_at
    store.save(make_article(fetched_at=seen))
    store.ledger.keep(make_page(make_entry(title="Lama"), read_at=seen))
    store.ledger.keep(make_visit(url=f"{URL}?page=all"))
    store.ledger.keep(make_page(make_entry(title="Baru"), read_at=seen + timedelta(hours=1)))
    (request,) = passed(SkipKnown.from_crawler(crawler), Request(f"{URL}?page=all"))
    assert request.headers["If-None-Match"] == b'"satu"'
    assert request.headers["If-Modified-Since"] == b"Thu, 22 Apr 2021 09:06:00 GMT"
    assert request.meta["handle_httpstatus_list"] == [304]


@pytest.mark.parametrize(
    ("visited", "complete", "failed"),
    [(f"{URL}-lain?page=all", True, False), (f"{URL}?page=all", False, False), (f"{URL}?page=all", True, True)],
    ids=["another address", "lacks pages", "failed since"],
)
def test_no_condition_where_the_answer_is_needed(crawler: Crawler, visited: str, complete: bool, failed: bool) -> None:
    """Without it "not modified" is all that is had of a story that is not stored whole, or of another address."""
    store = OpenStore.of(crawler)
    store.save(make_article(fetched_at=make_article().published_at, complete=complete))
    store.ledger.keep(make_visit(url=visited, visited_at=make_article().published_at))
    if failed:
        store.record_failure(make_failure())
    (request,) = passed(SkipKnown.from_crawler(crawler), Request(f"{URL}?page=all"))
    assert not {b"If-None-Match", b"If-Modified-Since"} & set(request.headers)
    assert "handle_httpstatus_list" not in request.meta


def test_an_archive_is_asked_for_what_is_not_stored_and_for_nothing_else(tmp_path: Path) -> None:
    """Without it each story of an archive is read again because it was young when it was captured."""
    crawler = make_crawler(tmp_path, KOMPAS_ARCHIVE="a.warc.gz", KOMPAS_REVISIT_HOURS="6")
    OpenStore.of(crawler).save(make_article(fetched_at=make_article().published_at))
    new = Request(NEW)
    assert passed(SkipKnown.from_crawler(crawler), Request(URL), new) == [new]
    OpenStore.of(crawler).close()


def test_what_is_skipped_is_counted_by_its_state(crawler: Crawler, stats: dict[str, Any]) -> None:
    """Without it a run tells stories as known that are none of ours."""
    OpenStore.of(crawler).ledger.keep(make_exclusion())
    assert passed(SkipKnown.from_crawler(crawler), Request(URL), Request(URL)) == []
    assert stats["kompas/skip_known/excluded"] == 1
    assert COUNT not in stats


def test_a_store_that_cannot_be_read_ends_the_run(crawler: Crawler, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the crawl asks for all that it has."""

    def refuse(self: Store, story: str) -> Known:
        raise UnusableStore("the store a.db cannot be read or written")

    monkeypatch.setattr(Store, "known", refuse)
    assert passed(SkipKnown.from_crawler(crawler), Request(URL)) == []
    engine: object = crawler.engine
    assert isinstance(engine, StoppedBy)
    assert engine.reasons == ["store_error"]
