"""The main cause of a run that was not healthy, as one word and as an exit status."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from crawler.errors import FinishReason, UnknownLayout
from crawler.health.judgement import Judgement


class Cause(StrEnum):
    """What a person has to look at first."""

    NONE = "none"
    """The run was healthy."""
    OTHER = "other"
    """Anything without a word of its own: stories that failed, a run that was stopped, a fault of the program."""
    REFUSED = "refused"
    """The run did not begin: wrong argument or setting, unreadable archive, unusable store."""
    BUSY = "busy"
    """The run did not begin: another run was at work in the store."""
    BLOCKED = "blocked"
    """The site refuses to be read, or asks to wait longer than a run does."""
    SITE_DOWN = "site_down"
    """The site or its robots.txt cannot be reached."""
    STORAGE = "storage"
    """The store, the WARC folder or the feed cannot be written: disk full, read-only or failing."""
    DRIFT = "drift"
    """Pages are not as they were: unknown markup, facts that vanish, index days that list far less."""
    MISSING = "missing"
    """Listed stories are neither stored nor failed, or index days were not read to their end."""


STATUS: Final[Mapping[Cause, int]] = {
    Cause.NONE: 0,
    Cause.OTHER: 1,
    Cause.REFUSED: 2,
    Cause.BUSY: 3,
    Cause.BLOCKED: 4,
    Cause.SITE_DOWN: 5,
    Cause.STORAGE: 6,
    Cause.DRIFT: 7,
    Cause.MISSING: 8,
}
"""Cause -> exit status of `scrapy crawl` and `scrapy retry-failed`."""

EXIT_STATUS: Final = "kompas/run/exit_status"
"""Name under which the counts of a run keep its exit status."""

_ENDS: Final[Mapping[str, Cause]] = {
    FinishReason.STORE_ERROR: Cause.STORAGE,
    FinishReason.ARCHIVE_ERROR: Cause.STORAGE,
    FinishReason.BLOCKED: Cause.BLOCKED,
    FinishReason.TOLD_TO_WAIT: Cause.BLOCKED,
    FinishReason.SITE_UNREACHABLE: Cause.SITE_DOWN,
    FinishReason.ROBOTS_UNREACHABLE: Cause.SITE_DOWN,
    FinishReason.SHUTDOWN: Cause.OTHER,
    FinishReason.CANCELLED: Cause.OTHER,
    FinishReason.START_ERROR: Cause.OTHER,
}
"""Finish reasons that are the cause, whatever else the run counted."""
_WRITE_ERRORS: Final = ("store_error", "archive_error", "feed_error")
"""Below `kompas/run/`: sentences about what could not be written."""
_DRIFTED: Final = ("kompas/unread/stories", "kompas/days/thin", f"kompas/failed/{UnknownLayout.__name__}")


def cause_of(stats: Mapping[str, Any], finish_reason: str, judgement: Judgement, *, crawls: bool) -> Cause:
    """Return the main cause: of several, the one without which the others may not be there.

    :param crawls: the run was a crawl (or the replay of one); an archive says nothing about the site of today.
    """
    if not judgement.reasons:
        return Cause.NONE
    if any(f"kompas/run/{error}" in stats for error in _WRITE_ERRORS):
        return Cause.STORAGE
    if finish_reason in _ENDS:
        return _ENDS[finish_reason]
    if not crawls:
        return Cause.OTHER
    if judgement.drifts or any(stats.get(name) for name in _DRIFTED):
        return Cause.DRIFT
    return Cause.MISSING if finish_reason == FinishReason.FINISHED and _is_short(stats) else Cause.OTHER


def cause_named(status: int | None) -> str | None:
    """Return the cause of an exit status that the store keeps; None for a run of an earlier release."""
    return next((cause.value for cause, number in STATUS.items() if number == status), None)


def _is_short(stats: Mapping[str, Any]) -> bool:
    """Return whether stories are missing or days list nothing. A failed index page is a reason of its own."""
    failed = any(name.startswith("kompas/failed/") and count for name, count in stats.items())
    left = stats.get("kompas/left/stories") or stats.get("kompas/days/empty")
    return bool(left or (stats.get("kompas/left/days") and not failed))
