"""Why a request failed, in the words that the store keeps."""

from typing import Final

from scrapy.exceptions import DownloadTimeoutError, IgnoreRequest
from scrapy.spidermiddlewares.httperror import HttpError

_IGNORED: Final = (
    ("robots.txt", "RobotsTxt"),
    ("max redirections", "RedirectLoop"),
    ("offsite", "OffSite"),
)
"""Scrapy tells its own refusals apart by their message only."""


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
