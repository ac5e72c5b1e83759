"""Rows of the table `articles` from items, and items from rows, equal to what was stored."""

from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from crawler.items import Article

T = TypeVar("T")


def to_row(article: Article) -> dict[str, Any]:
    """Return column -> value; times inside nested objects become ISO text."""
    row = {f.name: _plain(getattr(article, f.name)) for f in fields(article)}
    return {**row, "published_utc": article.published_at.astimezone(UTC)}


def _plain(value: Any) -> Any:
    """Return a field as its column takes it: a nested object as a dictionary, which JSON can keep."""
    if isinstance(value, str | None):
        return value
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return {key: _text(inner) for key, inner in vars(value).items()} if is_dataclass(value) else value


def _text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else _plain(value)


def from_row(row: dict[str, Any]) -> Article:
    """Return the article of a row."""
    return build(Article, row)


def build(cls: type[T], values: dict[str, Any]) -> T:
    """Return a dataclass, with its nested dataclasses and times, from plain values."""
    hints = _hints(cls)  # type: ignore[arg-type]  # mypy does not take a class for hashable
    return cls(**{name: _value(hints[name], values[name]) for name in hints})


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


def _value(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(hint) is list:
        (inner,) = get_args(hint)
        return [_value(inner, one) for one in value]
    if get_origin(hint) is UnionType:
        hint = next(option for option in get_args(hint) if option is not type(None))
    if is_dataclass(hint) and isinstance(hint, type):
        return build(hint, value)
    return datetime.fromisoformat(value) if hint is datetime and isinstance(value, str) else value
