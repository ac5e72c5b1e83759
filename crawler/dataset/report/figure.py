"""A figure: a chart and the same numbers as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import altair as alt

_INHERITED: Final = frozenset(
    (
        *("__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__", "__proto__", "constructor"),
        *("hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "toString", "valueOf"),
    )
)
"""Properties of every object in JavaScript."""
_UNSEEN: Final = "\u200b"
"""A space without width."""


@dataclass(frozen=True)
class Table:
    """Rows of plain values under their headings."""

    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Figure:
    """One section of the page."""

    name: str
    """Of the section, for links: letters and hyphens."""
    title: str
    note: str
    """How to read it: what is counted, in which unit."""
    tables: tuple[Table, ...]
    chart: alt.TopLevelMixin | None
    """None when there is nothing to show; an empty picture would look like a fault."""
    nothing: str = "Nothing to show: the store has none."
    """What stands in its place then."""

    def spec(self) -> dict[str, Any] | None:
        """Return the Vega-Lite specification of the chart."""
        return None if self.chart is None else self.chart.to_dict()


def word(text: str) -> str:
    """Return a word of a page as a value of a chart: Vega takes the names that every object has for functions."""
    return f"{text}{_UNSEEN}" if text in _INHERITED else text


def drawn(chart: alt.Chart | alt.LayerChart, height: int) -> alt.TopLevelMixin | None:
    """Return a chart as wide as the page.

    :param height: in pixels; 0 = draw nothing, for a chart without values.
    """
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    return chart.properties(width="container", height=height, autosize=fit) if height else None


def whole(most: int, title: str = "articles") -> alt.Axis:
    """Return an axis of whole numbers with few labels.

    :param most: the largest number. A small one is labelled in steps of one, because Vega would label halves.
    """
    few = {"values": list(range(most + 1))} if most < 6 else {"tickCount": 5}
    return alt.Axis(title=title, format=",d", labelOverlap=True, **few)
