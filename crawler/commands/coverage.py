"""`scrapy coverage`: for each index day, what the index lists, what is stored, and what is not stored and why."""

import argparse
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from crawler.commands.base import ExitStatus
from crawler.commands.coverage_table import (
    DAY_HEADINGS,
    Totals,
    day_json,
    day_line,
    totals_by,
    totals_headings,
    totals_json,
    totals_line,
)
from crawler.commands.streams import print_json, print_line, print_message
from crawler.storage import Day

T = TypeVar("T", Day, Totals)


def print_days(days: Iterable[Day], opts: argparse.Namespace) -> int:
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
