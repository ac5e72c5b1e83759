"""Tasks for other processes, which import this module and little else."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def numbers(count: int, *more: object) -> Iterator[tuple[Any, ...]]:
    return ((number, *more) for number in range(count))


def late_square(number: int) -> int:
    """The first task takes the longest."""
    time.sleep(0.2 if number == 0 else 0)
    return number * number


def refuse(number: int) -> int:
    raise ValueError(f"{number} ditolak")


def die(*task: object) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def die_once(number: int, folder: str) -> int:
    """The third task kills the process that does it, the first time."""
    mark = Path(folder) / "mati"
    if number == 2 and not mark.exists():
        mark.touch()
        die()
    return number * number


def own_pid(number: int) -> int:
    return os.getpid()


def loaded_by_each(processes: int, folder: str) -> list[str]:
    """Wait until all processes do this task; return which of two modules this one has loaded."""
    Path(folder, f"{os.getpid()}.pid").touch()
    deadline = time.monotonic() + 300
    while len(list(Path(folder).glob("*.pid"))) < processes and time.monotonic() < deadline:
        time.sleep(0.01)
    return [name for name in ("crawler.archive.extract.again", "scrapy") if sys.modules.get(name)]
