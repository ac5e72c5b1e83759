"""What a crawl at work costs, seen from outside: memory and processor time from `/proc`, its store from the disk."""

import os
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

TICKS: Final = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Look:
    """A process at one moment."""

    at: float
    stored: int
    cpu: float
    """Seconds of processor time, of all its threads."""


class Watch:
    """Prints a row whenever the store has grown by `step` stories."""

    def __init__(self, db: Path, step: int) -> None:
        self.db = db
        self.step = step
        self.stored = 0
        self.peak_mb = 0.0
        self._name = ""
        self._pid = 0
        self._highest = 0.0
        self._curve: list[float] = []
        self._row = Look(0.0, 0, 0.0)

    def begin(self, name: str, pid: int) -> None:
        """Watches another process from now on."""
        self._name, self._pid = name, pid
        self.peak_mb = self._highest = 0.0
        self._curve = []
        self.stored = self._count()
        self._row = Look(time.monotonic(), self.stored, 0.0)

    def look(self) -> None:
        """Memory is the highest since the last row; a process that has just gone leaves the last figures standing."""
        memory = self._memory()
        if memory is None:
            return
        self.peak_mb = max(self.peak_mb, memory[1])
        self._highest = max(self._highest, memory[0])
        self.stored = self._count()
        if self.stored // self.step > self._row.stored // self.step:
            self._print_row(Look(time.monotonic(), self.stored, self._cpu()))

    @property
    def growth_mb(self) -> float:
        """Memory of the last row above that of the first."""
        return self._curve[-1] - self._curve[0] if self._curve else 0.0

    def store_bytes(self, *suffixes: str) -> int:
        """The store on the disk, its log of unmerged writes included."""
        files = [self.db.with_name(self.db.name + suffix) for suffix in suffixes or ("", "-wal", "-shm")]
        return sum(file.stat().st_size for file in files if file.exists())

    def _print_row(self, now: Look) -> None:
        new = now.stored - self._row.stored
        rate, cpu = new / (now.at - self._row.at), (now.cpu - self._row.cpu) / new * 1000
        size, log = self.store_bytes() / 1e6, self.store_bytes("-wal") / 1e6
        if not self._curve:
            print("\n| run | stories | memory MB | stories/s | CPU ms a story | store MB | of it WAL |")
            print("|---|---|---|---|---|---|---|")
        row = f"{now.stored} | {self._highest:.0f} | {rate:.1f} | {cpu:.1f} | {size:.1f} | {log:.1f}"
        print(f"| {self._name} | {row} |", flush=True)
        self._curve.append(self._highest)
        self._row, self._highest = now, 0.0

    def _count(self) -> int:
        """Rows without counting them: none is ever deleted. A store that is not there yet has none."""
        if not self.db.exists():
            return 0
        connection = sqlite3.connect(f"file:{self.db}?mode=ro", uri=True)
        try:
            return int(connection.execute("select coalesce(max(rowid), 0) from articles").fetchone()[0])
        except sqlite3.OperationalError:  # its tables are just being made
            return 0
        finally:
            connection.close()

    def _memory(self) -> tuple[float, float] | None:
        """MB now and at most; None when the process has gone."""
        try:
            lines = Path(f"/proc/{self._pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
        except FileNotFoundError:
            return None
        found = {name: value for name, _, value in (line.partition(":") for line in lines)}
        if "VmRSS" not in found:  # it has ended, and waits to be taken note of
            return None
        now, peak = (int(found[name].split()[0]) * 1024 / 1e6 for name in ("VmRSS", "VmHWM"))
        return now, peak

    def _cpu(self) -> float:
        """Seconds in user and in system mode; the name in front of them may hold spaces."""
        line = Path(f"/proc/{self._pid}/stat").read_text(encoding="ascii", errors="replace")
        fields = line.rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS
