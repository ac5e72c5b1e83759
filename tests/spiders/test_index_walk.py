"""The way through the pages of one index day, and what each of them says to the ledger."""

from datetime import UTC, date, datetime

import pytest

from crawler.errors import IndexCutShort
from crawler.kompas.pages.listing import RawEntry, RawIndexPage
from crawler.ledger_facts import IndexPage
from crawler.spiders.index_walk import IndexWalk
from tests.facts import DAY, make_day
from tests.make import story_url

NOW = datetime(2021, 4, 26, 1, 0, tzinfo=UTC)
URL = make_day().url
START = IndexWalk(make_day())


def story(number: int) -> str:
    return f"2021/04/22/{number:06}070"


def entry(title: str, url: str, section: str | None = None) -> RawEntry:
    return RawEntry(title, url, section, time=None, markup="article__list")


def raw(*numbers: int, last: int = 1, may_go_on: bool = False) -> RawIndexPage:
    """A page that lists these stories."""
    entries = [entry(f"Judul {number}", story_url(story(number)), "Global") for number in numbers]
    return RawIndexPage(entries, last, may_go_on)


def ids(page: IndexPage) -> list[str | None]:
    return [entry.article_id for entry in page.entries]


def walk(*pages: RawIndexPage) -> tuple[list[IndexPage], IndexWalk | None]:
    """What the pages of a day come to, and the walk behind them."""
    read: list[IndexPage] = []
    onward: IndexWalk | None = START
    for number, page in enumerate(pages, 1):
        assert onward is not None, f"the walk ended before page {number}"
        assert onward.page == number
        fact, onward = onward.read(page, URL, NOW)
        read.append(fact)
    return read, onward


def test_a_single_page_is_the_whole_day() -> None:
    """Without it every short day is requested twice."""
    (page,), onward = walk(raw(1, 2))
    assert onward is None
    assert page == IndexPage(make_day(), URL, 1, 1, 0, page.entries, ends_day=True, read_at=NOW)
    assert ids(page) == [story(1), story(2)]


def test_of_a_list_of_several_kanals_only_our_stories_are_the_day() -> None:
    """Without it a day that is served under another name lists hundreds of stories of other kanals."""
    tren = entry("Tren", "https://www.kompas.com/tren/read/2021/04/22/130000065/judul", "Tren")
    page = RawIndexPage([tren, *raw(1).entries], 2, may_go_on=False)
    fact, onward = IndexWalk(make_day(site="news")).read(page, URL, NOW)
    assert ids(fact) == [story(1)]
    assert onward is not None
    with pytest.raises(IndexCutShort):
        onward.read(RawIndexPage([tren], 3, may_go_on=False), URL, NOW)
    assert len(START.read(page, URL, NOW)[0].entries) == 2


def test_an_empty_day_is_walked_as_well() -> None:
    """Without it a day without stories stays short."""
    (page,), onward = walk(raw())
    assert (onward, page.ends_day, page.pages, page.entries) == (None, True, 1, [])


def test_the_pages_that_are_linked_are_read_to_the_last() -> None:
    """Without it a busy day is cut at its first page, and called complete."""
    pages, onward = walk(raw(1, 2, last=3), raw(3, 4, last=3), raw(5, last=3))
    assert onward is None
    assert [(page.page, page.pages, page.position, page.ends_day) for page in pages] == [
        (1, 3, 0, False),
        (2, 3, 2, False),
        (3, 3, 4, True),
    ]


def test_a_page_more_than_was_claimed_at_first_is_read_too() -> None:
    """Without it what was published while the day was read is left out."""
    pages, onward = walk(raw(1, 2, last=2), raw(3, 4, last=3), raw(5, last=3))
    assert onward is None
    assert [page.pages for page in pages] == [2, 3, 3]


def test_a_story_pushed_to_the_next_page_is_listed_once() -> None:
    """Without it a new story on top makes the last of each page count twice, and shifts every position."""
    (_, second), onward = walk(raw(1, 2, last=2), raw(2, 3, last=2))
    assert onward is None
    assert (ids(second), second.position) == ([story(3)], 2)


def test_a_page_that_repeats_all_before_the_promised_last_is_cut_short() -> None:
    """Without it an index that always shows its first page makes a day of five pages look like one of one."""
    _, onward = walk(raw(1, 2, last=5))
    assert onward is not None
    with pytest.raises(IndexCutShort, match="repeats what was listed before, and claims 5 pages"):
        onward.read(raw(2, 1, last=5), URL, NOW)


def test_the_last_page_may_repeat_the_one_before() -> None:
    """Without it the site's way of ending a day, its last page over again, is a failure every night."""
    (_, last), onward = walk(raw(1, 2, last=2), raw(1, 2, last=2))
    assert (onward, last.ends_day, last.entries) == (None, True, [])


def test_an_empty_page_before_the_promised_last_is_cut_short() -> None:
    """Without it a page that lost its list ends the day in its middle."""
    _, onward = walk(raw(1, 2, last=3))
    assert onward is not None
    with pytest.raises(IndexCutShort):
        onward.read(raw(last=3), URL, NOW)


def test_a_full_page_without_links_leads_to_a_try() -> None:
    """Without it days of a markup without paging links are cut at their first page."""
    (page,), onward = walk(raw(*range(10), may_go_on=True))
    assert onward is not None
    assert (onward.page, onward.promised, page.ends_day) == (2, False, False)


def test_a_try_that_repeats_the_page_before_ends_the_day() -> None:
    """Without it the crawl requests page after page of the same list."""
    (_, second), onward = walk(raw(*range(10), may_go_on=True), raw(*range(10), may_go_on=True))
    assert (onward, second.ends_day, second.pages) == (None, True, 1)


def test_a_try_that_is_not_there_ends_the_day_with_the_page_before() -> None:
    """Without it a day is never walked to its end on a site that answers 404 beyond its last page."""
    (first,), onward = walk(raw(*range(10), may_go_on=True))
    assert onward is not None
    page = onward.read_nothing(f"{URL}&page=2", NOW)
    assert (page.page, page.pages, page.position, page.entries, page.ends_day) == (1, 1, len(first.entries), [], True)


def test_an_index_that_always_goes_on_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it an index with endless pages holds the run, and the lock of the store, without end."""
    monkeypatch.setattr("crawler.bounds.INDEX_PAGES", 3)
    with pytest.raises(IndexCutShort, match="page 3 of its day and not the last"):
        walk(*(raw(number, last=99) for number in range(1, 9)))


def test_the_walk_after_a_linked_page_is_promised() -> None:
    """Without it a linked page that answers 404 passes for the end of the day."""
    _, onward = walk(raw(1, last=2))
    assert onward is not None
    assert onward.promised


def test_another_day_begins_a_walk_of_its_own() -> None:
    """Without it what one day listed is left out of the next."""
    page, _ = IndexWalk(make_day(date(2021, 4, 23))).read(raw(1), URL, NOW)
    assert ids(page) == [story(1)]
    assert page.index_day.day != DAY
