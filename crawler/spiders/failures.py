"""What was asked for and could not be had or read, as the `Failure` that the store keeps."""

from datetime import UTC, datetime
from typing import Final

from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError, IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure as TwistedFailure

from crawler.errors import PageError
from crawler.items import Failure
from crawler.urls import article_id

_IGNORED: Final = (
    ("robots.txt", "RobotsTxt"),
    ("max redirections", "RedirectLoop"),
    ("offsite", "OffSite"),
)
"""Refusals of middlewares are told apart by their message only."""


def request_failure(failure: TwistedFailure, via: str) -> Failure:
    """No usable answer to a request: the argument of an errback."""
    reason, detail = reason_of(failure.value)
    return _failure(asked_url(failure.request), reason, detail, via)  # type: ignore[attr-defined]  # set by Scrapy


def page_failure(response: Response, error: PageError, via: str) -> Failure:
    """An answer that cannot be read."""
    assert response.request is not None, "Scrapy sets it"
    return story_failure(asked_url(response.request), error, via)


def story_failure(url: str, error: PageError, via: str) -> Failure:
    """Pages that could be read one by one, but do not make an article."""
    return _failure(url, type(error).__name__, str(error), via)


def reason_of(error: BaseException | None) -> tuple[str, str]:
    """Short name and detail of a request that got no usable answer.

    >>> reason_of(DownloadTimeoutError("took longer than 60.0 seconds"))
    ('Timeout', 'took longer than 60.0 seconds')
    """
    detail = " ".join(str(error).split()) or type(error).__name__
    if isinstance(error, HttpError):
        return f"HttpStatus {error.response.status}", f"{error.response.url} answered {error.response.status}"
    if isinstance(error, DownloadTimeoutError):
        return "Timeout", detail
    if isinstance(error, IgnoreRequest):
        return next((name for mark, name in _IGNORED if mark in detail.lower()), "IgnoredRequest"), detail
    return type(error).__name__.removesuffix("Error"), detail


def asked_url(request: Request) -> str:
    """The address that was meant, before any redirect."""
    hops: list[str] = request.meta.get("redirect_urls") or [request.url]
    return hops[0]


def _failure(url: str, reason: str, detail: str, via: str) -> Failure:
    return Failure(url, reason, detail, datetime.now(UTC).replace(microsecond=0), article_id(url), via)
