"""`scrapy reextract`: read every archived article again with today's parser, without the network."""

import argparse

from crawler.commands.base import KompasCommand


class Command(KompasCommand):
    def short_desc(self) -> str:
        return "Read every archived article again with today's parser; print which fields changed"

    def long_desc(self) -> str:
        return (
            "Read every archived article and failure again with today's parser, without network, and store what "
            "changed. The exit status is 1 if a record cannot be read any more, or its bytes are not there."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        from crawler.commands.spans import add_span

        super().add_options(parser)
        add_span(parser)
        parser.add_argument("--dry-run", action="store_true", help="print what would change, and store nothing")
        parser.add_argument(
            "--accept",
            action="store_true",
            help="accept what stories are marked with: it is theirs, is no alarm again, and held captures are stored",
        )
        parser.add_argument("--archive", metavar="FILES", default="", help="WARC files to read besides KOMPAS_WARC_DIR")

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        from crawler.commands.reextract import reextract

        return reextract(self, args, opts)
