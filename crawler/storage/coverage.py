"""What is in and what is not, per index day: the ledger read against what is stored."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Integer, Row, cast, exists, func, select

from crawler.storage.database import Database
from crawler.storage.stories import State, state_of
from crawler.storage.tables import articles, exclusions, failures, index_days, listed, sightings

_WIB: Final = timezone(timedelta(hours=7))
"""The site's days begin and end in Jakarta."""


@dataclass(frozen=True)
class DayStory:
    """One story of a day, and what became of it."""

    entry: str
    """Article id; the address of what is no article."""
    url: str
    title: str | None
    state: State
    reason: str | None
    """Why it is excluded or failed."""
    position: int | None
    """Place in the index, 1 = newest; None for what the index does not list."""
    first_seen_at: datetime
    last_seen_at: datetime
    seen_on: str
    """Index page, or the page that links to it."""
    complete: bool = True
    """False for a stored one that the site itself does not show in full."""


@dataclass(frozen=True)
class Day:
    """One index day, over the kanals that list it."""

    day: date
    asked: bool
    walked_at: datetime | None
    """When every kanal's list was last read to its end; None while one never was."""
    pages: int
    """Pages that the index claims."""
    stories: list[DayStory] = field(default_factory=list)
    """What the index lists."""
    linked: list[DayStory] = field(default_factory=list)
    """Stories with this date in their id that only links of other pages speak of. They do not make a day short."""
    too_early: bool = False
    """The day is over, and was not when it was last read to its end: it may list more by now."""

    def count(self, state: State) -> int:
        return sum(story.state is state for story in self.stories)

    @property
    def listed(self) -> int:
        return len(self.stories)

    @property
    def incomplete(self) -> int:
        """Stored, as far as the site shows them."""
        return sum(story.state is State.STORED and not story.complete for story in self.stories)

    @property
    def short(self) -> list[str]:
        """Why the day is not all in; empty when it is."""
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
    """The days of a range, oldest first; without one, every day that was ever asked for.

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
        walked = [row.walked_at for row in rows]
        walked_at = min(walked) if walked and None not in walked else None
        yield Day(
            day=day,
            asked=bool(rows),
            walked_at=walked_at,
            pages=sum(row.pages or 0 for row in rows),
            stories=_listed(database, day),
            linked=_linked(database, day),
            too_early=walked_at is not None and walked_at < _end_of(day) <= datetime.now(UTC),
        )


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), _WIB)


def _days(asked: dict[date, Any], since: date | None, until: date | None) -> list[date]:
    if since is None and until is None:
        return list(asked)
    first, last = since or min(asked, default=until), until or max(asked, default=since)
    if first is None or last is None:
        return []
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _listed(database: Database, day: date) -> list[DayStory]:
    query = (
        select(listed, *_fate(listed.c.article_id)).where(listed.c.day == day.isoformat()).order_by(listed.c.position)
    )
    with database.reading() as connection:
        stories = {row.entry: _story(row, row.entry, row.excluded, row.position) for row in connection.execute(query)}
    return list(stories.values())


def _linked(database: Database, day: date) -> list[DayStory]:
    """Ids begin with their day, so that a range of ids is a day."""
    prefix = f"{day:%Y/%m/%d}"
    query = (
        select(sightings, *_fate(sightings.c.article_id))
        .where(sightings.c.article_id > f"{prefix}/", sightings.c.article_id < f"{prefix}0")
        .where(~exists().where(listed.c.article_id == sightings.c.article_id))
        .order_by(sightings.c.article_id.desc())
    )
    with database.reading() as connection:
        stories = {row.article_id: _story(row, row.article_id, None, None) for row in connection.execute(query)}
    return list(stories.values())


def _fate(article_id: Any) -> list[Any]:
    """Columns that tell what became of a story."""
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
