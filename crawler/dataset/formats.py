"""Export formats, chosen by the ending of the file or by name."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Final, Protocol

from crawler.dataset.edition import edited
from crawler.dataset.lines import GzipLinesFile, LinesFile
from crawler.dataset.table import TableFile
from crawler.errors import BadArgument
from crawler.items import Article

NO_PYARROW: Final = "Parquet is written and read by pyarrow, which is not installed: pip install '.[dataset]'"
NO_XLSXWRITER: Final = "workbooks are written by XlsxWriter, which is not installed: pip install '.[dataset]'"


class RecordFile(Protocol):
    """A file that records are written to one by one. Both methods raise `OSError` if the file cannot be written."""

    @property
    def loss(self) -> str:
        """Return what the format could not hold, in one sentence; empty if it holds everything."""

    def add(self, record: dict[str, Any]) -> None: ...
    def close(self) -> None: ...


@dataclass(frozen=True)
class Form:
    """The form of a table, beside its format."""

    item: type = Article
    """Dataclass of a record."""
    kept: frozenset[str] | None = None
    """Fields of a record to write; None writes all."""
    byte_order_mark: bool = True
    """Begin CSV and TSV with a mark by which Excel recognises UTF-8."""


@dataclass(frozen=True)
class Written:
    """The result of an export."""

    records: int
    loss: str = ""
    """What the format could not hold, in one sentence; empty if it holds everything."""


def _lines_file(out: BinaryIO, form: Form) -> RecordFile:
    return LinesFile(out)


def _gzip_lines_file(out: BinaryIO, form: Form) -> RecordFile:
    return GzipLinesFile(out)


def _table_file(out: BinaryIO, form: Form, delimiter: str) -> RecordFile:
    return TableFile(out, form.item, form.kept, delimiter=delimiter, byte_order_mark=form.byte_order_mark)


def _sheet_file(out: BinaryIO, form: Form) -> RecordFile:
    try:
        from crawler.dataset.xlsx import SheetFile
    except ModuleNotFoundError as error:
        raise BadArgument(NO_XLSXWRITER) from error
    return SheetFile(out, form.item, form.kept)


def _parquet_file(out: BinaryIO, form: Form) -> RecordFile:
    try:
        from crawler.dataset.parquet import ParquetFile
    except ModuleNotFoundError as error:
        raise BadArgument(NO_PYARROW) from error
    return ParquetFile(out, form.kept, form.item)


FORMATS: Final[Mapping[str, Callable[[BinaryIO, Form], RecordFile]]] = {
    "jsonl": _lines_file,
    "jsonl.gz": _gzip_lines_file,
    "csv": partial(_table_file, delimiter=","),
    "tsv": partial(_table_file, delimiter="\t"),
    "xlsx": _sheet_file,
    "parquet": _parquet_file,
}

AS_JSON: Final = frozenset(("jsonl", "jsonl.gz"))
"""Formats that copy nested values as the JSON text of the store (`orjson.Fragment`)."""
WITH_MARK: Final = frozenset(("csv", "tsv"))
"""Formats that begin with a byte order mark, unless it is switched off."""


def format_of(name: str, format_name: str | None = None) -> str:
    """Return the name of the format of a file.

    :param format_name: the format if the ending does not say it.
    :raises BadArgument: the format is unknown.
    """
    if format_name is None:
        format_name = next((known for known in FORMATS if name.endswith(f".{known}")), Path(name).suffix[1:])
    if format_name not in FORMATS:
        raise BadArgument(f"{name} has none of the formats {', '.join(FORMATS)}, db; choose one with --format")
    return format_name


def write_records(
    records: Iterable[dict[str, Any]], out: BinaryIO, format_name: str, form: Form | None = None
) -> Written:
    """Write all records.

    :raises OSError: the file cannot be written.
    :raises BadArgument: the format needs a library that is not installed, or cannot hold so much.
    """
    form = form or Form()
    count = 0
    with closing(FORMATS[format_name](out, form)) as file:
        for record in records:
            file.add(edited(record, form.kept))
            count += 1
    return Written(count, file.loss)
