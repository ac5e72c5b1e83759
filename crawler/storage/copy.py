"""Copies of a store: its articles, to hand on, or all of its tables, to continue in a database of the other kind."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Table, exists, func, insert, select

from crawler.errors import UnusableStore
from crawler.storage.database import Database
from crawler.storage.dialects import POSTGRESQL
from crawler.storage.selection import Selection
from crawler.storage.tables import articles, metadata, near_duplicates, runs, shingle_keys
from crawler.storage.target import shown

if TYPE_CHECKING:
    from hashlib import _Hash

_AT_ONCE: Final = 500


def copy_articles(database: Database, selection: Selection, path: Path) -> int:
    """Write the articles of a selection into a new SQLite file, and return their number.

    Keys and pairs of near-duplicates are copied too, so that stories that the copy gets later are compared with these;
    a label may name a story that is not copied. Ledger, failures and runs are not copied: they describe the crawl. The
    file is packed, so that the same records give the same bytes.

    :raises UnusableStore: either database fails.
    """
    count = 0
    with closing(Database(str(path))) as copy:
        with database.reading() as source:
            query = selection.applied(select(articles), database.dialect)
            rows = source.execution_options(yield_per=_AT_ONCE).execute(query).mappings()
            while batch := [dict(row) for row in islice(rows, _AT_ONCE)]:
                with copy.writing() as target:
                    target.execute(insert(articles), batch)
                count += len(batch)
            _copy_likeness(source, copy)
        copy.pack()
    return count


def _copy_likeness(source: Connection, copy: Database) -> None:
    """Copy the keys and pairs of near-duplicates of the stories that a copy has."""
    with copy.writing() as target:
        stories = set(target.execute(select(articles.c.id)).scalars())
        for table, columns in ((shingle_keys, ("article_id",)), (near_duplicates, ("one", "other"))):
            for batch in _batches(source, table):
                kept = [row for row in batch if all(row[name] in stories for name in columns)]
                if kept:
                    target.execute(insert(table), kept)


def copy_store(database: Database, target: str, copied: Callable[[int], object]) -> dict[str, int]:
    """Write all tables into an empty database of either kind, read them back and compare them.

    It is one transaction: after a kill or a difference the target is still empty, and can be filled by the next try.

    :param copied: called after each batch with its number of rows.
    :return: table -> number of rows.
    :raises UnusableStore: the target is not empty, the copy differs, or a database fails.
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
        if there.dialect.name == POSTGRESQL:  # its sequence does not follow ids that are inserted
            there.execute(select(func.setval(func.pg_get_serial_sequence(runs.name, "id"), func.max(runs.c.id))))
    return counts


def _batches(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    """Yield the rows of a table in the order of its key."""
    query = select(table).order_by(*table.primary_key)
    rows = connection.execute(query, execution_options={"yield_per": _AT_ONCE}).mappings()
    while batch := [dict(row) for row in islice(rows, _AT_ONCE)]:
        yield batch


def _feed(digest: "_Hash", batch: list[dict[str, Any]]) -> None:
    """Add rows to a digest, with NUL as PostgreSQL stores it (see `columns.PLAIN_TEXT`)."""
    for row in batch:
        values = (value.replace("\0", "\ufffd") if isinstance(value, str) else value for value in row.values())
        digest.update(repr((*values,)).encode("utf-8", "surrogatepass"))
