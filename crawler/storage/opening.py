"""Opening a store: to write, which makes or migrates its schema, or to read, which changes nothing."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Engine, inspect
from sqlalchemy.exc import DBAPIError

from crawler.errors import UnusableStore, UserError
from crawler.storage import postgresql, read_only, schema_version, sqlite
from crawler.storage.advice import unusable
from crawler.storage.dialects import WRITES
from crawler.storage.rows import json_value
from crawler.storage.run_lock import under_run_lock
from crawler.storage.target import has_file, is_server, shown

_JSON: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=json_value)
"""Writes JSON as the store keeps it: compact, with letters as they are."""


def open_to_write(target: str) -> Engine:
    """Return an engine on a database with the newest schema; a missing file is made.

    :param target: path of a SQLite file, or address of a PostgreSQL database.
    :raises UnusableStore: the database cannot be used.
    :raises StoreBusy: its schema is older, and another run is at work in it.
    """
    connect = postgresql.connect if is_server(target) else sqlite.connect
    engine = connect(target, json_serializer=_JSON.encode)
    with _explained(engine, target):
        with engine.begin() as connection:
            version = schema_version.version_of(connection, target)
        if version is None:
            _make(engine, target)
        elif version != schema_version.REVISION:
            _migrate(engine, target)
        if not is_server(target):
            sqlite.set_wal(engine)
    return engine


def open_to_read(target: str) -> Engine:
    """Return an engine that can only read. Nothing is made, locked or migrated, and no right to write is needed.

    :param target: path of a SQLite file, or address of a PostgreSQL database.
    :raises UnusableStore: there is no store, it cannot be read, or its schema is not the newest.
    """
    if not is_server(target) and not has_file(target):
        raise _missing(target)
    connect = postgresql.connect_to_read if is_server(target) else read_only.connect_to_read
    engine = connect(target, json_serializer=_JSON.encode)
    with _explained(engine, target), engine.begin() as connection:
        version = schema_version.version_of(connection, target)
        if version is None:
            raise _missing(target)
        schema_version.refuse_older(version, target)
    return engine


def is_there(target: str) -> bool:
    """Tell whether there is a store to read.

    :raises UnusableStore: the server or the folder cannot be accessed.
    """
    if not is_server(target):
        return has_file(target)
    engine = postgresql.connect_to_read(target)
    try:
        return schema_version.VERSION_TABLE.name in inspect(engine).get_table_names()
    except DBAPIError as error:
        raise unusable(target, error) from error
    finally:
        engine.dispose()


def refuse_missing(target: str) -> None:
    """Raise `UnusableStore` where there is no store, for commands that must not make one."""
    if not is_there(target):
        raise _missing(target)


def _missing(target: str) -> UnusableStore:
    return UnusableStore(f"there is no store {shown(target)}; crawl first, or name it with -s KOMPAS_DB=PATH")


def _make(engine: Engine, target: str) -> None:
    """Make the schema, unless another process has made it meanwhile."""
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        if schema_version.version_of(connection, target) is None:
            schema_version.make_schema(connection)


def _migrate(engine: Engine, target: str) -> None:
    """Migrate the schema under the run lock. Alembic is imported here because hardly any opening needs it."""
    from crawler.storage.migrate import migrate

    with under_run_lock(target):
        migrate(engine, target)


@contextmanager
def _explained(engine: Engine, target: str) -> Iterator[None]:
    """Close the engine of a database that cannot be opened, and say why in one sentence."""
    try:
        yield
    except DBAPIError as error:
        engine.dispose()
        raise unusable(target, error) from error
    except UserError:
        engine.dispose()
        raise
