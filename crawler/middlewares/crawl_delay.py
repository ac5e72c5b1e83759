"""The `Crawl-delay` of robots.txt as the least time between any two requests, with AutoThrottle and without it."""

import logging
from typing import Final

from scrapy.crawler import Crawler
from scrapy.extensions.throttle import AutoThrottle

from crawler.kompas.address import SITE

logger = logging.getLogger(__name__)

LONGEST_DELAY: Final = 300.0
"""Seconds; a longer one is a slip of the pen, or means that a crawl is not wanted, which `Disallow` says."""


class CrawlDelay:
    """Slows the one download slot down; never speeds it up: of several hosts the slowest decides.

    Sets `kompas/politeness/crawl_delay`.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.stats = crawler.stats
        self.seconds = 0.0

    def heed(self, host: str, stated: float | None) -> None:
        """Delay that one host's robots.txt states; None where it states none."""
        seconds = min(stated or 0.0, LONGEST_DELAY)
        if seconds <= self.seconds:
            return
        self.seconds = seconds
        self.stats.set_value("kompas/politeness/crawl_delay", seconds)
        bound = f"; {seconds:g} s are kept, which is the most" if stated != seconds else ""
        logger.info("robots.txt of %s asks for %g s between requests%s", host, stated, bound)
        self._slow_down()

    def _slow_down(self) -> None:
        """Scrapy varies the delay by half; here it is varied upwards only as far as its lowest value leaves room.

        A slot in which nothing happens for a minute, as during a wait, is thrown away and made anew from the settings
        of slots.
        """
        assert self.crawler.engine is not None, "the run is on"
        downloader = self.crawler.engine.downloader
        slot = downloader.slots.get(SITE)
        delay = lowest = max(slot.delay if slot else 0.0, self.seconds)
        throttle = self.crawler.get_extension(AutoThrottle)
        if throttle:
            lowest = throttle.mindelay = max(throttle.mindelay, self.seconds)
            throttle.maxdelay = max(throttle.maxdelay, self.seconds)
        jitter = min(slot.jitter if slot else 0.0, 1 - self.seconds / lowest)
        if slot:
            slot.delay, slot.jitter = delay, jitter
        kept = downloader.per_slot_settings.get(SITE, {})
        downloader.per_slot_settings[SITE] = {**kept, "delay": delay, "jitter": jitter}
