"""`scrapy report OUT.html`: one page with pictures of what is in the store."""

import argparse
import sys
from contextlib import closing
from pathlib import Path
from typing import Final

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler import __version__
from crawler.commands.coverage import REFUSED, open_existing
from crawler.commands.releases import day_counts
from crawler.commands.spans import Days, add_span, days_of, moments_of
from crawler.dataset.aside import written_aside
from crawler.dataset.report.counted import Numbers
from crawler.errors import BadArgument, UserError
from crawler.extensions.progress import counted_line
from crawler.storage import Selection, Store

NO_LIBRARY: Final = (
    "the report is drawn by Altair and vl-convert, which are not installed: pip install -r requirements.txt"
)


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[options] OUT.html"

    def short_desc(self) -> str:
        return "Draw what is in the store: one page that opens anywhere, without network"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        add_span(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None, "Scrapy sets it"
        if len(args) != 1:
            raise UsageError("name one file to write: scrapy report OUT.html", print_help=False)
        try:
            days = days_of(opts)
            with closing(open_existing(self.settings)) as store:
                count = write_report(store, days, Path(args[0]))
        except UserError as refusal:
            print(f"kompas_global: {refusal}", file=sys.stderr)
            self.exitcode = REFUSED
            return
        print(f"kompas_global: {count} articles in {args[0]}", file=sys.stderr)


def write_report(store: Store, days: Days, out: Path) -> int:
    """Draws the stories published on these days, and the index days; gives the number of stories.

    :raises BadArgument: Altair is not installed, or `out` is no file that can be written.
    """
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
