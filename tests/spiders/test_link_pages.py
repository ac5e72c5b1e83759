"""Pages that only name stories: what is taken from them, and what is refused."""

from datetime import date

import pytest

from crawler.errors import PageError
from crawler.spiders.link_pages import MOST_LOCATIONS, read_link_page
from tests.make import make_response, story_url
from tests.site.site import Site

SITEMAP = "https://www.kompas.com/sitemap-news-global.xml"
SINCE = date(2021, 4, 21)
XML = [("Content-Type", "text/xml")]


def urlset(*urls: str) -> bytes:
    locations = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{locations}</urlset>'.encode()


def named(body: bytes) -> list[str | None]:
    """Stories that a sitemap with this body names."""
    links, sitemaps = read_link_page(make_response(body, SITEMAP, headers=XML), "sitemap", SINCE)
    assert (links.from_url, links.followed, links.depth, sitemaps) == (SITEMAP, frozenset(("sitemap",)), 0, [])
    return [entry.article_id for entry in links.boxes.get("sitemap", ())]


def test_a_news_sitemap_names_the_stories_of_the_section_and_of_these_days() -> None:
    """Without it a sitemap that holds ten years, or other kanals, is crawled whole by a nightly run."""
    new, old = "2021/04/22/100000070", "2021/04/20/100000070"
    tren = "https://www.kompas.com/tren/read/2021/04/22/130000065/judul"
    assert named(urlset(story_url(new), story_url(old), tren, f"{story_url(new)}?source=x")) == [new]


def test_an_index_of_sitemaps_names_those_of_the_section() -> None:
    """Without it the sitemap in robots.txt, which lists other sitemaps, says nothing."""
    body = Site().respond("https://www.kompas.com/sitemap.xml").body
    links, sitemaps = read_link_page(make_response(body, "https://www.kompas.com/sitemap.xml"), "sitemap", SINCE)
    assert (links.boxes, sitemaps) == ({}, [SITEMAP])


def test_a_sitemap_is_read_up_to_a_bound() -> None:
    """Without it one file of a million addresses fills the memory."""
    many = [f"https://www.kompas.com/tren/{number}" for number in range(MOST_LOCATIONS)]
    assert named(urlset(*many, story_url("2021/04/22/100000070"))) == []


BAD: dict[str, tuple[bytes, int, str]] = {
    "nothing": (b"", 200, "UnknownLayout"),
    "no XML": (b"halo", 200, "UnknownLayout"),
    "a web page": (b"<html><body>Halo</body></html>", 200, "UnknownLayout"),
    "an error": (urlset(), 206, "HttpStatus 206"),
    "a challenge": (urlset(), 202, "Blocked"),
}


@pytest.mark.parametrize(("body", "status", "reason"), BAD.values(), ids=BAD)
def test_what_is_no_sitemap_is_refused_by_name(body: bytes, status: int, reason: str) -> None:
    """Without it a challenge in place of a sitemap does not end the run, or an error page is an empty sitemap."""
    with pytest.raises(PageError) as refused:
        read_link_page(make_response(body, SITEMAP, status=status, headers=XML), "sitemap", SINCE)
    assert refused.value.reason == reason


def test_the_undated_index_names_the_newest_stories() -> None:
    """Without it the dated index is its own and only witness."""
    site = Site(date(2026, 4, 18))
    url = "https://indeks.kompas.com/?site=global"
    links, _ = read_link_page(make_response(site.respond(url).body, url), "undated", date(2026, 4, 17))
    assert {entry.article_id for entry in links.boxes["undated"]} == set(site.listed(date(2026, 4, 18)))
