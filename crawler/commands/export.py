"""`scrapy export OUT`: the store as a file; `--bundle DIR`: as a release; `--verify DIR`: is it one."""

import argparse
import sys
from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Final

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from crawler.commands.coverage import REFUSED, open_existing, target_of
from crawler.commands.crawl import BUSY
from crawler.commands.releases import rebuilt, release_of
from crawler.commands.spans import add_span, days_of, moments_of
from crawler.dataset.aside import filled_aside, written_aside
from crawler.dataset.edition import Text
from crawler.dataset.formats import AS_JSON, FORMATS, NO_PYARROW, format_of, write_records
from crawler.dataset.splits import By, plan_of
from crawler.errors import BadArgument, StoreBusy, UserError
from crawler.extensions.progress import counted_line
from crawler.storage import Revisions, RunLock, Selection, Store, is_there, shown

SQLITE: Final = ("db", "sqlite")
"""Endings and formats of a database; the store copies itself."""
FAULTY: Final = 1
"""Exit status for a bundle that is not what it says."""
FILTERS: Final = ("since", "until", "section", "kind", "complete", "revisions")


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[options] OUT | --bundle DIR | --verify DIR"

    def short_desc(self) -> str:
        return "Write the store as a dataset (JSON Lines, CSV, Parquet, SQLite, a whole release), or check one"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--format", choices=[*FORMATS, SQLITE[1]], help="where the ending of OUT does not say it")
        add_span(parser)
        parser.add_argument("--section", metavar="NAMES", default="", help="Global,Internasional")
        parser.add_argument("--kind", metavar="NAMES", default="", help="article,digest,column,...")
        parser.add_argument("--complete", action="store_true", help="only records of which nothing is missing")
        parser.add_argument("--revisions", choices=[each.value for each in Revisions], default="latest")
        parser.add_argument("--bundle", metavar="DIR", help="a release: data by month, card, checksums")
        parser.add_argument("--verify", metavar="DIR", help="check a release")
        parser.add_argument(
            "--text", choices=[each.value for each in Text], default="full", help="none: for publishing"
        )
        parser.add_argument("--split", metavar="SHARES", help="train=80,validation=10,test=10")
        parser.add_argument("--split-by", choices=[each.value for each in By], default="time")
        parser.add_argument("--seed", type=int, default=0)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None, "Scrapy sets it"
        if len(args) + bool(opts.bundle) + bool(opts.verify) != 1:
            raise UsageError("name one file to write, or --bundle DIR, or --verify DIR", print_help=False)
        try:
            if opts.verify:
                self.exitcode = _verify(self.settings, Path(opts.verify))
                return
            selection = selection_of(opts)
            with closing(open_existing(self.settings)) as store:
                if opts.bundle:
                    count = _bundle(store, self.settings, selection, opts)
                else:
                    count = _write(store, selection, Path(args[0]), opts.format)
        except UserError as refusal:
            print(f"kompas_global: {refusal}", file=sys.stderr)
            self.exitcode = BUSY if isinstance(refusal, StoreBusy) else REFUSED
            return
        print(f"kompas_global: {count} records in {opts.bundle or args[0]}", file=sys.stderr)


def selection_of(opts: argparse.Namespace) -> Selection:
    """
    :raises BadArgument: a day that is none, or a span that ends before it begins.
    """
    since, until = moments_of(days_of(opts))
    return Selection(
        since=since,
        until=until,
        sections=frozenset(filter(None, opts.section.split(","))),
        kinds=frozenset(filter(None, opts.kind.split(","))),
        complete_only=opts.complete,
        revisions=Revisions(opts.revisions),
    )


def _write(store: Store, selection: Selection, out: Path, format_name: str | None) -> int:
    if (format_name or out.suffix.removeprefix(".")) in SQLITE:
        with written_aside(out) as aside:
            return store.copy(selection, aside)
    format_name = format_of(out, format_name)
    with written_aside(out) as aside:
        found = store.records(selection, json_text=format_name in AS_JSON)
        records = counted_line("export", found, store.count(selection))
        return write_records(records, aside, format_name)


def _bundle(store: Store, settings: BaseSettings, selection: Selection, opts: argparse.Namespace) -> int:
    """Under the run lock: a release shows one state of the store."""
    try:
        from crawler.dataset.bundle import write_bundle
    except ModuleNotFoundError as error:
        raise BadArgument(NO_PYARROW) from error
    plan = plan_of(opts.split, opts.split_by, opts.seed) if opts.split else None
    lock = RunLock(store.target)
    lock.acquire(wait=0)
    try:
        asked = {name: getattr(opts, name) for name in FILTERS if getattr(opts, name)}
        release = release_of(store, settings, selection, asked, days_of(opts), Text(opts.text), plan)
        records = counted_line("bundle", release.records, store.count(selection))
        with filled_aside(Path(opts.bundle)) as aside:
            return write_bundle(replace(release, records=iter(records)), aside).records
    finally:
        lock.release()


def _verify(settings: BaseSettings, folder: Path) -> int:
    """Prints a line for each fault, and for each record of a stand-off edition that the store does not give back."""
    try:
        from crawler.dataset.verify import verify
    except ModuleNotFoundError as error:
        raise BadArgument(NO_PYARROW) from error
    checked = verify(folder)
    for fault in checked.faults:
        print(fault)
    print(f"kompas_global: {checked.records} records, {len(checked.faults)} faults", file=sys.stderr)
    found: Counter[str] = Counter()
    if checked.is_stand_off and is_there(target_of(settings)):
        with closing(open_existing(settings)) as store:
            for story, revision, state in rebuilt(store, checked.hashes):
                found[state] += 1
                if state != "same":
                    print(f"{story} revision {revision}: {state}")
        told = ", ".join(f"{found[state]} {state}" for state in ("same", "different", "missing"))
        print(f"kompas_global: texts in {shown(target_of(settings))}: {told}", file=sys.stderr)
    return FAULTY if checked.faults or found["different"] or found["missing"] else 0
