"""`scrapy export OUT`: the store as a file that others can load."""

import argparse
import sys
from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Final

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.commands.coverage import REFUSED, day_of, open_existing
from crawler.dataset.aside import written_aside
from crawler.dataset.formats import FORMATS, writer_for
from crawler.errors import BadArgument, UserError
from crawler.extensions.progress import counted_line
from crawler.storage import Revisions, Selection, Store
from crawler.text.dates import WIB

SQLITE: Final = ("db", "sqlite")
"""Endings and formats of a database; the store copies itself."""


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[options] OUT"

    def short_desc(self) -> str:
        return "Write the store as a dataset: JSON Lines, CSV, Parquet, SQLite"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--format", choices=[*FORMATS, SQLITE[1]], help="where the ending of OUT does not say it")
        parser.add_argument("--since", metavar="DAY", help="first day of publication (WIB)")
        parser.add_argument("--until", metavar="DAY", help="last day of publication, included")
        parser.add_argument("--section", metavar="NAMES", default="", help="Global,Internasional")
        parser.add_argument("--kind", metavar="NAMES", default="", help="article,digest,column,...")
        parser.add_argument("--complete", action="store_true", help="only records of which nothing is missing")
        parser.add_argument("--revisions", choices=[each.value for each in Revisions], default="latest")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None, "Scrapy sets it"
        if len(args) != 1:
            raise UsageError("name one file to write", print_help=False)
        out = Path(args[0])
        try:
            selection = selection_of(opts)
            with closing(open_existing(self.settings)) as store:
                count = _write(store, selection, out, opts.format)
        except UserError as refusal:
            print(f"kompas_global: {refusal}", file=sys.stderr)
            self.exitcode = REFUSED
            return
        print(f"kompas_global: {count} records in {out}", file=sys.stderr)


def selection_of(opts: argparse.Namespace) -> Selection:
    """
    :raises BadArgument: a day that is none, or a span that ends before it begins.
    """
    since, until = day_of("since", opts.since), day_of("until", opts.until)
    if since and until and since > until:
        raise BadArgument(f"--since {since} lies after --until {until}")
    return Selection(
        since=datetime.combine(since, time(), WIB).astimezone(UTC) if since else None,
        until=datetime.combine(until + timedelta(days=1), time(), WIB).astimezone(UTC) if until else None,
        sections=frozenset(filter(None, opts.section.split(","))),
        kinds=frozenset(filter(None, opts.kind.split(","))),
        complete_only=opts.complete,
        revisions=Revisions(opts.revisions),
    )


def _write(store: Store, selection: Selection, out: Path, format_name: str | None) -> int:
    if (format_name or out.suffix.removeprefix(".")) in SQLITE:
        with written_aside(out) as aside:
            return store.copy(selection, aside)
    write = writer_for(out, format_name)
    with written_aside(out) as aside:
        return write(counted_line("export", store.records(selection), store.count(selection)), aside)
