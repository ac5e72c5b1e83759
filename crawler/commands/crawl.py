"""`scrapy crawl`: Scrapy's command, which ends with a status and a line that say whether the run was healthy."""

import os
import socket
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess, Crawler

from crawler.arguments import parse_arguments
from crawler.clock import duration_text
from crawler.commands.base import ExitStatus, run_lock
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


def crawl(
    process: AsyncCrawlerProcess, create: Callable[[], Crawler], arguments: Mapping[str, Any], target: str
) -> int:
    """Crawl while no other run uses the store, print the verdict, and return the exit status.

    :param create: makes the crawler, once the lock is held.
    :param target: path or address of the store.
    :raises StoreBusy: another run uses the store, and `-a wait=` is over.
    :raises UserError: the run was refused before its first request.
    """
    refuse_unwritable(process.settings.getdict("FEEDS"))
    wait = parse_arguments(arguments, datetime.now(UTC)).wait  # a wrong argument leaves nothing, not even a lock
    with ExitStack() as stack:
        try:
            stack.enter_context(run_lock(target, wait))
        except StoreBusy as busy:
            raise StoreBusy(f"{busy}{_owner(target)}; wait for it with -a wait=SECONDS") from busy
        crawler = create()
        run = process.crawl(crawler, **arguments)
        process.start()
        refusal = run.exception() if run.done() else None
        if refusal is not None:
            raise refusal
        return _print_verdict(crawler.get_extension(Verdict), target)


def beat_refusal(named: str, refusal: UserError) -> None:
    """Write a refusal into a heartbeat.

    :param named: path of the heartbeat; empty if there is none.
    """
    cause = Cause.BUSY if isinstance(refusal, StoreBusy) else Cause.REFUSED
    try:
        if named and beats_at(Path(named)):
            beat(Path(named), Pulse(datetime.now(UTC), cause, "the run was refused", [str(refusal)]))
    except (OSError, UnwritableFile) as error:
        print_message(f"the heartbeat {named} cannot be written: {error}")


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
