"""Keep the order of a crawl repeatable: which story led to which depends on it."""

import asyncio

from scrapy.crawler import Crawler


async def worked_off(crawler: Crawler) -> None:
    """Return when every request that follows from the responses so far is scheduled.

    At a polite rate this is always so before the next response comes. A fast server or a recording would overtake it,
    and no crawl could be repeated.
    """
    engine = crawler.engine
    assert engine is not None, "the run is on"
    assert engine.scraper.slot is not None, "the run is on"
    while not engine.scraper.slot.is_idle():  # noqa: ASYNC110 - Scrapy sends no signal for it
        await asyncio.sleep(0)
