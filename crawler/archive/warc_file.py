"""WARC files that are being written: whole records under a name that says so, the final name when they are sealed."""

import fcntl
import os
import zlib
from pathlib import Path
from typing import IO, Final, Self

from crawler.archive.shelf import OPEN_SUFFIX

_BLOCK: Final = 1 << 20


class WarcFile:
    """One file; its bytes are on the disk when `append` comes back.

    A lock on the open file says that somebody writes it; it goes with the process, however that ends.
    """

    def __init__(self, path: Path) -> None:
        """
        :param path: the final name.
        :raises OSError: it cannot be made.
        """
        self.name = path.name
        self._path = path
        self._file = open_path(path).open("xb", buffering=0)
        fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self.size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.seal()

    def append(self, data: bytes) -> int:
        """Writes whole records; gives the offset of the first.

        :raises OSError: nothing was written.
        """
        offset = self.size
        try:
            rest = memoryview(data)
            while rest:  # a file without a buffer may take less than it is given
                rest = rest[self._file.write(rest) :]
            os.fsync(self._file.fileno())
        except OSError:
            self._file.truncate(offset)
            self._file.seek(offset)
            raise
        self.size += len(data)
        return offset

    def seal(self) -> None:
        """Closes the file and gives it its name; an empty one goes.

        :raises OSError: it cannot be renamed; the next run does it.
        """
        if self.size:
            open_path(self._path).replace(self._path)
        else:
            open_path(self._path).unlink()
        self._file.close()


def open_path(path: Path) -> Path:
    """Under which a file is written."""
    return path.with_name(path.name + OPEN_SUFFIX)


def seal_left_over(folder: Path) -> list[str]:
    """Seals the files that killed runs left behind, cut back to their last whole record; gives their names.

    Files that are being written are left alone.

    :raises OSError: a file cannot be read or renamed.
    """
    sealed = []
    for path in sorted(folder.glob(f"*.warc.gz{OPEN_SUFFIX}")):
        with path.open("r+b") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            whole = whole_bytes(file)
            file.truncate(whole)
            os.fsync(file.fileno())
            if whole:
                sealed.append(path.name.removesuffix(OPEN_SUFFIX))
                path.replace(path.with_name(sealed[-1]))
            else:
                path.unlink()
    return sealed


def whole_bytes(file: IO[bytes]) -> int:
    """Length of the gzip members at the beginning of a file that are there from their first to their last byte."""
    whole, at = 0, 0
    file.seek(0)
    member, data = zlib.decompressobj(wbits=31), file.read(_BLOCK)
    while data:
        try:
            member.decompress(data)
        except zlib.error:
            break
        if member.eof:
            at += len(data) - len(member.unused_data)
            whole, data, member = at, member.unused_data, zlib.decompressobj(wbits=31)
        else:
            at, data = at + len(data), b""
        data = data or file.read(_BLOCK)
    return whole
