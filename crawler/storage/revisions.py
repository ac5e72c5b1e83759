"""Revisions of a story: they are numbered in the order of their capture, not in the order in which they are stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from itertools import takewhile
from typing import Protocol

from crawler.clock import latest_believed


class Outcome(Enum):
    """What the store did with an article."""

    NEW = "new"
    """The first revision of a story."""
    REVISED = "revised"
    """A further revision."""
    COMPLETED = "completed"
    """It replaced a revision that lacked pages and has more of them; the number stays."""
    KNOWN = "known"
    """A revision with the same content is stored."""


class ComparedFields(Protocol):
    """The fields that `decide` compares."""

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
    """What to do with an article."""

    outcome: Outcome
    revision: int
    """Its number; for `KNOWN`, that of the revision with the same content. `REVISED` moves later ones up by one."""
    is_first: bool = False
    """For `KNOWN`: it was captured before the revision with the same content, and replaces it."""


def decide(article: ComparedFields, kept: Sequence[ComparedFields]) -> Decision:
    """Decide which revision of its story an article is.

    :param kept: the stored revisions 1, 2, ... of the story.
    """
    if not kept:
        return Decision(Outcome.NEW, 1)
    limit = latest_believed()  # a capture after it was made by a wrong clock, before this one
    earlier = len(list(takewhile(lambda one: one.fetched_at <= article.fetched_at or one.fetched_at > limit, kept)))
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
    if not article.complete:  # without all pages, a difference is no proof of a change
        return Decision(Outcome.KNOWN, nearest)
    return Decision(Outcome.REVISED, earlier + 1)
