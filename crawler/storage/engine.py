"""Opening a database: WAL, migrations, and one clear sentence for everything that can be wrong with it."""

import json
import sqlite3
import time
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect
from sqlalchemy.exc import DBAPIError, OperationalError

from crawler.errors import UnusableStore
from crawler.storage.migrate import VERSION_TABLE, upgrade
from crawler.storage.schema import WRITES

_WAL: Final = "PRAGMA journal_mode=WAL"
"""Readers while the crawl writes. It is kept in the file, so it is set only once the file is known to be ours."""

_PATIENCE: Final = 10
"""Seconds to wait for another writer."""

_PRAGMAS: Final = (
    "synchronous=FULL",  # a stored article survives a power cut
    f"busy_timeout={_PATIENCE * 1000}",
)

_ADVICE: Final = (
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


def open_engine(target: str) -> Engine:
    """An engine on a database whose schema is current; a missing file is made.

    :param target: path of a SQLite file.
    :raises UnusableStore: with the thing and the fix.
    """
    path = database_file(target)
    engine = create_engine(URL.create("sqlite", database=str(path)), json_serializer=_dumps)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    try:
        _refuse_foreign(engine, target)
        upgrade(engine, target)
        _switch_to_wal(engine)
    except DBAPIError as error:
        engine.dispose()
        raise unusable(target, error) from error
    return engine


def database_file(target: str) -> Path:
    """The SQLite file that `KOMPAS_DB` names, in a folder that is there.

    :raises UnusableStore: it names something else, or the folder cannot be made.
    """
    if "://" in target:
        raise UnusableStore(
            f"KOMPAS_DB={target} is not supported: this version stores into a SQLite file; give its path"
        )
    path = Path(target)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnusableStore(f"the folder of KOMPAS_DB={target} cannot be made: {error.strerror}") from error
    return path


def unusable(target: str, error: DBAPIError) -> UnusableStore:
    """The sentence for a database error."""
    said = str(error.orig)
    advice = next((text for mark, text in _ADVICE if mark in said), f"cannot be used: {said}")
    return UnusableStore(f"the store {target} {advice}")


def _refuse_foreign(engine: Engine, target: str) -> None:
    tables = set(inspect(engine).get_table_names())
    if tables and VERSION_TABLE not in tables:
        some = ", ".join(sorted(tables)[:3])
        raise UnusableStore(
            f"the database {target} belongs to another program (tables {some}); "
            "give another path with -s KOMPAS_DB=PATH, nothing was changed"
        )


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun by `_begin`, not by the driver
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _switch_to_wal(engine: Engine) -> None:
    """SQLite does not take this inside a transaction, so it goes past SQLAlchemy.

    Nor does it wait here for whoever switches the same new file at the same moment, so that it is asked again.
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


def _begin(connection: Connection) -> None:
    """A writer takes its lock before it reads what it decides by, so that two of them never decide the same."""
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
