"""How a run is ended early, and whether it is ending."""

import asyncio
import logging
from typing import Final

from scrapy.crawler import Crawler

from crawler.errors import FinishReason

logger = logging.getLogger(__name__)

_closing: Final[set[asyncio.Task[None]]] = set()
"""Keeps references to the tasks: the event loop holds them weakly."""


def end_run(crawler: Crawler, reason: FinishReason, why: str) -> None:
    """Stop requesting: requests in flight are finished, queued ones are left to the next run.

    Returns at once, because a request in flight may call it. Does nothing while the run is ending.

    :param reason: the finish reason, which `health.judgement` explains.
    :param why: the cause, for the log and, as the statistic `kompas/run/ended_by`, for the verdict.
    """
    if is_ending(crawler):
        return
    logger.warning("The run is ended early (%s): %s", reason.value, why)
    crawler.stats.set_value("kompas/run/ended_by", why)
    assert crawler.engine is not None, "the run is on"
    closing = asyncio.get_running_loop().create_task(crawler.engine.close_spider_async(reason=reason.value))
    _closing.add(closing)
    closing.add_done_callback(_closing.discard)


def is_ending(crawler: Crawler) -> bool:
    """Return whether a signal, a limit or `end_run` has told the run to end.

    Scrapy 2.19 has no public way to find out, hence the private `_slot`.
    """
    assert crawler.engine is not None, "the run is on"
    slot = crawler.engine._slot
    return slot is None or slot.closing is not None
