"""`-a archive=`: stories out of WARC files, as what the pipelines take. Nothing is asked of anybody."""

import logging
import sqlite3
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NoReturn

from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider

from crawler.archive.addon import RANGE_READ
from crawler.archive.extract.archive import StoryArchive
from crawler.archive.extract.story import Extracted, Fault
from crawler.archive.files import expand
from crawler.clock import utc_now
from crawler.errors import FinishReason
from crawler.health.facts import reading_stats
from crawler.items import Article, Failure
from crawler.kompas.links import excluded_by, links_of
from crawler.kompas.urls import article_id
from crawler.ledger_facts import Fact
from crawler.parallel import Workers, cores

logger = logging.getLogger(__name__)

KILLED: Final = (
    "a process that read the archive was killed, perhaps for want of memory; "
    "run again, with -s KOMPAS_WORKERS=1 if need be"
)


async def archived_stories(crawler: Crawler, archive: str) -> AsyncGenerator[Article | Failure | Fact]:
    """Every story of the archive with all that differs between its captures. Reads `KOMPAS_WORKERS`.

    Counts `kompas/archive/<what>`, and `kompas/archive/bytes_read` of `kompas/archive/bytes`.

    :raises CloseSpider: reading cannot go on; `kompas/run/archive_error` says why.
    """
    try:
        async for output in _stories(crawler, archive):
            yield output
    except BrokenProcessPool:
        _give_up(crawler, KILLED)
    except OSError as error:
        _give_up(crawler, f"the archive cannot be read to its end ({error}); check the disk, then run again")
    except sqlite3.Error as error:
        _give_up(crawler, f"no list of the archive's records can be kept ({error}); is TMPDIR full? then run again")


def _give_up(crawler: Crawler, why: str) -> NoReturn:
    crawler.stats.set_value("kompas/run/archive_error", why)
    raise CloseSpider(FinishReason.ARCHIVE_ERROR.value)


async def _stories(crawler: Crawler, archive: str) -> AsyncIterator[Article | Failure | Fact]:
    stats = crawler.stats
    count = crawler.settings.getint("KOMPAS_WORKERS") or cores()
    with TemporaryDirectory(prefix="kompas-archive-") as scratch, Workers(count) as workers:
        stories = StoryArchive(expand(archive), Path(scratch), workers)
        stats.set_value("kompas/archive/bytes", stories.size)
        async for done in stories.scan():
            stats.inc_value("kompas/archive/bytes_read", done)
            crawler.signals.send_catch_log(RANGE_READ)
        for file, places in stories.damage.items():
            stats.inc_value("kompas/archive/damaged_places", places)
            logger.warning("The archive %s is damaged in %d place(s), which were passed over", file, places)
        async for extracted in stories.stories():
            for output in outputs_of(extracted, crawler):
                yield output
        for name, number in sorted(stories.counts.items()):
            stats.set_value(f"kompas/archive/{name}", number)
        logger.info("Archive: %s", ", ".join(f"{number} {name}" for name, number in sorted(stories.counts.items())))
        stories.close()


def outputs_of(extracted: Extracted, crawler: Crawler) -> Iterator[Article | Failure | Fact]:
    """The articles between where they lead to and when they were looked at; a failure when nothing could be read."""
    for edition in extracted.editions:
        for name in reading_stats(edition.article, edition.removed, len(edition.older)):
            crawler.stats.inc_value(f"kompas/{name}")
        yield links_of(edition)
        yield edition.article
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
