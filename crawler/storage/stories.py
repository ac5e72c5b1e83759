"""What the store knows of one story, and what state that puts it in."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import Integer, cast, func, select

from crawler.storage.database import Database
from crawler.storage.tables import articles, exclusions, failures, listed, visits


class State(Enum):
    """What became of a story that the crawl knows of."""

    STORED = "stored"
    EXCLUDED = "excluded"
    FAILED = "failed"
    MISSING = "missing"


def state_of(complete: bool | None, failure: str | None, gone: bool, exclusion: str | None) -> State:
    """
    :param complete: of the stored revision; None when none is stored.
    :param failure: reason on record; a story that is stored without all its pages has failed while it stands.
    :param gone: the site has said often enough that what failed is not there, of every address that did.

    >>> state_of(None, "HttpStatus 500", False, None)
    <State.FAILED: 'failed'>
    """
    if complete or (complete is not None and (failure is None or gone)):
        return State.STORED
    if exclusion is not None or (complete is None and gone):
        return State.EXCLUDED
    return State.MISSING if failure is None else State.FAILED


@dataclass(frozen=True)
class Known:
    """What speaks for and against asking for a story (again)."""

    state: State
    complete: bool
    failed: bool
    """A failure is on record, whatever is stored; not so for what is gone."""
    published_at: datetime | None
    """None while nothing is stored, as for the next two."""
    visited_at: datetime | None
    """When it was last fetched, or found unchanged."""
    visited_url: str | None
    etag: str | None
    last_modified: str | None
    retitled_at: datetime | None
    """When the index last listed it under another headline than before."""


def known(database: Database, article_id: str) -> Known:
    """
    :raises UnusableStore: the database cannot be read.
    """
    stored = (
        select(articles.c.complete, articles.c.published_at, articles.c.fetched_at)
        .where(articles.c.id == article_id)
        .order_by(articles.c.revision.desc())
        .limit(1)
    )
    failed = select(func.min(failures.c.reason), func.min(cast(failures.c.gone, Integer))).where(
        failures.c.article_id == article_id
    )
    with database.reading() as connection:
        article = connection.execute(stored).first()
        failure, gone = connection.execute(failed).one()
        excluded = select(exclusions.c.reason).where(exclusions.c.article_id == article_id)
        exclusion = connection.execute(excluded).scalar()
        visit = connection.execute(select(visits).where(visits.c.article_id == article_id)).first()
        retitled = select(listed.c.retitled_at).where(listed.c.article_id == article_id)
        times = [time for time in connection.execute(retitled).scalars() if time is not None]
    return Known(
        state=state_of(article.complete if article else None, failure, bool(gone), exclusion),
        complete=bool(article and article.complete),
        failed=failure is not None and not gone,
        published_at=article.published_at if article else None,
        visited_at=visit.visited_at if visit else (article.fetched_at if article else None),
        visited_url=visit.url if visit else None,
        etag=visit.etag if visit else None,
        last_modified=visit.last_modified if visit else None,
        retitled_at=max(times, default=None),
    )
