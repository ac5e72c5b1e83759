"""Which requests are the same: nothing is fetched twice, and nothing is dropped that is another page."""

import pytest
from scrapy import Request
from scrapy.utils.request import RequestFingerprinter
from scrapy.utils.test import get_crawler

from crawler.dupefilters import StoryFingerprinter
from tests.make import STORY, URL, story_url

FRONT = "https://www.kompas.com/global"


def fingerprint(url: str, *hops: str) -> bytes:
    request = Request(url, meta={"redirect_urls": list(hops), "redirect_times": len(hops)} if hops else {})
    return StoryFingerprinter.from_crawler(get_crawler()).fingerprint(request)


@pytest.mark.parametrize(
    "url",
    [
        story_url(STORY),
        URL.replace("https", "http"),
        URL.replace("www.", "amp."),
        f"https://internasional.kompas.com/read/{STORY}/judul",
        f"{URL}?utm_source=x#komentar",
        f"{URL}?page=1",
        f"{URL}?page=x",
    ],
)
def test_a_story_is_one_request_under_every_address(url: str) -> None:
    """Without it a story that is linked from ten pages is fetched ten times."""
    assert fingerprint(url) == fingerprint(URL)


def test_every_page_of_a_story_and_the_whole_are_requests_of_their_own() -> None:
    """Without it the second page is dropped as seen, and the story stays half."""
    assert len({fingerprint(URL + query) for query in ("", "?page=2", "?page=3", "?page=all")}) == 4


def test_other_stories_are_other_requests() -> None:
    """Without it stories of the same minute or slug are taken for one."""
    urls = [URL, story_url("2021/04/22/160600970"), story_url("2021/04/23/160600870")]
    assert len({fingerprint(url) for url in urls}) == len(urls)


def test_a_redirect_is_another_request_than_its_target() -> None:
    """Without it the bare address of a story leads to its full one, which is dropped as seen."""
    assert fingerprint(URL, f"https://www.kompas.com/read/{STORY}") != fingerprint(URL)


def test_two_dead_stories_that_lead_to_the_front_are_two_failures() -> None:
    """Without it one of two deleted stories is lost without a word."""
    other = story_url("2021/04/22/170000070")
    assert len({fingerprint(FRONT), fingerprint(FRONT, URL), fingerprint(FRONT, other)}) == 3


def test_pages_that_are_no_stories_are_told_apart_as_scrapy_does() -> None:
    """Without it the days of an index are taken for one."""
    days = [f"https://indeks.kompas.com/?site=global&date=2021-04-0{day}" for day in (1, 2)]
    assert fingerprint(days[0]) != fingerprint(days[1])
    assert fingerprint("https://indeks.kompas.com/?date=2021-04-01&site=global") == fingerprint(days[0])
    assert fingerprint(days[0]) == fingerprint(f"{days[0]}#bawah")


def test_stories_of_other_kanals_are_told_apart_by_address() -> None:
    """Without it the rule for stories spreads to addresses it was not made for."""
    own = RequestFingerprinter.from_crawler(get_crawler())
    urls = [f"https://www.kompas.com/tren/read/2021/04/22/160600865/{slug}" for slug in ("a", "b")]
    same = [own.fingerprint(Request(urls[0])) == own.fingerprint(Request(url)) for url in urls]
    assert [fingerprint(urls[0]) == fingerprint(url) for url in urls] == same
