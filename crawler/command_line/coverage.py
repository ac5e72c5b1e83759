"""`scrapy coverage`: for each index day, what the index lists, what is stored, and what is not stored and why."""

import argparse

from crawler.commands.base import KompasCommand


class Command(KompasCommand):
    def short_desc(self) -> str:
        return "Compare the index with the store; exit 1 if a day has missing stories"

    def long_desc(self) -> str:
        return (
            "Print for each index day how many stories the index lists, and how many of them are stored, excluded, "
            "failed and missing. A day whose index lists nothing is short, too. The exit status is 1 if a day is "
            "short, or if there is no day. --fields prints the share of stored articles with each field instead."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        from crawler.commands.coverage_table import LENGTHS
        from crawler.commands.spans import add_span

        super().add_options(parser)
        add_span(parser, "index day (WIB)")
        parser.add_argument("--by", choices=("day", *LENGTHS), default="day", help="totals by month or by year")
        parser.add_argument("--short", action="store_true", help="only the days, months or years that are short")
        parser.add_argument("--fields", action="store_true", help="share of the stored articles with each field")
        parser.add_argument("--json", action="store_true", help="one JSON object a line, with the stories not stored")
        parser.add_argument("--runs", action="store_true", help="list the runs and their verdicts, newest first")

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        from crawler.commands.spans import days_of

        days = days_of(opts)
        with self.open_store() as store:
            if opts.runs:
                from crawler.commands.coverage_runs import print_runs

                return print_runs(store.runs.newest_first(), opts.json)
            if opts.fields:
                from crawler.commands.coverage_fields import print_fields

                return print_fields(store, days, opts.json)
            from crawler.commands.coverage import print_days

            return print_days(store.coverage(*days), opts)
