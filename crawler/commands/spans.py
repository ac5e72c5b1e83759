"""`--since` and `--until`, the same for every command that takes them."""

import argparse
from datetime import UTC, date, datetime, time, timedelta

from crawler.errors import BadArgument
from crawler.kompas.text.dates import WIB

Days = tuple[date | None, date | None]


def add_span(parser: argparse.ArgumentParser, days: str = "day of publication (WIB)") -> None:
    """
    :param days: which days are meant.
    """
    parser.add_argument("--since", metavar="DAY", help=f"first {days}, as 2021-04-01 (default: all)")
    parser.add_argument("--until", metavar="DAY", help=f"last {days}, included (default: all)")


def days_of(opts: argparse.Namespace) -> Days:
    """
    :raises BadArgument: a day that is none, or a span that ends before it begins.
    """
    since, until = _day("since", opts.since), _day("until", opts.until)
    if since and until and since > until:
        raise BadArgument(f"--since {since} lies after --until {until}")
    return since, until


def moments_of(days: Days) -> tuple[datetime | None, datetime | None]:
    """When the first of the days begins and the last has ended, in Jakarta.

    >>> moments_of((date(2021, 4, 1), date(2021, 4, 1)))[1].isoformat()
    '2021-04-01T17:00:00+00:00'
    """
    since, until = days
    begin = datetime.combine(since, time(), WIB).astimezone(UTC) if since else None
    end = datetime.combine(until + timedelta(days=1), time(), WIB).astimezone(UTC) if until else None
    return begin, end


def _day(name: str, value: str | None) -> date | None:
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError:
        raise BadArgument(f"--{name} {value} is not a day; write it as 2021-04-30") from None
