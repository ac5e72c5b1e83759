"""What a run requests next: the interface that the spider asks, and the decisions behind it as pure functions.

`extensions.crawl_plan` implements the interface. Nothing else decides what is requested.
"""

from collections.abc import Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Protocol, runtime_checkable

from crawler.clock import settled_at
from crawler.ledger_facts import Fact, IndexDay
from crawler.storage import Known, State

_LAST: Final = -10


class PendingStory(Protocol):
    """A story that an earlier run of the job listed or followed, and that is neither stored, failed nor excluded."""

    @property
    def url(self) -> str:
        """Canonical address."""

    @property
    def via(self) -> str:
        """How it was found, as in `Discovery.via`."""

    @property
    def from_url(self) -> str:
        """Page that linked to it."""

    @property
    def depth(self) -> int:
        """Number of boxes in a row that led to it; 0 for a story of the index."""


@dataclass(frozen=True)
class Conditions:
    """What a request for a story sends to get 304 if the story did not change; empty for an unconditional request."""

    etag: str | None = None
    last_modified: str | None = None
    is_last: bool = False
    """The story failed before: it is requested behind all that are queued, so that it never keeps others waiting."""

    @property
    def priority(self) -> int:
        """Scrapy's priority of the request; retries take 1 off."""
        return _LAST if self.is_last else 0

    @property
    def headers(self) -> dict[str, str]:
        """Request headers."""
        stated = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in stated.items() if value}


class Plan(Protocol):
    """What the spider is to request. Every method but `worked_off` may raise `CloseSpider`: the store is unusable."""

    def pending(self) -> Iterable[PendingStory]:
        """Return the stories that earlier runs of the job left over."""

    def days(self) -> Iterable[IndexDay]:
        """Yield the index days to walk now. Each is decided, counted and noted in the ledger when it is drawn."""

    def unfetched(self) -> Iterable[PendingStory]:
        """Return the stories that the index listed on the days of the run, in whichever run, and that are missing."""

    def sitemaps(self) -> Iterable[str]:
        """Return the sitemaps to read, from the robots.txt files that the run has read."""

    async def worked_off(self) -> None:
        """Return when no request or response of the run is queued, in flight or being read."""

    def wants(self, url: str) -> Conditions | None:
        """Return the conditions on which a story is to be requested; None if it need not be requested.

        :param url: address of the request.
        """

    def kept(self, fact: Fact) -> AbstractAsyncContextManager[None]:
        """Return a context that is left only when the pipelines have processed the fact that is yielded inside it."""


@runtime_checkable
class FollowsPlan(Protocol):
    """A spider that requests what a plan says."""

    def follow(self, plan: Plan) -> None:
        """Take the plan. Called once, before the spider is opened."""


def is_final(day: date, walked_at: datetime | None) -> bool:
    """Return whether a walk that ended at this time read all that the index will ever list of the day."""
    return walked_at is not None and walked_at >= settled_at(day)


def is_done(day: date, walked_at: datetime | None, job_started_at: datetime) -> bool:
    """Return whether the job of a chosen range need not walk a day: a run of this job made the final walk."""
    return walked_at is not None and walked_at >= job_started_at and is_final(day, walked_at)


def is_left_open(day: date, walked_at: datetime | None, first_day: date | None) -> bool:
    """Return whether a daily run has to finish an earlier day.

    :param first_day: first day that was ever requested, of those a daily run looks back at: days before it are left
        alone.
    """
    return first_day is not None and first_day <= day and not is_final(day, walked_at)


def names_asked(usual: Sequence[str], others: Sequence[str], name: str) -> tuple[list[str], str | None]:
    """Return the names under which a day was requested when this one is done, and the next one if they list nothing.

    :param usual: names under which the index lists the day; all of them are asked before any of the others.
    :return: the next name is None while a usual one is left, and after the last.

    >>> names_asked(["global"], ["internasional", "news"], "internasional")
    (['global', 'internasional'], 'news')
    """
    names = [*usual, *others]
    asked = names[: names.index(name) + 1]
    return asked, next(iter(names[len(asked) :]), None) if len(asked) >= len(usual) else None


def is_due(known: Known, now: datetime, ages: Sequence[timedelta]) -> bool:
    """Return whether a story may have something that the store lacks.

    An excluded story never has. A story that is not stored in full, or failed since, always has. Any other is due once
    after each of the ages, counted from its publication, and when the index gave it another headline.
    """
    if known.state is State.EXCLUDED:
        return False
    if not known.complete or known.failed or known.visited_at is None or known.published_at is None:
        return True
    if known.retitled_at is not None and known.retitled_at > known.visited_at:
        return True
    return any(known.visited_at < known.published_at + age <= now for age in ages)


def is_visited(known: Known, since: datetime) -> bool:
    """Return whether the story was fetched, or found unchanged, since this time."""
    return known.visited_at is not None and known.visited_at >= since


def is_settled(known: Known, started_at: datetime) -> bool:
    """Return whether the run that started at this time has the whole story: a run requests no story twice."""
    return known.complete and not known.failed and is_visited(known, started_at)


def conditions_of(known: Known, url: str) -> Conditions:
    """Return the conditions for a request: what the server said the last time, of the same address.

    A story that is not stored in full, or failed since, is requested without condition: a 304 would bring nothing.
    """
    if not known.complete or known.failed or url != known.visited_url:
        return Conditions(is_last=known.failed)
    return Conditions(known.etag, known.last_modified)
