"""Whatever goes wrong with a request has a short name that stays the same over the years."""

from datetime import UTC, datetime

import pytest
from scrapy import Request, Spider, exceptions
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser
from scrapy.spidermiddlewares.httperror import HttpError
from scrapy.utils.test import get_crawler
from twisted.python.failure import Failure as TwistedFailure

from crawler.errors import MissingBody, NotInArchive, UnknownLayout
from crawler.spiders.failures import page_failure, reason_of, request_failure, story_failure
from tests.make import STORY, URL


@pytest.mark.parametrize("status", [403, 404, 429, 500, 503])
def test_a_bad_status_is_named_with_its_number_and_address(status: int) -> None:
    """Without it a user cannot tell a deleted story from a site that blocks."""
    error = HttpError(Response(URL, status=status), "Ignoring non-200 response")
    assert reason_of(error) == (f"HttpStatus {status}", f"{URL} answered {status}")


@pytest.mark.parametrize(
    ("error", "name"),
    [
        (exceptions.DownloadTimeoutError("took longer than 60 seconds"), "Timeout"),
        (exceptions.CannotResolveHostError("x"), "CannotResolveHost"),
        (exceptions.DownloadConnectionRefusedError("x"), "DownloadConnectionRefused"),
        (exceptions.DownloadFailedError("x"), "DownloadFailed"),
        (exceptions.DownloadCancelledError("x"), "DownloadCancelled"),
        (exceptions.ResponseDataLossError("x"), "ResponseDataLoss"),
        (exceptions.UnsupportedURLSchemeError("x"), "UnsupportedURLScheme"),
        (exceptions.IgnoreRequest("body larger than allowed"), "IgnoredRequest"),
        (NotInArchive("x"), "NotInArchive"),
        (ValueError("x"), "Value"),
    ],
)
def test_every_way_to_get_no_answer_has_its_name(error: Exception, name: str) -> None:
    """Without it the table of failures is one heap of unnamed errors."""
    assert reason_of(error) == (name, str(error))


def test_a_page_that_robots_txt_forbids_has_its_name() -> None:
    """Without it a new line in robots.txt looks like a fault of the crawl."""
    crawler = get_crawler(Spider, {"ROBOTSTXT_OBEY": True, "ROBOTSTXT_USER_AGENT": "kompas_global"})
    rules = ProtegoRobotParser.from_crawler(crawler, b"User-agent: *\nDisallow: /global/")
    with pytest.raises(exceptions.IgnoreRequest) as refused:
        RobotsTxtMiddleware.from_crawler(crawler).process_request_2(rules, Request(URL))
    assert reason_of(refused.value)[0] == "RobotsTxt"


def test_a_loop_of_redirects_has_its_name() -> None:
    """Without it a story that leads in circles looks like one that nobody asked for."""
    crawler = get_crawler(Spider, {"REDIRECT_MAX_TIMES": 1})
    request = Request(URL, meta={"redirect_ttl": 0, "redirect_times": 2})
    moved = Response(URL, status=302, headers={"Location": URL}, request=request)
    with pytest.raises(exceptions.IgnoreRequest) as refused:
        RedirectMiddleware.from_crawler(crawler).process_response(request, moved)
    assert reason_of(refused.value)[0] == "RedirectLoop"


def test_the_detail_is_one_line_and_never_empty() -> None:
    """Without it a listing of failures is torn apart by line breaks, or says nothing."""
    assert reason_of(exceptions.DownloadFailedError("satu\n  dua\t tiga"))[1] == "satu dua tiga"
    assert reason_of(exceptions.DownloadFailedError()) == ("DownloadFailed", "DownloadFailedError")


def test_a_request_without_an_answer_is_kept_under_the_address_that_was_meant() -> None:
    """Without it a story that led to a checkpoint is listed under the checkpoint, and never tried again."""
    error = TwistedFailure(exceptions.DownloadTimeoutError("took longer than 60 seconds"))  # type: ignore[no-untyped-call]
    error.request = Request("https://www.kompas.com/lain", meta={"redirect_urls": [URL, f"{URL}/b"]})  # type: ignore[attr-defined]
    before = datetime.now(UTC).replace(microsecond=0)
    failure = request_failure(error, "latest")
    assert (failure.url, failure.article_id, failure.via) == (URL, STORY, "latest")
    assert (failure.reason, failure.detail) == ("Timeout", "took longer than 60 seconds")
    assert before <= failure.failed_at <= datetime.now(UTC)


def test_a_page_that_cannot_be_read_is_kept_under_the_name_of_the_fault() -> None:
    """Without it a change of the site's markup looks like a fault of the network."""
    response = Response(f"{URL}?page=all", request=Request(f"{URL}?page=all"))
    failure = page_failure(response, UnknownLayout("fits none"), "index")
    assert (failure.reason, failure.detail, failure.article_id) == ("UnknownLayout", "fits none", STORY)
    assert story_failure(URL, MissingBody("kosong"), "urls").reason == "MissingBody"


def test_a_listing_that_failed_belongs_to_no_story() -> None:
    """Without it a failed index day is cleared by the next story that is stored."""
    assert story_failure("https://indeks.kompas.com/?site=global", UnknownLayout("x"), "index").article_id is None
