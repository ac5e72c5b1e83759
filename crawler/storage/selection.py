"""Selections of articles, and the articles of a selection: as items, as plain records for exports, or counted."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from enum import Enum
from typing import Any, Final

import orjson
from sqlalchemy import JSON, Boolean, Column, ColumnElement, Select, Text, cast, func, select, tuple_, type_coerce

from crawler.items import Article
from crawler.storage.advice import damaged
from crawler.storage.database import Database
from crawler.storage.rows import from_row
from crawler.storage.tables import articles

_AT_ONCE: Final = 100
"""Rows fetched together. More of them leave the processor's cache before they are written: a fifth slower."""
KEYS: Final = tuple(one.name for one in fields(Article))
_NESTED: Final = [key for key in KEYS if isinstance(articles.c[key].type, JSON)]
_SWITCHES: Final = [key for key in KEYS if isinstance(articles.c[key].type, Boolean)]
"""Columns that are not text: switches are booleans in a record."""


class Revisions(Enum):
    """Which revisions of a story are selected."""

    FIRST = "first"
    LATEST = "latest"
    ALL = "all"


@dataclass(frozen=True)
class Selection:
    """Conditions that an article must meet; by default none, for the latest revision."""

    since: datetime | None = None
    """Published at this time or later."""
    until: datetime | None = None
    """Published before this time."""
    sections: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    complete_only: bool = False
    revisions: Revisions = Revisions.LATEST

    def applied(self, query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        """Return a query over `articles` with the conditions, ordered by time of publication, id and revision."""
        if self.since:
            query = query.where(articles.c.published_utc >= self.since)
        if self.until:
            query = query.where(articles.c.published_utc < self.until)
        if self.sections:
            query = query.where(articles.c.section.in_(sorted(self.sections)))
        if self.kinds:
            query = query.where(articles.c.kind.in_(sorted(self.kinds)))
        if self.complete_only:
            query = query.where(articles.c.complete)
        if self.revisions is not Revisions.ALL:
            edge = func.max if self.revisions is Revisions.LATEST else func.min
            other = articles.alias()
            wanted = select(edge(other.c.revision)).where(other.c.id == articles.c.id).scalar_subquery()
            query = query.where(articles.c.revision == wanted)
        return query.order_by(articles.c.published_utc, articles.c.id, articles.c.revision)


def articles_of(database: Database, selection: Selection) -> Iterator[Article]:
    """Yield the articles of a selection, all of one state of the store."""
    query = selection.applied(select(articles))
    with database.reading() as connection:
        for row in connection.execution_options(yield_per=_AT_ONCE).execute(query).mappings():
            yield from_row(dict(row))


def batches(database: Database, since: datetime | None, until: datetime | None, size: int) -> Iterator[list[Article]]:
    """Yield all revisions of the stories published from `since` until before `until`, by id and revision.

    Each batch is a transaction of its own, so that what was read may be written before the next one.
    """
    last = ("", 0)
    span = Selection(since, until, revisions=Revisions.ALL).applied(select(articles)).order_by(None)
    while True:
        query = (
            span.where(tuple_(articles.c.id, articles.c.revision) > last)
            .order_by(articles.c.id, articles.c.revision)
            .limit(size)
        )
        with database.reading() as connection:
            batch = [from_row(dict(row)) for row in connection.execute(query).mappings()]
        if not batch:
            return
        yield batch
        last = (batch[-1].id, batch[-1].revision)


def ids(database: Database, selection: Selection) -> Iterator[str]:
    """Yield the ids of a selection, each once, in order."""
    query = selection.applied(select(articles.c.id)).order_by(None).distinct().order_by(articles.c.id)
    with database.reading() as connection:
        yield from connection.execution_options(yield_per=1000).execute(query).scalars()


def count_records(database: Database, selection: Selection) -> int:
    """Return the number of records of a selection."""
    query = select(func.count()).select_from(selection.applied(select(articles.c.id)).order_by(None).subquery())
    with database.reading() as connection:
        return connection.execute(query).scalar_one()


_BEGINS: Final = ("[", "{")
_ENDS: Final = ("]", "}")
"""Of JSON text that is whole; what is copied is not parsed."""


def plain_records(database: Database, selection: Selection, json_text: bool = False) -> Iterator[dict[str, Any]]:
    """Yield records as JSON has them: keys in the order of `items.Article`, times as ISO text; one state of the store.

    :param json_text: give nested values as `orjson.Fragment`, which is the stored JSON. Parsing it takes half of the
        time, which an export to JSON saves.
    """
    query = selection.applied(select(*(_plain(articles.c[key]).label(key) for key in KEYS)))
    with database.reading() as connection:
        for row in connection.execution_options(yield_per=_AT_ONCE).execute(query):
            record = dict(zip(KEYS, row, strict=True))
            texts = [record[key] for key in _NESTED]
            if not all(text.startswith(_BEGINS) and text.endswith(_ENDS) for text in texts):
                raise damaged(database.target, record["id"])
            nested = map(orjson.Fragment, texts) if json_text else orjson.loads(f"[{','.join(texts)}]")  # in one call
            record.update(zip(_NESTED, nested, strict=True))
            for key in _SWITCHES:
                record[key] = bool(record[key])
            yield record


def _plain(column: Column[Any]) -> ColumnElement[Any]:
    """Return a column as the database has it: JSON as text."""
    return cast(column, Text) if isinstance(column.type, JSON) else type_coerce(column, Text)
