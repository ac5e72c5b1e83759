"""Stores of release 1.0.0, what their schema is, and a migration that no release has."""

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

import psycopg
import pytest

from crawler.storage import is_server, migrate, schema_version

FOLDER: Final = Path(__file__).parent
PRESENT: Final = schema_version.REVISION
NEXT: Final = f"{int(PRESENT) + 1:04}"
"""Version of the artificial migration."""
MIGRATION: Final = f'''
"""A column that no release has."""

import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision = "{PRESENT}"


def upgrade() -> None:
    op.add_column("visits", sa.Column("mood", sa.Text, nullable=False, server_default="calm"))
'''
"""Written as a real one is."""

_SQLITE: Final = "select type, name, coalesce(sql, '') from sqlite_master"
_POSTGRESQL: Final = (
    "select table_name, ordinal_position, column_name, data_type, character_maximum_length, collation_name,"
    " is_nullable, column_default from information_schema.columns where table_schema = 'public'",
    "select tablename, indexname, indexdef from pg_indexes where schemaname = 'public'",
    "select conrelid::regclass, conname, pg_get_constraintdef(oid) from pg_constraint"
    " where connamespace = 'public'::regnamespace",
    "select viewname, definition from pg_views where schemaname = 'public'",
)


def make_old_store(target: str) -> None:
    """Make an empty store as release 1.0.0 made it."""
    kind = "postgresql" if is_server(target) else "sqlite"
    schema = (FOLDER / f"release_1_0_0.{kind}.sql").read_text(encoding="utf-8")
    if is_server(target):
        with psycopg.connect(target) as server:
            server.execute(schema.encode())
    else:
        with closing(sqlite3.connect(target)) as file:
            file.execute("PRAGMA journal_mode=WAL")
            file.executescript(schema)


def described(target: str) -> set[tuple[str, ...]]:
    """Return all that is in the schema of a store: columns in order, types, defaults, indexes, views, triggers."""
    if is_server(target):
        with psycopg.connect(target) as server:
            rows = [row for query in _POSTGRESQL for row in server.execute(query.encode())]
    else:
        with closing(sqlite3.connect(target)) as file:
            rows = file.execute(_SQLITE).fetchall()
    return {tuple(re.sub(r"\s+", " ", str(value)).strip() for value in row) for row in rows}


def set_version(path: Path, version: str | None) -> None:
    """Write a version into the file of a store; None takes it away."""
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("delete from alembic_version")
        if version is not None:
            file.execute("insert into alembic_version values (?)", (version,))


def add_migration(monkeypatch: pytest.MonkeyPatch, folder: Path, migration: str = MIGRATION) -> None:
    """Make this program one that is a version further, so that every store of before must be migrated."""
    scripts = folder / "100% migrations"
    shutil.copytree(migrate.SCRIPTS, scripts)
    (scripts / "versions" / f"{NEXT}_mood.py").write_text(migration, encoding="utf-8")
    monkeypatch.setattr(migrate, "SCRIPTS", scripts)
    monkeypatch.setattr(schema_version, "REVISION", NEXT)
