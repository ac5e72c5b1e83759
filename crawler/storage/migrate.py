"""Schema changes, by Alembic: a file of ``migrations/versions`` is one step; opening a store takes all that lack."""

import logging
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from crawler.errors import UnusableStore
from crawler.storage.tables import WRITES

logging.getLogger("alembic").setLevel(logging.WARNING)  # it logs at import; of no use in a crawl's log

from alembic import command  # noqa: E402
from alembic.config import Config  # noqa: E402
from alembic.util.exc import CommandError  # noqa: E402

VERSION_TABLE: Final = "alembic_version"


def configuration() -> Config:
    """Alembic's configuration, in code so that no ini file is needed."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def upgrade(engine: Engine, target: str) -> None:
    """Brings a database to the newest schema, in one transaction.

    :raises UnusableStore: the database was written by a newer version of the project.
    """
    config = configuration()
    try:
        with engine.execution_options(**{WRITES: True}).begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError as error:
        raise UnusableStore(
            f"the store {target} was written by another version of this project ({error}); update the project"
        ) from error
