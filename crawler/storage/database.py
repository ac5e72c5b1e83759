"""Transactions on an open store, shared by the modules of `storage`."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.sqlite import Insert, insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from crawler.errors import UnusableStore
from crawler.storage import sqlite
from crawler.storage.advice import damaged, unusable
from crawler.storage.dialects import POSTGRESQL, WRITES
from crawler.storage.opening import open_to_read, open_to_write
from crawler.storage.run_lock import refuse_lost_lock
from crawler.storage.target import identity_of, is_server

if TYPE_CHECKING:
    from sqlalchemy.dialects.postgresql import Insert as PostgresqlInsert


class Database:
    """An open database. Its transactions raise `UnusableStore` when the database fails."""

    def __init__(self, target: str, *, writes: bool = True) -> None:
        """Open a database to write, or only to read (see `opening`)."""
        self.target = target
        self._engine = (open_to_write if writes else open_to_read)(target)
        self._file = None if is_server(target) else identity_of(target)

    @property
    def dialect(self) -> str:
        """Return SQLAlchemy's name of the kind of database."""
        return self._engine.dialect.name

    def close(self) -> None:
        """Close its connections."""
        self._engine.dispose()

    def pack(self) -> None:
        """Make a SQLite file ready to hand on (see `sqlite.pack`)."""
        try:
            sqlite.pack(self._engine)
        except DBAPIError as error:
            raise unusable(self.target, error) from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Begin a transaction that writes: all of it or, on an error, nothing is kept.

        :raises UnusableStore: also when the file is not the one that was opened, or the run lock was lost.
        """
        self._refuse_lost()
        try:
            with self._engine.execution_options(**{WRITES: True}).begin() as connection:
                yield connection
        except DBAPIError as error:
            raise unusable(self.target, error) from error

    def _refuse_lost(self) -> None:
        if self._file is not None and identity_of(self.target) != self._file:
            raise UnusableStore(
                f"the store {self.target} was deleted, moved or replaced while it was used; put it back and run again"
            )
        refuse_lost_lock(self.target)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Begin a transaction that reads one state of the store, whatever is written meanwhile.

        :raises UnusableStore: also when a value is damaged.
        """
        try:
            with self._engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            raise unusable(self.target, error) from error
        except json.JSONDecodeError as error:
            raise damaged(self.target, str(error)) from error


def offered(table: Table) -> ReadOnlyColumnCollection[str, Any]:
    """Return the columns of the row that an `upsert` brings, for expressions in its `changes`."""
    return insert(table).excluded


def upsert(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], changes: Mapping[str, Any] | None = None
) -> None:
    """Insert rows, or change the rows that have their keys already.

    :param changes: column -> new value, or an expression over `offered` and the table's own columns; by default every
        column that is no key takes the value of the new row.
    """
    if not rows:
        return
    statement = _insert_into(table, connection.dialect.name)
    keys = [column.name for column in table.primary_key]
    values = changes or {name: offered(table)[name] for name in rows[0] if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=dict(values)), list(rows))


def _insert_into(table: Table, dialect: str) -> "PostgresqlInsert | Insert":
    """Return an insert that can change rows. The PostgreSQL dialect is imported here: most stores are SQLite files."""
    if dialect == POSTGRESQL:
        from sqlalchemy.dialects.postgresql import insert as postgresql_insert

        return postgresql_insert(table)
    return insert(table)
