"""When the site says how long to wait, that is how long is waited."""

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.middlewares.retry_after import LONGEST_WAIT, RetryAfter, wait_seconds

NOW = datetime(2021, 4, 22, 9, 6, tzinfo=UTC)
URL = "https://www.kompas.com/global"


@pytest.mark.parametrize(
    ("stated", "seconds"),
    [
        ("7", 7),
        (" 120 ", 120),
        ("0", 0),
        ("Thu, 22 Apr 2021 09:07:30 GMT", 90),
        ("Thu, 22 Apr 2021 16:07:30 +0700", 90),
        ("Thu, 22 Apr 2021 09:05:00 GMT", 0),
        ("", 0),
        ("sebentar", 0),
        ("-5", 0),
        ("1.5", 0),
        ("²", 0),
        ("٧", 0),
        ("Thu, 99 Apr 2021 09:07:30 GMT", 0),
        ("Thu, 22 Apr 2021 09:07:30 -0000", 0),
        ("Thu, 22 Apr 2021", 0),
        ("Thu, 22 Apr 99999999999999 09:07:30 GMT", 0),
    ],
)
def test_numbers_and_dates_are_waited_for_and_nonsense_is_not(stated: str, seconds: float) -> None:
    """Without it the crawl hammers a site that asked for rest, or ends because of an odd header."""
    assert wait_seconds(stated, NOW) == seconds


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    naps: list[float] = []

    async def sleep(seconds: float) -> None:
        naps.append(seconds)

    monkeypatch.setattr("crawler.middlewares.retry_after.asyncio.sleep", sleep)
    return naps


def answer(crawler: Crawler, status: int, **headers: str) -> None:
    """The middleware meets an answer, and must hand on the same one."""
    response = Response(URL, status=status, headers={name.replace("_", "-"): text for name, text in headers.items()})
    middleware = RetryAfter.from_crawler(crawler)
    assert asyncio.run(middleware.process_response(Request(URL), response)) is response


@pytest.mark.parametrize("status", [429, 503])
def test_the_crawl_waits_and_counts_the_seconds(
    status: int, crawler: Crawler, stats: dict[str, Any], slept: list[float]
) -> None:
    """Without it the user is blocked for ignoring what the site said."""
    answer(crawler, status, Retry_After="7")
    assert slept == [7]
    assert stats["kompas/politeness/waited_seconds"] == 7


def test_a_date_is_waited_for_by_the_clock_of_today(crawler: Crawler, slept: list[float]) -> None:
    """Without it a date leads to no wait at all."""
    answer(crawler, 503, Retry_After=format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True))
    assert slept == [pytest.approx(60, abs=5)]


@pytest.mark.parametrize("stated", ["86400", "9" * 400, "Fri, 31 Dec 2999 23:59:59 GMT"])
def test_no_wait_is_longer_than_the_bound(stated: str, crawler: Crawler, slept: list[float]) -> None:
    """Without it one header puts a nightly run to sleep for years."""
    answer(crawler, 429, Retry_After=stated)
    assert slept == [LONGEST_WAIT]


@pytest.mark.parametrize(("status", "headers"), [(200, {"Retry_After": "7"}), (404, {"Retry_After": "7"}), (503, {})])
def test_other_answers_are_handed_on_at_once(
    status: int, headers: dict[str, str], crawler: Crawler, stats: dict[str, Any], slept: list[float]
) -> None:
    """Without it good pages are waited for as well, and a crawl takes days."""
    answer(crawler, status, **headers)
    assert slept == []
    assert "kompas/politeness/waited_seconds" not in stats
