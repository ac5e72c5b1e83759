"""Share work out through one `concurrent.futures.Executor`: processes of this machine, or a Dask cluster.

Reading archives and extracting again go through `open_executor` and `in_order`. A task is a function of a module and
its arguments; both are pickled, so that any process of any machine can do it.
"""

import asyncio
import gc
import logging
import os
import pickle
import signal
import sys
import threading
from asyncio import wrap_future
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from importlib.machinery import ModuleSpec
from itertools import islice
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from crawler import PARSER_VERSION, __version__
from crawler.errors import BadArgument, WorkersLost

if TYPE_CHECKING:
    from distributed import Client

Result = TypeVar("Result")
logger = logging.getLogger(__name__)

ANSWER_WITHIN: Final = 10
"""Seconds that a Dask scheduler has for its first answer."""
RETRIES: Final = 2
"""How often Dask runs a task again that ended with an error. A task whose worker dies is run again in any case."""
LEAST_IN_FLIGHT: Final = 16
"""Tasks handed to a cluster at once, however small it is now: workers may still be joining."""

_KILLED: Final = (
    "a process was killed, perhaps because memory ran out; run again, with -s KOMPAS_WORKERS=1 if it happens again"
)
_KILLED_ON_CLUSTER: Final = (
    "a task ended several workers of the Dask cluster, perhaps because memory ran out ({}); "
    "run again with more memory for each worker"
)
_CLUSTER_GONE: Final = "the Dask scheduler went away; start it and run again"


class Settings(Protocol):
    """What is used of Scrapy's settings."""

    def __getitem__(self, name: str, /) -> Any: ...


def cores() -> int:
    """Return the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on macOS and Windows
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def open_executor(settings: Settings, task: Callable[..., object]) -> Iterator[tuple[Executor, int]]:
    """Open the executor of a run; yield it and the number of tasks to keep in flight.

    Reads `KOMPAS_CLUSTER` and `KOMPAS_WORKERS`. Tasks that are not done when the block is left are cancelled.

    :param task: one of the tasks to come; each process imports its module at its start.
    :raises BadArgument: the cluster does not answer, or cannot run this project.
    """
    if settings["KOMPAS_CLUSTER"]:
        with _connected(settings["KOMPAS_CLUSTER"]) as client:
            threads = sum(client.nthreads().values())
            logger.info("Dask cluster at %s: %d worker threads", settings["KOMPAS_CLUSTER"], threads)
            cluster = client.get_executor(pure=False, retries=RETRIES)
            try:
                yield cluster, max(2 * threads + 1, LEAST_IN_FLIGHT)
            finally:
                _cancel(cluster)
    else:
        count = int(settings["KOMPAS_WORKERS"] or 0) or cores()
        processes = ProcessPoolExecutor(
            count, mp_context=get_context("spawn"), initializer=_begin, initargs=(pickle.dumps(task),)
        )
        try:
            _start_bare(processes, count)
            yield processes, 2 * count + 1
        finally:
            processes.shutdown(wait=True, cancel_futures=True)


def refuse_silent_cluster(settings: Settings) -> None:
    """Refuse a `KOMPAS_CLUSTER` that cannot be used, before a run starts.

    :raises BadArgument: Dask is not installed, the scheduler does not answer, or a worker has another version.
    """
    if settings["KOMPAS_CLUSTER"]:
        with _connected(settings["KOMPAS_CLUSTER"]):
            pass


async def in_order(
    executor: Executor, function: Callable[..., Result], tasks: Iterable[tuple[Any, ...]], in_flight: int
) -> AsyncIterator[Result]:
    """Yield the result of each task, in the order of the tasks.

    :param tasks: argument tuples; taken one by one, as results are taken.
    :param in_flight: number of tasks submitted at a time.
    :raises WorkersLost: a process or worker was killed, or the cluster went away.
    """
    ahead = iter(tasks)
    submitted: deque[Future[Result]] = deque()
    try:
        while True:
            room = in_flight - len(submitted)
            submitted.extend(executor.submit(function, *task) for task in islice(ahead, room))
            if not submitted:
                return
            yield await _result(submitted.popleft())
    except BrokenProcessPool as error:  # raised by `submit` too
        raise WorkersLost(_KILLED) from error


async def _result(future: Future[Result]) -> Result:
    try:
        return await wrap_future(future)
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            raise
        raise WorkersLost(_CLUSTER_GONE) from None  # Dask cancels what a lost scheduler was to do
    except _killed_worker() as error:
        raise WorkersLost(_KILLED_ON_CLUSTER.format(error)) from error


def _cancel(cluster: Executor) -> None:
    """Cancel the tasks that are left on a cluster; a scheduler that went away has none."""
    from distributed.client import ClosedClientError

    with suppress(ClosedClientError):
        cluster.shutdown(wait=False)


def _killed_worker() -> tuple[type[Exception], ...]:
    """Return the error of a task that ended its worker again and again; none where Dask was never imported."""
    if "distributed" not in sys.modules:
        return ()
    from distributed import KilledWorker

    return (KilledWorker,)


@contextmanager
def _connected(address: str) -> Iterator["Client"]:
    """Connect to a Dask scheduler, and check that its workers can do the work of this run.

    :raises BadArgument: see `refuse_silent_cluster`.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise BadArgument(f"KOMPAS_CLUSTER needs Dask ({error}); pip install '.[cluster]'") from error
    try:
        client = Client(address, timeout=ANSWER_WITHIN, set_as_default=False)
    except (OSError, ValueError) as error:
        raise BadArgument(
            f"KOMPAS_CLUSTER={address} does not answer ({error}); start the Dask scheduler, or unset it"
        ) from error
    with client:
        _refuse_other_versions(client, address)
        yield client


