"""What of a range of index days is not stored: for the verdict on a run, and for what a run requests at its end."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Connection, case, exists, func, literal, select, union

from crawler.clock import end_of, latest_believed
from crawler.storage.columns import within
from crawler.storage.database import Database
from crawler.storage.ledger import Pending
from crawler.storage.tables import articles, exclusions, failures, index_days, listed, sightings


@dataclass(frozen=True)
class Left:
    """What is left of a range of index days."""

    missing: int = 0
    """Listed stories that are missing (see `stories.State`)."""
    failed: Counter[str] = field(default_factory=Counter)
    """Reason -> stories of the days, listed or named by other pages, that failed before the run and not in it."""
    unread: list[date] = field(default_factory=list)
    """Days whose index was not read to its end."""
    empty: list[date] = field(default_factory=list)
    """Days that list nothing though they are over."""


def left_of(database: Database, days: Sequence[date], since: datetime) -> Left:
    """Return what is left of some days.

    :param days: a range without gaps, in either order.
    :param since: start of the run.
    :raises UnusableStore: the database cannot be read.
    """
    first, last = min(days), max(days)
    with database.reading() as connection:
        read = _days_read(connection, first, last)
        listing = set(connection.execute(select(listed.c.day).distinct().where(_wanted(first, last))).scalars())
        empty = [day for day in days if day in read and read[day] >= end_of(day) and day.isoformat() not in listing]
        return Left(
            missing=connection.execute(_missing(first, last, func.count(listed.c.entry.distinct()))).scalar_one(),
            failed=_failed_before(connection, first, last, since),
            unread=[day for day in days if day not in read],
            empty=sorted(empty),
        )


def missing_stories(database: Database, days: Sequence[date]) -> list[Pending]:
    """Return the listed stories of some days that are missing.

    :param days: a range without gaps, in either order.
    :raises UnusableStore: the database cannot be read.
    """
    columns = (listed.c.article_id, listed.c.url, listed.c.from_url)
    query = _missing(min(days), max(days), *columns).order_by(listed.c.day, listed.c.position)
    with database.reading() as connection:
        rows = {row.article_id: Pending(row.url, "index", row.from_url, 0) for row in connection.execute(query)}
    return list(rows.values())


def _wanted(first: date, last: date) -> ColumnElement[bool]:
    """Return the condition of the entries of `listed` that are wanted stories of a range."""
    return within(listed.c.day, first.isoformat(), last.isoformat()) & listed.c.excluded.is_(None)


def _missing(first: date, last: date, *columns: Any) -> Any:
    """Return the query of the listed stories of a range that are neither stored nor failed nor excluded."""
    found = (exists().where(table.c.article_id == listed.c.article_id) for table in (failures, exclusions))
    stored = exists().where(articles.c.id == listed.c.article_id)
    return select(*columns).where(_wanted(first, last), ~stored, *(~each for each in found))


def _days_read(connection: Connection, first: date, last: date) -> dict[date, datetime]:
    """Return the days of which the lists of all kanals were read to their end -> when the earliest of them was."""
    query = (
        select(index_days.c.day, func.min(index_days.c.walked_at).label("walked_at"))
        .where(within(index_days.c.day, first.isoformat(), last.isoformat()))
        .group_by(index_days.c.day)
        .having(func.count() == func.count(case((index_days.c.walked_at <= latest_believed(), 1))))
    )
    return {date.fromisoformat(row.day): row.walked_at for row in connection.execute(query)}


def _failed_before(connection: Connection, first: date, last: date, since: datetime) -> Counter[str]:
    """Return reason -> failed stories of a range whose last failure is older than a time (see `stories.state_of`)."""
    story = _stories_of(first, last).subquery().c.article_id
    open_failures = (failures.c.article_id == story) & ~failures.c.gone
    complete = exists().where(articles.c.id == story, articles.c.complete)
    query = (
        select(story, func.min(failures.c.reason).label("reason"))
        .where(open_failures, ~complete, ~exists().where(exclusions.c.article_id == story))
        .group_by(story)
        .having(func.max(failures.c.failed_at) < literal(since, failures.c.failed_at.type))
    )
    return Counter(row.reason for row in connection.execute(query))


def _stories_of(first: date, last: date) -> CompoundSelect[Any]:
    """Return the query of the stories of a range: listed on its days, or with such a date in their id and followed."""
    ids = within(sightings.c.article_id, f"{first:%Y/%m/%d}/", f"{last:%Y/%m/%d}0")
    named = select(sightings.c.article_id).where(ids, sightings.c.followed_at.is_not(None))
    return union(select(listed.c.article_id).where(_wanted(first, last)), named)
