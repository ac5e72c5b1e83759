"""Folders and new files in them have their names on the disk before anything refers to them."""

import errno
import os
from pathlib import Path

import pytest

from crawler.archive import warc_file
from crawler.archive.warc_file import WarcFile
from crawler.folders import make_folder, sync_folder


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Paths in the order in which they are synced."""
    paths: list[str] = []
    real = os.fsync

    def fsync(handle: int) -> None:
        paths.append(Path(f"/proc/self/fd/{handle}").readlink().name)
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    return paths


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="names of open files are in /proc")
def test_the_name_of_each_new_folder_is_synced(tmp_path: Path, synced: list[str]) -> None:
    """Without it a power cut takes the folder with all its synced files."""
    make_folder(tmp_path / "data" / "warc")
    assert synced == ["data", tmp_path.name]
    make_folder(tmp_path / "data" / "warc")
    assert len(synced) == 2


def test_a_new_warc_file_has_its_name_on_the_disk_before_its_first_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it the store names bytes of a file that no disk holds."""
    seen: list[tuple[Path, list[str]]] = []
    monkeypatch.setattr(warc_file, "sync_folder", lambda path: seen.append((path, sorted(os.listdir(path)))))  # noqa: PTH208
    with WarcFile(tmp_path / "a.warc.gz"):
        assert seen == [(tmp_path, ["a.warc.gz.open"])]


@pytest.mark.parametrize(("number", "told"), [(errno.EINVAL, False), (errno.EIO, True)])
def test_a_file_system_that_cannot_sync_folders_is_no_error(
    number: int, told: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it no store can be made on some network file systems, or a broken disk is not noticed."""

    def fail(_handle: int) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(os, "fsync", fail)
    if told:
        with pytest.raises(OSError, match="no"):
            sync_folder(tmp_path)
    else:
        sync_folder(tmp_path)
