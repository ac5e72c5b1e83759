"""Transactions on an open store: what the rooms of `storage` share."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql as on_postgresql
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from crawler.storage import sqlite
from crawler.storage.columns import POSTGRESQL
from crawler.storage.engine import open_engine, unusable
from crawler.storage.tables import WRITES


class Database:
    """One open database. Both kinds of transaction raise `UnusableStore` when the database cannot do it."""

    def __init__(self, target: str) -> None:
        self.target = target
        self._engine = open_engine(target)

    def close(self) -> None:
        self._engine.dispose()

    def pack(self) -> None:
        """Makes a SQLite file one to hand on (see `sqlite.pack`)."""
        try:
            sqlite.pack(self._engine)
        except DBAPIError as error:
            raise unusable(self.target, error) from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """All of it or nothing."""
        try:
            with self._engine.execution_options(**{WRITES: True}).begin() as connection:
                yield connection
        except DBAPIError as error:
            raise unusable(self.target, error) from error

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view, whatever is written meanwhile."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            raise unusable(self.target, error) from error


def offered(table: Table) -> ReadOnlyColumnCollection[str, Any]:
    """The columns of the row that an `upsert` brings, for the changes it makes to the row that is there."""
    return insert(table).excluded


def upsert(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], changes: Mapping[str, Any] | None = None
) -> None:
    """Inserts rows; a row whose key is there already is changed instead.

    :param changes: column -> new value, or an expression over `offered` and the table's own columns; by default every
        column that is no key takes the value offered.
    """
    if not rows:
        return
    statement = (on_postgresql.insert if connection.dialect.name == POSTGRESQL else insert)(table)
    keys = [column.name for column in table.primary_key]
    values = changes or {name: offered(table)[name] for name in rows[0] if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=dict(values)), list(rows))
