"""The door: which responses are pages, and the name under which every other one is refused."""

import pickle
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from crawler.errors import PARSER_REASONS, BadStatus, FailureReason, PageError
from crawler.kompas.pages.document import Document
from crawler.kompas.response import ENDING, SiteResponse, document_of
from tests.make import CAPTURED_AT, URL, make_response, read_page, story_url

PAGE = read_page()
HALF = PAGE[: len(PAGE) // 2]
OTHER = story_url("2021/04/22/170000070")
CHALLENGE = b"<html><script>window.gokuProps = {};</script></html>"
NOT_FOUND = b"<html><head><title>Halaman tidak ditemukan</title></head><body><p>Maaf</p></body></html>"


def typed(kind: str) -> list[tuple[str, str]]:
    return [("Content-Type", kind)] if kind else []


PAGES: dict[str, dict[str, Any]] = {
    "a page": {},
    "a page of the whole story": {"url": f"{URL}?page=all"},
    "the story under another host and slug": {
        "url": "https://internasional.kompas.com/read/2021/04/22/160600870/lain",
        "requested_url": URL,
    },
    "an address that names no story": {"url": "https://www.kompas.com/cetak", "requested_url": URL},
    "a page that was requested by an address without a story": {"requested_url": "https://www.kompas.com/global"},
    "without a type": {"headers": []},
    "with an end tag in capitals": {"body": PAGE.replace(b"</html>", b"</HTML >")},
    "with a script behind its end tag": {"body": PAGE + b"<!-- 0.2 s -->" * 1000},
    "of another type": {"headers": typed("text/plain")},
}


@pytest.mark.parametrize("parts", PAGES.values(), ids=PAGES)
def test_a_whole_page_of_the_requested_story_passes(parts: dict[str, Any]) -> None:
    """Without it good stories are missing from the dataset."""
    response = make_response(**parts)
    assert document_of(response).url == response.url


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "a challenge": ({"body": CHALLENGE}, "Blocked"),
    "a challenge by its status": ({"status": 202, "body": b""}, "Blocked"),
    "a denial": ({"status": 403, "body": b"<html>", "headers": [("cf-mitigated", "challenge")]}, "Blocked"),
    "a page under 202": ({"status": 202}, "HttpStatus 202"),
    "a challenge that is cut off": ({"body": CHALLENGE[:-10]}, "Blocked"),
    "a checkpoint": ({"url": "https://www.kompas.com/checkpoint", "requested_url": URL}, "Blocked"),
    "the not-found page": ({"body": NOT_FOUND}, "PageNotFound"),
    "the not-found page with its status": ({"body": NOT_FOUND, "status": 404}, "PageNotFound"),
    "a page under 203": ({"status": 203}, "HttpStatus 203"),
    "a page under 206": ({"status": 206}, "HttpStatus 206"),
    "a page under 404": ({"status": 404}, "HttpStatus 404"),
    "a page under 500": ({"status": 500}, "HttpStatus 500"),
    "half a page under 500": ({"status": 500, "body": HALF}, "HttpStatus 500"),
    "a redirect": ({"status": 302, "body": b""}, "HttpStatus 302"),
    "the front page": ({"url": "https://www.kompas.com/", "requested_url": URL}, "FrontInstead"),
    "the front of another host": ({"url": "https://internasional.kompas.com", "requested_url": URL}, "FrontInstead"),
    "the section's front": ({"url": "https://www.kompas.com/Global/?x=1", "requested_url": URL}, "FrontInstead"),
    "another story": ({"url": OTHER, "requested_url": URL}, "OtherStory"),
    "half a page": ({"body": HALF}, "CutOff"),
    "half a page under 203": ({"status": 203, "body": HALF}, "CutOff"),
    "half a page under 206": ({"status": 206, "body": HALF}, "CutOff"),
    "half a page without a type": ({"body": HALF, "headers": []}, "CutOff"),
    "half a page of XHTML": ({"body": HALF, "headers": typed("application/xhtml+xml")}, "CutOff"),
    "half a page of another type": ({"body": HALF, "headers": typed("text/plain")}, "CutOff"),
    "an end tag too far from the end": ({"body": PAGE + b" " * ENDING}, "CutOff"),
    "a page that is known to be short": ({"truncated": "length"}, "CutOff"),
    "nothing": ({"body": b""}, "EmptyPage"),
    "blanks": ({"body": b" \n\t "}, "EmptyPage"),
    "no HTML": ({"body": b'{"bukan": "html"}'}, "EmptyPage"),
}


@pytest.mark.parametrize(("parts", "reason"), REFUSED.values(), ids=REFUSED)
def test_everything_else_is_refused_by_name(parts: dict[str, Any], reason: str) -> None:
    """Without it an error page, half a page or another story is stored as this one."""
    with pytest.raises(PageError) as refused:
        document_of(make_response(**parts))
    assert refused.value.reason == reason
    assert (refused.value.reason in PARSER_REASONS) is (reason == "EmptyPage")


def test_a_bad_status_has_one_form_everywhere() -> None:
    """Without it the store lists one status under two reasons, or an archive's process cannot report it."""
    error = pickle.loads(pickle.dumps(BadStatus(URL, 206)))
    assert (error.reason, str(error)) == ("HttpStatus 206", f"{URL} answered 206")


def test_only_what_the_parser_refused_may_be_read_again_and_no_name_is_used_twice() -> None:
    """Without it a better parser never sees its pages, or makes articles of error pages."""
    parser = "UnknownLayout MissingTitle MissingTime MissingBody EmptyStory EmptyPage TooDeep InvalidRecord"
    assert set(parser.split()) == PARSER_REASONS
    assert not PARSER_REASONS & set(FailureReason)


def test_the_caller_chooses_the_class_of_the_document() -> None:
    """Without it `scrapy explain` needs a door of its own."""

    class Noted(Document):
        pass

    assert type(document_of(make_response(), Noted)) is Noted


@pytest.mark.parametrize(
    "moment",
    [
        CAPTURED_AT,
        CAPTURED_AT.replace(microsecond=456_789),
        CAPTURED_AT.astimezone(timezone(timedelta(hours=7))),
        CAPTURED_AT.astimezone(timezone(timedelta(hours=-5, minutes=-30))),
    ],
)
def test_a_response_is_dated_in_utc_and_whole_seconds(moment: datetime) -> None:
    """Without it the same record of a WARC has two times, by the way in which it was read."""
    response = SiteResponse(URL, URL, 200, [], PAGE, moment)
    assert response.fetched_at.isoformat() == CAPTURED_AT.isoformat()
    assert response.fetched_at.tzinfo is UTC


def test_the_type_is_found_whatever_the_case_of_its_header() -> None:
    """Without it a page of another server loses its charset."""
    assert make_response(headers=[("X-A", "b"), ("content-TYPE", "text/html")]).content_type == "text/html"
    assert make_response(headers=[]).content_type == ""
