"""Two runs in one store at the same time: one works, the other says which one does, or waits for it."""

import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from crawler.command_line.crawl import Command
from crawler.commands.base import ExitStatus, run_lock
from crawler.commands.crawl import _owner
from crawler.errors import StoreBusy
from crawler.storage import Beginning, RunLock, Store
from tests.conftest import ROOT, Crawl
from tests.runs import covered, query
from tests.site.living import Living
from tests.site.server import LookAlike
from tests.site.site import Reply
from tests.storage.releases import add_migration, described
from tests.test_whole_crawl import FAST

DAY = date(2026, 4, 16)
ONE_DAY = ("-a", f"since={DAY}", "-a", f"until={DAY}", "-a", "latest_depth=0", *FAST)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


class Held(Living):
    """A site that does not answer before it may."""

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.answers = threading.Event()

    def respond(self, url: str) -> Reply:
        assert self.answers.wait(300), "neither run ended"
        return super().respond(url)


def begin(path: Path, pid: int, host: str, hours: float = 2) -> None:
    """A run without an end."""
    with closing(Store(str(path))) as store:
        started = datetime.now(UTC) - timedelta(hours=hours)
        store.runs.begin(Beginning("since=2011-01-01", started, host, pid, "1", "1"))


def test_a_run_that_finds_another_at_work_says_who_and_ends_with_its_own_status(crawl: Crawl, path: Path) -> None:
    """Without it the user sees a run that did nothing, and does not know for what to wait."""
    begin(path, os.getpid(), socket.gethostname())
    lock = RunLock(str(path))
    lock.acquire(0)
    run = crawl(*ONE_DAY)
    lock.release()
    assert run.status == ExitStatus.BUSY
    assert "Traceback" not in run.stderr
    owner = f"run 1 (since=2011-01-01), process {os.getpid()} on {socket.gethostname()}, for 2.0 hours"
    assert run.verdict == [
        f"kompas_global: another run is at work in the store {path}: {owner}; wait for it with -a wait=SECONDS"
    ]
    assert len(query(path, "select id from runs")) == 1


def test_a_newer_version_that_is_declined_does_not_migrate_the_store_under_the_run_at_work(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it the tables change under a run of the version before, which cannot write into them."""
    begin(path, os.getpid(), socket.gethostname())
    before = described(str(path))
    add_migration(monkeypatch, tmp_path)
    newer = Command()
    newer.settings = Settings({"KOMPAS_DB": str(path), "LOG_INSTALL_ROOT_HANDLER": False})
    newer.crawler_process = AsyncCrawlerProcess(newer.settings)
    with run_lock(str(path)), pytest.raises(StoreBusy) as declined:
        newer.crawl("kompas_global", {"since": "2021-04-22", "until": "2021-04-22"})
    assert str(declined.value) == f"another run is at work in the store {path}; wait for it with -a wait=SECONDS"
    assert described(str(path)) == before


def test_a_run_may_wait_and_then_does_its_work(crawl: Crawl, path: Path) -> None:
    """Without it the nightly run is lost whenever the one before takes a little longer."""
    lock = RunLock(str(path))
    lock.acquire(0)
    timer = threading.Timer(3, lock.release)
    timer.start()
    with LookAlike(Living(DAY)) as site:
        run = crawl(*ONE_DAY, "-a", "wait=60", env=site.env())
    timer.join()
    assert run.status == 0, run.stderr[-3000:]
    assert [day.short for day in covered(path)] == [[]]


def test_of_two_runs_started_together_one_works_and_one_declines(path: Path) -> None:
    """Without it both fetch everything, or both give up, or the store is made twice and one of them stumbles."""
    command = [sys.executable, "-m", "scrapy", "crawl", "kompas_global", "-s", f"KOMPAS_DB={path}", *ONE_DAY]
    command += ["-s", "DOWNLOAD_TIMEOUT=600"]
    with LookAlike(Held(DAY)) as site:
        assert isinstance(site.site, Held)
        environment = {**os.environ, **site.env()}
        runs = [
            subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) for _ in range(2)
        ]
        while all(run.poll() is None for run in runs):  # until one declines: the other waits for its first answer
            time.sleep(0.05)
        site.site.answers.set()
        said = {run.communicate()[1].splitlines()[-1]: run.returncode for run in runs}
        stories = [asked.path_qs for asked in site.requests if "/read/" in asked.path_qs]
    assert sorted(said.values()) == [ExitStatus.HEALTHY, ExitStatus.BUSY], said
    assert len(stories) == len(set(stories))
    assert [day.short for day in covered(path)] == [[]]
    assert query(path, "select finish_reason from runs") == [("finished",)]


def test_the_owner_is_the_run_that_is_alive(path: Path) -> None:
    """Without it a new run is reported under the number of a run that was killed last week."""
    assert _owner(str(path)) == ""
    Store(str(path)).close()
    assert _owner(str(path)) == ""
    with subprocess.Popen([sys.executable, "-c", ""]) as dead:
        dead.wait()
    begin(path, dead.pid, socket.gethostname())
    assert _owner(str(path)) == ""
    begin(path, os.getpid(), socket.gethostname())
    assert f"process {os.getpid()}" in _owner(str(path))
    begin(path, dead.pid, "elsewhere")
    assert f"process {dead.pid} on elsewhere" in _owner(str(path))
