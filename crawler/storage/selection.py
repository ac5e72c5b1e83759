"""Selections of articles, and the articles of a selection: as items, as plain records for exports, or counted."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from enum import Enum
from typing import Any, Final

import orjson
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Select,
    Text,
    and_,
    cast,
    func,
    or_,
    select,
    tuple_,
    type_coerce,
)

from crawler.items import Article
from crawler.storage.advice import damaged
from crawler.storage.database import Database
from crawler.storage.lists import holds_any
from crawler.storage.rows import from_row
from crawler.storage.search import with_terms
from crawler.storage.tables import articles
from crawler.storage.terms import Term

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
    """Conditions that an article must meet, all of them; by default none, for the latest revision."""

    since: datetime | None = None
    """Published at this time or later."""
    until: datetime | None = None
    """Published before this time."""
    sections: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    """Of these fields, and of the four below, an article has one of the values; an empty set allows every value."""
    agencies: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    """Codes: the story is reported from one of the countries, or mentions it."""
    tags: frozenset[str] = frozenset()
    authors: frozenset[str] = frozenset()
    terms: tuple[Term, ...] = ()
    """Title and text have all of them."""
    complete_only: bool = False
    revisions: Revisions = Revisions.LATEST

    def applied(self, query: Select[*tuple[Any, ...]], dialect: str) -> Select[*tuple[Any, ...]]:
        """Return a query over `articles` with the conditions, ordered by time of publication, id and revision.

        :param dialect: name of the kind of database, for what the two say differently.
        """
        for condition in self._conditions(dialect):
            query = query.where(condition)
        if self.terms:
            query = with_terms(query, self.terms, dialect)
        if self.revisions is not Revisions.ALL:
            edge = func.max if self.revisions is Revisions.LATEST else func.min
            other = articles.alias()
            wanted = select(edge(other.c.revision)).where(other.c.id == articles.c.id).scalar_subquery()
            query = query.where(articles.c.revision == wanted)
        return query.order_by(articles.c.published_utc, articles.c.id, articles.c.revision)

    def _conditions(self, dialect: str) -> Iterator[ColumnElement[bool]]:
        if self.since:
            yield articles.c.published_utc >= self.since
        if self.until:
            yield articles.c.published_utc < self.until
        if self.sections:
            yield articles.c.section.in_(sorted(self.sections))
        if self.kinds:
            yield articles.c.kind.in_(sorted(self.kinds))
        for column in (articles.c.agencies, articles.c.tags, articles.c.authors):
            if wanted := getattr(self, column.name):
                yield holds_any(column, wanted, dialect)
        if self.countries:
            reported = articles.c.dateline_country.in_(sorted(self.countries))
            yield or_(reported, holds_any(articles.c.countries, self.countries, dialect))
        if self.complete_only:
            yield articles.c.complete.is_(True)


def articles_of(database: Database, selection: Selection) -> Iterator[Article]:
    """Yield the articles of a selection, all of one state of the store."""
    query = selection.applied(select(articles), database.dialect)
    with database.reading() as connection:
        for row in connection.execution_options(yield_per=_AT_ONCE).execute(query).mappings():
            yield from_row(dict(row))


def batches(database: Database, since: datetime | None, until: datetime | None, size: int) -> Iterator[list[Article]]:
    """Yield all revisions of the stories published from `since` until before `until`, by id and revision.

    Each batch is a transaction of its own, so that what was read may be written before the next one.
    """
    last = ("", 0)
    span = Selection(since, until, revisions=Revisions.ALL).applied(select(articles), database.dialect).order_by(None)
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
    query = selection.applied(select(articles.c.id), database.dialect)
    query = query.order_by(None).distinct().order_by(articles.c.id)
    with database.reading() as connection:
        yield from connection.execution_options(yield_per=1000).execute(query).scalars()


def count_records(database: Database, selection: Selection) -> int:
    """Return the number of records of a selection."""
    selected = selection.applied(select(articles.c.id), database.dialect).order_by(None)
    with database.reading() as connection:
        return connection.execute(select(func.count()).select_from(selected.subquery())).scalar_one()


_BEGINS: Final = ("[", "{")
_ENDS: Final = ("]", "}")
"""Of JSON text that is whole; what is copied is not parsed."""


def plain_records(database: Database, selection: Selection, json_text: bool = False) -> Iterator[dict[str, Any]]:
    """Yield records as JSON has them: keys in the order of `items.Article`, times as ISO text; one state of the store.

    :param json_text: give nested values as `orjson.Fragment`, which is the stored JSON. Parsing it takes half of the
        time, which an export to JSON saves.
    """
    query = selection.applied(select(*(_plain(articles.c[key]).label(key) for key in KEYS)), database.dialect)
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


def revision_pairs(database: Database, selection: Selection) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield each revision after the first, with the one before it: fields of the later, then of the earlier one.

    Times are ISO text, as in a record; nested fields are left out.

    :param selection: conditions that the later revision meets.
    """
    before = articles.alias("before")
    names = [key for key in KEYS if key not in _NESTED]
    later = [_plain(articles.c[name]).label(name) for name in names]
    earlier = [_plain(before.c[name]).label(f"before_{name}") for name in names]
    pairs = and_(before.c.id == articles.c.id, before.c.revision == articles.c.revision - 1)
    query = selection.applied(select(*later, *earlier).join_from(articles, before, pairs), database.dialect)
    with database.reading() as connection:
        for row in connection.execution_options(yield_per=_AT_ONCE).execute(query):
            yield dict(zip(names, row[: len(names)], strict=True)), dict(zip(names, row[len(names) :], strict=True))


def _plain(column: Column[Any]) -> ColumnElement[Any]:
    """Return a column as the database has it: JSON as text."""
    return cast(column, Text) if isinstance(column.type, JSON) else type_coerce(column, Text)
