"""Export formats, chosen by the ending of the file or by name."""

from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any, Final, Protocol

from crawler.dataset.lines import GzipLinesFile, LinesFile
from crawler.dataset.table import TableFile
from crawler.errors import BadArgument

NO_PYARROW: Final = "Parquet is written and read by pyarrow, which is not installed: pip install '.[dataset]'"


class RecordFile(Protocol):
    """A file that records are written to one by one. Both methods raise `OSError` if the file cannot be written."""

    def add(self, record: dict[str, Any]) -> None: ...
    def close(self) -> None: ...


def _parquet_file(path: Path) -> RecordFile:
    try:
        from crawler.dataset.parquet import ParquetFile
    except ModuleNotFoundError as error:
        raise BadArgument(NO_PYARROW) from error
    return ParquetFile(path)


FORMATS: Final[dict[str, Callable[[Path], RecordFile]]] = {
    "jsonl": LinesFile,
    "jsonl.gz": GzipLinesFile,
    "csv": TableFile,
    "parquet": _parquet_file,
}

AS_JSON: Final = frozenset(("jsonl", "jsonl.gz"))
"""Formats that copy nested values as the JSON text of the store (`orjson.Fragment`)."""


def format_of(path: Path, name: str | None = None) -> str:
    """Return the name of the format of a file.

    :param name: the format if the ending does not say it.
    :raises BadArgument: the format is unknown.
    """
    if name is None:
        name = next((known for known in FORMATS if path.name.endswith(f".{known}")), path.suffix.removeprefix("."))
    if name not in FORMATS:
        raise BadArgument(f"{path} has none of the formats {', '.join(FORMATS)}; choose one with --format")
    return name


def write_records(records: Iterable[dict[str, Any]], path: Path, format_name: str) -> int:
    """Write all records; return their number.

    :raises OSError: the file cannot be written.
    :raises BadArgument: the format needs a library that is not installed.
    """
    count = 0
    with closing(FORMATS[format_name](path)) as file:
        for record in records:
            file.add(record)
            count += 1
    return count
