"""JSON Lines, plain and gzipped: a record a line, keys in the order of the data dictionary. orjson writes them."""

import gzip
from pathlib import Path
from typing import Any, Final

import orjson

_AT_ONCE: Final = 1024 * 1024
"""Bytes that are written together: a record is half of what Python's own buffer holds."""


class LinesFile:
    """A file of JSON Lines. All raise `OSError` when it cannot be written."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb", buffering=_AT_ONCE)

    def add(self, record: dict[str, Any]) -> None:
        self._file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))

    def close(self) -> None:
        self._file.close()


class GzipLinesFile(LinesFile):
    """The same, packed without name and time, which would differ from one writing to the next."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._packed = gzip.GzipFile("", "wb", compresslevel=6, fileobj=self._file, mtime=0)

    def add(self, record: dict[str, Any]) -> None:
        self._packed.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))

    def close(self) -> None:
        self._packed.close()
        super().close()
