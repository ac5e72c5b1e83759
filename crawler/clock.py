"""The time of a run, and the site's days: they begin and end in Jakarta (WIB), whatever zone the machine is in.

In a replay the clock stands at the time of the recording, so that the run decides as the recorded run did.
"""

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final

WIB: Final = timezone(timedelta(hours=7), "WIB")
"""Western Indonesia Time, the zone of the site's index."""
SETTLES: Final = timedelta(hours=48)
"""How long after its end a day's index may still gain stories."""

CLOCK_ERROR: Final = timedelta(days=1)
"""How far two clocks may differ. A stored time further in the future comes from a clock that was wrong."""


class _Clock:
    """The state of this module: one for the process, as one process makes one run."""

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


def latest_believed() -> datetime:
    """Return the latest stored time that is believed, by the clock of the machine, also in a replay."""
    return datetime.now(UTC) + CLOCK_ERROR


def believed(moment: datetime | None) -> datetime | None:
    """Return a stored time; None for one that is still to come, and so says nothing.

    >>> believed(datetime(9999, 1, 1, tzinfo=UTC)) is None
    True
    """
    return None if moment is None or moment > latest_believed() else moment


def stand_at(moment: datetime | None) -> None:
    """Stop the clock at a moment; None starts it again."""
    _Clock.stands_at = None if moment is None else utc_seconds(moment)


def duration_text(seconds: float) -> str:
    """Return a duration in words, by its two largest units.

    >>> duration_text(9.7), duration_text(252), duration_text(7500), duration_text(266_400)
    ('9 s', '4 min 12 s', '2 h 05 min', '3 d 2 h')
    """
    whole = int(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest:02d} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02d} min" if hours < 48 else f"{hours // 24} d {hours % 24} h"


def begin_of(day: date) -> datetime:
    """Return the first moment of a day.

    >>> begin_of(date(2021, 4, 22)).isoformat()
    '2021-04-22T00:00:00+07:00'
    """
    return datetime.combine(day, time(), WIB)


def end_of(day: date) -> datetime:
    """Return the first moment after a day.

    >>> end_of(date(2021, 4, 30)).isoformat()
    '2021-05-01T00:00:00+07:00'
    """
    return begin_of(day + timedelta(days=1))


def settled_at(day: date) -> datetime:
    """Return the moment from which on the index of a day is final.

    >>> settled_at(date(2021, 4, 22)).isoformat()
    '2021-04-25T00:00:00+07:00'
    """
    return end_of(day) + SETTLES
