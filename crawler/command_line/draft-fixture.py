"""`scrapy draft-fixture`: write a page with invented text, and what the parser makes of it, into a folder."""

import argparse

from scrapy.exceptions import UsageError

from crawler.commands.base import KompasCommand


class Command(KompasCommand):
    def syntax(self) -> str:
        return "[options] PAGE FOLDER"

    def short_desc(self) -> str:
        return "Draft a fixture from a page: its markup with invented text, and what the parser makes of it"

    def long_desc(self) -> str:
        return (
            "Write page.html, article.json (or error.json) and meta.json into a new folder. PAGE is a file, plain or "
            "gzip-compressed, or the address of a stored or failed story. The page keeps its markup; every text, name "
            "and address becomes an invented one of the same length, so that the folder can be attached to a report. "
            "Long pages lose the elements that the reading of the article does not need. meta.json says "
            "`reviewed: false`: read article.json against page.html before you change it. The exit status is 1 if the "
            "parser reads the draft otherwise than the page."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--url", default="", help="address of the page, where its canonical link does not name it")
        parser.add_argument("--archive", metavar="FILES", default="", help="WARC files to read besides KOMPAS_WARC_DIR")

    def check_arguments(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 2:
            raise UsageError("name a page (a file, or the address of a stored story) and a new folder")

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        from crawler.commands.draft_fixture import draft_fixture

        return draft_fixture(self, args, opts)
