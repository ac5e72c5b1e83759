"""How often each word stands in each article."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from crawler.kompas.text.words import words_of


@dataclass
class WordCount:
    """How often a word stands in title and text of an article."""

    id: str
    """Of the story."""
    revision: int
    """Of the article."""
    date: date
    """Day of publication in the page's own zone."""
    word: str
    """In lower case: letters, with hyphens and apostrophes between letters. Numbers are no words."""
    count: int
    """How often it stands in title and text."""


def word_counts(records: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield a `WordCount` as a plain record for each word of each article, in the order of the alphabet."""
    for record in records:
        day = datetime.fromisoformat(record["published_at"]).date()
        counted = Counter(words_of(f"{record['title']}\n{record['text']}"))
        for word, count in sorted(counted.items()):
            yield {"id": record["id"], "revision": record["revision"], "date": day, "word": word, "count": count}
