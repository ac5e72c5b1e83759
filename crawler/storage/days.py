"""An index day and its stories, as `coverage` yields them, and the state of each."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from crawler.clock import end_of
from crawler.storage.stories import State


@dataclass(frozen=True)
class DayStory:
    """One story of a day, and its state."""

    entry: str
    """Article id; the URL of a page that is no article."""
    url: str
    title: str | None
    state: State
    reason: str | None
    """Why it is excluded or failed; None otherwise."""
    position: int | None
    """Place in the index, 1 = newest; None for a story that the index does not list."""
    first_seen_at: datetime
    last_seen_at: datetime
    seen_on: str
    """Index page that lists it, or page that links to it."""
    complete: bool = True
    """False for a stored story without all of its pages, which the site does not show."""


class DayState(StrEnum):
    """State of an index day, the gravest that holds."""

    UNASKED = "never requested"
    BROKEN = "ended by an error"
    """A page of its index failed, in the newest walk."""
    UNREAD = "not read to its end"
    """Or not since the day was over."""
    EMPTY = "lists nothing"
    """Its index was read to its end after the day was over, and lists no story of the collected kanals."""
    SHORT = "short"
    """A story is missing or failed."""
    COMPLETE = "complete"


@dataclass(frozen=True)
class Day:
    """One index day, over all kanals that list it."""

    day: date
    asked: bool
    """Its index was requested."""
    walked_at: datetime | None
    """When the lists of all kanals had been read to their end; None while one has not."""
    pages: int
    """Number of pages that the index states."""
    sites: list[str] = field(default_factory=list)
    """Kanals, by the name that the index has for them, under which stories of the day are listed."""
    stories: list[DayStory] = field(default_factory=list)
    """Stories that the index lists."""
    linked: list[DayStory] = field(default_factory=list)
    """Stories with this date in their id that only other pages name. Only those that failed make a day short."""
    error: str | None = None
    """Reason of the failure that ended the newest walk of the index; None if it ended well, or if there was none."""
    too_early: bool = False
    """The day is over now but was not when its index was read: the index may list more."""

    def count(self, state: State) -> int:
        """Return how many of the listed stories are in a state."""
        return sum(story.state is state for story in self.stories)

    @property
    def listed(self) -> int:
        """Number of stories that the index lists."""
        return len(self.stories)

    @property
    def incomplete(self) -> int:
        """Number of listed stories that are stored without all of their pages."""
        return sum(story.state is State.STORED and not story.complete for story in self.stories)

    @property
    def lists_nothing(self) -> bool:
        """Whether the index was read to its end after the day was over, and lists no story of the kanals."""
        return self.walked_at is not None and self.walked_at >= end_of(self.day) and not self.sites

    @property
    def failed_unlisted(self) -> int:
        """Number of stories that failed and that the index does not list."""
        return sum(story.state is State.FAILED for story in self.linked)

    @property
    def state(self) -> DayState:
        """The gravest state that holds."""
        holds = {
            DayState.UNASKED: not self.asked,
            DayState.BROKEN: self.error is not None,
            DayState.UNREAD: self.walked_at is None or self.too_early,
            DayState.EMPTY: self.lists_nothing,
            DayState.SHORT: bool(self.short),
        }
        return next((state for state, is_so in holds.items() if is_so), DayState.COMPLETE)

    @property
    def short(self) -> list[str]:
        """Reasons why the day is not complete; empty when it is."""
        why: list[str] = []
        if not self.asked:
            why.append(DayState.UNASKED)
        elif self.error is not None:
            why.append(f"{DayState.BROKEN} ({self.error})")
        elif self.walked_at is None:
            why.append(DayState.UNREAD)
        elif self.too_early:
            why.append("not read since it was over")
        elif self.lists_nothing:
            why.append(DayState.EMPTY)
        counts = ((self.count(state), state.value) for state in (State.MISSING, State.FAILED))
        why += [f"{count} {state}" for count, state in counts if count]
        return [*why, f"{self.failed_unlisted} failed that it does not list"] if self.failed_unlisted else why