def _refuse_other_versions(client: "Client", address: str) -> None:
    """Other code on a worker would read the same pages differently; the scheduler has to know the tasks, too."""
    workers = client.run(versions, on_error="return")
    answers = [answer for answer in workers.values() if not isinstance(answer, OSError)]  # a worker that went away
    found = {str(answer) for answer in answers if answer != versions()}
    if answers and not found:
        try:
            client.submit(versions, pure=False).result()
        except RuntimeError as error:  # it cannot read what it is to hand on
            found = {str(error.__cause__ or error)}
    if found:
        raise BadArgument(
            f"the scheduler or workers of KOMPAS_CLUSTER={address} do not have version {versions()} of this project: "
            f"{'; '.join(sorted(found))}; install it on all of them"
        )


def versions() -> tuple[str, str]:
    """Return the version of the project and of its parser, as the process that runs this has them."""
    return __version__, PARSER_VERSION


def _start_bare(processes: ProcessPoolExecutor, count: int) -> None:
    """Start the worker processes with SIGINT and SIGTERM blocked, and without the script that this process runs.

    They inherit the block, so that no signal ends one that still imports; this process takes the signals afterwards.
    The script is `scrapy` or `kompas-global`: each worker would run it once more, with all that a command imports;
    multiprocessing leaves out only the `__main__` of a package. Each task starts a process while none is idle.
    """
    script = sys.modules["__main__"]
    spec, before = script.__spec__, signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
    script.__spec__ = ModuleSpec("crawler.__main__", None)
    try:
        for _ in range(count):
            processes.submit(os.getpid)
    finally:
        script.__spec__ = spec
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(task: bytes) -> None:
    """Prepare a worker process: leave signals to its parent, end when the parent was killed, and import the tasks.

    A Ctrl-C in a terminal, and the end of a service, reach all processes; the parent ends the run in order. The
    libraries of the parser import Scrapy where they can (`itemadapter._imports`): half of the time and of the memory.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    sys.modules["scrapy"] = None  # type: ignore[assignment]  # `import scrapy` raises an ImportError
    pickle.loads(task)
    gc.freeze()  # else Python searches all modules for garbage as it ends


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
