"""The drill of the guide: a store and its WARC folder are backed up during a run, lost, and restored."""

import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import date
from pathlib import Path

from crawler.archive.records import digest_agrees
from crawler.archive.shelf import Shelf
from crawler.storage import Store
from tests.conftest import crawl_in
from tests.forked import FORKS
from tests.runs import query
from tests.site.living import Living
from tests.site.server import LookAlike
from tests.test_whole_crawl import FAST

DAYS = (date(2026, 4, 16), date(2026, 4, 17))


def back_up(store: Path, copy: Path) -> None:
    """As `sqlite3 -readonly STORE ".backup COPY"`, or the same in Python where that program is not installed."""
    program = shutil.which("sqlite3")
    if program:
        subprocess.run([program, "-readonly", str(store), f".backup '{copy}'"], check=True)
        return
    with (
        closing(sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)


def test_a_store_and_its_archive_are_restored(tmp_path: Path) -> None:
    """Without it the first restore of a server is tried on the day that the disk is gone."""
    folder, backup = tmp_path / "data", tmp_path / "backup"
    store, warc = folder / "store.db", folder / "warc"
    folder.mkdir()
    backup.mkdir()
    with LookAlike(Living(*DAYS)) as site:
        crawl, env = crawl_in(tmp_path), site.env()
        options = (*FAST, "-a", "latest_depth=0", "-s", f"KOMPAS_WARC_DIR={warc}")
        first = crawl("-a", f"since={DAYS[0]}", "-a", f"until={DAYS[0]}", *options, env=env, db=store)
        assert first.status == 0, first.stderr[-2000:]
        with closing(Store(str(store))) as in_use:  # a backup takes what is committed, without a checkpoint
            back_up(store, backup / "store.db")
            assert list(in_use.articles())
        shutil.copytree(warc, backup / "warc", ignore=shutil.ignore_patterns("payloads.sqlite"))
        shutil.rmtree(folder)

        folder.mkdir()
        shutil.copy(backup / "store.db", store)
        shutil.copytree(backup / "warc", warc)
        assert query(store, "pragma integrity_check") == [("ok",)]
        again = ("-s", f"KOMPAS_DB={store}", "-s", f"KOMPAS_WARC_DIR={warc}", "-s", "KOMPAS_WORKERS=1")
        told = FORKS.run("scrapy", "reextract", *again)
        assert told.returncode == 0, told.stderr
        second = crawl("-a", f"since={DAYS[0]}", "-a", f"until={DAYS[1]}", *options, env=env, db=store)
        assert second.status == 0, second.stderr[-2000:]
        wanted = {story for day in DAYS for story in site.site.listed(day)}
    with closing(Store(str(store))) as restored:
        articles = list(restored.articles())
    assert {article.id for article in articles} == wanted
    shelf = Shelf(str(warc))
    for article in articles:
        assert digest_agrees(shelf.captured(article.provenance).body, article.provenance.payload_digest)
