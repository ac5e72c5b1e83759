"""Work over processes: in order, as much of it as needed, and nothing left behind."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from crawler.parallel import Workers

HERE = Path(__file__).parents[1]


def late_square(number: int) -> int:
    """The first task takes the longest."""
    time.sleep(0.2 if number == 0 else 0)
    return number * number


def refuse(number: int) -> int:
    raise ValueError(f"{number} ditolak")


def die(*task: object) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def own_pid(number: int) -> int:
    return os.getpid()


async def all_of(workers: Workers, function: Callable[..., int], tasks: Iterator[tuple[int]]) -> list[int]:
    return [result async for result in workers.each(function, tasks)]


def numbers(count: int) -> Iterator[tuple[int]]:
    return ((number,) for number in range(count))


def test_results_come_in_the_order_of_the_tasks() -> None:
    """Without it the rows of a dataset depend on which processor was quicker."""
    with Workers(2) as workers:
        assert asyncio.run(all_of(workers, late_square, numbers(20))) == [number**2 for number in range(20)]


def test_tasks_are_taken_as_they_are_needed() -> None:
    """Without it the stories of a whole archive wait in memory."""
    taken = []

    def tasks() -> Iterator[tuple[int]]:
        for number in range(1000):
            taken.append(number)
            yield (number,)

    async def first(workers: Workers) -> None:
        results = workers.each(late_square, tasks())
        await anext(results)
        await results.aclose()  # type: ignore[attr-defined]

    with Workers(2) as workers:
        asyncio.run(first(workers))
    assert len(taken) == 5


def test_an_error_of_a_task_is_raised_where_its_result_is_awaited() -> None:
    """Without it a task that fails is a task that found nothing."""
    with Workers(1) as workers, pytest.raises(ValueError, match="3 ditolak"):
        asyncio.run(all_of(workers, refuse, iter([(3,)])))


def test_a_process_that_is_killed_is_told() -> None:
    """Without it a run that lost a process to the memory limit waits for ever."""
    with Workers(2) as workers, pytest.raises(BrokenProcessPool):
        asyncio.run(all_of(workers, die, numbers(4)))


def test_no_process_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it every night leaves processes behind until the machine has no memory."""
    with Workers(2) as workers:
        pids = set(asyncio.run(all_of(workers, own_pid, numbers(20))))
    assert pids
    assert not any(is_alive(pid) for pid in pids)


PARENT = """
import asyncio, sys, time
from crawler.parallel import Workers
from tests.test_parallel import numbers, own_pid

async def main(workers):
    print(*{pid async for pid in workers.each(own_pid, numbers(20))}, flush=True)
    time.sleep(600)

if __name__ == "__main__":
    with Workers(2) as workers:
        asyncio.run(main(workers))
"""


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM])
def test_processes_end_with_a_parent_that_is_killed(tmp_path: Path, ending: signal.Signals) -> None:
    """Without it killed runs leave processes that nobody waits for."""
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    environment = {**os.environ, "PYTHONPATH": str(HERE)}
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env=environment) as parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        parent.send_signal(ending)
    assert pids
    deadline = time.monotonic() + 30
    while any(is_alive(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(is_alive(pid) for pid in pids)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
