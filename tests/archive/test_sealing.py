"""What a killed run leaves open is cut back to whole records, and nothing else is touched."""

import fcntl
import gzip
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.archive.warc_file import WarcFile, open_path, seal_left_over, whole_bytes

MEMBERS = [gzip.compress(bytes(range(256)) * size, mtime=0) for size in (1, 40, 7, 300)]
GOOD = b"".join(MEMBERS)
ENDS = [sum(map(len, MEMBERS[:number])) for number in range(len(MEMBERS) + 1)]


@given(st.integers(0, len(GOOD)))
def test_a_file_cut_off_anywhere_keeps_its_whole_members(cut: int) -> None:
    """Without it the last record of a killed run makes its file unreadable, or takes good ones with it."""
    assert whole_bytes(BytesIO(GOOD[:cut])) == max(end for end in ENDS if end <= cut)


@given(st.integers(0, len(GOOD)), st.binary(min_size=1, max_size=40))
def test_garbage_behind_whole_members_is_left_out(cut: int, garbage: bytes) -> None:
    """Without it what a disk wrote into the end of a file passes for a record."""
    whole = whole_bytes(BytesIO(GOOD[:cut] + garbage))
    assert whole >= max(end for end in ENDS if end <= cut)
    assert not gzip_fault((GOOD[:cut] + garbage)[:whole])


def gzip_fault(data: bytes) -> bool:
    try:
        gzip.decompress(data)
    except (EOFError, OSError):
        return True
    return False


def test_left_over_files_are_sealed_and_empty_ones_go(tmp_path: Path) -> None:
    """Without it a year of nights leaves a year of files that no tool opens."""
    torn, empty = tmp_path / "a.warc.gz", tmp_path / "b.warc.gz"
    open_path(torn).write_bytes(GOOD[:-3])
    open_path(empty).write_bytes(GOOD[:9])
    assert seal_left_over(tmp_path) == ["a.warc.gz"]
    assert [file.name for file in tmp_path.iterdir()] == ["a.warc.gz"]
    assert torn.read_bytes() == GOOD[: ENDS[-2]]


def test_a_file_that_is_being_written_is_left_alone(tmp_path: Path) -> None:
    """Without it a second store that records into the same folder takes the first one's file away."""
    with WarcFile(tmp_path / "a.warc.gz") as file:
        file.append(MEMBERS[0])
        assert seal_left_over(tmp_path) == []
        assert file.append(MEMBERS[1]) == len(MEMBERS[0])
    assert (tmp_path / "a.warc.gz").read_bytes() == MEMBERS[0] + MEMBERS[1]


def test_a_write_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it a full disk leaves half a record in front of good ones."""
    with WarcFile(tmp_path / "a.warc.gz") as file:
        file.append(MEMBERS[0])

        def full(descriptor: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("os.fsync", full)
        with pytest.raises(OSError, match="No space"):
            file.append(MEMBERS[1])
        monkeypatch.undo()
        assert file.append(MEMBERS[2]) == len(MEMBERS[0])
    assert (tmp_path / "a.warc.gz").read_bytes() == MEMBERS[0] + MEMBERS[2]


def test_a_file_without_a_record_is_no_file(tmp_path: Path) -> None:
    """Without it every run without a request leaves an empty archive."""
    with WarcFile(tmp_path / "a.warc.gz"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_the_lock_goes_with_the_file(tmp_path: Path) -> None:
    """Without it a file that was closed in a hurry is never sealed."""
    file = WarcFile(tmp_path / "a.warc.gz")
    file.append(MEMBERS[0])
    file.seal()
    with (tmp_path / "a.warc.gz").open("rb") as again:
        fcntl.flock(again, fcntl.LOCK_EX | fcntl.LOCK_NB)
