"""Reading a store in PostgreSQL needs no right to write, and makes nothing."""

from contextlib import closing

import psycopg
import pytest

from crawler.errors import UnusableStore
from crawler.storage import Selection, Store, is_server
from tests.make import make_article
from tests.servers import PostgreSQL


def test_a_role_that_may_only_select_reads(postgres: PostgreSQL) -> None:
    """Without it everybody who reads needs a role that may delete."""
    url = postgres.new_database()
    with closing(Store(url)) as store:
        store.save(make_article())
    name = url.rpartition("/")[2]
    postgres.run(f"create role pembaca_{name} login", name)
    reader = url.replace("kompas@", f"pembaca_{name}@")
    with pytest.raises(UnusableStore, match="refuses this user; grant it SELECT to read"):
        Store.to_read(reader)
    postgres.run(f"grant select on all tables in schema public to pembaca_{name}", name)
    with closing(Store.to_read(reader)) as store:
        assert [article.id for article in store.articles()] == [make_article().id]
        assert [record["id"] for record in store.records(Selection())] == [make_article().id]
        assert list(store.coverage()) == []
        assert list(store.runs.newest_first()) == []


def test_a_session_that_reads_is_read_only(postgres: PostgreSQL) -> None:
    """Without it only our own care keeps a reading command from writing to a server."""
    url = postgres.new_database()
    Store(url).close()
    with closing(Store.to_read(url)) as store, store._database._engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert isinstance(raw, psycopg.Connection)
        assert raw.execute("show default_transaction_read_only").fetchone() == ("on",)


def test_reading_a_database_without_tables_makes_none(postgres: PostgreSQL) -> None:
    """Without it `scrapy coverage` on a mistyped database makes tables in it and says that all is well."""
    url = postgres.new_database()
    assert is_server(url)
    with pytest.raises(UnusableStore, match=r"there is no store postgresql://.*; crawl first"):
        Store.to_read(url)
    with psycopg.connect(url) as server:
        assert server.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone() == (0,)
