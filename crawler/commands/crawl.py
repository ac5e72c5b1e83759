"""`scrapy crawl`: Scrapy's command, which ends with a status and a line that say whether the run was healthy."""

import argparse
import os
import socket
import sys
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy.commands.crawl import Command as CrawlCommand
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import UsageError
from scrapy.settings import SETTINGS_PRIORITIES

from crawler.arguments import ARGUMENTS, parse_arguments
from crawler.clock import duration_text
from crawler.commands.base import ExitStatus, KompasCommand, run_lock, target_of
from crawler.commands.streams import print_message
from crawler.dataset.aside import is_stream
from crawler.errors import BadArgument, StoreBusy, UnusableStore, UnwritableFile, UserError
from crawler.extensions.heartbeat import beat, beats_at
from crawler.extensions.verdict import Verdict
from crawler.health.causes import STATUS, Cause
from crawler.health.judgement import STOPPED
from crawler.health.pulse import Pulse
from crawler.outputs import local_path
from crawler.storage import Store, shown


class Command(KompasCommand, CrawlCommand):
    requires_crawler_process = True
    stopped = STOPPED
    argument_needed = "name one spider of this project: kompas_global"

    def syntax(self) -> str:
        return "[options] kompas_global"

    def short_desc(self) -> str:
        return "Crawl the section, or read it from WARC files; exit 0 only if the run was healthy"

    def long_desc(self) -> str:
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

    def tell_refusal(self, refusal: UserError) -> None:
        """Write the refusal into the heartbeat, if there is one."""
        named = str(self.checked_settings["KOMPAS_HEARTBEAT"])
        cause = Cause.BUSY if isinstance(refusal, StoreBusy) else Cause.REFUSED
        try:
            if named and beats_at(Path(named)):
                beat(Path(named), Pulse(datetime.now(UTC), cause, "the run was refused", [str(refusal)]))
        except (OSError, UnwritableFile) as error:
            print_message(f"the heartbeat {named} cannot be written: {error}")

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        if args[0] not in self._process.spider_loader.list():
            raise UsageError(self.argument_needed, print_help=False)
        return self.crawl(args[0], opts.spargs)

    def crawl(self, spider: str, arguments: Mapping[str, Any]) -> int:
        """Crawl while no other run uses the store, and return the exit status.

        :raises StoreBusy: another run uses the store, and `-a wait=` is over.
        :raises UserError: the run was refused before its first request.
        """
        refuse_unwritable(self._process.settings.getdict("FEEDS"))
        wait = parse_arguments(arguments, datetime.now(UTC)).wait  # a wrong argument leaves nothing, not even a lock
        target = target_of(self.checked_settings)
        with ExitStack() as stack:
            try:
                stack.enter_context(run_lock(target, wait))
            except StoreBusy as busy:
                raise StoreBusy(f"{busy}{_owner(target)}; wait for it with -a wait=SECONDS") from busy
            return self._crawl(spider, arguments)

    def _crawl(self, spider: str, arguments: Mapping[str, Any]) -> int:
        """Run the crawl, print its verdict, and return the exit status.

        :raises UserError: the spider or a component refused the run before its first request.
        """
        crawler = self._create_crawler(spider)
        run = self._process.crawl(crawler, **arguments)
        self._process.start()
        refusal = run.exception() if run.done() else None
        if refusal is not None:
            raise refusal
        return _print_verdict(crawler.get_extension(Verdict), target_of(self.checked_settings))

    @property
    def _process(self) -> AsyncCrawlerProcess:
        process = self.crawler_process
        assert isinstance(process, AsyncCrawlerProcess), "the settings keep Scrapy's asyncio reactor"
        return process


def refuse_unwritable(targets: Iterable[str]) -> None:
    """Raise an error for a feed that cannot be written, before Scrapy logs a traceback for each item.

    :param targets: keys of Scrapy's `FEEDS`. Only local files are checked, not `stdout:` or `s3://`.
    :raises BadArgument: a local file that cannot be made.
    """
    for target in targets:
        path = local_path(target)
        if path is None or is_stream(path):
            continue
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=path.parent):
                pass
        except OSError as error:
            raise BadArgument(f"the feed {target} cannot be written ({error.strerror}); give another file") from error
        if path.is_dir():
            raise BadArgument(f"the feed {target} is a folder; give a file")


def _owner(target: str) -> str:
    """Return which run uses the store, for an error message; empty if the store cannot be read or does not say."""
    try:
        with closing(Store.to_read(target)) as store:
            run = store.runs.at_work()
    except UnusableStore:  # of another version, or being made: the lock says enough
        return ""
    if run is None or _is_dead(run["host"], run["pid"]):
        return ""
    hours = (datetime.now(UTC) - run["started_at"]).total_seconds() / 3600
    return f": run {run['id']} ({run['job']}), process {run['pid']} on {run['host']}, for {hours:.1f} hours"


def _is_dead(host: str, pid: int) -> bool:
    """Return whether it is a process of this machine that has ended."""
    if host != socket.gethostname():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:  # a process of another user
        return False
    return False


def _print_verdict(verdict: Verdict | None, target: str) -> int:
    """Print the result of the run and return the exit status.

    :param target: path or address of the store.
    """
    judgement = verdict.judgement if verdict else None
    if verdict is None or judgement is None:  # a signal came before the first request, or a second one after the first
        print_message(STOPPED)
        return ExitStatus.UNHEALTHY
    print_message(judgement.summary)
    print_message(f"took {duration_text(verdict.seconds)}; the store is {shown(target)}")
    reasons = [reason for reason in judgement.reasons if reason != STOPPED]
    if reasons:
        print_message(f"not healthy: {'; '.join(reasons)}")
    if STOPPED in judgement.reasons:
        print_message(STOPPED)
    return STATUS[verdict.cause]
