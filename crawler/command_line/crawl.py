"""`scrapy crawl`: Scrapy's command, which ends with a status and a line that say whether the run was healthy."""

import argparse
import sys
from collections.abc import Mapping
from functools import partial
from typing import Any

from scrapy.commands.crawl import Command as CrawlCommand
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import UsageError
from scrapy.settings import SETTINGS_PRIORITIES

from crawler.commands.base import KompasCommand
from crawler.errors import UserError


class Command(KompasCommand, CrawlCommand):
    requires_crawler_process = True
    argument_needed = "name one spider of this project: kompas_global"

    def syntax(self) -> str:
        return "[options] kompas_global"

    def short_desc(self) -> str:
        return "Crawl the section, or read it from WARC files; exit 0 only if the run was healthy"

    def long_desc(self) -> str:
        from crawler.arguments import ARGUMENTS

        return (
            "Crawl the index days of today and yesterday, or what the -a arguments say: "
            f"{', '.join(ARGUMENTS)}. docs/settings.md explains them and the settings. The exit status is 0 for a "
            "healthy run, 2 for one that did not start, 3 if another run uses the store. With any other it was not "
            "healthy: 4 blocked, 5 site down, 6 disk or store, 7 changed pages, 8 missing stories, 1 other."
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Take the options. At a terminal the default log level is WARNING, because the progress line says the rest."""
        super().process_options(args, opts)
        settings = self.checked_settings
        at_terminal = sys.stderr.isatty() and not settings["LOG_FILE"]
        if at_terminal and settings.getpriority("LOG_LEVEL") != SETTINGS_PRIORITIES["cmdline"]:
            settings.set("LOG_LEVEL", "WARNING", priority="cmdline")

    def stopped(self) -> str:
        from crawler.health.judgement import STOPPED

        return STOPPED

    def tell_refusal(self, refusal: UserError) -> None:
        """Write the refusal into the heartbeat, if there is one."""
        from crawler.commands.crawl import beat_refusal

        beat_refusal(str(self.checked_settings["KOMPAS_HEARTBEAT"]), refusal)

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        if args[0] not in self._process.spider_loader.list():
            raise UsageError(self.argument_needed, print_help=False)
        return self.crawl(args[0], opts.spargs)

    def crawl(self, spider: str, arguments: Mapping[str, Any]) -> int:
        """Crawl while no other run uses the store, and return the exit status.

        :raises UserError: the run was refused before its first request.
        """
        from crawler.commands.crawl import crawl

        return crawl(self._process, partial(self._create_crawler, spider), arguments, self.target)

    @property
    def _process(self) -> AsyncCrawlerProcess:
        process = self.crawler_process
        assert isinstance(process, AsyncCrawlerProcess), "the settings keep Scrapy's asyncio reactor"
        return process
