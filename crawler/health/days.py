"""Index days that list too little to be true, judged by the days around them."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from statistics import median
from typing import Final

AROUND: Final = timedelta(days=14)
"""Days before and after, with which a day is compared."""
ENOUGH_DAYS: Final = 5
"""Days around it that must list something before a day is judged by them."""


def days_around(days: Iterable[date]) -> list[date]:
    """The days with which some days are compared, themselves among them."""
    span = range(-AROUND.days, AROUND.days + 1)
    return sorted({day + timedelta(days=distance) for day in days for distance in span})


def thin_days(walked: Iterable[date], counts: Mapping[date, int], share: float) -> dict[date, int]:
    """Days that list nothing, or less than a share of what the days around them list -> what those list (median).

    :param walked: days that were read to their end and are over.
    :param counts: how many stories each day lists; one that lists none may be absent.

    >>> april = {date(2021, 4, day): 40 for day in range(1, 8)}
    >>> thin_days([date(2021, 4, 4)], {**april, date(2021, 4, 4): 3}, share=0.25)
    {datetime.date(2021, 4, 4): 40}
    """
    thin = {}
    for day in sorted(walked):
        around = [counts[other] for other in days_around([day]) if other != day and counts.get(other)]
        if len(around) >= ENOUGH_DAYS and counts.get(day, 0) < share * median(around):
            thin[day] = round(median(around))
    return thin
