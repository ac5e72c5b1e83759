"""The plan of a run: what an earlier run left over, and which index days are walked."""

import asyncio
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider

from crawler.clock import settled_at
from crawler.errors import UnusableStore
from crawler.extensions.crawl_plan import CrawlPlan
from crawler.extensions.open_store import OpenStore
from crawler.kompas.text.dates import WIB
from crawler.kompas.witnesses import SITEMAPS
from crawler.plan import Conditions
from crawler.storage import Store
from crawler.storage.ledger import Ledger
from crawler.storage.runs import Beginning
from tests.extensions.plans import NOW, days, plan_of, start, walk
from tests.facts import ONE, THREE, TREN, TWO, make_day, make_links, make_page
from tests.make import URL, StoppedBy, make_article, story_url

TODAY = NOW.astimezone(WIB).date()
OLD = date(2021, 4, 20)
JOB = "since=2021-04-20 until=2021-04-22"
RANGE = {"since": "2021-04-20", "until": "2021-04-22"}


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


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


def test_a_new_job_walks_every_day_of_its_range(ledger: Ledger, crawler: Crawler, stats: dict[str, Any]) -> None:
    """Without it a range that was read last year is not read again on request."""
    walk(ledger, OLD, NOW - timedelta(days=100), ONE)
    assert days(crawler, **RANGE) == [date(2021, 4, 22), date(2021, 4, 21), OLD]
    assert list(plan_of(crawler, **RANGE).pending()) == []
    assert (stats["kompas/days/asked"], stats["kompas/resume/pending"]) == (3, 0)


def test_the_order_of_the_days_is_the_one_of_the_arguments(crawler: Crawler) -> None:
    """Without it a backfill with the oldest day first ends with it."""
    assert days(crawler, **RANGE, order="oldest") == [OLD, date(2021, 4, 21), date(2021, 4, 22)]


def test_a_job_that_goes_on_leaves_out_the_days_that_it_walked(
    earlier: Ledger, crawler: Crawler, stats: dict[str, Any]
) -> None:
    """Without it a backfill of ten years that is killed every day never comes to its end."""
    walk(earlier, date(2021, 4, 22), NOW - timedelta(hours=1))
    walk(earlier, date(2021, 4, 21), NOW - timedelta(hours=3))
    walk(earlier, OLD, NOW - timedelta(hours=1), ends=False)
    assert days(crawler, **RANGE) == [date(2021, 4, 21), OLD]
    assert (stats["kompas/days/asked"], stats["kompas/days/skipped"]) == (2, 1)


