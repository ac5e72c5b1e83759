"""The figure of the last runs and their verdicts."""

from typing import Any, Final

import altair as alt

from crawler.dataset.report.counted import Numbers
from crawler.dataset.report.figure import Figure, Table, drawn, whole

MOST_RUNS: Final = 30
_HEIGHT: Final = 200
_FOOT: Final = 12
"""Pixels of the chart, and of the verdicts at its foot."""
VERDICTS: Final = {"healthy": "#4c8dd6", "not healthy": "#e07b00", "no verdict": "#8c8c8c"}


def runs(numbers: Numbers) -> Figure:
    last = numbers.runs[-MOST_RUNS:]
    values = [
        {
            "run": f"{run['started_at']:%Y-%m-%d %H:%M:%S}",
            "new": _count(run, "kompas/store/new"),
            "verdict": _verdict(run),
            "ended": run["finish_reason"] or "no end",
            "job": run["job"],
        }
        for run in last
    ]
    x = alt.X("run:O", title=None, axis=alt.Axis(labels=False, ticks=False))
    color = alt.Color(
        "verdict:N",
        scale=alt.Scale(domain=list(VERDICTS), range=list(VERDICTS.values())),
        legend=alt.Legend(title=None, orient="top"),
    )
    tooltip = ["run:O", "job:N", "verdict:N", "ended:N", "new:Q"]
    base = alt.Chart(alt.InlineData(values=values))
    most = max((one["new"] for one in values), default=0)
    y = alt.Y("new:Q", axis=whole(max(most, 1), "new articles"), scale=alt.Scale(domainMin=0, domainMax=max(most, 1)))
    bars = base.mark_bar(minBandSize=3).encode(x=x, y=y, color=color, tooltip=tooltip)
    foot = base.mark_rect().encode(
        x=x, y=alt.value(_HEIGHT - _FOOT), y2=alt.value(_HEIGHT), color=color, tooltip=tooltip
    )
    rows = [
        (
            f"{run['started_at']:%Y-%m-%d %H:%M} UTC",
            run["job"],
            _verdict(run),
            run["finish_reason"] or "no end",
            run["summary"] or "",
            _why(run),
        )
        for run in reversed(last)
    ]
    counted = "the last run" if len(last) == 1 else f"the last {len(last)} runs, oldest first"
    return Figure(
        "runs",
        "Health of the last runs",
        f"New articles of {counted}. The mark at the foot is the verdict, also of a run that found nothing new.",
        (Table(("started", "job", "verdict", "ended", "summary", "why"), rows),),
        drawn(bars + foot, _HEIGHT if rows else 0),
    )


def _count(run: dict[str, Any], name: str) -> int:
    return int((run["counts"] or {}).get(name, 0))


def _verdict(run: dict[str, Any]) -> str:
    return {True: "healthy", False: "not healthy", None: "no verdict"}[run["healthy"]]


def _why(run: dict[str, Any]) -> str:
    said = "; ".join(run["reasons"] or [])
    return said or ("" if run["healthy"] else run["finish_reason"] or "at work, or killed")
