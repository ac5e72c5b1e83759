"""The table `failures`: URLs that could not be fetched or read, each until its story is stored."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import bindparam, select

from crawler.errors import GoneReason
from crawler.items import Failure
from crawler.storage.database import Database
from crawler.storage.statements import Upsert
from crawler.storage.tables import failures

GONE_AFTER: Final = (3, timedelta(days=1))
"""A story's URL is gone after this many responses in a row with a `GoneReason`, over at least this long: a single 404
may be a mistake. An index day or a front is never gone."""
_GONE: Final = frozenset(GoneReason)
_OF_URL: Final = select(failures).where(failures.c.url == bindparam("url"))
_SAVE: Final = Upsert(failures)


def record_failure(database: Database, failure: Failure) -> bool:
    """Store a failure, and return whether its URL is gone now; another failure of the same URL counts up.

    The count starts again when a URL failed without a `GoneReason` before and has one now, or the other way round: only
    responses that say that the story is not there make it gone.
    """
    gone = failure.article_id is not None and _says_gone(failure.reason)
    with database.writing() as connection:
        earlier = connection.execute(_OF_URL, {"url": failure.url}).mappings().first()
        if earlier and _says_gone(earlier["reason"]) is not _says_gone(failure.reason):
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
        _SAVE(connection, [row])
    return bool(row["gone"])


def _says_gone(reason: str) -> bool:
    return reason in _GONE


def all_failures(database: Database) -> list[dict[str, Any]]:
    """Return all rows, oldest first."""
    query = select(failures).order_by(failures.c.first_failed_at, failures.c.url)
    with database.reading() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]
