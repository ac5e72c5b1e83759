"""`scrapy export OUT`: write the store as a file; `--bundle DIR`: as a release; `--verify DIR`: check a release."""

import argparse

from scrapy.exceptions import UsageError

from crawler.commands.base import KompasCommand


class Command(KompasCommand):
    def syntax(self) -> str:
        return "[options] OUT | --bundle DIR | --verify DIR"

    def short_desc(self) -> str:
        return "Write the store as a dataset (JSON Lines, CSV, Excel, Parquet, SQLite, a whole release), or check one"

    def long_desc(self) -> str:
        from crawler.dataset.formats import FORMATS

        return (
            f"Write the store as one file, OUT, whose ending gives the format ({', '.join(FORMATS)}, db), "
            "or as a release, or check a release. OUT may be -, standard output. The exit status is 1 if no article "
            "meets the filters, so that nothing was written, or if the checked release is faulty."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        from crawler.commands.export_options import SQLITE
        from crawler.commands.filters import add_filters
        from crawler.commands.one_file import WHAT
        from crawler.dataset.edition import Extra, Text
        from crawler.dataset.formats import FORMATS
        from crawler.dataset.splits import By
        from crawler.storage import Revisions

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
        from crawler.commands.spans import days_of

        if len(args) + bool(opts.bundle) + bool(opts.verify) != 1:
            raise UsageError("name one file to write, or --bundle DIR, or --verify DIR", print_help=False)
        days_of(opts)  # a slip is refused before a lock is taken

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        from crawler.commands.export import export

        return export(self, args, opts)
