"""The time of capture that a WARC record states."""

import re
from datetime import UTC, datetime
from typing import Final

from fastwarc.warc import WarcRecord

_STATED: Final = re.compile(
    r"(?P<year>\d{4})(?:-?(?P<month>\d\d)(?:-?(?P<day>\d\d)(?:[T ]?(?P<hour>\d\d)"
    r"(?::?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?)?)?)?)?)?(?P<zone>Z|[+-]\d\d:?\d\d)?"
)
"""A `WARC-Date` with as few parts as WARC 1.1 allows; others write a blank, a zone, or the 14 digits of a CDX file."""
_YEARS: Final = range(1991, 2101)
"""Years in which the web can have been archived. Any other is a slip, and some are none in every zone."""


def date_of(record: WarcRecord) -> datetime | None:
    """Return the `WARC-Date` in UTC, the earliest moment of one that leaves parts out; None where it states none.

    A date without a zone is in UTC, the only zone that WARC allows.
    """
    return read_date(record.headers.get("WARC-Date") or "")


def read_date(stated: str) -> datetime | None:
    """Return the earliest moment of a date that may leave out parts or the zone, in UTC; None for no date.

    >>> str(read_date("2021-04-22")), str(read_date("2021-04-22T09Z")), str(read_date("20210422090000"))
    ('2021-04-22 00:00:00+00:00', '2021-04-22 09:00:00+00:00', '2021-04-22 09:00:00+00:00')
    >>> read_date("2021-13-01"), read_date("0001-01-01T00:00:00+14:00")
    (None, None)
    """
    found = _STATED.fullmatch(stated.strip())
    if found is None or int(found["year"]) not in _YEARS:
        return None
    parts = (found["month"] or "01", found["day"] or "01", found["hour"], found["minute"], found["second"])
    month, day, *clock = (part or "00" for part in parts)
    fraction, zone = (found["fraction"] or "0")[:6], found["zone"] or "Z"
    try:
        return datetime.fromisoformat(
            f"{found['year']}-{month}-{day}T{':'.join(clock)}.{fraction:0<6}{zone}"
        ).astimezone(UTC)
    except ValueError:  # a month 13
        return None
