"""Where a run begins: what an unfinished one left over, and which index days are still worth asking for."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request, signals
from scrapy.crawler import Crawler

from crawler.arguments import parse_arguments
from crawler.errors import UnusableStore
from crawler.extensions.open_store import OpenStore
from crawler.kompas.text.dates import WIB
from crawler.ledger_facts import INDEX_DAY
from crawler.middlewares.index_days import IndexDays, settled_at
from crawler.spiders.kompas_global import KompasGlobalSpider
from crawler.storage.ledger import Ledger
from crawler.storage.runs import Beginning
from tests.facts import ONE, THREE, TWO, make_day, make_links, make_page
from tests.make import URL, StoppedBy, make_article, story_url

NOW = datetime.now(UTC).replace(microsecond=0)
TODAY = NOW.astimezone(WIB).date()
OLD = date(2021, 4, 20)
JOB = "since=2021-04-20 until=2021-04-22"
RANGE = {"since": "2021-04-20", "until": "2021-04-22"}


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def start(crawler: Crawler, **given: str) -> list[Request]:
    """What a run with these arguments asks for first."""
    spider = KompasGlobalSpider(parse_arguments(given, NOW))
    spider.crawler = crawler
    crawler.spider = spider

    async def gathered() -> list[Request]:
        return [request async for request in IndexDays.from_crawler(crawler).process_start(spider.start())]

    return asyncio.run(gathered())


def days(requests: list[Request]) -> list[date]:
    return [request.meta[INDEX_DAY].day for request in requests if INDEX_DAY in request.meta]


def stories(requests: list[Request]) -> list[str]:
    return [request.url.partition("?")[0] for request in requests if "/read/" in request.url]


@pytest.fixture
def ledger(crawler: Crawler, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    """Of a crawl in which there is never anything left to wait for."""

    async def at_once(middleware: IndexDays) -> None:
        return

    monkeypatch.setattr(IndexDays, "_nothing_left", at_once)
    return OpenStore.of(crawler).ledger


@pytest.fixture
def earlier(crawler: Crawler, ledger: Ledger) -> Ledger:
    """A job of this range that was killed two hours ago goes on."""
    runs = OpenStore.of(crawler).runs
    runs.begin(Beginning(JOB, NOW - timedelta(hours=2), "mesin", 1, "1", "1"))
    run_id, started = runs.begin(Beginning(JOB, NOW, "mesin", 2, "1", "1"))
    extension = crawler.get_extension(OpenStore)
    assert extension is not None
    extension.run = type(extension.run)(run_id, NOW, started)
    return ledger


def walk(ledger: Ledger, day: date, when: datetime, *listed: str, ends: bool = True) -> None:
    ledger.keep(make_page(*listed, index_day=make_day(day), read_at=when, ends_day=ends))


def test_a_new_job_asks_for_every_day_of_its_range(ledger: Ledger, crawler: Crawler, stats: dict[str, Any]) -> None:
    """Without it a range that was read last year is not read again though somebody asks for it."""
    walk(ledger, OLD, NOW - timedelta(days=100), ONE)
    requests = start(crawler, **RANGE)
    assert days(requests) == [date(2021, 4, 22), date(2021, 4, 21), OLD]
    assert stories(requests) == []
    assert (stats["kompas/days/asked"], stats["kompas/resume/pending"]) == (3, 0)


def test_the_order_of_the_days_is_the_one_asked_for(ledger: Ledger, crawler: Crawler) -> None:
    """Without it a backfill that shall begin with the oldest ends with it."""
    requests = start(crawler, **RANGE, order="oldest")
    assert days(requests) == [OLD, date(2021, 4, 21), date(2021, 4, 22)]


def test_a_job_that_goes_on_leaves_out_the_days_that_it_walked(
    earlier: Ledger, crawler: Crawler, stats: dict[str, Any]
) -> None:
    """Without it a backfill of ten years that is killed every day never comes to its end."""
    walk(earlier, date(2021, 4, 22), NOW - timedelta(hours=1))
    walk(earlier, date(2021, 4, 21), NOW - timedelta(hours=3))
    walk(earlier, OLD, NOW - timedelta(hours=1), ends=False)
    assert days(start(crawler, **RANGE)) == [date(2021, 4, 21), OLD]
    assert (stats["kompas/days/asked"], stats["kompas/days/skipped"]) == (2, 1)


def test_what_an_unfinished_run_left_over_comes_first(earlier: Ledger, crawler: Crawler, stats: dict[str, Any]) -> None:
    """Without it the stories of a walked day that were not fetched yet are lost with the run that was killed."""
    walk(earlier, date(2021, 4, 22), NOW - timedelta(hours=1), ONE, TWO)
    OpenStore.of(crawler).save(make_article(id=TWO))
    earlier.keep(make_links(THREE, depth=2, read_at=NOW - timedelta(hours=1)))
    first, second, *rest = start(crawler, **RANGE)
    assert (first.url, second.url) == (f"{story_url(ONE)}?page=all", f"{story_url(THREE)}?page=all")
    assert (first.cb_kwargs["depth"], second.cb_kwargs["depth"]) == (0, 2)
    assert (first.cb_kwargs["discovery"].via, first.cb_kwargs["discovery"].from_url) == (
        "index",
        make_day(date(2021, 4, 22)).url,
    )
    assert (second.cb_kwargs["discovery"].via, second.cb_kwargs["discovery"].from_url) == ("latest", URL)
    assert len(rest) == 2
    assert stats["kompas/resume/pending"] == 2


def test_a_day_that_may_still_gain_stories_is_walked_again_though_the_job_goes_on(
    earlier: Ledger, crawler: Crawler
) -> None:
    """Without it a range that ends today misses what was published while it was killed."""
    for number in range(5):
        walk(earlier, ago(number), NOW)
    assert days(start(crawler, since=str(ago(4)))) == [ago(0), ago(1), ago(2)]


def test_a_list_of_addresses_has_no_left_overs(earlier: Ledger, crawler: Crawler, tmp_path: Any) -> None:
    """Without it whoever asks for one story is given a night's work."""
    walk(earlier, date(2021, 4, 22), NOW, ONE)
    (tmp_path / "urls.txt").write_text(f"{story_url(TWO)}\n{make_day(OLD).url}&page=3\n")
    walk(earlier, OLD, NOW)
    requests = start(crawler, urls=str(tmp_path / "urls.txt"))
    assert (days(requests), stories(requests)) == ([OLD], [story_url(TWO)])


