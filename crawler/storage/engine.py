"""Opening a database: its schema is made or brought up to date, what belongs to others is left alone."""

import json
from typing import Any

from sqlalchemy import Engine, inspect
from sqlalchemy.exc import DBAPIError

from crawler.errors import UnusableStore
from crawler.storage import postgresql, sqlite
from crawler.storage.migrate import VERSION_TABLE, upgrade
from crawler.storage.target import database_file, is_server, shown


def open_engine(target: str) -> Engine:
    """An engine on a database whose schema is current; a missing file is made.

    :param target: path of a SQLite file, or address of a PostgreSQL database.
    :raises UnusableStore: with the thing and the fix.
    """
    connect = postgresql.connect if is_server(target) else sqlite.connect
    engine = connect(target, json_serializer=_dumps)
    try:
        _refuse_foreign(engine, target)
        upgrade(engine, target)
        if not is_server(target):
            sqlite.settle(engine)
    except DBAPIError as error:
        engine.dispose()
        raise unusable(target, error) from error
    except UnusableStore:
        engine.dispose()
        raise
    return engine


def is_there(target: str) -> bool:
    """Whether there is a store to read.

    :raises UnusableStore: the server cannot be asked.
    """
    if not is_server(target):
        return database_file(target).is_file()
    engine = postgresql.connect(target)
    try:
        return VERSION_TABLE in inspect(engine).get_table_names()
    except DBAPIError as error:
        raise unusable(target, error) from error
    finally:
        engine.dispose()


def unusable(target: str, error: DBAPIError) -> UnusableStore:
    """The sentence for a database error."""
    said = str(error.orig)
    known = (postgresql if is_server(target) else sqlite).ADVICE
    advice = next((text for mark, text in known if mark in said), f"cannot be used: {' '.join(said.split())}")
    return UnusableStore(f"the store {shown(target)} {advice}")


def _refuse_foreign(engine: Engine, target: str) -> None:
    tables = set(inspect(engine).get_table_names())
    if tables and VERSION_TABLE not in tables:
        some = ", ".join(sorted(tables)[:3])
        another = "database" if is_server(target) else "path with -s KOMPAS_DB=PATH"
        raise UnusableStore(
            f"the database {shown(target)} belongs to another program (tables {some}); "
            f"give another {another}, nothing was changed"
        )


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
