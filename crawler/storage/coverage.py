"""Coverage: for each index day, which of its stories are stored, excluded, failed or missing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Integer, Row, case, cast, exists, func, select

from crawler.clock import believed, end_of, latest_believed, utc_now
from crawler.storage.database import Database
from crawler.storage.stories import State, state_of
from crawler.storage.tables import articles, exclusions, failures, index_days, listed, sightings


@dataclass(frozen=True)
class DayStory:
    """One story of a day, and its state."""

    entry: str
    """Article id; the URL of a page that is no article."""
    url: str
    title: str | None
    state: State
    reason: str | None
    """Why it is excluded or failed; None otherwise."""
    position: int | None
    """Place in the index, 1 = newest; None for a story that the index does not list."""
    first_seen_at: datetime
    last_seen_at: datetime
    seen_on: str
    """Index page that lists it, or page that links to it."""
    complete: bool = True
    """False for a stored story without all of its pages, which the site does not show."""


@dataclass(frozen=True)
class Day:
    """One index day, over all kanals that list it."""

    day: date
    asked: bool
    """Its index was requested."""
    walked_at: datetime | None
    """When the lists of all kanals had been read to their end; None while one has not."""
    pages: int
    """Number of pages that the index states."""
    stories: list[DayStory] = field(default_factory=list)
    """Stories that the index lists."""
    linked: list[DayStory] = field(default_factory=list)
    """Stories with this date in their id that are only linked by other pages. They do not make a day short."""
    too_early: bool = False
    """The day is over now but was not when its index was read: the index may list more."""

    def count(self, state: State) -> int:
        """Return how many of the listed stories are in a state."""
        return sum(story.state is state for story in self.stories)

    @property
    def listed(self) -> int:
        """Number of stories that the index lists."""
        return len(self.stories)

    @property
    def incomplete(self) -> int:
        """Number of listed stories that are stored without all of their pages."""
        return sum(story.state is State.STORED and not story.complete for story in self.stories)

    @property
    def short(self) -> list[str]:
        """Reasons why the day is not complete; empty when it is."""
        why = []
        if not self.asked:
            why.append("never asked for")
        elif self.walked_at is None:
            why.append("not read to its end")
        elif self.too_early:
            why.append("not read since it was over")
        counts = ((self.count(state), state.value) for state in (State.MISSING, State.FAILED))
        return [*why, *(f"{count} {state}" for count, state in counts if count)]


def coverage(database: Database, since: date | None, until: date | None) -> Iterator[Day]:
    """Yield the days of a range, oldest first, all of one state of the store.

    Without a range these are all days whose index was requested.

    :raises UnusableStore: the database cannot be read.
    """
    with database.reading() as connection:
        asked = {
            date.fromisoformat(day): list(rows)
            for day, rows in groupby(
                connection.execute(select(index_days).order_by(index_days.c.day)), key=lambda row: str(row.day)
            )
        }
        for day in _days(asked, since, until):
            rows = asked.get(day, [])
            walked = [when for row in rows if (when := believed(row.walked_at))]
            walked_at = min(walked) if walked and len(walked) == len(rows) else None
            yield Day(
                day=day,
                asked=bool(rows),
                walked_at=walked_at,
                pages=sum(row.pages or 0 for row in rows),
                stories=_listed(connection, day),
                linked=_linked(connection, day),
                too_early=walked_at is not None and walked_at < end_of(day) <= utc_now(),
            )


def count_missing(database: Database, since: date, until: date) -> int:
    """Return how many stories that the index lists on the days of a range are missing (see `State.MISSING`).

    :raises UnusableStore: the database cannot be read.
    """
    found = (exists().where(table.c.article_id == listed.c.article_id) for table in (failures, exclusions))
    query = select(func.count(listed.c.entry.distinct())).where(
        listed.c.day >= since.isoformat(),
        listed.c.day <= until.isoformat(),
        listed.c.excluded.is_(None),
        ~exists().where(articles.c.id == listed.c.article_id),
        *(~each for each in found),
    )
    with database.reading() as connection:
        return int(connection.execute(query).scalar_one())


def days_read(database: Database, since: date, until: date) -> set[date]:
    """Return the days of a range of which the lists of all kanals were read to their end.

    :raises UnusableStore: the database cannot be read.
    """
    query = (
        select(index_days.c.day)
        .where(index_days.c.day >= since.isoformat(), index_days.c.day <= until.isoformat())
        .group_by(index_days.c.day)
        .having(func.count() == func.count(case((index_days.c.walked_at <= latest_believed(), 1))))
    )
    with database.reading() as connection:
        return {date.fromisoformat(day) for day in connection.execute(query).scalars()}


def _days(asked: dict[date, Any], since: date | None, until: date | None) -> list[date]:
    """Return the days of a range; an open end is the first or last day whose index was requested."""
    if since is None and until is None:
        return list(asked)
    first, last = since or min(asked, default=until), until or max(asked, default=since)
    if first is None or last is None:
        return []
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _listed(connection: Connection, day: date) -> list[DayStory]:
    """Return the stories that the index of a day lists, in its order."""
    query = (
        select(listed, *_state_columns(listed.c.article_id))
        .where(listed.c.day == day.isoformat())
        .order_by(listed.c.position)
    )
    stories = {row.entry: _story(row, row.entry, row.excluded, row.position) for row in connection.execute(query)}
    return list(stories.values())


def _linked(connection: Connection, day: date) -> list[DayStory]:
    """Return the stories of a day that the index does not list. Ids begin with their day: a day is a range of ids."""
    prefix = f"{day:%Y/%m/%d}"
    query = (
        select(sightings, *_state_columns(sightings.c.article_id))
        .where(sightings.c.article_id > f"{prefix}/", sightings.c.article_id < f"{prefix}0")
        .where(~exists().where(listed.c.article_id == sightings.c.article_id))
        .order_by(sightings.c.article_id.desc())
    )
    stories = {row.article_id: _story(row, row.article_id, None, None) for row in connection.execute(query)}
    return list(stories.values())


def _state_columns(article_id: Any) -> list[Any]:
    """Return the columns from which the state of a story follows (see `stories.state_of`)."""
    failed = failures.c.article_id == article_id
    return [
        select(func.max(cast(articles.c.complete, Integer)))
        .where(articles.c.id == article_id)
        .scalar_subquery()
        .label("complete"),
        select(func.min(failures.c.reason)).where(failed).scalar_subquery().label("failure"),
        select(func.min(cast(failures.c.gone, Integer))).where(failed).scalar_subquery().label("gone"),
        select(exclusions.c.reason).where(exclusions.c.article_id == article_id).scalar_subquery().label("exclusion"),
    ]


def _story(row: Row[Any], entry: str, excluded: str | None, position: int | None) -> DayStory:
    complete = None if row.complete is None else bool(row.complete)
    exclusion = excluded or row.exclusion
    state = state_of(complete, row.failure, bool(row.gone), exclusion)
    reason = {State.FAILED: row.failure, State.EXCLUDED: exclusion or row.failure}.get(state)
    return DayStory(
        entry=entry,
        url=row.url,
        title=row.title,
        state=state,
        reason=reason,
        position=position,
        first_seen_at=row.first_seen_at,
        last_seen_at=row.last_seen_at,
        seen_on=row.from_url,
        complete=complete is not False,
    )
