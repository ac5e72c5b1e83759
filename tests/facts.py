"""Small builders of facts for the ledger: each gives a good one, and a test says what is different about its own."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from crawler.kompas.urls import article_id, exclusion_of, index_url
from crawler.ledger_facts import Entry, Exclusion, IndexDay, IndexPage, Links, Visit
from tests.make import STORY, URL, story_url

DAY: Final = date(2021, 4, 22)
SEEN: Final = datetime(2021, 4, 26, 1, 0, tzinfo=UTC)
"""A time at which the day's list is final."""
LATER: Final = SEEN + timedelta(days=1)
ONE, TWO, THREE = (f"2021/04/22/{clock}070" for clock in ("100000", "110000", "120000"))
TREN: Final = "https://www.kompas.com/tren/read/2021/04/22/130000065/judul"
VIDEO: Final = "https://video.kompas.com/watch/166231/video-kapal"


def make_entry(story: str = STORY, **changes: Any) -> Entry:
    """An entry of a list; `story` is an id, or an address of whatever kind."""
    url = story if "://" in story else story_url(story)
    entry = Entry(url, f"Judul {story[-9:]}", "Global", article_id(url), exclusion_of(url))
    return replace(entry, **changes)


def make_day(day: date = DAY, site: str = "global") -> IndexDay:
    return IndexDay(site, day, index_url(site, day))


def make_page(*stories: str | Entry, **changes: Any) -> IndexPage:
    """A day with one page; the stories are in the order of the list."""
    index_day = changes.get("index_day", make_day())
    entries = [make_entry(story) if isinstance(story, str) else story for story in stories]
    url = index_url(index_day.site, index_day.day, changes.get("page", 1))
    page = IndexPage(index_day, url, 1, 1, 0, entries, ends_day=True, read_at=SEEN)
    return replace(page, **changes)


def make_links(*stories: str, via: str = "latest", **changes: Any) -> Links:
    """A page whose box leads to these stories, which the crawl follows."""
    links = Links(URL, {via: [make_entry(story) for story in stories]}, frozenset((via,)), 1, SEEN)
    return replace(links, **changes)


def make_exclusion(story: str = STORY, **changes: Any) -> Exclusion:
    exclusion = Exclusion(story, story_url(story), "OtherSection", "the page says Tren", SEEN)
    return replace(exclusion, **changes)


def make_visit(story: str = STORY, **changes: Any) -> Visit:
    visit = Visit(story, f"{story_url(story)}?page=all", SEEN, '"satu"', "Thu, 22 Apr 2021 09:06:00 GMT")
    return replace(visit, **changes)
