"""A part of a file as a file of its own: `zipfile` reads its way through a stored member instead of seeking in it."""

import io
from pathlib import Path
from typing import Any


class Window(io.RawIOBase):
    """`size` bytes of a file from `start` on, read only."""

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
