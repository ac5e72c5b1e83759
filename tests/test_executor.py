"""Work shared out: in order, as much of it as needed, over processes as over a cluster, and nothing left behind."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pytest
from distributed.cfexecutor import ClientExecutor
from distributed.client import ClosedClientError

from crawler.errors import BadArgument, WorkersLost
from crawler.executor import cores, in_order, open_executor, refuse_silent_cluster
from tests.cluster import Cluster, dask_cluster
from tests.conftest import ROOT
from tests.tasks import die, die_once, late_square, numbers, own_pid, refuse

Settings = dict[str, Any]


def processes(count: int) -> Settings:
    return {"KOMPAS_WORKERS": count, "KOMPAS_CLUSTER": ""}


@pytest.fixture(params=["processes", "cluster"])
def settings(request: pytest.FixtureRequest) -> Settings:
    """Two processes of this machine, and a cluster of two workers."""
    if request.param == "processes":
        return processes(2)
    return {"KOMPAS_WORKERS": 0, "KOMPAS_CLUSTER": request.getfixturevalue("cluster").address}


async def _results(settings: Settings, function: Callable[..., int], tasks: Iterator[tuple[Any, ...]]) -> list[int]:
    with open_executor(settings, own_pid) as (executor, in_flight):
        return [result async for result in in_order(executor, function, tasks, in_flight)]


def all_of(settings: Settings, function: Callable[..., int], tasks: Iterator[tuple[Any, ...]]) -> list[int]:
    return asyncio.run(_results(settings, function, tasks))


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scheduler on a busy machine may answer late."""
    monkeypatch.setattr("crawler.executor.ANSWER_WITHIN", 300)


def test_results_come_in_the_order_of_the_tasks(settings: Settings) -> None:
    """Without it the rows of a dataset depend on which processor was quicker."""
    assert all_of(settings, late_square, numbers(40)) == [number**2 for number in range(40)]


SCRIPT = """\
import sys
import scrapy.cmdline
from crawler.archive.extract.again import read_again
from crawler.executor import open_executor
from tests.tasks import loaded_by_each
if __name__ == "__main__":
    with open_executor({"KOMPAS_CLUSTER": "", "KOMPAS_WORKERS": 2}, read_again) as (workers, _):
        print([done.result() for done in [workers.submit(loaded_by_each, 2, sys.argv[1]) for _ in range(2)]])
"""
"""A script that imports Scrapy first, as those do that pip makes of `scrapy` and of `kompas-global`."""


def test_a_process_imports_its_tasks_and_no_scrapy(tmp_path: Path) -> None:
    """Without it each worker process takes .3 s and 26 MB more."""
    script = tmp_path / "scrapy_script"
    script.write_text(SCRIPT, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, script, tmp_path], env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout == "[['crawler.archive.extract.again'], ['crawler.archive.extract.again']]\n", done.stderr


def test_a_signal_ends_no_process_that_still_imports() -> None:
    """Without it a service that is stopped as a run begins reports that memory ran out."""
    with open_executor(processes(2), own_pid) as (executor, _):
        started = active_children()
        for one in started:
            assert one.pid is not None
            os.kill(one.pid, signal.SIGTERM)
            os.kill(one.pid, signal.SIGINT)
        assert executor.submit(own_pid, 1).result() in [one.pid for one in started]
    assert len(started) == 2


class Interrupted(ProcessPoolExecutor):
    """Processes whose start meets a Ctrl-C."""

    def submit(self, *task: Any, **_: Any) -> Future[Any]:
        signal.raise_signal(signal.SIGINT)  # to this thread; another one would take it at once
        return super().submit(*task)


