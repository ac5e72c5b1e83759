"""`scrapy coverage`: per index day what the index listed, what is stored, what is not and why."""

import argparse
import json
import os
import sys
from collections.abc import Iterable
from contextlib import closing
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from scrapy.commands import ScrapyCommand
from scrapy.settings import BaseSettings

from crawler.commands.spans import add_span, days_of
from crawler.errors import UserError
from crawler.storage import Day, DayStory, State, Store

SHORT: Final = 1
"""Exit status while a day is short."""
REFUSED: Final = 2

_COLUMNS: Final = "{:<10}  {:>5}  {:>6}  {:>6}  {:>8}  {:>6}  {:>7}  {:>6}  {}"
_HEADINGS: Final = ("day", "pages", "listed", "stored", "excluded", "failed", "missing", "linked", "")


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False

    def short_desc(self) -> str:
        return "Tell per index day what is stored and what is missing; status 1 while a day is short"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        add_span(parser, "index day")
        parser.add_argument("--json", action="store_true", help="a line a day, with all that is not stored; or a run")
        parser.add_argument("--runs", action="store_true", help="the runs and their verdicts instead, newest first")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None, "Scrapy sets it"
        try:
            days = days_of(opts)
            with closing(open_existing(self.settings)) as store:
                if opts.runs:
                    _print_runs(store.runs.newest_first(), opts.json)
                else:
                    self.exitcode = _print_days(store.coverage(*days), opts.json)
            sys.stdout.flush()
        except UserError as refusal:
            print(f"kompas_global: {refusal}", file=sys.stderr)
            self.exitcode = REFUSED
        except BrokenPipeError:  # `| head` has seen enough; Python would say so once more when it flushes at its end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            self.exitcode = SHORT


def target_of(settings: BaseSettings) -> str:
    """Return the setting that names the store."""
    target: str = settings["KOMPAS_DB"]
    return target


def open_existing(settings: BaseSettings) -> Store:
    """Open the store to read.

    :raises UnusableStore: there is none, or it cannot be read.
    """
    return Store.to_read(target_of(settings))


def _print_days(days: Iterable[Day], as_json: bool) -> int:
    """Prints day by day; gives the exit status."""
    short = total = 0
    if not as_json:
        print(_COLUMNS.format(*_HEADINGS).rstrip())
    for day in days:
        total += 1
        short += bool(day.short)
        print(json.dumps(_plain(day), ensure_ascii=False) if as_json else _line(day))
    print(f"kompas_global: {total} days, {short} of them short", file=sys.stderr)
    return SHORT if short or not total else 0


def _line(day: Day) -> str:
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
    """A day for machines; stories that are simply stored are not spelt out."""
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
    values = {key: _text(value) for key, value in asdict(story).items()}
    return {**values, "state": story.state.value, "listed": story.position is not None}


def _print_runs(runs: Iterable[dict[str, Any]], as_json: bool) -> None:
    for run in runs:
        if as_json:
            print(json.dumps({key: _text(value) for key, value in run.items()}, ensure_ascii=False))
            continue
        verdict = {True: "healthy", False: "not healthy", None: "at work, or killed"}[run["healthy"]]
        said = "; ".join(run["reasons"] or []) or (run["finish_reason"] if run["healthy"] is False else "")
        print(
            f"{run['id']:>5}  {run['started_at']:%Y-%m-%d %H:%M}  {verdict:<11}  {run['job']}: {run['summary'] or said}"
        )
        if run["summary"] and said:
            print(f"{'':>26}{said}")


def _text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
