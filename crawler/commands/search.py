"""`scrapy search WORDS`: print the articles with these words, and the sentences that hold them."""

import argparse
from collections.abc import Mapping, Sequence
from typing import Any

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.commands.base import ExitStatus, KompasCommand
from crawler.commands.filters import add_filters, conditions_text, selection_of
from crawler.commands.streams import print_line, print_message
from crawler.kompas.text.sentences import sentences_of
from crawler.storage import Term, shown


class Command(KompasCommand, ScrapyCommand):
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
        super().add_options(parser)
        add_filters(parser)

    def check_arguments(self, args: list[str], opts: argparse.Namespace) -> None:
        if not args:
            raise UsageError("name the words to find: scrapy search WORDS", print_help=False)

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        search, count = " ".join(args), 0
        with self.open_store() as store:
            selection = selection_of(store, opts, search)
            for record in store.records(selection):
                count += 1
                for line in found_text(record, selection.terms).split("\n"):
                    print_line(line)
            if not count:
                filters = conditions_text(opts, None)
                with_filters = f" with {filters}" if filters else ""
                print_message(f"no article in the store {shown(store.target)} has {search}{with_filters}")
            else:
                print_message(f"{count} {'article' if count == 1 else 'articles'}")
        return ExitStatus.HEALTHY


def found_text(record: Mapping[str, Any], terms: Sequence[Term]) -> str:
    """Return an article as several lines: local time and title, address, each sentence with one of the terms."""
    sentences = [sentence for sentence in sentences_of(record["text"]) if any(term.is_in(sentence) for term in terms)]
    head = f"{record['published_at'][:16].replace('T', ' ')}  {record['title']}"
    return "\n    ".join((head, record["url"], *sentences)) + "\n"
