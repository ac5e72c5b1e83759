"""Days, weeks or months as bars: the width that a span of time has room for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import altair as alt

MOST_DAYS: Final = 120
"""A longer span is drawn in weeks: a bar of a day would be narrower than 3 pixels on a phone."""
MOST_WEEKS: Final = 120 * 7
"""Days; a longer span is drawn in months."""


@dataclass(frozen=True)
class Bin:
    """The sum of a span of days."""

    first: date
    end: date
    """The day after its last."""
    articles: int
    days: int
    """Days of the span that the report covers."""
    gaps: int
    """Those with a gap."""
    why: str
    """Why the first of them is one."""

    @property
    def name(self) -> str:
        """Return the span in words, as a tooltip shows it."""
        last = self.end - timedelta(days=1)
        return self.first.isoformat() if last == self.first else f"{self.first} to {last}"


def unit_of(days: int) -> str:
    """Return the width of a bar: `day`, `week` or `month`."""
    return "day" if days <= MOST_DAYS else "week" if days <= MOST_WEEKS else "month"


def binned(rows: Sequence[tuple[str, int, str]]) -> list[Bin]:
    """Return the bars of consecutive days.

    :param rows: day, articles and gap of each day (see `Numbers.every_day`).
    """
    unit = unit_of(len(rows))
    grouped: dict[date, list[tuple[str, int, str]]] = {}
    for row in rows:
        grouped.setdefault(_first(date.fromisoformat(row[0]), unit), []).append(row)
    bins = []
    for first, days in grouped.items():
        gaps = [(day, why) for day, _, why in days if why]
        why = f"{gaps[0][0]}: {gaps[0][1]}" if gaps else ""
        bins.append(Bin(first, _end(first, unit), sum(count for _, count, _ in days), len(days), len(gaps), why))
    return bins


def time_axis(bins: Sequence[Bin]) -> alt.Axis:
    """Return an axis of time whose labels have the year."""
    days = (bins[-1].end - bins[0].first).days if bins else 0
    if days > 3 * 366:
        return alt.Axis(format="%Y", tickCount="year", labelOverlap=True)
    if days > MOST_DAYS:
        return alt.Axis(format="%b %Y", tickCount="month", labelOverlap=True)
    return alt.Axis(format="%d %b %Y", tickCount=min(max(days, 1), 6), labelOverlap=True)


def time_values(one: Bin) -> dict[str, Any]:
    """Return a bar as values of a chart."""
    return {
        "from": one.first.isoformat(),
        "to": one.end.isoformat(),
        "span": one.name,
        "articles": one.articles,
        "gaps": one.gaps,
        "share": one.gaps / one.days,
        "gap": one.why,
    }


def _first(day: date, unit: str) -> date:
    """Return the first day of the bar of a day; weeks begin on Monday."""
    if unit == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if unit == "month" else day


def _end(first: date, unit: str) -> date:
    if unit == "month":
        return (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    return first + timedelta(days=7 if unit == "week" else 1)
