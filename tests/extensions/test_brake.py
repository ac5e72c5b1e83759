"""When a run is ended early: answers and failures in the order in which a crawl meets them."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from crawler.ending import end_run, is_ending
from crawler.errors import FinishReason
from crawler.extensions.brake import FAILURE_STREAK, Brake
from crawler.extensions.open_store import OpenStore
from tests.facts import ONE, make_page
from tests.make import StoppedBy, make_article, make_crawler, make_failure

URL = "https://www.kompas.com/global"
Event = Callable[[Crawler], object]


def downloaded(status: int) -> Event:
    """An answer that a middleware keeps to itself: it is asked again, or leads elsewhere."""
    return lambda crawler: crawler.signals.send_catch_log(
        signals.response_downloaded, response=Response(URL, status=status), request=None, spider=None
    )


def answered(status: int) -> Event:
    """An answer that reaches the spider."""

    def send(crawler: Crawler) -> None:
        downloaded(status)(crawler)
        crawler.signals.send_catch_log(
            signals.response_received, response=Response(URL, status=status), request=None, spider=None
        )

    return send


def failed(reason: str) -> Event:
    return stored(make_failure(reason=reason))


def stored(item: object) -> Event:
    return lambda crawler: crawler.signals.send_catch_log(signals.item_scraped, item=item, response=None, spider=None)


def ends(crawler: Crawler, *events: Event) -> list[str]:
    """Return the reasons with which the run was closed after these events."""
    brake = Brake.from_crawler(crawler)  # kept here: a signal holds its receivers weakly

    async def happen() -> None:
        for event in events:
            event(crawler)
        await asyncio.gather(*asyncio.all_tasks() - {asyncio.current_task()})

    asyncio.run(happen())
    assert brake.crawler is crawler
    return cast("StoppedBy", crawler.engine).reasons


GOOD = answered(200)
BLOCKS = 5
FAILURES = FAILURE_STREAK


@pytest.mark.parametrize("status", [403, 429])
def test_a_streak_of_refusals_is_a_block(status: int, crawler: Crawler) -> None:
    """Without it a site that blocks the crawler gets every request of a year, four times each."""
    assert ends(crawler, *[downloaded(status)] * (BLOCKS - 1)) == []
    assert ends(crawler, *[downloaded(status)] * BLOCKS) == ["blocked"]


@pytest.mark.parametrize(
    ("between", "reasons"),
    [
        (answered(200), []),
        (answered(304), []),
        (answered(404), []),
        (answered(410), []),
        (answered(500), ["blocked"]),
        (answered(401), ["blocked"]),
        (downloaded(302), ["blocked"]),
        (downloaded(200), ["blocked"]),
        (failed("HttpStatus 403"), ["blocked"]),
    ],
    ids=["200", "304", "404", "410", "500", "401", "redirect", "cut off", "failed"],
)
def test_only_a_good_answer_ends_the_streak_of_refusals(between: Event, reasons: list[str], crawler: Crawler) -> None:
    """Without it five refusals in a year end a run, or a redirect to a wall hides all of them."""
    assert ends(crawler, *[downloaded(403)] * (BLOCKS - 1), between, downloaded(403)) == reasons


@pytest.mark.parametrize(
    "reason", ["Timeout", "ConnectionFailed", "CutOff", "HttpStatus 500", "HttpStatus 403", "Unexpected SSLError"]
)
def test_a_streak_of_failures_is_a_site_that_is_not_there(reason: str, crawler: Crawler) -> None:
    """Without it a night in which the site is down ends with ten thousand failures in the morning."""
    assert ends(crawler, *[failed(reason)] * (FAILURES - 1)) == []
    assert ends(crawler, *[failed(reason)] * FAILURES) == ["site_unreachable"]


def test_a_good_answer_ends_the_streak_of_failures(crawler: Crawler) -> None:
    """Without it every long run ends after twenty failures."""
    streak = [failed("Timeout")] * (FAILURES - 1)
    assert ends(crawler, *streak, GOOD, *streak, answered(404), failed("Timeout")) == []


@pytest.mark.parametrize("between", [answered(500), answered(403), downloaded(200)], ids=["500", "403", "cut off"])
def test_a_bad_answer_does_not(between: Event, crawler: Crawler) -> None:
    """Without it a site that answers with errors only is never taken for what it is."""
    assert ends(crawler, *[between, failed("CutOff")] * (FAILURES - 1), between, failed("CutOff")) != []


@pytest.mark.parametrize(
    "reason", ["RobotsTxt", "OffSite", "RedirectLoop", "UnsupportedAddress", "UnknownLayout", "TooLarge", "MissingBody"]
)
def test_what_is_decided_here_says_nothing_about_the_site(reason: str, crawler: Crawler) -> None:
    """Without it a list of addresses that robots.txt forbids ends as a site that cannot be reached."""
    assert ends(crawler, *[failed(reason)] * FAILURES) == []


def test_dead_links_say_that_the_site_is_there(crawler: Crawler) -> None:
    """Without it a list of old addresses ends after its first twenty."""
    assert ends(crawler, *[answered(404), failed("HttpStatus 404")] * FAILURES) == []


READ = stored(make_article())


@pytest.mark.parametrize(
    ("events", "reasons"),
    [
        ((failed("Blocked"),), []),
        ((failed("Blocked"), READ, failed("Blocked"), READ), []),
        ((failed("Blocked"), GOOD, failed("Blocked")), ["blocked"]),
        ((READ, failed("Blocked"), failed("MissingTitle"), failed("Blocked")), ["blocked"]),
    ],
)
def test_a_challenge_is_recognised_by_more_than_one_page(
    events: tuple[Event, ...], reasons: list[str], crawler: Crawler
) -> None:
    """Without it one comment under one story ends every run, or a crawl goes on against a site that tests it."""
    assert ends(crawler, *events) == reasons


def test_articles_and_facts_end_nothing(crawler: Crawler) -> None:
    """Without it a run that reads one story after the other ends."""
    assert ends(crawler, *[stored(make_article()), stored(make_page(ONE))] * FAILURES) == []


def test_the_streak_of_refusals_can_be_switched_off(tmp_path: Path) -> None:
    """Without it a person who knows better must write a large number."""
    crawler = make_crawler(tmp_path, KOMPAS_BLOCK_STREAK=0)
    assert ends(crawler, *[downloaded(403)] * 100) == []
    OpenStore.of(crawler).close()


def test_an_archive_is_read_to_its_end(tmp_path: Path) -> None:
    """Without it five captured refusals end the reading of an archive."""
    crawler = make_crawler(tmp_path, {"archive": "a.warc.gz"})
    with pytest.raises(NotConfigured):
        Brake.from_crawler(crawler)
    OpenStore.of(crawler).close()


@pytest.mark.parametrize(
    ("slot", "ending"), [(SimpleNamespace(closing=None), False), (SimpleNamespace(closing=1), True), (None, True)]
)
def test_a_run_is_ended_once_and_said_once(
    slot: SimpleNamespace | None, ending: bool, crawler: Crawler, caplog: pytest.LogCaptureFixture
) -> None:
    """Without it the end is reported again for every response under way, or a closed run is closed again."""
    engine = cast("Any", crawler.engine)
    engine._slot = slot

    async def end() -> None:
        end_run(crawler, FinishReason.BLOCKED, "a challenge")
        await asyncio.gather(*asyncio.all_tasks() - {asyncio.current_task()})

    assert is_ending(crawler) is ending
    asyncio.run(end())
    assert engine.reasons == ([] if ending else ["blocked"])
    assert [record.getMessage() for record in caplog.records] == (
        [] if ending else ["The run is ended early (blocked): a challenge"]
    )
