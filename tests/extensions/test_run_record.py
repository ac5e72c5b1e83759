"""A run is a row of the store before its first request."""

import os
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from scrapy.crawler import Crawler

from crawler import PARSER_VERSION, __version__
from crawler.arguments import parse_arguments
from crawler.errors import UnusableStore
from crawler.extensions.open_store import OpenStore
from crawler.extensions.run_record import begin_run
from crawler.spiders.kompas_global import KompasGlobalSpider
from crawler.storage import Store
from tests.make import make_crawler


def test_a_run_says_who_runs_what_and_since_when(crawler: Crawler) -> None:
    """Without it a second run cannot name the run that holds the store."""
    crawler.spider = KompasGlobalSpider(parse_arguments({"since": "2021-04-20", "limit": "3"}, datetime.now(UTC)))
    store = OpenStore.of(crawler)
    record = begin_run(store, crawler)
    row = next(store.runs.newest_first())
    assert (row["id"], row["job"]) == (record.id, "since=2021-04-20")
    assert (row["host"], row["pid"]) == (socket.gethostname(), os.getpid())
    assert (row["version"], row["parser_version"]) == (__version__, PARSER_VERSION)
    assert record.started_at == record.job_started_at == row["started_at"]
    assert datetime.now(UTC) - record.started_at < timedelta(minutes=1)
    assert record.started_at.microsecond == 0


def test_a_run_keeps_the_politeness_it_had(tmp_path: Path) -> None:
    """Without it a release states the settings of the export for a crawl that was made with others."""
    crawler = make_crawler(tmp_path, ROBOTSTXT_OBEY="1", DOWNLOAD_DELAY="0.1", KOMPAS_CONTACT="ops@example.org")
    kept = next(OpenStore.of(crawler).runs.newest_first())["settings"]
    OpenStore.of(crawler).close()
    assert kept["mode"] == "live"
    assert (kept["robotstxt_obey"], kept["delay"], kept["revisit_hours"]) == (True, 0.1, [6, 24, 72])
    assert kept["contact_given"] is True
    assert "ops@example.org" not in str(kept)
    assert str(tmp_path) not in str(kept)


def test_an_opened_store_has_its_run(tmp_path: Path) -> None:
    """Without it a component needs the number of the run and there is none."""
    crawler = make_crawler(tmp_path)
    rows = [row["id"] for row in OpenStore.of(crawler).runs.newest_first()]
    assert rows == [OpenStore.run_of(crawler).id] == [1]
    OpenStore.of(crawler).close()


def test_a_run_that_goes_on_knows_when_its_job_began(tmp_path: Path) -> None:
    """Without it a resumed run does not recognise the failures of its own job."""
    first, second = make_crawler(tmp_path), make_crawler(tmp_path)
    assert OpenStore.run_of(second).job_started_at == OpenStore.run_of(first).job_started_at
    assert OpenStore.run_of(second).id == 2
    for crawler in (first, second):
        OpenStore.of(crawler).close()


def test_a_store_that_cannot_be_written_ends_the_run_before_it_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it a run on a full disk fetches for hours what it cannot keep."""
    Store(str(tmp_path / "s.db")).close()

    def refuse(self: object, beginning: object) -> None:
        raise UnusableStore("the disk is full")

    monkeypatch.setattr("crawler.storage.runs.Runs.begin", refuse)
    with pytest.raises(UnusableStore, match="the disk is full"):
        make_crawler(tmp_path)


def test_the_first_run_of_another_parser_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Without it an upgrade makes revisions of stories that the site did not change."""
    OpenStore.of(make_crawler(tmp_path)).close()
    assert "scrapy reextract" not in caplog.text
    monkeypatch.setattr("crawler.extensions.run_record.PARSER_VERSION", "next")
    OpenStore.of(make_crawler(tmp_path)).close()
    assert f"read with parser {PARSER_VERSION}, this one with next: `scrapy reextract`" in caplog.text
    caplog.clear()
    OpenStore.of(make_crawler(tmp_path)).close()
    assert "scrapy reextract" not in caplog.text
