"""Whatever goes wrong with a request has a short name that stays the same over the years."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from scrapy import Request, Spider, exceptions
from scrapy.core.downloader.handlers.http11 import TunnelError
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser
from scrapy.spidermiddlewares.httperror import HttpError
from scrapy.utils.test import get_crawler
from twisted.internet.error import ConnectionDone, ConnectionLost, NoRouteError
from twisted.python.failure import Failure as TwistedFailure

from crawler.archive.handler import CAPTURED
from crawler.errors import BadStatus, Blocked, CutOff, FailureReason, MissingBody, NotInArchive, UnknownLayout
from crawler.items import Failure, WarcPlace
from crawler.middlewares.whole_body import CutOffDownload
from crawler.spiders import failures as module
from crawler.spiders.failures import page_failure, reason_of, request_failure, story_failure
from tests.kompas.pages.challenges import REFUSALS, Refusal
from tests.make import CAPTURED_AT, STORY, URL, make_reading, make_response

PLACE = WarcPlace("a.warc.gz", 12, "<urn:uuid:1>", "sha1:AB")


@pytest.mark.parametrize("status", [403, 404, 429, 500, 503])
def test_a_bad_status_is_named_with_its_number_and_address(status: int) -> None:
    """Without it a user cannot distinguish a deleted story from a site that blocks."""
    error = HttpError(Response(URL, status=status), "Ignoring non-200 response")
    assert reason_of(error) == (f"HttpStatus {status}", f"{URL} answered {status}")


DOWNLOAD_ERRORS = {
    exceptions.CannotResolveHostError: "ConnectionFailed",
    exceptions.DownloadCancelledError: "TooLarge",
    exceptions.DownloadConnectionRefusedError: "ConnectionFailed",
    exceptions.DownloadFailedError: "ConnectionFailed",
    exceptions.DownloadTimeoutError: "Timeout",
    exceptions.NotSupported: "UnsupportedAddress",
    exceptions.ResponseDataLossError: "CutOff",
    exceptions.StopDownload: "CutOff",
    exceptions.UnsupportedURLSchemeError: "UnsupportedAddress",
}
NO_DOWNLOAD_ERRORS = {
    exceptions._InvalidOutput,
    exceptions.CloseSpider,
    exceptions.ContractFail,
    exceptions.DontCloseSpider,
    exceptions.DropItem,
    exceptions.IgnoreRequest,  # recognised by its words
    exceptions.NotConfigured,
    exceptions.ScrapyDeprecationWarning,
    exceptions.UsageError,
}


def test_every_error_that_scrapy_has_is_known() -> None:
    """Without it a new version of Scrapy brings failures without a group."""
    have = {kind for kind in vars(exceptions).values() if isinstance(kind, type) and issubclass(kind, Exception)}
    assert have == DOWNLOAD_ERRORS.keys() | NO_DOWNLOAD_ERRORS


@pytest.mark.parametrize(("kind", "name"), DOWNLOAD_ERRORS.items(), ids=lambda value: getattr(value, "__name__", value))
def test_every_error_of_a_download_has_its_name_and_says_something(kind: type[Exception], name: str) -> None:
    """Without it the table of failures is one heap of unnamed errors, half of them without a word."""
    silent, loud = kind(), kind() if kind is exceptions.StopDownload else kind("satu dua")
    assert reason_of(silent)[0] == reason_of(loud)[0] == name
    assert reason_of(silent)[1]
    assert reason_of(loud)[1] in ("satu dua", reason_of(silent)[1])


@pytest.mark.parametrize(
    ("error", "name"),
    [
        (TunnelError("Could not open CONNECT tunnel"), "ConnectionFailed"),
        (NoRouteError("x"), "ConnectionFailed"),  # type: ignore[no-untyped-call]
        (ConnectionLost("x"), "ConnectionFailed"),
        (ConnectionDone("x"), "ConnectionFailed"),
        (NotInArchive("x"), "NotInArchive"),
        (Blocked("x"), "Blocked"),
        (BadStatus(URL, 206), "HttpStatus 206"),
        (CutOff("x"), "CutOff"),
        (ValueError("x"), "Unexpected ValueError"),
    ],
)
def test_other_errors_have_theirs(error: Exception, name: str) -> None:
    """Without it what Twisted or the project itself raises is lost in the heap."""
    assert reason_of(error)[0] == name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Forbidden by robots.txt", "RobotsTxt"),
        ("robots.txt of www.kompas.com cannot be reached", "RobotsTxt"),
        ("max redirections reached", "RedirectLoop"),
        ("offsite: https://example.org/robots.txt is not on kompas.com", "OffSite"),
        ("Filtered offsite request to 'example.org'", "OffSite"),
        ("content encoding br was not requested: x", "UnsupportedEncoding"),
        ("Ignored response <200 x> because its body exceeded DOWNLOAD_MAXSIZE (1 B)", "TooLarge"),
        ("Ignored request not in cache", "Unexpected IgnoreRequest"),
        ("", "Unexpected IgnoreRequest"),
    ],
)
def test_refusals_are_distinguished_by_their_first_words(words: str, name: str) -> None:
    """Without it a foreign address that happens to hold a word decides what the failure is called."""
    reason, detail = reason_of(exceptions.IgnoreRequest(words))
    assert reason == name
    assert detail


def test_every_plain_reason_is_explained() -> None:
    """Without it a user finds a word in the store that no document knows."""
    explained = re.findall(r"^- `(\w+)(?: <\w+>)?`:", str(module.__doc__), re.MULTILINE)
    assert sorted(explained) == sorted(FailureReason)


@pytest.mark.parametrize("target", ["", "/lain", "https://www.kompas.com/lain", "HTTP://x", "lain?file:x"])
def test_another_redirect_that_was_not_followed_keeps_its_status(target: str) -> None:
    """Without it a redirect without a target is taken for an attack."""
    response = Response(URL, status=302, headers={"Location": target})
    assert reason_of(HttpError(response))[0] == "HttpStatus 302"


def test_a_page_that_robots_txt_forbids_has_its_name() -> None:
    """Without it a new line in robots.txt looks like a fault of the crawl."""
    crawler = get_crawler(Spider, {"ROBOTSTXT_OBEY": True, "ROBOTSTXT_USER_AGENT": "kompas_global"})
    rules = ProtegoRobotParser.from_crawler(crawler, b"User-agent: *\nDisallow: /global/")
    with pytest.raises(exceptions.IgnoreRequest) as refused:
        RobotsTxtMiddleware.from_crawler(crawler).process_request_2(rules, Request(URL))
    assert reason_of(refused.value)[0] == "RobotsTxt"


def test_a_loop_of_redirects_has_its_name() -> None:
    """Without it a story that redirects in a loop looks like one that was never requested."""
    crawler = get_crawler(Spider, {"REDIRECT_MAX_TIMES": 1})
    request = Request(URL, meta={"redirect_ttl": 0, "redirect_times": 2})
    moved = Response(URL, status=302, headers={"Location": URL}, request=request)
    with pytest.raises(exceptions.IgnoreRequest) as refused:
        RedirectMiddleware.from_crawler(crawler).process_response(request, moved)
    assert reason_of(refused.value)[0] == "RedirectLoop"


def test_the_detail_is_one_line_and_never_empty() -> None:
    """Without it a listing of failures is torn apart by line breaks, or says nothing."""
    assert reason_of(exceptions.DownloadFailedError("satu\n  dua\t tiga"))[1] == "satu dua tiga"
    assert reason_of(KeyError()) == ("Unexpected KeyError", "KeyError")


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
    refused = page_failure(response, BadStatus(response.url, 206), "index")
    assert (refused.reason, refused.detail) == ("HttpStatus 206", f"{URL}?page=all answered 206")


def test_a_listing_that_failed_belongs_to_no_story() -> None:
    """Without it a failed index day is cleared by the next story that is stored."""
    listing = "https://indeks.kompas.com/?site=global"
    assert page_failure(Response(listing, request=Request(listing)), UnknownLayout("x"), "index").article_id is None


def test_a_failure_says_where_the_bytes_of_its_answer_are() -> None:
    """Without it the refused bytes cannot be looked at, and no better parser reads them."""
    request = Request(URL, meta={CAPTURED: (CAPTURED_AT, PLACE)})
    assert page_failure(Response(URL, request=request), UnknownLayout("x"), "index").answer == PLACE
    assert failed(HttpError(Response(URL, status=404)), **request.meta).answer == PLACE
    assert failed(TimeoutError()).answer is None
    archived = story_failure(make_reading(make_response(place=PLACE)), MissingBody("kosong"))
    assert (archived.reason, archived.detail, archived.via, archived.answer) == ("MissingBody", "kosong", "urls", PLACE)
    assert story_failure(make_reading(), MissingBody("x")).answer is None


def failed(error: Exception, **meta: Any) -> Failure:
    """What an errback makes of an error."""
    failure = TwistedFailure(error)  # type: ignore[no-untyped-call]
    failure.request = Request(URL, meta=meta)  # type: ignore[attr-defined]
    return request_failure(failure, "index")


@pytest.mark.parametrize(
    ("failure", "status", "attempts"),
    [
        (failed(HttpError(Response(URL, status=503)), retry_times=3), 503, 4),
        (failed(exceptions.DownloadTimeoutError("x"), retry_times=3), None, 4),
        (failed(exceptions.DownloadTimeoutError("x")), None, 1),
        (failed(CutOffDownload("x", Response(URL, status=206)), retry_times=1), 206, 2),
        (failed(exceptions.IgnoreRequest("max redirections reached"), redirect_reasons=[301, 302]), 302, 1),
        (failed(exceptions.IgnoreRequest("offsite: x"), redirect_reasons=[307, "meta refresh"]), 307, 1),
    ],
)
def test_the_last_status_and_the_number_of_requests_are_kept(
    failure: Failure, status: int | None, attempts: int
) -> None:
    """Without it one attempt looks like four attempts with the site's reason."""
    assert (failure.status, failure.attempts) == (status, attempts)


@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=REFUSALS)
def test_an_error_page_of_a_bot_protection_is_a_block(refusal: Refusal) -> None:
    """Without it the crawl takes a denial for one bad page among many, and goes on asking."""
    failure = failed(HttpError(Response(URL, status=refusal.status, headers=refusal.headers, body=refusal.body)))
    assert failure.reason == "Blocked"
    assert refusal.vendor in failure.detail


def test_a_page_that_cannot_be_read_keeps_them_too() -> None:
    """Without it an unknown layout that came with 200 looks like one that never came."""
    response = Response(URL, status=203, request=Request(URL, meta={"retry_times": 1}))
    failure = page_failure(response, UnknownLayout("x"), "index")
    assert (failure.status, failure.attempts) == (203, 2)
