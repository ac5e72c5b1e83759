"""Downloader middleware: all hosts of Kompas are one site, and no other site is ever asked for anything."""

from typing import Final
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import IgnoreRequest

SITE: Final = "kompas.com"


class OneSite:
    """Puts every request on one download slot, so that the delay holds between any two of them, whatever the host.

    Takes the place of Scrapy's own filter of foreign hosts, which drops a redirect to one without telling anybody; here
    the request fails, and the failure is recorded.
    """

    def process_request(self, request: Request) -> None:
        """
        :raises IgnoreRequest: a host that is not the site's.
        """
        host = urlsplit(request.url).hostname or ""
        if host != SITE and not host.endswith(f".{SITE}"):
            raise IgnoreRequest(f"offsite: {request.url} is not on {SITE}")
        request.meta["download_slot"] = SITE
