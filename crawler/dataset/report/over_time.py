"""Figures over time: articles per day, the coverage calendar, tags."""

from itertools import groupby
from typing import Final

import altair as alt

from crawler.dataset.report.bins import binned, time_axis, time_values, unit_of
from crawler.dataset.report.counted import Numbers
from crawler.dataset.report.figure import Figure, Table, drawn, whole, word

STATES: Final = {
    "complete": "#4c8dd6",
    "short": "#e07b00",
    "lists nothing": "#b5179e",
    "not read": "#7a4a00",
    "never requested": "#8c8c8c",
}
"""State of a day in the ledger -> colour with contrast on white and on black, also for colour-blind readers."""
NOT_READ: Final = ("ended by an error", "not read to its end")
"""States of a day that the calendar shows as one; the table says which it is."""
NO_LEDGER: Final = (
    "No index day was requested for this store: it was read from archives or from lists of addresses, and what else "
    "the site published is not known."
)
_HEIGHT: Final = 220
"""Pixels."""
_FOOT: Final = 12
"""A mark of a bar of which every day is a gap is as high as this part of the chart."""
_SPACE: Final = 0.4
"""Pixels on each side of a bar."""
MOST_TAGS: Final = 15
MOST_MONTHS: Final = 36
"""Count tags by year above this number of months: a month would be too narrow on a phone."""


def per_day(numbers: Numbers) -> Figure:
    rows = numbers.every_day()
    bins = binned(rows)
    unit = unit_of(len(rows))
    values = [time_values(one) for one in bins]
    x = alt.X("from:T", title=None, scale=alt.Scale(type="utc"), axis=time_axis(bins))
    tooltip = ["span:N", "articles:Q", "gaps:Q", "gap:N"]
    most = max((one.articles for one in bins), default=0)
    chart = (
        alt.Chart(alt.InlineData(values=values))
        .mark_rect(xOffset=_SPACE, x2Offset=-_SPACE)
        .encode(
            x=x,
            x2="to:T",
            y=alt.Y("articles:Q", axis=whole(most), scale=alt.Scale(domainMin=0)),
            y2=alt.datum(0),
            tooltip=tooltip,
        )
    )
    marks = (
        alt.Chart(alt.InlineData(values=[one for one in values if one["gaps"]]))
        .mark_rect(color=STATES["short"], xOffset=_SPACE, x2Offset=-_SPACE)
        .encode(
            x=x,
            x2="to:T",
            y=alt.Y("share:Q", axis=None, scale=alt.Scale(domain=[0, _FOOT])),
            y2=alt.datum(0),
            tooltip=tooltip,
        )
    )
    has_gaps = any(one.gaps for one in bins)
    return Figure(
        "per-day",
        f"Articles per {unit}",
        f"Articles by their {unit} of publication (WIB). {_gaps_note(numbers)}",
        (Table(("day", "articles", "gap"), rows),),
        drawn((chart + marks).resolve_scale(y="independent") if has_gaps else chart, _HEIGHT if rows else 0),
    )


def _gaps_note(numbers: Numbers) -> str:
    if not numbers.asked:
        return NO_LEDGER
    return (
        "Orange marks at the foot are gaps: days that the ledger says are short, and days without an article; the "
        "higher, the more days of a bar."
    )


def calendar(numbers: Numbers) -> Figure:
    rows = [(day["day"], day["state"], day["listed"], day["stored"], "; ".join(day["short"])) for day in numbers.asked]
    months = len({day[:7] for day, *_ in rows})
    return Figure(
        "calendar",
        "Coverage calendar",
        "Every index day that was requested, against what is stored. A day is short while a story that its index "
        "lists is missing or failed. A day that lists nothing is no complete day: the site may list it under another "
        "name. A day is not read while its index was not read to its end, or not since the day was over."
        + (" Each field is a month, coloured by the share of its days that are complete." * (months > MOST_MONTHS)),
        (Table(("day", "state", "listed", "stored", "why it is short"), rows),),
        _months_drawn(rows) if months > MOST_MONTHS else _days_drawn(rows),
        NO_LEDGER,
    )


