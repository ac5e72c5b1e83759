"""A crawl, readers and backups at the same time: the store is whole at the end, and each backup is one."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.site.living import Living
from tests.site.server import LookAlike
from tests.torture import running
from tests.torture.conftest import Figures
from tests.torture.running import Place

pytestmark = pytest.mark.torture
RUNS = 10
DAYS = ("-a", "since=2021-04-21", "-a", "until=2021-04-22", "-a", "latest_depth=0")
SITE = (date(2021, 4, 21), date(2021, 4, 22))
ACCEPTED = ("was written to while it was read", "there is no store")


def intact(path: Path) -> bool:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as file:
        return file.execute("pragma integrity_check").fetchall() == [("ok",)]


class Reader(threading.Thread):
    """Reads the store again and again by one of the ways of the guide, until it is stopped."""

    def __init__(self, way: str, place: Place) -> None:
        super().__init__(name=way)
        self.way, self.place = way, place
        self.done: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.is_over = threading.Event()

    def run(self) -> None:
        while not self.is_over.is_set():
            if self.place.store.exists():
                getattr(self, f"_{self.way}")()
                self.done[self.way] += 1
            time.sleep(0.02)

    def _coverage(self) -> None:
        self._command("coverage")

    def _export(self) -> None:
        self._command("export", str(self.place.folder / "export.jsonl"))

    def _backup(self) -> None:
        """As `sqlite3 -readonly STORE ".backup COPY"` does."""
        copy = self.place.folder / "backup.db"
        copy.unlink(missing_ok=True)
        with (
            closing(sqlite3.connect(f"{self.place.store.as_uri()}?mode=ro", uri=True, timeout=10)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target, pages=100)
        if not intact(copy):
            self.wrong.append("a backup is damaged")

    def _queries(self) -> None:
        """As Datasette does: many short reads."""
        with closing(sqlite3.connect(f"{self.place.store.as_uri()}?mode=ro", uri=True, timeout=10)) as file:
            for _ in range(50):
                file.execute("select count(*), sum(length(sql)) from sqlite_schema").fetchall()
                time.sleep(0.002)

    def _command(self, *words: str) -> None:
        command = [sys.executable, "-m", "scrapy", *words, "-s", f"KOMPAS_DB={self.place.store}"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        refused = done.returncode == 2 and any(words in done.stderr for words in ACCEPTED)
        if "Traceback" in done.stderr or not (done.returncode in (0, 1) or refused):
            self.wrong.append(f"{words[0]} ended with {done.returncode}: {done.stderr[-500:]}")


def test_readers_and_backups_beside_a_crawl_leave_the_store_whole(tmp_path: Path, figures: Figures) -> None:
    """Without it the commands of the guide may be what damages the store on an older SQLite."""
    done, wrong, began = Counter[str](), list[str](), time.monotonic()
    runs = running.so_many(RUNS)
    with LookAlike(Living(*SITE)) as served:
        for number in range(runs):
            place = Place(tmp_path / f"store-{number}")
            place.folder.mkdir()
            readers = [Reader(way, place) for way in ("coverage", "export", "backup", "queries", "queries")]
            for reader in readers:
                reader.start()
            ended = running.end_of(running.start(place, served, *DAYS))
            for reader in readers:
                reader.is_over.set()
                reader.join()
                done += reader.done
                wrong += reader.wrong
            wrong += [] if ended.status == 0 else [f"the crawl ended with {ended.status}: {ended.stderr[-500:]}"]
            wrong += [] if intact(place.store) else ["the store is damaged"]
            shutil.rmtree(place.folder)
    figures.tell(
        "readers beside a crawl",
        f"SQLite {sqlite3.sqlite_version}, {runs} crawls, {dict(done)}, {len(wrong)} faults; "
        f"{time.monotonic() - began:.0f} s, {os.cpu_count()} processors",
    )
    assert wrong == []
