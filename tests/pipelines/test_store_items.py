"""The last step: what leaves for the feed, what is counted, and what a store that fails does to the run."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
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
from crawler.pipelines.store_items import BATCH, StoreItems
from crawler.pipelines.watch_gains import WatchGains
from crawler.story_item import StoryItem
from tests.conftest import ROOT
from tests.facts import ONE, make_exclusion, make_links, make_page, make_visit
from tests.make import URL, StoppedBy, make_article, make_crawler, make_failure, make_story_item
from tests.runs import query


def process(crawler: Crawler, item: Article | Failure | Fact) -> Any:
    given = make_story_item(item) if isinstance(item, Article) else item

    async def in_a_run() -> Article | Failure | Fact:
        try:
            return StoreItems.from_crawler(crawler).process_item(given)
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


def test_what_the_reading_of_a_story_counts_is_counted(crawler: Crawler, stats: dict[str, Any]) -> None:
    """Without it no verdict sees that a layout or a fact is missing; a known story was read like any other."""
    item = make_story_item(counts=["layout/read", "reading/read/title"], facts=frozenset({"has/p"}))
    pipeline = StoreItems.from_crawler(crawler)
    pipeline.process_item(item)
    with pytest.raises(DropItem):
        pipeline.process_item(item)
    counted = {name: stats[f"kompas/{name}"] for name in ("layout/read", "reading/read/title", "reading/read/has/p")}
    assert set(counted.values()) == {2}


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

    def refuse(self: object, *_: object) -> None:
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


@pytest.fixture
def reads_archive(tmp_path: Path) -> Iterator[StoreItems]:
    """The pipeline of a run that reads an archive."""
    made = make_crawler(tmp_path, {"archive": str(ROOT / "samples" / "kompas_lookalike.warc.gz")})
    yield StoreItems.from_crawler(made)
    OpenStore.of(made).close()


def stored(pipeline: StoreItems) -> int:
    """Return how many stories another connection sees."""
    return len(query(Path(pipeline.store.target), "select 1 from articles"))


def stories(number: int) -> list[StoryItem]:
    return [make_story_item(make_article(id=f"2021/04/22/1000{at:05}")) for at in range(number)]


def test_the_stories_of_an_archive_are_durable_in_batches(reads_archive: StoreItems) -> None:
    """Each batch is one transaction, the last one ends with the run, and only what is durable is counted."""
    seen = []
    for item in stories(BATCH + 3):
        reads_archive.process_item(item)
        seen.append((stored(reads_archive), reads_archive.stats.get_value("kompas/store/new", 0)))
    assert seen == [(0, 0)] * (BATCH - 1) + [(BATCH, BATCH)] * 4
    reads_archive.close_spider()
    assert (stored(reads_archive), reads_archive.stats.get_value("kompas/store/new")) == (BATCH + 3, BATCH + 3)


def test_what_a_crawl_stores_is_durable_at_once(crawler: Crawler) -> None:
    """A kill must not lose a story for which the site would have to be asked again."""
    for number, item in enumerate(stories(3), start=1):
        process(crawler, item.article)
        assert len(query(Path(OpenStore.of(crawler).target), "select 1 from articles")) == number


def test_a_fault_in_one_item_of_a_batch_costs_that_item(
    reads_archive: StoreItems, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of ours in the middle of a story leaves no half of it, and the other stories of the batch."""
    first, second, third = stories(3)

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    reads_archive.process_item(first)
    with monkeypatch.context() as broken:
        broken.setattr("crawler.storage.saving.label", fail)
        with pytest.raises(ZeroDivisionError):
            reads_archive.process_item(replace(second, counts=["layout/read"]))
    reads_archive.process_item(third)
    reads_archive.close_spider()
    assert [article.id for article in reads_archive.store.articles()] == [first.article.id, third.article.id]
    counted = reads_archive.stats.get_stats()
    assert (counted["kompas/store/new"], counted.get("kompas/layout/read")) == (2, None)


def test_a_store_that_fails_in_a_batch_keeps_and_counts_nothing_of_it(
    reads_archive: StoreItems, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The verdict of the run must not count stories that the store does not have."""

    def refuse(*_: object) -> None:
        raise UnusableStore("the store a.db cannot grow because the disk is full")

    async def in_a_run() -> None:
        first, second = stories(2)
        reads_archive.process_item(first)
        monkeypatch.setattr("crawler.storage.saving.label", refuse)
        with pytest.raises(DropItem, match="the disk is full"):
            reads_archive.process_item(second)
        reads_archive.close_spider()
        await asyncio.sleep(0)  # the end of the run

    asyncio.run(in_a_run())
    assert stored(reads_archive) == 0
    assert reads_archive.stats.get_value("kompas/store/new") is None
    assert "the disk is full" in reads_archive.stats.get_value("kompas/run/store_error")


def test_a_story_is_one_transaction_with_its_links_its_visit_and_its_marks(
    crawler: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A story without its links would never lead to its neighbours; links without their story are read again."""
    item = make_story_item(links=make_links(ONE), visit=make_visit(), facts=frozenset({"has/div.promo"}))
    tables = ("articles", "sightings", "visits", "suspects")

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    def rows() -> list[int]:
        return [len(query(Path(OpenStore.of(crawler).target), f"select 1 from {table}")) for table in tables]

    with monkeypatch.context() as broken:
        broken.setattr("crawler.storage.saving.label", fail)
        with pytest.raises(ZeroDivisionError):
            StoreItems.from_crawler(crawler).process_item(item)
    assert rows() == [0, 0, 0, 0]
    assert StoreItems.from_crawler(crawler).process_item(item) == item.article
    assert rows() == [1, 1, 1, 1]
    assert OpenStore.of(crawler).known(item.article.id).etag == make_visit().etag


def test_a_story_that_is_held_back_keeps_its_links_and_is_not_due_at_once(
    crawler: Crawler, stats: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A revision storm holds back what is stored of a story, not what its page says about others."""
    process(crawler, make_article())
    later = make_article(title="Judul Lain", fetched_at=make_article().fetched_at + timedelta(days=1))
    monkeypatch.setattr(WatchGains, "holds", lambda *_: True)
    held = make_story_item(later, links=make_links(ONE))
    with pytest.raises(DropItem, match=f"held back: {later.id} Judul Lain"):
        StoreItems.from_crawler(crawler).process_item(held)
    store = OpenStore.of(crawler)
    assert [article.title for article in store.articles()] == [make_article().title]
    assert store.known(later.id).visited_at == later.fetched_at
    assert own(stats) == {"kompas/store/new": 1, "kompas/store/held": 1}
    assert query(Path(store.target), "select article_id from sightings") == [(ONE,)]
