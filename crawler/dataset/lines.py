"""JSON Lines, plain and gzipped: one record per line, keys in the order of the item. orjson writes them."""

import gzip
from typing import Any, BinaryIO

import orjson


class LinesFile:
    """A file of JSON Lines. All methods raise `OSError` if it cannot be written."""

    loss = ""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def add(self, record: dict[str, Any]) -> None:
        self._out.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))

    def close(self) -> None:
        self._out.flush()


class GzipLinesFile:
    """A gzipped file of JSON Lines, without name and time in its header, so that its bytes are repeatable."""

    loss = ""

    def __init__(self, out: BinaryIO) -> None:
        self._packed = gzip.GzipFile("", "wb", compresslevel=6, fileobj=out, mtime=0)
        self._lines = LinesFile(self._packed)  # type: ignore[arg-type]  # it has the two methods that are called

    def add(self, record: dict[str, Any]) -> None:
        self._lines.add(record)

    def close(self) -> None:
        self._packed.close()
