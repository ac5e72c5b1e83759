"""What is logged of the SQLite that a store is opened with."""

import logging
from pathlib import Path

import pytest

from crawler.extensions import open_store
from crawler.extensions.open_store import OpenStore
from tests.make import make_crawler

NOTICE = "SQLite 3.40.1 can damage a store"


@pytest.mark.parametrize(("notice", "levels"), [(NOTICE, [logging.WARNING, logging.INFO]), ("", [])])
def test_an_sqlite_with_the_bug_is_a_warning_once_and_information_later(
    notice: str, levels: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Without it the fault is not reported, or a server warns of it every night."""
    monkeypatch.setattr(open_store, "wal_reset_notice", lambda: notice)
    caplog.set_level(logging.INFO)
    for _ in range(2):
        OpenStore.of(make_crawler(tmp_path)).close()
    assert [record.levelno for record in caplog.records if NOTICE in record.getMessage()] == levels
