"""Parquet with nested types, a fixed schema and row groups of bounded size. pyarrow writes it."""

from pathlib import Path
from typing import Any, BinaryIO, Final

import pyarrow as pa
import pyarrow.parquet as pq

from crawler.dataset.arrow import arrow_row, arrow_schema
from crawler.items import Article

ROW_GROUP: Final = 2_000
"""Articles per row group, about 15 MB of text: a reader and the writer hold one row group in memory."""
_AT_ONCE: Final = 100
"""Articles converted to columns together: Python objects take many times the memory of columns."""


class ParquetFile:
    """A Parquet file with fixed version and codec, so that the same records give the same bytes."""

    loss = ""

    def __init__(self, out: Path | BinaryIO, columns: frozenset[str] | None = None, item: type = Article) -> None:
        """Open the file.

        :param columns: names of the fields to write; all if empty.
        :param item: dataclass of a record.
        :raises OSError: the file cannot be written.
        """
        self._schema = arrow_schema(columns, item)
        self._writer = pq.ParquetWriter(out, self._schema, compression="zstd", version="2.6")
        self._rows: list[dict[str, Any]] = []
        self._batches: list[pa.RecordBatch] = []

    def add(self, record: dict[str, Any]) -> None:
        self._rows.append(arrow_row(record))
        if len(self._rows) == _AT_ONCE:
            self._pack()
            if len(self._batches) * _AT_ONCE == ROW_GROUP:
                self._write()

    def close(self) -> None:
        self._pack()
        self._write()
        self._writer.close()

    def _pack(self) -> None:
        if self._rows:
            self._batches.append(pa.RecordBatch.from_pylist(self._rows, self._schema))
            self._rows.clear()

    def _write(self) -> None:
        if self._batches:
            self._writer.write_table(pa.Table.from_batches(self._batches))
            self._batches.clear()
