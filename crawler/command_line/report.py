"""`scrapy report OUT.html`: write one page of charts about the store."""

import argparse

from crawler.commands.base import KompasCommand


class Command(KompasCommand):
    argument_needed = "name one file to write: scrapy report OUT.html"

    def syntax(self) -> str:
        return "[options] OUT.html"

    def short_desc(self) -> str:
        return "Draw what is in the store: one HTML page that needs no network"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        from crawler.commands.spans import add_span

        super().add_options(parser)
        add_span(parser)

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        from crawler.commands.report import draw_report

        return draw_report(self, args, opts)
