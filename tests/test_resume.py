"""A backfill that is killed continues from the ledger; its store equals that of an uninterrupted one."""

import os
import signal
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from crawler.storage.runs import KILLED
from tests.conftest import Crawl, Run
from tests.forked import FORKS
from tests.runs import covered, crawl_range, index_pages, query, stories_asked
from tests.site.living import Living
from tests.site.server import LookAlike
from tests.site.site import Reply
from tests.test_whole_crawl import FAST

DAY, NEXT = date(2026, 4, 16), date(2026, 4, 17)
"""The boxes on the stories of a day lead to those of the next, which the crawl of that day follows."""
MOMENTS = (1, 3, 7, 9)
"""Requests of a run at which it is killed: robots.txt, the second page of the index, a story, one that a box led to."""


class Deadly(Living):
    """Kills the crawl in place of an answer."""

    def __init__(self) -> None:
        super().__init__(DAY, NEXT)
        self.victim = 0
        self.left = 0

    def respond(self, url: str) -> Reply:
        self.left -= 1
        if self.left == 0:
            os.kill(self.victim, signal.SIGKILL)
        return super().respond(url)


def crawl_until_killed(site: LookAlike, moment: int, path: Path, *arguments: str) -> None:
    """A run that does not live to see the answer to so many requests."""
    deadly = site.site
    assert isinstance(deadly, Deadly)

    def begun(process: int) -> None:
        deadly.victim, deadly.left = process, moment

    command = ("crawl", "kompas_global", "-s", f"KOMPAS_DB={path}", *FAST, *arguments)
    assert FORKS.run("scrapy", *command, env=site.env(), begun=begun).returncode == -signal.SIGKILL


def contents(path: Path) -> set[tuple[str, ...]]:
    """What lies in the store, but for times and for where each story was met first."""
    wanted = (
        "select 'article', id, revision, content_hash from articles",
        "select 'listed', day, entry, position from listed",
        "select 'sighting', article_id, via, title from sightings",
        "select 'failure', url, reason, times from failures",
    )
    return {tuple(map(str, row)) for sql in wanted for row in query(path, sql)}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, ...]]:
    """What a run that nothing interrupts has in the end."""
    path = tmp_path_factory.mktemp("whole") / "store.db"
    with LookAlike(Living(DAY, NEXT)) as site:
        command = ("crawl", "kompas_global", "-s", f"KOMPAS_DB={path}", *FAST)
        FORKS.run("scrapy", *command, "-a", f"since={DAY}", "-a", f"until={DAY}", env=site.env()).check_returncode()
    return contents(path)


def of_the_day(crawl: Crawl, site: LookAlike, *more: str) -> Run:
    return crawl_range(crawl, site, DAY, DAY, *more)


def test_a_range_that_is_killed_again_and_again_comes_to_the_same_end(
    crawl: Crawl, tmp_path: Path, whole: set[tuple[str, ...]]
) -> None:
    """Without it a machine that restarts at night loses stories, fetches them twice, or never comes to an end."""
    path = tmp_path / "store.db"
    days = ("-a", f"since={DAY}", "-a", f"until={DAY}")
    with LookAlike(Deadly()) as site:
        for moment in MOMENTS:
            crawl_until_killed(site, moment, path, *days)
        run = of_the_day(crawl, site)
        assert run.status == 0, run.stderr[-3000:]
        asked = Counter(stories_asked(site))
    assert contents(path) == whole
    assert len(asked) == sum(row[0] == "article" for row in whole)
    assert asked.total() <= len(asked) + len(MOMENTS)  # a killed run may have been waiting for one
    assert max(asked.values()) <= 2
    assert [day.short for day in covered(path, DAY, DAY)] == [[]]
    ends = [reason for (reason,) in query(path, "select finish_reason from runs order by id")]
    assert [KILLED] * len(ends[:-1]) + ["finished"] == ends
    assert len(set(query(path, "select job_started_at from runs"))) == 1


def test_a_range_in_portions_reads_each_day_once_and_what_was_left_first(
    crawl: Crawl, tmp_path: Path, whole: set[tuple[str, ...]]
) -> None:
    """Without it a user with a limit of a hundred stories a night requests the same index pages every night."""
    path = tmp_path / "store.db"
    walks, portions = [], 0
    with LookAlike(Living(DAY, NEXT)) as site:
        while True:
            site.requests.clear()
            run = of_the_day(crawl, site, "-a", "limit=9")
            assert run.status == 0, run.stderr[-3000:]
            walks.append(index_pages(site))
            portions += 1
            if len(run.records) < 9:
                break
    assert portions == 3
    assert walks == [[str(DAY), f"{DAY}&page=2"], [], []]
    assert contents(path) == whole
    assert query(path, "select finish_reason from runs order by id") == [("limit",), ("limit",), ("finished",)]


def test_the_oldest_first_another_range_and_a_finished_job(crawl: Crawl, tmp_path: Path) -> None:
    """Without it a range begins at the wrong end, takes over what another one left, or is never read again."""
    path = tmp_path / "store.db"
    oldest = ("-a", "latest_depth=0", "-a", "order=oldest")
    with LookAlike(Living(DAY, NEXT)) as site:
        crawl_range(crawl, site, DAY, NEXT, *oldest, "-a", "limit=3")
        assert [day.day for day in covered(path)] == [DAY]
        site.requests.clear()
        other = crawl_range(crawl, site, NEXT, NEXT, "-a", "latest_depth=0")
        assert {record["id"][:10] for record in other.records} == {f"{NEXT:%Y/%m/%d}"}
        site.requests.clear()
        crawl_range(crawl, site, DAY, NEXT, *oldest)
        assert index_pages(site) == []  # also when another run walked the other day since the job began
        assert {story[:10] for story in stories_asked(site)} == {f"{DAY:%Y/%m/%d}"}
        site.requests.clear()
        crawl_range(crawl, site, DAY, NEXT, *oldest)
        walked = [f"{day}{page}" for day in (DAY, NEXT) for page in ("", "&page=2")]
        assert (index_pages(site), stories_asked(site)) == (walked, [])
    assert [day.short for day in covered(path)] == [[], []]
    started = query(path, "select job, count(distinct job_started_at) from runs group by job order by job")
    assert started == [(f"since={DAY} until={NEXT}", 2), (f"since={NEXT} until={NEXT}", 1)]
