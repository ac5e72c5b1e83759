"""Transactions on an open store, shared by the modules of `storage`."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
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
        self._writer = self._engine.execution_options(**{WRITES: True})
        self._file = None if is_server(target) else identity_of(target)
        self._whole: Connection | None = None
        """The transaction of `together`."""

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

        What is written is durable when the block ends. Inside `together` the block is a part of that transaction.

        :raises UnusableStore: also when the file is not the one that was opened, or the run lock was lost.
        """
        if self._whole is not None:
            yield self._whole
            return
        self._refuse_lost()
        with self._explained(), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make one transaction of all that is read and written inside the block: all of it or, on an error, nothing.

        Such a block inside another one is a part of its transaction that an error undoes alone. What is written is
        durable when the outer block ends.

        :raises UnusableStore: see `writing`.
        """
        if self._whole is not None:
            with self._explained(), self._whole.begin_nested():
                yield
            return
        with self.writing() as connection:
            self._whole = connection
            try:
                yield
            finally:
                self._whole = None

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
        if self._whole is not None:
            yield self._whole
            return
        with self._explained(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Raise `UnusableStore` for an error of the database, and for a value that cannot be read."""
        try:
            yield
        except DBAPIError as error:
            raise unusable(self.target, error) from error
        except json.JSONDecodeError as error:
            raise damaged(self.target, str(error)) from error


def offered(table: Table) -> ReadOnlyColumnCollection[str, Any]:
    """Return the columns of the row that an `Upsert` brings, for expressions in its `changes`."""
    return insert(table).excluded


class Upsert:
    """A statement that inserts rows, or changes the rows that have their keys already. It is built once."""

    def __init__(
        self, table: Table, columns: Iterable[str] | None = None, changes: Mapping[str, Any] | None = None
    ) -> None:
        """Describe the statement.

        :param columns: that every row brings; all by default.
        :param changes: column -> new value, as an expression over `offered`, the table's own columns and parameters; by
            default every column that is no key takes the value of the new row.
        """
        self._table = table
        self._keys = [column.name for column in table.primary_key]
        brought = list(columns or table.c.keys())
        self._changes = changes or {name: offered(table)[name] for name in brought if name not in self._keys}

    def __call__(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Execute it for some rows, which may be none."""
        if rows:
            statement = self._on_postgresql if connection.dialect.name == POSTGRESQL else self._on_sqlite
            connection.execute(statement, list(rows))

    @cached_property
    def _on_sqlite(self) -> Insert:
        return insert(self._table).on_conflict_do_update(index_elements=self._keys, set_=dict(self._changes))

    @cached_property
    def _on_postgresql(self) -> "PostgresqlInsert":
        """The same for PostgreSQL, whose dialect is imported here: most stores are SQLite files."""
        from sqlalchemy.dialects.postgresql import insert as postgresql_insert

        return postgresql_insert(self._table).on_conflict_do_update(index_elements=self._keys, set_=dict(self._changes))
