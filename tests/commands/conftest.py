"""Commands as a user types them, and a store that was read from an archive."""

import shutil
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.forked import FORKS
from tests.patched import IN_THREADS, scrapy_module
from tests.site.site import Site
from tests.site.warc import archive_urls, write_warc

Command = Callable[..., Run]
DAY = date(2021, 4, 22)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def command(path: Path) -> Command:
    """Run `scrapy <command>` on the test's own store, without a folder of archives; archives are read in a thread."""

    def run(*arguments: str, db: str = "", changes: Iterable[str] = ()) -> Run:
        options = ["-s", f"KOMPAS_DB={db or path}", "-s", "KOMPAS_WARC_DIR=", "-s", "KOMPAS_WORKERS=1"]
        done = FORKS.run(*scrapy_module([*changes, IN_THREADS]), *arguments, *options)
        return Run(done.returncode, done.stderr, done.stdout, [])

    return run


@pytest.fixture(scope="session")
def day_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write an archive of a day of the look-alike: whole stories, divided ones, one without its second page."""
    archive = tmp_path_factory.mktemp("archive") / "day.warc.gz"
    site = Site()
    write_warc(site, archive, archive_urls(site, [DAY]), captured=datetime(2026, 4, 18, 2, 0, tzinfo=UTC))
    return archive


@pytest.fixture(scope="session")
def _read_archive(day_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("store") / "store.db"
    options = ["-a", f"archive={day_archive}", "-s", f"KOMPAS_DB={store}", "-s", "KOMPAS_WORKERS=1"]
    FORKS.run("scrapy", "crawl", "kompas_global", *options).check_returncode()
    return store


@pytest.fixture
def read_store(_read_archive: Path, path: Path) -> Path:
    """Return the test's own store, into which that archive was read."""
    shutil.copy(_read_archive, path)
    return path
