"""Transactions on an open store, shared by the modules of `storage`."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cached_property

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from crawler.errors import UnusableStore
from crawler.storage import sqlite
from crawler.storage.advice import damaged, unusable
from crawler.storage.dialects import WRITES
from crawler.storage.opening import open_to_read, open_to_write
from crawler.storage.run_lock import lock_name, refuse_lost_lock
from crawler.storage.target import identity_of, is_server


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
            with self._explained(), _part(self._whole):
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
        refuse_lost_lock(self._lock_name)

    @cached_property
    def _lock_name(self) -> str:
        return lock_name(self.target)

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


@contextmanager
def _part(connection: Connection) -> Iterator[None]:
    """Undo what the block did if it raises an error, and nothing else of the transaction."""
    connection.exec_driver_sql("savepoint part")
    with ExitStack() as undo:
        undo.callback(_undo_part, connection)
        yield
        undo.pop_all()
    connection.exec_driver_sql("release savepoint part")


def _undo_part(connection: Connection) -> None:
    with suppress(DBAPIError):  # of a database that failed, and that undid the whole transaction
        connection.exec_driver_sql("rollback to savepoint part")
