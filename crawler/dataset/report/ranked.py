"""Figures of counts: the most frequent values, lengths, filled fields."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from typing import Any, Final

import altair as alt

from crawler.dataset.report.counted import LENGTH_STEP, Numbers
from crawler.dataset.report.figure import Figure, Table, drawn, whole, word
from crawler.items import Article
from crawler.kompas.geography import country_names

MOST: Final = 25
"""Most bars of a ranked chart."""
MOST_ROWS: Final = 200
"""Most rows of its table."""
MOST_GROUPS: Final = 50
"""Most clusters whose headlines are listed."""
_BAR: Final = 22
"""Height of a bar and its margin, in pixels."""


def sections(numbers: Numbers) -> Figure:
    return _ranking("sections", "Sections", "Kanal, as the page states it.", numbers.tally.values["section"])


def kinds(numbers: Numbers) -> Figure:
    return _ranking("kinds", "Kinds", "What sort of story it is; the data format says how each is recognised.",
                    numbers.tally.values["kind"])  # fmt: skip


def agencies(numbers: Numbers) -> Figure:
    return _ranking(
        "agencies", "Agencies", "Sources under one name each; an article may name several.", numbers.agencies
    )


def countries(numbers: Numbers) -> Figure:
    return _ranking(
        "countries",
        "Countries written about",
        "Countries that title or text mention; an article may mention several.",
        _named(numbers.countries),
    )


def reported_from(numbers: Numbers) -> Figure:
    return _ranking(
        "reported-from",
        "Countries reported from",
        "Country of the dateline. Places that are unknown, or of several countries, are left out.",
        _named(numbers.reported_from),
    )


def datelines(numbers: Numbers) -> Figure:
    return _ranking("datelines", "Datelines", "Places from which articles are reported, as printed.", numbers.datelines)


def lengths(numbers: Numbers) -> Figure:
    rows = [(first, first + LENGTH_STEP - 1, count) for first, count in sorted(numbers.lengths.items())]
    values = [{"from": first, "to": last + 1, "articles": count} for first, last, count in rows]
    chart = (
        alt.Chart(alt.InlineData(values=values))
        .mark_bar()
        .encode(
            x=alt.X("from:Q", bin="binned", axis=alt.Axis(title="words", tickCount=8, labelOverlap=True)),
            x2="to:Q",
            y=alt.Y("articles:Q", axis=whole(max(numbers.lengths.values(), default=0))),
            tooltip=["from:Q", "to:Q", "articles:Q"],
        )
    )
    table = Table(("words from", "to", "articles"), rows)
    return Figure(
        "lengths", "Length", "Articles by the words of their text.", (table,), drawn(chart, 220 if rows else 0)
    )


def edits(numbers: Numbers) -> Figure:
    rows = [(revision - 1, count) for revision, count in sorted(numbers.revisions.items())]
    chart = (
        alt.Chart(alt.InlineData(values=[{"edits": edits, "stories": count} for edits, count in rows]))
        .mark_bar()
        .encode(
            y=alt.Y("edits:O", title="edits seen"),
            x=alt.X("stories:Q", axis=whole(max(numbers.revisions.values(), default=0), "stories")),
            tooltip=["edits:O", "stories:Q"],
        )
    )
    changed = sum(count for edits, count in rows if edits)
    return Figure(
        "edits",
        "Edits",
        f"How often title or text changed between the captures in this store: {changed:,} stories changed at least "
        "once. A story that was captured once shows no edit. scrapy export OUT --what changes says what changed.",
        (Table(("edits", "stories"), rows),),
        drawn(chart, _BAR * len(rows)),
    )


def fill_rates(numbers: Numbers) -> Figure:
    tally = numbers.tally
    filled = [(one.name, tally.filled[one.name]) for one in fields(Article)] if tally.records else []
    rows = [(name, count, round(count / tally.records, 4)) for name, count in filled]
    values = [{"field": name, "articles": count, "share": share} for name, count, share in rows]
    chart = (
        alt.Chart(alt.InlineData(values=values))
        .mark_bar()
        .encode(
            y=alt.Y("field:N", title=None, sort=None, axis=alt.Axis(labelLimit=150)),
            x=alt.X(
                "share:Q",
                title=None,
                scale=alt.Scale(domain=[0, 1]),
                axis=alt.Axis(format="%", tickCount=5, labelOverlap=True),
            ),
            tooltip=["field:N", "articles:Q", alt.Tooltip("share:Q", format=".1%")],
        )
    )
    return Figure(
        "fill-rates",
        "Fields",
        "Share of the articles in which a field says something. Most fields may be empty: a page need not have tags.",
        (Table(("field", "articles", "share"), rows),),
        drawn(chart, 18 * len(rows)),
    )


def near_duplicates(numbers: Numbers) -> Figure:
    groups = numbers.groups()
    sizes = sorted(Counter(map(len, groups)).items())
    chart = (
        alt.Chart(alt.InlineData(values=[{"stories": size, "clusters": count} for size, count in sizes]))
        .mark_bar()
        .encode(
            y=alt.Y("stories:O", title="stories in a cluster"),
            x=alt.X("clusters:Q", axis=whole(max((count for _, count in sizes), default=0), "clusters")),
            tooltip=["stories:O", "clusters:Q"],
        )
    )
    named = [
        (number, story, numbers.titles[story])
        for number, group in enumerate(groups[:MOST_GROUPS], start=1)
        for story in group
    ]
    return Figure(
        "near-duplicates",
        "Near-duplicates",
        "Clusters of stories with nearly the same text, directly or through others. The table names the largest "
        f"{min(len(groups), MOST_GROUPS)} of {len(groups):,}.",
        (Table(("stories", "clusters"), sizes), Table(("cluster", "story", "title"), named)),
        drawn(chart, _BAR * len(sizes)),
    )


def _named(counts: Counter[str]) -> Counter[str]:
    """Return the same counts by name and code of the country: `Belanda (NL)`."""
    names = country_names()
    return Counter({f"{names.get(code, code)} ({code})": count for code, count in counts.items()})


def _ranking(name: str, title: str, note: str, counts: Counter[str]) -> Figure:
    rows: Sequence[Any] = sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:MOST_ROWS]
    chart = (
        alt.Chart(alt.InlineData(values=[{"name": word(value), "articles": count} for value, count in rows[:MOST]]))
        .mark_bar()
        .encode(
            y=alt.Y("name:N", title=None, sort=None, axis=alt.Axis(labelLimit=150)),
            x=alt.X("articles:Q", axis=whole(max(counts.values(), default=0))),
            tooltip=["name:N", "articles:Q"],
        )
    )
    if len(counts) > MOST:
        note += f" The first {MOST} of {len(counts):,}."
    return Figure(name, title, note, (Table((title.lower(), "articles"), rows),), drawn(chart, _BAR * len(rows[:MOST])))
