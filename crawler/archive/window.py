"""Raw streams over files: one whose read errors name the file, a part of a file, a packed member of a zip package."""

import io
import zipfile
import zlib
from contextlib import ExitStack
from lzma import LZMAError
from pathlib import Path
from typing import IO, Any, Final, Protocol

from crawler import bounds
from crawler.errors import SourceFailed

NOT_UNPACKED: Final = (zipfile.BadZipFile, KeyError, RuntimeError, zlib.error, LZMAError, EOFError)
"""What `zipfile` raises for a damaged package or member, one that is not there, encrypted, or in a compression that it
does not know (a `RuntimeError`)."""
_KEPT: Final = 4 * 1024 * 1024
"""Bytes of a packed member that are kept: more than `boundaries` steps back at a time."""


class Seekable(Protocol):
    """The methods of a file that `Guarded` calls."""

    def read(self, size: int, /) -> bytes: ...

    def seek(self, offset: int, whence: int, /) -> int: ...

    def tell(self) -> int: ...

    def close(self) -> None: ...


class Guarded(io.RawIOBase):
    """A file whose read errors are raised as `SourceFailed`.

    fastwarc reports damaged data as `OSError`. A file that the system cannot read must not look like a damaged one.
    """

    def __init__(self, file: Seekable, where: str) -> None:
        """Wrap a file.

        :param where: the name of the file in an error message.
        """
        self._file, self._where = file, where

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Read into a buffer.

        :raises SourceFailed: the file cannot be read.
        """
        try:
            data = self._file.read(len(buffer))
        except OSError as error:
            raise SourceFailed(self._where, reason_of(error)) from error
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        self._file.close()
        super().close()


def open_file(path: Path) -> IO[bytes]:
    """Open a file for reading.

    :raises SourceFailed: the file cannot be opened. Its `read` raises the same when the file cannot be read.
    """
    try:
        file = path.open("rb", buffering=0)
    except OSError as error:
        raise SourceFailed(str(path), reason_of(error)) from error
    return io.BufferedReader(Guarded(file, str(path)))


def reason_of(error: OSError) -> str:
    """Return the system's message for an error, without its number and the name of the file."""
    return error.strerror or str(error) or type(error).__name__


class _Placed(io.RawIOBase):
    """A file of a known size that keeps its place itself."""

    _at = 0
    _size = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        return self._at


class Window(_Placed):
    """`size` bytes of a file from `start` on, as a file. `zipfile` would not seek to an offset."""

    def __init__(self, file: IO[bytes], start: int, size: int) -> None:
        self._file = file
        self._start, self._size, self._at = start, size, 0

    def readinto(self, buffer: Any) -> int:
        wanted = max(0, min(len(buffer), self._size - self._at))
        self._file.seek(self._start + self._at)
        data = self._file.read(wanted)
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()


class Unpacked(_Placed):
    """A compressed member of a zip package. Damage raises `OSError`, as it does for every compressed file.

    The last `_KEPT` bytes are kept, so that a reader that steps back over damage does not unpack all before it again.
    """

    def __init__(self, package: Path, member: str) -> None:
        """Open a member of a package.

        :raises SourceFailed: the package cannot be opened, does not hold the member, or has it encrypted or in an
            unknown compression.
        """
        self._opened = ExitStack()  # first, because `close` runs on an object whose `__init__` failed, too
        self._where = str(package)
        self._at = self._end = self._rewinds = 0
        self._recent = bytearray()
        file = self._opened.enter_context(open_file(package))
        try:
            self._package = self._opened.enter_context(zipfile.ZipFile(file))
            self._member = self._opened.enter_context(self._package.open(member))
            self._size = self._package.getinfo(member).file_size
        except NOT_UNPACKED as error:
            self.close()
            raise SourceFailed(str(package), f"no zip package, or damaged: {error}") from error

    def readinto(self, buffer: Any) -> int:
        """Read into a buffer.

        :raises OSError: the member is damaged.
        :raises SourceFailed: it was unpacked again more than `bounds.REWINDS` times.
        """
        if self._at < self._end - len(self._recent):
            self._rewind()
        while self._at > self._end and self._unpack(min(_KEPT, self._at - self._end)):
            pass
        if self._at == self._end:
            self._unpack(len(buffer))
        start = self._at - (self._end - len(self._recent))
        data = self._recent[start : start + len(buffer)] if start >= 0 else b""
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def close(self) -> None:
        self._opened.close()
        super().close()

    def _unpack(self, size: int) -> int:
        """Unpack the next bytes; return their number."""
        try:
            data = self._member.read(size)
        except NOT_UNPACKED as error:
            raise OSError(f"{self._member.name} cannot be unpacked: {error}") from error
        self._end += len(data)
        self._recent += data
        del self._recent[:-_KEPT]
        return len(data)

    def _rewind(self) -> None:
        self._rewinds += 1
        if self._rewinds > bounds.REWINDS:
            raise SourceFailed(self._where, f"{self._member.name} is damaged in too many places to be read on")
        try:
            self._member.seek(0)
        except NOT_UNPACKED as error:
            raise OSError(f"{self._member.name} cannot be unpacked: {error}") from error
        self._end = 0
        self._recent.clear()
