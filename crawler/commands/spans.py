"""The options `--since` and `--until`, the same in every command that has them."""

import argparse
from datetime import UTC, date, datetime, time, timedelta

from crawler.arguments import parse_day
from crawler.clock import WIB
from crawler.errors import BadArgument

Days = tuple[date | None, date | None]
"""The first and the last day, both included; None for no limit."""


def add_span(parser: argparse.ArgumentParser, days: str = "day of publication (WIB)") -> None:
    """Add the two options to a command.

    :param days: what the days are, for the help text.
    """
    parser.add_argument("--since", metavar="DAY", help=f"first {days}, such as 2021-04-01 (default: all)")
    parser.add_argument("--until", metavar="DAY", help=f"last {days}, included (default: all)")


def days_of(opts: argparse.Namespace) -> Days:
    """Return the days that the user gave.

    :raises BadArgument: a text is not a day, or the last day is before the first.
    """
    since, until = (
        None if text is None else parse_day(f"--{name} ", text)
        for name, text in (("since", opts.since), ("until", opts.until))
    )
    if since and until and since > until:
        raise BadArgument(f"--since {since} lies after --until {until}")
    return since, until


def moments_of(days: Days) -> tuple[datetime | None, datetime | None]:
    """Return when the first day begins and when the last day has ended in Jakarta, in UTC.

    >>> moments_of((date(2021, 4, 1), date(2021, 4, 1)))[1].isoformat()
    '2021-04-01T17:00:00+00:00'
    """
    since, until = days
    begin = datetime.combine(since, time(), WIB).astimezone(UTC) if since else None
    end = datetime.combine(until + timedelta(days=1), time(), WIB).astimezone(UTC) if until else None
    return begin, end
