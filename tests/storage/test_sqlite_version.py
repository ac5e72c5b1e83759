"""Versions of SQLite that can damage a store, and readers that give them no occasion."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crawler.storage import Store, wal_reset_notice
from crawler.storage.opening import open_to_read
from crawler.storage.sqlite_version import Version, has_wal_reset_bug
from tests.make import make_article


@pytest.mark.parametrize(
    ("version", "affected"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 46, 1), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 54, 0), False),
        ((4, 0, 0), False),
    ],
)
def test_the_versions_with_the_bug_are_named(version: Version, affected: bool) -> None:
    """Without it a server with an old SQLite invites the damage, or one with a good SQLite is warned for years."""
    assert has_wal_reset_bug(version) is affected
    notice = wal_reset_notice(version)
    assert bool(notice) is affected
    assert not affected or re.search(r"SQLite 3\.\d+\.\d+ .* only to read", notice)


@pytest.mark.parametrize("kind", ["PASSIVE", "FULL", "RESTART", "TRUNCATE"])
def test_a_reader_beside_a_writer_cannot_checkpoint(kind: str, tmp_path: Path) -> None:
    """Without it a report beside the crawl is the second connection that the bug needs."""
    path, wal = tmp_path / "s.db", tmp_path / "s.db-wal"
    with closing(Store(str(path))) as store:
        store.save(make_article())
        before = wal.read_bytes()
        reader = open_to_read(str(path))
        with closing(reader.raw_connection()) as raw:
            assert raw.cursor().execute("select count(*) from articles").fetchone() == (1,)
            with pytest.raises(sqlite3.OperationalError, match=r"readonly|disk I/O"):
                raw.cursor().execute(f"PRAGMA wal_checkpoint({kind})")
        reader.dispose()
        assert wal.read_bytes() == before
    assert not wal.exists()
