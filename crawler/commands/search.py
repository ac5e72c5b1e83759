"""`scrapy search WORDS`: print the articles with these words, and the sentences that hold them."""

import argparse
from collections.abc import Mapping, Sequence
from typing import Any

from crawler.commands.base import ExitStatus, KompasCommand
from crawler.commands.filters import conditions_text, selection_of
from crawler.commands.streams import print_line, print_message
from crawler.kompas.text.sentences import sentences_of
from crawler.storage import Term, shown


def search(command: KompasCommand, args: list[str], opts: argparse.Namespace) -> int:
    """Print the articles that the words and the options select."""
    search, count = " ".join(args), 0
    with command.open_store() as store:
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
