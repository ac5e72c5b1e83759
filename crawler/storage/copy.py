"""A store of a selection: the same tables, the same views, only the articles that were asked for."""

from itertools import islice
from pathlib import Path

from sqlalchemy import insert, select

from crawler.storage.database import Database
from crawler.storage.schema import articles
from crawler.storage.selection import Selection

_AT_ONCE = 500


def copy_articles(database: Database, selection: Selection, path: Path) -> int:
    """Writes the articles of a selection into a new database; gives their number.

    The ledger, the failures and the runs stay behind: they speak of the crawl, not of the articles. The file is packed
    at its end, so that the same records give the same bytes.

    :raises UnusableStore: either database fails.
    """
    copy = Database(str(path))
    count = 0
    try:
        with database.reading() as source:
            rows = source.execution_options(yield_per=_AT_ONCE).execute(selection.applied(select(articles))).mappings()
            while batch := [dict(row) for row in islice(rows, _AT_ONCE)]:
                with copy.writing() as target:
                    target.execute(insert(articles), batch)
                count += len(batch)
        copy.pack()
    finally:
        copy.close()
    return count
