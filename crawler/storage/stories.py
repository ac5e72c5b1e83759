"""The state of one story, and the facts that decide whether it is fetched again."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final

from sqlalchemy import BindParameter, Integer, bindparam, cast, func, select, true

from crawler.clock import believed, latest_believed
from crawler.storage.columns import IsoTime
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
    .subquery()
)
_FAILED: Final = (
    select(func.min(failures.c.reason).label("failure"), func.min(cast(failures.c.gone, Integer)).label("gone"))
    .where(failures.c.article_id == _STORY)
    .subquery()
)
_EXCLUDED: Final = select(exclusions.c.reason).where(exclusions.c.article_id == _STORY).scalar_subquery()
_RETITLED: Final = (
    select(func.max(listed.c.retitled_at))
    .where(listed.c.article_id == _STORY, listed.c.retitled_at <= bindparam("latest_believed", type_=IsoTime))
    .scalar_subquery()
)
_KNOWN: Final = select(
    _FAILED, _STORED, visits, _EXCLUDED.label("exclusion"), _RETITLED.label("retitled_at")
).select_from(_FAILED.outerjoin(_STORED, true()).outerjoin(visits, visits.c.article_id == _STORY))


def known(database: Database, article_id: str) -> Known:
    """Return the facts about a story.

    :raises UnusableStore: the database cannot be read.
    """
    with database.reading() as connection:
        found = connection.execute(_KNOWN, {"story": article_id, "latest_believed": latest_believed()}).one()
    return Known(
        state=state_of(found.complete, found.failure, bool(found.gone), found.exclusion),
        complete=bool(found.complete),
        failed=found.failure is not None and not found.gone,
        published_at=found.published_at,
        visited_at=believed(found.visited_at or found.fetched_at),
        visited_url=found.url,
        etag=found.etag,
        last_modified=found.last_modified,
        retitled_at=found.retitled_at,
    )
