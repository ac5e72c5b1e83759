"""Where a page leads, and what it excludes, as facts for the ledger."""

import pytest

from crawler.errors import CutOff, KompasError, NotInArchive, OtherSection, OtherStory, UnknownLayout
from crawler.items import Article, LatestLink, Link
from crawler.kompas.links import excluded_by, front_links_of, ledger_entries, links_of
from crawler.kompas.pages.listing import RawEntry
from crawler.kompas.reading import ReadStory
from tests.facts import ONE, THREE, TREN, TWO, VIDEO
from tests.make import CAPTURED_AT, STORY, URL, make_article, make_response, story_url

FRONT = "https://www.kompas.com/global"


def read(article: Article, *older: RawEntry) -> ReadStory:
    return ReadStory(article, list(older), [], [], [], 1)


def front(*stories: str) -> bytes:
    links = "".join(f'<a href="{story_url(story)}">Judul</a>' for story in stories)
    return f"<html><body><a href='/tren'>Tren</a>{links}</body></html>".encode()


def test_every_box_of_a_story_leads_to_the_stories_of_ours_in_it() -> None:
    """Without it the ledger misses what the site itself calls its newest, or is full of other kanals."""
    article = make_article(
        latest=[LatestLink("Satu", story_url(ONE), "Global", None), LatestLink("Lain", TREN, "Tren", None)],
        related=[Link("Baca: Dua", f"{story_url(TWO)}?source=x"), Link("Lain", "https://www.kompas.id/baca/a")],
    )
    older = [RawEntry("Tiga", story_url(THREE), None, None, markup="article__list")]
    links = links_of(read(article, *older), follows=True)
    assert (links.from_url, links.depth, links.read_at) == (URL, 1, article.fetched_at)
    assert {via: [entry.url for entry in entries] for via, entries in links.boxes.items()} == {
        "latest": [story_url(ONE)],
        "older": [story_url(THREE)],
        "related": [story_url(TWO)],
    }
    assert links.boxes["latest"][0].title == "Satu"


def test_newest_and_older_are_followed_where_the_crawl_follows_and_related_never() -> None:
    """Without it a killed run forgets what it was about to fetch, or the next one wanders into other years."""
    article = make_article(related=[Link("Baca", story_url(TWO))])
    assert links_of(read(article), follows=True).followed == {"latest", "older"}
    assert links_of(read(article), depth=2).followed == frozenset()


def test_a_story_twice_in_a_box_is_seen_there_once() -> None:
    """Without it one look counts as two sightings."""
    article = make_article(
        latest=[LatestLink(title, f"{story_url(ONE)}{title}", None, None) for title in ("satu", "satu-lagi")]
    )
    assert len(links_of(read(article), follows=True).boxes["latest"]) == 1


def test_a_front_leads_to_its_stories_and_is_followed() -> None:
    """Without it a story that stands on the front alone is lost with the run that saw it."""
    links = front_links_of(make_response(front(ONE, TWO), FRONT))
    assert (links.from_url, links.followed, links.depth) == (FRONT, frozenset(("section",)), 0)
    assert links.read_at == CAPTURED_AT
    assert [(entry.article_id, entry.title) for entry in links.boxes["section"]] == [(ONE, None), (TWO, None)]


def test_a_front_that_redirects_counts_for_the_requested_address() -> None:
    """Without it a front that failed once stays failed, because it answers under another address."""
    assert front_links_of(make_response(front(ONE), f"{FRONT}/", requested_url=FRONT)).from_url == FRONT


def test_a_front_without_a_story_is_refused_by_name() -> None:
    """Without it a front whose markup changed is read as an empty one, without a failure."""
    with pytest.raises(UnknownLayout, match="links no story"):
        front_links_of(make_response(front(), FRONT))


def test_all_that_a_list_names_is_an_entry_with_what_it_is() -> None:
    """Without it the ledger cannot say why something that was listed is not stored."""
    found = ledger_entries(RawEntry("Judul", url, None, None, "read") for url in (TREN, VIDEO))
    assert [(one.url, one.article_id, one.excluded) for one in found] == [
        (TREN, "2021/04/22/130000065", "other_section"),
        (VIDEO, None, "not_an_article"),
    ]


def test_a_story_under_several_addresses_is_one_entry_as_it_stood_first() -> None:
    """Without it a story that was renamed in a hurry is listed two times."""
    first = RawEntry("Lama", story_url(ONE), "Global", None, "read")
    again = RawEntry("Baru", f"{story_url(ONE)}-baru?utm_source=x", None, None, "read")
    (one,) = ledger_entries([first, again])
    assert (one.title, one.url, one.section) == ("Lama", story_url(ONE), "Global")


@pytest.mark.parametrize(("url", "story"), [(URL, STORY), (TREN, "2021/04/22/130000065")])
def test_a_page_of_another_kanal_excludes_its_story(url: str, story: str) -> None:
    """Without it a story of another kanal is requested every night."""
    found = excluded_by(OtherSection("the page says Tren"), url, CAPTURED_AT)
    assert found is not None
    assert (found.article_id, found.url, found.excluded_at) == (story, url, CAPTURED_AT)
    assert (found.reason, found.detail) == ("OtherSection", "the page says Tren")


@pytest.mark.parametrize("error", [OtherStory("x"), CutOff("x"), UnknownLayout("x"), NotInArchive("x")])
def test_any_other_refusal_excludes_nothing(error: KompasError) -> None:
    """Without it a story whose page was cut off is never requested again."""
    assert excluded_by(error, URL, CAPTURED_AT) is None


def test_an_address_without_a_story_excludes_nothing() -> None:
    """Without it the ledger has a row that no story can match."""
    assert excluded_by(OtherSection("x"), "https://www.kompas.com/", CAPTURED_AT) is None
