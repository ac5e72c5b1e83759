"""Kills, full disks and second writers: stored articles stay, and a message says what to do."""

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy.exc import OperationalError

from crawler.errors import UnusableStore
from crawler.storage import Outcome, Store
from crawler.storage.advice import unusable
from tests.make import URL, make_article, make_failure

OTHER = "2021/04/22/170000070"
DIES_INSIDE_A_TRANSACTION = f"""
import os, sys
from sqlalchemy import insert
from crawler.storage import Store
from crawler.storage.rows import to_row
from crawler.storage.tables import articles
from tests.make import make_article
store = Store(sys.argv[1])
store.save(make_article())
with store._database._engine.begin() as connection:
    connection.execute(insert(articles).values(to_row(make_article(id={OTHER!r}))))
    print("dying", flush=True)
    os._exit(9)
"""


def test_a_process_that_dies_while_it_writes_leaves_a_whole_store(path: Path) -> None:
    """Without it a kill in the night costs the user all nights before."""
    died = subprocess.run(
        [sys.executable, "-c", DIES_INSIDE_A_TRANSACTION, str(path)],
        cwd=Path(__file__).parent.parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (died.returncode, died.stdout) == (9, "dying\n"), died.stderr
    store = Store(str(path))
    assert list(store.articles()) == [make_article()]
    assert store.save(make_article(id=OTHER)).outcome is Outcome.NEW
    store.close()


@pytest.mark.parametrize("what", ["deleted", "moved", "replaced"])
def test_a_store_that_is_not_where_it_was_is_no_store_any_more(what: str, store: Store, path: Path) -> None:
    """Without it a run stores everything into a file that has no name, and reports success."""
    store.save(make_article())
    if what == "deleted":
        path.unlink()
    else:
        path.rename(path.with_name("moved.db"))
    if what == "replaced":
        Store(str(path)).close()
    with pytest.raises(UnusableStore, match=f"the store {path} was deleted, moved or replaced"):
        store.save(make_article(id=OTHER))


def test_two_open_stores_see_each_others_articles(store: Store, path: Path) -> None:
    """Without it a report made during a crawl is the report of yesterday."""
    second = Store(str(path))
    store.save(make_article())
    assert second.save(make_article()).outcome is Outcome.KNOWN
    second.save(make_article(id=OTHER))
    assert store.known(OTHER).complete
    assert len(list(store.articles())) == 2
    second.close()


def test_a_reader_in_the_middle_of_its_list_does_not_stop_a_writer(store: Store, path: Path) -> None:
    """Without it an export of an hour is an hour of lost articles."""
    store.save(make_article())
    store.save(make_article(id=OTHER))
    reader = Store(str(path))
    reading = reader.articles()
    next(reading)
    assert store.save(make_article(title="Judul Baru")).outcome is Outcome.REVISED
    assert len(list(reading)) == 1
    reader.close()


def test_two_writers_of_the_same_stories_both_get_an_answer(store: Store, path: Path) -> None:
    """Without it a cron run and a run by hand that meet end one another with an unexplained error."""
    stories = [f"2021/04/22/{number:06}070" for number in range(40)]
    start = Barrier(2)
    second = Store(str(path))

    def write(own: Store, story: str) -> str:
        start.wait()
        try:
            outcome = own.save(make_article(id=story)).outcome.value
            own.record_failure(make_failure(url=f"https://www.kompas.com/global/{story}", article_id=None))
        except UnusableStore as error:
            return str(error)
        return outcome

    with ThreadPoolExecutor(2) as pool:
        answers = [set(pool.map(write, (store, second), (story, story))) for story in stories]
    second.close()
    assert answers == [{"new", "known"}] * len(stories)
    assert [article.id for article in store.articles()] == stories
    assert {row["times"] for row in store.failures()} == {2}


IN_A_FILE = pytest.mark.parametrize("target", ["sqlite"], indirect=True)
"""Errors of a server have their own words (`test_postgresql.py`)."""


def full_disk(*args: object, **kwargs: object) -> None:
    raise sqlite3.OperationalError("database or disk is full")


@IN_A_FILE
def test_a_full_disk_is_named_and_costs_nothing_that_was_stored(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it a full disk ends in a traceback, or takes stored articles with it."""
    store.save(make_article())
    store.record_failure(make_failure(article_id=OTHER))
    with monkeypatch.context() as patch:
        patch.setattr(store._database._engine.dialect, "do_execute", full_disk)
        for write in (
            lambda: store.save(make_article(id=OTHER)),
            lambda: store.save(make_article(title="Judul Lain")),
            lambda: store.record_failure(make_failure()),
        ):
            with pytest.raises(UnusableStore) as refusal:
                write()
            assert str(refusal.value) == (
                f"the store {store.target} cannot grow because the disk is full; "
                "free space and run again, what was stored is safe"
            )
    assert list(store.articles()) == [make_article()]
    assert [row["times"] for row in store.failures()] == [1]


@IN_A_FILE
def test_a_disk_that_fills_up_at_the_commit_leaves_nothing_half(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the story is stored and its failure still listed, or the other way round."""
    store.record_failure(make_failure())
    with monkeypatch.context() as patch:
        patch.setattr(store._database._engine.dialect, "do_commit", full_disk)
        with pytest.raises(UnusableStore, match="the disk is full"):
            store.save(make_article())
    assert list(store.articles()) == []
    assert [row["url"] for row in store.failures()] == [URL]


@IN_A_FILE
def test_reading_from_a_bad_disk_is_named(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it an export or the look for known stories ends in a traceback."""

    def bad_disk(*args: object, **kwargs: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(store._database._engine.dialect, "do_execute", bad_disk)
    for read in (lambda: store.known(OTHER).complete, lambda: list(store.articles()), store.failures):
        with pytest.raises(UnusableStore, match=r"disk error.*check the disk"):
            read()


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("file is not a database", "is not a SQLite database; give another path"),
        ("file is encrypted or is not a database", "is not a SQLite database; give another path"),
        ("database disk image is malformed", "is damaged; restore it from a backup"),
        ("unable to open database file", "cannot be opened; check that its folder exists"),
        ("attempt to write a readonly database", "may not be written; check its rights"),
        ("database or disk is full", "the disk is full; free space"),
        ("disk I/O error", "disk error); check the disk"),
        ("database is locked", "is locked by another program; wait for it"),
        ("no such table: lain", "cannot be used: no such table: lain"),
    ],
)
def test_every_word_of_the_database_becomes_a_sentence_with_a_fix(said: str, advice: str) -> None:
    """Without it the user has to search the web for an error of SQLite."""
    error = OperationalError("select 1", {}, sqlite3.OperationalError(said))
    assert str(unusable("data/a.db", error)).startswith("the store data/a.db ")
    assert advice in str(unusable("data/a.db", error))


def test_a_store_locked_by_another_program_is_named(store: Store, path: Path) -> None:
    """Without it a forgotten sqlite3 session ends the crawl with a traceback."""
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with store._database._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=1")
    with pytest.raises(UnusableStore, match="is locked by another program; wait for it to finish"):
        store.save(make_article())
    holder.execute("ROLLBACK")
    holder.close()
