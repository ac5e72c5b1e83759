"""Parquet: nested types, a fixed schema, row groups of a size that is read in one go. pyarrow writes it."""

from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from crawler.dataset.arrow import arrow_row, arrow_schema

ROW_GROUP: Final = 2_000
"""Articles: some 15 MB of text, read at once by whoever takes a part of the file, and held at once by the writer."""
_AT_ONCE: Final = 100
"""Articles that are Python objects at the same time: they take many times the room of columns."""


class ParquetFile:
    """Version and codec are fixed, so that the same records give the same bytes."""

    def __init__(self, path: Path, columns: frozenset[str] | None = None) -> None:
        """
        :param columns: names; all of the record without them.
        :raises OSError: the file cannot be written.
        """
        self._schema = arrow_schema(columns)
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd", version="2.6")
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
