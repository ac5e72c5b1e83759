"""`scrapy coverage`: for each index day, what the index lists, what is stored, and what is not stored and why."""

import argparse
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from scrapy.commands import ScrapyCommand

from crawler.commands.base import ExitStatus, KompasCommand, print_message
from crawler.commands.spans import add_span, days_of
from crawler.health.causes import EXIT_STATUS, cause_named
from crawler.storage import Day, DayStory, State

_COLUMNS: Final = "{:<10}  {:>5}  {:>6}  {:>6}  {:>8}  {:>6}  {:>7}  {:>6}  {}"
_HEADINGS: Final = ("day", "pages", "listed", "stored", "excluded", "failed", "missing", "linked", "")


class Command(KompasCommand, ScrapyCommand):
    def short_desc(self) -> str:
        return "Compare the index with the store; exit 1 if a day has missing stories"

    def long_desc(self) -> str:
        return (
            "Print for each index day how many stories the index lists, and how many of them are stored, excluded, "
            "failed and missing. The exit status is 1 if a day is short, or if there is no day at all."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        add_span(parser, "index day (WIB)")
        parser.add_argument("--json", action="store_true", help="one JSON object a line, with the stories not stored")
        parser.add_argument("--runs", action="store_true", help="list the runs and their verdicts, newest first")

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        days = days_of(opts)
        with self.open_store() as store:
            if opts.runs:
                _print_runs(store.runs.newest_first(), opts.json)
                return ExitStatus.HEALTHY
            return _print_days(store.coverage(*days), opts.json)


def _print_days(days: Iterable[Day], as_json: bool) -> int:
    """Print the days and return the exit status."""
    short = total = 0
    if not as_json:
        print(_COLUMNS.format(*_HEADINGS).rstrip())
    for day in days:
        total += 1
        short += bool(day.short)
        print(json.dumps(_plain(day), ensure_ascii=False) if as_json else _line(day))
    print_message(f"{total} days, {short} of them short")
    return ExitStatus.SHORT if short or not total else ExitStatus.HEALTHY


def _line(day: Day) -> str:
    """Return the row of a day in the table."""
    lost = [story for story in day.linked if story.state in (State.MISSING, State.FAILED)]
    notes = [*day.short]
    if day.incomplete:
        notes.append(f"{day.incomplete} stored as far as the site shows them")
    if lost:
        notes.append(f"{len(lost)} that only links speak of are not stored")
    counts = (day.count(state) for state in (State.STORED, State.EXCLUDED, State.FAILED, State.MISSING))
    return _COLUMNS.format(
        day.day.isoformat(), day.pages, day.listed, *counts, len(day.linked), "; ".join(notes)
    ).rstrip()


def _plain(day: Day) -> dict[str, Any]:
    """Return a day for JSON, with every story that is not stored."""
    return {
        "day": day.day.isoformat(),
        "asked": day.asked,
        "walked_at": _text(day.walked_at),
        "pages": day.pages,
        "listed": day.listed,
        **{state.value: day.count(state) for state in State},
        "incomplete": day.incomplete,
        "linked": len(day.linked),
        "short": day.short,
        "stories": [_story(story) for story in (*day.stories, *day.linked) if story.state is not State.STORED],
    }


def _story(story: DayStory) -> dict[str, Any]:
    """Return a story for JSON."""
    values = {key: _text(value) for key, value in asdict(story).items()}
    return {**values, "state": story.state.value, "listed": story.position is not None}


def _print_runs(runs: Iterable[dict[str, Any]], as_json: bool) -> None:
    """Print a line for each run, and a second one with the reasons if it was not healthy."""
    for run in runs:
        if as_json:
            cause = cause_named((run["counts"] or {}).get(EXIT_STATUS))
            print(json.dumps({key: _text(value) for key, value in run.items()} | {"cause": cause}, ensure_ascii=False))
            continue
        verdict = {True: "healthy", False: "not healthy", None: "at work, or killed"}[run["healthy"]]
        said = "; ".join(run["reasons"] or []) or (run["finish_reason"] if run["healthy"] is False else "")
        print(
            f"{run['id']:>5}  {run['started_at']:%Y-%m-%d %H:%M}  {verdict:<11}  {run['job']}: {run['summary'] or said}"
        )
        if run["summary"] and said:
            print(f"{'':>26}{said}")


def _text(value: Any) -> Any:
    """Return a time as ISO 8601, any other value as it is."""
    return value.isoformat() if isinstance(value, datetime) else value
