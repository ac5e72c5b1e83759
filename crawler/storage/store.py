"""What the crawl asks of the store: is it known, keep it, note what failed."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from enum import Enum
from typing import Any, Final

from sqlalchemy import Connection, case, delete, func, insert, select, update

from crawler.items import Article, Failure
from crawler.storage.coverage import Day, coverage
from crawler.storage.database import Database, offered, upsert
from crawler.storage.ledger import Ledger
from crawler.storage.records import from_row, to_row
from crawler.storage.runs import Runs
from crawler.storage.schema import articles, failures, visits
from crawler.storage.stories import Known, known

GONE_REASONS: Final = frozenset(("HttpStatus 404", "HttpStatus 410", "PageNotFound"))
GONE_AFTER: Final = (3, timedelta(days=1))
"""A story is taken for gone when the site said so this often, over at least so long: one 404 may be a slip."""


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


class Revisions(Enum):
    """Which revisions of a story a reader wants."""

    FIRST = "first"
    LATEST = "latest"
    ALL = "all"


class Store:
    """A database of articles. One transaction an article: a reader or a kill never sees half of one.

    Every method raises `UnusableStore` when the database cannot do it.
    """

    def __init__(self, target: str) -> None:
        self.target = target
        self._database = Database(target)
        self.ledger = Ledger(self._database)
        self.runs = Runs(self._database)

    def close(self) -> None:
        """Gives the database back."""
        self._database.close()

    def known(self, article_id: str) -> Known:
        """What speaks for and against asking for a story (again)."""
        return known(self._database, article_id)

    def coverage(self, since: date | None = None, until: date | None = None) -> Iterator[Day]:
        """What is in and what is not, per index day, oldest first (see `coverage.coverage`)."""
        return coverage(self._database, since, until)

    def save(self, article: Article) -> Saved:
        """Stores a story: new, as the next revision when its content changed, or not at all when it is known.

        A capture that lacks pages never takes the place of one that lacks none.
        """
        with self._database.writing() as connection:
            latest = self._latest(connection, article.id)
            saved = self._decide(article, latest)
            if saved.outcome is Outcome.REVISED and latest and self._is_old(connection, article, latest):
                saved = Saved(latest, Outcome.KNOWN)
            if saved.outcome is Outcome.COMPLETED:
                key = (articles.c.id == article.id, articles.c.revision == saved.article.revision)
                connection.execute(update(articles).where(*key).values(to_row(saved.article)))
            elif saved.outcome is not Outcome.KNOWN:
                connection.execute(insert(articles).values(to_row(saved.article)))
            upsert(connection, visits, [{"article_id": article.id, "visited_at": article.fetched_at}], _LATER_VISIT)
            if article.complete:  # a page that failed keeps its row while the story lacks it
                connection.execute(delete(failures).where(failures.c.article_id == article.id))
        return saved

    def record_failure(self, failure: Failure) -> None:
        """Notes a failure; the same address again counts up.

        The count begins anew when an address is no longer unreachable but not there, and the other way round: only
        answers that a story is not there make it gone.
        """
        gone = failure.reason in GONE_REASONS
        with self._database.writing() as connection:
            key = failures.c.url == failure.url
            earlier = connection.execute(select(failures).where(key)).mappings().first()
            if earlier and (earlier["reason"] in GONE_REASONS) is not gone:
                earlier = None
            first, times = (earlier["first_failed_at"], earlier["times"] + 1) if earlier else (failure.failed_at, 1)
            often, long = GONE_AFTER
            row: dict[str, Any] = {
                "url": failure.url,
                "article_id": failure.article_id,
                "reason": failure.reason,
                "detail": failure.detail,
                "via": failure.via,
                "status": failure.status,
                "first_failed_at": first,
                "failed_at": failure.failed_at,
                "times": times,
                "attempts": failure.attempts + (earlier["attempts"] if earlier else 0),
                "answer": asdict(failure.answer) if failure.answer else None,
                "gone": gone and times >= often and failure.failed_at - first >= long,
            }
            upsert(connection, failures, [row])

    def articles(self, revisions: Revisions = Revisions.LATEST) -> Iterator[Article]:
        """Stories by time of publication, then id, then revision."""
        query = select(articles).order_by(articles.c.published_utc, articles.c.id, articles.c.revision)
        if revisions is not Revisions.ALL:
            edge = func.max if revisions is Revisions.LATEST else func.min
            wanted = (
                select(articles.c.id, edge(articles.c.revision).label("revision")).group_by(articles.c.id).subquery()
            )
            query = query.join(wanted, (articles.c.id == wanted.c.id) & (articles.c.revision == wanted.c.revision))
        with self._database.reading() as connection:
            for row in connection.execution_options(yield_per=100).execute(query).mappings():
                yield from_row(dict(row))

    def failures(self) -> list[dict[str, Any]]:
        """Rows of what failed and was not stored since, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(select(failures).order_by(failures.c.first_failed_at, failures.c.url)).mappings()
            return [dict(row) for row in rows]

    @staticmethod
    def _latest(connection: Connection, article_id: str) -> Article | None:
        query = select(articles).where(articles.c.id == article_id).order_by(articles.c.revision.desc()).limit(1)
        row = connection.execute(query).mappings().first()
        return from_row(dict(row)) if row else None

    @staticmethod
    def _is_old(connection: Connection, article: Article, latest: Article) -> bool:
        """An earlier capture of what an earlier revision holds: an archive that is read in again."""
        same = (articles.c.id == article.id, articles.c.content_hash == article.content_hash)
        known_text = connection.execute(select(articles.c.revision).where(*same)).first() is not None
        return known_text and article.fetched_at < latest.fetched_at

    @staticmethod
    def _decide(article: Article, latest: Article | None) -> Saved:
        if latest is None:
            return Saved(replace(article, revision=1), Outcome.NEW)
        if not latest.complete and (article.complete or article.word_count > latest.word_count):
            return Saved(replace(article, revision=latest.revision), Outcome.COMPLETED)
        if article.content_hash == latest.content_hash or not article.complete:
            return Saved(latest, Outcome.KNOWN)
        return Saved(replace(article, revision=latest.revision + 1), Outcome.REVISED)


_SEEN: Final = offered(visits).visited_at
_LATER_VISIT: Final = {"visited_at": case((visits.c.visited_at < _SEEN, _SEEN), else_=visits.c.visited_at)}
"""An archive may bring an older capture after a newer one."""
