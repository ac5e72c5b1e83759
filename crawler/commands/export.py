"""`scrapy export OUT`: write the store as a file; `--bundle DIR`: as a release; `--verify DIR`: check a release."""

import argparse
from collections import Counter
from dataclasses import replace
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.commands.base import ExitStatus, KompasCommand, target_of
from crawler.commands.export_options import SQLITE, refuse_in_check, refuse_in_file, refuse_in_release
from crawler.commands.filters import SELECTING, add_filters, conditions_text, selection_of
from crawler.commands.one_file import STDOUT, WHAT, format_name_of, write_file
from crawler.commands.releases import Wanted, never_compared, rebuilt, release_of
from crawler.commands.spans import days_of
from crawler.commands.streams import print_line, print_message
from crawler.dataset.about import About, read_about
from crawler.dataset.aside import filled_aside
from crawler.dataset.delta import Earlier, read_earlier
from crawler.dataset.edition import Extra, Text, edition_of
from crawler.dataset.formats import FORMATS, NO_PYARROW, Written
from crawler.dataset.splits import By, plan_of
from crawler.dedupe.likeness import Likeness
from crawler.errors import BadArgument
from crawler.extensions.progress import counted_line
from crawler.storage import Revisions, is_there, shown


class Command(KompasCommand, ScrapyCommand):
    def syntax(self) -> str:
        return "[options] OUT | --bundle DIR | --verify DIR"

    def short_desc(self) -> str:
        return "Write the store as a dataset (JSON Lines, CSV, Excel, Parquet, SQLite, a whole release), or check one"

    def long_desc(self) -> str:
        return (
            f"Write the store as one file, OUT, whose ending gives the format ({', '.join(FORMATS)}, db), "
            "or as a release, or check a release. OUT may be -, standard output. The exit status is 1 if no article "
            "meets the filters, so that nothing was written, or if the checked release is faulty."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--format", choices=[*FORMATS, SQLITE[1]], help="format, if the ending of OUT is another")
        parser.add_argument(
            "--what",
            choices=WHAT,
            help="the table of a file: articles; changes, from revision to revision; words, counted for each article "
            "(default: articles)",
        )
        parser.add_argument("--search", metavar="WORDS", help="only articles with all of these words, as scrapy search")
        add_filters(parser)
        parser.add_argument("--complete", action="store_true", help="only articles of which all pages were read")
        parser.add_argument(
            "--revisions",
            choices=[each.value for each in Revisions],
            help="which revisions of an article (default: latest)",
        )
        parser.add_argument(
            "--no-bom", action="store_true", help="begin .csv and .tsv without the mark by which Excel knows UTF-8"
        )
        parser.add_argument("--bundle", metavar="DIR", help="write a release: data by month, card, checksums")
        parser.add_argument("--verify", metavar="DIR", help="check a release: print each fault")
        parser.add_argument(
            "--since-release",
            metavar="OLD",
            help="an earlier release: list in delta.csv which stories were added, removed and edited since; with "
            "--verify, compare that list again",
        )
        parser.add_argument("--about", metavar="FILE", help="TOML file with title, creators, licence of a release")
        parser.add_argument(
            "--text",
            choices=[each.value for each in Text],
            help="none: leave out all texts, so that the file or release may be published (default: full)",
        )
        parser.add_argument(
            "--with",
            dest="extras",
            action="append",
            choices=[each.value for each in Extra],
            help="add to --text none: names, the writers and editors; to a release: words, the words of each article "
            "with their counts",
        )
        parser.add_argument("--split", metavar="SHARES", help="parts of a release: train=80,validation=10,test=10")
        parser.add_argument(
            "--split-by",
            choices=[each.value for each in By],
            help="how articles are assigned to the parts (default: time)",
        )
        parser.add_argument("--seed", type=int, help="seed of --split-by random and cluster (default: 0)")

    def check_arguments(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) + bool(opts.bundle) + bool(opts.verify) != 1:
            raise UsageError("name one file to write, or --bundle DIR, or --verify DIR", print_help=False)
        days_of(opts)  # a slip is refused before a lock is taken

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        if opts.verify:
            refuse_in_check(opts, SELECTING)
            return self._verify(Path(opts.verify), opts)
        written = self._bundle(opts) if opts.bundle else self._file(args[0], opts)
        out = opts.bundle or args[0]
        if not written.records:
            print_message(self._nothing(out, opts))
            return ExitStatus.NOTHING
        print_message(f"{written.records} records {'on standard output' if out == STDOUT else f'in {out}'}")
        if written.loss:
            print_message(written.loss)
        return ExitStatus.HEALTHY

    def _nothing(self, out: str, opts: argparse.Namespace) -> str:
        """Return the message for a selection without records."""
        conditions = conditions_text(opts, opts.search)
        what = "change" if opts.what == "changes" else "article"
        there = f"no {what} in the store {shown(target_of(self.checked_settings))}"
        unwritten = "nothing was written" if out == STDOUT else f"{out} was not written"
        return f"{there}{' meets ' if conditions else ''}{conditions}; {unwritten}"

    def _file(self, out: str, opts: argparse.Namespace) -> Written:
        """Write one file, or standard output.

        :raises BadArgument: the format is unknown, or an option has no meaning for it.
        """
        format_name = format_name_of(out, opts.format)
        refuse_in_file(opts, format_name)
        if out != STDOUT:
            self.output(out)
        with self.open_store() as store:
            return write_file(store, selection_of(store, opts, opts.search), out, format_name, opts)

    def _bundle(self, opts: argparse.Namespace) -> Written:
        """Write a release under the run lock, so that it shows one state of the store."""
        try:
            from crawler.dataset.bundle import write_bundle
        except ModuleNotFoundError as error:
            raise BadArgument(NO_PYARROW) from error
        refuse_in_release(opts)
        folder = self.output(opts.bundle, is_folder=True)
        plan = plan_of(opts.split, opts.split_by or By.TIME.value, opts.seed or 0) if opts.split else None
        about = read_about(Path(opts.about)) if opts.about else About()
        earlier = self._earlier(opts)
        self._compare_all()
        with self.open_store(alone=True) as store:
            selection = selection_of(store, opts, opts.search)
            total = store.count(selection)
            if not total:
                return Written(0)
            asked = {name: getattr(opts, name) for name in SELECTING if getattr(opts, name)}
            asked["revisions"] = selection.revisions.value
            edition = edition_of(opts.text, opts.extras or ())
            release = release_of(store, selection, days_of(opts), Wanted(asked, edition, plan, about, earlier))
            records = counted_line("bundle", release.records, total)
            with filled_aside(folder) as aside:
                return Written(write_bundle(replace(release, records=iter(records)), aside).records)

    def _earlier(self, opts: argparse.Namespace) -> Earlier | None:
        """Return the release of `--since-release`.

        :raises BadArgument: it is none, or cannot be read.
        """
        if not opts.since_release:
            return None
        from crawler.dataset.manifest import read_manifest

        folder = Path(opts.since_release)
        return read_earlier(folder, read_manifest(folder))

    def _compare_all(self) -> None:
        """Compare stories that no command compared with the others, so that near-duplicates stay in one part.

        Such are the stories of a store that an earlier version wrote.
        """
        with self.open_store(alone=True) as store:
            if not never_compared(store):
                return
        with self.open_store(alone=True, writes=True) as store:
            compared = store.label_all(Likeness)
        print_message(f"{compared} stories had no near-duplicate keys; they were compared with the others first")

    def _verify(self, folder: Path, opts: argparse.Namespace) -> int:
        """Print each fault of a release and return the exit status.

        A release without texts is compared with the store, if there is one: each record whose text the store does not
        hold is printed.
        """
        try:
            from crawler.dataset.verify import verify
        except ModuleNotFoundError as error:
            raise BadArgument(NO_PYARROW) from error
        checked = verify(folder, self._earlier(opts))
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
