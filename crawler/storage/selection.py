"""Which records a reader wants, and those records as plain values: what exports are written from."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from enum import Enum
from typing import Any, Final

import orjson
from sqlalchemy import JSON, Boolean, Column, ColumnElement, Select, Text, cast, func, select, type_coerce

from crawler.items import Article
from crawler.storage.database import Database
from crawler.storage.tables import articles

_AT_ONCE: Final = 100
"""Rows that are fetched together: more of them leave the processor's cache before they are written, a fifth slower."""
KEYS: Final = tuple(one.name for one in fields(Article))
_NESTED: Final = [key for key in KEYS if isinstance(articles.c[key].type, JSON)]
_SWITCHES: Final = [key for key in KEYS if isinstance(articles.c[key].type, Boolean)]
"""Columns that are no text."""


class Revisions(Enum):
    """Which revisions of a story a reader wants."""

    FIRST = "first"
    LATEST = "latest"
    ALL = "all"


@dataclass(frozen=True)
class Selection:
    """What is left out; nothing unless said otherwise."""

    since: datetime | None = None
    """Published then or later."""
    until: datetime | None = None
    """Published before."""
    sections: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    complete_only: bool = False
    revisions: Revisions = Revisions.LATEST

    def applied(self, query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        """A query over the table `articles`, in the order of publication, then id, then revision."""
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


def count_records(database: Database, selection: Selection) -> int:
    """Records that a selection leaves."""
    query = select(func.count()).select_from(selection.applied(select(articles.c.id)).order_by(None).subquery())
    with database.reading() as connection:
        return connection.execute(query).scalar_one()


def plain_records(database: Database, selection: Selection, json_text: bool = False) -> Iterator[dict[str, Any]]:
    """Records as JSON has them: key order of `items.Article`, times as ISO text; all of one state of the store.

    :param json_text: nested values are `orjson.Fragment`, the JSON as it is stored: who only writes JSON need not have
        it read, which takes half of the time.
    """
    query = selection.applied(select(*(_plain(articles.c[key]).label(key) for key in KEYS)))
    with database.reading() as connection:
        for row in connection.execution_options(yield_per=_AT_ONCE).execute(query):
            record = dict(zip(KEYS, row, strict=True))
            texts = [record[key] for key in _NESTED]
            nested = map(orjson.Fragment, texts) if json_text else orjson.loads(f"[{','.join(texts)}]")  # in one call
            record.update(zip(_NESTED, nested, strict=True))
            for key in _SWITCHES:
                record[key] = bool(record[key])
            yield record


def _plain(column: Column[Any]) -> ColumnElement[Any]:
    """As the database has it: JSON as text."""
    return cast(column, Text) if isinstance(column.type, JSON) else type_coerce(column, Text)
