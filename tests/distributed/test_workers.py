"""Several workers with a real Redis and a real PostgreSQL: each story once, one pace, one ledger, one verdict."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from crawler.storage import Store
from tests.conftest import Crawl
from tests.distributed.workers import FAST, Team, all_ended
from tests.runs import robots_asked, stories_asked
from tests.servers import PostgreSQL
from tests.site.server import LookAlike
from tests.site.site import Site

DAYS = (date(2021, 4, 21), date(2021, 4, 22))
RANGE = ("-a", f"since={DAYS[0]}", "-a", f"until={DAYS[1]}")


@pytest.fixture
def site() -> Iterator[LookAlike]:
    with LookAlike(Site()) as served:
        yield served


@pytest.fixture
def team(site: LookAlike, postgres: PostgreSQL, redis_url: str, tmp_path: Path) -> Team:
    return Team(site, postgres.new_database(), redis_url, tmp_path)


def test_four_workers_store_each_story_once_and_judge_once(team: Team, crawl: Crawl, tmp_path: Path) -> None:
    """Without it workers do each other's work, leave some of it, or each tells a part for the whole."""
    alone = crawl(*RANGE, *FAST, env=team.site.env())
    asked_alone = Counter(stories_asked(team.site))
    team.site.requests.clear()
    workers = [team.start(*RANGE, *FAST) for _ in range(4)]
    statuses = all_ended(workers)
    assert statuses == [0, 0, 0, 0], "\n".join(workers[0].told)
    with closing(Store(str(tmp_path / "store.db"))) as store:
        assert team.hashes() == {article.id: [article.content_hash] for article in store.articles()}
    assert Counter(stories_asked(team.site)) == asked_alone
    verdicts = [line for worker in workers for line in worker.verdict]
    assert sum("is judged by the last one" in line for line in verdicts) == 3
    assert [line for line in verdicts if "is judged" not in line] == alone.verdict
    with closing(Store(team.database)) as store:
        (run,) = store.runs.newest_first()
        assert run["healthy"]
        assert run["counts"]["downloader/request_count"] == len(team.site.requests)
        assert all(not day.short for day in store.coverage(*DAYS))
    assert robots_asked(team.site) >= 1
