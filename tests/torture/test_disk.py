"""Disks that fill up or may no longer be written: a clear end, and nothing lost."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.site.server import LookAlike
from tests.torture import checks, running
from tests.torture.conftest import Figures
from tests.torture.running import Ended, Place

pytestmark = pytest.mark.torture
DAYS = ("-a", "since=2021-04-21", "-a", "until=2021-04-22", "-a", "latest_depth=0")
SIZES = (100, 300, 400, 600, 1000)
"""Kilobytes: full while the store is made, at its first story, and later and later."""
FULL = "cannot grow because the disk is full; free space and run again, what was stored is safe"
IO_ERROR = "cannot be read or written (disk error); check the disk, then run again"


def tool(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def mounted(folder: Path, *command: str) -> Path:
    """Only a superuser may mount; elsewhere the tests of `tests/storage/test_trouble.py` have to do."""
    folder.mkdir()
    try:
        tool(*command, str(folder))
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no small disk can be mounted here")
    return folder


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk whose size is changed by `remount`."""
    folder = mounted(tmp_path / "small", "mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs")
    yield folder
    tool("umount", "-l", str(folder))


@pytest.fixture
def failing(tmp_path: Path) -> Iterator[Path]:
    """Make a disk whose file system turns read-only when the device fails, which a test can cause."""
    image = tmp_path / "disk.img"
    with image.open("wb") as file:
        file.truncate(64 << 20)
    if shutil.which("mkfs.ext4") is None:
        pytest.skip("no small disk can be made here")
    tool("mkfs.ext4", "-q", str(image))
    folder = mounted(tmp_path / "failing", "mount", "-o", "loop", str(image))
    yield folder
    tool("umount", "-l", str(folder))


def remount(folder: Path, options: str) -> None:
    tool("mount", "-o", f"remount,{options}", str(folder))


def mend(folder: Path) -> None:
    """As after the restart of the machine."""
    tool("umount", str(folder))
    tool("mount", "-o", "loop", str(folder.parent / "disk.img"), str(folder))


def crawl(place: Place, served: LookAlike, feed: Path | str) -> Ended:
    return running.end_of(running.start(place, served, *DAYS, feed=str(feed)))


@pytest.fixture
def served() -> Iterator[LookAlike]:
    with LookAlike() as site:
        yield site


@pytest.fixture
def whole(served: LookAlike, tmp_path: Path) -> checks.Contents:
    """What there is to be had."""
    place = Place(tmp_path / "whole")
    assert crawl(place, served, place.feed).status == 0
    return checks.contents(place.store)


@pytest.mark.parametrize("size", SIZES)
def test_a_full_disk_ends_the_run_and_costs_nothing_that_was_stored(
    size: int, small: Path, served: LookAlike, whole: checks.Contents, tmp_path: Path, figures: Figures
) -> None:
    """Without it a night on a full disk ends in tracebacks, or takes the nights before it with it."""
    place = Place(small)
    remount(small, f"size={size}k")
    ended = crawl(place, served, tmp_path / "first.jsonl")
    stored = len(running.query(place.store, "select id from articles"))
    assert_told(ended, FULL)
    remount(small, "size=64m")
    assert checks.faults_of(place, served.site, whole) == []
    again = crawl(place, served, tmp_path / "second.jsonl")
    assert again.status == 0, again.stderr[-3000:]
    assert checks.faults_of_the_end(place, whole) == []
    figures.tell(f"a full disk of {size} KB", f"status {ended.status}, {stored} stories stored, complete afterwards")


@pytest.mark.parametrize("requests", [3, 20, 40])
def test_a_disk_that_turns_read_only_ends_the_run(
    requests: int, failing: Path, served: LookAlike, whole: checks.Contents, tmp_path: Path, figures: Figures
) -> None:
    """Without it a disk that fails in the night is a flood of tracebacks, and an unreliable store."""
    place = Place(failing)
    served.requests.clear()
    process = running.start(place, served, *DAYS, feed=str(tmp_path / "first.jsonl"))
    while len(served.requests) < requests and process.poll() is None:
        time.sleep(0.01)
    remount(failing, "abort")
    ended = running.end_of(process)
    assert_told(ended, IO_ERROR)
    refused = crawl(place, served, tmp_path / "second.jsonl")
    assert (refused.status, len(refused.told)) == (2, 1), refused.stderr[-3000:]
    assert "Read-only file system" in refused.told[0]
    mend(failing)
    assert checks.faults_of(place, served.site, whole) == []
    stored = len(running.query(place.store, "select id from articles"))
    again = crawl(place, served, tmp_path / "third.jsonl")
    assert again.status == 0, again.stderr[-3000:]
    assert checks.faults_of_the_end(place, whole) == []
    figures.tell(
        f"a disk read-only after {requests} requests",
        f"status {ended.status}, {stored} stories stored, then {refused.status}, complete afterwards",
    )


def test_a_full_disk_under_the_feed_alone_costs_the_store_nothing(
    served: LookAlike, whole: checks.Contents, tmp_path: Path, figures: Figures
) -> None:
    """Without it a feed on another disk takes the crawl with it, or ends short without a word."""
    place = Place(tmp_path / "store")
    ended = crawl(place, served, "/dev/full:jsonlines")
    assert ended.status == 6
    assert "the feed cannot be written (No space left on device)" in ended.told[-1]
    assert "Traceback" not in ended.stderr
    assert checks.faults_of_the_end(place, whole) == []
    figures.tell("a full disk under the feed", "told, the store complete")


def assert_told(ended: Ended, sentence: str) -> None:
    """One clear line, and no traceback."""
    assert "Traceback" not in ended.stderr, ended.stderr[-3000:]
    assert any(sentence in line for line in ended.told), ended.told
    assert ended.status in (2, 6)
    assert len(ended.told) == (2 if ended.status == 6 else 1), ended.told
