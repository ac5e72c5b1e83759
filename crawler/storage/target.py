"""What `KOMPAS_DB` names: a SQLite file, or a database on a PostgreSQL server."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from crawler.errors import UnusableStore
from crawler.storage.columns import POSTGRESQL


def is_server(target: str) -> bool:
    """Whether it is an address; everything else is a path."""
    return "://" in target


def shown(target: str) -> str:
    """As it may be printed: without a password.

    >>> shown("postgresql://kompas:rahasia@db/kompas")
    'postgresql://kompas:***@db/kompas'
    """
    if not is_server(target):
        return target
    try:
        return make_url(target).render_as_string(hide_password=True)
    except (ArgumentError, ValueError):  # a port that is no number
        return f"{target.partition('://')[0]}://..."


def server_url(target: str) -> URL:
    """The address for SQLAlchemy, with psycopg as the driver.

    :raises UnusableStore: it is no address of a PostgreSQL database.
    """
    advice = "give the path of a SQLite file, or postgresql://USER@HOST/DATABASE"
    try:
        url = make_url(target)
    except (ArgumentError, ValueError):  # a port that is no number
        raise UnusableStore(f"KOMPAS_DB={shown(target)} is no address of a database; {advice}") from None
    if url.drivername != POSTGRESQL or not url.database:
        raise UnusableStore(f"KOMPAS_DB={shown(target)} is not supported; {advice}")
    return url.set(drivername=f"{POSTGRESQL}+psycopg")


def database_file(target: str) -> Path:
    """The SQLite file, in a folder that is there.

    :raises UnusableStore: the folder cannot be made.
    """
    path = Path(target)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnusableStore(f"the folder of KOMPAS_DB={target} cannot be made: {error.strerror}") from error
    return path
