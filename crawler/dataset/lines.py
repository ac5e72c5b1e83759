"""JSON Lines, plain and gzipped: one record per line, keys in the order of the item. orjson writes them."""

import gzip
from pathlib import Path
from typing import Any, Final

import orjson

_AT_ONCE: Final = 1024 * 1024
"""Buffer size in bytes: one record fills half of Python's default buffer."""


class LinesFile:
    """A file of JSON Lines. All methods raise `OSError` if it cannot be written."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb", buffering=_AT_ONCE)

    def add(self, record: dict[str, Any]) -> None:
        self._file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))

    def close(self) -> None:
        self._file.close()


class GzipLinesFile(LinesFile):
    """A gzipped file of JSON Lines, without name and time in its header, so that its bytes are repeatable."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._packed = gzip.GzipFile("", "wb", compresslevel=6, fileobj=self._file, mtime=0)

    def add(self, record: dict[str, Any]) -> None:
        self._packed.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))

    def close(self) -> None:
        self._packed.close()
        super().close()
