"""A Dask cluster on loopback, in processes of its own, for the tests alone.

``python -m tests.cluster WORKERS`` runs it: a cluster in the process of the tests would leave its threads there.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from distributed import Client, LocalCluster

ROOT: Final = Path(__file__).parent.parent
RESTING: Final = {
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
    "DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "1s",
    "DASK_DISTRIBUTED__ADMIN__SYSTEM_MONITOR__INTERVAL": "10s",
}
"""Without these, a cluster that does nothing takes some percent of a core as long as the tests last."""


class Cluster:
    """A scheduler and its workers."""

    def __init__(self, process: "subprocess.Popen[str]", workers: int) -> None:
        assert process.stdout is not None
        self._process, self._workers = process, workers
        self.address = process.stdout.readline().strip()

    def pids(self) -> list[int]:
        """Return the processes of the workers, as they are now."""
        with Client(self.address, set_as_default=False) as client:
            return list(client.run(_own_pid).values())

    def wait(self) -> None:
        """Wait until all workers are there, as after one was killed."""
        with Client(self.address, timeout=300, set_as_default=False) as client:
            client.wait_for_workers(self._workers, timeout=300)

    def end(self) -> None:
        """Shut the cluster down."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def _own_pid() -> int:
    return os.getpid()


@contextmanager
def dask_cluster(workers: int = 2) -> Iterator[Cluster]:
    """Workers of one thread each, which are started anew when they are killed."""
    command = [sys.executable, "-m", "tests.cluster", str(workers)]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **RESTING},
        text=True,
        stdin=pipe,
        stdout=pipe,
        stderr=subprocess.DEVNULL,
    ) as process:
        cluster = Cluster(process, workers)
        try:
            yield cluster
        finally:
            cluster.end()


def main() -> None:
    with LocalCluster(
        n_workers=int(sys.argv[1]), threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
