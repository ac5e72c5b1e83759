"""What time it is for a run: now; in a replay the time of the recording, so that it decides as the recorded run did."""

from datetime import UTC, datetime


class _Clock:
    """One for the process, as there is one run in it."""

    stands_at: datetime | None = None


def utc_now() -> datetime:
    """To the second, as the store keeps times."""
    return _Clock.stands_at or datetime.now(UTC).replace(microsecond=0)


def stand_at(moment: datetime | None) -> None:
    """Stops the clock at a moment; None lets it go again."""
    _Clock.stands_at = moment
