"""The tables that migrations make are those that the code expects."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect

from crawler.errors import UnusableStore
from crawler.storage import Store
from crawler.storage.migrate import configuration, upgrade
from crawler.storage.tables import metadata
from tests.make import make_article


@pytest.fixture
def empty(path: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


def _is_of_the_schema(name: str | None, kind: str, _parents: object) -> bool:
    """FTS5 keeps its index in tables of its own."""
    return kind != "table" or not str(name).startswith("articles_fts")


def test_the_migrations_make_exactly_the_tables_of_the_schema(empty: Engine, path: Path) -> None:
    """Without it a store made by an earlier version cannot take what this one writes."""
    upgrade(empty, str(path))
    with empty.connect() as connection:
        opts = {"compare_type": True, "include_name": _is_of_the_schema}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, metadata) == []


def test_the_keys_and_required_columns_are_those_of_the_schema(empty: Engine, path: Path) -> None:
    """Without it half a record, or the same revision twice, can be stored."""
    upgrade(empty, str(path))
    found = inspect(empty)
    for table in metadata.tables.values():
        assert found.get_pk_constraint(table.name)["constrained_columns"] == [c.name for c in table.primary_key]
        required = {column["name"] for column in found.get_columns(table.name) if not column["nullable"]}
        assert required == {column.name for column in table.columns if not column.nullable}


def test_every_step_can_be_found_and_there_is_one_last_one() -> None:
    """Without it no store can be opened at all."""
    scripts = ScriptDirectory.from_config(configuration())
    assert len(scripts.get_heads()) == 1
    assert len(list(scripts.walk_revisions())) == len(list(Path(scripts.versions).glob("[0-9]*.py")))


def test_the_way_back_leaves_nothing_behind(empty: Engine, path: Path) -> None:
    """Without it a user who goes back to an earlier version is left with tables it does not know."""
    upgrade(empty, str(path))
    config = configuration()
    with empty.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert set(inspect(empty).get_table_names()) == {"alembic_version"}


def test_opening_a_store_again_takes_no_step_twice(path: Path) -> None:
    """Without it the second run of every user fails."""
    first = Store(str(path))
    first.save(make_article())
    first.close()
    second = Store(str(path))
    assert list(second.articles()) == [make_article()]
    second.close()


def test_records_of_the_second_step_are_read_with_their_single_page(path: Path) -> None:
    """Without it no store of the version before can be opened."""
    store = Store(str(path))
    store.save(make_article())
    store.close()
    engine = create_engine(f"sqlite:///{path}")
    config = configuration()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0002")
    engine.dispose()
    reopened = Store(str(path))
    assert list(reopened.articles()) == [make_article()]
    reopened.close()


def test_a_store_of_a_newer_version_is_refused_and_left_as_it_is(path: Path) -> None:
    """Without it an old version writes half-understood rows into a new store."""
    store = Store(str(path))
    store.save(make_article())
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute("update alembic_version set version_num = '9999'")
    connection.close()
    with pytest.raises(UnusableStore) as refusal:
        Store(str(path))
    assert f"the store {path} was written by another version of this project" in str(refusal.value)
    assert str(refusal.value).endswith("update the project")
    with sqlite3.connect(path) as connection:
        assert connection.execute("select count(*) from articles").fetchone() == (1,)
        assert connection.execute("select version_num from alembic_version").fetchone() == ("9999",)
    connection.close()
