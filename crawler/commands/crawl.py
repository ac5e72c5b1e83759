"""`scrapy crawl`: Scrapy's command, but a run that was not healthy says why in one line and does not exit with 0."""

import argparse
import sys
from typing import Final

from scrapy.commands.crawl import Command as CrawlCommand
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import UsageError

from crawler.commands.feeds import refuse_unwritable
from crawler.errors import UserError
from crawler.extensions.verdict import Verdict

UNHEALTHY: Final = 1
"""Exit status of a run that ended, but is less than it should be."""
REFUSED: Final = 2
"""Exit status of a run that did not start: a wrong argument, an unreadable archive, an unusable store."""


class Command(CrawlCommand):
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        process = self.crawler_process
        assert isinstance(process, AsyncCrawlerProcess), "settings leave Scrapy's asyncio reactor on"
        if len(args) != 1 or args[0] not in process.spider_loader.list():
            raise UsageError(
                f"name one spider of this project: {', '.join(process.spider_loader.list())}", print_help=False
            )
        try:
            refuse_unwritable(process.settings.getdict("FEEDS"))
            self.exitcode = self._crawl(process, args[0], opts.spargs)
        except UserError as refusal:
            print(f"kompas_global: {refusal}", file=sys.stderr)
            self.exitcode = REFUSED

    def _crawl(self, process: AsyncCrawlerProcess, spider: str, arguments: dict[str, str]) -> int:
        """
        :raises UserError: what the spider or a component refused before the first request.
        """
        crawler = self._create_crawler(spider)
        run = process.crawl(crawler, **arguments)
        process.start()
        refusal = run.exception() if run.done() else None
        if refusal is not None:
            raise refusal
        return _tell(crawler.get_extension(Verdict))


def _tell(verdict: Verdict | None) -> int:
    """Prints what the run came to; gives the exit status."""
    judgement = verdict.judgement if verdict else None
    if judgement is None:
        print("kompas_global: the run was stopped before it could be judged", file=sys.stderr)
        return UNHEALTHY
    print(f"kompas_global: {judgement.summary}", file=sys.stderr)
    if judgement.reasons:
        print(f"kompas_global: not healthy: {'; '.join(judgement.reasons)}", file=sys.stderr)
    return UNHEALTHY if judgement.reasons else 0
