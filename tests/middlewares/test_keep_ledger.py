"""What the spider saw is in the ledger before anything that follows from it is asked for."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.errors import UnusableStore
from crawler.extensions.open_store import OpenStore
from crawler.ledger_facts import Fact
from crawler.middlewares.keep_ledger import KeepLedger
from crawler.middlewares.skip_known import SkipKnown
from crawler.storage import State
from crawler.storage.ledger import Ledger
from tests.facts import DAY, ONE, SEEN, TWO, make_day, make_exclusion, make_links, make_page, make_visit
from tests.make import StoppedBy, make_article, make_failure, story_url

ANSWER = Response(make_day().url)


async def each(outputs: list[Any]) -> AsyncIterator[Any]:
    for output in outputs:
        yield output


async def gather(outputs: AsyncIterator[Any]) -> list[Any]:
    return [output async for output in outputs]


def passed(crawler: Crawler, *outputs: Any) -> list[Any]:
    """What of a callback's output is left."""
    middleware = KeepLedger.from_crawler(crawler)
    return asyncio.run(gather(middleware.process_spider_output(ANSWER, each(list(outputs)))))


def test_facts_are_kept_and_go_no_further(crawler: Crawler) -> None:
    """Without it the pipelines write a day behind the stories that it led to, and a kill in between loses those."""
    store = OpenStore.of(crawler)
    assert passed(crawler, make_page(ONE), make_links(TWO), make_exclusion()) == []
    (day,) = store.coverage(DAY, DAY)
    assert ([story.entry for story in day.stories], [story.entry for story in day.linked]) == ([ONE], [TWO])
    assert store.known(make_exclusion().article_id).state is State.EXCLUDED


def test_stories_failures_requests_and_visits_pass(crawler: Crawler) -> None:
    """Without it nothing is stored, or a visit is noted whose article was lost."""
    outputs = [Request(story_url(ONE)), make_article(), make_failure(), make_visit()]
    assert passed(crawler, *outputs) == outputs
    assert OpenStore.of(crawler).known(make_visit().article_id).visited_url is None


def test_a_page_is_in_the_ledger_before_its_stories_are_asked_for(crawler: Crawler) -> None:
    """Without it a kill between the two leaves stories that were asked for and that nobody knows of."""
    store = OpenStore.of(crawler)

    async def listed_at_request() -> list[int]:
        outputs = each([make_page(ONE), Request(story_url(ONE)), make_links(TWO), Request(story_url(TWO))])
        kept = KeepLedger.from_crawler(crawler).process_spider_output(ANSWER, outputs)
        return [len(store.ledger.pending(SEEN)) async for _ in kept]

    assert asyncio.run(listed_at_request()) == [1, 2]


def test_a_headline_that_changed_on_the_list_is_known_to_whoever_decides_about_the_story(crawler: Crawler) -> None:
    """Without it a story that was rewritten is fetched one night late."""
    page = make_page(ONE)
    store = OpenStore.of(crawler)
    store.save(make_article(id=ONE, fetched_at=SEEN))
    store.ledger.keep(page)
    page.entries[0].title = "Judul Baru"
    page.read_at = SEEN.replace(hour=SEEN.hour + 1)
    request = Request(story_url(ONE))
    kept = KeepLedger.from_crawler(crawler).process_spider_output(ANSWER, each([page, request]))
    assert asyncio.run(gather(SkipKnown.from_crawler(crawler).process_spider_output(ANSWER, kept))) == [request]


def test_a_store_that_cannot_write_ends_the_run(
    crawler: Crawler, stats: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it the crawl goes on and asks for stories that no ledger knows of."""

    def refuse(self: Ledger, fact: Fact) -> None:
        raise UnusableStore("the store a.db cannot grow because the disk is full")

    monkeypatch.setattr(Ledger, "keep", refuse)
    assert passed(crawler, make_page(ONE), Request(story_url(ONE))) == []
    engine: object = crawler.engine
    assert isinstance(engine, StoppedBy)
    assert engine.reasons == ["store_error"]
    assert stats["kompas/run/store_error"] == "the store a.db cannot grow because the disk is full"
