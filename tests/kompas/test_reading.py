"""The one reading: pages are added, missing ones named, and only a record that keeps the data format comes out."""

import pickle
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import crawler
from crawler import PARSER_VERSION
from crawler.errors import InvalidRecord, OtherSection, OtherStory, PageError, UnknownLayout
from crawler.items import Discovery, Provenance, WarcPlace
from crawler.kompas.loaders import ArticleLoader
from crawler.kompas.reading import Reading
from crawler.kompas.response import SiteResponse
from crawler.kompas.urls import ALL_PAGES
from tests.make import CAPTURED_AT, STORY, URL, make_reading, make_response, read_page, story_url

OTHER = story_url("2021/04/22/170000070")
TREN = "https://www.kompas.com/tren/read/2021/04/22/160600865/judul"
PLACES = [WarcPlace("a.warc.gz", offset, f"<urn:uuid:{offset}>", None) for offset in (0, 100, 200)]


def page(number: int, of: int = 3, **changes: Any) -> SiteResponse:
    """A page of a divided story, archived, a minute after the one before it."""
    links = "".join(f'<a class="paging__link" href="{URL}?page={n}">{n}</a>' for n in range(1, of + 1))
    more = f'<div class="read__paging"><div class="paging">{links}</div></div>'
    body = read_page(body=f"<p>Halaman {number}.</p>", more=more)
    when = CAPTURED_AT + timedelta(minutes=number)
    return make_response(body, f"{URL}?page={number}", fetched_at=when, place=PLACES[number - 1], **changes)


def test_pages_are_wanted_one_after_the_other_until_the_story_is_whole() -> None:
    """Without it a story ends with its first page, or its pages are requested without end."""
    reading = Reading(Discovery("index", "https://indeks.kompas.com/"))
    wanted: list[int | None] = []
    for number in (1, 2, 3):
        reading.add(page(number), number)
        wanted.append(reading.wanted())
    read = reading.finish()
    assert wanted == [2, 3, None]
    assert (read.article.text, read.article.complete) == ("Halaman 1.\n\nHalaman 2.\n\nHalaman 3.", True)
    assert (read.pages_read, read.article.discovery.via, reading.via) == (3, "index", "index")


def test_a_page_that_is_missing_is_not_wanted_again_and_makes_the_story_incomplete() -> None:
    """Without it one page that the site lost stops the story, or passes for read."""
    reading = make_reading(page(1))
    reading.missing(2)
    assert reading.wanted() == 3
    reading.add(page(3), 3)
    assert reading.wanted() is None
    assert (reading.finish().article.complete, reading.finish().article.text) == (False, "Halaman 1.\n\nHalaman 3.")


REFUSED: dict[str, tuple[SiteResponse, type[PageError]]] = {
    "an error page": (page(2, status=500), PageError),
    "half a page": (page(2, truncated="length"), PageError),
    "no article": (make_response(b"<html><p>Lain</p></html>", f"{URL}?page=2"), PageError),
    "a page that says it is another story": (make_response(read_page(canonical=OTHER), f"{URL}?page=2"), OtherStory),
}


@pytest.mark.parametrize(("response", "kind"), REFUSED.values(), ids=REFUSED)
def test_a_page_that_is_refused_leaves_the_reading_as_it_was(response: SiteResponse, kind: type[PageError]) -> None:
    """Without it another capture of the page cannot replace it, or a text refers to the bytes of an error page."""
    reading = make_reading(page(1))
    with pytest.raises(kind):
        reading.add(response, 2)
    assert reading.wanted() == 2
    assert reading.finish().article.provenance.further_pages == []


def test_the_record_states_where_the_bytes_of_each_page_are_and_when_the_first_was_fetched() -> None:
    """Without it a text cannot be checked against its pages."""
    reading = make_reading(page(2), page(1), page(3))
    article = reading.finish().article
    first = PLACES[1]
    assert article.provenance == Provenance(
        first.warc_file, first.warc_offset, first.warc_record_id, None, PARSER_VERSION, [PLACES[0], PLACES[2]]
    )
    assert (article.fetched_at, reading.fetched_at) == (CAPTURED_AT + timedelta(minutes=2),) * 2
    assert reading.place == first


