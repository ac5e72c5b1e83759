"""WARC files in writing: they end in `.open` and get their final name when they are sealed."""

import errno
import fcntl
import os
import zlib
from pathlib import Path
from typing import IO, Final, Self

from crawler.archive.shelf import OPEN_SUFFIX
from crawler.folders import sync_folder

_BLOCK: Final = 1 << 20


class WarcFile:
    """One file in writing; its name is on disk when it is made, its bytes when `append` returns.

    A lock on the open file marks it as in use. The lock ends with the process, however that ends.
    """

    def __init__(self, path: Path) -> None:
        """Create the file.

        :param path: the final name.
        :raises OSError: it cannot be made, or a file of this name exists.
        """
        self.name = path.name
        self._path = path
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        self._file = open_path(path).open("xb", buffering=0)
        fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        sync_folder(path.parent)
        self.size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.seal()

    def append(self, data: bytes) -> int:
        """Write whole records; return the offset of the first.

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
        """Close the file and give it its final name; delete an empty one.

        :raises OSError: it cannot be renamed; the next run does it.
        """
        if self.size:
            open_path(self._path).replace(self._path)
        else:
            open_path(self._path).unlink()
        self._file.close()


def open_path(path: Path) -> Path:
    """Return the path under which a file is written."""
    return path.with_name(path.name + OPEN_SUFFIX)


def seal_left_over(folder: Path) -> list[str]:
    """Seal the files that killed runs left open, cut back to their last whole record; return their names.

    Files that another process writes are left alone.

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
    """Return the length of the complete gzip members at the beginning of a file."""
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
