"""Members of a zip package as files: stored ones are parts of it, `zipfile` unpacks the others."""

import io
import zipfile
import zlib
from pathlib import Path
from typing import Any


class Window(io.RawIOBase):
    """`size` bytes of a file from `start` on, read only; `zipfile` would read its way through instead of seeking."""

    def __init__(self, path: Path, start: int, size: int) -> None:
        """
        :raises OSError: the file cannot be opened.
        """
        self._file = path.open("rb", buffering=0)
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
    """A compressed member, whose damage is an `OSError` like that of any other file."""

    def __init__(self, package: Path, member: str) -> None:
        """
        :raises OSError: the package cannot be opened, or is damaged.
        """
        try:
            self._package = zipfile.ZipFile(package)
            self._member = self._package.open(member)
        except (zipfile.BadZipFile, KeyError) as error:
            raise OSError(f"{member} of {package} cannot be read: {error}") from error

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
        super().close()
