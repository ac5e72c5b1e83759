"""What the crawl asks of the store: is it known, keep it, note what failed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.exc import DBAPIError

from crawler.items import Article, Failure
from crawler.storage.engine import open_engine, unusable
from crawler.storage.records import from_row, to_row
from crawler.storage.schema import WRITES, articles, failures


class Outcome(Enum):
    """What became of an article that was offered."""

    NEW = "new"
    REVISED = "revised"
    COMPLETED = "completed"
    """The stored one lacked pages; this one has more of it, and takes its place as the same revision."""
    KNOWN = "known"


@dataclass(frozen=True)
class Saved:
    """The article as it is now stored, and what that changed."""

    article: Article
    outcome: Outcome


class Store:
    """A database of articles. One transaction an article: a reader or a kill never sees half of one.

    Every method raises `UnusableStore` when the database cannot do it.
    """

    def __init__(self, target: str) -> None:
        self.target = target
        self._engine = open_engine(target)

    def close(self) -> None:
        """Gives the database back."""
        self._engine.dispose()

    def holds(self, article_id: str) -> bool:
        """A complete revision of this story is stored: nothing is gained by fetching it again."""
        query = select(articles.c.id).where(articles.c.id == article_id, articles.c.complete).limit(1)
        with self._reading() as connection:
            return connection.execute(query).first() is not None

    def save(self, article: Article) -> Saved:
        """Stores a story: new, as the next revision when its content changed, or not at all when it is known.

        A capture that lacks pages never takes the place of one that lacks none.
        """
        with self._writing() as connection:
            latest = self._latest(connection, article.id)
            saved = self._decide(article, latest)
            if saved.outcome is Outcome.COMPLETED:
                key = (articles.c.id == article.id, articles.c.revision == saved.article.revision)
                connection.execute(update(articles).where(*key).values(to_row(saved.article)))
            elif saved.outcome is not Outcome.KNOWN:
                connection.execute(insert(articles).values(to_row(saved.article)))
            if article.complete:  # a page that failed keeps its row while the story lacks it
                connection.execute(delete(failures).where(failures.c.article_id == article.id))
        return saved

    def record_failure(self, failure: Failure) -> None:
        """Notes a failure; the same address again counts up."""
        with self._writing() as connection:
            key = failures.c.url == failure.url
            earlier = connection.execute(select(failures).where(key)).mappings().first()
            values: dict[str, Any] = {
                "url": failure.url,
                "article_id": failure.article_id,
                "reason": failure.reason,
                "detail": failure.detail,
                "via": failure.via,
                "first_failed_at": earlier["first_failed_at"] if earlier else failure.failed_at,
                "failed_at": failure.failed_at,
                "times": earlier["times"] + 1 if earlier else 1,
            }
            connection.execute(
                update(failures).where(key).values(values) if earlier else insert(failures).values(values)
            )

    def articles(self) -> Iterator[Article]:
        """Latest revision of every story, by time of publication, then id."""
        newest = (
            select(articles.c.id, func.max(articles.c.revision).label("revision")).group_by(articles.c.id).subquery()
        )
        query = (
            select(articles)
            .join(newest, (articles.c.id == newest.c.id) & (articles.c.revision == newest.c.revision))
            .order_by(articles.c.published_utc, articles.c.id)
        )
        with self._reading() as connection:
            for row in connection.execution_options(yield_per=100).execute(query).mappings():
                yield from_row(dict(row))

    def failures(self) -> list[dict[str, Any]]:
        """Rows of what failed and was not stored since, oldest first."""
        with self._reading() as connection:
            rows = connection.execute(select(failures).order_by(failures.c.first_failed_at, failures.c.url)).mappings()
            return [dict(row) for row in rows]

    @staticmethod
    def _latest(connection: Connection, article_id: str) -> Article | None:
        query = select(articles).where(articles.c.id == article_id).order_by(articles.c.revision.desc()).limit(1)
        row = connection.execute(query).mappings().first()
        return from_row(dict(row)) if row else None

    @staticmethod
    def _decide(article: Article, latest: Article | None) -> Saved:
        if latest is None:
            return Saved(replace(article, revision=1), Outcome.NEW)
        if not latest.complete and (article.complete or article.word_count > latest.word_count):
            return Saved(replace(article, revision=latest.revision), Outcome.COMPLETED)
        if article.content_hash == latest.content_hash or not article.complete:
            return Saved(latest, Outcome.KNOWN)
        return Saved(replace(article, revision=latest.revision + 1), Outcome.REVISED)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self._engine.execution_options(**{WRITES: True}).begin() as connection:
                yield connection
        except DBAPIError as error:
            raise unusable(self.target, error) from error

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection:
                yield connection
        except DBAPIError as error:
            raise unusable(self.target, error) from error
