"""The store in a SQLite file: WAL, one writer at a time, and what its errors mean."""

import sqlite3
import time
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError

from crawler.storage.tables import SEARCH_ANEW, WRITES
from crawler.storage.target import database_file

_WAL: Final = "PRAGMA journal_mode=WAL"
"""Readers while the crawl writes. It is kept in the file, so it is set only once the file is known to be ours."""

_PATIENCE: Final = 10
"""Seconds to wait for another writer."""

_PRAGMAS: Final = (
    "synchronous=FULL",  # a stored article survives a power cut
    f"busy_timeout={_PATIENCE * 1000}",
)

ADVICE: Final = (
    # what SQLite says, and what to do
    (
        "file is not a database",
        "is not a SQLite database; give another path with -s KOMPAS_DB=PATH, nothing was changed",
    ),
    ("file is encrypted", "is not a SQLite database; give another path with -s KOMPAS_DB=PATH, nothing was changed"),
    ("malformed", "is damaged; restore it from a backup or recover it with the sqlite3 program's .recover"),
    ("unable to open", "cannot be opened; check that its folder exists and may be written"),
    ("readonly", "may not be written; check its rights and those of its folder"),
    ("read-only", "may not be written; check its rights and those of its folder"),
    ("disk is full", "cannot grow because the disk is full; free space and run again, what was stored is safe"),
    ("disk I/O", "cannot be read or written (disk error); check the disk, then run again"),
    ("locked", "is locked by another program; wait for it to finish and run again"),
)


def connect(target: str, **options: Any) -> Engine:
    """An engine on a file, which is made when it is missing.

    :param options: of SQLAlchemy's `create_engine`.
    :raises UnusableStore: its folder cannot be made.
    """
    engine = create_engine(URL.create("sqlite", database=str(database_file(target))), **options)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def settle(engine: Engine) -> None:
    """Switches a file that is ours to WAL.

    SQLite does not take this inside a transaction, so it goes past SQLAlchemy. Nor does it wait here for whoever
    switches the same new file at the same moment, so that it is asked again.
    """
    raw = engine.raw_connection()
    patience = time.monotonic() + _PATIENCE
    try:
        while True:
            try:
                raw.cursor().execute(_WAL)
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > patience:
                    raise OperationalError(_WAL, None, error) from error
                time.sleep(0.05)
            else:
                return
    finally:
        raw.close()


def pack(engine: Engine) -> None:
    """Makes it one file to hand on: no WAL beside it, nothing in it that was deleted.

    VACUUM may number rows anew, by which the search index knows them: it is made again.

    :raises OperationalError: SQLite cannot do it.
    """
    raw = engine.raw_connection()
    try:
        for statement in ("PRAGMA journal_mode=DELETE", "VACUUM", SEARCH_ANEW):
            raw.cursor().execute(statement)
    except sqlite3.Error as error:
        raise OperationalError("VACUUM", None, error) from error
    finally:
        raw.close()


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun by `_begin`, not by the driver
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """A writer takes its lock before it reads what it decides by, so that two of them never decide the same."""
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
