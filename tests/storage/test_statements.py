"""Statements that are compiled once store what SQLAlchemy's own statements store."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, insert, literal, select, text

from crawler.storage import Store
from crawler.storage.rows import to_row
from crawler.storage.statements import Prepared, Upsert, offered
from crawler.storage.tables import articles, visits
from tests.make import STORY, make_article

NOW = datetime(2021, 4, 23, 1, 2, 3, tzinfo=UTC)
OTHER = "2021/04/22/170000070"


def stored(connection: Connection, table: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(text(f"select * from {table}"))]


def test_a_row_is_what_sqlalchemy_makes_of_it(store: Store) -> None:
    """Without it times, lists and nested objects are stored in another form than all stores have."""
    with store._database.writing() as connection:
        connection.execute(insert(articles), [to_row(make_article())])
        (expected,) = stored(connection, "articles")
        connection.execute(text("delete from articles"))
        Prepared(insert(articles))(connection, [to_row(make_article())])
        assert stored(connection, "articles") == [expected]


@pytest.mark.parametrize("stories", [[], [STORY], [STORY, OTHER], [STORY, STORY]], ids=len)
def test_rows_are_inserted_or_changed(store: Store, stories: list[str]) -> None:
    """Without it no row, or only the first, is kept."""
    changes = {"etag": offered(visits).etag, "visited_at": visits.c.visited_at}
    upsert = Upsert(visits, ("article_id", "visited_at", "etag"), changes)
    with store._database.writing() as connection:
        upsert(connection, [{"article_id": one, "visited_at": NOW, "etag": str(at)} for at, one in enumerate(stories)])
        last = {one: str(at) for at, one in enumerate(stories)}
        rows = [(one, NOW.isoformat(), None, etag, None) for one, etag in last.items()]
        assert stored(connection, "visits") == rows


def test_a_value_of_the_statement_itself_is_kept(store: Store) -> None:
    """Without it a bound like LIMIT fails or is taken from the row."""
    with store._database.reading() as connection:
        query = Prepared(select(literal(7), literal("a")).limit(1))
        assert tuple(query.result(connection, {}).one()) == (7, "a")
