"""Whole runs that fell short: the last line says why, once, and the exit status says so too."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.conftest import Crawl, Run, crawl_in
from tests.make import WIB, read_page
from tests.runs import ONCE, covered, crawl_range, query, stories_asked
from tests.site import faults
from tests.site.faults import Fault, Spell
from tests.site.quiet import QuietIndex
from tests.site.server import LookAlike
from tests.site.site import Reply, Site
from tests.site.warc import write_warc
from tests.test_whole_crawl import FAST

DAY = date(2021, 4, 22)
BEFORE = DAY - timedelta(days=1)
SHALLOW = ("-a", "latest_depth=0")


def last(run: Run) -> str:
    """The last line that the run printed for the person."""
    return run.verdict[-1].removeprefix("kompas_global: ")


def served_empty(address: str) -> Fault:
    """The page of a story without any text."""
    page = read_page(canonical=address, body="")
    return lambda _: Reply(200, [("Content-Type", "text/html; charset=UTF-8")], page)


@dataclass(frozen=True)
class Night:
    """How a run of some nights ended."""

    run: Run
    asked: list[str]


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> list[Night]:
    """Four nights on which one story of the day is served empty and one leads to the front page."""
    folder = tmp_path_factory.mktemp("nights")
    crawl = crawl_in(folder)
    found = []
    with LookAlike(QuietIndex()) as site:
        empty, moved = site.site.listed(DAY)[:2]
        laid: dict[str, Fault | Spell] = {
            empty: served_empty(site.site.stories[empty].url),
            moved: faults.redirect("https://www.kompas.com/global"),
        }
        site.faults.laid = laid
        for _ in range(4):
            site.requests.clear()
            run = crawl_range(crawl, site, DAY, DAY, *SHALLOW)
            found.append(Night(run, [story for story in stories_asked(site) if story in laid]))
            query(folder / "store.db", "update failures set first_failed_at = '2020-01-01T00:00:00+00:00'")
    return found


def test_a_story_that_is_served_empty_or_leads_to_the_front_page_is_named(nights: list[Night]) -> None:
    """Without it a story that the site took down looks like a fault of the parser."""
    assert last(nights[0].run) == (
        "not healthy: 2 failed: 1 EmptyStory, 1 FrontInstead (scrapy retry-failed requests them again)"
    )
    assert [night.run.status for night in nights[:2]] == [1, 1]


def test_a_story_that_is_gone_for_good_lets_the_run_be_healthy_again(nights: list[Night]) -> None:
    """Without it one story that the site lost makes every run of its range unhealthy for years."""
    third, fourth = nights[2:]
    assert (third.run.status, fourth.run.status) == (0, 0), third.run.stderr[-2000:]
    assert last(third.run).endswith("0 failed, 2 gone from the site, 0 missing")
    assert (len(third.asked), fourth.asked) == (2, []), "a story that is gone is not requested"


@pytest.mark.parametrize(
    ("served", "status", "said", "note"),
    [
        ("", 8, "not healthy: the index lists nothing on 1 day (2021-04-22)", ["lists nothing"]),
        ("news", 0, None, []),
    ],
    ids=["under no name", "under another name"],
)
def test_a_day_that_the_index_does_not_list_under_its_name(
    crawl: Crawl, tmp_path: Path, served: str, status: int, said: str | None, note: list[str]
) -> None:
    """Without it a day that the site lists under another name is reported as complete, with no story in it."""
    with LookAlike(QuietIndex(names={DAY: served})) as site:
        run = crawl_range(crawl, site, BEFORE, DAY, *SHALLOW)
        asked = [asked.path_qs for asked in site.requests if f"date={DAY}" in asked.path_qs]
        listed = site.site.listed(DAY)
    day = covered(tmp_path / "store.db", DAY, DAY)[0]
    assert run.status == status, run.stderr[-2000:]
    assert said is None or last(run) == said
    assert [path.partition("site=")[2].partition("&")[0] for path in asked[:3]] == ["global", "internasional", "news"]
    assert (day.short, day.sites) == (note, [served] if served else [])
    assert {story.entry for story in day.stories} == (set(listed) if served else set())


def test_a_site_that_is_down_has_one_reason_and_it_is_the_error_itself(crawl: Crawl) -> None:
    """Without it a name that cannot be resolved is reported as a robots.txt, a failure, and an empty index."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    dead = f"http://127.0.0.1:{port}"
    env = dict.fromkeys(("http_proxy", "https_proxy"), dead)
    run = crawl("-a", f"since={DAY}", "-a", f"until={DAY}", *FAST, *ONCE, env={**env, "no_proxy": ""})
    assert run.status == 5
    assert last(run).startswith("not healthy: the site cannot be reached, or does not show its robots.txt: ")
    assert "refused" in last(run)
    assert ";" not in last(run)
    assert "RobotsTxt" not in last(run)


