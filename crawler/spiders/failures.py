"""A request without a usable response, or a page that cannot be read, as the `Failure` that the store keeps.

Its `reason` is a `FailureReason` or the name of a `PageError` (both in `errors`). The list stays the same over the
years and over versions of Scrapy:

- `HttpStatus <n>`: the site answered with this status, after all retries
- `Timeout`: no response, or not all of it, in `DOWNLOAD_TIMEOUT` seconds
- `ConnectionFailed`: no connection, or it broke before the response began (refused, reset, DNS, TLS, proxy)
- `CutOff`: a part of the response is missing
- `TooLarge`: a body above `DOWNLOAD_MAXSIZE`, as it came or unpacked, or headers above a bound; also a `PageError`
- `RedirectLoop`: more redirects than `REDIRECT_MAX_TIMES`
- `OffSite`: a redirect away from the site; not followed
- `RobotsTxt`: robots.txt forbids the address, or cannot be read
- `UnsupportedAddress`: an address, or the target of a redirect, that is neither http nor https; not followed
- `UnsupportedEncoding`: a body in a content encoding that was not requested
- `NotInArchive`: the archive or recording of the run does not hold the response
- `Unexpected <type>`: a fault of the program; a person should look
- the name of a `PageError`: a page came that is no article
"""

import re
from functools import cache
from typing import Final

from scrapy import Request, exceptions
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.internet.error import ConnectError, ConnectionClosed
from twisted.python.failure import Failure as TwistedFailure

from crawler.archive.handler import CAPTURED
from crawler.clock import utc_now
from crawler.errors import BadStatus, Blocked, FailureReason, NotInArchive, PageError
from crawler.http_headers import header_pairs
from crawler.items import Failure, WarcPlace
from crawler.kompas.pages.refusals import blocked_by
from crawler.kompas.reading import Reading
from crawler.kompas.urls import article_id

_REFUSALS: Final = (
    (re.compile(r"Forbidden by robots\.txt|robots\.txt"), FailureReason.ROBOTS_TXT),
    (re.compile(r"max redirections"), FailureReason.REDIRECT_LOOP),
    (re.compile(r"offsite:|Filtered offsite"), FailureReason.OFF_SITE),
    (re.compile(r"content encoding"), FailureReason.UNSUPPORTED_ENCODING),
    (re.compile(r"Ignored response .*DOWNLOAD_MAXSIZE"), FailureReason.TOO_LARGE),
)
"""How the message of an `IgnoreRequest` begins: nothing else distinguishes the refusals of middlewares."""


@cache
def _by_type() -> tuple[tuple[type[BaseException], FailureReason, str], ...]:
    """Return the error, its reason, and the detail where the error has no message.

    One of the errors comes with TLS, whose import takes .1 s that a run over an archive does without.
    """
    from scrapy.core.downloader.handlers.http11 import TunnelError

    return (
        (exceptions.DownloadTimeoutError, FailureReason.TIMEOUT, "no response in time"),
        (exceptions.CannotResolveHostError, FailureReason.CONNECTION_FAILED, "the host's name cannot be resolved"),
        (exceptions.DownloadConnectionRefusedError, FailureReason.CONNECTION_FAILED, "the connection was refused"),
        (
            exceptions.DownloadFailedError,
            FailureReason.CONNECTION_FAILED,
            "the connection broke before the response began",
        ),
        (exceptions.ResponseDataLossError, FailureReason.CUT_OFF, "the connection ended before the body did"),
        (exceptions.DownloadCancelledError, FailureReason.TOO_LARGE, "the body grew beyond DOWNLOAD_MAXSIZE"),
        (exceptions.StopDownload, FailureReason.CUT_OFF, "the download was stopped"),
        (exceptions.UnsupportedURLSchemeError, FailureReason.UNSUPPORTED_ADDRESS, "neither http nor https"),
        (exceptions.NotSupported, FailureReason.UNSUPPORTED_ADDRESS, "neither http nor https"),
        (TunnelError, FailureReason.CONNECTION_FAILED, "the proxy opened no tunnel"),
        (ConnectError, FailureReason.CONNECTION_FAILED, "no connection"),
        (ConnectionClosed, FailureReason.CONNECTION_FAILED, "the connection broke"),
        (NotInArchive, FailureReason.NOT_IN_ARCHIVE, "the archive does not hold it"),
    )


def request_failure(failure: TwistedFailure, via: str) -> Failure:
    """Return the failure of a request: what an errback is called with."""
    request: Request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
    reason, detail = reason_of(failure.value)
    return _failure(request, reason, detail, via, _status(failure.value, request))


def page_failure(response: Response, error: PageError, via: str) -> Failure:
    """Return the failure of a response that cannot be read."""
    assert response.request is not None, "Scrapy sets it"
    return _failure(response.request, error.reason, str(error), via, response.status)


def story_failure(reading: Reading, error: PageError) -> Failure:
    """Return the failure of pages that can be read one by one, but do not make an article."""
    story = article_id(reading.url)
    return Failure(reading.url, error.reason, str(error), utc_now(), story, reading.via, answer=reading.place)


def reason_of(error: BaseException | None) -> tuple[str, str]:
    """Return reason and detail of a request without a usable response.

    >>> reason_of(exceptions.DownloadTimeoutError("took longer than 60.0 seconds"))
    ('Timeout', 'took longer than 60.0 seconds')
    """
    detail = " ".join(str(error).split())
    if isinstance(error, HttpError):
        return _bad_status(error.response)
    if isinstance(error, PageError):
        return error.reason, detail
    if isinstance(error, exceptions.IgnoreRequest):
        known = next((reason for words, reason in _REFUSALS if words.match(detail)), None)
        return known.value if known else f"{FailureReason.UNEXPECTED} IgnoreRequest", detail or "IgnoreRequest"
    for kind, reason, silent in _by_type():
        if isinstance(error, kind):
            return reason.value, detail or silent
    name = type(error).__name__
    return f"{FailureReason.UNEXPECTED} {name}", detail or name


def requested_url(request: Request) -> str:
    """Return the address of a request before any redirect."""
    hops: list[str] = request.meta.get("redirect_urls") or [request.url]
    return hops[0]


def _bad_status(response: Response) -> tuple[str, str]:
    """Return reason and detail of an error status: a bot protection has one, too."""
    refusal = blocked_by(response.url, response.status, response.body, header_pairs(response.headers))
    if refusal:
        return Blocked.__name__, refusal
    error = BadStatus(response.url, response.status)
    return error.reason, str(error)


def _status(error: BaseException | None, request: Request) -> int | None:
    """Return the status of the response that the error is about; else of the redirect that led to the request."""
    response = getattr(error, "response", None)
    if isinstance(response, Response):
        return response.status
    hops: list[int | str] = request.meta.get("redirect_reasons") or []
    return next((hop for hop in reversed(hops) if isinstance(hop, int)), None)


def _failure(request: Request, reason: str, detail: str, via: str, status: int | None) -> Failure:
    """Return a failure with the requests made for it, and the place of the last response."""
    url, attempts = requested_url(request), int(request.meta.get("retry_times", 0)) + 1
    place: WarcPlace | None = request.meta.get(CAPTURED, (None, None))[1]
    return Failure(url, reason, detail, utc_now(), article_id(url), via, status, attempts, place)
