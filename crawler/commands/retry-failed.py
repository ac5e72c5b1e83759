"""`scrapy retry-failed`: request once more what failed; what succeeds is no failure any more."""

import argparse

from crawler.commands.base import ExitStatus
from crawler.commands.crawl import Command as CrawlCommand
from crawler.commands.streams import print_message
from crawler.url_list import can_be_listed


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
        with self.open_store() as store:
            failed = [failure["url"] for failure in store.failures() if not failure["gone"]]
        urls = [url for url in failed if can_be_listed(url)]
        if len(urls) < len(failed):
            print_message(
                f"{len(failed) - len(urls)} failed that are no story, index day or front; see the table failures"
            )
        if not urls:
            print_message("nothing failed that could be tried again")
            return ExitStatus.HEALTHY
        return self.crawl("kompas_global", {**opts.spargs, "urls": urls})