def test_the_advice_after_an_archive_is_not_to_ask_the_site(crawl: Crawl, tmp_path: Path) -> None:
    """Without it a person who works offline is sent to the live site."""
    site = Site()
    bad = next(story for story in site.stories.values() if story.trouble == "unknown_layout")
    archive = tmp_path / "a.warc.gz"
    write_warc(site, archive, [bad.page_url("all")], captured=datetime(2026, 4, 18, tzinfo=UTC))
    run = crawl("-a", f"archive={archive}", "-s", "KOMPAS_WORKERS=1")
    assert run.status == 1
    assert last(run).startswith("not healthy: 1 story is archived in a markup that no layout reads (scrapy explain")
    assert "retry-failed" not in run.stderr


def test_a_story_that_an_earlier_run_failed_makes_the_range_unhealthy(crawl: Crawl) -> None:
    """Without it a range ends healthy, given a second time, while seven of its stories are failed."""
    with LookAlike(Site()) as site:
        newest = site.site.listed(DAY)
        site.faults.laid = {newest[0]: faults.status(500)}
        first = crawl_range(crawl, site, BEFORE, DAY, *SHALLOW, "-a", f"limit={len(newest) + 2}")
        site.requests.clear()
        second = crawl_range(crawl, site, BEFORE, DAY, *SHALLOW)
        assert newest[0] not in stories_asked(site), "its day was read to its end in the first run"
    assert [first.status, second.status] == [1, 1]
    assert last(second) == (
        "not healthy: 1 failed in earlier runs: 1 HttpStatus 500 (scrapy retry-failed requests them again)"
    )


@pytest.fixture(scope="module")
def unlisted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Run, Run, LookAlike, set[str]]]:
    """Two daily runs over a site whose index leaves out three stories of yesterday."""
    today = datetime.now(UTC).astimezone(WIB).date()
    crawl = crawl_in(tmp_path_factory.mktemp("unlisted"))
    hidden = {story for story in Site(today).stories if story.startswith(f"{today - timedelta(days=1):%Y/%m/%d}")}
    hidden = set(sorted(hidden)[:3])
    with LookAlike(QuietIndex(today, hidden=hidden)) as site:
        first = crawl(*FAST, env=site.env())
        second = crawl(*FAST, env=site.env())
        yield first, second, site, hidden


def test_stories_that_the_index_does_not_list_are_fetched_counted_and_an_alarm(
    unlisted: tuple[Run, Run, LookAlike, set[str]],
) -> None:
    """Without it an index that loses stories makes them unknown: nothing else counts what it does not name."""
    first, second, site, hidden = unlisted
    assert hidden <= {record["id"] for record in first.records}
    assert (first.status, second.status) == (1, 1)
    assert "3 not listed by the index" in first.verdict[0]
    assert last(first).startswith("not healthy: the index does not list 3 of ")
    assert any(story in last(first) for story in hidden), "an example address"
    paths = [asked.path_qs for asked in site.requests if "sitemap" in asked.path_qs]
    assert paths == ["/sitemap.xml", "/sitemap-news-global.xml"] * 2