def _days_drawn(rows: list[tuple[str, str, int, int, str]]) -> alt.TopLevelMixin | None:
    """Return a calendar of days."""
    values = [
        {"month": day[:7], "date": int(day[8:]), "state": _shown(state), "listed": listed, "stored": stored, "why": why}
        for day, state, listed, stored, why in rows
    ]
    there = [state for state in STATES if any(one["state"] == state for one in values)]
    chart = (
        alt.Chart(alt.InlineData(values=values))
        .mark_rect()
        .encode(
            x=alt.X("date:O", title="day of the month", axis=alt.Axis(labelAngle=0, values=[1, 8, 15, 22, 29])),
            y=alt.Y("month:O", title=None, axis=alt.Axis(labelOverlap=True)),
            color=alt.Color(
                "state:N",
                scale=alt.Scale(domain=there, range=[STATES[state] for state in there]),
                legend=alt.Legend(title=None, orient="top", columns=2),
            ),
            tooltip=["month:O", "date:O", "state:N", "listed:Q", "stored:Q", "why:N"],
        )
    )
    return drawn(chart, 16 * len({day[:7] for day, *_ in rows}))


def _months_drawn(rows: list[tuple[str, str, int, int, str]]) -> alt.TopLevelMixin | None:
    """Return a calendar of months, a row a year."""
    values = []
    for month, group in groupby(rows, key=lambda row: row[0][:7]):
        days = list(group)
        complete = sum(not why for *_, why in days)
        counts = {"listed": sum(row[2] for row in days), "stored": sum(row[3] for row in days)}
        values.append(
            {"year": month[:4], "month": month[5:], "complete": complete, "days": len(days), **counts}
            | {"share": complete / len(days)}
        )
    chart = (
        alt.Chart(alt.InlineData(values=values))
        .mark_rect()
        .encode(
            x=alt.X("month:O", title="month", axis=alt.Axis(labelAngle=0)),
            y=alt.Y("year:O", title=None),
            color=alt.Color(
                "share:Q",
                scale=alt.Scale(domain=[0, 0.5, 1], range=[STATES["short"], "#c9c9c9", STATES["complete"]]),
                legend=alt.Legend(title="days complete", orient="top", format="%"),
            ),
            tooltip=["year:O", "month:O", "complete:Q", "days:Q", "listed:Q", "stored:Q"],
        )
    )
    return drawn(chart, 24 * len({day[:4] for day, *_ in rows}))


def tags(numbers: Numbers) -> Figure:
    often = sorted(((tag, months.total()) for tag, months in numbers.tags.items()), key=lambda one: (-one[1], one[0]))
    often = often[:MOST_TAGS]
    width = len("2021-04") if len(numbers.tally.months) <= MOST_MONTHS else len("2021")
    rows: list[tuple[str, str, int]] = []
    for tag, _ in often:
        months = sorted(numbers.tags[tag].items())
        for span, group in groupby(months, key=lambda one: one[0][:width]):
            rows.append((span, tag, sum(count for _, count in group)))
    values = [{"time": span, "tag": word(tag), "articles": count} for span, tag, count in rows]
    chart = (
        alt.Chart(alt.InlineData(values=values))
        .mark_rect()
        .encode(
            x=alt.X("time:O", title=None, axis=alt.Axis(labelOverlap=True)),
            y=alt.Y("tag:N", title=None, sort=[word(tag) for tag, _ in often], axis=alt.Axis(labelLimit=130)),
            color=alt.Color("articles:Q", legend=alt.Legend(title="articles", orient="top")),
            tooltip=["time:O", "tag:N", "articles:Q"],
        )
    )
    return Figure(
        "tags",
        "Tags over time",
        f"The {len(often)} tags that are printed most often, of {len(numbers.tags):,}.",
        (Table(("time", "tag", "articles"), rows),),
        drawn(chart, 22 * len(often)),
    )


def _shown(state: str) -> str:
    return "not read" if state in NOT_READ else state
