"""What many tests share: the crawl as a user types it, and the folder of real pages where it is present."""

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
from tests.patched import scrapy_module
from tests.servers import NO_POSTGRES, POSTGRES, PostgreSQL, postgresql

if TYPE_CHECKING:
    from tests.cluster import Cluster

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files with whole crawls first: with short files at the end, no core waits for the last crawl."""
    crawls = {item.path for item in items if WHOLE.intersection(getattr(item, "fixturenames", ()))}
    items.sort(key=lambda item: item.path not in crawls)


def pytest_collection_finish() -> None:
    """Take the collected tests out of garbage collection: 12,000 of them would be gone through at each."""
    gc.collect()
    gc.freeze()


ROOT = Path(__file__).parent.parent
WHOLE = frozenset(("crawl", "site", "cluster", "browsers", "recorded", "report"))
"""Fixtures of tests that run whole commands."""
REAL_PAGES = Path(os.environ.get("REAL_PAGES", ROOT.parent / "shared" / "real_pages"))


@dataclass(frozen=True)
class Run:
    """How a command ended."""

    status: int
    stderr: str
    stdout: str
    records: list[dict[str, Any]]
    """What `-O out.jsonl` holds; empty where the run wrote none."""

    @property
    def verdict(self) -> list[str]:
        """The lines meant for the person, without the one that differs between equal runs: duration and store."""
        lines = [line for line in self.stderr.splitlines() if line.startswith("kompas_global: ")]
        return [line for line in lines if not line.startswith("kompas_global: took ")]


Crawl = Callable[..., Run]


@pytest.fixture
def crawl(tmp_path: Path) -> Crawl:
    """Runs `scrapy crawl kompas_global` with a store and a feed in the test's own folder."""
    return crawl_in(tmp_path)


def crawl_in(tmp_path: Path) -> Crawl:
    """The same in a folder that several tests share.

    Each run begins in a later second than the one before ended: the store keeps whole seconds, and a run that begins in
    the second in which a day was read takes the day for one of its own.
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
        time.sleep(max(0.0, ended + 1 - time.time()))
        done = FORKS.run(*scrapy_module(changes), "crawl", "kompas_global", *options, *arguments, env=env)
        ended = int(time.time())
        lines = feed.read_text(encoding="utf-8").splitlines() if feed.exists() else []
        return Run(done.returncode, done.stderr, done.stdout, [json.loads(line) for line in lines])

    return run


@pytest.fixture(scope="session")
def real_pages() -> Path:
    """The folder of real pages; tests that need it are skipped where it is absent."""
    if not REAL_PAGES.is_dir():
        pytest.skip(f"the real pages are not part of the project and are not at {REAL_PAGES}")
    return REAL_PAGES


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgreSQL]:
    """A PostgreSQL server."""
    if POSTGRES is None:
        pytest.skip(NO_POSTGRES)
    with postgresql() as server:
        yield server


@pytest.fixture(scope="session")
def cluster() -> Iterator["Cluster"]:
    """A Dask cluster of two workers; Dask is imported only where a test asks for it."""
    from tests.cluster import dask_cluster

    with dask_cluster() as running:
        yield running
