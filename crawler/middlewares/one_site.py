"""Downloader middleware: all hosts of Kompas are one site, asked by https, and no other site gets a request."""

from typing import Final
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import IgnoreRequest

from crawler.kompas.address import SITE
from crawler.kompas.urls import host_label

_PLAIN: Final = "http://"


class OneSite:
    """Put every request on one download slot, so that the delay holds between any two requests, whatever the host.

    Scrapy's own offsite filter drops a redirect to a foreign host without a record. This one makes the request fail,
    and the failure is recorded.
    """

    def process_request(self, request: Request) -> Request | None:
        """Put a request on the site's slot; a redirect to http is followed by https.

        :raises IgnoreRequest: the host is not the site's, or the address has a user, a password or another port.
        """
        if host_label(request.url) is None:
            raise IgnoreRequest(f"offsite: {request.url} is not on {SITE}, or has a user or a port")
        if request.url.startswith(_PLAIN):
            secure = urlsplit(request.url)._replace(scheme="https", netloc=urlsplit(request.url).hostname or "")
            return request.replace(url=secure.geturl())
        request.meta["download_slot"] = SITE
        return None
