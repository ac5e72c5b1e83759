"""A store on a PostgreSQL server, by psycopg: one writer at a time, as in SQLite; readers never wait."""

from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event

from crawler.errors import UnusableStore
from crawler.storage.dialects import WRITES
from crawler.storage.target import server_url, shown

_OURS: Final = 0x6B6F6D70
"""First half of the keys of this project's advisory locks ("komp"). Each database has locks of its own."""
WRITER: Final = f"{_OURS}, 1"
"""Key of the lock of a transaction that writes."""
RUN: Final = f"{_OURS}, 2"
"""Key of the run lock (`run_lock`)."""

_ENCODING: Final = "UTF8"
_OPTIONS: Final = "-c lock_timeout=60s -c timezone=UTC"
_READ_ONLY: Final = f"{_OPTIONS} -c default_transaction_read_only=on"
_SESSION: Final = {
    "connect_timeout": 10,
    "application_name": "kompas_global",
    "client_encoding": _ENCODING,
    "keepalives_idle": 30,  # seconds until either side notices that the other is gone
    "keepalives_interval": 10,
    "keepalives_count": 3,
}


def connect(target: str, **options: Any) -> Engine:
    """Return an engine on a database that exists.

    :param options: of SQLAlchemy's `create_engine`.
    :raises UnusableStore: `target` is no address of a database, or psycopg is not installed.
    """
    return _engine(target, _OPTIONS, options)


def connect_to_read(target: str, **options: Any) -> Engine:
    """Return an engine whose sessions can only read, for which a role with SELECT is enough.

    :param options: of SQLAlchemy's `create_engine`.
    :raises UnusableStore: `target` is no address of a database, or psycopg is not installed.
    """
    return _engine(target, _READ_ONLY, options)


def _engine(target: str, session: str, options: dict[str, Any]) -> Engine:
    try:
        engine = create_engine(server_url(target), connect_args={**_SESSION, "options": session}, **options)
    except ModuleNotFoundError as error:
        raise UnusableStore(f"PostgreSQL needs the package {error.name}: pip install '.[postgres]'") from error
    # before SQLAlchemy's own first question, which a server without an encoding answers in bytes
    event.listen(engine, "connect", lambda connection, _: _refuse_encoding(connection, target), insert=True)
    event.listen(engine, "begin", _begin)
    return engine


def _refuse_encoding(connection: Any, target: str) -> None:
    """Raise an error for a database that cannot hold every letter.

    :raises UnusableStore: its encoding is not UTF-8; the message has the command that makes a right one.
    """
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != _ENCODING:
        raise UnusableStore(
            f"the store {shown(target)} is in a database of the encoding {encoding}, which cannot hold every letter; "
            "make one that can, and name it: createdb -E UTF8 -T template0 NAME"
        )


def _begin(connection: Connection) -> None:
    """Begin a transaction: a writer waits for the one before it, a reader sees one state until its end."""
    if connection.get_execution_options().get(WRITES):
        connection.exec_driver_sql(f"select pg_advisory_xact_lock({WRITER})")
    else:
        connection.exec_driver_sql("set transaction isolation level repeatable read, read only")
