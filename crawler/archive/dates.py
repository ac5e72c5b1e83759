"""The time of capture that a WARC record states."""

import re
from datetime import UTC, datetime
from typing import Final

from fastwarc.warc import WarcRecord

_COARSE: Final = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?)?)?)?")
"""A `WARC-Date` with as few parts as WARC 1.1 allows."""
_EARLIEST: Final = "0000-01-01T00:00:00"


def date_of(record: WarcRecord) -> datetime | None:
    """Return the `WARC-Date`, the earliest moment of one that leaves parts out; None where it states none.

    A date without a zone is in UTC, the only zone that WARC allows.
    """
    return record.record_date or coarse_date(record.headers.get("WARC-Date") or "")


def coarse_date(stated: str) -> datetime | None:
    """Return the earliest moment of a date that may leave out parts or the zone; None for no date.

    >>> str(coarse_date("2021-04-22")), str(coarse_date("2021-04-22T09Z")), coarse_date("20210422")
    ('2021-04-22 00:00:00+00:00', '2021-04-22 09:00:00+00:00', None)
    """
    date = stated.strip().removesuffix("Z")
    if not _COARSE.fullmatch(date):
        return None
    try:
        return datetime.fromisoformat(date + _EARLIEST[len(date) :]).replace(tzinfo=UTC)
    except ValueError:  # a month 13
        return None
