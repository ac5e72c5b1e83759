"""How far the walk through the pages of one index day has come."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Self


@dataclass(frozen=True)
class IndexWalk:
    """The page asked for, and what the pages before it listed."""

    site: str
    """`site` value of the index (see `urls.INDEX_SITES`)."""
    day: date
    page: int = 1
    addresses: frozenset[str] = frozenset()
    """Every address listed so far: a page without any other repeats the one before it, as the site does at the end."""
    stories: frozenset[str] = frozenset()
    """Ids of this section's stories among them."""
    promised: bool = True
    """A paging link leads to this page; without one it is only tried, and may not be there."""

    def next(self, addresses: frozenset[str], stories: frozenset[str], promised: bool) -> Self:
        """The walk, one page on."""
        return replace(
            self,
            page=self.page + 1,
            addresses=self.addresses | addresses,
            stories=self.stories | stories,
            promised=promised,
        )
