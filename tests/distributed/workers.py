"""Workers of one crawl as processes: the command that a user types, several times."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from crawler.storage import Revisions, Store
from tests.conftest import ROOT
from tests.site.server import LookAlike

FAST: Final = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False", "-s", "KOMPAS_WARC_DIR=")


@dataclass
class Worker:
    """One process."""

    process: subprocess.Popen[bytes]
    log: IO[bytes] = field(repr=False)

    @property
    def told(self) -> list[str]:
        """Its log so far, line by line."""
        return Path(self.log.name).read_text(encoding="utf-8").splitlines()

    @property
    def verdict(self) -> list[str]:
        return [line for line in self.told if line.startswith("kompas_global: ")]

    def wait_to_tell(self, words: str) -> None:
        """Until its log holds these."""
        patience = time.monotonic() + 60
        while not any(words in line for line in self.told):
            assert time.monotonic() < patience, self.told[-5:]
            time.sleep(0.05)

    def ended(self, timeout: float = 170) -> int:
        """Its exit status; of one that hangs, what it told last."""
        try:
            status = self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise AssertionError("\n".join(self.told[-30:])) from None
        self.log.close()
        return status


@dataclass(frozen=True)
class Team:
    """Who works with whom: the site, the common store, and Redis."""

    site: LookAlike
    database: str
    redis: str
    folder: Path
    workers: list[Worker] = field(default_factory=list)

    def start(self, *arguments: str) -> Worker:
        command = [sys.executable, "-m", "scrapy", "crawl", "kompas_global", "-s", f"REDIS_URL={self.redis}"]
        command += ["-s", f"KOMPAS_DB={self.database}", "-s", "KOMPAS_CONTACT=tests@example.org", *arguments]
        log = tempfile.NamedTemporaryFile(dir=self.folder, prefix="worker-", delete=False)  # noqa: SIM115
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **self.site.env()}, stderr=log, stdout=subprocess.DEVNULL
        )
        self.workers.append(Worker(process, log))
        return self.workers[-1]

    def wait_for_requests(self, number: int) -> None:
        """Until the site was asked so often."""
        patience = time.monotonic() + 60
        while len(self.site.requests) < number:
            assert time.monotonic() < patience, [worker.told[-5:] for worker in self.workers]
            time.sleep(0.01)

    def hashes(self) -> dict[str, list[str]]:
        """Story -> content of its revisions."""
        found: dict[str, list[str]] = {}
        with closing(Store(self.database)) as store:
            for article in store.articles(Revisions.ALL):
                found.setdefault(article.id, []).append(article.content_hash)
        return found


def all_ended(workers: Iterable[Worker]) -> list[int]:
    return [worker.ended() for worker in workers]
