"""`scrapy report OUT.html`: write one page of charts about the store."""

import argparse
import sys
from pathlib import Path
from typing import Final

from crawler import __version__
from crawler.commands.base import ExitStatus, KompasCommand
from crawler.commands.releases import day_counts
from crawler.commands.spans import Days, days_of, moments_of
from crawler.commands.streams import print_message
from crawler.dataset.aside import written_aside
from crawler.dataset.report.counted import Numbers
from crawler.errors import BadArgument
from crawler.extensions.progress import counted_line
from crawler.plural import number_of
from crawler.storage import Selection, Store

NO_LIBRARY: Final = "the report is drawn by Altair and vl-convert, which are not installed: pip install '.[report]'"


def draw_report(command: KompasCommand, args: list[str], opts: argparse.Namespace) -> int:
    """Draw the report of the days that the options select, and print how many articles it counts."""
    days = days_of(opts)
    out = command.output(args[0])
    with command.open_store() as store:
        count = write_report(store, days, out)
    print_message(f"{number_of(count, 'article', 'articles')} in {args[0]}")
    return ExitStatus.HEALTHY


def write_report(store: Store, days: Days, out: Path) -> int:
    """Draw the stories published on these days, and the index days; return the number of stories.

    :raises BadArgument: Altair is not installed, or cannot work.
    :raises UnwritableFile: the file cannot be written.
    """
    if sys.flags.optimize > 1:
        raise BadArgument("Altair cannot draw without docstrings, which PYTHONOPTIMIZE=2 removes; unset it")
    try:
        from crawler.dataset.report.page import write_page
    except ModuleNotFoundError as error:
        raise BadArgument(NO_LIBRARY) from error
    selection = Selection(*moments_of(days))
    numbers = Numbers(
        coverage=day_counts(store, days),
        runs=list(store.runs.newest_first())[::-1],
        pairs=list(store.near_duplicates()),
    )
    numbers.add_all(counted_line("report", store.records(selection), store.count(selection)))
    with written_aside(out) as aside:
        write_page(numbers, aside, __version__)
    return numbers.tally.records
