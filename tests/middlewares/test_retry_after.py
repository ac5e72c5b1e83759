"""When the site says how long to wait, that is how long is waited; when it only says that it is busy, ever longer."""

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from crawler.bounds import LONGEST_WAIT
from crawler.extensions.open_store import OpenStore
from crawler.middlewares.retry_after import RetryAfter, backoff_seconds, wait_seconds
from tests.make import StoppedBy, make_crawler

NOW = datetime(2021, 4, 22, 9, 6, tzinfo=UTC)
URL = "https://www.kompas.com/global"
BACKOFF = 30.0


@pytest.mark.parametrize(
    ("stated", "seconds"),
    [
        ("7", 7),
        (" 120 ", 120),
        ("0", 0),
        ("Thu, 22 Apr 2021 09:07:30 GMT", 90),
        ("Thu, 22 Apr 2021 16:07:30 +0700", 90),
        ("Thu, 22 Apr 2021 09:05:00 GMT", 0),
        ("", None),
        ("sebentar", None),
        ("-5", None),
        ("1.5", None),
        ("²", None),
        ("٧", None),
        ("Thu, 99 Apr 2021 09:07:30 GMT", None),
        ("Thu, 22 Apr 2021 09:07:30 -0000", None),
        ("Thu, 22 Apr 2021", None),
        ("Thu, 22 Apr 99999999999999 09:07:30 GMT", None),
    ],
)
def test_numbers_and_dates_are_waited_for_and_nonsense_says_nothing(stated: str, seconds: float | None) -> None:
    """Without it the crawl ignores the pause that the site demands, or ends because of an odd header."""
    assert wait_seconds(stated, NOW) == seconds


@pytest.mark.parametrize(("retries", "seconds"), [(0, 30), (1, 60), (2, 120), (4, 480), (5, LONGEST_WAIT), (5000, 600)])
def test_the_wait_doubles_up_to_the_bound(retries: int, seconds: float) -> None:
    """Without it a site that cannot keep up gets the same request every 30 seconds, or never again."""
    assert backoff_seconds(BACKOFF, retries) == seconds


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that were slept, nap by nap, in no time."""
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr("crawler.middlewares.retry_after.asyncio.sleep", sleep)
    return slept


def answer(crawler: Crawler, status: int, retries: int = 0, **headers: str) -> None:
    """The middleware meets an answer, and must hand on the same one."""
    response = Response(URL, status=status, headers={name.replace("_", "-"): text for name, text in headers.items()})
    request = Request(URL, meta={"retry_times": retries} if retries else None)
    middleware = RetryAfter.from_crawler(crawler)

    async def meet() -> Response:
        met = await middleware.process_response(request, response)
        await asyncio.gather(*asyncio.all_tasks() - {asyncio.current_task()})  # what it set off
        return met

    assert asyncio.run(meet()) is response


@pytest.mark.parametrize("status", [429, 503])
def test_the_crawl_waits_and_counts_the_seconds(
    status: int, crawler: Crawler, stats: dict[str, Any], naps: list[float]
) -> None:
    """Without it the user is blocked for ignoring what the site said."""
    answer(crawler, status, Retry_After="7")
    assert sum(naps) == 7
    assert stats["kompas/politeness/waited_seconds"] == 7


def test_a_date_is_waited_for_by_the_clock_of_today(crawler: Crawler, naps: list[float]) -> None:
    """Without it a date leads to no wait at all."""
    answer(crawler, 503, Retry_After=format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True))
    assert sum(naps) == pytest.approx(60, abs=5)


@pytest.mark.parametrize("headers", [{}, {"Retry_After": "sebentar"}])
@pytest.mark.parametrize("status", [429, 503])
def test_without_a_stated_time_each_retry_waits_twice_as_long(
    status: int, headers: dict[str, str], crawler: Crawler, stats: dict[str, Any], naps: list[float]
) -> None:
    """Without it a site that is down for minutes is asked four times within seconds, and its stories fail."""
    for retries, seconds in ((0, BACKOFF), (1, 2 * BACKOFF), (2, 4 * BACKOFF)):
        naps.clear()
        answer(crawler, status, retries, **headers)
        assert sum(naps) == seconds
    assert stats["kompas/politeness/waited_seconds"] == 7 * BACKOFF


@pytest.mark.parametrize("stated", ["601", "86400", "9" * 400, "Fri, 31 Dec 2999 23:59:59 GMT"])
def test_a_wait_beyond_the_bound_ends_the_run(stated: str, crawler: Crawler, naps: list[float]) -> None:
    """Without it one header puts a nightly run to sleep for years, or the site is asked again before it wants to be."""
    answer(crawler, 429, Retry_After=stated)
    assert cast("Any", crawler.engine).reasons == ["told_to_wait"]
    assert naps == []


def test_a_page_that_is_busy_for_long_fails_and_a_second_in_a_row_ends_the_run(
    crawler: Crawler, naps: list[float]
) -> None:
    """Without it one story that always demands a pause of an hour ends every run before the other stories."""
    middleware = RetryAfter.from_crawler(crawler)
    engine = cast("Any", crawler.engine)

    async def meet(status: int, **headers: str) -> bool:
        request = Request(URL)
        await middleware.process_response(request, Response(URL, status=status, headers=headers))
        await asyncio.gather(*asyncio.all_tasks() - {asyncio.current_task()})
        return bool(request.meta.get("dont_retry"))

    busy = {"Retry-After": "3600"}
    assert asyncio.run(meet(503, **busy))
    assert not asyncio.run(meet(200))
    assert asyncio.run(meet(503, **busy))
    assert engine.reasons == []
    assert asyncio.run(meet(503, **busy))
    assert engine.reasons == ["told_to_wait"]
    assert naps == []


def test_the_longest_wait_is_still_waited_for(crawler: Crawler, naps: list[float]) -> None:
    """Without it a site that demands a pause of ten minutes gets no request until the next night."""
    answer(crawler, 429, Retry_After=str(int(LONGEST_WAIT)))
    assert cast("Any", crawler.engine).reasons == []
    assert sum(naps) == LONGEST_WAIT


@pytest.mark.parametrize(
    ("status", "headers"), [(200, {"Retry_After": "7"}), (404, {"Retry_After": "7"}), (503, {"Retry_After": "0"})]
)
def test_other_answers_are_handed_on_at_once(
    status: int, headers: dict[str, str], crawler: Crawler, stats: dict[str, Any], naps: list[float]
) -> None:
    """Without it good pages are waited for as well, and a crawl takes days."""
    answer(crawler, status, 0, **headers)
    assert naps == []
    assert "kompas/politeness/waited_seconds" not in stats


def test_a_run_that_is_closed_does_not_wait_any_longer(
    crawler: Crawler, stats: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it a service that is stopped during a wait is killed in the end, in the midst of something."""
    engine = StoppedBy()
    monkeypatch.setattr(crawler, "engine", engine)
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 4:
            engine._slot = SimpleNamespace(closing=object())

    monkeypatch.setattr("crawler.middlewares.retry_after.asyncio.sleep", sleep)
    answer(crawler, 503, Retry_After="300")
    assert len(slept) == 4
    assert stats["kompas/politeness/waited_seconds"] == int(sum(slept)) < 300


def test_an_archive_is_not_waited_for(tmp_path: Path) -> None:
    """Without it every captured 503 of a replayed archive costs half a minute and more."""
    crawler = make_crawler(tmp_path, {"archive": "a.warc.gz"})
    with pytest.raises(NotConfigured):
        RetryAfter.from_crawler(crawler)
    OpenStore.of(crawler).close()