def test_a_ctrl_c_while_the_processes_start_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it a person presses Ctrl-C, and the command goes on."""
    monkeypatch.setattr("crawler.executor.ProcessPoolExecutor", Interrupted)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # whatever handler an earlier test left
    try:
        with pytest.raises(KeyboardInterrupt), open_executor(processes(1), own_pid):
            pass
    finally:
        signal.signal(signal.SIGINT, before)
    assert not active_children()


def test_tasks_are_taken_as_they_are_needed(settings: Settings) -> None:
    """Without it the stories of a whole archive wait in memory."""
    taken = []

    def tasks() -> Iterator[tuple[int]]:
        for number in range(1000):
            taken.append(number)
            yield (number,)

    async def first() -> int:
        with open_executor(settings, own_pid) as (executor, in_flight):
            results = in_order(executor, late_square, tasks(), in_flight)
            await anext(results)
            await results.aclose()  # type: ignore[attr-defined]
            return in_flight

    assert len(taken) == 0
    assert asyncio.run(first()) == len(taken) < 20


def test_an_error_of_a_task_is_raised_where_its_result_is_awaited(settings: Settings) -> None:
    """Without it a task that fails is a task that found nothing."""
    with pytest.raises(ValueError, match="3 ditolak"):
        all_of(settings, refuse, iter([(3,)]))


def test_a_process_that_is_killed_is_reported() -> None:
    """Without it a run that lost a process to the memory limit waits without end."""
    with pytest.raises(WorkersLost, match="a process was killed, perhaps because memory ran out"):
        all_of(processes(2), die, numbers(4))


def test_a_worker_of_a_cluster_that_is_killed_costs_nothing(cluster: Cluster, tmp_path: Path) -> None:
    """Without it one machine of ten that is switched off ends a run of a night."""
    results = all_of({"KOMPAS_CLUSTER": cluster.address}, die_once, numbers(30, str(tmp_path)))
    assert (tmp_path / "mati").exists()
    assert results == [number**2 for number in range(30)]


def test_a_task_that_kills_every_worker_is_reported() -> None:
    """Without it a page that needs too much memory keeps a cluster busy without end, or ends in a traceback.

    The cluster is the test's own: on a busy machine, Dask may not start workers again that died so often.
    """
    with (
        dask_cluster() as doomed,
        pytest.raises(WorkersLost, match="a task ended several workers of the Dask cluster"),
    ):
        all_of({"KOMPAS_CLUSTER": doomed.address}, die, numbers(1))


def test_a_scheduler_that_goes_away_in_the_middle_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it a run whose cluster was shut down waits without end, or ends in a traceback."""
    monkeypatch.setattr("crawler.executor.ANSWER_WITHIN", 10)  # also the time for which the client looks for it

    async def main(running: Cluster) -> None:
        with open_executor({"KOMPAS_CLUSTER": running.address}, own_pid) as (executor, _):
            async for _ in in_order(executor, late_square, numbers(1), 1):
                running.end()
            async for _ in in_order(executor, late_square, numbers(1), 1):
                pass

    with dask_cluster(1) as running, pytest.raises(WorkersLost, match="the Dask scheduler went away"):
        asyncio.run(main(running))


def test_a_client_that_is_closed_already_hides_no_error(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the end of a run whose scheduler went away is a traceback of Dask instead of our sentence."""

    def closed(*_: object, **__: object) -> None:
        raise ClosedClientError("Client is closed. Can't send cancel-keys message.")

    monkeypatch.setattr(ClientExecutor, "shutdown", closed)
    with (
        pytest.raises(WorkersLost, match="the scheduler is gone"),
        open_executor({"KOMPAS_CLUSTER": cluster.address}, own_pid),
    ):
        raise WorkersLost("the scheduler is gone")


def test_a_scheduler_that_does_not_answer_is_refused_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it a mistyped address ends in a page of traceback."""
    monkeypatch.setattr("crawler.executor.ANSWER_WITHIN", 0.2)
    for address in ("tcp://127.0.0.1:9", "bukan alamat"):
        with pytest.raises(BadArgument, match=f"KOMPAS_CLUSTER={address} does not answer"):
            refuse_silent_cluster({"KOMPAS_CLUSTER": address})


def test_without_dask_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it a user does not know which package to install."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(BadArgument, match=r"KOMPAS_CLUSTER needs Dask .*; pip install '\.\[cluster\]'"):
        refuse_silent_cluster({"KOMPAS_CLUSTER": "tcp://127.0.0.1:8786"})


def test_workers_with_another_version_are_refused(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the same page is read differently by different machines of one run."""
    cluster.wait()  # earlier tests killed its workers
    refuse_silent_cluster({"KOMPAS_CLUSTER": cluster.address})
    monkeypatch.setattr("crawler.executor.PARSER_VERSION", "lain")
    with pytest.raises(BadArgument, match=r"do not have version \(.*'lain'\) of this project"):
        refuse_silent_cluster({"KOMPAS_CLUSTER": cluster.address})


def test_no_cluster_is_asked_where_none_is_named() -> None:
    """Without it everybody needs Dask."""
    refuse_silent_cluster({"KOMPAS_CLUSTER": ""})


def test_the_number_of_processors_is_known_where_the_system_does_not_tell_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it nothing runs on macOS."""
    assert cores() == len(os.sched_getaffinity(0))
    monkeypatch.delattr(os, "sched_getaffinity")
    assert cores() == os.cpu_count()


def test_no_process_is_left_behind() -> None:
    """Without it every night leaves processes behind until the machine has no memory."""
    pids = set(all_of(processes(2), own_pid, numbers(20)))
    assert pids
    assert not any(is_alive(pid) for pid in pids)


PARENT = """
import asyncio, time
from crawler.executor import in_order, open_executor
from tests.tasks import numbers, own_pid

async def main():
    with open_executor({"KOMPAS_CLUSTER": "", "KOMPAS_WORKERS": 2}, own_pid) as (executor, in_flight):
        print(*{pid async for pid in in_order(executor, own_pid, numbers(20), in_flight)}, flush=True)
        time.sleep(600)

if __name__ == "__main__":
    asyncio.run(main())
"""


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM])
def test_processes_end_with_a_parent_that_is_killed(tmp_path: Path, ending: signal.Signals) -> None:
    """Without it killed runs leave orphaned processes."""
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env=environment) as parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        parent.send_signal(ending)
    assert pids
    deadline = time.monotonic() + 300
    while any(is_alive(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(is_alive(pid) for pid in pids)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
