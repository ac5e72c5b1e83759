"""A backfill of many days, killed once and continued, then the same again: `python -m benchmarks.backfill`.

Against a look-alike on loopback (`backfill_site`) with politeness off: a real backfill is as slow as its delay. Prints
memory, rate and size of the store as they go, and the requests. Ends with status 1 when a story was lost, doubled
or requested once too often, or when memory grew with the number of stories. Reads `/proc`, so it needs Linux.
"""

import argparse
import os
import platform
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from typing import Final

from benchmarks.backfill_site import FIRST_DAY, Days, FastSite
from benchmarks.backfill_watch import Watch

ROOT: Final = Path(__file__).parent.parent
STREAMS: Final = 8
UNHURRIED: Final = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS": STREAMS,
    "CONCURRENT_REQUESTS_PER_DOMAIN": STREAMS,
    "KOMPAS_CONTACT": "benchmark",
}
STEPS: Final = 10
"""Rows of the table."""
PAUSE: Final = 0.5
"""Seconds between two looks."""
MOST_GROWTH: Final = 25
"""MB from the first row to the last: what a run remembers of itself has a bound, and is full after 20,000 stories."""


class Backfill:
    """Runs of one crawl into one store."""

    def __init__(self, site: FastSite, folder: Path) -> None:
        self.site = site
        self.folder = folder
        self.db = folder / "store.db"
        self.log = folder / "crawl.log"
        self.watch = Watch(self.db, step=max(1, site.days.articles // STEPS))
        self.wrong: list[str] = []

    def run(self, name: str, kill_at: int | None = None) -> Counter[str]:
        """Make one run that prints its progress and is killed when so many stories are stored; return its requests."""
        before, start = Counter(self.site.asked), time.monotonic()
        with self.log.open("ab") as log:
            process = subprocess.Popen(self._command(), cwd=ROOT, env=self._env(), stderr=log)
        try:
            self.watch.begin(name, process.pid)
            while process.poll() is None:
                time.sleep(PAUSE)
                self.watch.look()
                if kill_at is not None and self.watch.stored >= kill_at:
                    process.send_signal(signal.SIGKILL)
                    process.wait()
        finally:
            process.kill()
            process.wait()
        asked = Counter(self.site.asked) - before
        self._tell(name, process.returncode, time.monotonic() - start, asked)
        if process.returncode != (0 if kill_at is None else -signal.SIGKILL):
            self.wrong.append(f"{name} ended with status {process.returncode}: {self._last_words()}")
        if self.watch.growth_mb > MOST_GROWTH:
            self.wrong.append(f"{name}: memory grew by {self.watch.growth_mb:.0f} MB")
        return asked

    def hold(self, articles: int) -> None:
        """The store against the site: every story once, and a file that SQLite itself finds whole."""
        with sqlite3.connect(f"file:{self.db}?mode=ro", uri=True) as connection:
            rows, stories = connection.execute("select count(*), count(distinct id) from articles").fetchone()
            whole = connection.execute("pragma integrity_check").fetchone()[0]
        size = self.watch.store_bytes()
        print(f"store: {stories} of {articles} stories in {rows} rows, integrity {whole}", end="; ")
        print(f"{size / 1e6:.1f} MB, {size / max(stories, 1) * 1000 / 1e6:.1f} MB for 1,000 stories")
        if (rows, stories, whole) != (articles, articles, "ok"):
            self.wrong.append(
                f"{articles} stories were to be stored once each: {rows} rows, {stories} stories, {whole}"
            )

    def _command(self) -> list[str]:
        arguments = {"since": FIRST_DAY, "until": self.site.days.until, "latest_depth": 0}
        given = [part for name, value in arguments.items() for part in ("-a", f"{name}={value}")]
        settings = {**UNHURRIED, "KOMPAS_DB": self.db, "KOMPAS_WARC_DIR": self.folder / "warc", "LOG_FILE": self.log}
        given += [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        return [sys.executable, "-m", "scrapy", "crawl", "kompas_global", *given]

    def _env(self) -> dict[str, str]:
        return {**os.environ, **self.site.env()}

    def _last_words(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return next((line for line in reversed(lines) if line.startswith("kompas_global: ")), "")

    def _tell(self, name: str, status: int, seconds: float, asked: Counter[str]) -> None:
        requests = ", ".join(f"{count} {kind}" for kind, count in sorted(asked.items())) or "none"
        print(f"\n{name}: {seconds:.0f} s, status {status}, requests: {requests}", end="; ")
        print(f"memory at most {self.watch.peak_mb:.0f} MB, grew by {self.watch.growth_mb:.0f} MB", flush=True)
        if status >= 0:
            print(self._last_words())


def backfill(days: Days, kill_at: int, folder: Path) -> list[str]:
    """The whole of it; gives what was wrong."""
    with FastSite(days) as site:
        runs = Backfill(site, folder)
        asked = runs.run("killed", kill_at) + runs.run("resumed") if kill_at else runs.run("whole")
        twice = asked["article"] - days.articles
        print(f"\nrequests beyond one a page: {twice} article, {asked['index'] - days.index_pages} index")
        size, made = site.sent / max(asked["article"], 1) / 1000, time.process_time() / asked.total() * 1000
        print(f"{size:.0f} kB an article page; the site takes {made:.1f} ms a page")
        runs.hold(days.articles)
        again = runs.run("again")
        if twice > 2 * STREAMS:  # under way, or come and not yet stored
            runs.wrong.append(f"{twice} stories were requested twice; only those under way at the kill may be")
        if again["article"] or again["index"] != days.index_pages:
            runs.wrong.append(f"an unchanged site of {days.index_pages} index pages got the requests {dict(again)}")
        return runs.wrong


def setting() -> str:
    """What the figures depend on."""
    versions = ", ".join(f"{name} {version(name)}" for name in ("scrapy", "twisted", "lxml", "sqlalchemy"))
    return f"Python {platform.python_version()}, {versions}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.backfill", description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--per-day", type=int, default=100)
    parser.add_argument("--kill-at", type=float, default=0.5, help="share of the stories; 0: never (default 0.5)")
    parser.add_argument("--folder", type=Path, help="keep store and log here (default: thrown away)")
    given = parser.parse_args()
    if not 0 <= given.kill_at < 1:
        parser.error("--kill-at is a share below 1")
    if given.folder and (given.folder / "store.db").exists():
        parser.error(f"{given.folder} holds a store already: nothing would be left to fetch")
    days = Days(given.articles, max(1, given.articles // given.per_day))
    print(f"{days.articles} stories on {days.days} days, {days.index_pages} index pages; {setting()}", flush=True)
    with tempfile.TemporaryDirectory(prefix="backfill-") as aside:
        folder: Path = given.folder or Path(aside)
        folder.mkdir(parents=True, exist_ok=True)
        wrong = backfill(days, int(days.articles * given.kill_at), folder)
    for line in wrong:
        print(f"WRONG: {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
