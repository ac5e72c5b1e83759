"""Figures over time: articles per day, the coverage calendar, tags."""

from itertools import groupby
from typing import Final

import altair as alt

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
MOST_TAGS: Final = 15
MOST_MONTHS: Final = 36
"""Count tags by year above this number of months: a month would be too narrow on a phone."""


def per_day(numbers: Numbers) -> Figure:
    rows = numbers.every_day()
    gaps = [{"day": day, "articles": count, "gap": why} for day, count, why in rows if why]
    day = alt.X("day:T", title=None, scale=alt.Scale(type="utc"), axis=alt.Axis(labelOverlap=True))
    articles = alt.Y("articles:Q", axis=whole(max((count for _, count, _ in rows), default=0)))
    tooltip = [alt.Tooltip("day:T", timeUnit="utcyearmonthdate", format="%Y-%m-%d"), "articles:Q"]
    chart = (
        alt.Chart(alt.InlineData(values=[{"day": day, "articles": count} for day, count, _ in rows]))
        .mark_area(interpolate="step-after", point=len(rows) == 1)
        .encode(x=day, y=articles, tooltip=tooltip)
    )
    marks = (
        alt.Chart(alt.InlineData(values=gaps))
        .mark_tick(color=STATES["short"], orient="vertical", thickness=1.5, size=14)
        .encode(x=day, y=alt.datum(0), tooltip=[*tooltip, "gap:N"])
    )
    return Figure(
        "per-day",
        "Articles per day",
        "Articles by their day of publication (WIB). Orange marks at the foot are gaps: days that the ledger says are "
        "short, and days without an article.",
        (Table(("day", "articles", "gap"), rows),),
        drawn(chart + marks if gaps else chart, 220 if rows else 0),
    )


def calendar(numbers: Numbers) -> Figure:
    rows = [
        (day["day"], day["state"], day["listed"], day["stored"], "; ".join(day["short"])) for day in numbers.coverage
    ]
    values = [
        {"month": day[:7], "date": int(day[8:]), "state": _shown(state), "listed": listed, "stored": stored, "why": why}
        for day, state, listed, stored, why in rows
    ]
    chart = (
        alt.Chart(alt.InlineData(values=values))
        .mark_rect()
        .encode(
            x=alt.X("date:O", title="day of the month", axis=alt.Axis(labelAngle=0, values=[1, 8, 15, 22, 29])),
            y=alt.Y("month:O", title=None, axis=alt.Axis(labelOverlap=True)),
            color=alt.Color(
                "state:N",
                scale=alt.Scale(domain=list(STATES), range=list(STATES.values())),
                legend=alt.Legend(title=None, orient="top", columns=2),
            ),
            tooltip=["month:O", "date:O", "state:N", "listed:Q", "stored:Q", "why:N"],
        )
    )
    return Figure(
        "calendar",
        "Coverage calendar",
        "Every index day that the ledger knows of, against what is stored. A day is short while a story that its index "
        "lists is missing or failed. A day that lists nothing is no complete day: the site may list it under another "
        "name. A day is not read while its index was not read to its end, or not since the day was over.",
        (Table(("day", "state", "listed", "stored", "why it is short"), rows),),
        drawn(chart, 16 * len({day[:7] for day, *_ in rows})),
    )


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
