"""Several workers with a real Redis and a real PostgreSQL: each story once, one ledger, one verdict, whoever dies."""

import signal
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
import redis

from crawler.storage import RunLock, Store
from tests.conftest import Crawl
from tests.distributed.conftest import DAY
from tests.distributed.workers import FAST, Team, all_ended
from tests.runs import stories_asked
from tests.servers import redis_server
from tests.site import faults
from tests.site.faults import Faults
from tests.site.living import Living

RANGE = ("-a", f"since={DAY}", "-a", f"until={DAY}")
SLOW = ("-s", "DOWNLOAD_DELAY=0.2", "-s", "AUTOTHROTTLE_ENABLED=False", "-s", "KOMPAS_WARC_DIR=")


def assert_all_in(team: Team) -> None:
    """Every story of the day once, the day closed, and one run that says so."""
    assert set(Living(DAY).listed(DAY)) <= set(team.hashes())
    assert {len(revisions) for revisions in team.hashes().values()} == {1}
    with closing(Store(team.database)) as store:
        assert [day.short for day in store.coverage(DAY, DAY)] == [[]]
        (run,) = store.runs.newest_first()
        assert (run["finish_reason"], run["healthy"]) == ("finished", True)


def test_four_workers_store_each_story_once_and_judge_once(team: Team, crawl: Crawl, tmp_path: Path) -> None:
    """Without it workers do each other's work, leave some of it, or each tells a part for the whole."""
    alone = crawl(*RANGE, *FAST, env=team.site.env())
    asked_alone = Counter(stories_asked(team.site))
    team.site.requests.clear()
    workers = [team.start(*RANGE, *FAST) for _ in range(4)]
    assert all_ended(workers) == [0, 0, 0, 0], "\n".join(workers[0].told)
    with closing(Store(str(tmp_path / "store.db"))) as store:
        assert team.hashes() == {article.id: [article.content_hash] for article in store.articles()}
    assert Counter(stories_asked(team.site)) == asked_alone
    verdicts = [line for worker in workers for line in worker.verdict]
    assert sum("is judged by the last one" in line for line in verdicts) == 3
    assert [line for line in verdicts if "is judged" not in line] == alone.verdict
    assert_all_in(team)
    with closing(Store(team.database)) as store:
        (run,) = store.runs.newest_first()
    assert run["counts"]["downloader/request_count"] == len(team.site.requests)


@pytest.mark.torture
@pytest.mark.parametrize("moment", [3, 5, 12])
def test_what_a_killed_worker_had_in_hand_is_done_by_the_others(team: Team, moment: int) -> None:
    """Without it a kill loses a story, or an index page and with it all that it lists; the first worker also leads."""
    first = team.start(*RANGE, *SLOW)
    team.wait_for_requests(1)
    second = team.start(*RANGE, *SLOW)
    team.wait_for_requests(moment)
    first.process.kill()
    assert second.ended() == 0, "\n".join(second.told)
    assert_all_in(team)


@pytest.mark.torture
def test_a_worker_that_comes_late_joins_and_one_that_is_told_to_end_goes(team: Team) -> None:
    """Without it the number of workers can only be changed between two runs."""
    first = team.start(*RANGE, *SLOW)
    team.wait_for_requests(1)
    second = team.start(*RANGE, *SLOW)
    second.wait_to_tell("Joining run 1")
    first.process.send_signal(signal.SIGTERM)
    assert first.ended() == 0
    assert "this worker is done (shutdown); run 1 is judged by the last one" in first.verdict[-1]
    assert second.ended() == 0, "\n".join(second.told)
    assert_all_in(team)


