"""A bound on the memory of all processes of the browser together."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

import psutil

logger = logging.getLogger(__name__)

MOST_MEMORY: Final = 2_000_000_000
"""Bytes of memory that the processes of the browser may take together, shared pages counted in each. They take 0.6 GB
while pages are rendered (`benchmarks.rendering`); a script that allocates for ever took 9 GB in 20 s."""
_OFTEN: Final = 0.25
"""Seconds between two looks: at half a gigabyte a second the bound is passed by an eighth of one."""


async def keep_bounded() -> None:
    """Kill the largest process of the browser whenever all of them take more than `MOST_MEMORY`; until cancelled.

    The largest one is that of the page, which then fails; the browser goes on.
    """
    while True:
        sizes = dict(_sizes())
        if sum(sizes.values()) > MOST_MEMORY:
            largest = max(sizes, key=lambda process: sizes[process])
            logger.warning("The browser takes %d MB: its largest process is ended", sum(sizes.values()) // 1_000_000)
            with suppress(psutil.NoSuchProcess):
                largest.kill()
        await asyncio.sleep(_OFTEN)


def _sizes() -> Iterator[tuple[psutil.Process, int]]:
    """Yield the processes that this one started, directly or not, with their resident memory in bytes."""
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
            yield process, process.memory_info().rss
