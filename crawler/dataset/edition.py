"""Editions of a release: with the texts (for own research) or without (for publication)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from crawler.items import Article
from crawler.kompas.text.sentences import sentences_of
from crawler.kompas.text.words import words_of

_TOKEN: Final = re.compile(r"\w+(?:[-'’.,]\w+)*|[^\w\s]")


class Text(Enum):
    """Whether an edition holds Kompas's texts."""

    FULL = "full"
    NONE = "none"


class Extra(Enum):
    """What an edition without texts holds only if the user wants it."""

    NAMES = "names"
    """`authors` and `editors`: personal data."""
    WORDS = "words"
    """The table of word counts of each article."""


STAND_OFF: Final = frozenset(
    (
        *("id", "url", "section", "kind", "published_at", "modified_at", "sources", "agencies"),
        *("dateline", "dateline_country", "countries", "tags"),
        *("word_count", "declared_word_count", "unaccounted", "pages", "complete", "incomplete_because", "layout"),
        *("fetched_at", "revision", "content_hash", "near_duplicate_of", "provenance"),
    )
)
"""Fields with facts about a story: what it is, where it is, what it is about, what can be counted, its hash."""
PEOPLE: Final = frozenset(("authors", "editors"))


@dataclass
class PublishedArticle(Article):
    """A record of the edition without texts, with counts of what was left out."""

    character_count: int = 0
    """Characters of `text`, blanks and line ends too."""
    sentence_count: int = 0
    """Sentences of `text`, counted as in the table `changes`."""
    token_count: int = 0
    """Words, numbers and punctuation marks of `text`: `Rp 1.500,` is three."""
    title_word_count: int = 0
    """Words of `title`, as in the table `words`."""


COUNTS: Final = frozenset(("character_count", "sentence_count", "token_count", "title_word_count"))


def counts_of(title: str, text: str) -> dict[str, int]:
    """Return the counts of a `PublishedArticle`.

    >>> counts_of("Harga Naik", "Harganya Rp 1.500, katanya. Benar.")
    {'character_count': 34, 'sentence_count': 2, 'token_count': 8, 'title_word_count': 2}
    """
    return {
        "character_count": len(text),
        "sentence_count": len(sentences_of(text)),
        "token_count": sum(1 for _ in _TOKEN.finditer(text)),
        "title_word_count": len(words_of(title)),
    }


@dataclass(frozen=True)
class Edition:
    """The fields and tables of a release or file."""

    text: Text = Text.FULL
    extras: frozenset[Extra] = frozenset()

    @property
    def is_full(self) -> bool:
        """Return whether the texts are in."""
        return self.text is Text.FULL

    @property
    def item(self) -> type:
        """Return the dataclass of a record."""
        return Article if self.is_full else PublishedArticle

    @property
    def columns(self) -> frozenset[str] | None:
        """Return the fields of a record; None means all."""
        if self.is_full:
            return None
        return STAND_OFF | COUNTS | (PEOPLE if Extra.NAMES in self.extras else frozenset())

    def record(self, record: dict[str, Any]) -> dict[str, Any]:
        """Return a record of the store as this edition holds it."""
        if self.is_full:
            return record
        return edited({**record, **counts_of(record["title"], record["text"])}, self.columns)


def edition_of(text: str | None, extras: Iterable[str]) -> Edition:
    """Return the edition that a user names; without a text it is the full one."""
    return Edition(Text(text or Text.FULL.value), frozenset(map(Extra, extras)))


def edited(record: dict[str, Any], columns: frozenset[str] | None) -> dict[str, Any]:
    """Return a record with some of its fields.

    >>> edited({"id": "2021/1", "title": "Judul"}, frozenset(("id",)))
    {'id': '2021/1'}
    """
    return record if columns is None else {name: value for name, value in record.items() if name in columns}
