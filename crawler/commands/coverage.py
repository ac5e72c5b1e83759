"""`scrapy coverage`: for each index day, what the index lists, what is stored, and what is not stored and why."""

import argparse
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from typing import Any, Final, TypeVar

from scrapy.commands import ScrapyCommand

from crawler.commands.base import ExitStatus, KompasCommand
from crawler.commands.coverage_table import (
    DAY_HEADINGS,
    LENGTHS,
    Totals,
    day_json,
    day_line,
    text_of,
    totals_by,
    totals_headings,
    totals_json,
    totals_line,
)
from crawler.commands.spans import Days, add_span, days_of, moments_of
from crawler.commands.streams import print_json, print_line, print_message
from crawler.dataset.release import Tally
from crawler.health.causes import EXIT_STATUS, cause_named
from crawler.items import Article
from crawler.storage import Day, Selection, Store

T = TypeVar("T", Day, Totals)

_FIELDS: Final = "{:<20}  {:>8}  {:>6}"


class Command(KompasCommand, ScrapyCommand):
    def short_desc(self) -> str:
        return "Compare the index with the store; exit 1 if a day has missing stories"

    def long_desc(self) -> str:
        return (
            "Print for each index day how many stories the index lists, and how many of them are stored, excluded, "
            "failed and missing. A day whose index lists nothing is short, too. The exit status is 1 if a day is "
            "short, or if there is no day. --fields prints the share of stored articles with each field instead."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        add_span(parser, "index day (WIB)")
        parser.add_argument("--by", choices=("day", *LENGTHS), default="day", help="totals by month or by year")
        parser.add_argument("--short", action="store_true", help="only the days, months or years that are short")
        parser.add_argument("--fields", action="store_true", help="share of the stored articles with each field")
        parser.add_argument("--json", action="store_true", help="one JSON object a line, with the stories not stored")
        parser.add_argument("--runs", action="store_true", help="list the runs and their verdicts, newest first")

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        days = days_of(opts)
        with self.open_store() as store:
            if opts.runs:
                _print_runs(store.runs.newest_first(), opts.json)
                return ExitStatus.HEALTHY
            if opts.fields:
                return _print_fields(store, days, opts.json)
            return _print_days(store.coverage(*days), opts)


def _print_days(days: Iterable[Day], opts: argparse.Namespace) -> int:
    """Print the days, or their totals, and return the exit status."""
    whole = Totals()

    def counted() -> Iterator[Day]:
        for day in days:
            whole.add(day)
            yield day

    if opts.by == "day":
        _print_rows(counted(), DAY_HEADINGS, day_line, day_json, opts)
    else:
        _print_rows(totals_by(counted(), opts.by), totals_headings(opts.by), totals_line, totals_json, opts)
    print_message(whole.sentence)
    return ExitStatus.SHORT if whole.short or not whole.days else ExitStatus.HEALTHY


def _print_rows(
    rows: Iterable[T],
    headings: str,
    line: Callable[[T], str],
    plain: Callable[[T], dict[str, Any]],
    opts: argparse.Namespace,
) -> None:
    """Print rows as a table or as JSON; with `--short`, only those that are short."""
    if not opts.json:
        print_line(headings)
    for row in rows:
        if row.short or not opts.short:
            if opts.json:
                print_json(plain(row))
            else:
                print_line(line(row))


def _print_fields(store: Store, days: Days, as_json: bool) -> int:
    """Print in how many stored articles each field says something, and return the exit status."""
    tally = Tally()
    for record in store.records(Selection(*moments_of(days))):
        tally.add(record, "", "")
    if not as_json:
        print_line(_FIELDS.format("field", "articles", "share"))
    for name in (one.name for one in fields(Article)):
        count, share = tally.filled[name], tally.filled[name] / max(tally.records, 1)
        row = {"field": name, "articles": count, "share": round(share, 4)}
        if as_json:
            print_json(row)
        else:
            print_line(_FIELDS.format(name, count, f"{share:.1%}"))
    print_message(f"{tally.records} articles, {tally.complete} of them with all their pages")
    return ExitStatus.HEALTHY if tally.records else ExitStatus.SHORT


def _print_runs(runs: Iterable[dict[str, Any]], as_json: bool) -> None:
    """Print a line for each run, and a second one with the reasons if it was not healthy."""
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
