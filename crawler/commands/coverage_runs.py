"""`scrapy coverage --runs`: the runs and their verdicts."""

from collections.abc import Iterable
from typing import Any

from crawler.commands.base import ExitStatus
from crawler.commands.coverage_table import text_of
from crawler.commands.streams import print_json, print_line
from crawler.health.causes import EXIT_STATUS, cause_named


def print_runs(runs: Iterable[dict[str, Any]], as_json: bool) -> int:
    """Print a line for each run, and a second one with the reasons if it was not healthy; return the exit status."""
    for run in runs:
        if as_json:
            cause = cause_named((run["counts"] or {}).get(EXIT_STATUS))
            print_json({key: text_of(value) for key, value in run.items()} | {"cause": cause})
            continue
        verdict = {True: "healthy", False: "not healthy", None: "at work, or killed"}[run["healthy"]]
        said = "; ".join(run["reasons"] or []) or (run["finish_reason"] if run["healthy"] is False else "")
        print_line(
            f"{run['id']:>5}  {run['started_at']:%Y-%m-%d %H:%M}  {verdict:<11}  {run['job']}: {run['summary'] or said}"
        )
        if run["summary"] and said:
            print_line(f"{'':>26}{said}")
    return ExitStatus.HEALTHY
