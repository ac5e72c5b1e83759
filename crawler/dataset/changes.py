"""What each revision of a story changed: headline, sentences, and whether it is more than looks."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any, Final

from crawler.kompas.text.sentences import sentences_of
from crawler.kompas.text.whitespace import collapse
from crawler.kompas.text.words import words_of

SAME_SENTENCE: Final = 0.5
"""Two sentences with at least this share of common words in the same order (difflib's ratio) are one, edited."""
_NO_LETTERS: Final = re.compile(r"(?<!\d)[\W_]+|[\W_]+(?!\d)")
"""What may change without changing a word; not a sign between two digits, as in 1.500."""


@dataclass
class Change:
    """The change from one revision of a story to the next. Sentences end at a full stop, a question mark, a line."""

    id: str
    """Of the story."""
    revision: int
    """The later revision: 2 is the first change that the store saw."""
    url: str
    """Of the story."""
    section: str | None
    """Of the later revision."""
    kind: str
    """Of the later revision."""
    published_at: datetime
    """First publication, as in the record."""
    edited_at: datetime | None
    """`modified_at` of the later revision, if it lies between the two captures; `null` when the page does not say."""
    unchanged_at: datetime
    """When the earlier revision was captured: the change came later."""
    changed_at: datetime
    """When the later revision was captured: the change came before."""
    minutes_to_edit: int | None
    """From `published_at` to `edited_at`, in whole minutes."""
    minutes_at_least: int
    """From `published_at` to `unchanged_at`, in whole minutes."""
    minutes_at_most: int
    """From `published_at` to `changed_at`, in whole minutes."""
    title_before: str
    """Headline of the earlier revision."""
    title_after: str
    """Headline of the later revision."""
    title_changed: bool
    """Whether they differ."""
    title_words_added: int
    """Words of the later headline that the earlier one lacks, counted as in the table `words`."""
    title_words_removed: int
    """Words of the earlier headline that the later one lacks."""
    sentences_before: int
    """Sentences of the earlier text."""
    sentences_after: int
    """Sentences of the later text."""
    sentences_added: int
    """Sentences of the later text that are like none of the earlier one."""
    sentences_removed: int
    """Sentences of the earlier text that are like none of the later one."""
    sentences_edited: int
    """Sentences with at least half of their words in common that are not equal."""
    cosmetic: bool
    """Whether headline and text have the same letters and digits in the same order: only capitals, punctuation and
    blanks changed."""


TEXTS: Final = frozenset(("title_before", "title_after"))
"""Fields with words of Kompas."""


def changes_of(pairs: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> Iterator[dict[str, Any]]:
    """Yield a `Change` as a plain record for each pair of revisions.

    :param pairs: a later revision and the one before it; times are ISO text.
    """
    for after, before in pairs:
        old, new = sentences_of(before["text"]), sentences_of(after["text"])
        added, removed, edited = compared(old, new)
        titles = [Counter(words_of(each["title"])) for each in (before, after)]
        published = datetime.fromisoformat(after["published_at"])
        edited_at = _edited_at(before, after)
        yield {
            **{name: after[name] for name in ("id", "revision", "url", "section", "kind", "published_at")},
            "edited_at": edited_at,
            "unchanged_at": before["fetched_at"],
            "changed_at": after["fetched_at"],
            "minutes_to_edit": None if edited_at is None else _minutes(published, edited_at),
            "minutes_at_least": _minutes(published, before["fetched_at"]),
            "minutes_at_most": _minutes(published, after["fetched_at"]),
            "title_before": before["title"],
            "title_after": after["title"],
            "title_changed": before["title"] != after["title"],
            "title_words_added": (titles[1] - titles[0]).total(),
            "title_words_removed": (titles[0] - titles[1]).total(),
            "sentences_before": len(old),
            "sentences_after": len(new),
            "sentences_added": added,
            "sentences_removed": removed,
            "sentences_edited": edited,
            "cosmetic": all(_letters(before[name]) == _letters(after[name]) for name in ("title", "text")),
        }


def compared(before: list[str], after: list[str]) -> tuple[int, int, int]:
    """Return how many sentences were added, removed and edited. A sentence that only moved counts as none of these.

    >>> compared(["Kapal tiba.", "Dua awak sakit.", "Cuaca cerah."], ["Cuaca cerah.", "Tiga awak sakit.", "Tamat."])
    (1, 1, 1)
    """
    old, new = (Counter(map(collapse, sentences)) for sentences in (before, after))
    gone = [sentence.split() for sentence in (old - new).elements()]
    come = [sentence.split() for sentence in (new - old).elements()]
    likeness = sorted(
        ((_ratio(one, other), -first, -second) for first, one in enumerate(gone) for second, other in enumerate(come)),
        reverse=True,
    )
    taken: tuple[set[int], set[int]] = (set(), set())
    for share, first, second in likeness:
        if share >= SAME_SENTENCE and first not in taken[0] and second not in taken[1]:
            taken[0].add(first)
            taken[1].add(second)
    edited = len(taken[0])
    return len(come) - edited, len(gone) - edited, edited


def _ratio(one: list[str], other: list[str]) -> float:
    """Return the share of common words in the same order, 0 to 1."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= SAME_SENTENCE else 0.0


def _edited_at(before: Mapping[str, Any], after: Mapping[str, Any]) -> str | None:
    """Return the page's time of the change, None when it says none or an impossible one."""
    stated: str | None = after["modified_at"]
    if stated is None:
        return None
    first, moment, last = (datetime.fromisoformat(time) for time in (before["fetched_at"], stated, after["fetched_at"]))
    return stated if first <= moment <= last else None


def _minutes(published: datetime, time: str) -> int:
    return int((datetime.fromisoformat(time) - published).total_seconds() // 60)


def _letters(text: str) -> str:
    """Return the letters and digits of a text.

    >>> _letters("Kapal – “Bahtera” itu: Rp 1.500"), _letters("kapal Bahtera itu Rp1.500.")
    ('kapalbahteraiturp1.500', 'kapalbahteraiturp1.500')
    """
    return _NO_LETTERS.sub("", text).casefold()
