"""The memory of a command and all its processes, from /proc."""

import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_EVERY: Final = 0.2
"""Seconds between two looks."""


@dataclass(frozen=True)
class Watched:
    """How a command ended."""

    status: int
    seconds: float
    peak_pss: float
    """Megabytes of all processes together; what they share counts once."""
    peak_rss: float
    """Megabytes of the largest process."""
    last_line: str


def watch(command: list[str], cwd: Path) -> Watched:
    """Runs a command and looks at it five times a second."""
    began = time.perf_counter()
    peak_pss = peak_rss = 0.0
    with tempfile.TemporaryFile("w+") as said:  # not a pipe: it would fill up
        process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=said)
        while process.poll() is None:
            memories = [memory_mb(pid) for pid in family(process.pid)]
            peak_pss = max(peak_pss, sum(pss for pss, _ in memories))
            peak_rss = max(peak_rss, *(rss for _, rss in memories), 0.0)
            time.sleep(_EVERY)
        took = time.perf_counter() - began
        said.seek(0)
        lines = said.read().strip().splitlines()
    return Watched(process.returncode, took, peak_pss, peak_rss, lines[-1] if lines else "")


def family(pid: int) -> list[int]:
    """A process and all that it started."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except FileNotFoundError:
        return []
    return [pid, *(one for child in children for one in family(int(child)))]


def memory_mb(pid: int) -> tuple[float, float]:
    """PSS and RSS of a process; what it shares with others counts in part in the first."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    except (FileNotFoundError, ProcessLookupError):
        return 0.0, 0.0
    sizes = {name: int(size.split()[0]) / 1024 for name, _, size in (line.partition(":") for line in lines)}
    return sizes.get("Pss", 0.0), sizes.get("Rss", 0.0)
