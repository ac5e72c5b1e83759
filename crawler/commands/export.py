"""`scrapy export OUT`: write the store as a file; `--bundle DIR`: as a release; `--verify DIR`: check a release."""

import argparse
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Final

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.commands.base import ExitStatus, KompasCommand, target_of
from crawler.commands.releases import rebuilt, release_of
from crawler.commands.spans import add_span, days_of, moments_of
from crawler.commands.streams import print_line, print_message
from crawler.dataset.aside import filled_aside, is_stream, written_aside
from crawler.dataset.edition import Text
from crawler.dataset.formats import AS_JSON, FORMATS, NO_PYARROW, format_of, write_records
from crawler.dataset.splits import By, plan_of
from crawler.errors import BadArgument
from crawler.extensions.progress import counted_line
from crawler.storage import Revisions, Selection, Store, is_there, shown

SQLITE: Final = ("db", "sqlite")
"""Endings and formats of a database; the store copies itself."""
FILTERS: Final = ("since", "until", "section", "kind", "complete", "revisions")


class Command(KompasCommand, ScrapyCommand):
    def syntax(self) -> str:
        return "[options] OUT | --bundle DIR | --verify DIR"

    def short_desc(self) -> str:
        return "Write the store as a dataset (JSON Lines, CSV, Parquet, SQLite, a whole release), or check one"

    def long_desc(self) -> str:
        return (
            "Write the store as one file, OUT, whose ending gives the format (.jsonl, .jsonl.gz, .csv, .parquet, .db), "
            "or as a release, or check a release. The exit status is 1 if the checked release is faulty."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--format", choices=[*FORMATS, SQLITE[1]], help="format, if the ending of OUT is another")
        add_span(parser)
        parser.add_argument("--section", metavar="NAMES", default="", help="only these, such as Global,Internasional")
        parser.add_argument("--kind", metavar="NAMES", default="", help="only these, such as article,digest,column")
        parser.add_argument("--complete", action="store_true", help="only articles of which all pages were read")
        parser.add_argument(
            "--revisions",
            choices=[each.value for each in Revisions],
            default="latest",
            help="which revisions of an article (default: latest)",
        )
        parser.add_argument("--bundle", metavar="DIR", help="write a release: data by month, card, checksums")
        parser.add_argument("--verify", metavar="DIR", help="check a release: print each fault")
        parser.add_argument(
            "--text",
            choices=[each.value for each in Text],
            default="full",
            help="none: a release without texts, which may be published (default: full)",
        )
        parser.add_argument("--split", metavar="SHARES", help="parts of a release: train=80,validation=10,test=10")
        parser.add_argument(
            "--split-by",
            choices=[each.value for each in By],
            default="time",
            help="how articles are assigned to the parts (default: time)",
        )
        parser.add_argument("--seed", type=int, default=0, help="seed of --split-by random and cluster (default: 0)")

    def check_arguments(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) + bool(opts.bundle) + bool(opts.verify) != 1:
            raise UsageError("name one file to write, or --bundle DIR, or --verify DIR", print_help=False)

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        if opts.verify:
            return self._verify(Path(opts.verify))
        selection = selection_of(opts)
        if opts.bundle:
            count = self._bundle(selection, self.output(opts.bundle, is_folder=True), opts)
        else:
            out = self.output(args[0])
            with self.open_store() as store:
                count = _write(store, selection, out, opts.format)
        print_message(f"{count} records in {opts.bundle or args[0]}")
        return ExitStatus.HEALTHY

    def _bundle(self, selection: Selection, folder: Path, opts: argparse.Namespace) -> int:
        """Write a release under the run lock, so that it shows one state of the store; return its records."""
        try:
            from crawler.dataset.bundle import write_bundle
        except ModuleNotFoundError as error:
            raise BadArgument(NO_PYARROW) from error
        plan = plan_of(opts.split, opts.split_by, opts.seed) if opts.split else None
        with self.open_store(alone=True) as store:
            asked = {name: getattr(opts, name) for name in FILTERS if getattr(opts, name)}
            release = release_of(store, self.checked_settings, selection, asked, days_of(opts), Text(opts.text), plan)
            if not store.count(selection):
                raise BadArgument("no article fits these options, and a release needs one; give others")
            records = counted_line("bundle", release.records, store.count(selection))
            with filled_aside(folder) as aside:
                return write_bundle(replace(release, records=iter(records)), aside).records

    def _verify(self, folder: Path) -> int:
        """Print each fault of a release and return the exit status.

        A release without texts is compared with the store, if there is one: each record whose text the store does not
        hold is printed.
        """
        try:
            from crawler.dataset.verify import verify
        except ModuleNotFoundError as error:
            raise BadArgument(NO_PYARROW) from error
        checked = verify(folder)
        for fault in checked.faults:
            print_line(fault)
        print_message(f"{checked.records} records, {len(checked.faults)} faults")
        found: Counter[str] = Counter()
        target = target_of(self.checked_settings)
        if checked.is_stand_off and is_there(target):
            with self.open_store() as store:
                for story, revision, state in rebuilt(store, checked.hashes):
                    found[state] += 1
                    if state != "same":
                        print_line(f"{story} revision {revision}: {state}")
            counts = ", ".join(f"{found[state]} {state}" for state in ("same", "different", "missing"))
            print_message(f"texts in {shown(target)}: {counts}")
        is_faulty = checked.faults or found["different"] or found["missing"]
        return ExitStatus.FAULTY if is_faulty else ExitStatus.HEALTHY


def selection_of(opts: argparse.Namespace) -> Selection:
    """Return which records the options select.

    :raises BadArgument: a text is not a day, or the last day is before the first.
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
    """Write one file and return the number of records.

    :raises UserError: the format is unknown, or the file cannot be written.
    """
    if (format_name or out.suffix.removeprefix(".")) in SQLITE:
        if is_stream(out):
            raise BadArgument(f"{out} is a device or a pipe, which can hold no database; name a file")
        with written_aside(out) as aside:
            return store.copy(selection, aside)
    format_name = format_of(out, format_name)
    with written_aside(out) as aside:
        found = store.records(selection, json_text=format_name in AS_JSON)
        records = counted_line("export", found, store.count(selection))
        return write_records(records, aside, format_name)
