"""The look-alike itself: its pages hold what its truth says, its lists are whole, its archive is stable."""

import asyncio
import gzip
import ssl
from datetime import date, datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.site.inline import markup, plain
from tests.site.server import LookAlike
from tests.site.site import Site
from tests.site.story import Story
from tests.site.warc import CAPTURED, archive_urls, stored_pages, write_warc

TODAY = date(2026, 7, 30)
SITE = Site(TODAY)
COUNTS = {
    date(2016, 2, 16): 12,
    date(2021, 4, 21): 16,
    date(2021, 4, 22): 33,
    date(2021, 5, 1): 10,
    date(2023, 4, 20): 23,
    date(2026, 4, 16): 11,
    date(2026, 4, 17): 24,
    date(2026, 7, 29): 5,
    TODAY: 6,
}
READABLE = [story for story in SITE.stories.values() if story.trouble in ("", "no_time")]


class _Words(HTMLParser):
    """Text and links of a page."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links: list[str] = []
        self.sources: list[str] = []
        self.feed(page.decode(errors="ignore"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(given.get("href", ""))
        self.sources += [given[name] for name in ("src", "data-src") if name in given]
        if tag == "br":
            self.texts.append(" ")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def squeezed(self) -> str:
        """Without any white space, so that only the words count."""
        return "".join("".join(self.texts).split())


def _whole(story: Story) -> bytes:
    """All text of a story: the page that is whole, or its pages one after the other."""
    if story.whole_on_request:
        return SITE.respond(story.page_url("all")).body
    return b"".join(SITE.respond(story.page_url(page)).body for page in range(1, story.pages + 1))


@pytest.mark.parametrize("story", READABLE, ids=lambda story: story.id)
def test_page_holds_what_the_truth_says(story: Story) -> None:
    page = _Words(_whole(story))
    truth = SITE.truth(story.id)
    words = [story.title, *story.authors, *story.editors, *story.tags]
    words += [block["text"].replace(" | ", "") for block in story.body()]
    words += [plain(title) for title, _ in story.related]
    words += [image["caption"] or "" for image in story.images()]
    for text in words:
        assert "".join(text.split()) in page.squeezed, text
    assert all(text in _whole(story).decode(errors="ignore") for text in (story.address, *story.sources))
    assert all(url in page.links for _, url in story.related)
    assert all((image["url"] or "").partition("//")[2] in " ".join(page.sources) for image in story.images())
    latest = truth["latest"]
    assert isinstance(latest, list)
    assert all(entry["url"] in page.links for entry in latest)


def test_stories_differ() -> None:
    bodies = [tuple(block["text"] for block in story.body()) for story in SITE.stories.values()]
    assert len(set(bodies)) == len(bodies)
    assert len({story.title for story in SITE.stories.values()}) == len(SITE.stories)


def test_same_day_same_site() -> None:
    again = Site(TODAY)
    assert list(again.stories) == list(SITE.stories)
    for story in READABLE:
        assert again.respond(story.page_url("all")) == SITE.respond(story.page_url("all"))


@pytest.mark.parametrize(("day", "count"), COUNTS.items(), ids=str)
def test_index_lists_every_story_of_the_day(day: date, count: int) -> None:
    ids = [story.id for story in SITE.stories.values() if story.published.date() == day]
    assert len(ids) == count
    assert sorted(SITE.listed(day)) == sorted(ids)
    kanal = "internasional" if day.year == 2016 else "global"
    base = f"https://indeks.kompas.com/?site={kanal}&date={day}"
    links = [link for page in range(1, 5) for link in _Words(SITE.respond(f"{base}&page={page}").body).links]
    assert all(any(story_id in link for link in links) for story_id in ids if "103000770" not in story_id)
    assert all(other.id in "".join(links) for other in SITE.others.values() if other.published.date() == day)


def test_index_repeats_its_last_page() -> None:
    base = "https://indeks.kompas.com/?site=global&date=2021-04-22"
    assert SITE.respond(f"{base}&page=3").body == SITE.respond(f"{base}&page=9").body
    assert SITE.respond(f"{base}&page=2").body != SITE.respond(f"{base}&page=3").body
    assert SITE.respond(base).body == SITE.respond(f"{base}&page=1").body
    assert b"--emptyAlart" in SITE.respond("https://indeks.kompas.com/?site=global&date=2025-01-01").body


def test_bad_day_goes_wrong_in_every_way() -> None:
    replies = {
        story.trouble: SITE.respond(story.page_url("all"))
        for story in SITE.stories.values()
        if story.published.date() == date(2021, 5, 1)
    }
    assert replies["not_found"].status == 404
    assert b"Halaman tidak ditemukan - Kompas.com" in replies["not_found"].body
    assert replies["challenge"].status == 202
    assert b"awsWafCookieDomainList" in replies["challenge"].body
    assert replies["checkpoint"].status == 302
    assert replies["forbidden"].status == 403
    assert replies["empty"].body == b""
    assert b"<h1" not in replies["no_title"].body
    assert b"content_PublishedDate" not in replies["no_time"].body
    assert replies[""].status == 200


def test_pages_of_a_divided_story() -> None:
    story = SITE.stories["2021/04/22/071500270"]
    pages = [SITE.respond(story.page_url(page)).body for page in (1, 2, 3)]
    assert SITE.respond(story.url).body == pages[0]
    assert SITE.respond(story.page_url(4)).body == pages[0]
    assert len(set(pages)) == 3
    assert all(b"paging__link--show" in page for page in pages)
    assert b"Halaman Selanjutnya" in pages[0]
    assert b"Halaman Selanjutnya" not in pages[2]
    lazy = SITE.stories["2021/04/22/083000370"]
    assert SITE.respond(lazy.page_url("all")).body == SITE.respond(lazy.url).body


def test_addresses() -> None:
    story = SITE.stories["2021/04/22/160600870"]
    assert SITE.respond(f"http://www.kompas.com/global/read/{story.id}/x").status == 301
    slugless = f"https://www.kompas.com/global/read/{story.id}/twitter.com?source=terpopuler"
    assert SITE.respond(slugless).body == SITE.respond(story.url).body
    compact = SITE.stories["2026/04/17/103000770"]
    assert compact.url.startswith("https://www.kompas.com/global/read/26D17103000770/")
    assert SITE.respond(compact.url).status == 200
    assert SITE.respond("https://www.kompas.com/tidak/ada").status == 404
    assert b"Sitemap:" in SITE.respond("https://indeks.kompas.com/robots.txt").body


def test_inline_marks() -> None:
    text = "Presiden [[Kirgistan]] ([[KG]]), [[Rusia ]], kata *Reuters*"
    assert plain(text) == "Presiden Kirgistan (KG), Rusia, kata Reuters"
    assert "Presiden  <a" in markup(text)
    assert ">Rusia </a>," in markup(text)


def test_served_over_the_proxy_with_a_verified_certificate() -> None:
    with LookAlike(SITE) as served:
        context = ssl.create_default_context(cafile=served.ca_file)
        statuses = asyncio.run(_ask(served.proxy_url, context))
        assert statuses == [200, 404, 202, 301]
        assert [asked.host for asked in served.requests] == ["www.kompas.com"] * 4
        assert served.requests[0].path_qs == "/global?page=1"
        assert served.requests[0].user_agent == "test-agent"
        assert served.env()["https_proxy"].startswith("http://127.0.0.1:")
        with pytest.raises(aiohttp.ClientHttpProxyError) as refused:
            asyncio.run(_ask(served.proxy_url, context, "https://www.example.org/"))
        assert refused.value.status == 403
        with pytest.raises(aiohttp.ClientConnectorCertificateError):
            asyncio.run(_ask(served.proxy_url, ssl.create_default_context()))


async def _ask(proxy: str, context: ssl.SSLContext, *urls: str) -> list[int]:
    challenge = next(story.url for story in SITE.stories.values() if story.trouble == "challenge")
    asked = urls or (
        "https://www.kompas.com/global?page=1",
        "https://www.kompas.com/tidak/ada",
        challenge,
        "http://www.kompas.com/global",
    )
    statuses = []
    async with aiohttp.ClientSession(headers={"User-Agent": "test-agent"}) as session:
        for url in asked:
            async with session.get(url, proxy=proxy, ssl=context, allow_redirects=False) as reply:
                assert await reply.read() == SITE.respond(url).body
                statuses.append(reply.status)
    return statuses


def test_archive_is_reproducible_and_small(tmp_path: Path) -> None:
    site = Site()
    urls = archive_urls(site, [date(2016, 2, 16), date(2021, 4, 22), date(2026, 4, 17)])
    files = [tmp_path / folder / "sample.warc.gz" for folder in ("a", "b")]
    for file in files:
        file.parent.mkdir()
        write_warc(site, file, urls, captured=CAPTURED)
    assert files[0].read_bytes() == files[1].read_bytes()
    assert files[0].stat().st_size < 400_000
    assert gzip.decompress(files[0].read_bytes()).startswith(b"WARC/1.1")
    with files[0].open("rb") as stream:
        records = [(record.rec_type, record.rec_headers) for record in ArchiveIterator(stream)]
    assert {kind for kind, _ in records} >= {
        "warcinfo",
        "request",
        "response",
        "resource",
        "metadata",
        "revisit",
    }
    stored = [headers.get_header("WARC-Target-URI") for kind, headers in records if kind == "response"]
    assert set(urls) <= set(stored)
    assert {headers.get_header("WARC-Date") for _, headers in records} == {"2026-04-18T02:00:00Z"}


def test_archive_holds_divided_stories_in_three_ways() -> None:
    site = Site()
    forms = stored_pages(site)
    assert list(forms.values()).count("first") == 1
    divided = [story for story in site.stories.values() if story.pages > 1]
    assert 0.2 < sum(forms[story.id] == "each" for story in divided) / len(divided) < 0.5
    urls = archive_urls(site)
    assert len(urls) == len(set(urls))
    assert all(urlsplit(url).scheme == "https" for url in urls)


def test_times_are_wib() -> None:
    for story in SITE.stories.values():
        published = datetime.fromisoformat(str(SITE.truth(story.id)["published_at"]))
        assert published.utcoffset() is not None
        assert f"{published:%H%M%S}" == story.digits[:6]
