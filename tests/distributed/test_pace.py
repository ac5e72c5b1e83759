"""However many workers there are, the site sees one polite visitor."""

import itertools

import pytest

from tests.distributed.conftest import DAY
from tests.distributed.workers import Team, all_ended
from tests.site import faults
from tests.site.faults import Faults

DELAY = 0.4
ON_ITS_WAY = 0.06
"""Seconds by which two requests may come closer to one another than they left: TLS, threads, a busy machine."""
SLOW = (
    *("-a", f"since={DAY}", "-a", f"until={DAY}", "-a", "latest_depth=0", "-s", "KOMPAS_WARC_DIR="),
    *("-s", f"DOWNLOAD_DELAY={DELAY}", "-s", "AUTOTHROTTLE_ENABLED=False"),
)


def gaps(team: Team) -> list[float]:
    return [later.at - earlier.at for earlier, later in itertools.pairwise(team.site.requests)]


def test_four_workers_keep_the_pace_of_one(team: Team) -> None:
    """Without it N workers ask N times as fast as robots.txt and the settings allow."""
    workers = [team.start(*SLOW) for _ in range(4)]
    team.wait_for_requests(24)
    for worker in workers:
        worker.process.terminate()
    all_ended(workers)
    assert min(gaps(team)) >= DELAY - ON_ITS_WAY
    assert sum(gaps(team)[8:]) / len(gaps(team)[8:]) < 2 * DELAY, "and they do not wait for nothing"
    took_part = [worker for worker in workers if any("downloader/request_count" in line for line in worker.told)]
    assert len(took_part) >= 3


@pytest.mark.torture
def test_nobody_asks_while_the_site_wants_to_rest(team: Team) -> None:
    """Without it one worker waits as it was told, and the others go on."""
    site = team.site.site
    tired = site.listed(DAY)[5]
    team.site.faults = Faults(site, {tired: faults.first(1, faults.status(429, "3"))})
    workers = [team.start(*SLOW) for _ in range(3)]
    team.wait_for_requests(20)
    for worker in workers:
        worker.process.terminate()
    all_ended(workers)
    asked = team.site.requests
    (told,) = [at for at, one in enumerate(asked[:-1]) if tired in one.url and asked[at + 1].at - one.at > 2.9][:1]
    assert asked[told + 1].at - asked[told].at >= 3 - ON_ITS_WAY
