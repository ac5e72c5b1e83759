"""A fault of the program is on record with the address of what it was about."""

import asyncio
from typing import Any, cast

import pytest
from scrapy.crawler import Crawler
from twisted.python.failure import Failure as TwistedFailure

from crawler.errors import UnusableStore
from crawler.extensions.open_store import OpenStore
from crawler.extensions.unexpected import UnexpectedErrors
from crawler.items import Failure
from crawler.ledger_facts import Fact
from crawler.storage import Store
from crawler.story_item import StoryItem
from tests.facts import DAY, ONE, make_day, make_links, make_page
from tests.make import STORY, URL, StoppedBy, make_failure, make_story_item

FAULT = TwistedFailure(KeyError("judul"))  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(
    ("item", "url", "story"),
    [
        (make_story_item(), URL, STORY),
        (make_failure(), URL, STORY),
        (make_links(ONE), URL, STORY),
        (make_page(ONE), make_day(DAY).url, None),
    ],
    ids=["article", "failure", "links", "index page"],
)
def test_a_fault_of_a_pipeline_belongs_to_the_page_of_its_item(
    item: StoryItem | Failure | Fact, url: str, story: str | None, crawler: Crawler, stats: dict[str, Any]
) -> None:
    """Without it a story that no pipeline can take is lost silently."""
    UnexpectedErrors.from_crawler(crawler).note_item_error(item, FAULT)
    (failure,) = OpenStore.of(crawler).failures()
    assert (failure["url"], failure["article_id"]) == (url, story)
    assert (failure["reason"], failure["detail"]) == ("Unexpected KeyError", "'judul'")
    assert stats["kompas/failed/Unexpected KeyError"] == 1


def test_a_fault_in_start_of_a_spider_without_a_plan_belongs_to_the_site(crawler: Crawler) -> None:
    """Without it the fault is followed by another one, and nothing is on record."""
    UnexpectedErrors.from_crawler(crawler).note_spider_error(FAULT, None)
    (failure,) = OpenStore.of(crawler).failures()
    assert (failure["url"], failure["article_id"]) == ("https://www.kompas.com/global", None)


def test_a_store_that_cannot_take_it_ends_the_run(crawler: Crawler, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the run goes on and fetches what it cannot keep."""

    def refuse(self: Store, failure: Failure) -> None:
        raise UnusableStore("the disk is full")

    async def in_a_run() -> None:
        UnexpectedErrors.from_crawler(crawler).note_item_error(make_story_item(), FAULT)
        await asyncio.sleep(0)

    monkeypatch.setattr(Store, "record_failure", refuse)
    asyncio.run(in_a_run())
    assert cast("StoppedBy", crawler.engine).reasons == ["store_error"]
