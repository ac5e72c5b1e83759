"""The last step: what leaves for the feed, what is counted, and what a store that fails does to the run."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.errors import UnusableStore
from crawler.extensions.open_store import OpenStore
from crawler.items import Article, Failure
from crawler.ledger_facts import Exclusion, Fact, IndexPage, Links, Visit
from crawler.pipelines.store_items import StoreItems
from tests.facts import ONE, make_exclusion, make_links, make_page, make_visit
from tests.make import URL, StoppedBy, make_article, make_failure
from tests.runs import query


def process(crawler: Crawler, item: Article | Failure | Fact) -> Any:
    async def in_a_run() -> Article | Failure | Fact:
        try:
            return StoreItems.from_crawler(crawler).process_item(item)
        finally:
            await asyncio.sleep(0)  # the end of the run, where a test requests it

    return asyncio.run(in_a_run())


def own(stats: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in stats.items() if name.startswith("kompas/")}


def test_a_new_story_is_stored_and_leaves_for_the_feed(crawler: Crawler, stats: dict[str, Any]) -> None:
    """Without it the feed lacks what the store has."""
    assert process(crawler, make_article()) == make_article()
    assert list(OpenStore.of(crawler).articles()) == [make_article()]
    assert own(stats) == {"kompas/store/new": 1}


def test_a_revised_story_leaves_with_its_number(crawler: Crawler, stats: dict[str, Any]) -> None:
    """Without it a reader of the feed cannot distinguish a correction from a new story."""
    process(crawler, make_article())
    assert process(crawler, make_article(title="Judul Lain")).revision == 2
    assert own(stats) == {"kompas/store/new": 1, "kompas/store/revised": 1}


def test_a_known_story_does_not_leave_and_is_no_warning(crawler: Crawler, stats: dict[str, Any]) -> None:
    """Without it every night's feed holds all that was ever read."""
    process(crawler, make_article())
    with pytest.raises(DropItem, match=f"known: {make_article().id} {make_article().title}") as drop:
        process(crawler, make_article())
    assert drop.value.log_level == "INFO"
    assert own(stats) == {"kompas/store/new": 1, "kompas/store/known": 1}


def test_stories_that_no_layout_reads_are_counted_with_the_first_as_example(
    crawler: Crawler, stats: dict[str, Any]
) -> None:
    """Without it the verdict cannot name a page of the changed markup; an index page is no such example."""
    process(crawler, make_failure(url="https://indeks.kompas.com/", reason="UnknownLayout", article_id=None))
    for url in (URL, f"{URL}x"):
        process(crawler, make_failure(url=url, reason="UnknownLayout"))
    unread = {"kompas/unread/stories": 2, "kompas/unread/example": URL}
    assert own(stats) == {"kompas/failed/UnknownLayout": 3, "kompas/failed_index/UnknownLayout": 1, **unread}


def test_a_story_that_lacks_pages_is_counted_and_its_completion_leaves(crawler: Crawler, stats: dict[str, Any]) -> None:
    """Without it the run does not say that stories lack pages, and the whole one never reaches the feed."""
    process(crawler, make_article(complete=False))
    assert own(stats) == {"kompas/store/new": 1, "kompas/store/incomplete": 1}
    assert process(crawler, make_article()).complete
    assert stats["kompas/store/completed"] == 1
    assert stats["kompas/store/incomplete"] == 1


def test_a_failure_is_stored_counted_by_reason_and_handed_on(crawler: Crawler, stats: dict[str, Any]) -> None:
    """Without it a story that could not be read is lost, or the brake never sees it."""
    assert process(crawler, make_failure()) == make_failure()
    assert [row["url"] for row in OpenStore.of(crawler).failures()] == [make_failure().url]
    assert own(stats) == {"kompas/failed/Timeout": 1}


def test_an_index_page_that_failed_is_counted_as_one(crawler: Crawler, stats: dict[str, Any]) -> None:
    """Without it a day that ended by an error is one more failed story."""
    process(crawler, make_failure(article_id=None))
    assert own(stats) == {"kompas/failed/Timeout": 1, "kompas/failed_index/Timeout": 1}


def test_a_story_that_becomes_gone_is_no_failure_of_the_run(crawler: Crawler, stats: dict[str, Any]) -> None:
    """Without it a run with a story that is lost is unhealthy once more than it need be."""
    for hours in (0, 13, 26):
        when = make_failure().failed_at + timedelta(hours=hours)
        process(crawler, make_failure(reason="EmptyStory", failed_at=when))
    assert own(stats) == {"kompas/failed/EmptyStory": 2, "kompas/gone/EmptyStory": 1}


@pytest.mark.parametrize("fact", [make_page(ONE), make_links(ONE), make_exclusion(), make_visit()], ids=type)
def test_a_fact_is_in_the_ledger_and_handed_on(crawler: Crawler, stats: dict[str, Any], fact: Fact) -> None:
    """Without it the ledger has a hole where one kind of fact should be."""
    tables = {IndexPage: "listed", Links: "sightings", Exclusion: "exclusions", Visit: "visits"}
    assert process(crawler, fact) is fact
    database = Path(OpenStore.of(crawler).target)
    assert [len(query(database, f"select 1 from {table}")) for table in tables.values()] == [
        int(isinstance(fact, kind)) for kind in tables
    ]
    assert own(stats) == {}


@pytest.mark.parametrize(
    ("item", "act"),
    [(make_article(), "Store.save"), (make_failure(), "Store.record_failure"), (make_page(ONE), "ledger.Ledger.keep")],
    ids=["article", "failure", "fact"],
)
def test_a_store_that_cannot_write_ends_the_run_with_its_reason(
    crawler: Crawler, stats: dict[str, Any], monkeypatch: pytest.MonkeyPatch, item: Article | Failure | Fact, act: str
) -> None:
    """Without it the crawl goes on asking the site for pages that it cannot keep."""

    def refuse(self: object, item: object, likeness: object = None) -> None:
        raise UnusableStore("the store a.db cannot grow because the disk is full")

    monkeypatch.setattr(f"crawler.storage.{act}", refuse)
    with pytest.raises(DropItem, match="the disk is full") as drop:
        process(crawler, item)
    assert drop.value.log_level == "ERROR"
    engine: object = crawler.engine
    assert isinstance(engine, StoppedBy)
    assert engine.reasons == ["store_error"]
    said = "the store a.db cannot grow because the disk is full"
    assert own(stats) == {"kompas/run/store_error": said, "kompas/run/ended_by": said}
