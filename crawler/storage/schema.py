"""Tables. A change here needs a migration in ``migrations/versions``; a test compares the two."""

from datetime import datetime
from typing import Final

from sqlalchemy import JSON, Boolean, Column, Index, Integer, MetaData, Table, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class IsoTime(TypeDecorator[datetime]):
    """Aware times as ISO 8601 text: the page's own zone survives, which no column type of SQLite keeps."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


WRITES: Final = "kompas_writes"
"""Execution option of a connection whose transaction will write."""

metadata: Final = MetaData()

articles: Final = Table(
    "articles",
    metadata,
    # One row a revision; the columns are the fields of `items.Article`, nested ones as JSON.
    Column("id", Text, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("url", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("section", Text),
    Column("kind", Text, nullable=False),
    Column("summary", Text),
    Column("published_at", IsoTime, nullable=False),
    Column("published_utc", IsoTime, nullable=False),  # the same moment, in an order that text can be sorted by
    Column("modified_at", IsoTime),
    Column("date_evidence", JSON, nullable=False),
    Column("authors", JSON, nullable=False),
    Column("editors", JSON, nullable=False),
    Column("sources", JSON, nullable=False),
    Column("dateline", Text),
    Column("body", JSON, nullable=False),
    Column("text", Text, nullable=False),
    Column("word_count", Integer, nullable=False),
    Column("declared_word_count", Integer),
    Column("pages", Integer, nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("images", JSON, nullable=False),
    Column("embeds", JSON, nullable=False),
    Column("tags", JSON, nullable=False),
    Column("related", JSON, nullable=False),
    Column("latest", JSON, nullable=False),
    Column("layout", Text, nullable=False),
    Column("discovery", JSON, nullable=False),
    Column("fetched_at", IsoTime, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("near_duplicate_of", Text),
    Column("provenance", JSON, nullable=False),
    Index("articles_published_utc", "published_utc"),
)

failures: Final = Table(
    "failures",
    metadata,
    # One row an address, until the story it names is stored.
    Column("url", Text, primary_key=True),
    Column("article_id", Text),
    Column("reason", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("via", Text),
    Column("first_failed_at", IsoTime, nullable=False),
    Column("failed_at", IsoTime, nullable=False),
    Column("times", Integer, nullable=False),
    Index("failures_article_id", "article_id"),
)
