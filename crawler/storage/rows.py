"""Rows of the table `articles` from items, and items from rows, equal to what was stored."""

from collections.abc import Callable
from dataclasses import is_dataclass
from datetime import UTC, datetime
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from crawler.items import Article

T = TypeVar("T")


def to_row(article: Article) -> dict[str, Any]:
    """Return column -> value; nested objects are as they are (see `json_value`)."""
    return {**vars(article), "published_utc": article.published_at.astimezone(UTC)}


def json_value(value: Any) -> Any:
    """Return a nested object as a dictionary, and a time as ISO text, for a JSON column."""
    return value.isoformat() if isinstance(value, datetime) else vars(value)


def from_row(row: dict[str, Any]) -> Article:
    """Return the article of a row."""
    return build(Article, row)


def build(cls: type[T], values: dict[str, Any]) -> T:
    """Return a dataclass, with its nested dataclasses and times, from plain values."""
    readers = _readers(cls)  # type: ignore[arg-type]  # mypy does not take a class for hashable
    return cls(**{name: read(values[name]) if read else values[name] for name, read in readers})


_Reader = Callable[[Any], Any]


@cache
def _readers(cls: type) -> list[tuple[str, _Reader | None]]:
    """Return field -> the function that reads its plain value; None where the value is taken as it is."""
    return [(name, _reader(hint)) for name, hint in get_type_hints(cls).items()]


def _reader(hint: Any) -> _Reader | None:
    if get_origin(hint) is UnionType:
        hint = next(option for option in get_args(hint) if option is not type(None))
    if get_origin(hint) is list:
        inner = _reader(get_args(hint)[0])
        return inner and (lambda values: [inner(one) for one in values])
    if is_dataclass(hint) and isinstance(hint, type):
        return lambda value: None if value is None else build(hint, value)
    return _time if hint is datetime else None


def _time(value: Any) -> Any:
    return datetime.fromisoformat(value) if isinstance(value, str) else value
