"""The store: what crawl and commands read from the database and write into it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from crawler.items import Article, Failure
from crawler.storage import failure_rows, saving, selection
from crawler.storage.copy import copy_articles, copy_store
from crawler.storage.coverage import coverage
from crawler.storage.database import Database
from crawler.storage.days import Day
from crawler.storage.ledger import Ledger, Pending
from crawler.storage.left import Left, left_of, missing_stories
from crawler.storage.lists import count_values
from crawler.storage.near_duplicates import BodyLikeness, pairs, same_texts, unlabelled
from crawler.storage.runs import Runs
from crawler.storage.saving import Saved
from crawler.storage.selection import Revisions, Selection
from crawler.storage.stories import Known, known
from crawler.storage.suspects import Suspects
from crawler.storage.tables import articles
from crawler.storage.witnesses import NamedStory, named_stories


class Store:
    """A database of articles. Each article is one transaction, so that a reader or a kill never sees half of one; work
    that needs no site puts many into one (`together`).

    Every method raises `UnusableStore` when the database fails.
    """

    def __init__(self, target: str, *, writes: bool = True) -> None:
        """Open a store to write: a new one is made, an older one is migrated under the run lock.

        :param target: path of a SQLite file, or address of a PostgreSQL database.
        :param writes: False is `Store.to_read`.
        :raises UnusableStore: the database cannot be used.
        :raises StoreBusy: it must be migrated, and another run is at work in it.
        """
        self.target = target
        self._database = Database(target, writes=writes)
        self.ledger = Ledger(self._database)
        self.runs = Runs(self._database)
        self.suspects = Suspects(self._database)

    @classmethod
    def to_read(cls, target: str) -> "Store":
        """Open a store that exists, only to read: nothing is made, locked or migrated, no right to write is needed.

        :raises UnusableStore: there is no store, it cannot be read, or its schema is that of another version.
        """
        return cls(target, writes=False)

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    # writing

    def together(self) -> AbstractContextManager[None]:
        """Make one transaction of all that is read and written inside the block (see `Database.together`)."""
        return self._database.together()

    def save(
        self, article: Article, likeness: BodyLikeness | None = None, kept: Sequence[Article] | None = None
    ) -> Saved:
        """Store an article: as a new story, as a revision if its content changed, or not at all if it is known.

        Revisions are in the order of their capture (`revisions.decide`): an older capture that an archive brings later
        gets its place among them. A capture that lacks pages never replaces a complete one.

        :param likeness: of the article's text, to label near-duplicates.
        :param kept: all revisions of the story, where they were read in the same transaction (see `together`).
        """
        return saving.save(self._database, article, likeness, kept)

    def replace(self, revisions: Iterable[Article], likeness: Callable[[str], BodyLikeness] | None = None) -> None:
        """Replace stored revisions by what a newer parser reads; on an error, none is replaced.

        :param likeness: of a text, to label the latest revisions anew.
        """
        saving.replace_revisions(self._database, revisions, likeness)

    def label_all(self, likeness: Callable[[str], BodyLikeness], size: int = 200) -> int:
        """Label near-duplicates among the stories that have no keys yet, and return the number of these stories.

        :param size: stories in one transaction; those are kept when the rest is interrupted.
        """
        return saving.label_all(self._database, likeness, size)

    def record_failure(self, failure: Failure) -> bool:
        """Store a failure, and return whether its URL counts as gone now (see `failure_rows.record_failure`)."""
        return failure_rows.record_failure(self._database, failure)

    # reading one story

    def known(self, article_id: str) -> Known:
        """Return the facts that decide whether a story is fetched, or fetched again."""
        return known(self._database, article_id)

    def revisions(self, article_id: str) -> list[Article]:
        """Return all revisions of a story, in order."""
        with self._database.reading() as connection:
            return saving.revisions_of(connection, article_id)

    def hashes(self, article_id: str) -> set[str]:
        """Return the content hashes of all revisions of a story."""
        query = select(articles.c.content_hash).where(articles.c.id == article_id)
        with self._database.reading() as connection:
            return set(connection.execute(query).scalars())

    # reading many

    def articles(self, revisions: Revisions = Revisions.LATEST) -> Iterator[Article]:
        """Yield articles by time of publication, id and revision."""
        return selection.articles_of(self._database, Selection(revisions=revisions))

    def batches(self, since: datetime | None, until: datetime | None, size: int = 256) -> Iterator[list[Article]]:
        """Yield all revisions of the stories published in a span of time, by id (see `selection.batches`).

        :param until: excluded; None leaves an end open.
        """
        return selection.batches(self._database, since, until, size)

    def records(self, wanted: Selection, json_text: bool = False) -> Iterator[dict[str, Any]]:
        """Yield the records of a selection as JSON has them (see `selection.plain_records`)."""
        return selection.plain_records(self._database, wanted, json_text)

    def stories(self, wanted: Selection) -> Iterator[str]:
        """Yield the ids of a selection, each once, in order."""
        return selection.ids(self._database, wanted)

    def count(self, wanted: Selection) -> int:
        """Return the number of records of a selection."""
        return selection.count_records(self._database, wanted)

    def revision_pairs(self, wanted: Selection) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        """Yield each revision after the first, with the one before it (see `selection.revision_pairs`)."""
        return selection.revision_pairs(self._database, wanted)

    def values(self, *names: str) -> Counter[str]:
        """Return the values in fields of the articles, with their numbers (see `lists.count_values`)."""
        return count_values(self._database, *names)

    def near_duplicates(self) -> Iterator[tuple[str, str, float]]:
        """Yield the pairs of stories with nearly the same body, with their similarity."""
        with self._database.reading() as connection:
            yield from pairs(connection)

    def same_texts(self) -> Iterator[tuple[str, str]]:
        """Yield pairs of stories with the same title and text (see `near_duplicates.same_texts`)."""
        with self._database.reading() as connection:
            yield from same_texts(connection)

    def unlabelled(self, size: int = 200) -> Iterator[tuple[str, str]]:
        """Yield id and text of the stories without keys: never compared, or too short for it."""
        last = ""
        while True:
            with self._database.reading() as connection:
                batch = unlabelled(connection, size, last)
            if not batch:
                return
            yield from batch
            last = batch[-1][0]

    def failures(self) -> list[dict[str, Any]]:
        """Return the failures whose stories have not been stored since, oldest first."""
        return failure_rows.all_failures(self._database)

    def coverage(self, since: date | None = None, until: date | None = None) -> Iterator[Day]:
        """Yield the index days of a range with their stories, oldest first (see `coverage.coverage`)."""
        return coverage(self._database, since, until)

    def left(self, days: Sequence[date], since: datetime) -> Left:
        """Return what of a range of index days is not stored (see `left.left_of`)."""
        return left_of(self._database, days, since)

    def missing(self, days: Sequence[date]) -> list[Pending]:
        """Return the listed stories of a range of index days that are missing."""
        return missing_stories(self._database, days)

    def named_stories(self, since: datetime) -> Iterator[NamedStory]:
        """Yield the stories that other pages name, of the index days read since a time (see `witnesses`)."""
        return named_stories(self._database, since)

    # copying

    def copy(self, wanted: Selection, path: Path) -> int:
        """Write a selection into a new SQLite file, and return its number of records (see `copy.copy_articles`)."""
        return copy_articles(self._database, wanted, path)

    def copy_all(self, target: str, copied: Callable[[int], object]) -> dict[str, int]:
        """Copy all tables into an empty database of either kind, and return their rows (see `copy.copy_store`)."""
        return copy_store(self._database, target, copied)
