"""Plans of runs, and days that earlier runs read, for the tests of the crawl plan."""

import asyncio
from datetime import UTC, date, datetime

import pytest
from scrapy import Request
from scrapy.crawler import Crawler

from crawler.arguments import parse_arguments
from crawler.extensions.crawl_plan import CrawlPlan
from crawler.spiders.kompas_global import KompasGlobalSpider
from crawler.storage.ledger import Ledger
from tests.facts import make_day, make_exclusion, make_page

NOW = datetime.now(UTC).replace(microsecond=0)


def plan_of(crawler: Crawler, **given: str) -> CrawlPlan:
    """Return the plan of a run with these arguments."""
    crawler.spider = KompasGlobalSpider(parse_arguments(given, NOW))
    crawler.spider.crawler = crawler
    return CrawlPlan.from_crawler(crawler)


async def at_once() -> None:
    """Replace `worked_off`: there is nothing to wait for."""


def start(crawler: Crawler, monkeypatch: pytest.MonkeyPatch, **given: str) -> list[Request]:
    """Return the first requests of a run with these arguments."""
    monkeypatch.setattr(plan_of(crawler, **given), "worked_off", at_once)
    spider = crawler.spider
    assert isinstance(spider, KompasGlobalSpider)

    async def gathered() -> list[Request]:
        return [output async for output in spider.start() if isinstance(output, Request)]

    return asyncio.run(gathered())


def days(crawler: Crawler, **given: str) -> list[date]:
    """Return the index days that a run with these arguments walks."""
    return [index_day.day for index_day in plan_of(crawler, **given).days()]


def walk(ledger: Ledger, day: date, when: datetime, *listed: str, ends: bool = True) -> None:
    """Store a day as a run read it; without stories to fetch it lists one of another kanal."""
    other = f"{day:%Y/%m/%d}/235900070"
    ledger.keep(make_page(*(listed or [other]), index_day=make_day(day), read_at=when, ends_day=ends))
    ledger.keep(make_exclusion(other))
