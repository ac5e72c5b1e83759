"""The fixed Arrow schema, made from the item's fields, so that every month has the same column types.

Times are ISO 8601 text with the page's own zone, as in JSON; `published_utc` is the same moment as a timestamp.
"""

from dataclasses import fields, is_dataclass
from datetime import datetime
from types import UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

import pyarrow as pa

from crawler.items import Article

PUBLISHED_UTC: Final = "published_utc"
_PLAIN: Final = {str: pa.string(), int: pa.int32(), bool: pa.bool_(), datetime: pa.string()}
_WIDE: Final = frozenset(("warc_offset",))
"""Numbers that do not fit into 32 bits."""


def arrow_schema(names: frozenset[str] | None = None) -> pa.Schema:
    """Return the columns in the order of the record, then `published_utc`.

    :param names: fields to keep; all if empty.
    """
    hints = get_type_hints(Article)
    columns = [_field(name, hint) for name, hint in hints.items() if names is None or name in names]
    return pa.schema([*columns, pa.field(PUBLISHED_UTC, pa.timestamp("us", tz="UTC"), nullable=False)])


def arrow_row(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record with `published_utc` added."""
    return {**record, PUBLISHED_UTC: datetime.fromisoformat(record["published_at"])}


def _field(name: str, hint: Any) -> pa.Field:
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
