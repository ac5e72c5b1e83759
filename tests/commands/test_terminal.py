"""What a person at a terminal sees, and what a log file must not hold."""

import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.conftest import ROOT, Crawl
from tests.site.server import LookAlike
from tests.test_whole_crawl import FAST

SAMPLE = ROOT / "samples" / "kompas_lookalike.warc.gz"
COLUMNS = 80
DAYS = ("-a", "since=2021-04-21", "-a", "until=2021-04-22", "-a", "latest_depth=0")


class Terminal:
    """A terminal of 80 columns in which one crawl runs."""

    def __init__(self, store: Path, *arguments: str, env: Mapping[str, str] | None = None) -> None:
        self._end, stderr = pty.openpty()
        fcntl.ioctl(stderr, termios.TIOCSWINSZ, struct.pack("HHHH", 24, COLUMNS, 0, 0))  # a new one has no width at all
        command = [sys.executable, "-m", "scrapy", "crawl", "kompas_global", "-s", f"KOMPAS_DB={store}", *arguments]
        command += ["-s", "KOMPAS_WORKERS=1"]
        self.process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **(env or {})}, stderr=stderr)
        os.close(stderr)
        self.written = ""

    def parts(self) -> Iterator[str]:
        """Yield what the crawl writes, as it comes."""
        while True:
            try:
                part = os.read(self._end, 65536).decode()
            except OSError:  # Linux says so when the other end is closed
                break
            if not part:
                break
            self.written += part
            yield part
        os.close(self._end)
        self.process.wait(timeout=600)

    @property
    def lines(self) -> list[str]:
        """The lines that stay, without the progress line, which was drawn in place of itself."""
        return [line.rpartition("\r")[2] for line in self.written.replace("\r\n", "\n").strip().split("\n")]

    @property
    def drawn(self) -> list[str]:
        """The progress lines."""
        return [line for line in re.split(r"[\r\n]+", self.written) if re.search(r"\d+ (of|files)", line)]


@pytest.fixture
def site() -> Iterator[LookAlike]:
    with LookAlike() as served:
        yield served


def test_a_terminal_shows_how_far_an_archive_is_read(tmp_path: Path) -> None:
    """Without it a run of hours that prints nothing looks like one that hangs."""
    terminal = Terminal(tmp_path / "store.db", "-a", f"archive={SAMPLE}")
    assert list(terminal.parts())
    assert terminal.process.returncode == 0
    assert "of 1 files, 0 of 0 MB" in terminal.drawn[0]
    assert not re.search(r"\d days", terminal.written)
    summary, took = terminal.lines[-2:]
    assert summary.startswith("kompas_global: 69 new, 0 revised, 0 unchanged, 0 failed")
    assert re.fullmatch(rf"kompas_global: took \d+ s; the store is {tmp_path}/store.db", took)


def test_a_terminal_shows_the_days_of_the_plan_and_no_log(tmp_path: Path, site: LookAlike) -> None:
    """Without it a crawl of a year scrolls through thousands of log lines and never says how far it is."""
    terminal = Terminal(tmp_path / "store.db", *DAYS, *FAST, "-s", "DOWNLOAD_DELAY=0.05", env=site.env())
    assert list(terminal.parts())
    assert terminal.process.returncode == 0
    assert {match for line in terminal.drawn for match in re.findall(r"(\d of \d days)", line)} >= {"0 of 2 days"}
    assert max(map(len, terminal.drawn)) < COLUMNS
    assert "INFO" not in terminal.written
    logged = [line for line in filter(None, terminal.lines) if "SQLite" not in line]  # a version with a known fault
    assert len(logged) == 2
    assert re.search(r"^kompas_global: \d+ new, 0 revised, 0 unchanged, 0 failed, 0 missing$", terminal.lines[-2])


@pytest.mark.parametrize("options", [("-L", "INFO"), ("-s", "LOG_LEVEL=INFO")], ids=" ".join)
def test_a_log_level_that_the_user_gives_counts_at_a_terminal(options: tuple[str, str], tmp_path: Path) -> None:
    """Without it a person who looks for a fault cannot see the log."""
    terminal = Terminal(tmp_path / "store.db", "-a", f"archive={SAMPLE}", "-a", "limit=1", *options)
    assert list(terminal.parts())
    assert "INFO" in terminal.written


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_a_stopped_run_says_how_to_continue(number: signal.Signals, tmp_path: Path, site: LookAlike) -> None:
    """Without it Ctrl-C looks like a fault of the program, and the person begins again in a new store."""
    terminal = Terminal(tmp_path / "store.db", *DAYS, *FAST, "-s", "DOWNLOAD_DELAY=0.3", env=site.env())
    sent = False
    for _ in terminal.parts():
        if len(site.requests) > 5 and not sent:
            terminal.process.send_signal(number)
            sent = True
    assert terminal.process.returncode == 1
    summary, took, last = terminal.lines[-3:]
    assert re.fullmatch(
        r"kompas_global: \d+ new, 0 revised, 0 unchanged, 0 failed, \d+ missing, [12] days not read", summary
    )
    assert took.startswith("kompas_global: took ")
    assert last == "kompas_global: stopped; run the same command to continue"
    assert "not healthy" not in terminal.written


def test_a_pipe_gets_log_lines_and_a_summary_but_no_progress(crawl: Crawl) -> None:
    """Without it a log is full of carriage returns, and cannot be read or searched."""
    run = crawl("-a", f"archive={SAMPLE}", "-a", "limit=1")
    assert run.status == 0, run.stderr
    assert "\r" not in run.stderr
    assert " INFO: " in run.stderr
    assert len(run.verdict) == 1
