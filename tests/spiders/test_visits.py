"""When a story was looked at, and how to ask the next time."""

from datetime import UTC, datetime

import pytest
from scrapy import Request
from scrapy.http import Response

from crawler.ledger_facts import Visit
from crawler.spiders.visits import visit_of, visit_of_pages
from tests.make import STORY, URL

NOW = datetime(2021, 4, 26, 1, 0, tzinfo=UTC)
ASKED = f"{URL}?page=all"


def answer(status: int = 200, url: str = ASKED, request: Request | None = None, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(url, status=status, headers=named, request=request or Request(ASKED))


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
    """Without it a story that redirects is never requested on condition: its old address is requested."""
    redirected = Request(f"{URL}-baru?page=all", meta={"redirect_urls": [ASKED]})
    visit = visit_of(answer(url=redirected.url, request=redirected, ETag='"satu"'), NOW)
    assert visit is not None
    assert visit.url == ASKED


@pytest.mark.parametrize(("pages", "etag"), [(1, '"satu"'), (2, None)])
def test_a_story_of_several_pages_is_looked_at_without_a_condition_the_next_time(pages: int, etag: str | None) -> None:
    """Without it a correction on page 2 is missed as long as page 1 stays as it is."""
    modified = "Thu, 22 Apr 2021 09:06:00 GMT"
    visit = Visit(STORY, ASKED, NOW, '"satu"', modified)
    assert visit_of_pages(visit, pages) == Visit(STORY, ASKED, NOW, etag, modified if etag else None)
    assert visit_of_pages(None, pages) is None


def test_a_page_that_is_no_story_is_no_visit() -> None:
    """Without it a front page that a dead story leads to is noted as a look at a story."""
    assert visit_of(answer(url="https://www.kompas.com/", ETag='"satu"'), NOW) is None
