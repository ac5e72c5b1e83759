"""The JSON Lines feed: whole lines, whatever ends the run, and a torn one is no obstacle."""

import csv
import json
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from scrapy.crawler import Crawler
from scrapy.settings import Settings
from scrapy.utils.test import get_crawler

from crawler.exporters import ArticleFeeds, LineFile, WholeLines, cut_torn_line
from crawler.items import Article, Failure
from tests.conftest import Crawl
from tests.make import make_article
from tests.project.test_sample import SAMPLE
from tests.site import faults
from tests.site.server import LookAlike
from tests.site.site import Site
from tests.test_whole_crawl import FAST


@pytest.fixture
def crawler() -> Crawler:
    return get_crawler()


class TinyFile(BytesIO):
    """Takes three bytes at a time, as a file without a buffer may."""

    def write(self, data: Any) -> int:
        return super().write(bytes(data[:3]))


class FullDisk(BytesIO):
    def write(self, data: Any) -> int:
        raise OSError(28, "No space left on device")


def test_a_line_is_written_whole_though_the_file_takes_it_in_pieces(crawler: Crawler) -> None:
    """Without it a long article is cut in the feed and every line after it is glued to another."""
    file = TinyFile()
    exporter = WholeLines.from_crawler(crawler, file, encoding="utf-8")
    exporter.export_item(make_article(title="Kapal “Bahari”"))
    exporter.export_item(make_article())
    lines = file.getvalue().decode().splitlines()
    assert [json.loads(line)["title"] for line in lines] == ["Kapal “Bahari”", make_article().title]


def test_a_full_disk_is_reported_once_and_does_not_stop_the_run(crawler: Crawler) -> None:
    """Without it every further article is a traceback in the log."""
    exporter = WholeLines.from_crawler(crawler, FullDisk())
    exporter.export_item(make_article())
    exporter.export_item(make_article())
    assert crawler.stats.get_value("kompas/run/feed_error") == "the feed cannot be written (No space left on device)"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'{"a": 1}\n{"a": 2}\n', b'{"a": 1}\n{"a": 2}\n'),
        (b'{"a": 1}\n{"a": ', b'{"a": 1}\n'),
        (b'{"a": ', b""),
        (b"", b""),
        (b'{"a": 1}\n' + b"x" * 200_000, b'{"a": 1}\n'),
        (b"x" * 65_535 + b"\n" + b"y" * 65_536, b"x" * 65_535 + b"\n"),
    ],
    ids=["whole", "torn", "only torn", "empty", "longer than a block", "at the edge of a block"],
)
def test_only_what_comes_after_the_last_whole_line_is_cut_off(before: bytes, after: bytes, tmp_path: Path) -> None:
    """Without it a kill costs a line more, or leaves half a line before the next run's first."""
    path = tmp_path / "feed.jsonl"
    path.write_bytes(before)
    assert cut_torn_line(path) == len(before) - len(after)
    assert path.read_bytes() == after


def test_a_feed_that_is_appended_to_begins_behind_the_last_whole_line(tmp_path: Path) -> None:
    """Without it the first article after a kill stands on the line of the one that was cut."""
    path = tmp_path / "feed.jsonl"
    path.write_bytes(b'{"a": 1}\n{"a"')
    storage = LineFile(str(path), feed_options={"overwrite": False})
    with storage.open(None) as file:  # type: ignore[arg-type]  # it asks nothing of the spider
        file.write(b'{"a": 2}\n')
    assert path.read_bytes() == b'{"a": 1}\n{"a": 2}\n'


def test_a_run_whose_feed_cannot_be_written_says_so_and_stores_all(crawl: Crawl) -> None:
    """Without it the user finds an empty file in the morning, and a healthy run."""
    run = crawl("-a", f"archive={SAMPLE}", "-O", "/dev/full:jsonlines")
    assert run.status == 6
    assert run.verdict[0].startswith("kompas_global: 69 new")
    assert run.verdict[1].endswith("not healthy: the feed cannot be written (No space left on device)")
    assert "Traceback" not in run.stderr


def test_every_feed_takes_articles_unless_it_says_otherwise() -> None:
    """Without it a feed of the settings, which no command line named, holds failures and facts between its articles."""
    settings = Settings({"FEEDS": {"a.csv": {"format": "csv"}, "b.jsonl": {"item_classes": [Failure]}}})
    ArticleFeeds().update_settings(settings)
    feeds = settings.getdict("FEEDS")
    assert feeds["a.csv"] == {"format": "csv", "item_classes": [Article]}
    assert feeds["b.jsonl"] == {"item_classes": [Failure]}


def test_feeds_hold_the_articles_and_nothing_else(crawl: Crawl, tmp_path: Path) -> None:
    """Without it a table has a row for each failure and each fact, or lacks the columns of the articles."""
    table, listed, site = tmp_path / "out.csv", tmp_path / "urls.txt", Site()
    good, bad = site.listed(date(2021, 4, 22))[:2]
    listed.write_text("\n".join(str(site.truth(story)["url"]) for story in (bad, good)))
    with LookAlike(site, faults={bad: faults.status(404)}) as served:
        run = crawl("-a", f"urls={listed}", "-O", str(table), *FAST, env=served.env())
    assert "1 new" in run.verdict[0]
    assert "1 failed" in run.verdict[0]
    assert [record["id"] for record in run.records] == [good]
    with table.open(encoding="utf-8", newline="") as lines:
        (row,) = csv.DictReader(lines)
    assert (row["id"], row["title"]) == (good, run.records[0]["title"])
