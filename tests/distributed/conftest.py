"""A site of one day, a database, and Redis, for workers."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from tests.distributed.workers import Team
from tests.servers import PostgreSQL
from tests.site.living import Living
from tests.site.server import LookAlike

DAY: Final = date(2021, 4, 22)


@pytest.fixture
def site() -> Iterator[LookAlike]:
    with LookAlike(Living(DAY)) as served:
        yield served


@pytest.fixture
def team(site: LookAlike, postgres: PostgreSQL, redis_url: str, tmp_path: Path) -> Iterator[Team]:
    team = Team(site, postgres.new_database(), redis_url, tmp_path)
    yield team
    for worker in team.workers:
        worker.process.kill()
        worker.ended()
