"""Types of columns: what they keep reads the same from SQLite and from PostgreSQL."""

from datetime import datetime
from typing import Final

from sqlalchemy import Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

POSTGRESQL: Final = "postgresql"
TEXT: Final = Text().with_variant(Text(collation="C"), POSTGRESQL)
"""Ordered by code point, as SQLite does and a month's folder, an id or a time needs; not by the server's language."""


class PlainText(TypeDecorator[str]):
    """Text that any server may have sent: PostgreSQL takes no NUL, which becomes U+FFFD there."""

    impl = TEXT
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is not None and dialect.name == POSTGRESQL and "\0" in value:
            return value.replace("\0", "\ufffd")
        return value


class IsoTime(TypeDecorator[datetime]):
    """Aware times as ISO 8601 text: the page's own zone survives, which no column type of either database keeps."""

    impl = TEXT
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)
