"""What an answer says beside its article: where it leads, when it was looked at, and what it excludes."""

from datetime import UTC, datetime

import pytest
from scrapy import Request
from scrapy.http import Response

from crawler.items import LatestLink, Link
from crawler.kompas.pages.document import Document
from crawler.kompas.pages.layouts import read_article
from crawler.kompas.pages.listing import RawEntry
from crawler.ledger_facts import Visit
from crawler.spiders.seen import Reading, exclusion, front_links_of, links_of, visit_of
from tests.facts import ONE, THREE, TREN, TWO
from tests.make import STORY, URL, make_article, make_capture, make_story, read_page, story_url

NOW = datetime(2021, 4, 26, 1, 0, tzinfo=UTC)
ASKED = f"{URL}?page=all"
FRONT = "https://www.kompas.com/global"


def answer(status: int = 200, url: str = ASKED, request: Request | None = None, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(url, status=status, headers=named, request=request or Request(ASKED))


def test_every_box_of_a_story_leads_to_the_stories_of_ours_in_it() -> None:
    """Without it the ledger misses what the site itself calls its newest, or is full of other kanals."""
    article = make_article(
        latest=[LatestLink("Satu", story_url(ONE), "Global", None), LatestLink("Lain", TREN, "Tren", None)],
        related=[Link("Baca: Dua", f"{story_url(TWO)}?source=x"), Link("Lain", "https://www.kompas.id/baca/a")],
    )
    older = [RawEntry("Tiga", story_url(THREE), None, None, markup="article__list")]
    links = links_of(article, older, follows=True, depth=1)
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
    assert links_of(article, [], follows=True, depth=1).followed == {"latest", "older"}
    assert links_of(article, [], follows=False, depth=2).followed == frozenset()


def test_a_story_twice_in_a_box_is_seen_there_once() -> None:
    """Without it one look counts as two sightings."""
    article = make_article(
        latest=[LatestLink(title, f"{story_url(ONE)}{title}", None, None) for title in ("satu", "satu-lagi")]
    )
    assert len(links_of(article, [], follows=True, depth=1).boxes["latest"]) == 1


def test_a_front_leads_to_its_stories_and_is_followed() -> None:
    """Without it a story that stands on the front alone is lost with the run that saw it."""
    links = front_links_of(answer(url=FRONT, request=Request(FRONT)), [story_url(ONE), story_url(TWO)], NOW)
    assert (links.from_url, links.followed, links.depth, links.read_at) == (FRONT, frozenset(("section",)), 0, NOW)
    assert [(entry.article_id, entry.title) for entry in links.boxes["section"]] == [(ONE, None), (TWO, None)]


def test_a_front_that_leads_elsewhere_speaks_for_the_address_that_was_asked_for() -> None:
    """Without it a front that failed once is told as failed for ever, for it answers under another address."""
    redirected = Request(f"{FRONT}/", meta={"redirect_urls": [FRONT]})
    assert front_links_of(answer(url=f"{FRONT}/", request=redirected), [], NOW).from_url == FRONT


def test_a_server_that_offers_a_way_to_ask_again_is_taken_at_its_word() -> None:
    """Without it each look at a story costs the site a whole page."""
    modified = "Thu, 22 Apr 2021 09:06:00 GMT"
    assert visit_of(answer(ETag='"satu"', Last_Modified=modified), NOW) == Visit(STORY, ASKED, NOW, '"satu"', modified)
    assert visit_of(answer(ETag='W/"satu"'), NOW) == Visit(STORY, ASKED, NOW, 'W/"satu"', None)


def test_a_server_that_offers_none_leaves_nothing_to_note() -> None:
    """Without it a row is written for each story that says no more than the article itself."""
    assert visit_of(answer(), NOW) is None
    assert visit_of(answer(ETag="  "), NOW) is None


def test_not_modified_is_a_visit_that_keeps_what_was_sent() -> None:
    """Without it a story that did not change once is fetched whole from then on, and every night."""
    sent = Request(ASKED, headers={"If-None-Match": '"satu"', "If-Modified-Since": "Thu, 22 Apr 2021 09:06:00 GMT"})
    assert visit_of(answer(304, request=sent), NOW) == Visit(
        STORY, ASKED, NOW, '"satu"', "Thu, 22 Apr 2021 09:06:00 GMT"
    )
    newer = visit_of(answer(304, request=sent, ETag='"dua"'), NOW)
    assert newer is not None
    assert newer.etag == '"dua"'


def test_a_visit_belongs_to_the_address_that_was_meant() -> None:
    """Without it a story that redirects is never asked on condition, for its old address is asked for again."""
    redirected = Request(f"{URL}-baru?page=all", meta={"redirect_urls": [ASKED]})
    visit = visit_of(answer(url=redirected.url, request=redirected, ETag='"satu"'), NOW)
    assert visit is not None
    assert visit.url == ASKED


def test_a_story_in_several_answers_is_looked_at_without_a_condition_the_next_time() -> None:
    """Without it a correction on page 2 is missed as long as page 1 stays as it is."""
    visit = Visit(STORY, ASKED, NOW, '"satu"', "Thu, 22 Apr 2021 09:06:00 GMT")
    story = make_story(read_page(), f"{URL}?page=1")
    reading = Reading(story, make_capture(), 0, visit)
    assert reading.visit == visit
    story.add(read_article(Document(f"{URL}?page=2", read_page())), 2)
    assert reading.visit == Visit(STORY, ASKED, NOW, None, None)


def test_a_page_that_is_no_story_is_no_visit() -> None:
    """Without it a front page that a dead story leads to is noted as a look at a story."""
    assert visit_of(answer(url="https://www.kompas.com/", ETag='"satu"'), NOW) is None


@pytest.mark.parametrize(("url", "story"), [(URL, STORY), (TREN, "2021/04/22/130000065")])
def test_a_page_of_another_kanal_excludes_its_story(url: str, story: str) -> None:
    """Without it a story that says itself that it is none of ours is asked for every night."""
    found = exclusion(url, "OtherSection", "the page says Tren", NOW)
    assert found is not None
    assert (found.article_id, found.url, found.reason, found.excluded_at) == (story, url, "OtherSection", NOW)


def test_an_address_without_a_story_excludes_nothing() -> None:
    """Without it the ledger has a row that no story can match."""
    assert exclusion("https://www.kompas.com/", "OtherSection", "", NOW) is None
