"""`scrapy crawl kompas_global -a archive=` as a whole: however an archive is packed, and however the run ends."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from fastwarc.warc import ArchiveIterator

from tests.archive.test_files import write_wacz
from tests.conftest import ROOT, Crawl

SAMPLE = ROOT / "samples" / "kompas_lookalike.warc.gz"


def pieces(count: int) -> list[bytes]:
    """The sample, cut between records."""
    content = SAMPLE.read_bytes()
    with SAMPLE.open("rb") as stream:
        starts = [record.stream_pos for record in ArchiveIterator(stream, parse_http=False)]
    cuts = [starts[len(starts) * number // count] for number in range(count)] + [len(content)]
    return [content[start:end] for start, end in pairwise(cuts)]


def without_place(record: dict[str, Any]) -> dict[str, Any]:
    return {**record, "provenance": None}


def test_it_makes_no_difference_how_an_archive_is_packed_and_how_many_read_it(crawl: Crawl, tmp_path: Path) -> None:
    """Without it two people with the same bytes have different datasets."""
    whole = crawl("-a", f"archive={SAMPLE}", "-s", "KOMPAS_WORKERS=1")
    assert len(whole.records) > 60
    first, second, third = pieces(3)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.warc.gz").write_bytes(first)
    write_wacz(tmp_path / "in" / "b.wacz", {"archive/data.warc.gz": second})
    (tmp_path / "c.warc.gz").write_bytes(third)
    two = crawl("-a", f"archive={SAMPLE}", "-s", "KOMPAS_WORKERS=2", db=tmp_path / "two.db")
    assert two.records == whole.records
    parts = f"archive={tmp_path / 'in'},{tmp_path / 'c.warc.gz'}"
    cut = crawl("-a", parts, "-s", "KOMPAS_WORKERS=2", db=tmp_path / "parts.db")
    assert list(map(without_place, cut.records)) == list(map(without_place, whole.records))
    assert cut.verdict == whole.verdict


@contextmanager
def reading(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A run in the midst of an archive that takes half a minute, in a session of its own."""
    archive, db = tmp_path / "long.warc.gz", tmp_path / "store.db"
    archive.write_bytes(SAMPLE.read_bytes() * 12)
    command = [sys.executable, "-m", "scrapy", "crawl", "kompas_global", "-a", f"archive={archive}"]
    run = subprocess.Popen(
        [*command, "-s", f"KOMPAS_DB={db}", "-s", "KOMPAS_WORKERS=2"],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert run.stderr is not None
    try:
        while stored(db) == 0 and run.poll() is None:
            time.sleep(0.1)
        assert run.poll() is None, run.stderr
        yield run
    finally:
        with suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        run.stderr.close()


def stored(db: Path) -> int:
    if not db.exists():
        return 0
    with closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as connection, suppress(sqlite3.OperationalError):
        count: int = connection.execute("select count(*) from articles").fetchone()[0]
        return count
    return 0


def all_ended(leader: int) -> bool:
    """Whether the processes of a session end soon."""
    deadline = time.monotonic() + 30
    while session(leader) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not session(leader)


def session(leader: int) -> list[int]:
    """Living processes of a session."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, _, sid = stat.read_text().rpartition(")")[2].split()[:4]
            if int(sid) == leader and state != "Z":
                found.append(int(stat.parent.name))
    return found


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_a_reading_that_is_stopped_ends_in_order(tmp_path: Path, told: signal.Signals) -> None:
    """Without it a Ctrl-C leaves a traceback, half a transaction, or processes that go on."""
    with reading(tmp_path) as run:
        assert len(session(run.pid)) > 2
        os.killpg(run.pid, told)  # as a terminal does it: the reading processes are told too
        _, errors = run.communicate(timeout=120)
        assert "Traceback" not in errors, errors[-3000:]
        assert run.returncode == 1
        assert "the run was stopped by a signal" in errors
        assert all_ended(run.pid)
    with closing(sqlite3.connect(tmp_path / "store.db")) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)


def test_a_reading_that_is_killed_leaves_no_process(tmp_path: Path) -> None:
    """Without it killed runs leave processes that read on for nobody."""
    with reading(tmp_path) as run:
        run.kill()
        run.wait()
        assert all_ended(run.pid)
