"""`scrapy search WORDS`: print the articles with these words, and the sentences that hold them."""

import argparse

from scrapy.exceptions import UsageError

from crawler.commands.base import KompasCommand


class Command(KompasCommand):
    def syntax(self) -> str:
        return "[options] WORDS"

    def short_desc(self) -> str:
        return "Print the articles with all of these words: date, title, address, the sentences with the words"

    def long_desc(self) -> str:
        return (
            "Print the articles whose title and text have all of the words, oldest first, with the sentences that hold "
            "one of them. Capitals and accents do not matter. '\"two words\"' is a phrase, 'ukrain*' the beginning "
            "of a word. `scrapy export --search` writes the same articles into a file."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        from crawler.commands.filters import add_filters

        super().add_options(parser)
        add_filters(parser)

    def check_arguments(self, args: list[str], opts: argparse.Namespace) -> None:
        if not args:
            raise UsageError("name the words to find: scrapy search WORDS", print_help=False)

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        from crawler.commands.search import search

        return search(self, args, opts)
