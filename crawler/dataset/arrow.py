"""The fixed Arrow schema, made from the fields of a record, so that every month has the same column types.

Times are ISO 8601 text with the page's own zone, as in JSON; `date`, `time` and `published_utc` are times of Arrow.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from types import UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

import pyarrow as pa

from crawler.dataset.columns import DERIVED, column_types, derived_values
from crawler.items import Article

_DERIVED: Final = {"date": pa.date32(), "time": pa.time32("ms"), "published_utc": pa.timestamp("us", tz="UTC")}
_PLAIN: Final = {str: pa.string(), int: pa.int32(), bool: pa.bool_(), datetime: pa.string(), date: pa.date32()}
_WIDE: Final = frozenset(("warc_offset",))
"""Numbers that do not fit into 32 bits."""


def arrow_schema(names: frozenset[str] | None = None, item: type = Article) -> pa.Schema:
    """Return the columns of a table (see `columns.column_types`).

    :param names: fields to keep; all if empty.
    :param item: dataclass of a record.
    """
    return pa.schema([_field(name, hint) for name, hint in column_types(item, names).items()])


def arrow_row(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record with the derived columns."""
    return {**record, **derived_values(record)}


def _field(name: str, hint: Any) -> pa.Field:
    if name in DERIVED:
        return pa.field(name, _DERIVED[name], nullable=False)
    nullable = get_origin(hint) is UnionType
    if nullable:
        (hint,) = (option for option in get_args(hint) if option is not type(None))
    return pa.field(name, pa.int64() if name in _WIDE else _type(hint), nullable=nullable)


def _type(hint: Any) -> pa.DataType:
    if get_origin(hint) is list:
        (inner,) = get_args(hint)
        return pa.list_(pa.field("element", _type(inner), nullable=False))
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        return pa.struct([_field(one.name, hints[one.name]) for one in fields(hint)])
    return _PLAIN[hint]
