"""Crawls as processes that can be killed, and where they keep what they have."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.conftest import ROOT
from tests.patched import scrapy_command
from tests.site.server import LookAlike
from tests.test_whole_crawl import FAST

SCRAPY: Final = (sys.executable, "-m", "scrapy")
SHARE: Final = float(os.environ.get("TORTURE_SHARE", "1"))
"""For a quick look: 0.1 is a tenth of it all."""
SEED: Final = int(os.environ.get("TORTURE_SEED", "20210422"))
"""Another one gives other moments."""


def so_many(number: int) -> int:
    return max(1, round(number * SHARE))


@dataclass(frozen=True)
class Ended:
    """How a crawl ended."""

    status: int
    stderr: str

    @property
    def told(self) -> list[str]:
        """The lines meant for the person, without the one of the duration and the store."""
        lines = [line for line in self.stderr.splitlines() if line.startswith("kompas_global: ")]
        return [line for line in lines if not line.startswith("kompas_global: took ")]

    @property
    def was_killed(self) -> bool:
        return self.status == -signal.SIGKILL


@dataclass(frozen=True)
class Place:
    """A folder with a store and its feed."""

    folder: Path

    @property
    def store(self) -> Path:
        return self.folder / "store.db"

    @property
    def feed(self) -> Path:
        return self.folder / "out.jsonl"

    def copied(self) -> Path:
        """The store as it lies on the disk, beside it: a look at it must not mend what the next run has to mend."""
        copy = self.folder / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir()
        for suffix in ("", "-wal", "-journal"):
            file = Path(f"{self.store}{suffix}")
            if file.exists():
                shutil.copy(file, copy)
        return copy / self.store.name


def start(
    place: Place,
    site: LookAlike,
    *arguments: str,
    feed: str | None = None,
    changes: Iterable[str] = (),
) -> subprocess.Popen[str]:
    """A crawl that adds to the place's feed."""
    place.folder.mkdir(parents=True, exist_ok=True)
    options = ["-s", f"KOMPAS_DB={place.store}", "-o", feed or str(place.feed), *FAST, *arguments]
    return subprocess.Popen(
        [*scrapy_command(changes), "crawl", "kompas_global", *options],
        cwd=ROOT,
        env={**os.environ, **site.env()},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def end_of(process: subprocess.Popen[str]) -> Ended:
    _, stderr = process.communicate()
    return Ended(process.returncode, stderr)


def signalled(process: subprocess.Popen[str], moment: float, *signals: signal.Signals) -> Ended:
    """The crawl, and what it comes to when it is sent these after so many seconds, unless it ended before."""
    try:
        process.communicate(timeout=moment)
    except subprocess.TimeoutExpired:
        for one in signals:
            process.send_signal(one)
    return end_of(process)


def killed_at_request(process: subprocess.Popen[str], site: LookAlike, number: int, pause: float) -> Ended:
    """The crawl, killed so many seconds after the site was asked so often, unless it ended before."""
    asked = len(site.requests) + number
    while len(site.requests) < asked and process.poll() is None:
        time.sleep(0.001)
    time.sleep(pause)
    process.kill()
    return end_of(process)


def coverage_status(place: Place, *arguments: str) -> int:
    """Exit status of `scrapy coverage`."""
    command = [*SCRAPY, "coverage", "-s", f"KOMPAS_DB={place.store}", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode


def query(path: Path, sql: str) -> list[tuple[Any, ...]]:
    """Rows as another program sees them; none of a store that was never made."""
    with closing(sqlite3.connect(path)) as connection:
        if not connection.execute("select 1 from sqlite_schema where name = 'articles'").fetchone():
            return []
        return connection.execute(sql).fetchall()
