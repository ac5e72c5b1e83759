"""Which format a file is written in: by its ending, or by its name."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

from crawler.dataset.lines import write_gzip_lines, write_lines
from crawler.dataset.table import write_table
from crawler.errors import BadArgument

Writer = Callable[[Iterable[dict[str, Any]], Path], int]
"""Writes records into a file; gives their number."""


def _write_parquet(records: Iterable[dict[str, Any]], path: Path) -> int:
    try:
        from crawler.dataset.parquet import write_parquet
    except ModuleNotFoundError as error:
        raise BadArgument("Parquet is written by pyarrow, which is not installed: pip install pyarrow") from error
    return write_parquet(records, path)


FORMATS: Final[dict[str, Writer]] = {
    "jsonl": write_lines,
    "jsonl.gz": write_gzip_lines,
    "csv": write_table,
    "parquet": _write_parquet,
}


def writer_for(path: Path, name: str | None = None) -> Writer:
    """
    :param name: the format, where the ending does not say it.
    :raises BadArgument: nobody writes that.
    """
    if name is None:
        name = next((known for known in FORMATS if path.name.endswith(f".{known}")), path.suffix.removeprefix("."))
    if name not in FORMATS:
        raise BadArgument(f"{path} has none of the formats {', '.join(FORMATS)}; choose one with --format")
    return FORMATS[name]
