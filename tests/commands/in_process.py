"""A command in the process of the test, which costs a hundredth of a second in place of one."""

import argparse
from importlib import import_module

from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings


def command(name: str, **settings: object) -> ScrapyCommand:
    made: ScrapyCommand = import_module("crawler.command_line." + name.partition(" ")[0]).Command()
    made.settings = Settings(settings)
    return made


def run(name: str, *words: str, **settings: object) -> int:
    """Run a command in this process, as Scrapy does; return the exit status."""
    made = command(name, **{"KOMPAS_WARC_DIR": "", "KOMPAS_WORKERS": 1, **settings})
    parser = argparse.ArgumentParser(conflict_handler="resolve")
    made.add_options(parser)
    opts, args = parser.parse_known_args(words)
    made.process_options(args, opts)
    made.run(args, opts)
    return made.exitcode
