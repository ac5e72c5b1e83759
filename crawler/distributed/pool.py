"""Archive work over several machines: one leads, all read; the units are those of one machine (`extract.archive`).

The leader keeps the catalogue and stores what comes back, in the order in which it would have read it alone. The files
must lie under the same paths on every machine.
"""

import asyncio
import pickle
import uuid
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable
from itertools import count, islice
from typing import Any, Final, Self, TypeVar

from scrapy.crawler import Crawler

from crawler.distributed.frontier import Frontier
from crawler.distributed.membership import Membership
from crawler.parallel import Workers, cores

Result = TypeVar("Result")
AHEAD: Final = 64
"""Tasks that wait or are under way, over all machines: enough for as many cores, few enough for the leader's memory."""
_LOOK: Final = 0.02
"""Seconds after which to look again for a task, or for what came of one."""


class SharedPool:
    """The leader's: tasks go into the frontier, from which this machine takes its share like any other."""

    def __init__(self, crawler: Crawler, number: int) -> None:
        """
        :param number: processes of this machine.
        """
        self._frontier = Membership.of(crawler).frontier
        self._own = Workers(number)
        self._name = uuid.uuid4().hex
        self._numbers = count()

    def __enter__(self) -> Self:
        self._frontier.clear()
        return self

    def __exit__(self, *exception: object) -> None:
        self._own.__exit__(*exception)

    async def each(
        self,
        function: Callable[..., Result],
        tasks: Iterable[tuple[Any, ...]],
        here: Callable[..., bool] = lambda *task: False,
    ) -> AsyncIterator[Result]:
        """See `parallel.Pool`.

        :raises FrontierLost: Redis cannot be asked.
        """
        ahead = iter(tasks)
        under_way: deque[asyncio.Future[Result] | str] = deque()
        share = asyncio.ensure_future(work(self._frontier, self._own))
        try:
            while True:
                for task in islice(ahead, AHEAD - len(under_way)):
                    one = self._own.one(function, *task) if here(*task) else None
                    under_way.append(asyncio.ensure_future(one) if one else self._offer(function, task))
                if not under_way:
                    return
                first = under_way.popleft()
                yield await first if isinstance(first, asyncio.Future) else await self._result(first, share)
        finally:
            share.cancel()  # nor waited for: whoever closes this may not wait

    def _offer(self, function: Callable[..., Any], task: tuple[Any, ...]) -> str:
        name = f"{self._name}:{next(self._numbers)}"
        self._frontier.push(pickle.dumps((name, function, task)), None)
        return name

    async def _result(self, name: str, share: asyncio.Future[None]) -> Any:
        while (packed := self._frontier.collect(name)) is None:
            if share.done():
                share.result()
            await asyncio.sleep(_LOOK)
        good, result = pickle.loads(packed)
        if not good:
            raise result
        return result


async def serve(crawler: Crawler) -> None:
    """What a worker does that does not lead. Reads `KOMPAS_WORKERS`. Never comes to an end by itself."""
    with Workers(crawler.settings.getint("KOMPAS_WORKERS") or cores()) as workers:
        await work(Membership.of(crawler).frontier, workers)


async def work(frontier: Frontier, workers: Workers) -> None:
    """Takes tasks, as many as keep the processes busy, until it is cancelled.

    :raises FrontierLost: Redis cannot be asked.
    :raises BrokenProcessPool: a process was killed.
    """
    under_way: set[asyncio.Future[None]] = set()
    try:
        while True:
            while len(under_way) <= workers.count and (taken := frontier.take()):
                under_way.add(asyncio.ensure_future(_do(frontier, workers, *taken)))
            done, under_way = await asyncio.wait(under_way, timeout=_LOOK) if under_way else (set(), set())
            for one in done:
                one.result()
            if not done:
                await asyncio.sleep(_LOOK)
    finally:
        for one in under_way:
            one.cancel()


async def _do(frontier: Frontier, workers: Workers, number: int, data: bytes) -> None:
    """One task; what the files make go wrong is the leader's to tell."""
    name, function, task = pickle.loads(data)
    try:
        outcome = True, await workers.one(function, *task)
    except OSError as error:
        outcome = False, OSError(error.errno, f"{error.strerror or error} (on {frontier.worker.partition(':')[0]})")
    frontier.deliver(number, name, pickle.dumps(outcome))
