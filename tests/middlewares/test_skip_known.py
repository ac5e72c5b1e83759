"""A story that is stored complete costs the site no request."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.extensions.open_store import OpenStore
from crawler.middlewares.skip_known import SkipKnown
from tests.make import STORY, URL, make_article, story_url

NEW = story_url("2021/04/22/170000070")
FRONT = "https://www.kompas.com/global"
COUNT = "kompas/skip_known/stored"


@pytest.fixture
def middleware(crawler: Crawler) -> SkipKnown:
    OpenStore.of(crawler).save(make_article())
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
