"""JSON Lines, plain and gzipped: a record a line, keys in the order of the data dictionary. orjson writes them."""

import gzip
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

import orjson


def write_lines(records: Iterable[dict[str, Any]], path: Path) -> int:
    """Gives the number of records.

    :raises OSError: the file cannot be written.
    """
    with path.open("wb") as file:
        return _write(records, file)


def write_gzip_lines(records: Iterable[dict[str, Any]], path: Path) -> int:
    """The same, packed without name and time, which would differ from one writing to the next.

    :raises OSError: the file cannot be written.
    """
    with path.open("wb") as file, gzip.GzipFile("", "wb", compresslevel=6, fileobj=file, mtime=0) as packed:
        return _write(records, packed)


def _write(records: Iterable[dict[str, Any]], file: IO[bytes] | gzip.GzipFile) -> int:
    count = 0
    for record in records:
        file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
        count += 1
    return count
