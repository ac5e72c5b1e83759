"""Editions of a bundle: with the text, for one's own research, or without, for everybody."""

from enum import Enum
from typing import Any, Final


class Text(Enum):
    """What of Kompas' own words a bundle holds."""

    FULL = "full"
    NONE = "none"


STAND_OFF: Final = frozenset(
    (
        "id",
        "url",
        "section",
        "kind",
        "published_at",
        "modified_at",
        "word_count",
        "declared_word_count",
        "pages",
        "complete",
        "layout",
        "fetched_at",
        "revision",
        "content_hash",
        "near_duplicate_of",
        "provenance",
    )
)
"""Fields that hold none of them: what a story is, where it is, and by which hash its text is known again."""


def columns_of(text: Text) -> frozenset[str] | None:
    """Fields of an edition; None for all."""
    return STAND_OFF if text is Text.NONE else None


def edited(record: dict[str, Any], columns: frozenset[str] | None) -> dict[str, Any]:
    """A record with the fields of an edition.

    >>> edited({"id": "2021/1", "title": "Judul"}, frozenset(("id",)))
    {'id': '2021/1'}
    """
    return record if columns is None else {name: value for name, value in record.items() if name in columns}
