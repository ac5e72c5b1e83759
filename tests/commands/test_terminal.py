"""What a person at a terminal sees, and what a log file must not hold."""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

from tests.conftest import ROOT, Crawl

SAMPLE = ROOT / "samples" / "kompas_lookalike.warc.gz"


def crawl_at_a_terminal(store: Path) -> str:
    """Everything that a crawl of the sample writes to a terminal."""
    terminal, stderr = pty.openpty()
    fcntl.ioctl(stderr, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 120, 0, 0))  # a new one has no width at all
    command = [sys.executable, "-m", "scrapy", "crawl", "kompas_global", "-a", f"archive={SAMPLE}"]
    done = subprocess.Popen([*command, "-s", f"KOMPAS_DB={store}", "-L", "WARNING"], cwd=ROOT, stderr=stderr)
    os.close(stderr)
    written = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # Linux says so when the other end is closed
            break
        if not part:
            break
        written += part
    os.close(terminal)
    assert done.wait(timeout=600) == 0
    return written.decode()


def test_a_terminal_shows_how_far_the_run_is(tmp_path: Path) -> None:
    """A run of hours that says nothing is taken for one that hangs."""
    written = crawl_at_a_terminal(tmp_path / "store.db")
    assert "\rkompas_global: " in written
    assert " new, 0 known, 0 failed" in written
    assert "69 new, 0 revised" in written.splitlines()[-1]


def test_a_pipe_gets_log_lines_and_a_summary_but_no_progress(crawl: Crawl) -> None:
    """A log full of carriage returns cannot be read or searched."""
    run = crawl("-a", f"archive={SAMPLE}", "-L", "WARNING")
    assert run.status == 0, run.stderr
    assert "\r" not in run.stderr
    assert len(run.verdict) == 1
