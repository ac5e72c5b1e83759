"""Editions of a release: with the texts (for own research) or without (for publication)."""

from enum import Enum
from typing import Any, Final


class Text(Enum):
    """Whether a bundle holds Kompas's texts."""

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
        "agencies",
        "dateline_country",
        "countries",
        "word_count",
        "declared_word_count",
        "pages",
        "complete",
        "incomplete_because",
        "layout",
        "fetched_at",
        "revision",
        "content_hash",
        "near_duplicate_of",
        "provenance",
    )
)
"""Fields without Kompas's words: what a story is, where it is, what can be counted, and the hash of its text."""


def columns_of(text: Text) -> frozenset[str] | None:
    """Return the fields of an edition; None means all."""
    return STAND_OFF if text is Text.NONE else None


def edited(record: dict[str, Any], columns: frozenset[str] | None) -> dict[str, Any]:
    """Return a record with the fields of an edition.

    >>> edited({"id": "2021/1", "title": "Judul"}, frozenset(("id",)))
    {'id': '2021/1'}
    """
    return record if columns is None else {name: value for name, value in record.items() if name in columns}
