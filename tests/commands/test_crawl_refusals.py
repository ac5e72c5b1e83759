"""A crawl that cannot start as asked says why in one sentence and exits with status 2, without a traceback."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Crawl, Run


def assert_refused(run: Run, *words: str) -> None:
    assert run.status == 2, run.stderr[-2000:]
    assert "Traceback" not in run.stderr
    assert len(run.verdict) == 1, run.verdict
    for word in words:
        assert word in run.verdict[0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["-a", "sinse=2021-04-01"], ["sinse", "since"]),
        (["-s", "KOMPAS_DB=/proc/kompas/store.db"], ["/proc/kompas/store.db"]),
        (["-s", "KOMPAS_MAX_FAILED_SHARE=5%"], ["KOMPAS_MAX_FAILED_SHARE=5%", "a number from 0 to 1"]),
        (["-s", "KOMPAS_ARCHIVE=a.warc.gz"], ["-a archive=FILES"]),
        (["-O", "/proc/kompas/out.jsonl"], ["/proc/kompas/out.jsonl", "cannot be written"]),
        (["-O", "/dev/null/out.jsonl"], ["/dev/null/out.jsonl"]),
    ],
    ids=lambda value: " ".join(value) if value and value[0].startswith("-") else "",
)
def test_a_mistake_is_refused_before_the_run(
    arguments: list[str], words: list[str], crawl: Crawl, tmp_path: Path
) -> None:
    """Without it a typing error starts a crawl of something else, or leaves an empty store behind."""
    assert_refused(crawl(*arguments), *words)
    assert list(tmp_path.iterdir()) == []


def foreign(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("create table recipes (name text)")
    connection.close()
    return "recipes"


def test_a_database_that_is_not_ours_is_refused_and_left_alone(crawl: Crawl, tmp_path: Path) -> None:
    """Without it a wrong path costs the file that is there."""
    path = tmp_path / "other.db"
    word = foreign(path)
    before = path.read_bytes()
    assert_refused(crawl("-s", f"KOMPAS_DB={path}"), str(path), word)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"no archive at all" * 50, b"", None], ids=["text", "empty", "missing"])
def test_an_archive_that_is_none_is_refused(content: bytes | None, crawl: Crawl, tmp_path: Path) -> None:
    """Without it a wrong file is read as an archive without articles."""
    path = tmp_path / "wrong.warc.gz"
    if content is not None:
        path.write_bytes(content)
    assert_refused(crawl("-a", f"archive={path}"), str(path), "does not exist" if content is None else "WARC")
    assert not (tmp_path / "store.db").exists()


def heartbeat(path: Path) -> dict[str, object]:
    said: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return said


def test_a_refused_run_reports_to_the_monitor(crawl: Crawl, tmp_path: Path) -> None:
    """Without it a server whose nightly run is refused looks like one that is just late."""
    path = tmp_path / "heartbeat.json"
    run = crawl("-a", "sinse=2021-04-01", "-s", f"KOMPAS_HEARTBEAT={path}")
    assert_refused(run, "sinse")
    said = heartbeat(path)
    assert (said["status"], said["cause"], said["healthy"], said["run_id"]) == (2, "refused", False, None)
    assert "sinse" in str(said["reasons"])
