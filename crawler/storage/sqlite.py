"""A store in a SQLite file that is opened to write: WAL mode, one writer at a time, copies of the file."""

import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError

from crawler.errors import UnusableStore
from crawler.folders import sync_folder
from crawler.storage.dialects import WRITES
from crawler.storage.search import REBUILD_SEARCH
from crawler.storage.target import database_file

_WAL: Final = "PRAGMA journal_mode=WAL"
"""Lets others read while the crawl writes. The file keeps the mode, so it is set only in a file known to be a store."""

BUSY_TIMEOUT: Final = 10
"""Seconds to wait for another writer."""

_PRAGMAS: Final = (
    "synchronous=FULL",  # a stored article survives a power cut
    f"busy_timeout={BUSY_TIMEOUT * 1000}",
)


def connect(target: str, **options: Any) -> Engine:
    """Return an engine on a file, which is made if it is missing.

    :param options: of SQLAlchemy's `create_engine`.
    :raises UnusableStore: its folder cannot be made.
    """
    engine = create_engine(URL.create("sqlite", database=str(database_file(target))), **options)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def set_wal(engine: Engine) -> None:
    """Set a file to WAL mode.

    SQLite refuses this inside a transaction, so it bypasses SQLAlchemy. It does not wait either while another process
    sets the mode of the same new file, so it is tried until `BUSY_TIMEOUT`.

    :raises OperationalError: SQLite cannot do it.
    """
    patience = time.monotonic() + BUSY_TIMEOUT
    with closing(engine.raw_connection()) as raw:
        while True:
            try:
                raw.cursor().execute(_WAL)
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > patience:
                    raise OperationalError(_WAL, None, error) from error
                time.sleep(0.05)
            else:
                return


def pack(engine: Engine) -> None:
    """Make a file ready to hand on: one file without WAL, without the space of deleted rows.

    VACUUM may renumber the rows that the search index refers to, so the index is made again.

    :raises OperationalError: SQLite cannot do it.
    """
    with closing(engine.raw_connection()) as raw:
        try:
            for statement in ("PRAGMA journal_mode=DELETE", "VACUUM", REBUILD_SEARCH):
                raw.cursor().execute(statement)
        except sqlite3.Error as error:
            raise OperationalError("VACUUM", None, error) from error


def back_up(engine: Engine, source: Path, copy: Path) -> None:
    """Copy a file while it is open, with its rights; the copy has its name only once it is whole.

    :param source: the file of the engine.
    :param copy: an earlier file of this name is replaced.
    :raises UnusableStore: the one cannot be read, or the other not be written.
    """
    part = copy.with_name(f"{copy.name}.part")
    try:
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        with closing(engine.raw_connection()) as raw, closing(sqlite3.connect(part)) as target:
            assert isinstance(raw.driver_connection, sqlite3.Connection), "the driver of SQLAlchemy's sqlite dialect"
            raw.driver_connection.backup(target)
        part.chmod(source.stat().st_mode & 0o777)
        part.replace(copy)
        sync_folder(copy.parent)  # before the migration that the copy is kept for
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):  # the error of the copy is raised; it may stop this, too
            part.unlink(missing_ok=True)
        raise UnusableStore(
            f"the store {source} must be migrated, but its copy {copy} cannot be written ({error}); "
            "free space or check the folder's rights, nothing was changed"
        ) from error


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    """Leave transactions to `_begin` instead of the driver, and set the pragmas."""
    connection.isolation_level = None
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.Error:
        connection.close()  # SQLAlchemy does not
        raise


def _begin(connection: Connection) -> None:
    """Begin a transaction. One that writes takes its lock first, so that no two of them decide by the same state."""
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
