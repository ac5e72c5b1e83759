"""The figure of the last runs and their verdicts."""

from typing import Any, Final

import altair as alt

from crawler.dataset.report.counted import Numbers
from crawler.dataset.report.figure import Figure, Table, drawn, whole

MOST_RUNS: Final = 30
VERDICTS: Final = {"healthy": "#4c8dd6", "not healthy": "#e07b00", "no verdict": "#8c8c8c"}


def runs(numbers: Numbers) -> Figure:
    last = numbers.runs[-MOST_RUNS:]
    values = [
        {
            "run": f"{run['started_at']:%Y-%m-%d %H:%M:%S}",
            "new": (run["counts"] or {}).get("kompas/store/new", 0),
            "verdict": _verdict(run),
            "job": run["job"],
        }
        for run in last
    ]
    chart = (
        alt.Chart(alt.InlineData(values=values))
        .mark_bar(minBandSize=3)
        .encode(
            x=alt.X("run:O", title=None, axis=alt.Axis(labels=False, ticks=False)),
            y=alt.Y("new:Q", axis=whole(max((one["new"] for one in values), default=0), "new articles")),
            color=alt.Color(
                "verdict:N",
                scale=alt.Scale(domain=list(VERDICTS), range=list(VERDICTS.values())),
                legend=alt.Legend(title=None, orient="top"),
            ),
            tooltip=["run:O", "job:N", "verdict:N", "new:Q"],
        )
    )
    rows = [
        (f"{run['started_at']:%Y-%m-%d %H:%M} UTC", run["job"], _verdict(run), run["summary"] or "", _why(run))
        for run in reversed(last)
    ]
    return Figure(
        "runs",
        "Health of the last runs",
        f"New articles of the last {len(last)} runs, oldest first, and the verdict of each.",
        (Table(("started", "job", "verdict", "summary", "why"), rows),),
        drawn(chart, 200 if rows else 0),
    )


def _verdict(run: dict[str, Any]) -> str:
    return {True: "healthy", False: "not healthy", None: "no verdict"}[run["healthy"]]


def _why(run: dict[str, Any]) -> str:
    said = "; ".join(run["reasons"] or [])
    return said or ("" if run["healthy"] else run["finish_reason"] or "at work, or killed")
