"""The walk through the pages of one index day, and what each page says to the ledger."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from crawler import bounds
from crawler.errors import IndexCutShort
from crawler.kompas.links import key_of, ledger_entries
from crawler.kompas.pages.listing import RawIndexPage
from crawler.kompas.sections import MIXED
from crawler.kompas.urls import index_url
from crawler.ledger_facts import IndexDay, IndexPage


@dataclass(frozen=True)
class IndexWalk:
    """The page that is requested, and what the pages before it listed."""

    index_day: IndexDay
    page: int = 1
    entries: frozenset[str] = frozenset()
    """Ids of the stories, and addresses of everything else, listed so far. A page that lists nothing else repeats the
    page before it, as the site does at the end. A story that a new one pushed to the next page is not listed twice."""
    promised: bool = True
    """A paging link leads to this page; without one the page is only tried, and may not exist."""

    @property
    def url(self) -> str:
        """Address of the page."""
        return index_url(self.index_day.site, self.index_day.day, self.page)

    @property
    def is_mixed(self) -> bool:
        """Whether the list mixes the collected kanals with others; the entries of the others are left out."""
        return self.index_day.site in MIXED

    def read(self, raw: RawIndexPage, url: str, now: datetime) -> tuple[IndexPage, Self | None]:
        """Return what this page adds, and the walk one page on; None at the end of the day.

        :param url: address that answered.
        :raises IndexCutShort: the page lists nothing new, though the index claims to have pages after it; or the day
            goes on beyond `bounds.INDEX_PAGES`.
        """
        fresh = {key: entry for entry in ledger_entries(raw.entries) if (key := key_of(entry)) not in self.entries}
        promised = self.page < raw.last_page
        if promised and not fresh:
            raise IndexCutShort(f"{url} repeats what was listed before, and claims {raw.last_page} pages")
        goes_on = bool(fresh) and (promised or raw.may_go_on)
        if goes_on and self.page >= bounds.INDEX_PAGES:
            raise IndexCutShort(f"{url} is page {self.page} of its day and not the last; no day has so many")
        page = IndexPage(
            index_day=self.index_day,
            url=url,
            page=self.page,
            pages=max(raw.last_page, self.page if fresh else self.page - 1, 1),
            position=len(self.entries),
            entries=[entry for entry in fresh.values() if entry.excluded is None or not self.is_mixed],
            ends_day=not goes_on,
            read_at=now,
        )
        onward = replace(self, page=self.page + 1, entries=self.entries | fresh.keys(), promised=promised)
        return page, onward if goes_on else None

    def read_nothing(self, url: str, now: datetime) -> IndexPage:
        """Return the end of a day whose next page was only tried and does not exist."""
        last = self.page - 1
        return IndexPage(self.index_day, url, last, last, len(self.entries), [], ends_day=True, read_at=now)
