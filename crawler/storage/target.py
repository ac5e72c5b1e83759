"""The setting `KOMPAS_DB`: the path of a SQLite file, or the address of a database on a PostgreSQL server."""

import re
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from crawler.errors import UnusableStore
from crawler.folders import make_folder
from crawler.storage.dialects import POSTGRESQL

FileIdentity = tuple[int, int]
"""Device and inode of a file."""

_LIKE_ADDRESS: Final = re.compile(
    r"(?:postgres|postgresql|mysql|mariadb|sqlite)\w*(?:\+\w+)?:|.*\bpassword\s*=", re.IGNORECASE
)
_SECRET: Final = re.compile("pass|secret|token", re.IGNORECASE)
"""In the names of values that are never shown."""


def is_server(target: str) -> bool:
    """Return whether a target is an address, or can only be meant as one; anything else is a path.

    >>> is_server("data/kompas_global.db"), is_server("postgresql:/kompas@db/kompas"), is_server("C:/kompas.db")
    (False, True, False)
    """
    return "://" in target or _LIKE_ADDRESS.match(target) is not None


def shown(target: str) -> str:
    """Return a target as it may be printed, without its password.

    >>> shown("postgresql://kompas:rahasia@db/kompas?sslpassword=rahasia")
    'postgresql://kompas:***@db/kompas?sslpassword=***'
    """
    if not is_server(target):
        return target
    hidden = f"{re.split('[:=]', target)[0]}:..."
    try:
        url = make_url(target)
    except (ArgumentError, ValueError):  # a port that is no number
        return hidden
    if target.count("@") > 1:  # a password that holds one: where it ends is not known
        return hidden
    query = {name: "***" if _SECRET.search(name) else value for name, value in url.query.items()}
    return url.set(query={}).render_as_string(hide_password=True) + _query_text(query)


def without_password(target: str, text: str) -> str:
    """Return a text of a database's driver without the password of an address."""
    try:
        url = make_url(target)
    except (ArgumentError, ValueError):
        return text
    secrets = [url.password, *(value for name, value in url.query.items() if _SECRET.search(name))]
    for secret in secrets:
        text = text.replace(str(secret), "***") if secret else text
    return text


def _query_text(query: dict[str, Any]) -> str:
    return "?" + "&".join(f"{name}={value}" for name, value in query.items()) if query else ""


def identity_of(path: str) -> FileIdentity | None:
    """Return what tells a file from any other, also from one that replaces it; None where there is no file."""
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


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
