"""The order of a crawl is part of what is recorded: which story led to which depends on it."""

import asyncio

from scrapy.crawler import Crawler


async def worked_off(crawler: Crawler) -> None:
    """Until everything that follows from the answers so far is in the queue.

    At a polite rate that is always so before the next answer comes; a fast server or a recording would overtake it, and
    no crawl could be repeated.
    """
    engine = crawler.engine
    assert engine is not None, "the run is on"
    assert engine.scraper.slot is not None, "the run is on"
    while not engine.scraper.slot.is_idle():  # noqa: ASYNC110 - Scrapy tells nobody when it is
        await asyncio.sleep(0)