def test_a_daily_run_in_a_new_store_reads_today_and_yesterday(ledger: Ledger, crawler: Crawler) -> None:
    """Without it the first night of a new user asks for two weeks."""
    requests = start(crawler)
    assert days(requests) == [ago(0), ago(1)]
    assert [request.url for request in requests[2:]] == [
        "https://www.kompas.com/global",
        "https://internasional.kompas.com/",
    ]


def test_a_daily_run_finishes_what_earlier_ones_began(ledger: Ledger, crawler: Crawler) -> None:
    """Without it a day that gained stories after its last run, or a week in which the machine was off, stays short."""
    for number in (10, 9):
        walk(ledger, ago(number), settled_at(ago(number)))
    walk(ledger, ago(8), settled_at(ago(8)) - timedelta(seconds=1))
    walk(ledger, ago(7), NOW, ends=False)
    assert days(start(crawler)) == [ago(number) for number in range(9)]


def test_a_daily_run_goes_back_no_further_than_the_first_day_ever_asked_for(ledger: Ledger, crawler: Crawler) -> None:
    """Without it the second night of a new store asks for days before it."""
    walk(ledger, ago(3), NOW - timedelta(days=2))
    assert days(start(crawler)) == [ago(0), ago(1), ago(2), ago(3)]


def test_a_store_that_was_left_alone_for_long_is_not_caught_up_unasked(ledger: Ledger, crawler: Crawler) -> None:
    """Without it a machine that is switched on after a year asks the site for all of it in one night."""
    walk(ledger, ago(20), NOW - timedelta(days=19))
    assert days(start(crawler)) == [ago(0), ago(1)]


def test_an_old_range_does_not_make_a_daily_run_fill_the_years_between(ledger: Ledger, crawler: Crawler) -> None:
    """Without it a look at one day of 2021 is a backfill of five years."""
    walk(ledger, OLD, NOW)
    assert days(start(crawler)) == [ago(0), ago(1)]


def test_a_day_that_is_asked_for_is_in_the_ledger_before_its_request(ledger: Ledger, crawler: Crawler) -> None:
    """Without it a day whose first page never came is told as one that nobody wanted."""
    start(crawler, since="2021-04-20", until="2021-04-20")
    (day,) = OpenStore.of(crawler).coverage()
    assert (day.day, day.asked, day.short) == (OLD, True, ["not read to its end"])


def test_both_kanals_of_a_day_are_expected_as_soon_as_one_is_asked_for(
    ledger: Ledger, crawler: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it a run that was killed between the two lists leaves half a day that is told as whole."""
    day = date(2020, 1, 5)

    async def killed(middleware: IndexDays) -> None:
        raise UnusableStore("here it ends")

    monkeypatch.setattr(IndexDays, "_nothing_left", killed)
    assert len(start(crawler, since=str(day), until=str(day))) == 1
    ledger.keep(make_page(ONE, index_day=make_day(day, "internasional"), read_at=NOW))
    (covered,) = OpenStore.of(crawler).coverage()
    assert covered.walked_at is None


@pytest.mark.parametrize("busy", ["downloads", "reads", "will ask"])
def test_a_day_waits_until_nothing_of_the_one_before_is_left(crawler: Crawler, busy: str) -> None:
    """Without it days mix, so that a run that ends early has begun several and finished none."""
    states = {busy}
    slot = SimpleNamespace(is_idle=lambda: "reads" not in states)
    scheduler = SimpleNamespace(has_pending_requests=lambda: "will ask" in states)
    downloader = SimpleNamespace()
    engine: Any = SimpleNamespace(downloader=downloader, scraper=SimpleNamespace(slot=slot), scheduler=scheduler)
    crawler.engine = engine

    async def waited() -> list[bool]:
        downloader.active = states & {"downloads"}
        waiting = asyncio.ensure_future(IndexDays.from_crawler(crawler)._nothing_left())
        seen = []
        for state in (busy, "", ""):
            await asyncio.sleep(0)
            states.clear()
            states.add(state)
            downloader.active = states & {"downloads"}
            crawler.signals.send_catch_log(signals.scheduler_empty)
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            seen.append(waiting.done())
        return seen

    assert asyncio.run(waited()) == [False, True, True]


def test_a_store_that_cannot_be_read_ends_the_run(
    ledger: Ledger, crawler: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it the crawl goes on without knowing what it has."""

    def refuse(self: Ledger, since: datetime) -> list[Any]:
        raise UnusableStore("the store a.db cannot be read or written")

    monkeypatch.setattr(Ledger, "pending", refuse)
    assert start(crawler, **RANGE) == []
    engine: object = crawler.engine
    assert isinstance(engine, StoppedBy)
    assert engine.reasons == ["store_error"]
