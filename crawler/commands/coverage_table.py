"""The rows that `scrapy coverage` prints: a day, or the totals of a month or a year; as text and as JSON."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from crawler.kompas.sections import index_sites
from crawler.plural import number_of
from crawler.storage import Day, DayStory, State

_COUNTS: Final = "{:>6}  {:>6}  {:>8}  {:>6}  {:>7}  {:>6}  {}"
_DAYS: Final = "{:<10}  {:>5}  " + _COUNTS
_TOTALS: Final = "{:<10}  {:>5}  {:>5}  {:>5}  " + _COUNTS
_COUNTED: Final = ("listed", "stored", "excluded", "failed", "missing", "linked", "")
DAY_HEADINGS: Final = _DAYS.format("day", "pages", *_COUNTED).rstrip()
LENGTHS: Final = {"month": len("2021-04"), "year": len("2021")}
"""Period -> letters of a day that name it."""
_STATES: Final = (State.STORED, State.EXCLUDED, State.FAILED, State.MISSING)


@dataclass
class Totals:
    """The sum over the index days of a month, a year, or all requested ones."""

    period: str = ""
    days: int = 0
    short: int = 0
    """Days that are not complete, those that list nothing included."""
    empty: int = 0
    """Days that list nothing."""
    counts: Counter[str] = field(default_factory=Counter)
    """`listed`, each state, `linked` -> stories."""

    def add(self, day: Day) -> None:
        """Add a day."""
        self.days += 1
        self.short += bool(day.short)
        self.empty += day.lists_nothing
        self.counts.update({"listed": day.listed, "linked": len(day.linked)})
        self.counts.update({state.value: day.count(state) for state in State})

    @property
    def sentence(self) -> str:
        """Return the line at the end of the table."""
        empty = f", {number_of(self.empty, 'lists nothing', 'list nothing')}" if self.empty else ""
        return f"{number_of(self.days, 'day', 'days')}, {self.short} of them short{empty}"


def totals_by(days: Iterable[Day], period: str) -> Iterator[Totals]:
    """Yield the totals of each month or year.

    :param days: oldest first.
    :param period: a key of `LENGTHS`.
    """
    for name, group in groupby(days, key=lambda day: day.day.isoformat()[: LENGTHS[period]]):
        totals = Totals(name)
        for day in group:
            totals.add(day)
        yield totals


def totals_headings(period: str) -> str:
    """Return the heading of a table of totals."""
    return _TOTALS.format(period, "days", "short", "empty", *_COUNTED).rstrip()


def totals_line(totals: Totals) -> str:
    """Return the row of a month or a year."""
    counts = (totals.counts[name] for name in ("listed", *(state.value for state in _STATES), "linked"))
    return _TOTALS.format(totals.period, totals.days, totals.short, totals.empty, *counts, "").rstrip()


def totals_json(totals: Totals) -> dict[str, Any]:
    """Return the totals of a period for JSON."""
    own = {"period": totals.period, "days": totals.days, "short": totals.short, "empty": totals.empty}
    return own | {name: totals.counts[name] for name in ("listed", *(state.value for state in State), "linked")}


def day_line(day: Day) -> str:
    """Return the row of a day."""
    missing = [story for story in day.linked if story.state is State.MISSING]
    notes = [*day.short]
    if day.incomplete:
        notes.append(f"{day.incomplete} stored as far as the site shows them")
    if missing:
        notes.append(f"{len(missing)} that only links name are not stored")
    if set(day.sites) - set(index_sites(day.day)):
        notes.append(f"listed under {', '.join(day.sites)}")
    counts = (day.count(state) for state in _STATES)
    return _DAYS.format(day.day.isoformat(), day.pages, day.listed, *counts, len(day.linked), "; ".join(notes)).rstrip()


def day_json(day: Day) -> dict[str, Any]:
    """Return a day for JSON, with every story that is not stored."""
    return {
        "day": day.day.isoformat(),
        "state": day.state.value,
        "asked": day.asked,
        "walked_at": text_of(day.walked_at),
        "pages": day.pages,
        "sites": day.sites,
        "listed": day.listed,
        **{state.value: day.count(state) for state in State},
        "incomplete": day.incomplete,
        "linked": len(day.linked),
        "short": day.short,
        "stories": [_story(story) for story in (*day.stories, *day.linked) if story.state is not State.STORED],
    }


def _story(story: DayStory) -> dict[str, Any]:
    """Return a story for JSON."""
    values = {key: text_of(value) for key, value in asdict(story).items()}
    return {**values, "state": story.state.value, "listed": story.position is not None}


def text_of(value: Any) -> Any:
    """Return a time as ISO 8601, any other value as it is."""
    return value.isoformat() if isinstance(value, datetime) else value
