"""robots.txt by RFC 9309, with an engine in place of the network."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotConfigured,
    StopDownload,
)
from scrapy.http import Headers, Response

from crawler.errors import UnusableStore
from crawler.extensions.open_store import OpenStore
from crawler.middlewares.robots import RobotsTxt
from crawler.spiders.failures import reason_of
from tests.make import StoppedBy, make_crawler
from tests.runs import query
from tests.site import pages_odd

STORY = "https://www.kompas.com/global/read/2021/04/22/160600870/kapal?page=all"
OTHER_HOST = "https://indeks.kompas.com/?site=global&date=2021-04-22"
ALL_FORBIDDEN = b"User-agent: *\nDisallow: /\n"
NOT_FOUND = pages_odd.NOT_FOUND


class Engine(StoppedBy):
    """Answers in place of the network, and notes the requests."""

    def __init__(self, answer: Response | Exception) -> None:
        super().__init__()
        self.answer = answer
        self.asked: list[Request] = []
        self.downloader = SimpleNamespace(slots={}, per_slot_settings={})

    async def download_async(self, request: Request) -> Response:
        self.asked.append(request)
        await asyncio.sleep(0)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def crawler(tmp_path: Path) -> Iterator[Crawler]:
    """A crawl that obeys."""
    made = make_crawler(tmp_path, ROBOTSTXT_OBEY=True, ROBOTSTXT_USER_AGENT="kompas_global")
    yield made
    OpenStore.of(made).close()


def says(body: bytes, status: int = 200, url: str = "https://www.kompas.com/robots.txt") -> Response:
    return Response(url, status=status, body=body)


def middleware(crawler: Crawler, monkeypatch: pytest.MonkeyPatch, answer: Response | Exception) -> RobotsTxt:
    monkeypatch.setattr(crawler, "engine", Engine(answer))
    return RobotsTxt.from_crawler(crawler)


def engine_of(crawler: Crawler) -> Engine:
    return cast("Engine", crawler.engine)


def ask(robots: RobotsTxt, *urls: str) -> list[Request | BaseException | None]:
    """What the middleware does with requests that come together."""

    async def together() -> list[Request | BaseException | None]:
        done = await asyncio.gather(*(robots.process_request(Request(url)) for url in urls), return_exceptions=True)
        await asyncio.gather(*asyncio.all_tasks() - {asyncio.current_task()})  # what it set off
        return done

    return asyncio.run(together())


def kept(folder: Path) -> list[tuple[Any, ...]]:
    return query(folder / "s.db", "select host, status, text from robots join robots_texts using (sha256)")


@pytest.mark.parametrize(
    "answer",
    [
        says(b"", 204),
        says(b"", 301),
        says(b"", 400),
        says(pages_odd.FORBIDDEN, 401),
        says(pages_odd.FORBIDDEN, 403),
        says(b"", 429),
        says(b"", 500),
        says(b"", 503),
        says(pages_odd.CHALLENGE, 202),
        says(pages_odd.CHALLENGE, 200),
        says(pages_odd.CHECKPOINT, 200, "https://www.kompas.com/checkpoint?next=robots.txt"),
        DownloadTimeoutError("took longer than 60.0 seconds"),
        IgnoreRequest("max redirections reached"),
        OSError("connection reset"),
    ],
    ids=lambda answer: str(getattr(answer, "status", type(answer).__name__)),
)
def test_rules_that_cannot_be_read_forbid_everything_and_end_the_run(
    answer: Response | Exception, crawler: Crawler, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Without it a site in trouble, or one that tests the crawler, is crawled as if it had no rules."""
    (refusal,) = ask(middleware(crawler, monkeypatch, answer), STORY)
    assert isinstance(refusal, IgnoreRequest)
    assert reason_of(refusal)[0] == "RobotsTxt"
    assert "robots.txt of www.kompas.com is unreachable" in str(refusal)
    assert engine_of(crawler).reasons == ["robots_unreachable"]
    assert len(caplog.records) == 1
    assert caplog.records[0].exc_info is None


