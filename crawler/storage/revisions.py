"""Which revision of a story a capture is: they stand in the order of their capture, in whatever order they came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from itertools import takewhile
from typing import Protocol


class Outcome(Enum):
    """What became of an article that was offered."""

    NEW = "new"
    REVISED = "revised"
    COMPLETED = "completed"
    """The stored one lacked pages; this one has more of it, and takes its place as the same revision."""
    KNOWN = "known"


class ComparedFields(Protocol):
    """What of an article decides."""

    @property
    def fetched_at(self) -> datetime: ...
    @property
    def content_hash(self) -> str: ...
    @property
    def complete(self) -> bool: ...
    @property
    def word_count(self) -> int: ...


@dataclass(frozen=True)
class Decision:
    """What to do with a capture."""

    outcome: Outcome
    revision: int
    """Its own; of `KNOWN` the one that says the same. Later ones move up by one when it is `REVISED`."""
    is_first: bool = False
    """Of `KNOWN`: captured before the one that says the same, whose place it takes."""


def decide(article: ComparedFields, kept: Sequence[ComparedFields]) -> Decision:
    """
    :param kept: revisions 1, 2, ... of the story.
    """
    if not kept:
        return Decision(Outcome.NEW, 1)
    earlier = len(list(takewhile(lambda one: one.fetched_at <= article.fetched_at, kept)))
    beside = [number for number in (earlier, earlier + 1) if 1 <= number <= len(kept)]
    for number in beside:
        if kept[number - 1].content_hash == article.content_hash:
            same = kept[number - 1]
            if article.complete and not same.complete:
                return Decision(Outcome.COMPLETED, number)
            is_first = article.fetched_at < same.fetched_at and article.complete == same.complete
            return Decision(Outcome.KNOWN, number, is_first)
    nearest = beside[0]
    if not kept[nearest - 1].complete and (article.complete or article.word_count > kept[nearest - 1].word_count):
        return Decision(Outcome.COMPLETED, nearest)
    if not article.complete:  # a capture that lacks pages says nothing of a change
        return Decision(Outcome.KNOWN, nearest)
    return Decision(Outcome.REVISED, earlier + 1)
