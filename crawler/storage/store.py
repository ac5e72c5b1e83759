"""What the crawl asks of the store: is it known, keep it, note what failed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, case, delete, func, insert, select, tuple_, update

from crawler.items import Article, Failure
from crawler.storage.copy import copy_articles, copy_store
from crawler.storage.coverage import Day, coverage
from crawler.storage.database import Database, offered, upsert
from crawler.storage.ledger import Ledger
from crawler.storage.near_duplicates import BodyLikeness, label, pairs, unlabelled
from crawler.storage.revisions import Outcome, decide
from crawler.storage.rows import from_row, to_row
from crawler.storage.runs import Runs
from crawler.storage.selection import Revisions, Selection, count_records, plain_records
from crawler.storage.stories import Known, known
from crawler.storage.tables import articles, failures, visits

GONE_REASONS: Final = frozenset(("HttpStatus 404", "HttpStatus 410", "PageNotFound"))
GONE_AFTER: Final = (3, timedelta(days=1))
"""A story is taken for gone when the site said so this often, over at least so long: one 404 may be a slip."""


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

    def save(self, article: Article, likeness: BodyLikeness | None = None) -> Saved:
        """Stores a story: new, as a revision when its content changed, or not at all when it is known.

        Revisions stand in the order of their capture (`revisions.decide`): what an archive brings later takes its place
        among those that are there. A capture that lacks pages never takes the place of one that lacks none.

        :param likeness: of the article's text, by which it is labelled as a near-duplicate.
        """
        with self._database.writing() as connection:
            kept = self._revisions(connection, article.id)
            decision = decide(article, kept)
            saved = Saved(replace(article, revision=decision.revision), decision.outcome)
            match decision.outcome:
                case Outcome.KNOWN if decision.is_first:
                    self._replace(connection, saved.article)
                case Outcome.KNOWN:
                    saved = Saved(kept[decision.revision - 1], Outcome.KNOWN)
                case Outcome.COMPLETED:
                    self._replace(connection, saved.article)
                case Outcome.NEW | Outcome.REVISED:
                    for later in reversed(kept[decision.revision - 1 :]):
                        key = (articles.c.id == article.id, articles.c.revision == later.revision)
                        connection.execute(update(articles).where(*key).values(revision=later.revision + 1))
                    connection.execute(insert(articles).values(to_row(saved.article)))
                    self._reinstate(connection, saved.article, kept)
            upsert(connection, visits, [{"article_id": article.id, "visited_at": article.fetched_at}], _LATER_VISIT)
            if likeness and saved.outcome is not Outcome.KNOWN and self._is_latest(connection, saved.article):
                label(connection, article.id, likeness)
                query = select(articles.c.near_duplicate_of).where(articles.c.id == article.id).limit(1)
                labelled = replace(saved.article, near_duplicate_of=connection.execute(query).scalar())
                saved = Saved(labelled, saved.outcome)
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
        query = Selection(revisions=revisions).applied(select(articles))
        with self._database.reading() as connection:
            for row in connection.execution_options(yield_per=100).execute(query).mappings():
                yield from_row(dict(row))

    def records(self, selection: Selection, json_text: bool = False) -> Iterator[dict[str, Any]]:
        """The records of a selection as JSON has them (see `selection.plain_records`)."""
        return plain_records(self._database, selection, json_text)

    def copy(self, selection: Selection, path: Path) -> int:
        """A database of a selection (see `copy.copy_articles`); gives the number of records."""
        return copy_articles(self._database, selection, path)

    def copy_all(self, target: str, copied: Callable[[int], object]) -> dict[str, int]:
        """Everything, into an empty database of either kind (see `copy.copy_store`); rows by table."""
        return copy_store(self._database, target, copied)

    def label_all(self, likeness: Callable[[str], BodyLikeness], size: int = 200) -> int:
        """Labels stories that have no keys yet; gives their number. In parts, so that it can be broken off."""
        labelled, last = 0, ""
        while True:
            with self._database.writing() as connection:
                batch = unlabelled(connection, size, last)
                for article_id, text in batch:
                    label(connection, article_id, likeness(text))
            if not batch:
                return labelled
            labelled, last = labelled + len(batch), batch[-1][0]

    def near_duplicates(self) -> Iterator[tuple[str, str, float]]:
        """Pairs of stories with nearly the same body, and the share that they have in common."""
        with self._database.reading() as connection:
            yield from pairs(connection)

    def count(self, selection: Selection) -> int:
        """How many records those are."""
        return count_records(self._database, selection)

    def revisions(self, article_id: str) -> list[Article]:
        """All revisions of one story, the first first."""
        with self._database.reading() as connection:
            return self._revisions(connection, article_id)

    def batches(self, since: datetime | None, until: datetime | None, size: int = 256) -> Iterator[list[Article]]:
        """All revisions of the stories published in a span of time (None: open), `until` excluded, by id.

        Each batch is read by itself, so that what was read may be written meanwhile.
        """
        last = ("", 0)
        span = Selection(since, until, revisions=Revisions.ALL).applied(select(articles)).order_by(None)
        while True:
            query = (
                span.where(tuple_(articles.c.id, articles.c.revision) > last)
                .order_by(articles.c.id, articles.c.revision)
                .limit(size)
            )
            with self._database.reading() as connection:
                batch = [from_row(dict(row)) for row in connection.execute(query).mappings()]
            if not batch:
                return
            yield batch
            last = (batch[-1].id, batch[-1].revision)

    def replace(self, revisions: Iterable[Article], likeness: Callable[[str], BodyLikeness] | None = None) -> None:
        """Revisions as today's parser reads them, in the place of the same ones; all of them or, on an error, none.

        :param likeness: of a text, by which the latest revisions are labelled anew.
        """
        with self._database.writing() as connection:
            for article in revisions:
                self._replace(connection, article)
                if likeness and self._is_latest(connection, article):
                    label(connection, article.id, likeness(article.text))

    def stories(self, selection: Selection) -> Iterator[str]:
        """Ids of the records of a selection, each once, in order."""
        query = selection.applied(select(articles.c.id)).order_by(None).distinct().order_by(articles.c.id)
        with self._database.reading() as connection:
            yield from connection.execution_options(yield_per=1000).execute(query).scalars()

    def hashes(self, article_id: str) -> set[str]:
        """Of title and text, in all revisions of a story."""
        with self._database.reading() as connection:
            query = select(articles.c.content_hash).where(articles.c.id == article_id)
            return set(connection.execute(query).scalars())

    def failures(self) -> list[dict[str, Any]]:
        """Rows of what failed and was not stored since, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(select(failures).order_by(failures.c.first_failed_at, failures.c.url)).mappings()
            return [dict(row) for row in rows]

    @staticmethod
    def _revisions(connection: Connection, article_id: str) -> list[Article]:
        query = select(articles).where(articles.c.id == article_id).order_by(articles.c.revision)
        return [from_row(dict(row)) for row in connection.execute(query).mappings()]

    @staticmethod
    def _is_latest(connection: Connection, article: Article) -> bool:
        query = select(func.max(articles.c.revision)).where(articles.c.id == article.id)
        return connection.execute(query).scalar() == article.revision

    @staticmethod
    def _replace(connection: Connection, article: Article) -> None:
        key = (articles.c.id == article.id, articles.c.revision == article.revision)
        connection.execute(update(articles).where(*key).values(to_row(article)))

    @staticmethod
    def _reinstate(connection: Connection, article: Article, kept: list[Article]) -> None:
        """A text that was seen again after this capture is a revision of its own: the page went back to it."""
        if not kept or article.revision <= len(kept):
            return
        query = select(visits.c.visited_at).where(visits.c.article_id == article.id)
        seen_again: datetime | None = connection.execute(query).scalar()
        if seen_again is not None and seen_again > article.fetched_at:
            again = replace(kept[-1], revision=article.revision + 1, fetched_at=seen_again)
            connection.execute(insert(articles).values(to_row(again)))


_SEEN: Final = offered(visits).visited_at
_LATER_VISIT: Final = {"visited_at": case((visits.c.visited_at < _SEEN, _SEEN), else_=visits.c.visited_at)}
"""An archive may bring an older capture after a newer one."""
