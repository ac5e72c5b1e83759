"""Copies of a store: of a selection, to hand on; of all that it holds, to go on with in a database of another kind."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Table, exists, func, insert, select

from crawler.errors import UnusableStore
from crawler.storage.columns import POSTGRESQL
from crawler.storage.database import Database
from crawler.storage.selection import Selection
from crawler.storage.tables import articles, metadata, runs
from crawler.storage.target import shown

if TYPE_CHECKING:
    from hashlib import _Hash

_AT_ONCE: Final = 500


def copy_articles(database: Database, selection: Selection, path: Path) -> int:
    """Writes the articles of a selection into a new database; gives their number.

    The ledger, the failures and the runs stay behind: they speak of the crawl, not of the articles. The file is packed
    at its end, so that the same records give the same bytes.

    :raises UnusableStore: either database fails.
    """
    count = 0
    with closing(Database(str(path))) as copy:
        with database.reading() as source:
            rows = source.execution_options(yield_per=_AT_ONCE).execute(selection.applied(select(articles))).mappings()
            while batch := [dict(row) for row in islice(rows, _AT_ONCE)]:
                with copy.writing() as target:
                    target.execute(insert(articles), batch)
                count += len(batch)
        copy.pack()
    return count


def copy_store(database: Database, target: str, copied: Callable[[int], object]) -> dict[str, int]:
    """Writes all tables into an empty database of either kind, reads them back, and keeps them only if they are equal.

    All of it in one transaction: a kill leaves an empty store, which the next try fills.

    :param copied: told after each batch how many rows it had.
    :return: table -> rows.
    :raises UnusableStore: the target holds something, is not what it was copied from, or a database fails.
    """
    counts: dict[str, int] = {}
    with closing(Database(target)) as copy, database.reading() as source, copy.writing() as there:
        for table in metadata.sorted_tables:
            if there.execute(select(exists().select_from(table))).scalar():
                raise UnusableStore(f"the store {shown(target)} holds {table.name} already; name an empty one")
        for table in metadata.sorted_tables:
            digest, counts[table.name] = hashlib.sha256(), 0
            for batch in _batches(source, table):
                there.execute(insert(table), batch)
                _feed(digest, batch)
                counts[table.name] += len(batch)
                copied(len(batch))
            back = hashlib.sha256()
            for batch in _batches(there, table):
                _feed(back, batch)
            if back.digest() != digest.digest():
                raise UnusableStore(f"the table {table.name} of the store {shown(target)} is not what was copied")
        if there.dialect.name == POSTGRESQL:  # which counts what it numbered itself only
            there.execute(select(func.setval(func.pg_get_serial_sequence(runs.name, "id"), func.max(runs.c.id))))
    return counts


def _batches(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    query = select(table).order_by(*table.primary_key)
    rows = connection.execute(query, execution_options={"yield_per": _AT_ONCE}).mappings()
    while batch := [dict(row) for row in islice(rows, _AT_ONCE)]:
        yield batch


def _feed(digest: "_Hash", batch: list[dict[str, Any]]) -> None:
    """Values as they are kept everywhere: PostgreSQL's text has no NUL (see `columns.PlainText`)."""
    for row in batch:
        values = (value.replace("\0", "\ufffd") if isinstance(value, str) else value for value in row.values())
        digest.update(repr((*values,)).encode("utf-8", "surrogatepass"))
