"""The setting `KOMPAS_DB`: the path of a SQLite file, or the address of a database on a PostgreSQL server."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from crawler.errors import UnusableStore
from crawler.folders import make_folder
from crawler.storage.dialects import POSTGRESQL


def is_server(target: str) -> bool:
    """Tell whether a target is an address; anything else is a path."""
    return "://" in target


def shown(target: str) -> str:
    """Return a target as it may be printed, without its password.

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
    """Return an address as SQLAlchemy takes it, with psycopg as the driver.

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


def has_file(target: str) -> bool:
    """Tell whether there is a file at a path.

    :raises UnusableStore: its folder may not be entered.
    """
    try:
        return Path(target).is_file()
    except OSError as error:
        raise UnusableStore(
            f"the store {target} cannot be read ({error.strerror}); check its path and rights"
        ) from error


def database_file(target: str) -> Path:
    """Return the path of a SQLite file that is opened to write, after its folder is made.

    :raises UnusableStore: the folder cannot be made.
    """
    path = Path(target)
    try:
        make_folder(path.parent)
    except OSError as error:
        raise UnusableStore(f"the folder of KOMPAS_DB={target} cannot be made: {error.strerror}") from error
    return path
