"""Index days that list far less than the days around them."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from statistics import median
from typing import Final

AROUND: Final = timedelta(days=14)
"""Days before and after with which a day is compared."""
ENOUGH_DAYS: Final = 5
"""Days around a day that must list something before it is judged."""
MIN_SHARE: Final = 0.25
"""Share of the median of the days around it that a day must list. A quiet day, a holiday, may list half; less than a
quarter is a list that lost most of its entries."""


def days_around(days: Iterable[date]) -> list[date]:
    """Return the days with which some days are compared, themselves included."""
    span = range(-AROUND.days, AROUND.days + 1)
    return sorted({day + timedelta(days=distance) for day in days for distance in span})


def thin_days(walked: Iterable[date], counts: Mapping[date, int]) -> dict[date, int]:
    """Return the days that list nothing, or less than `MIN_SHARE` of the median of the days around them -> that median.

    :param walked: days that were read to their end and are over.
    :param counts: number of stories that each day lists; a day that lists none may be absent.

    >>> april = {date(2021, 4, day): 40 for day in range(1, 8)}
    >>> thin_days([date(2021, 4, 4)], {**april, date(2021, 4, 4): 3})
    {datetime.date(2021, 4, 4): 40}
    """
    thin = {}
    for day in sorted(walked):
        around = [counts[other] for other in days_around([day]) if other != day and counts.get(other)]
        if len(around) >= ENOUGH_DAYS and counts.get(day, 0) < MIN_SHARE * median(around):
            thin[day] = round(median(around))
    return thin
