"""Fixtures that many tests share: a crawl as a user types it, the real pages, PostgreSQL and a Dask cluster."""

import atexit
import gc
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from tests.forked import FORKS
from tests.patched import IN_THREADS, scrapy_module
from tests.servers import NO_POSTGRES, POSTGRES, PostgreSQL, postgresql

if TYPE_CHECKING:
    from tests.cluster import Cluster

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the slowest files first, then those with whole crawls, so that no core is idle at the end."""
    crawls = {item.path for item in items if WHOLE.intersection(getattr(item, "fixturenames", ()))}
    ranks = {ROOT / "tests" / name: rank for rank, name in enumerate(SLOWEST)}
    items.sort(key=lambda item: ranks.get(item.path, len(ranks) + (item.path not in crawls)))


def pytest_collection_finish() -> None:
    """Exempt the collected tests from garbage collection: each collection would visit all of them."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """Let the process end as any other: DuckDB reports what is still frozen as leaked."""
    atexit.unregister(gc.freeze)  # of the commands
    gc.unfreeze()


ROOT = Path(__file__).parent.parent
WHOLE = frozenset(("crawl", "site", "cluster", "browsers", "recorded", "report"))
"""Fixtures of tests that run whole commands."""
SLOWEST = (
    *("test_archive_crawl.py", "dataset/report/test_page.py", "health/test_layout_drift.py"),
    *("commands/test_terminal.py", "test_recorded_crawl.py", "commands/test_ends_well.py", "test_whole_crawl.py"),
    *("kompas/unread/test_describe.py", "rendering/test_rendering.py", "storage/test_postgresql.py"),
    *("fuzz/test_damaged_pages.py", "commands/test_bundle.py", "commands/test_reextract.py"),
    *("test_politeness.py", "commands/test_copy_store.py", "dataset/test_bundle.py", "test_verdict_runs.py"),
    *("test_executor.py", "commands/test_entry_point.py", "test_real_pages.py", "rendering/test_cage.py"),
)
"""Files that take 6 to 40 seconds of CPU, the longest first."""
REAL_PAGES = Path(os.environ.get("REAL_PAGES", ROOT.parent / "shared" / "real_pages"))


@dataclass(frozen=True)
class Run:
    """How a command ended."""

    status: int
    stderr: str
    stdout: str
    records: list[dict[str, Any]]
    """Records of `-O out.jsonl`; empty when the run wrote none."""

    @property
    def verdict(self) -> list[str]:
        """Return the lines for the user, without the one with duration and store, which differs between equal runs."""
        lines = [line for line in self.stderr.splitlines() if line.startswith("kompas_global: ")]
        return [line for line in lines if not line.startswith("kompas_global: took ")]


Crawl = Callable[..., Run]


@pytest.fixture
def crawl(tmp_path: Path) -> Crawl:
    """Run `scrapy crawl kompas_global` with a store and a feed in the test's own folder."""
    return crawl_in(tmp_path)


def crawl_in(tmp_path: Path) -> Crawl:
    """Return a function that runs crawls in a folder.

    A run begins at least one second after the previous one ended. The store keeps whole seconds: a run that begins in
    the second in which a day was read would take the day for one of its own. Archives are read in a thread, unless the
    test sets `KOMPAS_WORKERS` or `KOMPAS_CLUSTER`.
    """
    ended = 0

    def run(
        *arguments: str,
        env: Mapping[str, str] | None = None,
        db: Path | str | None = None,
        changes: Iterable[str] = (),
    ) -> Run:
        nonlocal ended
        feed = tmp_path / "out.jsonl"
        feed.unlink(missing_ok=True)
        options = ["-s", f"KOMPAS_DB={db or tmp_path / 'store.db'}", "-s", "KOMPAS_WARC_DIR=", "-O", str(feed)]
        options += ["-s", "KOMPAS_WORKERS=1"]
        chosen = any(word.startswith(("KOMPAS_WORKERS=", "KOMPAS_CLUSTER=")) for word in arguments)
        changed = [*changes] if chosen else [*changes, IN_THREADS]
        time.sleep(max(0.0, ended + 1 - time.time()))
        done = FORKS.run(*scrapy_module(changed), "crawl", "kompas_global", *options, *arguments, env=env)
        ended = int(time.time())
        lines = feed.read_text(encoding="utf-8").splitlines() if feed.exists() else []
        return Run(done.returncode, done.stderr, done.stdout, [json.loads(line) for line in lines])

    return run


@pytest.fixture(scope="session")
def real_pages() -> Path:
    """Return the folder of real pages; tests that need it are skipped when it is absent."""
    if not REAL_PAGES.is_dir():
        pytest.skip(f"the real pages are not part of the project and are not at {REAL_PAGES}")
    return REAL_PAGES


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgreSQL]:
    """Start a PostgreSQL server."""
    if POSTGRES is None:
        pytest.skip(NO_POSTGRES)
    with postgresql() as server:
        yield server


@pytest.fixture(scope="session")
def cluster() -> Iterator["Cluster"]:
    """Start a Dask cluster of two workers; Dask is imported only for the tests that use it."""
    from tests.cluster import dask_cluster

    with dask_cluster() as running:
        yield running
