"""Whole crawls of the look-alike site, by the command a user types, over TLS with verified certificates."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.kompas.text.dates import WIB
from crawler.kompas.urls import article_id
from tests.conftest import Crawl, Run, crawl_in
from tests.site.server import LookAlike
from tests.site.site import Site
from tests.site.warc import write_warc

FAST = (
    *("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False", "-s", "KOMPAS_CONTACT=tests@example.org"),
    *("-s", "KOMPAS_WARC_DIR="),
)
GOOD_DAYS = (
    *(date(2016, 2, 16), date(2021, 4, 21), date(2021, 4, 22), date(2023, 4, 20), date(2026, 4, 16)),
    date(2026, 4, 17),
)
BAD_DAY = date(2021, 5, 1)
CAPTURE_FACTS = ("discovery", "fetched_at", "provenance")
"""What a record says of its capture, not of the story."""


@pytest.fixture
def site() -> Iterator[LookAlike]:
    with LookAlike(Site()) as served:
        yield served


def crawl_days(crawl: Crawl, site: LookAlike, since: date, until: date, *more: str) -> Run:
    return crawl("-a", f"since={since}", "-a", f"until={until}", *FAST, *more, env=site.env())


@pytest.fixture(scope="module")
def good_days(tmp_path_factory: pytest.TempPathFactory) -> dict[date, Run]:
    """Each good day as a first run brings it, into a store of its own; several tests read what came out."""
    with LookAlike(Site()) as site:
        return {
            day: crawl_days(crawl_in(tmp_path_factory.mktemp(str(day))), site, day, day, "-a", "latest_depth=0")
            for day in GOOD_DAYS
        }


def assert_true(record: dict[str, Any], truth: dict[str, Any]) -> None:
    for key, value in truth.items():
        assert record[key] == value, (record["id"], key)


@pytest.mark.parametrize("day", GOOD_DAYS, ids=str)
def test_every_story_of_a_day_comes_out_once_and_as_it_is(day: date, good_days: dict[date, Run]) -> None:
    """A crawl stores every story of a day once, nothing of another kanal, and every field is right."""
    site, run = Site(), good_days[day]
    assert run.status == 0, run.stderr[-3000:]
    ids = [record["id"] for record in run.records]
    assert Counter(ids) == Counter(site.listed(day))
    for record in run.records:
        assert_true(record, site.truth(record["id"]))
        assert record["discovery"]["via"] == "index"


@pytest.fixture(scope="module")
def with_links(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, LookAlike]:
    """A crawl of a day that follows the latest links, and the site that it asked."""
    with LookAlike(Site()) as site:
        crawl = crawl_in(tmp_path_factory.mktemp("links"))
        return crawl_days(crawl, site, date(2021, 4, 22), date(2021, 4, 22)), site


def test_latest_links_lead_to_stories_of_other_days(with_links: tuple[Run, LookAlike]) -> None:
    """Its boxes ("Terkini Lainnya", "Mungkin Anda melewatkan ini") lead to stories of the day before, one step deep."""
    run, site = with_links
    listed = set(site.site.listed(date(2021, 4, 22)))
    followed = [record for record in run.records if record["id"] not in listed]
    assert run.status == 0, run.stderr[-3000:]
    assert listed <= {record["id"] for record in run.records}
    assert followed
    assert {record["discovery"]["via"] for record in followed} <= {"latest", "older"}
    assert all(record["id"] in site.site.stories for record in run.records)


def test_nothing_forbidden_or_foreign_is_requested(with_links: tuple[Run, LookAlike]) -> None:
    """The crawl requests robots.txt first, then only index and read pages of this section, and names itself."""
    _, site = with_links
    hosts = {asked.host for asked in site.requests}
    assert hosts <= {"indeks.kompas.com", "www.kompas.com", "internasional.kompas.com"}
    for host in hosts:
        assert next(asked for asked in site.requests if asked.host == host).path_qs == "/robots.txt"
    for asked in site.requests:
        assert asked.path_qs == "/robots.txt" or asked.host == "indeks.kompas.com" or article_id(asked.url), asked
        assert "/copy/" not in asked.path_qs
        assert "source=" not in asked.path_qs
        assert "tests@example.org" in asked.user_agent
        assert "Mozilla" not in asked.user_agent


def test_a_second_run_asks_for_the_index_and_for_no_stored_story(crawl: Crawl, site: LookAlike) -> None:
    """A nightly run costs the site only index pages, and stores nothing twice."""
    day = date(2026, 4, 17)
    first = crawl_days(crawl, site, day, day, "-a", "latest_depth=0")
    site.requests.clear()
    second = crawl_days(crawl, site, day, day, "-a", "latest_depth=0")
    assert second.status == 0, second.stderr[-3000:]
    assert second.records == []
    assert {asked.host for asked in site.requests} == {"indeks.kompas.com"}
    assert f"{len(first.records)} unchanged" in second.verdict[0]


def test_the_recorded_site_gives_the_same_records(crawl: Crawl, good_days: dict[date, Run], tmp_path: Path) -> None:
    """A dataset is rebuilt from the archive, equal except for the facts of the capture."""
    live = {record["id"]: record for run in good_days.values() for record in run.records}
    wholes = [f"{record['url']}?page=all" for record in live.values()]
    numbered = [f"{r['url']}?page={n}" for r in live.values() for n in range(1, r["pages"] + 1)]
    archive = tmp_path / "site.warc.gz"
    write_warc(Site(), archive, [*wholes, *numbered], captured=datetime(2026, 4, 18, tzinfo=UTC))
    again = crawl("-a", f"archive={archive}", db=tmp_path / "again.db")
    assert again.status == 0, again.stderr[-3000:]
    replayed = {record["id"]: record for record in again.records}
    assert set(replayed) == set(live)
    for story, record in live.items():
        assert without_capture(replayed[story]) == without_capture(record)
    assert all(record["provenance"]["warc_file"] == "site.warc.gz" for record in replayed.values())


def without_capture(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key not in CAPTURE_FACTS}


def test_the_daily_run_reads_today_yesterday_and_the_front(crawl: Crawl) -> None:
    """A crawl without arguments, which cron runs, reads today, yesterday and the section front."""
    today = datetime.now(UTC).astimezone(WIB).date()
    with LookAlike(Site(today)) as site:
        run = crawl(*FAST, env=site.env())
        yesterday = date.fromordinal(today.toordinal() - 1)
        expected = {*site.site.listed(today), *site.site.listed(yesterday)}
        asked = [asked.url for asked in site.requests]
    assert run.status == 0, run.stderr[-3000:]
    assert expected <= {record["id"] for record in run.records}
    assert "https://www.kompas.com/global" in asked
    assert not any("/global/read/" in url and "?page=" not in url for url in asked)


def test_only_the_listed_urls_are_read(crawl: Crawl, site: LookAlike, tmp_path: Path) -> None:
    """A list with addresses of any form leads to its stories and to no others."""
    first, second = site.site.listed(date(2021, 4, 22))[:2]
    addresses = [str(site.site.truth(story)["url"]) for story in (first, second)]
    urls = tmp_path / "urls.txt"
    urls.write_text(f"# two stories, one twice\n{addresses[0]}?source=x\n{addresses[1]}\n\n{addresses[0]}#komentar\n")
    run = crawl("-a", f"urls={urls}", *FAST, env=site.env())
    assert run.status == 0, run.stderr[-3000:]
    assert sorted(record["id"] for record in run.records) == sorted((first, second))


def test_a_limit_is_kept(crawl: Crawl, site: LookAlike) -> None:
    """A crawl with a limit requests no more stories than the limit."""
    run = crawl_days(crawl, site, date(2021, 4, 22), date(2021, 4, 22), "-a", "limit=3")
    assert run.status == 0, run.stderr[-3000:]
    assert len(run.records) == 3


def test_what_goes_wrong_is_recorded_by_name_and_the_run_is_not_healthy(crawl: Crawl, site: LookAlike) -> None:
    """A gone page, a challenge, a checkpoint and an unknown layout are named and counted, and never an article.

    A challenge and a checkpoint with no page read between them end a run; the next run goes on behind them.
    """
    runs = [crawl_days(crawl, site, BAD_DAY, BAD_DAY, "-a", "latest_depth=0") for _ in range(2)]
    said = "".join(run.stderr for run in runs)
    for reason in ("HttpStatus 404", "Blocked", "HttpStatus 403", "UnknownLayout", "MissingTitle", "EmptyPage"):
        assert f"failed: {reason}" in said, reason
    assert ["Blocked: the site refuses" in run.stderr for run in runs] == [True, False]
    assert [run.status for run in runs] == [4, 7]
    assert "failed in earlier runs: " in runs[1].verdict[-1], runs[1].verdict
    for record in (record for run in runs for record in run.records):
        assert_true(record, site.site.truth(record["id"]))
