"""Stories that the site leads elsewhere, and how often it is asked: nothing lost, nothing foreign, one stream."""

import itertools
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from crawler.kompas.urls import article_id
from tests.conftest import Crawl
from tests.site.server import LookAlike
from tests.site.site import Reply, Site
from tests.test_whole_crawl import crawl_days

DAY = date(2026, 4, 16)


class Detours(Site):
    """The look-alike, with some stories of a day led elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        first, second, third, fourth = self.listed(DAY)[:4]
        self.targets = {
            first: "https://www.example.org/lain",
            second: "https://www.kompas.com/",
            third: "https://www.kompas.com/",
        }
        self.moved = fourth

    def respond(self, url: str) -> Reply:
        story = article_id(url)
        if story in self.targets:
            return Reply(302, [("Location", self.targets[story])], b"")
        if story == self.moved and "judul-lama" not in url:
            return Reply(301, [("Location", str(self.truth(story)["url"]) + "-judul-lama?page=all")], b"")
        if url.rstrip("/") == "https://www.kompas.com":
            return Reply(200, [("Content-Type", "text/html")], b"<html><body><p>Beranda.</p></body></html>")
        return super().respond(url.replace("-judul-lama", ""))


@pytest.fixture
def detours() -> Iterator[LookAlike]:
    with LookAlike(Detours()) as served:
        yield served


def test_every_detour_is_a_failure_of_the_story_that_was_meant(
    crawl: Crawl, detours: LookAlike, tmp_path: Path
) -> None:
    """Without it stories behind a foreign or a repeated redirect are lost: Scrapy drops them silently."""
    run = crawl_days(crawl, detours, DAY, DAY, "-a", "latest_depth=0")
    site = detours.site
    assert isinstance(site, Detours)
    with closing(sqlite3.connect(tmp_path / "store.db")) as store:
        failures = dict(store.execute("select article_id, reason from failures").fetchall())
    foreign, home, again = site.targets
    assert failures == {foreign: "OffSite", home: "FrontInstead", again: "FrontInstead"}
    assert run.status == 1
    assert {record["id"] for record in run.records} == set(site.listed(DAY)) - set(failures)
    assert all(asked.host.endswith("kompas.com") for asked in detours.requests)


def test_the_site_sees_one_slow_stream_whatever_the_host(crawl: Crawl) -> None:
    """Without it the delay does not hold between the three hosts of the site, or for robots.txt."""
    delay = 0.4
    with LookAlike(Site()) as site:
        run = crawl_days(
            crawl, site, DAY, DAY, "-a", "latest_depth=0", "-a", "limit=4", "-s", f"DOWNLOAD_DELAY={delay}"
        )
        times = [asked.at for asked in site.requests]
        hosts = {asked.host for asked in site.requests}
    assert run.status == 0, run.stderr[-2000:]
    assert len(hosts) > 1
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert min(gaps) >= delay * 0.5 * 0.9, gaps  # Scrapy varies the delay by half; a tenth for the clock
