"""What a person did wrong is said in one sentence that names the thing and the fix: no traceback, status 2."""

import sqlite3
from collections.abc import Callable
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
        (["-a", "since=2021-13-40"], ["since=2021-13-40", "2021-04-30"]),
        (["-a", "since=2021-04-30", "-a", "until=2021-04-01"], ["2021-04-30", "earlier"]),
        (["-a", "sinse=2021-04-01"], ["sinse", "since"]),
        (["-a", "limit=-3"], ["limit=-3"]),
        (["-a", "latest_depth=some"], ["latest_depth=some"]),
        (["-a", "urls=no/such/list.txt"], ["no/such/list.txt"]),
        (["-a", "archive=no/such.warc.gz"], ["no/such.warc.gz", "does not exist"]),
        (
            ["-s", "KOMPAS_DB=postgresql://127.0.0.1:1/kompas"],
            ["postgresql://127.0.0.1:1/kompas", "is the server running"],
        ),
        (["-s", "KOMPAS_DB=/proc/kompas/store.db"], ["/proc/kompas/store.db"]),
        (["-O", "/proc/kompas/out.jsonl"], ["/proc/kompas/out.jsonl", "cannot be written"]),
        (["-O", "/dev/null/out.jsonl"], ["/dev/null/out.jsonl"]),
    ],
    ids=lambda value: " ".join(value) if value and value[0].startswith("-") else "",
)
def test_a_wrong_argument_is_refused(arguments: list[str], words: list[str], crawl: Crawl) -> None:
    """A typing error must not start a crawl of something else."""
    assert_refused(crawl(*arguments), *words)


def not_sqlite(path: Path) -> str:
    path.write_text("kompas_global.db is not in this file\n" * 100)
    return "not a SQLite database"


def foreign(path: Path) -> str:
    with sqlite3.connect(path) as connection:
        connection.execute("create table recipes (name text)")
    connection.close()
    return "recipes"


def newer(path: Path) -> str:
    with sqlite3.connect(path) as connection:
        connection.execute("create table alembic_version (version_num varchar(32) not null primary key)")
        connection.execute("insert into alembic_version values ('9999')")
    connection.close()
    return "another version"


@pytest.mark.parametrize("make", [not_sqlite, foreign, newer])
def test_a_database_that_is_not_ours_is_refused_and_left_alone(
    make: Callable[[Path], str], crawl: Crawl, tmp_path: Path
) -> None:
    """A wrong path must not cost the file that is there."""
    path = tmp_path / "other.db"
    word = make(path)
    before = path.read_bytes()
    assert_refused(crawl("-s", f"KOMPAS_DB={path}"), str(path), word)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"no archive at all" * 50, b""], ids=["text", "empty"])
def test_an_archive_that_is_none_is_refused(content: bytes, crawl: Crawl, tmp_path: Path) -> None:
    """Nothing read from a wrong file must not look like an empty archive."""
    path = tmp_path / "wrong.warc.gz"
    path.write_bytes(content)
    assert_refused(crawl("-a", f"archive={path}"), str(path), "WARC")


def test_a_refused_run_leaves_no_store_behind(crawl: Crawl, tmp_path: Path) -> None:
    """An argument is read before anything is opened."""
    crawl("-a", "since=gestern", db=tmp_path / "folder" / "store.db")
    assert not (tmp_path / "folder").exists()
