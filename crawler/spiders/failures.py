"""What was asked for and could not be had or read, as the `Failure` that the store keeps.

Its `reason` is one of a closed list, which stays the same over the years and over versions of Scrapy:

- `HttpStatus <n>`: the site answered with this status, after all retries
- `Timeout`: no answer, or not all of it, in `DOWNLOAD_TIMEOUT` seconds
- `ConnectionFailed`: no connection, or it broke before the answer began (refused, reset, DNS, TLS, proxy)
- `CutOff`: an answer came, but not all of it
- `TooLarge`: a body above `DOWNLOAD_MAXSIZE`, as it came or unpacked
- `RedirectLoop`: more redirects than `REDIRECT_MAX_TIMES`
- `OffSite`: a redirect away from the site; not followed
- `RobotsTxt`: robots.txt forbids it, or could not be had
- `UnsupportedAddress`: an address, or a redirect to one, that is neither http nor https; not followed
- `UnsupportedEncoding`: a body in a content encoding that was not asked for
- `NotInArchive`: the archive that answers the run does not hold it
- the name of a `PageError` (see `errors`): a page came that is no article
- `Unexpected <type>`: a fault that nobody foresaw; someone should look
"""

import re
from dataclasses import fields
from typing import Final

from scrapy import Request, exceptions
from scrapy.core.downloader.handlers.http11 import TunnelError
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.internet.error import ConnectError, ConnectionClosed
from twisted.python.failure import Failure as TwistedFailure

from crawler.archive.handler import CAPTURED
from crawler.clock import utc_now
from crawler.errors import NotInArchive, PageError
from crawler.items import Failure, Provenance, WarcPlace
from crawler.kompas.urls import article_id

_BY_TYPE: Final[tuple[tuple[type[BaseException], str, str], ...]] = (
    # the error, its reason, and the detail of one that says nothing itself
    (exceptions.DownloadTimeoutError, "Timeout", "no answer in time"),
    (exceptions.CannotResolveHostError, "ConnectionFailed", "the host's name is not known"),
    (exceptions.DownloadConnectionRefusedError, "ConnectionFailed", "the connection was refused"),
    (exceptions.DownloadFailedError, "ConnectionFailed", "the connection broke before the answer began"),
    (exceptions.ResponseDataLossError, "CutOff", "the connection ended before the body did"),
    (exceptions.DownloadCancelledError, "TooLarge", "the body grew beyond DOWNLOAD_MAXSIZE"),
    (exceptions.StopDownload, "CutOff", "the download was stopped"),
    (exceptions.UnsupportedURLSchemeError, "UnsupportedAddress", "neither http nor https"),
    (exceptions.NotSupported, "UnsupportedAddress", "neither http nor https"),
    (TunnelError, "ConnectionFailed", "the proxy opened no tunnel"),
    (ConnectError, "ConnectionFailed", "no connection"),
    (ConnectionClosed, "ConnectionFailed", "the connection broke"),
    (NotInArchive, "NotInArchive", "the archive does not hold it"),
)

_REFUSALS: Final = (
    (re.compile(r"Forbidden by robots\.txt|robots\.txt"), "RobotsTxt"),
    (re.compile(r"max redirections"), "RedirectLoop"),
    (re.compile(r"offsite:|Filtered offsite"), "OffSite"),
    (re.compile(r"content encoding"), "UnsupportedEncoding"),
    (re.compile(r"Ignored response .*DOWNLOAD_MAXSIZE"), "TooLarge"),
)
"""How the message of an `IgnoreRequest` begins: refusals of middlewares are told apart by nothing else."""

_OTHER_SCHEME: Final = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)

REASONS: Final = frozenset(reason for _, reason, _ in _BY_TYPE) | frozenset(reason for _, reason in _REFUSALS)
"""Every reason that is a plain name of this file."""


def request_failure(failure: TwistedFailure, via: str) -> Failure:
    """No usable answer to a request: the argument of an errback."""
    request: Request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
    reason, detail = reason_of(failure.value)
    status = _status(failure.value, request)
    return _failure(asked_url(request), reason, detail, via, status, _attempts(request), _answer(request))


def page_failure(response: Response, error: PageError, via: str) -> Failure:
    """An answer that cannot be read."""
    request = response.request
    assert request is not None, "Scrapy sets it"
    name, attempts = type(error).__name__, _attempts(request)
    return _failure(asked_url(request), name, str(error), via, response.status, attempts, _answer(request))


def story_failure(url: str, error: PageError, via: str, bytes_at: Provenance) -> Failure:
    """Pages that could be read one by one, but do not make an article."""
    names = [one.name for one in fields(WarcPlace)]
    place = WarcPlace(**{name: getattr(bytes_at, name) for name in names}) if bytes_at.warc_file else None
    return _failure(url, type(error).__name__, str(error), via, answer=place)


def reason_of(error: BaseException | None) -> tuple[str, str]:
    """Short name and detail of a request that got no usable answer.

    >>> reason_of(exceptions.DownloadTimeoutError("took longer than 60.0 seconds"))
    ('Timeout', 'took longer than 60.0 seconds')
    """
    detail = " ".join(str(error).split())
    if isinstance(error, HttpError):
        return _bad_status(error.response)
    if isinstance(error, PageError):
        return type(error).__name__, detail
    if isinstance(error, exceptions.IgnoreRequest):
        known = next((reason for words, reason in _REFUSALS if words.match(detail)), None)
        return known or "Unexpected IgnoreRequest", detail or "IgnoreRequest"
    for kind, reason, silent in _BY_TYPE:
        if isinstance(error, kind):
            return reason, detail or silent
    name = type(error).__name__
    return f"Unexpected {name}", detail or name


def asked_url(request: Request) -> str:
    """The address that was meant, before any redirect."""
    hops: list[str] = request.meta.get("redirect_urls") or [request.url]
    return hops[0]


def _bad_status(response: Response) -> tuple[str, str]:
    """Scrapy leaves a redirect alone that leads neither to http nor to https."""
    target = (response.headers.get("Location") or b"").decode("latin-1")
    if 300 <= response.status < 400 and _OTHER_SCHEME.match(target):
        return "UnsupportedAddress", f"{response.url} leads to {target}"
    return f"HttpStatus {response.status}", f"{response.url} answered {response.status}"


def _status(error: BaseException | None, request: Request) -> int | None:
    """Of the answer that the error is about; else of the redirect that led to the request."""
    response = getattr(error, "response", None)
    if isinstance(response, Response):
        return response.status
    hops: list[int | str] = request.meta.get("redirect_reasons") or []
    return next((hop for hop in reversed(hops) if isinstance(hop, int)), None)


def _attempts(request: Request) -> int:
    return int(request.meta.get("retry_times", 0)) + 1


def _answer(request: Request) -> WarcPlace | None:
    """Where the bytes of the last answer are."""
    place: WarcPlace | None = request.meta.get(CAPTURED, (None, None))[1]
    return place


def _failure(
    url: str,
    reason: str,
    detail: str,
    via: str,
    status: int | None = None,
    attempts: int = 1,
    answer: WarcPlace | None = None,
) -> Failure:
    return Failure(url, reason, detail, utc_now(), article_id(url), via, status, attempts, answer)