def test_what_an_unfinished_run_left_over_comes_first(
    earlier: Ledger, crawler: Crawler, stats: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it the stories of a walked day that were not fetched yet are lost with the run that was killed."""
    walk(earlier, date(2021, 4, 22), NOW - timedelta(hours=1), ONE, TWO)
    OpenStore.of(crawler).save(make_article(id=TWO))
    earlier.keep(make_links(THREE, depth=2, read_at=NOW - timedelta(hours=1)))
    first, second, *rest = start(crawler, monkeypatch, **RANGE)
    assert (first.url, second.url) == (f"{story_url(ONE)}?page=all", f"{story_url(THREE)}?page=all")
    assert (first.cb_kwargs["depth"], second.cb_kwargs["depth"]) == (0, 2)
    assert (first.cb_kwargs["discovery"].via, first.cb_kwargs["discovery"].from_url) == (
        "index",
        make_day(date(2021, 4, 22)).url,
    )
    assert (second.cb_kwargs["discovery"].via, second.cb_kwargs["discovery"].from_url) == ("latest", URL)
    assert [request.url for request in rest] == [make_day(day).url for day in (date(2021, 4, 21), OLD)]
    assert stats["kompas/resume/pending"] == 2


def test_a_day_that_may_still_gain_stories_is_walked_again_though_the_job_goes_on(
    earlier: Ledger, crawler: Crawler
) -> None:
    """Without it a range that ends today misses what was published while it was killed."""
    for number in range(5):
        walk(earlier, ago(number), NOW)
    assert days(crawler, since=str(ago(4))) == [ago(0), ago(1), ago(2)]


def test_a_list_has_its_days_and_stories_and_no_left_overs(
    earlier: Ledger, crawler: Crawler, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it a request for one story also does the work of a night."""
    front = "https://www.kompas.com/global"
    walk(earlier, date(2021, 4, 22), NOW, ONE)
    walk(earlier, OLD, NOW)
    listed = [story_url(TWO), front, f"{make_day(OLD).url}&page=3", front, story_url(TWO)]
    (tmp_path / "urls.txt").write_text("\n".join(listed))
    requests = start(crawler, monkeypatch, urls=str(tmp_path / "urls.txt"))
    assert [request.url for request in requests] == [make_day(OLD).url, front, f"{story_url(TWO)}?page=all"]


def test_a_daily_run_in_a_new_store_reads_today_and_yesterday(
    crawler: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it the first night of a new user requests two weeks, or unlisted stories are not reported."""
    fronts = ["https://www.kompas.com/global", "https://internasional.kompas.com/"]
    beside = ["https://indeks.kompas.com/?site=global", *SITEMAPS]
    wanted = [*(make_day(day).url for day in (ago(0), ago(1))), *fronts, *beside]
    assert [request.url for request in start(crawler, monkeypatch)] == wanted


def test_a_daily_run_finishes_what_earlier_ones_began(ledger: Ledger, crawler: Crawler) -> None:
    """Without it a day that gained stories after its last run, or a week in which the machine was off, stays short."""
    for number in (10, 9):
        walk(ledger, ago(number), settled_at(ago(number)))
    walk(ledger, ago(8), settled_at(ago(8)) - timedelta(seconds=1))
    walk(ledger, ago(7), NOW, ends=False)
    assert days(crawler) == [ago(number) for number in range(9)]


def test_a_daily_run_goes_back_no_further_than_the_first_day_ever_requested(ledger: Ledger, crawler: Crawler) -> None:
    """Without it the second night of a new store requests days before its first one."""
    walk(ledger, ago(3), NOW - timedelta(days=2))
    assert days(crawler) == [ago(0), ago(1), ago(2), ago(3)]


def test_a_store_that_was_left_alone_for_long_is_not_caught_up_unasked(ledger: Ledger, crawler: Crawler) -> None:
    """Without it a machine that is switched on after a year asks the site for all of it in one night."""
    walk(ledger, ago(20), NOW - timedelta(days=19))
    assert days(crawler) == [ago(0), ago(1)]


def test_an_old_range_does_not_make_a_daily_run_fill_the_years_between(ledger: Ledger, crawler: Crawler) -> None:
    """Without it a look at one day of 2021 is a backfill of five years."""
    walk(ledger, OLD, NOW)
    assert days(crawler) == [ago(0), ago(1)]


def asked_names(crawler: Crawler, ledger: Ledger, serves: dict[str, str], **given: str) -> list[str]:
    """Return the names under which a run requests one day, given the stories that the index lists under each name."""
    found = []
    for index_day in plan_of(crawler, since=str(OLD), until=str(OLD), **given).days():
        found.append(index_day.site)
        listed = [serves[index_day.site]] if index_day.site in serves else []
        ledger.keep(make_page(*listed, index_day=index_day, read_at=NOW))
    return found


@pytest.mark.parametrize(
    ("serves", "names"),
    [
        ({"global": "2021/04/20/100000070"}, ["global"]),
        ({"internasional": "2021/04/20/100000070"}, ["global", "internasional"]),
        ({}, ["global", "internasional", "news"]),
        ({"global": TREN}, ["global", "internasional", "news"]),
    ],
)
def test_a_day_that_lists_nothing_is_requested_under_other_names(
    ledger: Ledger, crawler: Crawler, serves: dict[str, str], names: list[str]
) -> None:
    """Without it a year that the site lists under another name is complete, without a story in it."""
    assert asked_names(crawler, ledger, serves) == names
    assert asked_names(crawler, ledger, serves) == names, "what another name listed once does not stand for the usual"


def test_a_job_that_goes_on_asks_for_the_names_that_are_left(earlier: Ledger, crawler: Crawler) -> None:
    """Without it a run that was killed between two names of a day leaves it out for good."""
    earlier.keep(make_page(index_day=make_day(OLD), read_at=NOW))
    assert [(day.site, day.day) for day in plan_of(crawler, **RANGE).days()][-1] == ("internasional", OLD)


def test_listed_stories_that_no_run_fetched_are_requested_after_the_days(
    ledger: Ledger, crawler: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it a story that the index dropped before it was fetched stays missing."""
    ledger.keep(make_page(ONE, TWO, read_at=NOW - timedelta(days=90)))
    OpenStore.of(crawler).save(make_article(id=TWO))
    requests = start(crawler, monkeypatch, **RANGE)
    assert [request.url for request in requests][3:] == [f"{story_url(ONE)}?page=all"]


def test_sitemaps_are_those_of_robots_txt(crawler: Crawler) -> None:
    """Without it the crawl requests addresses that the site no longer serves."""
    runs, run = OpenStore.of(crawler).runs, OpenStore.run_of(crawler)
    assert plan_of(crawler).sitemaps() == list(SITEMAPS)
    for host, lines in (
        ("indeks.kompas.com", "Sitemap: https://www.kompas.com/sitemap.xml"),
        ("www.kompas.com", "Sitemap: /sitemap-news-global.xml\nSitemap: https://www.kompas.com/sitemap-news-bola.xml"),
    ):
        runs.keep_robots(run.id, host, 200, f"User-agent: *\n{lines}\n", NOW)
    named = ["https://www.kompas.com/sitemap.xml", "https://www.kompas.com/sitemap-news-global.xml"]
    assert plan_of(crawler).sitemaps() == named


def test_a_day_is_in_the_ledger_when_it_is_drawn_and_not_before(crawler: Crawler) -> None:
    """Without it a day whose first page failed is reported as never requested, or a day is noted too early."""
    drawn = plan_of(crawler, since="2021-04-20", until="2021-04-21").days()
    assert list(OpenStore.of(crawler).coverage()) == []
    assert next(iter(drawn)).day == date(2021, 4, 21)
    (day,) = OpenStore.of(crawler).coverage()
    assert (day.day, day.asked, day.short) == (date(2021, 4, 21), True, ["not read to its end"])


def test_both_kanals_of_a_day_are_expected_as_soon_as_one_is_drawn(ledger: Ledger, crawler: Crawler) -> None:
    """Without it a run that was killed between the two lists leaves half a day that counts as whole."""
    day = date(2020, 1, 5)
    next(iter(plan_of(crawler, since=str(day), until=str(day)).days()))
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
        waiting = asyncio.ensure_future(plan_of(crawler).worked_off())
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


def test_conditions_are_sent_and_let_not_modified_pass(
    crawler: Crawler, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it the answer 304 is a failure of the story, or is never requested."""
    monkeypatch.setattr(CrawlPlan, "wants", lambda plan, url: Conditions('"satu"') if ONE in url else Conditions())
    (tmp_path / "urls.txt").write_text(f"{story_url(ONE)}\n{story_url(TWO)}\n")
    asked, plain = start(crawler, monkeypatch, urls=str(tmp_path / "urls.txt"))
    assert (asked.headers["If-None-Match"], asked.meta["handle_httpstatus_list"]) == (b'"satu"', [304])
    assert not {b"If-None-Match", b"If-Modified-Since"} & set(plain.headers)
    assert "handle_httpstatus_list" not in plain.meta


def test_a_block_is_left_when_its_own_fact_is_processed(crawler: Crawler) -> None:
    """Without it a headline that an index page changed is decided about before it is in the ledger."""
    fact = make_page(ONE)

    async def left_after(signal: object) -> list[bool]:
        left = asyncio.Event()

        async def yield_it() -> None:
            async with plan_of(crawler).kept(fact):
                pass
            left.set()

        task = asyncio.ensure_future(yield_it())
        seen = []
        for item in (make_page(ONE), fact):  # an equal fact is another one
            await asyncio.sleep(0)
            crawler.signals.send_catch_log(signal, item=item, response=None, spider=None)
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            seen.append(left.is_set())
        await task
        return seen

    for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
        assert asyncio.run(left_after(signal)) == [False, True]


def refuse(self: object, *_: object) -> Any:
    raise UnusableStore("the store a.db cannot be read or written")


@pytest.mark.parametrize("method", ["Ledger.pending", "Ledger.walked_at", "Ledger.ask_day", "Store.known"])
def test_a_store_that_cannot_be_used_ends_the_run_and_the_requests(
    method: str, ledger: Ledger, crawler: Crawler, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it the crawl goes on without knowing what it has."""
    name, _, act = method.partition(".")
    monkeypatch.setattr({"Ledger": Ledger, "Store": Store}[name], act, refuse)
    walk(ledger, date(2021, 4, 22), NOW, ONE)
    (tmp_path / "urls.txt").write_text(f"{story_url(ONE)}\n")
    given = {"urls": str(tmp_path / "urls.txt")} if method == "Store.known" else RANGE
    with pytest.raises(CloseSpider) as ended:
        start(crawler, monkeypatch, **given)
    assert ended.value.reason == "store_error"
    engine: object = crawler.engine
    assert isinstance(engine, StoppedBy)
    assert engine.reasons == ["store_error"]


def test_a_spider_of_another_project_gets_no_plan(crawler: Crawler) -> None:
    """Without it the settings of the project cannot be used with a spider that was written in five minutes."""
    crawler.spider = None
    assert isinstance(CrawlPlan.from_crawler(crawler), CrawlPlan)
