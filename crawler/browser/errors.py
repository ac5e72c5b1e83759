"""What is wrong with the browser, not with a page."""

from scrapy.exceptions import DownloadFailedError


class NoBrowser(DownloadFailedError):
    """There is none, and there will be none in this run."""
