"""The store on a real PostgreSQL server: what is only true of a server, beside the tests that both kinds share."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from crawler.errors import StoreBusy, UnusableStore
from crawler.storage import Revisions, RunLock, Selection, Store, is_there
from crawler.storage.tables import metadata
from tests.make import make_article, make_failure
from tests.servers import PostgreSQL, free_port

ROOT = Path(__file__).parent.parent.parent
WRITER = """
import random, sys
from crawler.dedupe.likeness import Likeness
from crawler.items import Block
from crawler.storage import Store
from tests.dedupe.made import body
from tests.make import make_article, make_failure
store, number, text = Store(sys.argv[1]), int(sys.argv[2]), body(random.Random(7))
for story in range(40):
    article_id = f"2021/04/22/{story:06}070"
    article = make_article(id=article_id, title=f"Judul {(story + number) % 3}", body=[Block("paragraph", text)])
    print(store.save(article, Likeness(article.text)).outcome.value)
    store.record_failure(make_failure(url=f"https://www.kompas.com/global/{article_id}", article_id=None))
"""


@pytest.fixture
def url(postgres: PostgreSQL) -> str:
    return postgres.new_database()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with closing(Store(url)) as opened:
        yield opened


def test_the_migrations_make_exactly_the_tables_of_the_schema(store: Store) -> None:
    """Without it the two kinds of store drift apart, and neither can be moved to the other."""
    with store._database._engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        found = inspect(connection)
        for table in metadata.tables.values():
            assert found.get_pk_constraint(table.name)["constrained_columns"] == [c.name for c in table.primary_key]
            required = {column["name"] for column in found.get_columns(table.name) if not column["nullable"]}
            assert required == {column.name for column in table.columns if not column.nullable}


def test_four_writers_lose_no_update_and_never_stand_in_each_others_way(url: str) -> None:
    """Without it a revision is lost, numbered twice, or a worker dies of a deadlock, once in a thousand nights."""
    Store(url).close()
    command = [sys.executable, "-c", WRITER, url]
    writers = [
        subprocess.Popen([*command, str(number)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for number in range(4)
    ]
    told = []
    for writer in writers:
        out, errors = writer.communicate(timeout=600)
        assert (writer.returncode, errors) == (0, "")
        told += out.split()
    with closing(Store(url)) as store:
        stories = list(store.articles(Revisions.ALL))
        assert told.count("new") == len({article.id for article in stories}) == 40
        assert told.count("new") + told.count("revised") == len(stories)
        assert {row["times"] for row in store.failures()} == {4}
        for article_id in {article.id for article in stories}:
            numbers = [article.revision for article in store.revisions(article_id)]
            assert numbers == list(range(1, len(numbers) + 1))
        assert len({story for pair in store.near_duplicates() for story in pair[:2]}) == 40


def test_the_order_of_records_is_that_of_a_file(store: Store, tmp_path: Path) -> None:
    """Without it the server's language sorts ids and times, and the same articles make two different exports."""
    with closing(Store(str(tmp_path / "file.db"))) as file:
        for kind in (store, file):
            for story in ("2021/04/22/100000070", "2021/04/22/10000007", "2021-04-22", "Z", "a", "Á", "_"):
                kind.save(make_article(id=story))
        selection = Selection(revisions=Revisions.ALL)
        assert list(store.records(selection)) == list(file.records(selection))
        assert list(store.stories(selection)) == list(file.stories(selection))


def test_a_nul_from_the_network_does_not_end_the_run(store: Store) -> None:
    """Without it one broken header or robots.txt, which PostgreSQL cannot store, costs the rest of the night."""
    store.record_failure(make_failure(detail="leads to \0"))
    assert [row["detail"] for row in store.failures()] == ["leads to \ufffd"]


def test_a_server_that_stops_in_the_middle_is_named(store: Store, postgres: PostgreSQL) -> None:
    """Without it the restart of a server is a traceback, and the run goes on without its lock."""
    store.save(make_article())
    postgres.run("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()")
    with pytest.raises(UnusableStore, match=r"was lost; when the server is back, run again"):
        store.save(make_article(title="Judul Lain"))


