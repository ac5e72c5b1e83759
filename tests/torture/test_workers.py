"""Workers of one crawl are killed and replaced at random moments until it is done."""

import random
import time
from collections import Counter
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from crawler.storage import Store
from tests.conftest import Crawl
from tests.distributed.workers import FAST, Team, Worker
from tests.runs import stories_asked
from tests.servers import PostgreSQL
from tests.site.living import Living
from tests.site.server import LookAlike
from tests.torture import running
from tests.torture.conftest import Figures

pytestmark = pytest.mark.torture
DAYS = (date(2021, 4, 21), date(2021, 4, 22))
RANGE = ("-a", f"since={DAYS[0]}", "-a", f"until={DAYS[1]}")
SLOW = ("-s", "DOWNLOAD_DELAY=0.2", "-s", "AUTOTHROTTLE_ENABLED=False", "-s", "KOMPAS_WARC_DIR=")
WORKERS = 4
KILLS = 30
PAUSES = (0.5, 4.0)
"""Seconds between two kills: a worker needs two or three to start."""


def kill_and_replace(team: Team, kills: int, draw: random.Random) -> int:
    """Gives the number of workers that were killed before the crawl was done."""
    alive: list[Worker] = [team.start(*RANGE, *SLOW) for _ in range(WORKERS)]
    killed = 0
    team.wait_for_requests(1)
    while killed < kills:
        time.sleep(draw.uniform(*PAUSES))
        victim = draw.choice(alive)
        if any(worker.process.poll() is not None for worker in alive):
            break  # the crawl is done
        victim.process.kill()
        victim.ended()
        alive.remove(victim)
        killed += 1
        alive.append(team.start(*RANGE, *SLOW))
    for worker in alive:
        assert worker.ended() == 0, "\n".join(worker.told[-20:])
    return killed


def test_workers_killed_at_random_lose_nothing_and_double_nothing(
    crawl: Crawl, postgres: PostgreSQL, redis_url: str, tmp_path: Path, figures: Figures
) -> None:
    """Without it every crash of a machine costs stories that nobody misses until somebody counts."""
    draw, wanted = random.Random(30), running.so_many(KILLS)
    kills = crawls = twice = lost = doubled = 0
    began = time.monotonic()
    with LookAlike(Living(*DAYS)) as site:
        crawl(*RANGE, *FAST, env=site.env())
        with closing(Store(str(tmp_path / "store.db"))) as store:
            whole = {article.id: [article.content_hash] for article in store.articles()}
        while kills < wanted:
            site.requests.clear()
            team = Team(site, postgres.new_database(), redis_url, tmp_path)
            kills += kill_and_replace(team, wanted - kills, draw)
            crawls += 1
            found = team.hashes()
            lost += len(whole.keys() - found.keys())
            doubled += sum(found[story] != hashes for story, hashes in whole.items() if story in found)
            twice += sum(count - 1 for count in Counter(stories_asked(site)).values())
            with closing(Store(team.database)) as store:
                assert [day.short for day in store.coverage(*DAYS)] == [[], []]
                assert store.failures() == []
                assert [run["finish_reason"] for run in store.runs.newest_first()] == ["finished"]
    figures.tell(
        f"SIGKILL of {WORKERS} workers",
        f"{kills} kills in {crawls} crawls of {len(whole)} stories: {lost} lost, {doubled} doubled; "
        f"{twice} stories asked for once more; {time.monotonic() - began:.0f} s",
    )
    assert (lost, doubled) == (0, 0)
