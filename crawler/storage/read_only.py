"""A store in a SQLite file that is opened to read: no right to write is needed, and no file is made beside it.

A file in WAL mode has a `-wal` file beside it while it is open for writing. An ordinary reader makes one too, with a
`-shm` file, and without the right to write leaves both behind. So a file at rest, which has no `-wal`, is opened as
immutable: SQLite then reads it without locks and side files. It would not notice a writer that comes meanwhile, so a
transaction that saw a file change is refused at its end. Each transaction opens the file anew, and reads beside the
writer, by way of the `-wal`, from then on.
"""

import sqlite3
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, NullPool, create_engine, event
from sqlalchemy.engine import ExceptionContext

from crawler.errors import UnusableStore
from crawler.storage.sqlite import BUSY_TIMEOUT

_IS_WAL: Final = slice(18, 20)
"""Bytes of a SQLite header that are 2 in WAL mode and 1 otherwise (https://sqlite.org/fileformat2.html)."""

Stamp = tuple[int, int] | None
"""Time of change (ns) and size of a file; None when it is gone."""


class _AtRest(sqlite3.Connection):
    """A connection to a file that no process was writing when it was opened."""

    stamp: Stamp


def connect_to_read(target: str, **options: Any) -> Engine:
    """Return an engine on a file that exists; its transactions raise `UnusableStore` when the file cannot be read.

    :param options: of SQLAlchemy's `create_engine`.
    """
    file = _File(target)
    engine = create_engine("sqlite://", creator=file.open, poolclass=NullPool, **options)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "commit", file.refuse_change)
    event.listen(engine, "handle_error", file.explain)
    return engine


class _File:
    """The file of a store, and how it is opened at the moment."""

    def __init__(self, target: str) -> None:
        self.target = target
        self.path = Path(target).resolve()
        self.wal = self.path.with_name(f"{self.path.name}-wal")
        self.shm = self.path.with_name(f"{self.path.name}-shm")

    def open(self) -> sqlite3.Connection:
        """Return a connection that can only read.

        :raises UnusableStore: the file may not be read.
        """
        stamp = _stamp(self.path)
        if self._is_at_rest():
            resting = sqlite3.connect(self._uri("immutable=1"), uri=True, check_same_thread=False, factory=_AtRest)
            resting.stamp = stamp
            return _prepared(resting)
        return _prepared(sqlite3.connect(self._uri("mode=ro"), uri=True, check_same_thread=False))

    def refuse_change(self, connection: Connection) -> None:
        """Raise `UnusableStore` when a file that was opened at rest has been written to since."""
        driver = connection.connection.driver_connection
        if isinstance(driver, _AtRest) and driver.stamp != _stamp(self.path):
            raise UnusableStore(f"the store {self.target} was written to while it was read; run the command again")

    def explain(self, context: ExceptionContext) -> None:
        """Raise `UnusableStore` for an error of SQLite that has its cause in the way the file was opened."""
        if context.connection is not None:
            self.refuse_change(context.connection)  # half of a write looks like damage
        if "unable to open" in str(context.original_exception) and self.wal.exists() and not self.shm.exists():
            raise UnusableStore(
                f"the last writes of the store {self.target} are in {self.wal.name}, which cannot be read in a folder "
                "that may not be written; copy both files into a folder of your own and name the copy"
            )

    def _uri(self, query: str) -> str:
        return f"{self.path.as_uri()}?{query}"

    def _is_at_rest(self) -> bool:
        """Tell whether a file in WAL mode is complete without its `-wal`, which then is missing or left over, empty."""
        try:
            with self.path.open("rb") as file:
                header = file.read(_IS_WAL.stop)
        except OSError as error:
            raise UnusableStore(
                f"the store {self.target} cannot be read ({error.strerror}); check its path and rights"
            ) from error
        if header[_IS_WAL] != b"\x02\x02":
            return False
        wal = _stamp(self.wal)
        return wal is None or (wal[1] == 0 and not self.shm.exists())


def _stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size


def _prepared(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Leave transactions to `_begin`, and wait for a writer that has the file to itself."""
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT * 1000}")
    return connection


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
