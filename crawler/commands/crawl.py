"""`scrapy crawl`: Scrapy's command, but a run that was not healthy says why in one line and does not exit with 0."""

import argparse
import os
import socket
import sys
from contextlib import closing
from datetime import UTC, datetime
from typing import Final

from scrapy.commands.crawl import Command as CrawlCommand
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import UsageError

from crawler.arguments import parse_arguments
from crawler.commands.coverage import target_of
from crawler.commands.feeds import refuse_unwritable
from crawler.errors import StoreBusy, UnusableStore, UserError
from crawler.extensions.verdict import Verdict
from crawler.storage import RunLock, Store

UNHEALTHY: Final = 1
"""Exit status of a run that ended, but is less than it should be."""
REFUSED: Final = 2
"""Exit status of a run that did not start: a wrong argument, an unreadable archive, an unusable store."""
BUSY: Final = 3
"""Exit status of a run that did not start because another one is at work in the same store."""


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
            self.exitcode = self.crawl_alone(args[0], opts.spargs)
        except UserError as refusal:
            print(f"kompas_global: {refusal}", file=sys.stderr)
            self.exitcode = BUSY if isinstance(refusal, StoreBusy) else REFUSED

    def crawl_alone(self, spider: str, arguments: dict[str, str]) -> int:
        """Crawls while no other run is at work in the store; gives the exit status.

        :raises UserError: what was refused before the first request.
        """
        wait = parse_arguments(arguments, datetime.now(UTC)).wait  # a wrong argument leaves no trace, not even a lock
        assert self.settings is not None, "Scrapy sets it"
        target = target_of(self.settings)
        lock = RunLock(target)
        try:
            lock.acquire(wait)
        except StoreBusy as busy:
            raise StoreBusy(f"{busy}{_owner(target)}; wait for it with -a wait=SECONDS") from busy
        try:
            return self._crawl(spider, arguments)
        finally:
            lock.release()

    def _crawl(self, spider: str, arguments: dict[str, str]) -> int:
        """
        :raises UserError: what the spider or a component refused before the first request.
        """
        process = self.crawler_process
        assert isinstance(process, AsyncCrawlerProcess), "settings leave Scrapy's asyncio reactor on"
        crawler = self._create_crawler(spider)
        run = process.crawl(crawler, **arguments)
        process.start()
        refusal = run.exception() if run.done() else None
        if refusal is not None:
            raise refusal
        return _status_told(crawler.get_extension(Verdict))


def _owner(target: str) -> str:
    """Return which run is at work in a store, if the store can be read and says it."""
    try:
        with closing(Store.to_read(target)) as store:
            run = store.runs.at_work()
    except UnusableStore:  # of another version, or being made: that it is locked is enough to know
        return ""
    if run is None or _is_dead(run["host"], run["pid"]):  # the other one has only just begun
        return ""
    hours = (datetime.now(UTC) - run["started_at"]).total_seconds() / 3600
    return f": run {run['id']} ({run['job']}), process {run['pid']} on {run['host']}, for {hours:.1f} hours"


def _is_dead(host: str, pid: int) -> bool:
    """A process of this machine that is no more."""
    if host != socket.gethostname():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:  # somebody else's
        return False
    return False


def _status_told(verdict: Verdict | None) -> int:
    """Prints what the run came to; gives the exit status."""
    judgement = verdict.judgement if verdict else None
    if judgement is None:
        print("kompas_global: the run was stopped before it could be judged", file=sys.stderr)
        return UNHEALTHY
    print(f"kompas_global: {judgement.summary}", file=sys.stderr)
    if judgement.reasons:
        print(f"kompas_global: not healthy: {'; '.join(judgement.reasons)}", file=sys.stderr)
    return UNHEALTHY if judgement.reasons else 0
