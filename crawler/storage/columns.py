"""Column types whose values read the same from SQLite and from PostgreSQL."""

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from crawler.storage.dialects import POSTGRESQL

TEXT: Final = Text().with_variant(Text(collation="C"), POSTGRESQL)
"""Sorted by code point in both databases, as times, ids and months need; a server's own language sorts otherwise."""


class _WithoutNul(TypeDecorator[str]):
    """Text of a server as PostgreSQL can store it: NUL becomes U+FFFD."""

    impl = TEXT
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the text without NUL."""
        return None if value is None else value.replace("\0", "\ufffd")


PLAIN_TEXT: Final = Text().with_variant(_WithoutNul(), POSTGRESQL)
"""Text that a server sent. It may hold NUL, which PostgreSQL cannot store."""


class IsoTime(TypeDecorator[datetime]):
    """Aware times as ISO 8601 text, which keeps the page's own zone; no time type of either database does."""

    impl = TEXT
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Return the time as text."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Return the text as an aware time."""
        return None if value is None else datetime.fromisoformat(value)


def within(column: ColumnElement[str], first: str, last: str) -> ColumnElement[bool]:
    """Return the condition of a text in a range, both ends included; PostgreSQL takes no BETWEEN with a collation."""
    return (column >= first) & (column <= last)
