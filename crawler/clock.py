"""The clock of a run: the real time; in a replay the time of the recording, so that it decides as the recorded run."""

from datetime import UTC, datetime


class _Clock:
    """One for the process, because a process holds one run."""

    stands_at: datetime | None = None


def utc_now() -> datetime:
    """Return the time of the run: UTC, whole seconds, as the store keeps times."""
    return _Clock.stands_at or utc_seconds(datetime.now(UTC))


def utc_seconds(moment: datetime) -> datetime:
    """Return a moment in UTC and whole seconds; one without a zone keeps the lack, which validation refuses.

    >>> utc_seconds(datetime.fromisoformat("2021-04-23T08:02:03.456+07:00")).isoformat()
    '2021-04-23T01:02:03+00:00'
    """
    whole = moment.replace(microsecond=0)
    return whole if whole.tzinfo is None else whole.astimezone(UTC)


def stand_at(moment: datetime | None) -> None:
    """Stop the clock at a moment; None starts it again."""
    _Clock.stands_at = None if moment is None else utc_seconds(moment)
