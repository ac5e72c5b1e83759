"""Scrapy's response as the value that the parser takes."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response

from crawler.archive.handler import CAPTURED
from crawler.items import WarcPlace
from crawler.spiders.responses import from_scrapy
from tests.make import CAPTURED_AT, URL, make_response, read_page

ASKED = f"{URL}?page=all"
PLACE = WarcPlace("a.warc.gz", 12, "<urn:uuid:1>", "sha1:AB")
HEADERS = {"Content-Type": "text/html; charset=UTF-8"}


def test_a_response_of_a_recording_states_when_and_where_it_was_archived() -> None:
    """Without it a replay gives records with the time of the replay, or a WARC record two times."""
    captured_at = CAPTURED_AT.replace(microsecond=456_789).astimezone(timezone(timedelta(hours=7)))
    request = Request(ASKED, meta={CAPTURED: (captured_at, PLACE)})
    response = HtmlResponse(ASKED, headers=HEADERS, body=read_page(), request=request)
    assert from_scrapy(response) == make_response(url=ASKED, place=PLACE)


def test_a_live_response_came_now_and_is_nowhere() -> None:
    """Without it a crawl without a recording gives records without a time."""
    before = datetime.now(UTC).replace(microsecond=0)
    answer = from_scrapy(Response(ASKED, request=Request(ASKED)))
    assert before <= answer.fetched_at <= datetime.now(UTC)
    assert (answer.place, answer.truncated, answer.headers) == (None, None, [])


def test_a_redirected_response_knows_the_address_that_was_requested() -> None:
    """Without it a story that leads to another is stored as that other."""
    redirected = Request(f"{URL}-baru?page=all", meta={"redirect_urls": [ASKED, f"{URL}-lama"]})
    answer = from_scrapy(Response(redirected.url, status=404, request=redirected))
    assert (answer.requested_url, answer.url, answer.status) == (ASKED, redirected.url, 404)


@pytest.mark.parametrize(
    ("flags", "truncated"), [([], None), (["rendered"], None), (["partial"], None), (["dataloss"], "dataloss")]
)
def test_a_body_that_scrapy_marks_as_short_is_truncated(flags: list[str], truncated: str | None) -> None:
    """Without it half a page of a recording passes for the whole."""
    response = Response(ASKED, flags=flags, request=Request(ASKED))
    assert from_scrapy(response).truncated == truncated


def test_every_header_is_there_with_all_its_values() -> None:
    """Without it a page loses its charset."""
    headers = {"Set-Cookie": ["a=1", "b=2"], "Content-Type": "text/html"}
    answer = from_scrapy(Response(ASKED, headers=headers, request=Request(ASKED)))
    assert sorted(answer.headers) == [("Content-Type", "text/html"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")]
