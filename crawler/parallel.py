"""Work shared out over processes: the standard library's pool, with what a long run needs around it."""

import os
import signal
import threading
from asyncio import wrap_future
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context, parent_process
from typing import Any, Protocol, Self, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


class Pool(Protocol):
    """Who does the tasks: processes of this machine, or several machines."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *exception: object) -> None: ...

    def each(
        self, function: Callable[..., Result], tasks: Iterable[tuple[Any, ...]], here: Callable[..., bool] = ...
    ) -> AsyncIterator[Result]:
        """Results in the order of the tasks.

        :param here: of a task's arguments, whether only this machine can do it.
        """


class Workers:
    """Processes that outlive neither their parent nor the `with` block.

    They are started anew, not forked: a copy of a process with an event loop and an open store is no clean start.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self._pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_begin)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    async def each(
        self,
        function: Callable[..., Result],
        tasks: Iterable[tuple[Any, ...]],
        here: Callable[..., bool] = lambda *task: False,
    ) -> AsyncIterator[Result]:
        """Results in the order of the tasks, of which only as many are taken as keep all processes busy.

        :param tasks: argument lists.
        :raises BrokenProcessPool: a process was killed, or ran out of memory.
        """
        ahead = iter(tasks)
        under_way: deque[Future[Result]] = deque()
        while True:
            room = 2 * self.count + 1 - len(under_way)
            under_way.extend(self._pool.submit(function, *task) for task in islice(ahead, room))
            if not under_way:
                return
            yield await wrap_future(under_way.popleft())

    async def one(self, function: Callable[..., Result], *task: Any) -> Result:
        """The result of one task.

        :raises BrokenProcessPool: see `each`.
        """
        return await wrap_future(self._pool.submit(function, *task))


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0))


def _begin() -> None:
    """A Ctrl-C, or the end of a service, is the parent's to handle; a worker whose parent was killed ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
