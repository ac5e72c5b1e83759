"""Stories that other pages name, held against the index of their day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import exists, func, select

from crawler.clock import WIB
from crawler.storage.columns import within
from crawler.storage.database import Database
from crawler.storage.tables import articles, exclusions, failures, index_days, listed, sightings

WITNESSES: Final = ("sitemap", "undated", "section", "latest", "older")
"""`sightings.via` of pages that name new stories. "Baca juga" leads to stories of any year."""
IN_TIME: Final = timedelta(hours=1)
"""How long after its publication a story must be in the index."""


@dataclass(frozen=True)
class NamedStory:
    """A story that a witness names, and whether an index day lists it."""

    url: str
    listed: bool


def named_stories(database: Database, since: datetime) -> Iterator[NamedStory]:
    """Yield the stories that witnesses name, of the days whose index was read to its end since a time.

    Left out are stories published less than `IN_TIME` before their day was read, those of other kanals, and those that
    are gone.

    :raises UnusableStore: the database cannot be read.
    """
    walked = _walked_since(database, since)
    if not walked:
        return
    first, last = min(walked), max(walked)
    story = sightings.c.article_id
    stored = exists().where(articles.c.id == story)
    excluded = exists().where(exclusions.c.article_id == story)
    gone = exists().where(failures.c.article_id == story, failures.c.gone) & ~stored
    query = (
        select(
            story,
            func.min(sightings.c.url).label("url"),
            exists().where(listed.c.article_id == story).label("is_listed"),
        )
        .where(sightings.c.via.in_(WITNESSES), within(story, f"{first:%Y/%m/%d}/", f"{last:%Y/%m/%d}0"))
        .where(~excluded, ~gone)
        .group_by(story)
        .order_by(story.desc())
    )
    with database.reading() as connection:
        for row in connection.execute(query):
            published = published_by_id(row.article_id)
            read_at = walked.get(published.date())
            if read_at is not None and published + IN_TIME <= read_at:
                yield NamedStory(row.url, bool(row.is_listed))


def published_by_id(article_id: str) -> datetime:
    """Return the time that an id states; the end of its day where its digits are no clock.

    >>> published_by_id("2021/04/22/160600870").isoformat()
    '2021-04-22T16:06:00+07:00'
    """
    day, _, digits = article_id.rpartition("/")
    try:
        return datetime.strptime(f"{day} {digits[:6]}", "%Y/%m/%d %H%M%S").replace(tzinfo=WIB)
    except ValueError:
        return datetime.strptime(f"{day} 235959", "%Y/%m/%d %H%M%S").replace(tzinfo=WIB)


def _walked_since(database: Database, since: datetime) -> Mapping[date, datetime]:
    """Return the days of which all lists were read to their end since a time -> when the earliest of them was.

    A day that lists nothing has a state of its own (`days.DayState.EMPTY`), and is not among them.
    """
    query = (
        select(index_days.c.day, func.min(index_days.c.walked_at).label("walked_at"))
        .where(exists().where(listed.c.day == index_days.c.day, listed.c.excluded.is_(None)))
        .group_by(index_days.c.day)
        .having(func.count() == func.count(index_days.c.walked_at))
    )
    with database.reading() as connection:
        rows = [row for row in connection.execute(query) if row.walked_at >= since]
    return {date.fromisoformat(row.day): row.walked_at for row in rows}