@pytest.mark.parametrize("name", ["kompas_global/1.0", "Kompas_Global 1", "kompas_global  # us", "kompas_global;x"])
def test_a_name_with_a_version_is_ours(name: str, crawler: Crawler, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it what the site forbids to this crawler by name and version is crawled."""
    rules = f"User-agent: {name}\nDisallow: /global/\n\nUser-agent: *\nAllow: /\n"
    (refusal,) = ask(middleware(crawler, monkeypatch, says(rules.encode())), STORY)
    assert isinstance(refusal, IgnoreRequest)


def test_a_redirect_to_a_host_without_rules_costs_one_request(
    crawler: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it one story that leads to a host that is not there ends every run."""
    robots = middleware(crawler, monkeypatch, CannotResolveHostError("no such host"))
    led = Request("https://tidak-ada.kompas.com/judul", meta={"redirect_urls": [STORY]})
    with pytest.raises(IgnoreRequest) as refusal:
        asyncio.run(robots.process_request(led))
    assert reason_of(refusal.value)[0] == "RobotsTxt"
    assert engine_of(crawler).reasons == []


@pytest.mark.parametrize(
    "answer",
    [says(ALL_FORBIDDEN, 404), says(ALL_FORBIDDEN, 410), says(NOT_FOUND, 200), says(b""), says(b"\xff\xfe\x00binary")],
    ids=["404", "410", "not found, status 200", "empty", "no text"],
)
def test_without_rules_everything_is_allowed(
    answer: Response, crawler: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it a host that has no robots.txt is never crawled, or its error page is read as rules."""
    assert ask(middleware(crawler, monkeypatch, answer), STORY) == [None]
    assert engine_of(crawler).reasons == []


def test_what_is_forbidden_fails_by_name_and_the_rest_is_requested(
    crawler: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it a rule is not heeded, or one rule ends the run."""
    robots = middleware(crawler, monkeypatch, says(b"User-agent: kompas_global\nDisallow: /global/read/2021/\n"))
    forbidden, allowed = ask(robots, STORY, STORY.replace("2021", "2022"))
    assert isinstance(forbidden, IgnoreRequest)
    assert reason_of(forbidden)[0] == "RobotsTxt"
    assert allowed is None
    assert engine_of(crawler).reasons == []


def test_of_a_very_long_file_the_first_part_is_read(
    crawler: Crawler, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without it a robots.txt of 30 MB takes 2 GB of memory, or one that is cut off stops the crawl."""
    monkeypatch.setattr("crawler.bounds.ROBOTS_BYTES", 40)
    robots = middleware(crawler, monkeypatch, says(b"User-agent: *\nDisallow: /tutup\n" + b"#" * 40))
    assert ask(robots, STORY) == [None]
    assert len(kept(tmp_path)[0][2]) == 40
    plain, packed = (
        Request(STORY, meta={"redirect_urls": ["https://www.kompas.com/robots.txt"]}),
        Request("https://www.kompas.com/robots.txt"),
    )
    robots.note_headers(Headers(), plain)
    robots.note_headers(Headers({"Content-Encoding": "gzip"}), packed)
    robots.stop_long(b"x" * 30, plain)
    robots.stop_long(b"x" * 300, packed)
    with pytest.raises(StopDownload):
        robots.stop_long(b"x" * 30, plain)


def test_each_host_is_asked_once_also_where_many_wait_for_it(crawler: Crawler, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it robots.txt is requested before every page."""
    robots = middleware(crawler, monkeypatch, says(b""))
    assert ask(robots, STORY, STORY, OTHER_HOST) == [None] * 3
    asked = [request.url for request in engine_of(crawler).asked]
    assert asked == ["https://www.kompas.com/robots.txt", "https://indeks.kompas.com/robots.txt"]


def test_rules_are_requested_again_after_a_day(crawler: Crawler, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it a backfill of weeks goes by the rules of its first minute."""
    clock = [1000.0]
    monkeypatch.setattr("crawler.middlewares.robots.monotonic", lambda: clock[0])
    robots = middleware(crawler, monkeypatch, says(b""))
    assert ask(robots, STORY) == [None]
    clock[0] += 23 * 3600
    assert ask(robots, STORY) == [None]
    assert len(engine_of(crawler).asked) == 1
    clock[0] += 2 * 3600
    engine_of(crawler).answer = says(ALL_FORBIDDEN)
    (refusal,) = ask(robots, STORY)
    assert isinstance(refusal, IgnoreRequest)


def test_the_question_itself_needs_no_leave_wherever_it_is_led(
    crawler: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it the request of robots.txt waits for its own answer without end."""
    robots = middleware(crawler, monkeypatch, says(ALL_FORBIDDEN))
    moved = Request("https://www.kompas.com/aturan", meta={"redirect_urls": ["https://www.kompas.com/robots.txt"]})
    assert asyncio.run(robots.process_request(moved)) is None
    assert ask(robots, "https://www.kompas.com/robots.txt") == [None]
    assert engine_of(crawler).asked == []


def test_the_delay_that_it_states_for_us_is_heeded(crawler: Crawler, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the delay of another crawler is kept, or none."""
    text = b"User-agent: *\nCrawl-delay: 9\n\nUser-agent: kompas_global\nCrawl-delay: 4\n"
    ask(middleware(crawler, monkeypatch, says(text)), STORY)
    assert crawler.stats.get_value("kompas/politeness/crawl_delay") == 4.0


@pytest.mark.parametrize(
    ("answer", "row"),
    [
        (says("# tak apa-apa ✓\n".encode()), (200, "# tak apa-apa ✓\n")),
        (says(b"\xff\n"), (200, "�\n")),
        (says(b"tidak ada", 404), (404, "tidak ada")),
        (says(b"sibuk", 503), (503, "sibuk")),
        (DownloadTimeoutError("took longer than 60.0 seconds"), (None, "")),
    ],
    ids=["text", "no text", "missing", "busy", "no answer"],
)
def test_what_it_said_is_kept_with_the_run(
    answer: Response | Exception,
    row: tuple[int | None, str],
    crawler: Crawler,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """Without it a user cannot show later under which rules the pages were fetched."""
    ask(middleware(crawler, monkeypatch, answer), STORY)
    assert kept(tmp_path) == [("www.kompas.com", *row)]


def test_a_store_that_cannot_keep_it_ends_the_run(crawler: Crawler, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it a full disk is met after the pages were fetched, with a traceback."""
    robots = middleware(crawler, monkeypatch, says(b""))

    def fail(*_: object) -> None:
        raise UnusableStore("the store a.db cannot grow because the disk is full")

    monkeypatch.setattr(OpenStore.of(crawler).runs, "keep_robots", fail)
    ask(robots, STORY)
    assert engine_of(crawler).reasons == ["store_error"]


@pytest.mark.parametrize("answer", [says(b""), IgnoreRequest("the run ends")], ids=["answer", "none"])
@pytest.mark.parametrize("already", [True, False])
def test_what_a_run_that_ends_did_not_ask_for_has_not_failed(
    already: bool,
    answer: Response | Exception,
    crawler: Crawler,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without it a story that was never requested counts as failed, and later runs leave it out."""
    robots = middleware(crawler, monkeypatch, answer)
    engine = engine_of(crawler)
    ends = SimpleNamespace(closing=object())
    ask_the_network = engine.download_async

    async def end_meanwhile(request: Request) -> Response:
        engine._slot = ends
        return await ask_the_network(request)

    if already:
        engine._slot = ends
    monkeypatch.setattr(engine, "download_async", end_meanwhile)
    (back,) = ask(robots, STORY)
    assert isinstance(back, Request)
    assert back.url == STORY
    assert engine.asked == [] if already else len(engine.asked) == 1
    assert engine.reasons == []


def test_a_run_that_ends_does_not_ask_for_rules_again(crawler: Crawler, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the retries of robots.txt continue after the run was closed."""
    robots = middleware(crawler, monkeypatch, says(b""))
    engine_of(crawler)._slot = SimpleNamespace(closing=object())
    (refusal,) = ask(robots, "https://www.kompas.com/robots.txt")
    assert isinstance(refusal, IgnoreRequest)


def test_an_archive_has_no_rules_to_ask_for(tmp_path: Path) -> None:
    """Without it a replay without a network refuses every page."""
    crawler = make_crawler(tmp_path, ROBOTSTXT_OBEY=False)
    with pytest.raises(NotConfigured):
        RobotsTxt.from_crawler(crawler)
    OpenStore.of(crawler).close()
