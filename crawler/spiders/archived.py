"""`-a archive=`: stories out of WARC files as items. No request is sent to the site."""

import logging
import sqlite3
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider

from crawler.archive.extract.archive import StoryArchive, scan_slice
from crawler.archive.extract.story import Extracted, Fault
from crawler.archive.files import each_source
from crawler.clock import utc_now
from crawler.errors import BadArgument, FinishReason, WorkersLost
from crawler.executor import open_executor
from crawler.health.run_counts import first_of
from crawler.items import Failure
from crawler.kompas.links import excluded_by
from crawler.kompas.urls import article_id
from crawler.ledger_facts import Fact
from crawler.story_item import StoryItem
from crawler.visible import visible

logger = logging.getLogger(__name__)


async def archived_stories(crawler: Crawler, archive: str) -> AsyncGenerator[StoryItem | Failure | Fact]:
    """Yield every story of the archive with all revisions that its captures show.

    Counts `kompas/archive/<what>`; `bytes_read`, `files_read` and `stories_read` grow during the run. A file or address
    that cannot be read is counted in `sources_failed` and named in `kompas/run/source_error`; all others are read.

    :raises CloseSpider: reading cannot go on; `kompas/run/archive_error` says why.
    """
    try:
        async for output in _stories(crawler, archive):
            yield output
    except (WorkersLost, BadArgument) as error:
        _give_up(crawler, str(error))
    except OSError as error:
        _give_up(crawler, f"reading the archive was interrupted ({error}); check the disk, then run again")
    except sqlite3.Error as error:
        _give_up(crawler, f"no list of the archive's records can be kept ({error}); is TMPDIR full? then run again")


def _give_up(crawler: Crawler, why: str) -> NoReturn:
    crawler.stats.set_value("kompas/run/archive_error", visible(why))
    raise CloseSpider(FinishReason.ARCHIVE_ERROR.value)


async def _stories(crawler: Crawler, archive: str) -> AsyncIterator[StoryItem | Failure | Fact]:
    stats = crawler.stats
    with (
        TemporaryDirectory(prefix="kompas-archive-") as scratch,
        open_executor(crawler.settings, scan_slice) as (executor, in_flight),
        closing(StoryArchive(each_source(archive), Path(scratch), executor, in_flight)) as stories,
    ):
        async for done in stories.scan():
            stats.inc_value("kompas/archive/bytes_read", done)
            stats.set_value("kompas/archive/files_read", stories.files)
            _note_failures(crawler, stories.failures)
        for file, places in stories.damage.items():
            stats.inc_value("kompas/archive/damaged_places", places)
            logger.warning("The archive %s is damaged in %d place(s), which were passed over", file, places)
        stats.set_value("kompas/archive/stories", stories.counts["stories"])
        async for extracted in stories.stories():
            stats.inc_value("kompas/archive/stories_read")
            _note_failures(crawler, stories.failures)
            for output in outputs_of(extracted, crawler):
                yield output
        _note_failures(crawler, stories.failures)
        for name, number in sorted(stories.counts.items()):
            stats.set_value(f"kompas/archive/{name}", number)
        if stories.counts["captures_after_now"]:
            logger.warning(
                "%d record(s) of the archive say that they were captured after now, and their stories say so in "
                "fetched_at: the clock of their crawler was wrong, or that of this machine is",
                stories.counts["captures_after_now"],
            )
        logger.info("Archive: %s", ", ".join(f"{number} {name}" for name, number in sorted(stories.counts.items())))


def _note_failures(crawler: Crawler, failures: Mapping[str, str]) -> None:
    """Log, count and name the sources that failed since the last call."""
    known = crawler.stats.get_value("kompas/archive/sources_failed", 0)
    if len(failures) == known:
        return
    named = [f"{source} ({reason})" for source, reason in failures.items()]
    for one in named[known:]:
        logger.warning("The archive %s cannot be read, or not to its end; all others are read", one)
    sentence = f"{len(named)} source(s) of the archive could not be read: {first_of(named)}"
    crawler.stats.set_value("kompas/archive/sources_failed", len(named))
    crawler.stats.set_value("kompas/run/source_error", visible(sentence))


def outputs_of(extracted: Extracted, crawler: Crawler) -> Iterator[StoryItem | Failure | Fact]:
    """Yield the editions of a story in the order of their capture; a failure where no capture could be read."""
    yield from extracted.editions
    crawler.stats.inc_value("kompas/archive/captures_unchanged", extracted.unchanged)
    if extracted.editions:
        for fault in extracted.faults:
            crawler.stats.inc_value(f"kompas/archive/captures_unreadable/{fault.error.reason}")
    elif extracted.faults:
        yield from _without_article(extracted.faults[-1], crawler)


def _without_article(fault: Fault, crawler: Crawler) -> Iterator[Failure | Fact]:
    error, story = fault.error, article_id(fault.url)
    excluded = excluded_by(error, fault.url, fault.captured_at or utc_now())
    if excluded is not None:
        crawler.stats.inc_value("kompas/passed_over/other_section")
        yield excluded
    else:
        yield Failure(
            fault.url, error.reason, str(error), utc_now(), story, "archive", fault.status, answer=fault.place
        )
