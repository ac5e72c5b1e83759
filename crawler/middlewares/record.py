"""Downloader middleware, nearest to the network: every exchange is in the archive before its response is read."""

from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Response

from crawler.archive.exchange import Answered, Asked
from crawler.archive.handler import CAPTURED, RENDERED, failure_name
from crawler.archive.order import worked_off
from crawler.clock import utc_now
from crawler.errors import UnusableArchiveFolder
from crawler.extensions.open_archive import OpenArchive
from crawler.http_headers import header_pairs

_ROBOTS: Final = "/robots.txt"
_PHRASES: Final = {status.value: status.phrase for status in HTTPStatus}
"""Reason phrases: Scrapy keeps only the number."""


class Record:
    """Sets `CAPTURED` of every request that got a response. An archive that cannot be written ends the run.

    A request whose response could not be archived goes back into the queue of the ending run, so that the next run
    makes it again.
    """

    def __init__(self, crawler: Crawler, archive: OpenArchive) -> None:
        self.crawler = crawler
        self.recorder = archive.recorder

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Record":
        """Make the middleware of a run that records.

        :raises NotConfigured: the run does not record.
        """
        archive = crawler.get_extension(OpenArchive)
        if archive is None:
            raise NotConfigured
        return cls(crawler, archive)

    async def process_request(self, request: Request) -> None:
        """Wait until the responses so far are read, so that the order of the requests can be repeated."""
        await worked_off(self.crawler)
        request.meta.pop(CAPTURED, None)  # of the response before: a redirect, or one that is retried

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Record an exchange."""
        asked = _asked(request)
        raw = request.meta.get(RENDERED)
        try:
            if raw is not None:
                place = self.recorder.record_rendered(asked, response.body, raw)
            else:
                place = self.recorder.record(asked, _answered(request, response))
            request.meta[CAPTURED] = asked.at, place
        except UnusableArchiveFolder as error:
            OpenArchive.give_up(self.crawler, error)
            return request.replace()
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Record a request that got no response."""
        if isinstance(exception, IgnoreRequest):  # it was never sent
            return
        try:
            self.recorder.record_failure(_asked(request), failure_name(exception), str(exception))
        except UnusableArchiveFolder as error:
            OpenArchive.give_up(self.crawler, error)


def _asked(request: Request) -> Asked:
    notes = {"found-by": _found_by(request)}
    discovery = request.cb_kwargs.get("discovery")
    if discovery is not None and discovery.from_url:
        notes["via"] = discovery.from_url
    if "download_latency" in request.meta:
        notes["fetchTimeMs"] = f"{1000 * request.meta['download_latency']:.0f}"
    return Asked(request.url, request.method, header_pairs(request.headers), utc_now(), notes)


def _found_by(request: Request) -> str:
    if urlsplit(request.url).path == _ROBOTS:
        return "robots"
    if RENDERED in request.meta:
        return "browser"
    discovery = request.cb_kwargs.get("discovery")
    reading = request.cb_kwargs.get("reading")
    named = discovery or reading
    return str(named.via if named is not None else request.cb_kwargs.get("via", "unknown"))


def _answered(request: Request, response: Response) -> Answered:
    ip = None if "proxy" in request.meta or response.ip_address is None else str(response.ip_address)
    reason = _PHRASES.get(response.status, "")
    return Answered(response.status, reason, header_pairs(response.headers), response.body, ip)