def test_pages_that_were_not_archived_have_no_place() -> None:
    """Without it a record names bytes that are nowhere."""
    pages = [replace(page(number), place=None) for number in (1, 2)]
    assert make_reading(*pages).finish().article.provenance == Provenance(None, None, None, None, PARSER_VERSION)


@pytest.mark.parametrize(
    ("requested", "answered"),
    [(f"{URL}?page=all", f"{URL}?page=all"), (f"{URL}?page=all", "https://www.kompas.com/tag/nara")],
)
@pytest.mark.parametrize(("stated", "kind"), [(OTHER, OtherStory), (TREN, OtherSection)])
def test_a_page_is_never_a_revision_of_the_story_that_its_canonical_link_names(
    requested: str, answered: str, stated: str, kind: type[PageError]
) -> None:
    """Without it one wrong link replaces the text of another story, and the requested one stays missing."""
    response = make_response(read_page(canonical=stated), answered, requested_url=requested)
    with pytest.raises(kind, match=stated):
        Reading(Discovery("urls", None)).add(response, ALL_PAGES)


@pytest.mark.parametrize("stated", [URL, f"{URL}-lain?page=2", f"http://internasional.kompas.com/read/{STORY}/lain"])
def test_the_canonical_link_chooses_the_form_of_the_address_within_the_story(stated: str) -> None:
    """Without it a story is stored under whichever address it was met by."""
    article = make_reading(make_response(read_page(canonical=stated), f"{URL}?page=all")).finish().article
    assert article.id == STORY
    assert article.url == stated.replace("http://", "https://").removesuffix("?page=2")


def test_a_record_that_breaks_the_data_format_never_comes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it whichever command skips the check stores what the dataset must not hold."""
    monkeypatch.setattr(ArticleLoader, "title_out", staticmethod(lambda titles: " "), raising=False)
    with pytest.raises(InvalidRecord, match="title is empty"):
        make_reading().finish()


def test_a_finished_story_carries_its_statistics_between_processes() -> None:
    """Without it a change of the markup is not noticed, or an archive cannot be read by several processes."""
    body = '<p><strong>NARA, KOMPAS.com</strong> - Isi.</p><p><strong>Baca juga: <a href="/x">Lain</a></strong></p>'
    read = make_reading(make_response(read_page(body=body))).finish()
    assert sorted(rule.split("/")[0] for rule in read.removed) == ["dateline", "related"]
    assert pickle.loads(pickle.dumps(read)) == read


def test_a_page_is_read_without_a_crawl() -> None:
    """Without it a notebook needs a crawl to read one page."""
    before = datetime.now(UTC).replace(microsecond=0)
    article = crawler.read(f"{URL}?page=all", read_page())
    assert (article.id, article.url, article.title) == (STORY, URL, "Kapal Riset Berlabuh di Pulau Terjauh")
    assert (article.discovery, article.provenance.warc_file) == (Discovery("urls", None), None)
    assert before <= article.fetched_at <= datetime.now(UTC)
    assert article.fetched_at.microsecond == 0


def test_the_caller_of_read_may_state_type_and_time() -> None:
    """Without it a saved page of another charset is garbled, and dated by the day of the study."""
    body = read_page(body="<p>caf#</p>").replace(b"#", b"\xb1")  # "ą" in ISO-8859-2, "±" in Windows-1252
    article = crawler.read(URL, body, "text/html; charset=iso-8859-2", CAPTURED_AT.replace(microsecond=9))
    assert (article.text, article.fetched_at) == ("cafą", CAPTURED_AT)
    with pytest.raises(PageError):
        crawler.read(URL, body[:-20])


def test_a_story_that_leads_to_another_page_is_not_a_new_layout() -> None:
    """Without it a removed story that is sent to another page is taken for a change of the site, every night."""
    front = make_response(b"<html><body><p>Halaman tag</p></body></html>", "https://www.kompas.com/tag/nara")
    with pytest.raises(OtherStory, match=r"leads to https://www\.kompas\.com/tag/nara, which is no story"):
        Reading(Discovery("urls", None)).add(replace(front, requested_url=URL), ALL_PAGES)
    with pytest.raises(UnknownLayout):
        Reading(Discovery("urls", None)).add(replace(front, url=URL, requested_url=URL), ALL_PAGES)
