"""Errors of the browser itself."""

from scrapy.exceptions import DownloadFailedError


class NoBrowser(DownloadFailedError):
    """There is no browser, for the rest of the run."""
