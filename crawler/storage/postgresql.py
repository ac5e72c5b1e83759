"""The store on a PostgreSQL server, by psycopg: one writer at a time as in SQLite, and what its errors mean."""

from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event

from crawler.errors import UnusableStore
from crawler.storage.tables import WRITES
from crawler.storage.target import server_url

_OURS: Final = 0x6B6F6D70
"""First half of the keys of our advisory locks ("komp"); they are a database's own."""
WRITER: Final = f"{_OURS}, 1"
RUN: Final = f"{_OURS}, 2"

_SESSION: Final = {
    "connect_timeout": 10,
    "options": "-c lock_timeout=60s -c timezone=UTC",
    "application_name": "kompas_global",
    "keepalives_idle": 30,  # seconds; a server that vanished is noticed, and ours by the server
    "keepalives_interval": 10,
    "keepalives_count": 3,
}

ADVICE: Final = (
    # what the server or psycopg says, and what to do
    ("No space left", "cannot grow because the server's disk is full; free space there, what was stored is safe"),
    ("read-only transaction", "may not be written: the server allows reading only (a standby?)"),
    ("lock timeout", "is locked by another program; wait for it to finish and run again"),
    ("permission denied", "refuses this user; grant it the rights of the database's owner"),
    ("authentication failed", "refuses this user or password; check KOMPAS_DB, or put the password into ~/.pgpass"),
    ("no password supplied", "wants a password; put it into KOMPAS_DB or ~/.pgpass"),
    ("Connection refused", "cannot be reached; is the server running, and the port right?"),
    ("resolve host", "cannot be reached: its host's name is not known"),
    ("timeout expired", "cannot be reached: its host does not answer"),
    ("role", "cannot be used: its server knows no such user; make it with createuser"),
    ("does not exist", "is not there; make it with createdb"),
    ("too many clients", "has no connection left; stop a program, or raise max_connections"),
    ("closed the connection", "was lost; when the server is back, run again, what was stored is safe"),
    ("terminating connection", "was lost; when the server is back, run again, what was stored is safe"),
    ("connection is lost", "was lost; when the server is back, run again, what was stored is safe"),
)


def connect(target: str, **options: Any) -> Engine:
    """An engine on a database that is there.

    :param options: of SQLAlchemy's `create_engine`.
    :raises UnusableStore: it is no address of one, or psycopg is not installed.
    """
    try:
        engine = create_engine(server_url(target), connect_args=_SESSION, **options)
    except ModuleNotFoundError as error:
        raise UnusableStore(f"PostgreSQL needs the package {error.name}: pip install 'psycopg[binary]'") from error
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    """A writer waits for the one before it, so that two of them never decide by the same; a reader sees one state."""
    if connection.get_execution_options().get(WRITES):
        connection.exec_driver_sql(f"select pg_advisory_xact_lock({WRITER})")
    else:
        connection.exec_driver_sql("set transaction isolation level repeatable read, read only")
