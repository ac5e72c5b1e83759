"""A figure: one question, its picture, and the same numbers as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt


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

    def spec(self) -> dict[str, Any] | None:
        """Vega-Lite of the chart, as wide as the page lets it be."""
        return None if self.chart is None else self.chart.to_dict()


def drawn(chart: alt.Chart | alt.LayerChart, height: int) -> alt.TopLevelMixin | None:
    """A chart that follows the width of the page.

    :param height: pixels; 0 for a chart of nothing, which is not drawn.
    """
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    return chart.properties(width="container", height=height, autosize=fit) if height else None


def whole(most: int, title: str = "articles") -> alt.Axis:
    """An axis of whole numbers, with labels few enough for a phone.

    :param most: the greatest number; up to a handful are all labelled, between which Vega would label halves.
    """
    few = {"values": list(range(most + 1))} if most < 6 else {"tickCount": 5}
    return alt.Axis(title=title, format=",d", labelOverlap=True, **few)
