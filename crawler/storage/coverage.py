"""Coverage: for each index day, which of its stories are stored, excluded, failed or missing."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Connection, Integer, Row, cast, exists, func, select

from crawler.clock import believed, end_of, utc_now
from crawler.storage.database import Database
from crawler.storage.days import Day, DayStory
from crawler.storage.stories import State, state_of
from crawler.storage.tables import articles, exclusions, failures, index_days, listed, sightings

_INDEX_DAY: Final = re.compile(r"[?&]site=(?P<site>[a-z-]+)&date=(?P<day>\d{4}-\d\d-\d\d)(?:&|$)")
"""In the address of an index page (`ledger_facts.IndexDay.url`)."""


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
        errors = _index_errors(connection)
        for day in _days(asked, since, until):
            yield _day(connection, day, asked.get(day, []), errors.get(day, {}))


def _day(connection: Connection, day: date, rows: Sequence[Row[Any]], errors: dict[str, Row[Any]]) -> Day:
    """Return one day.

    :param rows: its rows of `index_days`, one a kanal.
    :param errors: kanal -> the newest failure of its index pages.
    """
    walked = [when for row in rows if (when := believed(row.walked_at))]
    walked_at = min(walked) if walked and len(walked) == len(rows) else None
    failed = (
        errors[row.site].reason
        for row in rows
        if row.site in errors and (row.walked_at is None or row.walked_at < errors[row.site].failed_at)
    )
    return Day(
        day=day,
        asked=bool(rows),
        walked_at=walked_at,
        pages=sum(row.pages or 0 for row in rows),
        sites=_sites(connection, day),
        stories=_listed(connection, day),
        linked=_linked(connection, day),
        error=next(failed, None),
        too_early=walked_at is not None and walked_at < end_of(day) <= utc_now(),
    )


def _index_errors(connection: Connection) -> dict[date, dict[str, Row[Any]]]:
    """Return day -> kanal -> the newest failure of a page of that index day."""
    query = select(failures).where(failures.c.article_id.is_(None)).order_by(failures.c.failed_at)
    found: dict[date, dict[str, Row[Any]]] = {}
    for row in connection.execute(query):
        index_day = _INDEX_DAY.search(row.url)
        if index_day:
            found.setdefault(date.fromisoformat(index_day["day"]), {})[index_day["site"]] = row
    return found


def _sites(connection: Connection, day: date) -> list[str]:
    """Return the kanals under which the index lists stories of a day."""
    query = select(listed.c.site).distinct().where(listed.c.day == day.isoformat(), listed.c.excluded.is_(None))
    return sorted(connection.execute(query).scalars())


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
