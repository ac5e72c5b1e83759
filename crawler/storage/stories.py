"""The state of one story, and the facts that decide whether it is fetched again."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final

from sqlalchemy import BindParameter, Integer, bindparam, cast, func, select

from crawler.clock import believed
from crawler.storage.database import Database
from crawler.storage.tables import articles, exclusions, failures, listed, visits


class State(Enum):
    """State of a story that the ledger lists."""

    STORED = "stored"
    EXCLUDED = "excluded"
    """Of another kanal, no article, or gone from the site."""
    FAILED = "failed"
    MISSING = "missing"
    """Neither stored nor failed nor excluded."""


def state_of(complete: bool | None, failure: str | None, gone: bool, exclusion: str | None) -> State:
    """Return the state of a story.

    :param complete: whether the stored revision has all pages; None when none is stored.
    :param failure: reason of a stored failure. While there is one, a story stored without all pages counts as failed.
    :param gone: all of its URLs that failed are gone (see `failure_rows.GONE_AFTER`).

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
    """The facts that decide whether a story is fetched, or fetched again."""

    state: State
    complete: bool
    failed: bool
    """A failure is stored that is not gone, whether the story is stored or not."""
    published_at: datetime | None
    """None while the story is not stored, as for `visited_at` and `visited_url`."""
    visited_at: datetime | None
    """When it was last fetched, or its server last said that it is unchanged. None for a time that is still to come."""
    visited_url: str | None
    etag: str | None
    last_modified: str | None
    retitled_at: datetime | None
    """When the index last showed a new headline for it."""


_STORY: Final[BindParameter[str]] = bindparam("story")
_STORED: Final = (
    select(articles.c.complete, articles.c.published_at, articles.c.fetched_at)
    .where(articles.c.id == _STORY)
    .order_by(articles.c.revision.desc())
    .limit(1)
)
_FAILED: Final = select(func.min(failures.c.reason), func.min(cast(failures.c.gone, Integer))).where(
    failures.c.article_id == _STORY
)
_EXCLUDED: Final = select(exclusions.c.reason).where(exclusions.c.article_id == _STORY)
_VISITED: Final = select(visits).where(visits.c.article_id == _STORY)
_RETITLED: Final = select(listed.c.retitled_at).where(listed.c.article_id == _STORY, listed.c.retitled_at.is_not(None))


def known(database: Database, article_id: str) -> Known:
    """Return the facts about a story.

    :raises UnusableStore: the database cannot be read.
    """
    story = {"story": article_id}
    with database.reading() as connection:
        article = connection.execute(_STORED, story).first()
        failure, gone = connection.execute(_FAILED, story).one()
        exclusion = connection.execute(_EXCLUDED, story).scalar()
        visit = connection.execute(_VISITED, story).first()
        times = connection.execute(_RETITLED, story).scalars().all()
    return Known(
        state=state_of(article.complete if article else None, failure, bool(gone), exclusion),
        complete=bool(article and article.complete),
        failed=failure is not None and not gone,
        published_at=article.published_at if article else None,
        visited_at=believed(visit.visited_at if visit else article.fetched_at if article else None),
        visited_url=visit.url if visit else None,
        etag=visit.etag if visit else None,
        last_modified=visit.last_modified if visit else None,
        retitled_at=max(filter(None, map(believed, times)), default=None),
    )
