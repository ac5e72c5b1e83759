"""Migrations of the schema, by Alembic: each file of `migrations/versions` is one step from a version to the next."""

import logging
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from crawler.storage import schema_version, sqlite
from crawler.storage.dialects import WRITES
from crawler.storage.target import database_file, is_server, shown

logger = logging.getLogger(__name__)

SCRIPTS: Final = Path(__file__).parent / "migrations"


def migrate(engine: Engine, target: str) -> None:
    """Migrate a store to the newest schema, in one transaction, after a copy of its file. Needs the run lock.

    The copy is `<store>.before-<version>.backup`. A database on a server is not copied.

    :raises UnusableStore: it cannot be copied.
    :raises DBAPIError: it cannot be changed, and is as it was.
    """
    with engine.begin() as connection:
        before = schema_version.version_of(connection, target)
    if before == schema_version.REVISION:  # another run did it while this one waited for the lock
        return
    kept = "a database on a server is not copied; its backup is a dump by pg_dump"
    if not is_server(target):
        file = database_file(target)
        copy = file.with_name(f"{file.name}.before-{schema_version.REVISION}.backup")
        sqlite.back_up(engine, file, copy)
        kept = f"a copy of it as it was is {copy}"
    logger.warning(
        "The schema of the store %s is migrated from version %s to %s; %s",
        shown(target),
        before,
        schema_version.REVISION,
        kept,
    )
    _upgrade(engine)


def _upgrade(engine: Engine) -> None:
    """Take all steps that lack. Alembic is imported here because it logs that it is imported."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))  # a % would be a reference
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
