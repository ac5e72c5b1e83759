"""The schema of a store and its version: making a new store, and refusing one that this program cannot use.

A store that is new has the schema of `tables`. One that exists keeps its version, the id of a migration, in the table
`alembic_version`, as Alembic does.
"""

from typing import Final

from sqlalchemy import Column, Connection, MetaData, PrimaryKeyConstraint, String, Table, insert, inspect, select
from sqlalchemy.schema import CreateIndex, CreateTable

from crawler.errors import UnusableStore
from crawler.storage.dialects import POSTGRESQL
from crawler.storage.search import SEARCH
from crawler.storage.tables import VIEWS, articles, metadata
from crawler.storage.target import is_server, shown

BASELINE: Final = "0005"
"""Version of the schema of release 1.0.0, the oldest that can be migrated. Ids are four digits and count up."""
REVISION: Final = "0009"
"""Version that this program reads and writes: the newest file of `migrations/versions`."""

VERSION_TABLE: Final = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""As Alembic makes it. It is not among `tables.metadata`, whose tables are copied from store to store."""


def make_schema(connection: Connection) -> None:
    """Make all tables, views and the search index in an empty database.

    They are made in one order, so that equal stores are equal bytes: `metadata.create_all` makes indexes in any.
    """
    for table in metadata.sorted_tables:
        connection.execute(CreateTable(table))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            connection.execute(CreateIndex(index))
    for statement in VIEWS if connection.dialect.name == POSTGRESQL else (*VIEWS, *SEARCH):
        connection.exec_driver_sql(statement)
    VERSION_TABLE.create(connection)
    connection.execute(insert(VERSION_TABLE).values(version_num=REVISION))


def version_of(connection: Connection, target: str) -> str | None:
    """Return the version of a store: `REVISION` or an earlier one that can be migrated; None for an empty database.

    :raises UnusableStore: the database belongs to another program, or to a version of this one that cannot be used.
    """
    found = set(inspect(connection).get_table_names())
    if not found:
        return None
    if not {VERSION_TABLE.name, articles.name} <= found:
        another = "database" if is_server(target) else "path with -s KOMPAS_DB=PATH"
        raise UnusableStore(
            f"the database {shown(target)} belongs to another program (tables {', '.join(sorted(found)[:3])}); "
            f"give another {another}, nothing was changed"
        )
    version: str = connection.execute(select(VERSION_TABLE.c.version_num)).scalar() or "0000"
    if version > REVISION:
        raise UnusableStore(
            f"the store {shown(target)} was written by a newer version of this project (schema {version}, "
            f"this one knows {REVISION}); update the project"
        )
    if version < BASELINE:
        raise UnusableStore(
            f"the store {shown(target)} was written by a development version before 1.0.0 (schema {version}), which "
            "cannot be migrated; read its WARC files into a new one (-a archive=FILES -s KOMPAS_DB=PATH)"
        )
    return version


def refuse_older(version: str, target: str) -> None:
    """Raise `UnusableStore` for a version that only a command that writes can migrate."""
    if version != REVISION:
        raise UnusableStore(
            f"the store {shown(target)} has the schema of an earlier version ({version}, this one reads {REVISION}); "
            "`scrapy crawl kompas_global` or, without the network, `scrapy reextract` migrates it"
        )
