"""`scrapy retry-failed`: each failure is requested again, and cleared when it succeeds."""

import argparse
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from scrapy.settings import Settings

from crawler.storage import Store
from tests.conftest import Crawl, Run
from tests.facts import ONE
from tests.forked import FORKS
from tests.make import make_failure, story_url
from tests.runs import ONCE, covered, crawl_range, index_pages, query, stories_asked
from tests.site import faults
from tests.site.living import Living
from tests.site.server import LookAlike
from tests.test_whole_crawl import FAST

FIRST, SECOND = date(2026, 4, 16), date(2026, 4, 17)
FRONT = "https://www.kompas.com/global"
Retry = Callable[[LookAlike], Run]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def retry(path: Path) -> Retry:
    """The command as a user types it."""

    def run(site: LookAlike) -> Run:
        done = FORKS.run("scrapy", "retry-failed", "-s", f"KOMPAS_DB={path}", *FAST, *ONCE, env=site.env())
        return Run(done.returncode, done.stderr, done.stdout, [])

    return run


def failed(path: Path) -> dict[str, list[object]]:
    """Address -> reason, times, attempts."""
    return {url: rest for url, *rest in query(path, "select url, reason, times, attempts from failures")}


def index(day: date, page: int = 1) -> str:
    return f"https://indeks.kompas.com/?site=global&date={day}" + (f"&page={page}" if page > 1 else "")


def test_what_failed_is_requested_until_it_is_there(crawl: Crawl, retry: Retry, path: Path) -> None:
    """Without it a bad night is repaired by hand, or never, and a repaired failure is still reported."""
    site = Living(FIRST, SECOND)
    story, paged, *_ = site.listed(FIRST)
    divided = site.change(paged, whole_on_request=False, breaks=(4,))
    down = faults.status(500)
    lost = {story: down, divided.page_url(2): down, index(SECOND, 2): down}
    with LookAlike(site, faults=lost) as served:
        crawl_range(crawl, served, FIRST, SECOND, "-a", "latest_depth=0")
        with closing(Store(str(path))) as store:
            store.record_failure(make_failure(url=FRONT, article_id=None, reason="HttpStatus 500"))
        whole = f"{site.stories[story].url}?page=all"
        everything = {whole, divided.page_url(2), index(SECOND, 2)}
        assert failed(path) == {url: ["HttpStatus 500", 1, 1] for url in (*everything, FRONT)}
        assert [day.short for day in covered(path)] == [["2 failed"], ["ended by an error (HttpStatus 500)"]]

        served.requests.clear()
        still = retry(served)
        assert still.status == 1
        assert failed(path) == {url: ["HttpStatus 500", 2, 2] for url in everything}
        assert FRONT in {asked.url for asked in served.requests}

        served.faults.laid = {}
        served.requests.clear()
        good = retry(served)
        assert good.status == 0, good.stderr[-3000:]
        assert "Traceback" not in good.stderr
        assert failed(path) == {}
        assert index_pages(served) == [str(SECOND), f"{SECOND}&page=2"]
        beyond = set(site.listed(SECOND)) & set(stories_asked(served))
        assert set(stories_asked(served)) == {story, paged} | beyond
        assert beyond
    assert [day.short for day in covered(path)] == [[], []]
    assert query(path, "select distinct job from runs where id > 1") == [("retry-failed",)]


def in_process(path: Path) -> int:
    """Return the command for the cases that end before the first request."""
    command = import_module("crawler.command_line.retry-failed").Command()
    command.settings = Settings({"KOMPAS_DB": str(path)})
    command.run([], argparse.Namespace(spargs={}))
    return int(command.exitcode)


def test_nothing_to_do_is_said_and_is_no_error(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without it a good night makes cron write a mail."""
    Store(str(path)).close()
    assert in_process(path) == 0
    assert capsys.readouterr().err == "kompas_global: nothing failed that could be tried again\n"


def test_what_is_gone_or_cannot_be_requested_is_left_alone(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without it one address that is no story, index day or front keeps all the others from being tried again."""
    with closing(Store(str(path))) as store:
        home = make_failure(url="https://www.kompas.com/", article_id=None, reason="Unexpected KeyError")
        store.record_failure(home)
        for hours in (0, 13, 26):
            when = make_failure().failed_at + timedelta(hours=hours)
            gone = make_failure(url=story_url(ONE), article_id=ONE, reason="HttpStatus 404", failed_at=when)
            store.record_failure(gone)
    assert in_process(path) == 0
    assert capsys.readouterr().err == (
        "kompas_global: 1 failed that are no story, index day or front; see the table failures\n"
        "kompas_global: nothing failed that could be tried again\n"
    )