@pytest.mark.torture
def test_when_all_were_killed_the_next_one_goes_on_from_the_ledger(team: Team) -> None:
    """Without it what the dead left in Redis is taken for work that is under way, for ever."""
    workers = [team.start(*RANGE, *SLOW) for _ in range(2)]
    team.wait_for_requests(14)
    for worker in workers:
        worker.process.kill()
        worker.ended()
    stored = set(team.hashes())
    with closing(redis.Redis.from_url(team.redis)) as client:  # as it is once their beats are forgotten
        client.delete(*client.keys("kompas:*:workers"))
    team.site.requests.clear()
    assert team.start(*RANGE, *FAST).ended() == 0
    assert not stored & set(stories_asked(team.site))
    with closing(Store(team.database)) as store:
        assert [run["finish_reason"] for run in store.runs.newest_first()] == ["finished", "killed"]
        assert [day.short for day in store.coverage(DAY, DAY)] == [[]]


def test_what_ends_the_crawl_for_one_ends_it_for_all(team: Team) -> None:
    """Without it a site that refuses one worker is asked by all the others."""
    site = team.site.site
    team.site.faults = Faults(site, {site.listed(DAY)[4]: faults.status(202)})
    workers = [team.start(*RANGE, *SLOW) for _ in range(3)]
    assert sorted(all_ended(workers)) == [0, 0, 1]
    with closing(Store(team.database)) as store:
        (run,) = store.runs.newest_first()
    assert (run["finish_reason"], run["healthy"]) == ("blocked", False)
    assert set(site.listed(DAY)) - set(stories_asked(team.site))


@pytest.mark.torture
def test_without_redis_the_workers_end_and_the_next_run_goes_on(team: Team) -> None:
    """Without it a restart of Redis hangs the workers, or loses what was queued."""
    with redis_server() as url:
        passing = Team(team.site, team.database, url, team.folder)
        worker = passing.start(*RANGE, *SLOW)
        passing.wait_for_requests(8)
    assert worker.ended() == 1
    assert "Redis cannot be asked" in worker.verdict[-1]
    assert "start the workers again" in worker.verdict[-1]
    assert "Traceback" not in "\n".join(worker.told)
    assert team.start(*RANGE, *FAST).ended() == 0
    with closing(Store(team.database)) as store:
        assert [day.short for day in store.coverage(DAY, DAY)] == [[]]
        assert store.failures() == []


@pytest.mark.torture
def test_other_work_in_the_same_store_is_refused(team: Team) -> None:
    """Without it two crawls share one ledger and one verdict, and a run by hand doubles what workers do."""
    first = team.start(*RANGE, *SLOW)
    team.wait_for_requests(3)
    other = team.start("-a", "since=2021-04-21", "-a", "until=2021-04-21", *FAST)
    alone = Team(team.site, team.database, "", team.folder).start(*RANGE, *FAST)
    assert (other.ended(), alone.ended()) == (3, 3)
    assert f"at work in this store on since={DAY} until={DAY}, not on since=2021-04-21" in other.verdict[0]
    assert "another run is at work in the store" in alone.verdict[0]
    assert first.ended() == 0
    assert_all_in(team)


@pytest.mark.parametrize(
    ("database", "redis", "told"),
    [
        ("data/never.db", "redis://127.0.0.1:1/0", "several workers, which need one store: give -s KOMPAS_DB=postgres"),
        (None, "redis://127.0.0.1:1/0", "Redis cannot be asked"),
        (None, "rodis://127.0.0.1", "REDIS_URL=rodis://127.0.0.1 is no address of a Redis"),
    ],
)
def test_workers_without_redis_or_without_a_common_store_do_not_start(
    team: Team, database: str | None, redis: str, told: str
) -> None:
    """Without it a typing error is a traceback, or each worker crawls everything into a file of its own."""
    worker = Team(team.site, database or team.database, redis, team.folder).start(*RANGE, *FAST)
    assert worker.ended() == 2
    (line,) = worker.verdict
    assert told in line
    assert "Traceback" not in "\n".join(worker.told)
    assert team.site.requests == []
    lock = RunLock(team.database)
    lock.acquire(5)
    lock.release()
