"""Downloader middleware: all hosts of Kompas are one site, and no other site gets a request."""

from scrapy import Request
from scrapy.exceptions import IgnoreRequest

from crawler.kompas.urls import SITE, is_on_site


class OneSite:
    """Put every request on one download slot, so that the delay holds between any two requests, whatever the host.

    Scrapy's own offsite filter drops a redirect to a foreign host without a record. This one makes the request fail,
    and the failure is recorded.
    """

    def process_request(self, request: Request) -> None:
        """Put a request on the site's slot.

        :raises IgnoreRequest: the host is not the site's.
        """
        if not is_on_site(request.url):
            raise IgnoreRequest(f"offsite: {request.url} is not on {SITE}")
        request.meta["download_slot"] = SITE
