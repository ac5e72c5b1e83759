"""`scrapy retry-failed`: request once more what failed; what succeeds is no failure any more."""

import argparse

from crawler.command_line.crawl import Command as CrawlCommand
from crawler.commands.base import ExitStatus


class Command(CrawlCommand):
    """A crawl of a list: articles, index days (from their first page on) and section pages."""

    argument_needed = ""

    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "Request once more the articles, index days and section pages that failed"

    def long_desc(self) -> str:
        return (
            "Request once more the articles, index days and section pages that failed. What succeeds is removed from "
            "the failures. The exit status is that of scrapy crawl; it is 0 if nothing failed."
        )

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        from crawler.commands.retry_failed import failed_urls

        urls = failed_urls(self)
        return self.crawl("kompas_global", {**opts.spargs, "urls": urls}) if urls else ExitStatus.HEALTHY
