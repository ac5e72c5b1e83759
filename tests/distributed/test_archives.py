"""`-a archive=` by several workers: what one machine reads alone, whoever dies meanwhile."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.storage import Revisions, Selection, Store
from tests.conftest import Crawl
from tests.distributed.workers import FAST, Team
from tests.site.site import Site
from tests.site.warc import write_warc


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "look-alike.warc.gz"
    write_warc(Site(), path, captured=datetime(2026, 4, 18, tzinfo=UTC))
    return path


def records(target: str) -> list[dict[str, object]]:
    with closing(Store(target)) as store:
        return list(store.records(Selection(revisions=Revisions.ALL)))


KILLS = [pytest.param(at, marks=pytest.mark.torture) for at in (0, 1)]


@pytest.mark.parametrize("killed", [None, *KILLS])
def test_workers_find_what_one_finds_alone(
    team: Team, archive: Path, crawl: Crawl, tmp_path: Path, killed: int | None
) -> None:
    """Without it a backfill from archives is done twice, in part, or in another order of its revisions."""
    alone = crawl("-a", f"archive={archive}", *FAST)
    workers = [team.start("-a", f"archive={archive}", "-s", "KOMPAS_WORKERS=1", *FAST) for _ in range(2)]
    if killed is not None:
        workers[1].wait_to_tell("Spider opened")
        workers[0].wait_to_tell("Spider opened")
        workers[killed].process.kill()
    statuses = [worker.ended() for at, worker in enumerate(workers) if at != killed]
    assert max(statuses) == alone.status, "\n".join(workers[0].told)
    assert records(team.database) == records(str(tmp_path / "store.db"))
    assert team.site.requests == []
    if killed is None:
        verdicts = [line for worker in workers for line in worker.verdict if "is judged" not in line]
        assert verdicts == alone.verdict
