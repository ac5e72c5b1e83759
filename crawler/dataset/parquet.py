"""Parquet: nested types, a fixed schema, row groups of a size that is read in one go. pyarrow writes it."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from crawler.dataset.arrow import arrow_row, arrow_schema

ROW_GROUP: Final = 2_000
"""Articles: some 15 MB of text, read at once by whoever takes a part of the file, and held at once by the writer."""
_AT_ONCE: Final = 100
"""Articles that are Python objects at the same time."""


def write_parquet(records: Iterable[dict[str, Any]], path: Path) -> int:
    """Gives the number of records. Version and codec are fixed, so that the same records give the same bytes.

    :raises OSError: the file cannot be written.
    """
    schema, count = arrow_schema(), 0
    with pq.ParquetWriter(path, schema, compression="zstd", version="2.6") as writer:
        for group in _groups(records, schema):
            writer.write_table(group)
            count += group.num_rows
    return count


def _groups(records: Iterable[dict[str, Any]], schema: pa.Schema) -> Iterator[pa.Table]:
    """Row groups, each put together from small batches: rows as Python objects take many times their size."""
    rows = map(arrow_row, records)
    while batches := list(_batches(islice(rows, ROW_GROUP), schema)):
        yield pa.Table.from_batches(batches)


def _batches(rows: Iterator[dict[str, Any]], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    while batch := list(islice(rows, _AT_ONCE)):
        yield pa.RecordBatch.from_pylist(batch, schema)
