"""Parts of a file that behave like files."""

import errno
import io
import os
import zipfile
from pathlib import Path

import pytest

from crawler.archive.window import Guarded, Unpacked, Window, open_file
from crawler.errors import SourceFailed

CONTENT = bytes(range(200))


@pytest.fixture
def window(tmp_path: Path) -> Window:
    path = tmp_path / "a.bin"
    path.write_bytes(b"vor" + CONTENT + b"hinter")
    return Window(open_file(path), 3, len(CONTENT))


def test_it_ends_where_its_part_ends(window: Window) -> None:
    """Without it the index behind an archive in a package is read as records."""
    assert window.read() == CONTENT
    assert window.read(5) == b""
    window.seek(190)
    assert window.read(50) == CONTENT[190:]


@pytest.mark.parametrize(
    ("offset", "whence", "lands"),
    [(7, io.SEEK_SET, 7), (-3, io.SEEK_END, 197), (4, io.SEEK_CUR, 14), (-99, io.SEEK_CUR, 0), (900, io.SEEK_SET, 900)],
)
def test_it_is_sought_in_from_each_end(window: Window, offset: int, whence: int, lands: int) -> None:
    """Without it a record of a package is looked for at the wrong byte."""
    window.seek(10)
    assert window.seek(offset, whence) == window.tell() == lands
    assert window.read(2) == CONTENT[lands : lands + 2]


def test_it_can_be_read_with_a_buffer_and_closed_twice(window: Window) -> None:
    """Without it files stay open, one for each story of an archive."""
    with io.BufferedReader(window) as reader:
        assert (reader.read(3), reader.seek(100), reader.read(1)) == (CONTENT[:3], 100, CONTENT[100:101])
    window.close()
    assert window.closed
    with pytest.raises(ValueError, match="closed"):
        window.read(1)


def test_damage_of_a_packed_member_is_an_error_of_reading(tmp_path: Path) -> None:
    """Without it one bad byte in a package ends the run with a traceback."""
    path = tmp_path / "p.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("a.warc", b"".join(str(number).encode() for number in range(30_000)))
    content = bytearray(path.read_bytes())
    content[2000:2100] = b"\xff" * 100
    path.write_bytes(content)
    with Unpacked(path, "a.warc") as member, pytest.raises(OSError, match=r"a\.warc cannot be unpacked"):
        member.read()
    with Unpacked(path, "a.warc") as member:
        member.seek(100_000)
        with pytest.raises(OSError, match=r"a\.warc cannot be unpacked"):
            member.read()
    path.write_bytes(b"bukan zip")
    for broken in (path, tmp_path / "lain.zip"):
        with pytest.raises(SourceFailed, match=f"the archive {broken} cannot be read"):
            Unpacked(broken, "a.warc")


def test_a_file_that_the_system_cannot_read_is_not_taken_for_a_damaged_one() -> None:
    """Without it a bad disk is treated like a bad byte, and no message names the file to fetch again."""

    class BadDisk(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    stream = io.BufferedReader(Guarded(BadDisk(b"x"), "/mnt/a.warc.gz"))
    with pytest.raises(SourceFailed, match=r"the archive /mnt/a\.warc\.gz cannot be read \(Input/output error\)"):
        stream.read(1)


def test_a_packed_member_is_read_at_any_place_and_not_unpacked_again_and_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it damage in half a megabyte of zeros keeps a reader busy for hours."""
    monkeypatch.setattr("crawler.archive.window._KEPT", 100)
    monkeypatch.setattr("crawler.bounds.REWINDS", 1)
    path, content = tmp_path / "p.zip", bytes(range(256)) * 4
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("a.warc", content)
    with Unpacked(path, "a.warc") as member:
        for place in (0, 700, 650, 690, 1000):
            assert member.seek(place) == place
            assert member.read(24) == content[place : place + 24], place
        assert (member.seek(0, io.SEEK_END), member.read(1)) == (1024, b"")
        member.seek(0)
        assert member.read(10) == content[:10], "unpacked once more"
        member.seek(900)
        member.read(100)
        member.seek(0)
        with pytest.raises(SourceFailed, match="damaged in too many places"):
            member.read(1)
