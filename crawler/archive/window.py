"""Raw streams over files: one whose read errors name the file, a part of a file, a packed member of a zip package."""

import io
import zipfile
import zlib
from pathlib import Path
from typing import IO, Any, Protocol

from crawler.errors import SourceFailed


class Seekable(Protocol):
    """What is used of a file."""

    def read(self, size: int, /) -> bytes: ...

    def seek(self, offset: int, whence: int, /) -> int: ...

    def tell(self) -> int: ...

    def close(self) -> None: ...


class Guarded(io.RawIOBase):
    """A file whose read errors are raised as `SourceFailed`.

    fastwarc reports damaged data as `OSError`. A file that the system cannot read must not look like a damaged one.
    """

    def __init__(self, file: Seekable, where: str) -> None:
        """
        :param where: what to call the file in an error.
        """
        self._file, self._where = file, where

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """
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
    """Open a file to be read.

    :raises SourceFailed: it cannot be opened; or, from any read, it cannot be read.
    """
    try:
        file = path.open("rb", buffering=0)
    except OSError as error:
        raise SourceFailed(str(path), reason_of(error)) from error
    return io.BufferedReader(Guarded(file, str(path)))


def reason_of(error: OSError) -> str:
    """Return the system's words for an error, without the number and the name of the file."""
    return error.strerror or str(error) or type(error).__name__


class Window(io.RawIOBase):
    """`size` bytes of a file from `start` on, as a file; `zipfile` would read its way through instead of seeking."""

    def __init__(self, file: IO[bytes], start: int, size: int) -> None:
        self._file = file
        self._start, self._size, self._at = start, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        wanted = max(0, min(len(buffer), self._size - self._at))
        self._file.seek(self._start + self._at)
        data = self._file.read(wanted)
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def close(self) -> None:
        self._file.close()
        super().close()


class Unpacked(io.RawIOBase):
    """A compressed member of a zip package. Its damage is an `OSError`, like that of any packed file."""

    def __init__(self, package: Path, member: str) -> None:
        """
        :raises SourceFailed: the package cannot be opened, or does not hold the member.
        """
        self._file = open_file(package)
        try:
            self._package = zipfile.ZipFile(self._file)
            self._member = self._package.open(member)
        except (zipfile.BadZipFile, KeyError) as error:
            self._file.close()
            raise SourceFailed(str(package), f"no zip package, or damaged: {error}") from error

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._member.read(len(buffer))
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise OSError(f"{self._member.name} cannot be unpacked: {error}") from error
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        try:
            return self._member.seek(offset, whence)
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise OSError(f"{self._member.name} cannot be unpacked: {error}") from error

    def tell(self) -> int:
        return self._member.tell()

    def close(self) -> None:
        if not self.closed:
            self._member.close()
            self._package.close()
            self._file.close()
        super().close()
