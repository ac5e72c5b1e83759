"""Columns of `articles` with lists, and the values that a store has in a column.

A list is JSON text; both databases take it apart by a function that gives one row for each of its values.
"""

from collections import Counter
from collections.abc import Collection
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, TableValuedAlias, exists, func, select

from crawler.storage.database import Database
from crawler.storage.dialects import POSTGRESQL
from crawler.storage.tables import articles


def holds_any(column: Column[Any], wanted: Collection[str], dialect: str) -> ColumnElement[bool]:
    """Return the condition that the list of a row holds one of these values."""
    elements = _elements(column, dialect)
    return exists(select(1).select_from(elements).where(elements.c.value.in_(sorted(wanted))).correlate(articles))


def count_values(database: Database, *names: str) -> Counter[str]:
    """Return the values in columns of `articles`, of all revisions, with the number of rows that have each.

    :param names: of columns with a text or with a list of texts.
    """
    counted: Counter[str] = Counter()
    with database.reading() as connection:
        for column in (articles.c[name] for name in names):
            if isinstance(column.type, JSON):
                elements = _elements(column, database.dialect)
                value, query = elements.c.value, select(elements.c.value, func.count()).select_from(articles, elements)
            else:
                value, query = column, select(column, func.count()).where(column.is_not(None))
            for found, count in connection.execute(query.group_by(value)):
                counted[found] += count
    return counted


def _elements(column: Column[Any], dialect: str) -> TableValuedAlias:
    function = func.json_array_elements_text if dialect == POSTGRESQL else func.json_each
    return function(column).table_valued("value", joins_implicitly=True)
