"""The Crawl-delay of robots.txt is the floor of the one slot's delay."""

from types import SimpleNamespace
from typing import Any

import pytest
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.extensions.throttle import AutoThrottle

from crawler.kompas.address import SITE
from crawler.middlewares.crawl_delay import LONGEST_DELAY, CrawlDelay


@pytest.fixture
def slot() -> Slot:
    """As the settings make it: two seconds, varied by half."""
    return Slot(1, 2.0, 0.5)


@pytest.fixture
def downloader(crawler: Crawler, slot: Slot, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    made = SimpleNamespace(slots={SITE: slot}, per_slot_settings={SITE: {"concurrency": 1}})
    monkeypatch.setattr(crawler, "engine", SimpleNamespace(downloader=made))
    return made


@pytest.fixture
def throttle(crawler: Crawler, downloader: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """AutoThrottle as it is after the start."""
    made = SimpleNamespace(mindelay=2.0, maxdelay=60.0)
    monkeypatch.setattr(crawler, "get_extension", {AutoThrottle: made}.get)
    return made


def shortest(slot: Slot, delay: float | None = None) -> float:
    """The least time between two requests that a slot may draw, at a delay."""
    return (slot.delay if delay is None else delay) * (1 - slot.jitter)


@pytest.mark.parametrize("stated", [1.2, 2.0, 5.0, 120.0])
def test_no_gap_is_shorter_than_what_is_stated(
    stated: float, crawler: Crawler, stats: dict[str, Any], downloader: SimpleNamespace, slot: Slot
) -> None:
    """Without it the variation of the delay makes every second gap too short."""
    CrawlDelay(crawler).heed("www.kompas.com", stated)
    assert shortest(slot) == pytest.approx(stated)
    assert slot.delay == max(2.0, stated)
    assert stats["kompas/politeness/crawl_delay"] == stated


@pytest.mark.parametrize("stated", [None, 0.0, 0.5, 1.0])
def test_a_delay_that_is_kept_anyway_changes_nothing(
    stated: float | None, crawler: Crawler, downloader: SimpleNamespace, slot: Slot
) -> None:
    """Without it a site that allows more is crawled faster than the settings say."""
    CrawlDelay(crawler).heed("www.kompas.com", stated)
    assert (slot.delay, slot.jitter) == (2.0, 0.5)


@pytest.mark.parametrize("order", [(3.0, 7.0), (7.0, 3.0), (7.0, None)])
def test_of_several_hosts_the_slowest_decides(
    order: tuple[float, float | None], crawler: Crawler, downloader: SimpleNamespace, slot: Slot
) -> None:
    """Without it the last host that was asked sets the pace for all."""
    delay = CrawlDelay(crawler)
    for host, stated in zip(("www.kompas.com", "indeks.kompas.com"), order, strict=True):
        delay.heed(host, stated)
    assert shortest(slot) == 7.0


def test_a_delay_beyond_reason_is_bounded_and_said(
    crawler: Crawler, downloader: SimpleNamespace, slot: Slot, caplog: pytest.LogCaptureFixture
) -> None:
    """Without it a typing error of the site stops the crawl for days, and the log does not say why."""
    caplog.set_level("INFO")
    CrawlDelay(crawler).heed("www.kompas.com", 86400.0)
    assert shortest(slot) == LONGEST_DELAY
    assert "asks for 86400 s" in caplog.text
    assert "300 s are kept" in caplog.text


def test_autothrottle_goes_below_it_at_no_time(crawler: Crawler, throttle: SimpleNamespace, slot: Slot) -> None:
    """Without it AutoThrottle takes a fast answer for leave to go faster."""
    slot.delay = 20.0  # it was slow at first
    CrawlDelay(crawler).heed("www.kompas.com", 5.0)
    assert slot.delay == 20.0
    assert throttle.mindelay == 5.0
    assert shortest(slot, throttle.mindelay) == 5.0


def test_autothrottle_may_go_as_high(crawler: Crawler, throttle: SimpleNamespace, slot: Slot) -> None:
    """Without it the upper bound of AutoThrottle undercuts a long delay."""
    CrawlDelay(crawler).heed("www.kompas.com", 90.0)
    assert (throttle.mindelay, throttle.maxdelay) == (90.0, 90.0)
    assert shortest(slot) == 90.0


def test_a_slot_that_is_made_anew_keeps_it(crawler: Crawler, downloader: SimpleNamespace) -> None:
    """Without it the delay is forgotten after a wait of a minute, in which Scrapy throws the idle slot away."""
    CrawlDelay(crawler).heed("www.kompas.com", 5.0)
    assert downloader.per_slot_settings == {SITE: {"concurrency": 1, "delay": 5.0, "jitter": 0.0}}
    downloader.slots.clear()
    CrawlDelay(crawler).heed("www.kompas.com", 6.0)
    assert downloader.per_slot_settings == {SITE: {"concurrency": 1, "delay": 6.0, "jitter": 0.0}}