def test_a_server_that_allows_only_reading_says_so(url: str, postgres: PostgreSQL) -> None:
    """Without it a run against a standby ends in a traceback."""
    Store(url).close()
    name = url.rpartition("/")[2]
    postgres.run(f"alter database {name} set default_transaction_read_only = on")
    with (
        pytest.raises(UnusableStore, match="may not be written: the server allows reading only"),
        closing(Store(url)) as store,
    ):
        store.save(make_article())


def test_a_full_disk_of_the_server_is_named(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the operator looks for room on the wrong machine."""

    def full(*args: object, **kwargs: object) -> None:
        raise psycopg.OperationalError('could not extend file "base/5/2619": No space left on device')

    monkeypatch.setattr(store._database._engine.dialect, "do_execute", full)
    with pytest.raises(UnusableStore, match="the server's disk is full"):
        store.save(make_article())


@pytest.mark.parametrize(
    ("address", "advice"),
    [
        (lambda server: f"postgresql://kompas@127.0.0.1:{free_port()}/kompas", "cannot be reached; is the server run"),
        (lambda server: server.url("lain"), "is not there; make it with createdb"),
        (lambda server: "postgresql://kompas@server.invalid/kompas", "its host's name is not known"),
        (
            lambda server: f"postgresql://ani@127.0.0.1:{server.port}/postgres",
            "its server knows no such user",
        ),
    ],
)
def test_a_server_that_cannot_be_used_is_one_sentence(
    postgres: PostgreSQL, address: Callable[[PostgreSQL], str], advice: str
) -> None:
    """Without it a typing error in KOMPAS_DB is a page of SQLAlchemy's."""
    target = address(postgres)
    for attempt in (lambda: Store(target), lambda: RunLock(target).acquire(0), lambda: is_there(target)):
        with pytest.raises(UnusableStore) as refusal:
            attempt()
        assert advice in str(refusal.value)
        assert "\n" not in str(refusal.value)


def test_the_database_of_another_program_is_refused_and_left_as_it_is(url: str, postgres: PostgreSQL) -> None:
    """Without it the other program finds strange tables among its own."""
    postgres.run("create table belanja (barang text)", url.rpartition("/")[2])
    with pytest.raises(UnusableStore, match=r"belongs to another program \(tables belanja\); give another database"):
        Store(url)
    with psycopg.connect(url) as connection:
        found = connection.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
    assert found == [("belanja",)]


def test_a_store_is_there_once_it_was_opened(url: str) -> None:
    """Without it `scrapy coverage` on a mistyped database makes tables in it and says that all is well."""
    assert not is_there(url)
    assert not is_there(url), "asking leaves nothing behind"
    Store(url).close()
    assert is_there(url)


def test_one_run_at_a_time(url: str) -> None:
    """Without it a nightly run joins what another one does."""
    first, second = RunLock(url), RunLock(url)
    first.acquire(0)
    with pytest.raises(StoreBusy, match="another run is at work in the store"):
        second.acquire(0.3)
    first.release()
    second.acquire(0)
    second.release()


def test_the_lock_of_a_killed_run_is_free_at_once(url: str) -> None:
    """Without it a person has to end a session on the server by hand before the next night."""
    holder = "import sys, time; from crawler.storage import RunLock; lock = RunLock(sys.argv[1]); lock.acquire(0); "
    holder += "print('held', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", holder, url], cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(StoreBusy):
            RunLock(url).acquire(0)
        process.kill()
        process.wait()
    lock = RunLock(url)
    lock.acquire(5)
    lock.release()


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_database_that_cannot_hold_every_letter_is_refused_before_the_run(
    encoding: str, postgres: PostgreSQL
) -> None:
    """Without it every story with a curly quotation mark is lost, or the first question ends in a traceback."""
    name = f"store_{encoding.lower()}"
    postgres.run(f"create database {name} encoding '{encoding}' template template0 locale 'C' locale_provider 'libc'")
    url = postgres.url(name)
    for use in (Store, Store.to_read, lambda url: RunLock(url).acquire(0), is_there):
        with pytest.raises(
            UnusableStore, match=rf"{name} is in a database of the encoding {encoding}.*createdb -E UTF8"
        ):
            use(url)
